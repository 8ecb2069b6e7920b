//! The cells of a sheet, found by several threads while this one enters the rows before.
use std::io;
use std::ops::{ControlFlow, Range};

use super::sorted::{Sorted, Sorting};
use crate::plan::Terms;
use crate::text::{self, Cells, Page, Source, Stretch, in_turn, threads};

/// Rows that are handed over at once.
const STEP: u32 = 1_024;

/// Fewer rows than this are read before another thread has started.
const WORTH_A_THREAD: u32 = 4 * STEP;

/// Rows one after the other.
pub(super) enum Block {
    /// Their cells.
    Listed(text::Block),
    /// What was found of the fields of a plain table.
    Sorted(Sorted),
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
    let read = |terms: &mut Terms, rows: &Range<u32>| -> io::Result<(usize, Stretch<'_>, u32, Block)> {
        let range = grid.bytes(rows.clone(), source.text.len());
        let base = range.start;
        let text = source.text.stretch(range)?;
        let page = Page { text: text.as_str()?, base };
        let sorted = sorting.and_then(|sorting| sorting.sort(terms, page, rows.len()));
        let block = sorted.map_or_else(|| Block::Listed(grid.block(page, rows.clone())), Block::Sorted);
        Ok((base, text, rows.start, block))
    };
    // The cells of a workbook are known already.
    let alone = count < WORTH_A_THREAD || matches!(grid.cells, Cells::Listed(_));
    let others = if alone { 0 } else { threads() - 1 };
    let mut failed = Ok(());
    in_turn(
        &all,
        others,
        |thread| Terms::new(thread + 1),
        read,
        |done| {
            let entered = done
                .and_then(|(base, text, first, block)| Ok(each(Page { text: text.as_str()?, base }, first, &block)));
            entered.unwrap_or_else(|error| {
                failed = Err(error);
                ControlFlow::Break(())
            })
        },
    );
    failed
}
