//! Intervals that printed figures denote (XBRL Calculations 1.1) and their arithmetic.
use std::cmp::Ordering;
use std::fmt;

use super::{Exact, Qualifier};

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

/// A set of numbers between two ends, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Lower end.
    pub low: End,
    /// Upper end.
    pub high: End,
}

const fn closed(at: Exact) -> End {
    End { at: Some(at), closed: true }
}

const fn open(at: Exact) -> End {
    End { at: Some(at), closed: false }
}

const NOTHING: End = closed(Exact::ZERO);

const UNBOUNDED: End = End { at: None, closed: false };

impl End {
    /// The end that an operation on two ends gives; unbounded if either is.
    fn with(self, other: Self, op: impl Fn(Exact, Exact) -> Option<Exact>) -> Option<Self> {
        match (self.at, other.at) {
            (Some(a), Some(b)) => Some(Self { at: Some(op(a, b)?), closed: self.closed && other.closed }),
            _ => Some(UNBOUNDED),
        }
    }
}

impl Interval {
    /// The single number `at`.
    #[must_use]
    pub const fn point(at: Exact) -> Self {
        Self { low: closed(at), high: closed(at) }
    }

    /// What a figure denotes that is printed as `value` with a last place worth `place`. 四捨五入 has both
    /// ends closed, so that half-up and half-even both pass; 切り捨て and 切り上げ are mirrored below zero.
    #[must_use]
    pub fn of(value: Exact, place: Exact, rounding: Rounding) -> Self {
        let half = place.checked_div(Exact::from_int(2));
        let ends = |low: Option<Exact>, high: Option<Exact>| low.zip(high);
        let zero = value.cmp(&Exact::ZERO);
        let made = match (rounding, zero) {
            (Rounding::Exact, _) => None,
            (Rounding::Nearest, _) => half
                .and_then(|h| ends(value.checked_sub(h), value.checked_add(h)))
                .map(|(l, h)| Self { low: closed(l), high: closed(h) }),
            (Rounding::Down, Ordering::Equal) => Some(Self { low: open(place.negated()), high: open(place) }),
            (Rounding::Down, Ordering::Greater) | (Rounding::Up, Ordering::Less) => {
                let end = value.checked_add(place);
                end.map(|h| Self { low: closed(value), high: open(h) })
            }
            (Rounding::Down, Ordering::Less) | (Rounding::Up, Ordering::Greater) => {
                let end = value.checked_sub(place);
                end.map(|l| Self { low: open(l), high: closed(value) })
            }
            (Rounding::Up, Ordering::Equal) => None,
        };
        made.unwrap_or_else(|| Self::point(value))
    }

    /// Widens by 以上 and the like. 約 (ほぼ, 程度) is taken to a tenth of the printed value either way,
    /// at least one printed place: no standard says how far «about» reaches, and this is what readers grant.
    #[must_use]
    pub fn widen(self, qualifier: Qualifier, value: Exact, place: Exact) -> Self {
        match qualifier {
            Qualifier::None => self,
            Qualifier::AtLeast => Self { low: closed(value), high: UNBOUNDED },
            Qualifier::AtMost => Self { low: UNBOUNDED, high: closed(value) },
            Qualifier::MoreThan => Self { low: open(value), high: UNBOUNDED },
            Qualifier::LessThan => Self { low: UNBOUNDED, high: open(value) },
            Qualifier::About => {
                let slack = value.abs().checked_div(Exact::from_int(10)).map_or(place, |tenth| tenth.max(place));
                match (value.checked_sub(slack), value.checked_add(slack)) {
                    (Some(low), Some(high)) => Self { low: closed(low), high: closed(high) },
                    _ => self,
                }
            }
        }
    }

    /// What lies in both; `None` if nothing does.
    #[must_use]
    pub fn intersect(self, other: Self) -> Option<Self> {
        let tighter = |a: End, b: End, keep: Ordering| match (a.at, b.at) {
            (None, _) => b,
            (_, None) => a,
            (Some(x), Some(y)) => match x.cmp(&y) {
                Ordering::Equal => End { at: a.at, closed: a.closed && b.closed },
                order if order == keep => a,
                _ => b,
            },
        };
        let low = tighter(self.low, other.low, Ordering::Greater);
        let high = tighter(self.high, other.high, Ordering::Less);
        match (low.at, high.at) {
            (Some(l), Some(h)) if l > h || (l == h && !(low.closed && high.closed)) => None,
            _ => Some(Self { low, high }),
        }
    }

    /// The number that it is, if it is a single one.
    fn only(self) -> Option<Exact> {
        self.low.at.filter(|_| self.low == self.high)
    }

    /// Whether some number lies in both.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.intersect(*other).is_some()
    }

    /// How wide it is; `None` if unbounded or beyond the arithmetic.
    #[must_use]
    pub fn width(&self) -> Option<Exact> {
        self.high.at?.checked_sub(self.low.at?)
    }

    /// Whether `at` lies in it.
    #[must_use]
    pub fn contains(&self, at: Exact) -> bool {
        self.meets(&Self::point(at))
    }

    /// All sums; `None` on overflow.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.with(other.low, Exact::checked_add)?,
            high: self.high.with(other.high, Exact::checked_add)?,
        })
    }

    /// All differences; `None` on overflow.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.with(other.high, Exact::checked_sub)?,
            high: self.high.with(other.low, Exact::checked_sub)?,
        })
    }

    /// The interval times a number; `None` on overflow.
    #[must_use]
    pub fn scale(self, by: Exact) -> Option<Self> {
        let end = |e: End| match e.at {
            None => Some(UNBOUNDED),
            Some(at) => Some(End { at: Some(at.checked_mul(by)?), ..e }),
        };
        let (low, high) = (end(self.low)?, end(self.high)?);
        Some(match by.cmp(&Exact::ZERO) {
            Ordering::Less => Self { low: high, high: low },
            Ordering::Equal => Self::point(by),
            Ordering::Greater => Self { low, high },
        })
    }

    /// All products. Unbounded factors are only taken beside non-negative ones; else `None`, as on overflow.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        self.corners(other, Exact::checked_mul)
    }

    /// All quotients; `None` if zero can be divided by, or on overflow.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        if other.contains(Exact::ZERO) {
            return None;
        }
        self.corners(other, Exact::checked_div)
    }

    /// The extremes of an operation lie at the corners when both intervals are bounded.
    fn corners(self, other: Self, op: impl Fn(Exact, Exact) -> Option<Exact>) -> Option<Self> {
        if let (Some(a), Some(b)) = (self.only(), other.only()) {
            return op(a, b).map(Self::point);
        }
        let (mut low, mut high): (Option<End>, Option<End>) = (None, None);
        for a in [self.low, self.high] {
            for b in [other.low, other.high] {
                // Nothing times whatever it is beside is nothing, so that end is reached even if the other one is not.
                let closed = (a.closed && b.closed) || a == NOTHING || b == NOTHING;
                let end = End { at: Some(op(a.at?, b.at?)?), closed };
                let wider = |old: Option<End>, keep: Ordering| match old.and_then(|o| Some(end.at?.cmp(&o.at?))) {
                    None => Some(end),
                    Some(Ordering::Equal) => old.map(|o| End { closed: o.closed || end.closed, ..o }),
                    Some(order) if order == keep => Some(end),
                    Some(_) => old,
                };
                (low, high) = (wider(low, Ordering::Less), wider(high, Ordering::Greater));
            }
        }
        Some(Self { low: low?, high: high? })
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |e: End, text: &str| e.at.map_or_else(|| text.to_owned(), |v| v.to_string());
        let (left, right) = (if self.low.closed { '[' } else { '(' }, if self.high.closed { ']' } else { ')' });
        write!(f, "{left}{}, {}{right}", side(self.low, "-∞"), side(self.high, "∞"))
    }
}
