//! Plan files: statements in blocks, and rows of tables. What a keyword means is decided by the vocabulary.
mod tree;
pub use tree::{Atom, Item, Row, Statement};
