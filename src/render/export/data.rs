//! Facts as JSON and YAML: each thing under the name of its relation, what stands in it under 内容.
use serde_json::{Map, Value as Json};

use super::flat;
use crate::plan::{Thing, Value, YearValue};
use crate::text::visible::{in_json, in_yaml};

/// The key of what stands in a thing.
const INSIDE: &str = "内容";

/// The documents as JSON.
#[must_use]
pub fn json(documents: &[Thing<'_>]) -> String {
    in_json(serde_json::to_string_pretty(&list(documents)).unwrap_or_default()) + "\n"
}

/// The documents as YAML.
#[must_use]
pub fn yaml(documents: &[Thing<'_>]) -> String {
    let mut out = String::new();
    node(&mut out, &list(documents), 0);
    out
}

fn list(things: &[Thing<'_>]) -> Json {
    Json::Array(things.iter().map(thing).collect())
}

fn thing(thing: &Thing<'_>) -> Json {
    let mut fields = Map::new();
    for (column, value) in &thing.fields {
        let value = match value {
            Value::List(items) => Json::from(items.clone()),
            other => Json::from(flat(other)),
        };
        fields.insert(column.name.clone(), value);
    }
    if thing.unsure {
        fields.insert("読取".into(), Json::from("低"));
    }
    for value in &thing.years {
        let series = fields.entry(value.series.name.clone()).or_insert_with(|| Json::Object(Map::new()));
        if let Json::Object(series) = series {
            let values =
                series.entry(value.year.clone().unwrap_or_default()).or_insert_with(|| Json::Array(Vec::new()));
            if let Json::Array(values) = values {
                values.push(year(value));
            }
        }
    }
    // A single value needs no list.
    for value in fields.values_mut() {
        if let Json::Object(years) = value {
            for values in years.values_mut() {
                if let Json::Array(list) = values
                    && list.len() == 1
                {
                    *values = list.remove(0);
                }
            }
        }
    }
    let mut out = Map::new();
    out.insert(thing.relation.name.clone(), Json::Object(fields));
    if !thing.inside.is_empty() {
        out.insert(INSIDE.into(), list(&thing.inside));
    }
    Json::Object(out)
}

fn year(value: &YearValue<'_>) -> Json {
    if value.notes.is_empty() {
        return Json::from(value.with_part());
    }
    let mut out = Map::new();
    out.insert("値".into(), Json::from(value.with_part()));
    out.extend(value.notes.iter().map(|(name, text)| ((*name).to_owned(), Json::from(text.as_str()))));
    Json::Object(out)
}

fn node(out: &mut String, value: &Json, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Json::Array(items) if !items.is_empty() => {
            for item in items {
                let mut inner = String::new();
                node(&mut inner, item, depth + 1);
                // The first line stands behind the dash.
                out.push_str(&format!("{indent}- {}", inner.trim_start()));
            }
        }
        Json::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                let key = scalar(key);
                match value {
                    Json::Array(items) if !items.is_empty() => {
                        out.push_str(&format!("{indent}{key}:\n"));
                        node(out, value, depth + 1);
                    }
                    Json::Object(inner) if !inner.is_empty() => {
                        out.push_str(&format!("{indent}{key}:\n"));
                        node(out, value, depth + 1);
                    }
                    Json::String(text) => out.push_str(&format!("{indent}{key}: {}\n", scalar(text))),
                    _ => out.push_str(&format!("{indent}{key}: {value}\n")),
                }
            }
        }
        Json::String(text) => out.push_str(&format!("{indent}{}\n", scalar(text))),
        other => out.push_str(&format!("{indent}{other}\n")),
    }
}

/// A text without quotes where YAML reads it as the same text; quoted as in JSON otherwise.
fn scalar(text: &str) -> String {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let first = text.chars().next().is_some_and(char::is_alphabetic);
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '・' | '（' | '）' | '、' | '。'));
    if first && plain && !WORDS.contains(&text.to_lowercase().as_str()) {
        text.to_owned()
    } else {
        // What JSON writes in quotes YAML reads as the same text.
        in_yaml(Json::from(text).to_string())
    }
}
