//! Finds the header of a table on a sheet, and the columns that a mapping names by their headers.
use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::mapping::{From, Place, Table, Target};
use crate::syntax::yaml::Said;
use crate::text::near::nearest;
use crate::text::normal::normal;
use crate::text::{Fault, Message, Source, SourceId, Span, column_name};
use crate::value::FiscalYear;

/// Rows from the top of a sheet among which a header is looked for.
const DEEPEST: u32 = 200;
/// The most rows that a header has.
const TALLEST: u32 = 5;

/// The header of one column.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// Its texts from above, each with its place and whether it stands in this very column.
    pub parts: Vec<(String, Span, bool)>,
}

impl Heading {
    /// All its parts in one line.
    #[must_use]
    pub fn path(&self) -> String {
        self.parts.iter().map(|p| p.0.split_whitespace().collect::<String>()).collect::<Vec<_>>().join("/")
    }

    fn span(&self) -> Option<Span> {
        self.parts.iter().rev().find(|p| p.2).or(self.parts.last()).map(|p| p.1)
    }

    /// How well it fits a text that names it; `None` if not at all.
    fn rank(&self, wanted: &str) -> Option<u8> {
        let whole: String = self.parts.iter().map(|p| normal(&p.0)).collect();
        let segments: Vec<String> = wanted.split('/').map(normal).filter(|s| !s.is_empty()).collect();
        if whole == segments.concat() {
            return Some(5);
        }
        // A heading may hold a stroke itself: 達成率（B/A）.
        let plain = normal(wanted);
        if segments.len() > 1 && self.parts.iter().any(|p| normal(&p.0) == plain) {
            return Some(4);
        }
        if let [one] = segments.as_slice() {
            let part = |own: bool| self.parts.iter().any(|p| p.2 == own && normal(&p.0) == *one);
            // A letter that a formula refers to, as in 達成（B）, is no part of the name.
            let bare = || self.parts.iter().any(|p| p.2 && normal(&p.0).split('(').next() == Some(one));
            return if part(true) {
                Some(4)
            } else if bare() {
                Some(3)
            } else {
                part(false).then_some(1)
            };
        }
        let mut parts = self.parts.iter().map(|p| normal(&p.0));
        segments.iter().all(|s| parts.any(|p| p == *s)).then_some(4)
    }

    /// The fiscal year that it tells of values called `wanted`: a part of its own, or beside the name (`R4目標値`).
    fn year(&self, wanted: &str) -> Option<(String, Span)> {
        let own = self.parts.iter().rev().find(|p| FiscalYear::read(&p.0).is_ok());
        if let Some((text, span, _)) = own {
            return Some((text.clone(), *span));
        }
        let name = normal(wanted);
        self.parts.iter().rev().find_map(|(text, span, _)| {
            let rest = normal(text).replace(&name, "");
            let rest = rest.trim_matches(['(', ')', '/', '・', '[', ']']);
            FiscalYear::read(rest).is_ok().then(|| (rest.to_owned(), *span))
        })
    }

    /// Whether it names values called `wanted`, alone or with a year.
    fn names_series(&self, wanted: &str) -> bool {
        if self.rank(wanted).is_some() {
            return true;
        }
        let name = normal(wanted);
        self.parts.iter().any(|p| {
            let text = normal(&p.0);
            let rest = text.replace(&name, "");
            text.contains(&name) && FiscalYear::read(rest.trim_matches(['(', ')', '/', '・', '[', ']'])).is_ok()
        })
    }
}

/// The header of a table.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// Its rows (from 0).
    pub rows: Range<u32>,
    /// The heading of each column.
    pub columns: Vec<Heading>,
}

impl Header {
    /// The header in given rows.
    #[must_use]
    pub fn read(id: SourceId, source: &Source, rows: Range<u32>) -> Self {
        let Some(grid) = &source.grid else { return Self::default() };
        let rows = rows.start..rows.end.min(rows.start.saturating_add(TALLEST * 2)).min(grid.rows().max(rows.start));
        let cells: Vec<_> = rows.clone().map(|row| source.row(row)).collect();
        let merges: Vec<_> =
            grid.merges.iter().filter(|m| m.top < rows.end && m.bottom >= rows.start && m.top >= rows.start).collect();
        let width = cells.iter().flatten().map(|c| c.column + 1).max().unwrap_or(0);
        let merged = merges.iter().map(|m| m.right.min(width.max(m.left) + 256) + 1).max().unwrap_or(0);
        let width = width.max(merged).min(16_384);
        let mut columns = vec![Heading::default(); width as usize];
        for (n, row) in cells.iter().enumerate() {
            let number = rows.start + u32::try_from(n).unwrap_or(0);
            let last = n + 1 == cells.len();
            // A heading over several columns that are not merged stands over the first of them.
            let mut group: Option<(String, Span)> = None;
            let mut own = row.iter().peekable();
            for column in 0..width {
                let heading = columns.get_mut(column as usize);
                let Some(heading) = heading else { continue };
                if let Some(cell) = own.next_if(|c| c.column == column) {
                    let span = Span::new(id, cell.start as usize..cell.end as usize);
                    let text = source.text_of(cell).into_owned();
                    group = Some((text.clone(), span));
                    heading.parts.push((text, span, true));
                    continue;
                }
                let merge = merges
                    .iter()
                    .find(|m| (m.top..=m.bottom).contains(&number) && (m.left..=m.right).contains(&column));
                if let Some(merge) = merge {
                    if let Some(cell) = source.cell(merge.top, merge.left)
                        && merge.top == number
                    {
                        let span = Span::new(id, cell.start as usize..cell.end as usize);
                        heading.parts.push((source.text_of(&cell).into_owned(), span, false));
                    }
                    continue;
                }
                // A title by itself heads no group.
                let below = row.len() > 1 && cells.iter().skip(n + 1).any(|r| r.iter().any(|c| c.column == column));
                if let (false, true, true, Some((text, span))) = (last, below, heading.parts.is_empty(), &group) {
                    heading.parts.push((text.clone(), *span, false));
                }
            }
        }
        Self { rows, columns }
    }

    /// The texts of each column (from 0) that has a heading.
    #[must_use]
    pub fn texts(&self) -> BTreeMap<u32, Vec<String>> {
        let texts = |h: &Heading| h.parts.iter().map(|p| p.0.clone()).collect::<Vec<_>>();
        (0..).zip(&self.columns).filter(|(_, h)| !h.parts.is_empty()).map(|(c, h)| (c, texts(h))).collect()
    }

    /// The header that a table of a mapping has on a sheet: where it says, or where most of its headings stand.
    #[must_use]
    pub fn find(id: SourceId, source: &Source, table: &Table) -> Option<Self> {
        let grid = source.grid.as_ref()?;
        if let Some(rows) = &table.header {
            return Some(Self::read(id, source, rows.clone()));
        }
        let wanted = headings(table);
        if wanted.is_empty() {
            return Some(Self { rows: 0..0, columns: Vec::new() });
        }
        let segments: Vec<(String, Vec<String>)> = wanted
            .iter()
            .map(|w| (normal(&w.text), w.text.split('/').map(normal).filter(|s| !s.is_empty()).collect()))
            .collect();
        let end = grid.rows().min(DEEPEST);
        let texts_in = |row: u32| -> FxHashSet<String> {
            let bare = |t: String| t.split('(').next().unwrap_or("").to_owned();
            let cells = source.row(row);
            cells.iter().map(|c| normal(&source.text_of(c))).flat_map(|t| [bare(t.clone()), t]).collect()
        };
        let mut texts: Vec<FxHashSet<String>> = Vec::new();
        // Most headings in the fewest rows: what stands between two headers of pages is no header.
        let mut best: Option<(usize, Range<u32>)> = None;
        'rows: for top in 0..end {
            for height in 1..=TALLEST.min(end - top) {
                let read = u32::try_from(texts.len()).unwrap_or(u32::MAX);
                texts.extend((read..top + height).map(texts_in));
                let window = texts.get(top as usize..(top + height) as usize).unwrap_or(&[]);
                let here = |segment: &String| window.iter().any(|row| row.contains(segment));
                // The first and the last row of a header hold a heading that is looked for.
                let holds = |row: Option<&FxHashSet<String>>| {
                    row.is_some_and(|r| {
                        segments.iter().any(|(w, all)| r.contains(w) || all.iter().any(|s| r.contains(s)))
                    })
                };
                if !holds(window.first()) || !holds(window.last()) {
                    continue;
                }
                let found = segments.iter().filter(|(w, all)| here(w) || all.iter().all(here)).count();
                let better = |(before, rows): &(usize, Range<u32>)| {
                    found > *before || (found == *before && (height as usize) < rows.len())
                };
                if found > 0 && best.as_ref().is_none_or(better) {
                    best = Some((found, top..top + height));
                }
                // Nothing below can be better.
                if found == segments.len() && height == 1 {
                    break 'rows;
                }
            }
        }
        let (_, mut rows) = best?;
        // Cells of the header that are merged with the row below reach into it.
        let reach = grid.merges.iter().filter(|m| rows.contains(&m.top)).map(|m| m.bottom + 1).max();
        rows.end = rows.end.max(reach.unwrap_or(0).min(rows.start + TALLEST));
        let header = Self::read(id, source, rows.clone());
        if years_below(&header, source, table) {
            return Some(Self::read(id, source, rows.start..rows.end + 1));
        }
        Some(header)
    }

    /// The column of a heading, or what is wrong: it is not there, or there are several.
    pub fn column(&self, said: &Said, faults: &mut Vec<Fault>) -> Option<u32> {
        let ranks: Vec<Option<u8>> = self.columns.iter().map(|h| h.rank(&said.text)).collect();
        let best = ranks.iter().flatten().max().copied();
        let found: Vec<u32> =
            (0..).zip(&ranks).filter(|(_, r)| r.is_some() && **r == best).map(|(column, _)| column).collect();
        match found.as_slice() {
            [one] => return Some(*one),
            [] => faults.push(self.missing(said)),
            [first, second, ..] => {
                let name = |c: u32| {
                    let path = self.columns.get(c as usize).map_or_else(String::new, Heading::path);
                    format!("{} ({path})", column_name(c))
                };
                let all = found.iter().map(|c| name(*c)).collect::<Vec<_>>().join("、");
                let mut fault =
                    Fault::error("mapping-header-twice", said.span).with("name", &said.text).with("columns", all);
                for column in [first, second] {
                    if let Some(span) = self.columns.get(*column as usize).and_then(Heading::span) {
                        fault = fault.related(span, Message::new("mapping-header-here"));
                    }
                }
                faults.push(fault);
            }
        }
        None
    }

    /// The columns of values by fiscal year that a heading names, each with its year and where that stands.
    pub fn series(&self, said: &Said, faults: &mut Vec<Fault>) -> Vec<(u32, Option<(String, Span)>)> {
        let named: Vec<(u32, &Heading)> =
            (0..).zip(&self.columns).filter(|(_, h)| h.names_series(&said.text)).collect();
        let years: Vec<_> = named.iter().map(|(c, h)| (*c, h.year(&said.text))).collect();
        if years.iter().any(|y| y.1.is_some()) {
            return years.into_iter().filter(|y| y.1.is_some()).collect();
        }
        self.column(said, faults).map(|c| (c, None)).into_iter().collect()
    }

    fn missing(&self, said: &Said) -> Fault {
        let near = nearest(&said.text, self.columns.iter().flat_map(|h| h.parts.iter().map(|p| p.0.as_str())));
        let all: Vec<String> = self.columns.iter().map(Heading::path).filter(|p| !p.is_empty()).collect();
        let shown = all.iter().take(12).cloned().collect::<Vec<_>>().join("、");
        let shown = if all.len() > 12 { format!("{shown} …") } else { shown };
        let fault = Fault::error("mapping-header-missing", said.span).with("name", &said.text);
        let fault = fault.with("near", near).with("headers", shown);
        match self.columns.iter().find_map(Heading::span) {
            Some(span) => fault.related(span, Message::new("mapping-header-row")),
            None => fault,
        }
    }
}

/// Whether the row below the header holds the years of values that the header names without years.
fn years_below(header: &Header, source: &Source, table: &Table) -> bool {
    let below = source.row(header.rows.end);
    let series = |from: &From| from.year.is_none();
    let fields = table.levels.iter().flat_map(|l| &l.fields).filter(|f| matches!(f.target, Target::Series(_)));
    let wanted = fields.filter(|f| series(&f.from)).flat_map(|f| &f.from.places);
    wanted.filter_map(|p| if let Place::Header(said) = p { Some(said) } else { None }).any(|said| {
        let mut named = (0..).zip(&header.columns).filter(|(_, h)| h.names_series(&said.text)).peekable();
        let first = named.peek().map(|n| n.0);
        let without = named.all(|(_, h)| h.year(&said.text).is_none());
        let year = |c: &crate::text::GridCell| FiscalYear::read(&source.text_of(c)).is_ok();
        without && first.is_some_and(|first| below.iter().any(|c| c.column == first && year(c)))
    })
}

/// All headings that a table names.
fn headings(table: &Table) -> Vec<&Said> {
    let places = table
        .levels
        .iter()
        .flat_map(|l| &l.fields)
        .flat_map(|f| f.from.places.iter().chain(&f.from.unit).chain(&f.from.year));
    places.filter_map(|p| if let Place::Header(said) = p { Some(said) } else { None }).collect()
}
