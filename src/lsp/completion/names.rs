//! Names of rules, faults of form, tags and sets, wherever a rule may be named.
use std::collections::BTreeSet;

use gen_lsp_types::CompletionItemKind as Kind;

use super::Scene;
use super::choice::Choice;
use crate::findings::Lang;
use crate::rules::code;

/// All that may be written where a rule is named; those of `first` before the others. Settings hold codes, comments names.
pub(super) fn rules(scene: &Scene<'_>, first: &[&str], codes: bool) -> Vec<Choice> {
    let mut out = Vec::new();
    for rule in &scene.pack.rules {
        let (code, name) = (code(rule), rule.name.node.as_str());
        let (label, other) = if codes || scene.english { (code, name) } else { (name, code) };
        let explained = match scene.lang {
            Lang::Ja => rule.about.explanation.0.as_ref(),
            Lang::En => rule.about.explanation.1.as_ref(),
        };
        let detail = format!("{other} · {}", scene.messages.severity(scene.lang, rule.gravest()));
        let choice = Choice::new(Kind::Reference, label).other(other).detail(detail);
        let text = explained.map_or("", |e| e.node.lines().find(|l| !l.trim().is_empty()).unwrap_or("").trim());
        out.push((code, choice.documentation(text)));
    }
    for set in scene.config.sets.values() {
        out.push(("", Choice::new(Kind::Enum, set.name.text.clone()).detail(scene.say("lsp-choice-set"))));
    }
    let tags: BTreeSet<&str> = scene.pack.rules.iter().flat_map(|r| r.tags.iter().map(|t| t.node.as_str())).collect();
    out.extend(tags.into_iter().map(|t| ("", Choice::new(Kind::Enum, t).detail(scene.say("lsp-choice-tag")))));
    for fault in scene.messages.codes() {
        let title = scene.messages.title(fault);
        let choice = Choice::new(Kind::Constant, fault).other(title.ja.clone());
        out.push((fault, choice.detail(format!("{} · {}", title.get(scene.lang), scene.say("lsp-choice-form")))));
    }
    // A stable sort: what is near comes first, in the order of the places.
    out.sort_by_key(|(code, _)| first.iter().position(|f| f == code).unwrap_or(usize::MAX));
    out.into_iter().map(|(_, choice)| choice).collect()
}
