//! What stands in each box of a picture.
use super::Subject;
use super::arrange::inner;
use super::choose::Choice;
use super::words::{lines, plain, width};
use crate::findings::Lang;
use crate::graph::{column_name, parts};
use crate::plan::{Cell, Column, ColumnId, ColumnRole, ColumnType, DOCUMENTS, ReferenceKey, RelationId, RowRef};

/// Size of the letters.
pub const SIZE: usize = 13;
/// Size of small letters.
pub const SMALL: usize = 11;
/// From line to line.
pub const LINE: usize = 18;
/// From small line to small line.
pub const SMALL_LINE: usize = 15;
/// Between the edge of a box and its letters, above and below.
pub const EDGE: usize = 6;
/// Between the edge of a box and its letters, left and right.
pub const SIDE: usize = 9;
/// Height of the box that says where a reference should have led.
pub const GHOST: usize = 24;
/// From a box to the one that says so.
pub const DROP: usize = 5;
/// What the link to a finding takes.
pub const BADGE: usize = 20;
/// A name takes not more lines.
const MOST_LINES: usize = 3;

/// What a box looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A document.
    Document,
    /// A part of a document.
    Holder,
    /// An indicator, or whatever else has an identity over documents.
    Figure,
    /// A program, or anything else.
    Thing,
}

/// One box.
#[derive(Debug)]
pub struct Node {
    /// The row.
    pub row: RowRef,
    /// Its document, counted from 0 in the order in which they are shown.
    pub document: usize,
    /// How deep it stands there.
    pub depth: usize,
    /// The look.
    pub shape: Shape,
    /// Whether it is listed here once more (再掲).
    pub relisted: bool,
    /// Whether its references go round in a circle.
    pub circle: bool,
    /// Keyword and number.
    pub head: String,
    /// All of what it is called.
    pub label: String,
    /// What is written in it.
    pub lines: Vec<String>,
    /// In small letters: what it holds besides.
    pub note: Option<String>,
    /// References that lead nowhere, each in a box of its own below.
    pub ghosts: Vec<String>,
    /// The finding that it links to.
    pub fault: Option<usize>,
}

impl Node {
    /// Height of the box alone.
    pub fn own_height(&self) -> usize {
        2 * EDGE + self.lines.len() * LINE + self.note.as_ref().map_or(0, |_| SMALL_LINE)
    }

    /// What it is called, with the letter of its document.
    pub fn full(&self) -> String {
        match self.shape {
            Shape::Document => self.label.clone(),
            _ => format!("{} {}", mark(self.document), self.label),
        }
    }

    /// Height with what is missing below it.
    pub fn height(&self) -> usize {
        self.own_height() + self.ghosts.len() * (GHOST + DROP)
    }
}

/// The letter of a document: A to Z, then A2 and so on.
pub fn mark(document: usize) -> String {
    let letter = u8::try_from(document % 26).map_or('A', |n| char::from(b'A' + n));
    match document / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{}", round + 1),
    }
}

/// The boxes of what was chosen, in the same order. `fault` tells the finding of a row.
pub fn nodes(subject: &Subject<'_>, choice: &Choice, fault: impl Fn(RowRef) -> Option<usize>) -> Vec<Node> {
    let mut document: Option<usize> = None;
    let mut out = Vec::with_capacity(choice.rows.len());
    for &(row, depth) in &choice.rows {
        if depth == 0 {
            document = Some(document.map_or(0, |d| d + 1));
        }
        let place = (document.unwrap_or(0), depth);
        out.push(node(subject, choice, row, place, fault(row)));
    }
    out
}

fn node(
    subject: &Subject<'_>,
    choice: &Choice,
    row: RowRef,
    (document, depth): (usize, usize),
    fault: Option<usize>,
) -> Node {
    let relation = subject.facts.vocabulary.relations.get(row.relation.0 as usize);
    let is_code = |c: &Column| c.role == ColumnRole::Head && c.ty == ColumnType::Code;
    let holds = subject.facts.vocabulary.relations.iter().any(|r| r.places.contains(&row.relation));
    let shape = match relation {
        _ if row.relation == DOCUMENTS => Shape::Document,
        Some(relation) if relation.identity.is_some() => Shape::Figure,
        // What is numbered by a code and may hold others is a part of the document: 分野, 項目.
        Some(relation) if relation.columns.iter().any(is_code) && holds => Shape::Holder,
        _ => Shape::Thing,
    };
    let (mut head, name) =
        if shape == Shape::Document { titled(subject, row, document) } else { parts(subject.facts, row) };
    let listed = relisting(subject, row);
    if let Some((word, printed)) = &listed {
        head = format!("{word} {head}");
        if !printed.is_empty() {
            head = format!("{head} →{printed}");
        }
    }
    let circle = subject.graph.on_cycle(row);
    if circle {
        head = format!("↻ {head}");
    }
    let (head, name) = (plain(&head), plain(&name));
    let label = if name.is_empty() { head.clone() } else { format!("{head} {name}") };
    let room = inner(depth) - 2 * SIDE - if fault.is_some() { BADGE } else { 0 };
    let lines = lines(&label, room * 100 / SIZE, MOST_LINES);
    let note = choice.hidden.get(&row).map(|counts| note(subject, counts, room * 100 / SMALL));
    let ghosts = choice.broken.get(&row).map_or(&[][..], Vec::as_slice);
    let ghosts = ghosts.iter().map(|number| nowhere(subject, *number)).collect();
    Node { row, document, depth, shape, relisted: listed.is_some(), circle, head, label, lines, note, ghosts, fault }
}

/// A document by its letter, its code, its title and its year.
fn titled(subject: &Subject<'_>, row: RowRef, document: usize) -> (String, String) {
    let facts = subject.facts;
    let columns = facts.vocabulary.relations.get(row.relation.0 as usize).map_or(&[][..], |r| &r.columns);
    let (mut code, mut title, mut year) = (String::new(), String::new(), String::new());
    for (id, column) in (0..).map(ColumnId).zip(columns) {
        match (facts.cell(row, id), &column.role) {
            (Cell::Text(printed, _), ColumnRole::Head) => facts.text(printed).clone_into(&mut code),
            (Cell::Text(printed, _), ColumnRole::Attribute) if title.is_empty() && column.ty == ColumnType::Text => {
                facts.text(printed).clone_into(&mut title);
            }
            (Cell::Year(read), ColumnRole::Attribute) if year.is_empty() => year = read.to_string(),
            _ => {}
        }
    }
    let name = match (title.is_empty(), year.is_empty()) {
        (false, false) => format!("{title} ({year})"),
        _ => title + &year,
    };
    (format!("{} {code}", mark(document)), name)
}

/// The word and the number with which a row is listed once more.
fn relisting(subject: &Subject<'_>, row: RowRef) -> Option<(String, String)> {
    let relation = subject.facts.vocabulary.relations.get(row.relation.0 as usize)?;
    let marks = (0..).map(ColumnId).zip(&relation.columns).filter(|(_, c)| c.role == ColumnRole::Mark);
    marks.into_iter().find_map(|(id, column)| match subject.facts.cell(row, id) {
        Cell::Reference(number) => Some((column.name.clone(), printed(subject, number))),
        _ => None,
    })
}

/// A reference as it is printed, if it names anything.
fn printed(subject: &Subject<'_>, number: u32) -> String {
    let Some(reference) = subject.facts.references.get(number as usize) else { return String::new() };
    if reference.key == ReferenceKey::Nothing {
        return String::new();
    }
    subject.sources.text(reference.span).trim().to_owned()
}

/// That a reference leads nowhere.
fn nowhere(subject: &Subject<'_>, number: u32) -> String {
    let printed = printed(subject, number);
    plain(&subject.say("picture-nowhere", &[("column", &column_name(subject.facts, number)), ("text", &printed)]))
}

/// What stands in a row without being shown.
fn note(subject: &Subject<'_>, counts: &[(RelationId, usize)], room: usize) -> String {
    let name = |relation: RelationId| {
        let declared = subject.facts.vocabulary.relations.get(relation.0 as usize);
        declared.map_or("", |r| if subject.lang == Lang::En { &r.alias } else { &r.name })
    };
    let each: Vec<String> = counts.iter().map(|(relation, count)| format!("{} {count}", name(*relation))).collect();
    let whole = subject.say("picture-besides", &[("what", &each.join("・"))]);
    if width(&whole) <= room {
        return whole;
    }
    let all: usize = counts.iter().map(|c| c.1).sum();
    subject.say("picture-besides", &[("what", &all)])
}
