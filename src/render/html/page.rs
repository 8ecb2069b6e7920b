//! The page itself: its head with the policy that lets nothing in, its parts in order, its foot.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::lookup::Lookup;
use super::{charts, findings, rates, rules, summary};
use crate::findings::Lang;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");
/// Shapes that are used again and again: the signs of severities, the points of lines.
const SHAPES: &str = include_str!("shapes.svg");

/// The whole file.
pub(super) fn whole(page: &Lookup<'_>) -> Markup {
    let lang = match page.report.lang {
        Lang::Ja => "ja",
        Lang::En => "en",
    };
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    );
    let parts = [
        ("summary", "page-summary", summary::section(page)),
        ("findings", "page-findings", findings::section(page)),
        ("rates", "page-rates", rates::section(page)),
        ("charts", "page-charts", charts::section(page)),
        ("rules", "page-rules", rules::section(page)),
    ];
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(concat!("totsugo ", env!("CARGO_PKG_VERSION")));
                title { (page.say("page-title")) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { (page.say("page-skip")) }
                (PreEscaped(SHAPES))
                header.top {
                    p.brand { (page.say("page-brand")) }
                    nav aria-label=(page.say("page-contents")) {
                        @for (id, title, part) in &parts {
                            @if part.is_some() { a href={ "#" (id) } { (page.say(title)) } }
                        }
                    }
                }
                main #main {
                    @for (id, title, part) in &parts {
                        @if let Some(part) = part {
                            section id=(id) aria-labelledby={ (id) "-title" } {
                                @if *id == "summary" { h1 id="summary-title" { (page.say("page-title")) } }
                                @else { h2 id={ (id) "-title" } { (page.say(title)) } }
                                (part)
                            }
                        }
                    }
                }
                footer { p { (page.tell("page-foot", &[("version", &env!("CARGO_PKG_VERSION"))])) } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// By this a browser knows that a style or script is ours.
fn digest(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}
