//! Which figure is wrong: where several rules fail, the fewest and most plausible printed figures whose change would satisfy
//! all of them, and every rule that holds now and reads one of these figures (error localization after Fellegi and Holt).
//!
//! No second reading of the rules is made for it: whether a rule holds when a cell has another value is asked of the rule
//! itself ([`WhatIf`]). Values are proposed by the comparisons of a failed check, each a quotient of two straight lines in the
//! figure that is in question, whose zero is found exactly (`propose`); the rules then accept or refuse them (`repair`).
//! Rounding intervals count, because they count in the rules.
mod fill;
mod gather;
mod propose;
mod repair;
mod weigh;

pub use fill::{Implied, implied};

use super::eval::{Context, Shared, WhatIf};
use super::idle::busy;
use super::ir::TypedRule;
use crate::text::Span;
use crate::value::Slip;
use gather::{Gathering, Known};
use repair::Bench;
use rustc_hash::FxHashSet;

/// Findings that have one cause, and what may be the cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    /// The findings, by the numbers that were given, in order.
    pub findings: Vec<usize>,
    /// What would settle all of them, the most plausible first: all sets of least size. None if there is no set of up to
    /// [`MOST_WRONG`] figures, or none was found within the bounds.
    pub repairs: Vec<Repair>,
    /// How many figures are wrong at least.
    pub least: usize,
    /// Whether the figures were too many to try them all.
    pub cut: bool,
}

/// Figures that are changed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Each figure, in the order of the facts.
    pub changes: Vec<Change>,
    /// How much speaks against these figures being the wrong ones; less is more suspicious.
    pub weight: u32,
}

/// A figure and what it would have to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it is printed.
    pub span: Span,
    /// What it would have to be.
    pub wanted: Wanted,
    /// The slip that leads from there to what is printed.
    pub slip: Option<Slip>,
    /// Whether what is printed is the figure of the row, or of the year, beside it.
    pub neighbour: bool,
}

/// What a figure would have to be, as it would be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// This.
    Figure(String),
    /// Any from the first to the second.
    Between(String, String),
    /// This or more.
    AtLeast(String),
    /// This or less.
    AtMost(String),
}

/// Sets of more figures than this are not looked for: who has three wrong figures in one place looks at all of them.
pub const MOST_WRONG: usize = 2;

/// Looks for the causes of findings: the number, rule, place and Japanese sentence of each. `wanted` says which rules run;
/// what is neither a finding nor hidden by one (a figure in dispute is computed with by no rule) was accepted by somebody
/// and is held against nothing. In the order of the first finding of each.
#[must_use]
pub fn localize<'a, 'f>(
    shared: &'a Shared<'a>,
    wanted: impl Fn(usize) -> bool,
    found: impl IntoIterator<Item = (usize, usize, Span, &'f str)>,
) -> Vec<Suspicion> {
    let known = Known::new(found);
    if known.is_empty() {
        return Vec::new();
    }
    let mut context = Context::new(shared);
    context.what_if = Some(WhatIf::default());
    let rules: Vec<_> = busy(context.pack, context.facts, wanted).filter(|rule| gather::is_arithmetic(rule)).collect();
    causes(&context, &rules, &known).0
}

/// The causes, and what looking for them cost: rows looked at and figures read, whatever the machine.
fn causes(context: &Context<'_>, rules: &[&TypedRule], known: &Known<'_>) -> (Vec<Suspicion>, u64) {
    let mut gathering = Gathering::new(context, rules, known);
    let cells = gathering.cells();
    let near = gathering.around(&cells);
    let bench = Bench::new(context, &near, 1);
    let mut suspicions = bench.suspicions();
    let mut spent = bench.spent();
    // Where one figure is not enough, a second one may be read by what has not been looked at yet.
    let open: FxHashSet<usize> =
        suspicions.iter().filter(|s| s.least > 1 && !s.cut).flat_map(|s| s.findings.iter().copied()).collect();
    if !open.is_empty() {
        let wanted = near.iter().filter(|i| i.finding.is_some_and(|n| open.contains(&n)));
        let first: FxHashSet<_> = wanted.flat_map(|i| i.reads.iter().copied()).collect();
        let second = near.iter().filter(|i| i.reads.iter().any(|cell| first.contains(cell)));
        let far = gathering.around(&second.flat_map(|i| i.reads.iter().copied()).collect());
        suspicions.retain(|s| s.least == 1 || s.cut);
        let bench = Bench::new(context, &far, MOST_WRONG);
        let pairs = bench.suspicions();
        spent += bench.spent();
        suspicions.extend(pairs.into_iter().filter(|s| s.findings.iter().any(|n| open.contains(n))));
        suspicions.sort_by(|a, b| a.findings.cmp(&b.findings));
    }
    (suspicions, context.steps.get() + spent)
}

#[cfg(test)]
mod tests;
