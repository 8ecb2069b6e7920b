//! Arithmetic with units, and what two figures are to each other.
#![allow(clippy::unwrap_used)]
use super::*;
use crate::value::Rounding;

/// A figure as printed with this many decimal places.
fn printed(value: i128, places: u32) -> Number {
    let place = Exact::ONE.checked_div(Exact::from_int(10_i128.pow(places))).unwrap();
    let value = Exact::from_int(value).checked_mul(place).unwrap();
    Number { interval: Interval::of(value, place, Rounding::Nearest), printed: true, ..Number::plain(value) }
}

#[test]
fn a_coarse_printing_does_not_hide_that_two_finer_ones_differ() {
    let (coarse, low, high) = (printed(61, 0), printed(606, 1), printed(614, 1));
    assert_eq!(agree(&[coarse, low], None), Ok(true));
    assert_eq!(agree(&[coarse, high], None), Ok(true));
    assert_eq!(agree(&[coarse, low, high], None), Ok(false));
    assert_eq!(agree(&[low, high, coarse], None), Ok(false));
    assert_eq!(agree(&[printed(1, 0), printed(2, 0)], None), Ok(false), "at one precision they must be equal");
    assert_eq!(agree(&[printed(532, 0), printed(5323, 1)], None), Ok(true));
}

#[test]
fn a_share_of_a_whole_is_not_wider_than_rounding_makes_it() {
    // 1 of 1+2, both rounded: 0.5/(0.5+2.5) to 1.5/(1.5+1.5), while part ÷ whole would reach 1.5/2.5.
    let (part, rest) = (printed(1, 0), printed(2, 0));
    let share = share(part, rest, None).unwrap();
    assert_eq!(share.value, Exact::ONE.checked_div(Exact::from_int(3)).unwrap());
    let nth = |n: i128| Exact::ONE.checked_div(Exact::from_int(n));
    assert_eq!((share.interval.low.at, share.interval.high.at), (nth(6), nth(2)));
    let whole = arithmetic(ArithmeticOp::Add, part, rest, None).unwrap();
    let naive = arithmetic(ArithmeticOp::Divide, part, whole, None).unwrap();
    assert!(naive.interval.width() > share.interval.width());
}

#[test]
fn a_share_of_nothing_or_of_a_loss_is_not_judged() {
    let zero = Number::plain(Exact::ZERO);
    assert_eq!(share(zero, zero, None), Err(Why::DivisionByZero));
    assert_eq!(share(printed(-1, 0), printed(2, 0), None), Err(Why::Negative));
}

const PERCENT: Symbol = Symbol(7);
const CASES: Unit = Unit::Of(Symbol(1));
const PEOPLE: Unit = Unit::Of(Symbol(2));
const SHARE: Unit = Unit::Of(PERCENT);

/// A whole number of something, exact.
fn of(value: i128, unit: Unit) -> Number {
    Number { unit, ..Number::plain(Exact::from_int(value)) }
}

/// So many per cent: kept as hundredths.
fn percent(value: i128) -> Number {
    let value = Exact::decimal(value, 2).unwrap();
    Number { unit: SHARE, ..Number::plain(value) }
}

fn ends(low: i128, high: i128, marks: &str) -> Interval {
    let end = |at, mark| End { at: Some(Exact::from_int(at)), closed: marks.contains(mark) };
    Interval { low: end(low, '['), high: end(high, ']') }
}

fn add(a: Number, b: Number) -> Result<Number, Why> {
    arithmetic(ArithmeticOp::Add, a, b, Some(PERCENT))
}

#[test]
fn cases_and_people_are_not_added_but_a_bare_number_takes_the_unit_beside_it() {
    assert_eq!(add(of(5, CASES), of(3, CASES)), Ok(of(8, CASES)));
    assert_eq!(add(of(5, CASES), of(3, Unit::Open)), Ok(of(8, CASES)));
    assert_eq!(add(of(5, Unit::Open), of(3, CASES)), Ok(of(8, CASES)));
    assert_eq!(add(of(5, CASES), of(3, PEOPLE)), Err(Why::Units));
    assert_eq!(add(of(5, CASES), of(3, Unit::Ratio)), Err(Why::Units));
    assert_eq!(add(of(5, CASES), percent(3)), Err(Why::Units));
    let less = arithmetic(ArithmeticOp::Subtract, of(5, CASES), of(3, CASES), None).unwrap();
    assert_eq!((less.value, less.interval), (Exact::from_int(2), ends(2, 2, "[]")));
}

#[test]
fn thirty_beside_thirty_per_cent_is_thirty_per_cent() {
    assert_eq!(add(of(30, Unit::Open), percent(5)), Ok(percent(35)));
    assert_eq!(add(percent(5), of(30, Unit::Open)), Ok(percent(35)));
    assert_eq!(compare(CompareOp::Equal, &of(30, Unit::Open), &percent(30), Some(PERCENT)), Ok(true));
    assert_eq!(compare(CompareOp::Equal, &percent(30), &of(30, Unit::Open), Some(PERCENT)), Ok(true));
    // A quotient is a hundredth already.
    let half = Number { unit: Unit::Ratio, ..Number::plain(Exact::decimal(5, 1).unwrap()) };
    assert_eq!(compare(CompareOp::Equal, &half, &percent(50), Some(PERCENT)), Ok(true));
    assert_eq!(compare(CompareOp::Equal, &percent(50), &half, Some(PERCENT)), Ok(true));
    assert_eq!(add(half, percent(50)).map(|n| n.unit), Ok(Unit::Ratio));
    // Where nobody has a percent sign, it is a unit like any other.
    assert_eq!(compare(CompareOp::Equal, &half, &percent(50), None), Err(Why::Units));
}

#[test]
fn a_product_and_a_quotient_have_the_unit_that_a_reader_expects() {
    let unit = |op, a, b| arithmetic(op, of(6, a), of(3, b), Some(PERCENT)).map(|n| n.unit);
    for (a, b, product, quotient) in [
        (CASES, CASES, Unit::Open, Unit::Ratio),
        (CASES, PEOPLE, Unit::Open, Unit::Open),
        (CASES, Unit::Ratio, CASES, CASES),
        (CASES, Unit::Open, CASES, CASES),
        (CASES, SHARE, CASES, CASES),
        (SHARE, CASES, CASES, Unit::Open),
        (SHARE, SHARE, SHARE, Unit::Ratio),
        (SHARE, Unit::Open, Unit::Ratio, SHARE),
        (Unit::Open, SHARE, Unit::Ratio, Unit::Ratio),
        (Unit::Open, CASES, CASES, Unit::Ratio),
        (Unit::Open, Unit::Open, Unit::Open, Unit::Ratio),
        (Unit::Ratio, CASES, CASES, Unit::Open),
        (Unit::Ratio, SHARE, SHARE, Unit::Ratio),
        (Unit::Ratio, Unit::Ratio, Unit::Ratio, Unit::Ratio),
    ] {
        assert_eq!(unit(ArithmeticOp::Multiply, a, b), Ok(product), "{a:?} × {b:?}");
        assert_eq!(unit(ArithmeticOp::Divide, a, b), Ok(quotient), "{a:?} ÷ {b:?}");
    }
    let made = |op| arithmetic(op, of(6, CASES), of(3, CASES), None).map(|n| (n.value, n.interval)).unwrap();
    assert_eq!(made(ArithmeticOp::Multiply), (Exact::from_int(18), ends(18, 18, "[]")));
    assert_eq!(made(ArithmeticOp::Divide), (Exact::from_int(2), ends(2, 2, "[]")));
}

#[test]
fn what_may_be_nothing_is_not_divided_by() {
    let quotient = |by| arithmetic(ArithmeticOp::Divide, of(6, CASES), by, None).map(|n| n.value);
    assert_eq!(quotient(of(0, CASES)), Err(Why::DivisionByZero));
    assert_eq!(quotient(Number { interval: ends(0, 2, "[]"), ..of(1, CASES) }), Err(Why::DivisionByZero));
    assert_eq!(quotient(of(3, CASES)), Ok(Exact::from_int(2)));
}

#[test]
fn a_share_reaches_its_ends_as_its_parts_do() {
    let (part, rest) = (of(1, CASES), of(3, CASES));
    let quarter = share(part, rest, None).unwrap();
    assert_eq!((quarter.value, quarter.unit), (Exact::decimal(25, 2).unwrap(), Unit::Ratio));
    assert_eq!(share(of(0, CASES), rest, None).map(|s| s.value), Ok(Exact::ZERO));
    assert_eq!(share(part, of(0, CASES), None).map(|s| s.value), Ok(Exact::ONE));
    assert_eq!(share(part, of(-1, CASES), None), Err(Why::Negative));
    assert_eq!(share(part, of(3, PEOPLE), None), Err(Why::Units));
    // 1 or more but less than 2, of 3 to 4: a fifth at least, less than two fifths.
    let down = Number { interval: ends(1, 2, "["), ..part };
    let wide = Number { interval: ends(3, 4, "[]"), ..rest };
    let found = share(down, wide, None).unwrap().interval;
    assert_eq!((found.low.closed, found.high.closed), (true, false));
    let found = share(Number { interval: ends(1, 2, "]"), ..part }, wide, None).unwrap().interval;
    assert_eq!((found.low.closed, found.high.closed), (false, true));
    let found = share(part, Number { interval: ends(3, 4, "["), ..rest }, None).unwrap().interval;
    assert_eq!((found.low.closed, found.high.closed), (false, true));
    // 以上 leaves a side open: nothing is known of it but that a share is one.
    let more = End { at: None, closed: false };
    let at_least = Number { interval: Interval { high: more, ..part.interval }, ..part };
    let found = share(at_least, rest, None).unwrap().interval;
    assert_eq!((found.low.at, found.high), (Exact::decimal(25, 2), End { at: Some(Exact::ONE), closed: true }));
    let found =
        share(part, Number { interval: Interval { high: more, ..rest.interval }, ..rest }, None).unwrap().interval;
    assert_eq!((found.low, found.high.at), (End { at: Some(Exact::ZERO), closed: true }, Exact::decimal(25, 2)));
    // A printed 0 is no less than nothing.
    let found = share(printed(0, 0), printed(2, 0), None).unwrap().interval;
    assert_eq!(found.low.at, Some(Exact::ZERO));
}

#[test]
fn printings_in_two_scales_are_not_held_together() {
    assert_eq!(agree(&[], Some(PERCENT)), Ok(true));
    assert_eq!(agree(&[of(5, CASES), of(5, PEOPLE)], Some(PERCENT)), Err(Why::Units));
    assert_eq!(agree(&[of(30, Unit::Open), percent(30)], Some(PERCENT)), Err(Why::Units));
    assert_eq!(agree(&[percent(30), of(30, Unit::Open)], Some(PERCENT)), Ok(true));
    assert_eq!(agree(&[of(5, CASES), of(6, CASES)], None), Ok(false));
}

#[test]
fn a_median_is_the_one_in_the_middle_or_half_way_between_two() {
    let middle = |mut all: Vec<Number>| median(&mut all, Some(PERCENT));
    assert_eq!(middle(vec![]), Err(Why::Missing));
    assert_eq!(middle(vec![of(9, CASES), of(1, CASES), of(4, CASES)]), Ok(of(4, CASES)));
    assert_eq!(middle(vec![of(9, CASES), of(1, CASES), of(2, CASES), of(4, CASES)]), Ok(of(3, CASES)));
    let half = Number { unit: Unit::Open, ..Number::plain(Exact::decimal(25, 1).unwrap()) };
    assert_eq!(middle(vec![of(1, Unit::Open), of(4, Unit::Open)]), Ok(half), "2.5, which is not 250 %");
    let five = [9, 1, 7, 2, 4].map(|n| of(n, CASES));
    assert_eq!(middle(five.to_vec()), Ok(of(4, CASES)), "one that is printed, not one that is computed");
    assert_eq!(middle(vec![of(9, CASES), of(1, PEOPLE)]), Err(Why::Units));
    for all in [[of(30, Unit::Open), percent(50), percent(60)], [percent(50), percent(60), of(30, Unit::Open)]] {
        assert_eq!(middle(all.to_vec()), Ok(percent(50)), "30 beside 50% and 60% is 30%");
    }
    let third = Number { unit: Unit::Ratio, ..Number::plain(Exact::decimal(3, 1).unwrap()) };
    for all in [[third, of(40, Unit::Open), percent(60)], [percent(60), of(40, Unit::Open), third]] {
        assert_eq!(middle(all.to_vec()).map(|n| n.value), Ok(percent(40).value), "40 beside 0.3 and 60% is 40%");
    }
}

#[test]
fn figures_are_of_one_kind_where_they_are_equal() {
    let kinds = |mut all: Vec<Number>| kinds(&mut all, Some(PERCENT));
    let least = |n| Number { qualifier: Qualifier::AtLeast, ..of(n, CASES) };
    assert_eq!(kinds(vec![]), Ok(0));
    assert_eq!(kinds(vec![percent(12), percent(13), percent(12)]), Ok(2));
    assert_eq!(kinds(vec![of(30, Unit::Open), percent(30), of(31, Unit::Open)]), Ok(2), "30 beside 30% is 30%");
    assert_eq!(kinds(vec![of(3, Unit::Open), of(3, CASES)]), Ok(1));
    assert_eq!(kinds(vec![of(4, CASES), least(4)]), Ok(2), "4 or more is not 4");
    assert_eq!(kinds(vec![of(3, CASES), of(3, PEOPLE)]), Err(Why::Units));
}

#[test]
fn a_negative_is_the_other_side_of_nothing() {
    let turned = negate(Number { interval: ends(1, 3, "["), ..of(2, CASES) }).unwrap();
    assert_eq!(turned, Number { interval: ends(-3, -1, "]"), ..of(-2, CASES) });
}

#[test]
fn figures_are_ordered_as_they_are_printed_and_held_together_by_what_they_denote() {
    use CompareOp::{Consistent, Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
    let holds = |op, a: Number, b: Number| compare(op, &a, &b, Some(PERCENT));
    let (five, six) = (of(5, CASES), of(6, CASES));
    for (op, below, same, above) in [
        (Equal, false, true, false),
        (NotEqual, true, false, true),
        (Less, true, false, false),
        (LessEqual, true, true, false),
        (Greater, false, false, true),
        (GreaterEqual, false, true, true),
        (Consistent, false, true, false),
    ] {
        assert_eq!(holds(op, five, six), Ok(below), "5 {op:?} 6");
        assert_eq!(holds(op, five, five), Ok(same), "5 {op:?} 5");
        assert_eq!(holds(op, six, five), Ok(above), "6 {op:?} 5");
        assert_eq!(holds(op, of(5, Unit::Open), six), Ok(below), "a bare 5 {op:?} 6");
        assert_eq!(holds(op, five, of(6, PEOPLE)), Err(Why::Units));
    }
    let at_least = Number { qualifier: Qualifier::AtLeast, ..five };
    assert_eq!(
        (holds(Equal, five, at_least), holds(NotEqual, five, at_least)),
        (Ok(false), Ok(true)),
        "5 is not 5以上"
    );
    // 61% is 60.6% as far as it is printed; 61 is not 62, though both may stand for 61.5.
    assert_eq!(holds(Consistent, printed(61, 0), printed(606, 1)), Ok(true));
    assert_eq!(holds(Consistent, printed(61, 0), printed(616, 1)), Ok(false));
    assert_eq!(holds(Consistent, printed(61, 0), printed(62, 0)), Ok(false));
    assert_eq!(holds(Consistent, printed(61, 0), of(61, Unit::Open)), Ok(true), "a count beside what is rounded");
    // 1.5 and an exact 3 are 4.5: rounded to even that is 2 and 4, and nobody has erred.
    let sum = arithmetic(ArithmeticOp::Add, printed(2, 0), of(3, Unit::Open), None).unwrap();
    assert_eq!(holds(Consistent, printed(4, 0), sum), Ok(true));
    assert_eq!(holds(Consistent, sum, printed(4, 0)), Ok(true));
    assert_eq!(holds(Consistent, printed(7, 0), sum), Ok(false));
}
