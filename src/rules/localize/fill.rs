//! What a cell has to hold that is empty or cannot be read: the one figure with which every rule that reads it holds (a total
//! and all parts but one make that one; a torn target is printed again in another document).
//!
//! All open cells are looked for at once: the rules are asked once with something in every such cell, to see which rows read
//! which of them, and then for each cell with nothing but that one filled in. So the cost follows what there is to read, and a
//! rule that needs two open cells says nothing of either.
use std::cell::Cell as Counter;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::columns::{self, Columns};
use super::super::eval::{CellRef, Context, Flow, Frame, Shared, WhatIf};
use super::super::idle::busy;
use super::super::ir::TypedRule;
use super::super::value::{Number, Value, Why};
use super::gather::{Instance, Near, equates, is_binding};
use super::propose::{Printed, propose};
use super::weigh::printed_as;
use crate::plan::{Cell, ColumnId, RelationId, RelationKind, RowRef};
use crate::text::Span;
use crate::value::Exact;

/// A cell and the figure that it has to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Implied {
    /// Where nothing is printed, or nothing that can be read.
    pub span: Span,
    /// The figure, printed as those beside it.
    pub text: String,
    /// The rules that leave no other.
    pub rules: Vec<usize>,
}

/// So many cells are looked at; a form that is not filled in yet has no more to say.
const MOST_CELLS: usize = 2_000;

/// Rows of a table beyond which it is no table that people fill in.
const MOST_ROWS: usize = 500;

/// Open cells that one row of a rule may read; with more of them it tells nothing of any.
const MOST_TOGETHER: usize = 8;

/// Cells that are read for all of it.
const MOST_READS: u64 = 20_000_000;

/// The figures that cells have to hold, in the order of the facts. `wanted` says which rules are asked.
#[must_use]
pub fn implied<'a>(shared: &'a Shared<'a>, wanted: impl Fn(usize) -> bool) -> Vec<Implied> {
    let mut context = Context::new(shared);
    context.what_if = Some(WhatIf::default());
    let open = open(&context);
    let rules = busy(context.pack, context.facts, wanted).filter(|rule| is_binding(rule));
    let filling = Filling { context: &context, open: &open, left: Counter::new(MOST_READS) };
    let mut reading = filling.reading(rules);
    let mut out: Vec<Implied> = Vec::new();
    let mut cells: Vec<(&CellRef, &Model)> = open.iter().collect();
    cells.sort_unstable_by_key(|(cell, _)| **cell);
    for (cell, model) in cells {
        let instances = reading.remove(cell).unwrap_or_default();
        out.extend(filling.figure(*cell, model, &instances));
    }
    out.sort_by_key(|one| one.span);
    out
}

/// An open cell as if it were printed like another one.
struct Model {
    printed: Printed,
    like: CellRef,
}

/// The cells with nothing readable in them, as far as there is a figure that they could be printed like: in a table those of
/// the same column, in a series those of other years, else those of the same thing in other documents. In a series 「-」 says
/// that there is none.
fn open(context: &Context<'_>) -> FxHashMap<CellRef, Model> {
    let mut out = FxHashMap::default();
    let relations = (0..).zip(&context.facts.vocabulary.relations);
    // What rules make is printed nowhere.
    for (n, relation) in relations.filter(|(_, relation)| relation.kind != RelationKind::Defined) {
        let table = matches!(relation.kind, RelationKind::Rows(_));
        let large = large(context, RelationId(n));
        for column in (0..).map(ColumnId).take(relation.columns.len()) {
            let rows = || context.rows(RelationId(n)).map(|row| (row, column));
            let is_open = |(row, column): &CellRef| match context.facts.cell(*row, *column) {
                Cell::Missing => table,
                Cell::Unreadable => true,
                _ => false,
            };
            let small = |(row, _): &CellRef| large.is_empty() || !large.contains(&context.facts.parent(*row));
            let cells = rows().filter(|cell| is_open(cell) && small(cell));
            let cells: Vec<CellRef> = cells.take(MOST_CELLS - out.len().min(MOST_CELLS)).collect();
            if cells.is_empty() {
                continue;
            }
            let (mut beside, mut elsewhere) = (FxHashMap::default(), FxHashMap::default());
            for cell in rows().filter(|cell| context.is_figure(*cell)) {
                let parent = context.facts.parent(cell.0);
                beside.entry(parent).or_insert(cell);
                if let Some(parent) = parent {
                    elsewhere.entry(context.graph.group(parent)).or_insert(cell);
                }
            }
            for cell in cells {
                let parent = context.facts.parent(cell.0);
                let same = || elsewhere.get(&context.graph.group(parent?));
                let like = beside.get(&parent).or_else(same).copied();
                if let Some((like, printed)) = like.and_then(|like| Some((like, Printed::new(context, like)?))) {
                    out.insert(cell, Model { printed, like });
                }
            }
        }
    }
    out
}

/// What has more rows than people fill in.
fn large(context: &Context<'_>, relation: RelationId) -> FxHashSet<Option<RowRef>> {
    let mut rows: FxHashMap<Option<RowRef>, usize> = FxHashMap::default();
    if context.count(relation) as usize > MOST_ROWS {
        context.rows(relation).for_each(|row| *rows.entry(context.facts.parent(row)).or_default() += 1);
    }
    rows.into_iter().filter(|(_, count)| *count > MOST_ROWS).map(|(parent, _)| parent).collect()
}

struct Filling<'c, 'a> {
    context: &'c Context<'a>,
    open: &'c FxHashMap<CellRef, Model>,
    left: Counter<u64>,
}

impl Filling<'_, '_> {
    /// For each open cell the rules with the rows for which they read it, as soon as it holds a figure.
    fn reading<'r>(&self, rules: impl Iterator<Item = &'r TypedRule>) -> FxHashMap<CellRef, Vec<Instance<'r>>> {
        let mut out: FxHashMap<CellRef, Vec<Instance<'r>>> = FxHashMap::default();
        let Some(what_if) = &self.context.what_if else { return out };
        let columns: Columns = self.open.keys().map(|(row, column)| (row.relation, *column)).collect();
        let meets = |rule: &&TypedRule| columns::of(rule).is_none_or(|read| !read.is_disjoint(&columns));
        let rules = rules.filter(|rule| !columns.is_empty() && meets(rule));
        let filled: FxHashMap<CellRef, Number> =
            self.open.iter().map(|(cell, model)| (*cell, model.printed.number)).collect();
        let near = Near::new(self.context, &self.open.keys().copied().collect());
        for rule in rules {
            let mut asked: Vec<(Frame, Vec<CellRef>)> = Vec::new();
            what_if.fill(filled.clone());
            for window in near.windows(self.context, rule) {
                let mut frame: Frame = vec![Value::Unknown(Why::Missing); rule.slots];
                // What a torn cell leaves open says nothing.
                let _ = self.context.search_within(&rule.query, window, &mut frame, &mut |frame| {
                    let (_, reads) = what_if.listen(|| asks(self.context, rule, frame));
                    let open: Vec<CellRef> =
                        reads.iter().copied().filter(|cell| self.open.contains_key(cell)).collect();
                    if !open.is_empty() && open.len() <= MOST_TOGETHER {
                        asked.push((frame.clone(), open));
                    }
                    if self.spend(reads.len()) { Flow::Continue } else { Flow::Stop }
                });
            }
            what_if.fill(FxHashMap::default());
            for (frame, open) in asked {
                for cell in open {
                    let Some(instance) = self.instance(rule, &frame, cell) else { continue };
                    out.entry(cell).or_default().push(instance);
                }
            }
        }
        out
    }

    /// A rule and its rows, if it can be judged as soon as one cell is filled in.
    fn instance<'r>(&self, rule: &'r TypedRule, frame: &Frame, cell: CellRef) -> Option<Instance<'r>> {
        let (context, what_if) = (self.context, self.context.what_if.as_ref()?);
        let mut frame = frame.clone();
        let before = what_if.suppose(cell, Some(self.open.get(&cell)?.printed.number));
        let met = rule.query.conditions.iter().all(|node| context.truth(node, &mut frame) == Ok(true));
        let (truth, reads) = what_if.listen(|| context.truth(&rule.check, &mut frame));
        what_if.suppose(cell, before);
        let reads_it = met && truth.is_ok() && reads.binary_search(&cell).is_ok();
        (reads_it && self.spend(reads.len())).then(|| {
            let fails = truth == Ok(false);
            Instance { rule, frame, reads, finding: None, fails, binds: true }
        })
    }

    /// The figure that a cell has to hold.
    fn figure(&self, cell: CellRef, model: &Model, instances: &[Instance<'_>]) -> Option<Implied> {
        let what_if = self.context.what_if.as_ref()?;
        // What stands nowhere cannot be filled in.
        let span = (!instances.is_empty()).then(|| self.context.facts.place(cell.0, cell.1, self.context.sources))?;
        if span.range().is_empty() {
            return None;
        }
        let before = what_if.suppose(cell, Some(model.printed.number));
        let found = self.only(cell, &model.printed, instances);
        what_if.suppose(cell, before);
        let (value, rules) = found?;
        Some(Implied { span, text: printed_as(self.context, model.like, &model.printed, value), rules })
    }

    fn only(&self, cell: CellRef, model: &Printed, instances: &[Instance<'_>]) -> Option<(Exact, Vec<usize>)> {
        let what_if = self.context.what_if.as_ref()?;
        // Without an equation it could be anything within bounds.
        let equations: Vec<&Instance<'_>> = instances.iter().filter(|i| equates(&i.rule.check)).collect();
        if equations.is_empty() {
            return None;
        }
        let mut values = vec![model.number.value];
        for instance in &equations {
            values.extend(propose(self.context, instance, cell, model));
        }
        let mut seen = FxHashSet::default();
        values.retain(|value| seen.insert(*value));
        // What does not ask anything of a figure is not against it; something that has to be equal has to be.
        let fits = |value: Exact| {
            let Some(number) = model.with(value) else { return false };
            let before = what_if.suppose(cell, Some(number));
            let fits = instances.iter().all(|instance| self.holds(instance) != Some(false))
                && equations.iter().any(|instance| self.holds(instance) == Some(true));
            what_if.suppose(cell, before);
            fits
        };
        let mut fitting = values.into_iter().filter(|value| fits(*value));
        let value = fitting.next()?;
        let beside = [-1, 1].into_iter().filter_map(|n| model.away(value, n)).any(fits);
        if fitting.next().is_some() || beside || self.left.get() == 0 {
            return None;
        }
        // Those that leave no other are told, not those that hold whatever stands there.
        let other = model.away(value, 1).or_else(|| model.away(value, -1)).and_then(|other| model.with(other))?;
        let before = what_if.suppose(cell, Some(other));
        let pins = equations.iter().filter(|instance| self.holds(instance) != Some(true));
        let mut rules: Vec<usize> = pins.map(|instance| instance.rule.rule).collect();
        what_if.suppose(cell, before);
        rules.sort_unstable();
        rules.dedup();
        Some((value, rules))
    }

    /// Whether an instance holds; nothing if its premises are not met, so that it asks for nothing.
    fn holds(&self, instance: &Instance<'_>) -> Option<bool> {
        let mut frame = instance.frame.clone();
        if !self.spend(instance.reads.len()) {
            return Some(false);
        }
        let premises = &instance.rule.query.conditions;
        let met = premises.iter().all(|node| self.context.truth(node, &mut frame) == Ok(true));
        met.then(|| self.context.truth(&instance.rule.check, &mut frame) == Ok(true))
    }

    fn spend(&self, reads: usize) -> bool {
        let left = self.left.get().saturating_sub(reads as u64);
        self.left.set(left);
        left > 0
    }
}

/// Whether the premises of a rule and its check hold.
fn asks(context: &Context<'_>, rule: &TypedRule, frame: &mut Frame) -> bool {
    rule.query.conditions.iter().chain([&rule.check]).all(|node| context.truth(node, frame) == Ok(true))
}
