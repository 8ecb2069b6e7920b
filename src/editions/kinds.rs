//! The kinds of things and values of two editions, which may be written with two vocabularies.
use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::plan::{RelationKind, Vocabulary};

/// Number of a kind in [`Kinds`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct KindId(pub u16);

/// A word of the vocabulary in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Word {
    /// Japanese.
    pub name: String,
    /// English.
    pub alias: String,
}

/// The relations of both editions by name and, where they are series or rows, by the name of their owner.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    words: Vec<Word>,
    numbers: FxHashMap<(String, String), KindId>,
    /// The kinds, those in whose blocks others stand before the others where they do not stand in each other.
    pub order: Vec<KindId>,
}

impl Kinds {
    /// The kinds of two vocabularies.
    pub fn new(vocabularies: [&Vocabulary; 2]) -> Self {
        let mut out = Self::default();
        for vocabulary in vocabularies {
            for n in 0..vocabulary.relations.len() {
                let (Some(key), Some(relation)) = (key(vocabulary, n), vocabulary.relations.get(n)) else { continue };
                let Ok(next) = u16::try_from(out.words.len()) else { continue };
                if let Entry::Vacant(free) = out.numbers.entry(key) {
                    free.insert(KindId(next));
                    out.words.push(Word { name: relation.name.clone(), alias: relation.alias.clone() });
                }
            }
        }
        let mut depth = vec![0_usize; out.words.len()];
        let most = out.words.len();
        // As deep as the kinds that it stands in, and one more; kinds that stand in each other stop at the number of kinds.
        for _ in 0..most {
            let mut changed = false;
            for vocabulary in vocabularies {
                let ids = out.of(vocabulary);
                for (relation, id) in vocabulary.relations.iter().zip(&ids) {
                    let places = relation.places.iter().filter_map(|p| ids.get(p.0 as usize)).filter(|p| *p != id);
                    let above = places.filter_map(|p| depth.get(p.0 as usize)).max().copied().unwrap_or(0);
                    if let Some(own) = depth.get_mut(id.0 as usize).filter(|own| **own <= above && above < most) {
                        *own = above + 1;
                        changed = true;
                    }
                }
            }
            if !changed {
                break;
            }
        }
        out.order = (0..).map(KindId).take(most).collect();
        out.order.sort_by_key(|id| (depth.get(id.0 as usize).copied(), *id));
        out
    }

    /// The kinds of the relations of a vocabulary, by the number of the relation.
    pub fn of(&self, vocabulary: &Vocabulary) -> Vec<KindId> {
        let kind = |n| key(vocabulary, n).and_then(|key| self.numbers.get(&key)).copied().unwrap_or(KindId(u16::MAX));
        (0..vocabulary.relations.len()).map(kind).collect()
    }

    /// What a kind is called.
    pub fn word(&self, id: KindId) -> Word {
        let none = || Word { name: String::new(), alias: String::new() };
        self.words.get(id.0 as usize).cloned().unwrap_or_else(none)
    }
}

fn key(vocabulary: &Vocabulary, number: usize) -> Option<(String, String)> {
    let relation = vocabulary.relations.get(number)?;
    let owner = match relation.kind {
        RelationKind::Series(owner) | RelationKind::Rows(owner) => {
            vocabulary.relations.get(owner.0 as usize).map(|r| r.name.clone()).unwrap_or_default()
        }
        RelationKind::Entity | RelationKind::Defined => String::new(),
    };
    Some((relation.name.clone(), owner))
}
