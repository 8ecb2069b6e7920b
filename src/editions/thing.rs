//! The things of an edition: rows in their blocks, with what they can be known by.
use std::collections::BTreeMap;
use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

use super::Edition;
use super::kinds::{KindId, Kinds};
use crate::plan::{
    Cell, Column, ColumnId, ColumnRole, ColumnType, DOCUMENTS, Facts, Reference, ReferenceKey, RelationId,
    RelationKind, RowRef,
};
use crate::text::normal::normal;
use crate::text::{Sources, Span};
use crate::value::FiscalYear;

/// Which value of a thing: its series, its year, its part, and which one of several.
pub(super) type ValueKey = (KindId, Option<FiscalYear>, i64, u32);

/// A thing: a document, a field, a program, an indicator, a table, a row of a table.
#[derive(Debug)]
pub(super) struct Thing {
    /// Its rows. There are several where one field is opened several times.
    pub rows: Vec<RowRef>,
    pub kind: KindId,
    /// The thing in whose block it stands.
    pub parent: Option<usize>,
    /// The document it belongs to.
    pub document: usize,
    /// Its numbers and codes in normal form.
    pub number: String,
    /// Its names in normal form.
    pub name: String,
    /// The year it is of.
    pub year: String,
    /// Whether it is listed here again.
    pub marked: bool,
    /// Whether it is a row of a table.
    pub in_table: bool,
    /// Its values by year.
    pub values: BTreeMap<ValueKey, RowRef>,
    /// What stands in it.
    pub inside: Vec<usize>,
    /// All that it says, but for its numbers.
    pub digest: u64,
}

/// The things of an edition: what stands in a thing comes after it.
#[derive(Debug, Default)]
pub(super) struct Things {
    pub all: Vec<Thing>,
    pub by_row: FxHashMap<RowRef, usize>,
}

impl Things {
    /// The things of an edition in reading order.
    pub fn of(edition: Edition<'_>, kinds: &Kinds) -> Self {
        let facts = edition.facts;
        let ids = kinds.of(&facts.vocabulary);
        let mut below: FxHashMap<RowRef, Vec<(Span, RowRef)>> = FxHashMap::default();
        for (relation, table) in (0..).map(RelationId).zip(&facts.tables) {
            for ((row, parent), head) in (0..).zip(&table.parents).zip(&table.heads) {
                if let Some(parent) = parent {
                    below.entry(*parent).or_default().push((*head, RowRef { relation, row }));
                }
            }
        }
        for rows in below.values_mut() {
            rows.sort();
        }
        let mut out = Self::default();
        let count = facts.table(DOCUMENTS).map_or(0, |t| t.heads.len());
        // The last one on the stack is next; each knows the thing it stands in.
        let mut waiting: Vec<(RowRef, Option<usize>)> =
            (0..).take(count).map(|row| (RowRef { relation: DOCUMENTS, row }, None)).collect();
        waiting.reverse();
        let mut opened: FxHashMap<(usize, KindId, String, String), usize> = FxHashMap::default();
        while let Some((row, parent)) = waiting.pop() {
            let Some(relation) = facts.vocabulary.relations.get(row.relation.0 as usize) else { continue };
            let Some(kind) = ids.get(row.relation.0 as usize).copied() else { continue };
            match (relation.kind, parent) {
                (RelationKind::Series(_), Some(owner)) => {
                    out.value(facts, owner, kind, row);
                    continue;
                }
                (RelationKind::Series(_), None) | (RelationKind::Defined, _) => continue,
                (RelationKind::Entity | RelationKind::Rows(_), _) => {}
            }
            let thing = out.thing(edition, kind, row, parent);
            // A code opens the same field again; rows of tables and what has no code are things of their own.
            let has_code = relation.columns.iter().any(|c| c.role == ColumnRole::Head && c.ty == ColumnType::Code);
            let again = (has_code && !thing.number.is_empty())
                .then(|| parent.map(|p| (p, kind, thing.number.clone(), thing.name.clone())))
                .flatten();
            let known = again.as_ref().and_then(|key| opened.get(key)).copied();
            let number = known.unwrap_or(out.all.len());
            match known.and_then(|known| out.all.get_mut(known)) {
                Some(first) => first.rows.push(row),
                None => {
                    out.all.push(thing);
                    if let Some(parent) = parent.and_then(|p| out.all.get_mut(p)) {
                        parent.inside.push(number);
                    }
                    if let Some(key) = again {
                        opened.insert(key, number);
                    }
                }
            }
            out.by_row.insert(row, number);
            let rows = below.get(&row).map_or(&[][..], Vec::as_slice);
            waiting.extend(rows.iter().rev().map(|(_, row)| (*row, Some(number))));
        }
        out.digests(edition);
        out
    }

    fn thing(&self, edition: Edition<'_>, kind: KindId, row: RowRef, parent: Option<usize>) -> Thing {
        let facts = edition.facts;
        let relation = facts.vocabulary.relations.get(row.relation.0 as usize);
        let in_table = relation.is_some_and(|r| matches!(r.kind, RelationKind::Rows(_)));
        let mut thing = Thing {
            rows: vec![row],
            kind,
            parent,
            document: parent.and_then(|p| self.all.get(p)).map_or(self.all.len(), |p| p.document),
            number: String::new(),
            name: String::new(),
            year: String::new(),
            marked: false,
            in_table,
            values: BTreeMap::new(),
            inside: Vec::new(),
            digest: 0,
        };
        for (id, column) in (0..).map(ColumnId).zip(relation.map_or(&[][..], |r| &r.columns)) {
            let cell = facts.cell(row, id);
            let known = match column.role {
                ColumnRole::Head => true,
                // A row of a table is known by its first word alone; the others may be left out.
                ColumnRole::Cell => in_table && thing.number.is_empty() && thing.name.is_empty(),
                ColumnRole::Mark => {
                    thing.marked = cell != Cell::Missing;
                    false
                }
                ColumnRole::Attribute | ColumnRole::List | ColumnRole::Derived(_) | ColumnRole::Given => false,
            };
            if !known || cell == Cell::Missing || matches!(column.ty, ColumnType::Figure { .. }) {
                continue;
            }
            let to = match column.ty {
                ColumnType::Number | ColumnType::Code => &mut thing.number,
                ColumnType::Year | ColumnType::Date | ColumnType::Period => &mut thing.year,
                _ => &mut thing.name,
            };
            if !to.is_empty() {
                to.push('\u{1f}');
            }
            to.push_str(&plain(edition, cell));
        }
        thing
    }

    fn value(&mut self, facts: &Facts, owner: usize, kind: KindId, row: RowRef) {
        let Some(thing) = self.all.get_mut(owner) else { return };
        let year = match facts.cell(row, ColumnId(0)) {
            Cell::Year(year) => Some(year),
            _ => None,
        };
        let part = match facts.cell(row, ColumnId(1)) {
            Cell::Number(n) => n,
            _ => 0,
        };
        // Values of one year and part are told apart by their order. They are few; the last one says how many there are.
        let last = thing.values.range((kind, year, part, 0)..=(kind, year, part, u32::MAX)).next_back();
        let nth = last.map_or(0, |(key, _)| key.3.saturating_add(1));
        thing.values.insert((kind, year, part, nth), row);
    }

    /// What stands in a thing comes after it, so the last one is summed up first.
    fn digests(&mut self, edition: Edition<'_>) {
        for at in (0..self.all.len()).rev() {
            let Some(thing) = self.all.get(at) else { continue };
            let mut sum = FxHasher::default();
            (&thing.name, &thing.year, thing.marked).hash(&mut sum);
            for (row, column, number) in thing.cells(edition.facts) {
                if !(column.role == ColumnRole::Head || matches!(column.role, ColumnRole::Derived(_))) {
                    let cell = edition.facts.cell(row, number);
                    (&column.name, plain(edition, cell)).hash(&mut sum);
                }
            }
            for (key, row) in &thing.values {
                let cell = edition.facts.cell(*row, ColumnId(2));
                (key, plain(edition, cell)).hash(&mut sum);
            }
            for inside in thing.inside.iter().filter_map(|i| self.all.get(*i)) {
                inside.digest.hash(&mut sum);
            }
            let digest = sum.finish();
            if let Some(thing) = self.all.get_mut(at) {
                thing.digest = digest;
            }
        }
    }

    /// What a thing is called, as printed: `No12 ○○事業`, `Ⅰ-1 行政のDX`, `合計`.
    pub fn label(&self, edition: Edition<'_>, at: usize) -> String {
        let Some((thing, row)) = self.all.get(at).and_then(|t| Some((t, *t.rows.first()?))) else {
            return String::new();
        };
        let words = thing.cells(edition.facts).filter_map(|(_, column, id)| {
            let shown = column.role == ColumnRole::Head || thing.in_table && column.role == ColumnRole::Cell;
            let (cell, span) = edition.cell(row, id);
            let figure = matches!(column.ty, ColumnType::Figure { .. });
            if !shown || figure { None } else { printed(edition, cell, span, &column.ty) }
        });
        // Of a row of a table the code and the name are enough.
        let most = if thing.in_table { 2 } else { usize::MAX };
        let label = words.take(most).collect::<Vec<_>>().join(" ");
        let mark = thing.cells(edition.facts).find(|(_, column, _)| column.role == ColumnRole::Mark);
        match (label.is_empty(), mark.filter(|_| thing.marked)) {
            // A document without a code, a row of dashes.
            (true, _) => self.place(edition, at),
            (false, Some((_, column, _))) => format!("{} {label}", column.name),
            (false, None) => label,
        }
    }

    /// Where a thing stands.
    pub fn place(&self, edition: Edition<'_>, at: usize) -> String {
        let row = self.all.get(at).and_then(|t| t.rows.first());
        let head = row.and_then(|r| edition.facts.table(r.relation)?.heads.get(r.row as usize).copied());
        place(edition.sources, head.unwrap_or_default()).unwrap_or_default()
    }

    /// The things in whose blocks a thing stands, from the outside, the document left out.
    pub fn above(&self, at: usize) -> Vec<usize> {
        let parent = |at: &usize| self.all.get(*at).and_then(|t| t.parent);
        let mut above: Vec<usize> = std::iter::successors(parent(&at), parent).collect();
        above.pop();
        above.reverse();
        above
    }
}

impl Thing {
    /// The columns of the first row, and of later ones what the rows before leave open.
    pub fn cells<'f>(&self, facts: &'f Facts) -> impl Iterator<Item = (RowRef, &'f Column, ColumnId)> + use<'f> {
        let first = self.rows.first().copied();
        let rows = self.rows.clone();
        let relation = first.and_then(|r| facts.vocabulary.relations.get(r.relation.0 as usize));
        let columns = (0..).map(ColumnId).zip(relation.map_or(&[][..], |r| r.columns.as_slice()));
        columns.filter_map(move |(id, column)| {
            let holds = |row: &&RowRef| facts.cell(**row, id) != Cell::Missing;
            Some((rows.iter().find(holds).copied().or(first)?, column, id))
        })
    }
}

/// The place of a span in one word; `None` for an empty one.
pub(super) fn place(sources: &Sources, span: Span) -> Option<String> {
    let source = sources.get(span.source).filter(|_| !span.range().is_empty())?;
    Some(source.place(span.range().start))
}

/// What a cell says, in the form in which two are compared.
pub(super) fn plain(edition: Edition<'_>, cell: Cell) -> String {
    let facts = edition.facts;
    match cell {
        Cell::Missing => String::new(),
        Cell::Unreadable => "判読不能".to_owned(),
        Cell::Qualitative(_, folded) | Cell::Text(_, folded) => facts.text(folded).to_owned(),
        Cell::Number(n) => n.to_string(),
        Cell::Year(year) => year.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Bool(truth) => truth.to_string(),
        Cell::Figure(id) => match facts.figures.get(id as usize) {
            Some(f) => format!("{} {:?} {:?}", f.value, f.unit.printed().map(|u| facts.text(u)), f.qualifier),
            None => String::new(),
        },
        Cell::List(id) => {
            let items = facts.lists.get(id as usize).map_or(&[][..], Vec::as_slice);
            items.iter().map(|i| facts.text(i.1)).collect::<Vec<_>>().join("\u{1f}")
        }
        // Not as written: a name has quotes in a plan, has none in a sheet, and other ones in JSON.
        Cell::Reference(id) => facts.references.get(id as usize).map_or_else(String::new, |r| named(facts, r, &r.key)),
    }
}

/// A reference in words: `資料2-4:Ⅱ-2:No10`.
fn named(facts: &Facts, reference: &Reference, key: &ReferenceKey) -> String {
    let before = [reference.document, reference.within].into_iter().flatten().map(|s| facts.text(s).to_owned());
    let last = match key {
        ReferenceKey::Number(number) => Some(format!("No{number}")),
        ReferenceKey::Name(name) => Some(facts.text(*name).to_owned()),
        ReferenceKey::Nothing => None,
    };
    before.chain(last).collect::<Vec<_>>().join(":")
}

/// A cell as printed; `None` where nothing is.
pub(super) fn printed(edition: Edition<'_>, cell: Cell, span: Span, ty: &ColumnType) -> Option<String> {
    let facts = edition.facts;
    let raw = || edition.sources.text(span).trim().trim_matches('"').trim().to_owned();
    Some(match cell {
        Cell::Missing => return None,
        Cell::Unreadable => "判読不能".to_owned(),
        Cell::Qualitative(text, _) | Cell::Text(text, _) => facts.text(text).to_owned(),
        Cell::Number(n) if *ty == ColumnType::Number => format!("No{n}"),
        Cell::Number(n) => n.to_string(),
        Cell::Year(year) => year.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Bool(truth) => if truth { "はい" } else { "いいえ" }.to_owned(),
        Cell::Figure(id) => facts.figure(id)?.1.to_owned(),
        Cell::List(id) => {
            let items = facts.lists.get(id as usize).map_or(&[][..], Vec::as_slice);
            items.iter().map(|i| facts.text(i.0)).collect::<Vec<_>>().join("、")
        }
        Cell::Reference(id) => {
            let reference = facts.references.get(id as usize)?;
            // As it is printed if that says the same; names are kept in their normal form only.
            let (bare, words) = (raw(), named(facts, reference, &reference.key));
            if normal(&bare) == normal(&words) { bare } else { words }
        }
    })
}
