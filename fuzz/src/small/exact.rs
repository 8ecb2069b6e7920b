//! Numbers: what is computed with them is what whole numbers give when both are brought to one denominator.
use std::cmp::Ordering;

use totsugo::value::{Exact, Figure, Rounding};

use super::Numbers;

/// A thousand times a number with three decimals.
fn thousandths(of: Exact) -> i128 {
    of.checked_mul(Exact::from_int(1000)).filter(|n| n.is_integer()).map(|n| *n.0.numer()).expect("three decimals")
}

/// A quotient of whole numbers as a whole number, the half of it and what is left over as said.
fn divided(of: i128, by: i128, rounding: Rounding) -> i128 {
    let (whole, left) = (of.abs() / by, of.abs() % by);
    let up = match rounding {
        Rounding::Nearest => 2 * left >= by,
        Rounding::Up => left > 0,
        _ => false,
    };
    of.signum() * (whole + i128::from(up))
}

pub fn run(bytes: &[u8]) {
    let mut from = Numbers(bytes);
    let (a, b) = (from.decimal(), from.decimal());
    let (x, y) = (thousandths(a), thousandths(b));
    let of = |numerator: i128, denominator: i128| Some(Exact(num_rational::Ratio::new(numerator, denominator)));
    assert_eq!(a.cmp(&b), x.cmp(&y));
    assert_eq!(a.checked_add(b), of(x + y, 1000));
    assert_eq!(a.checked_sub(b), of(x - y, 1000));
    // Three times nineteen digits are more than can be counted.
    if let Some(product) = x.checked_mul(y) {
        assert!(a.checked_mul(b).is_none_or(|p| Some(p) == of(product, 1_000_000)));
        assert!(a.checked_mul(b).is_some() || product.abs() > 1 << 90, "{a} × {b}");
    }
    match y.cmp(&0) {
        Ordering::Equal => assert_eq!(a.checked_div(b), None),
        _ => assert!(a.checked_div(b).is_none_or(|q| Some(q) == of(x, y)), "{a} ÷ {b}"),
    }
    let digits = u32::from(from.below(3));
    let by = 10_i128.pow(3 - digits);
    for rounding in [Rounding::Nearest, Rounding::Down, Rounding::Up] {
        let rounded = a.round(digits.cast_signed(), rounding);
        assert_eq!(rounded, of(divided(x, by, rounding), 10_i128.pow(digits)), "{a} {rounding:?}");
    }
    // What is shown of it is read as the same number.
    for shown in [a.abs().to_string(), a.abs().grouped(), a.abs().format_fixed(3), a.abs().format_decimal(3)] {
        let long = shown.bytes().filter(u8::is_ascii_digit).count() > 18;
        let Ok(Figure::Quantity(read)) = Figure::read(&shown) else {
            assert!(long, "{shown}");
            continue;
        };
        assert_eq!(read.value, a.abs(), "{shown}");
    }
}
