//! Cells of a copy of a workbook with new values: the cell that is given one changes, and not a byte besides.
use super::Refusal;
use super::book::Book;
use super::package::Package;
use super::place::parse;
use super::sheet::implied;
use super::xml::{Edits, Kind, Tag, walk, words};
use crate::text::normal::narrow;
use std::collections::{BTreeMap, BTreeSet};

/// A cell and what it is to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refill {
    /// The name of the sheet.
    pub sheet: String,
    /// The row, from 0.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// What the cell shows now.
    pub shown: String,
    /// What it is to show.
    pub text: String,
}

/// Why a cell keeps its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It holds a formula, which would be wrong as before.
    Formula,
    /// It holds a truth value, an error or a date, or its number format cannot show the text.
    Format,
    /// It is not in the sheet.
    Missing,
}

/// A copy of a workbook, and the cells (by their number) that could not be given a new value.
pub type Refilled = (Vec<u8>, Vec<(usize, Kept)>);

/// A copy of a workbook with new values.
///
/// # Errors
///
/// When the bytes are no workbook of this format or contradict it.
pub fn refill(workbook: &[u8], cells: &[Refill]) -> Result<Refilled, Refusal> {
    let mut package = Package::open(workbook)?;
    let book = Book::read(&mut package)?;
    let mut kept = Vec::new();
    let names: BTreeSet<&str> = cells.iter().map(|c| c.sheet.as_str()).collect();
    for name in names {
        let mut wanted: Wanted<'_> = cells
            .iter()
            .enumerate()
            .filter(|(_, c)| c.sheet == name)
            .map(|(n, c)| ((c.row, c.column), (n, c)))
            .collect();
        if let Some(tab) = book.tabs.iter().find(|t| t.cells && t.name == name) {
            let text = package.read(&tab.part)?;
            if let Some(text) = sheet(&text, &mut wanted, &mut kept)? {
                package.write(&tab.part, text);
            }
        }
        kept.extend(wanted.values().map(|(n, _)| (*n, Kept::Missing)));
    }
    Ok((package.finish()?, kept))
}

type Wanted<'a> = BTreeMap<(u32, u32), (usize, &'a Refill)>;

/// A cell that is being read.
struct Open<'t, 'a> {
    tag: Tag<'t>,
    wanted: (usize, &'a Refill),
    formula: bool,
    value: std::ops::Range<usize>,
}

/// The sheet with its cells changed; `None` if none is.
fn sheet<'a>(text: &str, wanted: &mut Wanted<'a>, kept: &mut Vec<(usize, Kept)>) -> Result<Option<String>, Refusal> {
    let mut edits = Edits::default();
    let (mut row, mut next_row, mut next) = (0, 0, 0);
    let mut open: Option<Open<'_, 'a>> = None;
    let mut data = false;
    walk(text, |tag| {
        if tag.depth == 1 {
            data = tag.local == "sheetData";
        }
        match (tag.depth, tag.local, tag.kind) {
            (2, "row", Kind::Open) if data => {
                row = implied(tag.get("r").map(|r| r.trim().parse::<u32>().ok()?.checked_sub(1)), next_row)?;
                (next_row, next) = (row.saturating_add(1), 0);
            }
            (2, "row", Kind::Empty) if data => {
                next_row = implied(tag.get("r").map(|r| r.trim().parse::<u32>().ok()?.checked_sub(1)), next_row)?
                    .saturating_add(1);
            }
            (3, "c", Kind::Open | Kind::Empty) if data => {
                let column = implied(tag.get("r").map(|r| parse(&r).map(|(_, column)| column)), next)?;
                next = column.saturating_add(1);
                // A cell without content shows nothing, so that nothing in it can be mended.
                if tag.kind == Kind::Open
                    && let Some(wanted) = wanted.remove(&(row, column))
                {
                    open = Some(Open { tag, wanted, formula: false, value: 0..0 });
                }
            }
            (4, local, _) => {
                if let Some(cell) = &mut open {
                    cell.formula |= local == "f";
                    match tag.kind {
                        Kind::Open if local == "v" => cell.value = tag.end..tag.end,
                        Kind::Close if local == "v" => cell.value.end = tag.start,
                        _ => {}
                    }
                }
            }
            (3, "c", Kind::Close) => {
                if let Some(cell) = open.take() {
                    match changed(&cell, text) {
                        Ok((Change::Value, number)) => edits.replace(cell.value.start, cell.value.end, number),
                        Ok((Change::Cell, whole)) => edits.replace(cell.tag.start, tag.end, whole),
                        Err(why) => kept.push((cell.wanted.0, why)),
                    }
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    if edits.is_empty() { Ok(None) } else { edits.apply(text).map(Some) }
}

/// How much of a cell changes.
enum Change {
    Value,
    Cell,
}

/// A cell with its new value.
fn changed(cell: &Open<'_, '_>, text: &str) -> Result<(Change, String), Kept> {
    if cell.formula {
        return Err(Kept::Formula);
    }
    let refill = cell.wanted.1;
    match cell.tag.get("t").as_deref() {
        None | Some("n") => {
            let value = text.get(cell.value.clone()).unwrap_or("");
            if digits(&refill.text).is_none() {
                return Ok((Change::Cell, inline(&cell.tag, &refill.text)));
            }
            number(value, &refill.shown, &refill.text).map(|n| (Change::Value, n)).ok_or(Kept::Format)
        }
        Some("s" | "str" | "inlineStr") => Ok((Change::Cell, inline(&cell.tag, &refill.text))),
        Some(_) => Err(Kept::Format),
    }
}

/// The cell with a text of its own; its style and all else that its tag says stay. The list of shared texts is not
/// touched: others may show the old one.
fn inline(tag: &Tag<'_>, text: &str) -> String {
    let p = tag.prefix;
    let raw = super::xml::set(tag.raw, "t", "inlineStr");
    format!("{raw}<{p}is><{p}t xml:space=\"preserve\">{}</{p}t></{p}is></{p}c>", words(text))
}

/// The digits of the first number in a text, where it ends, and its decimal places: `1,234.5件` is 12345 and 1.
fn digits(text: &str) -> Option<(String, i32, &str, &str)> {
    let is_digit = |c: char| narrow(c).is_ascii_digit();
    let start = text.char_indices().find(|(_, c)| is_digit(*c))?.0;
    let (head, tail) = text.split_at(start);
    let end = tail.find(|c: char| !is_digit(c) && !matches!(narrow(c), '.' | ',')).unwrap_or(tail.len());
    let (number, rest) = tail.split_at(end);
    let plain: String = number.chars().map(narrow).filter(|c| *c != ',').collect();
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    (!part.contains('.')).then(|| (format!("{whole}{part}"), i32::try_from(part.len()).unwrap_or(0), head, rest))
}

/// The number to be stored so that another is shown: the format moves the decimal point of both alike (58% is 0.58).
fn number(stored: &str, shown: &str, text: &str) -> Option<String> {
    let (old, old_places, old_head, old_rest) = digits(shown)?;
    let (new, new_places, head, rest) = digits(text)?;
    // What stands around the digits is the format's, and so is the sign.
    if (old_head, old_rest) != (head, rest) {
        return None;
    }
    let stored: f64 = stored.trim().parse().ok().filter(|n: &f64| n.is_finite())?;
    let old: f64 = format!("{old}e-{old_places}").parse().ok()?;
    let shift = if old == 0.0 || stored == 0.0 {
        if rest.chars().next().map(narrow) == Some('%') { -2 } else { 0 }
    } else {
        let power = (stored.abs() / old).log10().round();
        (-18.0..=18.0).contains(&power).then(|| format!("{power}").parse::<i32>().ok()).flatten()?
    };
    let sign = if stored < 0.0 { "-" } else { "" };
    Some(format!("{sign}{}", pointed(&new, shift.checked_sub(new_places)?)))
}

/// Digits with the decimal point moved, exactly: 58 and -2 are 0.58.
fn pointed(digits: &str, power: i32) -> String {
    let places = usize::try_from(-power).unwrap_or(0);
    let zeros = usize::try_from(power).unwrap_or(0);
    let padded = format!("{}{digits}{}", "0".repeat((places + 1).saturating_sub(digits.len())), "0".repeat(zeros));
    let (whole, part) = padded.split_at(padded.len().saturating_sub(places));
    let whole = Some(whole.trim_start_matches('0')).filter(|w| !w.is_empty()).unwrap_or("0");
    let part = part.trim_end_matches('0');
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_behind_what_is_shown_is_found() {
        for (stored, shown, text, new) in [
            ("0.59", "59%", "58%", Some("0.58")),
            ("0.48199999999999998", "48.2%", "48.0%", Some("0.48")),
            ("1234", "1,234件", "5,000件", Some("5000")),
            ("12345", "12千", "13千", Some("13000")),
            ("-5", "△5", "△6", Some("-6")),
            ("0", "0%", "7%", Some("0.07")),
            ("0", "0", "7", Some("7")),
            ("850", "850名", "850人", None),
            ("x", "5", "6", None),
        ] {
            assert_eq!(number(stored, shown, text).as_deref(), new, "{shown} {text}");
        }
    }
}
