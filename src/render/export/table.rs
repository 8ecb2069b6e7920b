//! Facts as one table: a row for each thing, in reading order, with its depth (段) and kind (種類) first.
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::flat;
use crate::plan::Thing;

/// The first two columns; a sheet that begins with them is read without a mapping.
const FIRST: [&str; 2] = ["段", "種類"];
/// Characters that make a spreadsheet take a text of a CSV file for a formula.
const FORMULA: [char; 6] = ['=', '+', '@', '-', '\t', '\r'];

/// The table: the names of its columns, then its rows.
fn table(documents: &[Thing<'_>]) -> Vec<Vec<String>> {
    let mut heads: Vec<String> = FIRST.iter().map(|f| (*f).to_owned()).collect();
    let mut rows: Vec<Vec<(String, String)>> = Vec::new();
    for document in documents {
        collect(document, 1, &mut rows);
    }
    let mut known: rustc_hash::FxHashMap<String, usize> = heads.iter().cloned().zip(0..).collect();
    for (name, _) in rows.iter().flatten() {
        if !known.contains_key(name) {
            known.insert(name.clone(), heads.len());
            heads.push(name.clone());
        }
    }
    let width = heads.len();
    let lines = rows.into_iter().map(|row| {
        let mut line = vec![String::new(); width];
        for (name, text) in row {
            if let Some(cell) = known.get(&name).and_then(|n| line.get_mut(*n)) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&text);
            }
        }
        line
    });
    std::iter::once(heads).chain(lines).collect()
}

fn collect(thing: &Thing<'_>, depth: usize, rows: &mut Vec<Vec<(String, String)>>) {
    let mut row = vec![(FIRST[0].to_owned(), depth.to_string()), (FIRST[1].to_owned(), thing.relation.name.clone())];
    for (column, value) in &thing.fields {
        let text = flat(value);
        // A mark that names nothing is its own name.
        row.push((column.name.clone(), if text.is_empty() { column.name.clone() } else { text }));
    }
    if thing.unsure {
        row.push(("読取".to_owned(), "低".to_owned()));
    }
    for value in &thing.years {
        let name = match &value.year {
            Some(year) => format!("{} {year}", value.series.name),
            None => value.series.name.clone(),
        };
        let notes: String = value.notes.iter().map(|(note, text)| format!(" ({note}: {text})")).collect();
        row.push((name, value.with_part() + &notes));
    }
    rows.push(row);
    for inner in &thing.inside {
        collect(inner, depth + 1, rows);
    }
}

/// The documents as CSV (RFC 4180). A text that a spreadsheet would take for a formula begins with an apostrophe.
#[must_use]
pub fn csv(documents: &[Thing<'_>]) -> String {
    let mut out = String::new();
    for row in table(documents) {
        for (n, text) in row.iter().enumerate() {
            if n > 0 {
                out.push(',');
            }
            let text = if is_formula(text) { format!("'{text}") } else { text.clone() };
            if text.contains(['"', ',', '\r', '\n']) {
                out.extend(["\"", &text.replace('"', "\"\""), "\""]);
            } else {
                out.push_str(&text);
            }
        }
        out.push_str("\r\n");
    }
    out
}

/// Whether a spreadsheet would work a text out. A lone dash, and a dash before a digit, are printed figures.
fn is_formula(text: &str) -> bool {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('-'), None) => false,
        (Some('-'), Some(next)) => !next.is_ascii_digit(),
        (Some(first), _) => FORMULA.contains(&first),
        (None, _) => false,
    }
}

/// The documents as a workbook of one sheet, every cell a text.
///
/// # Errors
/// What the library says, as for a text that is longer than a cell may hold.
pub fn xlsx(documents: &[Thing<'_>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same facts give the same bytes.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = book.add_worksheet();
    sheet.set_name("計画")?;
    let head = Format::new().set_bold();
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (number, row) in (0..).zip(table(documents)) {
        for (column, text) in (0..).zip(&row) {
            if !text.is_empty() {
                sheet.write_string_with_format(number, column, text, if number == 0 { &head } else { &body })?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}
