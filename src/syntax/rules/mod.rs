//! Rule files: rules and vocabulary.
mod expected;
mod expr;
mod grammar;
mod parse;
mod scan;
mod template;
#[cfg(test)]
mod tests;
mod tree;
pub use expr::literal;
pub use parse::{Parsed, parse};
pub use tree::*;
