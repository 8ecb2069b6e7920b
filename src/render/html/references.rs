//! What refers to what: the picture of `totsugo graph`, with links to the findings of what is drawn.
use maud::{Markup, PreEscaped, html};

use super::lookup::Lookup;
use crate::render::picture::{Anchor, Options, Subject, figure};

/// The section; nothing if no document refers to anything.
pub(super) fn section(page: &Lookup<'_>) -> Option<Markup> {
    let (report, workspace) = (page.report, page.workspace);
    if workspace.facts.references.is_empty() {
        return None;
    }
    let anchors: Vec<Anchor> = page
        .drawn
        .iter()
        .map(|item| Anchor {
            place: item.finding.span,
            href: format!("#{}", item.id),
            title: item.finding.name.get(report.lang).to_owned(),
        })
        .collect();
    let options = Options { anchors: &anchors, ..Options::default() };
    let subject = Subject {
        facts: &workspace.facts,
        graph: &workspace.graph,
        sources: report.sources,
        messages: report.messages,
        lang: report.lang,
    };
    let drawn = figure(&subject, &options);
    Some(html! {
        p.lead { (page.say("page-references-lead")) }
        (PreEscaped(drawn))
    })
}
