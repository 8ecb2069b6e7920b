//! The words of a comment, and the box that they are shown in.
use super::place::{COLUMNS, ROWS};
use super::scan::Scan;
use super::styles::rank;
use super::{Note, Words};
use crate::text::Severity;
use unicode_width::UnicodeWidthStr;

/// No more than this many characters in a comment: Excel takes 32,767.
const LONGEST: usize = 30_000;
/// Columns of half a full-width character in a line of a box, and the pixels of one.
const LINE: usize = 80;
const HALF: usize = 6;
/// Pixels of a line, and the most lines that a box shows.
const HIGH: usize = 16;
const LINES: usize = 40;
/// No box spans more rows or columns than this, even if all of them are hidden.
const STEPS: u32 = 2_000;

/// The findings of one cell.
#[derive(Debug)]
pub(super) struct Balloon {
    /// The cell: row, column.
    pub cell: (u32, u32),
    /// The strongest severity.
    pub severity: Severity,
    /// The text in pieces; the bold ones are marked.
    pub runs: Vec<(bool, String)>,
}

impl Balloon {
    /// The balloon of the notes of one cell.
    pub(super) fn of(cell: (u32, u32), notes: &[&Note], words: &Words) -> Self {
        let mut runs = Vec::new();
        for note in notes {
            let gap = if runs.is_empty() { "" } else { "\n\n" };
            runs.push((true, format!("{gap}{}  {}", severity(words, note.severity), note.title)));
            let mut body = format!("\n{}", note.text);
            for (mark, line) in note.places.iter().map(|p| ("・", p)).chain([("→ ", &note.help)]) {
                if !line.is_empty() {
                    body.extend(["\n", mark, line]);
                }
            }
            runs.push((false, body));
        }
        let mut left = LONGEST;
        for (_, text) in &mut runs {
            *text = shortened(text, left);
            left = left.saturating_sub(length(text));
        }
        runs.retain(|(_, text)| !text.is_empty());
        let severity = notes.iter().map(|n| n.severity).max().unwrap_or(Severity::Info);
        Self { cell, severity, runs }
    }

    /// The columns (of half a character) and the lines of the box.
    fn size(&self) -> (usize, usize) {
        let text: String = self.runs.iter().map(|(_, text)| text.as_str()).collect();
        let widths = || text.lines().map(UnicodeWidthStr::width);
        // A line broken between words is a little longer than its signs.
        let lines: usize = widths().map(|w| w.div_ceil(LINE.saturating_sub(4)).max(1)).sum();
        (widths().max().unwrap_or(0).clamp(24, LINE), lines.clamp(1, LINES))
    }

    /// How many lines it takes.
    pub(super) fn lines(&self) -> usize {
        self.size().1
    }

    /// The corners of the box as `x:Anchor` has them: column, pixels, row, pixels; twice.
    pub(super) fn anchor(&self, scan: &Scan) -> String {
        let (columns, lines) = self.size();
        let pixels = |n: usize| u32::try_from(n).unwrap_or(0).saturating_add(16);
        let (width, height) = (pixels(columns.saturating_mul(HALF)), pixels(lines.saturating_mul(HIGH)));
        let (row, column) = self.cell;
        let wide = |c| scan.wide(c);
        let across = forth(column.saturating_add(1), 15, width, COLUMNS, wide)
            .unwrap_or_else(|| back(column.min(COLUMNS.saturating_sub(1)), width, wide));
        let high = |r| scan.high(r);
        let down = forth(row.saturating_sub(1), 4, height, ROWS, high)
            .unwrap_or_else(|| back(ROWS.saturating_sub(1), height, high));
        let ((c1, x1), (c2, x2)) = across;
        let ((r1, y1), (r2, y2)) = down;
        format!("{c1}, {x1}, {r1}, {y1}, {c2}, {x2}, {r2}, {y2}")
    }
}

type Span = ((u32, u32), (u32, u32));

/// A stretch of so many pixels from inside a row or column on, if there is room for it.
fn forth(from: u32, inset: u32, need: u32, limit: u32, size: impl Fn(u32) -> u32) -> Option<Span> {
    let inset = inset.min(size(from).saturating_sub(1));
    let mut left = need.saturating_add(inset);
    for at in from..limit.min(from.saturating_add(STEPS)) {
        let own = size(at);
        if own > left {
            return Some(((from, inset), (at, left)));
        }
        left = left.saturating_sub(own);
    }
    let last = from.saturating_add(STEPS);
    (last < limit).then_some(((from, inset), (last, 0)))
}

/// A stretch of so many pixels that ends where a row or column starts.
fn back(to: u32, need: u32, size: impl Fn(u32) -> u32) -> Span {
    let (mut left, mut at) = (need, to);
    while left > 0 && at > 0 && to.saturating_sub(at) < STEPS {
        at = at.saturating_sub(1);
        left = left.saturating_sub(size(at));
    }
    ((at, 0), (to, 0))
}

/// The word of a severity.
pub(super) fn severity(words: &Words, severity: Severity) -> &str {
    let [error, warning, info] = &words.severities;
    match rank(severity) {
        2 => error,
        1 => warning,
        _ => info,
    }
}

/// How long Excel holds a text to be.
fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The text, cut to at most so many characters, with a mark where it is cut.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(1);
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    });
    if most == 0 { String::new() } else { kept.chain(['…']).collect() }
}
