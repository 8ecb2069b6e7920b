//! The places of a finding, each as it is printed: lines of a text, or cells of a sheet with what names them.
use std::collections::BTreeSet;

use maud::{Markup, html};

use super::lookup::Lookup;
use super::text;
use crate::findings::Finding;
use crate::render::snippet::{Mark, Spot, groups, lines};
use crate::render::{excerpt, snippet};
use crate::text::{Grid, Source, SourceId, cell_name, column_name};

/// Related places that are drawn for one finding; the others are counted.
const MOST_PLACES: usize = 24;
/// Bytes of a line that are shown around what is pointed at.
const AROUND: usize = 300;
/// Bytes that are shown of what is pointed at.
const POINTED: usize = 1_200;
/// Characters that are shown of a cell.
const CELL: usize = 120;

/// All places of a finding, its own first.
pub(super) fn places(page: &Lookup<'_>, finding: &Finding) -> Markup {
    let lang = page.report.lang;
    let mut files: Vec<(SourceId, Vec<Mark>)> =
        vec![(finding.span.source, vec![Mark { span: finding.span, text: String::new(), primary: true }])];
    for label in finding.related.iter().take(MOST_PLACES) {
        let mark = Mark { span: label.span, text: label.message.get(lang).to_owned(), primary: false };
        match files.iter_mut().find(|(id, _)| *id == label.span.source) {
            Some((_, marks)) => marks.push(mark),
            None => files.push((label.span.source, vec![mark])),
        }
    }
    let more = finding.related.len().saturating_sub(MOST_PLACES);
    html! {
        div.places {
            @for (id, marks) in &files {
                @if let Some(source) = page.report.sources.get(*id) {
                    @match &source.grid {
                        _ if source.text.is_empty() => { p.path { (text::name(&source.path)) } }
                        Some(grid) => (cells(page, source, grid, marks)),
                        None => { @for group in groups(source, marks) { (excerpt(page, *id, source, &group)) } },
                    }
                }
            }
        }
        @if more > 0 { p.note { (page.tell("word-more-places", &[("count", &more)])) } }
    }
}

/// The heading of a place: whose it is, and where.
fn caption(page: &Lookup<'_>, document: &str, place: &str, primary: bool) -> Markup {
    html! {
        figcaption {
            @if primary { span.here { (page.say("page-here")) } } @else { span.there { (page.say("page-there")) } }
            b { (text::name(document)) }
            span.path { (text::name(place)) }
        }
    }
}

fn excerpt(page: &Lookup<'_>, id: SourceId, source: &Source, group: &[Spot]) -> Markup {
    let Some((from, to)) = lines(source, group) else { return html! {} };
    let own = group.iter().find(|s| s.primary).or(group.first());
    let at = own.map_or(0, |s| s.start);
    let document = page.document(crate::text::Span::new(id, at..at));
    let primary = group.iter().any(|s| s.primary);
    let indent = (from..=to).filter_map(|line| {
        let text = source.text.get(source.line_range(line))?;
        let blank = text.len() - text.trim_start_matches(' ').len();
        (blank < text.len()).then_some(blank)
    });
    let indent = indent.min().unwrap_or(0);
    html! {
        figure.place.own[primary] {
            (caption(page, &document, &source.place(at), primary))
            div.lines {
                @for line in from..=to {
                    div.line.far[!group.iter().any(|s| s.line == line)] {
                        span.n { (line + 1) }
                        code { (self::line(source, line, indent, group)) }
                    }
                }
            }
            (notes(group.iter().map(|s| (source.text.get(s.start..s.end).unwrap_or("").to_owned(), s.text.as_str()))))
        }
    }
}

/// What is to be seen at the places of an excerpt.
fn notes<'t>(notes: impl Iterator<Item = (String, &'t str)>) -> Markup {
    let notes: Vec<_> = notes.filter(|(_, text)| !text.is_empty()).collect();
    html! {
        @if !notes.is_empty() {
            ul.notes {
                @for (what, note) in &notes {
                    li {
                        q { (text::name(what.trim())) }
                        span { (text::name(&note.lines().collect::<Vec<_>>().join("、"))) }
                    }
                }
            }
        }
    }
}

/// One line with what is pointed at marked; a long one only around that.
fn line(source: &Source, line: usize, indent: usize, group: &[Spot]) -> Markup {
    let range = source.line_range(line);
    let spots: Vec<&Spot> = group.iter().filter(|s| s.line == line).collect();
    let mut at = range.start;
    if source
        .text
        .get(range.clone())
        .is_some_and(|t| t.len() >= indent && t.as_bytes().iter().take(indent).all(|b| *b == b' '))
    {
        at += indent;
    }
    let mut parts: Vec<(&str, bool, bool, Option<&Spot>)> = Vec::new();
    for (n, spot) in spots.iter().enumerate() {
        let (kept, before, after) = around(source, at, spot.start.max(at), n > 0);
        parts.push((kept, before, after, None));
        let pointed = source.text.get(spot.start..spot.end).unwrap_or("");
        let shown = head(pointed, POINTED);
        parts.push((shown, false, shown.len() < pointed.len(), Some(spot)));
        at = spot.end.max(at);
    }
    let rest = source.text.get(at..range.end).unwrap_or("");
    let shown = head(rest, AROUND);
    parts.push((shown, false, shown.len() < rest.len(), None));
    html! {
        @for (piece, before, after, spot) in &parts {
            @if *before { "…" }
            @match spot {
                Some(spot) => { mark.own[spot.primary] { (text::pieces(piece)) @if piece.is_empty() { "\u{2009}" } } }
                None => (text::pieces(piece)),
            }
            @if *after { "…" }
        }
    }
}

/// The text between two places: its end, and its beginning too if something stands before it.
fn around(source: &Source, from: usize, to: usize, between: bool) -> (&str, bool, bool) {
    let text = source.text.get(from..to).unwrap_or("");
    if text.len() <= AROUND {
        return (text, false, false);
    }
    if between {
        return (head(text, AROUND / 2), false, true);
    }
    let mut start = text.len() - AROUND;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    (text.get(start..).unwrap_or(""), true, false)
}

/// The first `most` bytes, or a little less.
fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

fn cells(page: &Lookup<'_>, source: &Source, grid: &Grid, marks: &[snippet::Mark]) -> Markup {
    let spots = excerpt::spots(source, marks);
    let Some(first) = spots.iter().find(|s| s.primary).or(spots.first()) else { return html! {} };
    let primary = spots.iter().any(|s| s.primary);
    let columns = excerpt::columns(source, grid, &spots);
    let rows: BTreeSet<u32> = spots.iter().map(|s| s.row).collect();
    let tall = columns.iter().filter_map(|c| grid.headings.get(c)).map(Vec::len).max().unwrap_or(0);
    let document = marks.first().map_or_else(String::new, |m| page.document(m.span));
    let place = format!("{} {}", source.path, grid.name(first.row, first.column));
    let cell = |row: u32, column: u32| text::cut(excerpt::cell(source, grid, row, column).trim(), CELL);
    html! {
        figure.place.sheet.own[primary] {
            (caption(page, &document, &place, primary))
            div.scroll tabindex="0" role="group" aria-label=(text::plain(&place)) {
                table.cells {
                    thead {
                        tr { td {} @for column in &columns { th scope="col" { (column_name(*column)) } } }
                        @for n in 0..tall {
                            tr.heading {
                                td {}
                                @for column in &columns {
                                    @let texts = grid.headings.get(column).map_or(&[][..], Vec::as_slice);
                                    @let text = (n + texts.len()).checked_sub(tall).and_then(|n| texts.get(n));
                                    td { @if let Some(text) = text { (text::name(text)) } }
                                }
                            }
                        }
                    }
                    tbody {
                        @for row in &rows {
                            tr {
                                th scope="row" { (u64::from(*row) + 1) }
                                @for column in &columns {
                                    @let here = spots.iter().filter(|s| (s.row, s.column) == (*row, *column));
                                    @let spot = here.map(|s| s.primary).reduce(|a, b| a || b);
                                    td {
                                        @match spot {
                                            Some(own) => { mark.own[own] { (text::name(&cell(*row, *column))) } }
                                            None => (text::name(&cell(*row, *column))),
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            (notes(spots.iter().map(|s| (cell_name(s.row, s.column), s.text))))
        }
    }
}
