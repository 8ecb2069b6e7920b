//! Source texts and byte-exact places in them.
use std::ops::Range;

use super::Grid;

/// Number of a source in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SourceId(pub u32);

/// A byte-exact place in a source: `start..end` on the text as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The source pointed into.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `range` (bytes) of `source`.
    #[must_use]
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { source, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The bytes as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that covers both (of one source).
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A place as people count it: line and column from 1, columns in characters. In a sheet: its row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One text with its path and an index of its lines.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path as it is shown, with `/` between folders.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// The cells, if this is a sheet.
    pub grid: Option<Grid>,
    lines: Vec<u32>,
}

impl Source {
    /// Indexes the lines of `text`.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut lines = vec![0];
        lines.extend(text.match_indices('\n').filter_map(|(i, _)| u32::try_from(i + 1).ok()));
        Self { path: path.into(), text, grid: None, lines }
    }

    /// A sheet: its texts and which cell they stand in.
    #[must_use]
    pub fn sheet(path: impl Into<String>, text: impl Into<String>, grid: Grid) -> Self {
        Self { path: path.into(), text: text.into(), grid: Some(grid), lines: vec![0] }
    }

    /// A place in one word: `計画.plan:12:5`, or `資料2-4.xlsx 一覧!N12`.
    #[must_use]
    pub fn place(&self, offset: usize) -> String {
        match (&self.grid, self.grid.as_ref().and_then(|g| g.cell_at(&self.text, offset))) {
            (Some(grid), Some(cell)) => format!("{} {}", self.path, grid.name(cell.row, cell.column)),
            (Some(_), None) => self.path.clone(),
            (None, _) => {
                let at = self.position(offset);
                format!("{}:{}:{}", self.path, at.line, at.column)
            }
        }
    }

    /// Number of lines.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Index (from 0) of the line that holds byte `offset`.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|&s| s as usize <= offset).saturating_sub(1)
    }

    /// Byte range of line `index` (from 0), its line break left out.
    #[must_use]
    pub fn line_range(&self, index: usize) -> Range<usize> {
        let start = self.lines.get(index).map_or(self.text.len(), |&s| s as usize);
        let end = self.lines.get(index + 1).map_or(self.text.len(), |&s| s as usize);
        let line = self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        start..start + line.len()
    }

    /// Line and column of byte `offset`.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        if let Some(grid) = &self.grid {
            let at = grid.cell_at(&self.text, offset).map_or((0, 0), |c| (c.row as usize, c.column as usize));
            return Position { line: at.0 + 1, column: at.1 + 1 };
        }
        let line = self.line_of(offset);
        let start = self.line_range(line).start;
        let column = self.text.get(start..offset).map_or(0, |t| t.chars().count());
        Position { line: line + 1, column: column + 1 }
    }
}

/// All sources of one run, by number.
#[derive(Debug, Clone, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds a source and gives its number.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.0.push(source);
        SourceId(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX))
    }

    /// The source of a number that this collection gave.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.0.get(id.0 as usize)
    }

    /// The cells of a source, to be told what a mapping has found out about them.
    pub fn grid_mut(&mut self, id: SourceId) -> Option<&mut Grid> {
        self.0.get_mut(id.0 as usize).and_then(|s| s.grid.as_mut())
    }

    /// The text under a span; empty if there is none.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).and_then(|s| s.text.get(span.range())).unwrap_or("")
    }

    /// A place in one line: `path:line:column text`; `None` for an empty span.
    #[must_use]
    pub fn describe(&self, span: Span) -> Option<String> {
        let source = self.get(span.source).filter(|_| !span.range().is_empty())?;
        let place = source.place(span.range().start);
        Some(format!("{place} {}", self.text(span).lines().next().unwrap_or("")))
    }

    /// All sources with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.0.iter().enumerate().map(|(i, s)| (SourceId(u32::try_from(i).unwrap_or(u32::MAX)), s))
    }
}
