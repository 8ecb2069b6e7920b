//! What a check of a project finds: faults and violations in words, as grave as the settings want them, without what
//! was accepted.
use super::read::Read;
use super::settings::{Settings, today};
use super::since::Earlier;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::{Choices, Names, Scene, Surroundings, comments, judge, resolve, stale, suppress, unknown};
use crate::findings::{
    Counts, Documents, FailOn, Filter, Finding, IMPLIED_FIGURE, Identities, Messages, Summary, WRONG_FIGURE, fold,
    sift, sort,
};
use crate::plan::DOCUMENTS;
use crate::rules::{Outcome, Pack, Shared, Strategy, Violation, code, implied, localize, run_on};
use crate::text::normal::normal;
use crate::text::{Fault, Limit, Severity, Stop};

/// What a check is asked for. What is not said is taken from the settings.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Rules and sets to use, as they were named.
    pub select: Vec<String>,
    /// Rules and sets not to use, as they were named.
    pub ignore: Vec<String>,
    /// What is below is left out.
    pub min_severity: Option<Severity>,
    /// From which severity on the run fails.
    pub fail_on: Option<FailOn>,
    /// Whether findings with one cause are told each by itself.
    pub raw: bool,
    /// Set by who no longer waits for the check; what it found is then not the whole.
    pub stop: Stop,
}

/// Why there was no check.
#[derive(Debug)]
pub enum Stopped {
    /// The settings are wrong, or the rules they name.
    Settings(Vec<Fault>),
    /// A rule was asked for that is not there: what was asked for, and the nearest name.
    UnknownRule(String, String),
    /// The run has met a limit.
    Limit(Limit),
    /// `TOTSUGO_TODAY` holds this, which is no day.
    Today(String),
    /// What the run is to fail on was to be left out as well.
    Hidden {
        /// What it is to fail on.
        fail_on: Severity,
        /// What is below is left out.
        min_severity: Severity,
    },
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
#[derive(Debug, Clone)]
pub struct Chosen {
    choices: Choices,
    filter: Filter,
    fail_on: FailOn,
    earlier: Option<Arc<Earlier>>,
    raw: bool,
    pub(super) stop: Stop,
}

impl Chosen {
    /// The same with every rule that is not left out; `None` if no rules were chosen.
    pub(super) fn widened(&self) -> Option<Self> {
        let filter = Filter { select: Vec::new(), ..self.filter.clone() };
        (filter != self.filter).then(|| Self { filter, ..self.clone() })
    }

    /// The same, without the findings that there were before.
    #[must_use]
    pub fn since(self, earlier: Earlier) -> Self {
        Self { earlier: Some(Arc::new(earlier)), ..self }
    }

    /// Whether the run fails for what it found.
    #[must_use]
    pub fn fails(&self, findings: &[Finding]) -> bool {
        self.fail_on.fails(findings)
    }

    /// Whether the rule of a number is used.
    #[must_use]
    pub fn wants(&self, pack: &Pack, number: usize) -> bool {
        let Filter { select, ignore, .. } = &self.filter;
        pack.rules.get(number).is_some_and(|r| {
            (select.is_empty() || select.iter().any(|s| s == code(r))) && !ignore.iter().any(|s| s == code(r))
        })
    }

    /// How grave a finding of a code is that is `found` where its rule is `usual`.
    #[must_use]
    pub fn severity(&self, code: &str, found: Severity, usual: Severity) -> Severity {
        self.choices.severity(code, found, usual)
    }

    /// The least grave findings that are shown.
    #[must_use]
    pub fn least(&self) -> Severity {
        self.filter.min_severity
    }

    /// The faults of form of what was read, as a check shows them.
    #[must_use]
    pub fn faults(&self, read: &Read, messages: &Messages) -> Vec<Finding> {
        let faults: Vec<&Fault> = read.faults().collect();
        sift(findings(&faults, Vec::new(), &self.choices, read.pack(), messages), &self.filter, &read.sources)
    }

    /// Whether the rule, or the fault of form, of a code is looked for.
    pub(super) fn looked_for(&self, pack: &Pack, code: &str) -> bool {
        match pack.rules.iter().position(|r| self::code(r) == code) {
            Some(n) => self.wants(pack, n) && !pack.typed(n).is_empty(),
            None => !self.filter.ignore.iter().any(|i| i == code),
        }
    }

    /// Which findings are shown.
    pub(super) fn filter(&self) -> &Filter {
        &self.filter
    }
}

/// What was found, but for what was accepted and what is known.
pub(super) struct Remaining {
    /// The findings, also those that are not shown.
    pub findings: Vec<Finding>,
    /// How many of those that would be shown are known.
    known: usize,
    /// How many of those that would be shown were accepted.
    suppressed: usize,
}

/// What was found, but for what was accepted.
pub(super) struct Examined {
    /// The findings in order, also those that are not shown.
    pub findings: Vec<Finding>,
    /// How many of those that would be shown were accepted.
    suppressed: usize,
    outcome: Outcome,
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
        if let Some(listed) = settings.baseline() {
            wrong.extend(listed.faults.iter().cloned().chain(unknown(&listed.baseline, &names)));
        }
        if settings.broken() || !wrong.is_empty() {
            wrong.extend(settings.faults.iter().cloned());
            wrong.sort_by_key(|f| f.span);
            // A rule that could not be read is a rule that cannot be named.
            wrong.extend(pack.faults.iter().cloned());
            return Err(Stopped::Settings(wrong));
        }
        let or = |asked: &[String], set: &[String]| if asked.is_empty() { set.to_vec() } else { asked.to_vec() };
        let select = chosen_codes(&or(&self.select, &choices.select), &names)?;
        let ignore = chosen_codes(&or(&self.ignore, &choices.ignore), &names)?;
        // Who asks for certain rules wants to see what they say, information too.
        let usual = if select.is_empty() { Severity::Warning } else { Severity::Info };
        let fail_on = self.fail_on.or(settings.config.fail_on);
        // What makes a run fail is shown, unless somebody wants to see less of it.
        let usual = fail_on.and_then(FailOn::severity).map_or(usual, |least| usual.min(least));
        let min_severity = self.min_severity.or(settings.config.min_severity).unwrap_or(usual);
        if let (Some(least), Some(shown)) = (self.fail_on.and_then(FailOn::severity), self.min_severity)
            && least < shown
        {
            return Err(Stopped::Hidden { fail_on: least, min_severity: shown });
        }
        let filter = Filter { min_severity, select, ignore };
        let fail_on = fail_on.unwrap_or(FailOn::At(min_severity));
        Ok(Chosen { choices, filter, fail_on, earlier: None, raw: self.raw, stop: self.stop.clone() })
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
    /// What all that is asked of the facts shares.
    pub(super) fn shared(&self) -> Shared<'_> {
        Shared::new(&self.workspace, &self.sources, self.pack(), Strategy::Planned)
    }

    /// Checks what was read.
    ///
    /// # Errors
    /// Why there was no check.
    pub fn check(&self, chosen: &Chosen, settings: &Settings, messages: &Messages) -> Result<Checked, Stopped> {
        let shared = self.shared();
        let (Remaining { findings: left, known, suppressed }, outcome) =
            self.remaining(&shared, chosen, settings, messages)?;
        let (left, before) = match &chosen.earlier {
            Some(earlier) => earlier.sift(left, self),
            None => (left, Vec::new()),
        };
        let before = sift(before, &chosen.filter, &self.sources).len();
        let findings = sift(left, &chosen.filter, &self.sources);
        let raw = chosen.raw || !chosen.looked_for(self.pack(), WRONG_FIGURE);
        let findings = if raw { findings } else { self.localized(&shared, findings, chosen, messages) };
        // Nobody waits for what is not shown.
        let hints = !chosen.raw && chosen.filter.min_severity == Severity::Info;
        let findings = if hints { self.with_implied(&shared, findings, chosen, messages) } else { findings };
        let documents = self.workspace.facts.table(DOCUMENTS).map_or(0, |t| t.heads.len());
        let counts = Counts::of(&findings);
        let summary = Summary { counts, documents, suppressed, baseline: known, before };
        Ok(Checked { findings, summary, outcome })
    }

    /// The findings, those of which one wrong figure is the cause told as one.
    fn localized<'a>(
        &self,
        shared: &'a Shared<'a>,
        findings: Vec<Finding>,
        chosen: &Chosen,
        messages: &Messages,
    ) -> Vec<Finding> {
        let sources = &self.sources;
        let pack = self.pack();
        let numbers: BTreeMap<&str, usize> = pack.rules.iter().enumerate().map(|(n, rule)| (code(rule), n)).collect();
        let of_rules = findings.iter().enumerate().filter(|(_, finding)| !finding.is_fault);
        let found = of_rules.filter_map(|(number, finding)| {
            let rule = numbers.get(finding.rule.as_str())?;
            Some((number, *rule, finding.span, finding.message.ja.as_str()))
        });
        let wanted = |n: usize| chosen.wants(pack, n);
        // What is looked at here is bounded by itself.
        let suspicions = localize(shared, wanted, found);
        let mut findings = fold(findings, &suspicions, sources, messages);
        sort(&mut findings, sources);
        findings
    }

    /// The findings, and information on what empty and unreadable cells have to hold.
    fn with_implied<'a>(
        &self,
        shared: &'a Shared<'a>,
        mut findings: Vec<Finding>,
        chosen: &Chosen,
        messages: &Messages,
    ) -> Vec<Finding> {
        let pack = self.pack();
        let names = |rules: &[usize]| {
            let names = rules.iter().filter_map(|n| pack.rules.get(*n)).map(|rule| rule.name.node.as_str());
            names.collect::<Vec<_>>().join("、")
        };
        if chosen.looked_for(pack, IMPLIED_FIGURE) {
            let implied = implied(shared, |n| chosen.wants(pack, n));
            findings.extend(implied.iter().map(|one| Finding::implied(one, &names(&one.rules), messages)));
            sort(&mut findings, &self.sources);
        }
        findings
    }

    /// All findings that were neither accepted nor known, also those that are not shown, and what the rules gave.
    pub(super) fn remaining<'a>(
        &self,
        shared: &'a Shared<'a>,
        chosen: &Chosen,
        settings: &Settings,
        messages: &Messages,
    ) -> Result<(Remaining, Outcome), Stopped> {
        let Self { sources, workspace, .. } = self;
        let (pack, filter) = (self.pack(), &chosen.filter);
        let Examined { findings: found, suppressed, outcome } = self.examine(shared, chosen, settings, messages)?;
        let (mut left, mut known) = (found, 0);
        if let Some(listed) = settings.baseline() {
            let identities = Identities::new(&left, sources, &workspace.facts);
            let judged = judge(left, &listed.baseline, &identities);
            let looked_for = |code: &str| chosen.looked_for(pack, code);
            let documents = self.document_codes();
            let scene = Scene { ran: &looked_for, documents: &documents, sources };
            let stale = stale(&listed.baseline, &judged, &scene);
            left = judged.fresh.into_iter().map(|(finding, _)| finding).collect();
            left.extend(findings(&stale.iter().collect::<Vec<_>>(), Vec::new(), &chosen.choices, pack, messages));
            known = sift(judged.known, filter, sources).len();
        }
        Ok((Remaining { findings: left, known, suppressed }, outcome))
    }

    /// All findings that were not accepted, in order.
    pub(super) fn examine<'a>(
        &self,
        shared: &'a Shared<'a>,
        chosen: &Chosen,
        settings: &Settings,
        messages: &Messages,
    ) -> Result<Examined, Stopped> {
        let today = today().map_err(Stopped::Today)?;
        let Self { sources, workspace, .. } = self;
        let pack = self.pack();
        let wanted = |n: usize| chosen.wants(pack, n);
        let mut outcome = run_on(shared, wanted, &chosen.stop);
        if let Some(limit) = chosen.stop.met() {
            return Err(Stopped::Limit(limit));
        }
        let in_words = |faults: &[&Fault], violations| findings(faults, violations, &chosen.choices, pack, messages);
        let faults: Vec<&Fault> = self.faults().collect();
        let mut found = in_words(&faults, std::mem::take(&mut outcome.violations));
        let looked_for = |code: &str| chosen.looked_for(pack, code);
        let names = Names { config: &settings.config, pack, messages };
        let (comments, mut warnings) = comments(&workspace.comments, sources, &names);
        let facts = &workspace.facts;
        let around = Surroundings { names, comments: &comments, sources, facts, today, ran: &looked_for };
        let (suppressed, more) = suppress(&mut found, &around);
        warnings.extend(more);
        found.extend(in_words(&warnings.iter().collect::<Vec<_>>(), Vec::new()));
        sort(&mut found, sources);
        let suppressed = sift(suppressed, &chosen.filter, sources).len();
        Ok(Examined { findings: found, suppressed, outcome })
    }

    /// The codes of the documents that were read, in normal form.
    pub(super) fn document_codes(&self) -> BTreeSet<String> {
        Documents::new(&self.workspace.facts).codes().map(normal).collect()
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
