//! The cells of a sheet, found by one thread while another enters the rows before.
use std::num::NonZero;
use std::ops::{ControlFlow, Range};
use std::sync::mpsc::sync_channel;

use crate::text::{Block, Cells, Grid};

/// Rows that are handed over at once.
const STEP: u32 = 4_096;

/// Blocks that wait: more would only be memory.
const WAITING: usize = 4;

/// Fewer rows than this are read before another thread has started.
const WORTH_A_THREAD: u32 = 4 * STEP;

/// Gives the rows of a sheet, block after block, until `each` has enough.
pub(super) fn blocks(grid: &Grid, text: &str, rows: Range<u32>, mut each: impl FnMut(&Block) -> ControlFlow<()>) {
    let count = rows.end.saturating_sub(rows.start);
    let step = usize::try_from(STEP).unwrap_or(usize::MAX);
    let end = rows.end;
    let all = rows.step_by(step).map(move |from| from..from.saturating_add(STEP).min(end));
    let alone = std::thread::available_parallelism().map_or(1, NonZero::get) < 2;
    // The cells of a workbook are known already.
    if alone || count < WORTH_A_THREAD || matches!(grid.cells, Cells::Listed(_)) {
        for rows in all {
            if each(&grid.block(text, rows)).is_break() {
                return;
            }
        }
        return;
    }
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(WAITING);
        scope.spawn(move || {
            // Nobody receives any more when there is enough.
            for rows in all {
                if send.send(grid.block(text, rows)).is_err() {
                    return;
                }
            }
        });
        for block in receive {
            if each(&block).is_break() {
                return;
            }
        }
    });
}
