//! What rows and references are called where the graph is shown.
use std::fmt::Write as _;

use crate::plan::{Cell, Column, ColumnId, ColumnRole, ColumnType, Facts, RelationKind, RowRef};

/// The name of a row in what is written of the graph.
#[must_use]
pub fn id(row: RowRef) -> String {
    format!("n{}_{}", row.relation.0, row.row)
}

fn column(facts: &Facts, reference: u32) -> Option<&Column> {
    let reference = facts.references.get(reference as usize)?;
    let relation = facts.vocabulary.relations.get(reference.from.relation.0 as usize)?;
    relation.columns.get(reference.column.0 as usize)
}

/// A reference that the house derives from a code: the 合計 row of a summary names no field and is not broken.
#[must_use]
pub fn is_derived(facts: &Facts, reference: u32) -> bool {
    column(facts, reference).is_some_and(|c| matches!(c.role, ColumnRole::Derived(_)))
}

/// Whether a row stands in a table.
#[must_use]
pub fn is_table_row(facts: &Facts, row: RowRef) -> bool {
    facts.vocabulary.relations.get(row.relation.0 as usize).is_some_and(|r| matches!(r.kind, RelationKind::Rows(_)))
}

/// The column in which a reference is written.
#[must_use]
pub fn column_name(facts: &Facts, reference: u32) -> String {
    column(facts, reference).map_or_else(String::new, |c| c.name.clone())
}

/// A row as people name it: keyword, number, name.
#[must_use]
pub fn label(facts: &Facts, row: RowRef) -> String {
    let mut out = String::new();
    walk(facts, row, |piece, text| match piece {
        Piece::Keyword => out.push_str(text),
        Piece::Number => {
            let _ = write!(out, " {text}");
        }
        Piece::Name => {
            let _ = write!(out, "「{text}」");
        }
    });
    out
}

/// A row as people name it, in two parts: keyword and number; the name.
#[must_use]
pub fn parts(facts: &Facts, row: RowRef) -> (String, String) {
    let (mut head, mut name) = (String::new(), String::new());
    walk(facts, row, |piece, text| {
        let (to, between) = if piece == Piece::Name { (&mut name, "・") } else { (&mut head, " ") };
        if !to.is_empty() {
            to.push_str(between);
        }
        to.push_str(text);
    });
    (head, name)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Keyword,
    Number,
    Name,
}

fn walk(facts: &Facts, row: RowRef, mut each: impl FnMut(Piece, &str)) {
    let Some(relation) = facts.vocabulary.relations.get(row.relation.0 as usize) else { return };
    each(Piece::Keyword, &relation.name);
    for (i, column) in relation.columns.iter().enumerate() {
        let wanted = column.role == ColumnRole::Head || (column.role == ColumnRole::Cell && i == 0);
        let (true, Ok(id)) = (wanted, u16::try_from(i)) else { continue };
        match facts.cell(row, ColumnId(id)) {
            Cell::Number(n) => each(Piece::Number, &format!("No{n}")),
            Cell::Text(printed, _) if column.ty == ColumnType::Code => each(Piece::Number, facts.text(printed)),
            Cell::Text(printed, _) => each(Piece::Name, facts.text(printed)),
            Cell::Year(year) => each(Piece::Number, &year.to_string()),
            _ => {}
        }
    }
}
