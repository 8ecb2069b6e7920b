//! What the rules of the drawn findings say, once each; the findings lead here.
use std::collections::BTreeSet;

use maud::{Markup, html};

use super::lookup::Lookup;
use super::text;
use crate::render::manual::explanation;

/// The anchor of a rule.
pub(super) fn anchor(rule: &str) -> String {
    format!("rule-{rule}")
}

/// The section; nothing if there are no findings.
pub(super) fn section(page: &Lookup<'_>) -> Option<Markup> {
    let mut known = BTreeSet::new();
    let mut rules: Vec<_> = page.drawn.iter().map(|i| i.finding).filter(|f| known.insert(f.rule.as_str())).collect();
    rules.sort_by_key(|f| (std::cmp::Reverse(f.severity), f.rule.as_str()));
    if rules.is_empty() {
        return None;
    }
    let lang = page.report.lang;
    let said = |code: &str| match page.report.pack.find(code).and_then(|n| page.report.pack.rules.get(n)) {
        Some(rule) => explanation(rule),
        None => page.report.messages.explanation(code).unwrap_or_default(),
    };
    Some(html! {
        dl.rules {
            @for finding in rules {
                div id=(anchor(&finding.rule)) {
                    dt {
                        (text::name(finding.name.get(lang)))
                        @if finding.name.get(lang) != finding.rule { " " code { (text::name(&finding.rule)) } }
                    }
                    dd { @for line in said(&finding.rule).get(lang).lines() { p { (text::pieces(line.trim())) } } }
                }
            }
        }
    })
}
