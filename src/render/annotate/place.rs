//! Cells by their letters and numbers.

/// The most rows that a sheet has.
pub(super) const ROWS: u32 = 1_048_576;
/// The most columns that a sheet has.
pub(super) const COLUMNS: u32 = 16_384;

/// A rectangle of cells, both corners in it, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    /// The upper left cell: row, column.
    pub first: (u32, u32),
    /// The lower right cell: row, column.
    pub last: (u32, u32),
}

impl Area {
    /// True when the cell lies in it.
    pub(super) fn holds(&self, (row, column): (u32, u32)) -> bool {
        (self.first.0..=self.last.0).contains(&row) && (self.first.1..=self.last.1).contains(&column)
    }

    /// The smallest area that holds it and the cell.
    pub(super) fn with(&self, (row, column): (u32, u32)) -> Self {
        Self {
            first: (self.first.0.min(row), self.first.1.min(column)),
            last: (self.last.0.max(row), self.last.1.max(column)),
        }
    }

    /// As written in a sheet: `A1:B2`, `A1` for one cell.
    pub(super) fn shown(&self) -> String {
        let first = cell(self.first.0, self.first.1);
        if self.first == self.last { first } else { format!("{first}:{}", cell(self.last.0, self.last.1)) }
    }
}

/// The letters of a column that is counted from 0.
fn letters(column: u32) -> String {
    let mut out = Vec::new();
    let mut left = column.saturating_add(1);
    while left > 0 {
        let digit = u8::try_from((left.saturating_sub(1)) % 26).unwrap_or(0);
        out.push(char::from(b'A'.saturating_add(digit)));
        left = left.saturating_sub(1) / 26;
    }
    out.iter().rev().collect()
}

/// The name of a cell: `N12`.
pub(super) fn cell(row: u32, column: u32) -> String {
    format!("{}{}", letters(column), row.saturating_add(1))
}

/// The row and column of a name like `N12` or `$N$12`, if it is in a sheet.
pub(super) fn parse(name: &str) -> Option<(u32, u32)> {
    let (mut column, mut row) = (0_u32, 0_u32);
    for c in name.trim().chars().filter(|c| *c != '$') {
        if let Some(digit) = c.to_digit(10) {
            row = row.checked_mul(10)?.checked_add(digit)?;
        } else if c.is_ascii_alphabetic() && row == 0 {
            column = column.checked_mul(26)?.checked_add(c.to_ascii_uppercase().to_digit(36)?.checked_sub(9)?)?;
        } else {
            return None;
        }
    }
    let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
    (row < ROWS && column < COLUMNS).then_some((row, column))
}

/// The area of a name like `A1:B2` or `A1`.
pub(super) fn area(name: &str) -> Option<Area> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    let (a, b) = (parse(first)?, parse(last)?);
    Some(Area { first: (a.0.min(b.0), a.1.min(b.1)), last: (a.0.max(b.0), a.1.max(b.1)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_go_both_ways() {
        for (row, column, name) in [(0, 0, "A1"), (11, 13, "N12"), (0, 25, "Z1"), (0, 26, "AA1"), (9, 701, "ZZ10")] {
            assert_eq!(cell(row, column), name);
            assert_eq!(parse(name), Some((row, column)));
        }
        assert_eq!(cell(ROWS - 1, COLUMNS - 1), "XFD1048576");
        assert_eq!(parse("$N$12"), Some((11, 13)));
        for bad in ["", "A", "1", "A0", "1A", "XFE1", "A1048577", "A99999999999", "あ1"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
        assert_eq!(area("B2:A1").map(|a| a.shown()).as_deref(), Some("A1:B2"));
    }
}
