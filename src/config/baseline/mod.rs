//! The baseline: findings that are known and not to be shown. Its file read, held against the findings of a run, and
//! written anew. It is JSON for people to read and for git to compare: sorted, and without a line number.
mod judge;
mod read;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use super::Names;
use crate::findings::Identity;
use crate::text::{Fault, Span};

pub use judge::{Judged, Known, Scene, judge, stale};
pub use read::read_baseline;
pub use write::write_baseline;

/// What is known.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    /// The entries in the order of the file.
    pub entries: Vec<Entry>,
}

/// A finding that is known.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is known by.
    pub identity: Identity,
    /// How many findings are known by the same.
    pub count: usize,
    /// Other documents that have to be checked for it to be found.
    pub with: BTreeSet<String>,
    /// What it said when it was entered, for people.
    pub message: String,
    /// Where its rule is named.
    pub span: Span,
}

/// Entries of rules that are not there.
#[must_use]
pub fn unknown(baseline: &Baseline, names: &Names<'_>) -> Vec<Fault> {
    let mut rules: BTreeMap<&str, bool> = BTreeMap::new();
    let mut faults = Vec::new();
    for entry in &baseline.entries {
        let rule = entry.identity.rule.as_str();
        // By its code alone: an entry that names a set would be known by nothing.
        let is = |codes: BTreeSet<String>| codes.len() == 1 && codes.contains(rule);
        if !*rules.entry(rule).or_insert_with(|| names.codes(rule).is_some_and(is)) {
            let fault = Fault::error("baseline-rule", entry.span).with("rule", rule);
            faults.push(fault.with("near", names.nearest(rule)));
        }
    }
    faults
}
