//! Sheets too large to be held: what is found in them is what is found in small ones.
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use proptest::prelude::*;
use totsugo::project::{Read, Scope};

use super::run::{folder, totsugo};

const MAPPING: &str = "files: [\"*.csv\"]\ntables:\n  - columns:\n      文書: { 記号: 文書 }\n      一覧: { 名称: { value: 一覧 } }\n      項: { 番号: 番号, 名称: 名称, 目標: 目標, 実績: 実績 }\n";

const RULES: &str = "表 一覧 = list {\n  位置 文書\n  見出し 名称 = name : 文字列\n  行 項 = entry {\n    列 番号 = number : 番号\n    列 名称 = name : 文字列\n    列 目標 = target : 量\n    列 実績 = actual : 量\n  }\n}\n\n規則 目標超過 over {\n  重大度 誤り\n  対象 行 ∈ 項\n  検査 行.実績 ≤ 行.目標\n  指摘 行.実績 \"{行.番号}「{行.名称}」の実績{行.実績}は目標{行.目標}を超えています。\"\n  参考 行.目標 \"目標\"\n}\n\n規則 番号重複 twice {\n  重大度 誤り\n  対象 行 ∈ 項\n  検査 件数{ 別 ∈ 項, 別.文書 = 行.文書, 別.番号 = 行.番号 } = 1\n  指摘 行.番号 \"{行.番号}が二つあります。\"\n}\n";

/// A list of so many rows; every thousandth is wrong. `last` is one more line.
fn sheet(rows: usize, last: &str) -> String {
    let mut out = String::from("文書,番号,名称,備考,目標,実績\r\n");
    for n in 0..rows {
        let (document, number) = (n / 100, n % 100 + 1);
        let number = if n % 3_000 == 2_999 { number - 1 } else { number };
        let actual = if n % 1_000 == 500 { "1001件" } else { "９９件" };
        // Writing to a String cannot fail.
        let _ = write!(out, "D{document:05},{number},窓口の手続 その{n},読まれない備考の欄です。,1000件,{actual}\r\n");
    }
    out + last
}

fn found(text: &str) -> String {
    let place =
        folder(&[("a.csv", text.as_bytes()), ("a.mapping.yaml", MAPPING.as_bytes()), ("a.rules", RULES.as_bytes())]);
    let told =
        totsugo(place.path(), &["check", ".", "--select", "over", "--select", "twice", "--format", "jsonl"], &[]);
    let ours = |line: &&str| line.contains("\"rule\":\"over\"") || line.contains("\"rule\":\"twice\"");
    let kept = told.out.lines().filter(ours);
    kept.map(|line| format!("{line}\n")).collect()
}

/// What is read in a folder; `progress` hears of the sheet and row that was reached.
fn read_in(folder: &Path, progress: &mut dyn FnMut(&str, u64)) -> Read {
    let (settings, messages, disk, stop) = Default::default();
    let paths = [folder.to_path_buf()];
    Scope {
        settings: &settings,
        messages: &messages,
        disk: &disk,
        paths: &paths,
        mapping: None,
        guess: false,
        stop: &stop,
    }
    .read(progress)
}

/// The country in one file is checked as a city is: the same findings, at the same cells, with the same words.
#[test]
fn a_sheet_that_is_not_held_gives_the_findings_of_one_that_is() {
    const ROWS: usize = 90_000;
    let large = sheet(ROWS, "");
    assert!(large.len() > 1 << 23, "large enough not to be held: {}", large.len());
    // One quote, and the file is held as a whole.
    let held = sheet(ROWS, "D00899,\"101\",窓口,,1000件,1件\r\n");
    let (one, other) = (found(&large), found(&held));
    assert_eq!(one.lines().count(), ROWS / 1_000 + 2 * ROWS / 3_000, "{one:.400}");
    assert!(one.contains("a.csv F502") && one.contains("1001件"), "{one:.400}");
    assert!(one == other, "{one:.400}\n{other:.400}");
}

/// A row with too many cells, a figure that is none and a missing one are told at their cells in a large file too.
#[test]
fn what_is_wrong_far_down_in_a_large_sheet_is_told_there() {
    let rows = 90_000;
    let text = sheet(rows, "D00899,101,窓口,,1000件,1件,8,9\r\nD00899,102,窓口,,12,34,1件\r\n#REF!,103,,,一覧,1件");
    let place =
        folder(&[("a.csv", text.as_bytes()), ("a.mapping.yaml", MAPPING.as_bytes()), ("a.rules", RULES.as_bytes())]);
    let told = totsugo(place.path(), &["check", ".", "--select", "twice", "--format", "concise"], &[]);
    for cell in ["a.csv:90002:", "a.csv:90003:", "a.csv:90004:"] {
        assert!(told.out.contains(cell), "{cell}: {}", told.out);
    }
}

/// A large file is read as what it begins as, until something else comes: then it says what it says when it is held from the start.
#[test]
fn what_comes_late_in_a_large_sheet_is_read_as_if_it_had_come_first() {
    let rows = sheet(90_000, "");
    let long = format!("D00899,101,{},,1000件,1件\r\n", "長".repeat(30_000));
    let tails: [(&str, &[u8]); 7] = [
        ("a quote", b"D00899,\"101\",a,,1000,1\r\n"),
        ("a line in quotes", b"D00899,101,\"a\nb\",,1000,1001\r\nD00899,7,a,,1,2"),
        ("an end of old", b"D00899,101,a,,1000,1\rD00899,101,a,,1,2\n"),
        ("a long line", long.as_bytes()),
        ("a damaged letter", b"D00899,101,\xe3\x81,,1000,1001\r\n"),
        ("a NUL", b"D00899,101,\0,,1000,1\r\n"),
        ("no end", b"D00899,101,a,,1000,1001"),
    ];
    for (name, tail) in tails {
        let said = |begin: &[u8]| {
            let text = [begin, rows.as_bytes(), tail].concat();
            let files =
                [("a.csv", text.as_slice()), ("a.mapping.yaml", MAPPING.as_bytes()), ("a.rules", RULES.as_bytes())];
            let arguments = ["check", ".", "--select", "over", "--select", "twice", "--select", "sheet-encoding"];
            let more = ["--select", "sheet-damaged", "--no-localize", "--format", "concise"];
            let ran = totsugo(folder(&files).path(), &[&arguments[..], &more].concat(), &[]);
            (ran.out, ran.status)
        };
        // With its mark before it, a file is held. What is no text at all has no first cell then.
        let (late, held) = (said(b""), said("\u{feff}".as_bytes()));
        let late = (late.0.replace("a.csv:1:1: 誤り[sheet-damaged]", "a.csv: 誤り[sheet-damaged]"), late.1);
        assert!(late == held && (late.1 == 2 || late.0.lines().count() > 100), "{name}: {late:.400?}\n{held:.400?}");
    }
}

/// Many large files with a quote far down are read anew once, not once for each of them.
#[test]
fn that_something_comes_late_in_many_sheets_costs_no_more_for_each() {
    let text = sheet(20_000, "D00899,\"101\",窓口,,1000件,1001件\r\n");
    assert!(text.len() > 1 << 20);
    let names: Vec<String> = (0..6).map(|n| format!("{n}.csv")).collect();
    let more = [("a.mapping.yaml", MAPPING.as_bytes()), ("a.rules", RULES.as_bytes())];
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), text.as_bytes())).chain(more).collect();
    let place = folder(&files);
    let (mut begun, mut last) = (0, String::new());
    let read = read_in(place.path(), &mut |path, _| {
        begun += usize::from(path != last);
        path.clone_into(&mut last);
    });
    assert!(!read.failed() && begun <= 2 * names.len(), "{begun}");
    assert!(read.workspace.facts.tables.iter().any(|table| table.heads.len() == 6 * 20_001));
}

/// Somebody saves the sheet while it is checked: that half of it passes for all of it would hide every other finding.
#[test]
fn a_sheet_that_changes_while_it_is_read_is_told_by_its_name_and_the_run_has_failed() {
    let text = sheet(90_000, "");
    let place =
        folder(&[("a.csv", text.as_bytes()), ("a.mapping.yaml", MAPPING.as_bytes()), ("a.rules", RULES.as_bytes())]);
    let path = place.path().join("a.csv");
    let change = || {
        let file = std::fs::OpenOptions::new().append(true).open(&path);
        file.and_then(|mut file| file.write_all("D9,1,末,,1件,2件\r\n".as_bytes())).expect("written");
    };
    let mut is_changed = false;
    let read = read_in(place.path(), &mut |_, row| {
        if row > 20_000 && !std::mem::replace(&mut is_changed, true) {
            change();
        }
    });
    let told: Vec<(&str, &str)> = read
        .faults()
        .filter_map(|fault| Some((fault.code, read.sources.get(fault.span.source)?.path.rsplit(['/', '\\']).next()?)))
        .collect();
    assert!(told.contains(&("file-changed", "a.csv")) && read.failed(), "{told:?}");

    // It may change as late as when findings are shown.
    let read = read_in(place.path(), &mut |_, _| {});
    assert!(!read.failed());
    change();
    assert!(read.failed());
}

/// Lines of a sheet as people leave them: rows, the head of a page once more, notes, gaps, cells too many or torn.
fn lines() -> impl Strategy<Value = String> {
    let document = prop_oneof![8 => Just("D1"), 2 => Just("D2"), 1 => Just(""), 1 => Just(" D1 "), 1 => Just("Ｄ１")];
    let number = prop_oneof![6 => "[1-9][0-9]?", 1 => Just("100000".to_owned()), 1 => "[0-9]{0,2}|①|[ 　]"];
    let name = prop_oneof![4 => "[甲乙]", 1 => Just("番号".to_owned()), 1 => Just("長い名称の手続 その一".to_owned()), 1 => Just(String::new())];
    let figure = prop_oneof![4 => "[0-9]{1,3}(\\.[0-9])?件?", 1 => "[－-]|判読不能|#REF!|1,|約3件|１２", 1 => Just(String::new())];
    let row = (document, number, name, figure.clone(), figure).prop_map(|(document, number, name, target, actual)| {
        // The comma of a cell is that of the next one here.
        format!("{document},{number},{name},備考,{target},{actual}")
    });
    let odd = prop_oneof![
        Just("文書,番号,名称,備考,目標,実績".to_owned()),
        Just("※ 実績は速報値".to_owned()),
        Just(String::new()),
        Just(",,,,,".to_owned()),
        Just("D1,7,甲,備考,1件,2件,欄外".to_owned()),
        Just(",,,備考だけ,,".to_owned()),
    ];
    let line = prop_oneof![9 => row, 2 => odd];
    prop::collection::vec((line, prop_oneof![Just("\n"), Just("\r\n")]), 1..60)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Most rows of a plain sheet are entered without a second look; what is said must be what a look at each would say.
    #[test]
    fn rows_that_are_not_looked_at_twice_are_read_as_if_they_were(lines in lines()) {
        let text = format!("文書,番号,名称,備考,目標,実績\n{lines}");
        // A table that may end somewhere is looked at row by row.
        let careful = MAPPING.replace("  - columns:", "  - until: 決してない\n    columns:");
        let rules = RULES.replace("検査 行.実績 ≤ 行.目標", "検査 偽").replace("は目標{行.目標}を", "、{行.目標}、{行.文書.記号}:");
        let said = |mapping: &str| {
            let files = [("a.csv", text.as_bytes()), ("a.mapping.yaml", mapping.as_bytes()), ("a.rules", rules.as_bytes())];
            let place = folder(&files);
            let arguments = ["check", ".", "--no-localize", "--min-severity", "info", "--format", "jsonl"];
            let told = totsugo(place.path(), &arguments, &[]);
            // Only the mapping itself stands elsewhere.
            told.out.lines().filter(|line| !line.contains("a.mapping.yaml")).map(|line| format!("{line}\n")).collect::<String>()
        };
        let (quick, careful) = (said(MAPPING), said(&careful));
        prop_assert!(quick.contains("summary"), "{quick}");
        prop_assert_eq!(quick, careful);
    }

    /// Pieces of a large file are cut anywhere, and where its rows stand is found on the way: what is said must be what is said of a
    /// file that is held from the start, as one with a mark is.
    #[test]
    fn rows_of_a_large_sheet_are_read_as_those_of_one_that_is_held(
        lines in lines(), more in lines(), shift in 0..300_usize, quoted in prop::bool::weighted(0.2)
    ) {
        let filler = |count: usize| (0..count).fold(String::new(), |text, n| text + &format!("D{},{n},充,{},1件,1件\n", n / 90, "備".repeat(25)));
        let pad = format!("D0,0,充,{},1件,1件\n", "x".repeat(shift));
        let end = if quoted { "D1,7,\"甲\",,1件,2件\n" } else { "D1,7,甲,,1件,2件" };
        let text = format!("文書,番号,名称,備考,目標,実績\n{pad}{}{lines}\n{}{more}\n{end}", filler(9_000), filler(5_000));
        prop_assert!(text.len() > 1 << 20);
        let rules = RULES.replace("検査 行.実績 ≤ 行.目標", "検査 行.名称 は ある かつ 行.名称 = \"充\"");
        let rules = rules.replace("は目標{行.目標}を", "、{行.目標}、{行.文書.記号}:");
        let said = |begin: &str| {
            let text = format!("{begin}{text}");
            let files = [("a.csv", text.as_bytes()), ("a.mapping.yaml", MAPPING.as_bytes()), ("a.rules", rules.as_bytes())];
            let place = folder(&files);
            let arguments = ["check", ".", "--no-localize", "--ignore", "twice", "--min-severity", "info", "--format", "jsonl"];
            totsugo(place.path(), &arguments, &[]).out
        };
        let (one, other) = (said(""), said("\u{feff}"));
        prop_assert!(one.lines().count() > 4 && one.contains("\"line\":14"), "{one:.600}");
        prop_assert_eq!(one, other);
    }
}
