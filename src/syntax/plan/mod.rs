//! Plan files: statements in blocks, and rows of tables. What a keyword means is decided by the vocabulary.
mod parse;
#[cfg(test)]
mod tests;
mod token;
mod tree;
pub use parse::{Parsed, parse, tokens};
pub use token::{Token, TokenKind};
pub use tree::{Atom, Item, Row, Statement};
