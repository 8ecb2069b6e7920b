//! Comments that accept findings: `# 許容 規則: 理由`.
use std::collections::BTreeMap;

use gen_lsp_types::CompletionItemKind as Kind;

use super::super::choice::Choice;
use super::super::{Offer, Scene, names};

/// Findings so many lines below a comment are what it is most likely written for.
const NEAR: usize = 40;

pub(super) fn offer(scene: &Scene<'_>, text: &str, mark: usize, at: usize) -> Offer {
    let body = mark + text.get(mark..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
    let written = text.get(body..at).unwrap_or("");
    let trimmed = written.trim_start();
    let start = at - trimmed.len();
    let word = if scene.english { "allow" } else { "許容" };
    let Some(after) = ["許容", "allow"].iter().find_map(|w| trimmed.strip_prefix(w)) else {
        if ["許容", "allow"].iter().any(|w| w.starts_with(trimmed)) {
            let other = if scene.english { "許容" } else { "allow" };
            let choice = Choice::new(Kind::Keyword, word).other(other).insert(format!("{word} "));
            let choice = choice.detail(scene.say("lsp-choice-allow"));
            return Offer { range: start..at, choices: vec![choice] };
        }
        return Offer::nothing(at);
    };
    if !after.starts_with(char::is_whitespace) || after.contains([':', '：']) {
        return Offer::nothing(at);
    }
    let piece = after.rsplit(['、', ',', '，']).next().unwrap_or("").trim_start();
    // A rule and a blank: the last day is what follows, or the reason.
    if piece.ends_with(char::is_whitespace) {
        return Offer::nothing(at);
    }
    let rest = text.get(at..).unwrap_or("");
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '、' | ',' | '，' | ':' | '：'));
    let end = if piece.is_empty() { at } else { end.map_or(text.len(), |n| at + n) };
    Offer { range: at - piece.len()..end, choices: names::rules(scene, &near(scene, mark), false) }
}

/// The codes of findings that stand below a comment, the nearest first.
fn near<'a>(scene: &Scene<'a>, mark: usize) -> Vec<&'a str> {
    let Some(source) = scene.source.and_then(|id| scene.view.read.sources.get(id)) else { return Vec::new() };
    let line = source.line_of(mark);
    let mut found: BTreeMap<usize, Vec<&'a str>> = BTreeMap::new();
    for finding in scene.view.findings.iter().filter(|f| Some(f.span.source) == scene.source) {
        let there = source.line_of(finding.span.range().start);
        // What is wrong with the comment itself is not what it is for.
        let own = there == line && finding.span.range().start >= mark;
        if !own && (line..line + NEAR).contains(&there) {
            found.entry(there).or_default().push(finding.rule.as_ref());
        }
    }
    found.into_values().flatten().collect()
}
