//! Where findings stand among the facts: the row and column of a place, and the document.
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use crate::plan::{Cell, ColumnId, ColumnRole, DOCUMENTS, Facts, RelationId, RowRef};
use crate::text::{Sources, Span};

/// The rows and columns in which places stand. Of several that share a place the first one counts: the cell in which it
/// is written before those derived from it, and before the row that it is the head of.
#[derive(Debug)]
pub struct Standing {
    cells: BTreeMap<Span, (RowRef, Option<ColumnId>)>,
}

impl Standing {
    /// Looks places up among the cells.
    #[must_use]
    pub fn new(wanted: &BTreeSet<Span>, facts: &Facts, sources: &Sources) -> Self {
        let mut cells = BTreeMap::new();
        if wanted.is_empty() {
            return Self { cells };
        }
        let asked: FxHashSet<Span> = wanted.iter().copied().collect();
        let mut note = |span: &Span, row: RowRef, column| {
            if asked.contains(span) {
                cells.entry(*span).or_insert((row, Some(column)));
            }
        };
        for (relation, table) in (0..).map(RelationId).zip(&facts.tables) {
            let declared = facts.vocabulary.relations.get(relation.0 as usize).map_or(&[][..], |r| &r.columns);
            for column in (0..table.columns.len()).filter_map(|n| u16::try_from(n).ok()).map(ColumnId) {
                let role = declared.get(column.0 as usize).map(|c| c.role);
                if matches!(role, Some(ColumnRole::Derived(_))) {
                    continue;
                }
                for (row, span) in facts.written_places(relation, column) {
                    if let Cell::List(list) = facts.cell(RowRef { relation, row }, column) {
                        let items = facts.lists.get(list as usize).map_or(&[][..], Vec::as_slice);
                        items.iter().for_each(|item| note(&item.2, RowRef { relation, row }, column));
                    }
                    note(&span, RowRef { relation, row }, column);
                }
            }
        }
        for span in wanted {
            if let Some((row, column)) =
                facts.in_sheet(*span, sources).filter(|(r, c)| facts.place(*r, *c, sources) == *span)
            {
                cells.entry(*span).or_insert((row, Some(column)));
            }
        }
        // What is no cell may be the head of a row. Mostly there is nothing of the kind, and no row is looked at.
        let rest: FxHashSet<Span> = wanted.iter().filter(|span| !cells.contains_key(span)).copied().collect();
        let tables = facts.tables.iter().take(if rest.is_empty() { 0 } else { usize::MAX });
        for (relation, table) in (0..).map(RelationId).zip(tables) {
            for (row, head) in (0..).zip(&table.heads).filter(|(_, head)| rest.contains(head)) {
                cells.entry(*head).or_insert((RowRef { relation, row }, None));
            }
        }
        Self { cells }
    }

    /// The row of a place that was asked for, and the column; no column where it is the head of the row.
    #[must_use]
    pub fn at(&self, span: Span) -> Option<(RowRef, Option<ColumnId>)> {
        self.cells.get(&span).copied()
    }
}

/// Where the documents begin.
#[derive(Debug)]
pub struct Documents {
    /// By place: the code as printed.
    begin: Vec<(Span, String)>,
}

impl Documents {
    /// The documents of the facts.
    #[must_use]
    pub fn new(facts: &Facts) -> Self {
        let heads = facts.table(DOCUMENTS).map_or(&[][..], |t| &t.heads);
        let mut begin: Vec<(Span, String)> =
            heads.iter().zip(0..).map(|(head, row)| (*head, code(facts, row))).collect();
        begin.sort();
        Self { begin }
    }

    /// The code of the document in which a place stands: of the last one that begins at or before it.
    #[must_use]
    pub fn at(&self, place: Span) -> Option<&str> {
        let before = self.begin.partition_point(|d| (d.0.source, d.0.start) <= (place.source, place.start));
        let last = self.begin.get(before.checked_sub(1)?)?;
        (last.0.source == place.source).then_some(last.1.as_str())
    }

    /// The codes of all documents.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.begin.iter().map(|d| d.1.as_str())
    }
}

/// The code of a document as it is printed.
pub(super) fn code(facts: &Facts, document: u32) -> String {
    match facts.cell(RowRef { relation: DOCUMENTS, row: document }, ColumnId(0)) {
        Cell::Text(printed, _) => facts.text(printed).to_owned(),
        _ => String::new(),
    }
}
