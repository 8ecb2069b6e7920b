//! Where a place of a rule file stands: its declaration, its clause, and what is open there.
use std::ops::Range;

use crate::text::normal::narrow;

/// The words that begin a declaration, Japanese and English.
pub(in crate::lsp) const DECLARATIONS: [(&str, &str); 6] = [
    ("規則", "rule"),
    ("定義", "define"),
    ("達成基準", "scheme"),
    ("表", "table"),
    ("拡張", "extend"),
    ("単位", "unit"),
];

/// The words that begin a clause, Japanese and English, in the order in which they are most often written; whether there
/// may be several.
pub(in crate::lsp) const CLAUSES: [(&str, &str, bool); 14] = [
    ("重大度", "severity", false),
    ("分類", "tags", false),
    ("設定", "parameter", true),
    ("対象", "for", false),
    ("前提", "when", true),
    ("検査", "check", false),
    ("指摘", "finding", false),
    ("参考", "see", true),
    ("助言", "help", false),
    ("修正", "fix", false),
    ("解説", "explain", false),
    ("試験 合格", "test pass", true),
    ("試験 不合格", "test fail", true),
    ("列", "column", true),
];

/// What a place is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lsp) enum State {
    Code,
    /// Within a text, from the brace of a hole on.
    Hole(usize),
    /// Within a text, a long text or a comment: nothing to offer.
    Words,
}

/// A place of a declaration.
#[derive(Debug, Clone)]
pub(in crate::lsp) struct Spot {
    /// The first byte behind each open brace, the outermost first.
    pub(in crate::lsp) braces: Vec<usize>,
    /// Where the clause or line of the declaration begins.
    pub(in crate::lsp) clause: usize,
    pub(in crate::lsp) state: State,
}

/// Whether a character belongs to a name.
pub(in crate::lsp) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '・' || c == '_'
}

/// The first word of a text.
pub(in crate::lsp) fn first_word(text: &str) -> &str {
    text.get(..text.find(|c| !is_name(c)).unwrap_or(text.len())).unwrap_or("")
}

/// The declaration word that a line begins with, and a blank behind it.
fn begins(line: &str) -> Option<&'static str> {
    let word = first_word(line);
    let found = DECLARATIONS.iter().find(|d| d.0 == word || d.1 == word)?;
    line.get(word.len()..).filter(|rest| rest.starts_with([' ', '\t', '\u{3000}'])).map(|_| found.0)
}

/// The declaration around a place: its bytes, and its word in Japanese.
pub(in crate::lsp) fn declaration(text: &str, at: usize) -> Option<(Range<usize>, &'static str)> {
    let line_start = text.get(..at)?.rfind('\n').map_or(0, |n| n + 1);
    let mut start = line_start;
    let word = loop {
        if let Some(word) = text.get(start..).and_then(begins) {
            // The word itself may still be being written.
            if start + first_word(text.get(start..)?).len() < at {
                break word;
            }
        }
        if start == 0 {
            return None;
        }
        start = text.get(..start - 1)?.rfind('\n').map_or(0, |n| n + 1);
    };
    let mut end = text.get(line_start..)?.find('\n').map_or(text.len(), |n| line_start + n + 1);
    while end < text.len() && text.get(end..).and_then(begins).is_none() {
        end = text.get(end..)?.find('\n').map_or(text.len(), |n| end + n + 1);
    }
    Some((start..end, word))
}

/// Whether a clause begins where a text does: its word, or `名 :=`.
pub(in crate::lsp) fn clause_word(text: &str) -> Option<&str> {
    let word = first_word(text);
    let after = text.get(word.len()..).unwrap_or("").trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']);
    if word.is_empty() {
        return None;
    }
    let assigned = after.starts_with([':', '：']) && after.chars().nth(1).map(narrow) == Some('=');
    let known = CLAUSES.iter().any(|c| [c.0, c.1].iter().any(|w| w.split(' ').next() == Some(word)));
    let used = after.starts_with(['.', '．', ',', '，', ')', '）', '∈', '=', '＝']);
    (assigned || (known && !used)).then_some(word)
}

/// Looks at a declaration up to `at`. In a rule a line that begins with a word of a clause begins one, elsewhere every
/// line does.
pub(in crate::lsp) fn spot(text: &str, declaration: usize, at: usize, clauses: bool) -> Spot {
    let mut spot = Spot { braces: Vec::new(), clause: declaration, state: State::Code };
    let mut line_start = false;
    let mut pos = declaration;
    while pos < at {
        let Some(rest) = text.get(pos..at) else { break };
        let Some(c) = rest.chars().next() else { break };
        let next = pos + c.len_utf8();
        let plain = narrow(c);
        if plain == '\n' || (plain == ';' && !clauses) {
            line_start = true;
        } else if line_start && !plain.is_whitespace() {
            line_start = false;
            let begins = if clauses { text.get(pos..).and_then(clause_word).is_some() } else { true };
            if spot.braces.len() <= if clauses { 1 } else { 2 } && begins {
                spot.clause = pos;
            }
        }
        match plain {
            '#' => {
                let end = rest.find('\n').map(|n| pos + n);
                let Some(end) = end else {
                    spot.state = State::Words;
                    return spot;
                };
                pos = end;
                continue;
            }
            '"' if c == '"' => match text_end(text, pos, at) {
                Ok(end) => {
                    pos = end;
                    continue;
                }
                Err(state) => {
                    spot.state = state;
                    return spot;
                }
            },
            '{' => {
                spot.braces.push(next);
                line_start = spot.braces.len() == 1 || (!clauses && spot.braces.len() == 2);
            }
            '}' => {
                spot.braces.pop();
            }
            _ => {}
        }
        pos = next;
    }
    if line_start {
        spot.clause = at;
    }
    spot
}

/// Where the text that opens at `start` ends before `at`, or what `at` is in.
fn text_end(text: &str, start: usize, at: usize) -> Result<usize, State> {
    let rest = text.get(start..at).unwrap_or("");
    if let Some(inside) = rest.strip_prefix("\"\"\"") {
        return inside.find("\"\"\"").map(|n| start + n + 6).ok_or(State::Words);
    }
    let mut hole: Vec<usize> = Vec::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((i, c)) = chars.next() {
        let doubled = chars.peek().is_some_and(|n| n.1 == c);
        match c {
            '\\' => drop(chars.next()),
            '"' => return Ok(start + i + 1),
            '\n' => return Ok(start + i),
            '{' if doubled && hole.is_empty() => drop(chars.next()),
            '{' => hole.push(start + i + 1),
            '}' => drop(hole.pop()),
            _ => {}
        }
    }
    Err(hole.first().map_or(State::Words, |from| State::Hole(*from)))
}
