//! `totsugo lsp`: sessions as editors hold them.
use serde_json::{Value, json};

use crate::editor::{Editor, position, under};
use crate::run::{folder, home};

const PLAN: &str = "文書 資料1 { 年度 R4 }\n集計 \"𠮷野町\" R4 {\n  | 項番 | KPI設定 | 達成  | 達成率 |\n  | 1    | 12事業  | 7事業 | 59%    |\n}\n";

fn codes(diagnostics: &[Value]) -> Vec<String> {
    diagnostics.iter().map(|d| d["code"].as_str().unwrap_or("").to_owned()).collect()
}

fn specs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(home().join("specs")).unwrap().flatten() {
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    folder
}

#[test]
fn findings_come_and_go_while_a_person_types() {
    let folder = folder(&[("計画.plan", PLAN.as_bytes())]);
    let mut editor = Editor::new(folder.path());
    let text = editor.open_file("計画.plan");
    let told = editor.diagnostics_until("計画.plan", |d| !d.is_empty());
    assert_eq!(codes(&told), ["achievement-rate"]);
    assert_eq!(under(&text, &told[0]["range"]), "59%");
    assert!(told[0]["message"].as_str().unwrap().contains("直し方: "), "{}", told[0]["message"]);
    let related = told[0]["relatedInformation"].as_array().unwrap();
    assert_eq!(related.iter().map(|r| under(&text, &r["location"]["range"])).collect::<Vec<_>>(), ["7事業", "12事業"]);
    editor.change("計画.plan", 2, &PLAN.replace("59%", "58%"));
    assert!(editor.diagnostics_until("計画.plan", <[Value]>::is_empty).is_empty());
    // Changes in the middle, the second in the text that the first has made; behind a character of two UTF-16 units.
    let now = PLAN.replace("59%", "58%");
    let range = |text: &str, from: &str| {
        let at = text.find(from).unwrap();
        json!({ "start": position(text, at), "end": position(text, at + from.len()) })
    };
    let first = json!({ "range": range(&now, "町\" R4"), "text": "\" R5" });
    let second = json!({ "range": range(&now, "58%"), "text": "60%" });
    let document = json!({ "uri": editor.uri("計画.plan"), "version": 3 });
    editor.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [first, second] }));
    let told = editor.diagnostics_until("計画.plan", |d| codes(d).contains(&"achievement-rate".to_owned()));
    assert!(told.iter().any(|d| d["message"].as_str().unwrap().contains("60%")), "{told:?}");
    assert_eq!(editor.end(), 0);
}

/// What an editor shows of the real documents is what the command line finds.
#[test]
fn the_real_documents_have_the_findings_of_a_check() {
    let folder = specs();
    let mut editor = Editor::new(folder.path());
    let json = crate::run::totsugo(folder.path(), &["check", "--format", "json"], &[]);
    let found: Value = serde_json::from_str(&json.out).unwrap();
    let of = |name: &str| {
        let all = found["findings"].as_array().unwrap().iter().filter(|f| f["location"]["path"] == name);
        all.map(|f| f["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for name in ["資料2-1.plan", "tokushima-dx.plan"] {
        assert!(!of(name).is_empty());
        let told = editor.diagnostics_until(name, |d| d.len() == of(name).len());
        assert_eq!(codes(&told), of(name));
    }
    // An edit of one document changes what is said in another.
    let text = editor.open_file("資料3-1.plan").replace("目標 R7: 8,000人", "目標 R7: 80,000人");
    assert!(text.contains("80,000人"));
    editor.change("資料3-1.plan", 2, &text);
    let gone = |d: &[Value]| !d.iter().any(|d| d["message"].as_str().unwrap().contains("最終目標 8,000人"));
    editor.diagnostics_until("資料2-1.plan", gone);
}

#[test]
fn rules_settings_and_mappings_are_checked_too() {
    let rule = "規則 甲 own-rule {\n  重大度 誤り\n  対象 行 ∈ 集計業\n  検査 行.達成 > 0\n  指摘 行.達成 \"x\"\n}\n";
    let folder = folder(&[
        ("a.plan", PLAN.as_bytes()),
        ("a.rules", rule.as_bytes()),
        ("totsugo.yaml", b"min-severity: \xe8\xaa\xa4\xe3\x82\x8a\n"),
        ("b.mapping.yaml", b"sheets: 3\n"),
        ("b.csv", b"a,b\n"),
    ]);
    let mut editor = Editor::new(folder.path());
    let told = editor.diagnostics_until("a.rules", |d| !d.is_empty());
    assert_eq!(under(rule, &told[0]["range"]), "集計業");
    assert!(!editor.diagnostics_until("b.mapping.yaml", |d| !d.is_empty()).is_empty());
    editor.open("a.rules", &rule.replace("集計業", "集計行"));
    editor.diagnostics_until("a.rules", <[Value]>::is_empty);
    editor.open("totsugo.yaml", "ignore: [no-such-rule]\n");
    let told = editor.diagnostics_until("totsugo.yaml", |d| !d.is_empty());
    assert_eq!(codes(&told), ["config-unknown-rule"]);
    editor.change("totsugo.yaml", 2, "ignore: [achievement-rate]\n");
    editor.diagnostics_until("totsugo.yaml", <[Value]>::is_empty);
}

#[test]
fn files_that_come_and_go_on_the_disk_are_seen() {
    let folder = folder(&[("a.plan", PLAN.as_bytes())]);
    let mut editor = Editor::with(
        folder.path(),
        json!({ "locale": "en", "capabilities": { "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } } }),
    );
    let asked = editor.wait("a registration", |m| m["method"] == "client/registerCapability");
    assert_eq!(asked["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    let told = editor.diagnostics_until("a.plan", |d| !d.is_empty());
    assert!(told[0]["message"].as_str().unwrap().contains("What to do: "), "{}", told[0]["message"]);
    std::fs::write(folder.path().join("b.plan"), PLAN.replace("資料1", "資料2")).unwrap();
    let created = json!({ "changes": [{ "uri": editor.uri("b.plan"), "type": 1 }] });
    editor.tell("workspace/didChangeWatchedFiles", created);
    editor.diagnostics_until("b.plan", |d| !d.is_empty());
    std::fs::remove_file(folder.path().join("b.plan")).unwrap();
    let deleted = json!({ "changes": [{ "uri": editor.uri("b.plan"), "type": 3 }] });
    editor.tell("workspace/didChangeWatchedFiles", deleted);
    editor.diagnostics_until("b.plan", <[Value]>::is_empty);
}

/// What a confused or hostile editor sends is answered as the protocol says, and the session goes on.
#[test]
fn a_confused_editor_is_answered() {
    let folder = folder(&[("a.plan", PLAN.as_bytes())]);
    let mut editor = Editor::silent(folder.path());
    let early = editor.start("textDocument/hover", json!({}));
    assert_eq!(editor.answer(early)["error"]["code"], -32002);
    let params = json!({ "processId": null, "capabilities": {}, "rootUri": editor.uri(""), "locale": "ja-JP" });
    editor.ask("initialize", params);
    editor.raw(b"Content-Length: 9\r\n\r\n{\"a\": \"\xe4\xba");
    editor.wait("a word about garbage", |m| m["method"] == "window/logMessage");
    editor.raw(b"content-length: 2\r\nContent-Type: x\r\n\r\n[]");
    editor.wait("a word about garbage", |m| m["method"] == "window/logMessage");
    let unknown = editor.start("textDocument/unheardOf", json!({}));
    assert_eq!(editor.answer(unknown)["error"]["code"], -32601);
    editor.change("nowhere.plan", 5, "x");
    editor.wait("a word about the change", |m| m["method"] == "window/logMessage");
    editor.open("a.plan", PLAN);
    editor.diagnostics_until("a.plan", |d| !d.is_empty());
    editor.change("a.plan", 9, &PLAN.replace("59%", "58%"));
    editor.diagnostics_until("a.plan", <[Value]>::is_empty);
    // An older version says nothing any more; a range beyond the text is its end.
    editor.change("a.plan", 3, "事業");
    editor.wait("a word about the change", |m| m["method"] == "window/logMessage");
    let far = json!({ "start": { "line": 4_000_000_000_u32, "character": 7 }, "end": { "line": 0, "character": 0 } });
    let document = json!({ "uri": editor.uri("a.plan"), "version": 10 });
    let change = json!({ "range": far, "text": "事業 1 \"a\n" });
    editor.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    let told = editor.diagnostics_until("a.plan", |d| !d.is_empty());
    assert!(codes(&told).contains(&"unclosed-text".to_owned()), "{told:?}");
    for uri in ["untitled:Untitled-1", "file:///%zz", "http://example.com/a.plan", ""] {
        let item = json!({ "uri": uri, "languageId": "totsugo-plan", "version": 1, "text": PLAN });
        editor.tell("textDocument/didOpen", json!({ "textDocument": item }));
        editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    let late = editor.start("textDocument/hover", json!({}));
    assert_eq!(editor.answer(late)["error"]["code"], -32600);
    assert_eq!(editor.hang_up(), 1);
}

/// Many small changes, in the middle of lines and across them, leave the server with the text that the editor has.
#[test]
fn a_long_session_of_edits_ends_with_the_findings_of_its_text() {
    let folder = specs();
    let mut editor = Editor::new(folder.path());
    let name = "資料2-1.plan";
    let mut text = editor.open_file(name);
    let mut random = 7_u64;
    let mut below = |n: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % n
    };
    let pieces = ["", "5", "\n", "\r\n", "𠮷", "　", "\"", "}", "{", "%", "# 注\n", "指標 \"追加\" { 目標 R6: 3件 }\n"];
    for version in 2..80 {
        let mut ends: Vec<usize> = (0..2).map(|_| below(text.len())).collect();
        ends.sort_unstable();
        // Mostly short pieces, or nothing would be left in the end.
        let start = ends[0];
        let mut end = ends[1].min(start + below(12));
        let start = (0..=start).rev().find(|n| text.is_char_boundary(*n)).unwrap();
        end = (end..=text.len()).find(|n| text.is_char_boundary(*n)).unwrap();
        let new = pieces[below(pieces.len())];
        let range = json!({ "start": position(&text, start), "end": position(&text, end) });
        let document = json!({ "uri": editor.uri(name), "version": version });
        let change = json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": new }] });
        editor.tell("textDocument/didChange", change);
        text.replace_range(start..end, new);
    }
    std::fs::write(folder.path().join(name), &text).unwrap();
    let json = crate::run::totsugo(folder.path(), &["check", "--format", "json"], &[]);
    let found: Value = serde_json::from_str(&json.out).unwrap();
    let all = found["findings"].as_array().unwrap().iter().filter(|f| f["location"]["path"] == name);
    let wanted: Vec<String> = all.map(|f| f["rule"].as_str().unwrap().to_owned()).collect();
    assert!(wanted.len() > 20, "{wanted:?}");
    editor.diagnostics_until(name, |d| codes(d) == wanted);
}

/// A file that was never saved counts while it is open, and what was not saved is forgotten when it is closed.
#[test]
fn what_is_open_counts_and_what_is_closed_does_not() {
    let folder = folder(&[("a.plan", PLAN.replace("59%", "58%").as_bytes())]);
    let mut editor = Editor::new(folder.path());
    editor.open("下書き.plan", &PLAN.replace("資料1", "資料2"));
    editor.diagnostics_until("下書き.plan", |d| !d.is_empty());
    editor.open("a.plan", PLAN);
    editor.diagnostics_until("a.plan", |d| !d.is_empty());
    for name in ["下書き.plan", "a.plan"] {
        let document = json!({ "textDocument": { "uri": editor.uri(name) } });
        editor.tell("textDocument/didClose", document);
        editor.diagnostics_until(name, <[Value]>::is_empty);
    }
    assert_eq!(editor.end(), 0);
}
