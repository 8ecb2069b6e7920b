//! Exact rationals on `i128` with checked arithmetic: an overflow is an answer (`None`), never a wrong number.
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, Zero};

use super::Rounding;

/// An exact rational number.
#[derive(Debug, Clone, Copy)]
pub struct Exact(pub Ratio<i128>);

/// The numerators and denominators of two numbers, all so small that the sum of two products of them is a machine integer.
type Small = [i64; 4];

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
        let power = 10_i128.checked_pow(places)?;
        let small = i64::try_from(mantissa).ok().zip(i64::try_from(power).ok());
        Some(
            small.map_or_else(|| Self(Ratio::new(mantissa, power)), |(mantissa, power)| Self::reduced(mantissa, power)),
        )
    }

    /// `10^n`.
    #[must_use]
    pub fn pow10(n: i32) -> Option<Self> {
        let power = 10_i128.checked_pow(n.unsigned_abs())?;
        Some(Self(if n < 0 { Ratio::new(1, power) } else { Ratio::from_integer(power) }))
    }

    /// Two numbers as machine integers, which most figures and the ends of what they denote are: with those a common divisor is
    /// found in a tenth of the time.
    #[inline]
    fn small(self, other: Self) -> Option<Small> {
        let of = |n: i128| i32::try_from(n).ok().map(i64::from);
        let (a, b) = (self.0, other.0);
        Some([of(*a.numer())?, of(*a.denom())?, of(*b.numer())?, of(*b.denom())?])
    }

    /// `numer / denom` in lowest terms; the denominator is above 0.
    fn reduced(numer: i64, denom: i64) -> Self {
        let (mut a, mut b) = (numer.unsigned_abs(), denom.unsigned_abs());
        while a != 0 {
            (a, b) = (b % a, a);
        }
        let by = i64::try_from(b).unwrap_or(1);
        Self(Ratio::new_raw(i128::from(numer / by), i128::from(denom / by)))
    }

    /// Sum; `None` on overflow.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        match self.small(other) {
            Some([a, b, c, d]) => Some(Self::reduced(a * d + c * b, b * d)),
            None => self.0.checked_add(&other.0).map(Self),
        }
    }

    /// Difference; `None` on overflow.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        match self.small(other) {
            Some([a, b, c, d]) => Some(Self::reduced(a * d - c * b, b * d)),
            None => self.0.checked_sub(&other.0).map(Self),
        }
    }

    /// Product; `None` on overflow.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        match self.small(other) {
            Some([a, b, c, d]) => Some(Self::reduced(a * c, b * d)),
            None => self.0.checked_mul(&other.0).map(Self),
        }
    }

    /// Quotient; `None` on overflow or division by zero.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        match self.small(other) {
            _ if other.0.is_zero() => None,
            Some([a, b, c, d]) => Some(Self::reduced(a * d * c.signum(), b * c.abs())),
            None => self.0.checked_div(&other.0).map(Self),
        }
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

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match self.small(*other) {
            Some([a, b, c, d]) => (a * d).cmp(&(c * b)),
            None => self.0.cmp(&other.0),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl Hash for Exact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Numbers on both sides of where they stop to be small.
    fn part() -> impl Strategy<Value = i128> {
        let near = |at: i128| at - 2..at + 3;
        prop_oneof![
            -12_i128..12,
            near(i32::MAX.into()),
            near(i32::MIN.into()),
            near(i64::MAX.into()),
            near(i64::MIN.into())
        ]
    }

    fn ratio() -> impl Strategy<Value = Ratio<i128>> {
        (part(), part()).prop_map(|(n, d)| Ratio::new(n, d.abs().max(1)))
    }

    proptest! {
        /// A short way to a result must not lead to another one.
        #[test]
        fn small_numbers_are_computed_with_as_large_ones(a in ratio(), b in ratio()) {
            let (x, y) = (Exact(a), Exact(b));
            let bare = |exact: Option<Exact>| exact.map(|Exact(ratio)| (*ratio.numer(), *ratio.denom()));
            let known = |ratio: Option<Ratio<i128>>| ratio.map(|ratio| (*ratio.numer(), *ratio.denom()));
            prop_assert_eq!(bare(x.checked_add(y)), known(a.checked_add(&b)));
            prop_assert_eq!(bare(x.checked_sub(y)), known(a.checked_sub(&b)));
            prop_assert_eq!(bare(x.checked_mul(y)), known(a.checked_mul(&b)));
            let quotient = (!b.is_zero()).then(|| a.checked_div(&b)).flatten();
            prop_assert_eq!(bare(x.checked_div(y)), known(quotient));
            prop_assert_eq!((x.cmp(&y), x == y), (a.cmp(&b), a == b));
        }

        #[test]
        fn decimals_are_in_lowest_terms(mantissa in part(), places in 0_u32..20) {
            let known = Ratio::new(mantissa, 10_i128.pow(places));
            let exact = Exact::decimal(mantissa, places).unwrap().0;
            prop_assert_eq!((exact.numer(), exact.denom()), (known.numer(), known.denom()));
        }
    }
}
