//! Floor 2. Facts: the statements of all files as typed relations, after the vocabulary.
mod facts;
mod vocabulary;
pub use facts::*;
pub use vocabulary::*;
