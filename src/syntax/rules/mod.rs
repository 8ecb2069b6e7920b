//! Rule files: rules and vocabulary.
mod expected;
mod expr;
mod grammar;
mod kept;
mod parse;
mod query;
mod scan;
mod template;
#[cfg(test)]
mod tests;
mod token;
mod tree;
pub use expr::literal;
pub use kept::{Later, keep, kept};
pub use parse::{Parsed, parse, tokens};
pub use query::{QueryTree, query};
pub use template::dedent;
pub use token::{Brace, KEYWORDS, Keyword, Token, TokenKind};
pub use tree::*;
