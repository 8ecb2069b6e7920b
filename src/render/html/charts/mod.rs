//! Every indicator as a small chart with its figures as a table, by 分野; beyond the first few hundred they wait, as
//! texts, until a reader comes near them.
mod draw;
mod gather;

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, html};
use rustc_hash::FxHashMap;

use super::lookup::{Lookup, MANY, called};
use super::summary::{sign, word};
use super::text;
use crate::findings::Lang;
use crate::plan::{DOCUMENTS, RelationId};
use crate::text::visible::in_json;
use draw::{BREAK, SHAPES, Scale, class, picture, year};
use gather::{Chart, Kind, Line, Panel, charts};

/// Charts that stand in the page itself.
const STANDING: usize = 400;
/// Findings that are named below a chart.
const MOST_NAMED: usize = 6;

/// What a group of charts is headed by: a 分野, or the document where there is none.
#[derive(PartialEq, Eq, Hash, Clone)]
enum Group {
    Field(usize),
    Document(String),
}

/// The section; nothing if nothing has figures by year.
pub(super) fn section(page: &Lookup<'_>) -> Option<Markup> {
    let all = charts(page);
    if all.is_empty() {
        return None;
    }
    let mut groups: Vec<(Group, Vec<&Chart>)> = Vec::new();
    let mut at: FxHashMap<Group, usize> = FxHashMap::default();
    for chart in &all {
        let group = page.field(chart.row).map_or_else(|| Group::Document(page.document_of(chart.row)), Group::Field);
        let n = *at.entry(group.clone()).or_insert_with(|| {
            groups.push((group, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, charts)) = groups.get_mut(n) {
            charts.push(chart);
        }
    }
    let mut room = STANDING;
    let standing = groups.iter().map(|(_, charts)| {
        let here = charts.len().min(room);
        room -= here;
        here
    });
    let standing: Vec<usize> = standing.collect();
    Some(html! {
        p.lead { (page.tell("page-charts-lead", &[("count", &all.len())])) }
        (legend(page))
        form #chart-filter hidden role="search" aria-label=(page.say("page-charts")) {
            label for="chart-text" {
                span { (page.say("page-charts-search")) }
                input #chart-text type="search" autocomplete="off";
            }
            label { input #chart-wrong type="checkbox"; (page.say("page-charts-wrong")) }
            output #chart-shown aria-live="polite" data-some=(page.say("page-shown-some")) {}
        }
        @for (n, ((group, charts), standing)) in groups.iter().zip(standing).enumerate() {
            section.group {
                h3 {
                    @match group {
                        Group::Field(field) => (text::name(&page.field_name(Some(*field)))),
                        Group::Document(code) => (text::name(code)),
                    }
                    span.count { (charts.len()) }
                }
                div.cards.many[all.len() > MANY] { @for chart in charts.iter().take(standing) { (card(page, chart)) } }
                @if charts.len() > standing { (waiting(page, n, charts.get(standing..).unwrap_or(&[]))) }
            }
        }
    })
}

/// What the lines and points mean, for all charts.
fn legend(page: &Lookup<'_>) -> Markup {
    let sample = |kind: Kind, title: &str| {
        html! {
            li {
                svg.sample viewBox="0 0 44 14" aria-hidden="true" {
                    @if matches!(kind, Kind::Baseline | Kind::Other) { path class=(class(0, kind)) d="M22,7h0" {} }
                    @else { polyline class=(class(0, kind)) points="4,7 40,7" {} }
                }
                (page.say(title))
            }
        }
    };
    html! {
        ul.legend {
            (sample(Kind::Actual, "page-actual"))
            (sample(Kind::Target, "page-target"))
            (sample(Kind::Baseline, "page-baseline"))
            (sample(Kind::Other, "page-other"))
            li {
                svg.sample viewBox="0 0 44 22" aria-hidden="true" { circle.ring.own cx="22" cy="11" r="9" {} }
                (page.say("page-ring"))
            }
            li { (page.say("page-shapes")) }
            li {
                svg.sample viewBox="0 0 44 14" aria-hidden="true" { path.axis d={ "M2,8" (BREAK) "H42" } {} }
                (page.say("page-cut"))
            }
        }
    }
}

/// Charts that are not drawn yet: the name and the findings to look for, and the chart as a text.
fn waiting(page: &Lookup<'_>, group: usize, charts: &[&Chart]) -> Markup {
    let items: Vec<(&str, String, bool)> = charts
        .iter()
        .map(|chart| (chart.name.as_str(), card(page, chart).into_string(), !named(page, chart).is_empty()))
        .collect();
    // Within a script nothing may look like its end.
    let data = in_json(serde_json::to_string(&items).unwrap_or_default()).replace('<', "\\u003c");
    html! {
        p.more {
            button type="button" hidden data-more=(group) { (page.say("page-charts-more")) }
            span { (page.tell("page-charts-waiting", &[("count", &charts.len())])) }
        }
        script type="application/json" id={ "charts-" (group) } { (PreEscaped(data)) }
    }
}

/// The findings about the figures of a chart.
fn named(page: &Lookup<'_>, chart: &Chart) -> Vec<usize> {
    let mut named: Vec<usize> = Vec::new();
    for point in chart.panels.iter().flat_map(|p| &p.lines).flat_map(|l| &l.points) {
        named.extend(page.about(point.span).iter().chain(page.against(point.span)));
    }
    named.sort_unstable();
    named.dedup();
    named
}

fn card(page: &Lookup<'_>, chart: &Chart) -> Markup {
    let named = named(page, chart);
    html! {
        article.card.wide[chart.documents.len() > 1].wrong[!named.is_empty()] {
            h4 { (text::name(&chart.name)) }
            p.stands { (stands(page, chart)) }
            @for panel in &chart.panels { (self::panel(page, chart, panel)) }
            @if chart.documents.len() > 1 {
                ul.documents {
                    @for (n, document) in chart.documents.iter().enumerate() {
                        li {
                            svg.shape viewBox="0 0 16 16" aria-hidden="true" {
                                path class=(class(n % SHAPES, Kind::Actual)) d="M8,8h0" {}
                            }
                            (text::name(document))
                        }
                    }
                }
            } @else { @for document in &chart.documents { p.documents { (text::name(document)) } } }
            @if !named.is_empty() {
                ul.flags {
                    @for item in named.iter().take(MOST_NAMED).filter_map(|n| page.drawn.get(*n)) {
                        li class=(word(item.finding.severity)) {
                            a href={ "#" (item.id) } {
                                (sign(item.finding.severity))
                                " " (text::name(&text::cut(item.finding.message.get(page.report.lang), 90)))
                            }
                        }
                    }
                    @if named.len() > MOST_NAMED {
                        li { (page.tell("page-more-findings", &[("count", &(named.len() - MOST_NAMED))])) }
                    }
                }
            }
        }
    }
}

/// Where an indicator stands: the things around it, without document and 分野.
fn stands(page: &Lookup<'_>, chart: &Chart) -> Markup {
    let facts = page.facts();
    let field = facts.vocabulary.relation("分野");
    let above = std::iter::successors(facts.parent(chart.row), |row| facts.parent(*row));
    let mut above: Vec<_> = above.filter(|row| row.relation != DOCUMENTS && Some(row.relation) != field).collect();
    above.reverse();
    html! {
        @for (n, row) in above.iter().enumerate() {
            @if n > 0 { " › " }
            @let (number, name) = called(facts, *row);
            (text::name(format!("{number} {name}").trim()))
        }
    }
}

fn panel(page: &Lookup<'_>, chart: &Chart, panel: &Panel) -> Markup {
    let scale = Scale::of(panel);
    // A figure that only a text names, in a unit of its own, is no line.
    let drawn = chart.panels.len() == 1 || panel.lines.iter().any(|l| l.kind != Kind::Other);
    let part = char::from_u32(0x245f)
        .filter(|_| panel.part > 0)
        .and_then(|_| char::from_u32(0x245f + u32::try_from(panel.part).unwrap_or(0)).map(String::from));
    let title = format!("{}{}", text::plain(&chart.name), part.as_deref().unwrap_or(""));
    html! {
        @if let Some(part) = &part { p.part { (part) } }
        @if let Some(scale) = scale.as_ref().filter(|_| drawn) {
            (picture(page, panel, scale, (&title, &spoken(page, chart, panel))))
        }
        details.figures {
            summary { (page.say("page-figures")) }
            (table(page, chart, panel, &title))
        }
    }
}

/// The name of a series as the document calls it.
fn series(page: &Lookup<'_>, series: RelationId) -> String {
    let declared = page.facts().vocabulary.relations.get(series.0 as usize);
    declared.map_or_else(String::new, |r| if page.report.lang == Lang::En { r.alias.clone() } else { r.name.clone() })
}

/// A panel in words, for who does not see it.
fn spoken(page: &Lookup<'_>, chart: &Chart, panel: &Panel) -> String {
    let mut out = String::new();
    for line in panel.lines.iter().take(6) {
        let document = chart.documents.get(line.document).map_or("", String::as_str);
        let _ = write!(out, "{} {}: ", text::plain(document), series(page, line.series));
        let values: Vec<String> = line
            .points
            .iter()
            .take(12)
            .map(|p| format!("{} {}", year(page, p.year), text::plain(&text::cut(&p.printed, 40))))
            .collect();
        let _ = write!(out, "{}. ", values.join(", "));
    }
    out.trim_end().to_owned()
}

/// All figures of a panel as they are printed.
fn table(page: &Lookup<'_>, chart: &Chart, panel: &Panel, title: &str) -> Markup {
    let mut years: Vec<_> = panel.lines.iter().flat_map(|l| &l.points).map(|p| p.year).collect();
    years.sort_unstable();
    years.dedup();
    let many = chart.documents.len() > 1;
    html! {
        div.scroll tabindex="0" role="group" aria-label=(title) {
            table {
                thead { tr { td {} @for y in &years { th.number scope="col" { (year(page, *y)) } } } }
                tbody {
                    @for line in &panel.lines {
                        tr {
                            th scope="row" {
                                (series(page, line.series))
                                @if many {
                                    @let document = chart.documents.get(line.document).map_or("", String::as_str);
                                    span.path { (text::name(document)) }
                                }
                            }
                            @for y in &years { (values(page, line, *y)) }
                        }
                    }
                }
            }
        }
    }
}

fn values(page: &Lookup<'_>, line: &Line, year: Option<crate::value::FiscalYear>) -> Markup {
    let points: Vec<_> = line.points.iter().filter(|p| p.year == year).collect();
    html! {
        td.number.wrong[points.iter().any(|p| page.is_wrong(p.span))] {
            @for (n, point) in points.iter().enumerate() { @if n > 0 { br; } (text::name(&point.printed)) }
        }
    }
}
