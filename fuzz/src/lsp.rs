//! An editing session: lines that say what the editor asks where, `---`, and the text that it has open.
use super::editor::converse;
use super::{halves, text};
use serde_json::{Value, json};

/// What can be asked at a place of a text, each by the word that stands for it in an input.
const ASKED: [(&str, &str); 14] = [
    ("action", "textDocument/codeAction"),
    ("outline", "textDocument/documentSymbol"),
    ("fold", "textDocument/foldingRange"),
    ("tokens", "textDocument/semanticTokens/full"),
    ("hint", "textDocument/inlayHint"),
    ("complete", "textDocument/completion"),
    ("signature", "textDocument/signatureHelp"),
    ("format", "textDocument/formatting"),
    ("hover", "textDocument/hover"),
    ("definition", "textDocument/definition"),
    ("references", "textDocument/references"),
    ("highlight", "textDocument/documentHighlight"),
    ("prepare", "textDocument/prepareRename"),
    ("rename", "textDocument/rename"),
];

/// More of what is asked says nothing new, and takes its time.
const MOST: usize = 24;

/// A message for a line: a word, a line and a column, and for some a text or a second place.
fn message(line: &str, uri: &str, id: usize) -> Option<Value> {
    let mut words = line.split(' ');
    let word = words.next()?;
    let mut number = || words.next().and_then(|w| w.parse::<u32>().ok()).unwrap_or(0);
    let place = json!({ "line": number(), "character": number() });
    let said = line.split(' ').skip(3).collect::<Vec<_>>().join(" ");
    if word == "edit" {
        let end = json!({ "line": number(), "character": number() });
        let text = line.split(' ').skip(5).collect::<Vec<_>>().join(" ").replace("\\n", "\n");
        let change = json!({ "range": { "start": place, "end": end }, "text": text });
        let params = json!({ "textDocument": { "uri": uri, "version": id }, "contentChanges": [change] });
        return Some(json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params }));
    }
    if word == "symbol" {
        let params = json!({ "query": said });
        return Some(json!({ "jsonrpc": "2.0", "id": id, "method": "workspace/symbol", "params": params }));
    }
    let (_, method) = ASKED.iter().find(|(w, _)| *w == word)?;
    let params = json!({
        "textDocument": { "uri": uri },
        "position": place,
        "range": { "start": { "line": 0, "character": 0 }, "end": place },
        "context": { "diagnostics": [], "includeDeclaration": true, "triggerKind": 1 },
        "options": { "tabSize": 2, "insertSpaces": true },
        "newName": said,
    });
    Some(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
}

pub fn run(bytes: &[u8]) {
    let input = text(bytes);
    let (asked, text) = halves(&input);
    let mut asked = asked.lines();
    let name = match asked.next() {
        Some("rules") => "a.rules",
        Some("settings") => "totsugo.yaml",
        Some("mapping") => "a.mapping.yaml",
        Some("data") => "a.plan.yaml",
        Some("csv") => "a.csv",
        _ => "a.plan",
    };
    let uri = format!("{{root}}/{name}");
    let opened = json!({ "uri": uri, "languageId": "plan", "version": 0, "text": text });
    let open = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": opened } });
    // A question at the end has the last edit checked.
    let asked = asked.take(MOST).chain(["outline 0 0"]).enumerate();
    let messages = asked.filter_map(|(n, line)| message(line, &uri, n + 1));
    converse(std::iter::once(open).chain(messages).map(|m| m.to_string()));
}
