//! Findings for programs, as docs/findings.schema.json describes them: one value, or one a line.
use serde::Serialize;

use super::super::report::Report;
use super::known::{Known, known};
use super::one_of;
use super::place::Places;
use crate::findings::{Finding, Summary};
use crate::text::visible::in_json;
use crate::text::{Span, each_of};

/// Version of the format. It grows when something that was there means something else or is gone.
const VERSION: u32 = 1;

/// The words for severities, the gravest first.
const SEVERITIES: [&str; 3] = ["error", "warning", "info"];

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    location: Location<'a>,
    place: String,
    subject: &'a [String],
    text: &'a str,
    related: Vec<Related<'a>>,
    fix: Option<Mend<'a>>,
    /// The findings that it explains; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    folded: Vec<Folded<'a>>,
}

#[derive(Serialize)]
struct Folded<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    location: Location<'a>,
    place: String,
    text: &'a str,
}

#[derive(Serialize)]
struct Mend<'a> {
    text: &'a str,
    safe: bool,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
    place: String,
    text: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// Of a workbook: the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    /// Of a spreadsheet: the cell (`N12`), or the first and last (`B12:C12`).
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
}

#[derive(Serialize)]
struct Total {
    errors: usize,
    warnings: usize,
    infos: usize,
    documents: usize,
    suppressed: usize,
    baseline: usize,
    before: usize,
}

#[derive(Serialize)]
struct Last {
    version: u32,
    summary: Total,
}

/// The findings in their order as one JSON value, and a line break.
#[must_use]
pub fn json(report: &Report<'_>) -> String {
    let known = known(report);
    let findings = each(report, &known, |item| pretty(item, 2)).join(",\n    ");
    let findings = if findings.is_empty() { "[]".to_owned() } else { format!("[\n    {findings}\n  ]") };
    let summary = pretty(&total(report.summary), 1);
    format!("{{\n  \"version\": {VERSION},\n  \"findings\": {findings},\n  \"summary\": {summary}\n}}\n")
}

/// The findings in their order, each as a JSON value on a line; the last line has the summary.
pub(super) fn jsonl(report: &Report<'_>) -> String {
    let line = |value: String| in_json(value) + "\n";
    let known = known(report);
    let findings = each(report, &known, |item| line(serde_json::to_string(item).unwrap_or_default()));
    let last = Last { version: VERSION, summary: total(report.summary) };
    findings.concat() + &line(serde_json::to_string(&last).unwrap_or_default())
}

/// A value as it stands so deep in a JSON text.
fn pretty(value: &impl Serialize, depth: usize) -> String {
    // Maps with keys that are not text could fail; there are none here. Line breaks stand between what a value consists of only.
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    in_json(text.replace('\n', &format!("\n{}", "  ".repeat(depth))))
}

fn total(summary: Summary) -> Total {
    let Summary { counts, documents, suppressed, baseline, before } = summary;
    let (errors, warnings, infos) = (counts.errors, counts.warnings, counts.infos);
    Total { errors, warnings, infos, documents, suppressed, baseline, before }
}

/// What is made of each finding, on all threads where there are many.
fn each(report: &Report<'_>, known: &[Known], made: impl Fn(&Item<'_>) -> String + Sync) -> Vec<String> {
    let places = Places::new(report);
    let all: Vec<(&Finding, &Known)> = report.findings.iter().zip(known).collect();
    each_of(&all, |(finding, known)| made(&item(report, &places, finding, known)))
}

fn item<'a>(report: &Report<'a>, places: &Places<'a>, finding: &'a Finding, known: &'a Known) -> Item<'a> {
    let Report { sources, lang, .. } = *report;
    Item {
        rule: &finding.rule,
        name: finding.name.get(lang),
        fingerprint: &known.fingerprint,
        severity: one_of(finding.severity, SEVERITIES),
        message: finding.message.get(lang),
        help: finding.help.as_ref().map(|help| help.get(lang)),
        location: location(finding.span, places),
        place: places.word(finding.span),
        subject: &known.subject,
        text: sources.text(finding.span),
        related: finding
            .related
            .iter()
            .map(|label| Related {
                message: label.message.get(lang),
                location: location(label.span, places),
                place: places.word(label.span),
                text: sources.text(label.span),
            })
            .collect(),
        fix: finding.fix.as_ref().map(|fix| Mend {
            text: &fix.text,
            safe: fix.safe,
            location: location(fix.span, places),
        }),
        folded: finding
            .folded
            .iter()
            .map(|folded| Folded {
                rule: &folded.rule,
                severity: one_of(folded.severity, SEVERITIES),
                message: folded.message.get(lang),
                location: location(folded.span, places),
                place: places.word(folded.span),
                text: sources.text(folded.span),
            })
            .collect(),
    }
}

/// A place; in a spreadsheet lines and columns are those of the sheet.
fn location<'a>(span: Span, places: &Places<'a>) -> Location<'a> {
    let Some(source) = places.source(span) else {
        return Location { path: "", line: 1, column: 1, end_line: 1, end_column: 1, sheet: None, cell: None };
    };
    let range = span.range();
    let (start, mut end) = (source.position(range.start), source.position(range.end));
    let (sheet, cell) = places.cell(span).map_or((None, None), |(sheet, cell)| (Some(sheet), Some(cell)));
    if source.grid.is_some() {
        end = source.position(range.end.saturating_sub(1).max(range.start));
        end.column += 1;
    }
    Location {
        path: &source.path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        sheet: sheet.or(source.grid.as_ref().map(|g| g.sheet.as_str())).filter(|sheet| !sheet.is_empty()),
        cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::{Counts, Label, Lang, Messages, Wording};
    use crate::rules::Pack;
    use crate::text::{Severity, Source, Sources};

    fn report(findings: &[Finding], sources: &Sources) -> serde_json::Value {
        let summary = Summary { counts: Counts::of(findings), documents: 2, suppressed: 3, baseline: 4, before: 5 };
        let (pack, messages) = (&Pack::default(), &Messages::new());
        let report = Report { findings, sources, summary, pack, facts: None, messages, lang: Lang::Ja };
        serde_json::from_str(&json(&report)).unwrap()
    }

    fn schema() -> jsonschema::Validator {
        let text = include_str!("../../../docs/findings.schema.json");
        jsonschema::validator_for(&serde_json::from_str(text).unwrap()).unwrap()
    }

    #[test]
    fn the_report_follows_the_schema_and_counts_columns_in_characters() {
        let mut sources = Sources::default();
        let a = sources.add(Source::new("specs/計画.plan", "目標 R4: ５８%\n"));
        let start = "目標 R4: ".len();
        let span = Span::new(a, start..start + "５８%".len());
        let finding = Finding {
            rule: "achievement-rate".into(),
            name: Wording { ja: "達成率の計算".into(), en: "achievement-rate".into() },
            severity: Severity::Error,
            message: Wording { ja: "合いません".into(), en: "wrong".into() },
            help: None,
            span,
            related: vec![Label { span: Span::new(a, 0..6), message: Wording::both("x") }],
            fix: None,
            is_fault: false,
            folded: Vec::new(),
        };
        let value = report(&[finding], &sources);
        schema().validate(&value).unwrap();
        assert_eq!(value["findings"][0]["text"], "５８%");
        let location = serde_json::json!(
            {"path": "specs/計画.plan", "line": 1, "column": 8, "end_line": 1, "end_column": 11}
        );
        assert_eq!(value["findings"][0]["location"], location);
        assert_eq!(
            value["summary"],
            serde_json::json!({"errors": 1, "warnings": 0, "infos": 0, "documents": 2,
                               "suppressed": 3, "baseline": 4, "before": 5})
        );
    }

    #[test]
    fn the_schema_refuses_what_is_no_report() {
        let mut value = report(&[], &Sources::default());
        schema().validate(&value).unwrap();
        value["summary"]["errors"] = serde_json::json!("none");
        assert!(schema().validate(&value).is_err());
    }
}
