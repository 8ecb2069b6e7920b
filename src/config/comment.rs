//! Suppressions in the comments of plan files: `# 許容 達成率検算 2027-03-31まで: 理由`.
use super::{Names, Said, Suppression};
use crate::syntax::plan::Comment;
use crate::text::normal::narrow;
use crate::text::{Fault, Severity, SourceId, Sources, Span};
use crate::value::Date;

/// The words that begin such a comment.
const MARKERS: [&str; 2] = ["許容", "allow"];
/// What stands between the names of rules.
const COMMAS: [char; 3] = ['、', ',', '，'];
const COLONS: [char; 2] = [':', '：'];
/// Longer texts are no names of rules.
const LONGEST: usize = 60;

/// The suppressions that stand in comments, and what is wrong with those that do not read as one (warnings). What names
/// no rule, has no reason or has ended is left to [`suppress`](fn@super::suppress).
#[must_use]
pub fn comments(comments: &[Comment], sources: &Sources, names: &Names<'_>) -> (Vec<Suppression>, Vec<Fault>) {
    let (mut suppressions, mut faults) = (Vec::new(), Vec::new());
    for comment in comments {
        match read(comment, sources, names) {
            Ok(found) => suppressions.extend(found),
            Err(fault) => faults.push(Fault { severity: Severity::Warning, ..*fault }),
        }
    }
    (suppressions, faults)
}

/// Reads one comment: nothing if it is no suppression and not meant as one.
fn read(comment: &Comment, sources: &Sources, names: &Names<'_>) -> Result<Vec<Suppression>, Box<Fault>> {
    let whole = Piece { text: sources.text(comment.span), at: comment.span.range().start, source: comment.span.source };
    let hash = whole.text.chars().next().map_or(0, char::len_utf8);
    let body = whole.part(hash, whole.text.len()).trimmed();
    let Some(after) = MARKERS.iter().find_map(|marker| body.after(marker)) else { return Ok(Vec::new()) };
    let apart = after.text.starts_with(char::is_whitespace);
    let colon = after.text.find(COLONS);
    let head = after.part(0, colon.unwrap_or(after.text.len())).trimmed();
    let known = |name: &str| name.chars().nth(LONGEST).is_none() && names.codes(name).is_some();
    let near = |name: &str| if name.chars().nth(LONGEST).is_none() { names.nearest(name) } else { String::new() };
    let meant = |name: &str| known(name) || !near(name).is_empty();
    let Some(colon) = colon.filter(|_| apart && !head.text.is_empty()) else {
        // 許容範囲は… is prose; 許容達成率検算 or 許容 達成率検算 is a slip.
        let first = head.text.split(|c: char| c.is_whitespace() || COMMAS.contains(&c)).next().unwrap_or("");
        let slip = if head.text.is_empty() { colon.is_some() || after.text.is_empty() } else { meant(first) };
        let english = body.text.starts_with(|c: char| narrow(c).is_ascii());
        if !slip || (english && !apart && !head.text.is_empty()) {
            return Ok(Vec::new());
        }
        let near = if known(first) { first.to_owned() } else { near(first) };
        let at = body.part(0, body.text.len() - after.text.len() + after.text.find(COLONS).unwrap_or(after.text.len()));
        let fault = Fault::error("suppression-form", at.trimmed().span()).with("text", at.trimmed().text);
        return Err(Box::new(fault.with("near", near)));
    };
    let (subject, until) = end(head);
    let rules: Vec<Piece<'_>> = subject.split(&COMMAS);
    // “Allow for rounding: …” is prose; a name of a rule has no blanks, but that of a set may.
    let prose = |rule: &Piece<'_>| rule.text.contains(char::is_whitespace) && !meant(rule.text);
    if rules.iter().any(prose) && !rules.iter().any(|rule| known(rule.text)) {
        return Ok(Vec::new());
    }
    let until = match until {
        Some(date) => match Date::read(date.text) {
            Ok(read) => Some((read, date.span())),
            Err(_) => return Err(Box::new(Fault::error("bad-date", date.span()).with("text", date.text))),
        },
        None => None,
    };
    let reason = after.part(colon, after.text.len());
    let reason = reason.part(reason.text.chars().next().map_or(0, char::len_utf8), reason.text.len()).trimmed();
    let reason = (!reason.text.is_empty()).then(|| reason.said());
    let suppression = |rule: Piece<'_>| Suppression {
        rule: rule.said(),
        document: None,
        place: None,
        within: Some(comment.scope),
        reason: reason.clone(),
        until,
    };
    Ok(rules.into_iter().filter(|rule| !rule.text.is_empty()).map(suppression).collect())
}

/// Takes the last day from behind the rules: `規則 2027-03-31まで`, `rule until 2027-03-31`.
fn end(head: Piece<'_>) -> (Piece<'_>, Option<Piece<'_>>) {
    if let Some(rest) = head.text.strip_suffix("まで") {
        let rest = head.part(0, rest.len()).trimmed();
        if let Some((at, blank)) = rest.text.char_indices().rev().find(|(_, c)| c.is_whitespace()) {
            return (rest.part(0, at).trimmed(), Some(rest.part(at + blank.len_utf8(), rest.text.len())));
        }
    }
    for (at, blank) in head.text.char_indices().filter(|(_, c)| c.is_whitespace()) {
        let word = head.part(at + blank.len_utf8(), head.text.len());
        if let Some(date) = word.after("until").filter(|date| date.text.starts_with(char::is_whitespace)) {
            return (head.part(0, at).trimmed(), Some(date.trimmed()));
        }
    }
    (head, None)
}

/// A part of a comment that knows where it stands.
#[derive(Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    at: usize,
    source: SourceId,
}

impl<'t> Piece<'t> {
    fn part(self, from: usize, to: usize) -> Self {
        Self { text: self.text.get(from..to).unwrap_or(""), at: self.at + from, ..self }
    }

    fn trimmed(self) -> Self {
        let lead = self.text.len() - self.text.trim_start().len();
        self.part(lead, lead + self.text.trim().len())
    }

    /// What follows a word, in any width and case.
    fn after(self, word: &str) -> Option<Self> {
        let mut rest = self.text.chars();
        for wanted in word.chars() {
            if !rest.next().map(narrow)?.eq_ignore_ascii_case(&wanted) {
                return None;
            }
        }
        let length = rest.as_str().len();
        Some(self.part(self.text.len() - length, self.text.len()))
    }

    fn split(self, at: &[char]) -> Vec<Self> {
        let mut start = 0;
        let pieces = self.text.split(at).map(|piece| {
            let end = start + piece.len();
            let part = self.part(start, end).trimmed();
            start = end + self.text.get(end..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
            part
        });
        pieces.collect()
    }

    fn span(self) -> Span {
        Span::new(self.source, self.at..self.at + self.text.len())
    }

    fn said(self) -> Said {
        Said { text: self.text.to_owned(), span: self.span() }
    }
}
