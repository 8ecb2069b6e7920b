//! A comparison as one page that needs nothing else: no script, no network, and its policy forbids both.
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

use super::Shown;
use super::sentences::Told;
use crate::editions::{DocumentChange, Fate};
use crate::findings::Lang;
use crate::render::html::digest;
use crate::text::visible::shown as visible;

const STYLE: &str = include_str!("page.css");

/// The page.
#[must_use]
pub fn html(shown: &Shown<'_>) -> String {
    let names: [(&'static str, &dyn ToString); 2] = [("old", &shown.names[0]), ("new", &shown.names[1])];
    let title = visible(&shown.say("editions-title", &names));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'", digest(STYLE));
    let page = markup! {
        (DOCTYPE)
        html lang=(if shown.lang == Lang::Ja { "ja" } else { "en" }) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    @if shown.torn { p.look { strong { (shown.say("editions-torn", &[])) } } }
                    (summary(shown))
                    @for (number, document) in shown.comparison.documents.iter().enumerate() {
                        (one(shown, document, number))
                    }
                }
            }
        }
    };
    page.into_string() + "\n"
}

/// What happened how often: in all, and by document with a link to it.
fn summary(shown: &Shown<'_>) -> Markup {
    let documents = &shown.comparison.documents;
    markup! {
        @if documents.is_empty() {
            p { (shown.say("editions-none", &[])) }
        } @else {
            ul.counts {
                @for count in shown.counts(&shown.comparison.tally()) { li { (visible(&count)) } }
            }
        }
        @if documents.len() > 1 {
            nav aria-label=(shown.say("editions-documents", &[])) {
                ul {
                    @for (number, document) in documents.iter().enumerate() {
                        li { a href=(format!("#d{number}")) { (visible(&shown.document(document).0)) } }
                    }
                }
            }
        }
    }
}

fn one(shown: &Shown<'_>, document: &DocumentChange, number: usize) -> Markup {
    let (title, places) = shown.document(document);
    let head = Some(&document.head).filter(|h| h.fate != Fate::Kept || !h.changes.is_empty());
    markup! {
        section id=(format!("d{number}")) {
            h2 { (visible(&title)) }
            p.place { (visible(&places)) }
            @if shown.brief {
                ul.counts { @for count in shown.counts(&document.tally()) { li { (visible(&count)) } } }
            } @else {
                @for (n, told) in head.into_iter().chain(&document.entries).map(|e| shown.entry(e)).enumerate() {
                    (entry(shown, &told, &format!("d{number}-{n}")))
                }
            }
        }
    }
}

fn entry(shown: &Shown<'_>, told: &Told, id: &str) -> Markup {
    let class = match told.fate {
        Fate::Added => "added",
        Fate::Dropped => "dropped",
        Fate::Kept => "kept",
        Fate::Unsure => "unsure",
    };
    markup! {
        article class=(class) id=(id) {
            h3 { span.fate { (told.word) } " " (visible(&told.title)) }
            @if !told.lines.is_empty() {
                ul {
                    @for line in &told.lines {
                        li class=[line.grave.then_some("look")] {
                            @if line.grave { strong { (shown.say("editions-look", &[])) } " " }
                            (visible(&line.text))
                        }
                    }
                }
            }
            @for place in &told.places { p.place { (visible(place)) } }
        }
    }
}
