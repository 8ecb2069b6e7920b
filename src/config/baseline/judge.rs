//! The findings of a run held against a baseline.
use std::collections::{BTreeMap, BTreeSet};

use super::{Baseline, Entry};
use crate::findings::{Finding, Home, Identities, Identity, Key};
use crate::text::normal::normal;
use crate::text::{Fault, Severity, Sources};

/// Findings held against a baseline.
#[derive(Debug, Default)]
pub struct Judged {
    /// Those that stand in it.
    pub known: Vec<Finding>,
    /// Those that do not, with what they will be known by.
    pub fresh: Vec<(Finding, Known)>,
    /// How many findings of each entry there are, in the order of the entries; never more than its count.
    pub found: Vec<usize>,
    /// What the findings say now, by entry.
    pub messages: Vec<Option<(String, BTreeSet<String>)>>,
}

/// What a finding will be known by.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its identity.
    pub identity: Identity,
    /// The other documents it points at.
    pub with: BTreeSet<String>,
}

/// Holds findings, in their order, against a baseline.
#[must_use]
pub fn judge(findings: Vec<Finding>, baseline: &Baseline, identities: &Identities<'_>) -> Judged {
    let keys: BTreeMap<Key, usize> = baseline.entries.iter().enumerate().map(|(n, e)| (e.identity.key(), n)).collect();
    let mut judged = Judged {
        found: vec![0; baseline.entries.len()],
        messages: vec![None; baseline.entries.len()],
        ..Judged::default()
    };
    for finding in findings {
        let known = Known { identity: identities.of(&finding), with: identities.others(&finding) };
        let number = keys.get(&known.identity.key()).copied();
        let room = number.and_then(|n| Some((n, baseline.entries.get(n)?.count, judged.found.get_mut(n)?)));
        match room.filter(|(_, count, found)| **found < *count) {
            Some((n, _, found)) => {
                *found += 1;
                if let Some(message) = judged.messages.get_mut(n) {
                    message.get_or_insert_with(|| (finding.message.ja.clone(), known.with));
                }
                judged.known.push(finding);
            }
            None => judged.fresh.push((finding, known)),
        }
    }
    judged
}

/// What a run can tell of entries that were not found.
pub struct Scene<'a> {
    /// Whether the rule (or fault) of a code was looked for.
    pub ran: &'a dyn Fn(&str) -> bool,
    /// The codes of the documents that were checked, in normal form.
    pub documents: &'a BTreeSet<String>,
    /// The texts.
    pub sources: &'a Sources,
}

impl Scene<'_> {
    /// Whether the finding of an entry would have been found if it were there.
    pub(super) fn could_show(&self, entry: &Entry) -> bool {
        let checked = |code: &str| self.documents.contains(&normal(code));
        let here = match &entry.identity.home {
            Home::Document(code) => checked(code),
            Home::File(path) => self.sources.iter().any(|(_, source)| source.path == *path),
        };
        here && (self.ran)(&entry.identity.rule) && entry.with.iter().all(|code| checked(code))
    }
}

/// Warnings about entries that fewer findings are known by than they say.
#[must_use]
pub fn stale(baseline: &Baseline, judged: &Judged, scene: &Scene<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (entry, found) in baseline.entries.iter().zip(&judged.found) {
        if *found < entry.count && scene.could_show(entry) {
            let home = match &entry.identity.home {
                Home::Document(home) | Home::File(home) => home,
            };
            let place: Vec<&str> = [home].into_iter().chain(&entry.identity.place).map(String::as_str).collect();
            let fault = Fault::error("baseline-stale", entry.span).with("rule", &entry.identity.rule);
            let fault = fault.with("place", place.join(" > ")).with("count", entry.count - found);
            let fault = fault.with("part", if *found > 0 { "yes" } else { "no" });
            faults.push(Fault { severity: Severity::Warning, ..fault });
        }
    }
    faults
}
