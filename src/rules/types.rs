//! Types of expressions. They are inferred from the vocabulary; an author writes none.
use crate::plan::{RelationId, Vocabulary};

/// What an expression gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A text or a code, compared in its normal form.
    Text,
    /// A whole number such as a row's number; it can be a join key.
    Integer,
    /// A figure with its unit, as far as it is known before any plan is read.
    Number(UnitType),
    /// True or false (or not judged).
    Bool,
    /// A fiscal year.
    Year,
    /// A day.
    Date,
    /// One row of a relation.
    Row(RelationId),
    /// The rows of a relation that lie below one row.
    Rows(RelationId),
    /// Distinct values in the order of the facts: a list column, {…}, 集合{…}.
    Set(Box<Type>),
}

/// The unit of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitType {
    /// Depends on the plan, or none is printed.
    Open,
    /// This unit (normal form, synonyms resolved).
    Of(String),
    /// A quotient of like units; a percentage compares with it.
    Ratio,
}

impl UnitType {
    /// The unit of a sum, difference or comparison; `None` when the units never meet.
    #[must_use]
    pub fn unify(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Open, unit) | (unit, Self::Open) => Some(unit.clone()),
            (Self::Ratio, Self::Ratio) => Some(Self::Ratio),
            (Self::Ratio, Self::Of(unit)) | (Self::Of(unit), Self::Ratio) if unit == "%" => Some(Self::Ratio),
            (Self::Of(a), Self::Of(b)) if a == b => Some(self.clone()),
            _ => None,
        }
    }

    /// The unit of a product.
    #[must_use]
    pub fn multiply(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Ratio, unit) | (unit, Self::Ratio) => unit.clone(),
            (Self::Of(percent), unit) | (unit, Self::Of(percent)) if percent == "%" => unit.clone(),
            _ => Self::Open,
        }
    }

    /// The unit of a quotient.
    #[must_use]
    pub fn divide(&self, other: &Self) -> Self {
        match (self, other) {
            (a, b) if a == b && *a != Self::Open => Self::Ratio,
            (unit, Self::Ratio) => unit.clone(),
            _ => Self::Open,
        }
    }
}

impl Type {
    /// The name of the type in messages.
    #[must_use]
    pub fn describe(&self, vocabulary: &Vocabulary) -> String {
        let relation =
            |id: &RelationId| vocabulary.relations.get(id.0 as usize).map_or("", |r| r.name.as_str()).to_owned();
        match self {
            Self::Text => "文字列 text".into(),
            Self::Integer => "番号 number".into(),
            Self::Number(UnitType::Open) => "量 figure".into(),
            Self::Number(UnitType::Of(unit)) => format!("量({unit})"),
            Self::Number(UnitType::Ratio) => "率 ratio".into(),
            Self::Bool => "真偽 bool".into(),
            Self::Year => "年度 year".into(),
            Self::Date => "日付 date".into(),
            Self::Row(id) => format!("{}の行", relation(id)),
            Self::Rows(id) => format!("{}の集まり", relation(id)),
            Self::Set(element) => format!("{}の集合", element.describe(vocabulary)),
        }
    }

    /// Whether values of the type can be keys of a hash join: equality is identity, units play no part.
    #[must_use]
    pub fn is_key(&self) -> bool {
        matches!(self, Self::Text | Self::Integer | Self::Bool | Self::Year | Self::Date | Self::Row(_))
    }
}
