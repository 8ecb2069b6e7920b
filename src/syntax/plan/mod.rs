//! Plan files: statements in blocks, and rows of tables. What a keyword means is decided by the vocabulary.
mod parse;
#[cfg(test)]
mod tests;
mod tree;
pub use parse::{Parsed, parse};
pub use tree::{Atom, Item, Row, Statement};
