//! A printed value: what it is, what it denotes, and where else it is printed.
use super::Teller;
use crate::plan::{Cell, ColumnId, RelationKind, RowRef};
use crate::render::manual::plain;
use crate::render::why::interval;
use crate::rules::{Denoted, agree, describe, figure, row_name};
use crate::value::Interval;

/// More printings of a figure than this are counted instead of listed.
const MOST: usize = 30;

impl Teller<'_> {
    pub(super) fn value(&self, row: RowRef, column: ColumnId, cell: Cell) -> Option<String> {
        if cell == Cell::Missing {
            return None;
        }
        let mut out = format!("{}\n", self.title(row, column)?);
        let printed = self.printed(row, column);
        match cell {
            Cell::Figure(number) => {
                let figure = self.view.facts().figures.get(number as usize)?;
                let unit = figure.unit.printed().map_or("", |u| self.view.facts().text(u));
                let shown = crate::rules::figure(figure.value, unit);
                let sentence = if figure.interval == Interval::point(figure.value) {
                    self.say("lsp-hover-exact", &[("printed", &printed), ("value", &shown)])
                } else {
                    let denoted = Denoted::of(&figure.interval, |at| super::value::figure(at, unit));
                    let interval = interval(&denoted, self.messages, self.lang);
                    self.say("lsp-hover-denotes", &[("printed", &printed), ("value", &shown), ("interval", &interval)])
                };
                out.push_str(&format!("\n{sentence}\n"));
            }
            Cell::Unreadable => out.push_str(&format!("\n{}\n", self.say("lsp-hover-unreadable", &[]))),
            Cell::Qualitative(..) => out.push_str(&format!("\n{}\n", self.say("lsp-hover-words", &[]))),
            _ => {}
        }
        out.push_str(&self.others(row, column, cell));
        Some(out)
    }

    /// `**目標 R6** — 指標 No1「…」`
    fn title(&self, row: RowRef, column: ColumnId) -> Option<String> {
        let facts = self.view.facts();
        let relation = facts.vocabulary.relations.get(row.relation.0 as usize)?;
        let known = self.column(row.relation, column)?;
        let owner = facts.parent(row);
        let (what, of) = match relation.kind {
            RelationKind::Series(_) => {
                let mut what = self.relation(row.relation);
                if let Cell::Year(year) = facts.cell(row, ColumnId(0)) {
                    what.push_str(&format!(" {year}"));
                }
                if let Cell::Number(part) = facts.cell(row, ColumnId(1))
                    && part > 0
                {
                    what.push_str(&format!(" ({part})"));
                }
                if column.0 > 2 {
                    what.push_str(&format!(" {}", self.column_name(known)));
                }
                (what, owner.map(|o| describe(facts, o)))
            }
            RelationKind::Rows(_) => {
                let table = owner.map(|o| describe(facts, o)).unwrap_or_default();
                let row = row_name(facts, &self.view.read.sources, row);
                (self.column_name(known).to_owned(), Some(format!("{row} ({table})")))
            }
            _ => (self.column_name(known).to_owned(), Some(describe(facts, row))),
        };
        Some(format!("**{}** — {}", plain(&what), plain(&of.unwrap_or_default())))
    }

    /// What is printed in a cell.
    fn printed(&self, row: RowRef, column: ColumnId) -> String {
        let (cell, span) = (self.view.facts().cell(row, column), self.view.place(row, column));
        let joined = match cell {
            Cell::Figure(number) => self.view.facts().figure(number).map(|f| f.1),
            _ => None,
        };
        let text = joined.unwrap_or_else(|| self.view.read.sources.text(span));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("`{}`", text.replace('`', "'"))
    }

    /// The same figure in other places: of the same series, year and part of what is the same thing.
    fn others(&self, row: RowRef, column: ColumnId, cell: Cell) -> String {
        let facts = self.view.facts();
        let is_series = |row: RowRef| {
            let relation = facts.vocabulary.relations.get(row.relation.0 as usize);
            relation.is_some_and(|r| matches!(r.kind, RelationKind::Series(_)))
        };
        let Some(owner) = facts.parent(row).filter(|_| is_series(row) && column.0 == 2) else { return String::new() };
        let class = self.view.class(owner);
        let key = |row: RowRef| (facts.cell(row, ColumnId(0)), facts.cell(row, ColumnId(1)));
        let same = |other: &RowRef| {
            *other != row && key(*other) == key(row) && facts.parent(*other).is_some_and(|o| class.contains(&o))
        };
        let all: Vec<RowRef> = self.view.rows(row.relation).into_iter().filter(same).collect();
        if all.is_empty() {
            return String::new();
        }
        let mut out = format!("\n{}\n", self.say("lsp-hover-others", &[]));
        for other in all.iter().take(MOST) {
            let (there, span) = (facts.cell(*other, column), self.view.place(*other, column));
            let Some(link) = self.link(span) else { continue };
            let owner = facts.parent(*other).map(|o| describe(facts, o)).unwrap_or_default();
            let document = describe(facts, self.view.document(*other));
            let mark = match self.agrees(cell, there) {
                Some(true) => String::new(),
                Some(false) => format!(" **{}**", self.say("lsp-hover-differs", &[])),
                None => format!(" ({})", self.say("lsp-hover-not-compared", &[])),
            };
            let printed = self.printed(*other, column);
            out.push_str(&format!("- {link} {printed}{mark} — {}, {}\n", plain(&document), plain(&owner)));
        }
        if all.len() > MOST {
            out.push_str(&format!("- {}\n", self.say("why-more", &[("count", &(all.len() - MOST))])));
        }
        out
    }

    /// Whether two cells can be printings of one thing; `None` if they do not compare.
    fn agrees(&self, a: Cell, b: Cell) -> Option<bool> {
        let facts = self.view.facts();
        match (a, b) {
            (Cell::Figure(a), Cell::Figure(b)) => {
                agree(facts, facts.figures.get(a as usize)?, facts.figures.get(b as usize)?)
            }
            (Cell::Text(_, a) | Cell::Qualitative(_, a), Cell::Text(_, b) | Cell::Qualitative(_, b)) => Some(a == b),
            (Cell::Missing | Cell::Unreadable, _) | (_, Cell::Missing | Cell::Unreadable) => None,
            _ => Some(a == b),
        }
    }
}
