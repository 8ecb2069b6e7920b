//! Floor 5. The references of a whole workspace: where each one points, which rows are the same thing,
//! what lies on a cycle. petgraph lives in this room and nowhere else.
mod build;
mod export;
mod label;
mod resolve;
#[cfg(test)]
mod tests;

use crate::plan::{Facts, RelationId, RelationKind, RowRef};
use resolve::{relations, rows};

pub use export::{Format, export};
pub use label::{column_name, id, is_derived, is_table_row, label, parts};

/// Where a reference points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// To this row.
    Row(RowRef),
    /// To a row that does not exist.
    Dangling,
    /// Nowhere: a mark without a target.
    Nothing,
}

/// What an edge says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EdgeKind {
    /// The target stands in the block of the source.
    Contains,
    /// The source names the target in this column; by the number of the reference.
    Reference(u32),
}

/// One edge. `to` is `None` where the reference points nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Source.
    pub from: RowRef,
    /// Target.
    pub to: Option<RowRef>,
    /// What it says.
    pub kind: EdgeKind,
}

/// The references of a workspace, resolved.
#[derive(Debug)]
pub struct Graph {
    targets: Vec<Resolved>,
    cyclic: rustc_hash::FxHashSet<RowRef>,
    /// Identity class by relation and row.
    groups: Vec<Vec<u32>>,
    /// Series by document row.
    series: Vec<u32>,
}

impl Graph {
    /// Where a reference (by its number in the facts) points.
    #[must_use]
    pub fn target(&self, reference: u32) -> Resolved {
        self.targets.get(reference as usize).copied().unwrap_or(Resolved::Nothing)
    }

    /// Whether a row lies on a cycle of references (itself included).
    #[must_use]
    pub fn on_cycle(&self, row: RowRef) -> bool {
        self.cyclic.contains(&row)
    }

    /// The identity class of a row: equal for rows that are the same thing in several places or documents.
    /// Classes of different relations may share a number.
    #[must_use]
    pub fn group(&self, row: RowRef) -> u32 {
        self.groups.get(row.relation.0 as usize).and_then(|g| g.get(row.row as usize)).copied().unwrap_or(row.row)
    }

    /// The series of editions that a document (by its row) belongs to.
    #[must_use]
    pub fn series(&self, document: u32) -> u32 {
        self.series.get(document as usize).copied().unwrap_or(document)
    }

    /// All edges between the things of a workspace, in the order of the facts: first what stands in what, then what
    /// names what. Figures by year are attributes of their indicator, no things; they name nothing, and nothing names them.
    pub fn edges<'g>(&'g self, facts: &'g Facts) -> impl Iterator<Item = Edge> + 'g {
        let is_thing = |relation: RelationId| {
            let declared = facts.vocabulary.relations.get(relation.0 as usize);
            !declared.is_some_and(|r| matches!(r.kind, RelationKind::Series(_)))
        };
        let things = relations(facts).filter(move |r| is_thing(*r)).flat_map(|r| rows(facts, r));
        let contains = things.filter_map(move |row| {
            let from = facts.parent(row).filter(|parent| is_thing(parent.relation))?;
            Some(Edge { from, to: Some(row), kind: EdgeKind::Contains })
        });
        let names =
            (0..).zip(facts.references.iter().zip(&self.targets)).filter_map(move |(number, (from, target))| {
                let to = match target {
                    Resolved::Row(row) => Some(*row),
                    Resolved::Dangling => None,
                    Resolved::Nothing => return None,
                };
                Some(Edge { from: from.from, to, kind: EdgeKind::Reference(number) })
            });
        contains.chain(names)
    }
}
