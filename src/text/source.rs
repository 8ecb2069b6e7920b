//! Source texts and byte-exact places in them.
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use elsa::sync::FrozenMap;

use super::{Cells, Grid, GridCell, Page, Text};

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
    pub text: Text,
    /// The cells, if this is a sheet.
    pub grid: Option<Grid>,
    /// Where each line begins; most texts are never asked for their lines.
    lines: OnceLock<Vec<u32>>,
    /// The rows of a delimited text whose cells were asked for.
    rows: Arc<FrozenMap<u32, Box<[GridCell]>>>,
}

impl Source {
    /// A text that has lines.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<Text>) -> Self {
        Self { path: path.into(), text: text.into(), grid: None, lines: OnceLock::new(), rows: Arc::default() }
    }

    /// A sheet: its texts and which cell they stand in.
    #[must_use]
    pub fn sheet(path: impl Into<String>, text: impl Into<Text>, grid: Grid) -> Self {
        Self { path: path.into(), text: text.into(), grid: Some(grid), lines: vec![0].into(), rows: Arc::default() }
    }

    /// A place in one word: `計画.plan:12:5`, or `資料2-4.xlsx 一覧!N12`.
    #[must_use]
    pub fn place(&self, offset: usize) -> String {
        match (&self.grid, self.cell_at(offset)) {
            (Some(grid), Some(cell)) => format!("{} {}", self.path, grid.name(cell.row, cell.column)),
            (Some(_), None) => self.path.clone(),
            (None, _) => {
                let at = self.position(offset);
                format!("{}:{}:{}", self.path, at.line, at.column)
            }
        }
    }

    /// A part of the text. Of a row of a delimited text that is not held the whole is read, and kept: more of it will be asked
    /// for.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> &str {
        let grid = self.grid.as_ref().filter(|grid| matches!(grid.cells, Cells::Delimited { .. }));
        let Some(grid) = grid.filter(|_| !self.text.is_held()) else { return self.text.part(range) };
        let row = grid.row_at(range.start);
        let whole = grid.bytes(row..row.saturating_add(1), self.text.len());
        match (range.start.checked_sub(whole.start), range.end <= whole.end) {
            (Some(start), true) => self.text.part(whole).get(start..start + range.len()).unwrap_or(""),
            _ => self.text.part(range),
        }
    }

    /// What stands in a cell of the sheet, as it is written.
    #[must_use]
    pub fn written(&self, cell: &GridCell) -> &str {
        self.part(cell.start as usize..cell.end as usize)
    }

    /// The text of a cell of the sheet.
    #[must_use]
    pub fn text_of(&self, cell: &GridCell) -> Cow<'_, str> {
        cell.unquoted(self.written(cell))
    }

    /// The cells of a row (from 0) of the sheet that are not blank, by column.
    #[must_use]
    pub fn row(&self, row: u32) -> Vec<GridCell> {
        let Some(grid) = &self.grid else { return Vec::new() };
        let range = match &grid.cells {
            // The cells of a workbook are known without its text.
            Cells::Listed(_) => 0..0,
            Cells::Delimited { .. } => grid.bytes(row..row.saturating_add(1), self.text.len()),
        };
        grid.row(Page { base: range.start, bytes: self.part(range).as_bytes() }, row)
    }

    /// The cell of a sheet that holds byte `offset`, or the one before it.
    #[must_use]
    pub fn cell_at(&self, offset: usize) -> Option<GridCell> {
        match &self.grid.as_ref()?.cells {
            Cells::Listed(cells) => {
                let after = cells.partition_point(|c| c.start as usize <= offset);
                cells.get(after.saturating_sub(1)).copied()
            }
            Cells::Delimited { rows, .. } if rows.is_empty() => None,
            Cells::Delimited { .. } => {
                let cells = self.known_row(self.row_at(offset));
                let after = cells.iter().take_while(|c| c.start as usize <= offset).count();
                cells.get(after.saturating_sub(1)).copied()
            }
        }
    }

    /// The row (from 0) of a sheet that holds byte `offset`, or the one before it.
    #[must_use]
    pub fn row_at(&self, offset: usize) -> u32 {
        self.grid.as_ref().map_or(0, |g| g.row_at(offset))
    }

    /// The cell of a sheet in a row and column (from 0), if it is not blank.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Option<GridCell> {
        let Cells::Listed(cells) = &self.grid.as_ref()?.cells else {
            return self.known_row(row).iter().find(|c| c.column == column).copied();
        };
        let at = cells.binary_search_by_key(&(row, column), |c| (c.row, c.column)).ok()?;
        cells.get(at).copied()
    }

    /// The first byte of the first cell of a row (from 0) of the sheet.
    #[must_use]
    pub fn begin_of(&self, row: u32) -> Option<usize> {
        let first = match &self.grid.as_ref()?.cells {
            Cells::Listed(cells) => cells.get(cells.partition_point(|c| c.row < row)).filter(|c| c.row == row),
            Cells::Delimited { .. } => self.known_row(row).first(),
        };
        first.map(|cell| cell.start as usize)
    }

    /// The cells of a row of a delimited text; they are kept, since who shows a place asks for it again and again.
    fn known_row(&self, row: u32) -> &[GridCell] {
        self.rows.get(&row).unwrap_or_else(|| self.rows.insert(row, self.row(row).into_boxed_slice()))
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            [0].into_iter().chain(ends.filter_map(|at| u32::try_from(at + 1).ok())).collect()
        })
    }

    /// Number of lines.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines().len()
    }

    /// Index (from 0) of the line that holds byte `offset`.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines().partition_point(|&s| s as usize <= offset).saturating_sub(1)
    }

    /// Byte range of line `index` (from 0), its line break left out.
    #[must_use]
    pub fn line_range(&self, index: usize) -> Range<usize> {
        let start = self.lines().get(index).map_or(self.text.len(), |&s| s as usize);
        let end = self.lines().get(index + 1).map_or(self.text.len(), |&s| s as usize);
        let line = self.part(start..end).trim_end_matches(['\n', '\r']);
        start..start + line.len()
    }

    /// Line and column of byte `offset`.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        if self.grid.is_some() {
            let at = self.cell_at(offset).map_or((0, 0), |c| (c.row as usize, c.column as usize));
            return Position { line: at.0 + 1, column: at.1 + 1 };
        }
        let line = self.line_of(offset);
        let start = self.line_range(line).start;
        let column = self.part(start..offset).chars().count();
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

    /// Puts another source in the place of one.
    pub fn replace(&mut self, id: SourceId, source: Source) {
        if let Some(place) = self.0.get_mut(id.0 as usize) {
            *place = source;
        }
    }

    /// The cells of a source, to be told what a mapping has found out about them.
    pub fn grid_mut(&mut self, id: SourceId) -> Option<&mut Grid> {
        self.0.get_mut(id.0 as usize).and_then(|s| s.grid.as_mut())
    }

    /// The text under a span; empty if there is none.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).map_or("", |s| s.part(span.range()))
    }

    /// A place in one line: `path:line:column text`; `None` for an empty span.
    #[must_use]
    pub fn describe(&self, span: Span) -> Option<String> {
        let source = self.get(span.source).filter(|_| !span.range().is_empty())?;
        let place = source.place(span.range().start);
        Some(format!("{place} {}", self.text(span).lines().next().unwrap_or("")))
    }

    /// The first source whose file changed, or could no longer be read, before everything asked of it was.
    #[must_use]
    pub fn lost(&self) -> Option<&Source> {
        self.0.iter().find(|source| source.text.is_lost())
    }

    /// All sources with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.0.iter().enumerate().map(|(i, s)| (SourceId(u32::try_from(i).unwrap_or(u32::MAX)), s))
    }
}
