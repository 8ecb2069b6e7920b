//! The facts of a workspace as they come in, row by row and cell by cell, whatever they are read from.
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::cell::whole_number;
use super::places::Places;
use super::readings::Readings;
use super::{
    Cell, ColumnId, ColumnRole, ColumnType, Facts, Packed, Reference, ReferenceKey, RelationId, RowRef, Symbol, Table,
    Vocabulary,
};
use crate::syntax::Spanned;
use crate::text::Span;
use crate::text::normal::normal;
use crate::value::Rounding;

/// The relation of documents: the first one of the vocabulary.
pub const DOCUMENTS: RelationId = RelationId(0);

/// Collects the facts of files, one after the other.
pub struct Builder {
    pub(super) facts: Facts,
    pub(super) readings: Readings,
    pub(super) keywords: FxHashMap<String, (RelationId, Option<String>)>,
    ordinals: FxHashMap<(RelationId, u32), u32>,
    /// The relation and document that rows were begun in last, with the ordinal of the last one.
    counting: ((RelationId, u32), u32),
    pub(super) codes: FxHashMap<Symbol, Span>,
    pub(super) rounding: Rounding,
}

impl Builder {
    /// Begins with a vocabulary and no facts.
    #[must_use]
    pub fn new(vocabulary: Vocabulary) -> Self {
        let table = |columns: usize| Table {
            columns: vec![Vec::new(); columns],
            places: Places::new(columns),
            ..Table::default()
        };
        let tables = vocabulary.relations.iter().map(|r| table(r.columns.len())).collect();
        let keywords = vocabulary.keyword_index();
        Self {
            facts: Facts { vocabulary, tables, ..Facts::default() },
            readings: Readings::default(),
            keywords,
            ordinals: FxHashMap::default(),
            counting: Default::default(),
            codes: FxHashMap::default(),
            rounding: Rounding::Nearest,
        }
    }

    /// The facts.
    #[must_use]
    pub fn finish(self) -> Facts {
        self.facts
    }

    /// A new row with nothing in it.
    pub(super) fn row(&mut self, relation: RelationId, head: Span, parent: Option<RowRef>) -> RowRef {
        let row = self.bare_rows(relation, &[head], parent, &[]);
        if let Some(table) = self.facts.tables.get_mut(relation.0 as usize) {
            table.places.push_written(row.row, Span { end: head.start, ..head });
        }
        row
    }

    /// Makes room for so many more rows of a relation.
    pub fn reserve(&mut self, relation: RelationId, rows: usize) {
        let Some(table) = self.facts.tables.get_mut(relation.0 as usize) else { return };
        table.columns.iter_mut().for_each(|column| column.reserve(rows));
        table.heads.reserve(rows);
        table.parents.reserve(rows);
        table.documents.reserve(rows);
        table.ordinals.reserve(rows);
        table.unsure.reserve(rows);
    }

    /// New rows of a sheet with all their cells, row by row and by column: they stand in the row where the head of each is,
    /// in these columns of the sheet (from 0).
    pub fn rows_in_sheet(
        &mut self,
        relation: RelationId,
        parent: Option<RowRef>,
        columns: &Arc<[Option<u32>]>,
        heads: &[Span],
        cells: &[Packed],
    ) {
        let Some(head) = heads.first() else { return };
        let first = self.bare_rows(relation, heads, parent, cells);
        if let Some(table) = self.facts.tables.get_mut(relation.0 as usize) {
            table.places.push_sheet(first.row, head.source, columns);
        }
    }

    /// New rows that stand in the same thing, and the first of them; what is not among `cells` is missing.
    fn bare_rows(&mut self, relation: RelationId, heads: &[Span], parent: Option<RowRef>, cells: &[Packed]) -> RowRef {
        let document = match parent {
            Some(parent) => self.facts.document_number(parent),
            None => u32::try_from(self.facts.table(DOCUMENTS).map_or(0, |t| t.heads.len())).unwrap_or(u32::MAX),
        };
        let unsure = parent.is_some_and(|p| {
            self.facts.table(p.relation).and_then(|t| t.unsure.get(p.row as usize)).copied().unwrap_or(false)
        });
        let ordinal = self.last_ordinal((relation, document), heads.len());
        let Some(table) = self.facts.tables.get_mut(relation.0 as usize) else { return RowRef { relation, row: 0 } };
        let first = u32::try_from(table.heads.len()).unwrap_or(u32::MAX);
        let (count, width) = (heads.len(), table.columns.len());
        for (n, column) in table.columns.iter_mut().enumerate() {
            let of = |row: &[Packed]| row.get(n).copied().unwrap_or_default();
            column.extend(cells.chunks_exact(width.max(1)).take(count).map(of));
            column.resize(first as usize + count, Packed::MISSING);
        }
        table.heads.extend_from_slice(heads);
        table.parents.extend(std::iter::repeat_n(parent, count));
        table.documents.extend(std::iter::repeat_n(document, count));
        table.ordinals.extend((ordinal.saturating_add(1)..).take(count));
        table.unsure.extend(std::iter::repeat_n(unsure, count));
        RowRef { relation, row: first }
    }

    /// The ordinal of the last row of a relation in a document before so many more. Rows of one document mostly come one
    /// after the other.
    fn last_ordinal(&mut self, of: (RelationId, u32), more: usize) -> u32 {
        if self.counting.0 != of {
            self.ordinals.insert(self.counting.0, self.counting.1);
            self.counting = (of, self.ordinals.get(&of).copied().unwrap_or_default());
        }
        let last = self.counting.1;
        self.counting.1 = last.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
        last
    }

    pub(super) fn set(&mut self, row: RowRef, column: ColumnId, cell: Cell, span: Span) {
        self.put_packed(row, column, Packed::pack(cell));
        if let Some(table) = self.facts.tables.get_mut(row.relation.0 as usize) {
            table.places.set(row.row, column, span);
        }
    }

    /// The place that was written for a cell.
    pub(super) fn written(&self, row: RowRef, column: ColumnId) -> Span {
        self.facts.table(row.relation).and_then(|t| t.places.written(row.row, column)).unwrap_or_default()
    }

    pub(super) fn columns(&self, relation: RelationId) -> Vec<(ColumnId, ColumnRole, ColumnType)> {
        let columns = self.facts.vocabulary.relations.get(relation.0 as usize).map_or(&[][..], |r| &r.columns);
        (0..).map(ColumnId).zip(columns).map(|(id, c)| (id, c.role, c.ty.clone())).collect()
    }

    pub(super) fn name(&self, relation: RelationId) -> String {
        self.facts.vocabulary.relations.get(relation.0 as usize).map_or_else(String::new, |r| r.name.clone())
    }

    /// Writes a reference; a label `資料2-1:Ⅱ-2` names the document and a part of it.
    pub(super) fn refer(
        &mut self,
        from: RowRef,
        column: ColumnId,
        target: RelationId,
        label: Option<&Spanned<String>>,
        key: ReferenceKey,
        span: Span,
    ) {
        let mut names =
            label.into_iter().flat_map(|l| l.node.split([':', '：'])).map(normal).collect::<Vec<_>>().into_iter();
        let document = names.next().map(|n| self.facts.symbols.intern(&n));
        let within = names.next().map(|n| self.facts.symbols.intern(&n));
        let span = label.map_or(span, |l| l.span.to(span));
        let id = u32::try_from(self.facts.references.len()).unwrap_or(u32::MAX);
        self.facts.references.push(Reference { from, column, target, document, within, key, span });
        self.set(from, column, Cell::Reference(id), span);
    }

    pub(super) fn key_of_name(&mut self, text: &str) -> ReferenceKey {
        ReferenceKey::Name(self.facts.symbols.intern(&normal(text)))
    }

    /// A bare word as what it names: a document by its code, anything else by its number if it is one.
    pub(super) fn key_of_word(&mut self, word: &str, target: RelationId) -> ReferenceKey {
        let number = if target == DOCUMENTS { None } else { whole_number(word) };
        number.map_or_else(|| self.key_of_name(word), ReferenceKey::Number)
    }

    /// Figures are rounded from now on as this document says.
    pub fn turn_to(&mut self, document: RowRef) {
        let columns = self.facts.vocabulary.relations.first().map_or(&[][..], |r| &r.columns);
        let choices = (0..).map(ColumnId).zip(columns).filter(|(_, c)| matches!(c.ty, ColumnType::Choice(_)));
        self.rounding = choices.fold(Rounding::Nearest, |rounding, (column, _)| {
            let Cell::Text(word, _) = self.facts.cell(document, column) else { return rounding };
            match self.facts.text(word) {
                "切り捨て" => Rounding::Down,
                "切り上げ" => Rounding::Up,
                _ => rounding,
            }
        });
    }

    /// The references of a row of a table that follow from its codes (導出).
    pub fn derive(&mut self, row: RowRef) {
        let all = self.columns(row.relation);
        for (column, role, ty) in &all {
            if let (ColumnRole::Derived(from), ColumnType::Reference(target)) = (role, ty) {
                let span = self.written(row, *from);
                match self.facts.cell(row, *from) {
                    Cell::Text(_, code) => self.refer(row, *column, *target, None, ReferenceKey::Name(code), span),
                    Cell::Unreadable => self.set(row, *column, Cell::Unreadable, span),
                    _ => {}
                }
            }
        }
    }
}
