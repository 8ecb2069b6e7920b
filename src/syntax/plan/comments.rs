//! Comments and what they stand by: the statement or row below, or the line that they end.
use crate::text::Span;
use crate::text::normal::narrow;

/// A comment of a plan file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// From its `#` to the end of the line.
    pub span: Span,
    /// What it stands by. On a line of its own: the next statement with its block, or the next row, of the same block;
    /// nothing (an empty span) where none follows. Behind something else: that line.
    pub scope: Span,
}

/// Finds what each comment stands by. `extents` are the statements and rows by where they begin, each with all it holds.
pub(super) fn placed(text: &str, mut comments: Vec<Span>, extents: &[Span]) -> Vec<Comment> {
    comments.sort();
    let mut around: Vec<Span> = Vec::new();
    let mut next = 0;
    let place = |span: Span| {
        while let Some(extent) = extents.get(next).filter(|e| e.start < span.start) {
            around.push(*extent);
            next += 1;
        }
        around.retain(|extent| extent.end > span.start);
        let start = text.get(..span.range().start).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
        let before = text.get(start..span.range().start).unwrap_or("");
        let scope = if before.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
            let inside = |extent: &&Span| around.last().is_none_or(|block| extent.end <= block.end);
            extents.get(next).filter(inside).copied().unwrap_or(Span { start: span.end, ..span })
        } else {
            Span::new(span.source, start..span.range().end)
        };
        Comment { span, scope }
    };
    comments.into_iter().map(place).collect()
}

/// A line without the comment that ends it. One with a text that is not closed is left as it is.
pub(super) fn without(line: &str) -> &str {
    let (mut closing, mut escaped, mut hash) = (None, false, None);
    for (at, c) in line.char_indices() {
        match (closing, c) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(end), _) if narrow(c) == end && !escaped => closing = None,
            (None, '"' | '＂') => closing = Some('"'),
            (None, '“') => closing = Some('”'),
            (None, '「') => closing = Some('」'),
            (None, '#' | '＃') => {
                hash = Some(at);
                break;
            }
            _ => {}
        }
        escaped = false;
    }
    hash.and_then(|at| line.get(..at)).unwrap_or(line)
}
