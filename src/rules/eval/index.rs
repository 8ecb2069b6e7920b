//! Hash indexes over the rows of a relation: four bytes a bucket and four a row. What a row is looked up by is read
//! again from its column instead of being kept, unless it has to be worked out.
use std::hash::{BuildHasher, Hasher};

use super::super::value::{Key, Why};
use super::Shared;
use crate::plan::{Cell, ColumnId, RelationId};

/// The end of a chain.
const END: u32 = u32::MAX;

/// An index.
#[derive(Debug, Default)]
pub struct Index {
    relation: RelationId,
    /// The first entry of each chain; as many as a power of two.
    buckets: Vec<u32>,
    /// The entry after each one in its chain.
    next: Vec<u32>,
    /// The row of each entry.
    rows: Vec<u32>,
    parts: Vec<Part>,
    /// Rows of which a key could not be read: they may belong anywhere.
    pub unreadable: Vec<u32>,
}

/// One of the values that rows are looked up by.
#[derive(Debug)]
pub enum Part {
    /// A column of the facts.
    Column(ColumnId),
    /// The document of a row.
    Document,
    /// Worked out and kept, by entry.
    Written(Vec<u64>),
}

impl Part {
    /// The value in a row; `Err` tells why it has none. Only for what is not worked out.
    pub fn of(&self, shared: &Shared<'_>, relation: RelationId, row: u32) -> Result<u64, Why> {
        let table = shared.facts.table(relation).ok_or(Why::Missing)?;
        match self {
            Self::Column(column) => {
                let cells = table.columns.get(column.0 as usize).ok_or(Why::Missing)?;
                let packed = cells.get(row as usize).copied().unwrap_or_default();
                bits(match packed.unpack(&shared.facts.symbols) {
                    Cell::Text(_, folded) | Cell::Qualitative(_, folded) => Key::Text(folded),
                    Cell::Number(n) => Key::Number(n),
                    Cell::Year(year) => Key::Year(year),
                    Cell::Date(date) => Key::Date(date),
                    Cell::Bool(truth) => Key::Bool(truth),
                    Cell::Unreadable => return Err(Why::Unreadable),
                    Cell::Missing => return Err(Why::Missing),
                    Cell::Figure(_) | Cell::List(_) | Cell::Reference(_) => return Err(Why::Several),
                })
            }
            Self::Document => table.documents.get(row as usize).map(|d| DOCUMENT | u64::from(*d)).ok_or(Why::Missing),
            Self::Written(_) => Err(Why::Missing),
        }
    }
}

const KIND: u32 = 60;
const DOCUMENT: u64 = 6 << KIND;

/// A key in one word: the kind in the highest bits, so that a year is never a number. A whole number beyond 2 to the
/// power 59 is beyond what rows are looked up by.
pub fn bits(key: Key) -> Result<u64, Why> {
    Ok(match key {
        Key::Text(symbol) => 1 << KIND | u64::from(symbol.0),
        Key::Number(n) if n.unsigned_abs() < 1 << 59 => 2 << KIND | (n.cast_unsigned() & ((1 << KIND) - 1)),
        Key::Number(_) => return Err(Why::Overflow),
        Key::Year(year) => 3 << KIND | u64::from(year.0.cast_unsigned()),
        Key::Date(date) => {
            4 << KIND | u64::from(date.year.cast_unsigned()) << 16 | u64::from(date.month) << 8 | u64::from(date.day)
        }
        Key::Bool(truth) => 5 << KIND | u64::from(truth),
        Key::Row(row) => 6 << KIND | u64::from(row.relation.0) << 32 | u64::from(row.row),
    })
}

/// The entries of an index that is being made.
pub struct Entries {
    index: Index,
    hashes: Vec<u32>,
    hasher: hashbrown::DefaultHashBuilder,
}

impl Entries {
    /// No entries yet, for rows of `relation` that are looked up by `parts`.
    pub fn new(shared: &Shared<'_>, relation: RelationId, parts: Vec<Part>) -> Self {
        let index = Index { relation, parts, ..Index::default() };
        Self { index, hashes: Vec::new(), hasher: shared.hasher.clone() }
    }

    /// One of the values that rows are looked up by.
    pub fn part(&self, number: usize) -> Option<&Part> {
        self.index.parts.get(number)
    }

    /// A row with what it is looked up by.
    pub fn push(&mut self, row: u32, key: &[u64]) {
        self.hashes.push(hash(&self.hasher, key));
        self.index.rows.push(row);
        for (part, value) in self.index.parts.iter_mut().zip(key) {
            if let Part::Written(values) = part {
                values.push(*value);
            }
        }
    }

    /// A row of which a key could not be read.
    pub fn torn(&mut self, row: u32) {
        self.index.unreadable.push(row);
    }

    /// The index. Entries of one key are found in the order in which they came.
    pub fn finish(self) -> Index {
        let Self { mut index, hashes, .. } = self;
        let size = (hashes.len() + hashes.len() / 2).next_power_of_two();
        index.buckets = vec![END; size];
        index.next = vec![END; hashes.len()];
        for (entry, hash) in hashes.iter().enumerate().rev() {
            if let (Some(bucket), Some(next)) =
                (index.buckets.get_mut(*hash as usize & (size - 1)), index.next.get_mut(entry))
            {
                *next = std::mem::replace(bucket, u32::try_from(entry).unwrap_or(END));
            }
        }
        index.rows.shrink_to_fit();
        index
    }
}

fn hash(hasher: &hashbrown::DefaultHashBuilder, key: &[u64]) -> u32 {
    let mut state = hasher.build_hasher();
    key.iter().for_each(|part| state.write_u64(*part));
    // The lower half is as good as the whole.
    state.finish() as u32
}

impl Index {
    /// The rows that have these values, in their order.
    pub fn find<'i>(&'i self, shared: &'i Shared<'_>, key: &'i [u64]) -> impl Iterator<Item = u32> + 'i {
        let bucket = hash(&shared.hasher, key) as usize & self.buckets.len().wrapping_sub(1);
        let mut at = self.buckets.get(bucket).copied().unwrap_or(END);
        std::iter::from_fn(move || {
            while at != END {
                let entry = at as usize;
                at = self.next.get(entry).copied().unwrap_or(END);
                let row = self.rows.get(entry).copied().unwrap_or(END);
                if self.is(shared, entry, row, key) {
                    return Some(row);
                }
            }
            None
        })
    }

    fn is(&self, shared: &Shared<'_>, entry: usize, row: u32, key: &[u64]) -> bool {
        self.parts.iter().zip(key).all(|(part, wanted)| match part {
            Part::Written(values) => values.get(entry) == Some(wanted),
            _ => part.of(shared, self.relation, row) == Ok(*wanted),
        })
    }
}
