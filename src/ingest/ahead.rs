//! The cells of a sheet, found by one thread while another enters the rows before.
use std::io;
use std::ops::{ControlFlow, Range};
use std::sync::mpsc::sync_channel;

use crate::text::{Block, Cells, Page, Source, Stretch, threads};

/// Rows that are handed over at once.
const STEP: u32 = 4_096;

/// Blocks that wait: more would only be memory.
const WAITING: usize = 4;

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
    let end = rows.end;
    let all = rows.step_by(step).map(move |from| from..from.saturating_add(STEP).min(end));
    let read = |rows: Range<u32>| -> io::Result<(usize, Stretch<'_>, Block)> {
        let range = grid.bytes(rows.clone(), source.text.len());
        let base = range.start;
        let text = source.text.stretch(range)?;
        let block = grid.block(Page { text: &text, base }, rows);
        Ok((base, text, block))
    };
    let mut give = |read: io::Result<(usize, Stretch<'_>, Block)>| {
        read.map(|(base, text, block)| each(Page { text: &text, base }, &block))
    };
    let alone = threads() < 2;
    // The cells of a workbook are known already.
    if alone || count < WORTH_A_THREAD || matches!(grid.cells, Cells::Listed(_)) {
        for rows in all {
            if give(read(rows))?.is_break() {
                break;
            }
        }
        return Ok(());
    }
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(WAITING);
        scope.spawn(move || {
            // Nobody receives any more when there is enough.
            for rows in all {
                if send.send(read(rows)).is_err() {
                    return;
                }
            }
        });
        for block in receive {
            if give(block)?.is_break() {
                break;
            }
        }
        Ok(())
    })
}
