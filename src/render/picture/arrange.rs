//! Where everything lies. A document is a frame of one or more columns in which its rows stand as they are printed, so that
//! who knows the document finds the way; a document stands to the right of those it refers to. A general layered layout
//! (rust-sugiyama) knows of no documents and takes a second for 1,500 rows; this one is linear and always the same.
use std::collections::BTreeSet;

/// Width of a row that stands directly in its document.
pub const COLUMN: usize = 280;
/// How far the lines go out that lead from a row to another of its column.
pub const ARC: usize = 52;
/// How much deeper rows begin further right.
const INDENT: usize = 14;
/// Rows that stand deeper are not moved further.
const DEEPEST: usize = 5;
/// From column to column within a document.
const PITCH: usize = COLUMN + ARC + 20;
/// Within a frame, around what it holds.
const PAD: usize = 12;
/// The strip at the top of a frame.
pub const STRIP: usize = 8;
/// Between frames.
const BETWEEN: usize = 44;
/// Between rows.
const GAP: usize = 6;
/// Columns are not lower than this, and not higher than that, unless one row is.
const HEIGHTS: (usize, usize) = (640, 4_000);

/// A row before it has a place.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    /// Its document, counted from 0; rows come document by document.
    pub document: usize,
    /// How deep it stands there; the document itself stands at 0.
    pub depth: usize,
    /// Its height, with what belongs below it.
    pub height: usize,
}

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// Left edge.
    pub x: usize,
    /// Upper edge.
    pub y: usize,
    /// Width.
    pub w: usize,
    /// Height.
    pub h: usize,
}

/// Where everything lies.
#[derive(Debug, Default)]
pub struct Plan {
    /// The rows, in the order in which they were given.
    pub cells: Vec<Place>,
    /// The documents.
    pub frames: Vec<Place>,
    /// All of it.
    pub width: usize,
    /// All of it.
    pub height: usize,
}

/// The columns of one document: which rows stand in each, and how high the highest is.
struct Block {
    columns: Vec<std::ops::Range<usize>>,
    height: usize,
}

/// The width of a row that stands so deep; all end at the same line.
pub fn inner(depth: usize) -> usize {
    COLUMN - depth.saturating_sub(1).min(DEEPEST) * INDENT
}

/// Gives a place to everything. `links` says which document refers to which, `ties` which else belong together.
pub fn arrange(cells: &[Cell], links: &[(usize, usize)], ties: &[(usize, usize)]) -> Plan {
    let documents = cells.last().map_or(0, |c| c.document + 1);
    let total: usize = cells.iter().map(|c| c.height + GAP).sum::<usize>() + documents * (2 * PAD + BETWEEN);
    let tall = (total * PITCH * 2 / 3).isqrt().clamp(HEIGHTS.0, HEIGHTS.1);
    let blocks = blocks(cells, documents, tall);
    let wide = (tall * 3 / 2 / PITCH + 1).max(6);
    let mut plan = Plan {
        cells: vec![Place::default(); cells.len()],
        frames: vec![Place::default(); documents],
        ..Plan::default()
    };
    // Of the shelf: its top, its height so far, and how many columns stand in it; of the stack: its left edge and height.
    let (mut top, mut shelf, mut used) = (0, 0, 0);
    let (mut left, mut stack) = (0, 0);
    let mut before = None;
    for (document, level) in order(documents, links, ties) {
        let Some(block) = blocks.get(document) else { continue };
        let count = block.columns.len();
        let width = count * PITCH + PAD;
        if before == Some(level) && count == 1 && stack + block.height <= tall {
            // Below the last one.
        } else if used > 0 && used + count > wide {
            (top, left) = (top + shelf + BETWEEN, 0);
            (shelf, stack, used) = (0, 0, count);
        } else {
            left = if used == 0 { 0 } else { left + BETWEEN };
            (stack, used) = (0, used + count);
        }
        before = if count == 1 { Some(level) } else { None };
        let start = if stack == 0 { left } else { left - width };
        let frame = Place { x: start, y: top + stack, w: width, h: block.height };
        if stack == 0 {
            left += width;
        }
        place(cells, block, frame, &mut plan.cells);
        stack += block.height + BETWEEN;
        shelf = shelf.max(stack - BETWEEN);
        plan.width = plan.width.max(frame.x + frame.w);
        plan.height = plan.height.max(frame.y + frame.h);
        if let Some(slot) = plan.frames.get_mut(document) {
            *slot = frame;
        }
    }
    plan
}

fn place(cells: &[Cell], block: &Block, frame: Place, out: &mut [Place]) {
    for (column, range) in block.columns.iter().enumerate() {
        let mut y = frame.y + STRIP + PAD;
        for number in range.clone() {
            let (Some(cell), Some(slot)) = (cells.get(number), out.get_mut(number)) else { continue };
            let w = inner(cell.depth);
            *slot = Place { x: frame.x + PAD + column * PITCH + COLUMN - w, y, w, h: cell.height };
            y += cell.height + GAP;
        }
    }
}

/// Breaks the rows of each document into columns of about one height.
fn blocks(cells: &[Cell], documents: usize, tall: usize) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(documents);
    let mut at = 0;
    for document in 0..documents {
        let end = at + cells.iter().skip(at).take_while(|c| c.document == document).count();
        let own = cells.get(at..end).unwrap_or_default();
        let total: usize = own.iter().map(|c| c.height + GAP).sum();
        let count = total.div_ceil(tall * 5 / 4).max(1);
        let target = total.div_ceil(count);
        let (mut columns, mut height, mut used, mut start) = (Vec::new(), 0, 0, at);
        for (number, cell) in (at..).zip(own) {
            // A column is full when more of the next row would stand outside than inside.
            if used + cell.height / 2 > target && number > start {
                columns.push(start..number);
                (start, used) = (number, 0);
            }
            used += cell.height + GAP;
            height = height.max(used);
        }
        columns.push(start..end);
        out.push(Block { columns, height: height + STRIP + 2 * PAD - GAP.min(height) });
        at = end;
    }
    out
}

/// The documents in the order in which they are placed: those that hang together beside each other, each behind those it
/// refers to, with a number that is equal where they may stand above each other.
fn order(documents: usize, links: &[(usize, usize)], ties: &[(usize, usize)]) -> Vec<(usize, (usize, usize))> {
    let mut refers: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); documents];
    let mut referred: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); documents];
    for &(from, to) in links.iter().filter(|(from, to)| from != to && *from < documents && *to < documents) {
        refers[from].insert(to);
        referred[to].insert(from);
    }
    let mut near: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); documents];
    for &(a, b) in links.iter().chain(ties).filter(|(a, b)| a != b && *a < documents && *b < documents) {
        near[a].insert(b);
        near[b].insert(a);
    }
    let group = groups(&near);
    let mut level = vec![0; documents];
    let mut open: Vec<usize> = refers.iter().map(BTreeSet::len).collect();
    let mut ready: BTreeSet<usize> = (0..documents).filter(|d| open[*d] == 0).collect();
    let mut done = vec![false; documents];
    let mut next = 0;
    loop {
        // Where documents refer to each other in a circle, the first one begins.
        let document = match ready.pop_first() {
            Some(document) => document,
            None => match (next..documents).find(|d| !done[*d]) {
                Some(first) => first,
                None => break,
            },
        };
        while next < documents && done[next] {
            next += 1;
        }
        done[document] = true;
        for &other in referred[document].iter().filter(|other| !done[**other]) {
            level[other] = level[other].max(level[document] + 1);
            open[other] = open[other].saturating_sub(1);
            if open[other] == 0 {
                ready.insert(other);
            }
        }
    }
    let mut out: Vec<(usize, (usize, usize))> =
        (0..documents).map(|d| (d, (group[d], if group[d] == documents { 0 } else { level[d] }))).collect();
    out.sort_by_key(|(document, key)| (*key, *document));
    out
}

/// The first document of those that hang together with each; of one that stands alone, a number after all others.
fn groups(near: &[BTreeSet<usize>]) -> Vec<usize> {
    let documents = near.len();
    let mut group = vec![documents; documents];
    for first in (0..documents).filter(|first| !near[*first].is_empty()) {
        if group[first] != documents {
            continue;
        }
        group[first] = first;
        let mut stack = vec![first];
        while let Some(at) = stack.pop() {
            for &other in near[at].iter().filter(|other| group[**other] == documents).collect::<Vec<_>>() {
                group[other] = first;
                stack.push(other);
            }
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_stand_behind_those_they_refer_to_and_circles_end() {
        let levels = |count, links: &[(usize, usize)]| -> Vec<usize> {
            let mut out = order(count, links, &[]);
            out.sort_by_key(|o| o.0);
            out.iter().map(|o| o.1.1).collect()
        };
        assert_eq!(levels(3, &[(0, 1), (1, 2)]), [2, 1, 0]);
        assert_eq!(levels(3, &[(0, 1), (1, 2), (2, 0), (0, 0)]).len(), 3);
        assert_eq!(levels(4, &[(0, 1)]), [1, 0, 0, 0]);
        let chain: Vec<(usize, usize)> = (1..100_000).map(|n| (n, n - 1)).collect();
        assert_eq!(levels(100_000, &chain).last(), Some(&99_999));
        let circle: Vec<(usize, usize)> = (0..100_000).map(|n| (n, (n + 1) % 100_000)).collect();
        assert_eq!(levels(100_000, &circle).len(), 100_000);
    }

    #[test]
    fn frames_hold_their_rows_and_none_lies_over_another() {
        let sizes = [1, 70, 3, 200, 1, 1, 1, 12, 40];
        let cells: Vec<Cell> = (0..)
            .zip(sizes)
            .flat_map(|(document, n)| {
                (0..n).map(move |i| Cell { document, depth: usize::from(i > 0) + i % 3, height: 26 + i % 40 })
            })
            .collect();
        let plan = arrange(&cells, &[(1, 0), (3, 1), (7, 3)], &[(4, 0)]);
        let apart = |a: &Place, b: &Place| a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
        for (i, a) in plan.frames.iter().enumerate() {
            assert!(a.x + a.w <= plan.width && a.y + a.h <= plan.height);
            assert!(plan.frames.iter().skip(i + 1).all(|b| apart(a, b)), "{:?}", plan.frames);
        }
        for (i, a) in plan.cells.iter().enumerate() {
            let frame = plan.frames[cells[i].document];
            assert!(frame.x <= a.x && a.x + a.w + ARC <= frame.x + frame.w, "{a:?} {frame:?}");
            assert!(frame.y + STRIP <= a.y && a.y + a.h <= frame.y + frame.h, "{a:?} {frame:?}");
            assert!(plan.cells.iter().skip(i + 1).all(|b| apart(a, b)));
        }
    }
}
