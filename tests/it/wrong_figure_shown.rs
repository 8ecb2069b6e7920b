//! Which figure is wrong, where it is shown beside the figures: in an editor, in a workbook, on the page, in code scanning. The
//! findings that are told as one must not be lost there, and each can still be seen and accepted by itself.
use serde_json::Value;

use crate::editor::{Editor, actions, applied, titles, under};
use crate::run::{folder, home, totsugo};

const ROW: &str = "9事業  | 6事業   | 3事業  | 50%";
const WRONG: &str = "9事業  | 1事業   | 3事業  | 50%";
const NAME: &str = "資料2-1.plan";

/// The real documents with one figure of a summary table changed, and the text in which it is.
fn specs() -> (tempfile::TempDir, String) {
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(home().join("specs")).unwrap().flatten() {
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    let text = std::fs::read_to_string(copy.path().join(NAME)).unwrap().replacen(ROW, WRONG, 1);
    assert!(text.contains(WRONG));
    std::fs::write(copy.path().join(NAME), &text).unwrap();
    (copy, text)
}

fn coded<'d>(diagnostics: &'d [Value], code: &str) -> Vec<&'d Value> {
    diagnostics.iter().filter(|d| d["code"] == code).collect()
}

#[test]
fn an_editor_shows_one_figure_with_what_it_explains_and_mends_all_of_it() {
    let (folder, text) = specs();
    let mut editor = Editor::new(folder.path());
    editor.open_file(NAME);
    let told = editor.diagnostics_until(NAME, |d| !coded(d, "wrong-figure").is_empty());
    let one = coded(&told, "wrong-figure");
    assert_eq!(one.len(), 1, "{told:#?}");
    assert_eq!((under(&text, &one[0]["range"]), one[0]["severity"].as_i64()), ("1事業", Some(1)));
    let message = one[0]["message"].as_str().unwrap();
    assert!(message.contains("1事業 は 6事業 の誤りと思われます") && message.contains("直し方: "), "{message}");
    // Each folded finding is a place that one can go to, with its own sentence, and no diagnostic of its own.
    let related = one[0]["relatedInformation"].as_array().unwrap();
    let row = one[0]["range"]["start"]["line"].as_i64().unwrap();
    let mut left: Vec<(&str, &str)> =
        related.iter().map(|r| (r["message"].as_str().unwrap(), under(&text, &r["location"]["range"]))).collect();
    let folded = totsugo(folder.path(), &["check", ".", "--format", "json"], &[]);
    let report: Value = serde_json::from_str(&folded.out).unwrap();
    let found = report["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "wrong-figure").unwrap();
    for member in found["folded"].as_array().unwrap() {
        let (sentence, printed) = (member["message"].as_str().unwrap(), member["text"].as_str().unwrap());
        let at = left.iter().position(|(message, under)| message.contains(sentence) && *under == printed);
        left.remove(at.unwrap_or_else(|| panic!("{sentence} is not in {related:#?}")));
        let itself = coded(&told, member["rule"].as_str().unwrap());
        assert!(itself.iter().all(|d| d["range"]["start"]["line"] != row), "told twice: {itself:#?}");
    }
    assert_eq!(left, [], "nothing else is said to be explained");
    // The fix comes first; what was folded can be accepted finding by finding, each under its own name at its own line.
    let offered = actions(&mut editor, NAME, &text, "1事業   | 3事業  | 50%");
    let uri = editor.uri(NAME);
    let names = titles(&offered);
    assert_eq!(
        (names[0], offered[0]["isPreferred"].as_bool()),
        ("「1事業」を「6事業」に直す", Some(true)),
        "{names:?}"
    );
    let members = found["folded"].as_array().unwrap().len();
    let accepting: Vec<&Value> = offered.iter().filter(|a| a["title"].as_str().unwrap().contains("許容")).collect();
    assert_eq!(accepting.len(), members, "{names:?}");
    assert!(!names.iter().any(|n| n.contains("誤りと思われる数")), "no comment can accept that: {names:?}");
    assert!(!offered.iter().any(|a| a["kind"] == "source.fixAll"), "a person compares it with the source");
    let edits: Vec<Value> =
        accepting.iter().flat_map(|a| a["edit"]["changes"][&uri].as_array().unwrap().clone()).collect();
    let accepted = applied(&text, &Value::from(edits));
    assert_eq!(accepted.matches("# 許容 ").count(), members);
    editor.change(NAME, 2, &accepted.replace(": \n", ": 印刷のまま\n"));
    let held = |d: &[Value]| {
        coded(d, "wrong-figure").is_empty() && !d.iter().any(|d| d["code"].as_str().unwrap().starts_with("suppression"))
    };
    editor.diagnostics_until(NAME, held);
    let mended = applied(&text, &offered[0]["edit"]["changes"][&uri]);
    assert_eq!(mended, text.replacen(WRONG, ROW, 1));
    editor.change(NAME, 3, &mended);
    let told = editor.diagnostics_until(NAME, |d| coded(d, "wrong-figure").is_empty());
    assert!(told.iter().all(|d| d["range"]["start"]["line"] != row), "{told:#?}");
}

/// An editor has no options of a command line; what they say stands in the settings.
#[test]
fn the_settings_show_each_finding_by_itself_in_an_editor() {
    let (folder, text) = specs();
    let mut editor = Editor::new(folder.path());
    editor.open_file(NAME);
    editor.diagnostics_until(NAME, |d| !coded(d, "wrong-figure").is_empty());
    editor.open("totsugo.yaml", "ignore: [wrong-figure]\n");
    let told = editor.diagnostics_until(NAME, |d| coded(d, "wrong-figure").is_empty());
    let rate = coded(&told, "achievement-rate");
    assert!(rate.iter().any(|d| d["message"].as_str().unwrap().contains("300%")), "{told:#?}");
    assert_eq!(under(&text, &rate[0]["range"]), "50%");
}

/// Rows of a sheet, of which the total is printed again in another file.
const RULES: &str = r#"
表 収支 = ledger {
  位置 文書
  見出し 名称 = name : 文字列
  行 収支行 = ledger-row {
    列 費目 = item : 文字列
    列 P = p : 量 厳密
    列 C = c : 量 厳密
    列 T = t : 量 厳密
  }
}
表 再掲表 = reprint {
  位置 文書
  見出し 名称 = name : 文字列
  行 再掲行 = reprint-row {
    列 費目 = item : 文字列
    列 T = t : 量 厳密
  }
}
規則 差引 balance { 重大度 誤り 対象 行 ∈ 収支行 検査 行.P + 行.C = 行.T 指摘 行.T "{行.P} + {行.C} は {行.T} でない" }
規則 再掲照合 reprinted { 重大度 誤り 対象 元 ∈ 収支行, 写し ∈ 再掲行 前提 元.費目 = 写し.費目 検査 元.T = 写し.T 指摘 写し.T "元の表では {元.T} です" }
"#;

const MAPPING: &str = "files: [\"収支.xlsx\"]\ntables:\n  - columns:\n      収支: { 名称: { value: 収支 } }\n      収支行: { 費目: 費目, P: P, C: C, T: T }\n";
const MAPPING_AGAIN: &str = "files: [\"再掲.csv\"]\ntables:\n  - columns:\n      再掲表: { 名称: { value: 再掲 } }\n      再掲行: { 費目: 費目, T: T }\n";

/// The comments of a workbook, and the texts of its cells.
fn written(bytes: &[u8]) -> (String, String) {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut comments = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        if part.name().unwrap().contains("comments") {
            std::io::Read::read_to_string(&mut part, &mut comments).unwrap();
        }
    }
    let sheets = totsugo::ingest::workbook::read(bytes, &mut |_| {}).unwrap();
    (comments, sheets[0].text.to_string())
}

#[test]
fn a_workbook_has_the_figure_at_its_cell_and_the_findings_it_explains() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in
        [["費目", "P", "C", "T"], ["総務", "75", "125", "200"], ["土木", "31", "54", "58"]].iter().enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, *text).unwrap(),
            };
        }
    }
    let book = book.save_to_buffer().unwrap();
    let place = folder(&[
        ("収支.xlsx", &book),
        ("再掲.csv", "費目,T\n総務,200\n土木,85\n".as_bytes()),
        ("a.mapping.yaml", MAPPING.as_bytes()),
        ("b.mapping.yaml", MAPPING_AGAIN.as_bytes()),
        ("a.rules", RULES.as_bytes()),
    ]);
    let quiet = ["--ignore", "missing-tests", "--ignore", "missing-explanation"];
    let annotated = |more: &[&str], out: &str| {
        let ran = totsugo(place.path(), &[&["check", ".", "--annotate", out], &quiet[..], more].concat(), &[]);
        assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
        let read = |name: &str| written(&std::fs::read(place.path().join(out).join(name)).unwrap());
        (read("収支.xlsx"), read("再掲.xlsx"))
    };
    let ((comments, list), (again, again_list)) = annotated(&[], "写し");
    assert!(comments.contains("ref=\"D3\"") && comments.contains("58 は 85 の誤りと思われます"), "{comments}");
    for part in ["・差引: 31 + 54 は 58 でない", "・再掲照合: 元の表では 58 です", "隣り合う"] {
        assert!(comments.contains(part) && list.contains(part), "{part} in {comments} and {list}");
    }
    // Who opens the other file reads there what is wrong with it, and where the cause is.
    assert!(again.contains("ref=\"B3\"") && again.contains("元の表では 58 です"), "{again}");
    assert!(again.contains("58 は 85 の誤りと思われます") && again.contains("収支.xlsx Sheet1!D3"), "{again}");
    assert!(again_list.contains("再掲照合"), "{again_list}");
    let ((comments, _), (again, _)) = annotated(&["--no-localize"], "一つずつ");
    assert!(!comments.contains("誤りと思われます") && !again.contains("誤りと思われます"), "{comments}{again}");
    assert!(comments.contains("31 + 54 は 58 でない") && again.contains("元の表では 58 です"), "{comments}{again}");
}

/// Code scanning shows one result; each finding that it explains is a place of it, and the fix is there.
#[test]
fn sarif_has_every_folded_finding_as_a_place_of_the_result() {
    let (folder, text) = specs();
    let sarif = |more: &[&str]| -> Value {
        let ran = totsugo(folder.path(), &[&["check", ".", "--format", "sarif"], more].concat(), &[]);
        serde_json::from_str(&ran.out).unwrap()
    };
    let log = sarif(&[]);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let one = results.iter().find(|r| r["ruleId"] == "wrong-figure").unwrap();
    let index = usize::try_from(one["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], "wrong-figure");
    let line = text.lines().position(|l| l.contains(WRONG)).unwrap() + 1;
    assert_eq!(one["locations"][0]["physicalLocation"]["region"]["startLine"], line);
    assert_eq!(one["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "6事業");
    let places = one["relatedLocations"].as_array().unwrap();
    let raw = sarif(&["--no-localize"]);
    let raw = raw["runs"][0]["results"].as_array().unwrap();
    let gone =
        raw.iter().filter(|r| !results.iter().any(|o| o["ruleId"] == r["ruleId"] && o["locations"] == r["locations"]));
    let gone: Vec<&Value> = gone.collect();
    assert!(gone.len() >= 3 && gone.len() == places.len(), "{gone:#?} {places:#?}");
    for result in gone {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let sentence = result["message"]["text"].as_str().unwrap().lines().next().unwrap();
        let at = places.iter().find(|p| p["message"]["text"].as_str().unwrap().contains(sentence));
        assert_eq!(at.map(|p| &p["physicalLocation"]["region"]), Some(region), "{sentence}");
    }
}

/// The page has one article; the findings that it explains stand in it, each at its line.
#[test]
fn the_page_has_every_folded_finding_in_one_article() {
    let (folder, _) = specs();
    let page = |more: &[&str]| {
        totsugo(folder.path(), &[&["report", ".", "-o", "r.html"], more].concat(), &[]);
        std::fs::read_to_string(folder.path().join("r.html")).unwrap()
    };
    let told = page(&[]);
    let articles: Vec<&str> = told.split("<article class=\"finding").skip(1).collect();
    let articles: Vec<&str> = articles.iter().map(|a| a.split("</article>").next().unwrap()).collect();
    let one: Vec<&&str> = articles.iter().filter(|a| a.contains("1事業 は 6事業 の誤りと思われます")).collect();
    assert_eq!(one.len(), 1);
    let raw = page(&["--no-localize"]);
    assert!(!raw.contains("誤りと思われます"));
    assert_eq!(raw.matches("<article class=\"finding").count(), articles.len() + 3);
    for part in ["達成率検算: ", "合計検算: ", "達成数の大小関係: ", "6事業"] {
        assert!(one[0].contains(part), "{part} is not in {}", one[0]);
    }
}
