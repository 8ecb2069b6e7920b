//! Whether a row exists is asked row after row, and where numbers follow each other (行.番号 - 1, the row before) the answer is
//! mostly the row after the one that answered before. It is looked at first, without an index.
use std::cell::Cell;

use super::index::ELSEWHERE;
use super::ready::Ready;
use super::*;

/// The row that is looked at first, for a query of one range that is looked up by what is kept in the facts alone.
pub(super) struct Next {
    row: Cell<u32>,
    /// How many times in a row it may still be another one before it is no longer looked at.
    trust: Cell<u32>,
}

/// See [`Next::trust`].
const TRUST: u32 = 64;

impl Default for Next {
    fn default() -> Self {
        Self { row: Cell::new(0), trust: Cell::new(TRUST) }
    }
}

impl<'a> Context<'a> {
    /// Whether the row after the one that was found last is known to answer the query.
    pub(super) fn is_next(&self, ready: &Ready<'a>, frame: &Frame) -> bool {
        let (Some(next), [step]) = (&ready.next, ready.steps.as_slice()) else { return false };
        let Some(trust) = next.trust.get().checked_sub(1) else { return false };
        let (row, symbols) = (next.row.get(), &self.facts.symbols);
        let has_key = step.keys.iter().zip(&step.parts).all(|(side, part)| {
            let word = side.word(frame, symbols);
            word > ELSEWHERE && part.of(symbols, row) == word
        });
        let known = has_key && step.glance(row, symbols, &step.known(frame)) == Some(step.filters.len());
        next.trust.set(if known { TRUST } else { trust });
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
