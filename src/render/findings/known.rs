//! What findings are known by from one run to the next, for formats that carry it.
use rustc_hash::FxHashMap;

use super::super::report::Report;
use crate::findings::Identities;
use crate::plan::Facts;
use crate::text::each_of;

/// What one finding is known by.
pub(super) struct Known {
    /// Sixteen digits, and which of the findings with these it is, in their order. No two findings of a run have the same.
    pub fingerprint: String,
    /// The way to the fact: what it stands in, by names and numbers. Empty where it stands in no fact.
    pub subject: Vec<String>,
}

/// What the findings of a report are known by, in their order.
pub(super) fn known(report: &Report<'_>) -> Vec<Known> {
    let none = Facts::default();
    let identities = Identities::new(report.findings, report.sources, report.facts.unwrap_or(&none));
    let found = each_of(report.findings, |finding| {
        let identity = identities.of(finding);
        (identity.fingerprint(), identity.place)
    });
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let number = |(fingerprint, subject): (String, Vec<String>)| {
        let count = seen.entry(fingerprint.clone()).or_default();
        *count += 1;
        Known { fingerprint: format!("{fingerprint}:{count}"), subject }
    };
    found.into_iter().map(number).collect()
}
