//! A sheet as a source: which cell each byte of its text belongs to, so that a place has a name such as `一覧!N12`.
use std::ops::Range;

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

/// Where the cells of a sheet stand in the text of its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// Name of the sheet; empty where a file is a single sheet (CSV).
    pub sheet: String,
    /// The cells that are not blank, by row and column.
    pub cells: Vec<GridCell>,
    /// Merged cells.
    pub merges: Vec<Merge>,
    /// The rows that head the columns, as far as a mapping has found them (from 0).
    pub header: Range<u32>,
    /// Columns that name what a row is about, as far as a mapping has found them (from 0).
    pub keys: Vec<u32>,
}

impl Grid {
    /// The cell that holds byte `offset`, or the one before it.
    #[must_use]
    pub fn cell_at(&self, offset: usize) -> Option<&GridCell> {
        let after = self.cells.partition_point(|c| c.start as usize <= offset);
        self.cells.get(after.saturating_sub(1))
    }

    /// The cell in a row and column (from 0), if it is not blank.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Option<&GridCell> {
        let at = self.cells.binary_search_by_key(&(row, column), |c| (c.row, c.column)).ok()?;
        self.cells.get(at)
    }

    /// The cells of a row (from 0) that are not blank.
    #[must_use]
    pub fn row(&self, row: u32) -> &[GridCell] {
        let from = self.cells.partition_point(|c| c.row < row);
        let to = self.cells.partition_point(|c| c.row <= row);
        self.cells.get(from..to).unwrap_or(&[])
    }

    /// The name of a cell as spreadsheets give it: `一覧!N12`, or `N12` where the sheet has no name.
    #[must_use]
    pub fn name(&self, row: u32, column: u32) -> String {
        let cell = cell_name(row, column);
        if self.sheet.is_empty() { cell } else { format!("{}!{cell}", self.sheet) }
    }
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
