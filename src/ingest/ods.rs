//! Workbooks of OpenDocument (.ods, ISO/IEC 26300): the text that each cell shows stands in the file itself.
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::FxHashSet;

use super::sheet::{Refusal, Sheet};
use super::workbook::{Archive, part};
use crate::text::{CellKind, Merge};

/// Rows and columns of the largest sheet that spreadsheets know.
const MOST: (u32, u32) = (1_048_576, 16_384);
/// Cells between two reports of progress.
const STEP: u64 = 4_096;

/// Elements in a table whose text is not that of a cell.
const ASIDE: [&str; 5] = ["annotation", "shapes", "frame", "custom-shape", "control"];
/// The longest text of a cell, in bytes.
const LONGEST: usize = 1 << 20;

/// Reads the sheets of a workbook.
pub(super) fn read(archive: &mut Archive<'_>, progress: &mut dyn FnMut(u64)) -> Result<Vec<Sheet>, Refusal> {
    let text = part(archive, "content.xml")?.unwrap_or_default();
    let mut reader = Reader::from_str(&text);
    let mut book =
        Book { sheets: Vec::new(), hidden: FxHashSet::default(), style: None, at: None, linked: false, count: 0 };
    let mut told = 0;
    loop {
        match reader.read_event().map_err(|e| Refusal::new("sheet-damaged", e))? {
            Event::Start(e) => book.start(&e)?,
            Event::Empty(e) => {
                book.start(&e)?;
                book.end(e.local_name().as_ref())?;
            }
            Event::Text(t) => book.text(&t.xml10_content()),
            Event::CData(t) => book.text(&t.xml10_content()),
            Event::GeneralRef(entity) => book.entity(&entity)?,
            Event::End(e) => book.end(e.local_name().as_ref())?,
            Event::Eof => break,
            _ => {}
        }
        if book.count >= told + STEP {
            told = book.count;
            progress(told);
        }
    }
    if book.at.is_some() {
        return Err(Refusal::new("sheet-damaged", "</table:table>"));
    }
    Ok(book.sheets)
}

/// The cell that is being read.
#[derive(Default)]
struct Cell {
    text: String,
    repeated: u32,
    kind: CellKind,
    formula: Option<String>,
    /// What the file says beside the text, for programs that write no text.
    value: Option<String>,
    span: (u32, u32),
    /// A covered cell shows nothing.
    covered: bool,
    paragraphs: u32,
    /// Inside a paragraph, outside of notes.
    in_text: bool,
}

/// Where reading stands in a table.
#[derive(Default)]
struct At {
    row: u32,
    column: u32,
    header_column: u32,
    repeated: u32,
    /// The cells of the row that show something: column, how often, text, kind.
    cells: Vec<(u32, u32, String, CellKind)>,
    cell: Option<Cell>,
    notes: u32,
}

struct Book {
    sheets: Vec<Sheet>,
    /// Styles of tables that are not shown.
    hidden: FxHashSet<String>,
    style: Option<String>,
    at: Option<At>,
    /// Inside of copies of other files.
    linked: bool,
    count: u64,
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn number(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|v| v.parse().ok()).filter(|n| *n >= 1).unwrap_or(1)
}

impl Book {
    fn start(&mut self, e: &BytesStart<'_>) -> Result<(), Refusal> {
        match (e.local_name().as_ref(), &mut self.at) {
            ("style", None) => self.style = attribute(e, "name"),
            ("table-properties", None) if attribute(e, "display").as_deref() == Some("false") => {
                self.hidden.extend(self.style.clone());
            }
            ("table", None) => {
                let mut sheet = Sheet::beside(attribute(e, "name").unwrap_or_default(), &self.sheets);
                sheet.hidden = self.linked || attribute(e, "style-name").is_some_and(|s| self.hidden.contains(&s));
                self.sheets.push(sheet);
                self.at = Some(At::default());
            }
            ("table-column", Some(at)) => {
                let repeated = number(e, "number-columns-repeated").min(MOST.1);
                if is_hidden(e)
                    && let Some(sheet) = self.sheets.last_mut()
                {
                    let last = (at.header_column + repeated - 1).min(MOST.1 - 1);
                    sheet.hidden_columns.push((at.header_column, last));
                }
                at.header_column = (at.header_column + repeated).min(MOST.1);
            }
            ("table-row", Some(at)) => {
                at.repeated = number(e, "number-rows-repeated").min(MOST.0);
                at.column = 0;
                if is_hidden(e)
                    && let Some(sheet) = self.sheets.last_mut()
                {
                    sheet.hidden_rows.push((at.row, (at.row.saturating_add(at.repeated - 1)).min(MOST.0 - 1)));
                }
            }
            ("table-cell" | "covered-table-cell", Some(at)) => {
                let kind = match attribute(e, "value-type").as_deref() {
                    Some("date" | "time") => CellKind::Date,
                    _ => CellKind::Plain,
                };
                at.cell = Some(Cell {
                    repeated: number(e, "number-columns-repeated").min(MOST.1),
                    kind,
                    formula: attribute(e, "formula"),
                    value: ["string-value", "date-value", "value", "boolean-value"]
                        .iter()
                        .find_map(|n| attribute(e, n)),
                    span: (number(e, "number-rows-spanned"), number(e, "number-columns-spanned")),
                    covered: e.local_name().as_ref() == "covered-table-cell",
                    ..Cell::default()
                });
            }
            // Copies of what stands in other files are no sheets of this one.
            ("dde-link", None) => self.linked = true,
            ("table-source", Some(_)) => {
                if let Some(sheet) = self.sheets.last_mut() {
                    sheet.hidden = true;
                }
            }
            // Notes on cells and drawings over them are no part of what the cell shows.
            (name, Some(at)) if ASIDE.contains(&name) => at.notes += 1,
            ("p", Some(at)) if at.notes == 0 => {
                if let Some(cell) = &mut at.cell {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                    cell.in_text = true;
                }
            }
            ("s", Some(_)) => {
                let blanks = attribute(e, "c").and_then(|v| v.parse::<usize>().ok()).unwrap_or(1).min(1_024);
                self.text(&" ".repeat(blanks));
            }
            ("tab", Some(_)) => self.text("\t"),
            ("line-break", Some(_)) => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(at) = self.at.as_mut().filter(|at| at.notes == 0)
            && let Some(cell) = at.cell.as_mut().filter(|c| c.in_text)
        {
            // Longer texts are refused when the cell is taken.
            if cell.text.len() <= LONGEST {
                cell.text.push_str(text);
            }
        }
    }

    /// The five entities of XML and characters by number; any other would have to be declared, which no spreadsheet does.
    fn entity(&mut self, entity: &quick_xml::events::BytesRef<'_>) -> Result<(), Refusal> {
        let bad = || Refusal::new("sheet-damaged", "entity");
        if let Some(c) = entity.resolve_char_ref().map_err(|_| bad())? {
            self.text(c.encode_utf8(&mut [0; 4]));
            return Ok(());
        }
        let name = entity.xml10_content();
        self.text(quick_xml::escape::resolve_predefined_entity(&name).ok_or_else(bad)?);
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        if name == "dde-link" {
            self.linked = false;
        }
        let Some(at) = &mut self.at else { return Ok(()) };
        match name {
            "p" => {
                if let Some(cell) = &mut at.cell {
                    cell.in_text = false;
                }
            }
            name if ASIDE.contains(&name) => at.notes = at.notes.saturating_sub(1),
            "table-cell" | "covered-table-cell" => {
                if let (Some(cell), Some(sheet)) = (at.cell.take(), self.sheets.last_mut()) {
                    if cell.text.len() > LONGEST {
                        return Err(Refusal::new("sheet-too-large", ""));
                    }
                    at.take(cell, sheet);
                    self.count += 1;
                }
            }
            "table-row" => {
                if let Some(sheet) = self.sheets.last_mut() {
                    at.end_row(sheet)?;
                }
            }
            "table" => self.at = None,
            _ => {}
        }
        Ok(())
    }
}

fn is_hidden(e: &BytesStart<'_>) -> bool {
    matches!(attribute(e, "visibility").as_deref(), Some("collapse" | "filter"))
}

impl At {
    fn take(&mut self, cell: Cell, sheet: &mut Sheet) {
        let column = self.column;
        self.column = self.column.saturating_add(cell.repeated).min(MOST.1);
        if cell.covered {
            return;
        }
        if cell.span != (1, 1) {
            let (rows, columns) = (cell.span.0.min(MOST.0), cell.span.1.min(MOST.1));
            sheet.merge(Merge {
                top: self.row,
                left: column,
                bottom: self.row + rows - 1,
                right: column + columns - 1,
            });
        }
        if !cell.text.trim().is_empty() {
            self.cells.push((column, cell.repeated, cell.text, cell.kind));
        } else if let Some(value) = cell.value.filter(|v| cell.paragraphs == 0 && !v.trim().is_empty()) {
            self.cells.push((column, cell.repeated, value, cell.kind));
        } else if let Some(formula) = cell.formula.filter(|_| cell.paragraphs == 0) {
            let formula = formula.split_once(":=").map_or(formula.clone(), |(_, f)| f.to_owned());
            self.cells.push((column, 1, format!("={formula}"), CellKind::Formula));
        }
    }

    /// Enters the cells of a row, as often as the row is repeated. Blank rows cost nothing, however many they are.
    fn end_row(&mut self, sheet: &mut Sheet) -> Result<(), Refusal> {
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            for row in self.row..self.row.saturating_add(self.repeated) {
                for (column, repeated, text, kind) in &cells {
                    for column in *column..column.saturating_add(*repeated) {
                        if row >= MOST.0 || column >= MOST.1 {
                            return Err(Refusal::new("sheet-too-large", ""));
                        }
                        sheet.push(row, column, text, *kind)?;
                    }
                }
            }
        }
        self.row = self.row.saturating_add(self.repeated);
        Ok(())
    }
}
