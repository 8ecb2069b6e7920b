//! Facts as a tidy plan file.
use super::{quoted, reference};
use crate::plan::{Column, ColumnRole, ColumnType, RelationKind, Thing, Value, YearValue};
use crate::syntax::plan::{Atom, parse};
use crate::text::SourceId;

/// The documents as one plan file.
#[must_use]
pub fn plan(documents: &[Thing<'_>]) -> String {
    let mut out = String::new();
    for document in documents {
        if !out.is_empty() {
            out.push('\n');
        }
        // What stands in a document follows it at the top of the file.
        thing(&mut out, document, 0, true);
        for inner in &document.inside {
            out.push('\n');
            thing(&mut out, inner, 0, false);
        }
    }
    out
}

fn line(out: &mut String, depth: usize, text: &str) {
    out.push_str(&"  ".repeat(depth));
    out.push_str(text);
    out.push('\n');
}

fn thing(out: &mut String, thing: &Thing<'_>, depth: usize, alone: bool) {
    let mut head = String::new();
    let (heads, rest): (Vec<_>, Vec<_>) = thing.fields.iter().partition(|(column, _)| column.role == ColumnRole::Head);
    let own_number = heads.iter().any(|(column, _)| column.ty == ColumnType::Number);
    // 再掲 事業 No4 "…"; a row that has a number of its own says in its block what it is taken from.
    let marked = rest.iter().find_map(|(column, value)| match value {
        Value::Reference { before, number, name: None } if column.role == ColumnRole::Mark && !own_number => {
            Some((*column, reference(before, *number, None)))
        }
        _ => None,
    });
    if let Some((column, _)) = &marked {
        head.push_str(&column.name);
        head.push(' ');
    }
    head.push_str(&thing.relation.name);
    if let Some((_, target)) = marked.as_ref().filter(|(_, target)| !target.is_empty()) {
        head.push(' ');
        head.push_str(target);
    }
    let references = heads.iter().filter(|(column, _)| matches!(column.ty, ColumnType::Reference(_))).count();
    for (n, (column, value)) in heads.iter().enumerate() {
        head.push_str(if references > 1 && n > 0 { " = " } else { " " });
        head.push_str(&written(column, value));
    }
    let rest: Vec<_> =
        rest.into_iter().filter(|(column, _)| marked.as_ref().is_none_or(|m| m.0.name != column.name)).collect();
    let inside: &[Thing<'_>] = if alone { &[] } else { &thing.inside };
    if rest.is_empty() && thing.years.is_empty() && inside.is_empty() && !thing.unsure && !alone {
        line(out, depth, &head);
        return;
    }
    line(out, depth, &format!("{head} {{"));
    if thing.unsure {
        line(out, depth + 1, "読取 低");
    }
    for (column, value) in rest {
        line(out, depth + 1, format!("{} {}", column.name, written(column, value)).trim_end());
    }
    years(out, &thing.years, depth + 1);
    let mut table: Vec<&Thing<'_>> = Vec::new();
    for inner in inside {
        if matches!(inner.relation.kind, RelationKind::Rows(_)) {
            table.push(inner);
        } else {
            self::thing(out, inner, depth + 1, false);
        }
    }
    rows(out, &table, depth + 1);
    line(out, depth, "}");
}

/// A value as it stands behind its name, or in a head.
fn written(column: &Column, value: &Value) -> String {
    match value {
        Value::List(items) => items.iter().map(|i| quoted(i)).collect::<Vec<_>>().join(", "),
        Value::Reference { before, number, name } => reference(before, *number, name.as_deref()),
        Value::One(text) => match column.ty {
            ColumnType::Text => quoted(text),
            _ => bare(text),
        },
    }
}

/// A text without quotes where it reads as the same value all the same.
fn bare(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '%' | '％' | '－' | '-' | '．' | '/' | '△');
    if !text.is_empty() && (text.chars().all(plain) || reads_bare(text)) { text.to_owned() } else { quoted(text) }
}

/// Whether the reader of plan files takes a text for one value without more around it.
fn reads_bare(text: &str) -> bool {
    let line = format!("x R1: {text}");
    let parsed = parse(SourceId::default(), &line, 0..line.len());
    match (parsed.statements.as_slice(), parsed.faults.is_empty()) {
        ([statement], true) => match statement.items.as_slice() {
            [item] => {
                let whole = line.get(item.span.range()) == Some(text) && item.label.is_some() && item.notes.is_empty();
                whole && statement.block.is_none() && item.atoms.iter().all(|a| matches!(a.node, Atom::Word(_)))
            }
            _ => false,
        },
        _ => false,
    }
}

/// The values by fiscal year: a line for each series.
fn years(out: &mut String, all: &[YearValue<'_>], depth: usize) {
    let mut series: Vec<&str> = Vec::new();
    for value in all {
        if !series.contains(&value.series.name.as_str()) {
            series.push(&value.series.name);
        }
    }
    for name in series {
        let mut items: Vec<String> = Vec::new();
        let mut last: Option<(&YearValue<'_>, bool)> = None;
        for value in all.iter().filter(|v| v.series.name == name) {
            let label = value.year.as_ref().map_or_else(String::new, |y| format!("{y}: "));
            // ① and ② of one year stand in one item.
            let part = value.part > 0;
            match (&last, items.last_mut()) {
                (Some((before, true)), Some(item)) if part && before.year == value.year && before.notes.is_empty() => {
                    item.push(' ');
                    item.push_str(&value.with_part());
                }
                _ if part => items.push(format!("{label}{}", value.with_part())),
                _ => items.push(format!("{label}{}", bare(&value.value))),
            }
            if let Some(item) = items.last_mut() {
                for (note, text) in &value.notes {
                    item.push_str(&format!(" ({note}: {text})"));
                }
            }
            last = Some((value, part));
        }
        line(out, depth, &format!("{name} {}", items.join(", ")));
    }
}

/// The rows of a table, its columns aligned.
fn rows(out: &mut String, rows: &[&Thing<'_>], depth: usize) {
    let Some(first) = rows.first() else { return };
    let used = |column: &&Column| rows.iter().any(|r| r.fields.iter().any(|(c, _)| c.name == column.name));
    let columns: Vec<&Column> = first.relation.columns.iter().filter(used).collect();
    let mut lines: Vec<Vec<String>> = vec![columns.iter().map(|c| c.name.clone()).collect()];
    for row in rows {
        let cell = |column: &&Column| {
            let found = row.fields.iter().find(|(c, _)| c.name == column.name);
            found.map_or_else(String::new, |(_, value)| cell(&super::flat(value)))
        };
        lines.push(columns.iter().map(cell).collect());
    }
    let width = |text: &String| unicode_width::UnicodeWidthStr::width(text.as_str());
    let widths: Vec<usize> =
        (0..columns.len()).map(|n| lines.iter().filter_map(|l| l.get(n)).map(width).max().unwrap_or(0)).collect();
    for cells in lines {
        let padded = cells.iter().zip(&widths).map(|(c, w)| format!("{c}{}", " ".repeat(w - width(c).min(*w))));
        line(out, depth, &format!("| {} |", padded.collect::<Vec<_>>().join(" | ")));
    }
}

/// A cell of a table, in quotes where it holds what would end it.
fn cell(text: &str) -> String {
    let marks = ['|', '｜', ';', '；', '}', '｝', '#', '＃', '\n', '"', '\\'];
    if text.contains(marks) || text.trim() != text { quoted(text) } else { text.to_owned() }
}
