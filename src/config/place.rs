//! What the place of a finding is known by: the text printed there, and the number or name of what it stands in.
use std::collections::{BTreeMap, BTreeSet};

use crate::findings::Finding;
use crate::plan::{Cell, ColumnId, ColumnRole, ColumnType, Facts, RelationId, RelationKind, RowRef};
use crate::text::normal::normal;
use crate::text::{Sources, Span};

/// The rows in which findings stand.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    facts: &'a Facts,
    rows: BTreeMap<Span, RowRef>,
}

impl<'a> Places<'a> {
    /// Looks the places of `findings` up among the cells.
    pub(super) fn new(findings: &[Finding], sources: &'a Sources, facts: &'a Facts) -> Self {
        let wanted: BTreeSet<Span> = findings.iter().map(|f| f.span).collect();
        let mut rows = BTreeMap::new();
        for (relation, table) in (0..).map(RelationId).zip(&facts.tables) {
            let row_at = |row: usize| RowRef { relation, row: u32::try_from(row).unwrap_or(u32::MAX) };
            for (row, (cell, span)) in table.columns.iter().flat_map(|column| column.iter().enumerate()) {
                let items = match cell {
                    Cell::List(list) => facts.lists.get(*list as usize).map_or(&[][..], Vec::as_slice),
                    _ => &[],
                };
                let all = items.iter().map(|item| item.2).chain([*span]);
                rows.extend(all.filter(|span| wanted.contains(span)).map(|span| (span, row_at(row))));
            }
            let heads = table.heads.iter().enumerate().filter(|(_, head)| wanted.contains(head));
            rows.extend(heads.map(|(row, head)| (*head, row_at(row))));
        }
        Self { sources, facts, rows }
    }

    /// Whether `place` means the place of a finding.
    pub(super) fn are(&self, place: &str, span: Span) -> bool {
        let place = label(place);
        place == label(self.sources.text(span)) || self.labels(span).contains(&place)
    }

    /// Numbers and names of the row that holds a place; of the nearest one above where the row itself has none (a
    /// target by year has none, its indicator has).
    fn labels(&self, span: Span) -> Vec<String> {
        let mut at = self.rows.get(&span).copied();
        while let Some(row) = at {
            let labels = self.of_row(row);
            if !labels.is_empty() {
                return labels;
            }
            at = self.facts.parent(row);
        }
        Vec::new()
    }

    fn of_row(&self, row: RowRef) -> Vec<String> {
        let Some(relation) = self.facts.vocabulary.relations.get(row.relation.0 as usize) else { return Vec::new() };
        let names = |ty: &ColumnType| matches!(ty, ColumnType::Text | ColumnType::Code | ColumnType::Number);
        let told = (0..).map(ColumnId).zip(&relation.columns).filter(|(_, column)| match relation.kind {
            RelationKind::Entity => column.role == ColumnRole::Head && names(&column.ty),
            RelationKind::Rows(_) => column.role == ColumnRole::Cell && names(&column.ty),
            RelationKind::Series(_) | RelationKind::Defined => false,
        });
        let texts = told.map(|(column, _)| self.sources.text(self.facts.cell(row, column).1));
        texts.map(label).filter(|text| !text.is_empty()).collect()
    }
}

/// A printed name or number without its quotes and the No before a number.
fn label(text: &str) -> String {
    let text = normal(text.trim_matches(|c: char| c.is_whitespace() || "\"“”「」".contains(c)));
    let number = text.strip_prefix("no").map(|rest| rest.trim_start_matches('.'));
    match number {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        _ => text,
    }
}
