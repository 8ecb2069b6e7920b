//! Exact rationals on `i128` with checked arithmetic: an overflow is an answer (`None`), never a wrong number.
use std::fmt;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, Zero};

use super::Rounding;

/// An exact rational number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Exact(pub Ratio<i128>);

impl Exact {
    /// 0.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// 1.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));

    /// A whole number.
    #[must_use]
    pub fn from_int(n: i128) -> Self {
        Self(Ratio::from_integer(n))
    }

    /// `mantissa / 10^places`.
    #[must_use]
    pub fn decimal(mantissa: i128, places: u32) -> Option<Self> {
        Some(Self(Ratio::new(mantissa, 10_i128.checked_pow(places)?)))
    }

    /// `10^n`.
    #[must_use]
    pub fn pow10(n: i32) -> Option<Self> {
        let power = 10_i128.checked_pow(n.unsigned_abs())?;
        Some(Self(if n < 0 { Ratio::new(1, power) } else { Ratio::from_integer(power) }))
    }

    /// Both numbers, if both are whole: they need no common denominator to be looked for, and most figures are.
    #[inline]
    fn both_whole(self, other: Self) -> Option<(i128, i128)> {
        (*self.0.denom() == 1 && *other.0.denom() == 1).then(|| (*self.0.numer(), *other.0.numer()))
    }

    /// Sum; `None` on overflow.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        match self.both_whole(other) {
            Some((a, b)) => a.checked_add(b).map(Self::from_int),
            None => self.0.checked_add(&other.0).map(Self),
        }
    }

    /// Difference; `None` on overflow.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        match self.both_whole(other) {
            Some((a, b)) => a.checked_sub(b).map(Self::from_int),
            None => self.0.checked_sub(&other.0).map(Self),
        }
    }

    /// Product; `None` on overflow.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        match self.both_whole(other) {
            Some((a, b)) => a.checked_mul(b).map(Self::from_int),
            None => self.0.checked_mul(&other.0).map(Self),
        }
    }

    /// Quotient; `None` on overflow or division by zero.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        if other.0.is_zero() { None } else { self.0.checked_div(&other.0).map(Self) }
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        // A ratio keeps its denominator positive, and no printed figure reaches i128::MIN.
        Self(Ratio::new_raw(self.0.numer().saturating_neg(), *self.0.denom()))
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.0.is_negative() { self.negated() } else { self }
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_integer(self) -> bool {
        self.0.is_integer()
    }

    /// As a machine integer, if it is whole and small enough.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if self.is_integer() { i64::try_from(*self.0.numer()).ok() } else { None }
    }

    /// Rounds to `digits` decimal places. 四捨五入 takes a half away from zero, 切り捨て goes towards zero,
    /// 切り上げ away from it. `None` on overflow.
    #[must_use]
    pub fn round(self, digits: i32, rounding: Rounding) -> Option<Self> {
        let power = Self::pow10(digits)?;
        let scaled = self.abs().checked_mul(power)?;
        let whole = match rounding {
            Rounding::Nearest => scaled.checked_add(Self(Ratio::new_raw(1, 2)))?.0.floor(),
            Rounding::Down => scaled.0.floor(),
            Rounding::Up => scaled.0.ceil(),
            Rounding::Exact => return Some(self),
        };
        let rounded = Self(whole).checked_div(power)?;
        Some(if self.0.is_negative() { rounded.negated() } else { rounded })
    }

    /// Decimal text with at most `places` decimals (四捨五入), zeros at the end left out.
    #[must_use]
    pub fn format_decimal(self, places: usize) -> String {
        let text = self.format_fixed(places);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    }

    /// Decimal text with exactly `places` decimals (四捨五入).
    #[must_use]
    pub fn format_fixed(self, places: usize) -> String {
        let digits = i32::try_from(places).unwrap_or(9);
        let Some(rounded) = self.round(digits, Rounding::Nearest) else { return format!("{}", self.0) };
        let sign = if rounded.0.is_negative() { "-" } else { "" };
        let scaled = Self::pow10(digits).and_then(|p| rounded.abs().checked_mul(p)).map_or(0, |s| s.0.to_integer());
        let text = format!("{scaled:0>width$}", width = places + 1);
        let (whole, part) = text.split_at(text.len() - places);
        if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }

    /// Decimal text with thousands in groups: `1,234.5`.
    #[must_use]
    pub fn grouped(self) -> String {
        group(&self.to_string())
    }
}

/// Puts the thousands of a decimal text into groups.
#[must_use]
pub fn group(text: &str) -> String {
    let (whole, part) = text.split_once('.').map_or((text, ""), |(w, p)| (w, p));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    let mut out = String::from(sign);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if !part.is_empty() {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// Exact where the decimal expansion ends within nine places, else rounded to four.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ends = Self::pow10(9).and_then(|p| self.checked_mul(p)).is_some_and(Self::is_integer);
        f.write_str(&self.format_decimal(if ends { 9 } else { 4 }))
    }
}
