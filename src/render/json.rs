//! JSON for machines; its schema is `docs/findings.schema.json`.
use serde::Serialize;

use crate::findings::{Finding, Lang, count};
use crate::text::{Severity, Sources, Span};

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    findings: Vec<JsonFinding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    documents: usize,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    location: Location<'a>,
    text: &'a str,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

fn location(sources: &Sources, span: Span) -> Location<'_> {
    let Some(source) = sources.get(span.source) else {
        return Location { path: "", line: 1, column: 1, end_line: 1, end_column: 1 };
    };
    let (start, end) = (source.position(span.range().start), source.position(span.range().end));
    Location { path: &source.path, line: start.line, column: start.column, end_line: end.line, end_column: end.column }
}

/// The word for a severity in data.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// All findings as one JSON object, ending with a line break.
#[must_use]
pub fn json(findings: &[Finding], sources: &Sources, documents: usize, lang: Lang) -> String {
    let counts = count(findings);
    let findings = findings.iter().map(|f| JsonFinding {
        rule: &f.rule,
        severity: severity(f.severity),
        message: f.message.in_lang(lang),
        help: f.help.as_ref().map(|h| h.in_lang(lang)),
        location: location(sources, f.span),
        text: sources.text(f.span),
        related: f
            .related
            .iter()
            .map(|l| Related {
                message: l.message.in_lang(lang),
                location: location(sources, l.span),
                text: sources.text(l.span),
            })
            .collect(),
    });
    let summary = Summary { errors: counts.errors, warnings: counts.warnings, infos: counts.infos, documents };
    let report = Report { version: 1, findings: findings.collect(), summary };
    // Texts and numbers always serialise.
    serde_json::to_string_pretty(&report).map_or_else(|e| format!("{{\"error\":{:?}}}\n", e.to_string()), |t| t + "\n")
}
