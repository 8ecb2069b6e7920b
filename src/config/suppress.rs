//! Findings that the team has accepted are left out; acceptances that do not hold are reported.
use std::collections::BTreeSet;

use super::place::Places;
use super::{Names, Suppression};
use crate::findings::Finding;
use crate::plan::{Cell, Facts, RelationId};
use crate::text::normal::normal;
use crate::text::{Fault, Severity, Sources, Span};
use crate::value::Date;

/// What a suppression is judged by.
pub struct Surroundings<'a> {
    /// What can be named, and the settings themselves.
    pub names: Names<'a>,
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
    let documents = documents(around.facts);
    // A look at every cell, for those who name a place only.
    let named = around.names.config.suppressions.iter().any(|suppression| suppression.place.is_some());
    let places = Places::new(if named { findings } else { &[] }, around.sources, around.facts);
    let mut faults = Vec::new();
    let mut silenced = Vec::new();
    for suppression in &around.names.config.suppressions {
        let codes = match held(suppression, around) {
            Ok(codes) => codes,
            Err(fault) => {
                faults.push(Fault { severity: Severity::Warning, ..*fault });
                continue;
            }
        };
        // What another suppression has silenced was silenced by this one too.
        let hits = |finding: &Finding| {
            codes.contains(&finding.rule)
                && suppression
                    .document
                    .as_ref()
                    .is_none_or(|d| document_at(&documents, finding.span).is_some_and(|at| at == normal(&d.text)))
                && suppression.place.as_ref().is_none_or(|p| places.are(&p.text, finding.span))
        };
        let known = silenced.iter().any(hits);
        let (hit, rest): (Vec<Finding>, Vec<Finding>) = std::mem::take(findings).into_iter().partition(hits);
        *findings = rest;
        let used = known || !hit.is_empty();
        silenced.extend(hit);
        let here = suppression.document.as_ref().is_none_or(|d| documents.iter().any(|at| at.1 == normal(&d.text)));
        if !used && here && codes.iter().all(|code| (around.ran)(code)) {
            let fault = Fault::error("config-suppression-unused", suppression.rule.span);
            faults.push(Fault { severity: Severity::Warning, ..fault.with("rule", &suppression.rule.text) });
        }
    }
    (silenced, faults)
}

/// The codes that a suppression silences, or why it does not hold.
fn held(suppression: &Suppression, around: &Surroundings<'_>) -> Result<BTreeSet<String>, Box<Fault>> {
    let rule = &suppression.rule;
    let Some(codes) = around.names.codes(&rule.text) else {
        let near = around.names.nearest(&rule.text);
        let fault = Fault::error("config-suppression-rule", rule.span).with("rule", &rule.text);
        return Err(Box::new(fault.with("near", near)));
    };
    if suppression.reason.as_ref().is_none_or(|reason| reason.text.trim().is_empty()) {
        let at = suppression.reason.as_ref().map_or(rule.span, |reason| reason.span);
        return Err(Box::new(Fault::error("config-suppression-reason", at).with("rule", &rule.text)));
    }
    match suppression.until {
        Some((until, span)) if past(until, around.today) => {
            let fault = Fault::error("config-suppression-expired", span).with("rule", &rule.text);
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

/// Where each document begins, and its code in normal form.
fn documents(facts: &Facts) -> Vec<(Span, String)> {
    let Some(table) = facts.table(RelationId(0)) else { return Vec::new() };
    let codes = table.columns.first().into_iter().flatten();
    let code =
        |cell: &Cell| if let Cell::Text(_, symbol) = cell { facts.text(*symbol).to_owned() } else { String::new() };
    table.heads.iter().zip(codes).map(|(head, (cell, _))| (*head, code(cell))).collect()
}

/// The document in which a place stands: the last one that begins at or before it.
fn document_at(documents: &[(Span, String)], place: Span) -> Option<&str> {
    let before = documents.iter().filter(|d| d.0.source == place.source && d.0.start <= place.start);
    before.max_by_key(|d| d.0.start).map(|d| d.1.as_str())
}
