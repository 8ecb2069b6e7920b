//! Values while a rule is evaluated.
use crate::plan::{RowRef, Symbol};
use crate::value::{Date, Exact, FiscalYear, Interval, Qualifier};

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// None is printed: it takes the unit of what it is compared with.
    Open,
    /// This unit; `%` numbers are stored as fractions.
    Of(Symbol),
    /// A quotient of like units.
    Ratio,
}

/// A number: what is printed or computed, what it denotes, and its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number {
    /// The number itself.
    pub value: Exact,
    /// What it denotes.
    pub interval: Interval,
    /// Its unit.
    pub unit: Unit,
    /// 以上 and the like.
    pub qualifier: Qualifier,
}

impl Number {
    /// An exact number without unit.
    #[must_use]
    pub fn plain(value: Exact) -> Self {
        Self { value, interval: Interval::point(value), unit: Unit::Open, qualifier: Qualifier::None }
    }
}

/// Why something cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// Nothing is printed there.
    Missing,
    /// It could not be read.
    Unreadable,
    /// A text stands where a figure is needed.
    Qualitative,
    /// A reference points nowhere.
    Dangling,
    /// The units differ.
    Units,
    /// Division by zero.
    DivisionByZero,
    /// Beyond what can be counted exactly.
    Overflow,
    /// The figure is printed elsewhere with another value (同値): which one holds is not known.
    Conflict,
    /// A share of something negative.
    Negative,
    /// Several figures where one is needed (① ②).
    Several,
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    /// Not judged, and why.
    Unknown(Why),
    /// A truth value.
    Bool(bool),
    /// A text: printed and normal form.
    Text(Symbol, Symbol),
    /// A qualitative text in the place of a figure: printed and normal form.
    Qualitative(Symbol, Symbol),
    /// A number.
    Number(Number),
    /// A fiscal year.
    Year(FiscalYear),
    /// A day.
    Date(Date),
    /// A row.
    Row(RowRef),
    /// A list by its number in the facts.
    List(u32),
}

/// A value as the key of a hash join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// Normal form of a text.
    Text(Symbol),
    /// A whole number.
    Number(i64),
    /// A fiscal year.
    Year(FiscalYear),
    /// A day.
    Date(Date),
    /// A truth value.
    Bool(bool),
    /// A row.
    Row(RowRef),
}

impl Value {
    /// The key under which the value is found; `Err` tells why there is none.
    pub fn key(self) -> Result<Key, Why> {
        match self {
            Self::Unknown(why) => Err(why),
            Self::Bool(b) => Ok(Key::Bool(b)),
            Self::Text(_, normal) | Self::Qualitative(_, normal) => Ok(Key::Text(normal)),
            Self::Number(n) => n.value.to_i64().map(Key::Number).ok_or(Why::Qualitative),
            Self::Year(y) => Ok(Key::Year(y)),
            Self::Date(d) => Ok(Key::Date(d)),
            Self::Row(r) => Ok(Key::Row(r)),
            Self::List(_) => Err(Why::Several),
        }
    }
}
