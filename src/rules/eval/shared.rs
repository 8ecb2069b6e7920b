//! What all evaluations of a run share: the facts, and what was worked out from them once.
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{OnceLock, RwLock};

use elsa::sync::FrozenMap;
use rustc_hash::FxHashMap;

use super::Strategy;
use super::defined::Defined;
use super::index::Index;
use super::series::Neighbours;
use super::together::{Starts, starts};
use crate::graph::Graph;
use crate::plan::{DOCUMENTS, Facts, RelationId, RelationKind, Symbol};
use crate::rules::Workspace;
use crate::rules::pack::Pack;
use crate::text::Sources;

/// The facts of a run and what is made of them. Several threads read it; each thing is made by the first that asks.
pub struct Shared<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// The resolved references.
    pub graph: &'a Graph,
    /// The texts.
    pub sources: &'a Sources,
    pub(super) pack: &'a Pack,
    pub(super) strategy: Strategy,
    /// What hashes begin with, another one in each run.
    pub(super) seed: u64,
    /// Rows looked at for what rules share.
    rows: AtomicU64,
    /// For each relation: whether rules make it.
    defined: Vec<bool>,
    made: RwLock<Made>,
    indexes: FrozenMap<String, Box<OnceLock<Index<'a>>>>,
    documents: FrozenMap<RelationId, Box<OnceLock<Starts>>>,
    years: FrozenMap<(RelationId, RelationId), Box<OnceLock<Index<'a>>>>,
    definitions: FrozenMap<RelationId, Box<OnceLock<Defined>>>,
    neighbours: FrozenMap<RelationId, Box<OnceLock<Neighbours>>>,
}

/// Texts that rules make, on top of those of the facts.
#[derive(Default)]
struct Made {
    numbers: FxHashMap<Box<str>, Symbol>,
    texts: Vec<Box<str>>,
}

impl<'a> Shared<'a> {
    /// Prepares a run.
    #[must_use]
    pub fn new(workspace: &'a Workspace, sources: &'a Sources, pack: &'a Pack, strategy: Strategy) -> Self {
        let facts = &workspace.facts;
        Self {
            facts,
            graph: &workspace.graph,
            sources,
            pack,
            strategy,
            seed: std::hash::BuildHasher::hash_one(&hashbrown::DefaultHashBuilder::default(), 0_u64),
            defined: facts.vocabulary.relations.iter().map(|r| r.kind == RelationKind::Defined).collect(),
            rows: AtomicU64::new(0),
            made: RwLock::default(),
            indexes: FrozenMap::new(),
            documents: FrozenMap::new(),
            years: FrozenMap::new(),
            definitions: FrozenMap::new(),
            neighbours: FrozenMap::new(),
        }
    }

    /// Counts rows that were looked at for what rules share.
    pub(super) fn count(&self, rows: u64) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
    }

    /// How many rows were looked at for what rules share: indexes, and relations that rules make.
    pub fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// Whether rules make a relation.
    pub(super) fn is_defined(&self, relation: RelationId) -> bool {
        self.defined.get(relation.0 as usize).copied().unwrap_or(false)
    }

    /// The symbol of a text.
    pub(super) fn intern(&self, text: &str) -> Symbol {
        if let Some(known) = self.facts.symbols.find(text) {
            return known;
        }
        // A thread that was stopped in the middle has at most left a text without a number.
        let mut made = self.made.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(&known) = made.numbers.get(text) {
            return known;
        }
        let symbol = Symbol(u32::try_from(self.facts.symbols.len() + made.texts.len()).unwrap_or(u32::MAX));
        made.texts.push(text.into());
        made.numbers.insert(text.into(), symbol);
        symbol
    }

    /// The text of a symbol that rules made.
    pub(super) fn made(&self, number: usize) -> String {
        let made = self.made.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        made.texts.get(number).map(|t| t.to_string()).unwrap_or_default()
    }

    pub(super) fn index(&self, name: &str) -> &OnceLock<Index<'a>> {
        self.indexes.get(name).unwrap_or_else(|| self.indexes.insert(name.to_owned(), Box::default()))
    }

    /// Where the rows of each document begin, and where those of the last one end; `None` if those of one do not lie together.
    pub(super) fn documents(&self, relation: RelationId) -> Option<&[u32]> {
        let of = |relation| if self.is_defined(relation) { None } else { self.facts.table(relation) };
        let known = self.documents.get(&relation);
        let starts = known
            .unwrap_or_else(|| self.documents.insert(relation, Box::default()))
            .get_or_init(|| starts(&of(relation)?.documents, u32::try_from(of(DOCUMENTS)?.heads.len()).ok()?));
        starts.as_deref()
    }

    pub(super) fn years(&self, relation: RelationId, owner: RelationId) -> &OnceLock<Index<'a>> {
        self.years.get(&(relation, owner)).unwrap_or_else(|| self.years.insert((relation, owner), Box::default()))
    }

    pub(super) fn defined(&self, relation: RelationId) -> &OnceLock<Defined> {
        self.definitions.get(&relation).unwrap_or_else(|| self.definitions.insert(relation, Box::default()))
    }

    pub(super) fn neighbours(&self, relation: RelationId) -> &OnceLock<Neighbours> {
        self.neighbours.get(&relation).unwrap_or_else(|| self.neighbours.insert(relation, Box::default()))
    }
}

#[cfg(test)]
mod tests;
