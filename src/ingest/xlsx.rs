//! Workbooks of Excel (.xlsx, .xlsm; ECMA-376): the cells by a library, what it does not tell from the parts.
use std::collections::VecDeque;
use std::io::Cursor;

use calamine::{CellErrorType, Data, DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::{FxHashMap, FxHashSet};

use super::format::{Format, built_in};
use super::sheet::{MOST_COLUMNS, MOST_ROWS, Refusal, Sheet};
use super::workbook::{Archive, part};
use crate::text::{CellKind, Merge, cell_number};

/// The longest display format that Excel takes, in characters.
const LONGEST_FORMAT: usize = 255;
/// Cells between two reports of progress.
const STEP: u64 = 4_096;

fn damaged(error: impl ToString) -> Refusal {
    Refusal::new("sheet-damaged", error)
}

/// Reads the sheets of a workbook.
pub(super) fn read(
    bytes: &[u8],
    archive: &mut Archive<'_>,
    progress: &mut dyn FnMut(u64),
) -> Result<Vec<Sheet>, Refusal> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| match e {
        XlsxError::Password => Refusal::new("sheet-encrypted", ""),
        other => damaged(other),
    })?;
    let formats = formats(archive)?;
    let parts = parts(archive)?;
    let is_1904 = book.has_1904_epoch();
    let mut out = Vec::new();
    let mut count = 0_u64;
    for about in book.sheets_metadata().to_vec() {
        if about.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet::beside(about.name.as_str(), &out);
        sheet.hidden = about.visible != SheetVisible::Visible;
        let mut rest = match parts.get(&about.name) {
            Some(path) => rest(&part(archive, path)?.unwrap_or_default(), &mut sheet)?,
            None => Rest::default(),
        };
        let mut cells = book.worksheet_cells_reader(&about.name).map_err(damaged)?;
        let mut seen = FxHashSet::default();
        loop {
            let (cell, style) = match cells.next_cell_with_style_id() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                // The library gives up on the cell, not on the sheet: what follows is read.
                Err(XlsxError::CellError(text)) => {
                    let (row, column) = rest.errors.pop_front().ok_or_else(|| damaged(&text))?;
                    sheet.push(row, column, &text, CellKind::Plain)?;
                    continue;
                }
                Err(error) => return Err(damaged(error)),
            };
            count += 1;
            if count.is_multiple_of(STEP) {
                progress(count);
            }
            let (row, column) = cell.get_position();
            let format = || formats.get(style).unwrap_or(&formats.general);
            let (text, kind) = match cell.get_value() {
                DataRef::Empty => match rest.formulas.get(&(row, column)) {
                    Some(formula) if seen.insert((row, column)) => (format!("={formula}"), CellKind::Formula),
                    _ => continue,
                },
                #[expect(clippy::cast_precision_loss, reason = "numbers of a workbook are floats")]
                DataRef::Int(n) => format().show(*n as f64, is_1904),
                DataRef::Float(n) => format().show(*n, is_1904),
                DataRef::DateTime(day) => format().show(day.as_f64(), is_1904),
                DataRef::String(text) => (text.clone(), CellKind::Plain),
                DataRef::SharedString(text) => ((*text).to_owned(), CellKind::Plain),
                DataRef::Bool(truth) => (truth.to_string().to_uppercase(), CellKind::Plain),
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (text.clone(), CellKind::Date),
                DataRef::Error(error) => (Data::Error(error.clone()).to_string(), CellKind::Plain),
            };
            sheet.push(row, column, &unescaped(&text), kind)?;
        }
        out.push(sheet);
    }
    progress(count);
    Ok(out)
}

/// Characters that XML cannot hold are written as `_x000D_`, and line breaks come in two kinds.
fn unescaped(text: &str) -> String {
    text.replace("_x000D_", "\r").replace("\r\n", "\n").replace('\r', "\n")
}

/// The display formats by the number of their style.
struct Formats {
    all: Vec<Format>,
    general: Format,
}

impl Formats {
    fn get(&self, style: usize) -> Option<&Format> {
        self.all.get(style)
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// Reads the formats of `xl/styles.xml`: the library gives no format for the built-in ones of Japanese Excel.
fn formats(archive: &mut Archive<'_>) -> Result<Formats, Refusal> {
    let text = part(archive, "xl/styles.xml")?.unwrap_or_default();
    let mut reader = Reader::from_str(&text);
    let mut codes: FxHashMap<u32, String> = FxHashMap::default();
    let mut styles: Vec<u32> = Vec::new();
    let mut in_cells = false;
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&e, "numFmtId").and_then(|v| v.parse().ok());
                    let code = attribute(&e, "formatCode").filter(|c| c.chars().count() <= LONGEST_FORMAT);
                    codes.extend(id.zip(code));
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    styles.push(attribute(&e, "numFmtId").and_then(|v| v.parse().ok()).unwrap_or(0));
                }
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_cells = false,
            Event::Eof => break,
            _ => {}
        }
    }
    let code = |id: &u32| codes.get(id).map_or_else(|| built_in(*id), String::as_str);
    let all = styles.iter().map(|id| Format::new(code(id))).collect();
    Ok(Formats { all, general: Format::new("General") })
}

/// The part of each sheet by its name.
fn parts(archive: &mut Archive<'_>) -> Result<FxHashMap<String, String>, Refusal> {
    let targets =
        elements(&part(archive, "xl/_rels/workbook.xml.rels")?.unwrap_or_default(), "Relationship", ["Id", "Target"])?;
    let targets: FxHashMap<String, String> = targets.into_iter().map(|[id, target]| (id, target)).collect();
    let sheets = elements(&part(archive, "xl/workbook.xml")?.unwrap_or_default(), "sheet", ["name", "id"])?;
    let path = |target: &String| match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    };
    Ok(sheets.into_iter().filter_map(|[name, id]| Some((name, path(targets.get(&id)?)))).collect())
}

/// Two attributes of every element of a name.
fn elements(text: &str, name: &str, wanted: [&str; 2]) -> Result<Vec<[String; 2]>, Refusal> {
    let mut reader = Reader::from_str(text);
    let mut out = Vec::new();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == name => {
                let [first, second] = wanted.map(|w| attribute(&e, w));
                out.extend(first.zip(second).map(|(a, b)| [a, b]));
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// What the library does not tell of the cells of a sheet.
#[derive(Default)]
struct Rest {
    /// Formulas that have no value, by their cell.
    formulas: FxHashMap<(u32, u32), String>,
    /// Cells with errors that are younger than the library (`#SPILL!`), in order.
    errors: VecDeque<(u32, u32)>,
}

/// Reads what the library does not tell; hidden rows and columns and merged cells go to `sheet`.
fn rest(text: &str, sheet: &mut Sheet) -> Result<Rest, Refusal> {
    let mut reader = Reader::from_str(text);
    let mut out = Rest::default();
    let (mut row, mut formula, mut has_value, mut in_formula) = (0_u32, None, false, false);
    let (mut kind, mut in_value) = (None, false);
    // Some programs leave the names of cells out: then they stand one after the other.
    let mut at = (0_u32, 0_u32);
    let place = |e: &BytesStart<'_>, row: u32, at: &mut (u32, u32)| {
        let implied = if at.0 == row { (row, at.1) } else { (row, 0) };
        // Names of cells need no unescaping; there are many of them.
        let name = e.attributes().flatten().find(|a| a.key.local_name().as_ref() == "r");
        let here = name.and_then(|a| cell_number(&a.value)).map_or(implied, |(_, column)| (row, column));
        *at = (row, here.1.saturating_add(1));
        (row.saturating_sub(1), here.1)
    };
    let mut cell = None;
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "row" => hide_row(&e, &mut row, sheet),
                "c" => {
                    cell = Some(place(&e, row, &mut at));
                    (formula, has_value, in_value) = (None, false, false);
                    kind = attribute(&e, "t");
                }
                "f" => {
                    in_formula = true;
                    formula = Some(String::new());
                }
                "is" => has_value = true,
                // An empty value is none, unless it is the text of length 0 that was worked out.
                "v" => {
                    in_value = true;
                    has_value |= kind.as_deref() == Some("str");
                }
                "col" => hide_columns(&e, sheet),
                "mergeCell" => merge(&e, sheet),
                _ => {}
            },
            Event::Empty(e) => match e.local_name().as_ref() {
                "row" => hide_row(&e, &mut row, sheet),
                "col" => hide_columns(&e, sheet),
                "mergeCell" => merge(&e, sheet),
                "c" => drop(place(&e, row, &mut at)),
                // A formula that is shared with another cell stands there.
                "f" => formula = Some(String::new()),
                _ => {}
            },
            Event::Text(t) if in_formula => {
                if let Some(formula) = &mut formula {
                    formula.push_str(&t.xml10_content());
                }
            }
            Event::Text(t) if in_value => {
                has_value = true;
                let text = t.xml10_content();
                if let (Some("e"), Some(at), Err(_)) = (kind.as_deref(), cell, text.parse::<CellErrorType>()) {
                    out.errors.push_back(at);
                }
            }
            Event::GeneralRef(entity) if in_formula => {
                let name = entity.xml10_content();
                let known = quick_xml::escape::resolve_predefined_entity(&name).unwrap_or("");
                if let Some(formula) = &mut formula {
                    formula.push_str(known);
                }
            }
            Event::End(e) => match e.local_name().as_ref() {
                "f" => in_formula = false,
                "v" => in_value = false,
                "c" => {
                    if let (Some(at), Some(formula), false) = (cell.take(), formula.take(), has_value) {
                        out.formulas.insert(at, formula);
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(attribute(element, "hidden").as_deref(), Some("1" | "true"))
}

fn hide_columns(element: &BytesStart<'_>, sheet: &mut Sheet) {
    let bound = |name| attribute(element, name).and_then(|v| v.parse::<u32>().ok()).filter(|v| *v >= 1);
    if let (true, Some(from @ ..=MOST_COLUMNS), Some(to)) = (is_hidden(element), bound("min"), bound("max")) {
        sheet.hidden_columns.push((from - 1, to.min(MOST_COLUMNS) - 1));
    }
}

fn merge(element: &BytesStart<'_>, sheet: &mut Sheet) {
    let range = attribute(element, "ref").unwrap_or_default();
    let (from, to) = range.split_once(':').unwrap_or((&range, &range));
    if let (Some((top, left)), Some((bottom, right))) = (cell_number(from), cell_number(to)) {
        sheet.merge(Merge { top, left, bottom, right });
    }
}

fn hide_row(element: &BytesStart<'_>, row: &mut u32, sheet: &mut Sheet) {
    let given = attribute(element, "r").and_then(|v| v.parse::<u32>().ok()).filter(|v| (1..=MOST_ROWS).contains(v));
    *row = given.unwrap_or(row.saturating_add(1));
    if is_hidden(element) {
        match sheet.hidden_rows.last_mut() {
            Some(last) if last.1 + 2 == *row => last.1 += 1,
            _ => sheet.hidden_rows.push((*row - 1, *row - 1)),
        }
    }
}
