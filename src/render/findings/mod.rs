//! Findings in the form that each reader needs: people, and programs that show them to people. One file a format.
pub mod json;

mod concise;
mod csv;
mod github;
mod gitlab;
mod junit;
mod known;
mod markdown;
mod place;
mod rdjson;
mod sarif;
#[cfg(test)]
mod tests;

use super::pretty::{self, Options};
use super::report::Report;
use crate::text::visible::shown;
use crate::text::{Severity, Sources, Span};

/// A format in which findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Boxes at a terminal.
    Pretty,
    /// One line each.
    Concise,
    /// One JSON value.
    Json,
    /// One JSON value a line.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Code quality of GitLab.
    Gitlab,
    /// JUnit, as Jenkins reads it.
    Junit,
    /// The Diagnostic Format of reviewdog.
    Rdjson,
    /// A comment on a change.
    Markdown,
    /// A table for Excel.
    Csv,
}

/// All formats with their names on the command line.
pub const FORMATS: [(&str, Format); 11] = [
    ("pretty", Format::Pretty),
    ("concise", Format::Concise),
    ("json", Format::Json),
    ("jsonl", Format::Jsonl),
    ("sarif", Format::Sarif),
    ("github", Format::Github),
    ("gitlab", Format::Gitlab),
    ("junit", Format::Junit),
    ("rdjson", Format::Rdjson),
    ("markdown", Format::Markdown),
    ("csv", Format::Csv),
];

impl Format {
    /// The format of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        FORMATS.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }
}

/// The findings in a format. `options` are for a terminal; `complete` is false where the run itself failed, so that there
/// may be more to find.
#[must_use]
pub fn findings(format: Format, report: &Report<'_>, options: &Options, complete: bool) -> String {
    match format {
        Format::Pretty => {
            let Report { findings, sources, summary, messages, lang, .. } = *report;
            let drawn = pretty::pretty(findings, sources, messages, options);
            if options.counts { drawn + &pretty::summary(summary, messages, lang) + "\n" } else { drawn }
        }
        Format::Concise => concise::concise(report, options.counts),
        Format::Json => json::json(report),
        Format::Jsonl => json::jsonl(report),
        Format::Sarif => sarif::sarif(report, complete),
        Format::Github => github::github(report, options.counts),
        Format::Gitlab => gitlab::gitlab(report),
        Format::Junit => junit::junit(report),
        Format::Rdjson => rdjson::rdjson(report),
        Format::Markdown => markdown::markdown(report),
        Format::Csv => csv::csv(report),
    }
}

/// One word of three for a severity: for errors, warnings and information.
fn one_of(severity: Severity, words: [&'static str; 3]) -> &'static str {
    let [error, warning, info] = words;
    match severity {
        Severity::Error => error,
        Severity::Warning => warning,
        Severity::Info => info,
    }
}

/// A text on one line, in which nothing moves the cursor or turns the reading direction.
fn line(text: &str) -> String {
    shown(&text.replace("\r\n", "\n"))
}

/// A text of several lines, in which nothing but their ends moves the cursor.
fn lines(text: &str) -> String {
    text.lines().map(shown).collect::<Vec<_>>().join("\n")
}

/// What is printed at a place, on one line and without the quotes that the file has around it.
fn printed(span: Span, sources: &Sources) -> String {
    let text = sources.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let quotes = [('"', '"'), ('“', '”'), ('「', '」')];
    let inside = quotes.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    line(inside.unwrap_or(&text))
}

/// The beginning of a text, with an ellipsis where there is more than `most` characters.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// The numbers of the `most` gravest findings, in the order of all of them.
fn gravest(report: &Report<'_>, most: usize) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..report.findings.len()).collect();
    if numbers.len() > most {
        numbers.sort_by_key(|n| std::cmp::Reverse(report.findings.get(*n).map(|f| f.severity)));
        numbers.truncate(most);
        numbers.sort_unstable();
    }
    numbers
}

/// That a format does not hold all findings; `None` if it does.
fn left_out(report: &Report<'_>, kept: usize) -> Option<String> {
    let (all, left) = (report.findings.len(), report.findings.len().saturating_sub(kept));
    let arguments: [(&'static str, &dyn ToString); 3] = [("all", &all), ("kept", &kept), ("left", &left)];
    (left > 0).then(|| report.messages.text(report.lang, "formats-left-out", &arguments))
}
