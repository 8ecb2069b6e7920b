//! `totsugo diff`: what changed between two editions, in words and in counts.
use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use totsugo::editions::{Comparison, Edition, Entry, Fate, How, What, compare};
use totsugo::rules::{Pack, Workspace, read_plans};
use totsugo::text::{Source, Sources, Span};

use crate::run::{Ran, folder, home, totsugo};

static RULES: LazyLock<(Pack, Sources)> = LazyLock::new(|| {
    let mut sources = Sources::default();
    (Pack::load(&mut sources, &[]), sources)
});

fn read(plan: &str) -> (Workspace, Sources) {
    let mut sources = RULES.1.clone();
    let id = sources.add(Source::new("a.plan", plan));
    let workspace = read_plans(&RULES.0, &sources, &[(Span::new(id, 0..plan.len()), "a".to_owned())]);
    assert_eq!(workspace.faults, vec![], "{plan}");
    (workspace, sources)
}

fn compared(old: &str, new: &str) -> Comparison {
    let [old, new] = [read(old), read(new)];
    let [old, new] = [&old, &new].map(|(w, sources)| Edition { facts: &w.facts, graph: &w.graph, sources });
    compare(old, new)
}

fn entries(comparison: &Comparison) -> Vec<&Entry> {
    comparison.documents.iter().flat_map(|d| &d.entries).collect()
}

const OLD: &str = r#"文書 一覧 {
  題名 "令和5年度の事業一覧"
  年度 R5
}
分野 Ⅰ "行政サービス" {
  項目 (1) "オンライン化" {
    事業 1 "申請のオンライン化事業" {
      担当 "総務部 行政経営課"
      概要 "県の申請をすべてオンラインで受け付けられるようにし、窓口の待ち時間をなくす。市町村にも同じしくみの利用を勧め、手引きを配る。"
      指標 1 "オンライン利用率" { 基準 48.2%; 目標 R5: 67.4%, R6: 73.7%; 実績 R4: 51.0%; 状況 R4: 達成 }
    }
    事業 2 "紙の使用を減らす事業" {
      指標 2 "コピー用紙の購入量" { 方向 以下; 目標 R5: 40百万枚, R6: 30百万枚, R7: 20百万枚 }
      指標 3 "会議の時間" { 方向 以下; 目標 R5: 100時間 }
    }
    事業 3 "庁舎の無線化事業" {
      指標 4 "無線にした課" { 目標 R5: 10課 }
    }
  }
  項目 (2) "人材" {
    事業 4 "研修の事業" { 指標 5 "受講者数" { 目標 R5: 500人 } }
    再掲 事業 No2 "紙の使用を減らす事業" { 担当 "総務部" }
    再掲 事業 No3 "庁舎の無線化事業" { 担当 "総務部" }
  }
}
集計 "行政" R5 {
  | 項番 | 事業数 | 達成 |
  | Ⅰ    | 4事業  | 2    |
  | 合計 | 4事業  | 2    |
}
"#;

const NEW: &str = r#"文書 一覧 {
  題名 "令和6年度の事業一覧"
  年度 R6
}
分野 Ⅰ "行政サービス" {
  項目 (1) "オンライン化" {
    事業 1 "生成AIの試行" { 指標 6 "試した課" { 目標 R6: 3課 } }
    事業 2 "申請のオンライン化事業" {
      担当 "総務部 行政経営課", "企画調整部"
      概要 "県の申請をすべてオンラインで受け付けられるようにし、窓口の行列をなくす。市町村にも同じしくみの利用を勧め、手引きを配る。"
      指標 1 "オンライン利用率" { 基準 48.2%; 目標 R5: 67.4%, R6: 75.0%, R7: 80.0%; 実績 R4: 51.0%, R5: 60.0%; 状況 R4: 一部達成 }
    }
    事業 3 "紙の使用量を減らす事業" {
      指標 2 "コピー用紙の購入量" { 方向 以下; 目標 R5: 4,000万枚, R6: 30万枚, R7: 25百万枚 }
      指標 3 "会議の時間" { 方向 以下; 目標 R5: 80時間 }
    }
  }
  項目 (2) "人材" {
    事業 4 "研修の事業" { 指標 5 "受講者数" { 目標 R5: 500件 } }
    指標 4 "無線にした課" { 目標 R5: 10課 }
    再掲 事業 No3 "紙の使用量を減らす事業" { 担当 "総務部" }
    再掲 事業 No3 "庁舎の無線化事業" { 担当 "総務部" }
  }
}
集計 "行政" R5 {
  | 項番 | 事業数 | 達成 |
  | Ⅰ    | 4事業  | 3    |
  | 合計 | 4事業  | 3    |
}
"#;

fn told(arguments: &[&str], env: &[(&str, &str)]) -> Ran {
    let place = folder(&[("旧/一覧.plan", OLD.as_bytes()), ("新/一覧.plan", NEW.as_bytes())]);
    totsugo(place.path(), &[&["diff", "旧", "新", "--color", "never"], arguments].concat(), env)
}

#[test]
fn what_changed_is_told_in_the_terms_of_the_subject() {
    let ran = told(&[], &[]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!("terminal_ja_80", ran.out);
    insta::assert_snapshot!("terminal_ja_40", told(&["--kind", "目標", "--kind", "再掲"], &[("COLUMNS", "40")]).out);
    insta::assert_snapshot!("terminal_en_80", told(&["--lang", "en"], &[]).out);
    insta::assert_snapshot!("brief", told(&["--brief"], &[]).out);
    let colored = told(&["--color", "always"], &[]);
    // clap refuses an option that is given twice.
    assert_eq!(colored.status, 2);
}

#[test]
fn a_comparison_as_markdown_as_json_and_as_a_page() {
    insta::assert_snapshot!("markdown", told(&["--format", "markdown"], &[]).out);
    let ran = told(&["--format", "json"], &[]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let schema = std::fs::read_to_string(home().join("docs/editions.schema.json")).expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let wrong: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new());
    insta::assert_snapshot!("json", ran.out);
    let page = told(&["--format", "html"], &[]).out;
    assert!(page.contains("default-src 'none'") && !page.contains("<script"));
    insta::assert_snapshot!("html", page.split("<main>").nth(1).expect("the page"));
}

#[test]
fn the_policy_of_the_page_lets_its_style_in() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let page = told(&["--format", "html"], &[]).out;
    let style = page.split("<style>").nth(1).and_then(|s| s.split("</style>").next()).expect("a style");
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style.as_bytes()));
    assert!(page.contains(&format!("sha256-{hash}")), "the hash of the style is {hash}");
}

#[test]
fn the_real_documents_are_themselves_and_their_exports() {
    let ran = totsugo(&home(), &["diff", "specs", "specs"], &[]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "違いはありません。\n"), "{}", ran.err);
    let place = folder(&[]);
    let out = place.path().join("資料2-4.plan.json");
    let out = out.to_str().expect("UTF-8");
    totsugo(&home(), &["export", "specs/資料2-4.plan", "--format", "json", "-o", out], &[]);
    let ran = totsugo(&home(), &["diff", "specs/資料2-4.plan", out], &[]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "違いはありません。\n"), "{}", ran.err);
}

#[test]
fn a_real_edition_is_matched_with_the_one_that_it_names() {
    let ran = totsugo(&home(), &["diff", "specs/資料2-1.plan", "specs/資料2-4.plan", "--format", "json"], &[]);
    assert_eq!(ran.status, 1);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(value["documents"][0]["matched"]["by"], "previous");
    let entries = value["documents"][0]["entries"].as_array().expect("a list");
    let renamed = entries.iter().find(|e| e["old"][0]["label"] == "BPR実施課").expect("the indicator");
    assert_eq!((&renamed["new"][0]["label"], &renamed["matched"]["percent"]), (&"No1 BPR実施業務".into(), &71.into()));
}

/// A real list with a program put first: all numbers move up by one, and three re-listings are left behind.
#[test]
fn a_real_list_in_which_all_numbers_move_up_by_one() {
    let old = std::fs::read_to_string(home().join("specs/資料2-4.plan")).expect("the document");
    let mut new = String::new();
    for line in old.lines() {
        let bare = line.trim_start();
        let number = bare.strip_prefix("事業 ").and_then(|r| r.split(' ').next()?.parse::<u32>().ok());
        let marked = bare.strip_prefix("再掲 事業 No").and_then(|r| r.split(' ').next()?.parse::<u32>().ok());
        let line = match (number, marked) {
            (Some(n), _) => line.replacen(&format!("事業 {n} "), &format!("事業 {} ", n + 1), 1),
            (_, Some(n)) if n != 51 => line.replacen(&format!("No{n} "), &format!("No{} ", n + 1), 1),
            _ => line.to_owned(),
        };
        new.push_str(&line);
        new.push('\n');
        if line.contains("項目 (1) \"職員の意識改革と行動変容\"") {
            new.push_str("事業 1 \"生成AIの庁内利用\"\n");
        }
    }
    let place = folder(&[("旧.plan", old.as_bytes()), ("新.plan", new.as_bytes())]);
    let ran = totsugo(place.path(), &["diff", "旧.plan", "新.plan", "--brief"], &[("COLUMNS", "200")]);
    let last = ran.out.lines().last().unwrap_or_default();
    assert_eq!(last, "まとめ: 事業の追加 1件、事業の番号変更 51件、再掲の変更 3件。", "{}{}", ran.out, ran.err);
}

#[test]
fn workbooks_are_compared_through_their_mappings() {
    let books = home().join("examples/workbooks");
    let file = |name: &str| std::fs::read(books.join(name)).expect("a workbook");
    let (book, mapping) = (file("資料2-4.xlsx"), file("資料2-4.mapping.yaml"));
    let place = folder(&[
        ("旧/資料2-4.xlsx", &book),
        ("旧/資料2-4.mapping.yaml", &mapping),
        ("新/資料2-4.xlsx", &book),
        ("新/資料2-4.mapping.yaml", &mapping),
    ]);
    let ran = totsugo(place.path(), &["diff", "旧", "新"], &[]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "違いはありません。\n"), "{}", ran.err);
    let ran = totsugo(
        place.path(),
        &["diff", "旧/資料2-4.xlsx", "新/資料2-4.xlsx", "--mapping", "旧/資料2-4.mapping.yaml"],
        &[],
    );
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
}

#[test]
fn an_authors_own_table_is_compared_column_by_column() {
    let rules = "表 出張 = trip {\n  位置 文書\n  見出し 名称 = name : 文字列\n  属性 人数 = people : 量 厳密 人\n  属性 行先 = to : 文字列\n}\n";
    let place = folder(&[
        ("own.rules", rules.as_bytes()),
        ("totsugo.yaml", "rules: [own.rules]\n".as_bytes()),
        ("old.plan", "出張 \"視察\" {\n  人数 4人\n  行先 \"会津\"\n}\n".as_bytes()),
        ("new.plan", "出張 \"視察\" {\n  人数 5人\n  行先 \"いわき\"\n}\n".as_bytes()),
    ]);
    let ran = totsugo(place.path(), &["diff", "old.plan", "new.plan", "--color", "never"], &[]);
    assert!(ran.out.contains("人数: 4人 → 5人（+1人、+25%）"), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("行先: 会津 → いわき"), "{}", ran.out);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let plan = "事業 1 \"甲\" { 指標 1 \"乙\" { 目標 R6: 5人 } }\n";
    let place = folder(&[
        ("a.plan", plan.as_bytes()),
        ("b.plan", "事業 1 \"甲\" { 指標 1 \"乙\" { 目標 R6: 6人 } }\n".as_bytes()),
        ("torn.plan", "事業 1 \"甲\" { 指標 1 \"乙\" { 目標 R0: 6人 } }\n".as_bytes()),
        ("sjis.plan", b"\x82\xa0"),
        ("empty.plan", b""),
        ("bare.plan", "文書 空\n".as_bytes()),
        ("none/readme.txt", b"x"),
    ]);
    for (arguments, status, says) in [
        (&["diff", "a.plan", "a.plan"][..], 0, "違いはありません"),
        (&["diff", "a.plan", "b.plan"], 1, "引上げ"),
        (&["diff", "a.plan", "b.plan", "--kind", "担当"], 0, "違いはありません"),
        (&["diff", "a.plan", "b.plan", "--kind", "目票"], 2, "「目標」ではありませんか"),
        (&["diff", "a.plan", "torn.plan"], 2, "この比較は全部ではありません"),
        (&["diff", "a.plan", "sjis.plan"], 2, "not-utf8"),
        (&["diff", "a.plan", "missing.plan"], 2, "file-not-found"),
        (&["diff", "a.plan", "none"], 2, "no-plans"),
        (&["diff", "a.plan"], 2, "NEW"),
        (&["diff", "empty.plan", "a.plan"], 2, "ファイルが空です"),
        (&["diff", "bare.plan", "a.plan"], 1, "追加"),
        (&["diff", "a.plan", "bare.plan"], 1, "廃止"),
        (&["diff", "a.plan", "b.plan", "-o", "b.plan"], 2, "b.plan"),
        (&["diff", "a.plan", "b.plan", "-o", "nowhere/x.html", "--format", "html"], 2, "nowhere"),
        (&["diff", "a.plan", "b.plan", "-o", "x.md", "--format", "markdown"], 1, "x.md に書き出しました"),
    ] {
        let ran = totsugo(place.path(), arguments, &[]);
        assert_eq!(ran.status, status, "{arguments:?}\n{}{}", ran.out, ran.err);
        assert!(format!("{}{}", ran.out, ran.err).contains(says), "{arguments:?}\n{}{}", ran.out, ran.err);
    }
    assert_eq!(std::fs::read(place.path().join("b.plan")).expect("it is there").len(), plan.len());
}

#[test]
fn names_of_any_kind_are_shown_and_do_nothing() {
    let long = "長".repeat(10_000);
    let name = format!("<script>alert(1)</script>&amp; `x` [a](b) | \u{1b}[31m \u{202e}逆 {long}");
    let old = "事業 1 \"甲\"\n";
    let new = format!("事業 1 \"甲\" {{ 担当 \"{name}\" }}\n事業 2 \"{name}\"\n");
    let place = folder(&[("a.plan", old.as_bytes()), ("b.plan", new.as_bytes())]);
    for format in ["pretty", "markdown", "html"] {
        let ran = totsugo(place.path(), &["diff", "a.plan", "b.plan", "--format", format, "--color", "never"], &[]);
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']), "{format}");
        assert!(ran.out.chars().count() < 12_000, "{format} is not flooded");
        if format != "pretty" {
            assert!(!ran.out.contains("<script") && ran.out.contains("&lt;script&gt;"), "{format}");
        }
    }
    let ran = totsugo(place.path(), &["diff", "a.plan", "b.plan", "--format", "json"], &[]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(value["documents"][0]["entries"].to_string().contains("<script>"), "JSON holds names as they are");
}

#[test]
fn documents_are_matched_by_code_by_title_and_by_being_the_only_ones() {
    let doc = |code: &str, title: &str| format!("文書 {code} {{\n  題名 \"{title}\"\n}}\n事業 1 \"甲\"\n");
    let place = folder(&[
        ("旧/a.plan", doc("資料1", "令和5年度デジタル推進計画の一覧").as_bytes()),
        ("旧/b.plan", doc("資料2", "防災").as_bytes()),
        ("旧/c.plan", doc("資料3", "予算").as_bytes()),
        ("新/a.plan", doc("資料9", "令和6年度デジタル推進計画の一覧").as_bytes()),
        ("新/b.plan", doc("資料2", "防災の計画").as_bytes()),
        ("新/c.plan", doc("資料8", "人事").as_bytes()),
    ]);
    let ran = totsugo(place.path(), &["diff", "旧", "新", "--format", "json"], &[]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let pairs: Vec<String> = value["documents"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| format!("{} {} {}", d["old"][0]["label"], d["new"][0]["label"], d["matched"]["by"]))
        .collect();
    let quoted = [r#""資料1" "資料9" "likeness""#, r#""資料2" "資料2" "same""#, r#""資料3" "資料8" "only""#];
    assert_eq!(pairs, quoted);
}

/// Names that are unlike each other.
fn name(seed: u32) -> String {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let mut letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4e00 + (state >> 8) % 2_000).unwrap_or('一')
    };
    (0..9).map(|_| letter()).collect()
}

#[test]
fn the_work_grows_with_the_length_and_not_with_its_square() {
    type Make = fn(u32, bool) -> String;
    let all_equal: Make =
        |n, new| format!("事業 {n} \"同じ事業\" {{ 概要 \"{}\" }}\n", name(n + 90_000 * u32::from(new)));
    let numbered: Make = |n, new| format!("事業 {n} \"{}事業{n:05}\"\n", if new { "新" } else { "旧" });
    let unlike: Make = |n, new| format!("事業 {n} \"{}\"\n", name(n + 90_000 * u32::from(new)));
    let no_number: Make = |n, new| format!("事業 \"同じ事業\" {{ 概要 \"{}\" }}\n", name(n + 90_000 * u32::from(new)));
    for (which, make) in [("equal", all_equal), ("numbered", numbered), ("unlike", unlike), ("no number", no_number)] {
        let effort = |count: u32| {
            let edition = |new| (1..=count).map(|n| make(n, new)).collect::<String>();
            compared(&edition(false), &edition(true)).effort
        };
        let (some, more) = (effort(1_000), effort(4_000));
        assert!(more <= 5 * some, "{which}: {some} for 1,000, {more} for 4,000");
        assert!(more <= 4_000 * 2_000, "{which}: {more} for 4,000");
    }
    // Of one name and no number, nothing tells which is which.
    let edition = |new| (1..=10_000).map(|n| no_number(n, new)).collect::<String>();
    let comparison = compared(&edition(false), &edition(true));
    let told: Vec<(Fate, usize, usize)> =
        entries(&comparison).iter().map(|e| (e.fate, e.old.len(), e.new.len())).collect();
    assert_eq!(told, [(Fate::Unsure, 10_000, 10_000)]);
}

/// What is done to a program of the old edition.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Edit {
    Keep,
    Drop,
    Rename,
    Target(i64),
    Before,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let one = prop_oneof![
        3 => Just(Edit::Keep),
        1 => Just(Edit::Drop),
        1 => Just(Edit::Rename),
        1 => (-40_i64..60).prop_filter("a change", |n| *n != 0).prop_map(Edit::Target),
        1 => Just(Edit::Before),
    ];
    proptest::collection::vec(one, 1..24)
}

fn program(number: u32, name: &str, target: i64) -> String {
    format!("  事業 {number} \"{name}\" {{ 指標 {number} \"{name}の率\" {{ 目標 R6: {target}人 }} }}\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// A known sequence of edits is told exactly: nothing is left out, nothing is made up.
    #[test]
    fn known_edits_are_told_exactly(edits in edits(), seed in 0_u32..1_000) {
        let (mut old, mut new) = (String::new(), String::new());
        let (mut next_old, mut next_new) = (1, 1);
        let mut expected: BTreeSet<String> = BTreeSet::new();
        for (n, edit) in (0_u32..).zip(&edits) {
            let own = name(seed * 1_000 + n);
            old.push_str(&program(next_old, &own, 100));
            let mut put = |name: &str, target: i64| {
                new.push_str(&program(next_new, name, target));
                next_new += 1;
                next_new - 1
            };
            let number = match edit {
                Edit::Keep => Some(put(&own, 100)),
                Edit::Drop => {
                    expected.insert(format!("- 事業 No{next_old} {own}"));
                    None
                }
                Edit::Rename => {
                    let renamed = format!("{own}改");
                    expected.insert(format!("名 {own} {renamed}"));
                    expected.insert(format!("名 {own}の率 {renamed}の率"));
                    Some(put(&renamed, 100))
                }
                Edit::Target(by) => {
                    expected.insert(format!("値 {own}の率 {by:+}人 {by:+}%"));
                    Some(put(&own, 100 + by))
                }
                Edit::Before => {
                    let more = name(seed * 1_000 + n + 500);
                    let number = put(&more, 100);
                    expected.insert(format!("+ 事業 No{number} {more}"));
                    Some(put(&own, 100))
                }
            };
            if let Some(number) = number.filter(|n| *n != next_old) {
                expected.insert(format!("番 No{next_old} No{number}"));
            }
            next_old += 1;
        }
        let comparison = compared(&format!("分野 Ⅰ \"甲\" {{\n{old}}}\n"), &format!("分野 Ⅰ \"甲\" {{\n{new}}}\n"));
        let mut found: BTreeSet<String> = BTreeSet::new();
        for entry in entries(&comparison) {
            let side = entry.new.first().or(entry.old.first()).expect("a side");
            match entry.fate {
                Fate::Added => { found.insert(format!("+ {} {}", entry.kind.name, side.label)); }
                Fate::Dropped => { found.insert(format!("- {} {}", entry.kind.name, side.label)); }
                Fate::Unsure => { found.insert(format!("? {}", side.label)); }
                Fate::Kept => {}
            }
            for change in &entry.changes {
                found.insert(match &change.what {
                    What::Number { from, to, .. } => format!("番 {from} {to}"),
                    What::Name { from, to, .. } => format!("名 {from} {to}"),
                    What::Value { how: How::Shifted(shift), .. } => {
                        let label = side.label.split(' ').nth(1).unwrap_or_default();
                        format!("値 {label} {} {}%", shift.difference, shift.percent.clone().unwrap_or_default())
                    }
                    other => format!("! {other:?}"),
                });
            }
        }
        prop_assert_eq!(found, expected);
    }

    /// What was added from here to there was dropped from there to here.
    #[test]
    fn two_editions_mirror_each_other(
        old in proptest::collection::vec((0_u32..14, 0_u32..6, any::<bool>()), 0..14),
        new in proptest::collection::vec((0_u32..14, 0_u32..6, any::<bool>()), 0..14),
    ) {
        let plan = |rows: &[(u32, u32, bool)]| {
            let mut out = String::from("文書 a\n分野 Ⅰ \"甲\" {\n");
            for (n, (word, target, apart)) in (1..).zip(rows) {
                if *apart {
                    out.push_str("}\n分野 Ⅱ \"乙\" {\n");
                }
                // Some names are equal, some are alike, some are not.
                let name = format!("{}{}", name(word / 4), "ABCD".chars().nth(*word as usize % 4).unwrap_or('E'));
                out.push_str(&format!("事業 {n} \"{name}\" {{ 指標 \"率\" {{ 目標 R6: {target}人 }} }}\n"));
            }
            out + "}\n"
        };
        let (old, new) = (plan(&old), plan(&new));
        let pairs = |comparison: &Comparison, turned: bool| -> BTreeSet<String> {
            let place = |sides: &[totsugo::editions::Side]| -> Vec<String> {
                sides.iter().map(|s| s.place.clone()).collect()
            };
            let told = entries(comparison).into_iter().map(|e| {
                let (a, b) = if turned { (&e.new, &e.old) } else { (&e.old, &e.new) };
                format!("{} {:?} {:?} {} {}", e.kind.name, place(a), place(b), e.changes.len(), e.inside.len())
            });
            told.collect()
        };
        prop_assert_eq!(pairs(&compared(&old, &new), false), pairs(&compared(&new, &old), true));
        prop_assert!(compared(&old, &old).is_empty());
    }
}
