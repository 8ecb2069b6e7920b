//! Coverage: which outcomes of a rule's conditions its tests bring about. The tests are run by the plain nested
//! loops, where every condition is decided by itself and in the order written, with somebody watching.
use std::cell::RefCell;
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::eval::{Context, Shared, Strategy};
use super::ir::{Kind, Node, Query, SentencePiece, TypedRule, TypedSentence};
use super::pack::{Pack, code};
use super::{read_plans, run};
use crate::text::{Fault, Severity, Sources, Span, Stop};

/// What was decided while somebody watched, by the place of each condition in the rule file.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    truths: FxHashMap<Span, Outcomes>,
    labels: FxHashSet<Span>,
}

/// What has become of a condition so far.
#[derive(Debug, Clone, Copy, Default)]
struct Outcomes {
    holds: bool,
    fails: bool,
    open: bool,
}

impl Seen {
    /// A condition was decided, or could not be.
    pub fn decided(&mut self, span: Span, truth: Option<bool>) {
        let outcomes = self.truths.entry(span).or_default();
        match truth {
            Some(true) => outcomes.holds = true,
            Some(false) => outcomes.fails = true,
            None => outcomes.open = true,
        }
    }

    /// A label of 参考 was shown.
    pub fn shown(&mut self, span: Span) {
        self.labels.insert(span);
    }
}

/// What the tests of some rules reach.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// The number of each rule in its pack, how many outcomes its tests bring about, and of how many.
    pub rules: Vec<(usize, usize, usize)>,
    /// The places that no test reaches.
    pub faults: Vec<Fault>,
}

impl Coverage {
    /// How many outcomes are brought about.
    #[must_use]
    pub fn reached(&self) -> usize {
        self.rules.iter().map(|r| r.1).sum()
    }

    /// How many outcomes there are.
    #[must_use]
    pub fn all(&self) -> usize {
        self.rules.iter().map(|r| r.2).sum()
    }
}

/// Runs the tests of the rules whose code `wanted` accepts, and looks what they reach; it is less than that when `stop` is
/// set.
#[must_use]
pub fn coverage(pack: &Pack, sources: &Sources, wanted: impl Fn(&str) -> bool, stop: &Stop) -> Coverage {
    let mut coverage = Coverage::default();
    for (number, rule) in pack.rules.iter().enumerate() {
        // A rule with a column variable is several; what one of them reaches is reached.
        let typed: Vec<&TypedRule> = pack.typed(number).iter().collect();
        if typed.is_empty() || !wanted(code(rule)) {
            continue;
        }
        let mut seen = Seen::default();
        for test in &rule.about.tests {
            let workspace = read_plans(pack, sources, &[(test.plan, "試験".to_owned())]);
            let shared = Shared::new(&workspace, sources, pack, Strategy::NestedLoop);
            let mut context = Context::new(&shared);
            context.seen = Some(RefCell::new(seen));
            context.stop = stop.clone();
            // Only what was decided on the way matters here.
            let _ = run::run(&mut context, &typed);
            seen = context.seen.take().map(RefCell::into_inner).unwrap_or_default();
        }
        let mut survey = Survey { seen: &seen, known: BTreeSet::new(), reached: 0, faults: Vec::new() };
        typed.iter().for_each(|t| survey.rule(t));
        coverage.rules.push((number, survey.reached, survey.known.len()));
        coverage.faults.append(&mut survey.faults);
    }
    coverage
}

/// A walk over the conditions of a rule.
struct Survey<'a> {
    seen: &'a Seen,
    /// The outcomes that have been counted: instances of a rule have the same places.
    known: BTreeSet<(Span, &'static str)>,
    reached: usize,
    faults: Vec<Fault>,
}

impl Survey<'_> {
    fn rule(&mut self, rule: &TypedRule) {
        self.premises(&rule.query);
        let live = self.condition(&rule.check, ["check-both", "check-true", "check-false"], true);
        self.inside(&rule.check, live);
        let outcomes = self.seen.truths.get(&rule.check.span).copied().unwrap_or_default();
        // What stands in a finding or label is only reached if there is a finding.
        self.sentence(&rule.sentence, outcomes.fails);
        for label in &rule.labels {
            let reached = self.seen.labels.contains(&label.place.span);
            self.outcome(label.place.span, "label", reached, outcomes.fails);
            label.query.conditions.iter().for_each(|c| self.inside(c, outcomes.fails));
            self.sentence(&label.sentence, reached);
        }
        self.sentence(&rule.help, outcomes.fails);
    }

    fn premises(&mut self, query: &Query) {
        for premise in &query.conditions {
            let live = self.condition(premise, ["premise-both", "premise-true", "premise-false"], true);
            self.inside(premise, live);
        }
    }

    fn sentence(&mut self, sentence: &TypedSentence, live: bool) {
        // The two languages say one thing: what one of them leaves out would only be told twice.
        for piece in if sentence.ja.is_empty() { &sentence.en } else { &sentence.ja } {
            if let SentencePiece::Hole(node, _) = piece {
                self.inside(node, live);
            }
        }
    }

    /// Counts that a condition can hold and fail. Gives whether it was looked at all.
    fn condition(&mut self, node: &Node, [both, holds, fails]: [&'static str; 3], live: bool) -> bool {
        let outcomes = self.seen.truths.get(&node.span).copied().unwrap_or_default();
        // A premise that meets a missing value is not met.
        let failed = outcomes.fails || (both == "premise-both" && outcomes.open);
        let any = outcomes.holds || failed;
        if any || !live {
            self.outcome(node.span, holds, outcomes.holds, live);
            self.outcome(node.span, fails, failed, live);
        } else if self.known.insert((node.span, holds)) && self.known.insert((node.span, fails)) {
            self.report(node.span, both);
        }
        any || outcomes.open
    }

    fn outcome(&mut self, span: Span, what: &'static str, reached: bool, live: bool) {
        if !self.known.insert((span, what)) {
            return;
        }
        if reached {
            self.reached += 1;
        } else if live {
            self.report(span, what);
        }
    }

    fn report(&mut self, span: Span, what: &'static str) {
        let fault = Fault::error("uncovered", span).with("what", what);
        self.faults.push(Fault { severity: Severity::Info, ..fault });
    }

    /// The conditions within an expression. What lies in a part that nothing reaches is counted, not reported.
    fn inside(&mut self, node: &Node, live: bool) {
        match &*node.kind {
            Kind::And(a, b) | Kind::Or(a, b) => {
                for operand in [a, b] {
                    let reached = self.condition(operand, ["operand-both", "operand-true", "operand-false"], live);
                    self.inside(operand, live && reached);
                }
            }
            Kind::If(condition, then, otherwise) => {
                let outcomes = self.seen.truths.get(&condition.span).copied().unwrap_or_default();
                self.inside(condition, live);
                for (branch, reached) in [(then, outcomes.holds), (otherwise, outcomes.fails)] {
                    self.outcome(branch.span, "branch", reached, live);
                    self.inside(branch, live && reached);
                }
            }
            _ => node.children().into_iter().for_each(|child| self.inside(child, live)),
        }
    }
}
