//! What the server knows of a project at one moment: what was read and found. It never changes; a new one takes its place.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gen_lsp_types::{Location, Uri};

use super::labels::bare;
use super::place;
use crate::findings::Finding;
use crate::graph::Resolved;
use crate::plan::{
    Cell, Column, ColumnId, ColumnRole, ColumnType, DOCUMENTS, Facts, Reference, RelationId, RowRef, Symbol,
};
use crate::project::Read;
use crate::rules::BUILT_IN;
use crate::text::{Source, SourceId, Span};

/// A project, read and checked.
pub(super) struct View {
    /// The folder that paths are seen from.
    pub(super) root: PathBuf,
    pub(super) read: Read,
    pub(super) findings: Vec<Finding>,
    /// Whether files were left out that belong to it.
    pub(super) partial: bool,
    sources: BTreeMap<PathBuf, SourceId>,
    /// How the editor calls the files that it has open.
    uris: BTreeMap<PathBuf, Uri>,
}

/// A cell of the facts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fact {
    pub(super) row: RowRef,
    pub(super) column: ColumnId,
    pub(super) cell: Cell,
    pub(super) span: Span,
}

impl View {
    pub(super) fn new(
        root: &Path,
        uris: BTreeMap<PathBuf, Uri>,
        read: Read,
        findings: Vec<Finding>,
        partial: bool,
    ) -> Self {
        let of = |(id, source): (SourceId, &Source)| Some((file_of(root, source)?, id));
        let sources = read.sources.iter().filter_map(of).collect();
        Self { root: root.to_path_buf(), read, findings, partial, sources, uris }
    }

    pub(super) fn facts(&self) -> &Facts {
        &self.read.workspace.facts
    }

    /// The source of a file.
    pub(super) fn source(&self, path: &Path) -> Option<(SourceId, &Source)> {
        let id = *self.sources.get(path)?;
        Some((id, self.read.sources.get(id)?))
    }

    /// The source of a text that is part of the program.
    pub(super) fn built_in(&self, path: &str) -> Option<SourceId> {
        let own = |source: &Source| source.path == path && file_of(&self.root, source).is_none();
        self.read.sources.iter().find(|(_, source)| own(source)).map(|(id, _)| id)
    }

    /// All files with a text or sheet in it.
    pub(super) fn files(&self) -> impl Iterator<Item = (&PathBuf, SourceId)> {
        self.sources.iter().map(|(path, id)| (path, *id))
    }

    /// Where a span stands; `None` if that is no file.
    pub(super) fn location(&self, span: Span) -> Option<Location> {
        let source = self.read.sources.get(span.source)?;
        Some(Location::new(self.uri(source), place::range(source, span)))
    }

    /// The URI of a source.
    pub(super) fn uri(&self, source: &Source) -> Uri {
        match file_of(&self.root, source) {
            Some(path) => self.uris.get(&path).cloned().unwrap_or_else(|| place::uri_of(&path)),
            None => Uri(format!("{}{}", place::BUILT_IN, source.path)),
        }
    }

    /// The place of a cell.
    pub(super) fn place(&self, row: RowRef, column: ColumnId) -> Span {
        self.facts().place(row, column, &self.read.sources)
    }

    /// The innermost cell at a byte of a source: its columns first, else the row whose head stands there.
    pub(super) fn fact_at(&self, source: SourceId, offset: usize) -> Option<Fact> {
        let facts = self.facts();
        let holds = |span: Span| {
            span.source == source
                && !span.range().is_empty()
                && span.range().start <= offset
                && offset <= span.range().end
        };
        let mut best: Option<Fact> = None;
        for (relation, table) in (0u16..).map(RelationId).zip(&facts.tables) {
            for column in (0..table.columns.len()).filter_map(|n| u16::try_from(n).ok()).map(ColumnId) {
                for (row, span) in facts.written_places(relation, column) {
                    let row = RowRef { relation, row };
                    let cell = facts.cell(row, column);
                    if holds(span) && cell != Cell::Missing && best.is_none_or(|b| width(span) < width(b.span)) {
                        best = Some(Fact { row, column, cell, span });
                    }
                }
            }
        }
        best.or_else(|| {
            let at = Span::new(source, offset..offset);
            let (row, column) = facts.in_sheet(at, &self.read.sources)?;
            Some(Fact { row, column, cell: facts.cell(row, column), span: self.place(row, column) })
        })
    }

    /// The innermost row whose head holds a byte.
    pub(super) fn row_at(&self, source: SourceId, offset: usize) -> Option<RowRef> {
        let mut best: Option<(RowRef, usize)> = None;
        for (relation, table) in (0u16..).map(RelationId).zip(&self.facts().tables) {
            for (row, head) in (0u32..).zip(&table.heads) {
                let range = head.range();
                if head.source == source && range.start <= offset && offset <= range.end {
                    let found = (RowRef { relation, row }, range.len());
                    if best.is_none_or(|b| found.1 < b.1) {
                        best = Some(found);
                    }
                }
            }
        }
        best.map(|b| b.0)
    }

    /// Where the reference of a cell points.
    pub(super) fn target(&self, cell: Cell) -> Option<RowRef> {
        let Cell::Reference(number) = cell else { return None };
        match self.read.workspace.graph.target(number) {
            Resolved::Row(row) => Some(row),
            _ => None,
        }
    }

    /// The reference in the cell of a fact, or one that is derived from it (集計行.分野 from 項番).
    pub(super) fn reference_at(&self, fact: Fact) -> Option<u32> {
        let table = self.facts().table(fact.row.relation)?;
        let columns = (0..table.columns.len()).filter_map(|n| u16::try_from(n).ok()).map(ColumnId);
        let cells = columns.map(|column| (self.facts().cell(fact.row, column), self.place(fact.row, column)));
        let own = std::iter::once((fact.cell, fact.span));
        own.chain(cells).find_map(|(cell, span)| match cell {
            Cell::Reference(number) if span == fact.span => Some(number),
            _ => None,
        })
    }

    /// The document that the label of a reference names.
    pub(super) fn document_of_label(&self, reference: &Reference) -> Option<RowRef> {
        let code = reference.document?;
        let rows = self.rows(DOCUMENTS);
        rows.into_iter().find(|row| matches!(self.facts().cell(*row, ColumnId(0)), Cell::Text(_, n) if n == code))
    }

    /// Whether the label of a reference names this document.
    pub(super) fn is_labelled(&self, reference: &Reference, document: RowRef) -> bool {
        document.relation == DOCUMENTS && reference.document.is_some() && reference.document == self.code(document)
    }

    /// The row above its target that the label of a reference names (分野).
    pub(super) fn within_of_label(&self, number: u32) -> Option<RowRef> {
        let code = self.facts().references.get(number as usize)?.within?;
        let target = self.target(Cell::Reference(number))?;
        let mut at = self.facts().parent(target);
        while let Some(above) = at {
            if self.code(above) == Some(code) {
                return Some(above);
            }
            at = self.facts().parent(above);
        }
        None
    }

    /// All rows of a relation.
    pub(super) fn rows(&self, relation: RelationId) -> Vec<RowRef> {
        let count = self.facts().table(relation).map_or(0, |t| t.heads.len());
        (0..u32::try_from(count).unwrap_or(u32::MAX)).map(|row| RowRef { relation, row }).collect()
    }

    /// The columns of a relation that stand beside its keyword.
    pub(super) fn head_columns(&self, relation: RelationId) -> impl Iterator<Item = (ColumnId, &Column)> {
        let relation = self.facts().vocabulary.relations.get(relation.0 as usize);
        let columns = (0..).map(ColumnId).zip(relation.into_iter().flat_map(|r| &r.columns));
        columns.filter(|(_, column)| column.role == ColumnRole::Head)
    }

    /// The code of a row, in its normal form.
    pub(super) fn code(&self, row: RowRef) -> Option<Symbol> {
        self.head_columns(row.relation).filter(|(_, column)| column.ty == ColumnType::Code).find_map(|(id, _)| {
            if let Cell::Text(_, normal) = self.facts().cell(row, id) { Some(normal) } else { None }
        })
    }

    /// Where a row is named: its name, else its code or number, else its head; without quotes.
    pub(super) fn name_span(&self, row: RowRef) -> Option<Span> {
        let cells: Vec<(Cell, Span)> =
            self.head_columns(row.relation).map(|(id, _)| (self.facts().cell(row, id), self.place(row, id))).collect();
        let text = self
            .head_columns(row.relation)
            .zip(&cells)
            .find(|((_, column), (cell, _))| column.ty == ColumnType::Text && matches!(cell, Cell::Text(..)));
        let any = cells.iter().find(|(_, span)| !span.range().is_empty());
        match text.map(|(_, cell)| cell).or(any) {
            Some((_, span)) => Some(bare(self, *span)),
            None => self.head(row),
        }
    }

    /// The document of a row.
    pub(super) fn document(&self, row: RowRef) -> RowRef {
        let number = self.facts().table(row.relation).and_then(|t| t.documents.get(row.row as usize)).copied();
        RowRef { relation: DOCUMENTS, row: if row.relation == DOCUMENTS { row.row } else { number.unwrap_or(0) } }
    }

    /// Which rows re-list a row, each with its mark.
    pub(super) fn relistings(&self, row: RowRef) -> Vec<(RowRef, u32)> {
        let references = (0u32..).zip(&self.facts().references);
        let marks = references.filter(|(_, r)| self.role(r.from.relation, r.column) == Some(ColumnRole::Mark));
        let mine = marks.filter(|(number, r)| r.from != row && self.target(Cell::Reference(*number)) == Some(row));
        mine.map(|(number, r)| (r.from, number)).collect()
    }

    /// How a column is written.
    pub(super) fn role(&self, relation: RelationId, column: ColumnId) -> Option<ColumnRole> {
        let relation = self.facts().vocabulary.relations.get(relation.0 as usize)?;
        relation.columns.get(column.0 as usize).map(|c| c.role)
    }

    /// The rows that are the same thing as a row, itself first: its class, and parts of one document with one code.
    pub(super) fn class(&self, row: RowRef) -> Vec<RowRef> {
        let graph = &self.read.workspace.graph;
        let code = self.code(row).filter(|_| row.relation != DOCUMENTS);
        let same = |other: &RowRef| {
            let one = self.document(*other) == self.document(row);
            *other != row
                && (graph.group(*other) == graph.group(row) || (code.is_some() && one && self.code(*other) == code))
        };
        std::iter::once(row).chain(self.rows(row.relation).into_iter().filter(same)).collect()
    }

    /// The head of a row.
    pub(super) fn head(&self, row: RowRef) -> Option<Span> {
        self.facts().table(row.relation)?.heads.get(row.row as usize).copied()
    }

    /// The files of the documents that have to do with those of a file: references lead from one to the other.
    pub(super) fn neighbours(&self, path: &Path) -> BTreeSet<PathBuf> {
        let facts = self.facts();
        let Some(first) = self.sources.get(path) else { return BTreeSet::from([path.to_path_buf()]) };
        let mut links: BTreeMap<SourceId, BTreeSet<SourceId>> = BTreeMap::new();
        for (number, reference) in (0u32..).zip(&facts.references) {
            let target = self.target(Cell::Reference(number)).and_then(|row| self.head(row));
            let Some(to) = target.map(|head| head.source) else { continue };
            let from = reference.span.source;
            if from != to {
                links.entry(from).or_default().insert(to);
                links.entry(to).or_default().insert(from);
            }
        }
        let mut reached = BTreeSet::from([*first]);
        let mut open = vec![*first];
        while let Some(at) = open.pop() {
            for next in links.get(&at).into_iter().flatten() {
                if reached.insert(*next) {
                    open.push(*next);
                }
            }
        }
        let file = |id: &SourceId| file_of(&self.root, self.read.sources.get(*id)?);
        reached.iter().filter_map(file).collect()
    }
}

fn width(span: Span) -> usize {
    span.range().len()
}

/// The file of a source; `None` for what is part of the program.
fn file_of(root: &Path, source: &Source) -> Option<PathBuf> {
    if BUILT_IN.iter().any(|(path, text)| *path == source.path && *text == &*source.text) {
        return None;
    }
    Some(root.join(&source.path))
}
