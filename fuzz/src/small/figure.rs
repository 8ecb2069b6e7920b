//! Any text as what stands in a cell: a figure is what its digits say, however it is printed.
use totsugo::value::{Exact, Figure, FigureFault, Interval, Quantity, Rounding, parts};

use super::text;

/// A text without the commas between its digits.
fn bare(text: &str) -> String {
    text.replace([',', '，'], "")
}

/// What it denotes has its value in it, and is no wider than two of its last places.
fn denotes(read: &Quantity<'_>) {
    assert!(read.place > Exact::ZERO, "{read:?}");
    let most = read.place.checked_add(read.place);
    for rounding in [Rounding::Nearest, Rounding::Down, Rounding::Up, Rounding::Exact] {
        let interval = Interval::of(read.value, read.place, rounding);
        assert!(interval.contains(read.value) && interval.width() <= most, "{read:?}: {interval}");
        let widened = interval.widen(read.qualifier, read.value, read.place);
        let ends = [widened.low.at, widened.high.at].into_iter().flatten();
        assert!(widened.contains(read.value) || ends.into_iter().any(|at| at == read.value), "{read:?}: {widened}");
    }
}

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    let mut end = 0;
    for (_, range) in parts(&text) {
        assert!(range.start >= end, "{range:?}");
        end = range.end;
        let part = text.get(range).expect("a part of the text");
        match Figure::read(part) {
            Ok(Figure::Quantity(read)) => {
                assert!(part.contains(read.unit), "{read:?}");
                denotes(&read);
                // All decimals are shown if they are nine at most.
                let shown = read.value.checked_mul(Exact::pow10(9).expect("small")).is_some_and(Exact::is_integer);
                for printed in [read.value.abs().to_string(), read.value.abs().grouped()] {
                    let digits = printed.bytes().filter(u8::is_ascii_digit).count();
                    if shown && digits <= 18 {
                        let printed = format!("{printed}{}", read.unit);
                        let Ok(Figure::Quantity(again)) = Figure::read(&printed) else { panic!("{printed}") };
                        assert_eq!((again.value, again.unit), (read.value.abs(), read.unit), "{printed}");
                    }
                }
            }
            Err(FigureFault::Grouping(meant)) => {
                let (right, plain) = (Figure::read(&meant), bare(part));
                if let (Ok(Figure::Quantity(right)), Ok(Figure::Quantity(plain))) = (right, Figure::read(&plain)) {
                    assert_eq!((right.value, right.place), (plain.value, plain.place), "{meant}");
                }
            }
            _ => {}
        }
    }
}
