//! Where findings stand, for formats that have words of their own for places.
use rustc_hash::FxHashMap;

use super::super::report::Report;
use crate::text::{Cells, Position, Source, SourceId, Sources, Span, cell_name};

/// What columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Unicode code points.
    Characters,
    /// Bytes of UTF-8.
    Bytes,
}

/// A stretch of a text file; the end is one past the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub start: Position,
    pub end: Position,
}

/// Finds places. Lines of CSV files, which are rows everywhere else, are counted once.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    lines: FxHashMap<SourceId, Vec<u32>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(report: &Report<'a>) -> Self {
        let mut lines = FxHashMap::default();
        let spans = report.findings.iter().flat_map(|f| f.related.iter().map(|l| l.span).chain([f.span]));
        for id in spans.map(|span| span.source) {
            if let Some(source) = report.sources.get(id).filter(|s| is_delimited(s)) {
                lines.entry(id).or_insert_with(|| starts(source));
            }
        }
        Self { sources: report.sources, lines }
    }

    /// The file of a place; `None` for what stands in none.
    pub(super) fn source(&self, span: Span) -> Option<&'a Source> {
        self.sources.get(span.source).filter(|source| !source.path.is_empty())
    }

    /// The path of a place; empty for what stands in no file.
    pub(super) fn path(&self, span: Span) -> &'a str {
        self.source(span).map_or("", |source| source.path.as_str())
    }

    /// Lines and columns of a place in a text file; `None` in a workbook and in what could not be read.
    pub(super) fn region(&self, span: Span, unit: Unit) -> Option<Region> {
        let source = self.source(span).filter(|s| !is_workbook(s) && !s.text.is_empty())?;
        let at = |offset: usize| {
            let (line, start) = match self.lines.get(&span.source) {
                Some(starts) => {
                    let line = starts.partition_point(|s| *s as usize <= offset).saturating_sub(1);
                    (line, starts.get(line).copied().unwrap_or(0) as usize)
                }
                None => {
                    let line = source.line_of(offset);
                    (line, source.line_range(line).start)
                }
            };
            let before = source.part(start..offset);
            let column = if unit == Unit::Bytes { before.len() } else { before.chars().count() };
            Position { line: line + 1, column: column + 1 }
        };
        Some(Region { start: at(span.range().start), end: at(span.range().end) })
    }

    /// Sheet (empty in a CSV file) and cell, or first and last cell, of a place in a spreadsheet.
    pub(super) fn cell(&self, span: Span) -> Option<(&'a str, String)> {
        let source = self.source(span)?;
        let grid = source.grid.as_ref()?;
        let name = |offset: usize| source.cell_at(offset).map(|c| cell_name(c.row, c.column));
        let range = span.range();
        let first = name(range.start)?;
        Some((
            &grid.sheet,
            match name(range.end.saturating_sub(1).max(range.start)) {
                Some(last) if last != first => format!("{first}:{last}"),
                _ => first,
            },
        ))
    }

    /// The cell as spreadsheets name it: `一覧!N12`.
    pub(super) fn cell_name(&self, span: Span) -> Option<String> {
        let (sheet, cell) = self.cell(span)?;
        Some(if sheet.is_empty() { cell } else { format!("{sheet}!{cell}") })
    }

    /// The row (in a spreadsheet) or line of a place, from 1.
    pub(super) fn line(&self, span: Span) -> usize {
        self.source(span).map_or(1, |source| source.position(span.range().start).line)
    }

    /// A place in one word for people: `計画.plan:12:5`, or `資料2-4.xlsx 一覧!N12`.
    pub(super) fn word(&self, span: Span) -> String {
        self.source(span).map_or_else(String::new, |source| source.place(span.range().start))
    }
}

/// Whether a source is a CSV or TSV file.
fn is_delimited(source: &Source) -> bool {
    source.grid.as_ref().is_some_and(|g| matches!(g.cells, Cells::Delimited { .. }))
}

/// Whether a source is a sheet of a workbook, which has no lines.
pub(super) fn is_workbook(source: &Source) -> bool {
    source.grid.as_ref().is_some_and(|g| matches!(g.cells, Cells::Listed(_)))
}

/// Where the lines of a text file begin.
fn starts(source: &Source) -> Vec<u32> {
    // A text that is not held is one of which every line is a row.
    if let (false, Some(Cells::Delimited { rows, .. })) =
        (source.text.is_held(), source.grid.as_ref().map(|g| &g.cells))
    {
        return rows.to_vec();
    }
    let text = source.text.as_str();
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    [0].into_iter().chain(ends.filter_map(|at| u32::try_from(at + 1).ok())).collect()
}

/// A path as a URI reference: relative as it is, absolute as `file:`; everything that is not plain is encoded.
pub(super) fn uri(path: &str) -> String {
    let bytes = path.as_bytes();
    let drive = matches!(bytes, [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    let (mut out, path) = match path.split_at_checked(2) {
        Some((drive_name, rest)) if drive => (format!("file:///{drive_name}"), rest),
        _ if path.starts_with('/') => ("file://".to_owned(), path),
        _ => (String::new(), path),
    };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference_that_no_character_can_change() {
        assert_eq!(uri("specs/資料2-1.plan"), "specs/%E8%B3%87%E6%96%992-1.plan");
        assert_eq!(uri("a b%20#?:<\">.plan"), "a%20b%2520%23%3F%3A%3C%22%3E.plan");
        assert_eq!(uri("/tmp/a.plan"), "file:///tmp/a.plan");
        assert_eq!(uri("C:/計画.plan"), "file:///C:/%E8%A8%88%E7%94%BB.plan");
        assert_eq!(uri("C:a\\b"), "C%3Aa%5Cb");
    }
}
