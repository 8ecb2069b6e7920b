//! Findings that the team has accepted are left out; acceptances that do not hold are reported.
use std::collections::{BTreeMap, BTreeSet};

use super::place::Places;
use super::{Names, Suppression};
use crate::findings::{Documents, Finding};
use crate::plan::Facts;
use crate::text::normal::normal;
use crate::text::{Fault, Severity, Sources, Span};
use crate::value::Date;

/// What a suppression is judged by.
pub struct Surroundings<'a> {
    /// What can be named, and the settings themselves.
    pub names: Names<'a>,
    /// The suppressions that stand in comments.
    pub comments: &'a [Suppression],
    /// The texts.
    pub sources: &'a Sources,
    /// The documents.
    pub facts: &'a Facts,
    /// The day of the run.
    pub today: Date,
    /// Whether the rule (or fault) of a code was looked for in this run.
    pub ran: &'a dyn Fn(&str) -> bool,
}

/// Takes the suppressed findings out of `findings` and gives them, and the faults of the suppressions (warnings).
pub fn suppress(findings: &mut Vec<Finding>, around: &Surroundings<'_>) -> (Vec<Finding>, Vec<Fault>) {
    let of_settings = &around.names.config.suppressions;
    let documents = Documents::new(around.facts);
    let codes: BTreeSet<String> = documents.codes().map(normal).collect();
    // A look at every cell, for those who name a place only.
    let named = of_settings.iter().any(|suppression| suppression.place.is_some());
    let places = Places::new(if named { findings } else { &[] }, around.sources, around.facts);
    let index = Index::new(findings);
    let mut silenced = vec![false; findings.len()];
    let mut faults = Vec::new();
    let mut resolved: BTreeMap<&str, Option<BTreeSet<String>>> = BTreeMap::new();
    for suppression in of_settings.iter().chain(around.comments) {
        let name = suppression.rule.text.as_str();
        let rules = resolved.entry(name).or_insert_with(|| around.names.codes(name));
        let rules = match held(suppression, rules.as_ref(), around) {
            Ok(rules) => rules,
            Err(fault) => {
                faults.push(Fault { severity: Severity::Warning, ..*fault });
                continue;
            }
        };
        let wanted = suppression.document.as_ref().map(|d| normal(&d.text));
        let hits = |span: Span| {
            wanted.as_ref().is_none_or(|wanted| documents.at(span).is_some_and(|at| normal(at) == *wanted))
                && suppression.place.as_ref().is_none_or(|p| places.are(&p.text, span))
        };
        // One that another suppression has silenced too is as good a reason to be there.
        let mut used = false;
        for at in rules.iter().flat_map(|code| index.of(code, suppression.within)).filter(|(span, _)| hits(*span)) {
            if let Some(silenced) = silenced.get_mut(at.1) {
                (used, *silenced) = (true, true);
            }
        }
        let here = wanted.is_none_or(|wanted| codes.contains(&wanted));
        if !used && here && rules.iter().all(|code| (around.ran)(code)) {
            let fault = Fault::error("suppression-unused", suppression.rule.span);
            faults.push(Fault { severity: Severity::Warning, ..fault.with("rule", &suppression.rule.text) });
        }
    }
    let mut marks = silenced.into_iter();
    let (silenced, left) = std::mem::take(findings).into_iter().partition(|_| marks.next().unwrap_or(false));
    *findings = left;
    (silenced, faults)
}

/// The findings by rule and place, so that a comment looks only at those that stand by it.
struct Index(BTreeMap<String, Vec<(Span, usize)>>);

impl Index {
    fn new(findings: &[Finding]) -> Self {
        let mut index: BTreeMap<String, Vec<(Span, usize)>> = BTreeMap::new();
        for (at, finding) in findings.iter().enumerate() {
            index.entry(finding.rule.clone()).or_default().push((finding.span, at));
        }
        index.values_mut().for_each(|places| places.sort());
        Self(index)
    }

    /// The findings of a rule, those that stand in a span if there is one.
    fn of(&self, code: &str, within: Option<Span>) -> impl Iterator<Item = (Span, usize)> {
        let all = self.0.get(code).map_or(&[][..], Vec::as_slice);
        let from = |byte: fn(Span) -> u32, within: Span| {
            all.partition_point(|(span, _)| (span.source, span.start) < (within.source, byte(within)))
        };
        let range = within.map_or(0..all.len(), |w| from(|w| w.start, w)..from(|w| w.end, w));
        let found = all.get(range).unwrap_or_default().iter().copied();
        found.filter(move |(span, _)| within.is_none_or(|within| span.end <= within.end))
    }
}

/// The codes that a suppression silences, or why it does not hold.
fn held<'c>(
    suppression: &Suppression,
    codes: Option<&'c BTreeSet<String>>,
    around: &Surroundings<'_>,
) -> Result<&'c BTreeSet<String>, Box<Fault>> {
    let rule = &suppression.rule;
    let Some(codes) = codes else {
        let near = around.names.nearest(&rule.text);
        let fault = Fault::error("suppression-rule", rule.span).with("rule", &rule.text);
        return Err(Box::new(fault.with("near", near)));
    };
    if suppression.reason.as_ref().is_none_or(|reason| reason.text.trim().is_empty()) {
        let at = suppression.reason.as_ref().map_or(rule.span, |reason| reason.span);
        return Err(Box::new(Fault::error("suppression-reason", at).with("rule", &rule.text)));
    }
    match suppression.until {
        Some((until, span)) if past(until, around.today) => {
            let fault = Fault::error("suppression-expired", span).with("rule", &rule.text);
            Err(Box::new(fault.with("until", until).with("today", around.today)))
        }
        _ => Ok(codes),
    }
}

/// Whether the last day has gone by; a month without a day lasts to its end.
fn past(until: Date, today: Date) -> bool {
    let last_day = if until.day == 0 { 31 } else { until.day };
    (until.year, until.month, last_day) < (today.year, today.month, today.day)
}
