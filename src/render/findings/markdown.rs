//! Findings as a comment on a change (GitHub, GitLab): the counts, a table by file, details folded away.
//!
//! A comment has at most 65,536 characters. Rows come before details and grave findings before others; what does not fit
//! is counted at the end.
use super::super::report::Report;
use super::place::Places;
use super::{cut, left_out, line, printed};
use crate::findings::Finding;
use crate::render::pretty::summary;
use crate::text::Span;

/// Characters of a comment.
const LONGEST: usize = 65_536;
/// Of these, kept for what is told at the end.
const END: usize = 1_000;
/// Characters that the rows may take, so that there is room for details.
const ROWS: usize = 45_000;
/// Characters of a path, of what is printed, and of a sentence, before they are escaped.
const LONGEST_PATH: usize = 120;
const LONGEST_PRINTED: usize = 80;
const LONGEST_SENTENCE: usize = 400;
/// Other places that are told for one finding.
const MOST_PLACES: usize = 8;
/// By this a program finds the comment that it wrote before.
const MARK: &str = "<!-- totsugo -->";

/// The findings as one comment.
pub(super) fn markdown(report: &Report<'_>) -> String {
    let Report { findings, messages, lang, .. } = *report;
    let say = |id: &str| messages.text(lang, id, &[]);
    let writer = Writer { report, places: Places::new(report) };
    let head = format!("{MARK}\n### {}: {}\n", say("formats-title"), summary(report.summary, messages, lang));
    let [severity, place, finding] = ["severity", "place", "finding"].map(|head| say(&format!("annotate-head-{head}")));
    let table = format!("\n| {severity} | {place} | {finding} |\n| --- | --- | --- |\n");
    let fold = format!("\n<details>\n<summary>{}</summary>\n\n", say("formats-details"));
    let unfold = "\n</details>\n";

    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|n| std::cmp::Reverse(findings.get(*n).map(|f| f.severity)));
    let mut files = std::collections::BTreeSet::new();
    let mut room = ROWS.saturating_sub(size(&head));
    let mut rows: Vec<(usize, String, String)> = Vec::new();
    for number in order {
        let Some(finding) = findings.get(number) else { continue };
        let path = writer.places.path(finding.span);
        let row = writer.row(finding);
        let frame =
            if files.insert(path) { size(&writer.title(path)) + size(&table) + size(&fold) + size(unfold) } else { 0 };
        match room.checked_sub(size(&row) + frame) {
            Some(rest) => room = rest,
            None => break,
        }
        rows.push((number, row, String::new()));
    }
    let kept = rows.len();
    let mut room = LONGEST - END - (ROWS - room);
    let mut untold = 0;
    for (number, _, details) in &mut rows {
        let text = findings.get(*number).map_or_else(String::new, |finding| writer.details(finding));
        match room.checked_sub(size(&text)) {
            Some(rest) if untold == 0 => (room, *details) = (rest, text),
            _ => untold += 1,
        }
    }
    rows.sort_by_key(|row| row.0);

    let mut out = head;
    let path_of = |number: usize| findings.get(number).map_or("", |f| writer.places.path(f.span));
    for file in rows.chunk_by(|a, b| path_of(a.0) == path_of(b.0)) {
        out.push_str(&writer.title(file.first().map_or("", |row| path_of(row.0))));
        out.push_str(&table);
        file.iter().for_each(|row| out.push_str(&row.1));
        if file.iter().any(|row| !row.2.is_empty()) {
            out.push_str(&fold);
            file.iter().for_each(|row| out.push_str(&row.2));
            out.push_str(unfold);
        }
    }
    if let Some(text) = left_out(report, kept) {
        out.push_str(&format!("\n{text}\n"));
    }
    if untold > 0 {
        out.push_str(&format!("\n{}\n", messages.text(lang, "formats-details-left-out", &[("count", &untold)])));
    }
    out
}

/// Characters, counted as who counts most of them counts.
fn size(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

struct Writer<'a, 'r> {
    report: &'r Report<'a>,
    places: Places<'a>,
}

impl Writer<'_, '_> {
    /// The heading of a file.
    fn title(&self, path: &str) -> String {
        if path.is_empty() { String::new() } else { format!("\n#### {}\n", escaped(path, LONGEST_PATH)) }
    }

    fn row(&self, finding: &Finding) -> String {
        let Report { messages, lang, .. } = *self.report;
        let severity = messages.severity(lang, finding.severity);
        let message = escaped(finding.message.get(lang), LONGEST_SENTENCE);
        format!("| {severity} | {} | {message} |\n", self.place(finding.span))
    }

    /// The cell or line.
    fn place(&self, span: Span) -> String {
        let Report { messages, lang, .. } = *self.report;
        match self.places.cell_name(span) {
            Some(cell) => escaped(&cell, LONGEST_PRINTED),
            None => messages.text(lang, "formats-line", &[("line", &self.places.line(span))]),
        }
    }

    fn printed(&self, span: Span) -> String {
        let text = escaped(&printed(span, self.report.sources), LONGEST_PRINTED);
        if text.is_empty() {
            text
        } else {
            self.report.messages.text(self.report.lang, "formats-quoted", &[("text", &text)])
        }
    }

    /// An item of the list below the table.
    fn details(&self, finding: &Finding) -> String {
        let Report { messages, lang, .. } = *self.report;
        let name = escaped(finding.name.get(lang), LONGEST_PRINTED);
        let code = if name == finding.rule { String::new() } else { format!(" (`{}`)", finding.rule) };
        let mut out = format!("- {} {}: {name}{code}\n", self.place(finding.span), self.printed(finding.span));
        for label in finding.related.iter().take(MOST_PLACES) {
            let place = escaped(&self.places.word(label.span), LONGEST_PATH);
            let message = escaped(label.message.get(lang), LONGEST_PRINTED);
            out.push_str(&format!("  - {place} {} {message}\n", self.printed(label.span)));
        }
        if let Some(more) = finding.related.len().checked_sub(MOST_PLACES).filter(|more| *more > 0) {
            out.push_str(&format!("  - {}\n", messages.text(lang, "word-more-places", &[("count", &more)])));
        }
        if let Some(help) = finding.help.as_ref().map(|h| h.get(lang)).filter(|h| !h.is_empty()) {
            let word = messages.text(lang, "word-help", &[]);
            out.push_str(&format!("  - {word}: {}\n", escaped(help, LONGEST_SENTENCE)));
        }
        if let Some(fix) = &finding.fix {
            let (from, to) = (self.printed(finding.span), escaped(&fix.text, LONGEST_PRINTED));
            let id = if fix.safe { "word-fix" } else { "word-fix-unsafe" };
            out.push_str(&format!("  - {}\n", messages.text(lang, id, &[("from", &from), ("to", &to)])));
        }
        out
    }
}

/// The beginning of a text as it may stand in a line of Markdown or HTML: nothing in it is a mark, a link or a cell, and
/// nobody is called by it (`@name`, `#12`). References to characters mean a mark nowhere, not even in a table.
fn escaped(text: &str, most: usize) -> String {
    let text = cut(&line(text), most);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = rest.next() {
        if "&<>\\`*_[]|~$^#@".contains(c) {
            out.push_str(&format!("&#{};", u32::from(c)));
        } else {
            out.push(c);
        }
        // What calls somebody or something is looked for in the text that is shown: a blank without width parts it.
        let next = rest.peek().copied().unwrap_or(' ');
        let calls = match c {
            '@' | '#' | '~' => next.is_alphanumeric(),
            '!' | '&' | '$' => next.is_ascii_digit(),
            _ => false,
        };
        let links = c == ':' && next == '/' || c == '.' && before.eq_ignore_ascii_case(&'w');
        let issue = c == '-' && before.eq_ignore_ascii_case(&'h') && next.is_ascii_digit();
        if calls || links || issue {
            out.push_str("&#8203;");
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_a_mark_a_link_or_a_call() {
        assert_eq!(escaped("達成率 58% です。(1) 40,000枚", 99), "達成率 58% です。(1) 40,000枚");
        assert_eq!(escaped("<script>", 99), "&#60;script&#62;");
        assert_eq!(escaped("a|b`c*[d]", 99), "a&#124;b&#96;c&#42;&#91;d&#93;");
        assert_eq!(escaped("@all #12 GH-3", 99), "&#64;&#8203;all &#35;&#8203;12 GH-&#8203;3");
        assert_eq!(escaped("https://a.example www.b", 99), "https:&#8203;//a.example www.&#8203;b");
        assert_eq!(escaped("a\nb\u{202e}c", 99), "a␊b\u{fffd}c");
        assert_eq!(escaped("０１２３４", 3), "０１…");
    }
}
