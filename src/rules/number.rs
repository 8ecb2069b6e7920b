//! Arithmetic and comparison of numbers with units: intervals go along, units must meet.
use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};

use super::value::{Number, Unit, Why};
use crate::plan::Symbol;
use crate::syntax::rules::{ArithmeticOp, CompareOp};
use crate::value::{End, Exact, Interval, Qualifier};

/// Gives two numbers one unit: an unprinted unit takes the other's; `30` beside `30%` is 30 %.
fn align(a: Number, b: Number, percent: Option<Symbol>) -> Result<(Number, Number, Unit), Why> {
    let is_percent = |unit: Unit| matches!((unit, percent), (Unit::Of(u), Some(p)) if u == p);
    match (a.unit, b.unit) {
        (Unit::Open, unit) if is_percent(unit) => Ok((hundredth(a)?, b, unit)),
        (unit, Unit::Open) if is_percent(unit) => Ok((a, hundredth(b)?, unit)),
        (Unit::Open, unit) | (unit, Unit::Open) => Ok((a, b, unit)),
        (x, y) if x == y => Ok((a, b, x)),
        (Unit::Ratio, unit) | (unit, Unit::Ratio) if is_percent(unit) => Ok((a, b, Unit::Ratio)),
        _ => Err(Why::Units),
    }
}

fn hundredth(n: Number) -> Result<Number, Why> {
    let part = Exact::from_int(1).checked_div(Exact::from_int(100)).ok_or(Why::Overflow)?;
    let value = n.value.checked_mul(part).ok_or(Why::Overflow)?;
    let interval = n.interval.scale(part).ok_or(Why::Overflow)?;
    Ok(Number { value, interval, ..n })
}

/// Computes `a op b`.
pub fn arithmetic(op: ArithmeticOp, a: Number, b: Number, percent: Option<Symbol>) -> Result<Number, Why> {
    let is_percent = |unit: Unit| matches!((unit, percent), (Unit::Of(u), Some(p)) if u == p);
    let (a, b, unit) = match op {
        ArithmeticOp::Add | ArithmeticOp::Subtract => align(a, b, percent)?,
        ArithmeticOp::Multiply => {
            let unit = match (a.unit, b.unit) {
                (Unit::Ratio, u) | (u, Unit::Ratio) => u,
                // Three times 6 % is 18 %; 58 % of a count without a counter is a count.
                (p, Unit::Open) | (Unit::Open, p) if is_percent(p) => Unit::Ratio,
                (p, u) | (u, p) if is_percent(p) => u,
                (Unit::Open, u) | (u, Unit::Open) => u,
                _ => Unit::Open,
            };
            (a, b, unit)
        }
        ArithmeticOp::Divide => {
            let unit = match (a.unit, b.unit) {
                (x, y) if x == y => Unit::Ratio,
                (u, Unit::Ratio | Unit::Open) => u,
                (Unit::Open, _) => Unit::Ratio,
                (u, p) if is_percent(p) => u,
                _ => Unit::Open,
            };
            (a, b, unit)
        }
    };
    let (value, interval) = match op {
        ArithmeticOp::Add => (a.value.checked_add(b.value), a.interval.checked_add(b.interval)),
        ArithmeticOp::Subtract => (a.value.checked_sub(b.value), a.interval.checked_sub(b.interval)),
        ArithmeticOp::Multiply => (a.value.checked_mul(b.value), a.interval.checked_mul(b.interval)),
        ArithmeticOp::Divide => {
            if b.value == Exact::ZERO || b.interval.contains(Exact::ZERO) {
                return Err(Why::DivisionByZero);
            }
            (a.value.checked_div(b.value), a.interval.checked_div(b.interval))
        }
    };
    Ok(Number {
        value: value.ok_or(Why::Overflow)?,
        interval: interval.ok_or(Why::Overflow)?,
        unit,
        qualifier: Qualifier::None,
        printed: false,
    })
}

/// The share of `part` in the whole that it makes up with `rest`: 1 ÷ (1 + rest ÷ part). The quotient of part
/// and whole would be too wide, since a greater part makes a greater whole (semantics of published accounts).
pub fn share(part: Number, rest: Number, percent: Option<Symbol>) -> Result<Number, Why> {
    let (part, rest, _) = align(part, rest, percent)?;
    if part.value < Exact::ZERO || rest.value < Exact::ZERO {
        return Err(Why::Negative);
    }
    let of = |part: Exact, rest: Exact| {
        let whole = part.checked_add(rest).ok_or(Why::Overflow)?;
        if whole == Exact::ZERO { Err(Why::DivisionByZero) } else { part.checked_div(whole).ok_or(Why::Overflow) }
    };
    // A printed 0 may round a little less than nothing, which no part is; 以上 leaves a side open.
    let end = |part: End, rest: End, open: Exact| match (part.at, rest.at) {
        (Some(p), Some(r)) => {
            let at = of(p.max(Exact::ZERO), r.max(Exact::ZERO))?;
            Ok(End { at: Some(at), closed: part.closed && rest.closed })
        }
        _ => Ok(End { at: Some(open), closed: true }),
    };
    let low = end(part.interval.low, rest.interval.high, Exact::ZERO)?;
    let high = end(part.interval.high, rest.interval.low, Exact::ONE)?;
    let value = of(part.value, rest.value)?;
    Ok(Number { interval: Interval { low, high }, unit: Unit::Ratio, ..Number::plain(value) })
}

/// Whether all of `figures` can be printings of one figure: every two agree (≈), which on a line is the same
/// as having a number in common; two of one precision have to be equal.
pub fn agree(figures: &[Number], percent: Option<Symbol>) -> Result<bool, Why> {
    let Some(&first) = figures.first() else { return Ok(true) };
    let mut common = first.interval;
    let mut by_width: FxHashMap<Exact, Exact> = FxHashMap::default();
    for &figure in figures {
        let (one, other, _) = align(first, figure, percent)?;
        // Another unit of the first (30 beside 30%) would be another scale for all before it.
        if one.value != first.value {
            return Err(Why::Units);
        }
        let Some(met) = common.intersect(other.interval) else { return Ok(false) };
        common = met;
        if let Some(width) = other.interval.width().filter(|w| *w != Exact::ZERO)
            && *by_width.entry(width).or_insert(other.value) != other.value
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Gives all of `figures` one scale: 30 is 30 % where any other of them is a percentage.
fn on_one_scale(figures: &mut [Number], percent: Option<Symbol>) -> Result<(), Why> {
    let rank = |figure: &&Number| match figure.unit {
        Unit::Open => 0,
        Unit::Ratio => 1,
        Unit::Of(_) => 2,
    };
    let Some(&one) = figures.iter().max_by_key(rank) else { return Ok(()) };
    for figure in figures {
        *figure = align(*figure, one, percent)?.0;
    }
    Ok(())
}

/// How many of `figures` differ from each other (≠).
pub fn kinds(figures: &mut [Number], percent: Option<Symbol>) -> Result<usize, Why> {
    on_one_scale(figures, percent)?;
    Ok(figures.iter().map(|f| (f.value, f.qualifier)).collect::<FxHashSet<_>>().len())
}

/// The middle of some figures in order; of an even number the mean of the two in the middle.
pub fn median(figures: &mut [Number], percent: Option<Symbol>) -> Result<Number, Why> {
    on_one_scale(figures, percent)?;
    figures.sort_by_key(|f| f.value);
    let middle = figures.len() / 2;
    let upper = *figures.get(middle).ok_or(Why::Missing)?;
    if figures.len() % 2 == 1 {
        return Ok(upper);
    }
    let lower = *figures.get(middle.saturating_sub(1)).ok_or(Why::Missing)?;
    let two = Number { unit: Unit::Ratio, ..Number::plain(Exact::from_int(2)) };
    arithmetic(ArithmeticOp::Divide, arithmetic(ArithmeticOp::Add, lower, upper, percent)?, two, percent)
}

/// `-a`.
pub fn negate(a: Number) -> Result<Number, Why> {
    let interval = Interval::point(Exact::ZERO).checked_sub(a.interval).ok_or(Why::Overflow)?;
    Ok(Number { value: a.value.negated(), interval, ..a })
}

/// Decides `a op b`: order and equality by what is printed, `≈` by what is denoted.
pub fn compare(op: CompareOp, a: &Number, b: &Number, percent: Option<Symbol>) -> Result<bool, Why> {
    // Numbers of one unit are as they are; they are not copied to be held against each other.
    if a.unit == b.unit {
        return Ok(decide(op, a, b));
    }
    let (a, b, _) = align(*a, *b, percent)?;
    Ok(decide(op, &a, &b))
}

/// Decides `a op b` for numbers in one unit.
fn decide(op: CompareOp, a: &Number, b: &Number) -> bool {
    let order = a.value.cmp(&b.value);
    match op {
        CompareOp::Equal => order == Ordering::Equal && a.qualifier == b.qualifier,
        CompareOp::NotEqual => order != Ordering::Equal || a.qualifier != b.qualifier,
        CompareOp::Less => order == Ordering::Less,
        CompareOp::LessEqual => order != Ordering::Greater,
        CompareOp::Greater => order == Ordering::Greater,
        CompareOp::GreaterEqual => order != Ordering::Less,
        CompareOp::Consistent => {
            // Two printings of one precision agree only if they are equal: 1 and 2 would else touch at 1.5. What was
            // computed is no printing: 1.5 and 3 are 4.5, and rounded to even they are printed 2, 3 and 4.
            let alike = || a.interval.width().is_some_and(|w| w != Exact::ZERO && b.interval.width() == Some(w));
            let equal = order == Ordering::Equal;
            if a.printed && b.printed && alike() { equal } else { a.interval.meets(&b.interval) }
        }
    }
}

#[cfg(test)]
mod tests;
