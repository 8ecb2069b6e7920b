//! Values while a rule is evaluated.
use crate::plan::{Facts, RowRef, Symbol};
pub use crate::plan::{Number, Unit};
use crate::value::{Date, Exact, FiscalYear};

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

/// A value, in sixteen bytes: it is handed on at every step of an evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Not judged, and why.
    Unknown(Why),
    /// A truth value.
    Bool(bool),
    /// A text: printed and normal form.
    Text(Symbol, Symbol),
    /// A qualitative text in the place of a figure: printed and normal form.
    Qualitative(Symbol, Symbol),
    /// A whole number without unit: the number of a row, a count.
    Integer(i64),
    /// A printed figure, by its number in the facts.
    Figure(u32),
    /// A number that was computed.
    Number(Box<Number>),
    /// A fiscal year.
    Year(FiscalYear),
    /// A day.
    Date(Date),
    /// A row.
    Row(RowRef),
    /// A list by its number in the facts.
    List(u32),
}

/// A value as the key of a set.
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
    /// A number, as small as it can be kept.
    pub fn number(number: Number) -> Self {
        match number.value.to_i64() {
            Some(n) if number == Number::plain(number.value) => Self::Integer(n),
            _ => Self::Number(Box::new(number)),
        }
    }

    /// The number that the value is, if it is one.
    pub fn as_number(&self, facts: &Facts) -> Option<Number> {
        match self {
            Self::Integer(n) => Some(Number::plain(Exact::from_int(i128::from(*n)))),
            Self::Figure(id) => facts.figures.get(*id as usize).copied(),
            Self::Number(number) => Some(**number),
            _ => None,
        }
    }

    /// The number where it is kept: a printed or computed one.
    pub fn kept<'v>(&'v self, facts: &'v Facts) -> Option<&'v Number> {
        match self {
            Self::Figure(id) => facts.figures.get(*id as usize),
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Integer(_) | Self::Figure(_) | Self::Number(_))
    }

    /// The key under which the value is found; `Err` tells why there is none.
    pub fn key(&self, facts: &Facts) -> Result<Key, Why> {
        match self {
            Self::Unknown(why) => Err(*why),
            Self::Bool(b) => Ok(Key::Bool(*b)),
            Self::Text(_, normal) | Self::Qualitative(_, normal) => Ok(Key::Text(*normal)),
            Self::Integer(n) => Ok(Key::Number(*n)),
            Self::Figure(_) | Self::Number(_) => {
                let whole = self.as_number(facts).and_then(|n| n.value.to_i64());
                whole.map(Key::Number).ok_or(Why::Qualitative)
            }
            Self::Year(y) => Ok(Key::Year(*y)),
            Self::Date(d) => Ok(Key::Date(*d)),
            Self::Row(r) => Ok(Key::Row(*r)),
            Self::List(_) => Err(Why::Several),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values are copied at every step: one that grows makes every rule slower.
    #[test]
    fn a_value_and_its_reason_are_sixteen_bytes() {
        assert_eq!(std::mem::size_of::<Value>(), 16);
        assert_eq!(std::mem::size_of::<Result<Value, Why>>(), 16);
    }
}
