//! The smallest things that are read and computed, each held against a second way to the same: hundreds of thousands of
//! inputs a second.
mod date;
mod display;
mod exact;
mod figure;
mod interval;
mod normal;
mod record;
mod slip;
mod visible;
mod year;

use super::{Target, text};
use totsugo::value::Exact;

/// Those that read a cell, a line or a few numbers.
pub const SMALL: [Target; 10] = [
    ("figure", figure::run),
    ("year", year::run),
    ("date", date::run),
    ("record", record::run),
    ("visible", visible::run),
    ("normal", normal::run),
    ("display", display::run),
    ("exact", exact::run),
    ("interval", interval::run),
    ("slip", slip::run),
];

/// Numbers out of the bytes of an input; zeros behind its end.
struct Numbers<'b>(&'b [u8]);

impl Numbers<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// A number below `n`.
    fn below(&mut self, n: u8) -> u8 {
        self.byte() % n
    }

    /// A whole number, mostly a small one: a byte says how many more it has.
    fn whole(&mut self) -> i64 {
        let mut out = i64::from(self.byte().cast_signed());
        for _ in 0..self.below(8) {
            out = (out << 8) | i64::from(self.byte());
        }
        out
    }

    /// A number with at most three decimals.
    fn decimal(&mut self) -> Exact {
        let places = u32::from(self.below(4));
        Exact::decimal(i128::from(self.whole()), places).expect("three decimals")
    }
}
