//! Findings for people at a terminal.
use super::excerpt;
use super::snippet::{Mark, draw};
use super::wrap::wrap;
use crate::findings::{Finding, Lang, Messages, Summary};
use crate::text::visible::shown;
use crate::text::{Severity, SourceId, Sources};
use miette::GraphicalTheme;
use unicode_width::UnicodeWidthStr;

/// The narrowest terminal that is written for.
pub const NARROWEST: usize = 40;
/// Related places that are drawn for one finding; the others are counted.
const MOST_PLACES: usize = 24;

/// How to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// In which language.
    pub lang: Lang,
    /// Whether with colours.
    pub color: bool,
    /// Columns of the terminal; at least [`NARROWEST`] are used.
    pub width: usize,
    /// Whether a line with the counts ends the findings.
    pub counts: bool,
}

/// The findings in their order, each with its places in the sources. Nothing if there are none.
#[must_use]
pub fn pretty(findings: &[Finding], sources: &Sources, messages: &Messages, options: &Options) -> String {
    let painter = Painter {
        sources,
        messages,
        lang: options.lang,
        theme: theme(options.color),
        width: options.width.max(NARROWEST),
    };
    findings.iter().map(|finding| painter.finding(finding) + "\n").collect()
}

/// The last line: how many findings in how many documents, and how many are not shown.
#[must_use]
pub fn summary(summary: Summary, messages: &Messages, lang: Lang) -> String {
    let Summary { counts, documents, suppressed, baseline, before } = summary;
    let parts: Vec<String> =
        [("summary-errors", counts.errors), ("summary-warnings", counts.warnings), ("summary-infos", counts.infos)]
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(id, count)| messages.text(lang, id, &[("count", &count)]))
            .collect();
    let line = if parts.is_empty() {
        messages.text(lang, "summary-none", &[("documents", &documents)])
    } else {
        let counts = parts.join(&messages.text(lang, "summary-join", &[]));
        messages.text(lang, "summary-line", &[("counts", &counts), ("documents", &documents)])
    };
    let hidden = [("summary-suppressed", suppressed), ("summary-baseline", baseline), ("summary-before", before)];
    let hidden: Vec<String> = hidden
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(id, count)| messages.text(lang, id, &[("count", &count)]))
        .collect();
    if hidden.is_empty() {
        return line;
    }
    let hidden = hidden.join(&messages.text(lang, "summary-join", &[]));
    messages.text(lang, "summary-hidden", &[("line", &line), ("hidden", &hidden)])
}

fn theme(color: bool) -> GraphicalTheme {
    if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() }
}

struct Painter<'a> {
    sources: &'a Sources,
    messages: &'a Messages,
    lang: Lang,
    theme: GraphicalTheme,
    width: usize,
}

impl Painter<'_> {
    fn finding(&self, finding: &Finding) -> String {
        let style = match finding.severity {
            Severity::Error => self.theme.styles.error,
            Severity::Warning => self.theme.styles.warning,
            Severity::Info => self.theme.styles.advice,
        };
        let severity = self.messages.severity(self.lang, finding.severity);
        let name = finding.name.get(self.lang);
        let title = if name == finding.rule { name.to_owned() } else { format!("{name} ({})", finding.rule) };
        // The heading may be longer than the window: the rest goes to lines of its own.
        let lead = " ".repeat(severity.width() + 1);
        let mut lines = wrap(&shown(&title), self.width.saturating_sub(lead.width())).into_iter();
        let mut out = format!("{} {}\n", style.style(severity), lines.next().unwrap_or_default());
        for line in lines {
            out.push_str(format!("{lead}{line}").trim_end());
            out.push('\n');
        }
        self.paragraph(&mut out, "  ", finding.message.get(self.lang));
        self.places(&mut out, finding);
        if let Some(help) = finding.help.as_ref().map(|h| h.get(self.lang)).filter(|h| !h.is_empty()) {
            let word = self.messages.text(self.lang, "word-help", &[]);
            let lead = format!("  {word}: ");
            let mut words = String::new();
            self.paragraph(&mut words, &" ".repeat(lead.width()), help);
            out.push_str("  ");
            out.push_str(&self.theme.styles.help.style(format!("{word}:")).to_string());
            out.push(' ');
            out.push_str(words.trim_start());
        }
        if let Some(fix) = &finding.fix {
            let from = self.sources.text(fix.span).trim();
            let id = if fix.safe { "word-fix" } else { "word-fix-unsafe" };
            let line = self.messages.text(self.lang, id, &[("from", &from), ("to", &fix.text)]);
            self.paragraph(&mut out, "  ", &line);
        }
        out
    }

    fn paragraph(&self, out: &mut String, indent: &str, text: &str) {
        for line in wrap(text, self.width.saturating_sub(indent.width())) {
            out.push_str(format!("{indent}{line}").trim_end());
            out.push('\n');
        }
    }

    /// The boxes of all sources that the finding points into, its own first.
    fn places(&self, out: &mut String, finding: &Finding) {
        let alone = !finding.related.iter().any(|l| l.span.source == finding.span.source && l.span != finding.span);
        let here = if alone { String::new() } else { self.messages.text(self.lang, "word-here", &[]) };
        let mut files: Vec<(SourceId, Vec<Mark>)> =
            vec![(finding.span.source, vec![Mark { span: finding.span, text: here, primary: true }])];
        for label in finding.related.iter().take(MOST_PLACES) {
            let mark = Mark { span: label.span, text: label.message.get(self.lang).to_owned(), primary: false };
            match files.iter_mut().find(|(id, _)| *id == label.span.source) {
                Some((_, marks)) => marks.push(mark),
                None => files.push((label.span.source, vec![mark])),
            }
        }
        for (id, marks) in &files {
            let Some(source) = self.sources.get(*id) else { continue };
            match &source.grid {
                _ if source.text.is_empty() => self.paragraph(out, "  ", &source.path),
                Some(grid) => out.push_str(&excerpt::draw(source, grid, marks, &self.theme, self.width)),
                None => out.push_str(&draw(source, marks, &self.theme, self.width)),
            }
        }
        let more = finding.related.len().saturating_sub(MOST_PLACES);
        if more > 0 {
            self.paragraph(out, "  ", &self.messages.text(self.lang, "word-more-places", &[("count", &more)]));
        }
    }
}

#[cfg(test)]
mod tests;
