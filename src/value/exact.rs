//! Exact rationals on `i128` with checked arithmetic: an overflow is an answer (`None`), never a wrong number.
use num_rational::Ratio;

/// An exact rational number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Exact(pub Ratio<i128>);
