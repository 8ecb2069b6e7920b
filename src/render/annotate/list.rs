//! The sheet that lists all findings.
use super::balloon::{severity, shortened};
use super::book::quoted;
use super::place::cell;
use super::styles::{ListStyles, rank};
use super::xml::{escape, words as text_of};
use super::{Note, Words};
use std::fmt::Write;

/// The longest text of a cell, a little below what Excel takes.
const LONGEST: usize = 32_000;
/// Excel takes so many links on a sheet.
const LINKS: usize = 65_530;
/// The row of the heads, from 1.
const HEADS: usize = 2;

/// The area of the heads and the findings, as formulas have it.
pub(super) fn filter(notes: &[Note]) -> String {
    format!("$A${HEADS}:$E${}", last(notes))
}

/// The last row, from 1.
fn last(notes: &[Note]) -> usize {
    notes.len().saturating_add(HEADS)
}

/// The XML of the sheet.
pub(super) fn sheet(notes: &[Note], words: &Words, styles: &ListStyles, namespace: &str) -> String {
    let (area, end) = (format!("A{HEADS}:E{}", last(notes)), last(notes));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{namespace}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:E{end}\"/><sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"><pane ySplit=\"{HEADS}\" topLeftCell=\"A3\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\" activeCell=\"A3\" sqref=\"A3\"/></sheetView></sheetViews><cols>"
    );
    for (at, width) in [8, 24, 26, 64, 48].iter().enumerate() {
        let column = at.saturating_add(1);
        let _ = write!(out, "<col min=\"{column}\" max=\"{column}\" width=\"{width}.7109375\" customWidth=\"1\"/>");
    }
    out.push_str("</cols><sheetData>");
    row(&mut out, 1, &[(&words.title, styles.title)]);
    let heads: Vec<(&str, u32)> = words.heads.iter().map(|h| (h.as_str(), styles.head)).collect();
    row(&mut out, HEADS, &heads);
    for (note, at) in notes.iter().zip(HEADS.saturating_add(1)..) {
        let place = format!("{}!{}", note.sheet, cell(note.row, note.column));
        let mut text = note.text.clone();
        text.extend(note.places.iter().flat_map(|p| ["\n・", p.as_str()]));
        let colour = usize::try_from(rank(note.severity)).ok().and_then(|r| styles.severities.get(r)).copied();
        let cells = [
            (severity(words, note.severity), colour.unwrap_or(styles.body)),
            (&place, styles.link),
            (&note.title, styles.body),
            (&text, styles.body),
            (&note.help, styles.body),
        ];
        row(&mut out, at, &cells);
    }
    let _ = write!(out, "</sheetData><autoFilter ref=\"{area}\"/>");
    if !notes.is_empty() {
        out.push_str("<hyperlinks>");
        for (note, at) in notes.iter().take(LINKS).zip(HEADS.saturating_add(1)..) {
            let to = format!("{}!{}", quoted(&note.sheet), cell(note.row, note.column));
            let _ = write!(out, "<hyperlink ref=\"B{at}\" location=\"{}\"/>", escape(&to));
        }
        out.push_str("</hyperlinks>");
    }
    out.push_str("<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>");
    out
}

/// A row of texts; the empty ones have their format only.
fn row(out: &mut String, at: usize, cells: &[(&str, u32)]) {
    let _ = write!(out, "<row r=\"{at}\">");
    for ((text, style), letter) in cells.iter().zip('A'..) {
        let _ = if text.is_empty() {
            write!(out, "<c r=\"{letter}{at}\" s=\"{style}\"/>")
        } else {
            let text = text_of(&shortened(text, LONGEST));
            write!(
                out,
                "<c r=\"{letter}{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            )
        };
    }
    out.push_str("</row>");
}
