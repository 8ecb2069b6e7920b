//! An editor that talks to the language server over the wire, as a user's editor does.
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// Nothing takes longer than this, even on a slow machine.
const LONGEST: Duration = Duration::from_secs(120);

/// A session with the server in a folder.
pub struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    heard: Receiver<Value>,
    /// What came while something else was waited for.
    kept: Vec<Value>,
    folder: PathBuf,
    next: i64,
}

impl Editor {
    /// Starts the server and introduces the editor.
    pub fn new(folder: &Path) -> Self {
        Self::with(folder, json!({ "locale": "ja" }))
    }

    /// As [`Self::new`], with more to say about the editor.
    pub fn with(folder: &Path, more: Value) -> Self {
        let mut editor = Self::silent(folder);
        let mut params = json!({
            "processId": null,
            "capabilities": {},
            "workspaceFolders": [{ "uri": editor.uri(""), "name": "計画" }],
        });
        for (key, value) in more.as_object().unwrap() {
            params[key] = value.clone();
        }
        let answer = editor.ask("initialize", params);
        assert_eq!(answer["serverInfo"]["name"], "totsugo", "{answer}");
        editor.tell("initialized", json!({}));
        editor
    }

    /// Starts the server and says nothing.
    pub fn silent(folder: &Path) -> Self {
        let folder = folder.canonicalize().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_totsugo"))
            .arg("lsp")
            .current_dir(&folder)
            .env_remove("TOTSUGO_LANG")
            .env_remove("TOTSUGO_TODAY")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (told, heard) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if told.send(message).is_err() {
                    return;
                }
            }
        });
        Self { child, input, heard, kept: Vec::new(), folder, next: 0 }
    }

    /// The URI of a file in the folder, as editors write it.
    pub fn uri(&self, name: &str) -> String {
        let path = if name.is_empty() { self.folder.clone() } else { self.folder.join(name) };
        let mut out = "file://".to_owned();
        for byte in path.to_str().unwrap().bytes() {
            match byte {
                b'/' | b'.' | b'-' | b'_' => out.push(char::from(byte)),
                b if b.is_ascii_alphanumeric() => out.push(char::from(b)),
                b => out.push_str(&format!("%{b:02X}")),
            }
        }
        out
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Sends a notification.
    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and gives its number.
    pub fn start(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        self.next
    }

    /// The next message that is wanted; others are kept.
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at);
        }
        loop {
            let message =
                self.heard.recv_timeout(LONGEST).unwrap_or_else(|e| panic!("{what}: {e}; {} kept", self.kept.len()));
            if wanted(&message) {
                return message;
            }
            self.kept.push(message);
        }
    }

    /// The whole answer to a request.
    pub fn answer(&mut self, id: i64) -> Value {
        self.wait("an answer", |m| m["id"] == id && m.get("method").is_none())
    }

    /// Asks, and gives the result.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.start(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Opens a file of the folder with a text.
    pub fn open(&mut self, name: &str, text: &str) {
        let language = if name.ends_with(".rules") { "totsugo-rules" } else { "totsugo-plan" };
        let item = json!({ "uri": self.uri(name), "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// Opens a file as it lies on the disk, and gives its text.
    pub fn open_file(&mut self, name: &str) -> String {
        let text = std::fs::read_to_string(self.folder.join(name)).unwrap();
        self.open(name, &text);
        text
    }

    /// Gives a file another text.
    pub fn change(&mut self, name: &str, version: i64, text: &str) {
        let document = json!({ "uri": self.uri(name), "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [{ "text": text }] }));
    }

    /// The diagnostics that are told next of a file.
    pub fn diagnostics(&mut self, name: &str) -> Vec<Value> {
        let uri = self.uri(name);
        let told = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri.as_str();
        let message = self.wait("diagnostics", told);
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// The diagnostics of a file, once they are as they should be.
    pub fn diagnostics_until(&mut self, name: &str, right: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        loop {
            let told = self.diagnostics(name);
            if right(&told) {
                return told;
            }
        }
    }

    /// Ends the session in order; gives the exit code.
    pub fn end(mut self) -> i32 {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().unwrap().code().unwrap()
    }

    /// Closes the wire without a word; gives the exit code.
    pub fn hang_up(mut self) -> i32 {
        drop(self.input.take());
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Line and UTF-16 column of a byte.
pub fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    json!({ "line": line, "character": before[start..].encode_utf16().count() })
}

/// The text under a range.
pub fn under<'t>(text: &'t str, range: &Value) -> &'t str {
    let offset = |p: &Value| {
        let (line, mut units) = (p["line"].as_u64().unwrap(), p["character"].as_u64().unwrap() as usize);
        let start = text.split_inclusive('\n').take(line as usize).map(str::len).sum::<usize>();
        let mut at = start;
        for c in text[start..].chars() {
            if units == 0 {
                break;
            }
            units -= c.len_utf16();
            at += c.len_utf8();
        }
        at
    };
    &text[offset(&range["start"])..offset(&range["end"])]
}

/// The edits of a workspace edit for a file, applied to its text.
pub fn applied(text: &str, edits: &Value) -> String {
    let mut all: Vec<(usize, usize, String)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|e| {
            let before = under(text, &json!({ "start": { "line": 0, "character": 0 }, "end": e["range"]["start"] }));
            let start = before.len();
            (start, start + under(text, &e["range"]).len(), e["newText"].as_str().unwrap().to_owned())
        })
        .collect();
    all.sort();
    let mut out = text.to_owned();
    for (start, end, new) in all.into_iter().rev() {
        out.replace_range(start..end, &new);
    }
    out
}

/// What can be done about a piece of a file.
pub fn actions(editor: &mut Editor, name: &str, text: &str, at: &str) -> Vec<Value> {
    let start = text.find(at).unwrap();
    let range = json!({ "start": position(text, start), "end": position(text, start + at.len()) });
    let uri = editor.uri(name);
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
    editor.ask("textDocument/codeAction", params).as_array().unwrap().clone()
}

/// The titles of actions.
pub fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|a| a["title"].as_str().unwrap()).collect()
}

fn read(from: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some((_, value)) => length = value.parse().ok()?,
            None => break,
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
