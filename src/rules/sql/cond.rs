//! Conditions in SQL, folded where they are known beforehand. NULL counts as not so, so that a comparison with what is
//! missing needs no test of its own.
use std::fmt;

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cond {
    /// Never so.
    Never,
    /// Always so.
    Always,
    /// So when this is TRUE (FALSE and NULL are alike).
    Sql(String),
}

impl Cond {
    /// A condition in words of SQL.
    pub fn sql(text: impl Into<String>) -> Self {
        Self::Sql(text.into())
    }

    /// Known beforehand.
    pub fn known(so: bool) -> Self {
        if so { Self::Always } else { Self::Never }
    }

    /// Both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Never, _) | (_, Self::Never) => Self::Never,
            (Self::Always, o) | (o, Self::Always) => o.clone(),
            (Self::Sql(a), Self::Sql(b)) if a == b => Self::Sql(a.clone()),
            (Self::Sql(a), Self::Sql(b)) => Self::Sql(format!("({a} AND {b})")),
        }
    }

    /// One or both.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Always, _) | (_, Self::Always) => Self::Always,
            (Self::Never, o) | (o, Self::Never) => o.clone(),
            (Self::Sql(a), Self::Sql(b)) if a == b => Self::Sql(a.clone()),
            (Self::Sql(a), Self::Sql(b)) => Self::Sql(format!("({a} OR {b})")),
        }
    }

    /// Not so.
    #[must_use]
    pub fn not(&self) -> Self {
        match self {
            Self::Never => Self::Always,
            Self::Always => Self::Never,
            // A column by itself; names have no blanks.
            Self::Sql(text) if text.ends_with(" IS NULL") && text.matches(' ').count() == 2 => {
                Self::Sql(text.replace(" IS NULL", " IS NOT NULL"))
            }
            Self::Sql(text) => Self::Sql(format!("NOT COALESCE({text}, FALSE)")),
        }
    }
}

impl fmt::Display for Cond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("FALSE"),
            Self::Always => f.write_str("TRUE"),
            Self::Sql(text) => f.write_str(text),
        }
    }
}

/// Three-valued truth: so, not so, and torn (a cell could not be read). What is none of them is not judged for another
/// reason: as a condition it is not met.
#[derive(Debug, Clone)]
pub struct Truth {
    /// It holds.
    pub so: Cond,
    /// It fails.
    pub not: Cond,
    /// It is not judged since a cell is torn.
    pub torn: Cond,
}

impl Truth {
    /// Two-valued.
    pub fn of(so: Cond) -> Self {
        Self { not: so.not(), so, torn: Cond::Never }
    }

    /// 否.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { so: self.not, not: self.so, torn: self.torn }
    }

    /// かつ: what fails decides, whichever side it is.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let torn = self.torn.and(&other.not.not()).or(&self.so.and(&other.torn));
        Self { so: self.so.and(&other.so), not: self.not.or(&other.not), torn }
    }

    /// または: what holds decides, whichever side it is.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        let torn = self.torn.and(&other.so.not()).or(&self.not.and(&other.torn));
        Self { so: self.so.or(&other.so), not: self.not.and(&other.not), torn }
    }

    /// もし.
    #[must_use]
    pub fn choose(&self, then: &Self, otherwise: &Self) -> Self {
        let pick = |a: &Cond, b: &Cond| self.so.and(a).or(&self.not.and(b));
        let torn = self.torn.or(&pick(&then.torn, &otherwise.torn));
        Self { so: pick(&then.so, &otherwise.so), not: pick(&then.not, &otherwise.not), torn }
    }

    /// Whether it is judged for sure.
    pub fn is_sure(&self) -> bool {
        self.torn == Cond::Never && self.not == self.so.not()
    }
}

/// Why a value is not there; at most one of them holds at a time. Where none does, there is a value.
#[derive(Debug, Clone)]
pub struct Errors {
    /// Nothing is printed.
    pub missing: Cond,
    /// It could not be read.
    pub torn: Cond,
    /// A reference points nowhere.
    pub dangling: Cond,
    /// A text stands where a figure is needed.
    pub qualitative: Cond,
    /// Something else.
    pub other: Cond,
    /// Whether `other` may hide one of the rest: a question that needs to know which is not asked then.
    pub vague: bool,
}

impl Errors {
    /// There is always a value.
    pub const NONE: Self = Self {
        missing: Cond::Never,
        torn: Cond::Never,
        dangling: Cond::Never,
        qualitative: Cond::Never,
        other: Cond::Never,
        vague: false,
    };

    /// Some error.
    pub fn any(&self) -> Cond {
        self.missing.or(&self.torn).or(&self.dangling).or(&self.qualitative).or(&self.other)
    }

    /// Some error but a torn cell.
    pub fn beside_torn(&self) -> Cond {
        self.missing.or(&self.dangling).or(&self.qualitative).or(&self.other)
    }

    /// Another error.
    #[must_use]
    pub fn and_other(mut self, other: &Cond) -> Self {
        self.other = self.other.or(&self.any().not().and(other));
        self
    }

    /// The errors of what is looked at next, where these do not hold.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let fine = self.any().not();
        let or = |a: &Cond, b: &Cond| a.or(&fine.and(b));
        Self {
            missing: or(&self.missing, &next.missing),
            torn: or(&self.torn, &next.torn),
            dangling: or(&self.dangling, &next.dangling),
            qualitative: or(&self.qualitative, &next.qualitative),
            other: or(&self.other, &next.other),
            vague: self.vague || next.vague,
        }
    }

    /// The errors of one of two, after a condition.
    #[must_use]
    pub fn choose(condition: &Truth, then: &Self, otherwise: &Self) -> Self {
        let pick = |a: &Cond, b: &Cond| condition.so.and(a).or(&condition.not.and(b));
        let unsure = !condition.is_sure();
        let lost = if unsure { condition.so.or(&condition.not).or(&condition.torn).not() } else { Cond::Never };
        Self {
            missing: pick(&then.missing, &otherwise.missing),
            torn: condition.torn.or(&pick(&then.torn, &otherwise.torn)),
            dangling: pick(&then.dangling, &otherwise.dangling),
            qualitative: pick(&then.qualitative, &otherwise.qualitative),
            other: lost.or(&pick(&then.other, &otherwise.other)),
            vague: unsure || then.vague || otherwise.vague,
        }
    }
}
