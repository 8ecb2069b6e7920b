//! Completion and signature help as an editor sees them: texts cut from the real documents and rules, half typed.
use std::time::Instant;

use serde_json::{Value, json};

use crate::editor::{Editor, position, under};
use crate::run::{folder, home, totsugo};

/// A session on the real documents.
struct Session {
    editor: Editor,
    folder: tempfile::TempDir,
    version: i64,
}

/// What was offered at a place.
struct Offered {
    text: String,
    items: Vec<Value>,
}

impl Session {
    fn new() -> Self {
        Self::with(json!({ "locale": "ja" }))
    }

    fn with(more: Value) -> Self {
        let folder = folder(&[]);
        for entry in std::fs::read_dir(home().join("specs")).unwrap().flatten() {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        let mut editor = Editor::with(folder.path(), more);
        // The whole project has been read when this is known.
        editor.diagnostics_until("資料2-1.plan", |d| !d.is_empty());
        Self { editor, folder, version: 1 }
    }

    /// Opens a text in which `‸` is the cursor and asks there.
    fn at(&mut self, name: &str, marked: &str) -> Offered {
        let at = marked.find('‸').unwrap();
        let text = marked.replace('‸', "");
        self.version += 1;
        if self.version == 2 {
            self.editor.open(name, &text);
        } else {
            let close = json!({ "textDocument": { "uri": self.editor.uri(name) } });
            self.editor.tell("textDocument/didClose", close);
            self.editor.open(name, &text);
        }
        let params = json!({ "textDocument": { "uri": self.editor.uri(name) }, "position": position(&text, at) });
        let answer = self.editor.ask("textDocument/completion", params);
        Offered { items: answer["items"].as_array().unwrap().clone(), text }
    }

    fn signature(&mut self, name: &str, marked: &str) -> Value {
        let at = marked.find('‸').unwrap();
        let text = marked.replace('‸', "");
        self.editor.open(name, &text);
        let params = json!({ "textDocument": { "uri": self.editor.uri(name) }, "position": position(&text, at) });
        self.editor.ask("textDocument/signatureHelp", params)
    }

    /// Whether a text has no fault of form, by the command line.
    fn is_whole(&self, name: &str, text: &str) -> bool {
        std::fs::write(self.folder.path().join(name), text).unwrap();
        // Rules and settings need something to be checked.
        let plan = if name.ends_with(".plan") { name } else { "資料3-1.plan" };
        let mut asked = vec!["check", "--format", "json", "--min-severity", "info", plan];
        asked.extend(name.ends_with(".rules").then_some(name));
        let ran = totsugo(self.folder.path(), &asked, &[]);
        let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e} {} {}", ran.out, ran.err));
        let form = [
            "unknown-keyword",
            "unknown-attribute",
            "misplaced",
            "unexpected",
            "unexpected-value",
            "bad-choice",
            "bad-reference",
            "duplicate-declaration",
            "bad-year",
            "rule-syntax",
            "unknown-name",
            "type-mismatch",
            "unknown-column",
            "yaml-syntax",
            "config-unknown-rule",
            "config-unknown-key",
        ];
        let found: Vec<&Value> = json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|f| form.contains(&f["rule"].as_str().unwrap()))
            .collect();
        assert!(ran.status < 2 || !found.is_empty(), "{}", ran.err);
        if !found.is_empty() {
            eprintln!("{text}\n{found:#?}");
        }
        found.is_empty()
    }
}

impl Offered {
    fn labels(&self) -> Vec<&str> {
        self.items.iter().map(|i| i["label"].as_str().unwrap()).collect()
    }

    fn has(&self, label: &str) -> bool {
        self.labels().contains(&label)
    }

    fn item(&self, label: &str) -> &Value {
        self.items.iter().find(|i| i["label"] == label).unwrap_or_else(|| panic!("no {label} in {:?}", self.labels()))
    }

    /// The text after an item was chosen.
    fn choose(&self, label: &str) -> String {
        let edit = &self.item(label)["textEdit"];
        let old = under(&self.text, &edit["range"]);
        let start = old.as_ptr() as usize - self.text.as_ptr() as usize;
        let new = edit["newText"].as_str().unwrap();
        format!("{}{new}{}", &self.text[..start], &self.text[start + old.len()..])
    }
}

#[track_caller]
fn first(offered: &Offered, wanted: &[&str]) {
    let labels = offered.labels();
    assert_eq!(&labels[..wanted.len().min(labels.len())], wanted, "{labels:?}");
}

#[test]
fn statements_of_a_plan_begin_with_what_may_stand_there() {
    let mut s = Session::new();
    let head = "文書 資料9 {\n  年度 R6\n}\n分野 Ⅰ-2 \"行政サービスの向上に向けた取組\" {\n  項目 (1) \"行政手続のオンライン化\" {\n    事業 1 \"推進\" {\n      担当 \"総務部\"\n      指標 1 \"利用率\" {\n        基準 48.2%\n        ‸\n      }\n    }\n  }\n}\n";
    let offered = s.at("a.plan", head);
    first(&offered, &["目標", "実績", "状況", "注記", "本文", "種別", "方向"]);
    for absent in ["担当者", "年度", "事業", "集計", "文書", "分野"] {
        assert!(!offered.has(absent), "{absent}");
    }
    for there in ["CSF", "工程", "脚注", "読取 低", "担当", "基準"] {
        assert!(offered.has(there), "{there} {:?}", offered.labels());
    }
    // A series may be given again, after all that is new; an attribute that is there, also below the place, may not.
    let labels = offered.labels();
    assert!(labels.iter().position(|l| *l == "基準") > labels.iter().position(|l| *l == "CSF"));
    let offered = s.at("a.plan", &head.replace("‸\n", "‸\n        方向 以上\n        累計 はい\n"));
    assert!(!offered.has("方向") && !offered.has("累計") && offered.has("新規追加"), "{:?}", offered.labels());
    // In the middle of a word the whole word goes.
    let offered = s.at("a.plan", &head.replace('‸', "目‸実 R6: 73.7%"));
    assert_eq!(under(&offered.text, &offered.item("実績")["textEdit"]["range"]), "目実");
    let done = offered.choose("目標");
    assert!(done.contains("        目標  R6: 73.7%"), "{done}");
    assert!(s.is_whole("b.plan", &done.replace("資料9", "資料8")));
    // English is found by its words, and the file stays Japanese.
    let offered = s.at("a.plan", &head.replace('‸', "tar‸"));
    let item = offered.item("目標");
    assert!(item["filterText"].as_str().unwrap().starts_with("target"), "{item}");
    assert_eq!(item["textEdit"]["newText"], "目標 ");
    assert!(item.get("insertTextFormat").is_none());
    // At the top; after full-width blanks; in an empty file; beyond the end.
    let offered = s.at("a.plan", "文書 資料9 {\n}\n　　‸");
    for there in
        ["分野", "項目", "事業", "指標", "KPI", "集計", "図表", "予算", "再掲 事業", "再掲 指標", "同一", "文書"]
    {
        assert!(offered.has(there), "{there} {:?}", offered.labels());
    }
    assert!(!offered.has("題名") && !offered.has("KPIなし"));
    let offered = s.at("a.plan", "‸");
    first(&offered, &["文書"]);
    let uri = s.editor.uri("a.plan");
    let far = json!({ "textDocument": { "uri": uri }, "position": { "line": 99_999, "character": 99_999 } });
    assert!(!s.editor.ask("textDocument/completion", far)["items"].as_array().unwrap().is_empty());
    let offered = s.at("a.plan", "文書 資料9 { 年度 R6; ‸ }\n");
    assert!(offered.has("題名") && !offered.has("年度"), "{:?}", offered.labels());
    let done = offered.choose("掲載");
    assert!(done.contains("年度 R6; 掲載  }"), "{done}");
    // Within a text nothing is offered.
    assert!(s.at("a.plan", "文書 資料9 { 題名 \"あ‸\" }\n").items.is_empty());
}

#[test]
fn an_english_plan_is_completed_in_english() {
    let mut s = Session::with(json!({ "locale": "en" }));
    let offered = s.at("a.plan", "document r9 {\n  year FY2024\n  cov‸\n}\n");
    let item = offered.item("coverage");
    assert_eq!(item["textEdit"]["newText"], "coverage ");
    let offered = s.at("a.plan", "document r9 {\n  year FY2024\n}\nindicator \"x\" {\n  ‸\n}\n");
    first(&offered, &["baseline", "target", "actual", "status"]);
    assert_eq!(offered.item("target")["detail"], "figures by year");
    let offered = s.at("a.plan", "document r9 {\n  year FY2024\n}\nindicator \"x\" {\n  cumulative ‸\n}\n");
    first(&offered, &["yes", "no"]);
    let done = offered.choose("yes");
    assert!(s.is_whole("b.plan", &done), "{done}");
}

#[test]
fn values_of_a_plan_follow_their_keyword() {
    let mut s = Session::new();
    let plan = |line: &str| {
        format!("文書 資料9 {{\n  年度 R6\n  達成基準 五段階\n}}\n指標 \"𠮷野町の先端技術\" {{\n  {line}\n}}\n")
    };
    let offered = s.at("a.plan", &plan("目標 ‸"));
    first(&offered, &["R6", "R7", "R8"]);
    let done = offered.choose("R6");
    assert!(done.contains("目標 R6: \n"), "{done}");
    assert!(s.is_whole("b.plan", &done.replace("R6: \n", "R6: 8課\n").replace("資料9", "資料8")));
    // The year after the last one given comes first; those that are given do not come.
    let offered = s.at("a.plan", &plan("目標 R4: 1,800件, R5: 3件, ‸"));
    assert_eq!(offered.labels()[0], "R6");
    assert!(!offered.has("R4") && !offered.has("R5"));
    let offered = s.at("a.plan", &plan("目標 R4: 3件,\n    令和‸"));
    assert_eq!(offered.labels()[0], "R5");
    assert!(offered.item("R5")["filterText"].as_str().unwrap().starts_with("令和"));
    // Behind a character of two UTF-16 units.
    let offered =
        s.at("a.plan", &plan("状況 R6: ◎; 方向 ‸").replace("指標 \"𠮷野町の先端技術\" {\n", "指標 \"𠮷野町\" { "));
    first(&offered, &["以上", "以下", "維持"]);
    let done = offered.choose("以下");
    assert!(s.is_whole("b.plan", &done.replace("資料9", "資料8")), "{done}");
    first(&s.at("a.plan", &plan("状況 R6: ‸")), &["－", "◎", "○", "△", "×"]);
    first(&s.at("a.plan", &plan("累計 ‸")), &["はい", "いいえ"]);
    let offered = s.at("a.plan", "文書 資料9 {\n  達成基準 ‸\n}\n");
    first(&offered, &["福島県", "五段階", "四段階", "基準値比"]);
    first(&s.at("a.plan", "文書 資料9 {\n  掲載 主‸\n}\n"), &["全件", "主な"]);
    // Notes.
    let offered = s.at("a.plan", &plan("目標 R5: 250万件 ‸"));
    let done = offered.choose("(変更前: )");
    assert!(done.contains("250万件 (変更前: )"), "{done}");
    let offered = s.at("a.plan", &plan("目標 R5: 250万件 (‸)"));
    let done = offered.choose("(変更前: )");
    assert!(done.contains("250万件 (変更前: )\n"), "{done}");
    // Departments that other rows name.
    let offered = s.at("a.plan", &plan("担当 ‸"));
    assert!(offered.labels().iter().any(|l| l.starts_with('"') && l.ends_with("課\"")), "{:?}", offered.labels());
    let done = offered.choose(offered.labels()[0]);
    assert!(s.is_whole("b.plan", &done.replace("資料9", "資料8")), "{done}");
}

#[test]
fn references_name_rows_documents_and_codes() {
    let mut s = Session::new();
    let text = std::fs::read_to_string(home().join("specs/資料2-4.plan")).unwrap();
    let real = |line: &str| format!("{text}\n分野 Ⅲ-9 \"新\" {{\n  {line}\n}}\n");
    let offered = s.at("資料2-4.plan", &real("再掲 事業 ‸"));
    let label = offered.labels()[0];
    assert!(label.starts_with("No1 \""), "{label}");
    let done = offered.choose(label);
    assert!(s.is_whole("資料2-4.plan", &done));
    // By name, too; the name of a number that is there.
    let offered = s.at("資料2-4.plan", &real("再掲 事業 デジタル変革‸"));
    let found = offered.items.iter().find(|i| i["label"].as_str().unwrap().starts_with("No10 ")).unwrap();
    assert!(found["filterText"].as_str().unwrap().starts_with("デジタル変革"), "{found}");
    let offered = s.at("資料2-4.plan", &real("再掲 事業 No10 ‸"));
    assert!(offered.labels().len() == 1 && offered.labels()[0].starts_with("\"デジタル変革(DX)推進事業"));
    let offered = s.at("資料2-4.plan", &real("再掲 指標 ‸"));
    assert!(offered.labels()[0].starts_with("No1 \""), "{:?}", &offered.labels()[..3]);
    let offered = s.at("資料2-4.plan", &real("事業 99 \"x\" {\n    再掲 ‸\n  }"));
    assert!(offered.has("No10"), "{:?}", offered.labels());
    let done = offered.choose("No10");
    assert!(s.is_whole("資料2-4.plan", &done));
    let own = "文書 資料9 {\n  前版 ‸\n}\n";
    let offered = s.at("a.plan", own);
    for code in ["資料2-1", "資料2-4", "資料3-1"] {
        assert!(offered.has(code), "{:?}", offered.labels());
    }
    assert!(!offered.has("資料9"));
    assert!(s.is_whole("b.plan", &offered.choose("資料2-4").replace("資料9", "資料8")));
    let offered = s.at("a.plan", "文書 資料9\n同一 資料2-1:‸");
    assert!(offered.has("\"BPR実施課\""), "{:?}", offered.labels());
    let done = offered.choose("\"BPR実施課\"");
    assert!(s.is_whole("b.plan", &format!("{} = 資料2-4:No1\n", done.trim_end()).replace("資料9", "資料8")), "{done}");
    let offered = s.at("a.plan", "文書 資料9\n同一 資料2-1:\"BPR実施課\" = ‸");
    assert!(offered.has("資料2-4:") && offered.has("資料2-4:No1"), "{:?}", offered.labels());
    // A field of another edition, with its name.
    let offered = s.at("a.plan", "文書 資料9\n分野 ‸");
    assert!(offered.labels().iter().any(|l| l.starts_with("Ⅰ-") && l.contains('"')), "{:?}", offered.labels());
    let label = offered.labels()[0].to_owned();
    assert!(s.is_whole("b.plan", &offered.choose(&label).replace("資料9", "資料8")));
}

#[test]
fn tables_are_completed_by_their_columns() {
    let mut s = Session::new();
    let text = std::fs::read_to_string(home().join("specs/資料2-1.plan")).unwrap();
    let real = |rows: &str| format!("{text}\n集計 \"地域のＤＸ\" R6 {{\n  {rows}\n}}\n");
    let offered = s.at("資料2-1.plan", &real("‸"));
    let done = offered.choose("| 項番 | 分野名 | 事業数 | KPI設定 | 達成 | 達成率 |");
    assert!(s.is_whole("資料2-1.plan", &done));
    let offered = s.at("資料2-1.plan", &real("| 項番 | 事‸ | 達成率 |"));
    first(&offered, &["分野名", "事業数", "KPI設定", "達成"]);
    let done = offered.choose("KPI設定");
    assert!(done.contains("| 項番 | KPI設定 | 達成率 |"), "{done}");
    let offered = s.at("資料2-1.plan", &real("| 項番 | 事業数 |\n  | ‸ | 3事業 |"));
    assert!(offered.has("Ⅰ-１") && offered.has("合計"), "{:?}", offered.labels());
    let done = offered.choose("Ⅰ-１");
    assert!(done.contains("| Ⅰ-１ | 3事業 |"), "{done}");
    assert!(s.is_whole("資料2-1.plan", &done));
    let offered = s.at("資料2-1.plan", &real("| 項番 | 事業数 |\n  |‸"));
    assert_eq!(offered.item("合計")["textEdit"]["newText"], " 合計 ");
}

#[test]
fn comments_accept_rules_by_name() {
    let mut s = Session::new();
    let plan = "文書 資料9 { 年度 R4 }\n集計 \"地域\" R4 {\n  | 項番 | KPI設定 | 達成  | 達成率 |\n  # 許容 ‸\n  | 1    | 12事業  | 7事業 | 59%    |\n}\n";
    let offered = s.at("a.plan", plan);
    // What is found below comes first.
    assert_eq!(offered.labels()[0], "達成率検算");
    let done = offered.choose("達成率検算").replace("達成率検算\n", "達成率検算: 確認済み\n");
    std::fs::write(s.folder.path().join("b.plan"), done.replace("資料9", "資料8")).unwrap();
    let ran = totsugo(s.folder.path(), &["check", "b.plan"], &[]);
    assert!(!ran.out.contains("達成率検算"), "{}", ran.out);
    let offered = s.at("a.plan", &plan.replace("許容 ‸", "許容 達成率検算、ach‸"));
    assert!(offered.item("達成率検算")["filterText"].as_str().unwrap().starts_with("achievement-rate"));
    let offered = s.at("a.plan", &plan.replace("許容 ‸", "許容 row‸"));
    assert!(offered.has("row-cells"), "{:?}", offered.labels());
    let offered = s.at("a.plan", &plan.replace("許容 ‸", "‸"));
    first(&offered, &["許容"]);
    assert!(s.at("a.plan", &plan.replace("許容 ‸", "許容 達成率検算: ‸")).items.is_empty());
}

const RULE: &str = "規則 達成率の例 example-rate {\n  重大度 誤り\n  対象 行 ∈ 集計行\n  前提 行.KPI設定 > 0\n  期待 := 行.達成 ÷ 行.KPI設定\n  検査 行.達成率 ≈ 期待\n  指摘 行.達成率 \"{期待:%}です\" en \"{期待:%}\"\n  助言 \"直す\" en \"x\"\n  解説 \"x\" en \"x\"\n  試験 合格 { 集計 \"a\" R4 {\n    | 項番 | KPI設定 | 達成 | 達成率 |\n    | 1 | 8事業 | 7事業 | 88% |\n  } }\n  試験 不合格 \"59%\" { 集計 \"a\" R4 {\n    | 項番 | KPI設定 | 達成 | 達成率 |\n    | 1 | 12事業 | 7事業 | 59% |\n  } }\n}\n";

#[test]
fn rules_are_completed_clause_by_clause() {
    let mut s = Session::new();
    let with = |old: &str, new: &str| {
        assert!(RULE.contains(old), "{old}");
        RULE.replacen(old, new, 1)
    };
    // Clauses that are there are not offered again.
    let offered = s.at("a.rules", &with("  検査 行.達成率 ≈ 期待\n", "  ‸\n"));
    first(&offered, &["分類", "設定", "前提", "検査", "参考", "修正"]);
    for absent in ["重大度", "対象", "指摘", "助言", "解説", "列"] {
        assert!(!offered.has(absent), "{absent}");
    }
    let done = offered.choose("検査");
    assert!(s.is_whole("b.rules", &done.replace("検査 \n", "検査 行.達成率 ≈ 期待\n")));
    std::fs::remove_file(s.folder.path().join("b.rules")).unwrap();
    let offered = s.at("a.rules", &with("重大度 誤り", "重大度 ‸"));
    first(&offered, &["誤り", "警告", "情報", "もし"]);
    let offered = s.at("a.rules", &with("重大度 誤り", "重大度 もし 行.達成率 > 50% ならば ‸"));
    first(&offered, &["誤り", "警告", "情報"]);
    // Ranges.
    let offered = s.at("a.rules", &with("対象 行 ∈ 集計行", "対象 行 ∈ ‸"));
    for there in ["集計行", "指標", "目標", "KGI見出し", "最終目標値"].iter().take(4) {
        assert!(offered.has(there), "{there} {:?}", offered.labels());
    }
    let offered = s.at("a.rules", &with("対象 行 ∈ 集計行", "対象 指 ∈ 指標, 値 ∈ ‸"));
    first(&offered, &["指.担当", "指.基準", "指.目標"]);
    assert!(
        s.is_whole("b.rules", &offered.choose("指.目標").replace("対象 指 ∈", "対象 行 ∈ 集計行, 指 ∈")),
        "{}",
        offered.choose("指.目標")
    );
    std::fs::remove_file(s.folder.path().join("b.rules")).unwrap();
    // Members, through references and the rows above.
    let offered = s.at("a.rules", &with("検査 行.達成率 ≈ 期待", "検査 行.‸ ≈ 期待"));
    first(&offered, &["項番", "分野名", "事業数", "KPI設定", "達成", "達成率", "分野"]);
    assert!(s.is_whole("b.rules", &offered.choose("達成率")));
    let offered = s.at("a.rules", &with("前提 行.KPI設定 > 0", "前提 行.KPI設定 > 0, 行.分野.番‸"));
    first(&offered, &["番号", "名称", "新しい価値"]);
    assert!(offered.has("文書") && offered.has("指標"));
    let offered = s.at("a.rules", &with("前提 行.KPI設定 > 0", "前提 行.文書.前版.‸"));
    assert!(offered.has("題名") && offered.has("系列") && offered.has("事業"));
    // Operands: the names of the rule, then aggregates and functions.
    let offered = s.at("a.rules", &with("検査 行.達成率 ≈ 期待", "検査 行.達成率 ≈ ‸"));
    first(&offered, &["期待", "行", "ある{…}"]);
    assert!(offered.has("四捨五入") && offered.has("もし"));
    assert!(s.is_whole("b.rules", &offered.choose("期待")));
    // Within an aggregate its own variable is known, also before the bar.
    let offered = s.at("a.rules", &with("期待 := 行.達成 ÷ 行.KPI設定", "期待 := 件数{ 指 ∈ 行.分野.指標, 指.‸ }"));
    assert!(offered.has("目標") && offered.has("再掲先"), "{:?}", offered.labels());
    let offered =
        s.at("a.rules", &with("期待 := 行.達成 ÷ 行.KPI設定", "期待 := 合計{ 他.‸ | 他 ∈ 集計行, 他.文書 = 行.文書 }"));
    assert!(s.is_whole("b.rules", &offered.choose("達成率")), "{}", offered.choose("達成率"));
    // States, holes, labels of other places.
    let offered = s.at("a.rules", &with("前提 行.KPI設定 > 0", "前提 行.KPI設定 は ‸"));
    first(&offered, &["なし", "ある", "不存在", "判読不能", "数値", "文字"]);
    let offered = s.at("a.rules", &with("\"{期待:%}です\"", "\"{行.‸}です\""));
    assert!(s.is_whole("b.rules", &offered.choose("達成")));
    let offered =
        s.at("a.rules", &with("  助言", "  参考 各 他 ∈ 集計行, 他.文書 = 行.文書 : 他.‸ \"x\" en \"x\"\n  助言"));
    assert!(s.is_whole("b.rules", &offered.choose("達成率")));
    assert!(s.at("a.rules", &with("\"{期待:%}です\"", "\"あ‸です\"")).items.is_empty());
    let offered = s.at("a.rules", &with("試験 不合格", "試験 ‸"));
    first(&offered, &["合格", "不合格"]);
    // The plan of a test is a plan.
    let offered = s.at("a.rules", &with("試験 合格 { 集計", "試験 合格 { ‸ 集計"));
    assert!(offered.has("指標") && offered.has("再掲 事業"));
    let offered = s.at("a.rules", &with("| 項番 | KPI設定 | 達成 | 達成率 |", "| 項番 | ‸ |"));
    first(&offered, &["分野名", "事業数", "KPI設定"]);
}

#[test]
fn declarations_of_rules_are_completed() {
    let mut s = Session::with(json!({
        "locale": "ja",
        "capabilities": { "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } } },
    }));
    let offered = s.at("a.rules", "‸");
    first(&offered, &["規則", "定義", "達成基準", "表", "拡張", "単位"]);
    let item = offered.item("規則");
    assert_eq!(item["insertTextFormat"], 2);
    assert!(item["textEdit"]["newText"].as_str().unwrap().contains("${3|誤り,警告,情報|}"));
    let offered = s.at("a.rules", &format!("{RULE}\n表‸"));
    first(&offered, &["規則"]);
    let table = |line: &str| format!("表 出張 = trip {{\n  位置 文書\n  見出し 名称 = name : 文字列\n  {line}\n}}\n");
    first(&s.at("a.rules", &table("‸")), &["位置", "見出し", "属性"]);
    first(&s.at("a.rules", &table("属性 人数 = people : ‸")), &["文字列", "量"]);
    let offered = s.at("a.rules", &table("属性 人数 = people : 量 ‸"));
    assert_eq!(offered.labels()[0], "厳密");
    assert!(offered.has("人") && offered.has("円"), "{:?}", offered.labels());
    let offered = s.at("a.rules", &table("属性 事業 = program : 参照 ‸"));
    assert!(s.is_whole("b.rules", &offered.choose("事業")));
    let offered = s.at("a.rules", "拡張 ‸");
    assert!(offered.has("指標") && !offered.has("目標"));
    let offered = s.at("a.rules", "達成基準 二段階 = two-grades {\n  適 : 実績 が 目標 に達する\n  否 : ‸\n}\n");
    assert!(s.is_whole("b.rules", &offered.choose("それ以外")));
    let english = "rule Example example-rate {\n  severity error\n  for row in 集計行\n  check row.‸\n  finding row.rate en \"x\"\n}\n";
    let offered = s.at("a.rules", english);
    first(&offered, &["項番", "分野名", "programs", "KPI設定", "achieved", "rate"]);
    let offered = s.at("a.rules", &english.replace("severity error", "severity ‸").replace("row.‸", "row.rate > 0"));
    first(&offered, &["error", "warning", "info", "if"]);
}

#[test]
fn settings_are_completed_from_their_schema() {
    let mut s = Session::new();
    let offered = s.at("totsugo.yaml", "lang: ja\n‸\n");
    first(&offered, &["paths", "rules", "min-severity"]);
    assert!(!offered.has("lang"));
    assert!(offered.item("ignore")["documentation"].as_str().unwrap().contains("この規則は使いません"));
    assert_eq!(offered.item("ignore")["textEdit"]["newText"], "ignore: ");
    first(&s.at("totsugo.yaml", "min-severity: ‸\n"), &["誤り", "警告", "情報", "error"]);
    let offered = s.at("totsugo.yaml", "lang: ja\nignore:\n  - ‸\n");
    assert!(offered.has("achievement-rate") && offered.has("row-cells"));
    assert!(s.is_whole("totsugo.yaml", "lang: ja\n"));
    let offered = s.at("totsugo.yaml", "ignore: [kpi-number-gap, ach‸]\n");
    let done = offered.choose("achievement-rate");
    assert_eq!(done, "ignore: [kpi-number-gap, achievement-rate]\n");
    let offered = s.at("totsugo.yaml", "severities:\n  達成率‸: 警告\n");
    let done = offered.choose("achievement-rate");
    assert_eq!(done, "severities:\n  achievement-rate: 警告\n");
    let supp = "suppressions:\n  - rule: interim-target-beyond-final\n    ‸\n    reason: x\n";
    let offered = s.at("totsugo.yaml", supp);
    first(&offered, &["document", "place", "until"]);
    assert!(!offered.has("rule") && !offered.has("reason") && !offered.has("lang"), "{:?}", offered.labels());
    let offered = s.at("totsugo.yaml", &supp.replace('‸', "document: ‸"));
    let done = offered.choose("資料2-1");
    assert!(done.contains("    document: 資料2-1\n"), "{done}");
    first(&s.at("totsugo.yaml", "lang: ja # あ‸\n"), &[]);
}

#[test]
fn mappings_are_completed_from_schema_vocabulary_and_sheets() {
    let folder = folder(&[
        ("一覧.csv", "番号,指標名,R5目標\n1,利用率,61%\n".as_bytes()),
        ("一覧.mapping.yaml", b"files: [x.csv]\ntables: []\n"),
    ]);
    let editor = Editor::new(folder.path());
    let mut s = Session { editor, folder, version: 1 };
    let offered = s.at("一覧.mapping.yaml", "‸");
    first(&offered, &["files", "encoding", "delimiter", "hidden", "document", "tables"]);
    let head = "files: [\"一覧.csv\"]\ntables:\n  - columns:\n";
    s.at("一覧.mapping.yaml", &format!("{head}      指標: {{ 名称: 指標名 }}\n‸"));
    let offered = s.at("一覧.mapping.yaml", &format!("{head}      ‸\n"));
    assert!(offered.has("指標") && offered.has("集計行") && offered.has("KPI"), "{:?}", offered.labels());
    let offered = s.at("一覧.mapping.yaml", &format!("{head}      指標:\n        番号: 番号\n        ‸\n"));
    assert!(offered.has("名称") && offered.has("目標") && !offered.has("番号"), "{:?}", offered.labels());
    let offered = s.at("一覧.mapping.yaml", &format!("{head}      指標:\n        名称: ‸\n"));
    assert!(offered.has("指標名"), "{:?}", offered.labels());
    let offered = s.at("一覧.mapping.yaml", &format!("{head}      指標:\n        目標: {{ column: R5目標, ca‸ }}\n"));
    assert!(offered.has("carry") && !offered.has("column"), "{:?}", offered.labels());
    let done = offered.choose("carry");
    assert!(done.contains("{ column: R5目標, carry:  }"), "{done}");
    first(&s.at("一覧.mapping.yaml", "hidden: ‸\n"), &["warn", "skip", "read"]);
    let offered = s.at("一覧.mapping.yaml", "files:\n  - ‸\n");
    assert!(offered.has("一覧.csv"), "{:?}", offered.labels());
}

#[test]
fn signatures_tell_what_is_to_be_written() {
    let mut s = Session::new();
    let told = |s: &mut Session, name: &str, text: &str| -> (String, String) {
        let help = s.signature(name, text);
        if help.is_null() {
            return (String::new(), String::new());
        }
        let signature = &help["signatures"][0];
        let active = help["activeParameter"].as_u64().unwrap() as usize;
        let label = |v: &Value| v["label"].as_str().unwrap().to_owned();
        (label(signature), label(&signature["parameters"][active]))
    };
    let rule = |check: &str| RULE.replace("行.達成率 ≈ 期待", check);
    let of = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let round = "四捨五入(量, 量)";
    assert_eq!(told(&mut s, "a.rules", &rule("四捨五入(‸")), of(round, "量"));
    assert_eq!(
        told(&mut s, "a.rules", &rule("抜き出し(正規化(行.分野名), ‸")),
        of("抜き出し(文字列, \"正規表現\")", "\"正規表現\"")
    );
    assert_eq!(
        told(&mut s, "a.rules", &rule("抜き出し(行.分野名, \"(a,b\", 正規化(‸")),
        of("正規化(文字列)", "文字列")
    );
    assert_eq!(told(&mut s, "a.rules", &rule("行.達成率 ≈ ‸")).0, "");
    let help = s.signature("a.rules", &rule("補う(行.達成, ‸)"));
    assert!(help["signatures"][0]["documentation"].as_str().unwrap().contains("数字があればそれ"));
    assert_eq!(help["activeParameter"], 1);
    let plan = "文書 資料9\n";
    assert_eq!(told(&mut s, "a.plan", &format!("{plan}事業 ‸")), of("事業 番号 \"名称\"", "番号"));
    assert_eq!(told(&mut s, "a.plan", &format!("{plan}事業 3 ‸")), of("事業 番号 \"名称\"", "\"名称\""));
    assert_eq!(told(&mut s, "a.plan", &format!("{plan}集計 \"行政のDX\" ‸")), of("集計 \"名称\" 年度", "年度"));
    assert_eq!(told(&mut s, "a.plan", &format!("{plan}集計 \"行政のDX\" R4 ‸")).0, "");
    assert_eq!(told(&mut s, "a.plan", &format!("{plan}program ‸")), of("program number \"name\"", "number"));
    assert_eq!(told(&mut s, "a.plan", &format!("{plan}指標 \"x\" {{\n  担当 ‸")).0, "");
}

/// Wherever the cursor stands in a real file, there is an answer, and at once.
#[test]
fn every_place_of_the_real_files_is_answered() {
    let mut s = Session::new();
    let names = std::fs::read_dir(home().join("specs")).unwrap().flatten().map(|e| e.path());
    let rules = ["budget", "references", "vocabulary"].map(|n| home().join(format!("rules/{n}.rules")));
    for path in names.filter(|p| p.extension().is_some_and(|e| e == "plan")).chain(rules) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        s.editor.open(&name, &text);
        let uri = s.editor.uri(&name);
        let started = Instant::now();
        let places: Vec<usize> =
            (0..=text.len()).step_by(7).map(|n| (0..=n).rev().find(|n| text.is_char_boundary(*n)).unwrap()).collect();
        for at in &places {
            let params = json!({ "textDocument": { "uri": uri }, "position": position(&text, *at) });
            for method in ["textDocument/completion", "textDocument/signatureHelp"] {
                let id = s.editor.start(method, params.clone());
                let answer = s.editor.answer(id);
                assert!(answer.get("error").is_none(), "{name} {at}: {answer}");
                // Every sentence has its words.
                assert!(!answer.to_string().contains("\"lsp-"), "{name} {at}: {answer}");
            }
        }
        let each = started.elapsed() / u32::try_from(places.len()).unwrap();
        eprintln!("{name}: {} places, {each:?} each", places.len());
        assert!(each.as_millis() < 200, "{name}: {each:?}");
    }
}
