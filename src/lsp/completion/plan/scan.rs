//! Where a place of a plan file stands. The parser wants whole statements; here the last one is still being written, so
//! brackets, quotes and comments before it are looked at by themselves.
use std::ops::Range;

use crate::plan::{DOCUMENTS, RelationId, Vocabulary};
use crate::text::normal::narrow;

/// Words that may stand before a keyword to mark the statement.
pub(in crate::lsp) const MARKERS: [&str; 2] = ["再掲", "relisted"];

/// An open block.
#[derive(Debug, Clone)]
pub(in crate::lsp) struct Block {
    /// The statement before its brace.
    pub(in crate::lsp) head: Range<usize>,
    /// The first byte behind its brace.
    pub(in crate::lsp) inside: usize,
    /// The first row of its table.
    pub(in crate::lsp) header: Option<Range<usize>>,
}

/// What a place is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lsp) enum State {
    Statement,
    Row,
    /// With the place of its mark.
    Comment(usize),
    Text,
}

/// A place of a plan file.
#[derive(Debug, Clone)]
pub(in crate::lsp) struct Spot {
    /// The blocks around it, the outermost first.
    pub(in crate::lsp) blocks: Vec<Block>,
    /// Where the statement or row begins.
    pub(in crate::lsp) start: usize,
    pub(in crate::lsp) state: State,
}

/// Looks at a plan that begins at `start`, up to `at`.
pub(in crate::lsp) fn spot(text: &str, start: usize, at: usize) -> Spot {
    let mut spot = Spot { blocks: Vec::new(), start, state: State::Statement };
    let (mut closing, mut escaped, mut last) = ('"', false, '\n');
    // A row goes on behind a text; anything else is a statement again.
    let mut before = State::Statement;
    for (i, c) in text.get(start..at).unwrap_or("").char_indices() {
        let (here, next, plain) = (start + i, start + i + c.len_utf8(), narrow(c));
        if c == '\n' {
            if spot.state == State::Row || (spot.state == State::Text && before == State::Row) {
                row_ends(&mut spot, here);
                last = '\n';
            }
            // A comma at the end of a line continues the statement.
            if !matches!(last, ',' | '、') {
                spot.start = next;
                last = '\n';
            }
            spot.state = State::Statement;
            continue;
        }
        match spot.state {
            State::Comment(_) => continue,
            State::Text => {
                if escaped {
                    escaped = false;
                } else if c == '\\' && closing == '"' {
                    escaped = true;
                } else if plain == closing {
                    spot.state = before;
                }
                continue;
            }
            State::Row | State::Statement => {}
        }
        if plain.is_whitespace() || c == '\u{feff}' {
            continue;
        }
        last = plain;
        let in_row = spot.state == State::Row;
        match plain {
            '#' | '}' | ';' | '{' if in_row && plain != '{' => {
                row_ends(&mut spot, here);
                spot.state = State::Statement;
            }
            _ => {}
        }
        match plain {
            '"' => (spot.state, closing, before) = (State::Text, '"', spot.state),
            '“' if !in_row => (spot.state, closing, before) = (State::Text, '”', spot.state),
            '「' if !in_row => (spot.state, closing, before) = (State::Text, '」', spot.state),
            '#' => spot.state = State::Comment(here),
            '{' if !in_row => {
                spot.blocks.push(Block { head: spot.start..here, inside: next, header: None });
                spot.start = next;
            }
            '}' => {
                spot.blocks.pop();
                spot.start = next;
            }
            ';' => spot.start = next,
            '|' if !in_row && text.get(spot.start..here).is_some_and(|t| t.trim().is_empty()) => {
                spot.start = here;
                spot.state = State::Row;
            }
            _ => {}
        }
    }
    spot
}

fn row_ends(spot: &mut Spot, end: usize) {
    let row = spot.start..end;
    if let Some(block) = spot.blocks.last_mut() {
        block.header.get_or_insert(row);
    }
}

/// The end of the block that `from` stands in, roughly: what is found there only keeps things from being offered twice.
pub(in crate::lsp) fn block_end(text: &str, from: usize) -> usize {
    let (mut depth, mut quoted) = (0usize, false);
    for (i, c) in text.get(from..).unwrap_or("").char_indices() {
        match narrow(c) {
            '\n' => quoted = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '{' => depth += 1,
            '}' if depth == 0 => return from + i,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// A piece of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lsp) enum Piece {
    Word,
    Text,
    Comma,
    Colon,
    Equals,
    /// `(変更前: …)`
    Note,
    /// A bracket that is not closed yet, with what stands behind it.
    Open,
}

/// Whether a character belongs to a word.
pub(in crate::lsp) fn is_word(c: char) -> bool {
    let c = narrow(c);
    let mark = matches!(c, ',' | '、' | ':' | '=' | '{' | '}' | ';' | '|' | '#' | '(' | ')');
    !(mark || c.is_whitespace() || matches!(c, '"' | '“' | '”' | '「' | '」' | '\u{feff}'))
}

/// The pieces of `text[range]`, as far as they can be told.
pub(in crate::lsp) fn pieces(text: &str, range: Range<usize>) -> Vec<(Piece, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = range.start;
    while let Some(c) = text.get(at..range.end).and_then(|t| t.chars().next()) {
        let rest = text.get(at..range.end).unwrap_or("");
        let one = at..at + c.len_utf8();
        let plain = narrow(c);
        let (piece, found) = match plain {
            ',' | '、' => (Piece::Comma, one),
            ':' => (Piece::Colon, one),
            '=' => (Piece::Equals, one),
            '"' | '“' | '「' => {
                let close = if plain == '"' {
                    '"'
                } else if c == '“' {
                    '”'
                } else {
                    '」'
                };
                let end = rest.char_indices().skip(1).find(|(_, x)| narrow(*x) == close);
                (Piece::Text, at..end.map_or(range.end, |(i, x)| at + i + x.len_utf8()))
            }
            '(' => match rest.char_indices().find(|(_, x)| narrow(*x) == ')') {
                Some((i, x)) => {
                    let note = rest.get(..i).is_some_and(|t| t.contains([':', '：']));
                    (if note { Piece::Note } else { Piece::Word }, at..at + i + x.len_utf8())
                }
                None => (Piece::Open, at..range.end),
            },
            _ if is_word(c) => {
                let mut end = rest.find(|x| !is_word(x)).map_or(range.end, |i| at + i);
                // 1,800件: a comma between digits belongs to the number.
                while let Some(more) = text.get(end..range.end).filter(|t| t.starts_with([',', '，'])) {
                    let digit = |c: Option<char>| c.is_some_and(|c| narrow(c).is_ascii_digit());
                    let comma = more.chars().next().map_or(1, char::len_utf8);
                    let after = more.get(comma..).unwrap_or("");
                    if !digit(after.chars().next()) || !digit(text.get(at..end).and_then(|t| t.chars().next_back())) {
                        break;
                    }
                    end = after.find(|x| !is_word(x)).map_or(range.end, |i| end + comma + i);
                }
                (Piece::Word, at..end)
            }
            _ => {
                at += c.len_utf8();
                continue;
            }
        };
        at = found.end.max(at + c.len_utf8());
        out.push((piece, found));
    }
    out
}

/// Whether a word is a number such as `No10`.
fn is_number(word: &str) -> bool {
    let plain: String = word.chars().map(narrow).collect();
    let rest = plain.strip_prefix("No").or_else(|| plain.strip_prefix("no")).unwrap_or(&plain);
    rest.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit())
}

/// How many of the pieces are the mark and the keyword of the statement: the number of the keyword, and whether it is
/// marked. `再掲 No10` and `再掲` alone are statements with the keyword 再掲.
pub(in crate::lsp) fn keyword_of(text: &str, pieces: &[(Piece, Range<usize>)]) -> Option<(usize, bool)> {
    let word = |n: usize| pieces.get(n).filter(|p| p.0 == Piece::Word).and_then(|p| text.get(p.1.clone()));
    let first = word(0)?;
    if MARKERS.contains(&first)
        && word(1).is_some_and(|w| !is_number(w))
        && pieces.get(2).map(|p| p.0) != Some(Piece::Colon)
    {
        return Some((1, true));
    }
    Some((0, false))
}

/// The relation that the head of a block begins; `None` where the word is unknown.
pub(in crate::lsp) fn relation_of(text: &str, head: Range<usize>, vocabulary: &Vocabulary) -> Option<RelationId> {
    let pieces = pieces(text, head);
    let (n, _) = keyword_of(text, &pieces)?;
    vocabulary.keyword(text.get(pieces.get(n)?.1.clone())?).map(|k| k.0)
}

/// The relation of the innermost block; outside of all blocks that of documents.
pub(in crate::lsp) fn around(text: &str, spot: &Spot, vocabulary: &Vocabulary) -> Option<RelationId> {
    match spot.blocks.last() {
        Some(block) => relation_of(text, block.head.clone(), vocabulary),
        None => Some(DOCUMENTS),
    }
}
