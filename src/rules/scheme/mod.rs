//! Status schemes (達成基準): when which status is awarded, as data. A scheme is compiled and decided when it is
//! loaded; rules then ask it with 判定 and 判定順.
mod compile;
mod decide;
mod judge;
#[cfg(test)]
mod tests;

pub use compile::compile;
pub use decide::decide;

use crate::text::Span;
use crate::value::Exact;

/// What a scheme is about. All are at or above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable {
    /// 実績
    Actual,
    /// 目標
    Target,
    /// 基準値
    Baseline,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// 以上 (and 維持): more is better, 達成率 is 実績 ÷ 目標.
    Up,
    /// 以下: less is better, 達成率 is 目標 ÷ 実績.
    Down,
}

/// `actual·a + target·t + baseline·b + constant`, in the order of [`Variable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linear {
    /// Coefficients of the three variables.
    pub of: [Exact; 3],
    /// The constant.
    pub constant: Exact,
}

/// A condition without negations: they are pushed down to what is compared. A comparison with something missing
/// does not hold, and neither does its opposite.
#[derive(Debug, Clone)]
pub enum Condition {
    /// All hold; nothing to hold is true.
    All(Vec<Condition>),
    /// One holds; nothing to choose from is false.
    Any(Vec<Condition>),
    /// The sum is above zero, or at least zero where `strict` is not set.
    Above {
        /// The sum.
        sum: Linear,
        /// Whether zero itself is left out.
        strict: bool,
    },
    /// 達成率 is above `than` (`up`) or below it; `strict` leaves `than` itself out.
    Rate {
        /// The bound.
        than: Exact,
        /// Above or below.
        up: bool,
        /// Whether the bound itself is left out.
        strict: bool,
    },
    /// Whether a figure is missing (or, with `false`, is there).
    Missing(Variable, bool),
    /// Whether the actual reaches the target (or, with `false`, falls short).
    Reaches(bool),
}

/// One status.
#[derive(Debug, Clone)]
pub struct Band {
    /// The printed word.
    pub word: String,
    /// Where it is declared.
    pub span: Span,
    /// When it is awarded; none for それ以外.
    pub condition: Option<Condition>,
}

/// A scheme.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// Japanese name.
    pub name: String,
    /// English alias.
    pub alias: String,
    /// Where it is declared.
    pub span: Span,
    /// Its statuses, in the order written.
    pub bands: Vec<Band>,
}

/// What is judged. The target is always there: no status is awarded without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Which way is better.
    pub direction: Direction,
    /// 目標
    pub target: Exact,
    /// 実績
    pub actual: Option<Exact>,
    /// 基準値
    pub baseline: Option<Exact>,
}

impl Case {
    fn of(&self, variable: Variable) -> Option<Exact> {
        match variable {
            Variable::Actual => self.actual,
            Variable::Target => Some(self.target),
            Variable::Baseline => self.baseline,
        }
    }

    /// 達成率; none where it would divide by zero or the actual is missing.
    #[must_use]
    pub fn rate(&self) -> Option<Exact> {
        let actual = self.actual?;
        let (part, whole) = match self.direction {
            Direction::Up => (actual, self.target),
            Direction::Down => (self.target, actual),
        };
        if whole == Exact::ZERO { None } else { part.checked_div(whole) }
    }

    fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|p| self.holds(p)),
            Condition::Any(parts) => parts.iter().any(|p| self.holds(p)),
            Condition::Above { sum, strict } => {
                let value = [Variable::Actual, Variable::Target, Variable::Baseline].into_iter().zip(sum.of).try_fold(
                    sum.constant,
                    |total, (variable, factor)| match factor == Exact::ZERO {
                        true => Some(total),
                        false => total.checked_add(factor.checked_mul(self.of(variable)?)?),
                    },
                );
                value.is_some_and(|v| if *strict { v > Exact::ZERO } else { v >= Exact::ZERO })
            }
            Condition::Rate { than, up, strict } => self.rate().is_some_and(|rate| match (up, strict) {
                (true, true) => rate > *than,
                (true, false) => rate >= *than,
                (false, true) => rate < *than,
                (false, false) => rate <= *than,
            }),
            Condition::Missing(variable, missing) => self.of(*variable).is_none() == *missing,
            Condition::Reaches(wanted) => self.actual.is_some_and(|actual| {
                let reached = match self.direction {
                    Direction::Up => actual >= self.target,
                    Direction::Down => actual <= self.target,
                };
                reached == *wanted
            }),
        }
    }
}

impl Scheme {
    /// The number of the status that is awarded, from 0; a scheme that was decided has exactly one.
    #[must_use]
    pub fn judge(&self, case: &Case) -> Option<usize> {
        let met = |band: &Band| band.condition.as_ref().is_some_and(|c| case.holds(c));
        let other = || self.bands.iter().position(|band| band.condition.is_none());
        self.bands.iter().position(met).or_else(other)
    }
}
