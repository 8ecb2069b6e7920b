//! How plausible it is that a figure is the wrong one, and what it would have to be.
use rustc_hash::FxHashSet;

use super::super::eval::{CellRef, Context, is_computed};
use super::super::ir::{Kind, Node};
use super::super::run::{reprint, settles};
use super::super::value::Value;
use super::super::words::value_text;
use super::propose::Printed;
use super::repair::{Bench, Tried};
use super::{Change, Repair, Wanted};
use crate::graph::EdgeKind;
use crate::plan::{DOCUMENTS, RowRef};
use crate::value::{Exact, Slip, meant, slip};

/// What a figure weighs of which nothing is known.
const USUAL: u32 = 10;
/// For every other place where it is printed alike, up to [`MOST_ALIKE`] of them.
const ALIKE: u32 = 3;
const MOST_ALIKE: usize = 3;
/// A figure of a published earlier edition.
const EARLIER: u32 = 3;
/// Off for what is computed from others: details are sources, totals and rates are made from them.
const DERIVED: u32 = 2;
/// Off for a slip of the hand, and for the figure of the row or year beside it.
const SLIPPED: u32 = 4;
/// Off for each piece of advice that would be gone, up to [`MOST_ADVICE`] of them.
const ADVISED: u32 = 1;
const MOST_ADVICE: usize = 2;
/// On where the number that it has to be is not known.
const VAGUE: u32 = 2;

/// Places beyond which the ends of what a figure may be are not looked for.
const MOST_PLACES: i128 = 1 << 40;

pub(super) struct Scale<'b, 'c, 'a, 'r> {
    bench: &'b Bench<'c, 'a, 'r>,
    /// Documents of which there is a later edition.
    earlier: FxHashSet<u32>,
}

impl<'b, 'c, 'a, 'r> Scale<'b, 'c, 'a, 'r> {
    pub(super) fn new(bench: &'b Bench<'c, 'a, 'r>) -> Self {
        let (facts, graph) = (bench.context.facts, bench.context.graph);
        let documents = graph.edges(facts).filter(|edge| matches!(edge.kind, EdgeKind::Reference(_)));
        let earlier = documents.filter_map(|edge| {
            let to = edge.to.filter(|to| to.relation == DOCUMENTS && edge.from.relation == DOCUMENTS)?;
            (graph.series(to.row) == graph.series(edge.from.row)).then_some(to.row)
        });
        Self { bench, earlier: earlier.collect() }
    }

    /// What a set of changes comes to, and the findings of advice that would be gone with them.
    pub(super) fn repair(&self, tried: &[Tried]) -> Option<(Repair, Vec<usize>)> {
        let (mut made, mut gone) = (Vec::new(), Vec::new());
        let mut weight = 0;
        for (at, (cell, value)) in tried.iter().enumerate() {
            let others: Vec<Tried> = tried.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, t)| *t).collect();
            let (change, weighs, with) = self.with(&others, &mut || self.change(*cell, *value))??;
            weight += weighs;
            made.push(change);
            gone.extend(with);
        }
        Some((Repair { changes: made, weight }, gone))
    }

    /// What is so while other cells hold what they would have to.
    fn with<T>(&self, others: &[Tried], work: &mut dyn FnMut() -> T) -> Option<T> {
        let Some(((cell, value), rest)) = others.split_first() else { return Some(work()) };
        let printed = Printed::new(self.bench.context, *cell)?;
        self.bench.supposing(*cell, &printed, *value, || self.with(rest, work))?
    }

    fn change(&self, cell: CellRef, value: Exact) -> Option<(Change, u32, Vec<usize>)> {
        let context = self.bench.context;
        let own = Printed::new(context, cell)?;
        let printed = own.scaled_to(value);
        let span = context.facts.place(cell.0, cell.1, context.sources);
        let fits =
            |value: Exact| self.bench.supposing(cell, &printed, value, || self.bench.all_hold(cell)) == Some(true);
        let (low, high) = (self.end(&printed, value, -1, &fits), self.end(&printed, value, 1, &fits));
        let within = |v: &Exact| low.is_none_or(|low| *v >= low) && high.is_none_or(|high| *v <= high);
        let (wanted, slipped) = if low.is_some() && low == high {
            (Some(value), self.slip(cell, value))
        } else {
            // Of many numbers that would do, the one from which a slip leads here, if there is one such slip.
            let slips: Vec<_> =
                meant(printed.number.value, printed.place).into_iter().filter(|(v, _)| within(v) && fits(*v)).collect();
            match slips.as_slice() {
                [(value, slip)] => (Some(*value), Some(*slip)),
                _ => (None, None),
            }
        };
        let told = |value: Exact| printed_as(context, cell, &printed, value);
        let wanted = match (wanted, low, high) {
            (Some(value), ..) => Wanted::Figure(told(value)),
            (None, Some(low), Some(high)) => Wanted::Between(told(low), told(high)),
            (None, Some(low), None) => Wanted::AtLeast(told(low)),
            (None, None, Some(high)) => Wanted::AtMost(told(high)),
            (None, None, None) => return None,
        };
        let neighbour = self.copies_neighbour(cell, &own);
        let alike = self.alike(cell).min(MOST_ALIKE);
        let mut weight = USUAL + ALIKE * u32::try_from(alike).unwrap_or(0);
        if self.earlier.contains(&context.facts.document_number(cell.0)) {
            weight += EARLIER;
        }
        if !matches!(wanted, Wanted::Figure(_)) {
            weight += VAGUE;
        }
        if self.is_derived(cell) {
            weight -= DERIVED;
        }
        if slipped.is_some() || neighbour {
            weight -= SLIPPED;
        }
        let gone = self.bench.supposing(cell, &printed, value, || self.bench.gone(cell)).unwrap_or_default();
        weight -= ADVISED * u32::try_from(gone.len().min(MOST_ADVICE)).unwrap_or(0);
        Some((Change { span, wanted, slip: slipped, neighbour }, weight, gone))
    }

    /// The slip that leads from a number to what a cell prints.
    fn slip(&self, cell: CellRef, value: Exact) -> Option<Slip> {
        let printed = Printed::new(self.bench.context, cell)?;
        slip(printed.number.value, value, printed.place)
    }

    /// How far a number may go in one direction; `None` if no end was met.
    fn end(&self, printed: &Printed, from: Exact, direction: i128, fits: &dyn Fn(Exact) -> bool) -> Option<Exact> {
        let at = |places: i128| printed.away(from, places * direction);
        let (mut good, mut bad) = (0, 1);
        while at(bad).is_some_and(fits) {
            good = bad;
            bad *= 2;
            if bad > MOST_PLACES {
                return None;
            }
        }
        while bad - good > 1 {
            let middle = good + (bad - good) / 2;
            if at(middle).is_some_and(fits) { good = middle } else { bad = middle }
        }
        at(good)
    }

    /// In how many other places a figure is printed alike.
    fn alike(&self, cell: CellRef) -> usize {
        let instances = self.bench.touching(cell).iter().filter_map(|n| self.bench.instances.get(*n));
        instances.filter(|i| !i.fails && settles(&i.rule.check)).map(|i| i.reads.len().saturating_sub(1)).sum()
    }

    /// Whether a rule computes what a cell should hold.
    fn is_derived(&self, cell: CellRef) -> bool {
        let mut instances = self.bench.touching(cell).iter().filter_map(|n| self.bench.instances.get(*n));
        instances.any(|i| {
            let named = self.bench.context.cell_of(&i.rule.place, &mut i.frame.clone()) == Some(cell);
            named && against_computed(&i.rule.check)
        })
    }

    /// Whether what is printed is what stands in the row before or after, in the same column of the same table or series.
    fn copies_neighbour(&self, (row, column): CellRef, printed: &Printed) -> bool {
        let facts = self.bench.context.facts;
        let beside = [row.row.checked_sub(1), row.row.checked_add(1)].into_iter().flatten();
        beside.map(|row_beside| RowRef { row: row_beside, ..row }).any(|other| {
            let same_owner = facts.parent(other).is_some() && facts.parent(other) == facts.parent(row);
            same_owner && self.bench.context.figure_in((other, column)) == Some(printed.number)
        })
    }
}

/// A number as it would be printed in the place of a cell.
pub(super) fn printed_as(context: &Context<'_>, cell: CellRef, printed: &Printed, value: Exact) -> String {
    let text = context.sources.text(context.facts.place(cell.0, cell.1, context.sources)).trim();
    let plain = || {
        let number = printed.with(value).unwrap_or(printed.number);
        value_text(context, &Value::number(number), None)
    };
    reprint(text, value, context.is_percentage(text)).unwrap_or_else(plain)
}

/// Whether a check holds a cell against what is computed.
fn against_computed(check: &Node) -> bool {
    match &*check.kind {
        Kind::Compare(_, a, b) => is_computed(a) || is_computed(b),
        _ => check.children().into_iter().any(against_computed),
    }
}
