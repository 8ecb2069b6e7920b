//! Rules that no row can satisfy together: one of them would be reported whatever is printed. Found when rules are loaded.
//!
//! Of rules over the rows of one relation what is linear in the figures of a row is taken (comparisons of sums, differences and
//! multiples), and which words may stand in a place; of a check those parts that are, which is less than the rules ask for, so
//! that a conflict that is found is one. Rules meet where some row fulfils the premises of all. Of a premise that is not
//! understood nothing is known but how it is written: rules with such premises meet where one of them asks for all that the
//! others ask for.
mod asked;
mod linear;

use super::pack::{Pack, code};
use crate::plan::{RelationId, Vocabulary};
use crate::syntax::rules::{ExprKind, Rule};
use crate::text::{Fault, Message, Severity};
use asked::{Asked, Demand, asked};
use linear::{Inequality, solvable};

/// Rules of a relation beyond which sets of three are not tried, and systems that are solved in all.
const MOST_RULES: usize = 32;
const MOST_SYSTEMS: usize = 20_000;

/// Reports the smallest sets of rules, each with one of the author's (from number `first` on), that no row satisfies together.
pub(super) fn joint(pack: &Pack, first: usize) -> Vec<Fault> {
    let own: Vec<Asked> = (first..pack.rules.len()).flat_map(|n| pack.typed(n)).filter_map(asked).collect();
    let beside = |n: &usize| {
        let relation = pack.rules.get(*n).and_then(|rule| over(rule, &pack.vocabulary));
        relation.is_some_and(|relation| own.iter().any(|o| o.relation == relation))
    };
    let built_in: Vec<Asked> = match own.is_empty() {
        true => Vec::new(),
        false => (0..first).filter(beside).flat_map(|n| pack.typed(n)).filter_map(asked).collect(),
    };
    let mut faults = Vec::new();
    let mut budget = MOST_SYSTEMS;
    for (at, one) in own.iter().enumerate() {
        // Each set is met once, at the last of its rules.
        let mut others: Vec<&Asked> = built_in.iter().chain(own.iter().take(at)).collect();
        others.retain(|other| other.relation == one.relation && other.rule != one.rule);
        others.truncate(MOST_RULES);
        let Some(set) = conflict(one, &others, &mut budget) else { continue };
        let Some(rule) = pack.rules.get(one.rule) else { continue };
        let names: Vec<&str> = set.iter().filter_map(|n| pack.rules.get(*n)).map(code).collect();
        let mut fault = Fault::error("impossible-rules", rule.name.span).with("rules", names.join("、"));
        fault.severity = Severity::Warning;
        for other in set.iter().filter_map(|n| pack.rules.get(*n)) {
            fault = fault.related(other.name.span, Message::new("impossible-rules-other"));
        }
        faults.push(fault);
    }
    faults
}

/// The one relation that a rule which is not typed yet ranges over.
fn over(rule: &Rule, vocabulary: &Vocabulary) -> Option<RelationId> {
    let [range] = rule.ranges.as_slice() else { return None };
    let ExprKind::Name(name) = &*range.source.kind else { return None };
    vocabulary.relation(name)
}

/// The rules with which one rule makes a set that cannot be satisfied: none, one or two of them; `None` if there is no such set.
fn conflict(one: &Asked, others: &[&Asked], budget: &mut usize) -> Option<Vec<usize>> {
    let mut clash = |set: &[&Asked]| {
        let premises = Demand::all(set.iter().map(|a| &a.premises));
        let all = Demand::all(set.iter().flat_map(|a| [&a.premises, &a.check]));
        // Rules that never look at the same row do not meet.
        if !premises.has_words() || !meet(set, &premises, budget) {
            return false;
        }
        !all.has_words() || solvable(all.figures, budget) == Some(false)
    };
    if clash(&[one]) {
        return Some(Vec::new());
    }
    if let Some(other) = others.iter().find(|other| clash(&[one, other])) {
        return Some(vec![other.rule]);
    }
    for (at, second) in others.iter().enumerate() {
        if let Some(third) = others.iter().skip(at + 1).find(|third| clash(&[one, second, third])) {
            return Some(vec![second.rule, third.rule]);
        }
    }
    None
}

/// Whether some row fulfils the premises of all rules of a set, of which the words are known to be possible together.
fn meet(set: &[&Asked], premises: &Demand, budget: &mut usize) -> bool {
    if solvable(premises.figures.clone(), budget) != Some(true) {
        return false;
    }
    let implied = |figures: &[Inequality], one: &Inequality, budget: &mut usize| {
        let Some(denied) = one.denied() else { return false };
        solvable(figures.iter().cloned().chain([denied]).collect(), budget) == Some(false)
    };
    premises.others.is_empty()
        || set.iter().any(|host| {
            let own = &host.premises;
            set.iter().all(|other| own.covers(&other.premises) && !own.may_hide(&host.check, &other.check))
                && premises.figures.iter().all(|one| implied(&own.figures, one, budget))
        })
}
