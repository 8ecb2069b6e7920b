//! Which changes are shown: those of some kinds of things, columns and events.
use super::{Change, Comparison, Edition, Entry, Fate, How, What};
use crate::text::near::nearest;

/// The events that can be asked for, in both languages.
pub const WORDS: [(&str, &str); 8] = [
    ("追加", "added"),
    ("廃止", "dropped"),
    ("番号", "renumbered"),
    ("名称", "renamed"),
    ("移動", "moved"),
    ("再掲", "relisted"),
    ("単位", "units"),
    ("不明", "unsure"),
];

/// What was asked for; everything, if nothing was.
#[derive(Debug, Clone, Default)]
pub struct Chosen(Vec<String>);

/// The first word that neither edition has a kind, a column or an event for, with the nearest one that there is.
#[must_use]
pub fn unknown(words: &[String], editions: [Edition<'_>; 2]) -> Option<(String, String)> {
    let mut known: Vec<&str> = WORDS.iter().flat_map(|(ja, en)| [*ja, *en]).collect();
    for relation in editions.iter().flat_map(|e| &e.facts.vocabulary.relations) {
        known.extend([relation.name.as_str(), relation.alias.as_str()]);
        known.extend(relation.columns.iter().flat_map(|c| [c.name.as_str(), c.alias.as_str()]));
    }
    let wrong = words.iter().find(|word| !known.contains(&word.as_str()))?;
    Some((wrong.clone(), nearest(wrong, known.into_iter())))
}

impl Chosen {
    /// Choices of words that are known.
    #[must_use]
    pub fn new(words: Vec<String>) -> Self {
        Self(words)
    }

    /// What of a comparison was asked for.
    #[must_use]
    pub fn of(&self, mut comparison: Comparison) -> Comparison {
        if self.0.is_empty() {
            return comparison;
        }
        for document in &mut comparison.documents {
            document.entries.retain_mut(|entry| self.keeps(entry));
        }
        comparison.documents.retain_mut(|document| {
            let own = self.keeps(&mut document.head);
            own || !document.entries.is_empty()
        });
        comparison
    }

    fn has(&self, names: [&str; 2]) -> bool {
        self.0.iter().any(|word| names.contains(&word.as_str()))
    }

    fn event(&self, number: usize) -> bool {
        WORDS.get(number).is_some_and(|(ja, en)| self.has([ja, en]))
    }

    /// Cuts an entry down to what was asked for; whether anything is left.
    fn keeps(&self, entry: &mut Entry) -> bool {
        if self.has([&entry.kind.name, &entry.kind.alias]) {
            return true;
        }
        entry.changes.retain(|change| self.wants(change));
        entry.inside.retain(|(kind, _)| self.has([&kind.name, &kind.alias]) || self.event(0) || self.event(1));
        let own = match entry.fate {
            Fate::Added => self.event(0),
            Fate::Dropped => self.event(1),
            Fate::Unsure => self.event(7),
            Fate::Kept => false,
        };
        own || !entry.changes.is_empty() || !entry.inside.is_empty()
    }

    fn wants(&self, change: &Change) -> bool {
        let column = match &change.what {
            What::Number { .. } => return self.event(2),
            What::Name { .. } => return self.event(3),
            What::Place { .. } => return self.event(4),
            What::Mark { column, .. } => return self.event(5) || self.has([&column.name, &column.alias]),
            What::Value { column, how, .. } => {
                if matches!(how, How::Unit { .. } | How::Scale { .. }) && self.event(6) {
                    return true;
                }
                column
            }
            What::Field { column, .. } | What::List { column, .. } | What::Years { column, .. } => column,
        };
        self.has([&column.name, &column.alias])
    }
}
