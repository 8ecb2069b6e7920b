//! What a rule is about, for people: a page at the terminal, and the manual of all built-in rules.
use std::fmt::Write as _;

use super::wrap::wrap;
use crate::findings::{Lang, Messages, Wording};
use crate::rules::{BUILT_IN, Pack, code};
use crate::syntax::rules::{Piece, Rule, RuleTest, Sentence, Template};
use crate::text::{SourceId, Sources};

/// The page of one rule: what it is for, what to do, a plan that it reports and one that it does not.
#[must_use]
pub fn page(rule: &Rule, sources: &Sources, messages: &Messages, lang: Lang, width: usize) -> String {
    let say = |id: &str| messages.text(lang, id, &[]);
    let severity = messages.severity(lang, rule.gravest());
    let mut out = format!("{} ({}) — {severity}\n", rule.name.node, code(rule));
    let tags: Vec<&str> = rule.tags.iter().map(|t| t.node.as_str()).collect();
    if !tags.is_empty() {
        let _ = writeln!(out, "{}: {}", say("manual-tags"), tags.join("、"));
    }
    out.push('\n');
    let mut paragraph = |text: &str| {
        if text.starts_with('\n') {
            out.push('\n');
        }
        for line in text.trim_start().lines().flat_map(|l| wrap(l, width)) {
            let _ = writeln!(out, "{line}");
        }
    };
    paragraph(explanation(rule).get(lang));
    if let Some(help) = &rule.body.help {
        paragraph(&format!("\n{}: {}", say("word-help"), written(help, sources).get(lang)));
    }
    for parameter in &rule.body.parameters {
        let default = sources.text(parameter.default.span);
        let meaning = written(&parameter.meaning, sources);
        paragraph(&format!(
            "\n{}: {} = {default}  {}",
            say("manual-parameter"),
            parameter.name.node,
            meaning.get(lang)
        ));
    }
    for (title, plan) in plans(rule, sources, messages, lang) {
        let _ = write!(out, "\n{title}:\n{}", indented(&plan, "  "));
    }
    out
}

/// A plan that a rule reports and one that it does not, each under a title.
pub(super) fn plans(rule: &Rule, sources: &Sources, messages: &Messages, lang: Lang) -> Vec<(String, String)> {
    let titles = [(false, "manual-reported"), (true, "manual-silent")].into_iter();
    let found =
        titles.filter_map(|(passes, title)| Some((title, rule.about.tests.iter().find(|t| t.passes == passes)?)));
    found.map(|(title, test)| (messages.text(lang, title, &[]), example(test, sources))).collect()
}

/// What a rule is about, in Markdown for editors: the page without its plans.
#[must_use]
pub fn markdown(rule: &Rule, sources: &Sources, messages: &Messages, lang: Lang) -> String {
    let severity = messages.severity(lang, rule.gravest());
    let mut out = format!("**{}** `{}` — {severity}\n\n", plain(&rule.name.node), code(rule));
    let paragraph = |text: &str| text.lines().map(|line| plain(line.trim())).collect::<Vec<_>>().join("  \n");
    let _ = writeln!(out, "{}", paragraph(explanation(rule).get(lang)));
    if let Some(help) = &rule.body.help {
        let _ = writeln!(out, "\n→ {}", paragraph(written(help, sources).get(lang)));
    }
    for parameter in &rule.body.parameters {
        let (default, meaning) = (sources.text(parameter.default.span), written(&parameter.meaning, sources));
        let title = messages.text(lang, "manual-parameter", &[]);
        let _ = writeln!(out, "\n{title} `{}` = `{default}`: {}", parameter.name.node, plain(meaning.get(lang)));
    }
    out
}

/// A text in which no mark means anything in Markdown.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What a 設定 of a rule is for, as its author wrote it.
#[must_use]
pub fn parameter(rule: &Rule, number: usize, sources: &Sources, lang: Lang) -> Option<String> {
    let parameter = rule.body.parameters.get(number)?;
    let meaning = written(&parameter.meaning, sources);
    Some(format!(
        "`{}` = `{}`: {}",
        parameter.name.node,
        sources.text(parameter.default.span),
        plain(meaning.get(lang))
    ))
}

/// One line a rule, and below them one line a fault of form.
#[must_use]
pub fn list(pack: &Pack, messages: &Messages, lang: Lang) -> String {
    let mut out = String::new();
    let widest = pack.rules.iter().map(|r| code(r).len()).chain(messages.codes().map(str::len)).max().unwrap_or(0);
    for rule in &pack.rules {
        let severity = messages.severity(lang, rule.gravest());
        let severity = if lang == Lang::En { format!("{severity:<7}") } else { severity };
        let tests = messages.text(lang, "rules-tests", &[("count", &rule.about.tests.len())]);
        let title = match lang {
            Lang::Ja => rule.name.node.clone(),
            Lang::En => first_sentence(explanation(rule).get(lang)),
        };
        let _ = writeln!(out, "{severity}  {:<widest$}  {title}  ({tests})", code(rule));
    }
    let _ = writeln!(out, "\n{}", messages.text(lang, "rules-faults", &[]));
    for fault in messages.codes() {
        let _ = writeln!(out, "  {fault:<widest$}  {}", messages.title(fault).get(lang));
    }
    out
}

/// The manual of the built-in rules in Markdown, a chapter for each rule file: Japanese, English below it.
#[must_use]
pub fn manual(pack: &Pack, sources: &Sources, messages: &Messages) -> String {
    let both = |id: &'static str| messages.wording(&crate::text::Message::new(id));
    let mut out =
        format!("# {}\n{}\n\n*{}*\n", both("manual-title").ja, both("manual-intro").ja, both("manual-intro").en);
    for (path, text) in BUILT_IN {
        let here = |id: SourceId| sources.get(id).is_some_and(|s| s.path == *path);
        let rules: Vec<&Rule> = pack.rules.iter().filter(|r| here(r.span.source)).collect();
        if rules.is_empty() {
            continue;
        }
        let mut head = text.lines().filter_map(|l| l.strip_prefix("# "));
        let (ja, en) = (head.next().unwrap_or(path), head.next().unwrap_or(""));
        let _ = write!(out, "\n## {ja}\n*{en}*\n");
        for rule in rules {
            chapter(&mut out, rule, sources, messages);
        }
    }
    out
}

fn chapter(out: &mut String, rule: &Rule, sources: &Sources, messages: &Messages) {
    let severity = |lang| messages.severity(lang, rule.gravest());
    let _ = write!(out, "\n### {} `{}`\n{} / {}", rule.name.node, code(rule), severity(Lang::Ja), severity(Lang::En));
    for tag in &rule.tags {
        let _ = write!(out, " · `--select {}`", tag.node);
    }
    let text = explanation(rule);
    let _ = write!(out, "\n\n{}\n\n*{}*\n", text.ja, text.en.replace('*', "\\*"));
    if let Some(help) = &rule.body.help {
        let help = written(help, sources);
        let _ = write!(out, "\n→ {} *{}*\n", help.ja, help.en);
    }
    for parameter in &rule.body.parameters {
        let meaning = written(&parameter.meaning, sources);
        let default = sources.text(parameter.default.span);
        let _ = write!(out, "\n設定 `{}` = `{default}`: {} *{}*\n", parameter.name.node, meaning.ja, meaning.en);
    }
    for (passes, title) in [(false, "manual-reported"), (true, "manual-silent")] {
        if let Some(test) = rule.about.tests.iter().find(|t| t.passes == passes) {
            let title = messages.wording(&crate::text::Message::new(title));
            let _ = write!(out, "\n{} / {}:\n```\n{}```\n", title.ja, title.en, example(test, sources));
        }
    }
}

pub(super) fn explanation(rule: &Rule) -> Wording {
    let text = |t: &Option<crate::syntax::Spanned<String>>| t.as_ref().map_or("", |t| t.node.trim()).to_owned();
    Wording { ja: text(&rule.about.explanation.0), en: text(&rule.about.explanation.1) }
}

/// A sentence as its author wrote it, the expressions in it in braces.
fn written(sentence: &Sentence, sources: &Sources) -> Wording {
    let text = |template: &Option<Template>| {
        let pieces = template.iter().flat_map(|t| &t.pieces);
        pieces
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Hole(expr, _) => format!("{{{}}}", sources.text(expr.span)),
            })
            .collect()
    };
    Wording { ja: text(&sentence.ja), en: text(&sentence.en) }
}

/// The plan of a test without the indent that it has in its rule.
fn example(test: &RuleTest, sources: &Sources) -> String {
    let text = sources.text(test.plan);
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|l| !l.trim().is_empty()).collect();
    let indent = |l: &&str| l.chars().take_while(|c| c.is_whitespace()).count();
    // The first line may stand beside the brace.
    let beside = !text.starts_with(['\n', '\r']);
    let common = lines.iter().skip(usize::from(beside)).map(indent).min().unwrap_or(0);
    let mut out = String::new();
    for (n, line) in lines.iter().enumerate() {
        let line = if n == 0 && beside { line.trim_start().to_owned() } else { line.chars().skip(common).collect() };
        let _ = writeln!(out, "{line}");
    }
    out
}

fn indented(text: &str, by: &str) -> String {
    text.lines().fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "{by}{line}");
        out
    })
}

fn first_sentence(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    line.split_inclusive(". ").next().unwrap_or(line).trim().to_owned()
}
