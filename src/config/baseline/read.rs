//! The file of a baseline, with the place of everything that is wrong with it.
use std::collections::{BTreeMap, BTreeSet};

use super::super::Said;
use super::{Baseline, Entry};
use crate::findings::{Home, Identity, Key};
use crate::syntax::yaml::{Node, Reader, Value, parse_large, seen};
use crate::text::{Fault, Message, Source, SourceId, Span};

/// The version of the format.
const VERSION: &str = "1";
const KEYS: [&str; 2] = ["version", "findings"];
const ENTRY_KEYS: [&str; 8] = ["rule", "document", "file", "place", "print", "count", "with", "message"];

/// Reads a baseline. What is wrong is an error: a baseline that is half read would hide or show the wrong things.
#[must_use]
pub fn read_baseline(id: SourceId, source: &Source) -> (Baseline, Vec<Fault>) {
    let mut reader = Reader::default();
    let mut baseline = Baseline::default();
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&source.text) {
        return (baseline, vec![no_json(id, source, &error)]);
    }
    // JSON is a part of YAML, and the tree of YAML knows the place of every value.
    if let Some(tree) = parse_large(id, source, &mut reader.faults) {
        let top = Span { end: tree.span.start, ..tree.span };
        let mut version = None;
        for (key, value) in reader.entries("baseline", top, &tree) {
            let Some(key) = reader.key(key, &KEYS) else { continue };
            if key.text == "version" {
                version = reader.text("version", key.span, value, true);
                continue;
            }
            for item in reader.items("findings", key.span, value) {
                baseline.entries.extend(entry(&mut reader, &key, item));
            }
        }
        let wrong_type = matches!(tree.value, Value::Map(_));
        match version {
            Some(said) if said.text != VERSION => {
                let fault = Fault::error("baseline-version", said.span).with("version", said.text);
                // What another version means by the rest is not known.
                return (Baseline::default(), vec![fault.with("known", VERSION)]);
            }
            None if wrong_type && reader.faults.is_empty() => {
                reader.faults.push(Fault::error("yaml-missing-key", top).with("name", "version"));
            }
            _ => {}
        }
    }
    let mut first: BTreeMap<Key, Span> = BTreeMap::new();
    for entry in &baseline.entries {
        match first.get(&entry.identity.key()) {
            Some(first) => {
                let fault = Fault::error("baseline-duplicate", entry.span).with("rule", &entry.identity.rule);
                reader.faults.push(fault.related(*first, Message::new("first-here")));
            }
            None => drop(first.insert(entry.identity.key(), entry.span)),
        }
    }
    let mut faults = reader.faults;
    faults.sort_by_key(|f| (f.span.start, f.span.end));
    (baseline, faults)
}

/// Where a text stops being JSON.
fn no_json(id: SourceId, source: &Source, error: &serde_json::Error) -> Fault {
    let line = source.line_range(error.line().saturating_sub(1));
    let at = (line.start + error.column().saturating_sub(1)).min(source.text.len());
    let here = source.text.get(at..line.end.max(at)).unwrap_or("").chars().next();
    // At the end nothing can be seen: the last character before it.
    let before = source.text.get(..at).unwrap_or("").trim_end();
    let last = before.char_indices().next_back().map_or((0, 0), |(n, c)| (n, c.len_utf8()));
    let (at, length) = here.map_or(last, |c| (at, c.len_utf8()));
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or("").to_owned();
    Fault::error("baseline-json", Span::new(id, at..at + length)).with("reason", reason)
}

fn entry(reader: &mut Reader, list: &Said, node: &Node) -> Option<Entry> {
    let at = seen(node.span, list.span);
    let before = reader.faults.len();
    let (mut rule, mut home, mut place, mut print) = (None, None, None, None);
    let (mut count, mut with, mut message) = (1, BTreeSet::new(), String::new());
    for (key, value) in reader.entries(&list.text, at, node) {
        let Some(key) = reader.key(key, &ENTRY_KEYS) else { continue };
        let text = |reader: &mut Reader| reader.text(&key.text, key.span, value, false);
        match key.text.as_str() {
            "rule" => rule = text(reader),
            "document" => home = text(reader).map(|said| Home::Document(said.text)),
            "file" => home = text(reader).map(|said| Home::File(said.text)),
            "place" => place = Some(reader.texts(&key, value, false)),
            "print" => print = text(reader),
            "with" => with = reader.texts(&key, value, false).into_iter().map(|said| said.text).collect(),
            "message" => message = text(reader).map(|said| said.text).unwrap_or_default(),
            _ => {
                let said = reader.text("count", key.span, value, true);
                match said.as_ref().map(|said| (said, said.text.parse::<usize>())) {
                    Some((_, Ok(number))) if number > 0 => count = number,
                    Some((said, _)) => reader.bad_value(&key, said, "1、2、3…"),
                    None => {}
                }
            }
        }
    }
    if reader.faults.len() == before {
        let missing = [(rule.is_none(), "rule"), (home.is_none(), "document"), (place.is_none(), "place")];
        let missing = missing.into_iter().chain([(print.is_none(), "print")]).filter(|(missing, _)| *missing);
        let missing: Vec<Fault> =
            missing.map(|(_, name)| Fault::error("yaml-missing-key", at).with("name", name)).collect();
        reader.faults.extend(missing);
    }
    let (rule, place) = (rule?, place?.into_iter().map(|said| said.text).collect());
    let identity = Identity { rule: rule.text, home: home?, place, print: print?.text };
    Some(Entry { identity, count, with, message, span: rule.span })
}
