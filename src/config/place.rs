//! What the place of a finding is known by: the text printed there, and the number or name of what it stands in.
use crate::findings::{Finding, Standing};
use crate::plan::{ColumnId, ColumnRole, ColumnType, Facts, RelationKind, RowRef};
use crate::text::normal::normal;
use crate::text::{Sources, Span};

/// The rows in which findings stand.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    facts: &'a Facts,
    standing: Standing,
}

impl<'a> Places<'a> {
    /// Looks the places of `findings` up among the cells.
    pub(super) fn new(findings: &[Finding], sources: &'a Sources, facts: &'a Facts) -> Self {
        let standing = Standing::new(&findings.iter().map(|f| f.span).collect(), facts, sources);
        Self { sources, facts, standing }
    }

    /// Whether `place` means the place of a finding.
    pub(super) fn are(&self, place: &str, span: Span) -> bool {
        let place = label(place);
        place == label(self.sources.text(span)) || self.labels(span).contains(&place)
    }

    /// Numbers and names of the row that holds a place; of the nearest one above where the row itself has none (a
    /// target by year has none, its indicator has).
    fn labels(&self, span: Span) -> Vec<String> {
        let mut at = self.standing.at(span).map(|(row, _)| row);
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
        let texts = told.map(|(column, _)| self.sources.text(self.facts.place(row, column, self.sources)));
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
