//! Findings for programs, as docs/findings.schema.json describes them.
use super::Report;
use crate::findings::{Finding, Lang, Summary};
use crate::text::{Severity, Sources, Span, cell_name};
use serde::Serialize;

#[derive(Serialize)]
struct File<'a> {
    version: u32,
    findings: Vec<Item<'a>>,
    summary: Total,
}

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    location: Location<'a>,
    text: &'a str,
    related: Vec<Related<'a>>,
    fix: Option<Mend<'a>>,
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

/// The findings in their order as one JSON value, and a line break.
#[must_use]
pub fn json(report: &Report<'_>) -> String {
    let Report { findings, sources, summary, lang, .. } = *report;
    let Summary { counts, documents, suppressed, baseline, before } = summary;
    let file = File {
        version: 1,
        findings: findings.iter().map(|finding| item(finding, sources, lang)).collect(),
        summary: Total {
            errors: counts.errors,
            warnings: counts.warnings,
            infos: counts.infos,
            documents,
            suppressed,
            baseline,
            before,
        },
    };
    // Maps with keys that are not text could fail; there are none here.
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

fn item<'a>(finding: &'a Finding, sources: &'a Sources, lang: Lang) -> Item<'a> {
    Item {
        rule: &finding.rule,
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        message: finding.message.get(lang),
        help: finding.help.as_ref().map(|help| help.get(lang)),
        location: location(finding.span, sources),
        text: sources.text(finding.span),
        related: finding
            .related
            .iter()
            .map(|label| Related {
                message: label.message.get(lang),
                location: location(label.span, sources),
                text: sources.text(label.span),
            })
            .collect(),
        fix: finding.fix.as_ref().map(|fix| Mend {
            text: &fix.text,
            safe: fix.safe,
            location: location(fix.span, sources),
        }),
    }
}

fn location(span: Span, sources: &Sources) -> Location<'_> {
    let nowhere = Location { path: "", line: 1, column: 1, end_line: 1, end_column: 1, sheet: None, cell: None };
    let Some(source) = sources.get(span.source) else { return nowhere };
    let start = source.position(span.start as usize);
    let Some(grid) = &source.grid else {
        let end = source.position(span.end as usize);
        let (end_line, end_column) = (end.line, end.column);
        return Location {
            path: &source.path,
            line: start.line,
            column: start.column,
            end_line,
            end_column,
            ..nowhere
        };
    };
    let last = source.position(span.range().end.saturating_sub(1).max(span.range().start));
    let cell = |offset: usize| grid.cell_at(&source.text, offset).map(|c| cell_name(c.row, c.column));
    let (from, to) = (cell(span.range().start), cell(span.range().end.saturating_sub(1).max(span.range().start)));
    Location {
        path: &source.path,
        line: start.line,
        column: start.column,
        end_line: last.line,
        end_column: last.column + 1,
        sheet: (!grid.sheet.is_empty()).then_some(grid.sheet.as_str()),
        cell: match (from, to) {
            (Some(from), Some(to)) if from != to => Some(format!("{from}:{to}")),
            (from, _) => from,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::{Counts, Label, Messages, Wording};
    use crate::rules::Pack;
    use crate::text::Source;

    fn report(findings: &[Finding], sources: &Sources) -> serde_json::Value {
        let summary = Summary { counts: Counts::of(findings), documents: 2, suppressed: 3, baseline: 4, before: 5 };
        let (pack, messages) = (&Pack::default(), &Messages::new());
        let report = Report { findings, sources, summary, pack, facts: None, messages, lang: Lang::Ja };
        serde_json::from_str(&json(&report)).unwrap()
    }

    fn schema() -> jsonschema::Validator {
        let text = include_str!("../../docs/findings.schema.json");
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
