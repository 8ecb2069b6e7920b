//! The graph of references as a picture: documents as frames, their rows as they are printed, and what refers to what.
//! `choose` says what is shown, `node` what stands in each box, `arrange` where it lies, `draw` writes it.
mod arrange;
mod choose;
mod draw;
mod figure;
mod focus;
mod head;
mod link;
mod node;
mod words;

use crate::findings::{Lang, Messages};
use crate::graph::Graph;
use crate::plan::{Facts, RowRef};
use crate::text::{Sources, Span};

pub use choose::Counts;
pub use focus::focus;

/// The look of pictures that stand in a page. A picture of its own brings it with it.
pub const CSS: &str = include_str!("picture.css");
/// Zooming and following in a page: works on every [`figure()`] that it finds.
pub const JS: &str = include_str!("picture.js");
/// More rows than these are not shown at once.
pub const MOST: usize = 1_500;

/// What is to be known of a place that something is wrong with.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// The place of the finding.
    pub place: Span,
    /// Where more is to be read: `#finding-3`.
    pub href: String,
    /// What it says.
    pub title: String,
}

/// What a picture shows, and how.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Begins every `id`, so that several pictures can stand in one page: letters, digits and `-`.
    pub prefix: &'a str,
    /// Not more rows than these.
    pub most: usize,
    /// Only these rows and what hangs together with them; nothing for all.
    pub focus: &'a [RowRef],
    /// Places with findings, which get a link.
    pub anchors: &'a [Anchor],
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { prefix: "", most: MOST, focus: &[], anchors: &[] }
    }
}

/// What is drawn, and in which words.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The rows.
    pub facts: &'a Facts,
    /// What refers to what.
    pub graph: &'a Graph,
    /// The texts, for places and what is printed there.
    pub sources: &'a Sources,
    /// The words of the program.
    pub messages: &'a Messages,
    /// The language of the reader.
    pub lang: Lang,
}

impl Subject<'_> {
    fn say(&self, id: &str, arguments: &[(&'static str, &dyn ToString)]) -> String {
        self.messages.text(self.lang, id, arguments)
    }
}

/// The picture as a file of its own.
#[must_use]
pub fn svg(subject: &Subject<'_>, options: &Options<'_>) -> String {
    let body = draw::draw(subject, options, Some(CSS));
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}")
}

/// The picture as a piece of a page, with buttons to zoom and a place for what a row is linked with. The page brings [`CSS`]
/// and [`JS`]; without the second it can still be read and its links followed.
#[must_use]
pub fn figure(subject: &Subject<'_>, options: &Options<'_>) -> String {
    figure::figure(subject, options)
}

/// How much of the graph a picture with these options shows.
#[must_use]
pub fn counts(facts: &Facts, graph: &Graph, options: &Options<'_>) -> Counts {
    choose::choose(facts, graph, options.most, options.focus).counts
}
