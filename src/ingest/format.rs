//! Numbers as a workbook shows them: the display format of a cell applied (ECMA-376 part 1, 18.8.30, by a library), with
//! the Japanese eras and the built-in formats of Japanese Excel, which the library does not know.
use ssfmt::{DateSystem, FormatOptions, NumberFormat};

use crate::text::CellKind;
use crate::value::Date;

/// First day (year, month, day), letter, short and long name of an era.
type Era = ((i16, u8, u8), &'static str, &'static str, &'static str);

/// The eras, newest first.
const ERAS: [Era; 5] = [
    ((2019, 5, 1), "R", "令", "令和"),
    ((1989, 1, 8), "H", "平", "平成"),
    ((1926, 12, 25), "S", "昭", "昭和"),
    ((1912, 7, 30), "T", "大", "大正"),
    ((1868, 1, 25), "M", "明", "明治"),
];

/// The code of a built-in format, as Japanese Excel shows it (ECMA-376 part 1, 18.8.30); General for the unknown.
#[must_use]
pub fn built_in(id: u32) -> &'static str {
    match id {
        14 => "yyyy/m/d",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 57 => "ge.m.d",
        28 | 29 | 51 | 54 | 58 => "ggge\"年\"m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"時\"mm\"分\"",
        33 => "h\"時\"mm\"分\"ss\"秒\"",
        34 | 52 | 55 => "yyyy\"年\"m\"月\"",
        35 | 53 | 56 => "m\"月\"d\"日\"",
        _ => ssfmt::format_code_from_id(id).unwrap_or("General"),
    }
}

/// A display format, read once and used for many cells.
#[derive(Debug)]
pub struct Format {
    /// Read at once, unless it depends on the era of the date.
    ready: Option<NumberFormat>,
    code: String,
    is_date: bool,
    /// Compared or written as a fraction, so that the number must stay as it is.
    exact: bool,
}

/// The days of the week from the first day of 1970 on.
const WEEKDAYS: [&str; 7] = ["木", "金", "土", "日", "月", "火", "水"];
/// So many places of a second are more than the library can count; Excel has three.
const TOO_FINE: &str = "0000000000";
/// From here on the library shows the largest number that it can count to instead of the number.
const COUNTABLE: f64 = 1e17;

/// Excel rounds the fifteen digits that it keeps, not the binary fraction behind them: 0.285 as `0%` is 29%, although
/// the fraction is a little less. Two steps up, a half is a half again, and of twelve digits none changes.
fn decimal(value: f64) -> f64 {
    if value.fract() == 0.0 && value.abs() >= 1e12 {
        return value;
    }
    let kept: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    kept * (1.0 + 2.0 * f64::EPSILON)
}

impl Format {
    /// Reads a format code; one that means nothing is General.
    #[must_use]
    pub fn new(code: &str) -> Self {
        // Japanese Excel of old wrote the name of General as it shows it.
        let code = code.replace("G/標準", "General");
        let pieces = pieces(&code);
        let by_day = pieces.iter().any(|p| matches!(p, Piece::Era(_) | Piece::EraYear(_) | Piece::Weekday(_)));
        let is_date = by_day || pieces.iter().any(|p| matches!(p, Piece::Date(_)));
        if is_date && code.contains(TOO_FINE) {
            return Self::new("General");
        }
        let exact = is_date || code.contains('/') || ["[<", "[>", "[="].iter().any(|c| code.contains(c));
        let ready =
            if by_day { None } else { NumberFormat::parse(&code).or_else(|_| NumberFormat::parse("General")).ok() };
        Self { ready, code, is_date, exact }
    }

    /// What is shown for a number, and whether that is a date.
    #[must_use]
    pub fn show(&self, value: f64, is_1904: bool) -> (String, CellKind) {
        let kind = if self.is_date { CellKind::Date } else { CellKind::Plain };
        let system = if is_1904 { DateSystem::Date1904 } else { DateSystem::Date1900 };
        let options = FormatOptions { date_system: system, ..FormatOptions::default() };
        let general = |value| NumberFormat::parse("General").map_or(String::new(), |f| f.format(value, &options));
        let text = match &self.ready {
            Some(_) if !self.is_date && value.abs() >= COUNTABLE => general(value),
            Some(format) if self.exact => format.format(value, &options),
            Some(format) => format.format(decimal(value), &options),
            None => match NumberFormat::parse(&with_era(&self.code, value, is_1904)) {
                Ok(format) => format.format(value, &options),
                Err(_) => general(value),
            },
        };
        (text.trim().to_owned(), kind)
    }
}

/// A piece of a format code.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'c> {
    /// As many g as the era is to have.
    Era(usize),
    /// As many e.
    EraYear(usize),
    /// As many a: the day of the week, 木 or 木曜日.
    Weekday(usize),
    /// Letters of a date.
    Date(&'c str),
    /// Anything else, quoted texts and brackets whole.
    Other(&'c str),
}

fn pieces(code: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches([c.to_ascii_lowercase(), c.to_ascii_uppercase()]).len();
        let length = match c {
            '"' => rest.get(1..).and_then(|r| r.find('"')).map_or(rest.len(), |n| n + 2),
            '[' => rest.find(']').map_or(rest.len(), |n| n + 1),
            '\\' | '_' | '*' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            _ => run.max(c.len_utf8()),
        };
        let (piece, after) = rest.split_at(length.min(rest.len()));
        let general = rest.get(..7).is_some_and(|w| w.eq_ignore_ascii_case("general"));
        out.push(match c.to_ascii_lowercase() {
            _ if general => Piece::Other(rest.get(..7).unwrap_or("")),
            'g' => Piece::Era(run),
            // 0.00E+00 is a number.
            'e' if !after.starts_with(['+', '-']) => Piece::EraYear(run),
            'a' if run >= 3 => Piece::Weekday(run),
            'y' | 'm' | 'd' | 'h' | 's' => Piece::Date(piece),
            _ => Piece::Other(piece),
        });
        rest = if general { rest.get(7..).unwrap_or("") } else { after };
    }
    out
}

/// The code with the era and its year written out for a day.
fn with_era(code: &str, value: f64, is_1904: bool) -> String {
    // Day 0 of the 1900 system is 30 December 1899 for all days after February 1900; 1904 counts 1,462 days less.
    let shift = if is_1904 { 24_107.0 } else { 25_569.0 };
    #[expect(clippy::cast_possible_truncation, reason = "a cast of floats saturates, and no such day is no date")]
    let days = (value.floor() - shift) as i64;
    let date = Date::of_days(days);
    let found = date.and_then(|d| {
        let day = (d.year, d.month, d.day);
        ERAS.iter().find(|era| day >= era.0).map(|era| (era, d.year - era.0.0 + 1))
    });
    let mut out = String::new();
    for piece in pieces(code) {
        match (piece, found) {
            (Piece::Era(run), Some((era, _))) => {
                let name = match run {
                    1 => era.1,
                    2 => era.2,
                    _ => era.3,
                };
                out.push_str(&format!("\"{name}\""));
            }
            (Piece::EraYear(run), Some((_, year))) => {
                out.push_str(&if run > 1 { format!("\"{year:02}\"") } else { format!("\"{year}\"") });
            }
            (Piece::Weekday(run), _) => {
                let number = usize::try_from(days.rem_euclid(7)).unwrap_or(0);
                let name = WEEKDAYS.get(number).copied().unwrap_or("");
                out.push_str(&format!("\"{name}{}\"", if run > 3 { "曜日" } else { "" }));
            }
            (Piece::Era(_), None) => {}
            (Piece::EraYear(_), None) => out.push_str("yyyy"),
            // The language of the brackets is told by the words themselves.
            (Piece::Other(text), _) if text.starts_with("[$-") => {}
            (Piece::Date(text) | Piece::Other(text), _) => out.push_str(text),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: f64) -> String {
        Format::new(code).show(value, false).0
    }

    /// A figure is checked as it is printed: with the decimals, signs and units that the sheet shows.
    #[test]
    fn numbers_are_shown_as_excel_shows_them() {
        for (code, value, text) in [
            ("General", 0.1 + 0.2, "0.3"),
            ("General", 48.2, "48.2"),
            ("General", 1_234_567.0, "1234567"),
            ("0%", 0.58, "58%"),
            ("0.0%", 0.482, "48.2%"),
            ("0.0%", 0.610_000_000_000_000_1, "61.0%"),
            ("#,##0", 75_600.0, "75,600"),
            ("#,##0\"件\"", 76_000.0, "76,000件"),
            ("#,##0_);(#,##0)", 1_234.0, "1,234"),
            ("#,##0;\"△\"#,##0", -1_234.0, "△1,234"),
            ("0.00E+00", 12_345.0, "1.23E+04"),
            ("0_ ;[Red]\\-0\\ ", 5.0, "5"),
            ("no such format [", 5.0, "5"),
        ] {
            assert_eq!(shown(code, value), text, "{code}");
        }
    }

    /// 28.5% printed as 29% in the plan and read as 28% here would be reported as a figure that does not agree.
    #[test]
    fn halves_are_rounded_as_excel_rounds_them() {
        for (code, value, text) in [
            ("0%", 0.285, "29%"),
            ("0.00", 1.005, "1.01"),
            ("0.00", 1.004_999_999_999_99, "1.00"),
            ("0.0%", 0.574_5, "57.5%"),
            ("0.0", -0.25, "-0.3"),
            ("0", 2.5, "3"),
            ("#,##0.0,", 12_350.0, "12.4"),
            ("0", 5.0, "5"),
            ("#,##0.00", 123_456_789_012.34, "123,456,789,012.34"),
            ("# ?/?", 5.0, "5"),
            ("[<=0.5]\"a\";\"b\"", 0.5, "a"),
        ] {
            assert_eq!(shown(code, value), text, "{code}");
        }
    }

    /// A number too large for the library would be shown as another number; names of days and of General as letters.
    #[test]
    fn what_the_library_does_not_know_is_shown_too() {
        for (code, value, text) in [
            ("#,##0", 2e19, "2E+19"),
            ("0.0%", 5e17, "5E+17"),
            ("G/標準\"件\"", 0.1 + 0.2, "0.3件"),
            ("ggge\"年\"bad[", 0.1 + 0.2, "0.3"),
            ("m\"月\"d\"日\"(aaa)", 45_383.0, "4月1日(月)"),
            ("[$-411]ggge\"年\"m\"月\"d\"日\"aaaa;@", 45_384.5, "令和6年4月2日火曜日"),
        ] {
            assert_eq!(shown(code, value), text, "{code}");
        }
        assert_eq!(Format::new("aaaa").show(45_383.0 - 1_462.0, true), ("月曜日".to_owned(), CellKind::Date));
    }

    /// A workbook with such a format would end the program.
    #[test]
    fn parts_of_a_second_that_nobody_can_count_are_not_shown() {
        for zeros in [10, 32] {
            assert_eq!(shown(&format!("s.{}", "0".repeat(zeros)), 0.5), "0.5");
        }
        assert_eq!(shown("s.000", 0.5), "0.000");
        assert_eq!(shown("0.0000000000", 0.5), "0.5000000000");
    }

    /// Years of an era are what the documents print; a serial number would be compared as a figure.
    #[test]
    fn dates_are_shown_with_their_era() {
        let day = 45_383.0;
        for (code, text) in [
            ("yyyy/m/d", "2024/4/1"),
            ("[$-411]ggge\"年\"m\"月\"d\"日\";@", "令和6年4月1日"),
            ("[$-411]ge.m.d;@", "R6.4.1"),
            ("[$-ja-JP]ggge\"年度\"", "令和6年度"),
            ("yyyy\"年\"m\"月\"", "2024年4月"),
            (built_in(57), "R6.4.1"),
            (built_in(14), "2024/4/1"),
        ] {
            assert_eq!(shown(code, day), text, "{code}");
            assert_eq!(Format::new(code).show(day, false).1, CellKind::Date, "{code}");
        }
        assert_eq!(Format::new("ge.m.d").show(day - 1_462.0, true).0, "R6.4.1");
        assert_eq!(shown("ggge", 43_585.0), "平成31");
        assert_eq!(shown("ggge", 43_586.0), "令和1");
        assert_eq!(Format::new("0.0%").show(0.1, false).1, CellKind::Plain);
        assert_eq!(Format::new("General").show(0.1, false).1, CellKind::Plain);
    }
}
