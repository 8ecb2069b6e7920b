//! Fiscal years, 和暦 and 西暦.

/// A fiscal year by the calendar year in which it begins (1 April).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FiscalYear(pub i16);

/// Why a text is no fiscal year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YearFault {
    /// Not the form of a year at all.
    NotAYear,
    /// The era has no such year (R0, 平成32); the year that is perhaps meant.
    NotInEra {
        /// The year it would be, in its right era.
        meant: Option<FiscalYear>,
    },
    /// Out of the range that plans speak of (1868 to 2100).
    OutOfRange,
}
