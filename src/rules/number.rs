//! Arithmetic and comparison of numbers with units: intervals go along, units must meet.
use std::cmp::Ordering;

use super::value::{Number, Unit, Why};
use crate::plan::Symbol;
use crate::syntax::rules::{ArithmeticOp, CompareOp};
use crate::value::{Exact, Interval, Qualifier};

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
    })
}

/// `-a`.
pub fn negate(a: Number) -> Result<Number, Why> {
    let interval = Interval::point(Exact::ZERO).checked_sub(a.interval).ok_or(Why::Overflow)?;
    Ok(Number { value: a.value.negated(), interval, ..a })
}

/// Decides `a op b`: order and equality by what is printed, `≈` by what is denoted.
pub fn compare(op: CompareOp, a: Number, b: Number, percent: Option<Symbol>) -> Result<bool, Why> {
    let (a, b, _) = align(a, b, percent)?;
    let order = a.value.cmp(&b.value);
    Ok(match op {
        CompareOp::Equal => order == Ordering::Equal && a.qualifier == b.qualifier,
        CompareOp::NotEqual => order != Ordering::Equal || a.qualifier != b.qualifier,
        CompareOp::Less => order == Ordering::Less,
        CompareOp::LessEqual => order != Ordering::Greater,
        CompareOp::Greater => order == Ordering::Greater,
        CompareOp::GreaterEqual => order != Ordering::Less,
        CompareOp::Consistent => {
            // Two figures of one precision agree only if they are equal: 1 and 2 would else touch at 1.5.
            let (x, y) = (a.interval.width(), b.interval.width());
            let alike = x.is_some_and(|w| w != Exact::ZERO) && x == y;
            if alike { order == Ordering::Equal } else { a.interval.meets(&b.interval) }
        }
    })
}
