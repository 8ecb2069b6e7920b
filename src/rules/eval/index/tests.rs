//! What rows are looked up by: a row that is not found loses a finding, and one that is found in vain makes a false one.
#![allow(clippy::unwrap_used)]
use super::*;
use crate::plan::{RelationId, RowRef, Symbol};
use crate::rules::{Pack, Strategy, Workspace, read_plans};
use crate::text::{Source, Sources, Span};
use crate::value::{Date, FiscalYear};

#[test]
fn different_keys_have_different_words_and_none_is_the_word_of_a_torn_cell() {
    let day = |year, month, day| Key::Date(Date { year, month, day });
    let row = |relation, row| Key::Row(RowRef { relation: RelationId(relation), row });
    let mut keys = vec![day(0, 0, 0), day(0, 0, 1), day(0, 1, 0), day(1, 0, 0), day(2024, 4, 1), day(2024, 5, 1)];
    keys.extend([day(2024, 4, 2), day(2025, 4, 1), row(0, 0), row(0, 1), row(1, 0), row(1, 1), row(2, 70_000)]);
    keys.extend([Key::Bool(false), Key::Bool(true)]);
    keys.extend([0, 1, 2, 70_000].map(|n| Key::Text(Symbol(n))));
    keys.extend([0, 1, 2, 2024, 2025].map(|n| Key::Year(FiscalYear(n))));
    keys.extend([0, 1, 2, 2024, -1, -2, (1 << 59) - 1, 1 - (1 << 59)].map(Key::Number));
    let mut words: Vec<u64> = keys.iter().map(|key| word(*key).unwrap()).collect();
    words.extend([MISSING, UNREADABLE, ELSEWHERE]);
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), count);
    for beyond in [1 << 59, -(1 << 59), i64::MAX, i64::MIN] {
        assert_eq!(word(Key::Number(beyond)), Err(Why::Overflow), "{beyond}");
    }
}

/// What is looked up is worked out, while the cell is read as it is kept: both must give one word.
#[test]
fn a_cell_has_the_word_of_its_value() {
    let mut symbols = Symbols::default();
    let (text, folded) = symbols.both("ＡＩ");
    let year = FiscalYear(2024);
    let day = Date { year: 2024, month: 4, day: 1 };
    for (cell, key) in [
        (Cell::Number(12), Key::Number(12)),
        (Cell::Number(0), Key::Number(0)),
        (Cell::Text(text, folded), Key::Text(folded)),
        (Cell::Year(year), Key::Year(year)),
        (Cell::Date(day), Key::Date(day)),
        (Cell::Bool(true), Key::Bool(true)),
        (Cell::Bool(false), Key::Bool(false)),
    ] {
        assert_eq!(Ok(packed_word(Packed::pack(cell), &symbols)), word(key), "{cell:?}");
    }
    assert_eq!(packed_word(Packed::pack(Cell::Missing), &symbols), MISSING);
    assert_eq!(packed_word(Packed::pack(Cell::Unreadable), &symbols), UNREADABLE);
    assert_eq!(Ok(document_word(3)), word(Key::Row(RowRef { relation: RelationId(0), row: 3 })));
}

fn nothing() -> (Sources, Pack, Workspace) {
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let id = sources.add(Source::new("甲.plan", "文書 甲\n"));
    let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..8), "甲".to_owned())]);
    (sources, pack, workspace)
}

fn numbers(all: impl IntoIterator<Item = u64>) -> Vec<Packed> {
    all.into_iter().map(|n| Packed::of_number(n.cast_signed()).unwrap()).collect()
}

fn number(n: u64) -> u64 {
    word(Key::Number(n.cast_signed())).unwrap()
}

/// The seed differs from run to run, so that nobody can make such a plan; two names of one may still meet.
#[test]
fn rows_whose_hashes_are_equal_are_not_taken_for_each_other() {
    let (sources, pack, workspace) = nothing();
    let shared = Shared::new(&workspace, &sources, &pack, Strategy::Planned);
    let symbols = &shared.facts.symbols;
    let mut known: FxHashMap<u32, u64> = FxHashMap::default();
    let alike = (0..2_000_000_u64).find_map(|n| {
        let other = known.insert(tag((mix(shared.seed, number(n)), 0)), n);
        other.map(|other| [n, other])
    });
    let [a, b] = alike.expect("numbers are many more than hashes");
    let cells = numbers([a, b, b, a]);
    let mut kept = Entries::new(&shared, vec![Part::Column(&cells)], 4);
    kept.push_all(symbols, 4);
    let mut made = Entries::new(&shared, vec![Part::Written(Vec::new())], 4);
    (0..).zip([a, b, b, a]).for_each(|(row, n)| made.push(row, &[number(n)]));
    for index in [kept.finish(symbols, false), made.finish(symbols, false)] {
        let find = |n: u64| index.find(&shared, &[number(n)]).collect::<Vec<u32>>();
        assert_eq!((find(a), find(b)), (vec![0, 3], vec![1, 2]));
    }
}

/// Of documents, too, two may meet in one hash.
#[test]
fn documents_whose_hashes_are_equal_are_not_taken_for_each_other() {
    let (sources, pack, workspace) = nothing();
    let shared = Shared::new(&workspace, &sources, &pack, Strategy::Planned);
    let mut known: FxHashMap<u32, u32> = FxHashMap::default();
    let alike = (0..4_000_000_u32).find_map(|n| {
        let group = Part::Document(&[]).group(shared.seed, document_word(n));
        known.insert(tag((group, 0)), n).map(|other| [n, other])
    });
    let [a, b] = alike.expect("documents are many more than hashes");
    let of = [a, b, b, a];
    let mut made = Entries::new(&shared, vec![Part::Document(&of)], 4);
    made.push_all(&shared.facts.symbols, 4);
    let index = made.finish(&shared.facts.symbols, false);
    let find = |n: u32| index.find(&shared, &[document_word(n)]).collect::<Vec<u32>>();
    assert_eq!((find(a), find(b)), (vec![0, 3], vec![1, 2]));
}

/// Documents lie in regions of their own; every row of every one is found, and no other.
#[test]
fn every_row_is_found_by_its_document_and_number() {
    let (sources, pack, workspace) = nothing();
    let shared = Shared::new(&workspace, &sources, &pack, Strategy::Planned);
    let symbols = &shared.facts.symbols;
    for (documents, each) in [(1_u32, 40_u32), (40, 1), (30, 50)] {
        let of: Vec<u32> = (0..documents * each).map(|row| row / each).collect();
        let cells = numbers((0..documents * each).map(|row| u64::from(row % each)));
        let mut made = Entries::new(&shared, vec![Part::Column(&cells), Part::Document(&of)], documents * each);
        made.push_all(symbols, documents * each);
        let index = made.finish(symbols, false);
        for row in 0..documents * each {
            let key = [number(u64::from(row % each)), document_word(row / each)];
            assert_eq!(index.find(&shared, &key).collect::<Vec<_>>(), [row]);
        }
        assert_eq!(index.find(&shared, &[number(u64::from(each)), document_word(0)]).count(), 0);
        assert_eq!(index.find(&shared, &[number(0), document_word(documents)]).count(), 0);
    }
}
