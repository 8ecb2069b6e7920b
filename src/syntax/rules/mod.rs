//! Rule files: rules and vocabulary.
mod expected;
mod expr;
mod grammar;
mod parse;
mod query;
mod scan;
mod template;
#[cfg(test)]
mod tests;
mod tree;
pub use expr::literal;
pub use parse::{Parsed, parse};
pub use query::{QueryTree, query};
pub use tree::*;
