//! Days, 和暦 and 西暦.

/// A day; month and day may be left out (`令和3年9月`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// Calendar year.
    pub year: i16,
    /// Month 1 to 12, 0 if not printed.
    pub month: u8,
    /// Day 1 to 31, 0 if not printed.
    pub day: u8,
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateFault {
    /// Not the form of a date.
    NotADate,
    /// The calendar has no such day.
    NoSuchDay,
    /// The era has no such day (平成31年5月1日).
    NotInEra,
}
