//! What a rule asks of a row: of its figures, of its words, and what is not looked into.
use std::collections::{BTreeMap, BTreeSet};

use super::super::columns::{self, Columns};
use super::super::ir::{Kind, Node, RangeSource, TypedRule};
use super::super::types::Type;
use super::super::value::Value;
use super::linear::{Inequality, Linear};
use crate::plan::RelationId;
use crate::syntax::rules::{ArithmeticOp, CompareOp, State};
use crate::text::normal;
use crate::value::Exact;

/// What a rule asks of a row.
pub(super) struct Asked {
    /// The number of the rule.
    pub rule: usize,
    /// Whose rows.
    pub relation: RelationId,
    /// Of which rows.
    pub premises: Demand,
    /// What has to be so, as far as it is understood.
    pub check: Demand,
}

/// Conditions that all hold.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    /// On figures.
    pub figures: Vec<Inequality>,
    /// On words, by how the place of each is written.
    pub words: BTreeMap<String, Words>,
    /// Others, as they are written: all that is known of them is whether two are the same.
    pub others: BTreeSet<String>,
    /// What those on figures and words read, and what the others do; `None` if that cannot be said.
    reads: Columns,
    others_read: Option<Columns>,
}

/// The words that may stand in a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// One of these, if it is said.
    only: Option<BTreeSet<String>>,
    /// None of these.
    never: BTreeSet<String>,
}

impl Words {
    /// What both allow.
    fn and(&self, other: &Self) -> Self {
        let only = match (&self.only, &other.only) {
            (Some(a), Some(b)) => Some(a & b),
            (a, b) => a.clone().or_else(|| b.clone()),
        };
        Self { only, never: &self.never | &other.never }
    }

    /// Whether some word may stand there.
    fn is_possible(&self) -> bool {
        self.only.as_ref().is_none_or(|only| !only.is_subset(&self.never))
    }

    /// Whether every word that this allows is allowed by another.
    fn implies(&self, other: &Self) -> bool {
        match &self.only {
            Some(only) => only.difference(&self.never).all(|word| other.allows(word)),
            None => other.only.is_none() && other.never.is_subset(&self.never),
        }
    }

    fn allows(&self, word: &String) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(word)) && !self.never.contains(word)
    }
}

impl Default for Demand {
    fn default() -> Self {
        let (figures, words, others) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        Self { figures, words, others, reads: Columns::default(), others_read: Some(Columns::default()) }
    }
}

impl Demand {
    /// What is asked by all of several.
    pub(super) fn all<'d>(demands: impl Iterator<Item = &'d Self>) -> Self {
        let mut out = Self::default();
        for demand in demands {
            out.figures.extend(demand.figures.iter().cloned());
            out.others.extend(demand.others.iter().cloned());
            for (place, words) in &demand.words {
                let known = out.words.entry(place.clone()).or_default();
                *known = known.and(words);
            }
        }
        out
    }

    /// Whether words can be put in every place.
    pub(super) fn has_words(&self) -> bool {
        self.words.values().all(Words::is_possible)
    }

    /// Whether the words and the other conditions of this are all that another one asks of them.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let any = Words::default();
        other.others.is_subset(&self.others)
            && other.words.iter().all(|(place, words)| self.words.get(place).unwrap_or(&any).implies(words))
    }

    /// Whether the other conditions of this may be about what is not printed where another demand, of a check that is judged
    /// only where its cells are, looks at what this one does not.
    pub(super) fn may_hide(&self, own: &Self, check: &Self) -> bool {
        let read = |at: &_| self.reads.contains(at) || own.reads.contains(at);
        self.others_read.as_ref().is_none_or(|hidden| check.reads.iter().any(|at| hidden.contains(at) && !read(at)))
    }

    fn is_empty(&self) -> bool {
        self.figures.is_empty() && self.words.is_empty()
    }

    /// Adds a condition; one that is not understood is kept as it is written.
    fn add(&mut self, node: &Node, slot: usize) {
        match &*node.kind {
            Kind::And(a, b) => {
                self.add(a, slot);
                self.add(b, slot);
            }
            // A figure that is there may be any.
            Kind::Is(of, State::Number | State::Present) if linear(of, slot).is_some() => {}
            _ => {
                let mut reads = Columns::default();
                let known = columns::add(node, &mut reads);
                if let Some(figures) = inequalities(node, slot) {
                    self.figures.extend(figures);
                    self.reads.extend(reads);
                } else if let Some((place, words)) = words(node, slot, false) {
                    let known = self.words.entry(place).or_default();
                    *known = known.and(&words);
                    self.reads.extend(reads);
                } else {
                    match &mut self.others_read {
                        Some(others) if known => others.extend(reads),
                        others => *others = None,
                    }
                    let mut name = String::new();
                    node.fingerprint(slot, &mut name);
                    self.others.insert(name);
                }
            }
        }
    }
}

/// What a rule asks, if it ranges over the rows of one relation and something of its check is understood.
pub(super) fn asked(rule: &TypedRule) -> Option<Asked> {
    let [range] = rule.query.ranges.as_slice() else { return None };
    let RangeSource::Relation(relation) = range.source else { return None };
    let (mut premises, mut check) = (Demand::default(), Demand::default());
    rule.query.conditions.iter().for_each(|premise| premises.add(premise, range.slot));
    check.add(&rule.check, range.slot);
    // What is left out of a check makes it ask for less.
    check.others.clear();
    (!check.is_empty()).then_some(Asked { rule: rule.rule, relation, premises, check })
}

/// A comparison of numbers that are linear in the figures of a row.
fn inequalities(node: &Node, slot: usize) -> Option<Vec<Inequality>> {
    let Kind::Compare(op, a, b) = &*node.kind else { return None };
    if ![a, b].iter().all(|n| matches!(n.ty, Type::Number(_) | Type::Integer)) {
        return None;
    }
    let (a, b) = (linear(a, slot)?, linear(b, slot)?);
    let (above, below) = (a.plus(&b, -1)?, b.plus(&a, -1)?);
    let one = |sum: Linear, strict: bool| Inequality { sum, strict };
    Some(match op {
        CompareOp::Less => vec![one(below, true)],
        CompareOp::LessEqual => vec![one(below, false)],
        CompareOp::Greater => vec![one(above, true)],
        CompareOp::GreaterEqual => vec![one(above, false)],
        CompareOp::Equal => vec![one(above, false), one(below, false)],
        CompareOp::Consistent | CompareOp::NotEqual => return None,
    })
}

/// Which words a condition allows in which place of a row, or with `denied` which it does not.
fn words(node: &Node, slot: usize, denied: bool) -> Option<(String, Words)> {
    let said = |of: &Node, words: BTreeSet<String>, denied: bool| {
        let words = match denied {
            true => Words { only: None, never: words },
            false => Words { only: Some(words), never: BTreeSet::new() },
        };
        Some((place(of, slot)?, words))
    };
    match &*node.kind {
        Kind::Not(a) => words(a, slot, !denied),
        Kind::Compare(op @ (CompareOp::Equal | CompareOp::NotEqual), a, b) => {
            let (of, word) = word(b).map(|word| (a, word)).or_else(|| Some((b, word(a)?)))?;
            said(of, BTreeSet::from([word]), denied != (*op == CompareOp::NotEqual))
        }
        Kind::InSet(of, items) => said(of, items.iter().map(word).collect::<Option<_>>()?, denied),
        _ => None,
    }
}

/// A word, year or truth value that is written in a rule.
fn word(node: &Node) -> Option<String> {
    match &*node.kind {
        Kind::Text(text) => Some(normal::normal(text)),
        Kind::Constant(value @ (Value::Year(_) | Value::Bool(_) | Value::Date(_))) => Some(format!("{value:?}")),
        _ => None,
    }
}

/// How a cell of a row, or of what is above it, is written.
fn place(node: &Node, slot: usize) -> Option<String> {
    let Kind::Cell(row, _) = &*node.kind else { return None };
    let mut row = row;
    while let Kind::Ancestor(below, _) | Kind::Target(below, _) = &*row.kind {
        row = below;
    }
    matches!(&*row.kind, Kind::Slot(of) if *of == slot).then(|| {
        let mut name = String::new();
        node.fingerprint(slot, &mut name);
        name
    })
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
