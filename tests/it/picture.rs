//! The graph of references as a picture.
use std::collections::BTreeMap;

use crate::run::{folder, home, totsugo};
use proptest::prelude::*;
use totsugo::findings::{Lang, Messages};
use totsugo::render::picture::{Anchor, Counts, Options, Subject, counts, figure, focus, svg};
use totsugo::rules::{Pack, Workspace, read_plans};
use totsugo::text::{Source, Sources, Span};

fn read(plans: &[&str]) -> (Sources, Workspace) {
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let files: Vec<(Span, String)> = plans
        .iter()
        .enumerate()
        .map(|(n, text)| {
            let id = sources.add(Source::new(format!("{n}.plan"), *text));
            (Span::new(id, 0..text.len()), format!("d{n}"))
        })
        .collect();
    let workspace = read_plans(&pack, &sources, &files);
    (sources, workspace)
}

fn drawn(plans: &[&str], options: &Options<'_>) -> (String, Counts) {
    let (sources, workspace) = read(plans);
    let (facts, graph) = (&workspace.facts, &workspace.graph);
    let messages = &Messages::new();
    let text = svg(&Subject { facts, graph, sources: &sources, messages, lang: Lang::Ja }, options);
    (text, counts(facts, graph, options))
}

/// Every element: its name and attributes. Fails where the text is no XML.
fn elements(text: &str) -> Vec<(String, BTreeMap<String, String>)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut out = Vec::new();
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => return out,
            Event::Start(tag) | Event::Empty(tag) => {
                let pairs = tag.attributes().map(|a| {
                    let a = a.expect("an attribute");
                    let value = quick_xml::escape::unescape(&a.value).expect("escaped").into_owned();
                    (a.key.as_ref().to_owned(), value)
                });
                out.push((tag.name().as_ref().to_owned(), pairs.collect()));
            }
            Event::Text(text) => {
                quick_xml::escape::unescape(&text).expect("escaped");
            }
            _ => {}
        }
    }
}

/// All boxes and lines lie within the picture, no two boxes of rows lie over each other, and lines end at boxes.
fn sound(text: &str) {
    let all = elements(text);
    let number =
        |e: &BTreeMap<String, String>, name: &str| e.get(name).map_or(0, |v| v.parse::<i64>().expect("a number"));
    let root = &all[0].1;
    let (width, height) = (number(root, "width"), number(root, "height"));
    assert_eq!(root["viewBox"], format!("0 0 {width} {height}"));
    let mut boxes = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    // What stands above the rows is placed by a transformation; the rows begin behind the frames.
    let rows = all.iter().position(|e| e.1.get("class").is_some_and(|c| c == "pic-frames")).expect("frames");
    for (name, e) in &all[rows..] {
        if let Some(id) = e.get("id") {
            assert!(ids.insert(id.clone()), "{id} is there twice");
        }
        let class = e.get("class").map_or("", String::as_str);
        if name == "rect" {
            let at = [number(e, "x"), number(e, "y"), number(e, "width"), number(e, "height")];
            assert!(at[0] >= 0 && at[1] >= 0 && at[0] + at[2] <= width && at[1] + at[3] <= height, "{at:?}");
            if class == "pic-box" || class == "pic-ghost" {
                boxes.push(at);
            }
        }
        if class.starts_with("pic-link ") {
            let digits: Vec<i64> = e["d"]
                .split(|c: char| !c.is_ascii_digit())
                .filter(|d| !d.is_empty())
                .map(|d| d.parse().unwrap())
                .collect();
            assert_eq!(digits.len(), 8, "{}", e["d"]);
            for point in digits.chunks(2) {
                assert!(point[0] <= width && point[1] <= height, "{} in {width} {height}", e["d"]);
            }
        }
    }
    for (_, e) in all.iter().filter(|e| e.1.contains_key("data-a")) {
        assert!(ids.contains(&e["data-a"]) && ids.contains(&e["data-b"]));
    }
    for (_, e) in all.iter().filter(|e| e.0 == "a" && e.1["href"].starts_with("#n")) {
        assert!(ids.contains(&e["href"][1..]), "{} leads nowhere", e["href"]);
    }
    boxes.sort_unstable();
    for (i, a) in boxes.iter().enumerate() {
        for b in boxes[i + 1..].iter().take_while(|b| b[0] < a[0] + a[2]) {
            assert!(a[1] + a[3] <= b[1] || b[1] + b[3] <= a[1], "{a:?} lies over {b:?}");
        }
    }
}

const SMALL: [&str; 2] = [
    "文書 資料1 {\n  題名 \"令和5年度の計画\"\n  年度 R5\n}\n分野 Ⅰ-1 \"行政サービス\" {\n  項目 (1) \"オンライン化\" {\n    事業 1 \"電子申請\" {\n      指標 1 \"行政手続のオンライン利用率\" { 目標 R5: 50% }\n    }\n    再掲 事業 No1 \"電子申請\"\n  }\n}\n分野 Ⅱ \"市町村支援\" {\n  再掲 事業 No9 \"公用車の電動化\"\n}\n",
    "文書 資料2 {\n  年度 R6\n  前版 資料1\n}\n分野 Ⅰ-1 \"行政サービス\" {\n  指標 1 \"行政手続のオンライン利用率\" { 目標 R6: 60% }\n  事業 5 \"輪\" { 再掲 No6 }\n  事業 6 \"輪の先\" { 再掲 No5 }\n}\n",
];

#[test]
fn a_small_graph() {
    let (text, counts) = drawn(&SMALL, &Options::default());
    sound(&text);
    let body = text.split("</style>").nth(1).expect("behind the style");
    insta::assert_snapshot!(body);
    assert_eq!((counts.rows, counts.shown, counts.broken, counts.broken_drawn, counts.cut), (13, 13, 1, 1, 0));
    assert_eq!((counts.references, counts.drawn), (4, 4));
}

#[test]
fn a_broken_reference_can_be_seen_in_grey() {
    let (text, _) = drawn(&["事業 1 \"甲\"\n再掲 事業 No7 \"乙\"\n"], &Options::default());
    let at = text.find("pic-thing pic-torn").expect("the row");
    let row = text[at..].split("</a>").next().expect("its end");
    assert!(row.contains("✕ 再掲 No7 の先がない"), "{row}");
    assert!(row.contains("stroke-dasharray") && row.contains("#b3001b"), "dashed and red without the style too: {row}");
    assert!(text.contains("✕ 切れている参照が1本あります"));
    let (whole, _) = drawn(&["事業 1 \"甲\"\n再掲 事業 No1 \"甲\"\n"], &Options::default());
    assert!(!whole.contains("class=\"pic-ghost\" x") && whole.contains("切れている参照はありません"));
}

#[test]
fn the_real_documents() {
    let ran = totsugo(&home(), &["graph", "specs", "--format", "svg"], &[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    sound(&ran.out);
    assert_eq!(ran.out, totsugo(&home(), &["graph", "specs", "--format", "svg"], &[]).out);
    let english = totsugo(&home(), &["graph", "specs", "--format", "svg", "--lang", "en"], &[]);
    assert!(english.out.contains(">References<") && english.out.contains("besides: "), "{}", english.err);
}

#[test]
fn what_is_left_out_is_counted_and_can_be_asked_for() {
    let unlinked: String = (1..=100).map(|n| format!("  事業 {n} \"事業{n}\"\n")).collect();
    let plan = format!("文書 甲\n分野 Ⅰ \"行政\" {{\n{unlinked}  再掲 事業 No3 \"事業3\"\n}}\n");
    let (text, counts) = drawn(&[&plan], &Options::default());
    assert_eq!((counts.rows, counts.shown, counts.cut), (103, 4, 0), "{counts:?}");
    assert!(text.contains("ほか 事業 99") && text.contains("参照のない99件"), "{counts:?}");
    let (text, counts) = drawn(&[&plan], &Options { most: 3, ..Options::default() });
    assert_eq!((counts.shown, counts.cut), (3, 1));
    assert!(text.contains("つながりのある1件を省きました") && text.contains("--focus"));
    let (sources, workspace) = read(&[&plan]);
    for (asked, shown) in [("甲", 103), ("0.plan:9", 3), ("事業3", 4), ("./0.plan:5:1", 4)] {
        let rows = focus(&workspace.facts, &sources, asked).expect(asked);
        let seen = totsugo::render::picture::counts(
            &workspace.facts,
            &workspace.graph,
            &Options { focus: &rows, ..Options::default() },
        );
        assert_eq!(seen.shown, shown, "{asked}");
    }
    assert_eq!(focus(&workspace.facts, &sources, "事業100の"), Err("事業100".to_owned()));
    assert_eq!(focus(&workspace.facts, &sources, "9.plan:1"), Err(String::new()));
}

#[test]
fn long_chains_circles_and_large_graphs_are_bounded() {
    let most = Options::default().most;
    let chain: String = (1..10_000).map(|n| format!("事業 {n} \"事業{n}\" {{ 再掲 No{} }}\n", n + 1)).collect();
    let (text, counts) = drawn(&[&format!("{chain}事業 10000 \"末\" {{ 再掲 No1 }}\n")], &Options::default());
    sound(&text);
    assert_eq!((counts.rows, counts.shown, counts.shown + counts.cut), (10_001, most, 10_001));
    let editions: String =
        (0..10_000).map(|n| format!("文書 版{n} {{ 前版 版{} }}\n", if n == 0 { 9_999 } else { n - 1 })).collect();
    let (text, counts) = drawn(&[&editions], &Options::default());
    sound(&text);
    assert_eq!((counts.shown, counts.cut), (most, 10_000 - most));
    let broken: String =
        (0..50_000).map(|n| format!("再掲 事業 No{} \"b{n}\"\n事業 {n} \"a\"\n", n + 60_000)).collect();
    let (text, counts) = drawn(&[&broken], &Options::default());
    sound(&text);
    assert!(counts.rows == 100_001 && counts.broken == 50_000 && counts.shown <= most, "{counts:?}");
    assert!(counts.broken_drawn > most / 3 && text.len() < 3_000_000, "{} {counts:?}", text.len());
}

#[test]
fn findings_are_linked_and_a_page_can_hold_several() {
    let (sources, workspace) = read(&["事業 1 \"甲\"\n再掲 事業 No1 \"甲\"\n"]);
    let (id, _) = sources.iter().last().expect("the plan");
    let head = workspace.facts.tables.iter().flat_map(|t| &t.heads).copied();
    let place = head.filter(|h| h.source == id).max_by_key(|h| h.start).expect("a row");
    let anchors = [Anchor { place, href: "#f\"1".to_owned(), title: "違う<b>".to_owned() }];
    let options = Options { prefix: "g2-", anchors: &anchors, ..Options::default() };
    let (facts, graph, messages) = (&workspace.facts, &workspace.graph, &Messages::new());
    let text = figure(&Subject { facts, graph, sources: &sources, messages, lang: Lang::Ja }, &options);
    assert!(text.contains("href=\"#f&quot;1\" aria-label=\"指摘: 違う&lt;b&gt;\""), "{text}");
    let all = elements(&text);
    assert!(all.iter().filter_map(|e| e.1.get("id")).all(|id| id.starts_with("g2-")));
    assert!(all.iter().all(|e| !e.1.contains_key("style") && e.0 != "style" && e.0 != "script"));
}

#[test]
fn the_command_writes_a_file_or_says_why_not() {
    let place = folder(&[("a.plan", SMALL[0].as_bytes())]);
    let run = |arguments: &[&str]| totsugo(place.path(), &[&["graph", "."], arguments].concat(), &[]);
    let ran = run(&["--format", "svg", "-o", "g.svg"]);
    assert!(ran.status == 0 && ran.out.is_empty() && ran.err.contains("g.svg に参照の図"), "{}", ran.err);
    let text = std::fs::read_to_string(place.path().join("g.svg")).expect("it is written");
    assert!(text.starts_with("<?xml") && text.ends_with("</svg>\n"));
    let ran = run(&["--format", "svg", "-o", "a.plan"]);
    assert!(ran.status == 2 && ran.err.contains("読み込んだファイル"), "{}", ran.err);
    let ran = run(&["--format", "svg", "-o", "none/g.svg"]);
    assert!(ran.status == 2 && ran.err.contains("書けません"), "{}", ran.err);
    let ran = run(&["--format", "svg", "--focus", "資料9"]);
    assert!(ran.status == 2 && ran.err.contains("「資料1」ではありませんか"), "{}", ran.err);
    let ran = run(&["--focus", "資料1"]);
    assert!(ran.status == 2 && ran.err.contains("--format svg"), "{}", ran.err);
    let ran = run(&["--format", "dot", "-o", "g.dot"]);
    assert!(ran.status == 0 && ran.err.contains("g.dot に書き出しました"), "{}", ran.err);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Whatever names hold, the picture is XML, its boxes are apart, and it is the same each time.
    #[test]
    fn hostile_names(names in proptest::collection::vec(("[^\"\\\\\n]{0,60}", 1_u32..12, 1_u32..12, any::<bool>()), 1..30)) {
        let plan: String = names.iter().map(|(name, number, to, again)| match again {
            true => format!("再掲 事業 No{to} \"{name}\"\n"),
            false => format!("事業 {number} \"{name}\" {{ 再掲 No{to} }}\n"),
        }).collect();
        let (text, counts) = drawn(&[&plan], &Options::default());
        sound(&text);
        let turns = |c| matches!(c, '\0'..='\u{8}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        prop_assert!(!text.chars().any(turns), "a mark reaches the picture as it is");
        prop_assert_eq!(counts.broken, counts.broken_drawn);
        prop_assert_eq!(drawn(&[&plan], &Options::default()).0, text);
    }
}

#[test]
fn a_name_without_end_is_cut_and_told_in_part() {
    let name = "長".repeat(10_000);
    let (text, _) = drawn(
        &[&format!("事業 1 \"{name}\"\n再掲 事業 No1 \"<script>alert('x')</script>\u{202e}\"\n")],
        &Options::default(),
    );
    sound(&text);
    assert!(text.len() < 40_000 && !text.contains("<script") && text.contains("&lt;script&gt;"), "{}", text.len());
}
