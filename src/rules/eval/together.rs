//! The rows of a document lie together, and mostly they are few: who looks for rows of one document looks through them, and an
//! index is only made where that has cost about as much as making one.
use std::ops::Range;

use super::index::{Part, document_of};
use super::*;

/// The rows of each document of a relation.
pub(in crate::rules) struct Together<'a> {
    /// Which of the values that rows are looked up by is the document.
    document: usize,
    /// The first row of each document, and the number of all rows.
    starts: &'a [u32],
    /// Rows that may still be looked through.
    left: Cell<u64>,
}

/// More rows of a document than this are not looked through.
const MOST: u32 = 256;

/// For each row of the relation so many rows are looked through before an index is made: the two cost about the same.
const PATIENCE: u64 = 32;

impl Together<'_> {
    /// The rows of the document among these words, if they are few.
    #[inline]
    pub fn of_document(&self, words: &[u64]) -> Option<Range<u32>> {
        let document = document_of(*words.get(self.document)?)? as usize;
        let rows = *self.starts.get(document)?..*self.starts.get(document + 1)?;
        Some(rows).filter(|rows| rows.end.saturating_sub(rows.start) <= MOST)
    }

    /// The rows that can be those with these words; `None` if an index is to be asked.
    #[inline]
    pub fn rows(&self, words: &[u64]) -> Option<Range<u32>> {
        let rows = self.of_document(words)?;
        self.left.set(self.left.get().checked_sub(u64::from(rows.end.saturating_sub(rows.start)))?);
        Some(rows)
    }

    /// The parts and the words by which rows of one document are told apart.
    pub fn others<'k, 'f>(
        &self,
        parts: &'k [Part<'f>],
        words: &'k [u64],
    ) -> impl Iterator<Item = (&'k Part<'f>, u64)> + use<'k, 'f> {
        let document = self.document;
        parts.iter().zip(words).enumerate().filter(move |(n, _)| *n != document).map(|(_, (part, word))| (part, *word))
    }
}

impl<'a> Context<'a> {
    /// For rows that are looked up by their document and by something else that is kept in the facts; `None` for others.
    pub(super) fn together(&self, relation: RelationId, parts: &[Part<'a>]) -> Option<Together<'a>> {
        let document = parts.iter().position(|part| matches!(part, Part::Document(_))).filter(|_| parts.len() > 1)?;
        let starts = self.shared.documents(relation)?;
        // A share of a rule has a share of the patience.
        let patience = PATIENCE * u64::from(self.count(relation)) * u64::from(self.allowed.get());
        Some(Together { document, starts, left: Cell::new(patience / u64::from(MOST_SCANS)) })
    }
}

/// Where the rows of each document begin, and where those of the last one end; `None` if they do not lie together.
pub(super) type Starts = Option<Box<[u32]>>;

/// The starts of so many documents, given that of each row.
pub(super) fn starts(documents: &[u32], count: u32) -> Starts {
    if !documents.is_sorted() {
        return None;
    }
    let mut starts = Vec::with_capacity(count as usize + 1);
    let mut rows = (0_u32..).zip(documents).peekable();
    let mut row = 0;
    for document in 0..count {
        starts.push(row);
        while rows.next_if(|(_, of)| **of == document).is_some() {
            row += 1;
        }
    }
    starts.push(row);
    Some(starts.into_boxed_slice())
}

#[cfg(test)]
mod tests;
