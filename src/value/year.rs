//! Fiscal years, 和暦 and 西暦.
use std::fmt;

use super::Date;
use crate::text::normal::narrow;

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

/// An era: its names, its year 1, its last year, and its first day (month, day).
pub(super) struct Era {
    pub names: [&'static str; 2],
    pub first: i16,
    pub last: Option<i16>,
    pub begins: (u8, u8),
    pub ends: (u8, u8),
}

/// The eras since 1868, newest first.
pub(super) const ERAS: [Era; 5] = [
    Era { names: ["R", "令和"], first: 2019, last: None, begins: (5, 1), ends: (12, 31) },
    Era { names: ["H", "平成"], first: 1989, last: Some(2019), begins: (1, 8), ends: (4, 30) },
    Era { names: ["S", "昭和"], first: 1926, last: Some(1989), begins: (12, 25), ends: (1, 7) },
    Era { names: ["T", "大正"], first: 1912, last: Some(1926), begins: (7, 30), ends: (12, 24) },
    Era { names: ["M", "明治"], first: 1868, last: Some(1912), begins: (1, 25), ends: (7, 29) },
];

/// The years that plans speak of.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1868..=2100;

/// Splits off an era's name.
pub(super) fn era(text: &str) -> Option<(&'static Era, &str)> {
    ERAS.iter().find_map(|era| {
        era.names.iter().find_map(|name| {
            let rest = text
                .strip_prefix(name)
                .or_else(|| if name.len() == 1 { text.strip_prefix(name.to_lowercase().as_str()) } else { None })?;
            Some((era, rest))
        })
    })
}

/// Reads the year of an era, 元 or a number of at most three digits.
pub(super) fn year_of_era(text: &str) -> Option<i16> {
    if text == "元" {
        return Some(1);
    }
    if text.is_empty() || text.len() > 3 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

impl FiscalYear {
    /// Reads `R4`, `令和4年度`, `令和元年度`, `H31`, `2022年度`, `FY2022`; widths do not matter.
    ///
    /// # Errors
    /// Says whether the text is no year, names a year that its era does not have, or lies out of range.
    pub fn read(text: &str) -> Result<Self, YearFault> {
        let text: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
        let bare = text.strip_suffix("年度").or_else(|| text.strip_suffix('年')).unwrap_or(&text);
        if let Some((era, rest)) = era(bare) {
            let n = year_of_era(rest).ok_or(YearFault::NotAYear)?;
            let year = era.first.checked_add(n - 1).ok_or(YearFault::OutOfRange)?;
            if n == 0 {
                return Err(YearFault::NotInEra { meant: None });
            }
            if era.last.is_some_and(|last| year > last) {
                let meant = YEARS.contains(&year).then_some(Self(year));
                return Err(YearFault::NotInEra { meant });
            }
            return if YEARS.contains(&year) { Ok(Self(year)) } else { Err(YearFault::OutOfRange) };
        }
        let digits = bare.strip_prefix("FY").or_else(|| bare.strip_prefix("fy")).unwrap_or(bare);
        if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(YearFault::NotAYear);
        }
        let year: i16 = digits.parse().map_err(|_| YearFault::NotAYear)?;
        if YEARS.contains(&year) { Ok(Self(year)) } else { Err(YearFault::OutOfRange) }
    }

    /// The fiscal year in which a day lies; a date without a month counts as its calendar year.
    #[must_use]
    pub fn of_date(date: Date) -> Self {
        Self(if (1..4).contains(&date.month) { date.year - 1 } else { date.year })
    }

    fn in_era(self) -> (&'static Era, i16) {
        let era = ERAS.iter().find(|e| e.first <= self.0).unwrap_or(&ERAS[4]);
        (era, self.0 - era.first + 1)
    }

    /// `令和4年度`, `令和元年度`.
    #[must_use]
    pub fn wareki_long(self) -> String {
        let (era, n) = self.in_era();
        if n == 1 { format!("{}元年度", era.names[1]) } else { format!("{}{n}年度", era.names[1]) }
    }

    /// `2022年度`.
    #[must_use]
    pub fn seireki(self) -> String {
        format!("{}年度", self.0)
    }
}

/// `R4`: the era that the year's own number belongs to (FY2019 is R1).
impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (era, n) = self.in_era();
        write!(f, "{}{n}", era.names[0])
    }
}
