//! Floor 6. Two editions of a plan: which things are each other, and what has changed between them, in the terms of the
//! subject. It knows relations, references, figures and years, and nothing of what a change means.
mod change;
mod choose;
mod documents;
mod figure;
mod kinds;
mod likeness;
mod pairs;
mod tally;
mod thing;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::graph::Graph;
use crate::plan::{Cell, ColumnId, Facts, RowRef};
use crate::text::{Sources, Span};
use change::Comparer;
use kinds::{KindId, Kinds};
use pairs::{Matching, Pairs, Unsure};
use thing::Things;

pub use change::{Change, Marking, What};
pub use choose::{Chosen, WORDS, unknown};
pub use figure::{Effect, How, Shift};
pub use kinds::Word;
pub use pairs::Evidence;
pub use tally::{Of, Tally};

/// An edition as it was read.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// What it says.
    pub facts: &'a Facts,
    /// Where its references point.
    pub graph: &'a Graph,
    /// Its texts.
    pub sources: &'a Sources,
}

impl Edition<'_> {
    /// A cell and its place.
    pub(crate) fn cell(&self, row: RowRef, column: ColumnId) -> (Cell, Span) {
        (self.facts.cell(row, column), self.facts.place(row, column, self.sources))
    }
}

/// What changed between two editions.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// The documents, in the order of the new edition; those that are gone after the ones they stood behind.
    pub documents: Vec<DocumentChange>,
    /// How much work it was: things looked up and names compared.
    pub effort: u64,
}

/// What changed in a document.
#[derive(Debug, Clone)]
pub struct DocumentChange {
    /// The document itself: what became of it, and its own attributes.
    pub head: Entry,
    /// What stands in it and has changed, in the order of the new edition.
    pub entries: Vec<Entry>,
}

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Dropped,
    /// It is in both editions.
    Kept,
    /// There are several that it may be.
    Unsure,
}

/// One thing that is new, gone or has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What kind of thing it is.
    pub kind: Word,
    /// Whether it is a document.
    pub is_document: bool,
    /// What became of it.
    pub fate: Fate,
    /// The thing in the old edition; several where it is not known which.
    pub old: Vec<Side>,
    /// The thing in the new edition; several where it is not known which.
    pub new: Vec<Side>,
    /// Why they are taken for one.
    pub evidence: Evidence,
    /// What has changed.
    pub changes: Vec<Change>,
    /// What came or went with it: the kind and what it is called.
    pub inside: Vec<(Word, String)>,
}

/// A thing in one of the editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What it is called.
    pub label: String,
    /// The things it stands in, from the outside, the document left out.
    pub path: Vec<String>,
    /// Where it stands.
    pub place: String,
}

impl Comparison {
    /// Whether nothing has changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// What happened how often, in all documents.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(self.documents.iter().flat_map(DocumentChange::all))
    }
}

impl DocumentChange {
    /// The document and what stands in it.
    pub fn all(&self) -> impl Iterator<Item = &Entry> {
        std::iter::once(&self.head).chain(&self.entries)
    }

    /// What happened how often.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(self.all())
    }
}

/// Compares two editions.
#[must_use]
pub fn compare(old: Edition<'_>, new: Edition<'_>) -> Comparison {
    let kinds = Kinds::new([&new.facts.vocabulary, &old.facts.vocabulary]);
    let (was, is) = (Things::of(old, &kinds), Things::of(new, &kinds));
    let documents = documents::pair((old, &was), (new, &is));
    let pairs = Matching::new(&was, &is, &documents).run(&kinds);
    let undecided = pairs.unsure.iter().flat_map(|u| u.old.iter().copied()).collect();
    let comparer = Comparer { kinds: &kinds, pairs: &pairs, undecided, old: (old, &was), new: (new, &is) };
    let teller = Teller { kinds: &kinds, pairs: &pairs, comparer: &comparer, old: (old, &was), new: (new, &is) };
    Comparison { documents: teller.documents(), effort: pairs.effort }
}

struct Teller<'a> {
    kinds: &'a Kinds,
    pairs: &'a Pairs,
    comparer: &'a Comparer<'a>,
    old: (Edition<'a>, &'a Things),
    new: (Edition<'a>, &'a Things),
}

/// Where an entry stands: behind this thing of the new edition; things of the old one behind it, in their order.
type Order = (usize, usize);

impl Teller<'_> {
    fn documents(&self) -> Vec<DocumentChange> {
        let order = self.order_of_old();
        let mut entries: BTreeMap<Order, (Order, Entry)> = BTreeMap::new();
        let unsure = self.unsure();
        for (at, thing) in self.new.1.all.iter().enumerate() {
            let document = (thing.document + 1, 0);
            let old = self.pairs.to_old.get(at).copied().flatten();
            let entry = match (old, unsure.new.get(&at)) {
                (Some(old), _) => self.kept(old, at),
                (None, Some(group)) => (group.new.first() == Some(&at)).then(|| self.not_decided(group)),
                (None, None) => self.alone(at, Fate::Added),
            };
            entries.extend(entry.map(|entry| ((at + 1, 0), (document, entry))));
        }
        for (at, thing) in self.old.1.all.iter().enumerate() {
            if self.pairs.to_new.get(at).is_some_and(Option::is_some) || unsure.old.contains(&at) {
                continue;
            }
            let Some(place) = order.get(at).copied() else { continue };
            let document = match self.pairs.to_new.get(thing.document).copied().flatten() {
                Some(document) => (document + 1, 0),
                None => order.get(thing.document).copied().unwrap_or_default(),
            };
            entries.extend(self.alone(at, Fate::Dropped).map(|entry| (place, (document, entry))));
        }
        self.by_document(entries)
    }

    /// The entries below their documents. A document of which something has changed has a head, whatever else it has.
    fn by_document(&self, entries: BTreeMap<Order, (Order, Entry)>) -> Vec<DocumentChange> {
        let mut out: BTreeMap<Order, DocumentChange> = BTreeMap::new();
        for (order, (document, entry)) in entries {
            if order == document {
                out.insert(document, DocumentChange { head: entry, entries: Vec::new() });
                continue;
            }
            let head = || {
                let new = document.0.saturating_sub(1);
                let old = self.pairs.to_old.get(new).copied().flatten().unwrap_or_default();
                DocumentChange { head: self.pair(old, new, Vec::new()), entries: Vec::new() }
            };
            out.entry(document).or_insert_with(head).entries.push(entry);
        }
        out.into_values().collect()
    }

    /// Old things stand behind the thing of the new edition that is the last one before them in the old edition.
    fn order_of_old(&self) -> Vec<Order> {
        let mut behind = 0;
        let mut order = Vec::with_capacity(self.old.1.all.len());
        for (at, thing) in self.old.1.all.iter().enumerate() {
            if thing.parent.is_none() && self.pairs.to_new.get(at).copied().flatten().is_none() {
                // A document that is gone stands behind the whole of the one before it.
                let last = |n: usize| self.new.1.all.iter().rposition(|t| Some(t.document) == self.document(n));
                behind = last(behind).map_or(behind, |last| last + 1);
            }
            if let Some(new) = self.pairs.to_new.get(at).copied().flatten() {
                behind = new + 1;
            }
            order.push((behind, at + 1));
        }
        order
    }

    fn document(&self, order: usize) -> Option<usize> {
        self.new.1.all.get(order.checked_sub(1)?).map(|t| t.document)
    }

    fn unsure(&self) -> Undecided<'_> {
        let mut out = Undecided::default();
        for group in &self.pairs.unsure {
            out.old.extend(group.old.iter().copied());
            out.new.extend(group.new.iter().map(|at| (*at, group)));
        }
        out
    }

    fn word(&self, kind: KindId) -> Word {
        self.kinds.word(kind)
    }

    fn side(&self, (edition, things): (Edition<'_>, &Things), at: usize) -> Side {
        Side {
            label: things.label(edition, at),
            path: things.above(at).into_iter().map(|above| things.label(edition, above)).collect(),
            place: things.place(edition, at),
        }
    }

    fn kept(&self, old: usize, new: usize) -> Option<Entry> {
        let mut changes = self.comparer.changes(old, new);
        if self.new.1.all.get(new).is_some_and(|t| t.parent.is_none()) {
            changes.extend(self.years(old, new));
        }
        let likely = matches!(self.pairs.evidence.get(old), Some(Evidence::Likeness { .. }));
        (!changes.is_empty() || likely).then(|| self.pair(old, new, changes))
    }

    fn pair(&self, old: usize, new: usize, changes: Vec<Change>) -> Entry {
        let kind = self.new.1.all.get(new).map_or(KindId(u16::MAX), |t| t.kind);
        Entry {
            kind: self.word(kind),
            is_document: self.new.1.all.get(new).is_some_and(|t| t.parent.is_none()),
            fate: Fate::Kept,
            old: vec![self.side(self.old, old)],
            new: vec![self.side(self.new, new)],
            evidence: self.pairs.evidence.get(old).copied().unwrap_or_default(),
            changes,
            inside: Vec::new(),
        }
    }

    /// A thing that is in one edition only; `None` if it came or went with the one that it stands in.
    fn alone(&self, at: usize, fate: Fate) -> Option<Entry> {
        let (side, paired) =
            if fate == Fate::Added { (self.new, &self.pairs.to_old) } else { (self.old, &self.pairs.to_new) };
        let is_alone = |at: usize| paired.get(at).is_some_and(Option::is_none);
        let thing = side.1.all.get(at)?;
        if thing.parent.is_some_and(is_alone) {
            return None;
        }
        let mut inside = Vec::new();
        let mut waiting: Vec<usize> = thing.inside.iter().rev().copied().collect();
        while let Some(next) = waiting.pop().and_then(|n| side.1.all.get(n).map(|t| (n, t))) {
            if is_alone(next.0) {
                inside.push((self.word(next.1.kind), side.1.label(side.0, next.0)));
                waiting.extend(next.1.inside.iter().rev());
            }
        }
        let sides = vec![self.side(side, at)];
        let (old, new) = if fate == Fate::Added { (Vec::new(), sides) } else { (sides, Vec::new()) };
        let kind = self.word(thing.kind);
        let is_document = thing.parent.is_none();
        Some(Entry { kind, is_document, fate, old, new, evidence: Evidence::default(), changes: Vec::new(), inside })
    }

    fn not_decided(&self, group: &Unsure) -> Entry {
        Entry {
            kind: self.word(group.kind),
            is_document: false,
            fate: Fate::Unsure,
            old: group.old.iter().map(|at| self.side(self.old, *at)).collect(),
            new: group.new.iter().map(|at| self.side(self.new, *at)).collect(),
            evidence: Evidence::Likeness { percent: group.percent, number: false, place: false, shared: 0 },
            changes: Vec::new(),
            inside: Vec::new(),
        }
    }

    /// The years for which a series of a document has values for the first time, or no longer.
    fn years(&self, old: usize, new: usize) -> Vec<Change> {
        let years = |things: &Things, document: usize| {
            let mut out: BTreeMap<KindId, BTreeSet<_>> = BTreeMap::new();
            for thing in things.all.iter().filter(|t| t.document == document) {
                for key in thing.values.keys() {
                    out.entry(key.0).or_default().extend(key.1);
                }
            }
            out
        };
        let (was, is) = (years(self.old.1, old), years(self.new.1, new));
        let none = BTreeSet::new();
        let mut by_word: FxHashMap<Word, usize> = FxHashMap::default();
        let mut out: Vec<(Word, BTreeSet<_>, BTreeSet<_>)> = Vec::new();
        // 目標 of 指標 and 目標 of KGI見出し are one word for a reader.
        for kind in was.keys().chain(is.keys()).collect::<BTreeSet<_>>() {
            let (a, b) = (was.get(kind).unwrap_or(&none), is.get(kind).unwrap_or(&none));
            let word = self.word(*kind);
            let at = *by_word.entry(word.clone()).or_insert(out.len());
            if at == out.len() {
                out.push((word, BTreeSet::new(), BTreeSet::new()));
            }
            if let Some((_, old, new)) = out.get_mut(at) {
                old.extend(a.iter().copied());
                new.extend(b.iter().copied());
            }
        }
        let told = |years: &BTreeSet<crate::value::FiscalYear>, other: &BTreeSet<_>| -> Vec<String> {
            years.difference(other).map(ToString::to_string).collect()
        };
        let changes = out.into_iter().filter_map(|(column, old, new)| {
            let (added, dropped) = (told(&new, &old), told(&old, &new));
            let what = What::Years { column, added, dropped };
            (old != new).then_some(Change { what, old_at: None, new_at: None })
        });
        changes.collect()
    }
}

#[derive(Default)]
struct Undecided<'a> {
    old: rustc_hash::FxHashSet<usize>,
    new: FxHashMap<usize, &'a Unsure>,
}
