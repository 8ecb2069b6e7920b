//! Facts as one table: a row for each thing, in reading order, with its depth (段) and kind (種類) first.
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use rustc_hash::{FxHashMap, FxHashSet};

use super::flat;
use crate::plan::Thing;
use crate::render::table::record;
use crate::text::formula::kept;
use crate::value::FiscalYear;

/// The first two columns; a sheet that begins with them is read without a mapping.
const FIRST: [&str; 2] = ["段", "種類"];

/// A column of the table: its name, and of a series its name and year, by which it is placed.
type Head = (String, Option<(String, Option<FiscalYear>)>);

/// The table: the names of its columns, then its rows.
fn table(documents: &[Thing<'_>]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<(Head, String)>> = Vec::new();
    for document in documents {
        collect(document, 1, &mut rows);
    }
    let mut heads: Vec<&Head> = Vec::new();
    let mut known: FxHashSet<&str> = FxHashSet::default();
    heads.extend(rows.iter().flatten().map(|(head, _)| head).filter(|head| known.insert(&head.0)));
    // The years of a series stand side by side, in their order, where the first of them stands.
    let first = |head: &Head| match &head.1 {
        Some((series, _)) => heads.iter().position(|h| h.1.as_ref().is_some_and(|(name, _)| name == series)),
        None => heads.iter().position(|h| h.0 == head.0),
    };
    let mut placed: Vec<(usize, Option<FiscalYear>, &str)> =
        heads.iter().map(|h| (first(h).unwrap_or(0), h.1.as_ref().and_then(|s| s.1), h.0.as_str())).collect();
    placed.sort();
    let at: FxHashMap<&str, usize> = placed.iter().map(|p| p.2).zip(0..).collect();
    let lines = rows.iter().map(|row| {
        let mut line = vec![String::new(); at.len()];
        for ((name, _), text) in row {
            if let Some(cell) = at.get(name.as_str()).and_then(|n| line.get_mut(*n)) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(text);
            }
        }
        line
    });
    let names = placed.iter().map(|p| p.2.to_owned()).collect();
    std::iter::once(names).chain(lines).collect()
}

fn collect(thing: &Thing<'_>, depth: usize, rows: &mut Vec<Vec<(Head, String)>>) {
    let plain = |name: &str, text: String| ((name.to_owned(), None), text);
    let [depth_name, kind] = FIRST;
    let mut row = vec![plain(depth_name, depth.to_string()), plain(kind, thing.relation.name.clone())];
    for (column, value) in &thing.fields {
        let text = flat(value);
        // A mark that names nothing is its own name.
        row.push(plain(&column.name, if text.is_empty() { column.name.clone() } else { text }));
    }
    if thing.unsure {
        row.push(plain("読取", "低".to_owned()));
    }
    for value in &thing.years {
        let name = match &value.year {
            Some(year) => format!("{} {year}", value.series.name),
            None => value.series.name.clone(),
        };
        let year = value.year.as_ref().and_then(|y| FiscalYear::read(y).ok());
        let notes: String = value.notes.iter().map(|(note, text)| format!(" ({note}: {text})")).collect();
        row.push(((name, Some((value.series.name.clone(), year))), value.with_part() + &notes));
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
        record(&mut out, row.iter().map(|text| kept(text)));
    }
    out
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
