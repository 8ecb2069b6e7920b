//! Floor 3. Facts: the statements of all files as typed relations, after the vocabulary.
mod build;
mod cell;
mod enter;
mod facts;
mod lower;
mod outline;
mod packed;
mod places;
mod readings;
mod symbols;
mod terms;
mod vocabulary;
pub use build::{Builder, DOCUMENTS};
pub(crate) use cell::figure_fault;
pub use cell::whole_number;
pub use enter::Printed;
pub use facts::*;
pub use outline::{Thing, Value, YearValue, outline};
pub use packed::Packed;
pub use places::Places;
pub use readings::ReadAs;
pub use symbols::{Symbol, Symbols};
pub use terms::{Term, Terms};

pub use vocabulary::*;
