//! Hash indexes over the rows of a relation: four bytes a bucket and four a row. What a row is looked up by is read
//! again from its column instead of being kept, unless it has to be worked out.
use rustc_hash::FxHashMap;

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
    /// The part that changes least from one entry to the next: rows that are looked up one after the other are mostly of
    /// one group, and the buckets of a group lie together, in the caches.
    group: usize,
    /// How many buckets lie together; a power of two.
    region: usize,
    /// Rows of which a key could not be read: they may belong anywhere.
    pub unreadable: Vec<u32>,
    /// Whether rows come sorted by what the index is sorted by.
    pub sorted: bool,
    /// Whether rows come in the order of the facts.
    pub in_order: bool,
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
    seed: u64,
    /// For each entry the hash of each part, one after the other.
    hashes: Vec<u32>,
    /// For each part: how often it differed from that of the entry before.
    changes: Vec<usize>,
}

impl Entries {
    /// No entries yet, for rows of `relation` that are looked up by `parts`.
    pub fn new(shared: &Shared<'_>, relation: RelationId, parts: Vec<Part>) -> Self {
        let changes = vec![0; parts.len()];
        let index = Index { relation, parts, ..Index::default() };
        Self { index, seed: shared.seed, hashes: Vec::new(), changes }
    }

    /// One of the values that rows are looked up by.
    pub fn part(&self, number: usize) -> Option<&Part> {
        self.index.parts.get(number)
    }

    /// A row with what it is looked up by.
    pub fn push(&mut self, row: u32, key: &[u64]) {
        let before = self.hashes.len().checked_sub(key.len());
        for (n, (part, value)) in self.index.parts.iter_mut().zip(key).enumerate() {
            let hash = mix(self.seed, *value);
            let same = before.and_then(|at| self.hashes.get(at + n)) == Some(&hash);
            if let Some(changes) = self.changes.get_mut(n).filter(|_| !same) {
                *changes += 1;
            }
            self.hashes.push(hash);
            if let Part::Written(values) = part {
                values.push(*value);
            }
        }
        self.index.rows.push(row);
    }

    /// A row of which a key could not be read.
    pub fn torn(&mut self, row: u32) {
        self.index.unreadable.push(row);
    }

    /// The index. Entries of one key are found in the order in which they came.
    pub fn finish(self, sorted: bool) -> Index {
        let Self { mut index, hashes, changes, .. } = self;
        let count = index.rows.len();
        index.sorted = sorted;
        index.in_order = index.rows.is_sorted();
        index.unreadable.sort_unstable();
        let size = (count + count / 2).next_power_of_two();
        let width = index.parts.len().max(1);
        index.group = (0..width).min_by_key(|n| changes.get(*n).copied().unwrap_or(0)).unwrap_or(0);
        // A region has room for the largest group, so that no chain grows long however the groups are.
        let largest = if width < 2 { count } else { largest(hashes.iter().skip(index.group).step_by(width)) };
        index.region = (largest + largest / 2).next_power_of_two().min(size);
        index.buckets = vec![END; size];
        index.next = vec![END; count];
        for (entry, parts) in hashes.chunks_exact(width).enumerate().rev() {
            let at = index.bucket(parts.iter().copied());
            if let (Some(bucket), Some(next)) = (index.buckets.get_mut(at), index.next.get_mut(entry)) {
                *next = std::mem::replace(bucket, u32::try_from(entry).unwrap_or(END));
            }
        }
        index.rows.shrink_to_fit();
        index
    }
}

/// How many entries the largest group has.
fn largest<'h>(hashes: impl Iterator<Item = &'h u32>) -> usize {
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    let (mut last, mut run, mut most) = (None, 0, 0);
    for hash in hashes.map(Some).chain([None]) {
        if hash != last {
            if let Some(before) = last {
                let count = counts.entry(*before).or_default();
                *count += run;
                most = most.max(*count);
            }
            (last, run) = (hash, 0);
        }
        run += 1;
    }
    most
}

/// A hash that nobody can foresee: what is looked up comes from outside.
fn mix(seed: u64, value: u64) -> u32 {
    let product = u128::from(value ^ seed) * u128::from(0x9e37_79b9_7f4a_7c15_u64 ^ seed.rotate_left(32) | 1);
    ((product >> 64) as u64 ^ product as u64) as u32
}

impl Index {
    /// The rows that have these values, in their order.
    pub fn find<'i>(&'i self, shared: &'i Shared<'_>, key: &'i [u64]) -> impl Iterator<Item = u32> + 'i {
        let bucket = self.bucket(key.iter().map(|part| mix(shared.seed, *part)));
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

    /// The bucket of a key, by the hashes of its parts: the group says in which region, the rest where in it.
    fn bucket(&self, parts: impl Iterator<Item = u32>) -> usize {
        let (mut group, mut rest) = (0_u32, 0_u32);
        for (n, hash) in parts.enumerate() {
            if n == self.group {
                group = hash;
            } else {
                rest = rest.rotate_left(11).wrapping_add(hash);
            }
        }
        if self.parts.len() < 2 {
            rest = group;
        }
        let regions = self.buckets.len() / self.region.max(1);
        (group as usize & regions.wrapping_sub(1)) * self.region + (rest as usize & self.region.wrapping_sub(1))
    }

    fn is(&self, shared: &Shared<'_>, entry: usize, row: u32, key: &[u64]) -> bool {
        self.parts.iter().zip(key).all(|(part, wanted)| match part {
            Part::Written(values) => values.get(entry) == Some(wanted),
            _ => part.of(shared, self.relation, row) == Ok(*wanted),
        })
    }
}
