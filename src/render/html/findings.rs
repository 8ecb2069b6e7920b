//! The findings one after the other, each with all its places side by side, and the controls that choose among them.
use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::lookup::{Item, Lookup, MANY};
use super::summary::{SEVERITIES, sign, word};
use super::{place, rules, text};

/// The section.
pub(super) fn section(page: &Lookup<'_>) -> Option<Markup> {
    let all = page.report.findings.len();
    Some(html! {
        @if page.drawn.is_empty() {
            div.nothing { svg.sign aria-hidden="true" { use href="#sign-fine" {} } p { (page.say("page-nothing")) } }
        } @else {
            (controls(page))
            @if page.drawn.len() < all {
                p.note.bounded { (page.tell("page-bounded", &[("shown", &page.drawn.len()), ("count", &all)])) }
            }
            div #list .many[page.drawn.len() > MANY] {
                @for item in &page.drawn { (finding(page, item)) }
            }
            p #none .note hidden { (page.say("page-no-match")) }
        }
    })
}

/// What a reader can choose by; it is of no use without the script, which unhides it.
fn controls(page: &Lookup<'_>) -> Markup {
    let mut documents: BTreeSet<&str> = BTreeSet::new();
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    for item in &page.drawn {
        documents.insert(&item.document);
        named.insert(&item.finding.rule, item.finding.name.get(page.report.lang));
    }
    let fields: BTreeSet<Option<usize>> = page.drawn.iter().map(|i| i.field).collect();
    let lang = page.report.lang;
    let choice = |id: &str, title: &str, options: Vec<(String, String)>| {
        html! {
            label for=(id) { span { (page.say(title)) }
                select id=(id) {
                    option value="" { (page.say("page-all")) }
                    @for (value, shown) in &options { option value=(value) { (shown) } }
                }
            }
        }
    };
    let documents = documents.iter().map(|d| ((*d).to_owned(), text::plain(d))).collect();
    let fields = fields.iter().map(|f| (page.field_name(*f), page.field_name(*f))).collect();
    let rules = named.iter().map(|(code, name)| ((*code).to_owned(), text::plain(name))).collect();
    html! {
        form #filter role="search" aria-label=(page.say("page-filter")) hidden {
            fieldset {
                legend { (page.say("page-severity")) }
                @for (severity, class) in SEVERITIES {
                    @if page.drawn.iter().any(|i| i.finding.severity == severity) {
                        label class=(class) {
                            input type="checkbox" name="s" value=(class) checked;
                            (sign(severity)) (page.report.messages.severity(lang, severity))
                        }
                    }
                }
            }
            (choice("by-document", "page-document", documents))
            (choice("by-field", "page-field", fields))
            (choice("by-rule", "page-rule", rules))
            label for="by-text" { span { (page.say("page-search")) }
                input #by-text type="search" autocomplete="off" spellcheck="false";
            }
            div.end {
                output #shown for="by-document by-field by-rule by-text" aria-live="polite"
                    data-all=(page.say("page-shown-all")) data-some=(page.say("page-shown-some")) {}
                button type="reset" { (page.say("page-reset")) }
            }
            p.keys {
                (page.say("page-keys"))
                " " label { input #keys type="checkbox" checked; (page.say("page-keys-on")) }
            }
        }
    }
}

fn finding(page: &Lookup<'_>, item: &Item<'_>) -> Markup {
    let lang = page.report.lang;
    let Item { finding, id, document, field } = item;
    let name = finding.name.get(lang);
    let whole = page.say("page-whole");
    html! {
        article class={ "finding " (word(finding.severity)) } id=(id) tabindex="-1" aria-labelledby={ (id) "-title" }
            data-s=(word(finding.severity)) data-d=(document) data-f=(page.field_name(*field)) data-r=(finding.rule) {
            header {
                span.severity { (sign(finding.severity)) (page.report.messages.severity(lang, finding.severity)) }
                h3 id={ (id) "-title" } {
                    (text::name(name))
                    @if name != finding.rule { " " code { (text::name(&finding.rule)) } }
                }
                p.home {
                    (text::name(document))
                    @if field.is_some() { span { (text::name(&page.field_name(*field))) } }
                }
                a.self href={ "#" (id) } aria-label=(page.tell("page-link", &[("name", &text::plain(name))])) { "#" }
                button.copy type="button" hidden data-done=(page.say("page-copied")) { (page.say("page-copy")) }
            }
            div.said { (text::sentence(finding.message.get(lang), &whole)) }
            (place::places(page, finding))
            dl.todo {
                @if let Some(help) = finding.help.as_ref().map(|h| h.get(lang)).filter(|h| !h.is_empty()) {
                    div { dt { (page.say("word-help")) } dd { (text::sentence(help, &whole)) } }
                }
                @if let Some(fix) = &finding.fix {
                    div {
                        dt { (page.say(if fix.safe { "page-fix" } else { "page-fix-unsafe" })) }
                        dd.fix {
                            del { (text::name(page.report.sources.text(fix.span).trim())) }
                            span.to { "→" }
                            ins { (text::name(&fix.text)) }
                        }
                    }
                }
            }
            details.why data-rule=(rules::anchor(&finding.rule)) {
                summary { (page.say("page-why")) }
                p { a href={ "#" (rules::anchor(&finding.rule)) } { (page.say("page-why-there")) } }
            }
        }
    }
}
