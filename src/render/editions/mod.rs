//! What changed between two editions: for a terminal, as JSON, as Markdown, as a page. The words of all but JSON come from
//! one place.
mod html;
mod json;
mod markdown;
mod sentences;
mod terminal;

pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use terminal::terminal;

use crate::editions::Comparison;
use crate::findings::{Lang, Messages};

/// What a renderer of a comparison works on.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// What has changed.
    pub comparison: &'a Comparison,
    /// What was named as the old and as the new edition.
    pub names: [&'a str; 2],
    /// Only the counts are told.
    pub brief: bool,
    /// Whether something could not be read, so that the comparison is not the whole.
    pub torn: bool,
    /// The words of the program.
    pub messages: &'a Messages,
    /// The language of the reader.
    pub lang: Lang,
}
