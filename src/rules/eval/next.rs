//! Whether a row exists is asked row after row, and where numbers follow each other (行.番号 - 1, the row before) the answer is
//! mostly the row after the one that answered before. It is looked at first, without an index.
use std::cell::Cell;

use super::index::{ELSEWHERE, Part};
use super::ready::Ready;
use super::*;
use crate::rules::ir::Plan;

/// The row that is looked at first, and what it has to hold.
pub(super) struct Next<'a> {
    parts: Vec<Part<'a>>,
    row: Cell<u32>,
}

impl<'a> Context<'a> {
    /// For a query of one range that is looked up by what is kept in the facts alone; `None` for any other.
    pub(super) fn next(&self, plan: &Plan) -> Option<Next<'a>> {
        let ([step], true) = (plan.steps.as_slice(), plan.before.is_empty()) else { return None };
        let Access::Index(index_use) = &step.access else { return None };
        let part = |(inner, _): &(Node, Node)| self.part(inner, index_use.slot, index_use.relation);
        let parts: Vec<Part<'a>> = index_use.keys.iter().map(part).collect();
        let kept = index_use.below.is_none() && !parts.iter().any(|part| matches!(part, Part::Written(_)));
        kept.then(|| Next { parts, row: Cell::new(0) })
    }

    /// Whether the row after the one that was found last is known to answer the query.
    pub(super) fn is_next(&self, ready: &Ready<'a>, frame: &Frame) -> bool {
        let (Some(next), [step]) = (&ready.next, ready.steps.as_slice()) else { return false };
        let (row, symbols) = (next.row.get(), &self.facts.symbols);
        let has_key = step.keys.iter().zip(&next.parts).all(|(side, part)| {
            let word = side.word(frame, symbols);
            word > ELSEWHERE && part.of(symbols, row) == word
        });
        let known = has_key && step.glance(row, symbols) == Some(step.filters.len());
        if known {
            next.row.set(row.saturating_add(1));
        }
        known && self.count_step() == Flow::Continue
    }

    /// Takes note of the row that the only variable of a query was found to hold.
    pub(super) fn note_found(&self, ready: &Ready<'a>, frame: &Frame) {
        if let (Some(next), [step]) = (&ready.next, ready.plan.steps.as_slice())
            && let Some(Value::Row(row)) = frame.get(step.slot)
        {
            next.row.set(row.row.saturating_add(1));
        }
    }
}
