//! Floor 0. Sources, spans, width normalisation and faults: what every other floor points with.
mod fault;
pub mod formula;
mod grid;
pub mod near;
pub mod normal;
pub mod record;
mod source;
mod stop;
mod stored;
mod threads;
pub mod visible;

pub use fault::{Fault, MOST_FAULTS, Message, Severity, Wording};
pub use grid::{
    Block, CellKind, Cells, Grid, GridCell, Merge, Page, Starts, cell_name, cell_number, cells_of_line, column_name,
    column_number,
};
pub use source::{Position, Source, SourceId, Sources, Span};
pub use stop::{Limit, MOST_WORDS, Phase, Stop};
pub use stored::{Bytes, Stretch, Text};
pub use threads::{each_of, in_turn, threads};
