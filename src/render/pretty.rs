//! Findings for people, drawn by miette with our own words.
use std::fmt::{self, Write as _};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};

use super::snippet::Window;
use crate::findings::{Finding, Lang, Messages, count};
use crate::text::{Severity, SourceId, Sources, Span};

/// How findings are drawn.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Language.
    pub lang: Lang,
    /// Whether to colour.
    pub color: bool,
    /// Width in columns.
    pub width: usize,
}

/// One file's part of a finding, as miette wants it.
#[derive(Debug)]
struct Part<'s> {
    title: String,
    severity: miette::Severity,
    window: Window<'s>,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for Part<'_> {}

impl Diagnostic for Part<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.window)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// The narrowest window that is drawn for.
const NARROWEST: usize = 40;

/// Draws all findings.
#[must_use]
pub fn pretty(findings: &[Finding], sources: &Sources, messages: &Messages, look: &Look) -> String {
    let mut out = String::new();
    for finding in findings {
        one(finding, sources, messages, look, &mut out);
        out.push('\n');
    }
    out
}

fn one(finding: &Finding, sources: &Sources, messages: &Messages, look: &Look, out: &mut String) {
    let say = |id: &str| messages.wording(id, &[]).in_lang(look.lang).to_owned();
    let (word, severity) = match finding.severity {
        Severity::Error => (say("severity-error"), miette::Severity::Error),
        Severity::Warning => (say("severity-warning"), miette::Severity::Warning),
        Severity::Info => (say("severity-info"), miette::Severity::Advice),
    };
    let name = finding.name.in_lang(look.lang);
    let code = if name == finding.rule { String::new() } else { format!(" ({})", finding.rule) };
    let (bold, color, plain) = match (look.color, finding.severity) {
        (false, _) => ("", "", ""),
        (true, Severity::Error) => ("\u{1b}[1m", "\u{1b}[31m", "\u{1b}[0m"),
        (true, Severity::Warning) => ("\u{1b}[1m", "\u{1b}[33m", "\u{1b}[0m"),
        (true, Severity::Info) => ("\u{1b}[1m", "\u{1b}[36m", "\u{1b}[0m"),
    };
    // Writing to a String cannot fail, so the results are dropped.
    let _ = writeln!(out, "{color}{word}{plain} {bold}{name}{plain}{code}");
    let styles = if look.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let characters =
        ThemeCharacters { error: "×".into(), warning: "!".into(), advice: "→".into(), ..ThemeCharacters::unicode() };
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(look.width.max(NARROWEST))
        .with_links(false)
        .without_cause_chain()
        .with_context_lines(1);
    let mut files: Vec<SourceId> = vec![finding.span.source];
    for label in &finding.related {
        if !files.contains(&label.span.source) {
            files.push(label.span.source);
        }
    }
    for (i, file) in files.into_iter().enumerate() {
        let Some(source) = sources.get(file) else { continue };
        let here = |span: Span| span.range().start..span.range().end.min(source.text.len());
        let mut spans: Vec<(Span, String)> = Vec::new();
        if i == 0 {
            spans.push((finding.span, say("word-here")));
        }
        for label in finding.related.iter().filter(|l| l.span.source == file) {
            let text = label.message.in_lang(look.lang);
            match spans.iter_mut().find(|s| s.0 == label.span) {
                Some((_, known)) => {
                    known.push_str(" / ");
                    known.push_str(text);
                }
                None => spans.push((label.span, text.to_owned())),
            }
        }
        let labels: Vec<LabeledSpan> = spans
            .iter()
            .enumerate()
            .map(|(n, (span, text))| {
                let range = here(*span);
                let (start, length) = (range.start, range.len());
                let make = if n == 0 { LabeledSpan::new_primary_with_span } else { LabeledSpan::new_with_span };
                make(Some(text.clone()), (start, length))
            })
            .collect();
        let start = spans.iter().map(|s| s.0.range().start).min().unwrap_or(0);
        let end = spans.iter().map(|s| s.0.range().end).max().unwrap_or(0);
        let (title, severity) = if i == 0 {
            (finding.message.in_lang(look.lang).to_owned(), severity)
        } else {
            (say("word-see-also"), miette::Severity::Advice)
        };
        let part = Part { title, severity, window: Window { source, labels: start..end }, labels };
        if handler.render_report(out, &part).is_err() {
            let _ = writeln!(out, "  {part}");
        }
    }
    if let Some(help) = &finding.help {
        let lead = format!("  {}: ", say("word-help"));
        let indent = " ".repeat(4);
        let options =
            textwrap::Options::new(look.width.max(NARROWEST)).initial_indent(&lead).subsequent_indent(&indent);
        let _ = writeln!(out, "{}", textwrap::fill(help.in_lang(look.lang), options));
    }
}

/// The last line: what was found, in how many documents.
#[must_use]
pub fn summary(findings: &[Finding], documents: usize, messages: &Messages, lang: Lang) -> String {
    let counts = count(findings);
    let documents = ("documents", documents.to_string());
    if findings.is_empty() {
        return messages.wording("summary-none", &[documents]).in_lang(lang).to_owned();
    }
    let parts =
        [("summary-errors", counts.errors), ("summary-warnings", counts.warnings), ("summary-infos", counts.infos)];
    let shown = parts
        .into_iter()
        .filter(|p| p.1 > 0)
        .map(|(id, n)| messages.wording(id, &[("count", n.to_string())]).in_lang(lang).to_owned());
    let join = messages.wording("summary-join", &[]).in_lang(lang).to_owned();
    let join = if lang == Lang::En { ", ".to_owned() } else { join };
    let counts = shown.collect::<Vec<_>>().join(&join);
    messages.wording("summary-line", &[("counts", counts), documents]).in_lang(lang).to_owned()
}
