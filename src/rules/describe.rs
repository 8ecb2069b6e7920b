//! Rows and figures as people name them.
use super::number;
use crate::plan::{Cell, ColumnId, ColumnRole, ColumnType, Facts, Number, RowRef};
use crate::text::Sources;
use crate::value::{Exact, Rounding};

/// A row as people name it: keyword, number, name.
#[must_use]
pub fn describe(facts: &Facts, row: RowRef) -> String {
    let relation = facts.vocabulary.relations.get(row.relation.0 as usize);
    let mut out = relation.map_or_else(String::new, |r| r.name.clone());
    let columns = relation.map_or(&[][..], |r| &r.columns);
    for (id, column) in (0..).map(ColumnId).zip(columns) {
        if column.role != ColumnRole::Head {
            continue;
        }
        match facts.cell(row, id) {
            Cell::Number(n) => out.push_str(&format!(" No{n}")),
            Cell::Text(printed, _) if column.ty == ColumnType::Code => {
                out.push_str(&format!(" {}", facts.text(printed)));
            }
            Cell::Text(printed, _) => out.push_str(&format!("「{}」", facts.text(printed))),
            Cell::Year(year) => out.push_str(&format!(" {year}")),
            _ => {}
        }
    }
    out
}

/// A row as people name it; the row of a table, which has no name of its own, by its first printed cell.
#[must_use]
pub fn row_name(facts: &Facts, sources: &Sources, row: RowRef) -> String {
    let name = describe(facts, row);
    let relation = facts.vocabulary.relations.get(row.relation.0 as usize);
    let Some(relation) = relation.filter(|r| r.name == name) else { return name };
    let columns = (0..relation.columns.len()).filter_map(|at| u16::try_from(at).ok());
    let mut cells = columns.map(|at| facts.place(row, ColumnId(at), sources)).filter(|s| !s.range().is_empty());
    match cells.next() {
        Some(first) => format!("{name} {}", sources.text(first).trim()),
        None => name,
    }
}

/// A number with its unit; `…` where the digits go on.
#[must_use]
pub fn figure(value: Exact, unit: &str) -> String {
    let (shown, places) = match value.checked_mul(Exact::from_int(100)) {
        Some(hundredfold) if unit == "%" => (hundredfold, 2),
        _ => (value, 4),
    };
    let ends = Exact::pow10(4).and_then(|p| shown.checked_mul(p)).is_some_and(Exact::is_integer);
    match shown.round(places, Rounding::Down) {
        Some(cut) if !ends => format!("{}…{unit}", cut.grouped()),
        _ => format!("{}{unit}", shown.grouped()),
    }
}

/// Whether two printed figures can be one and the same; `None` if their units do not compare.
#[must_use]
pub fn agree(facts: &Facts, a: &Number, b: &Number) -> Option<bool> {
    number::agree(&[*a, *b], facts.symbols.find("%")).ok()
}
