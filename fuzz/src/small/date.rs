//! Any text as a day, and any number of days since 1970: the calendar counts the same in both directions.
use totsugo::value::{Date, FiscalYear};

use super::text;

/// Days before the month of a year without a leap day.
const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// How many days after 1 January 1970 a day is, by counting years and months.
fn counted(date: Date) -> i64 {
    let before = i64::from(date.year) - 1;
    let leap_days = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let year = i64::from(date.year);
    let is_leap = year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
    let leap = i64::from(is_leap && date.month > 2);
    before * 365 + leap_days + BEFORE[usize::from(date.month) - 1] + leap + i64::from(date.day) - 1 - 719_162
}

pub fn run(bytes: &[u8]) {
    if let Ok(date) = Date::read(&text(bytes)) {
        assert_eq!(Date::read(&date.to_string()), Ok(date));
        let begins = if (1..4).contains(&date.month) { date.year - 1 } else { date.year };
        assert_eq!(date.fiscal_year(), FiscalYear(begins), "{date}");
        if date.day > 0 {
            assert_eq!(Date::of_days(counted(date)), Some(date), "{date} is a day of the calendar");
        }
    }
    // Beside the years of a date the numbers of days reach into all years that can be counted.
    let mut number = [0; 8];
    for (to, from) in number.iter_mut().zip(bytes) {
        *to = *from;
    }
    let days = i64::from_le_bytes(number) >> (bytes.len() % 48);
    if let Some(date) = Date::of_days(days) {
        assert_eq!(counted(date), days, "{date}");
    }
}
