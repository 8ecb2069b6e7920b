//! The part of a sheet that a finding points at, drawn as a table: the headings, the rows with their names, the cells
//! that are pointed at underlined, and what is to be seen in each below, by the name of the cell.
use std::collections::BTreeSet;

use miette::GraphicalTheme;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::snippet::Mark;
use super::wrap::wrap;
use crate::text::visible::shown;
use crate::text::{Grid, Source, cell_name, column_name};

/// Columns of the screen that a cell may take, one that names the row and one that is pointed at; narrower ones are
/// tried where a table does not fit.
const WIDEST: [(usize, usize); 6] = [(40, 40), (30, 40), (20, 40), (12, 30), (12, 20), (6, 12)];
/// The least that is shown of a cell.
const LEAST: usize = 6;
/// Blanks between two columns.
const GAP: &str = "  ";

/// A place that is pointed at.
pub(super) struct Spot<'m> {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) text: &'m str,
    pub(super) primary: bool,
}

/// The cells that `marks` point at.
pub(super) fn spots<'m>(source: &Source, marks: &'m [Mark]) -> Vec<Spot<'m>> {
    let mut spots: Vec<Spot<'_>> = Vec::new();
    for mark in marks {
        // A thing that is named by several cells is pointed at in all of them; the words go to the first.
        let Some(first) = source.cell_at(mark.span.range().start) else { continue };
        let row = source.row(first.row);
        let covered = row.iter().filter(|c| c.column > first.column && c.end <= mark.span.end);
        spots.push(Spot { row: first.row, column: first.column, text: &mark.text, primary: mark.primary });
        spots.extend(covered.map(|c| Spot { row: c.row, column: c.column, text: "", primary: mark.primary }));
    }
    spots
}

/// The text of a cell, or of the merged cells that it belongs to.
pub(super) fn cell(source: &Source, grid: &Grid, row: u32, column: u32) -> String {
    let at = grid.merge_at(row, column).map_or((row, column), |m| (m.top, m.left));
    let cell = source.cell(at.0, at.1);
    cell.map_or_else(String::new, |c| source.text_of(&c).into_owned())
}

/// The columns that are shown for `spots`: those of the spots, and those that say what their rows are about.
pub(super) fn columns(source: &Source, grid: &Grid, spots: &[Spot<'_>]) -> BTreeSet<u32> {
    // What is blank in all of these rows does not help to know them.
    let keys = grid.keys.iter().filter(|key| spots.iter().any(|s| !cell(source, grid, s.row, **key).trim().is_empty()));
    spots.iter().map(|s| s.column).chain(keys.copied()).collect()
}

/// Draws the cells that `marks` point at.
pub(super) fn draw(source: &Source, grid: &Grid, marks: &[Mark], theme: &GraphicalTheme, width: usize) -> String {
    let spots = spots(source, marks);
    let place = spots.iter().find(|s| s.primary).or(spots.first());
    let Some(place) = place else { return String::new() };
    let name = format!("{} {}", source.path, grid.name(place.row, place.column));
    let table = Table { source, grid, spots: &spots, theme };
    let lines = table.lines(width.saturating_sub(4));
    let name = tail(&shown(&name), width.saturating_sub(6));
    let mut out = format!("  ╭─[{name}]\n");
    for line in lines {
        out.push_str(format!("  │ {line}").trim_end());
        out.push('\n');
    }
    out.push_str("  ╰────\n");
    out
}

struct Table<'a> {
    source: &'a Source,
    grid: &'a Grid,
    spots: &'a [Spot<'a>],
    theme: &'a GraphicalTheme,
}

impl Table<'_> {
    fn lines(&self, width: usize) -> Vec<String> {
        let rows: BTreeSet<u32> = self.spots.iter().map(|s| s.row).collect();
        let marked: BTreeSet<u32> = self.spots.iter().map(|s| s.column).collect();
        let with_keys = columns(self.source, self.grid, self.spots);
        let gutter = rows.last().map_or(1, |r| (u64::from(*r) + 1).to_string().len());
        for columns in [&with_keys, &marked] {
            for (keys, own) in WIDEST {
                let widths = self.widths(&rows, columns, |column| if marked.contains(&column) { own } else { keys });
                let whole = gutter + widths.iter().map(|w| w + GAP.len()).sum::<usize>();
                if whole <= width {
                    return self.drawn(&rows, columns, &widths, gutter, width);
                }
            }
        }
        // Too many cells for the window: each row by itself, then cell by cell.
        let mut out = Vec::new();
        for row in &rows {
            let own: BTreeSet<u32> = self.spots.iter().filter(|s| s.row == *row).map(|s| s.column).collect();
            for column in own {
                let (one, only) = (BTreeSet::from([*row]), BTreeSet::from([column]));
                let room = width.saturating_sub(gutter + GAP.len()).max(LEAST);
                let widths = self.widths(&one, &only, |_| room);
                out.extend(self.drawn(&one, &only, &widths, gutter, width));
            }
        }
        out
    }

    fn cell(&self, row: u32, column: u32) -> String {
        let text = cell(self.source, self.grid, row, column);
        shown(&text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The headings of a column, one below the other.
    fn headings(&self, column: u32) -> Vec<String> {
        let texts = self.grid.headings.get(&column).map_or(&[][..], Vec::as_slice);
        texts.iter().map(|t| shown(&t.split_whitespace().collect::<String>())).collect()
    }

    fn widths(&self, rows: &BTreeSet<u32>, columns: &BTreeSet<u32>, widest: impl Fn(u32) -> usize) -> Vec<usize> {
        columns
            .iter()
            .map(|column| {
                let cells = rows.iter().map(|row| self.cell(*row, *column).width());
                let heads = self.headings(*column).into_iter().map(|h| h.width());
                cells.chain(heads).max().unwrap_or(0).clamp(column_name(*column).len(), widest(*column))
            })
            .collect()
    }

    fn drawn(
        &self,
        rows: &BTreeSet<u32>,
        columns: &BTreeSet<u32>,
        widths: &[usize],
        gutter: usize,
        width: usize,
    ) -> Vec<String> {
        let linum = self.theme.styles.linum;
        let line = |number: &str, cells: Vec<String>| {
            let mut out = format!("{}{}", " ".repeat(gutter.saturating_sub(number.width())), linum.style(number));
            for (cell, width) in cells.iter().zip(widths) {
                let cell = cut(cell, *width);
                out.push_str(GAP);
                out.push_str(&cell);
                out.push_str(&" ".repeat(width.saturating_sub(cell.width())));
            }
            out.trim_end().to_owned()
        };
        let mut out = vec![line("", columns.iter().map(|c| column_name(*c)).collect())];
        let headings: Vec<Vec<String>> = columns.iter().map(|c| self.headings(*c)).collect();
        let tall = headings.iter().map(Vec::len).max().unwrap_or(0);
        for n in 0..tall {
            let of = |h: &Vec<String>| (n + h.len()).checked_sub(tall).and_then(|n| h.get(n)).cloned();
            out.push(line("", headings.iter().map(|h| of(h).unwrap_or_default()).collect()));
        }
        let mut before: Option<u32> = None;
        for row in rows {
            if before.is_some_and(|b| b + 1 < *row) {
                out.push("⋮".to_owned());
            }
            before = Some(*row);
            out.push(line(&(u64::from(*row) + 1).to_string(), columns.iter().map(|c| self.cell(*row, *c)).collect()));
            out.push(self.underline(*row, columns, widths, gutter));
        }
        for spot in
            self.spots.iter().filter(|s| !s.text.is_empty() && rows.contains(&s.row) && columns.contains(&s.column))
        {
            let name = cell_name(spot.row, spot.column);
            let lead = " ".repeat(name.len() + 2);
            for (n, text) in wrap(spot.text, width.saturating_sub(lead.len())).iter().enumerate() {
                out.push(if n == 0 { format!("{}: {text}", linum.style(&name)) } else { format!("{lead}{text}") });
            }
        }
        out
    }

    fn underline(&self, row: u32, columns: &BTreeSet<u32>, widths: &[usize], gutter: usize) -> String {
        let mut out = " ".repeat(gutter);
        for (column, width) in columns.iter().zip(widths) {
            out.push_str(GAP);
            let spots = self.spots.iter().filter(|s| (s.row, s.column) == (row, *column));
            let mark = match spots.map(|s| s.primary).reduce(|a, b| a || b) {
                Some(true) => self.theme.styles.error.style("━".repeat(*width)).to_string(),
                Some(false) => self.theme.styles.help.style("─".repeat(*width)).to_string(),
                None => " ".repeat(*width),
            };
            out.push_str(&mark);
        }
        out
    }
}

/// The end of a text in at most `width` columns: of a long path the file and the cell tell most.
fn tail(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= width
    };
    let kept: Vec<char> = text.chars().rev().take_while(fits).collect();
    std::iter::once('…').chain(kept.into_iter().rev()).collect()
}

/// A text in at most `width` columns of the screen.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out + "…"
}
