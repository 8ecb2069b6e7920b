//! A corpus of flat tables for the ten checks of `benches/ten/`, with its answers.
//!
//! `cargo run --release --example ten -- ROWS --out DIR [--xlsx|--plan] [--seed N]` writes `detail` and `summary` as CSV or
//! as workbooks, or plan files of thirty documents each; the rules, the mappings that are needed, and `answers.json`:
//! check, document and row. The same arguments give the same bytes. `--verify DIR` compares the findings (JSON) on the
//! standard input with the answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
pub mod generate;
pub mod write;

use std::path::Path;

use generate::{Size, documents};

/// The files of `benches/ten/`: the rules, and how the sheets are read.
pub const RULES: (&str, &str) = ("ten.rules", include_str!("../../benches/ten/ten.rules"));
const MAPPINGS: [(&str, &str); 2] = [
    ("ten.mapping.yaml", include_str!("../../benches/ten/ten.mapping.yaml")),
    ("ten-summary.mapping.yaml", include_str!("../../benches/ten/ten-summary.mapping.yaml")),
];
/// The last row of a sheet in Excel is 1,048,576; a workbook is made in memory, so it ends well before.
const LARGEST_WORKBOOK: usize = 100_000;
const USAGE: &str = "usage: ten ROWS --out DIR [--xlsx|--plan] [--seed N], or: ten --verify DIR < findings.json";

/// What the corpus is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Csv,
    Xlsx,
    Plan,
}

/// A finding: the check, the document and the row of its list or summary.
pub type Answer = (String, String, usize);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (mut rows, mut out, mut form, mut seed) = (None, None, Form::Csv, 1);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--verify" => return verify(Path::new(rest.next().expect(USAGE))),
            "--out" => out = rest.next(),
            "--seed" => seed = rest.next().and_then(|n| n.parse().ok()).expect(USAGE),
            "--xlsx" => form = Form::Xlsx,
            "--plan" => form = Form::Plan,
            number => rows = Some(number.parse().expect(USAGE)),
        }
    }
    let (Some(rows), Some(out)) = (rows, out) else { panic!("{USAGE}") };
    let answers = corpus(rows, Path::new(out), form, seed);
    println!("{rows} rows, {} faults", answers.len());
}

/// Writes a corpus; the answers.
pub fn corpus(rows: usize, folder: &Path, form: Form, seed: u64) -> Vec<Answer> {
    assert!(form != Form::Xlsx || rows <= LARGEST_WORKBOOK, "a workbook has at most {LARGEST_WORKBOOK} rows here");
    std::fs::create_dir_all(folder).expect("the folder can be made");
    let mut answers: Vec<Answer> = Vec::new();
    let mut told = documents(Size::of(rows), seed).inspect(|document| {
        answers.extend(document.faults.iter().map(|(check, row)| (format!("C{check}"), document.code.clone(), *row)));
    });
    let file = |name: &str| std::io::BufWriter::new(std::fs::File::create(folder.join(name)).expect("a file"));
    match form {
        Form::Csv => write::csv(&mut file("detail.csv"), &mut file("summary.csv"), &mut told),
        Form::Xlsx => write::workbooks(folder, &mut told),
        Form::Plan => write::plans(folder, &mut told),
    }
    drop(told);
    answers.sort();
    let lines: Vec<String> = answers.iter().map(|(c, d, row)| format!("[\"{c}\", \"{d}\", {row}]")).collect();
    let mappings = MAPPINGS.iter().filter(|_| form != Form::Plan);
    for (name, text) in mappings.chain([&RULES, &("answers.json", &format!("[\n{}\n]\n", lines.join(",\n")))]) {
        std::fs::write(folder.join(name), text).expect("a file can be written");
    }
    answers
}

/// The findings of a report in JSON as answers.
pub fn findings(report: &serde_json::Value) -> Vec<Answer> {
    let answer = |finding: &serde_json::Value| {
        let rule = finding["rule"].as_str().expect("a rule").to_uppercase();
        let message = finding["message"].as_str().expect("a message");
        let (document, row) = message.split_once(' ').unwrap_or((message, ""));
        (rule, document.to_owned(), row.parse().unwrap_or_default())
    };
    let mut out: Vec<Answer> = report["findings"].as_array().expect("findings").iter().map(answer).collect();
    out.sort();
    out
}

/// Demands exactly the answers: nothing more, nothing less, nothing twice.
fn verify(folder: &Path) {
    let found = findings(&serde_json::from_reader(std::io::stdin().lock()).expect("findings as JSON"));
    let answers = std::fs::File::open(folder.join("answers.json")).expect("the answers are there");
    let wanted: Vec<Answer> = serde_json::from_reader(answers).expect("answers as JSON");
    assert_eq!(found, wanted, "exactly the injected faults are found");
    println!("{} injected faults found, nothing else", wanted.len());
}
