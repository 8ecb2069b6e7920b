//! Our sources as miette reads them: only the lines that are shown, columns in characters, long lines cut.
use miette::{MietteError, SourceCode, SourceSpan, SpanContents};

use crate::text::Source;

/// Bytes kept on either side of what is shown of a line that is longer than `LONGEST`.
const AROUND: usize = 120;
/// Longer lines are cut.
const LONGEST: usize = 480;

/// One source, and the range that all labels of a snippet lie in.
#[derive(Debug)]
pub struct Window<'s> {
    /// The source.
    pub source: &'s Source,
    /// From the first to the last label.
    pub labels: std::ops::Range<usize>,
}

struct Contents<'s> {
    data: &'s [u8],
    span: SourceSpan,
    line: usize,
    column: usize,
    lines: usize,
    name: &'s str,
}

impl<'s> SpanContents<'s> for Contents<'s> {
    fn data(&self) -> &'s [u8] {
        self.data
    }
    fn span(&self) -> &SourceSpan {
        &self.span
    }
    fn line(&self) -> usize {
        self.line
    }
    fn column(&self) -> usize {
        self.column
    }
    fn line_count(&self) -> usize {
        self.lines
    }
    fn name(&self) -> Option<&str> {
        Some(self.name)
    }
}

impl SourceCode for Window<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = &self.source.text;
        let (start, end) = (span.offset(), span.offset() + span.len());
        if end > text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let (line, last) = (self.source.line_of(start), self.source.line_of(end));
        let first = line.saturating_sub(before);
        let final_line = (last + after).min(self.source.line_count().saturating_sub(1));
        let (opening, closing) = (self.source.line_range(first), self.source.line_range(final_line));
        let boundary = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let mut from = opening.start;
        if opening.len() > LONGEST {
            let at = self.labels.start.clamp(opening.start, opening.end).min(start);
            from = boundary(at.saturating_sub(AROUND).max(opening.start));
        }
        let mut to = closing.end.max(end);
        if closing.len() > LONGEST {
            let at = self.labels.end.clamp(closing.start, closing.end).max(end);
            to = boundary((at + AROUND).min(closing.end));
        }
        let data = text.get(from..to).unwrap_or("").as_bytes();
        // The header counts from the label; the snippet from its first line.
        let column = if before == 0 && after == 0 { self.source.position(start).column - 1 } else { 0 };
        let line = if before == 0 && after == 0 { line } else { first };
        Ok(Box::new(Contents {
            data,
            span: (from, to - from).into(),
            line,
            column,
            lines: final_line - first + 1,
            name: &self.source.path,
        }))
    }
}
