//! What a figure would have to be for a check to hold: proposals, which the rules accept or refuse.
use super::super::eval::{CellRef, Context, Frame};
use super::super::functions::Function;
use super::super::ir::{Kind, Node};
use super::super::types::Type;
use super::super::value::Number;
use super::gather::Instance;
use crate::syntax::rules::Aggregate;
use crate::value::{Exact, Figure, Interval, Qualifier, Rounding, scaled};

/// Figures of other cells that are tried for one cell.
const MOST_PEERS: usize = 16;

/// A figure in question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Printed {
    /// As it is printed.
    pub number: Number,
    /// The worth of its last printed place.
    pub place: Exact,
}

impl Printed {
    /// The figure that a cell prints; `None` for one that is not simply a number (以上, 約) or is not printed by itself.
    pub(super) fn new(context: &Context<'_>, cell: CellRef) -> Option<Self> {
        let number = context.figure_in(cell).filter(|n| n.qualifier == Qualifier::None)?;
        let text = context.sources.text(context.facts.place(cell.0, cell.1, context.sources));
        let Ok(Figure::Quantity(quantity)) = Figure::read(text) else { return None };
        // In terms of the number: of 48.2% the place is a thousandth.
        let place = if quantity.value == Exact::ZERO {
            let percent = if context.is_percentage(text) { Exact::from_int(100) } else { Exact::ONE };
            quantity.place.checked_div(percent)?
        } else {
            number.value.checked_div(quantity.value)?.checked_mul(quantity.place)?
        };
        (place > Exact::ZERO).then_some(Self { number, place })
    }

    /// Another number, printed to the same place; what is printed without a sign is not below zero.
    pub(super) fn with(&self, value: Exact) -> Option<Number> {
        if value < Exact::ZERO && self.number.value >= Exact::ZERO {
            return None;
        }
        let near = self.scaled_to(value);
        if near.number.value == value {
            return Some(near.number);
        }
        let by = value.checked_sub(self.number.value)?;
        let interval = self.number.interval.checked_add(Interval::point(by))?;
        Some(Number { value, interval, ..self.number })
    }

    /// The same printing in another scale, if `value` is that (35百万 for 35千): what is beside it is then as far away as there.
    pub(super) fn scaled_to(&self, value: Exact) -> Self {
        let scaled = || {
            let by = value.checked_div(self.number.value)?;
            [-8, -6, -4, -3, 3, 4, 6, 8].into_iter().find(|power| Exact::pow10(*power) == Some(by))?;
            let number = Number { value, interval: self.number.interval.scale(by)?, ..self.number };
            Some(Self { number, place: self.place.checked_mul(by)? })
        };
        scaled().unwrap_or(*self)
    }

    /// The number so many places above this one.
    pub(super) fn away(&self, from: Exact, places: i128) -> Option<Exact> {
        from.checked_add(self.place.checked_mul(Exact::from_int(places))?)
    }

    /// The numbers next to `value` that can be printed to the same place.
    fn beside(&self, value: Exact) -> Option<[Exact; 2]> {
        let places = value.checked_div(self.place)?;
        let low = places.round(0, Rounding::Down)?.checked_mul(self.place)?;
        let high = places.round(0, Rounding::Up)?.checked_mul(self.place)?;
        // The nearer one first.
        let nearer = value.checked_sub(low)?.abs() <= high.checked_sub(value)?.abs();
        Some(if nearer { [low, high] } else { [high, low] })
    }
}

/// Numbers that a cell might have to hold, without the one that it holds; the likely ones first.
pub(super) fn propose(context: &Context<'_>, instance: &Instance<'_>, cell: CellRef, printed: &Printed) -> Vec<Exact> {
    let mut out: Vec<Exact> = Vec::new();
    let now = context.figure_in(cell).map(|n| n.value);
    let mut frame = instance.frame.clone();
    let mut zeros = Vec::new();
    let mut deep = false;
    comparisons(&instance.rule.check, &mut deep, &mut |a, b| {
        zeros.extend(zero(context, (a, b), cell, printed, &mut frame));
    });
    // What is printed with another scale is no multiple of its last place.
    let scales = scaled(printed.number.value).filter(|value| zeros.iter().any(|zero| near(*value, *zero)));
    let scales: Vec<Exact> = scales.collect();
    let zeros = zeros.into_iter().filter_map(|zero| printed.beside(zero)).flatten().chain(scales);
    // Where printings of one figure are held together, or rows are compared one by one, it is the figure of another cell.
    let peers = instance.reads.iter().filter(|other| deep && **other != cell);
    let peers = peers.filter_map(|other| context.figure_in(*other)).filter(|n| n.unit == printed.number.unit);
    for value in zeros.chain(peers.map(|n| n.value).take(MOST_PEERS)) {
        if Some(value) != now && !out.contains(&value) {
            out.push(value);
        }
    }
    out
}

/// Whether two numbers differ by less than a tenth.
fn near(a: Exact, b: Exact) -> bool {
    let tenth = Exact::from_int(10);
    let apart = a.checked_sub(b).and_then(|d| d.abs().checked_mul(tenth));
    apart.is_some_and(|apart| apart < a.abs())
}

/// Two figures, each with what is printed.
pub(super) type Both<'p> = [(CellRef, &'p Printed); 2];

/// A comparison of figures that has to hold: a line, as two of its figures move.
#[derive(Clone, Copy)]
pub(super) struct Line<'i> {
    sides: (&'i Node, &'i Node),
    frame: &'i Frame,
}

/// The comparisons of a check.
pub(super) fn lines<'i>(instance: &'i Instance<'_>) -> Vec<Line<'i>> {
    let (mut deep, mut out) = (false, Vec::new());
    let frame = &instance.frame;
    comparisons(&instance.rule.check, &mut deep, &mut |a, b| out.push(Line { sides: (a, b), frame }));
    out
}

impl Line<'_> {
    /// What the second figure has to be where the first one is `at`.
    fn second(&self, context: &Context<'_>, both: Both<'_>, at: Exact) -> Option<Exact> {
        let [(first, printed), (second, beside)] = both;
        let what_if = context.what_if.as_ref()?;
        let before = what_if.suppose(first, Some(printed.with(at)?));
        let zero = zero(context, self.sides, second, beside, &mut self.frame.clone());
        what_if.suppose(first, before);
        zero
    }

    /// Numbers for both figures around the point in which this line and another one cross: two unknowns of two equations, of
    /// which neither tells one without the other.
    pub(super) fn crossing(&self, other: &Self, context: &Context<'_>, both: Both<'_>) -> Option<Vec<[Exact; 2]>> {
        let [(first, printed), (_, beside)] = both;
        let from = context.figure_in(first)?.value;
        let apart = |at: Exact| {
            self.second(context, both, at)?.checked_sub(other.second(context, both, at)?).map(|apart| (at, apart))
        };
        let mut points = (0..=4).filter_map(|n| printed.away(from, n)).filter_map(apart);
        let [(x, f), (x1, f1), (x2, f2)] = [points.next()?, points.next()?, points.next()?];
        let meeting = meeting([x, x1, x2], [f, f1, f2])?;
        let mut out = Vec::new();
        // What is beside the point tells whether there is only one.
        for places in [0, -1, 1] {
            for value in printed.beside(printed.away(meeting, places)?)? {
                let seconds = self.second(context, both, value).and_then(|second| beside.beside(second));
                out.extend(seconds.into_iter().flatten().map(|second| [value, second]));
            }
        }
        Some(out)
    }
}

/// The comparisons of figures that a check comes down to; `deep` is set where there are others within comprehensions or 同値.
fn comparisons<'n>(node: &'n Node, deep: &mut bool, found: &mut dyn FnMut(&'n Node, &'n Node)) {
    match &*node.kind {
        Kind::Compare(_, a, b) if matches!(a.ty, Type::Number(_)) || matches!(b.ty, Type::Number(_)) => found(a, b),
        Kind::Call(Function::Agree, _) | Kind::Aggregate(Aggregate::Agree | Aggregate::All | Aggregate::Exists, ..) => {
            *deep = true
        }
        Kind::And(..) | Kind::Or(..) | Kind::Not(_) | Kind::If(..) | Kind::Compare(..) => {
            node.children().into_iter().for_each(|child| comparisons(child, deep, found));
        }
        _ => {}
    }
}

/// Where two sides of a comparison meet, as one figure moves: their difference is a quotient of straight lines in it, which
/// three of its points determine (the cross-ratio of four points is that of their images).
fn zero(
    context: &Context<'_>,
    (a, b): (&Node, &Node),
    cell: CellRef,
    printed: &Printed,
    frame: &mut Frame,
) -> Option<Exact> {
    let what_if = context.what_if.as_ref()?;
    let before = context.figure_in(cell)?;
    let mut difference = |places: i128| {
        let at = printed.away(before.value, places)?;
        let taken = what_if.suppose(cell, Some(printed.with(at)?));
        let sides = context.number(a, frame).ok().zip(context.number(b, frame).ok());
        what_if.suppose(cell, taken);
        Some((at, sides.and_then(|(a, b)| a.value.checked_sub(b.value))?))
    };
    // The first points that are there: nothing can be divided by some of them.
    let points: Vec<(Exact, Exact)> = [0, 1, 2, 3, 4].into_iter().filter_map(&mut difference).take(3).collect();
    let [(x, f), (x1, f1), (x2, f2)] = points.as_slice() else { return None };
    meeting([*x, *x1, *x2], [*f, *f1, *f2])
}

/// Where a quotient of straight lines through three points is zero; `None` if it is constant, or nowhere zero.
fn meeting([x, x1, x2]: [Exact; 3], [f, f1, f2]: [Exact; 3]) -> Option<Exact> {
    if f == f1 || f == f2 || f1 == f2 {
        return None;
    }
    for (at, value) in [(x, f), (x1, f1), (x2, f2)] {
        if value == Exact::ZERO {
            return Some(at);
        }
    }
    let images = f1.checked_mul(f.checked_sub(f2)?)?.checked_div(f2.checked_mul(f.checked_sub(f1)?)?)?;
    let ratio = images.checked_mul(x.checked_sub(x1)?.checked_div(x.checked_sub(x2)?)?)?;
    let above = x1.checked_sub(ratio.checked_mul(x2)?)?;
    above.checked_div(Exact::ONE.checked_sub(ratio)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(n: i128) -> Exact {
        Exact::from_int(n)
    }

    /// A wrong zero would name a figure that no rule accepts, and the right one would never be tried.
    #[test]
    fn lines_and_quotients_of_lines_meet_where_they_do() {
        let x = [7, 8, 9].map(exact);
        // 3x − 12, and 33 ÷ x − 11/7 (the denominator of a rate).
        assert_eq!(
            meeting(x, x.map(|x| exact(3).checked_mul(x).unwrap().checked_sub(exact(12)).unwrap())),
            Some(exact(4))
        );
        let rate =
            |x: Exact| exact(33).checked_div(x).unwrap().checked_sub(exact(11).checked_div(exact(7)).unwrap()).unwrap();
        assert_eq!(meeting(x, x.map(rate)), Some(exact(21)));
        assert_eq!(meeting(x, [exact(5); 3]), None);
    }
}
