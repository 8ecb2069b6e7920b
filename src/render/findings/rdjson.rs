//! Findings in the Diagnostic Format of reviewdog (`rdjson`), which comments on changes anywhere.
//! <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>
use serde::Serialize;

use super::super::report::Report;
use super::place::{Places, Region, Unit};
use super::{line, lines, one_of};
use crate::findings::Finding;
use crate::findings::fix::edit;
use crate::text::visible::in_json;
use crate::text::{Position, Span};

#[derive(Serialize)]
struct DiagnosticResult<'a> {
    source: Name,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Name {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: String,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Range {
    start: At,
    end: At,
}

#[derive(Serialize)]
struct At {
    line: usize,
    column: usize,
}

impl From<Region> for Range {
    fn from(region: Region) -> Self {
        let at = |Position { line, column }| At { line, column };
        Self { start: at(region.start), end: at(region.end) }
    }
}

/// The findings as one value.
pub(super) fn rdjson(report: &Report<'_>) -> String {
    let places = Places::new(report);
    let location =
        |span: Span| Location { path: places.path(span), range: places.region(span, Unit::Bytes).map(Range::from) };
    let message = |span: Span, text: String| match places.cell_name(span) {
        Some(cell) => format!("{}: {text}", line(&cell)),
        None => text,
    };
    let diagnostics = report.findings.iter().map(|finding| {
        let help = finding.help.as_ref().map(|h| h.get(report.lang)).filter(|h| !h.is_empty());
        let help = help.map_or_else(String::new, |help| format!("\n→ {}", lines(help)));
        let text = lines(finding.message.get(report.lang)) + &help;
        let related = finding.related.iter().map(|label| Related {
            message: message(label.span, lines(label.message.get(report.lang))),
            location: location(label.span),
        });
        Diagnostic {
            message: message(finding.span, text),
            location: location(finding.span),
            severity: one_of(finding.severity, ["ERROR", "WARNING", "INFO"]),
            code: Code { value: &finding.rule },
            suggestions: suggestion(finding, &places).into_iter().collect(),
            related_locations: related.collect(),
        }
    });
    let result = DiagnosticResult { source: Name { name: "totsugo" }, diagnostics: diagnostics.collect() };
    // Maps with keys that are not text could fail; there are none here.
    in_json(serde_json::to_string_pretty(&result).unwrap_or_default()) + "\n"
}

/// What would mend a finding in a text file, as it is written there.
fn suggestion(finding: &Finding, places: &Places<'_>) -> Option<Suggestion> {
    let fix = finding.fix.as_ref()?;
    let edit = edit(places.source(fix.span)?, fix).ok()?;
    Some(Suggestion { range: places.region(edit.span, Unit::Bytes)?.into(), text: edit.text })
}
