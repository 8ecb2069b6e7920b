//! What was checked and what came of it, on one sheet.
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::lookup::{Lookup, called};
use super::text;
use crate::findings::Counts;
use crate::plan::{Cell, ColumnId, ColumnRole, DOCUMENTS, RowRef};
use crate::render::pretty;
use crate::text::Severity;

/// Rows of a table; of more, those with the most findings.
const MOST_ROWS: usize = 200;

/// The severities, the gravest first, each with the sign and the word in links.
pub(super) const SEVERITIES: [(Severity, &str); 3] =
    [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "info")];

/// How many findings of a severity.
fn of(counts: Counts, severity: Severity) -> usize {
    match severity {
        Severity::Error => counts.errors,
        Severity::Warning => counts.warnings,
        Severity::Info => counts.infos,
    }
}

/// The word of a severity in links and classes.
pub(super) fn word(severity: Severity) -> &'static str {
    SEVERITIES.iter().find(|(s, _)| *s == severity).map_or("info", |(_, word)| word)
}

/// The sign of a severity: a shape, so that it is known without its colour.
pub(super) fn sign(severity: Severity) -> Markup {
    html! { svg.sign aria-hidden="true" { use href={ "#sign-" (word(severity)) } {} } }
}

/// A link that shows only some findings.
pub(super) fn link(parts: &[(&str, &str)]) -> String {
    let parts: Vec<String> =
        parts.iter().map(|(k, v)| format!("{k}={}", utf8_percent_encode(v, NON_ALPHANUMERIC))).collect();
    format!("#?{}", parts.join("&"))
}

/// The severities that are counted: where no information was found, mostly because nobody asked for it, a nought would say
/// that there is none.
fn shown(page: &Lookup<'_>) -> impl Iterator<Item = (Severity, &'static str)> {
    let infos = page.report.summary.counts.infos;
    SEVERITIES.into_iter().filter(move |(severity, _)| infos > 0 || *severity != Severity::Info)
}

/// The section.
pub(super) fn section(page: &Lookup<'_>) -> Option<Markup> {
    let counts = page.report.summary.counts;
    let verdict = match (counts.errors, counts.total()) {
        (_, 0) => "page-verdict-clean",
        (0, _) if counts.warnings == 0 => "page-verdict-info",
        (0, _) => "page-verdict-warnings",
        _ => "page-verdict-errors",
    };
    let arguments: [(&'static str, &dyn ToString); 3] =
        [("documents", &page.report.summary.documents), ("errors", &counts.errors), ("warnings", &counts.warnings)];
    Some(html! {
        p.verdict.clean[counts.total() == 0] { (page.tell(verdict, &arguments)) }
        ul.counts {
            @for (severity, class) in shown(page) {
                li class={ (class) @if of(counts, severity) == 0 { " none" } } {
                    a href=(link(&[("s", class)])) {
                        (sign(severity))
                        span { (page.report.messages.severity(page.report.lang, severity)) }
                        b { (of(counts, severity)) }
                    }
                }
            }
        }
        @if page.report.summary.suppressed + page.report.summary.baseline > 0 {
            p.line { (pretty::summary(page.report.summary, page.report.messages, page.report.lang)) }
        }
        (documents(page))
        (fields(page))
    })
}

fn counted(page: &Lookup<'_>, counts: Counts, filter: (&str, &str), name: &str) -> Markup {
    let words = |s: Severity| page.report.messages.severity(page.report.lang, s);
    html! {
        @for (severity, class) in shown(page) {
            td.number {
                @match of(counts, severity) {
                    0 => { span.zero { "0" } }
                    n => {
                        @let words = words(severity);
                        @let words: [(&'static str, &dyn ToString); 3] =
                            [("name", &name), ("severity", &words), ("count", &n)];
                        a href=(link(&[filter, ("s", class)])) aria-label=(page.tell("page-show-count", &words)) { (n) }
                    }
                }
            }
        }
    }
}

fn heads(page: &Lookup<'_>) -> Markup {
    html! {
        @for (severity, _) in shown(page) {
            th.number scope="col" { (sign(severity)) (page.report.messages.severity(page.report.lang, severity)) }
        }
    }
}

/// The rows that are shown: all, or those with the most findings; in their order.
fn most<T: Copy>(rows: &[T], counts: impl Fn(T) -> Counts) -> Vec<T> {
    let mut numbered: Vec<(usize, T)> = rows.iter().copied().enumerate().collect();
    if numbered.len() > MOST_ROWS {
        numbered.sort_by_key(|(n, row)| {
            (std::cmp::Reverse(counts(*row).errors), std::cmp::Reverse(counts(*row).total()), *n)
        });
        numbered.truncate(MOST_ROWS);
        numbered.sort_by_key(|(n, _)| *n);
    }
    numbered.into_iter().map(|(_, row)| row).collect()
}

fn documents(page: &Lookup<'_>) -> Markup {
    let rows: Vec<&(String, Counts)> = page.by_document.iter().collect();
    let shown = most(&rows, |row| row.1);
    html! {
        h2.small { (page.say("page-documents")) }
        div.scroll tabindex="0" role="group" aria-label=(page.say("page-documents")) {
            table.tally {
                thead {
                    tr {
                        th scope="col" { (page.say("page-document")) }
                        th scope="col" { (page.say("page-document-title")) }
                        th scope="col" { (page.say("page-document-year")) }
                        (heads(page))
                    }
                }
                tbody {
                    @for (code, counts) in &shown {
                        @let (title, year) = about(page, code);
                        tr {
                            th scope="row" {
                                a href=(link(&[("d", code)])) { (text::name(code)) }
                            }
                            td.wide { (text::name(&title)) }
                            td { (year) }
                            (counted(page, *counts, ("d", code), &text::plain(code)))
                        }
                    }
                }
            }
        }
        @if shown.len() < rows.len() {
            p.note { (page.tell("page-rows-more", &[("shown", &shown.len()), ("count", &rows.len())])) }
        }
    }
}

fn fields(page: &Lookup<'_>) -> Markup {
    let rows: Vec<&(Option<usize>, Counts)> = page.by_field.iter().collect();
    if rows.iter().all(|row| row.0.is_none()) {
        return html! {};
    }
    let shown = most(&rows, |row| row.1);
    html! {
        h2.small { (page.say("page-fields")) }
        div.scroll tabindex="0" role="group" aria-label=(page.say("page-fields")) {
            table.tally {
                thead { tr { th scope="col" { (page.say("page-field")) } (heads(page)) } }
                tbody {
                    @for (field, counts) in &shown {
                        @let name = page.field_name(*field);
                        tr {
                            th scope="row" { a href=(link(&[("f", &name)])) { (text::name(&name)) } }
                            (counted(page, *counts, ("f", &name), &name))
                        }
                    }
                }
            }
        }
        @if shown.len() < rows.len() {
            p.note { (page.tell("page-rows-more", &[("shown", &shown.len()), ("count", &rows.len())])) }
        }
    }
}

/// The title and the year of a document.
fn about(page: &Lookup<'_>, code: &str) -> (String, String) {
    let facts = page.facts();
    let count = facts.table(DOCUMENTS).map_or(0, |t| t.heads.len());
    let mut rows = (0..).take(count).map(|row| RowRef { relation: DOCUMENTS, row });
    let Some(row) = rows.find(|row| called(facts, *row).0 == code) else { return Default::default() };
    let columns = facts.vocabulary.relations.first().map_or(&[][..], |r| &r.columns);
    let (mut title, mut year) = (String::new(), String::new());
    for (id, column) in (0..).map(ColumnId).zip(columns).filter(|(_, c)| c.role == ColumnRole::Attribute) {
        match (column.alias.as_str(), facts.cell(row, id)) {
            ("title", Cell::Text(printed, _)) => facts.text(printed).clone_into(&mut title),
            ("year", Cell::Year(read)) => year = read.to_string(),
            _ => {}
        }
    }
    (title, year)
}
