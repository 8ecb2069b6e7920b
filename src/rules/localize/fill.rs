//! What a cell of a table has to hold that is empty or cannot be read: the one figure with which every rule on the table holds
//! (a total and all parts but one make that one).
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::super::eval::{CellRef, Context, Flow, Frame, Shared, Strategy, WhatIf};
use super::super::ir::{Access, TypedRule};
use super::super::pack::Pack;
use super::super::value::{Value, Why};
use super::gather::{Instance, equates, is_binding};
use super::propose::{Printed, propose};
use super::weigh::printed_as;
use crate::plan::{Cell, ColumnId, RelationId, RelationKind, RowRef};
use crate::rules::Workspace;
use crate::text::{Sources, Span};
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
const MOST_ROWS: u32 = 500;

/// The figures that cells of tables have to hold, in the order of the facts. `wanted` says which rules are asked.
#[must_use]
pub fn implied(pack: &Pack, sources: &Sources, workspace: &Workspace, wanted: impl Fn(usize) -> bool) -> Vec<Implied> {
    let shared = Shared::new(workspace, sources, pack, Strategy::Planned);
    let mut context = Context::new(&shared);
    context.what_if = Some(WhatIf::default());
    let numbers = (0..pack.rules.len()).filter(|n| wanted(*n));
    let rules: Vec<&TypedRule> = numbers.flat_map(|n| pack.typed(n)).filter(|rule| is_binding(rule)).collect();
    let relations = context.facts.vocabulary.relations.iter().enumerate();
    let tables = relations.filter(|(_, relation)| matches!(relation.kind, RelationKind::Rows(_)));
    let tables: Vec<(RelationId, usize)> =
        tables.filter_map(|(n, relation)| Some((RelationId(u16::try_from(n).ok()?), relation.columns.len()))).collect();
    let mut out = Vec::new();
    let mut left = MOST_CELLS;
    for (relation, columns) in tables {
        let rules: Vec<&TypedRule> = rules.iter().copied().filter(|rule| walks(rule, relation)).collect();
        if rules.is_empty() {
            continue;
        }
        for rows in blocks(&context, relation) {
            for column in (0..columns).filter_map(|n| u16::try_from(n).ok()).map(ColumnId) {
                let table = Table { context: &context, rules: &rules, rows: rows.clone(), relation, column };
                out.extend(table.fill(&mut left));
            }
        }
    }
    out.sort_by_key(|one| one.span);
    out
}

/// Whether a rule begins with the rows of a relation.
fn walks(rule: &TypedRule, relation: RelationId) -> bool {
    matches!(rule.query.plan.steps.first().map(|s| &s.access), Some(Access::Scan(of)) if *of == relation)
}

/// The rows of each table, which stand together.
fn blocks(context: &Context<'_>, relation: RelationId) -> Vec<Range<u32>> {
    let mut blocks: Vec<(Option<RowRef>, Range<u32>)> = Vec::new();
    for row in context.rows(relation) {
        let parent = context.facts.parent(row);
        match blocks.last_mut() {
            Some((of, rows)) if *of == parent => rows.end = row.row + 1,
            _ => blocks.push((parent, row.row..row.row + 1)),
        }
    }
    blocks.into_iter().map(|(_, rows)| rows).filter(|rows| rows.end - rows.start <= MOST_ROWS).collect()
}

/// One column of one table.
struct Table<'c, 'a, 'r> {
    context: &'c Context<'a>,
    rules: &'c [&'r TypedRule],
    rows: Range<u32>,
    relation: RelationId,
    column: ColumnId,
}

impl Table<'_, '_, '_> {
    /// The cells that nothing readable stands in, as far as they have to hold one figure.
    fn fill(&self, left: &mut usize) -> Vec<Implied> {
        let cells = || self.rows.clone().map(|row| (RowRef { relation: self.relation, row }, self.column));
        let empty = |(row, column): &CellRef| {
            matches!(self.context.facts.cell(*row, *column), Cell::Missing | Cell::Unreadable)
        };
        // Two of them leave each other open.
        let open: Vec<CellRef> = cells().filter(empty).collect();
        let Some((model, like)) = cells().find_map(|cell| Some((Printed::new(self.context, cell)?, cell))) else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for cell in open {
            if *left == 0 {
                break;
            }
            *left -= 1;
            out.extend(self.figure(cell, &model, like));
        }
        out
    }

    /// The figure that a cell has to hold, printed as the one in `like`.
    fn figure(&self, cell: CellRef, model: &Printed, like: CellRef) -> Option<Implied> {
        let what_if = self.context.what_if.as_ref()?;
        let span = self.context.facts.place(cell.0, cell.1, self.context.sources);
        let before = what_if.suppose(cell, Some(model.number));
        let found = (!span.range().is_empty()).then(|| self.only(cell, model)).flatten();
        what_if.suppose(cell, before);
        let (value, rules) = found?;
        Some(Implied { span, text: printed_as(self.context, like, model, value), rules })
    }

    fn only(&self, cell: CellRef, model: &Printed) -> Option<(Exact, Vec<usize>)> {
        let what_if = self.context.what_if.as_ref()?;
        let instances = self.reading(cell);
        // Without an equation it could be anything within bounds.
        let equations: Vec<&Instance<'_>> = instances.iter().filter(|i| equates(&i.rule.check)).collect();
        let mut values: FxHashMap<Exact, bool> = FxHashMap::default();
        values.insert(model.number.value, true);
        for instance in &equations {
            values.extend(propose(self.context, instance, cell, model).into_iter().map(|value| (value, true)));
        }
        let fits = |value: Exact| {
            let Some(number) = model.with(value) else { return false };
            let before = what_if.suppose(cell, Some(number));
            let fits = instances.iter().all(|instance| holds(self.context, instance));
            what_if.suppose(cell, before);
            fits
        };
        let mut fitting = values.into_keys().filter(|value| fits(*value));
        let value = fitting.next()?;
        let beside = [-1, 1].into_iter().filter_map(|n| model.away(value, n)).any(fits);
        if equations.is_empty() || fitting.next().is_some() || beside {
            return None;
        }
        // Those that leave no other are told, not those that hold whatever stands there.
        let other = model.away(value, 1).or_else(|| model.away(value, -1)).and_then(|other| model.with(other))?;
        let before = what_if.suppose(cell, Some(other));
        let pins = equations.iter().filter(|instance| !holds(self.context, instance));
        let mut rules: Vec<usize> = pins.map(|instance| instance.rule.rule).collect();
        what_if.suppose(cell, before);
        rules.dedup();
        Some((value, rules))
    }

    /// The instances that read a cell as soon as it holds a figure.
    fn reading(&self, cell: CellRef) -> Vec<Instance<'_>> {
        let mut out = Vec::new();
        let Some(what_if) = self.context.what_if.as_ref() else { return out };
        for rule in self.rules {
            let mut frame: Frame = vec![Value::Unknown(Why::Missing); rule.slots];
            // What a torn cell leaves open says nothing.
            let _ = self.context.search_within(&rule.query, Some(self.rows.clone()), &mut frame, &mut |frame| {
                let (truth, reads) = what_if.listen(|| self.context.truth(&rule.check, frame));
                if truth.is_ok() && reads.binary_search(&cell).is_ok() {
                    let (frame, fails) = (frame.clone(), truth == Ok(false));
                    out.push(Instance { rule, frame, reads, finding: None, fails, binds: true });
                }
                Flow::Continue
            });
        }
        out
    }
}

/// Whether an instance holds; one whose premises are not met any more says nothing for the figure, and so does not.
fn holds(context: &Context<'_>, instance: &Instance<'_>) -> bool {
    let mut frame = instance.frame.clone();
    let premises = instance.rule.query.conditions.iter();
    premises.chain([&instance.rule.check]).all(|node| context.truth(node, &mut frame) == Ok(true))
}
