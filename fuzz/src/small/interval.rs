//! Intervals with small ends: what is computed with them holds what their members give, and no end is further out or more
//! closed than some members reach.
use totsugo::value::{End, Exact, Interval};

use super::Numbers;

/// An interval, bounded or not.
fn interval(from: &mut Numbers<'_>) -> Interval {
    let (at, wide, kind) = (from.below(15), from.below(8), from.byte());
    let low = Exact::decimal(5 * (i128::from(at) - 7), 1).expect("small");
    let high = low.checked_add(Exact::decimal(5 * i128::from(wide), 1).expect("small")).expect("small");
    let single = wide == 0;
    let end = |at: Exact, closed: bool, bounded: bool| match bounded || single {
        true => End { at: Some(at), closed: closed || single },
        false => End { at: None, closed: false },
    };
    Interval { low: end(low, kind & 1 == 0, kind & 12 != 4), high: end(high, kind & 2 == 0, kind & 12 != 8) }
}

/// Some of its members: the ends that belong to it, what lies a quarter of the way in, and nothing.
fn members(of: &Interval) -> impl Iterator<Item = Exact> {
    let part = |n: i128| {
        let far = Exact::from_int(1000);
        let low = of.low.at.or_else(|| of.high.at?.checked_sub(far))?;
        let high = of.high.at.or_else(|| low.checked_add(far))?;
        low.checked_add(high.checked_sub(low)?.checked_mul(Exact::decimal(25 * n, 2)?)?)
    };
    let of = *of;
    let parts: [Option<Exact>; 6] = [part(0), part(1), part(2), part(3), part(4), Some(Exact::ZERO)];
    parts.into_iter().flatten().filter(move |at| of.contains(*at))
}

/// Whether an interval is what an operation on two of them gives.
fn held(
    (a, b): (&Interval, &Interval),
    found: Option<Interval>,
    op: impl Fn(Exact, Exact) -> Option<Exact>,
    sign: &str,
) {
    let Some(found) = found else { return };
    let told = || format!("{a} {sign} {b} = {found}");
    let mut reached = [false, false];
    for x in members(a) {
        for y in members(b) {
            let Some(value) = op(x, y) else { continue };
            assert!(found.contains(value), "{}: {x} {sign} {y}", told());
            reached = [reached[0] || found.low.at == Some(value), reached[1] || found.high.at == Some(value)];
        }
    }
    let ends = |i: &Interval| [i.low.at, i.high.at];
    for (end, reached) in [(found.low, reached[0]), (found.high, reached[1])] {
        assert_eq!(end.closed, reached, "{}", told());
        let Some(at) = end.at else { continue };
        let corners = ends(a).into_iter().flatten().flat_map(|x| ends(b).into_iter().flatten().map(move |y| (x, y)));
        assert!(corners.into_iter().any(|(x, y)| op(x, y) == Some(at)), "{}", told());
    }
}

pub fn run(bytes: &[u8]) {
    let mut from = Numbers(bytes);
    let (a, b) = (interval(&mut from), interval(&mut from));
    held((&a, &b), a.checked_add(b), Exact::checked_add, "+");
    held((&a, &b), a.checked_sub(b), Exact::checked_sub, "-");
    held((&a, &b), a.checked_mul(b), Exact::checked_mul, "×");
    held((&a, &b), a.checked_div(b), Exact::checked_div, "÷");
    let by = Interval::point(Exact::from_int(i128::from(from.below(9)) - 4));
    held((&a, &by), a.scale(by.low.at.expect("a point")), Exact::checked_mul, "·");
    // What two have in common is what lies in both.
    let common = a.intersect(b);
    assert_eq!(common, b.intersect(a));
    assert_eq!(a.meets(&b), common.is_some());
    for at in members(&a).chain(members(&b)) {
        let both = a.contains(at) && b.contains(at);
        assert_eq!(common.is_some_and(|c| c.contains(at)), both, "{a} {b}: {at}");
    }
    if let Some(common) = common {
        assert_eq!((common.intersect(a), common.intersect(b)), (Some(common), Some(common)));
        assert!(common.width().zip(a.width()).is_none_or(|(c, w)| c <= w));
    }
}
