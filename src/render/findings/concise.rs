//! Findings one line each, for grep and for editors: `path:line:column: severity[code] message`.
use super::super::report::Report;
use super::line;
use super::place::{Places, Unit};
use crate::render::pretty::summary;

/// One line a finding, and one for all if the counts are wanted.
pub(super) fn concise(report: &Report<'_>, counts: bool) -> String {
    let places = Places::new(report);
    let mut out = String::new();
    for finding in report.findings {
        let path = places.path(finding.span);
        // A log of GitHub Actions takes a line that begins so for a command.
        let path = if path.starts_with(':') { format!("./{path}") } else { path.to_owned() };
        let place = match (places.region(finding.span, Unit::Characters), places.cell_name(finding.span)) {
            (Some(region), _) => format!("{path}:{}:{}: ", region.start.line, region.start.column),
            (None, Some(cell)) => format!("{path}!{cell}: "),
            (None, None) if path.is_empty() => String::new(),
            (None, None) => format!("{path}: "),
        };
        let severity = report.messages.severity(report.lang, finding.severity);
        let text = format!("{place}{severity}[{}] {}", finding.rule, finding.message.get(report.lang));
        out.push_str(&line(&text));
        out.push('\n');
    }
    if counts { out + &summary(report.summary, report.messages, report.lang) + "\n" } else { out }
}
