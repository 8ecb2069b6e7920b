//! What has become of a printed figure: its difference in exact numbers, its unit, its scale.
use crate::plan::{Facts, Number};
use crate::text::normal::narrow;
use crate::value::{Exact, Figure};

/// What has become of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// It is printed now and was not before.
    Newly,
    /// It was printed and is no longer.
    Gone,
    /// It is another number.
    Shifted(Shift),
    /// It has another unit, so that no difference can be told.
    Unit {
        /// The old unit; empty if there was none.
        from: String,
        /// The new unit.
        to: String,
        /// Whether the digits are the same.
        same_digits: bool,
    },
    /// It is the same number, counted in another scale: 百万枚, 万枚.
    Scale {
        /// The old scale with its unit.
        from: String,
        /// The new scale with its unit.
        to: String,
    },
    /// It is the same number, printed in another way: with more digits, with 以上 or 約.
    Printing,
    /// It is not a number on both sides.
    Text,
}

/// From one number to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Whether the new number is the greater.
    pub up: bool,
    /// Whether it is a decision (目標) and not a count.
    pub decision: bool,
    /// The difference as it would be printed: `+10万枚`.
    pub difference: String,
    /// The difference as a share of the old number, signed, in percent: `+25`. None of nothing.
    pub percent: Option<String>,
    /// What it means where the direction of the indicator is written down.
    pub effect: Option<Effect>,
    /// The old and the new scale if the digits are the same and only the scale is not: 40百万枚, 40万枚.
    pub slip: Option<(String, String)>,
}

/// Whether a target has become harder to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// 強化
    Stronger,
    /// 緩和
    Weaker,
}

/// What an indicator wants to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    More,
    Less,
}

/// A figure with its text.
pub(super) struct Printed<'a> {
    pub value: Number,
    pub unit: &'a str,
    pub text: &'a str,
}

impl<'a> Printed<'a> {
    pub fn new(facts: &'a Facts, id: u32, text: &'a str) -> Option<Self> {
        let value = *facts.figures.get(id as usize)?;
        Some(Self { value, unit: value.unit.printed().map_or("", |u| facts.text(u)), text })
    }
}

/// The words between the digits and the end of the unit, and how many that is: 百万枚, 1,000,000. No scale for figures of
/// several parts (7万6千人).
fn scale(text: &str) -> Option<(String, Exact)> {
    let Ok(Figure::Quantity(quantity)) = Figure::read(text) else { return None };
    let digit = |c: char| narrow(c).is_ascii_digit();
    let runs = text.split(|c: char| !digit(c) && !matches!(narrow(c), ',' | '.' | ' ')).filter(|r| r.contains(digit));
    let digits = runs.clone().next().filter(|_| runs.count() == 1)?;
    let Ok(Figure::Quantity(bare)) = Figure::read(digits) else { return None };
    let factor = match bare.value == Exact::ZERO {
        true => Exact::ONE,
        false => quantity.value.abs().checked_div(bare.value)?,
    };
    let at = text.rfind(digit)?;
    let after = text.get(at..)?.chars().skip(1);
    let words: String = after.take_while(|c| "十百千万億兆".contains(*c)).collect();
    Some((format!("{words}{}", quantity.unit), factor))
}

/// The digits as printed, without scale and percent.
fn digits(text: &str) -> Option<Exact> {
    let Ok(Figure::Quantity(quantity)) = Figure::read(text) else { return None };
    let factor = scale(text).map_or(Exact::ONE, |(_, factor)| factor);
    quantity.value.checked_div(factor)
}

/// What has become of a figure; `None` if nothing has.
pub(super) fn compare(
    old: &Printed<'_>,
    new: &Printed<'_>,
    decision: bool,
    direction: Option<Direction>,
) -> Option<How> {
    let (was, is) = (&old.value, &new.value);
    let same_digits = digits(old.text).is_some_and(|d| digits(new.text) == Some(d));
    // A unit that is left out is the other one, but for %, without which the number is another.
    let comparable = old.unit == new.unit || [old.unit, new.unit].iter().any(|u| u.is_empty()) && !percent(old, new);
    if !comparable {
        return Some(How::Unit { from: old.unit.to_owned(), to: new.unit.to_owned(), same_digits });
    }
    let scales = (scale(old.text), scale(new.text));
    if was.value == is.value {
        return match scales {
            (Some((from, a)), Some((to, b))) if a != b && old.unit == new.unit => Some(How::Scale { from, to }),
            _ if old.unit != new.unit => {
                Some(How::Unit { from: old.unit.to_owned(), to: new.unit.to_owned(), same_digits: true })
            }
            _ if was.qualifier != is.qualifier || was.interval != is.interval => Some(How::Printing),
            _ => None,
        };
    }
    let Some(difference) = is.value.checked_sub(was.value) else { return Some(How::Text) };
    let up = difference > Exact::ZERO;
    let slip = match &scales {
        (Some((from, a)), Some((to, b))) if a != b && same_digits => Some((from.clone(), to.clone())),
        _ => None,
    };
    let effect = direction.filter(|_| decision).map(|direction| match (direction, up) {
        (Direction::More, true) | (Direction::Less, false) => Effect::Stronger,
        (Direction::More, false) | (Direction::Less, true) => Effect::Weaker,
    });
    let share = difference.checked_div(was.value.abs()).and_then(|s| s.checked_mul(Exact::from_int(100)));
    Some(How::Shifted(Shift {
        up,
        decision,
        difference: told(difference, new, scales.1.as_ref()),
        percent: share.map(|s| format!("{}{}", if up { "+" } else { "-" }, places(s.abs(), 1))),
        effect,
        slip,
    }))
}

fn percent(old: &Printed<'_>, new: &Printed<'_>) -> bool {
    old.unit == "%" || new.unit == "%"
}

/// A number with its thousands in groups and so many decimals at most.
fn places(number: Exact, most: usize) -> String {
    let rounded = crate::value::group(&number.format_decimal(most));
    // A change that is rounded to nothing is still one.
    if rounded == "0" && number != Exact::ZERO { format!("<{}", if most == 0 { "1" } else { "0.1" }) } else { rounded }
}

/// A difference in the words of the new figure.
fn told(difference: Exact, new: &Printed<'_>, scale: Option<&(String, Exact)>) -> String {
    let sign = if difference > Exact::ZERO { "+" } else { "-" };
    let amount = difference.abs();
    let hundred = Exact::from_int(100);
    match scale {
        _ if new.unit == "%" => {
            let points = amount.checked_mul(hundred).unwrap_or(amount);
            format!("{sign}{}ポイント", points.grouped())
        }
        Some((words, factor)) if *factor != Exact::ZERO => {
            let counted = amount.checked_div(*factor).unwrap_or(amount);
            format!("{sign}{}{words}", counted.grouped())
        }
        _ => format!("{sign}{}{}", amount.grouped(), new.unit),
    }
}
