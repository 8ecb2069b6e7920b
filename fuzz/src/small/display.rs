//! Any number in any display format of a workbook: it is shown, and by the simple formats as its exact value is rounded.
use totsugo::ingest::Format;
use totsugo::value::{Exact, group};

use super::{Numbers, text};

/// What simple formats show of a number without sign.
fn simply(value: Exact, way: u8) -> (&'static str, String) {
    let hundredfold = value.checked_mul(Exact::from_int(100)).expect("small");
    match way {
        0 => ("0", value.format_fixed(0)),
        1 => ("0.0", value.format_fixed(1)),
        2 => ("0.00", value.format_fixed(2)),
        3 => ("#,##0", group(&value.format_fixed(0))),
        4 => ("#,##0.0", group(&value.format_fixed(1))),
        5 => ("0%", hundredfold.format_fixed(0) + "%"),
        _ => ("0.0%", hundredfold.format_fixed(1) + "%"),
    }
}

pub fn run(bytes: &[u8]) {
    let mut from = Numbers(bytes);
    let (way, places, of_1904) = (from.below(7), u32::from(from.below(6)), from.byte() % 2 == 1);
    // Of more digits, the fifteenth that is shown may be off by one; a percentage has two more.
    let digits = if way < 5 { 12 } else { 10 };
    let value = Exact::decimal(i128::from(from.whole() % 10_i64.pow(digits)), places).expect("small");
    let number: f64 = value.format_fixed(6).parse().expect("a number");
    let (code, wanted) = simply(value.abs(), way);
    let (shown, _) = Format::new(code).show(number, of_1904);
    assert_eq!(shown.trim_start_matches('-'), wanted, "{number} as {code}");
    let code = text(from.0);
    let _ = Format::new(&code).show(number, of_1904);
}
