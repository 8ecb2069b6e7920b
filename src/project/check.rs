//! What a check of a project finds: faults and violations in words, as grave as the settings want them, without what
//! was accepted.
use super::read::Read;
use super::settings::{Settings, today};
use crate::config::{Choices, Names, Surroundings, resolve, suppress};
use crate::findings::{Counts, Filter, Finding, Messages, Summary, sift};
use crate::plan::RelationId;
use crate::rules::{Outcome, Pack, Strategy, Violation, code, run_rules};
use crate::text::{Fault, Severity};

/// What a check is asked for. What is not said is taken from the settings.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Rules and sets to use, as they were named.
    pub select: Vec<String>,
    /// Rules and sets not to use, as they were named.
    pub ignore: Vec<String>,
    /// What is below is left out.
    pub min_severity: Option<Severity>,
}

/// Why there was no check.
#[derive(Debug)]
pub enum Stopped {
    /// The settings are wrong, or the rules they name.
    Settings(Vec<Fault>),
    /// A rule was asked for that is not there: what was asked for, and the nearest name.
    UnknownRule(String, String),
    /// `TOTSUGO_TODAY` holds this, which is no day.
    Today(String),
}

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// The findings, in order.
    pub findings: Vec<Finding>,
    /// Their number, and what they were found in.
    pub summary: Summary,
    /// What the rules gave; its violations have become findings.
    pub outcome: Outcome,
}

/// Which rules a check uses, resolved.
#[derive(Debug)]
pub struct Chosen {
    choices: Choices,
    filter: Filter,
}

impl Chosen {
    /// Whether the rule of a number is used.
    #[must_use]
    pub fn wants(&self, pack: &Pack, number: usize) -> bool {
        let Filter { select, ignore, .. } = &self.filter;
        pack.rules.get(number).is_some_and(|r| {
            (select.is_empty() || select.iter().any(|s| s == code(r))) && !ignore.iter().any(|s| s == code(r))
        })
    }
}

impl Asked {
    /// Resolves what is asked for against the settings and the rules.
    ///
    /// # Errors
    /// Why there can be no check.
    pub fn resolve(&self, read: &Read, settings: &Settings, messages: &Messages) -> Result<Chosen, Stopped> {
        let pack = read.pack();
        let names = Names { config: &settings.config, pack, messages };
        let (choices, mut wrong) = resolve(&names);
        if settings.broken() || !wrong.is_empty() {
            wrong.extend(settings.faults.iter().cloned());
            wrong.sort_by_key(|f| (f.span.start, f.span.end));
            // A rule that could not be read is a rule that cannot be named.
            wrong.extend(pack.faults.iter().cloned());
            return Err(Stopped::Settings(wrong));
        }
        let or = |asked: &[String], set: &[String]| if asked.is_empty() { set.to_vec() } else { asked.to_vec() };
        let select = chosen_codes(&or(&self.select, &choices.select), &names)?;
        let ignore = chosen_codes(&or(&self.ignore, &choices.ignore), &names)?;
        // Who asks for certain rules wants to see what they say, information too.
        let usual = if select.is_empty() { Severity::Warning } else { Severity::Info };
        let min_severity = self.min_severity.or(settings.config.min_severity).unwrap_or(usual);
        Ok(Chosen { choices, filter: Filter { min_severity, select, ignore } })
    }
}

/// The codes of rules named by code or Japanese name, of sets, and of faults of form.
///
/// # Errors
/// The first unknown name.
pub fn chosen_codes(asked: &[String], names: &Names<'_>) -> Result<Vec<String>, Stopped> {
    let mut codes = Vec::new();
    for name in asked {
        let unknown = || Stopped::UnknownRule(name.clone(), names.nearest(name));
        codes.extend(names.codes(name).ok_or_else(unknown)?);
    }
    Ok(codes)
}

impl Read {
    /// Checks what was read.
    ///
    /// # Errors
    /// Why there was no check.
    pub fn check(&self, chosen: &Chosen, settings: &Settings, messages: &Messages) -> Result<Checked, Stopped> {
        let today = today().map_err(Stopped::Today)?;
        let Self { sources, workspace, .. } = self;
        let pack = self.pack();
        let Chosen { choices, filter } = chosen;
        let wanted = |n: usize| chosen.wants(pack, n);
        let mut outcome = run_rules(pack, sources, workspace, Strategy::Planned, wanted);
        let in_words = |faults: &[&Fault], violations| findings(faults, violations, choices, pack, messages);
        let faults: Vec<&Fault> = self.faults().collect();
        let mut found = in_words(&faults, std::mem::take(&mut outcome.violations));
        let looked_for = |code: &str| match pack.rules.iter().position(|r| self::code(r) == code) {
            Some(n) => wanted(n) && pack.typed.iter().any(|t| t.rule == n),
            None => !filter.ignore.iter().any(|i| i == code),
        };
        let names = Names { config: &settings.config, pack, messages };
        let around = Surroundings { names, sources, facts: &workspace.facts, today, ran: &looked_for };
        let (suppressed, warnings) = suppress(&mut found, &around);
        found.extend(in_words(&warnings.iter().collect::<Vec<_>>(), Vec::new()));
        let suppressed = sift(suppressed, filter, sources).len();
        let findings = sift(found, filter, sources);
        let documents = workspace.facts.table(RelationId(0)).map_or(0, |t| t.heads.len());
        let summary = Summary { counts: Counts::of(&findings), documents, suppressed };
        Ok(Checked { findings, summary, outcome })
    }
}

/// Faults and violations in words, as grave as the settings want them.
fn findings(
    faults: &[&Fault],
    violations: Vec<Violation>,
    choices: &Choices,
    pack: &Pack,
    messages: &Messages,
) -> Vec<Finding> {
    let of_faults = faults.iter().map(|fault| {
        let severity = choices.severity(fault.code, fault.severity, fault.severity);
        Finding { severity, ..Finding::from_fault(fault, messages) }
    });
    let of_rules = violations.into_iter().filter_map(|violation| {
        let rule = pack.rules.get(violation.rule)?;
        let usual = rule.gravest();
        let severity = choices.severity(code(rule), violation.severity, usual);
        Finding::from_violation(Violation { severity, ..violation }, pack)
    });
    of_faults.chain(of_rules).collect()
}
