//! Floor 2. Facts: the statements of all files as typed relations, after the vocabulary.
mod cell;
mod facts;
mod lower;
mod vocabulary;
pub use facts::*;
pub use lower::Builder;
pub use vocabulary::*;
