//! The tests that stand beside a rule: small plans that must pass or fail it.
use super::pack::{Pack, code};
use super::run::Violation;
use super::{Shared, Strategy, read_plans, run_on};
use crate::syntax::Spanned;
use crate::syntax::rules::RuleTest;
use crate::text::near::likeness;
use crate::text::{Fault, Message, Sources, Span, Stop};

/// Runs the tests of all rules whose code or name `wanted` accepts. Gives how many ran, and a fault for
/// each that failed. The first that meets a limit of `stop` is the last one.
pub fn run_tests(pack: &Pack, sources: &Sources, wanted: impl Fn(&str) -> bool, stop: &Stop) -> (usize, Vec<Fault>) {
    let (mut count, mut failed) = (0, Vec::new());
    for (number, rule) in pack.rules.iter().enumerate() {
        // A rule that could not be loaded has been reported; its tests would only say so again.
        if !wanted(code(rule)) || pack.typed(number).is_empty() {
            continue;
        }
        for test in &rule.about.tests {
            count += 1;
            let workspace = read_plans(pack, sources, &[(test.plan, "試験".to_owned())]);
            let only = |n| n == number;
            let outcome = run_on(&Shared::new(&workspace, sources, pack, Strategy::Planned), only, stop);
            if stop.met().is_some() {
                failed.push(Fault::error("rule-test-limit", head(test, sources)).with("name", code(rule)));
                return (count, failed);
            }
            let mut found = outcome.violations;
            found.sort_by(|a, b| (a.span, &a.message.ja).cmp(&(b.span, &b.message.ja)));
            let broken = workspace.faults.first().map(|f| format!("{} {}", f.code, sources.text(f.span)));
            let unmet = unmet(test, &found, sources);
            let right = match (test.passes, test.expected.is_empty()) {
                (true, _) => found.is_empty(),
                (false, true) => !found.is_empty(),
                (false, false) => found.len() == test.expected.len() && unmet.is_empty(),
            };
            if right && broken.is_none() {
                continue;
            }
            let wanted: Vec<&str> = test.expected.iter().map(|e| e.node.as_str()).collect();
            let expected = match (test.passes, wanted.is_empty()) {
                (true, _) => "0".to_owned(),
                (false, true) => "≥ 1".to_owned(),
                (false, false) => wanted.join("、"),
            };
            let texts: Vec<&str> = found.iter().map(|v| printed(v, sources)).collect();
            let shown = broken.unwrap_or_else(|| if texts.is_empty() { "0".to_owned() } else { texts.join("、") });
            let mut fault = Fault::error("rule-test-failed", head(test, sources))
                .with("name", code(rule))
                .with("expected", expected)
                .with("found", shown);
            for span in unmet {
                let message = Message::new("test-expected-here").with("text", sources.text(span).trim_matches('"'));
                fault = fault.related(span, message);
            }
            for (at, violation) in found.iter().enumerate() {
                let (ja, en) = told(violation, test.messages.get(at).and_then(Option::as_ref));
                fault = fault.related(violation.span, Message::new("test-found-here").with("ja", ja).with("en", en));
            }
            failed.push(fault);
        }
    }
    (count, failed)
}

/// The words that begin a test: what it expects and its plan have labels of their own.
fn head(test: &RuleTest, sources: &Sources) -> Span {
    let end = test.expected.first().map_or(test.plan.start, |e| e.span.start);
    let words = Span { end, ..test.span };
    let length = sources.text(words).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '｛')).len();
    Span::new(words.source, words.range().start..words.range().start + length)
}

/// The text under a finding, without the quotes of a name.
fn printed<'s>(violation: &Violation, sources: &'s Sources) -> &'s str {
    sources.text(violation.span).trim_matches('"')
}

/// The texts of a test's head that the findings, in their order, do not bear out.
fn unmet(test: &RuleTest, found: &[Violation], sources: &Sources) -> Vec<Span> {
    let mut unmet = Vec::new();
    for (at, expected) in test.expected.iter().enumerate() {
        let message = test.messages.get(at).and_then(Option::as_ref);
        match found.get(at) {
            Some(violation) if printed(violation, sources) == expected.node => {
                let said = &violation.message;
                unmet.extend(message.filter(|m| ![&said.ja, &said.en].contains(&&m.node)).map(|m| m.span));
            }
            _ => unmet.push(expected.span),
        }
    }
    unmet
}

/// What a finding says in each language; beside a demanded sentence, in the language of that one.
fn told<'v>(violation: &'v Violation, demanded: Option<&Spanned<String>>) -> (&'v str, &'v str) {
    let (ja, en) = (violation.message.ja.as_str(), violation.message.en.as_str());
    match demanded {
        Some(demanded) if likeness(&demanded.node, en) > likeness(&demanded.node, ja) => (en, en),
        Some(_) => (ja, ja),
        None => (ja, en),
    }
}
