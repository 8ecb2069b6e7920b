//! Systems of linear inequalities over exact fractions, decided by the elimination of Fourier and Motzkin.
use std::collections::BTreeMap;

use crate::value::Exact;

/// Inequalities of a system while it is solved; elimination may square their number.
const MOST_INEQUALITIES: usize = 2_000;

/// `sum > 0` or `sum ≥ 0`; variables are cells of the row, by how they are written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Inequality {
    pub sum: Linear,
    pub strict: bool,
}

/// A sum of multiples of variables, and a constant.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Linear {
    pub of: BTreeMap<String, Exact>,
    pub constant: Exact,
}

impl Linear {
    /// This and a multiple of another.
    pub(super) fn plus(&self, other: &Self, by: i128) -> Option<Self> {
        let other = other.times(Exact::from_int(by))?;
        let mut sum = self.clone();
        sum.constant = sum.constant.checked_add(other.constant)?;
        for (name, factor) in other.of {
            let place = sum.of.entry(name).or_insert(Exact::ZERO);
            *place = place.checked_add(factor)?;
        }
        sum.of.retain(|_, factor| *factor != Exact::ZERO);
        Some(sum)
    }

    pub(super) fn times(&self, by: Exact) -> Option<Self> {
        let of = self.of.iter().map(|(name, factor)| Some((name.clone(), factor.checked_mul(by)?)));
        Some(Self { of: of.collect::<Option<_>>()?, constant: self.constant.checked_mul(by)? })
    }
}

impl Inequality {
    /// What holds where this does not.
    pub(super) fn denied(&self) -> Option<Self> {
        Some(Self { sum: self.sum.times(Exact::from_int(-1))?, strict: !self.strict })
    }
}

/// Whether some figures satisfy a system; `None` if that was not found out.
pub(super) fn solvable(mut system: Vec<Inequality>, budget: &mut usize) -> Option<bool> {
    *budget = budget.checked_sub(1)?;
    while let Some(name) = system.iter().find_map(|i| i.sum.of.keys().next().cloned()) {
        let factor = |i: &Inequality| i.sum.of.get(&name).copied().unwrap_or(Exact::ZERO);
        let (with, mut next): (Vec<Inequality>, Vec<Inequality>) =
            system.into_iter().partition(|i| factor(i) != Exact::ZERO);
        let (above, below): (Vec<Inequality>, Vec<Inequality>) =
            with.into_iter().partition(|i| factor(i) > Exact::ZERO);
        for low in &above {
            for high in &below {
                // low·|factor of high| + high·factor of low: the variable cancels.
                let sum = low.sum.times(factor(high).negated())?.plus(&high.sum.times(factor(low))?, 1)?;
                next.push(Inequality { sum, strict: low.strict || high.strict });
            }
        }
        if next.len() > MOST_INEQUALITIES {
            return None;
        }
        system = next;
    }
    let holds = |i: &Inequality| if i.strict { i.sum.constant > Exact::ZERO } else { i.sum.constant >= Exact::ZERO };
    Some(system.iter().all(holds))
}
