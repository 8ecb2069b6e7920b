//! Floor 0. Sources, spans, width normalisation and faults: what every other floor points with.
mod fault;
mod grid;
pub mod near;
pub mod normal;
mod source;

pub use fault::{Fault, Message, Severity, Wording};
pub use grid::{CellKind, Grid, GridCell, Merge, cell_name, cell_number, column_name, column_number};
pub use source::{Position, Source, SourceId, Sources, Span};
