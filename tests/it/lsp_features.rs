//! `totsugo lsp`: what an editor shows and offers beside findings.
use serde_json::{Value, json};

use crate::editor::{Editor, actions, applied, position, titles, under};
use crate::run::{folder, home};

fn document(editor: &Editor, name: &str) -> Value {
    json!({ "textDocument": { "uri": editor.uri(name) } })
}

fn real(name: &str) -> String {
    std::fs::read_to_string(home().join("specs").join(name)).unwrap()
}

/// The outline as indented lines: what is selected, and whether it lies within what it belongs to.
fn outline(text: &str, symbols: &Value, depth: usize, out: &mut String) {
    for symbol in symbols.as_array().unwrap() {
        let whole = under(text, &symbol["range"]);
        assert!(whole.contains(under(text, &symbol["selectionRange"])), "{symbol}");
        out.push_str(&format!("{}{} [{}]\n", "  ".repeat(depth), symbol["name"].as_str().unwrap(), symbol["kind"]));
        if let Some(children) = symbol.get("children") {
            outline(text, children, depth + 1, out);
        }
    }
}

#[test]
fn a_real_document_has_an_outline() {
    let text = real("資料2-4.plan");
    let folder = folder(&[("資料2-4.plan", text.as_bytes())]);
    let mut editor = Editor::new(folder.path());
    let symbols = editor.ask("textDocument/documentSymbol", document(&editor, "資料2-4.plan"));
    let mut told = String::new();
    outline(&text, &symbols, 0, &mut told);
    insta::assert_snapshot!(told.lines().take(24).collect::<Vec<_>>().join("\n"));
    assert_eq!(told.lines().filter(|l| l.trim_start().starts_with("再掲 事業")).count(), 13);
}

#[test]
fn rules_have_an_outline_and_names_are_found_all_over() {
    let rule = "規則 甲 own-rule {\n  重大度 誤り\n  対象 行 ∈ 集計行\n  率 := 行.達成\n  検査 率 > 0\n  指摘 行.達成 \"x\"\n}\n表 備品 = asset {\n  見出し 名称 = name : 文字列\n}\n";
    let folder = folder(&[("a.rules", rule.as_bytes()), ("資料2-1.plan", real("資料2-1.plan").as_bytes())]);
    let mut editor = Editor::new(folder.path());
    let symbols = editor.ask("textDocument/documentSymbol", document(&editor, "a.rules"));
    let mut told = String::new();
    outline(rule, &symbols, 0, &mut told);
    assert_eq!(told, "甲 (own-rule) [12]\n  行 [13]\n  率 [13]\n備品 [5]\n  名称 [8]\n");
    editor.diagnostics_until("資料2-1.plan", |d| !d.is_empty());
    let found = editor.ask("workspace/symbol", json!({ "query": "防災啓発" }));
    let found = found.as_array().unwrap();
    assert_eq!(found[0]["name"], "指標 防災啓発実施者数");
    assert_eq!(found[0]["containerName"], "資料2-1");
    assert_eq!(under(&real("資料2-1.plan"), &found[0]["location"]["range"]), "\"防災啓発実施者数\"");
    let found = editor.ask("workspace/symbol", json!({ "query": "OWN-rule" }));
    assert_eq!(found[0]["name"], "甲 (own-rule)");
}

#[test]
fn blocks_and_comments_fold() {
    let text = "# 一\n# 二\n事業 1 \"a\" {  # 三\n  指標 \"b\" {\n    目標 R4: 1件\n  }\n}\n";
    let folder = folder(&[("a.plan", text.as_bytes())]);
    let mut editor = Editor::new(folder.path());
    let folds = editor.ask("textDocument/foldingRange", document(&editor, "a.plan"));
    let told: Vec<(u64, u64)> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["startLine"].as_u64().unwrap(), f["endLine"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, [(0, 1), (2, 5), (3, 4)]);
}

/// The words of real files by what they are: each token read back from its UTF-16 place.
#[test]
fn words_are_coloured_by_what_they_are() {
    let rules = std::fs::read_to_string(home().join("rules/status.rules")).unwrap();
    let plan = real("資料2-1.plan") + "\n事業 1 \"𠮷野\" { 目標 R4: 1件 } # 𠮷\n";
    let folder = folder(&[("a.plan", plan.as_bytes()), ("b.rules", rules.as_bytes())]);
    let mut editor = Editor::new(folder.path());
    let types = ["keyword", "property", "enumMember", "number", "string", "type", "operator", "variable", "comment"];
    for (name, text) in [("a.plan", &plan), ("b.rules", &rules)] {
        let answer = editor.ask("textDocument/semanticTokens/full", document(&editor, name));
        let data: Vec<u64> = answer["data"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
        let (mut line, mut column) = (0, 0);
        let mut seen = Vec::new();
        for token in data.chunks(5) {
            column = if token[0] == 0 { column + token[1] } else { token[1] };
            line += token[0];
            let range = json!({ "start": { "line": line, "character": column }, "end": { "line": line, "character": column + token[2] } });
            seen.push((types[token[3] as usize], under(text, &range)));
        }
        let has = |kind: &str, word: &str| assert!(seen.contains(&(kind, word)), "{name}: {kind} {word}");
        if name == "a.plan" {
            for (kind, word) in [
                ("keyword", "指標"),
                ("enumMember", "R4"),
                ("number", "10,000人"),
                ("property", "項番"),
                ("string", "\"防災啓発実施者数\""),
                ("string", "\"𠮷野\""),
                ("comment", "# 頁2"),
                ("comment", "# 𠮷"),
                ("property", "変更前"),
            ] {
                has(kind, word);
            }
        } else {
            for (kind, word) in
                [("keyword", "規則"), ("keyword", "∈"), ("variable", "目"), ("property", "年度"), ("operator", "=")]
            {
                has(kind, word);
            }
        }
    }
}

#[test]
fn what_a_rule_computes_stands_beside_what_is_printed() {
    let text = "集計 \"a\" R4 {\n  | 項番 | KPI設定 | 達成  | 達成率 |\n  | 1    | 12事業  | 7事業 | 59%    |\n  | 2    | 12事業  | 7事業 | 58%    |\n}\n";
    let folder = folder(&[("a.plan", text.as_bytes())]);
    let mut editor = Editor::new(folder.path());
    let mut params = document(&editor, "a.plan");
    params["range"] = json!({ "start": position(text, 0), "end": position(text, text.len()) });
    let hints = editor.ask("textDocument/inlayHint", params);
    let told: Vec<(&str, Value)> =
        hints.as_array().unwrap().iter().map(|h| (h["label"].as_str().unwrap(), h["position"].clone())).collect();
    let behind = |printed: &str| position(text, text.find(printed).unwrap() + printed.len());
    assert_eq!(told, [("≠ 58%", behind("59%")), ("= 58%", behind("58%"))]);
    assert!(hints[0]["tooltip"].as_str().unwrap().contains("58%"));
}

#[test]
fn a_finding_offers_its_fix_and_its_acceptance() {
    let text = "集計 \"a\" R4 {\n  | 項番 | KPI設定 | 達成  | 達成率 |\n  | 1    | 12事業  | 7事業 | 59%    |\n}\n";
    let folder = folder(&[("a.plan", text.as_bytes())]);
    let mut editor = Editor::new(folder.path());
    editor.open_file("a.plan");
    let offered = actions(&mut editor, "a.plan", text, "59%");
    assert_eq!(
        titles(&offered),
        ["「59%」を「58%」に直す（元の資料で確かめてください）", "この指摘「達成率検算」を理由を書いて許容する"]
    );
    let uri = editor.uri("a.plan");
    let fixed = applied(text, &offered[0]["edit"]["changes"][&uri]);
    editor.change("a.plan", 2, &fixed);
    editor.diagnostics_until("a.plan", <[Value]>::is_empty);
    editor.change("a.plan", 3, text);
    editor.diagnostics_until("a.plan", |d| !d.is_empty());
    // Without a reason the comment is told of; with one, nothing is left to say.
    let accepted = applied(text, &offered[1]["edit"]["changes"][&uri]);
    assert!(accepted.contains("\n  # 許容 達成率検算: \n  | 1 "), "{accepted}");
    editor.change("a.plan", 4, &accepted);
    let told = editor.diagnostics_until("a.plan", |d| d.iter().any(|d| d["code"] == "suppression-reason"));
    assert!(told.iter().any(|d| d["code"] == "achievement-rate"));
    editor.change("a.plan", 5, &accepted.replace("検算: ", "検算: 印刷のまま"));
    editor.diagnostics_until("a.plan", <[Value]>::is_empty);
}

/// All fixes that need no look, at once, as the command line makes them.
#[test]
fn safe_fixes_can_be_made_at_once() {
    let plain = "指標 \"ＡＩ・RPAの活用数\" { 目標 R6: 8 }\n指標 \"ﾃﾚﾜｰｸ実施率\" { 目標 R6: 30% }\n";
    let folder = folder(&[("a.plan", plain.as_bytes())]);
    let settings = "min-severity: 情報\n";
    std::fs::write(folder.path().join("totsugo.yaml"), settings).unwrap();
    let mut editor = Editor::new(folder.path());
    let uri = editor.uri("a.plan");
    let params = json!({ "textDocument": { "uri": uri }, "range": { "start": position(plain, 0), "end": position(plain, 0) },
        "context": { "diagnostics": [], "only": ["source.fixAll"] } });
    let offered = editor.ask("textDocument/codeAction", params);
    assert_eq!(offered.as_array().unwrap().len(), 1, "{offered}");
    let fixed = applied(plain, &offered[0]["edit"]["changes"][&uri]);
    let ran = crate::run::totsugo(folder.path(), &["check", "--fix"], &[]);
    assert_eq!(fixed, std::fs::read_to_string(folder.path().join("a.plan")).unwrap(), "{}{}", ran.out, ran.err);
}

#[test]
fn two_names_can_be_said_to_be_one_indicator() {
    let first = "文書 甲 { 年度 R4 }\n指標 \"市民講座の受講者数\" { 目標 R5: 100人 }\n";
    let second = "文書 乙 { 年度 R5; 前版 甲 }\n指標 \"市民講座の受講者数の合計\" { 目標 R5: 100人 }\n";
    let rule = "規則 似た名 alike {\n  重大度 警告\n  対象 後 ∈ 指標, 前 ∈ 指標\n  前提 後.文書.年度 = 前.文書.年度 + 1, 後.群 ≠ 前.群\n  検査 類似度(後.名称, 前.名称) < 0.5\n  指摘 後.名称 \"似ています\"\n  参考 前.名称 \"前\"\n}\n";
    let folder = folder(&[("甲.plan", first.as_bytes()), ("乙.plan", second.as_bytes()), ("a.rules", rule.as_bytes())]);
    let mut editor = Editor::new(folder.path());
    editor.open_file("乙.plan");
    editor.diagnostics_until("乙.plan", |d| d.iter().any(|d| d["code"] == "alike"));
    let offered = actions(&mut editor, "乙.plan", second, "市民講座");
    let title = "「市民講座の受講者数の合計」と「市民講座の受講者数」を同じ指標とする";
    let same = offered.iter().find(|a| a["title"] == title).unwrap_or_else(|| panic!("{:?}", titles(&offered)));
    let said = applied(second, &same["edit"]["changes"][&editor.uri("乙.plan")]);
    assert!(said.ends_with("同一 乙:\"市民講座の受講者数の合計\" = 甲:\"市民講座の受講者数\"\n"), "{said}");
    editor.change("乙.plan", 2, &said);
    editor.diagnostics_until("乙.plan", |d| !d.iter().any(|d| d["code"] == "alike"));
}

#[test]
fn a_file_is_laid_out_and_one_with_faults_is_left() {
    let text = "事業 1 \"a\" {\n  担当 \"b\"\n}\n集計 \"𠮷\" R4 {\n|項番|達成|\n|Ⅰ|7事業|\n}\n# 終わり";
    let folder = folder(&[("a.plan", text.as_bytes())]);
    let mut editor = Editor::new(folder.path());
    editor.open_file("a.plan");
    let params =
        json!({ "textDocument": { "uri": editor.uri("a.plan") }, "options": { "tabSize": 8, "insertSpaces": false } });
    let edits = editor.ask("textDocument/formatting", params.clone());
    let laid_out = applied(text, &edits);
    let ran = crate::run::totsugo(folder.path(), &["fmt"], &[]);
    assert_eq!(ran.status, 0);
    assert_eq!(laid_out, std::fs::read_to_string(folder.path().join("a.plan")).unwrap());
    assert_eq!(under(text, &edits[0]["range"]).lines().next(), Some("|項番|達成|"), "lines in order are not sent");
    editor.change("a.plan", 2, &laid_out);
    assert_eq!(editor.ask("textDocument/formatting", params.clone()), json!([]));
    editor.change("a.plan", 3, "事業 1 \"a\" {");
    assert_eq!(editor.ask("textDocument/formatting", params), Value::Null);
}

/// A request that was cancelled before its turn is answered so, and the next one as ever.
#[test]
fn a_cancelled_request_is_answered_so() {
    let text = real("資料2-4.plan");
    let folder = folder(&[("a.plan", text.as_bytes())]);
    let mut editor = Editor::new(folder.path());
    editor.open_file("a.plan");
    // The cancellations come before their requests: then no race decides.
    editor.tell("$/cancelRequest", json!({ "id": 2 }));
    editor.tell("$/cancelRequest", json!({ "id": {} }));
    let params = document(&editor, "a.plan");
    let id = editor.start("textDocument/documentSymbol", params.clone());
    assert_eq!((id, editor.answer(id)["error"]["code"].clone()), (2, json!(-32800)));
    assert!(editor.ask("textDocument/documentSymbol", params).is_array());
}

/// A request that reads a whole project stops when nobody waits for its answer, and the session goes on.
#[test]
fn a_long_request_stops_when_it_is_cancelled() {
    let program = |n: usize| {
        format!("事業 {n} \"事業{n}\" {{ 指標 {n} \"指標{n}\" {{ 目標 R5: 10件, R6: 20件; 実績 R5: 9件 }} }}\n")
    };
    let all: String = (1..400).map(program).collect();
    let files: Vec<(String, String)> =
        (0..60).map(|n| (format!("{n}.plan"), format!("文書 資料{n} {{ 年度 R5 }}\n{all}"))).collect();
    let named: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let folder = folder(&named);
    let mut editor = Editor::new(folder.path());
    let text = editor.open_file("7.plan");
    let at = position(&text, text.find("事業1\"").unwrap());
    let mut params = document(&editor, "7.plan");
    params["position"] = at;
    params["context"] = json!({ "includeDeclaration": true });
    let id = editor.start("textDocument/references", params);
    editor.tell("$/cancelRequest", json!({ "id": id }));
    assert_eq!(editor.answer(id)["error"]["code"], -32800);
    assert!(editor.ask("textDocument/foldingRange", document(&editor, "7.plan")).is_array());
}
