//! Floor 1. Pure values: exact numbers, intervals, printed figures, units, fiscal years and dates.
mod date;
mod exact;
mod figure;
mod interval;
mod slip;
#[cfg(test)]
mod tests;
mod year;

pub use date::{Date, DateFault};
pub use exact::{Exact, group};
pub use figure::{Figure, FigureFault, Qualifier, Quantity, parts};
pub use interval::{End, Interval, Rounding};
pub use slip::{Slip, meant, scaled, slip};
pub use year::{FiscalYear, YearFault};
