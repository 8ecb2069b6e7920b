//! Days, 和暦 and 西暦.
use std::fmt;

use super::FiscalYear;
use super::year::{YEARS, era, year_of_era};
use crate::text::normal::narrow;

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

impl Date {
    /// Reads `R3.4.1`, `令和3年4月1日`, `令和3年9月`, `2021-04-01`, `2021/4/1`; widths do not matter.
    ///
    /// # Errors
    /// Says whether the text is no date, the calendar has no such day, or the era does not have it.
    pub fn read(text: &str) -> Result<Self, DateFault> {
        let text: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
        let (era, rest) = match era(&text) {
            Some((era, rest)) => (Some(era), rest),
            None => (None, text.as_str()),
        };
        let rest = rest.strip_suffix(['日', '月', '年']).unwrap_or(rest);
        let parts: Vec<&str> = rest.split(['年', '月', '.', '-', '/']).collect();
        let (year, month, day) = match parts.as_slice() {
            [y, m, d] => (*y, *m, *d),
            [y, m] => (*y, *m, ""),
            _ => return Err(DateFault::NotADate),
        };
        let number = |t: &str| -> Result<u8, DateFault> {
            if t.is_empty() || t.len() > 2 || !t.bytes().all(|b| b.is_ascii_digit()) {
                return Err(DateFault::NotADate);
            }
            t.parse().map_err(|_| DateFault::NotADate)
        };
        let year = match era {
            Some(era) => {
                let n = year_of_era(year).ok_or(DateFault::NotADate)?;
                if n == 0 {
                    return Err(DateFault::NotInEra);
                }
                era.first.checked_add(n - 1).ok_or(DateFault::NotInEra)?
            }
            None if year.len() == 4 => year.parse().map_err(|_| DateFault::NotADate)?,
            None => return Err(DateFault::NotADate),
        };
        let date = Self { year, month: number(month)?, day: if day.is_empty() { 0 } else { number(day)? } };
        if !YEARS.contains(&year)
            || !(1..=12).contains(&date.month)
            || (!day.is_empty() && date.day == 0)
            || date.day > days(year, date.month)
        {
            return Err(DateFault::NoSuchDay);
        }
        if let Some(era) = era {
            // A month without a day is in the era if any of its days is.
            let last_day = if date.day == 0 { 31 } else { date.day };
            let first_day = if date.day == 0 { 1 } else { date.day };
            let too_early = year == era.first && (date.month, last_day) < era.begins;
            let too_late =
                era.last.is_some_and(|last| year > last || (year == last && (date.month, first_day) > era.ends));
            if too_early || too_late {
                return Err(DateFault::NotInEra);
            }
        }
        Ok(date)
    }

    /// The day that is `days` after 1 January 1970 in the Gregorian calendar; `None` beyond the years that a date
    /// can have.
    #[must_use]
    pub fn of_days(days: i64) -> Option<Self> {
        // Counted in years that begin in March, so that the leap day is the last; 400 of them have 146,097 days.
        let shifted = days.checked_add(719_468)?;
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = year_of_era + shifted.div_euclid(146_097) * 400 + i64::from(month <= 2);
        Some(Self { year: year.try_into().ok()?, month: month.try_into().ok()?, day: day.try_into().ok()? })
    }

    /// The fiscal year in which it lies.
    #[must_use]
    pub fn fiscal_year(self) -> FiscalYear {
        FiscalYear::of_date(self)
    }
}

/// Days of a month (Gregorian).
fn days(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

/// ISO 8601, as far as printed: `2021-04-01`, `2021-09`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        if self.day > 0 { write!(f, "-{:02}", self.day) } else { Ok(()) }
    }
}
