//! The XML of a sheet with the formats of cells changed and missing cells put in; all else as it was written.
use super::Refusal;
use super::outline::{WORKSHEET, relation_attribute};
use super::place::{area, cell, parse};
use super::scan::Scan;
use super::styles::Styles;
use super::xml::{Edits, Kind, Tag, get_prefixed, opened, set, walk};
use crate::text::Severity;
use std::collections::BTreeMap;

/// The cells to mark, by row and column.
pub(super) type Marks = BTreeMap<u32, BTreeMap<u32, Severity>>;

/// The row that is being read.
struct Row<'a> {
    number: u32,
    tag: Tag<'a>,
    /// The format of its cells that are not there, if it has one.
    style: Option<u32>,
    /// The column that a cell without a name stands in.
    next: u32,
    marks: BTreeMap<u32, Severity>,
    /// The columns of the cells put in.
    new: Vec<u32>,
}

/// Walks a sheet and notes what is to be changed.
struct Marker<'a, 's> {
    scan: &'s Scan,
    styles: &'s mut Styles,
    marks: Marks,
    edits: Edits,
    next_row: u32,
    row: Option<Row<'a>>,
    /// The cells that were put in.
    new: Vec<(u32, u32)>,
}

impl<'a> Marker<'a, '_> {
    /// A blank cell with its mark.
    fn blank(&mut self, row: u32, column: u32, style: Option<u32>, severity: Severity) -> String {
        let style = self.styles.mark(style.unwrap_or_else(|| self.scan.style(column)), severity);
        self.new.push((row, column));
        format!("<{}c r=\"{}\" s=\"{style}\"/>", self.scan.outline.prefix, cell(row, column))
    }

    /// The rows below `before` that are not in the sheet.
    fn rows(&mut self, before: Option<u32>) -> String {
        let mut out = String::new();
        while let Some(entry) = self.marks.first_entry().filter(|e| before.is_none_or(|b| *e.key() < b)) {
            let (row, cells) = entry.remove_entry();
            let scan = self.scan;
            let p = &scan.outline.prefix;
            let (open, close) = (format!("<{p}row r=\"{}\">", row.saturating_add(1)), format!("</{p}row>"));
            let cells: String = cells.into_iter().map(|(column, s)| self.blank(row, column, None, s)).collect();
            out.push_str(&(open + &cells + &close));
        }
        out
    }

    /// The cells of the row that are left of `before` and not in the sheet.
    fn cells(&mut self, row: &mut Row<'a>, before: Option<u32>) -> String {
        let mut out = String::new();
        while let Some(entry) = row.marks.first_entry().filter(|e| before.is_none_or(|b| *e.key() < b)) {
            let (column, severity) = entry.remove_entry();
            row.new.push(column);
            out.push_str(&self.blank(row.number, column, row.style, severity));
        }
        out
    }

    fn start_row(&mut self, tag: Tag<'a>) -> Result<(), Refusal> {
        let number = implied(tag.get("r").map(|r| r.trim().parse::<u32>().ok()?.checked_sub(1)), self.next_row)?;
        self.next_row = number.saturating_add(1);
        let before = self.rows(Some(number));
        if !before.is_empty() {
            self.edits.insert(tag.start, before);
        }
        let style = tag.truth("customFormat").then(|| tag.number("s")).flatten();
        let marks = self.marks.remove(&number).unwrap_or_default();
        self.row = Some(Row { number, tag, style, next: 0, marks, new: Vec::new() });
        if tag.kind == Kind::Empty { self.end_row(tag) } else { Ok(()) }
    }

    fn end_row(&mut self, tag: Tag<'a>) -> Result<(), Refusal> {
        let Some(mut row) = self.row.take() else { return Ok(()) };
        let rest = self.cells(&mut row, None);
        if row.new.is_empty() {
            return Ok(());
        }
        let open = spans(row.tag.raw, &row.new);
        if tag.kind == Kind::Empty {
            let whole = format!("{}{rest}</{}row>", opened(&open), tag.prefix);
            self.edits.replace(tag.start, tag.end, whole);
        } else {
            self.edits.replace(row.tag.start, row.tag.end, open);
            self.edits.insert(tag.start, rest);
        }
        Ok(())
    }

    fn cell(&mut self, tag: Tag<'a>) -> Result<(), Refusal> {
        let Some(mut row) = self.row.take() else { return Ok(()) };
        if row.marks.is_empty() {
            // Most rows: their cells need not be looked at.
            self.row = Some(row);
            return Ok(());
        }
        let column = implied(tag.get("r").map(|r| parse(&r).map(|(_, column)| column)), row.next)?;
        row.next = column.saturating_add(1);
        let before = self.cells(&mut row, Some(column));
        if !before.is_empty() {
            self.edits.insert(tag.start, before);
        }
        if let Some(severity) = row.marks.remove(&column) {
            let style = self.styles.mark(tag.number("s").unwrap_or(0), severity);
            self.edits.replace(tag.start, tag.end, set(tag.raw, "s", &style.to_string()));
        }
        self.row = Some(row);
        Ok(())
    }

    fn visit(&mut self, tag: Tag<'a>) -> Result<(), Refusal> {
        match (tag.depth, tag.local, tag.kind) {
            (1, "sheetData", Kind::Empty) => {
                let rows = self.rows(None);
                if !rows.is_empty() {
                    let whole = format!("{}{rows}</{}sheetData>", opened(tag.raw), tag.prefix);
                    self.edits.replace(tag.start, tag.end, whole);
                }
            }
            (1, "sheetData", Kind::Close) => {
                let rows = self.rows(None);
                self.edits.insert(tag.start, rows);
            }
            (2, "row", Kind::Open | Kind::Empty) => self.start_row(tag)?,
            (2, "row", Kind::Close) => self.end_row(tag)?,
            (3, "c", Kind::Open | Kind::Empty) if self.row.is_some() => self.cell(tag)?,
            (2, "sheetView", Kind::Open | Kind::Empty) => unselect_view(&mut self.edits, &tag),
            _ => {}
        }
        Ok(())
    }
}

/// A position that is named, or follows from the one before. A position before the one before is no sheet that Excel
/// opens, and a cell put in there could be there twice.
pub(super) fn implied(named: Option<Option<u32>>, next: u32) -> Result<u32, Refusal> {
    match named {
        None => Ok(next),
        Some(at) => at.filter(|at| *at >= next).ok_or(Refusal::Damaged),
    }
}

/// The tag of a row whose `spans` hold the new columns as well.
fn spans(raw: &str, new: &[u32]) -> String {
    let Some(old) = super::xml::get(raw, "spans") else { return raw.to_owned() };
    let ends: Vec<u32> = old.split([' ', ':']).filter_map(|n| n.parse().ok()).collect();
    let all = || ends.iter().copied().chain(new.iter().map(|c| c.saturating_add(1)));
    match (all().min(), all().max()) {
        (Some(min), Some(max)) => set(raw, "spans", &format!("{min}:{max}")),
        _ => raw.to_owned(),
    }
}

/// Takes the selection off a view: two selected sheets would be edited as one.
fn unselect_view(edits: &mut Edits, tag: &Tag<'_>) {
    if tag.truth("tabSelected") {
        edits.replace(tag.start, tag.end, set(tag.raw, "tabSelected", "0"));
    }
}

/// The sheet with its cells marked, and with the relation to its comments' drawing if one is given.
pub(super) fn mark(
    text: &str,
    scan: &Scan,
    marks: Marks,
    styles: &mut Styles,
    drawing: Option<(&str, &str)>,
) -> Result<String, Refusal> {
    let outline = &scan.outline;
    if outline.name != "worksheet" || outline.find("sheetData").is_none() {
        return Err(Refusal::Damaged);
    }
    let mut marker = Marker { scan, styles, marks, edits: Edits::default(), next_row: 0, row: None, new: Vec::new() };
    walk(text, |tag| marker.visit(tag))?;
    let mut edits = marker.edits;
    if let Some(child) = outline.find("dimension").filter(|_| !marker.new.is_empty())
        && let Some(old) = super::xml::get(&child.tag, "ref").and_then(|name| area(&name))
    {
        let all = marker.new.iter().fold(old, |area, cell| area.with(*cell));
        edits.replace(child.start, child.inside, set(&child.tag, "ref", &all.shown()));
    }
    if let Some((namespace, id)) = drawing {
        let relation = relation_attribute(&outline.root, namespace, id);
        let element = format!("<{}legacyDrawing {relation}/>", outline.prefix);
        edits.insert(outline.place(&WORKSHEET, "legacyDrawing"), element);
    }
    edits.apply(text)
}

/// The relation to the drawing of comments and controls that the sheet has.
pub(super) fn drawing(scan: &Scan) -> Option<String> {
    get_prefixed(&scan.outline.find("legacyDrawing")?.tag, "id")
}

/// The sheet without the selection of its tab, if it has it.
pub(super) fn unselect(text: &str) -> Result<Option<String>, Refusal> {
    if !text.contains("tabSelected") {
        return Ok(None);
    }
    let mut edits = Edits::default();
    walk(text, |tag| {
        if tag.starts() && tag.depth == 2 && tag.local == "sheetView" {
            unselect_view(&mut edits, &tag);
        }
        Ok(())
    })?;
    if edits.is_empty() { Ok(None) } else { edits.apply(text).map(Some) }
}
