//! Rules that no row can satisfy together: one of them would be reported whatever is printed. Found when rules are loaded.
//!
//! Of rules over the rows of one relation what is linear in the figures of a row is taken (comparisons of sums, differences and
//! multiples; of a conjunction those parts that are), which is less than the rules ask for, so that a conflict that is found
//! is one. Whether some figures satisfy it is decided by the elimination of Fourier and Motzkin over exact fractions.
use std::collections::BTreeMap;

use super::ir::{Kind, Node, RangeSource, TypedRule};
use super::pack::{Pack, code};
use super::types::Type;
use super::value::Value;
use crate::plan::RelationId;
use crate::syntax::rules::{ArithmeticOp, CompareOp, Rule, State};
use crate::text::{Fault, Message, Severity, Sources, normal};
use crate::value::Exact;

/// Rules of a relation beyond which sets of three are not tried, and systems that are solved in all.
const MOST_RULES: usize = 32;
const MOST_SYSTEMS: usize = 20_000;
/// Inequalities of a system while it is solved; elimination may square their number.
const MOST_INEQUALITIES: usize = 2_000;

/// `sum > 0` or `sum ≥ 0`; variables are cells of the row, by how they are written.
#[derive(Debug, Clone, PartialEq)]
struct Inequality {
    sum: Linear,
    strict: bool,
}

/// A sum of multiples of variables, and a constant.
#[derive(Debug, Clone, PartialEq)]
struct Linear {
    of: BTreeMap<String, Exact>,
    constant: Exact,
}

/// What a rule asks of the figures of a row.
struct Asked {
    rule: usize,
    relation: RelationId,
    premises: Vec<Inequality>,
    check: Vec<Inequality>,
}

/// Reports the smallest sets of rules, each with one of the author's (from number `first` on), that no row satisfies together.
pub(super) fn joint(pack: &Pack, first: usize, sources: &Sources) -> Vec<Fault> {
    let own: Vec<Asked> = (first..pack.rules.len()).flat_map(|n| pack.typed(n)).filter_map(asked).collect();
    let beside = |n: &usize| pack.rules.get(*n).is_some_and(|rule| own.iter().any(|o| over(rule, o, pack, sources)));
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

/// Whether a rule that is not typed yet ranges over the relation of another, as far as its text says.
fn over(rule: &Rule, other: &Asked, pack: &Pack, sources: &Sources) -> bool {
    let [range] = rule.ranges.as_slice() else { return false };
    let text = normal::normal(sources.text(range.source.span));
    let relation = pack.vocabulary.relations.get(other.relation.0 as usize);
    relation.is_some_and(|r| normal::normal(&r.name) == text || normal::normal(&r.alias) == text)
}

/// The rules with which one rule makes a set that cannot be satisfied: none, one or two of them; `None` if there is no such set.
fn conflict(one: &Asked, others: &[&Asked], budget: &mut usize) -> Option<Vec<usize>> {
    let mut clash = |set: &[&Asked]| {
        let premises = || set.iter().flat_map(|a| &a.premises).cloned();
        let all: Vec<Inequality> = premises().chain(set.iter().flat_map(|a| &a.check).cloned()).collect();
        // Rules that never look at the same row do not meet.
        solvable(all, budget) == Some(false) && solvable(premises().collect(), budget) == Some(true)
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

/// What a rule asks, if it ranges over the rows of one relation and all its premises are understood.
fn asked(rule: &TypedRule) -> Option<Asked> {
    let [range] = rule.query.ranges.as_slice() else { return None };
    let RangeSource::Relation(relation) = range.source else { return None };
    let (mut premises, mut check) = (Vec::new(), Vec::new());
    if !rule.query.conditions.iter().all(|premise| inequalities(premise, range.slot, &mut premises)) {
        return None;
    }
    inequalities(&rule.check, range.slot, &mut check);
    (!check.is_empty()).then_some(Asked { rule: rule.rule, relation, premises, check })
}

/// Adds what an expression asks of the figures of a row; whether that is all that it asks of anything.
fn inequalities(node: &Node, slot: usize, out: &mut Vec<Inequality>) -> bool {
    match &*node.kind {
        Kind::And(a, b) => {
            let first = inequalities(a, slot, out);
            inequalities(b, slot, out) && first
        }
        // A figure that is there may be any.
        Kind::Is(of, State::Number | State::Present) => linear(of, slot).is_some(),
        Kind::Compare(op, a, b) if [a, b].iter().all(|n| matches!(n.ty, Type::Number(_) | Type::Integer)) => {
            let (Some(a), Some(b)) = (linear(a, slot), linear(b, slot)) else { return false };
            let (Some(above), Some(below)) = (a.plus(&b, -1), b.plus(&a, -1)) else { return false };
            let one = |sum: Linear, strict: bool| Inequality { sum, strict };
            match op {
                CompareOp::Less => out.push(one(below, true)),
                CompareOp::LessEqual => out.push(one(below, false)),
                CompareOp::Greater => out.push(one(above, true)),
                CompareOp::GreaterEqual => out.push(one(above, false)),
                CompareOp::Equal => out.extend([one(above, false), one(below, false)]),
                CompareOp::Consistent | CompareOp::NotEqual => return false,
            }
            true
        }
        _ => false,
    }
}

/// A number that is linear in the figures of a row.
fn linear(node: &Node, slot: usize) -> Option<Linear> {
    match &*node.kind {
        Kind::Figure(number, _) => Some(Linear { of: BTreeMap::new(), constant: number.value }),
        Kind::Constant(Value::Integer(n)) => {
            Some(Linear { of: BTreeMap::new(), constant: Exact::from_int(i128::from(*n)) })
        }
        Kind::Cell(row, _) if matches!(&*row.kind, Kind::Slot(of) if *of == slot) => {
            let mut name = String::new();
            node.fingerprint(slot, &mut name);
            Some(Linear { of: BTreeMap::from([(name, Exact::ONE)]), constant: Exact::ZERO })
        }
        Kind::Negate(a) => linear(a, slot)?.times(Exact::from_int(-1)),
        Kind::Arithmetic(op, a, b) => {
            let (a, b) = (linear(a, slot)?, linear(b, slot)?);
            match op {
                ArithmeticOp::Add => a.plus(&b, 1),
                ArithmeticOp::Subtract => a.plus(&b, -1),
                ArithmeticOp::Multiply if b.of.is_empty() => a.times(b.constant),
                ArithmeticOp::Multiply if a.of.is_empty() => b.times(a.constant),
                ArithmeticOp::Divide if b.of.is_empty() => a.times(Exact::ONE.checked_div(b.constant)?),
                ArithmeticOp::Multiply | ArithmeticOp::Divide => None,
            }
        }
        _ => None,
    }
}

impl Linear {
    /// This and a multiple of another.
    fn plus(&self, other: &Self, by: i128) -> Option<Self> {
        let other = other.times(Exact::from_int(by))?;
        let mut sum = self.clone();
        sum.constant = sum.constant.checked_add(other.constant)?;
        for (name, factor) in other.of {
            let place = sum.of.entry(name).or_insert(Exact::ZERO);
            *place = place.checked_add(factor)?;
        }
        sum.of.retain(|_, factor| *factor != Exact::ZERO);
        Some(sum)
    }

    fn times(&self, by: Exact) -> Option<Self> {
        let of = self.of.iter().map(|(name, factor)| Some((name.clone(), factor.checked_mul(by)?)));
        Some(Self { of: of.collect::<Option<_>>()?, constant: self.constant.checked_mul(by)? })
    }
}

/// Whether some figures satisfy a system; `None` if that was not found out.
fn solvable(mut system: Vec<Inequality>, budget: &mut usize) -> Option<bool> {
    *budget = budget.checked_sub(1)?;
    while let Some(name) = system.iter().find_map(|i| i.sum.of.keys().next().cloned()) {
        let factor = |i: &Inequality| i.sum.of.get(&name).copied().unwrap_or(Exact::ZERO);
        let (with, mut next): (Vec<Inequality>, Vec<Inequality>) =
            system.into_iter().partition(|i| factor(i) != Exact::ZERO);
        let (above, below): (Vec<Inequality>, Vec<Inequality>) =
            with.into_iter().partition(|i| factor(i) > Exact::ZERO);
        for low in &above {
            for high in &below {
                // low·|factor of high| + high·factor of low: the variable cancels.
                let sum = low.sum.times(factor(high).negated())?.plus(&high.sum.times(factor(low))?, 1)?;
                next.push(Inequality { sum, strict: low.strict || high.strict });
            }
        }
        if next.len() > MOST_INEQUALITIES {
            return None;
        }
        system = next;
    }
    let holds = |i: &Inequality| if i.strict { i.sum.constant > Exact::ZERO } else { i.sum.constant >= Exact::ZERO };
    Some(system.iter().all(holds))
}
