//! From what a reference names to the row it means: hash look-ups, linear in the facts.
use rustc_hash::FxHashMap;

use super::{Graph, Resolved};
use crate::plan::{Cell, ColumnId, ColumnRole, ColumnType, Facts, Reference, ReferenceKey, RelationId, RowRef, Symbol};
use crate::text::near::likeness;

/// Rows by what they can be called.
#[derive(Debug, Default)]
pub struct Names {
    numbers: FxHashMap<(RelationId, u32, i64), Vec<u32>>,
    names: FxHashMap<(RelationId, u32, Symbol), Vec<u32>>,
    documents: FxHashMap<Symbol, u32>,
}

/// Columns of a relation with this role, as numbers.
pub fn columns(facts: &Facts, relation: RelationId, role: ColumnRole) -> impl Iterator<Item = (ColumnId, &ColumnType)> {
    let all = facts.vocabulary.relations.get(relation.0 as usize).map_or(&[][..], |r| &r.columns);
    all.iter()
        .enumerate()
        .filter(move |(_, c)| c.role == role)
        .filter_map(|(i, c)| Some((ColumnId(u16::try_from(i).ok()?), &c.ty)))
}

/// All rows of a relation.
pub fn rows(facts: &Facts, relation: RelationId) -> impl Iterator<Item = RowRef> + use<> {
    let count = facts.table(relation).map_or(0, |t| t.heads.len());
    (0..u32::try_from(count).unwrap_or(u32::MAX)).map(move |row| RowRef { relation, row })
}

/// All relations by number.
pub fn relations(facts: &Facts) -> impl Iterator<Item = RelationId> + use<> {
    (0..u16::try_from(facts.vocabulary.relations.len()).unwrap_or(u16::MAX)).map(RelationId)
}

/// Whether a row is itself re-listed: it carries a mark.
pub fn is_marked(facts: &Facts, row: RowRef) -> bool {
    columns(facts, row.relation, ColumnRole::Mark).any(|(c, _)| matches!(facts.cell(row, c), Cell::Reference(_)))
}

impl Names {
    /// Collects the numbers, codes and names of all rows that references may mean.
    pub fn collect(facts: &Facts) -> Self {
        let mut out = Self::default();
        let wanted: rustc_hash::FxHashSet<RelationId> = facts.references.iter().map(|r| r.target).collect();
        for relation in relations(facts).filter(|r| wanted.contains(r) || *r == RelationId(0)) {
            for row in rows(facts, relation) {
                let document = facts.document_number(row);
                for (column, _) in columns(facts, relation, ColumnRole::Head) {
                    match facts.cell(row, column) {
                        Cell::Number(n) => out.numbers.entry((relation, document, n)).or_default().push(row.row),
                        Cell::Text(_, name) if relation == RelationId(0) => {
                            out.documents.entry(name).or_insert(row.row);
                        }
                        Cell::Text(_, name) => out.names.entry((relation, document, name)).or_default().push(row.row),
                        _ => {}
                    }
                }
            }
        }
        out
    }

    /// Resolves one reference.
    pub fn resolve(&self, facts: &Facts, reference: &Reference) -> Resolved {
        if reference.key == ReferenceKey::Nothing {
            return Resolved::Nothing;
        }
        if reference.target == RelationId(0) {
            let ReferenceKey::Name(code) = reference.key else { return Resolved::Dangling };
            return self
                .documents
                .get(&code)
                .map_or(Resolved::Dangling, |&row| Resolved::Row(RowRef { relation: RelationId(0), row }));
        }
        let document = match reference.document {
            None => facts.document_number(reference.from),
            Some(code) => match self.documents.get(&code) {
                Some(&row) => row,
                None => return Resolved::Dangling,
            },
        };
        let found = match reference.key {
            ReferenceKey::Number(n) => self.numbers.get(&(reference.target, document, n)),
            ReferenceKey::Name(name) => self.names.get(&(reference.target, document, name)),
            ReferenceKey::Nothing => None,
        };
        let candidates = found.into_iter().flatten().map(|&row| RowRef { relation: reference.target, row });
        let inside = |row: &RowRef| reference.within.is_none_or(|code| stands_within(facts, *row, code));
        // An original wins over a row that is re-listed itself; among equals the first printed one.
        let best = candidates.filter(inside).min_by_key(|&row| (is_marked(facts, row), row == reference.from, row.row));
        best.map_or(Resolved::Dangling, Resolved::Row)
    }
}

/// Whether a row stands below one with this code.
fn stands_within(facts: &Facts, row: RowRef, code: Symbol) -> bool {
    let mut at = facts.parent(row);
    while let Some(above) = at {
        let named = columns(facts, above.relation, ColumnRole::Head)
            .filter(|(_, ty)| **ty == ColumnType::Code)
            .any(|(c, _)| matches!(facts.cell(above, c), Cell::Text(_, n) if n == code));
        if named {
            return true;
        }
        at = facts.parent(above);
    }
    false
}

/// More rows than this are not compared when the nearest names are looked for.
const MOST_COMPARED: usize = 4_000;

impl Graph {
    /// Up to three rows that a reference which points nowhere may have meant: originals of the same
    /// document with a similar name, else with the nearest number.
    #[must_use]
    pub fn candidates(&self, facts: &Facts, reference: u32) -> Vec<RowRef> {
        let Some(reference) = facts.references.get(reference as usize) else { return Vec::new() };
        let own = facts.document_number(reference.from);
        let name = |row: RowRef| {
            let mut heads = columns(facts, row.relation, ColumnRole::Head);
            heads.find_map(|(c, ty)| match (ty, facts.cell(row, c)) {
                (ColumnType::Text, Cell::Text(_, normal)) => Some(facts.text(normal)),
                _ => None,
            })
        };
        let number = |row: RowRef| {
            columns(facts, row.relation, ColumnRole::Head).find_map(|(c, _)| match facts.cell(row, c) {
                Cell::Number(n) => Some(n),
                _ => None,
            })
        };
        let wanted = match reference.key {
            ReferenceKey::Name(symbol) => Some(facts.text(symbol)),
            _ => name(reference.from),
        };
        let others = rows(facts, reference.target)
            .filter(|&row| reference.document.is_some() || facts.document_number(row) == own)
            .filter(|&row| row != reference.from && !is_marked(facts, row))
            .take(MOST_COMPARED);
        let mut scored: Vec<(f64, i64, RowRef)> = others
            .map(|row| {
                let likeness = match (wanted, name(row)) {
                    (Some(a), Some(b)) => likeness(a, b),
                    _ => 0.0,
                };
                let distance = match (reference.key, number(row)) {
                    (ReferenceKey::Number(a), Some(b)) => (a - b).abs(),
                    _ => i64::MAX,
                };
                (likeness, distance, row)
            })
            .collect();
        if scored.iter().any(|s| s.0 >= 0.6) {
            scored.retain(|s| s.0 >= 0.6);
            scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        } else {
            scored.retain(|s| s.1 != i64::MAX);
            scored.sort_by_key(|s| (s.1, s.2));
        }
        scored.into_iter().take(3).map(|s| s.2).collect()
    }
}
