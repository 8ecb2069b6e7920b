//! Findings as a report on code quality, from which GitLab makes notes on a merge request.
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>
use serde::Serialize;

use super::super::report::Report;
use super::known::known;
use super::place::{Places, Unit};
use super::{line, lines, one_of};
use crate::text::visible::in_json;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
}

/// The findings as one list. Of a workbook the line is the row of the sheet.
pub(super) fn gitlab(report: &Report<'_>) -> String {
    let places = Places::new(report);
    let issues = report.findings.iter().zip(known(report)).map(|(finding, known)| {
        let region = places.region(finding.span, Unit::Characters);
        let cell = places.cell_name(finding.span).map_or_else(String::new, |cell| format!("{}: ", line(&cell)));
        let path = places.path(finding.span);
        Issue {
            description: cell + &lines(finding.message.get(report.lang)),
            check_name: &finding.rule,
            fingerprint: known.fingerprint,
            severity: one_of(finding.severity, ["major", "minor", "info"]),
            location: Location {
                // GitLab wants a path: what stands in no file is about the folder.
                path: if path.is_empty() { "." } else { path },
                lines: Lines {
                    begin: region.map_or_else(|| places.line(finding.span), |r| r.start.line),
                    end: region.map(|r| r.end.line),
                },
            },
        }
    });
    // Maps with keys that are not text could fail; there are none here.
    in_json(serde_json::to_string_pretty(&issues.collect::<Vec<_>>()).unwrap_or_default()) + "\n"
}
