//! `totsugo lsp`: what is under the pointer, where it is made and used, other names, and who refers to whom; on copies of the
//! real documents.
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::editor::{Editor, position, under};
use crate::run::{folder, home};

/// A session over the real documents and some files more.
struct Session {
    editor: Editor,
    folder: tempfile::TempDir,
    texts: BTreeMap<String, String>,
}

impl Session {
    fn new(more: &[(&str, &str)]) -> Self {
        Self::with(more, json!({ "locale": "ja" }))
    }

    fn with(more: &[(&str, &str)], about: Value) -> Self {
        let folder = folder(&[]);
        for entry in std::fs::read_dir(home().join("specs")).unwrap().flatten() {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        for (name, text) in more {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let editor = Editor::with(folder.path(), about);
        Self { editor, folder, texts: BTreeMap::new() }
    }

    fn text(&mut self, name: &str) -> String {
        if !self.texts.contains_key(name) {
            let text = self.editor.open_file(name);
            self.texts.insert(name.to_owned(), text);
        }
        self.texts[name].clone()
    }

    /// The place of `here` in the first `around` of a file.
    fn at(&mut self, name: &str, around: &str, here: &str) -> Value {
        let text = self.text(name);
        let start = text.find(around).unwrap_or_else(|| panic!("{around} is not in {name}"));
        let inside = around.find(here).unwrap_or_else(|| panic!("{here} is not in {around}"));
        json!({ "textDocument": { "uri": self.editor.uri(name) }, "position": position(&text, start + inside) })
    }

    fn ask(&mut self, method: &str, name: &str, around: &str, here: &str, more: Value) -> Value {
        let mut params = self.at(name, around, here);
        for (key, value) in more.as_object().unwrap() {
            params[key] = value.clone();
        }
        self.editor.ask(method, params)
    }

    /// The Markdown of a hover, the folder left out; checks the range by its text.
    fn hover(&mut self, name: &str, around: &str, here: &str) -> String {
        let answer = self.ask("textDocument/hover", name, around, here, json!({}));
        if answer.is_null() {
            return "null".to_owned();
        }
        let text = self.text(name);
        let over = under(&text, &answer["range"]);
        assert!(text[text.find(around).unwrap()..].contains(over), "{over}");
        assert_eq!(answer["contents"]["kind"], "markdown");
        let shown = answer["contents"]["value"].as_str().unwrap().replace(&self.editor.uri(""), "file:///計画");
        format!("[{over}]\n{shown}\n")
    }

    /// What stands at places, as `file: text`.
    fn shown(&mut self, locations: &Value) -> Vec<String> {
        let mut out = Vec::new();
        for place in locations.as_array().into_iter().flatten() {
            let (name, text) = self.source(place["uri"].as_str().unwrap());
            out.push(format!("{name}: {}", under(&text, &place["range"])));
        }
        out
    }

    fn source(&mut self, uri: &str) -> (String, String) {
        if uri.starts_with("totsugo:/") {
            let content = self.editor.ask("workspace/textDocumentContent", json!({ "uri": uri }));
            return (uri.to_owned(), content["text"].as_str().unwrap().to_owned());
        }
        let names: Vec<String> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .flatten()
            .map(|e| e.file_name().to_str().unwrap().to_owned())
            .collect();
        let name = names.into_iter().find(|n| self.editor.uri(n) == uri).unwrap_or_else(|| panic!("{uri}"));
        let text = std::fs::read_to_string(self.folder.path().join(&name)).unwrap();
        (name, text)
    }

    fn definition(&mut self, name: &str, around: &str, here: &str) -> Vec<String> {
        let answer = self.ask("textDocument/definition", name, around, here, json!({}));
        self.shown(&answer)
    }

    fn references(&mut self, name: &str, around: &str, here: &str) -> Vec<String> {
        let more = json!({ "context": { "includeDeclaration": true } });
        let answer = self.ask("textDocument/references", name, around, here, more);
        self.shown(&answer)
    }

    /// The lines that a rename changes, as `file: line`.
    fn rename(&mut self, name: &str, around: &str, here: &str, to: &str) -> Vec<String> {
        let answer = self.ask("textDocument/rename", name, around, here, json!({ "newName": to }));
        let mut out = Vec::new();
        for (uri, edits) in answer["changes"].as_object().unwrap() {
            let (name, text) = self.source(uri);
            out.extend(changed(&text, edits).into_iter().map(|line| format!("{name}: {line}")));
        }
        out.sort();
        out
    }

    fn refusal(&mut self, name: &str, around: &str, here: &str, to: &str) -> String {
        let mut params = self.at(name, around, here);
        params["newName"] = to.into();
        let id = self.editor.start("textDocument/rename", params);
        let answer = self.editor.answer(id);
        assert_eq!(answer["error"]["code"], -32803, "{answer}");
        answer["error"]["message"].as_str().unwrap().to_owned()
    }
}

/// A text after edits.
fn applied(text: &str, edits: &Value) -> String {
    let mut after = text.to_owned();
    let start = |edit: &Value| {
        let piece = under(text, &edit["range"]);
        piece.as_ptr() as usize - text.as_ptr() as usize
    };
    let mut edits: Vec<&Value> = edits.as_array().unwrap().iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(start(edit)));
    for edit in edits {
        let at = start(edit);
        after.replace_range(at..at + under(text, &edit["range"]).len(), edit["newText"].as_str().unwrap());
    }
    after
}

/// The lines that edits change, as they are afterwards.
fn changed(text: &str, edits: &Value) -> Vec<String> {
    let after = applied(text, edits);
    let pairs = text.lines().zip(after.lines()).filter(|(a, b)| a != b);
    pairs.map(|(_, b)| b.trim().to_owned()).collect()
}

const NATIONAL: &str = "目標 R4: 61.0%, R5: 67.4%, R6: 73.7%, R7: 80.0%";

#[test]
fn hovers_of_plans() {
    let mut session = Session::new(&[]);
    let text = session.text("資料2-4.plan").replacen("再掲 事業 No4 ", "再掲 事業 No400 ", 1);
    session.editor.change("資料2-4.plan", 2, &text);
    session.texts.insert("資料2-4.plan".to_owned(), text);
    let (new, old) = ("資料2-4.plan", "資料2-1.plan");
    let mut out = String::new();
    for (name, around, here) in [
        (new, NATIONAL, "73.7%"),
        (new, NATIONAL, "R7"),
        (old, "本文 R4: 約7万6千人", "約7万"),
        (old, "| 7事業  | 58%", "7事業"),
        (old, "| 7事業  | 58%", "58%"),
        (old, "| Ⅰ-１ | まず", "Ⅰ-１"),
        (old, "状況 R4: 達成", "達成"),
        (new, "事業 4 \"人事", "4 "),
        (new, "再掲 事業 No400", "No400"),
        (new, "再掲 指標 No3", "No3"),
        (new, "再掲 指標 No3", "再掲"),
        (new, "文書 資料2-4", "資料2-4"),
        (new, "前版 資料2-1", "資料2-1"),
        (old, "同一 資料2-1:Ⅰ-２:\"県", "資料2-1:"),
        (old, "同一 資料2-1:Ⅰ-２:\"県", "Ⅰ-２"),
        (old, "同一 資料2-1:Ⅰ-２:\"県", "県"),
        (new, "    指標 1 ", "指標"),
        (new, "担当 \"総務部", "担当"),
        (new, NATIONAL, "目標"),
        (new, "掲載 全件", "掲載"),
        (old, "| KPI設定 | 達成  | 達成率", "達成率"),
    ] {
        let _ = writeln!(out, "{}", session.hover(name, around, here));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn printings_that_differ_are_marked() {
    let mut session = Session::new(&[]);
    let text = session.text("資料2-4.plan").replacen("R6: 73.7%, R7: 80.0%", "R6: 70.0%, R7: 約80%", 1);
    session.editor.change("資料2-4.plan", 2, &text);
    session.texts.insert("資料2-4.plan".to_owned(), text);
    let changed = "R6: 70.0%, R7: 約80%";
    let told = session.hover("資料2-4.plan", changed, "70.0%");
    assert_eq!(told.matches("`73.7%` **食い違い**").count(), 3, "{told}");
    let told = session.hover("資料2-4.plan", changed, "約80%");
    assert!(told.contains("`80.0%` — ") && !told.contains("食い違い"), "{told}");
}

#[test]
fn hovers_speak_english_too() {
    let mut session = Session::with(&[], json!({ "locale": "en" }));
    let mut out = String::new();
    for here in ["73.7%", "目標"] {
        let _ = writeln!(out, "{}", session.hover("資料2-4.plan", NATIONAL, here));
    }
    let _ = writeln!(out, "{}", session.hover("資料2-4.plan", "再掲 事業 No4", "No4"));
    let _ = writeln!(out, "{}", session.hover("資料2-4.plan", "    事業 1 ", "事業"));
    insta::assert_snapshot!(out);
}

const RULE: &str = "規則 自作規則 own-rule {\n  重大度 警告\n  設定 限度 := 3 \"上限\" en \"limit\"\n  対象 甲 ∈ 事業\n  前提 甲.番号 > 限度\n  件 := 件数{ 乙 ∈ 甲.指標, 乙.名称 ≠ 正規化(甲.名称), 甲.順 > 0 }\n  検査 件 < 100\n  指摘 甲.名称 \"{件}の{甲.名称}\"\n  解説 \"試し\" en \"a try\"\n  試験 合格 { 事業 9 \"a\" }\n}\n";
const SETTINGS: &str = "ignore: [自作規則, budget-sum, 我が組]\nsets:\n  我が組: [達成率検算, own-rule]\nseverities:\n  未知の見出し語: 誤り\nparameters:\n  own-rule:\n    限度: 5\nsuppressions:\n  - rule: own-rule\n    document: 資料2-4\n    reason: 試し\n";
const NOTED: &str = "文書 甲乙\n# 許容 達成率検算、own-rule: 𠮷田が確認\n集計 \"𠮷野\" R4 {\n  | 項番 | KPI設定 | 達成  | 達成率 |\n  | 𠮷１ | 12事業  | 7事業 | 59%    |\n}\n";

#[test]
fn hovers_of_rules_settings_and_comments() {
    let settings = SETTINGS.replace("未知の見出し語", "unknown-keyword").replace("budget-sum, ", "");
    let mut session = Session::new(&[("a.rules", RULE), ("totsugo.yaml", &settings), ("甲乙.plan", NOTED)]);
    let mut out = String::new();
    for (name, around, here) in [
        ("a.rules", "自作規則", "自作規則"),
        ("a.rules", "own-rule", "own-rule"),
        ("a.rules", "重大度", "重大度"),
        ("a.rules", "対象 甲", "対象"),
        ("a.rules", "前提 甲.番号 > 限度", "甲"),
        ("a.rules", "前提 甲.番号 > 限度", "番号"),
        ("a.rules", "前提 甲.番号 > 限度", "限度"),
        ("a.rules", "対象 甲 ∈ 事業", "事業"),
        ("a.rules", "正規化(甲", "正規化"),
        ("a.rules", "甲.順", "順"),
        ("a.rules", "検査 件 <", "件"),
        ("totsugo.yaml", "ignore: [自作規則", "自作規則"),
        ("totsugo.yaml", "我が組]", "我が組"),
        ("totsugo.yaml", "unknown-keyword", "unknown-keyword"),
        ("totsugo.yaml", "限度: 5", "限度"),
        ("甲乙.plan", "# 許容 達成率検算", "達成率検算"),
        ("甲乙.plan", "| 7事業 | 59%", "59%"),
    ] {
        let _ = writeln!(out, "{}", session.hover(name, around, here));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn nothing_is_told_of_empty_places() {
    let mut session = Session::new(&[("a.rules", RULE), ("totsugo.yaml", SETTINGS)]);
    for (name, around, here) in [
        ("資料2-4.plan", "# 頁1\n", "頁1"),
        ("資料2-4.plan", "\n\n# 頁1", "\n# 頁1"),
        ("a.rules", "検査 件 < 100", "100"),
        ("totsugo.yaml", "ignore", "ignore"),
    ] {
        for method in ["hover", "definition", "documentHighlight", "prepareRename", "prepareCallHierarchy"] {
            let answer = session.ask(&format!("textDocument/{method}"), name, around, here, json!({}));
            assert!(answer.is_null(), "{method} {around}: {answer}");
        }
        assert_eq!(session.references(name, around, here), [""; 0]);
        let answer = session.ask("textDocument/rename", name, around, here, json!({ "newName": "x" }));
        assert!(answer.is_null(), "{answer}");
    }
    for uri in ["untitled:x", "file:///nowhere/x.plan", "totsugo:/rules/none.rules", ""] {
        let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 3, "character": 4_000_000 } });
        for method in ["hover", "definition", "documentHighlight", "prepareRename", "prepareCallHierarchy"] {
            assert!(session.editor.ask(&format!("textDocument/{method}"), at.clone()).is_null(), "{method} {uri}");
        }
    }
    assert!(session.editor.ask("workspace/textDocumentContent", json!({ "uri": "totsugo:/etc/x" })).is_null());
}

#[test]
fn a_file_outside_of_the_project_is_known_by_itself() {
    let mut session = Session::new(&[]);
    let other = folder(&[]);
    let text = "事業 1 \"外の事業\"\n再掲 事業 No1 \"外の事業\"\n";
    let path = other.path().canonicalize().unwrap().join("b.plan");
    std::fs::write(&path, text).unwrap();
    let uri = format!("file://{}", path.display());
    let item = json!({ "uri": uri, "languageId": "totsugo-plan", "version": 1, "text": text });
    session.editor.tell("textDocument/didOpen", json!({ "textDocument": item }));
    let at = json!({ "textDocument": { "uri": uri }, "position": position(text, text.find("No1").unwrap()) });
    let places = session.editor.ask("textDocument/definition", at);
    assert_eq!((places[0]["uri"].as_str(), under(text, &places[0]["range"])), (Some(uri.as_str()), "外の事業"));
}

#[test]
fn references_lead_to_what_they_mean() {
    let mut session = Session::new(&[("a.rules", RULE), ("totsugo.yaml", SETTINGS), ("甲乙.plan", NOTED)]);
    let (new, old) = ("資料2-4.plan", "資料2-1.plan");
    for (name, around, here, wanted) in [
        (new, "再掲 指標 No3", "No3", "資料2-4.plan: 県及び市町村の行政手続のオンライン利用率"),
        (new, "前版 資料2-1", "資料2-1", "資料2-1.plan: 資料2-1"),
        (new, "方針 基本方針", "基本方針", "dx-policy.plan: 基本方針"),
        (old, "| Ⅰ-１ | まず", "Ⅰ-１", "資料2-1.plan: まず始めに実施すべき取組"),
        (old, "= 資料2-4:No1", "No1", "資料2-4.plan: BPR実施業務"),
        (old, "= 資料2-4:No1", "資料2-4", "資料2-4.plan: 資料2-4"),
        (old, "同一 資料2-1:\"BPR", "BPR", "資料2-1.plan: BPR実施課"),
        (new, "担当 \"総務部", "担当", "totsugo:/rules/vocabulary.rules: 担当"),
        (new, "    指標 1 ", "指標", "totsugo:/rules/vocabulary.rules: 指標"),
        (new, NATIONAL, "目標", "totsugo:/rules/vocabulary.rules: 目標"),
        (old, "| KPI設定 | 達成  | 達成率", "達成率", "totsugo:/rules/vocabulary.rules: 達成率"),
        ("甲乙.plan", "# 許容 達成率検算", "達成率検算", "totsugo:/rules/arithmetic.rules: 達成率検算"),
        ("甲乙.plan", "、own-rule", "own-rule", "a.rules: 自作規則"),
        ("totsugo.yaml", "ignore: [自作規則", "自作規則", "a.rules: 自作規則"),
        ("totsugo.yaml", "我が組]", "我が組", "totsugo.yaml: 我が組"),
        ("totsugo.yaml", "限度: 5", "限度", "a.rules: 限度"),
        ("a.rules", "前提 甲.番号", "甲", "a.rules: 甲"),
        ("a.rules", "番号 > 限度", "限度", "a.rules: 限度"),
        ("a.rules", "乙.名称", "名称", "totsugo:/rules/vocabulary.rules: 名称"),
        ("a.rules", "甲.指標", "指標", "totsugo:/rules/vocabulary.rules: 指標"),
        ("a.rules", "\"{件}", "件", "a.rules: 件"),
    ] {
        assert_eq!(session.definition(name, around, here), [wanted], "{around} {here}");
    }
    // A text of the program is a place to go on from.
    let uri = "totsugo:/rules/arithmetic.rules";
    let (_, text) = session.source(uri);
    let at = json!({ "textDocument": { "uri": uri }, "position": position(&text, text.find("行.達成率 ≈ 期待").unwrap() + "行.達成率 ≈ ".len()) });
    let places = session.editor.ask("textDocument/definition", at);
    assert_eq!(session.shown(&places), [format!("{uri}: 期待")]);
}

#[test]
fn uses_are_found_in_all_files() {
    let mut session = Session::new(&[("a.rules", RULE), ("totsugo.yaml", SETTINGS), ("甲乙.plan", NOTED)]);
    let name = "人事・給与・行政組織等管理事業(働き方改革推進事業)";
    let again = format!("資料2-4.plan: {name}");
    let number = "資料2-4.plan: No4".to_owned();
    let program = session.references("資料2-4.plan", "事業 4 \"人事", "人事");
    assert_eq!(program.iter().filter(|p| **p == again).count(), program.iter().filter(|p| **p == number).count() + 1);
    assert!(program.len() >= 5, "{program:?}");
    assert_eq!(session.references("資料2-4.plan", "再掲 事業 No4", "No4"), program, "from a reference the same");
    let indicator = session.references("資料2-4.plan", "指標 1 \"BPR", "BPR");
    assert!(indicator.contains(&"資料2-1.plan: No1".to_owned()), "{indicator:?}");
    assert!(indicator.contains(&"資料2-1.plan: BPR実施課".to_owned()), "the same in another document: {indicator:?}");
    let document = session.references("資料2-4.plan", "文書 資料2-4", "資料2-4");
    let labels = session.text("資料2-1.plan").matches("資料2-4:").count();
    assert_eq!(document.len(), labels + 1, "{document:?}");
    let field = session.references("資料2-1.plan", "分野 Ⅰ-２ ", "Ⅰ-２");
    assert!(field.iter().filter(|f| f.ends_with("Ⅰ-２")).count() >= 3, "rows of tables and a label: {field:?}");
    let rule = session.references("a.rules", "規則 自作規則", "自作規則");
    assert_eq!(
        rule,
        [
            "totsugo.yaml: 自作規則",
            "totsugo.yaml: own-rule",
            "totsugo.yaml: own-rule",
            "totsugo.yaml: own-rule",
            "a.rules: 自作規則",
            "甲乙.plan: own-rule"
        ]
    );
    let column = session.references("資料2-1.plan", "| KPI設定 | 達成  | 達成率", "達成率");
    for wanted in
        ["totsugo:/rules/vocabulary.rules: 達成率", "totsugo:/rules/arithmetic.rules: 達成率", "甲乙.plan: 達成率"]
    {
        assert!(column.contains(&wanted.to_owned()), "{wanted} {column:?}");
    }
    let local = session.references("a.rules", "件 := ", "件");
    assert_eq!(local, ["a.rules: 件"; 3]);
    let without = json!({ "context": { "includeDeclaration": false } });
    let uses = session.ask("textDocument/references", "a.rules", "件 := ", "件", without);
    assert_eq!(uses.as_array().unwrap().len(), 2);
    let marks = session.ask("textDocument/documentHighlight", "a.rules", "件 := ", "件", json!({}));
    let kinds: Vec<i64> = marks.as_array().unwrap().iter().map(|m| m["kind"].as_i64().unwrap()).collect();
    assert_eq!(kinds, [3, 2, 2]);
    let marks = session.ask("textDocument/documentHighlight", "資料2-1.plan", "= 資料2-4:No1", "No1", json!({}));
    let text = session.text("資料2-1.plan");
    let marks: Vec<&str> = marks.as_array().unwrap().iter().map(|m| under(&text, &m["range"])).collect();
    assert_eq!(marks, ["BPR実施課", "No1"], "only in this file");
}

#[test]
fn other_names_for_programs_indicators_and_documents() {
    let settings = SETTINGS.replace("ignore: [自作規則, budget-sum, 我が組]\n", "");
    let mut session = Session::new(&[("a.rules", RULE), ("totsugo.yaml", &settings)]);
    let (new, old) = ("資料2-4.plan", "資料2-1.plan");
    let placed = session.ask("textDocument/prepareRename", new, "再掲 事業 No4 ", "No4", json!({}));
    assert_eq!(placed["placeholder"], "No4");
    let lines = session.rename(new, "事業 4 \"人事", "人事", "𠮷野の\"改革\"{甲}");
    assert!(lines.len() >= 3, "{lines:?}");
    assert!(
        lines.iter().all(|l| l.contains("\"𠮷野の\\\"改革\\\"{甲}\"") && l.starts_with("資料2-4.plan: ")),
        "{lines:?}"
    );
    assert_eq!(lines.iter().filter(|l| l.contains(": 事業 4 ")).count(), 1);
    let numbers = session.rename(new, "再掲 事業 No4 ", "No4", "400");
    assert!(
        numbers.iter().any(|l| l.contains(": 事業 400 ")) && numbers.iter().any(|l| l.contains("再掲 事業 No400 "))
    );
    assert_eq!(numbers.len(), lines.len());
    assert_eq!(
        session.rename(old, "同一 資料2-1:\"BPR", "BPR", "改めた課"),
        ["資料2-1.plan: 同一 資料2-1:\"改めた課\" = 資料2-4:No1", "資料2-1.plan: 指標 \"改めた課\" {"]
    );
    let numbers = session.rename(old, "= 資料2-4:No1", "No1", "No77");
    assert_eq!(
        numbers,
        ["資料2-1.plan: 同一 資料2-1:\"BPR実施課\" = 資料2-4:No77", "資料2-4.plan: 指標 77 \"BPR実施業務\" {"]
    );
    let codes = session.rename(old, "= 資料2-4:No1", "資料2-4", "資料9");
    assert!(codes.contains(&"資料2-4.plan: 文書 資料9 {".to_owned()), "{codes:?}");
    assert!(codes.contains(&"totsugo.yaml: document: 資料9".to_owned()), "{codes:?}");
    assert!(codes.contains(&"資料2-1.plan: 同一 資料2-1:\"BPR実施課\" = 資料9:No1".to_owned()), "{codes:?}");
    let codes = session.rename(new, "方針 基本方針", "基本方針", "新方針");
    assert_eq!(codes, ["dx-policy.plan: 文書 新方針 {", "資料2-4.plan: 方針 新方針"]);
    let mut told = String::new();
    for (around, here, to) in [
        ("事業 4 \"人事", "人事", "  "),
        ("事業 4 \"人事", "人事", "一\n二"),
        ("事業 4 \"人事", "4 ", "5"),
        ("事業 4 \"人事", "4 ", "四"),
        ("文書 資料2-4", "資料2-4", "資料2-1"),
        ("文書 資料2-4", "資料2-4", "資料{2}"),
        ("文書 資料2-4", "資料2-4", "資料 2"),
    ] {
        let _ = writeln!(told, "{to:?}: {}", session.refusal(new, around, here, to));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn other_names_in_rules() {
    let mut session = Session::new(&[("a.rules", RULE), ("totsugo.yaml", SETTINGS), ("甲乙.plan", NOTED)]);
    assert_eq!(
        session.rename("a.rules", "件 := ", "件", "総件数"),
        [
            "a.rules: 指摘 甲.名称 \"{総件数}の{甲.名称}\"",
            "a.rules: 検査 総件数 < 100",
            "a.rules: 総件数 := 件数{ 乙 ∈ 甲.指標, 乙.名称 ≠ 正規化(甲.名称), 甲.順 > 0 }",
        ]
    );
    let limit = session.rename("a.rules", "番号 > 限度", "限度", "上限");
    assert!(limit.contains(&"totsugo.yaml: 上限: 5".to_owned()) && limit.len() == 3, "{limit:?}");
    let name = session.rename("totsugo.yaml", "ignore: [自作規則", "自作規則", "別の規則");
    assert_eq!(name, ["a.rules: 規則 別の規則 own-rule {", "totsugo.yaml: ignore: [別の規則, budget-sum, 我が組]"]);
    let slug = session.rename("a.rules", "own-rule", "own-rule", "other-rule");
    assert_eq!(slug.len(), 5, "{slug:?}");
    assert!(slug.contains(&"甲乙.plan: # 許容 達成率検算、other-rule: 𠮷田が確認".to_owned()), "{slug:?}");
    let mut told = String::new();
    for (name, around, here, to) in [
        ("a.rules", "件 := ", "件", "甲"),
        ("a.rules", "件 := ", "件", "3件"),
        ("a.rules", "件 := ", "件", "a b"),
        ("a.rules", "対象 甲", "甲", "乙"),
        ("a.rules", "自作規則", "自作規則", "達成率検算"),
        ("a.rules", "自作規則", "自作規則", "{"),
        ("a.rules", "own-rule", "own-rule", "規則"),
        ("甲乙.plan", "# 許容 達成率検算", "達成率検算", "別"),
    ] {
        let _ = writeln!(told, "{to:?}: {}", session.refusal(name, around, here, to));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_rename_is_for_the_version_that_is_open_where_the_editor_can_tell() {
    let able = json!({ "capabilities": { "workspace": { "workspaceEdit": { "documentChanges": true } } } });
    let mut session = Session::with(&[], able);
    let text = session.text("資料2-4.plan");
    session.editor.change("資料2-4.plan", 7, &text);
    let answer =
        session.ask("textDocument/rename", "資料2-4.plan", "前版 資料2-1", "資料2-1", json!({ "newName": "資料8" }));
    let changes = answer["documentChanges"].as_array().unwrap();
    let told: Vec<(bool, &Value)> = changes
        .iter()
        .map(|c| {
            (c["textDocument"]["uri"] == session.editor.uri("資料2-4.plan").as_str(), &c["textDocument"]["version"])
        })
        .collect();
    assert!(told.contains(&(true, &json!(7))) && told.contains(&(false, &Value::Null)), "{told:?}");
}

/// After the edits of a rename a check finds the same as before.
#[test]
fn a_rename_changes_no_finding() {
    let check = |place: &std::path::Path| {
        let ran = crate::run::totsugo(place, &["check", "--format", "json"], &[]);
        let found: Value = serde_json::from_str(&ran.out).unwrap();
        let rules = found["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap().to_owned());
        let mut rules: Vec<String> = rules.collect();
        rules.sort();
        rules
    };
    let mut session = Session::new(&[]);
    let before = check(session.folder.path());
    assert!(before.len() > 20);
    for (version, (name, around, here, to)) in (2..).zip([
        ("資料2-4.plan", "事業 4 \"人事", "人事", "別の名"),
        ("資料2-1.plan", "同一 資料2-1:\"BPR", "BPR", "業務改革の実施課"),
        ("資料2-1.plan", "文書 資料2-1", "資料2-1", "資料X"),
    ]) {
        let answer = session.ask("textDocument/rename", name, around, here, json!({ "newName": to }));
        for (uri, edits) in answer["changes"].as_object().unwrap() {
            let (file, text) = session.source(uri);
            let after = applied(&text, edits);
            std::fs::write(session.folder.path().join(&file), &after).unwrap();
            session.text(&file);
            session.editor.change(&file, version, &after);
            session.texts.insert(file, after);
        }
    }
    assert_eq!(check(session.folder.path()), before);
}

#[test]
fn baselines_mappings_and_sheets() {
    let sheet = "番号,名称\n1,\"甲の事業\"\n2,乙の事業\n";
    let mapping = "files: [\"b.csv\"]\ndocument:\n  記号: 資料9\ntables:\n  - columns:\n      事業:\n        番号: 番号\n        名称: 名称\n";
    let baseline = "baseline: totsugo-baseline.json\n";
    let mut session = Session::new(&[
        ("b.csv", sheet),
        ("b.mapping.yaml", mapping),
        ("totsugo.yaml", baseline),
        ("甲乙.plan", NOTED),
    ]);
    let made = crate::run::totsugo(session.folder.path(), &["baseline", "update"], &[]);
    assert_eq!(made.status, 0, "{}{}", made.out, made.err);
    let list = session.text("totsugo-baseline.json");
    let list: Value = serde_json::from_str(&list).unwrap();
    let code = list["findings"][0]["rule"].as_str().unwrap().to_owned();
    let told = session.hover("totsugo-baseline.json", &format!("\"{code}\""), &code[1..]);
    assert!(told.contains(&format!("`{code}` — ")), "{told}");
    assert!(
        session.definition("totsugo-baseline.json", &format!("\"{code}\""), &code)[0].starts_with("totsugo:/rules/")
    );
    let told = session.hover("b.mapping.yaml", "名称: 名称", "名称");
    assert!(told.contains("**名称** `name` — 事業"), "{told}");
    assert_eq!(session.definition("b.mapping.yaml", "事業:", "事業"), ["totsugo:/rules/vocabulary.rules: 事業"]);
    // What stands in a sheet is told of, but not changed.
    let plan = "文書 資料10\n事業 5 \"乙の事業\" { 再掲 資料9:No2 }\n";
    std::fs::write(session.folder.path().join("c.plan"), plan).unwrap();
    let told = session.hover("c.plan", "資料9:No2", "No2");
    assert!(told.contains("[b.csv") && told.contains("事業 No2"), "{told}");
    let refused = session.refusal("c.plan", "資料9:No2", "No2", "3");
    assert!(refused.contains("b.csv"), "{refused}");
}

#[test]
fn who_refers_to_whom() {
    let mut session = Session::new(&[]);
    let (new, old) = ("資料2-4.plan", "資料2-1.plan");
    let mut calls = |name: &str, around: &str, here: &str, way: &str| {
        let items = session.ask("textDocument/prepareCallHierarchy", name, around, here, json!({}));
        let item = items[0].clone();
        let answer = session.editor.ask(&format!("callHierarchy/{way}"), json!({ "item": item }));
        let side = if way == "incomingCalls" { "from" } else { "to" };
        let mut out = vec![item["name"].as_str().unwrap().to_owned()];
        for call in answer.as_array().unwrap() {
            let holder =
                if side == "from" { call["from"]["uri"].as_str().unwrap() } else { item["uri"].as_str().unwrap() };
            let (_, text) = session.source(holder);
            let ranges: Vec<&str> = call["fromRanges"].as_array().unwrap().iter().map(|r| under(&text, r)).collect();
            out.push(format!("{} — {}", call[side]["name"].as_str().unwrap(), ranges.join(" ")));
        }
        out.join("\n")
    };
    let mut out = String::new();
    for (name, around, here, way) in [
        (new, "事業 4 \"人事", "人事", "incomingCalls"),
        (new, "指標 1 \"BPR", "BPR", "incomingCalls"),
        (new, "再掲 指標 No3 \"県", "県", "incomingCalls"),
        (old, "文書 資料2-1", "資料2-1", "incomingCalls"),
        (new, "文書 資料2-4", "資料2-4", "outgoingCalls"),
        (old, "文書 資料2-1", "資料2-1", "outgoingCalls"),
    ] {
        let _ = writeln!(out, "## {way}\n{}\n", calls(name, around, here, way));
    }
    insta::assert_snapshot!(out);
}
