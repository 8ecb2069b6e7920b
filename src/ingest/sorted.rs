//! The rows of a plain table, taken apart by other threads: of each row the cells that are read, with the terms of their texts,
//! and whether it is one of the many that need no second look.
use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::plain::Fields;
use crate::plan::{Term, Terms};
use crate::text::normal::{normal, trimmed_in};
use crate::text::record::unquoted;
use crate::text::{CellKind, GridCell, Page};

/// A cell that belongs to a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// The field, by column of the sheet.
    pub column: u16,
    pub kind: CellKind,
    /// First byte of its text in the source, and one past the last.
    pub start: u32,
    pub end: u32,
    /// The term of its text, if it has one.
    pub term: Option<Term>,
}

impl Found {
    /// A cell, as what it is found as.
    pub fn of(cell: &GridCell, page: Page<'_>, terms: &mut Terms) -> Option<Self> {
        let term = if cell.kind == CellKind::Plain { terms.of(page.written(cell).as_bytes()) } else { None };
        let column = u16::try_from(cell.column).ok()?;
        Some(Self { column, kind: cell.kind, start: cell.start, end: cell.end, term })
    }

    /// The text of the cell.
    pub fn text<'t>(&self, page: Page<'t>) -> Cow<'t, str> {
        page.text(&GridCell { row: 0, column: 0, start: self.start, end: self.end, kind: self.kind })
    }
}

/// Rows one after the other.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    rows: Vec<Row>,
    found: Vec<Found>,
    /// Whether a line ends as lines of old do, with a carriage return alone.
    pub old: bool,
}

#[derive(Debug)]
struct Row {
    /// Where its line ends on the page, its line break with it.
    end: u32,
    calm: bool,
    /// How many cells were found up to its end.
    found: usize,
}

/// A row of a page.
pub(super) struct Line<'s> {
    /// What was found in it.
    pub found: &'s [Found],
    /// Whether it needs no second look.
    pub calm: bool,
    /// Where it stands on the page.
    pub range: Range<usize>,
}

impl Sorted {
    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = Line<'_>> {
        let before = std::iter::once((0, 0)).chain(self.rows.iter().map(|row| (row.end as usize, row.found)));
        before.zip(&self.rows).map(|((start, from), row)| Line {
            found: self.found.get(from..row.found).unwrap_or(&[]),
            calm: row.calm,
            range: start..row.end as usize,
        })
    }

    /// Where each row begins, on a page that begins at `base`.
    pub fn starts(&self, base: usize) -> impl Iterator<Item = u32> {
        let ends = self.rows.iter().map(|row| row.end as usize);
        let starts = std::iter::once(0).chain(ends).take(self.rows.len());
        starts.map(move |start| u32::try_from(base + start).unwrap_or(u32::MAX))
    }
}

/// What has to be known of a plain table to take its rows apart.
pub(super) struct Sorting<'t> {
    delimiter: u8,
    /// What the columns of the header are; a row of more cells is torn.
    roles: Vec<Role>,
    /// Texts of the header: a row of nothing else is no row.
    titles: &'t FxHashSet<String>,
}

/// What a column of the sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Unread,
    /// A field of the rows.
    Field,
    /// Of an outer level: which of its columns.
    Outer(usize),
}

impl<'t> Sorting<'t> {
    /// How to take apart the rows of a table with so many columns in its header.
    pub fn new(delimiter: u8, width: usize, fields: &Fields, outer: &[u32], titles: &'t FxHashSet<String>) -> Self {
        let role = |column: usize| match outer.iter().position(|c| *c as usize == column) {
            Some(n) => Role::Outer(n),
            None if matches!(fields.get(column), Some(Some(_))) => Role::Field,
            None => Role::Unread,
        };
        Self { delimiter, roles: (0..width).map(role).collect(), titles }
    }

    /// The rows on a page, so many of them; `None` if a quote stands there. A row is calm if two of its cells at least are
    /// read and one of them belongs to a field, none stands beyond the header, the first is no title, and in the columns of
    /// the outer levels it says the same as the row before.
    pub fn sort(&self, terms: &mut Terms, page: Page<'_>, rows: usize) -> Option<Sorted> {
        if memchr::memchr(b'"', page.bytes).is_some() {
            return None;
        }
        let fields = self.roles.iter().filter(|role| **role == Role::Field).count();
        let found = Vec::with_capacity(rows.saturating_mul(fields).min(page.bytes.len()));
        let mut out = Sorted { rows: Vec::with_capacity(rows), found, old: false };
        let outer = self.roles.iter().filter(|role| matches!(role, Role::Outer(_))).count();
        let (mut before, mut now) = (vec![0..0; outer], vec![0..0; outer]);
        let (mut column, mut read, mut torn) = (0_u16, 0_usize, false);
        let mut first = 0..0;
        let mut titles = Titles::new(self.titles);
        let said = |range: &Range<usize>| page.bytes.get(range.clone()).unwrap_or(&[]);
        for (range, last) in unquoted(page.bytes, self.delimiter) {
            let end_of_field = range.end;
            let role = self.roles.get(usize::from(column)).copied();
            if role != Some(Role::Unread) && !range.is_empty() {
                let range = trimmed_in(page.bytes, range);
                if !range.is_empty() {
                    if read == 0 {
                        first = range.clone();
                    }
                    read += 1;
                    match role {
                        Some(Role::Field) => {
                            let term = terms.of(said(&range));
                            let [start, end] = [range.start, range.end].map(|at| (page.base + at) as u32);
                            out.found.push(Found { column, kind: CellKind::Plain, start, end, term });
                        }
                        Some(Role::Outer(n)) => {
                            if let Some(place) = now.get_mut(n) {
                                *place = range;
                            }
                        }
                        Some(Role::Unread) => {}
                        None => torn = true,
                    }
                }
            }
            column = column.saturating_add(1);
            if last {
                let end = out.found.len();
                let begin = out.rows.last().map_or(0, |row| row.found);
                let (end_of_line, old) = line_end(page.bytes, end_of_field);
                out.old |= old;
                let alike = !out.rows.is_empty() && now.iter().zip(&before).all(|(a, b)| said(a) == said(b));
                let calm = alike && !torn && read > 1 && end > begin && !titles.has(said(&first));
                out.rows.push(Row { end: end_of_line as u32, calm, found: end });
                std::mem::swap(&mut before, &mut now);
                now.fill(0..0);
                (column, read, torn) = (0, 0, false);
            }
        }
        Some(out)
    }
}

/// Where the line ends of which the last field does so at `at`, its line break with it; whether that is one of old.
#[inline]
fn line_end(bytes: &[u8], at: usize) -> (usize, bool) {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => (at + 2, false),
        (Some(mark), _) => (at + 1, *mark == b'\r'),
        (None, _) => (at, false),
    }
}

/// Whether texts are titles, and what the last one was: many rows begin alike, and few with a title.
pub(super) struct Titles<'t> {
    all: &'t FxHashSet<String>,
    last: Option<(Vec<u8>, bool)>,
}

impl<'t> Titles<'t> {
    pub fn new(all: &'t FxHashSet<String>) -> Self {
        Self { all, last: None }
    }

    /// Whether a text, given by its bytes, is a title.
    pub fn has(&mut self, text: &[u8]) -> bool {
        match &self.last {
            Some((same, known)) if same == text => *known,
            _ => {
                let is_title = std::str::from_utf8(text).is_ok_and(|text| self.all.contains(&normal(text)));
                self.last = Some((text.to_vec(), is_title));
                is_title
            }
        }
    }
}
