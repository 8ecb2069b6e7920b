//! Printed figures: what stands in a cell, kept as printed, and the value it denotes.
use super::{Exact, group};
use crate::text::normal::narrow;

/// A word before or after the number that widens what it denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// Nothing.
    None,
    /// 以上
    AtLeast,
    /// 以下
    AtMost,
    /// 超
    MoreThan,
    /// 未満
    LessThan,
    /// 約, ほぼ, 程度, おおむね
    About,
}

/// A printed quantity. `value` is `digits × scale` in the printed unit, the percent sign not applied
/// (`48.2%` is 48.2 with unit `%`; `40百万枚` is 40,000,000 with unit `枚`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity<'a> {
    /// Digits times scale.
    pub value: Exact,
    /// The worth of the last printed place, in the same terms (0.1; 1,000,000).
    pub place: Exact,
    /// Whether a scale (千 万 百万 億 …) was printed.
    pub scaled: bool,
    /// The unit as printed, trimmed; empty if none.
    pub unit: &'a str,
    /// 以上 and the like.
    pub qualifier: Qualifier,
    /// Whether a note mark `(※)` follows.
    pub noted: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure<'a> {
    /// A quantity.
    Quantity(Quantity<'a>),
    /// Empty or a dash.
    Missing,
    /// 判読不能.
    Unreadable,
    /// Any other text.
    Qualitative,
}

/// Why a text that begins as a figure is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureFault {
    /// `12,34,5`: the digits are not in groups of three. What it would be with right groups.
    Grouping(String),
    /// `12.3.4`: more than one decimal point.
    DecimalPoint,
    /// More than 18 digits.
    TooLong(usize),
    /// Digits and scale are beyond what can be counted.
    TooLarge,
}

/// The most digits that a figure may have: a quotient of two such numbers still fits the arithmetic.
const MOST_DIGITS: usize = 18;

/// Scales by their last character; compounds such as 百万 multiply.
const SCALES: [(char, i32); 6] = [('十', 1), ('百', 2), ('千', 3), ('万', 4), ('億', 8), ('兆', 12)];

const PREFIXES: [(&str, Qualifier); 6] = [
    ("約", Qualifier::About),
    ("ほぼ", Qualifier::About),
    ("おおむね", Qualifier::About),
    ("概ね", Qualifier::About),
    ("延べ", Qualifier::None),
    ("のべ", Qualifier::None),
];

const SUFFIXES: [(&str, Qualifier); 7] = [
    ("以上", Qualifier::AtLeast),
    ("以下", Qualifier::AtMost),
    ("超", Qualifier::MoreThan),
    ("未満", Qualifier::LessThan),
    ("程度", Qualifier::About),
    ("見込み", Qualifier::None),
    ("見込", Qualifier::None),
];

impl<'a> Figure<'a> {
    /// Reads what stands in a cell. A text that does not begin like a figure is no fault: it is missing,
    /// unreadable or qualitative.
    ///
    /// # Errors
    /// Says what is wrong with a text that begins like a figure: its groups, its decimal point, its length.
    pub fn read(text: &'a str) -> Result<Self, FigureFault> {
        let text = text.trim();
        // Most figures of large tables are nothing but digits.
        if text.len() <= MOST_DIGITS
            && text.bytes().all(|b| b.is_ascii_digit())
            && let Ok(whole) = text.parse()
        {
            let (value, qualifier) = (Exact::from_int(whole), Qualifier::None);
            let bare = Quantity { value, place: Exact::ONE, scaled: false, unit: "", qualifier, noted: false };
            return Ok(Self::Quantity(bare));
        }
        if text.is_empty() || text.chars().all(|c| matches!(narrow(c), '-' | 'ー')) {
            return Ok(Self::Missing);
        }
        if matches!(text, "判読不能" | "unreadable" | "■") {
            return Ok(Self::Unreadable);
        }
        let (text, noted) = without_note(text);
        let (rest, before) = PREFIXES
            .iter()
            .find_map(|(word, q)| text.strip_prefix(word).map(|rest| (rest.trim_start(), *q)))
            .unwrap_or((text, Qualifier::None));
        let (rest, negative) = match rest.chars().next() {
            Some(c @ ('△' | '▲')) => (rest.get(c.len_utf8()..).unwrap_or(""), true),
            Some(c) if narrow(c) == '-' => (rest.get(c.len_utf8()..).unwrap_or(""), true),
            _ => (rest, false),
        };
        if !rest.chars().next().is_some_and(|c| narrow(c).is_ascii_digit()) {
            return Ok(Self::Qualitative);
        }
        let number = |rest: &'a str| {
            number(rest).map_err(|fault| match fault {
                // What is meant by 約△12,34,5 is 約△12,345, not its digits alone.
                FigureFault::Grouping(meant) => {
                    FigureFault::Grouping(text.get(..text.len() - rest.len()).unwrap_or("").to_owned() + &meant)
                }
                other => other,
            })
        };
        let (mut value, mut place, mut rest) = number(rest)?;
        let mut scaled = false;
        if let Some((power, after)) = scale(rest) {
            scaled = true;
            let by = Exact::pow10(power).ok_or(FigureFault::TooLarge)?;
            value = value.checked_mul(by).ok_or(FigureFault::TooLarge)?;
            place = place.checked_mul(by).ok_or(FigureFault::TooLarge)?;
            rest = after;
            // 7万6千: the parts add up, and the last one says how finely it was counted.
            while rest.chars().next().is_some_and(|c| narrow(c).is_ascii_digit()) {
                let (mut part, mut part_place, mut after) = number(rest)?;
                if let Some((power, end)) = scale(after) {
                    let by = Exact::pow10(power).ok_or(FigureFault::TooLarge)?;
                    part = part.checked_mul(by).ok_or(FigureFault::TooLarge)?;
                    part_place = part_place.checked_mul(by).ok_or(FigureFault::TooLarge)?;
                    after = end;
                }
                value = value.checked_add(part).ok_or(FigureFault::TooLarge)?;
                place = part_place;
                rest = after;
            }
        }
        let mut unit = rest.trim();
        let mut qualifier = before;
        while let Some((bare, q)) =
            SUFFIXES.iter().find_map(|(word, q)| Some((unit.strip_suffix(word)?.trim_end(), *q)))
        {
            unit = bare;
            if q != Qualifier::None {
                qualifier = q;
            }
        }
        if !is_unit(unit) {
            return Ok(Self::Qualitative);
        }
        let value = if negative { value.negated() } else { value };
        Ok(Self::Quantity(Quantity { value, place, scaled, unit, qualifier, noted }))
    }
}

/// Cuts a trailing note mark `(※)`, `※1`.
fn without_note(text: &str) -> (&str, bool) {
    let bare = text.strip_suffix([')', '）']).unwrap_or(text);
    if let Some(at) = bare.rfind('※') {
        let after = bare.get(at + '※'.len_utf8()..).unwrap_or("");
        let before = bare.get(..at).unwrap_or("").trim_end();
        let cut = before.strip_suffix(['(', '（']).unwrap_or(before).trim_end();
        if after.chars().all(|c| narrow(c).is_ascii_digit()) && !cut.is_empty() {
            return (cut, true);
        }
    }
    (text, false)
}

/// Reads digits with groups, a decimal point and stray blanks: the number, the worth of its last place,
/// and what follows.
fn number(text: &str) -> Result<(Exact, Exact, &str), FigureFault> {
    let (mut mantissa, mut digits, mut places): (i128, usize, u32) = (0, 0, 0);
    let mut groups: Vec<usize> = vec![0];
    let (mut point, mut second_point) = (false, false);
    let mut end = 0;
    let chars = text.char_indices().peekable();
    for (at, c) in chars {
        match narrow(c) {
            d if d.is_ascii_digit() => {
                digits += 1;
                if digits <= MOST_DIGITS {
                    mantissa = mantissa * 10 + i128::from(d.to_digit(10).unwrap_or(0));
                }
                if point {
                    places += 1;
                } else if let Some(last) = groups.last_mut() {
                    *last += 1;
                }
                end = at + c.len_utf8();
            }
            '.' if next_digit(text.get(at + c.len_utf8()..).unwrap_or("")) => {
                second_point |= point;
                point = true;
            }
            ',' if next_digit(text.get(at + c.len_utf8()..).unwrap_or("")) && !point => groups.push(0),
            ' ' if next_number(text.get(at..).unwrap_or("")) => {}
            _ => break,
        }
    }
    let rest = text.get(end..).unwrap_or("");
    if second_point {
        return Err(FigureFault::DecimalPoint);
    }
    let well_grouped = groups.len() == 1
        || (groups.first().is_some_and(|&g| (1..=3).contains(&g)) && groups.iter().skip(1).all(|&g| g == 3));
    if digits > MOST_DIGITS {
        return Err(FigureFault::TooLong(digits));
    }
    let value = Exact::decimal(mantissa, places).ok_or(FigureFault::TooLarge)?;
    if !well_grouped {
        let digits = group(&value.format_fixed(places as usize));
        return Err(FigureFault::Grouping(format!("{digits}{rest}")));
    }
    let place = Exact::pow10(-i32::try_from(places).unwrap_or(0)).ok_or(FigureFault::TooLarge)?;
    Ok((value, place, rest))
}

fn next_digit(text: &str) -> bool {
    text.chars().take(8).map(narrow).find(|c| *c != ' ').is_some_and(|c| c.is_ascii_digit())
}

/// Whether a digit or a decimal point follows the blanks.
fn next_number(text: &str) -> bool {
    text.chars().take(8).map(narrow).find(|c| *c != ' ').is_some_and(|c| c.is_ascii_digit() || c == '.')
}

/// Reads a scale such as 百万, also with blanks between; 千 before a unit (千円) counts as one.
fn scale(text: &str) -> Option<(i32, &str)> {
    let mut power = 0;
    let mut rest = text;
    while let Some(after) = SCALES.iter().find_map(|(c, p)| Some((p, rest.trim_start().strip_prefix(*c)?))) {
        power = after.0.saturating_add(power);
        rest = after.1;
    }
    (power > 0).then_some((power, rest))
}

/// A unit is a short word, or nothing.
fn is_unit(text: &str) -> bool {
    let word = |c: char| {
        c.is_alphabetic()
            || matches!(c, '%' | '％' | '‰' | '℃' | '㎡' | '㎥' | '㎞' | '㎏' | '/' | '・' | '²' | '³' | 'ー')
    };
    text.chars().count() <= 24 && text.chars().all(word)
}

/// Splits `①500時間 ②50企業` into `(1, "500時間")`, `(2, "50企業")` with byte ranges; a text that does not
/// begin with a circled number is the single part 0.
#[must_use]
pub fn parts(text: &str) -> Vec<(u8, std::ops::Range<usize>)> {
    let circled = |c: char| u32::from(c).checked_sub(0x2460).filter(|n| *n < 20).and_then(|n| u8::try_from(n + 1).ok());
    let lead = text.len() - text.trim_start().len();
    if text.trim_start().chars().next().is_none_or(|c| circled(c).is_none()) {
        let end = text.trim_end().len();
        return vec![(0, lead.min(end)..end)];
    }
    let mut out: Vec<(u8, std::ops::Range<usize>)> = Vec::new();
    for (at, c) in text.char_indices() {
        if let Some(n) = circled(c) {
            if let Some(last) = out.last_mut() {
                last.1.end = at;
            }
            out.push((n, at + c.len_utf8()..text.len()));
        }
    }
    for (_, range) in &mut out {
        let part = text.get(range.clone()).unwrap_or("");
        let start = range.start + (part.len() - part.trim_start().len());
        *range = start..(start + part.trim().len());
    }
    out
}
