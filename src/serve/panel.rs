//! The live part of the page: where files are dropped, and what was found in those that were.
use maud::{Markup, html};

use super::Project;
use super::look::{Guest, Look, Reading};
use super::shelf::{LARGEST, MOST};
use crate::findings::{Counts, Finding, Identities, Lang};
use crate::render::html::anchor;

/// Findings that are listed of a file; the report below has all of them.
const SHOWN: usize = 50;
/// Endings of the files that are taken.
const ACCEPT: &str = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.plan,.json,.yaml,.yml,.rules";
/// The sentences that the script needs.
const SENTENCES: [(&str, &str); 6] = [
    ("data-checking", "serve-checking"),
    ("data-renewed", "serve-renewed"),
    ("data-lost", "serve-lost"),
    ("data-large", "serve-large"),
    ("data-failed", "serve-send-failed"),
    ("data-here", "serve-let-go"),
];

/// What the panel has to say.
pub(super) enum Said<'a> {
    /// What was found.
    Look(&'a Look),
    /// A sentence, since there is nothing else.
    Sentence(&'static str),
}

/// The panel of the edition `id`.
pub(super) fn panel(project: &Project, id: &str, said: &Said<'_>) -> Markup {
    let say = |id: &str| project.say(id, &[]);
    let most = LARGEST >> 20;
    let limits: [(&'static str, &dyn ToString); 2] = [("most", &most), ("count", &MOST)];
    html! {
        section #live data-edition=(id) data-limit=(LARGEST) aria-labelledby="live-title" {
            h2 #live-title { (say("serve-panel")) }
            label #live-drop for="live-choose" {
                span { (say("serve-drop")) }
                input #live-choose type="file" multiple accept=(ACCEPT);
                small { (project.say("serve-drop-note", &limits)) }
            }
            p #live-state role="status" aria-live="polite" {}
            p #live-trouble role="alert" hidden {}
            @match said {
                Said::Sentence(id) => p.live-notice { (say(id)) },
                Said::Look(look) => (found(project, look)),
            }
            div #live-words hidden {
                @for (name, id) in SENTENCES { span data-word=(name.trim_start_matches("data-")) { (say(id)) } }
            }
        }
    }
}

fn found(project: &Project, look: &Look) -> Markup {
    let empty = look.read.is_empty() && look.guests.is_empty() && look.findings.is_empty();
    let identities = Identities::new(&look.findings, &look.read.sources, &look.read.workspace.facts);
    html! {
        @if let Some(trouble) = &look.trouble { p.live-notice { (trouble) } }
        @if empty { p.live-notice { (project.say("serve-empty", &[])) } }
        @if !look.guests.is_empty() {
            ul #live-guests { @for guest in &look.guests { li.live-guest { (of_guest(project, look, guest, &identities)) } } }
        }
    }
}

fn of_guest(project: &Project, look: &Look, guest: &Guest, identities: &Identities<'_>) -> Markup {
    let say = |id: &str| project.say(id, &[]);
    let all: Vec<&Finding> = guest.findings.iter().filter_map(|n| look.findings.get(*n)).collect();
    let Counts { errors, warnings, infos } = Counts::of(&all.iter().map(|f| (*f).clone()).collect::<Vec<_>>());
    let counts: [(&'static str, &dyn ToString); 3] = [("errors", &errors), ("warnings", &warnings), ("infos", &infos)];
    let held: Vec<String> = guest.held.iter().map(|(name, count)| format!("{name} {count}")).collect();
    let between = if project.lang == Lang::En { ", " } else { "、" };
    html! {
        h3 {
            bdi { (guest.name.as_ref().unwrap_or(&guest.path)) }
            @if let Some(name) = &guest.name {
                " " button type="button" data-remove=(name) { (say("serve-remove")) }
            }
        }
        p {
            @if guest.instead { (project.say("serve-instead", &[("path", &guest.path)])) " " }
            @match &guest.reading {
                Reading::Plain => {},
                Reading::Mapped(path) => (project.say("serve-mapped", &[("path", path)])),
                Reading::Guessed(_) => strong.live-guess { (say("serve-guessed")) },
                Reading::Not => (say("serve-not-read")),
            }
            @if !held.is_empty() { " " (project.say("serve-held", &[("counts", &held.join(between))])) }
        }
        @if let Reading::Guessed(draft) = &guest.reading {
            details { summary { (say("serve-guess-shown")) } pre { (draft) } }
        }
        @if all.is_empty() {
            p { (say(if guest.held.is_empty() { "serve-none-read" } else { "serve-no-findings" })) }
        } @else {
            details open {
                summary { (project.say("serve-findings", &counts)) }
                ol { @for finding in all.iter().take(SHOWN) { li { (of_finding(project, look, finding, identities)) } } }
                @if let Some(more) = all.len().checked_sub(SHOWN).filter(|m| *m > 0) {
                    p { (project.say("serve-more", &[("count", &more)])) }
                }
            }
        }
    }
}

fn of_finding(project: &Project, look: &Look, finding: &Finding, identities: &Identities<'_>) -> Markup {
    let Project { messages, lang, .. } = project;
    let place = look.read.sources.describe(finding.span);
    html! {
        b { (messages.severity(*lang, finding.severity)) } " " a href={ "#" (anchor(&identities.of(finding))) } { bdi { (finding.name.get(*lang)) } }
        @if let Some(place) = place { " " code { bdi { (place) } } }
        br;
        bdi { (finding.message.get(*lang)) }
        @if let Some(help) = &finding.help { br; small { bdi { (help.get(*lang)) } } }
    }
}
