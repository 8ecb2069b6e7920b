//! How long an editor waits for an answer after an edit, in a project of many programs.
//!
//! `cargo build --release && cargo run --release --example edit -- PROGRAMS [EDITS]` writes a corpus (as `--example corpus`
//! does), opens one of its files by the language server as an editor does, and times, over the wire and by the clock on the
//! wall, from each edit to the findings of the edited file and to the answer of a request made right behind it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

struct Editor {
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Editor {
    fn send(&mut self, message: Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                assert!(self.output.read_line(&mut line).unwrap() > 0, "the server has gone");
                match line.trim().split_once(": ") {
                    Some((_, value)) => length = value.parse().unwrap(),
                    None => break,
                }
            }
            let mut body = vec![0; length];
            self.output.read_exact(&mut body).unwrap();
            let message: Value = serde_json::from_slice(&body).unwrap();
            if wanted(&message) {
                return message;
            }
        }
    }

    fn ask(&mut self, id: u64, method: &str, params: Value) -> Value {
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.wait(|m| m["id"] == id)
    }
}

fn told(times: &mut [Duration]) -> String {
    times.sort();
    let ms = |d: Duration| d.as_secs_f64() * 1000.0;
    format!("median {:.0} ms, longest {:.0} ms", ms(times[times.len() / 2]), ms(times[times.len() - 1]))
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |n: usize, usual: usize| arguments.get(n).map_or(usual, |a| a.parse().expect("a number"));
    let (programs, edits) = (number(0, 10_000), number(1, 20));
    let here = std::env::current_exe().unwrap();
    let folder = std::env::temp_dir().join(format!("totsugo-edit-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let made = Command::new(here.with_file_name("corpus")).arg(programs.to_string()).arg("--out").arg(&folder).output();
    assert!(made.expect("cargo build --release --examples").status.success());
    let program = here.parent().unwrap().parent().unwrap().join("totsugo");
    let mut child = Command::new(program)
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("cargo build --release");
    let mut editor =
        Editor { input: child.stdin.take().unwrap(), output: BufReader::new(child.stdout.take().unwrap()) };
    let uri = |path: &std::path::Path| format!("file://{}", path.display());
    let root = json!([{ "uri": uri(&folder), "name": "corpus" }]);
    let started = Instant::now();
    editor.ask(1, "initialize", json!({ "processId": null, "capabilities": {}, "workspaceFolders": root }));
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().flatten().map(|e| e.path()).collect();
    files.sort();
    let file = &files[files.len() / 2];
    let uri = uri(file);
    let text = std::fs::read_to_string(file).unwrap();
    // A figure of the file that the rules hold against others.
    let spoilt = text.replacen("達成率 |\n", "達成率 |\n  | Ⅰ-9 | 9事業 | 9事業 | 9事業 | 9% |\n", 1);
    assert_ne!(text, spoilt);
    assert!(programs >= 1_000, "a smaller corpus has no fault, and nothing would be heard of the whole");
    // The first findings of the whole: those of the last file with a fault.
    editor.wait(|m| m["method"] == "textDocument/publishDiagnostics");
    println!(
        "{programs} programs in {} files; first findings after {:.1} s",
        files.len(),
        started.elapsed().as_secs_f64()
    );
    let item = json!({ "uri": uri, "languageId": "totsugo-plan", "version": 0, "text": text });
    editor.tell("textDocument/didOpen", json!({ "textDocument": item }));
    let (mut findings, mut answers) = (Vec::new(), Vec::new());
    for version in 1..=edits {
        let now = if version % 2 == 1 { &spoilt } else { &text };
        let change = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [{ "text": now }] });
        let at = Instant::now();
        editor.tell("textDocument/didChange", change.clone());
        editor.wait(|m| {
            m["method"] == "textDocument/publishDiagnostics"
                && m["params"]["uri"] == uri.as_str()
                && m["params"]["version"] == version
        });
        findings.push(at.elapsed());
    }
    for version in edits + 1..=2 * edits {
        let now = if version % 2 == 1 { &spoilt } else { &text };
        let change = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [{ "text": now }] });
        let at = Instant::now();
        editor.tell("textDocument/didChange", change);
        let params = json!({ "textDocument": { "uri": uri } });
        editor.ask(1_000 + version as u64, "textDocument/documentSymbol", params);
        answers.push(at.elapsed());
    }
    println!("findings of the edited file: {}", told(&mut findings));
    println!("an answer right behind an edit: {}", told(&mut answers));
    let _ = child.kill();
    let _ = child.wait();
    let _ = std::fs::remove_dir_all(&folder);
}
