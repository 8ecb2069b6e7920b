//! Quoted texts: escapes, holes, dedenting.
use super::expected::fault_at;
use super::expr::{Frame, whole};
use super::grammar::Rule as R;
use super::scan::{is_blank, rest};
use super::tree::{Piece, Template};
use crate::syntax::Spanned;
use crate::text::{Fault, Span, normal};

/// A token's text without its quotes, escapes resolved.
pub(super) fn plain(token: &str) -> String {
    let quote = if token.starts_with('\\') { "\\\"" } else { "\"" };
    let inner = token.strip_prefix(quote).and_then(|t| t.strip_suffix(quote)).unwrap_or(token);
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(&next @ ('"' | '\\'))) => {
                out.push(next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// A `"""…"""` (or a plain text): the common indent, the first line break and the last blank line go.
#[must_use]
pub fn dedent(token: &str) -> String {
    let Some(inner) = token.strip_prefix("\"\"\"").and_then(|t| t.strip_suffix("\"\"\"")) else {
        return plain(token);
    };
    let indent_of = |l: &str| l.chars().take_while(|c| is_blank(*c)).count();
    let mut lines = inner.lines();
    let first = lines.next().unwrap_or("").trim();
    let others: Vec<&str> = lines.collect();
    let indent = others.iter().filter(|l| !l.trim().is_empty()).map(|l| indent_of(l)).min().unwrap_or(0);
    let mut out = first.to_owned();
    for line in others {
        out.push('\n');
        out.extend(line.trim_end().chars().skip(indent));
    }
    out.trim_matches('\n').trim_end().to_owned()
}

/// The template of a text whose token stands at `start..end`.
pub(super) fn template(frame: Frame<'_>, start: usize, end: usize, faults: &mut Vec<Fault>) -> Template {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let (mut pos, stop) = (start + 1, end.saturating_sub(1));
    while pos < stop {
        let tail = rest(frame.text, pos);
        let Some(c) = tail.chars().next() else { break };
        pos += match c {
            '{' if tail.starts_with("{{") => 2,
            '}' if tail.starts_with("}}") => 2,
            '\\' if tail.starts_with("\\\"") && pos + 1 < stop => {
                literal.push('"');
                pos += 2;
                continue;
            }
            '\\' if tail.starts_with("\\\\") => 2,
            '{' => {
                let Some((close, colon)) = hole(frame.text, pos + 1, stop) else {
                    faults.push(fault_at(frame, stop, &[R::close_brace]));
                    break;
                };
                if !literal.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut literal)));
                }
                let format = colon.and_then(|(at, after)| {
                    let written = frame.text.get(after..close)?;
                    is_format(written).then(|| {
                        (at, Spanned { node: format_of(written), span: Span::new(frame.source, after..close) })
                    })
                });
                let (until, format) = format.map_or((close, None), |(at, f)| (at, Some(f)));
                match whole(Frame { base: pos + 1, ..frame }, until) {
                    Ok(expr) => pieces.push(Piece::Hole(expr, format)),
                    Err(fault) => faults.push(*fault),
                }
                pos = close + 1;
                continue;
            }
            _ => c.len_utf8(),
        };
        literal.push(c);
    }
    if !literal.is_empty() {
        pieces.push(Piece::Text(literal));
    }
    Template { span: Span::new(frame.source, start..end), pieces }
}

/// The closing brace of a hole, and its last colon at depth 0 (before and after it).
fn hole(text: &str, start: usize, stop: usize) -> Option<(usize, Option<(usize, usize)>)> {
    let (mut depth, mut colon, mut quoted) = (0usize, None, false);
    for (i, c) in text.get(start..stop)?.char_indices() {
        let at = start + i;
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '（' | '[' | '［' | '{' | '｛' => depth += 1,
            '}' if depth == 0 => return Some((at, colon)),
            ')' | '）' | ']' | '］' | '}' | '｝' => depth = depth.saturating_sub(1),
            ':' | '：' if depth == 0 => colon = Some((at, at + c.len_utf8())),
            _ => {}
        }
    }
    None
}

fn format_of(written: &str) -> String {
    normal::normal(written)
}

/// `%`, `%1`, 桁区切り, 和暦, 西暦, and the scales 千 万 百万 億.
fn is_format(written: &str) -> bool {
    let plain = format_of(written);
    match plain.strip_prefix('%') {
        Some(places) => places.bytes().all(|b| b.is_ascii_digit()),
        None => matches!(plain.as_str(), "桁区切り" | "和暦" | "西暦" | "千" | "万" | "百万" | "億"),
    }
}
