//! How often what happened: the last line of a comparison.
use super::{Change, Entry, Evidence, Fate, How, Marking, What, Word};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// Things that are new.
    Added,
    /// Things that are gone.
    Dropped,
    /// Things with another number.
    Renumbered,
    /// Things with another name.
    Renamed,
    /// Things that stand in another thing.
    Moved,
    /// Things that were not decided.
    Unsure,
    /// Things that were matched by likeness.
    Alike,
    /// Marks that came, went or point elsewhere.
    Remarked,
    /// Values that are greater; of decisions: raised.
    Raised,
    /// Values that are smaller; of decisions: lowered.
    Lowered,
    /// Values that were not there.
    Newly,
    /// Values that are no longer there.
    Gone,
    /// Values in another unit or scale.
    Unit,
    /// Other changes of texts and values.
    Other,
}

/// Counts by kind of thing or by series, in the order in which they first happen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// What, of what kind or series, whether it is a decision (目標), and how often.
    pub counts: Vec<(Of, Word, bool, usize)>,
    /// How many things have changed in any way.
    pub entries: usize,
}

impl Tally {
    /// Counts what the entries say.
    pub(super) fn of<'e>(entries: impl Iterator<Item = &'e Entry>) -> Self {
        let mut out = Self::default();
        for entry in entries {
            // A document that only holds what has changed has not changed itself.
            if entry.fate == Fate::Kept && entry.changes.is_empty() && !entry.by_likeness() {
                continue;
            }
            out.entries += 1;
            match entry.fate {
                Fate::Added => out.add(Of::Added, &entry.kind, false),
                Fate::Dropped => out.add(Of::Dropped, &entry.kind, false),
                Fate::Unsure => out.add(Of::Unsure, &entry.kind, false),
                Fate::Kept if entry.by_likeness() => out.add(Of::Alike, &entry.kind, false),
                Fate::Kept => {}
            }
            for (kind, _) in &entry.inside {
                out.add(if entry.fate == Fate::Added { Of::Added } else { Of::Dropped }, kind, false);
            }
            for change in &entry.changes {
                // What a document says of itself is told, and counted as one thing.
                if entry.is_document {
                    out.add(Of::Other, &entry.kind, false);
                    break;
                }
                out.change(entry, change);
            }
        }
        out.counts.sort_by_key(|c| c.0);
        out
    }

    fn change(&mut self, entry: &Entry, change: &Change) {
        match &change.what {
            What::Number { .. } => self.add(Of::Renumbered, &entry.kind, false),
            What::Name { .. } => self.add(Of::Renamed, &entry.kind, false),
            What::Place { .. } => self.add(Of::Moved, &entry.kind, false),
            What::Mark { how: Marking::Followed, .. } | What::Years { .. } => {}
            What::Mark { column, .. } => self.add(Of::Remarked, column, false),
            What::Field { column, .. } | What::List { column, .. } => self.add(Of::Other, column, false),
            What::Value { column, how, .. } => match how {
                How::Newly => self.add(Of::Newly, column, false),
                How::Gone => self.add(Of::Gone, column, false),
                How::Shifted(shift) => {
                    self.add(if shift.up { Of::Raised } else { Of::Lowered }, column, shift.decision);
                }
                How::Unit { .. } | How::Scale { .. } => self.add(Of::Unit, column, false),
                How::Printing | How::Text => self.add(Of::Other, column, false),
            },
        }
    }

    fn add(&mut self, of: Of, word: &Word, decision: bool) {
        match self.counts.iter_mut().find(|c| c.0 == of && c.1 == *word && c.2 == decision) {
            Some(known) => known.3 += 1,
            None => self.counts.push((of, word.clone(), decision, 1)),
        }
    }
}

impl Entry {
    /// Whether the two were taken for one because they are alike.
    #[must_use]
    pub fn by_likeness(&self) -> bool {
        self.fate == Fate::Kept && matches!(self.evidence, Evidence::Likeness { .. })
    }
}
