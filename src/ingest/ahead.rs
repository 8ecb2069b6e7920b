//! The cells of a sheet, found by several threads while this one enters the rows before.
use std::io;
use std::ops::{ControlFlow, Range};
use std::sync::{Mutex, PoisonError};

use super::sorted::{Sorted, Sorting};
use crate::plan::Terms;
use crate::text::{self, Cells, Page, Source, Stretch, in_turn, threads};

/// Rows that are handed over at once: no more than the caches of a processor hold with what is found in them.
const STEP: u32 = 512;

/// Fewer rows than this are read before another thread has started.
const WORTH_A_THREAD: u32 = 4_096;

/// Rows one after the other.
pub(super) enum Block {
    /// Their cells.
    Listed(text::Block),
    /// What was found of the fields of a plain table.
    Sorted(Sorted),
}

/// Rows that a thread has taken apart, and their text.
struct Part<'t> {
    thread: usize,
    base: usize,
    text: Stretch<'t>,
    first: u32,
    block: Block,
}

/// Gives the rows of a sheet with the text around them and the first row's number, block after block, until `each` has
/// enough; taken apart as `sorting` says where there is one and no cell is in quotes.
///
/// # Errors
/// What the system says where the text cannot be read again.
pub(super) fn blocks(
    source: &Source,
    rows: Range<u32>,
    sorting: Option<&Sorting<'_>>,
    mut each: impl FnMut(Page<'_>, u32, &Block) -> ControlFlow<()>,
) -> io::Result<()> {
    let Some(grid) = &source.grid else { return Ok(()) };
    let count = rows.end.saturating_sub(rows.start);
    let step = usize::try_from(STEP).unwrap_or(usize::MAX);
    let all: Vec<Range<u32>> =
        rows.clone().step_by(step).map(|from| from..from.saturating_add(STEP).min(rows.end)).collect();
    // The cells of a workbook are known already.
    let alone = count < WORTH_A_THREAD || matches!(grid.cells, Cells::Listed(_));
    let others = if alone { 0 } else { threads() - 1 };
    // Rooms into which each thread reads text, once the rows in it are entered: they are in the caches of its processor.
    let rooms: Vec<Mutex<Vec<Vec<u8>>>> = (0..=others).map(|_| Mutex::default()).collect();
    let rooms = |thread: usize| rooms.get(thread).map(|rooms| rooms.lock().unwrap_or_else(PoisonError::into_inner));
    let read = |(thread, terms): &mut (usize, Terms), rows: &Range<u32>| -> io::Result<Part<'_>> {
        let range = grid.bytes(rows.clone(), source.text.len());
        let base = range.start;
        let room = rooms(*thread).and_then(|mut rooms| rooms.pop()).unwrap_or_default();
        let text = source.text.stretch(range, room)?;
        let page = Page { bytes: text.bytes(), base };
        let sorted = sorting.and_then(|sorting| sorting.sort(terms, page, rows.len()));
        let block = sorted.map_or_else(|| Block::Listed(grid.block(page, rows.clone())), Block::Sorted);
        Ok(Part { thread: *thread, base, text, first: rows.start, block })
    };
    let mut failed = Ok(());
    in_turn(
        &all,
        others,
        |thread| (thread, Terms::new(thread + 1)),
        read,
        |done| {
            let entered = done.map(|Part { thread, base, text, first, block }| {
                let flow = each(Page { bytes: text.bytes(), base }, first, &block);
                if let Some(mut rooms) = rooms(thread) {
                    rooms.push(text.into_room());
                }
                flow
            });
            entered.unwrap_or_else(|error| {
                failed = Err(error);
                ControlFlow::Break(())
            })
        },
    );
    failed
}
