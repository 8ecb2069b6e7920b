//! Rule files: rules and vocabulary.
mod tree;
pub use tree::*;
