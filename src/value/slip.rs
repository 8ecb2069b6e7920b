//! Slips of the hand and of the eye: how the figure that was meant becomes the one that is printed.
use super::Exact;

/// What may have happened to a figure between the source and the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slip {
    /// Two digits that stand side by side changed places: 132 for 123.
    Transposed,
    /// A digit was left out: 12 for 123, 4 for 40.
    Dropped,
    /// A digit is one too many: 1233 for 123.
    Doubled,
    /// Another power of ten: 40百万 for 40万.
    Scale,
    /// One digit is another: 173 for 123.
    Digit,
}

/// Digits of a figure beyond which nobody counts slips.
const MOST_DIGITS: usize = 18;

/// The figures from which one slip leads to `printed`, each with that slip; the slips that are named first explain more.
/// `place` is the worth of the last printed place: of `40百万枚` a million, of `48.2%` a thousandth. A figure of one digit tells
/// nothing of the digit that was meant, so that its digit is not exchanged.
#[must_use]
pub fn meant(printed: Exact, place: Exact) -> Vec<(Exact, Slip)> {
    let mut out: Vec<(Exact, Slip)> = Vec::new();
    let Some(whole) = printed.abs().checked_div(place).filter(|w| w.is_integer()) else { return out };
    let digits: Vec<u8> = whole.to_string().bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    if digits.len() > MOST_DIGITS || whole == Exact::ZERO {
        return out;
    }
    let negative = printed < Exact::ZERO;
    let mut add = |digits: &[u8], slip: Slip| {
        let number = digits.iter().try_fold(0_i128, |n, d| n.checked_mul(10)?.checked_add(i128::from(*d)));
        let value = number.and_then(|n| Exact::from_int(n).checked_mul(place));
        let value = value.map(|v| if negative { v.negated() } else { v }).filter(|v| *v != printed);
        if let Some(value) = value.filter(|v| out.iter().all(|(known, _)| known != v)) {
            out.push((value, slip));
        }
    };
    let count = digits.len();
    for at in 1..count {
        let mut other = digits.clone();
        other.swap(at - 1, at);
        // A number is not printed with zeros before it.
        if other.first() != Some(&0) {
            add(&other, Slip::Transposed);
        }
    }
    for at in 0..=count {
        for digit in 0..10_u8 {
            let mut other = digits.clone();
            other.insert(at, digit);
            if other.first() != Some(&0) {
                add(&other, Slip::Dropped);
            }
        }
    }
    for at in (0..count).filter(|_| count > 1) {
        let mut other = digits.clone();
        other.remove(at);
        if other.first() != Some(&0) {
            add(&other, Slip::Doubled);
        }
    }
    for at in (0..count).filter(|_| count > 1) {
        for digit in 0..10_u8 {
            let mut other = digits.clone();
            if let Some(place) = other.get_mut(at) {
                *place = digit;
            }
            if other.first() != Some(&0) {
                add(&other, Slip::Digit);
            }
        }
    }
    for other in scaled(printed) {
        if out.iter().all(|(known, _)| *known != other) {
            out.push((other, Slip::Scale));
        }
    }
    out
}

/// A figure with other scales: ten, a hundred, a thousand times as much or as little, and so on.
pub fn scaled(printed: Exact) -> impl Iterator<Item = Exact> {
    let powers = [1, 2, 3, 4, 6, 8].into_iter().filter_map(Exact::pow10);
    powers.flat_map(move |by| [printed.checked_mul(by), printed.checked_div(by)]).flatten()
}

/// The slip that leads from `wanted` to `printed`, if one does.
#[must_use]
pub fn slip(printed: Exact, wanted: Exact, place: Exact) -> Option<Slip> {
    meant(printed, place).into_iter().find(|(value, _)| *value == wanted).map(|(_, slip)| slip)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(printed: i128, wanted: i128) -> Option<Slip> {
        slip(Exact::from_int(printed), Exact::from_int(wanted), Exact::ONE)
    }

    #[test]
    fn the_slips_that_people_make_are_named() {
        assert_eq!(of(132, 123), Some(Slip::Transposed));
        assert_eq!(of(12, 123), Some(Slip::Dropped));
        assert_eq!(of(4, 40), Some(Slip::Dropped));
        assert_eq!(of(1233, 123), Some(Slip::Doubled));
        assert_eq!(of(173, 123), Some(Slip::Digit));
        assert_eq!(of(40_000_000, 400_000), Some(Slip::Scale));
        assert_eq!(of(-132, -123), Some(Slip::Transposed));
        assert_eq!(of(123, 456), None);
        assert_eq!(of(3, 7), None, "one digit for another tells nothing where there is only one");
        assert_eq!(of(0, 7), None);
        assert_eq!(of(5, 0), None, "the only digit is not one too many");
    }

    #[test]
    fn nobody_counts_slips_of_nothing_or_of_a_figure_too_long_to_be_read() {
        assert!(meant(Exact::ZERO, Exact::ONE).is_empty());
        let digits = |count: u32| meant(Exact::from_int(10_i128.pow(count - 1)), Exact::ONE);
        assert!(digits(18).contains(&(Exact::from_int(10_i128.pow(16)), Slip::Doubled)));
        assert!(digits(19).is_empty());
    }

    #[test]
    fn a_figure_that_tells_nothing_is_no_slip_of_another() {
        assert!(meant(Exact::ZERO, Exact::ONE).is_empty(), "0 is what was counted, not what is left of 10");
        assert_eq!(of(3, 0), None, "nothing is not printed as 3 by a digit too many");
        let longest = 10_i128.pow(17) + 2;
        assert_eq!(of(longest, longest - 1), Some(Slip::Digit));
        assert!(meant(Exact::from_int(longest * 10), Exact::ONE).is_empty(), "nobody counts slips in so many digits");
    }

    #[test]
    fn a_figure_with_decimals_slips_in_its_printed_places() {
        let thousandth = Exact::decimal(1, 3).unwrap();
        let (printed, wanted) = (Exact::decimal(482, 3).unwrap(), Exact::decimal(428, 3).unwrap());
        assert_eq!(slip(printed, wanted, thousandth), Some(Slip::Transposed));
        // What is no multiple of its place was not printed like that.
        assert!(meant(Exact::decimal(1, 4).unwrap(), thousandth).is_empty());
    }
}
