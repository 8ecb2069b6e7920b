//! Where a field stands: `事業名`, `{letter: C}`, `{value: R4}`, `{cell: B1}`, and what is done with the text.
use regex::{Regex, RegexBuilder};

use super::{From, Place};
use crate::syntax::yaml::{Node, Reader, Said, Value, seen};
use crate::text::{Fault, Span, cell_number, column_number};

/// The keys of a place.
const KEYS: [&str; 12] =
    ["column", "columns", "letter", "value", "cell", "match", "remove", "split", "join", "carry", "unit", "year"];
/// The keys that say where; one of them must be there.
const WHERE: [&str; 5] = ["column", "columns", "letter", "value", "cell"];
/// The largest program of a regular expression.
const PATTERN_SIZE: usize = 1 << 20;

/// What a bare text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bare {
    /// The column of a header.
    Header,
    /// The text itself.
    Value,
}

/// Reads where a field stands.
pub(super) fn from(yaml: &mut Reader, name: &Said, node: &Node, bare: Bare) -> Option<From> {
    let mut out = From {
        places: Vec::new(),
        find: None,
        remove: None,
        split: None,
        join: " ".to_owned(),
        carry: false,
        unit: None,
        year: None,
    };
    match &node.value {
        Value::Map(_) => {}
        Value::List(items) => {
            out.places.extend(items.iter().filter_map(|item| place(yaml, name, item, bare)));
            return (!out.places.is_empty()).then_some(out);
        }
        _ => {
            out.places.push(place(yaml, name, node, bare)?);
            return Some(out);
        }
    }
    let before = yaml.faults.len();
    for (key, value) in yaml.entries(&name.text, name.span, node) {
        let Some(key) = yaml.key(key, &KEYS) else { continue };
        match key.text.as_str() {
            "columns" => {
                let items = yaml.items(&key.text, key.span, value);
                out.places.extend(items.iter().filter_map(|item| place(yaml, &key, item, Bare::Header)));
            }
            "match" => out.find = pattern(yaml, &key, value),
            "remove" => out.remove = pattern(yaml, &key, value),
            "split" => out.split = pattern(yaml, &key, value),
            "join" => out.join = yaml.text("join", key.span, value, true).map_or(out.join, |said| said.text),
            "carry" => out.carry = truth(yaml, &key, value),
            "unit" => out.unit = place(yaml, &key, value, Bare::Header),
            "year" => out.year = place(yaml, &key, value, Bare::Value),
            _ => out.places.extend(one(yaml, &key, value)),
        }
    }
    if out.places.is_empty() && yaml.faults.len() == before {
        let at = seen(node.span, name.span);
        yaml.faults.push(Fault::error("yaml-missing-key", at).with("name", "column"));
    }
    (!out.places.is_empty()).then_some(out)
}

/// A single place.
pub(super) fn place(yaml: &mut Reader, name: &Said, node: &Node, bare: Bare) -> Option<Place> {
    if let Value::Map(entries) = &node.value {
        let [(key, value)] = entries.as_slice() else {
            yaml.wrong_type(&name.text, "text", seen(node.span, name.span));
            return None;
        };
        let key = yaml.key(key, &WHERE)?;
        return one(yaml, &key, value);
    }
    let said = yaml.text(&name.text, name.span, node, true)?;
    Some(if bare == Bare::Header { Place::Header(said) } else { Place::Value(said) })
}

/// The place that a key and its value name.
fn one(yaml: &mut Reader, key: &Said, node: &Node) -> Option<Place> {
    let said = yaml.text(&key.text, key.span, node, true)?;
    match key.text.as_str() {
        "column" | "columns" => Some(Place::Header(said)),
        "value" => Some(Place::Value(said)),
        "letter" => match column_number(&said.text) {
            Some(column) => Some(Place::Letter(column, said.span)),
            None => {
                yaml.bad_value(key, &said, "A、B、C … XFD");
                None
            }
        },
        _ => match cell_number(&said.text) {
            Some((row, column)) => Some(Place::Cell(row, column, said.span)),
            None => {
                yaml.bad_value(key, &said, "A1、B2 … XFD1048576");
                None
            }
        },
    }
}

/// A regular expression.
pub(super) fn pattern(yaml: &mut Reader, key: &Said, node: &Node) -> Option<Regex> {
    let said = yaml.text(&key.text, key.span, node, true)?;
    match RegexBuilder::new(&said.text).size_limit(PATTERN_SIZE).build() {
        Ok(regex) => Some(regex),
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned();
            yaml.faults.push(Fault::error("mapping-pattern", said.span).with("text", said.text).with("reason", reason));
            None
        }
    }
}

/// `true` or `false`.
pub(super) fn truth(yaml: &mut Reader, key: &Said, node: &Node) -> bool {
    let Some(said) = yaml.text(&key.text, key.span, node, true) else { return false };
    if !matches!(said.text.as_str(), "true" | "false") {
        yaml.bad_value(key, &said, "true、false");
    }
    said.text == "true"
}

/// Rows as people count them: `3`, `[2, 3]` or `4..60`; from 0 and half open for us.
pub(super) fn rows(yaml: &mut Reader, key: &Said, node: &Node) -> Option<std::ops::Range<u32>> {
    let texts: Vec<Said> = match &node.value {
        Value::List(items) => {
            items.iter().filter_map(|item| yaml.text(&key.text, key.span, item, true)).collect::<Vec<_>>()
        }
        _ => {
            let said = yaml.text(&key.text, key.span, node, true)?;
            let parts = said.text.split("..").map(|part| Said { text: part.trim().to_owned(), span: said.span });
            parts.collect()
        }
    };
    let last = texts.len().saturating_sub(1);
    let numbers: Vec<Option<u32>> = texts
        .iter()
        .enumerate()
        // `4..` goes on to the end of the sheet.
        .map(|(n, t)| if t.text.is_empty() && n == last && n > 0 { Some(u32::MAX) } else { t.text.parse().ok() })
        .collect();
    let whole: Option<Vec<u32>> = numbers.into_iter().collect();
    match whole.as_deref() {
        Some([first, .., last]) if *first >= 1 && first <= last => Some(first - 1..*last),
        Some([only]) if *only >= 1 => Some(only - 1..*only),
        _ => {
            let span: Span = seen(node.span, key.span);
            let text = texts.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join("..");
            yaml.bad_value(key, &Said { text, span }, "3、[2, 3]、4..60");
            None
        }
    }
}
