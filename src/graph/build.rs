//! Builds the graph: nodes are rows, edges are containment and references.
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::unionfind::UnionFind;
use rustc_hash::{FxHashMap, FxHashSet};

use super::resolve::{Names, columns, is_marked, relations, rows};
use super::{Graph, Resolved};
use crate::plan::{Cell, ColumnRole, ColumnType, Facts, RelationId, RowRef, Symbol};

impl Graph {
    /// Resolves all references of the facts.
    #[must_use]
    pub fn build(facts: &Facts) -> Self {
        let names = Names::collect(facts);
        let targets: Vec<Resolved> = facts.references.iter().map(|r| names.resolve(facts, r)).collect();
        let cyclic = cyclic(facts, &targets);
        let series = series(facts, &targets);
        let groups = groups(facts, &targets, &series);
        Self { targets, cyclic, groups, series }
    }
}

/// Rows on a cycle of references, those that name themselves included.
fn cyclic(facts: &Facts, targets: &[Resolved]) -> FxHashSet<RowRef> {
    let mut graph: DiGraph<RowRef, (), u32> = DiGraph::default();
    let mut nodes: FxHashMap<RowRef, NodeIndex<u32>> = FxHashMap::default();
    let mut out = FxHashSet::default();
    for (reference, target) in facts.references.iter().zip(targets) {
        let Resolved::Row(to) = target else { continue };
        if reference.from == *to {
            out.insert(*to);
        }
        let from = *nodes.entry(reference.from).or_insert_with(|| graph.add_node(reference.from));
        let to = *nodes.entry(*to).or_insert_with(|| graph.add_node(*to));
        graph.add_edge(from, to, ());
    }
    // Not Tarjan: petgraph's recurses, and a chain of references can be as long as a file.
    for component in kosaraju_scc(&graph).into_iter().filter(|c| c.len() > 1) {
        out.extend(component.into_iter().filter_map(|n| graph.node_weight(n).copied()));
    }
    out
}

/// Documents joined by references of one to another (前版) are editions of one series. Only the first
/// such column counts: others (方針) name a document of another kind.
fn series(facts: &Facts, targets: &[Resolved]) -> Vec<u32> {
    let documents = RelationId(0);
    let count = facts.table(documents).map_or(0, |t| t.heads.len());
    let mut sets = UnionFind::<u32>::new(count);
    let column = columns(facts, documents, ColumnRole::Attribute)
        .find(|(_, ty)| **ty == ColumnType::Reference(documents))
        .map(|c| c.0);
    for (reference, target) in facts.references.iter().zip(targets) {
        if let (true, Resolved::Row(to)) =
            (reference.from.relation == documents && Some(reference.column) == column, target)
        {
            sets.union(reference.from.row, to.row);
        }
    }
    sets.into_labeling()
}

/// A name that more rows of one document bear, re-listed ones left out, does not tell any of them from the others (件数,
/// その他); they are then one thing only where a mark or 同一 says so. The rule many-namesakes tells the reader. It also
/// keeps what is held each against each small, however many rows of one name a file has.
const MOST_NAMESAKES: u32 = 16;

fn groups(facts: &Facts, targets: &[Resolved], series: &[u32]) -> Vec<Vec<u32>> {
    // A relation of which no rows are one has no classes: each row is its own.
    let mut sets: Vec<Option<UnionFind<u32>>> = relations(facts).map(|_| None).collect();
    let mut join = |a: RowRef, b: RowRef| {
        if let (true, Some(set)) = (a.relation == b.relation, sets.get_mut(a.relation.0 as usize)) {
            let count = facts.table(a.relation).map_or(0, |t| t.heads.len());
            set.get_or_insert_with(|| UnionFind::new(count)).union(a.row, b.row);
        }
    };
    let mut pairs: FxHashMap<RowRef, Vec<RowRef>> = FxHashMap::default();
    for (reference, target) in facts.references.iter().zip(targets) {
        let Resolved::Row(to) = target else { continue };
        let column = facts
            .vocabulary
            .relations
            .get(reference.from.relation.0 as usize)
            .and_then(|r| r.columns.get(reference.column.0 as usize));
        match column.map(|c| c.role) {
            Some(ColumnRole::Mark) => join(reference.from, *to),
            // 同一: a row with two references in its head says that the two are one.
            Some(ColumnRole::Head) => pairs.entry(reference.from).or_default().push(*to),
            _ => {}
        }
    }
    for pair in pairs.values() {
        if let [a, b] = pair.as_slice() {
            join(*a, *b);
        }
    }
    for relation in relations(facts) {
        let Some(column) = facts.vocabulary.relations.get(relation.0 as usize).and_then(|r| r.identity) else {
            continue;
        };
        let edition = |row| series.get(facts.document_number(row) as usize).copied().unwrap_or(0);
        let named = || {
            rows(facts, relation).filter_map(|row| match facts.cell(row, column) {
                Cell::Text(_, name) => Some((row, name)),
                _ => None,
            })
        };
        let (mut borne, mut common) = (FxHashMap::<(u32, Symbol), u32>::default(), FxHashSet::default());
        for (row, name) in named().filter(|(row, _)| !is_marked(facts, *row)) {
            let count = borne.entry((facts.document_number(row), name)).or_default();
            *count += 1;
            if *count > MOST_NAMESAKES {
                common.insert((edition(row), name));
            }
        }
        let mut first: FxHashMap<(u32, Symbol), RowRef> = FxHashMap::default();
        for (row, name) in named() {
            let key = (edition(row), name);
            if !common.contains(&key) {
                join(*first.entry(key).or_insert(row), row);
            }
        }
    }
    sets.into_iter().map(|set| set.map_or_else(Vec::new, UnionFind::into_labeling)).collect()
}
