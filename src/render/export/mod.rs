//! Facts in other forms: a plan file, JSON, YAML, and a table in which each row is one thing (CSV, xlsx). What is
//! written here is read back as the same facts.
mod data;
mod plan;
mod table;

pub use data::{json, yaml};
pub use plan::plan;
pub use table::{csv, xlsx};

use crate::plan::Value;

/// A reference as one text: `No4`, `資料2-1:Ⅰ-2:"name"`, and nothing for a mark that names nothing.
fn reference(before: &[String], number: Option<i64>, name: Option<&str>) -> String {
    let last = number.map(|n| format!("No{n}")).or(name.map(quoted)).unwrap_or_default();
    before.iter().map(|b| format!("{b}:")).collect::<String>() + &last
}

/// A text in quotes, as plan files have it.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '＂' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            // A text stands on one line.
            '\r' => {}
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value as one text, as cells hold it: lists on several lines.
fn flat(value: &Value) -> String {
    match value {
        Value::One(text) => text.clone(),
        Value::List(items) => items.join("\n"),
        Value::Reference { before, number, name } => reference(before, *number, name.as_deref()),
    }
}
