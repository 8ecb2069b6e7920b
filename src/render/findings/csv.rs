//! Findings as a table for Excel: UTF-8 with a byte order mark, ends of lines as Windows has them.
//!
//! What stands in a plan is somebody's text, and a spreadsheet works out what looks like a formula. What is printed is
//! shown in quotes of the reader's language (「-3件」), so that Excel takes it neither for a formula nor for a date or a
//! number; any other cell that begins like a formula gets an apostrophe before it, unless it is a plain number.
use super::super::report::Report;
use super::super::table::{BOM, record};
use super::place::Places;
use super::{cut, gravest, left_out, line, lines, printed};
use crate::text::Span;
use crate::text::formula::guarded;
use crate::text::visible::without_orders;

/// Rows that a sheet can have, but for the headings and the row that tells what was left out.
const MOST_ROWS: usize = 1_048_576 - 2;
/// Characters that a cell can have are 32,767; quotes and an apostrophe are among them.
const LONGEST: usize = 32_000;
/// Characters of one printed text, and other places told for one finding.
const LONGEST_PRINTED: usize = 1_000;
const MOST_PLACES: usize = 100;

/// The findings as a table with headings.
pub(super) fn csv(report: &Report<'_>) -> String {
    let Report { sources, messages, lang, .. } = *report;
    let say = |id: &str| messages.text(lang, id, &[]);
    let places = Places::new(report);
    let mut out = BOM.to_owned();
    let heads = [
        "annotate-head-severity",
        "annotate-head-rule",
        "formats-head-document",
        "annotate-head-place",
        "formats-head-printed",
        "annotate-head-finding",
        "annotate-head-help",
        "formats-head-related",
    ];
    record(&mut out, heads.iter().map(|id| say(id)));
    let place = |span: Span| {
        places.cell_name(span).unwrap_or_else(|| {
            if places.path(span).is_empty() {
                return String::new();
            }
            messages.text(lang, "formats-line", &[("line", &places.line(span))])
        })
    };
    let quoted = |span: Span| match cut(&printed(span, sources), LONGEST_PRINTED) {
        text if text.is_empty() => String::new(),
        text => messages.text(lang, "formats-quoted", &[("text", &text)]),
    };
    let kept = gravest(report, MOST_ROWS);
    for finding in kept.iter().filter_map(|n| report.findings.get(*n)) {
        let mut related: Vec<String> = finding
            .related
            .iter()
            .take(MOST_PLACES)
            .map(|label| {
                let words = [
                    line(label.message.get(lang)),
                    places.path(label.span).to_owned(),
                    place(label.span),
                    quoted(label.span),
                ];
                let words: Vec<String> = words.into_iter().filter(|w| !w.is_empty()).map(|w| line(&w)).collect();
                words.join(" ")
            })
            .collect();
        if let Some(more) = finding.related.len().checked_sub(MOST_PLACES).filter(|more| *more > 0) {
            related.push(messages.text(lang, "word-more-places", &[("count", &more)]));
        }
        let cells = [
            messages.severity(lang, finding.severity),
            line(finding.name.get(lang)),
            line(places.path(finding.span)),
            line(&place(finding.span)),
            quoted(finding.span),
            finding.message.get(lang).to_owned(),
            finding.help.as_ref().map_or_else(String::new, |h| h.get(lang).to_owned()),
            related.join("\n"),
        ];
        let shown = |cell: &String| guarded(&without_orders(&cut(&lines(cell), LONGEST))).into_owned();
        record(&mut out, cells.iter().map(shown));
    }
    if let Some(text) = left_out(report, kept.len()) {
        record(&mut out, [text].iter());
    }
    out
}
