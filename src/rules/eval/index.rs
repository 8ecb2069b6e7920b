//! Hash indexes over the rows of a relation: four bytes a bucket and eight a row, twelve where rows are left out. What a row
//! is looked up by is read again from its column instead of being kept, unless it has to be worked out.
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::super::value::{Key, Why};
use super::Shared;
use crate::plan::{Cell, Packed, Symbol, Symbols};

/// The end of a chain.
const END: u32 = u32::MAX;

/// An index.
#[derive(Debug, Default)]
pub struct Index<'a> {
    /// The first entry of each chain; as many as a power of two.
    buckets: Vec<u32>,
    entries: Vec<Entry>,
    /// The row of each entry; none where every row has one entry, so that it has the number of its row.
    rows: Vec<u32>,
    parts: Vec<Part<'a>>,
    /// The part that says in which region a row is found: the buckets of a group lie together, in the caches.
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

/// A row in an index; what a look-up goes by lies together. Until the index is finished both are hashes of what it is looked
/// up by: that of its group, and that of the rest.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The entry after it in its chain.
    next: u32,
    /// A hash of what it is looked up by, so that others in its chain are passed over without a look at their cells; its lowest
    /// bit says instead that the entry has the key of the one before it in its chain.
    tag: u32,
}

impl Entry {
    fn of((group, rest): (u32, u32)) -> Self {
        Self { next: group, tag: rest }
    }

    /// The hashes by which its bucket is found, as long as they are kept.
    fn hashes(self) -> (u32, u32) {
        (self.next, self.tag)
    }
}

/// See [`Entry::tag`].
const SAME: u32 = 1;

/// One of the values that rows are looked up by.
#[derive(Debug)]
pub enum Part<'a> {
    /// A column of the facts.
    Column(&'a [Packed]),
    /// The documents of the rows.
    Document(&'a [u32]),
    /// A column of the documents of the rows.
    OfDocument(&'a [u32], &'a [Packed]),
    /// Worked out and kept, by entry.
    Written(Vec<u64>),
}

impl Part<'_> {
    /// The word for a row. What is worked out is missing here.
    #[inline(always)]
    pub fn of(&self, symbols: &Symbols, row: u32) -> u64 {
        let of =
            |cells: &[Packed], row: u32| packed_word(cells.get(row as usize).copied().unwrap_or_default(), symbols);
        match self {
            Self::Column(cells) => of(cells, row),
            Self::OfDocument(documents, cells) => documents.get(row as usize).map_or(MISSING, |d| of(cells, *d)),
            Self::Document(documents) => documents.get(row as usize).map_or(MISSING, |d| document_word(*d)),
            Self::Written(_) => MISSING,
        }
    }

    /// Gives those of some rows, one after the other, that have this word, and says whether one of them is torn.
    pub fn each(&self, symbols: &Symbols, rows: Range<u32>, word: u64, mut found: impl FnMut(u32)) -> bool {
        if let Self::Column(cells) = self {
            let cells = cells.get(rows.start as usize..rows.end as usize).unwrap_or(&[]);
            // Nearly all words are that of cells which are kept in few ways.
            if word >> KIND == NUMBER
                && let Some(number) = Packed::of_number((word & PAYLOAD).cast_signed())
            {
                return each_of(cells, [number], |at| found(rows.start + at));
            }
            if word >> KIND == TEXT
                && let Some([one, other]) = symbols.printings(Symbol(word as u32))
            {
                let ([a, b], [c, d]) = (Packed::of_text(one), Packed::of_text(other));
                return each_of(cells, [a, b, c, d], |at| found(rows.start + at));
            }
        }
        let mut torn = false;
        for row in rows {
            match self.of(symbols, row) {
                UNREADABLE => torn = true,
                of if of == word => found(row),
                _ => {}
            }
        }
        torn
    }

    /// Whether two entries, each with its row, have one word. What is kept alike is alike.
    #[inline]
    fn is_same(&self, symbols: &Symbols, one: (usize, u32), other: (usize, u32)) -> bool {
        match self {
            Self::Written(words) => words.get(one.0) == words.get(other.0),
            Self::Document(documents) => documents.get(one.1 as usize) == documents.get(other.1 as usize),
            Self::Column(cells) if cells.get(one.1 as usize) == cells.get(other.1 as usize) => true,
            _ => self.of(symbols, one.1) == self.of(symbols, other.1),
        }
    }

    /// What says in which region of an index a row with this value is found. Documents are numbered one after the other,
    /// and the regions of those that follow each other do so too, but for a leap now and then that nobody can foresee.
    #[inline]
    fn group(&self, seed: u64, value: u64) -> u32 {
        match self {
            Self::Document(_) => (value as u32).wrapping_add(mix(seed, value >> 8)),
            _ => mix(seed, value),
        }
    }
}

const KIND: u32 = 60;
const PAYLOAD: u64 = (1 << KIND) - 1;
const TEXT: u64 = 1;
const NUMBER: u64 = 2;
const DOCUMENT: u64 = 6 << KIND;

/// The word of a cell in which nothing stands, so that it is found by nothing.
pub const MISSING: u64 = 0;
/// The word of a cell that cannot be read.
pub const UNREADABLE: u64 = 1;
/// The word of what is not known from the cell alone.
pub const ELSEWHERE: u64 = 2;

/// A key in one word: the kind in the highest bits, so that a year is never a number. A whole number beyond 2 to the
/// power 59 is beyond what rows are looked up by.
#[inline]
pub fn word(key: Key) -> Result<u64, Why> {
    Ok(match key {
        Key::Text(symbol) => TEXT << KIND | u64::from(symbol.0),
        Key::Number(n) if n.unsigned_abs() < 1 << 59 => NUMBER << KIND | (n.cast_unsigned() & PAYLOAD),
        Key::Number(_) => return Err(Why::Overflow),
        Key::Year(year) => 3 << KIND | u64::from(year.0.cast_unsigned()),
        Key::Date(date) => {
            4 << KIND | u64::from(date.year.cast_unsigned()) << 16 | u64::from(date.month) << 8 | u64::from(date.day)
        }
        Key::Bool(truth) => 5 << KIND | u64::from(truth),
        Key::Row(row) => 6 << KIND | u64::from(row.relation.0) << 32 | u64::from(row.row),
    })
}

/// A cell as it is kept, in one word.
#[inline]
pub fn packed_word(cell: Packed, symbols: &Symbols) -> u64 {
    // What nearly all keys are.
    if let Some(number) = cell.number() {
        return NUMBER << KIND | number.cast_unsigned();
    }
    if let Some(text) = cell.text() {
        return TEXT << KIND | u64::from(symbols.folded(text).0);
    }
    other_word(cell, symbols)
}

fn other_word(cell: Packed, symbols: &Symbols) -> u64 {
    let key = match cell.unpack(symbols) {
        Cell::Year(year) => Key::Year(year),
        Cell::Date(date) => Key::Date(date),
        Cell::Bool(truth) => Key::Bool(truth),
        Cell::Unreadable => return UNREADABLE,
        Cell::Missing => return MISSING,
        _ => return ELSEWHERE,
    };
    word(key).unwrap_or(ELSEWHERE)
}

/// A document in one word.
#[inline]
pub fn document_word(document: u32) -> u64 {
    DOCUMENT | u64::from(document)
}

/// The document that a word is, if it is one.
#[inline]
pub fn document_of(word: u64) -> Option<u32> {
    u32::try_from(word ^ DOCUMENT).ok()
}

/// Gives where the cells stand that are one of these, and says whether one is torn. Sixteen cells are held against all of these
/// at once, and mostly none of them is one.
#[inline]
fn each_of<const N: usize>(cells: &[Packed], wanted: [Packed; N], mut found: impl FnMut(u32)) -> bool {
    let is_wanted = |cell: &Packed| wanted.iter().fold(false, |any, wanted| any | (cell == wanted));
    let mut torn = false;
    let mut look = |at: u32, cell: &Packed| {
        if is_wanted(cell) {
            found(at);
        }
        torn |= cell.is_unreadable();
    };
    let (stretches, rest) = cells.as_chunks::<16>();
    for (stretch, from) in stretches.iter().zip((0..).step_by(16)) {
        if stretch.iter().fold(false, |any, cell| any | is_wanted(cell) | cell.is_unreadable()) {
            (from..).zip(stretch).for_each(|(at, cell)| look(at, cell));
        }
    }
    ((cells.len() - rest.len()) as u32..).zip(rest).for_each(|(at, cell)| look(at, cell));
    torn
}

/// The entries of an index that is being made.
pub struct Entries<'a> {
    index: Index<'a>,
    seed: u64,
    /// Whether a part is worked out.
    written: bool,
}

impl<'a> Entries<'a> {
    /// No entries yet, for rows that are looked up by `parts`, of which there will be so many at most.
    pub fn new(shared: &Shared<'_>, parts: Vec<Part<'a>>, most: u32) -> Self {
        let written = parts.iter().any(|p| matches!(p, Part::Written(_)));
        // Rows that are looked up one after the other are mostly of one document.
        let of = |wanted: fn(&Part<'_>) -> bool| parts.iter().position(wanted);
        let group = of(|p| matches!(p, Part::Document(_))).or_else(|| of(|p| matches!(p, Part::OfDocument(..))));
        let entries = Vec::with_capacity(most as usize);
        let index = Index { group: group.unwrap_or(0), parts, entries, ..Index::default() };
        Self { index, seed: shared.seed, written }
    }

    /// The values that rows are looked up by.
    pub fn parts(&self) -> &[Part<'a>] {
        &self.index.parts
    }

    /// Whether any of them has to be worked out.
    pub fn is_written(&self) -> bool {
        self.written
    }

    /// A row with what it is looked up by.
    #[inline]
    pub fn push(&mut self, row: u32, key: &[u64]) {
        let hashes = self.index.hashes(self.seed, key);
        self.index.entries.push(Entry::of(hashes));
        self.index.rows.push(row);
        if self.written {
            for (part, value) in self.index.parts.iter_mut().zip(key) {
                if let Part::Written(values) = part {
                    values.push(*value);
                }
            }
        }
    }

    /// A row of which a key could not be read.
    pub fn torn(&mut self, row: u32) {
        self.index.unreadable.push(row);
    }

    /// All rows, of which every part is kept in the facts: column by column.
    pub fn push_all(&mut self, symbols: &Symbols, rows: u32) {
        let Index { parts, entries, group, .. } = &mut self.index;
        entries.resize(rows as usize, Entry::of((0, 0)));
        // What is missing is not found, whatever else is torn.
        let mut lacks = vec![Lack::Nothing; rows as usize];
        for (n, part) in parts.iter().enumerate() {
            for ((row, entry), lacks) in (0..rows).zip(entries.iter_mut()).zip(&mut lacks) {
                match part.of(symbols, row) {
                    UNREADABLE => *lacks = (*lacks).max(Lack::Torn),
                    MISSING | ELSEWHERE => *lacks = Lack::Missing,
                    word if n == *group => entry.next = part.group(self.seed, word),
                    word => entry.tag = with(entry.tag, mix(self.seed, word)),
                }
            }
        }
        if lacks.iter().all(|lack| *lack == Lack::Nothing) {
            return;
        }
        let of = |wanted: Lack| (0..).zip(&lacks).filter(move |(_, lack)| **lack == wanted).map(|(row, _)| row);
        self.index.rows = of(Lack::Nothing).collect();
        self.index.unreadable = of(Lack::Torn).collect();
        let mut lacks = lacks.iter();
        self.index.entries.retain(|_| lacks.next() == Some(&Lack::Nothing));
    }

    /// The index. Entries of one key are found in the order in which they came.
    pub fn finish(self, symbols: &Symbols, sorted: bool) -> Index<'a> {
        let Self { mut index, .. } = self;
        let count = index.entries.len();
        index.sorted = sorted;
        index.in_order = index.rows.is_sorted();
        index.unreadable.sort_unstable();
        let size = count.next_power_of_two();
        // A region has room for the largest group, so that no chain grows long however the groups are.
        let groups = index.entries.iter().map(|entry| entry.hashes().0);
        let largest = if index.parts.len() < 2 { count } else { largest(groups) };
        index.region = (largest + largest / 2).next_power_of_two().min(size);
        index.buckets = vec![END; size];
        for number in (0..count).rev() {
            let Some(hashes) = index.entries.get(number).map(|entry| entry.hashes()) else { continue };
            let at = index.bucket(hashes);
            let after = index.buckets.get(at).copied().unwrap_or(END);
            if let Some(entry) = index.entries.get_mut(number) {
                *entry = Entry { next: after, tag: tag(hashes) };
            }
            if index.have_one_key(symbols, number, after as usize)
                && let Some(after) = index.entries.get_mut(after as usize)
            {
                after.tag |= SAME;
            }
            if let Some(bucket) = index.buckets.get_mut(at) {
                *bucket = u32::try_from(number).unwrap_or(END);
            }
        }
        index.entries.shrink_to_fit();
        index.rows.shrink_to_fit();
        index
    }
}

/// What a row lacks to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lack {
    Nothing,
    Torn,
    Missing,
}

/// How many entries the largest group has.
fn largest(hashes: impl Iterator<Item = u32>) -> usize {
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    let (mut last, mut run, mut most) = (None, 0, 0);
    for hash in hashes.map(Some).chain([None]) {
        if hash != last {
            if let Some(before) = last {
                let count = counts.entry(before).or_default();
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
#[inline]
fn mix(seed: u64, value: u64) -> u32 {
    let product = u128::from(value ^ seed) * u128::from(0x9e37_79b9_7f4a_7c15_u64 ^ seed.rotate_left(32) | 1);
    ((product >> 64) as u64 ^ product as u64) as u32
}

/// The group and the rest in one, but for the lowest bit.
#[inline]
fn tag((group, rest): (u32, u32)) -> u32 {
    (group.rotate_left(16) ^ rest) & !SAME
}

/// The hash of one more part.
#[inline]
fn with(hash: u32, part: u32) -> u32 {
    hash.rotate_left(11).wrapping_add(part)
}

impl Index<'_> {
    /// The rows that have these values, in their order.
    #[inline]
    pub fn find<'i>(&'i self, shared: &'i Shared<'_>, key: &'i [u64]) -> impl Iterator<Item = u32> + 'i {
        let hashes = self.hashes(shared.seed, key);
        let (bucket, wanted) = (self.bucket(hashes), tag(hashes));
        let mut at = self.buckets.get(bucket).copied().unwrap_or(END);
        let mut found = false;
        std::iter::from_fn(
            #[inline(always)]
            move || {
                while let Some(entry) = self.entries.get(at as usize) {
                    let number = at as usize;
                    at = entry.next;
                    if entry.tag & !SAME != wanted {
                        found = false;
                        continue;
                    }
                    let row = self.row(number);
                    found = found && entry.tag & SAME != 0 || self.is(&shared.facts.symbols, number, row, key);
                    if found {
                        return Some(row);
                    }
                }
                None
            },
        )
    }

    /// The row of an entry.
    #[inline]
    fn row(&self, entry: usize) -> u32 {
        self.rows.get(entry).copied().unwrap_or(entry as u32)
    }

    /// Whether two entries, of which the first is not marked yet, have one key.
    fn have_one_key(&self, symbols: &Symbols, one: usize, other: usize) -> bool {
        let (Some(first), Some(second)) = (self.entries.get(one), self.entries.get(other)) else { return false };
        let same = |part: &Part<'_>| part.is_same(symbols, (one, self.row(one)), (other, self.row(other)));
        first.tag == second.tag & !SAME && self.parts.iter().all(same)
    }

    /// The hashes of a key: of its group, and of the rest.
    #[inline]
    fn hashes(&self, seed: u64, key: &[u64]) -> (u32, u32) {
        let (mut group, mut rest) = (0_u32, 0_u32);
        for (n, (part, value)) in self.parts.iter().zip(key).enumerate() {
            if n == self.group {
                group = part.group(seed, *value);
            } else {
                rest = with(rest, mix(seed, *value));
            }
        }
        (group, rest)
    }

    /// The bucket of a key: the group says in which region, the rest where in it.
    #[inline]
    fn bucket(&self, (group, rest): (u32, u32)) -> usize {
        let rest = if self.parts.len() < 2 { group } else { rest };
        let region = self.region.max(1);
        // Both are powers of two.
        let regions = self.buckets.len() >> region.trailing_zeros();
        (group as usize & regions.wrapping_sub(1)) * region + (rest as usize & region.wrapping_sub(1))
    }

    /// Whether an entry has a key. It stays a function of its own, so that what goes from entry to entry is short.
    #[inline(never)]
    fn is(&self, symbols: &Symbols, entry: usize, row: u32, key: &[u64]) -> bool {
        self.parts.iter().zip(key).all(|(part, word)| match part {
            Part::Written(words) => words.get(entry) == Some(word),
            part => part.of(symbols, row) == *word,
        })
    }
}

#[cfg(test)]
mod tests;
