//! A sheet as a source: which cell each byte of its text belongs to, so that a place has a name such as `一覧!N12`.
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Deref, Range};
use std::sync::OnceLock;

use super::normal::trimmed_in;
use super::record::{record, unquoted};

/// What a cell was before it became a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellKind {
    /// Typed text, or a number with its display format applied.
    #[default]
    Plain,
    /// A number that the sheet shows as a date.
    Date,
    /// A formula that the program which wrote the file has never worked out; its text is the formula.
    Formula,
    /// A field of a CSV file in which a quote is written twice.
    Doubled,
}

/// A stretch of the text of a source, which knows where in the whole it begins.
#[derive(Debug, Clone, Copy)]
pub struct Page<'t> {
    /// The bytes of the text. That they are one was found out by who read them; who shows a part of it sees again.
    pub bytes: &'t [u8],
    /// Where it begins, in bytes.
    pub base: usize,
}

impl<'t> Page<'t> {
    /// What stands at a range of the whole; empty where that is not on this page.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> &'t str {
        let from = |at: usize| at.checked_sub(self.base);
        let range = from(range.start).zip(from(range.end)).map(|(start, end)| start..end);
        let part = range.and_then(|range| self.bytes.get(range));
        part.and_then(|part| std::str::from_utf8(part).ok()).unwrap_or("")
    }

    /// What stands in a cell, as it is written.
    #[must_use]
    pub fn written(self, cell: &GridCell) -> &'t str {
        self.part(cell.start as usize..cell.end as usize)
    }

    /// The text of a cell.
    #[must_use]
    pub fn text(self, cell: &GridCell) -> Cow<'t, str> {
        cell.unquoted(self.written(cell))
    }
}

impl GridCell {
    /// Its text, from what is written in it.
    #[must_use]
    pub(super) fn unquoted<'t>(&self, written: &'t str) -> Cow<'t, str> {
        if self.kind == CellKind::Doubled { Cow::Owned(written.replace("\"\"", "\"")) } else { Cow::Borrowed(written) }
    }
}

/// One cell that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridCell {
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// First byte of its text in the source.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it was.
    pub kind: CellKind,
}

/// The cells of some rows one after the other.
#[derive(Debug, Clone, Default)]
pub struct Block {
    first: u32,
    /// How many cells there are up to the end of each row.
    ends: Vec<usize>,
    cells: Vec<GridCell>,
}

impl Block {
    /// The rows with their cells that are not blank.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &[GridCell])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let cells = starts.zip(&self.ends).map(|(start, end)| self.cells.get(start..*end).unwrap_or(&[]));
        (self.first..).zip(cells)
    }
}

/// A rectangle of cells that is shown as one, with the text of the first; all bounds are inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// First row, from 0.
    pub top: u32,
    /// First column, from 0.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// Where the cells of a sheet are known from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cells {
    /// The cells that are not blank, by row and column.
    Listed(Vec<GridCell>),
    /// The text itself is the sheet (CSV, TSV): where each row starts. The cells of a row are read when asked for, so
    /// that a sheet of a million rows costs four bytes a row.
    Delimited {
        /// First byte of each row.
        rows: Starts,
        /// What stands between two cells.
        delimiter: u8,
    },
}

/// The first byte of each row of a delimited text. Of a large file only those of the first rows are known before all of it was
/// read: to look for them first would be to read it twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starts {
    first: Vec<u32>,
    all: OnceLock<Vec<u32>>,
}

impl Starts {
    /// Those of the first rows; the others are still to be found.
    #[must_use]
    pub fn first(first: Vec<u32>) -> Self {
        Self { first, all: OnceLock::new() }
    }

    /// Whether they are known of all rows.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.all.get().is_some()
    }

    /// Takes those of all rows, unless they are known.
    pub fn complete(&self, all: Vec<u32>) {
        // Who comes second has found the same.
        let _ = self.all.set(all);
    }
}

impl From<Vec<u32>> for Starts {
    fn from(all: Vec<u32>) -> Self {
        Self { first: Vec::new(), all: all.into() }
    }
}

impl Deref for Starts {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        self.all.get().unwrap_or(&self.first)
    }
}

/// Where the cells of a sheet stand in the text of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Name of the sheet; empty where a file is a single sheet (CSV).
    pub sheet: String,
    /// The cells.
    pub cells: Cells,
    /// Merged cells.
    pub merges: Vec<Merge>,
    /// Hidden rows, first and last (from 0), in order.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, first and last (from 0), in order.
    pub hidden_columns: Vec<(u32, u32)>,
    /// The headings of the columns (from 0), from above, as far as a mapping has found them.
    pub headings: BTreeMap<u32, Vec<String>>,
    /// Columns that name what a row is about, as far as a mapping has found them (from 0).
    pub keys: Vec<u32>,
}

impl Grid {
    /// A grid of a sheet.
    #[must_use]
    pub fn new(sheet: impl Into<String>, cells: Cells) -> Self {
        Self {
            sheet: sheet.into(),
            cells,
            merges: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            headings: BTreeMap::new(),
            keys: Vec::new(),
        }
    }

    /// Number of rows, down to the last one that is not blank.
    #[must_use]
    pub fn rows(&self) -> u32 {
        match &self.cells {
            Cells::Listed(cells) => cells.last().map_or(0, |c| c.row + 1),
            Cells::Delimited { rows, .. } => u32::try_from(rows.len()).unwrap_or(u32::MAX),
        }
    }

    /// Whether it is known where each of its rows stands.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match &self.cells {
            Cells::Listed(_) => true,
            Cells::Delimited { rows, .. } => rows.is_whole(),
        }
    }

    /// How many rows so many bytes hold, if they are as long as those that are known.
    #[must_use]
    pub fn rows_in(&self, bytes: usize) -> usize {
        match &self.cells {
            Cells::Listed(_) => 0,
            Cells::Delimited { rows, .. } => {
                let last = rows.last().map_or(0, |at| *at as usize);
                bytes.saturating_mul(rows.len()).checked_div(last).unwrap_or(0)
            }
        }
    }

    /// The cells of some rows (from 0); the page holds them.
    #[must_use]
    pub fn block(&self, page: Page<'_>, rows: Range<u32>) -> Block {
        let mut block = Block { first: rows.start, ..Block::default() };
        if let Cells::Delimited { delimiter, .. } = &self.cells
            && memchr::memchr(b'"', page.bytes).is_none()
        {
            let (mut row, mut column) = (rows.start, 0);
            block.ends.reserve(rows.len());
            for (range, last) in unquoted(page.bytes, *delimiter) {
                if let Some(cell) = cell_of(page, range, false).filter(|_| row < rows.end) {
                    block.cells.push(GridCell { row, column, ..cell });
                }
                column += 1;
                if last {
                    // Most rows have as many cells as the first one.
                    if row == rows.start {
                        block.cells.reserve(block.cells.len().saturating_mul(rows.len()).min(page.bytes.len()));
                    }
                    block.ends.push(block.cells.len());
                    (row, column) = (row + 1, 0);
                }
            }
            return block;
        }
        for row in rows {
            self.add_row(page, row, &mut block.cells);
            block.ends.push(block.cells.len());
        }
        block
    }

    fn add_row(&self, page: Page<'_>, row: u32, out: &mut Vec<GridCell>) {
        match &self.cells {
            Cells::Listed(cells) => {
                let from = cells.partition_point(|c| c.row < row);
                out.extend(cells.iter().skip(from).take_while(|c| c.row == row).copied());
            }
            Cells::Delimited { rows, delimiter } => {
                let Some(start) = rows.get(row as usize).and_then(|at| (*at as usize).checked_sub(page.base)) else {
                    return;
                };
                let end = rows.get(row as usize + 1).map(|at| (*at as usize).saturating_sub(page.base));
                let end = end.unwrap_or(page.bytes.len()).min(page.bytes.len());
                let line = page.bytes.get(start..end).unwrap_or(&[]);
                if memchr::memchr(b'"', line).is_none() {
                    out.extend(cells_of_line(Page { bytes: line, base: page.base + start }, row, *delimiter));
                    return;
                }
                let mut column = 0;
                record(page.bytes, start, *delimiter, |field| {
                    if let Some(cell) = cell_of(page, field.range, field.doubled) {
                        out.push(GridCell { row, column, ..cell });
                    }
                    column += 1;
                });
            }
        }
    }

    /// The cells of a row (from 0) that are not blank; the page holds it.
    #[must_use]
    pub fn row(&self, page: Page<'_>, row: u32) -> Vec<GridCell> {
        let mut out = Vec::new();
        self.add_row(page, row, &mut out);
        out
    }

    /// The bytes of some rows (from 0) in a text of this length; all of it where the rows have no bytes of their own.
    #[must_use]
    pub fn bytes(&self, rows: Range<u32>, length: usize) -> Range<usize> {
        match &self.cells {
            Cells::Listed(_) => 0..length,
            Cells::Delimited { rows: starts, .. } => {
                let at = |row: u32| starts.get(row as usize).map_or(length, |at| *at as usize);
                at(rows.start)..at(rows.end)
            }
        }
    }

    /// The row (from 0) that holds byte `offset`, or the one before it.
    #[must_use]
    pub fn row_at(&self, offset: usize) -> u32 {
        match &self.cells {
            Cells::Listed(cells) => {
                let after = cells.partition_point(|c| c.start as usize <= offset);
                cells.get(after.saturating_sub(1)).map_or(0, |c| c.row)
            }
            Cells::Delimited { rows, .. } => {
                let after = rows.partition_point(|r| *r as usize <= offset);
                u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
            }
        }
    }

    /// The merged cells that a cell belongs to.
    #[must_use]
    pub fn merge_at(&self, row: u32, column: u32) -> Option<&Merge> {
        self.merges.iter().find(|m| (m.top..=m.bottom).contains(&row) && (m.left..=m.right).contains(&column))
    }

    /// The name of a cell as spreadsheets give it: `一覧!N12`, or `N12` where the sheet has no name.
    #[must_use]
    pub fn name(&self, row: u32, column: u32) -> String {
        let cell = cell_name(row, column);
        if self.sheet.is_empty() { cell } else { format!("{}!{cell}", self.sheet) }
    }
}

/// The cells of a row that are not blank, of a text that is this row and has no quote.
pub fn cells_of_line(line: Page<'_>, row: u32, delimiter: u8) -> impl Iterator<Item = GridCell> {
    let fields = (0..).zip(unquoted(line.bytes, delimiter));
    fields.filter_map(move |(column, (range, _))| Some(GridCell { row, column, ..cell_of(line, range, false)? }))
}

/// The cell that a field of a page is, if it is not blank; its row and column are not known here.
#[inline]
fn cell_of(page: Page<'_>, range: Range<usize>, doubled: bool) -> Option<GridCell> {
    let place = trimmed_in(page.bytes, range);
    let at = |n: usize| u32::try_from(page.base + n).unwrap_or(u32::MAX);
    let kind = if doubled { CellKind::Doubled } else { CellKind::Plain };
    (!place.is_empty()).then(|| GridCell { row: 0, column: 0, start: at(place.start), end: at(place.end), kind })
}

/// The name of a column (from 0): A, B, … Z, AA.
#[must_use]
pub fn column_name(column: u32) -> String {
    let mut rest = u64::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The column (from 0) of a name such as `AB`, in any width and case; `None` beyond the last column of Excel, XFD.
#[must_use]
pub fn column_number(name: &str) -> Option<u32> {
    let mut number = 0_u32;
    for c in name.trim().chars().map(super::normal::narrow) {
        if !c.is_ascii_alphabetic() || number > 16_384 {
            return None;
        }
        number = number * 26 + (u32::from(c.to_ascii_uppercase()) - u32::from('A') + 1);
    }
    (1..=16_384).contains(&number).then(|| number - 1)
}

/// The name of a cell: `N12`.
#[must_use]
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), u64::from(row) + 1)
}

/// Row and column (from 0) of a name such as `N12`.
#[must_use]
pub fn cell_number(name: &str) -> Option<(u32, u32)> {
    let name = name.trim();
    let digits = name.find(|c: char| super::normal::narrow(c).is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let row: String = row.chars().map(super::normal::narrow).collect();
    let row = row.parse::<u32>().ok().filter(|r| (1..=1_048_576).contains(r))?;
    Some((row - 1, column_number(letters)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_name(column), name);
            assert_eq!(column_number(name), Some(column));
        }
        assert_eq!(column_number("XFE"), None);
        assert_eq!(column_number("ａｂ"), Some(27));
        assert_eq!(cell_number("N12"), Some((11, 13)));
        assert_eq!(cell_number("12"), None);
        assert_eq!(cell_number("A0"), None);
    }
}
