//! A cell in four bytes: a table of a million rows and fourteen columns is 56 MB, a third of what the cells take
//! when they carry their texts, and a column that is walked stays in the caches.
use std::cmp::Ordering;

use super::{Cell, Symbol, Symbols};
use crate::value::{Date, FiscalYear};

/// A cell as it is kept: two or four bits for its kind, the rest for its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Packed(u32);

const KIND: u32 = 28;
const PAYLOAD: u32 = (1 << KIND) - 1;
/// Numbers have the two highest bits set and thirty for themselves: nine digits fit.
const NUMBER: u32 = 0b11 << 30;
const LARGEST_NUMBER: u32 = (1 << 30) - 1;

const TEXT: u32 = 1;
const QUALITATIVE: u32 = 2;
const FIGURE: u32 = 3;
const YEAR: u32 = 4;
const DATE: u32 = 5;
const LIST: u32 = 6;
const REFERENCE: u32 = 7;
const FALSE: Packed = Packed(2);
const TRUE: Packed = Packed(3);

impl Packed {
    /// Nothing was written.
    pub const MISSING: Self = Self(0);
    /// What was written could not be read.
    pub const UNREADABLE: Self = Self(1);

    /// Packs a cell. One whose number is beyond what is kept (2 to the power 28 texts, figures, references; 2 to the power
    /// 30 as a whole number) is not judged; no input within the limits comes near.
    #[must_use]
    pub fn pack(cell: Cell) -> Self {
        Self::within(cell).unwrap_or(Self::UNREADABLE)
    }

    fn within(cell: Cell) -> Option<Self> {
        let of = |kind: u32, payload: u32| (payload <= PAYLOAD).then_some(Self(kind << KIND | payload));
        match cell {
            Cell::Missing => Some(Self::MISSING),
            Cell::Unreadable => Some(Self::UNREADABLE),
            Cell::Bool(false) => Some(FALSE),
            Cell::Bool(true) => Some(TRUE),
            Cell::Number(n) => u32::try_from(n).ok().filter(|n| *n <= LARGEST_NUMBER).map(|n| Self(NUMBER | n)),
            Cell::Text(printed, _) => of(TEXT, printed.0),
            Cell::Qualitative(printed, _) => of(QUALITATIVE, printed.0),
            Cell::Figure(id) => of(FIGURE, id),
            Cell::Year(year) => of(YEAR, u32::from(year.0.cast_unsigned())),
            Cell::Date(date) => {
                let year = u32::try_from(date.year).ok().filter(|y| *y < 1 << 16)?;
                of(DATE, year << 9 | u32::from(date.month & 15) << 5 | u32::from(date.day & 31))
            }
            Cell::List(id) => of(LIST, id),
            Cell::Reference(id) => of(REFERENCE, id),
        }
    }

    /// The cell.
    #[must_use]
    #[inline]
    pub fn unpack(self, symbols: &Symbols) -> Cell {
        if self.0 & NUMBER == NUMBER {
            return Cell::Number(i64::from(self.0 & LARGEST_NUMBER));
        }
        let payload = self.0 & PAYLOAD;
        let text = || (Symbol(payload), symbols.folded(Symbol(payload)));
        match self.0 >> KIND {
            TEXT => Cell::Text(text().0, text().1),
            QUALITATIVE => Cell::Qualitative(text().0, text().1),
            FIGURE => Cell::Figure(payload),
            YEAR => Cell::Year(FiscalYear(u16::try_from(payload).unwrap_or(0).cast_signed())),
            DATE => Cell::Date(Date {
                year: i16::try_from(payload >> 9).unwrap_or(0),
                month: u8::try_from(payload >> 5 & 15).unwrap_or(0),
                day: u8::try_from(payload & 31).unwrap_or(0),
            }),
            LIST => Cell::List(payload),
            REFERENCE => Cell::Reference(payload),
            _ => match self {
                Self::UNREADABLE => Cell::Unreadable,
                FALSE => Cell::Bool(false),
                TRUE => Cell::Bool(true),
                _ => Cell::Missing,
            },
        }
    }

    /// A whole number as it is kept; `None` for one that is not.
    #[must_use]
    #[inline]
    pub fn of_number(n: i64) -> Option<Self> {
        Self::within(Cell::Number(n))
    }

    /// The whole number that is kept, if it is one.
    #[must_use]
    #[inline]
    pub fn number(self) -> Option<i64> {
        (self.0 & NUMBER == NUMBER).then_some(i64::from(self.0 & LARGEST_NUMBER))
    }

    /// A text as it is kept, the two ways in which one can be: as a text, and in the place of a figure.
    #[must_use]
    #[inline]
    pub fn of_text(printed: Symbol) -> [Self; 2] {
        [Cell::Text(printed, printed), Cell::Qualitative(printed, printed)].map(Self::pack)
    }

    /// The text that is kept as it is printed, if it is one.
    #[must_use]
    #[inline]
    pub fn text(self) -> Option<Symbol> {
        matches!(self.0 >> KIND, TEXT | QUALITATIVE).then_some(Symbol(self.0 & PAYLOAD))
    }

    /// The number of the printed figure that is kept, if it is one.
    #[must_use]
    #[inline]
    pub fn figure(self) -> Option<u32> {
        (self.0 >> KIND == FIGURE).then_some(self.0 & PAYLOAD)
    }

    /// Whether it is a printed figure or a whole number.
    #[must_use]
    #[inline]
    pub fn is_number(self) -> bool {
        self.0 & NUMBER == NUMBER || self.0 >> KIND == FIGURE
    }

    /// Whether nothing was written.
    #[must_use]
    #[inline]
    pub fn is_missing(self) -> bool {
        self == Self::MISSING
    }

    /// How two cells stand to each other as far as that is seen from how they are kept, and whether their values have an
    /// order at all: whole numbers, and what is kept alike.
    #[must_use]
    #[inline]
    pub fn order(self, other: Self) -> Option<(Ordering, bool)> {
        if self.0 & other.0 & NUMBER == NUMBER {
            return Some((self.0.cmp(&other.0), true));
        }
        let kind = self.0 >> KIND;
        (self == other && matches!(kind, TEXT | FIGURE | YEAR | DATE)).then_some((Ordering::Equal, kind != TEXT))
    }

    /// Whether something stands in it; `None` where the cell alone does not tell: a reference may lead to nothing.
    #[must_use]
    #[inline]
    pub fn is_printed(self) -> Option<bool> {
        (!self.is_unreadable() && !self.is_reference()).then(|| !self.is_missing())
    }

    /// Whether it is a reference.
    #[must_use]
    #[inline]
    pub fn is_reference(self) -> bool {
        self.0 >> KIND == REFERENCE
    }

    /// Whether what was written could not be read.
    #[must_use]
    #[inline]
    pub fn is_unreadable(self) -> bool {
        self == Self::UNREADABLE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells() -> impl Strategy<Value = Cell> {
        let id = 0..=PAYLOAD;
        prop_oneof![
            Just(Cell::Missing),
            Just(Cell::Unreadable),
            any::<bool>().prop_map(Cell::Bool),
            (0..=i64::from(LARGEST_NUMBER)).prop_map(Cell::Number),
            id.clone().prop_map(|n| Cell::Text(Symbol(n), Symbol(n))),
            id.clone().prop_map(|n| Cell::Qualitative(Symbol(n), Symbol(n))),
            id.clone().prop_map(Cell::Figure),
            any::<i16>().prop_map(|y| Cell::Year(FiscalYear(y))),
            (0_i16..=i16::MAX, 0_u8..=12, 0_u8..=31).prop_map(|(year, month, day)| Cell::Date(Date {
                year,
                month,
                day
            })),
            id.clone().prop_map(Cell::List),
            id.prop_map(Cell::Reference),
        ]
    }

    proptest! {
        /// A figure that came back as another one would be a wrong finding.
        #[test]
        fn what_is_packed_comes_back(cell in cells()) {
            prop_assert_eq!(Packed::pack(cell).unpack(&Symbols::default()), cell);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(Packed::pack(Cell::Number(-1)), Packed::UNREADABLE);
        assert_eq!(Packed::pack(Cell::Number(1 << 30)), Packed::UNREADABLE);
        assert_eq!(Packed::pack(Cell::Figure(1 << 28)), Packed::UNREADABLE);
    }
}
