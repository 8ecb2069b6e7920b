//! The file of a baseline after a run.
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Baseline, Entry, Judged, Known, Scene};
use crate::findings::{Finding, Home, Key};
use crate::text::Span;
use crate::text::visible::in_json;

#[derive(Serialize)]
struct File<'a> {
    version: u32,
    findings: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    place: &'a [String],
    print: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    with: &'a BTreeSet<String>,
    message: &'a str,
}

/// The text of the file: the entries that are still found or could not be, each with what it says now, and the `added`
/// findings. Gives also how many findings it knows.
#[must_use]
pub fn write_baseline(
    baseline: &Baseline,
    judged: &Judged,
    scene: &Scene<'_>,
    added: &[&(Finding, Known)],
) -> (String, usize) {
    let mut entries: BTreeMap<Key, Entry> = BTreeMap::new();
    for (at, entry) in baseline.entries.iter().enumerate() {
        let found = judged.found.get(at).copied().unwrap_or(0);
        let count = if scene.could_show(entry) { found } else { entry.count };
        let mut entry = Entry { count, ..entry.clone() };
        if let Some(Some((message, with))) = judged.messages.get(at) {
            (entry.message, entry.with) = (message.clone(), with.clone());
        }
        if count > 0 {
            entries.insert(entry.identity.key(), entry);
        }
    }
    for (finding, Known { identity, with }) in added.iter().copied() {
        let new = || Entry {
            identity: identity.clone(),
            count: 0,
            with: with.clone(),
            message: finding.message.ja.clone(),
            span: Span::default(),
        };
        entries.entry(identity.key()).or_insert_with(new).count += 1;
    }
    let file = File { version: 1, findings: entries.values().map(item).collect() };
    let known = entries.values().map(|entry| entry.count).sum();
    // Maps with keys that are not text could fail; there are none here.
    (in_json(serde_json::to_string_pretty(&file).unwrap_or_default()) + "\n", known)
}

fn item(entry: &Entry) -> Item<'_> {
    let Entry { identity, count, with, message, .. } = entry;
    let (document, file) = match &identity.home {
        Home::Document(code) => (Some(code.as_str()), None),
        Home::File(path) => (None, Some(path.as_str())),
    };
    let (rule, place, print) = (identity.rule.as_str(), identity.place.as_slice(), identity.print.as_str());
    Item { rule, document, file, place, print, count: (*count > 1).then_some(*count), with, message }
}
