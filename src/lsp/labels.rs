//! The parts of a reference as it is written: `資料2-1:Ⅱ-2:"…"`.
use crate::plan::Reference;
use crate::text::Span;

use super::view::View;

/// Where the parts of a reference stand. Texts are without their quotes.
pub(super) struct Parts {
    /// The code of the document.
    pub(super) document: Option<Span>,
    /// The code of the 分野 between.
    pub(super) within: Option<Span>,
    /// The number or name.
    pub(super) key: Span,
}

/// Takes a reference apart.
pub(super) fn parts(view: &View, reference: &Reference) -> Parts {
    let text = view.read.sources.text(reference.span);
    let (start, source) = (reference.span.range().start, reference.span.source);
    let mut pieces = Vec::new();
    let mut from = 0;
    let labels = usize::from(reference.document.is_some()) + usize::from(reference.within.is_some());
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, ':' | '：')) {
        if pieces.len() < labels {
            pieces.push(from..at);
            from = at + c.len_utf8();
        }
    }
    let spans = pieces.into_iter().map(|piece| trimmed(text, piece));
    let mut spans = spans.map(|piece| Span::new(source, start + piece.start..start + piece.end));
    let document = spans.next();
    let within = spans.next();
    let key = Span::new(source, start + from..start + text.len());
    Parts { document, within, key: bare(view, key) }
}

fn trimmed(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let piece = text.get(range.clone()).unwrap_or("");
    let start = range.start + piece.len() - piece.trim_start().len();
    start..start + piece.trim().len()
}

/// A span without blanks around it and without quotes.
pub(super) fn bare(view: &View, span: Span) -> Span {
    let text = view.read.sources.text(span);
    let range = trimmed(text, 0..text.len());
    let inside = text.get(range.clone()).unwrap_or("");
    let pairs = [('"', '"'), ('＂', '＂'), ('“', '”'), ('「', '」')];
    let (first, last) = (inside.chars().next(), inside.chars().next_back());
    let quoted = pairs.iter().find(|(open, close)| {
        first == Some(*open) && last == Some(*close) && inside.len() >= open.len_utf8() + close.len_utf8()
    });
    let (open, close) = quoted.map_or((0, 0), |(open, close)| (open.len_utf8(), close.len_utf8()));
    let start = span.range().start;
    Span::new(span.source, start + range.start + open..start + range.end - close)
}
