//! What the server knows of a project at one moment: what was read and found. It never changes; a new one takes its place.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gen_lsp_types::{Location, Uri};

use super::place;
use crate::findings::Finding;
use crate::graph::Resolved;
use crate::plan::{Cell, ColumnId, Facts, RelationId, RowRef};
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
            for (column, cells) in (0u16..).map(ColumnId).zip(&table.columns) {
                for (row, (cell, span)) in (0u32..).zip(cells) {
                    if holds(*span) && *cell != Cell::Missing {
                        let found = Fact { row: RowRef { relation, row }, column, cell: *cell, span: *span };
                        if best.is_none_or(|b| width(*span) < width(b.span)) {
                            best = Some(found);
                        }
                    }
                }
            }
        }
        best
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
    if BUILT_IN.iter().any(|(path, text)| *path == source.path && *text == source.text) {
        return None;
    }
    Some(root.join(&source.path))
}
