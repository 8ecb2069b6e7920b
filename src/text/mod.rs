//! Floor 0. Sources, spans, width normalisation and faults: what every other floor points with.
mod fault;
pub mod near;
pub mod normal;
mod source;

pub use fault::{Fault, Message, Severity, Wording};
pub use source::{Position, Source, SourceId, Sources, Span};
