//! The tables of the documents in which something can be worked out from something else: what is printed, and what the
//! rules compute for it. Which cells these are the rules say; nothing here knows of 達成率.
use maud::{Markup, html};
use rustc_hash::FxHashMap;

use super::lookup::{Lookup, MANY, called};
use super::text;
use crate::plan::{Cell, ColumnId, ColumnRole, ColumnType, RelationId, RelationKind, RowRef};
use crate::rules::computed;
use crate::text::Span;
use crate::text::normal::normal;
use crate::value::Exact;

/// Tables that are drawn.
const MOST_TABLES: usize = 300;
/// Rows that are drawn of one table.
const MOST_ROWS: usize = 200;
/// The width of the bar of a share of 100 %.
const FULL: i128 = 60;

/// A table of a document: the thing it stands in, and its rows.
struct Table {
    owner: RowRef,
    rows: Vec<RowRef>,
}

/// The section; nothing if no document has such a table.
pub(super) fn section(page: &Lookup<'_>) -> Option<Markup> {
    let results: FxHashMap<Span, String> =
        computed(page.report.pack, page.report.sources, page.workspace).into_iter().map(|f| (f.span, f.text)).collect();
    let tables = tables(page, &results);
    if tables.is_empty() {
        return None;
    }
    Some(html! {
        p.lead { (page.say("page-rates-lead")) }
        div.tables.many[tables.len() > MANY] {
            @for table in tables.iter().take(MOST_TABLES) { (drawn(page, table, &results)) }
        }
        @if tables.len() > MOST_TABLES {
            p.note { (page.tell("page-rows-more", &[("shown", &MOST_TABLES), ("count", &tables.len())])) }
        }
    })
}

fn tables(page: &Lookup<'_>, results: &FxHashMap<Span, String>) -> Vec<Table> {
    let facts = page.facts();
    let mut out = Vec::new();
    for (relation, declared) in (0..).map(RelationId).zip(&facts.vocabulary.relations) {
        let RelationKind::Rows(_) = declared.kind else { continue };
        let Some(table) = facts.table(relation) else { continue };
        let mut at: FxHashMap<RowRef, usize> = FxHashMap::default();
        let mut found: Vec<Table> = Vec::new();
        for (row, parent) in (0..).zip(&table.parents) {
            let Some(owner) = *parent else { continue };
            let n = *at.entry(owner).or_insert_with(|| {
                found.push(Table { owner, rows: Vec::new() });
                found.len() - 1
            });
            if let Some(table) = found.get_mut(n) {
                table.rows.push(RowRef { relation, row });
            }
        }
        let columns = (0..u16::try_from(declared.columns.len()).unwrap_or(u16::MAX)).map(ColumnId);
        found.retain(|table| {
            let mut cells = table.rows.iter().flat_map(|row| columns.clone().map(|c| (*row, c)));
            cells.any(|(row, column)| {
                matches!(facts.cell(row, column), Cell::Figure(_)) && results.contains_key(&page.place(row, column))
            })
        });
        out.extend(found);
    }
    out
}

fn drawn(page: &Lookup<'_>, table: &Table, results: &FxHashMap<Span, String>) -> Markup {
    let facts = page.facts();
    let Some(first) = table.rows.first() else { return html! {} };
    let declared = facts.vocabulary.relations.get(first.relation.0 as usize).map_or(&[][..], |r| &r.columns);
    let written = |id: &ColumnId| table.rows.iter().any(|row| !page.place(*row, *id).range().is_empty());
    let columns: Vec<_> = (0..)
        .map(ColumnId)
        .zip(declared)
        .filter(|(id, column)| column.role == ColumnRole::Cell && written(id))
        .collect();
    let (_, name) = called(facts, table.owner);
    let year = (0..4).map(|c| facts.cell(table.owner, ColumnId(c))).find_map(|c| match c {
        Cell::Year(year) => Some(year.to_string()),
        _ => None,
    });
    let english = page.report.lang == crate::findings::Lang::En;
    html! {
        figure.table {
            figcaption {
                b { (text::name(&name)) } @if let Some(year) = &year { " " (year) }
                span.path { (text::name(&page.document_of(table.owner))) }
            }
            div.scroll tabindex="0" role="group" aria-label=(text::plain(&name)) {
                table {
                    thead {
                        tr {
                            @for (_, column) in &columns {
                                th.number[matches!(column.ty, ColumnType::Figure { .. })] scope="col" {
                                    @if english { (column.alias) } @else { (column.name) }
                                }
                            }
                        }
                    }
                    tbody {
                        @for row in table.rows.iter().take(MOST_ROWS) {
                            tr {
                                @for (n, (id, column)) in columns.iter().enumerate() {
                                    (cell(page, (*row, *id), n == 0, &column.ty, results))
                                }
                            }
                        }
                    }
                }
            }
            @if table.rows.len() > MOST_ROWS {
                p.note { (page.tell("page-rows-more", &[("shown", &MOST_ROWS), ("count", &table.rows.len())])) }
            }
        }
    }
}

/// One cell: what is printed, what was worked out for it, and whether a finding is about it.
fn cell(
    page: &Lookup<'_>,
    (row, id): (RowRef, ColumnId),
    first: bool,
    ty: &ColumnType,
    results: &FxHashMap<Span, String>,
) -> Markup {
    let (value, span) = (page.facts().cell(row, id), page.place(row, id));
    let printed = page.report.sources.text(span).trim();
    let printed = printed.trim_matches('"').trim();
    if first {
        return html! { th scope="row" { (text::name(printed)) } };
    }
    let result = results.get(&span).filter(|_| matches!(value, Cell::Figure(_)));
    let wrong = page.is_wrong(span);
    html! {
        td.number[matches!(ty, ColumnType::Figure { .. })].wrong[wrong] {
            @if result.is_some() && let Some(width) = share(page, value) {
                svg.bar viewBox="0 0 60 8" aria-hidden="true" {
                    rect.all width="60" height="8" {}
                    rect.part width=(width) height="8" {}
                }
            }
            (text::name(printed))
            @if let Some(result) = result {
                @if wrong {
                    span.verdict.bad { (page.tell("page-computed", &[("text", result)])) }
                } @else if normal(result) == normal(printed) {
                    span.verdict.good { (page.say("page-computed-same")) }
                } @else {
                    span.verdict { (page.tell("page-computed", &[("text", result)])) }
                }
            }
            @if wrong {
                @if let Some(item) = page.about(span).first().and_then(|n| page.drawn.get(*n)) {
                    a.flag href={ "#" (item.id) } { (page.say("page-flag")) }
                } @else { span.flag { (page.say("page-flag")) } }
            }
        }
    }
}

/// How long the bar of a share is; `None` for what is no share.
fn share(page: &Lookup<'_>, value: Cell) -> Option<i64> {
    let Cell::Figure(id) = value else { return None };
    let figure = page.facts().figures.get(id as usize)?;
    if page.facts().text(figure.unit.printed()?) != "%" {
        return None;
    }
    let full = Exact::from_int(FULL);
    let width = figure.value.checked_mul(full)?.format_decimal(0).parse::<i64>().ok()?;
    Some(width.clamp(0, 60))
}
