//! The cells of a sheet, found by other threads while this one enters the rows before.
use std::io;
use std::ops::{ControlFlow, Range};

use crate::text::{Block, Cells, Page, Source, Stretch, in_turn, threads};

/// Rows that are handed over at once.
const STEP: u32 = 4_096;

/// Fewer rows than this are read before another thread has started.
const WORTH_A_THREAD: u32 = 4 * STEP;

/// Gives the rows of a sheet with the text around them, block after block, until `each` has enough.
///
/// # Errors
/// What the system says where the text cannot be read again.
pub(super) fn blocks(
    source: &Source,
    rows: Range<u32>,
    mut each: impl FnMut(Page<'_>, &Block) -> ControlFlow<()>,
) -> io::Result<()> {
    let Some(grid) = &source.grid else { return Ok(()) };
    let count = rows.end.saturating_sub(rows.start);
    let step = usize::try_from(STEP).unwrap_or(usize::MAX);
    let all: Vec<Range<u32>> =
        rows.clone().step_by(step).map(|from| from..from.saturating_add(STEP).min(rows.end)).collect();
    let read = |rows: &Range<u32>| -> io::Result<(usize, Stretch<'_>, Block)> {
        let range = grid.bytes(rows.clone(), source.text.len());
        let base = range.start;
        let text = source.text.stretch(range)?;
        let block = grid.block(Page { text: text.as_str()?, base }, rows.clone());
        Ok((base, text, block))
    };
    // The cells of a workbook are known already.
    let alone = count < WORTH_A_THREAD || matches!(grid.cells, Cells::Listed(_));
    let others = if alone { 0 } else { threads() - 1 };
    let mut failed = Ok(());
    in_turn(&all, others, read, |done| {
        let entered = done.and_then(|(base, text, block)| Ok(each(Page { text: text.as_str()?, base }, &block)));
        entered.unwrap_or_else(|error| {
            failed = Err(error);
            ControlFlow::Break(())
        })
    });
    failed
}
