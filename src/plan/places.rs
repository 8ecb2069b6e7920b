//! Where the cells of a table stand.
//!
//! A cell of a plan file has its place written beside it. Of the rows of a sheet that are read column by column nothing
//! is written but the head of the row: the cell stands in that row of the sheet and in the column that the mapping named,
//! and is found there again when somebody asks.
use std::ops::Range;
use std::sync::Arc;

use super::{Cell, ColumnId, Facts, RelationId, RowRef};
use crate::text::{SourceId, Sources, Span};

/// The places of the cells of one table.
#[derive(Debug, Clone, Default)]
pub struct Places {
    runs: Vec<Run>,
    /// By column: the places of the rows whose run writes them.
    written: Vec<Vec<Span>>,
}

/// Rows one after the other whose places are known in the same way.
#[derive(Debug, Clone)]
struct Run {
    first: u32,
    known: Known,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Known {
    /// The first row has this number in `written`.
    Written(usize),
    /// The sheet, and the column of it by column of the relation.
    Sheet(SourceId, Arc<[Option<u32>]>),
}

impl Places {
    /// The places of a table of so many columns.
    #[must_use]
    pub fn new(columns: usize) -> Self {
        Self { runs: Vec::new(), written: vec![Vec::new(); columns] }
    }

    /// A new row (by its number) of a plan file: nothing is written yet, and `nowhere` is where.
    pub(super) fn push_written(&mut self, row: u32, nowhere: Span) {
        if !matches!(self.runs.last(), Some(Run { known: Known::Written(_), .. })) {
            let before = self.written.first().map_or(0, Vec::len);
            self.runs.push(Run { first: row, known: Known::Written(before) });
        }
        self.written.iter_mut().for_each(|c| c.push(nowhere));
    }

    /// A new row (by its number) of a sheet whose columns are `columns`.
    #[inline]
    pub(super) fn push_sheet(&mut self, row: u32, sheet: SourceId, columns: &Arc<[Option<u32>]>) {
        let same =
            |run: &Run| matches!(&run.known, Known::Sheet(id, known) if *id == sheet && Arc::ptr_eq(known, columns));
        if !self.runs.last().is_some_and(same) {
            self.runs.push(Run { first: row, known: Known::Sheet(sheet, Arc::clone(columns)) });
        }
    }

    /// Writes the place of a cell; nothing in a row of a sheet.
    pub(super) fn set(&mut self, row: u32, column: ColumnId, span: Span) {
        if let Some((Known::Written(from), first)) = self.run(row).map(|r| (&r.known, r.first)) {
            let at = from + (row - first) as usize;
            if let Some(place) = self.written.get_mut(column.0 as usize).and_then(|c| c.get_mut(at)) {
                *place = span;
            }
        }
    }

    /// The runs with the rows of each, of a table of so many rows.
    fn runs(&self, count: usize) -> impl Iterator<Item = (&Known, Range<u32>)> {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let ends = self.runs.iter().skip(1).map(|r| r.first).chain([count]);
        self.runs.iter().zip(ends).map(|(run, end)| (&run.known, run.first..end))
    }

    fn run(&self, row: u32) -> Option<&Run> {
        // What is entered stands in the last run.
        self.runs.last().filter(|r| r.first <= row).or_else(|| {
            let after = self.runs.partition_point(|r| r.first <= row);
            after.checked_sub(1).and_then(|n| self.runs.get(n))
        })
    }

    /// The place that is written for a cell.
    pub(super) fn written(&self, row: u32, column: ColumnId) -> Option<Span> {
        self.at(row, column)?.ok()
    }

    /// The place that is written for a cell, or the column of the sheet that it stands in.
    fn at(&self, row: u32, column: ColumnId) -> Option<Result<Span, u32>> {
        let run = self.run(row)?;
        match &run.known {
            Known::Written(from) => {
                let at = from + (row - run.first) as usize;
                self.written.get(column.0 as usize)?.get(at).copied().map(Ok)
            }
            Known::Sheet(_, columns) => columns.get(column.0 as usize).copied().flatten().map(Err),
        }
    }
}

impl Facts {
    /// The place of a cell; an empty one at the head of the row where nothing is written.
    #[must_use]
    pub fn place(&self, row: RowRef, column: ColumnId, sources: &Sources) -> Span {
        let Some(table) = self.table(row.relation) else { return Span::default() };
        let head = table.heads.get(row.row as usize).copied().unwrap_or_default();
        let nowhere = Span { end: head.start, ..head };
        match table.places.at(row.row, column) {
            Some(Ok(span)) => span,
            Some(Err(column)) => in_sheet(head, column, sources).unwrap_or(nowhere),
            // What follows from another cell of the row stands where that does.
            None => match self.cell(row, column) {
                Cell::Reference(id) => self.references.get(id as usize).map_or(nowhere, |r| r.span),
                _ => nowhere,
            },
        }
    }
}

impl Facts {
    /// The places that are written in a column, with their rows.
    pub fn written_places(&self, relation: RelationId, column: ColumnId) -> impl Iterator<Item = (u32, Span)> + '_ {
        self.table(relation).into_iter().flat_map(move |table| {
            let written = table.places.runs(table.heads.len()).filter(|(known, _)| matches!(known, Known::Written(_)));
            let rows = written.flat_map(|(_, rows)| rows);
            rows.filter_map(move |row| Some((row, table.places.written(row, column)?)))
        })
    }

    /// The cell that stands at a place of a sheet, among those of which no place is written.
    #[must_use]
    pub fn in_sheet(&self, at: Span, sources: &Sources) -> Option<(RowRef, ColumnId)> {
        let source = sources.get(at.source)?;
        let cell = source.cell_at(at.range().start)?;
        let begin = source.begin_of(cell.row)?;
        (0..).map(RelationId).zip(&self.tables).find_map(|(relation, table)| {
            table.places.runs(table.heads.len()).find_map(|(known, rows)| {
                let Known::Sheet(sheet, columns) = known else { return None };
                if *sheet != at.source {
                    return None;
                }
                let column = columns.iter().position(|c| *c == Some(cell.column))?;
                let heads = table.heads.get(rows.start as usize..rows.end as usize)?;
                // The rows of a sheet come in its order; several may begin in one row of it.
                let first = heads.partition_point(|h| h.range().start < begin);
                heads.get(first).filter(|h| source.row_at(h.range().start) == cell.row)?;
                let row = rows.start + u32::try_from(first).ok()?;
                Some((RowRef { relation, row }, ColumnId(u16::try_from(column).ok()?)))
            })
        })
    }
}

/// The cell of a sheet in the row of `head` and in a column (from 0).
fn in_sheet(head: Span, column: u32, sources: &Sources) -> Option<Span> {
    let source = sources.get(head.source)?;
    let cell = source.cell(source.row_at(head.range().start), column)?;
    Some(Span::new(head.source, cell.start as usize..cell.end as usize))
}
