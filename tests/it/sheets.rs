//! Spreadsheets: the real layouts, what is wrong with a sheet or its mapping, and the way back to Excel.
use std::collections::BTreeMap;

use crate::run::{Ran, findings, folder, home, totsugo};

#[path = "../../examples/workbooks.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]
mod workbooks;

/// A folder with the workbooks of `examples/` and the plans that have no workbook.
fn desk() -> tempfile::TempDir {
    let home = home();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in std::fs::read_dir(home.join("examples/workbooks")).expect("the workbooks").flatten() {
        files.push((entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).expect("a file")));
    }
    for name in ["dx-policy.plan", "資料3-1.plan"] {
        files.push((name.to_owned(), std::fs::read(home.join("specs").join(name)).expect("a plan")));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    folder(&files)
}

/// Findings as `(severity, rule, message)`, and how often.
fn counted(ran: &Ran) -> BTreeMap<(String, String, String), usize> {
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {}", ran.err));
    let mut out = BTreeMap::new();
    for finding in json["findings"].as_array().expect("a list") {
        let field = |name: &str| finding[name].as_str().expect("a text").to_owned();
        *out.entry((field("severity"), field("rule"), field("message"))).or_default() += 1;
    }
    out
}

fn all_of(place: &std::path::Path) -> Ran {
    totsugo(place, &["check", ".", "--format", "json", "--min-severity", "情報"], &[])
}

fn specs() -> Ran {
    all_of(&home().join("specs"))
}

/// The workbook on the desk and the plan typed from it say the same, so who has the workbook need not type.
#[test]
fn the_real_layouts_give_the_findings_of_the_plans_each_at_its_cell() {
    let place = desk();
    let ran = all_of(place.path());
    assert_eq!(counted(&ran), counted(&specs()));
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let mut cells = Vec::new();
    for finding in json["findings"].as_array().expect("a list") {
        let at = &finding["location"];
        if at["path"].as_str().is_some_and(|p| p.ends_with(".xlsx")) {
            assert!(at["cell"].is_string() && at["sheet"].is_string(), "{finding}");
            cells.push(format!(
                "{} {} {}!{} {}",
                finding["rule"].as_str().expect("a text"),
                at["path"].as_str().expect("a text"),
                at["sheet"].as_str().expect("a text"),
                at["cell"].as_str().expect("a text"),
                finding["text"].as_str().expect("a text").replace(['\n', '\t'], " "),
            ));
        }
    }
    assert!(cells.len() > 80, "{}", cells.len());
    insta::assert_snapshot!("cells", cells.join("\n"));
}

/// The workbooks that are kept are those that the script makes: the example must not be an old one.
#[test]
fn the_kept_workbooks_are_what_the_script_makes() {
    for (name, bytes) in workbooks::build(&home()).expect("workbooks") {
        let kept = std::fs::read(home().join("examples/workbooks").join(&name)).expect("a workbook");
        assert!(kept == bytes, "{name} is old: cargo run --example workbooks");
    }
}

/// What is imported is a plan that says the same.
#[test]
fn an_imported_workbook_says_the_same() {
    let place = desk();
    let ran = totsugo(place.path(), &["import", "徳島DX.xlsx", "-o", "plans/a.plan"], &[]);
    assert_eq!(ran.status, 2, "the folder is not there: {}", ran.err);
    std::fs::create_dir_all(place.path().join("plans")).expect("a folder");
    for name in ["資料2-4", "資料2-1", "徳島DX"] {
        let ran = totsugo(place.path(), &["import", &format!("{name}.xlsx"), "-o", &format!("plans/{name}.plan")], &[]);
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
    for name in ["dx-policy.plan", "資料3-1.plan"] {
        std::fs::copy(place.path().join(name), place.path().join("plans").join(name)).expect("a copy");
    }
    assert_eq!(counted(&all_of(&place.path().join("plans"))), counted(&specs()));
}

/// Every format that is written is read back with the same findings.
#[test]
fn every_export_of_the_real_documents_says_the_same() {
    for (format, name) in
        [("plan", "a.plan"), ("json", "a.plan.json"), ("yaml", "a.plan.yaml"), ("csv", "a.csv"), ("xlsx", "a.xlsx")]
    {
        let place = folder(&[]);
        let out = place.path().join(name);
        let ran = totsugo(&home(), &["export", "specs", "--format", format, "-o", &out.display().to_string()], &[]);
        assert_eq!(ran.status, 0, "{format}: {}", ran.err);
        assert_eq!(counted(&all_of(place.path())), counted(&specs()), "{format}");
    }
}

/// A draft is a mapping that reads the sheet at once, so that it is mended rather than written.
#[test]
fn a_draft_of_a_mapping_reads_the_sheet() {
    let home = home();
    for (path, things) in [
        ("examples/workbooks/資料2-4.xlsx", "文書 1、分野 8、項目 42、事業 64、指標 26、基準 26、目標 104"),
        ("examples/workbooks/資料2-1.xlsx", "集計 4、集計行 32"),
        ("examples/workbooks/徳島DX.xlsx", "予算行 17"),
        ("tests/files/list.xls", "事業 3、指標 4"),
    ] {
        let ran = totsugo(&home, &["map", path], &[]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.err.contains(things), "{path}: {}", ran.err);
        let name = path.rsplit('/').next().expect("a name");
        let place = folder(&[
            (name, &std::fs::read(home.join(path)).expect("a file")),
            ("draft.mapping.yaml", ran.out.as_bytes()),
        ]);
        let checked = totsugo(place.path(), &["check", name, "--format", "json"], &[]);
        assert!(checked.status < 2, "{path}: {}", checked.out);
    }
    let ran = totsugo(&home, &["map", "examples/workbooks/資料2-1.xlsx"], &[]);
    insta::assert_snapshot!("draft", ran.out);
    for (path, says) in [("README.md", "表計算のファイル"), ("nowhere.xlsx", "file-not-found")] {
        let ran = totsugo(&home, &["map", path], &[]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains(says), "{path}: {}", ran.err);
    }
}

const LIST: &str = "事業一覧,,,,\n番号,事業名,指標名,目標値,\n,,,R5,R6\n1,電子申請,利用率,61.0%,59.0%\n,,満足度,3,4\n\
※ 数値は見込み,,,,\n2,納税の電子化,利用件数,\"1,800件\",2000件\n";
const LIST_MAPPING: &str = "files: [\"*.csv\"]\ntables:\n  - columns:\n      事業: { 番号: 番号, 名称: 事業名 }\n      \
                            指標: { 名称: 指標名, 目標: 目標値 }\n";

fn listed(csv: &str, mapping: &str, arguments: &[&str]) -> Ran {
    let place = folder(&[("一覧.csv", csv.as_bytes()), ("a.mapping.yaml", mapping.as_bytes())]);
    totsugo(place.path(), arguments, &[])
}

/// A CSV file with a header in two rows, a second indicator of a program, a note: read as people read it.
#[test]
fn a_csv_file_is_read_as_people_read_it() {
    let ran = listed(LIST, LIST_MAPPING, &["import", "一覧.csv"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let expected = "文書 一覧 {\n}\n\n事業 1 \"電子申請\" {\n  指標 \"利用率\" {\n    目標 R5: 61.0%, R6: 59.0%\n  }\n  \
                    指標 \"満足度\" {\n    目標 R5: 3, R6: 4\n  }\n}\n\n事業 2 \"納税の電子化\" {\n  指標 \"利用件数\" {\n    \
                    目標 R5: 1,800件, R6: 2000件\n  }\n}\n";
    assert_eq!(ran.out, expected);
    // Shift_JIS is what Excel saves as CSV in Japan.
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(LIST);
    let place = folder(&[("一覧.csv", &sjis), ("a.mapping.yaml", LIST_MAPPING.as_bytes())]);
    assert_eq!(totsugo(place.path(), &["import", "一覧.csv"], &[]).out, expected);
    let told = listed(LIST, LIST_MAPPING, &["check", ".", "--min-severity", "情報", "--select", "sheet-row-unread"]);
    assert!(told.out.contains("一覧.csv A6"), "{}", told.out);
}

/// Whatever is wrong with cells is told at the cell, and everything else is still read.
#[test]
fn what_is_wrong_with_cells_is_told_at_the_cell() {
    let csv = "番号,事業名,指標名,目標値,\n,,,R5,R6\n1,電子申請,利用率,#REF!,59.0%\n一,納税,件数,1,2\n3,研修,受講者数,5人,6人,7人\n\
               ,,,9,9\n4,\"監査,回数,1,2\n";
    let ran = listed(csv, LIST_MAPPING, &["check", "."]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    insta::assert_snapshot!("cells_at_fault", ran.out);
}

/// A mapping that does not fit the sheet, or names what is not there: every mistake at once, each where it stands.
#[test]
fn every_mistake_of_a_mapping_is_shown_where_it_stands() {
    let mapping = "files: [\"*.csv\", \"[\"]\nencoding: utf8x\ndelimiter: ab\nhidden: maybe\nsheet: 一覧\ndocument: { 題: x }\n\
                   tables:\n  - header: 0\n    rows: 9..4\n    until: \"(\"\n    columns:\n      事行: { 番号: 番号 }\n      \
                   指標: { 目漂: 目標値, 名称: { colum: 指標名 }, 基準: { letter: A1 }, 単位: { cell: Q } }\n      分野: { 番号: 分野 }\n  - {}\n";
    let ran = listed(LIST, mapping, &["check", "."]);
    assert_eq!(ran.status, 2);
    insta::assert_snapshot!("broken_mapping", ran.out);
}

/// A mapping that leaves out every row must not pass for a table in which nothing is wrong.
#[test]
fn a_table_of_which_no_row_is_read_is_told() {
    let told = |more: &str| {
        let mapping = LIST_MAPPING.replace("  - columns:", &format!("  - {more}\n    columns:"));
        let ran = listed(LIST, &mapping, &["check", ".", "--format", "json"]);
        findings(&ran).iter().any(|f| f.0 == "sheet-no-rows")
    };
    for nothing in ["rows: \"99..\"", "until: \"\"", "skip: [\"\"]"] {
        assert!(told(nothing), "{nothing}");
    }
    for some in ["rows: \"4..\"", "until: 決してない", "rows: \"4..4\""] {
        assert!(!told(some), "{some}");
    }
    let header = "番号,事業名,指標名,目標値,\n,,,R5,R6\n";
    let ran = listed(header, LIST_MAPPING, &["check", "."]);
    insta::assert_snapshot!("no_rows", ran.out);
}

/// A heading or sheet that is not there is named with the nearest that is.
#[test]
fn a_heading_that_is_not_there_is_told_with_the_nearest() {
    let mapping =
        LIST_MAPPING.replace("名称: 事業名", "名称: 事業名称, 概要: 概要").replace("名称: 指標名", "名称: 番号");
    let twice = LIST.replace("事業名,指標名", "番号,指標名");
    let ran = listed(LIST, &mapping, &["check", "."]);
    let again = listed(&twice, LIST_MAPPING, &["check", "."]);
    let none = listed("a,b\n1,2\n", LIST_MAPPING, &["check", "."]);
    insta::assert_snapshot!("headings", format!("{}{}{}", ran.out, again.out, none.out));
    let place = desk();
    let path = place.path().join("資料2-4.mapping.yaml");
    let text = std::fs::read_to_string(&path).expect("a mapping").replace("sheet: 一覧", "sheet: 一蘭");
    std::fs::write(&path, text).expect("a mapping");
    let ran = totsugo(place.path(), &["check", "資料2-4.xlsx"], &[]);
    assert!(ran.out.contains("「一覧」ではありませんか"), "{}", ran.out);
}

/// Bad files are told in words, end the run with 2, and hide nothing else.
#[test]
fn files_that_are_no_spreadsheets_are_told_in_words() {
    let xlsx = std::fs::read(home().join("examples/workbooks/資料2-4.xlsx")).expect("a workbook");
    let half = xlsx.get(..xlsx.len() / 2).expect("a half");
    let place = folder(&[
        ("a.mapping.yaml", LIST_MAPPING.replace("*.csv", "*").as_bytes()),
        ("half.xlsx", half),
        ("text.xlsx", b"not a workbook"),
        ("nul.csv", &[b"a,b\x00\n".as_slice(), &b"c,d\n".repeat(50)].concat()),
        ("empty.csv", b""),
        ("good.csv", LIST.as_bytes()),
    ]);
    let ran = totsugo(place.path(), &["check", ".", "--format", "json"], &[]);
    assert_eq!(ran.status, 2, "{}", ran.out);
    let mut codes: Vec<String> = findings(&ran).into_iter().map(|f| f.0).collect();
    codes.retain(|c| c.starts_with("sheet-") || c == "empty-file");
    codes.sort();
    assert_eq!(codes, ["empty-file", "sheet-damaged", "sheet-damaged", "sheet-damaged"], "{}", ran.out);
    let ran = totsugo(place.path(), &["query", "行.名称 | 行 ∈ 事業", "."], &[]);
    assert!(ran.out.contains("電子申請"), "{}{}", ran.out, ran.err);
    // Without a mapping nothing is known of a sheet: a warning in a folder, an error where it was named.
    let place = folder(&[("a.csv", LIST.as_bytes()), ("b.plan", "指標 1 \"人数\" {\n  目標 R4: 5人\n}\n".as_bytes())]);
    assert_eq!(totsugo(place.path(), &["check"], &[]).status, 1);
    let ran = totsugo(place.path(), &["check", "a.csv"], &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.out.contains("totsugo new mapping a.csv"), "{}", ran.out);
}

/// Hidden rows are not printed: they are left out with a warning, read or left out quietly as the mapping says.
#[test]
fn hidden_rows_are_left_out_with_a_word() {
    let xls = std::fs::read(home().join("tests/files/list.xls")).expect("a workbook");
    let mapping = "files: [\"list.xls\"]\ntables:\n  - columns:\n      事業: { 番号: 事業番号, 名称: 事業名 }\n      \
                   指標: { 名称: 指標名, 基準: 基準値, 目標: 目標値 }\n";
    let run = |hidden: &str| {
        let mapping = format!("hidden: {hidden}\n{mapping}");
        let place = folder(&[("list.xls", &xls), ("a.mapping.yaml", mapping.as_bytes())]);
        totsugo(place.path(), &["import", "list.xls"], &[])
    };
    let warned = run("warn");
    assert!(warned.err.contains("sheet-hidden-rows") && !warned.out.contains("隠れた"), "{}", warned.err);
    // What Excel shows, not what it keeps: 0.482 with the format 0.0% is 48.2%.
    assert!(warned.out.contains("基準 48.2%") && warned.out.contains("R6: 68,000件"), "{}", warned.out);
    let skipped = run("skip");
    assert!(!skipped.err.contains("sheet-hidden") && !skipped.out.contains("隠れた"), "{}", skipped.err);
    let read = run("read");
    assert!(!read.err.contains("sheet-hidden-rows") && read.out.contains("隠れた事業"), "{}", read.out);
}

/// A table that an author has declared is read from a sheet like any other, and its rules point at cells.
#[test]
fn a_table_of_ones_own_is_read_from_a_sheet() {
    let rules = std::fs::read(home().join("examples/budget/budget.rules")).expect("rules");
    let csv = "予算・執行（百万円）,,,,\n年度,当初予算,補正予算,翌年度繰越,計\nR4,\"1,000\",200,50,\"1,250\"\n";
    let mapping = "files: [\"*.csv\"]\ntables:\n  - columns:\n      予算表: { 名称: { value: 基盤 } }\n      予算年度:\n        \
                   年度: 年度\n        当初予算: { column: 当初予算, unit: { value: 百万円 } }\n        \
                   補正予算: { column: 補正予算, unit: { value: 百万円 } }\n        翌年度繰越: { column: 翌年度繰越, unit: { value: 百万円 } }\n        \
                   計: { column: 計, unit: { value: 百万円 } }\n";
    let place =
        folder(&[("予算.csv", csv.as_bytes()), ("a.mapping.yaml", mapping.as_bytes()), ("budget.rules", &rules)]);
    let ran = totsugo(place.path(), &["check", ".", "--select", "budget-sheet-sum", "--format", "json"], &[]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["findings"][0]["location"]["cell"], "E3", "{}", ran.out);
    assert!(json["findings"][0]["message"].as_str().is_some_and(|m| m.contains("1,150百万")), "{}", ran.out);
}

/// The copy for the secretariat: written beside, with the findings, and the source is never touched.
#[test]
fn findings_go_back_to_excel_in_a_copy() {
    let place = desk();
    let before = std::fs::read(place.path().join("資料2-4.xlsx")).expect("a workbook");
    let ran = totsugo(place.path(), &["check", "資料2-4.xlsx", "--annotate", "out.xlsx"], &[]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.err.contains("out.xlsx に指摘を書き入れました"), "{}", ran.err);
    assert_eq!(std::fs::read(place.path().join("資料2-4.xlsx")).expect("a workbook"), before);
    let out = std::fs::read(place.path().join("out.xlsx")).expect("the copy");
    let sheets = totsugo::ingest::workbook::read(&out, &mut |_| {}).expect("a workbook");
    assert_eq!(sheets.len(), 2);
    assert!(
        sheets.first().is_some_and(|s| s.grid.sheet == "突合の結果" && s.text.contains("目標横ばい")),
        "{}",
        sheets[0].text
    );
    // Never over a file that was read.
    let ran = totsugo(place.path(), &["check", "資料2-4.xlsx", "--annotate", "資料2-4.xlsx"], &[]);
    assert_eq!(ran.status, 2);
    assert_eq!(std::fs::read(place.path().join("資料2-4.xlsx")).expect("a workbook"), before);
    // Several go into a folder; a CSV file becomes a workbook; what has no cells cannot be written into.
    let ran = totsugo(place.path(), &["check", ".", "--annotate", "copies"], &[]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(place.path().join("copies/徳島DX.xlsx").is_file());
    // The copies lie in the folder now, and say nothing new.
    assert_eq!(counted(&all_of(place.path())), counted(&specs()));
    let place = folder(&[("一覧.csv", LIST.as_bytes()), ("a.mapping.yaml", LIST_MAPPING.as_bytes())]);
    let ran = totsugo(place.path(), &["check", "一覧.csv", "--annotate", "一覧.xlsx"], &[]);
    assert!(place.path().join("一覧.xlsx").is_file(), "{}", ran.err);
    let ran = totsugo(&home(), &["check", "specs", "--annotate", "out.xlsx"], &[]);
    assert!(ran.status == 2 && ran.err.contains("表計算のファイルがない"), "{}", ran.err);
}

/// A text that a spreadsheet would work out is written so that it is shown, and read back as it was.
#[test]
fn no_formula_is_smuggled_into_a_csv_file() {
    let plan = "文書 a {\n  題名 \"=cmd|'/c calc'!A1\"\n}\n事業 1 \"@SUM(1)\" {\n  指標 1 \"-1 から\" {\n    目標 R4: -5%, R5: -\n  }\n}\n";
    let place = folder(&[("a.plan", plan.as_bytes())]);
    let ran = totsugo(place.path(), &["export", "a.plan", "--format", "csv"], &[]);
    assert!(ran.out.contains("'=cmd|") && ran.out.contains("'@SUM(1)") && ran.out.contains("'-1 から"), "{}", ran.out);
    assert!(ran.out.contains(",-5%,-"), "a negative figure is a figure: {}", ran.out);
    let place = folder(&[("b.csv", ran.out.as_bytes())]);
    let back = totsugo(place.path(), &["export", "b.csv", "--format", "plan"], &[]);
    assert!(back.out.contains("\"=cmd|'/c calc'!A1\"") && back.out.contains("\"@SUM(1)\""), "{}{}", back.out, back.err);
}

/// Names that begin as formulas do in full width, or with an apostrophe of their own, come back from a CSV file too.
#[test]
fn what_begins_like_a_formula_comes_back_from_a_csv_file() {
    let names = ["＋３", "＝SUM(A1)", "－3", "＠x", "=1", "-x", "'=1", "'x", "+1", "@a", "－", "-"];
    let line = |(n, name): (usize, &&str)| format!("事業 {} \"{name}\"\n", n + 1);
    let plan: String = names.iter().enumerate().map(line).collect();
    let place = folder(&[("a.plan", plan.as_bytes())]);
    let said =
        |file: &str| totsugo(place.path(), &["query", "行.番号, 行.名称 | 行 ∈ 事業", file, "--format", "json"], &[]);
    let asked = |file: &str| {
        let ran = said(file);
        let rows: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {}", ran.err));
        let names = rows.as_array().expect("rows").iter().map(|row| row["行.名称"]["value"].clone());
        names.collect::<Vec<_>>()
    };
    let ran = totsugo(place.path(), &["export", "a.plan", "--format", "csv"], &[]);
    std::fs::write(place.path().join("b.csv"), &ran.out).expect("written");
    let before = asked("a.plan");
    assert_eq!(before.len(), names.len());
    // What is said of a figure quotes what is printed, not the apostrophe before it.
    let plan = "指標 1 \"甲\" {\n  目標 R4: -3件, R5: 5人\n}\n";
    std::fs::write(place.path().join("c.plan"), plan).expect("written");
    let exported = totsugo(place.path(), &["export", "c.plan", "--format", "csv"], &[]).out;
    std::fs::write(place.path().join("d.csv"), &exported).expect("written");
    let told = |file: &str| findings(&totsugo(place.path(), &["check", file, "--format", "json"], &[]));
    let sentences = |file: &str| told(file).into_iter().map(|f| (f.0, f.1)).collect::<Vec<_>>();
    assert!(exported.contains("'-3件") && !sentences("c.plan").is_empty(), "{exported}");
    assert_eq!(sentences("c.plan"), sentences("d.csv"), "{exported}");
    assert_eq!(before, asked("b.csv"), "{}", ran.out);
}

/// A line with a cell too many that is the first of its document hides nothing of the document: what it is called and what
/// is said of it is taken from the next line.
#[test]
fn a_document_is_read_from_its_first_sound_line() {
    let mapping = "files: [\"*.csv\"]\ntables:\n  - columns:\n      文書: { 記号: 文書, 題名: 題名 }\n      \
                   事業: { 番号: 番号, 名称: 事業名 }\n";
    let sound = ["D1,一,1,甲", "D2,二,2,乙", "D2,二,3,丙"];
    let documents = |lines: &[&str]| {
        let csv = format!("文書,題名,番号,事業名\n{}\n", lines.join("\n"));
        let query = "行.番号, 行.文書.記号, 行.文書.題名 | 行 ∈ 事業";
        let ran = listed(&csv, mapping, &["query", query, ".", "--format", "csv"]);
        (ran.out, ran.err)
    };
    let [first, second, third] = sound;
    let (all, _) = documents(&sound);
    assert!(all.ends_with("1,D1,一\r\n2,D2,二\r\n3,D2,二\r\n"), "{all}");
    let (torn, told) = documents(&[first, "D2,二,2,乙,欄外", third]);
    assert!(torn.ends_with("1,D1,一\r\n判読不能,D2,二\r\n3,D2,二\r\n"), "{torn}{told}");
    // The cell too many stands before what names the document.
    let (torn, _) = documents(&[first, "欄外,D2,二,2,乙", second, third]);
    assert!(torn.ends_with("2,D2,二\r\n3,D2,二\r\n"), "{torn}");
    // A torn line says nothing of a document that goes on.
    let (torn, _) = documents(&["D1,,1,甲", "D1,一,2,乙,欄外", "D1,二,3,丙"]);
    assert!(torn.ends_with("1,D1,二\r\n判読不能,D1,二\r\n3,D1,二\r\n"), "{torn}");
    // Of a document with no sound line nothing is claimed.
    let (torn, _) = documents(&[first, "D2,二,2,乙,欄外"]);
    assert!(torn.ends_with("1,D1,一\r\n判読不能,判読不能,判読不能\r\n"), "{torn}");
}

/// The head of a printed page comes again, and is no row; a row that says again what stands above the header is one.
#[test]
fn a_row_is_not_taken_for_the_head_of_a_page_since_its_words_came_before() {
    let mapping = "files: [\"*.csv\"]\ntables:\n  - columns:\n      事業: { 番号: 番号, 名称: 事業名 }\n      指標: { 名称: 指標名, 目標: 目標値 }\n";
    let names = |csv: &str| {
        let ran = listed(csv, mapping, &["query", "行.番号, 行.名称 | 行 ∈ 事業", ".", "--format", "csv"]);
        ran.out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let header = "番号,事業名,指標名,R5目標値";
    // Words of two rows above, mixed; the same row of numbers above.
    let mixed = format!("1,甲,件数,5\n2,乙,人数,6\n{header}\n1,乙,件数,6\n2,甲,人数,5\n1,甲,件数,5\n");
    assert_eq!(names(&mixed), ["1,乙", "2,甲", "1,甲"]);
    let pages = format!("進捗の一覧,,,担当課\n{header}\n1,甲,件数,5\n進捗の一覧,,,担当課\n{header}\n2,乙,人数,6\n");
    assert_eq!(names(&pages), ["1,甲", "2,乙"]);
    // Two tables, one below the other.
    let two = "files: [\"*.csv\"]\ntables:\n  - header: 1\n    rows: 2..3\n    columns: { 事業: { 番号: 番号, 名称: 事業名 } }\n  \
               - header: 4\n    rows: 5..6\n    columns: { 事業: { 番号: 番号, 名称: 事業名, 概要: 概要 } }\n";
    let csv = "番号,事業名\n窓口,相談\n1,甲\n番号,事業名,概要\n3,窓口,相談\n1,甲,相談\n";
    let ran = listed(csv, two, &["query", "行.番号, 行.名称, 行.概要 | 行 ∈ 事業", ".", "--format", "csv"]);
    assert!(ran.out.contains("3,窓口,相談") && ran.out.contains("1,甲,相談"), "{}{}", ran.out, ran.err);
}

/// Where the header of the first page is written otherwise than that of the second, the first page must not go unread unseen.
#[test]
fn rows_above_the_header_that_look_like_rows_of_the_table_are_told() {
    let mapping = "files: [\"*.csv\"]\ntables:\n  - columns:\n      事業: { 番号: 番号, 名称: 事業名 }\n      指標: { 名称: 指標名, 目標: R5目標値 }\n";
    let told = |csv: &str| {
        let ran = listed(csv, mapping, &["check", ".", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
        let found = json["findings"].as_array().expect("a list").clone();
        found
            .iter()
            .filter(|f| f["rule"] == "sheet-rows-above")
            .map(|f| f["location"]["cell"].to_string())
            .collect::<Vec<_>>()
    };
    let pages = "番号,事業名,指標名,R5の目標\n1,甲,件数,5\n2,乙,人数,6\n番号,事業名,指標名,R5目標値\n3,丙,件数,7\n";
    assert_eq!(told(pages), ["\"A2:D2\""]);
    for fine in [
        "計画の進捗\n,,,令和5年3月31日\n番号,事業名,指標名,R5目標値\n3,丙,件数,7\n",
        "番号,事業名,指標名,R5目標値\n1,甲,件数,5\n番号,事業名,指標名,R5目標値\n3,丙,件数,7\n",
    ] {
        assert!(told(fine).is_empty(), "{fine}");
    }
}

/// A name that begins like a note is a name.
#[test]
fn a_name_that_begins_like_a_note_is_none() {
    for (cell, is_note) in [
        ("注射本数", false),
        ("注意喚起事業", false),
        ("備考欄の電子化", false),
        ("出典調査", false),
        ("※ 見込み", true),
        ("注 見込み", true),
        ("注1 見込み", true),
        ("（注）見込み", true),
        ("注：見込み", true),
        ("備考: 見込み", true),
        ("出典：統計", true),
    ] {
        let csv = format!("番号,事業名\n1,甲\n,{cell}\n");
        let mapping = "files: [\"*.csv\"]\ntables:\n  - columns: { 事業: { 番号: 番号, 名称: 事業名 } }\n";
        let ran = listed(&csv, mapping, &["query", "行.名称 | 行 ∈ 事業", ".", "--format", "csv"]);
        assert_eq!(ran.out.contains(cell), !is_note, "{cell}: {}", ran.out);
    }
}

/// A unit that cannot be read is none, and the figure that it belongs to cannot be read.
#[test]
fn a_unit_that_cannot_be_read_is_no_unit() {
    let mapping = "files: [\"*.csv\"]\ntables:\n  - columns:\n      指標: { 番号: 番号, 名称: 指標名, 目標: { column: 目標値, unit: 単位 } }\n";
    let csv = "番号,指標名,単位,R5目標値\n1,甲,件,5\n2,乙,判読不能,6\n3,丙,－,7\n";
    let ran = listed(csv, mapping, &["query", "行.指標.番号, 行.値, 単位(行.値) | 行 ∈ 目標", ".", "--format", "csv"]);
    assert!(ran.out.ends_with("1,5,件\r\n2,判読不能,判読不能\r\n3,7,－\r\n"), "{}{}", ran.out, ran.err);
}

/// What the manual and the schema say of mappings is what the program reads.
#[test]
fn the_schema_the_manual_and_the_program_agree_on_mappings() {
    let text = std::fs::read_to_string(home().join("docs/mapping.schema.json")).expect("the schema");
    let schema = jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema");
    let mut sources = totsugo::text::Sources::default();
    let rules = std::fs::read_to_string(home().join("examples/budget/budget.rules")).expect("rules");
    let own = sources.add(totsugo::text::Source::new("budget.rules", rules));
    let pack = totsugo::rules::Pack::load(&mut sources, &[own]);
    let faults = |yaml: &str| -> Vec<String> {
        let id = totsugo::text::SourceId::default();
        let mut faults = Vec::new();
        let source = totsugo::text::Source::new("a.mapping.yaml", yaml);
        let read = totsugo::ingest::mapping::read(id, &source, &pack.vocabulary, &mut faults);
        assert_eq!(read.is_none(), !faults.is_empty(), "{yaml}");
        faults.iter().map(|f| format!("{} {}", f.code, source.text.get(f.span.range()).unwrap_or(""))).collect()
    };
    let manual = std::fs::read_to_string(home().join("docs/spreadsheets.md")).expect("the manual");
    let mut good: Vec<String> =
        manual.split("```yaml\n").skip(1).map(|b| b.split("```").next().expect("a block").to_owned()).collect();
    assert_eq!(good.len(), 2);
    for entry in std::fs::read_dir(home().join("examples/workbooks")).expect("the workbooks").flatten() {
        if entry.path().extension().is_some_and(|e| e == "yaml") {
            good.push(std::fs::read_to_string(entry.path()).expect("a mapping"));
        }
    }
    good.push(
        "files: [a.csv]\nencoding: cp932\ndelimiter: ';'\nhidden: skip\ntables:\n  - header: [1, 2]\n    rows: 3..\n    until: 合計\n    \
         skip: ['^小計', { column: 名, match: '^※' }]\n    columns:\n      - 分野: { 番号: { letter: A, carry: true } }\n      \
         - 分野: { 番号: { letter: B } }\n      - 指標: { 名称: [a, b], 実績: { column: 値, year: { column: 年 }, unit: 単位 } }\n"
            .to_owned(),
    );
    for yaml in &good {
        let json = serde_saphyr::from_str::<serde_json::Value>(yaml).expect("YAML");
        let wrong: Vec<String> = schema.iter_errors(&json).map(|e| format!("{e} {}", e.instance_path())).collect();
        assert_eq!((wrong, faults(yaml)), (vec![], vec![]), "{yaml}");
    }
    let table = |inner: &str| format!("files: [a.csv]\ntables:\n  - columns: {{ 事業: {{ 名称: {inner} }} }}\n");
    for bad in [
        "tables: []\n".to_owned(),
        "files: a.csv\ntables: []\n".to_owned(),
        "files: []\ntables: [{}]\n".to_owned(),
        "files: []\ntables: []\nhidden: maybe\n".to_owned(),
        "files: []\ntables: []\ndelimiter: ab\n".to_owned(),
        "files: []\ntables: [{columns: {}, header: 0}]\n".to_owned(),
        "files: []\ntables: [{columns: {}, hedder: 1}]\n".to_owned(),
        table("{ letter: A1 }"),
        table("{ cell: A }"),
        table("{ match: a }"),
        table("{ column: a, carry: maybe }"),
        table("{ colum: a }"),
    ] {
        let json = serde_saphyr::from_str::<serde_json::Value>(&bad).expect("YAML");
        assert!(!schema.is_valid(&json), "{bad}");
        assert_eq!(faults(&bad).len(), 1, "{bad}");
    }
}

/// The manual shows what the program prints, and no drawing is wider than the window.
#[test]
fn excerpts_are_as_the_manual_shows_them_and_fit_the_window() {
    let home = home();
    let paths = ["check", "examples/workbooks", "specs/資料3-1.plan", "specs/dx-policy.plan"];
    let ran = totsugo(&home, &paths, &[]);
    let manual = std::fs::read_to_string(home.join("docs/spreadsheets.md")).expect("the manual");
    let shown = manual.split("```text\n").nth(1).and_then(|b| b.split("```").next()).expect("a block");
    assert!(ran.out.contains(shown), "{shown}");
    for width in [48_usize, 80] {
        let ran = totsugo(&home, &paths, &[("COLUMNS", &width.to_string())]);
        for line in ran.out.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{width}: {line}");
        }
    }
}

/// Who asks why, or asks a figure, is answered with the cell.
#[test]
fn a_cell_is_asked_for_by_its_name() {
    let place = desk();
    for wanted in
        ["unit-scale-conflict:Q33", "unit-scale-conflict:一覧!Q33", "unit-scale-conflict:資料2-4.xlsx 一覧!Q33"]
    {
        let ran = totsugo(place.path(), &["check", ".", "--why", wanted], &[]);
        assert_eq!(ran.status, 1, "{wanted}: {}", ran.out);
        assert!(ran.out.contains("乙.値 = 12万枚  資料2-4.xlsx 一覧!Q33"), "{}", ran.out);
    }
    for wanted in ["unit-scale-conflict:Q34", "unit-scale-conflict:3"] {
        assert_eq!(totsugo(place.path(), &["check", ".", "--why", wanted], &[]).status, 0, "{wanted}");
    }
    let ran = totsugo(place.path(), &["query", "行.名称 | 行 ∈ 事業, 行.番号 = 19", ".", "--format", "json"], &[]);
    let rows: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(rows[0]["行.名称"]["place"]["cell"], "一覧!H33", "{}", ran.out);
}

/// One mapping reads a whole folder: each file is a document of its own, named after the file.
#[test]
fn one_mapping_reads_many_files() {
    let mapping = LIST_MAPPING.replace("tables:", "document: { 年度: R6, 題名: { cell: A1 } }\ntables:");
    let place = folder(&[
        ("計画/a.mapping.yaml", mapping.as_bytes()),
        ("計画/東部.csv", LIST.as_bytes()),
        ("計画/西部.csv", LIST.replace("61.0%", "71.0%").as_bytes()),
        ("計画/南部.csv", LIST.replace("番号,事業名", "番 号,事業名").as_bytes()),
    ]);
    let ran = totsugo(
        place.path(),
        &["query", "文.記号, 文.題名, 文.年度, 件数{x ∈ 文.指標} | 文 ∈ 文書", ".", "--format", "csv"],
        &[],
    );
    let rows: Vec<&str> = ran.out.lines().skip(1).collect();
    assert_eq!(rows, ["南部,事業一覧,R6,3", "東部,事業一覧,R6,3", "西部,事業一覧,R6,3"], "{}{}", ran.out, ran.err);
}

/// A mapping that is named is used whatever lies beside the sheet; one that is not there is told.
#[test]
fn a_mapping_that_is_named_comes_first() {
    let other = LIST_MAPPING.replace("名称: 事業名", "概要: 事業名");
    let place = folder(&[
        ("一覧.csv", LIST.as_bytes()),
        ("a.mapping.yaml", LIST_MAPPING.as_bytes()),
        ("ほか/b.mapping.yaml", other.as_bytes()),
    ]);
    let read = |arguments: &[&str]| totsugo(place.path(), arguments, &[]);
    assert!(read(&["import", "一覧.csv"]).out.contains("事業 1 \"電子申請\""));
    let named = read(&["import", "一覧.csv", "--mapping", "ほか/b.mapping.yaml"]);
    assert!(named.out.contains("概要 \"電子申請\""), "{}{}", named.out, named.err);
    let missing = read(&["import", "一覧.csv", "--mapping", "c.mapping.yaml"]);
    assert!(missing.status == 2 && missing.err.contains("file-not-found"), "{}", missing.err);
}

/// What a mapping can say of a sheet does what the manual says of it.
#[test]
fn every_word_of_a_mapping_does_what_it_says() {
    let csv = "県の計画,,,,,,\n区分,番号,取組,所管,年,値,単\n内部,1,電子申請,総務部,R5,48.2,%\n,,,,R6,61.0,%\n小計,,,,,99,\n\
               外部,2,相談,,R5,\"1,200\",件\n,3,案内,企画部,R5,-,件\n合計,,,,,7,\n外部,4,終わった,企画部,R5,1,件\n";
    let mapping = "files: [\"*.csv\"]\ntables:\n  - header: 2\n    rows: 3..\n    until: ^合計$\n    \
                   skip: [{ column: 区分, match: ^小計 }]\n    columns:\n      分野: { 番号: { letter: A, carry: true } }\n      \
                   事業:\n        番号: 番号\n        名称: { columns: [区分, 取組], join: ・ }\n        \
                   担当: { column: 所管, carry: true }\n      指標:\n        名称: { column: 取組, remove: 電子 }\n        \
                   単位: 単\n        実績: { column: 値, year: { column: 年 }, unit: 単 }\n";
    let ran = listed(csv, mapping, &["import", "一覧.csv"]);
    insta::assert_snapshot!("words_of_a_mapping", format!("{}{}", ran.out, ran.err));
}
