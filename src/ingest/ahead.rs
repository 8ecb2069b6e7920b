//! The cells of a sheet, found by several threads while this one enters the rows before.
use std::io;
use std::ops::{ControlFlow, Range};
use std::sync::{Mutex, PoisonError};

use super::sorted::{Sorted, Sorting};
use super::text::{plain_rows, plain_text};
use crate::plan::Terms;
use crate::text::{self, Cells, Page, Source, Stretch, in_turn, threads};

/// Rows that are handed over at once: no more than the caches of a processor hold with what is found in them.
const STEP: u32 = 512;

/// Fewer rows than this are read before another thread has started.
const WORTH_A_THREAD: usize = 4_096;

/// Rows one after the other.
pub(super) enum Block {
    /// Their cells.
    Listed(text::Block),
    /// What was found of the fields of a plain table.
    Sorted(Sorted),
}

/// What a thread takes apart at once.
enum Piece {
    /// Some rows of which it is known where they stand.
    Rows(Range<u32>),
    /// The rows that start in some bytes.
    Bytes(Range<usize>),
}

/// Rows that a thread has taken apart, and their text.
struct Part<'t> {
    thread: usize,
    text: Stretch<'t>,
    /// Where they stand in it, and in the whole.
    range: Range<usize>,
    base: usize,
    /// The number of the first, if it is known.
    first: Option<u32>,
    block: Block,
}

/// How far the rows of a sheet were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// All that were wanted.
    All,
    /// Only those before a line that is none of plain rows: the sheet has to be held to be read.
    Some,
}

/// Bytes of a large file that are taken apart at once, if it is not known where its rows stand.
const PIECE: usize = 1 << 17;

/// Gives the rows of a sheet with the text around them and the first row's number, block after block, until `each` has
/// enough; taken apart as `sorting` says where there is one and no cell is in quotes. Of a sheet of which only the first rows
/// are known, all are given, and known afterwards.
///
/// # Errors
/// What the system says where the text cannot be read again.
pub(super) fn blocks(
    source: &Source,
    rows: Range<u32>,
    sorting: Option<&Sorting<'_>>,
    mut each: impl FnMut(Page<'_>, u32, &Block) -> ControlFlow<()>,
) -> io::Result<Given> {
    let Some(grid) = &source.grid else { return Ok(Given::All) };
    let known = grid.is_whole();
    let all: Vec<Piece> = if known {
        let step = usize::try_from(STEP).unwrap_or(usize::MAX);
        rows.clone().step_by(step).map(|from| Piece::Rows(from..from.saturating_add(STEP).min(rows.end))).collect()
    } else {
        let length = source.text.len();
        (0..length).step_by(PIECE).map(|from| Piece::Bytes(from..from.saturating_add(PIECE).min(length))).collect()
    };
    // The cells of a workbook are known already.
    let alone = known && (rows.len() < WORTH_A_THREAD || matches!(grid.cells, Cells::Listed(_)));
    let others = if alone { 0 } else { threads() - 1 };
    // Rooms into which each thread reads text, once the rows in it are entered: they are in the caches of its processor.
    let rooms: Vec<Mutex<Vec<Vec<u8>>>> = (0..=others).map(|_| Mutex::default()).collect();
    let rooms = |thread: usize| rooms.get(thread).map(|rooms| rooms.lock().unwrap_or_else(PoisonError::into_inner));
    let read = |(thread, terms): &mut (usize, Terms), piece: &Piece| -> io::Result<Option<Part<'_>>> {
        let thread = *thread;
        let mut room = rooms(thread).and_then(|mut rooms| rooms.pop()).unwrap_or_default();
        let (text, range, base, rows) = match piece {
            Piece::Rows(rows) => {
                let range = grid.bytes(rows.clone(), source.text.len());
                let text = source.text.stretch(range.clone(), room)?;
                (text, 0..range.len(), range.start, Some(rows))
            }
            Piece::Bytes(bytes) => match plain_text(&source.text, bytes.clone(), &mut room)? {
                Some((range, base)) => (Stretch::Read(room), range, base, None),
                None => return Ok(None),
            },
        };
        let page = Page { bytes: text.bytes().get(range.clone()).unwrap_or(&[]), base };
        let count = rows.map_or_else(|| grid.rows_in(range.len()) + 8, ExactSizeIterator::len);
        let sorted = sorting.and_then(|sorting| sorting.sort(terms, page, count));
        let block = match (sorted, rows) {
            (Some(sorted), Some(_)) => Block::Sorted(sorted),
            (Some(sorted), None) if !sorted.old => Block::Sorted(sorted),
            (None, Some(rows)) => Block::Listed(grid.block(page, rows.clone())),
            _ => return Ok(None),
        };
        let first = rows.map(|rows| rows.start);
        Ok(Some(Part { thread, text, range, base, first, block }))
    };
    let (mut given, mut starts) = (Ok(Given::All), Vec::new());
    in_turn(
        &all,
        others,
        |thread| (thread, Terms::new(thread + 1)),
        read,
        |done| {
            let Part { thread, text, range, base, first, block } = match done {
                Ok(Some(part)) => part,
                Ok(None) => {
                    given = Ok(Given::Some);
                    return ControlFlow::Break(());
                }
                Err(error) => {
                    given = Err(error);
                    return ControlFlow::Break(());
                }
            };
            let first = first.unwrap_or_else(|| u32::try_from(starts.len()).unwrap_or(u32::MAX));
            if let (false, Block::Sorted(sorted)) = (known, &block) {
                starts.extend(sorted.starts(base));
            }
            let flow = each(Page { bytes: text.bytes().get(range).unwrap_or(&[]), base }, first, &block);
            if let Some(mut rooms) = rooms(thread) {
                rooms.push(text.into_room());
            }
            flow
        },
    );
    if let (false, Cells::Delimited { rows, .. }) = (known || matches!(given, Ok(Given::Some)), &grid.cells) {
        rows.complete(starts);
    }
    given
}

/// Finds where each row of a sheet stands; whether all of them are plain.
///
/// # Errors
/// What the system says where the text cannot be read again.
pub(super) fn complete(source: &Source) -> io::Result<Given> {
    let Some(Cells::Delimited { rows, .. }) = source.grid.as_ref().map(|grid| &grid.cells) else {
        return Ok(Given::All);
    };
    Ok(match plain_rows(&source.text)? {
        None => Given::Some,
        Some(all) => {
            rows.complete(all);
            Given::All
        }
    })
}
