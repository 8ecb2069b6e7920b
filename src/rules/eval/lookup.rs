//! The indexes of a run: made by the first evaluation that asks, and closer ones where rows with one key are many.
use std::cmp::Reverse;

use smallvec::SmallVec;

use super::index::{ELSEWHERE, Entries, MISSING, Part, UNREADABLE, word};
use super::search::{set, set_row};
use super::*;
use crate::rules::columns::reads_figures;
use crate::rules::ir::Sharp;

/// An index as an evaluation uses it.
#[derive(Clone, Copy)]
pub(in crate::rules) struct Used<'a> {
    index: &'a Index<'a>,
    /// Whether it is the closer one.
    is_sharp: bool,
    /// How many rows were looked at in vain, or nearly.
    wasted: u64,
}

/// Rows with one key that are looked at without a thought.
const FEW: u32 = 8;

/// The closer index is made when the plain one has cost so many times what making one costs: rules share the plain one, and
/// for ordinary plans a closer one for each rule takes longer than it saves.
const PATIENCE: u64 = 8;

impl<'a> Context<'a> {
    /// The index for a step.
    #[inline]
    pub(super) fn index(&self, index_use: &IndexUse, known: &Cell<Option<Used<'a>>>) -> &'a Index<'a> {
        if let Some(used) = known.get() {
            return used.index;
        }
        let index = self.shared.index(&index_use.name).get_or_init(|| self.build_index(index_use, None));
        known.set(Some(Used { index, is_sharp: false, wasted: 0 }));
        index
    }

    /// Takes note of how many rows a look-up gave, and goes over to the closer index if they are too many.
    #[inline]
    pub(super) fn looked(&self, index_use: &IndexUse, known: &Cell<Option<Used<'a>>>, rows: u32) {
        let (Some(sharp), true) = (&index_use.sharp, rows > FEW) else { return };
        let Some(used) = known.get().filter(|used| !used.is_sharp) else { return };
        let wasted = used.wasted + u64::from(rows);
        known.set(Some(Used { wasted, ..used }));
        // A share of a rule has a share of the patience.
        let patience = PATIENCE * u64::from(self.count(index_use.relation)) * u64::from(self.allowed.get());
        // With other figures in their cells other rows would be left out, or stand in another order.
        let by_figures = |sharp: &Sharp| {
            sharp.own.iter().chain(sharp.order.iter().flat_map(|o| [&o.condition, &o.by])).any(reads_figures)
        };
        if wasted > patience / u64::from(MOST_SCANS) && !(self.what_if.is_some() && by_figures(sharp)) {
            let index =
                self.shared.index(&sharp.name(index_use)).get_or_init(|| self.build_index(index_use, Some(sharp)));
            known.set(Some(Used { index, is_sharp: true, wasted }));
        }
    }

    /// Forgets how much was looked at in vain: each share of a run begins anew, so that what it costs does not hang on
    /// what its thread did before.
    pub(in crate::rules) fn begin(&self, scans: u32) {
        self.scans.set(scans);
        self.allowed.set(scans);
        self.ready.borrow_mut().clear();
    }

    fn build_index(&self, index_use: &IndexUse, sharp: Option<&Sharp>) -> Index<'a> {
        let (relation, symbols) = (index_use.relation, &self.facts.symbols);
        let above = index_use.below.as_ref().map(|b| b.ty.clone());
        let mut parts: Vec<Part<'a>> = above.iter().map(|_| Part::Written(Vec::new())).collect();
        parts.extend(index_use.keys.iter().map(|(inner, _)| self.part(inner, index_use.slot, relation)));
        let own = parts.len() - index_use.keys.len();
        let mut made = Entries::new(self.shared, parts, self.count(relation));
        self.shared.count(u64::from(self.count(relation)));
        if sharp.is_none() && !made.is_written() {
            made.push_all(symbols, self.count(relation));
            return made.finish(symbols, false);
        }
        let mut frame: Frame = vec![Value::Unknown(Why::Missing); index_use.slot + 1];
        let mut key: SmallVec<[u64; 6]> = SmallVec::new();
        let mut enter = |row: RowRef, mut torn: bool| {
            set_row(&mut frame, index_use.slot, row);
            key.clear();
            key.resize(own, 0);
            for (part, (inner, _)) in made.parts().iter().skip(own).zip(&index_use.keys) {
                match part {
                    Part::Written(_) => match self.value(inner, &mut frame).key(self.facts).and_then(word) {
                        Ok(word) => key.push(word),
                        Err(Why::Unreadable) => torn = true,
                        Err(_) => return,
                    },
                    part => match part.of(symbols, row.row) {
                        UNREADABLE => torn = true,
                        MISSING | ELSEWHERE => return,
                        word => key.push(word),
                    },
                }
            }
            for condition in sharp.iter().flat_map(|s| &s.own) {
                match self.truth(condition, &mut frame) {
                    Ok(true) => {}
                    Err(Why::Unreadable) => torn = true,
                    _ => return,
                }
            }
            if torn {
                made.torn(row.row);
                return;
            }
            match &above {
                None => made.push(row.row, &key),
                Some(Type::Row(relation)) => {
                    for above in self.above(row, *relation) {
                        if let (Some(place), Ok(part)) = (key.first_mut(), word(Key::Row(above))) {
                            *place = part;
                            made.push(row.row, &key);
                        }
                    }
                }
                Some(_) => {}
            }
        };
        match sharp.and_then(|s| s.order.as_ref()).and_then(|order| self.sorted(index_use, order)) {
            Some(rows) => {
                rows.into_iter().for_each(|(row, torn)| enter(row, torn));
                made.finish(symbols, true)
            }
            None => {
                self.rows(relation).for_each(|row| enter(row, false));
                made.finish(symbols, false)
            }
        }
    }

    /// The rows for an index, sorted, each with whether the value to sort by is torn; those that have none do not meet the
    /// condition and are left out. `None` if the values have no order.
    fn sorted(&self, index_use: &IndexUse, order: &Order) -> Option<Vec<(RowRef, bool)>> {
        let mut frame: Frame = vec![Value::Unknown(Why::Missing); index_use.slot + 1];
        let (mut ranked, mut torn) = (Vec::new(), Vec::new());
        for row in self.rows(index_use.relation) {
            set(&mut frame, index_use.slot, Value::Row(row));
            match self.value(&order.by, &mut frame) {
                Value::Integer(n) => ranked.push((n, row)),
                Value::Year(year) => ranked.push((i64::from(year.0), row)),
                Value::Date(day) => {
                    ranked.push((i64::from(day.year) << 9 | i64::from(day.month) << 5 | i64::from(day.day), row));
                }
                Value::Unknown(Why::Unreadable) => torn.push((row, true)),
                Value::Unknown(_) => {}
                _ => return None,
            }
        }
        if order.descending {
            ranked.sort_by_key(|(rank, _)| Reverse(*rank));
        } else {
            ranked.sort_by_key(|(rank, _)| *rank);
        }
        Some(ranked.into_iter().map(|(_, row)| (row, false)).chain(torn).collect())
    }

    /// What a row has for each key of an index; nothing if one of them is not kept in the facts, or if it hangs on a row above.
    pub(super) fn kept_parts(&self, index_use: &IndexUse) -> Vec<Part<'a>> {
        let part = |(inner, _): &(Node, Node)| self.part(inner, index_use.slot, index_use.relation);
        let parts: Vec<Part<'a>> = index_use.keys.iter().map(part).collect();
        let kept = index_use.below.is_none() && !parts.iter().any(|part| matches!(part, Part::Written(_)));
        if kept { parts } else { Vec::new() }
    }

    /// How the value of a key is known for a row: most are a column or the document of the row.
    pub(super) fn part(&self, inner: &Node, slot: usize, relation: RelationId) -> Part<'a> {
        let own = |base: &Node| matches!(&*base.kind, Kind::Slot(s) if *s == slot);
        let documents = |base: &Node| match &*base.kind {
            Kind::Ancestor(base, DOCUMENTS) if own(base) && relation != DOCUMENTS => self.facts.table(relation),
            _ => None,
        };
        let column = |relation, column: ColumnId| self.facts.table(relation)?.columns.get(column.0 as usize);
        let kept = match &*inner.kind {
            _ if self.shared.is_defined(relation) => None,
            Kind::Cell(base, named) if own(base) => column(relation, *named).map(|c| Part::Column(c)),
            Kind::Cell(base, named) => {
                documents(base).zip(column(DOCUMENTS, *named)).map(|(rows, c)| Part::OfDocument(&rows.documents, c))
            }
            _ => documents(inner).map(|rows| Part::Document(&rows.documents)),
        };
        kept.unwrap_or(Part::Written(Vec::new()))
    }
}
