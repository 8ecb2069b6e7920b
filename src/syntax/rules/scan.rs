//! A light scan of raw text: brackets, quotes and comments, before any grammar is asked.
use std::collections::HashMap;
use std::sync::LazyLock;

use super::grammar::{Grammar, Rule as R};
use super::token::KEYWORDS;
use pest::Parser as _;

/// How deep brackets may nest, and how many もし one clause may hold.
pub(super) const DEPTH: usize = 100;

/// Where brackets open and もし stands, in no order: no expression nests deeper than there are of these. Quotes are not looked
/// at, so that nothing hides one.
pub(super) fn openings(text: &str) -> impl Iterator<Item = usize> {
    let brackets = text.match_indices(['(', '（', '[', '［', '{', '｛']).map(|(at, _)| at);
    brackets.chain(["もし", "if"].into_iter().flat_map(|word| text.match_indices(word)).map(|(at, _)| at))
}

/// What a scan found between its start and the end of a clause.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Extent {
    /// Where the clause ends at the latest.
    pub end: usize,
    /// Where brackets or もし went too deep.
    pub too_deep: Option<usize>,
    /// Where a text opened that its line does not close.
    pub unclosed_text: Option<usize>,
}

/// The text from `pos` on; empty outside the text.
pub(super) fn rest(text: &str, pos: usize) -> &str {
    text.get(pos..).unwrap_or("")
}

/// The text up to `end`, or all of it.
pub(super) fn head(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or(text)
}

/// A character boundary about `len` bytes after `pos`: pest counts the lines of all it is given.
pub(super) fn window(text: &str, pos: usize, len: usize) -> usize {
    (pos.saturating_add(len)..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len())
}

/// Whether `rule` matches at `pos`. The grammar is asked only if the first word does not rule it out: a parser that finds
/// nothing works out what it would have taken, and where.
pub(super) fn at(rule: R, text: &str, pos: usize) -> bool {
    may_begin(rule, rest(text, pos))
        && Grammar::parse(rule, text.get(pos..window(text, pos, 512)).unwrap_or("")).is_ok()
}

/// Whether a text can begin with `rule`, as far as its first word tells.
fn may_begin(rule: R, text: &str) -> bool {
    match BEGIN.get(&rule) {
        None => true,
        Some(words) if words.iter().any(|word| text.starts_with(word)) => true,
        // A name that is defined: nothing but the name stands before the colon.
        Some(_) if rule == R::clause_start => {
            let name = text.split([':', '：', '\n', '"', '(', '（', '.', '．', ',', '，']).next().unwrap_or("");
            rest(text, name.len()).starts_with([':', '：'])
        }
        Some(_) => false,
    }
}

/// The words that a keyword, or what begins with one of several, can begin with.
static BEGIN: LazyLock<HashMap<R, Vec<&'static str>>> = LazyLock::new(|| {
    let all = R::all_rules().iter().map(|rule| (*rule, format!("{rule:?}")));
    let mut out: HashMap<R, Vec<&'static str>> = HashMap::new();
    for (rule, name) in all {
        let words = KEYWORDS.iter().filter(|k| k.rule == name).flat_map(|k| [k.ja, k.en]);
        let words: Vec<&'static str> = words.filter(|word| !word.is_empty()).collect();
        if !words.is_empty() {
            out.insert(rule, words);
        }
    }
    let several = |rules: &[R]| rules.iter().filter_map(|rule| out.get(rule)).flatten().copied().collect::<Vec<_>>();
    let tops = several(&[R::kw_rule, R::kw_scheme, R::kw_define, R::kw_table, R::kw_extend, R::kw_unit]);
    let clauses = several(&[
        R::kw_severity,
        R::kw_tags,
        R::kw_parameter,
        R::kw_column,
        R::kw_for,
        R::kw_when,
        R::kw_check,
        R::kw_finding,
        R::kw_see,
        R::kw_help,
        R::kw_fix,
        R::kw_explain,
        R::kw_test,
    ]);
    let heads = [(R::rule_head, several(&[R::kw_rule])), (R::rows_head, several(&[R::kw_rows]))];
    out.extend([(R::top_start, tops), (R::clause_start, clauses)].into_iter().chain(heads));
    out
});

/// Whether `c` is a blank or a line break.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{a0}' | '\u{feff}' | '\n' | '\r')
}

/// Whether `c` belongs to a name.
pub(super) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '・' || c == '_'
}

/// The end of the line that holds `pos`, its break left out.
pub(super) fn line_end(text: &str, pos: usize) -> usize {
    rest(text, pos).find('\n').map_or(text.len(), |n| pos + n)
}

/// Skips blanks, line breaks and comments.
pub(super) fn skip_blank(text: &str, mut pos: usize) -> usize {
    while let Some(c) = rest(text, pos).chars().next() {
        if is_blank(c) {
            pos += c.len_utf8();
        } else if c == '#' || c == '＃' {
            pos = line_end(text, pos);
        } else {
            break;
        }
    }
    pos
}

/// Skips the text that opens at `pos` (`"…"`, `"""…"""`); the flag says whether it is closed.
/// An unclosed text ends with its line.
pub(super) fn skip_text(text: &str, pos: usize) -> (usize, bool) {
    let inside = rest(text, pos);
    if inside.starts_with("\"\"\"") {
        return match inside.get(3..).and_then(|t| t.find("\"\"\"")) {
            Some(n) => (pos + n + 6, true),
            None => (pos + 3, false),
        };
    }
    let mut chars = inside.char_indices().skip(1);
    while let Some((i, c)) = chars.next() {
        match c {
            '"' => return (pos + i + 1, true),
            '\n' => return (pos + i, false),
            '\\' if !rest(inside, i + 1).starts_with('\n') => {
                chars.next();
            }
            _ => {}
        }
    }
    (text.len(), false)
}

/// The clause that starts at `start` ends at the next clause at a line start, the next declaration
/// at column 0, or the brace that closes the rule. With `outermost`, a brace at column 0 closes the
/// rule however many are open.
pub(super) fn clause(text: &str, start: usize, outermost: bool) -> Extent {
    let mut found = Extent { end: text.len(), ..Extent::default() };
    let (mut braces, mut depth, mut ifs) = (0usize, 0usize, 0usize);
    let mut pos = start;
    let mut line_start = false;
    let mut column = usize::from(!head(text, start).ends_with('\n') && start > 0);
    while let Some(c) = rest(text, pos).chars().next() {
        match c {
            '\n' => {
                line_start = true;
                column = 0;
                pos += 1;
                continue;
            }
            '#' | '＃' => {
                pos = line_end(text, pos);
                continue;
            }
            c if is_blank(c) => {
                pos += c.len_utf8();
                column += 1;
                continue;
            }
            _ => {}
        }
        if line_start && is_name(c) && (at(R::clause_start, text, pos) || (column == 0 && at(R::top_start, text, pos)))
        {
            found.end = pos;
            return found;
        }
        let closes_rule = outermost && column == 0 && line_start;
        line_start = false;
        column += 1;
        match c {
            '\\' if rest(text, pos).starts_with("\\\"") => {
                let tail = rest(text, pos + 2);
                let end = tail.find(['"', '\n']).unwrap_or(tail.len());
                pos += 2 + end + usize::from(rest(tail, end).starts_with('"'));
                continue;
            }
            '"' => {
                let (end, closed) = skip_text(text, pos);
                if !closed {
                    found.unclosed_text = found.unclosed_text.or(Some(pos));
                }
                pos = end;
                continue;
            }
            '(' | '（' | '[' | '［' => depth += 1,
            '{' | '｛' => {
                depth += 1;
                braces += 1;
            }
            ')' | '）' | ']' | '］' => depth = depth.saturating_sub(1),
            '}' | '｝' => {
                if braces == 0 || closes_rule {
                    found.end = pos;
                    return found;
                }
                braces -= 1;
                depth = depth.saturating_sub(1);
            }
            c if is_name(c) => {
                let tail = rest(text, pos);
                let end = tail.find(|c| !is_name(c)).unwrap_or(tail.len());
                if matches!(head(tail, end), "もし" | "if") {
                    ifs += 1;
                }
                if ifs > DEPTH {
                    found.too_deep = found.too_deep.or(Some(pos));
                }
                pos += end;
                continue;
            }
            _ => {}
        }
        if depth > DEPTH {
            found.too_deep = found.too_deep.or(Some(pos));
        }
        pos += c.len_utf8();
    }
    found
}

/// The brace that closes a block whose inside starts at `start`: raw text, quotes and comments
/// skipped. None if a rule starts at column 0 first or the text ends.
pub(super) fn block_end(text: &str, start: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut pos = start;
    while let Some(c) = rest(text, pos).chars().next() {
        match c {
            '"' => {
                pos = skip_text(text, pos).0;
                continue;
            }
            '#' | '＃' => {
                pos = line_end(text, pos);
                continue;
            }
            '\n' => {
                let next = rest(text, pos + 1);
                if next.starts_with(['規', 'r']) && at(R::rule_head, text, pos + 1) {
                    return None;
                }
            }
            '{' | '｛' => depth += 1,
            '}' | '｝' if depth == 0 => return Some(pos),
            '}' | '｝' => depth -= 1,
            _ => {}
        }
        pos += c.len_utf8();
    }
    None
}

/// The next declaration at column 0 after `start`.
pub(super) fn next_top(text: &str, start: usize) -> usize {
    let mut pos = start;
    loop {
        pos = line_end(text, pos) + 1;
        if pos >= text.len() {
            return text.len();
        }
        if at(R::top_start, text, pos) {
            return pos;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn the_first_word_rules_out_nothing_that_the_grammar_takes(words in proptest::collection::vec(
            prop::sample::select(vec![
                "規則", "rule", "重大度", "対象", "for", "test", "検査", "表", "table", "行", "rows", "単位", "達した", "期待", "名",
                ":=", "：＝", "：", ":", "=", " ", "　", "\n", ".", "(", "（", "∈", "\"", "{", "a-b", "１", "が\u{3099}", "・", "_",
            ]),
            1..6,
        )) {
            let text = words.concat();
            for rule in BEGIN.keys() {
                prop_assert!(may_begin(*rule, &text) || Grammar::parse(*rule, &text).is_err(), "{rule:?}: {text}");
            }
        }
    }
}
