//! Intervals that printed figures denote (XBRL Calculations 1.1) and their arithmetic.
use super::Exact;

/// How the last printed place came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// 四捨五入: both ends closed.
    Nearest,
    /// 切り捨て: towards zero.
    Down,
    /// 切り上げ: away from zero.
    Up,
    /// Nothing was rounded.
    Exact,
}

/// One end of an interval; `None` is unbounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct End {
    /// The bound.
    pub at: Option<Exact>,
    /// Whether the bound itself belongs to the interval.
    pub closed: bool,
}

/// A set of numbers between two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Lower end.
    pub low: End,
    /// Upper end.
    pub high: End,
}
