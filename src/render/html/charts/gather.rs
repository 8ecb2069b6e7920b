//! What is drawn: of every thing with figures by fiscal year, one line for each document that prints it and each of its
//! series. Which things are the same one the graph says.
use rustc_hash::FxHashMap;

use super::super::lookup::{Lookup, called};
use crate::plan::{Cell, ColumnId, ColumnType, Facts, RelationId, RelationKind, RowRef, Symbol};
use crate::text::Span;
use crate::value::{Exact, FiscalYear};

/// What the body of a document says of a figure; of it alone no line is drawn.
const QUOTED: &str = "text";

/// What a series says, for the way it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 基準
    Baseline,
    /// 目標
    Target,
    /// 実績
    Actual,
    /// Any other figures by year.
    Other,
}

/// A printed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its year; `None` for one without.
    pub year: Option<FiscalYear>,
    /// Its value; `None` for what is no number.
    pub value: Option<Exact>,
    /// As printed.
    pub printed: String,
    /// Where.
    pub span: Span,
}

/// The values of one series in one document.
pub struct Line {
    /// The document, by its number among those of the chart.
    pub document: usize,
    /// The series.
    pub series: RelationId,
    /// How it is drawn.
    pub kind: Kind,
    /// Its values, by year.
    pub points: Vec<Point>,
}

/// Lines with one unit, on one scale.
pub struct Panel {
    /// The part (①), 0 for the whole.
    pub part: i64,
    /// The unit.
    pub unit: Option<Symbol>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One indicator.
pub struct Chart {
    /// The first row that prints it.
    pub row: RowRef,
    /// Its name.
    pub name: String,
    /// The documents that print it; one that prints it twice with other values is there twice.
    pub documents: Vec<String>,
    /// What is drawn.
    pub panels: Vec<Panel>,
}

/// All charts, in the order in which they are first printed.
pub fn charts(page: &Lookup<'_>) -> Vec<Chart> {
    let facts = page.facts();
    let mut out = Vec::new();
    for (relation, declared) in (0..).map(RelationId).zip(&facts.vocabulary.relations) {
        if declared.kind != RelationKind::Entity {
            continue;
        }
        let printed = printed(page, relation);
        if printed.is_empty() {
            continue;
        }
        let mut groups: Vec<Vec<RowRef>> = Vec::new();
        let mut at: FxHashMap<u32, usize> = FxHashMap::default();
        let count = facts.table(relation).map_or(0, |t| t.heads.len());
        for row in (0..).take(count).map(|row| RowRef { relation, row }).filter(|row| printed.contains_key(row)) {
            let group = *at.entry(page.workspace.graph.group(row)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            if let Some(rows) = groups.get_mut(group) {
                rows.push(row);
            }
        }
        out.extend(groups.iter().filter_map(|rows| chart(page, rows, &printed)));
    }
    out
}

/// One value with its series, part and unit.
type Value = (RelationId, Kind, i64, Option<Symbol>, Point);

/// The values of all rows of a relation, if any series but the quoted one has some.
fn printed(page: &Lookup<'_>, owner: RelationId) -> FxHashMap<RowRef, Vec<Value>> {
    let facts = page.facts();
    let mut out: FxHashMap<RowRef, Vec<Value>> = FxHashMap::default();
    for (series, declared) in (0..).map(RelationId).zip(&facts.vocabulary.relations) {
        let figures = matches!(declared.columns.get(2).map(|c| &c.ty), Some(ColumnType::Figure { .. }));
        if declared.kind != RelationKind::Series(owner) || !figures {
            continue;
        }
        let kind = match declared.alias.as_str() {
            "baseline" => Kind::Baseline,
            "target" => Kind::Target,
            "actual" => Kind::Actual,
            _ => Kind::Other,
        };
        let Some(table) = facts.table(series) else { continue };
        for (row, parent) in (0..).zip(&table.parents) {
            let Some(parent) = *parent else { continue };
            let row = RowRef { relation: series, row };
            let (value, span) = (facts.cell(row, ColumnId(2)), facts.place(row, ColumnId(2), page.report.sources));
            let year = match facts.cell(row, ColumnId(0)) {
                Cell::Year(year) => Some(year),
                _ => None,
            };
            let part = match facts.cell(row, ColumnId(1)) {
                Cell::Number(part) => part,
                _ => 0,
            };
            let (number, unit, printed) = match value {
                Cell::Figure(id) => {
                    let figure = facts.figure(id);
                    let unit = figure.and_then(|f| f.0.unit.printed());
                    (figure.map(|f| f.0.value), unit, figure.map_or("", |f| f.1))
                }
                _ => (None, None, page.report.sources.text(span)),
            };
            let printed = printed.trim().trim_matches('"').trim().to_owned();
            if printed.is_empty() {
                continue;
            }
            let point = Point { year, value: number, printed, span };
            out.entry(parent).or_default().push((series, kind, part, unit, point));
        }
    }
    let quoted =
        |series: RelationId| facts.vocabulary.relations.get(series.0 as usize).is_some_and(|r| r.alias == QUOTED);
    out.retain(|_, values| values.iter().any(|v| v.4.value.is_some() && !quoted(v.0)));
    out
}

/// What two rows of a document must share to be one line.
fn same(a: &[Value], b: &[Value]) -> bool {
    let key = |v: &Value| (v.0, v.2, v.3, v.4.year, v.4.value, v.4.printed.clone());
    a.iter().map(key).eq(b.iter().map(key))
}

fn chart(page: &Lookup<'_>, rows: &[RowRef], printed: &FxHashMap<RowRef, Vec<Value>>) -> Option<Chart> {
    let row = *rows.first()?;
    let name = match called(page.facts(), row) {
        (number, name) if name.is_empty() => number,
        (_, name) => name,
    };
    let mut out = Chart { row, name, documents: Vec::new(), panels: Vec::new() };
    let mut seen: Vec<(String, &[Value])> = Vec::new();
    for row in rows {
        let document = page.document_of(*row);
        let values = printed.get(row)?;
        // A re-listed indicator is printed twice; where it says the same, one line shows both.
        let before = seen.iter().filter(|(d, _)| *d == document);
        if before.clone().any(|(_, other)| same(other, values)) {
            continue;
        }
        let label = match before.count() {
            0 => document.clone(),
            n => format!("{document} ({})", n + 1),
        };
        seen.push((document, values));
        let number = out.documents.len();
        out.documents.push(label);
        // What is no number has no unit, so the numbers come first.
        let numbers = values.iter().filter(|v| v.4.value.is_some());
        for (series, kind, part, unit, point) in numbers.chain(values.iter().filter(|v| v.4.value.is_none())) {
            put(page.facts(), &mut out.panels, (*part, *unit, point.value.is_some()), (number, *series, *kind), point);
        }
    }
    for line in out.panels.iter_mut().flat_map(|p| &mut p.lines) {
        line.points.sort_by_key(|p| p.year);
    }
    out.panels.sort_by_key(|p| p.part);
    Some(out)
}

/// Puts a point where it belongs. What is no number, and a number whose unit goes without saying, goes to the scale of its
/// part; but a share is never put beside a bare number, since 80 % is 0.8.
fn put(
    facts: &Facts,
    panels: &mut Vec<Panel>,
    (part, unit, number): (i64, Option<Symbol>, bool),
    (document, series, kind): (usize, RelationId, Kind),
    point: &Point,
) {
    let share = |unit: Option<Symbol>| unit.is_some_and(|u| facts.text(u) == "%");
    let bare = |a: Option<Symbol>, b: Option<Symbol>| (a.is_none() || b.is_none()) && !share(a) && !share(b);
    let fits = |p: &Panel| p.part == part && (p.unit == unit || !number || bare(p.unit, unit));
    let panel = match panels.iter().position(fits) {
        Some(n) => n,
        None => {
            panels.push(Panel { part, unit, lines: Vec::new() });
            panels.len() - 1
        }
    };
    let Some(panel) = panels.get_mut(panel) else { return };
    panel.unit = panel.unit.or(unit);
    match panel.lines.iter_mut().find(|l| l.document == document && l.series == series) {
        Some(line) => line.points.push(point.clone()),
        None => panel.lines.push(Line { document, series, kind, points: vec![point.clone()] }),
    }
}
