//! What has changed in a thing that both editions have: column by column and year by year.
use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::Edition;
use super::figure::{Direction, How, Printed, compare as compare_figures};
use super::kinds::{Kinds, Word};
use super::pairs::Pairs;
use super::thing::{Thing, Things, place, plain, printed};
use crate::graph::Resolved;
use crate::plan::{Cell, Column, ColumnId, ColumnRole, ColumnType, RowRef};
use crate::text::Span;
use crate::text::normal::normal;

/// One change with its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What has changed.
    pub what: What,
    /// Where it stands in the old edition.
    pub old_at: Option<String>,
    /// Where it stands in the new edition.
    pub new_at: Option<String>,
}

/// What has changed. Everywhere `from` is the old edition and `to` the new one, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum What {
    /// The number or code.
    Number { column: Word, from: String, to: String },
    /// The name.
    Name { column: Word, from: String, to: String },
    /// The thing in whose block it stands; told from the outside.
    Place { from: Vec<String>, to: Vec<String> },
    /// Where it is listed from (再掲).
    Mark { column: Word, how: Marking, from: Option<String>, to: Option<String> },
    /// A text, a choice, a day.
    Field { column: Word, from: Option<String>, to: Option<String> },
    /// Several texts.
    List { column: Word, added: Vec<String>, removed: Vec<String> },
    /// A figure, or a value by year; the part is 1 for ①, 0 for the whole.
    Value { column: Word, year: Option<String>, part: u8, from: Option<String>, to: Option<String>, how: How },
    /// A series has values for a year now that it had for no thing before, or no longer has any.
    Years { column: Word, added: Vec<String>, dropped: Vec<String> },
}

/// What has become of a mark such as 再掲.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// It is marked now.
    Added,
    /// It is not marked any longer.
    Dropped,
    /// It points at another thing.
    Redirected,
    /// It names the same number, which is that of another thing now.
    LeftBehind,
    /// It points at the same thing, which has another number now.
    Followed,
}

/// Compares things.
pub(super) struct Comparer<'a> {
    pub kinds: &'a Kinds,
    pub pairs: &'a Pairs,
    /// Old things of which it is not known which new ones they are.
    pub undecided: FxHashSet<usize>,
    pub old: (Edition<'a>, &'a Things),
    pub new: (Edition<'a>, &'a Things),
}

impl Comparer<'_> {
    /// All changes of a thing, in the order of the vocabulary.
    pub fn changes(&self, old: usize, new: usize) -> Vec<Change> {
        let (Some(o), Some(n)) = (self.old.1.all.get(old), self.new.1.all.get(new)) else { return Vec::new() };
        let mut out = Vec::new();
        self.moved(old, new, &mut out);
        for (row, column, id) in n.cells(self.new.0.facts) {
            let before = o.cells(self.old.0.facts).find(|(_, c, _)| c.name == column.name);
            let was = before.map(|(row, before, id)| (self.old.0.cell(row, id), before));
            let is = (self.new.0.cell(row, id), column);
            self.column(was, Some(is), &mut out);
        }
        for (row, column, id) in o.cells(self.old.0.facts) {
            if !n.cells(self.new.0.facts).any(|(_, c, _)| c.name == column.name) {
                self.column(Some((self.old.0.cell(row, id), column)), None, &mut out);
            }
        }
        let keys: BTreeSet<_> = o.values.keys().chain(n.values.keys()).copied().collect();
        for key in keys {
            let word = self.kinds.word(key.0);
            let year = key.1.map(|y| y.to_string());
            let part = u8::try_from(key.2).unwrap_or(0);
            let (was, is) = (o.values.get(&key).copied(), n.values.get(&key).copied());
            self.value((&word, year, part), was, is, self.direction(o, n), &mut out);
        }
        out
    }

    fn moved(&self, old: usize, new: usize, out: &mut Vec<Change>) {
        let (Some(o), Some(n)) = (self.old.1.all.get(old), self.new.1.all.get(new)) else { return };
        let (Some(was), Some(is)) = (o.parent, n.parent) else { return };
        if self.pairs.to_new.get(was).copied().flatten() == Some(is) {
            return;
        }
        let told = |(edition, things): (Edition<'_>, &Things), at: usize| -> Vec<String> {
            things.above(at).into_iter().map(|a| things.label(edition, a)).collect()
        };
        let what = What::Place { from: told(self.old, old), to: told(self.new, new) };
        let (old_at, new_at) = (self.old.1.place(self.old.0, old), self.new.1.place(self.new.0, new));
        out.push(Change { what, old_at: Some(old_at), new_at: Some(new_at) });
    }

    fn column(&self, was: Option<((Cell, Span), &Column)>, is: Option<((Cell, Span), &Column)>, out: &mut Vec<Change>) {
        let Some(column) = is.or(was).map(|w| w.1) else { return };
        if matches!(column.role, ColumnRole::Derived(_) | ColumnRole::Given) {
            return;
        }
        let word = Word { name: column.name.clone(), alias: column.alias.clone() };
        let before = was.map_or((Cell::Missing, Span::default()), |w| w.0);
        let after = is.map_or((Cell::Missing, Span::default()), |w| w.0);
        let from = was.and_then(|((cell, span), c)| printed(self.old.0, cell, span, &c.ty));
        let to = is.and_then(|((cell, span), c)| printed(self.new.0, cell, span, &c.ty));
        let what = match column.role {
            ColumnRole::Mark => self.marking(before.0, after.0).map(|how| What::Mark { column: word, how, from, to }),
            _ if matches!(column.ty, ColumnType::Figure { .. }) => self
                .how((before.0, from.as_deref()), (after.0, to.as_deref()), false, None)
                .map(|how| What::Value { column: word, year: None, part: 0, from, to, how }),
            _ if plain(self.old.0, before.0) == plain(self.new.0, after.0) => None,
            ColumnRole::List => self.list(word, before.0, after.0),
            ColumnRole::Head if matches!(column.ty, ColumnType::Number | ColumnType::Code) => {
                Some(What::Number { column: word, from: from.unwrap_or_default(), to: to.unwrap_or_default() })
            }
            ColumnRole::Head if column.ty == ColumnType::Text => {
                Some(What::Name { column: word, from: from.unwrap_or_default(), to: to.unwrap_or_default() })
            }
            _ => Some(What::Field { column: word, from, to }),
        };
        if let Some(what) = what {
            let (old_at, new_at) = (place(self.old.0.sources, before.1), place(self.new.0.sources, after.1));
            out.push(Change { what, old_at, new_at });
        }
    }

    fn list(&self, column: Word, was: Cell, is: Cell) -> Option<What> {
        let items = |edition: Edition<'_>, cell: Cell| -> Vec<(String, String)> {
            let Cell::List(id) = cell else { return Vec::new() };
            let items = edition.facts.lists.get(id as usize).map_or(&[][..], Vec::as_slice);
            items.iter().map(|i| (edition.facts.text(i.1).to_owned(), edition.facts.text(i.0).to_owned())).collect()
        };
        let (was, is) = (items(self.old.0, was), items(self.new.0, is));
        let missing = |list: &[(String, String)], other: &[(String, String)]| -> Vec<String> {
            let known: BTreeSet<&str> = other.iter().map(|i| i.0.as_str()).collect();
            list.iter().filter(|i| !known.contains(i.0.as_str())).map(|i| i.1.clone()).collect()
        };
        let (added, removed) = (missing(&is, &was), missing(&was, &is));
        if added.is_empty() && removed.is_empty() {
            // The same ones in another order, or one of them twice.
            let all = |list: Vec<(String, String)>| Some(list.into_iter().map(|i| i.1).collect::<Vec<_>>().join("、"));
            return Some(What::Field { column, from: all(was), to: all(is) });
        }
        Some(What::List { column, added, removed })
    }

    /// What has become of a mark. Where it points is what counts, not the number by which it says so.
    fn marking(&self, was: Cell, is: Cell) -> Option<Marking> {
        let (was, is) = match (was, is) {
            (Cell::Missing, Cell::Missing) => return None,
            (Cell::Missing, _) => return Some(Marking::Added),
            (_, Cell::Missing) => return Some(Marking::Dropped),
            (Cell::Reference(was), Cell::Reference(is)) => (was, is),
            _ => return None,
        };
        let key = |edition: Edition<'_>, id: u32| {
            let reference = edition.facts.references.get(id as usize)?;
            let names = [reference.document, reference.within].map(|s| s.map(|s| edition.facts.text(s).to_owned()));
            let key = match reference.key {
                crate::plan::ReferenceKey::Number(n) => n.to_string(),
                crate::plan::ReferenceKey::Name(name) => edition.facts.text(name).to_owned(),
                crate::plan::ReferenceKey::Nothing => String::new(),
            };
            Some((names, key))
        };
        let same_words = key(self.old.0, was) == key(self.new.0, is);
        let thing = |(edition, things): (Edition<'_>, &Things), id: u32| match edition.graph.target(id) {
            Resolved::Row(row) => things.by_row.get(&row).copied(),
            Resolved::Dangling | Resolved::Nothing => None,
        };
        let (was, is) = (thing(self.old, was), thing(self.new, is));
        if was.is_some_and(|was| self.undecided.contains(&was)) {
            // It is not known which thing that is now, so the words decide.
            return (!same_words).then_some(Marking::Redirected);
        }
        let same_thing = match (was, is) {
            (Some(was), Some(is)) => self.pairs.to_new.get(was).copied().flatten() == Some(is),
            (None, None) => same_words,
            _ => false,
        };
        match (same_thing, same_words) {
            (true, true) => None,
            (true, false) => Some(Marking::Followed),
            (false, true) if was.is_some() && is.is_some() => Some(Marking::LeftBehind),
            (false, _) => Some(Marking::Redirected),
        }
    }

    fn value(
        &self,
        (word, year, part): (&Word, Option<String>, u8),
        was: Option<RowRef>,
        is: Option<RowRef>,
        direction: Option<Direction>,
        out: &mut Vec<Change>,
    ) {
        let columns = |edition: Edition<'_>, row: Option<RowRef>| -> Vec<Column> {
            let relation = row.and_then(|r| edition.facts.vocabulary.relations.get(r.relation.0 as usize));
            relation.map(|r| r.columns.clone()).unwrap_or_default()
        };
        let all = if is.is_some() { columns(self.new.0, is) } else { columns(self.old.0, was) };
        // Beside the value may stand others, such as what it was before (変更前).
        for (id, column) in (0..).map(ColumnId).zip(&all).skip(2) {
            let cell = |edition: Edition<'_>, row: Option<RowRef>| {
                row.map_or((Cell::Missing, Span::default()), |row| edition.cell(row, id))
            };
            let (before, after) = (cell(self.old.0, was), cell(self.new.0, is));
            let from = printed(self.old.0, before.0, before.1, &column.ty);
            let to = printed(self.new.0, after.0, after.1, &column.ty);
            let told = match id.0 {
                2 => word.clone(),
                _ => Word {
                    name: format!("{}の{}", word.name, column.name),
                    alias: format!("{} {}", word.alias, column.alias),
                },
            };
            // What a note says the value was before is no decision.
            let direction = direction.filter(|_| id.0 == 2);
            // What is exact by nature and set year by year is a decision (目標); in tables it is a count.
            let decision = matches!(column.ty, ColumnType::Figure { exact: true, .. });
            let how = self.how((before.0, from.as_deref()), (after.0, to.as_deref()), decision, direction);
            if let Some(how) = how {
                let (old_at, new_at) = (place(self.old.0.sources, before.1), place(self.new.0.sources, after.1));
                let what = What::Value { column: told, year: year.clone(), part, from, to, how };
                out.push(Change { what, old_at, new_at });
            }
        }
    }

    fn how(
        &self,
        (was, from): (Cell, Option<&str>),
        (is, to): (Cell, Option<&str>),
        decision: bool,
        direction: Option<Direction>,
    ) -> Option<How> {
        match (was, is) {
            (Cell::Missing, Cell::Missing) => None,
            (Cell::Missing, _) => Some(How::Newly),
            (_, Cell::Missing) => Some(How::Gone),
            (Cell::Figure(a), Cell::Figure(b)) => {
                let old = Printed::new(self.old.0.facts, a, from.unwrap_or(""))?;
                let new = Printed::new(self.new.0.facts, b, to.unwrap_or(""))?;
                compare_figures(&old, &new, decision, direction)
            }
            _ => (plain(self.old.0, was) != plain(self.new.0, is)).then_some(How::Text),
        }
    }

    /// What the indicator wants to be, where it says so: as the new edition says it, else as the old one does.
    fn direction(&self, old: &Thing, new: &Thing) -> Option<Direction> {
        let said = |edition: Edition<'_>, thing: &Thing| {
            let (row, _, id) = thing.cells(edition.facts).find(|(_, c, _)| c.alias == "direction")?;
            match edition.facts.cell(row, id) {
                Cell::Text(_, folded) => Some(edition.facts.text(folded).to_owned()),
                _ => None,
            }
        };
        match said(self.new.0, new).or_else(|| said(self.old.0, old))?.as_str() {
            word if word == normal("以上") => Some(Direction::More),
            word if word == normal("以下") => Some(Direction::Less),
            _ => None,
        }
    }
}
