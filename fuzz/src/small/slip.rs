//! Figures and the slips that lead to them: what one slip makes another one undoes.
use totsugo::value::{Exact, Slip, meant, slip};

use super::Numbers;

pub fn run(bytes: &[u8]) {
    let mut from = Numbers(bytes);
    let place = Exact::pow10(i32::from(from.below(8)) - 3).expect("small");
    let Some(printed) = Exact::from_int(i128::from(from.whole())).checked_mul(place) else { return };
    let all = meant(printed, place);
    let most = Exact::pow10(18).and_then(|most| most.checked_mul(place)).expect("small");
    let Some((wanted, by)) = all.get(usize::from(from.byte()) % all.len().max(1)) else { return };
    assert!(*wanted != printed && all.iter().filter(|(other, _)| other == wanted).count() == 1, "{wanted}");
    // Of more digits nobody counts slips.
    if wanted.abs() >= most {
        return;
    }
    let back = || slip(*wanted, printed, place);
    match by {
        Slip::Transposed | Slip::Digit => assert_eq!(back(), Some(*by), "{printed} for {wanted}"),
        // A digit that was left out is one too many the other way round.
        Slip::Dropped => assert_eq!(back(), Some(Slip::Doubled), "{printed} for {wanted}"),
        Slip::Doubled => assert_eq!(back(), Some(Slip::Dropped), "{printed} for {wanted}"),
        Slip::Scale => {}
    }
}
