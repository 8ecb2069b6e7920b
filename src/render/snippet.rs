//! The part of a source that a finding points at, small enough to be shown: only the lines that
//! are needed, long lines cut around the labels, and never a character that disturbs a terminal.
//! miette draws it; the texts around it are ours.
use super::wrap::wrap;
use crate::text::visible::visible;
use crate::text::{Source, Span};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};
use std::fmt;
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Lines shown before and after those that are pointed at.
const CONTEXT: usize = 1;
/// The least that is shown around a place when a line is cut.
const LEAST: usize = 12;
/// Columns that a text under a place should have, and must have.
const WORDS: [usize; 3] = [20, 12, 6];
/// Columns of the line that leads from a place to its text.
const LEAD: usize = 4;
const TAB: usize = 4;
/// Bytes of a line before and behind its places that are looked at: many times what fits on a screen.
const AROUND: usize = 1 << 11;

/// A place in the source of a snippet and what to say there.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) text: String,
    pub(super) primary: bool,
}

/// A [`Mark`] clipped to the first of its lines.
pub(super) struct Spot {
    pub(super) line: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
    pub(super) primary: bool,
}

/// Draws the places of `marks` in `source` in as few boxes as may be, the primary's first.
pub(super) fn draw(source: &Source, marks: &[Mark], theme: &GraphicalTheme, width: usize) -> String {
    groups(source, marks).into_iter().map(|group| draw_group(source, &group, theme, width)).collect()
}

/// The places of `marks` that are shown together, the primary's first; those of a group stand in order and apart.
pub(super) fn groups(source: &Source, marks: &[Mark]) -> Vec<Vec<Spot>> {
    let mut spots: Vec<Spot> = Vec::new();
    for mark in marks {
        let spot = spot(source, mark);
        match spots.iter_mut().find(|s| (s.start, s.end) == (spot.start, spot.end)) {
            Some(same) => {
                same.primary |= spot.primary;
                if !spot.text.is_empty() && !same.text.is_empty() {
                    same.text.push('\n');
                }
                same.text.push_str(&spot.text);
            }
            None => spots.push(spot),
        }
    }
    spots.sort_by_key(|s| (s.start, s.end));
    let mut groups: Vec<Vec<Spot>> = Vec::new();
    for spot in spots {
        let near = groups.iter_mut().rev().find(|group| {
            group.last().is_some_and(|last| spot.line <= last.line + 2 * CONTEXT + 1 && spot.start >= last.end)
        });
        match near {
            Some(group) => group.push(spot),
            None => groups.push(vec![spot]),
        }
    }
    groups.sort_by_key(|group| !group.iter().any(|s| s.primary));
    groups
}

/// The lines (from 0) that are shown for a group, the first and the last.
pub(super) fn lines(source: &Source, group: &[Spot]) -> Option<(usize, usize)> {
    let (first, last) = (group.first()?, group.last()?);
    let from = first.line.saturating_sub(CONTEXT);
    let to = (last.line + CONTEXT).min(source.line_count().saturating_sub(1));
    // The last, empty line after a final line break says nothing.
    let to = if to > last.line && source.line_range(to).is_empty() { to - 1 } else { to };
    Some((from, to))
}

fn spot(source: &Source, mark: &Mark) -> Spot {
    let range = mark.span.range();
    let mut start = range.start.min(source.text.len());
    while start > 0 && !source.text.is_char_boundary(start) {
        start -= 1;
    }
    let line = source.line_of(start);
    let line_end = source.line_range(line).end.max(start);
    let mut end = range.end.clamp(start, line_end);
    while end < line_end && !source.text.is_char_boundary(end) {
        end += 1;
    }
    Spot { line, start, end, text: mark.text.clone(), primary: mark.primary }
}

fn draw_group(source: &Source, group: &[Spot], theme: &GraphicalTheme, width: usize) -> String {
    let (Some(first), Some((from, to))) = (group.first(), lines(source, group)) else { return String::new() };
    let gutter = (to + 1).to_string().len() + 4;
    let room = width.saturating_sub(gutter).max(24);

    let mut text = String::new();
    let mut labels = Vec::new();
    for line in from..=to {
        if line > from {
            text.push('\n');
        }
        let spots: Vec<&Spot> = group.iter().filter(|s| s.line == line).collect();
        let cut = Cut::fitting(source, line, &spots, room);
        for (spot, place) in spots.iter().zip(&cut.places) {
            let free = place.free(room).max(WORDS[2]);
            let words = wrap(&spot.text, free).join("\n");
            let words = if words.trim().is_empty() { None } else { Some(words) };
            let at = text.len() + place.start;
            labels.push((SourceSpan::from((at, place.end - place.start)), words));
        }
        text.push_str(&cut.text);
    }
    let reference = group.iter().find(|s| s.primary).unwrap_or(first);
    let position = source.position(reference.start);
    let snippet = Snippet {
        name: source.path.chars().map(visible).collect(),
        first_line: from,
        position: (position.line.saturating_sub(1), position.column.saturating_sub(1)),
        text,
        labels,
    };
    snippet.draw(theme, width)
}

/// A line as it is shown, with the places of its spots.
struct Cut {
    text: String,
    width: usize,
    places: Vec<Place>,
}

/// A spot on a [`Cut`] line: bytes, and columns on the screen.
#[derive(Default, Clone, Copy)]
struct Place {
    start: usize,
    end: usize,
    columns: (usize, usize),
}

impl Place {
    /// Columns for the words under it, which begin under its middle.
    fn free(self, room: usize) -> usize {
        room.saturating_sub((self.columns.0 + self.columns.1) / 2 + LEAD)
    }
}

impl Cut {
    /// Line `line` of `source`, no wider than `room` unless its spots need more, and cut short on the left where
    /// the words under a spot would not fit otherwise.
    fn fitting(source: &Source, line: usize, spots: &[&Spot], room: usize) -> Self {
        let mut laid = Vec::new();
        for part in near(source, &source.line_range(line), spots) {
            // What lies between two parts is never shown; one cell that is left out makes the sign for it.
            let before = laid.last().map_or(0, |c: &Cell| c.column + c.width);
            if before > 0 {
                laid.push(Cell { offset: part.start, shown: ' ', repeat: 1, column: before + AROUND, width: AROUND });
            }
            let column = laid.last().map_or(0, |c| c.column + c.width);
            laid.extend(cells(source.text.get(part.clone()).unwrap_or(""), part.start, column));
        }
        let cells = laid;
        let fits = |cut: &Self, words: usize| {
            cut.width <= room
                && spots.iter().zip(&cut.places).all(|(spot, place)| {
                    let longest = spot.text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
                    place.free(room) >= longest.min(words)
                })
        };
        let first = Self::new(&cells, spots, room);
        if fits(&first, WORDS[0]) {
            return first;
        }
        let narrower: Vec<Self> = (LEAST..room).rev().step_by(2).map(|width| Self::new(&cells, spots, width)).collect();
        let best = WORDS.iter().find_map(|words| narrower.iter().position(|cut| fits(cut, *words)));
        best.and_then(|n| narrower.into_iter().nth(n)).unwrap_or(first)
    }

    /// The cells, cut to about `room` columns around the spots.
    fn new(cells: &[Cell], spots: &[&Spot], room: usize) -> Self {
        let whole = cells.last().map_or(0, |c| c.column + c.width);
        let keep = if whole <= room { vec![(0, whole)] } else { windows(cells, spots, room) };

        let mut cut = Self { text: String::new(), width: 0, places: vec![Place::default(); spots.len()] };
        let mut started = vec![false; spots.len()];
        let mut column = 0;
        let mut skipped = false;
        for cell in cells {
            if !keep.iter().any(|(from, to)| cell.column >= *from && cell.column < *to) {
                skipped = true;
                continue;
            }
            if skipped {
                cut.text.push('…');
                column += 1;
                skipped = false;
            }
            let at = cut.text.len();
            for _ in 0..cell.repeat {
                cut.text.push(cell.shown);
            }
            for ((spot, place), started) in spots.iter().zip(&mut cut.places).zip(&mut started) {
                if cell.offset >= spot.start && (cell.offset < spot.end || (spot.start == spot.end && !*started)) {
                    if !*started {
                        *started = true;
                        place.start = at;
                        place.end = at;
                        place.columns = (column, column);
                    }
                    if cell.offset < spot.end {
                        place.end = cut.text.len();
                        place.columns.1 = column + cell.width;
                    }
                }
            }
            column += cell.width;
        }
        for (place, started) in cut.places.iter_mut().zip(&started) {
            if !started {
                *place = Place { start: cut.text.len(), end: cut.text.len(), columns: (column, column) };
            }
        }
        if skipped {
            cut.text.push('…');
            column += 1;
        }
        cut.width = column;
        if cut.text.is_empty() {
            cut.text.push(' ');
        }
        cut
    }
}

/// The parts of a line that may be shown: of a line of a megabyte not every character is laid out for each finding in it.
fn near(source: &Source, line: &Range<usize>, spots: &[&Spot]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut starts: Vec<usize> = spots.iter().flat_map(|s| [s.start, s.end]).collect();
    starts.sort_unstable();
    for at in if starts.is_empty() { vec![line.start] } else { starts } {
        let (mut from, mut to) = (at.saturating_sub(AROUND).max(line.start), at.saturating_add(AROUND).min(line.end));
        while !source.text.is_char_boundary(from) {
            from -= 1;
        }
        while !source.text.is_char_boundary(to) {
            to += 1;
        }
        match parts.last_mut() {
            Some(last) if from <= last.end => last.end = last.end.max(to),
            _ => parts.push(from..to),
        }
    }
    parts
}

/// One character of a line on the screen.
struct Cell {
    offset: usize,
    shown: char,
    repeat: usize,
    column: usize,
    width: usize,
}

fn cells(line: &str, start: usize, mut column: usize) -> Vec<Cell> {
    line.char_indices()
        .map(|(at, c)| {
            let (shown, repeat) = if c == '\t' { (' ', TAB - column % TAB) } else { (visible(c), 1) };
            let width = shown.width().unwrap_or(0) * repeat;
            let cell = Cell { offset: start + at, shown, repeat, column, width };
            column += width;
            cell
        })
        .collect()
}

/// The ranges of columns of a long line that are shown: around each spot, or the beginning.
fn windows(cells: &[Cell], spots: &[&Spot], room: usize) -> Vec<(usize, usize)> {
    let room = room.saturating_sub(2);
    if spots.is_empty() {
        return vec![(0, room)];
    }
    let share = (room / spots.len()).max(LEAST);
    let end = cells.last().map_or(0, |c| c.column + c.width);
    spots
        .iter()
        .map(|spot| {
            let from = cells.iter().find(|c| c.offset >= spot.start).map_or(end, |c| c.column);
            let to = cells.iter().find(|c| c.offset >= spot.end).map_or(end, |c| c.column);
            // A figure is never cut as long as it fits at all.
            let length = to - from.min(to);
            let share = share.max(length.min(room));
            let margin = (share - length.min(share)) / 2;
            // What the beginning of the line does not need goes to the other side.
            let left = from.saturating_sub(margin).min(end.saturating_sub(share).min(from));
            (left, left + share)
        })
        .collect()
}

/// What miette is asked to draw.
#[derive(Debug)]
struct Snippet {
    name: String,
    first_line: usize,
    position: (usize, usize),
    text: String,
    labels: Vec<(SourceSpan, Option<String>)>,
}

impl Snippet {
    fn draw(&self, theme: &GraphicalTheme, width: usize) -> String {
        let handler = GraphicalReportHandler::new_themed(theme.clone())
            .with_links(false)
            .with_urls(false)
            .without_syntax_highlighting()
            .without_cause_chain()
            .with_context_lines(CONTEXT)
            .with_width(width);
        let mut drawn = String::new();
        if handler.render_report(&mut drawn, self).is_err() {
            return String::new();
        }
        // The first line is miette's own headline, which is empty here: the words are ours.
        let mut out = String::new();
        for line in drawn.lines().skip(1) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Without context miette asks for the place to name; with context, for the lines.
        let (line, column) = if before + after == 0 { self.position } else { (self.first_line, 0) };
        let bytes = self.text.as_bytes();
        if span.offset() + span.len() > bytes.len() {
            return Err(MietteError::OutOfBounds);
        }
        let whole = SourceSpan::from((0, bytes.len()));
        let lines = self.text.lines().count();
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), bytes, whole, line, column, lines)))
    }
}

impl fmt::Display for Snippet {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet {}

impl Diagnostic for Snippet {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().map(|(span, text)| LabeledSpan::new_with_span(text.clone(), *span))))
    }
}
