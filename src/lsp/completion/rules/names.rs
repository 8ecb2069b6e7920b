//! The names that are known at a place of a rule: variables, definitions and parameters, also those of the aggregate that
//! is being written.
use crate::rules::Scope;
use crate::syntax::Spanned;
use crate::syntax::rules::{Expr, Range, parse, query};
use crate::text::{SourceId, Span};

use super::Place;
use super::scan::is_name;

/// A longer text is no expression that anybody writes.
const LONGEST: usize = 4_096;

/// The scope of a place: what the declaration says, then what the braces around the place do. `hole` is where the
/// expression begins if it stands in a text.
pub(super) fn scope<'v>(place: &Place<'v>, hole: Option<usize>) -> Scope<'v> {
    let mut scope = Scope::new(place.scene.vocabulary());
    let text = place.text;
    let declaration = text.get(place.declaration.clone()).unwrap_or("");
    let file = parse(SourceId::default(), declaration).file;
    for rule in &file.rules {
        rule.body.parameters.iter().for_each(|p| scope.value(&p.name.node, &p.default));
        rule.ranges.iter().for_each(|r| scope.range(r));
        rule.body.definitions.iter().for_each(|(name, expr)| scope.value(&name.node, expr));
    }
    for made in &file.definitions {
        made.ranges.iter().for_each(|r| scope.range(r));
        made.locals.iter().for_each(|(name, expr)| scope.value(&name.node, expr));
    }
    let known =
        file.rules.iter().any(|r| !r.ranges.is_empty()) || file.definitions.iter().any(|d| !d.ranges.is_empty());
    // The clause itself: 各 of 参考, and 対象 while it cannot be read yet.
    let line_end = text.get(place.at..).and_then(|t| t.find('\n')).map_or(text.len(), |n| place.at + n);
    let head = place.spot.clause;
    let clause = text.get(head..line_end).unwrap_or("");
    let is_for = clause.starts_with("対象") || clause.starts_with("for");
    if !is_for || !known {
        ranges(clause, &mut scope);
    }
    for inside in place.spot.braces.iter().skip(1) {
        ranges(text.get(*inside..place.declaration.end).unwrap_or(""), &mut scope);
    }
    if let Some(from) = hole {
        let inside = text.get(from..line_end).unwrap_or("");
        for (at, _) in inside.get(..place.at.saturating_sub(from)).unwrap_or("").match_indices('{') {
            ranges(inside.get(at + 1..).unwrap_or(""), &mut scope);
        }
    }
    scope
}

/// Takes up each `名 ∈ 範囲` that stands at the top of a text, up to the bracket that closes it.
fn ranges(text: &str, scope: &mut Scope<'_>) {
    for piece in pieces(text) {
        let Some((name, source)) = piece.split_once('∈').or_else(|| piece.split_once(" in ")) else { continue };
        let name = name.trim();
        let start = name.char_indices().rev().find(|(_, c)| !is_name(*c)).map_or(0, |(i, c)| i + c.len_utf8());
        let name = name.get(start..).unwrap_or("");
        // A condition `x.項目 ∈ {…}` gives no name.
        let path = piece.get(..piece.find(name).unwrap_or(0)).unwrap_or("").trim_end().ends_with(['.', '．']);
        if name.is_empty() || path {
            continue;
        }
        if let Some(source) = expression(source.trim()) {
            scope.range(&Range { name: Spanned { node: name.to_owned(), span: Span::default() }, source });
        }
    }
}

/// The pieces of a text between commas, bars and colons that stand in no bracket.
fn pieces(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut start) = (0usize, false, 0usize);
    let mut out = Vec::new();
    for (i, c) in text.char_indices().take(LONGEST) {
        match c {
            '"' => quoted = !quoted,
            '\n' => quoted = false,
            _ if quoted => {}
            '(' | '（' | '[' | '［' | '{' | '｛' => depth += 1,
            ')' | '）' | ']' | '］' | '}' | '｝' if depth == 0 => {
                out.push(text.get(start..i).unwrap_or(""));
                return out;
            }
            ')' | '）' | ']' | '］' | '}' | '｝' => depth -= 1,
            ',' | '，' | '|' | '｜' | ':' | '：' if depth == 0 => {
                out.push(text.get(start..i).unwrap_or(""));
                start = i + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(text.get(start..).unwrap_or(""));
    out
}

/// An expression that is the whole of a text.
pub(super) fn expression(text: &str) -> Option<Expr> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    query(SourceId::default(), text).ok()?.columns.into_iter().next()
}

/// The path that ends at `end`: names, dots and what stands in brackets behind a name.
pub(super) fn path_before(text: &str, end: usize) -> &str {
    let mut start = end;
    while let Some(c) = text.get(..start).and_then(|t| t.chars().next_back()) {
        match c {
            _ if is_name(c) => start -= c.len_utf8(),
            '.' | '．' => start -= c.len_utf8(),
            ')' | '）' | ']' | '］' => match opening(text, start) {
                Some(open) => start = open,
                None => break,
            },
            _ => break,
        }
        if end - start > LONGEST {
            break;
        }
    }
    text.get(start..end).unwrap_or("")
}

/// Where the bracket opens that closes before `end`.
fn opening(text: &str, end: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (i, c) in text.get(..end)?.char_indices().rev().take(LONGEST) {
        match c {
            ')' | '）' | ']' | '］' | '}' | '｝' => depth += 1,
            '(' | '（' | '[' | '［' | '{' | '｛' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(i);
                }
            }
            '\n' => return None,
            _ => {}
        }
    }
    None
}
