//! How many threads work at once.
use std::num::NonZero;

/// As many as the system lets this process run at once, at least one.
#[must_use]
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}
