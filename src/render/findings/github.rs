//! Findings as workflow commands, from which GitHub Actions makes notes on the lines of a change.
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
use super::super::report::Report;
use super::place::{Places, Unit};
use super::{cut, line, lines, one_of};
use crate::render::pretty::summary;
use crate::text::Severity;

/// Notes of one level that GitHub shows of a step.
const SHOWN: usize = 10;
/// Longest title that GitHub takes.
const LONGEST_TITLE: usize = 255;

/// One command a finding, then what a reader of the log should know. The log keeps the commands that GitHub does not show.
pub(super) fn github(report: &Report<'_>, counts: bool) -> String {
    let places = Places::new(report);
    let mut out = String::new();
    for finding in report.findings {
        let mut properties = Vec::new();
        let mut message = lines(finding.message.get(report.lang));
        let path = places.path(finding.span);
        if !path.is_empty() {
            properties.push(("file", line(path)));
        }
        if let Some(region) = places.region(finding.span, Unit::Characters) {
            let (start, end) = (region.start, region.end);
            properties.push(("line", start.line.to_string()));
            properties.push(("endLine", end.line.to_string()));
            // Columns are for a note on one line only.
            if start.line == end.line {
                properties.push(("col", start.column.to_string()));
                properties.push(("endColumn", end.column.to_string()));
            }
        }
        if let Some(cell) = places.cell_name(finding.span) {
            message = format!("{}: {message}", line(&cell));
        }
        for label in &finding.related {
            message.push_str(&format!("\n- {}", line(places.word(label.span).as_str())));
            let text = line(label.message.get(report.lang));
            message.push_str(&if text.is_empty() { String::new() } else { format!(" {text}") });
        }
        if let Some(help) = finding.help.as_ref().map(|h| h.get(report.lang)).filter(|h| !h.is_empty()) {
            message.push_str(&format!("\n→ {}", lines(help)));
        }
        let name = line(finding.name.get(report.lang));
        let title = if name == finding.rule { name } else { format!("{name} ({})", finding.rule) };
        properties.push(("title", cut(&title, LONGEST_TITLE)));
        let properties: Vec<String> =
            properties.iter().map(|(name, value)| format!("{name}={}", value_of(value))).collect();
        let command = one_of(finding.severity, ["error", "warning", "notice"]);
        out.push_str(&format!("::{command} {}::{}\n", properties.join(","), data(&message)));
    }
    if !counts {
        return out;
    }
    out.push_str(&format!("{}\n", summary(report.summary, report.messages, report.lang)));
    let many = [Severity::Error, Severity::Warning, Severity::Info]
        .iter()
        .any(|level| report.findings.iter().filter(|f| f.severity == *level).count() > SHOWN);
    if many {
        out.push_str(&format!("{}\n", report.messages.text(report.lang, "formats-github", &[("shown", &SHOWN)])));
    }
    out
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn value_of(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
