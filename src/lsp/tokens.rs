//! Semantic tokens: the words of a file by what they are. Where a file cannot be read, what can be is coloured.
use std::ops::Range;
use std::path::Path;

use gen_lsp_types::{SemanticToken, SemanticTokens, SemanticTokensLegend, SemanticTokensParams};

use super::desk::Desk;
use super::place;
use crate::project::ending;
use crate::syntax::{plan, rules};
use crate::text::Source;

/// What a piece of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Keyword,
    Property,
    Label,
    Number,
    Text,
    Word,
    Operator,
    Name,
    Comment,
    Open,
    Close,
}

/// A piece of a file.
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

const TYPES: [(Kind, &str); 9] = [
    (Kind::Keyword, "keyword"),
    (Kind::Property, "property"),
    (Kind::Label, "enumMember"),
    (Kind::Number, "number"),
    (Kind::Text, "string"),
    (Kind::Word, "type"),
    (Kind::Operator, "operator"),
    (Kind::Name, "variable"),
    (Kind::Comment, "comment"),
];

/// The names of the kinds, by their numbers.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend::new(TYPES.iter().map(|t| t.1.to_owned()).collect(), Vec::new())
}

/// The pieces of a plan file or rule file, in order; none of another.
pub(super) fn pieces(source: &Source, path: &Path) -> Vec<Piece> {
    let mut out = Vec::new();
    match ending(path).as_str() {
        "plan" => of_plan(&source.text, 0..source.text.len(), &mut out),
        "rules" => of_rules(&source.text, &mut out),
        _ => {}
    }
    out.sort_by_key(|p| (p.range.start, p.range.end));
    out
}

fn of_plan(text: &str, within: Range<usize>, out: &mut Vec<Piece>) {
    let of = |written: &str| {
        let first = written.chars().next().map(crate::text::normal::narrow);
        if first.is_some_and(|c| c.is_ascii_digit()) { Kind::Number } else { Kind::Word }
    };
    let mut push = |kind, range: Range<usize>| out.push(Piece { kind, range });
    let mut header = false;
    for token in plan::tokens(text, within.clone()) {
        let written = text.get(token.range.clone()).unwrap_or("");
        match token.kind {
            plan::TokenKind::Marker | plan::TokenKind::Keyword => push(Kind::Keyword, token.range),
            plan::TokenKind::Label => push(Kind::Label, token.range),
            plan::TokenKind::Word => push(of(written), token.range),
            plan::TokenKind::Text => push(Kind::Text, token.range),
            plan::TokenKind::Note(name, value) => {
                push(Kind::Property, name);
                let kind = of(text.get(value.clone()).unwrap_or(""));
                push(kind, value);
            }
            plan::TokenKind::Open => {
                header = true;
                push(Kind::Open, token.range);
            }
            plan::TokenKind::Close => push(Kind::Close, token.range),
            plan::TokenKind::Row(cells) => {
                for cell in cells.into_iter().filter(|c| !c.is_empty()) {
                    let kind = if header { Kind::Property } else { of(text.get(cell.clone()).unwrap_or("")) };
                    push(kind, cell);
                }
                header = false;
            }
            plan::TokenKind::Comma | plan::TokenKind::Colon | plan::TokenKind::Equals | plan::TokenKind::Drawing(_) => {
            }
        }
    }
    for comment in plan::parse(crate::text::SourceId::default(), text, within).comments {
        push(Kind::Comment, comment.span.range());
    }
}

fn of_rules(text: &str, out: &mut Vec<Piece>) {
    let tokens = rules::tokens(text);
    let mut behind = 0;
    for (n, token) in tokens.iter().enumerate() {
        comments(text, behind..token.range.start, out);
        behind = token.range.end;
        let is = |n: Option<usize>, mark: &str| {
            let token = n.and_then(|n| tokens.get(n)).filter(|t| t.kind == rules::TokenKind::Mark);
            token.and_then(|t| text.get(t.range.clone())) == Some(mark)
        };
        let kind = match token.kind {
            rules::TokenKind::Keyword(_) => Kind::Keyword,
            rules::TokenKind::Operator | rules::TokenKind::Prefix => Kind::Operator,
            rules::TokenKind::Name if is(n.checked_sub(1), ".") => Kind::Property,
            rules::TokenKind::Name => Kind::Name,
            rules::TokenKind::Figure => Kind::Number,
            rules::TokenKind::Text | rules::TokenKind::Prose => Kind::Text,
            rules::TokenKind::Word => Kind::Word,
            rules::TokenKind::Open(_) => Kind::Open,
            rules::TokenKind::Close(_) => Kind::Close,
            rules::TokenKind::Plan => {
                of_plan(text, token.range.clone(), out);
                continue;
            }
            rules::TokenKind::Mark => continue,
        };
        out.push(Piece { kind, range: token.range.clone() });
    }
    comments(text, behind..text.len(), out);
}

/// The comments between two tokens.
fn comments(text: &str, gap: Range<usize>, out: &mut Vec<Piece>) {
    let mut at = gap.start;
    while let Some(rest) = text.get(at..gap.end)
        && let Some(hash) = rest.find(['#', '＃'])
    {
        let line = rest.get(hash..).map_or(0, |l| l.find('\n').unwrap_or(l.len()));
        let end = at + hash + line;
        let shown = text.get(at + hash..end).unwrap_or("").trim_end().len();
        out.push(Piece { kind: Kind::Comment, range: at + hash..at + hash + shown });
        at = end;
    }
}

/// The tokens of a file, each relative to the one before.
pub(super) fn tokens(desk: &mut Desk, params: &SemanticTokensParams) -> Option<SemanticTokens> {
    let (view, id) = desk.file(&params.text_document.uri)?;
    let source = view.read.sources.get(id).filter(|s| s.grid.is_none())?;
    let mut data = Vec::new();
    let (mut line, mut column) = (0, 0);
    for piece in pieces(source, &desk.path(&params.text_document.uri)?) {
        let Some(number) = TYPES.iter().position(|t| t.0 == piece.kind) else { continue };
        // A text of several lines is a token in each.
        let mut start = piece.range.start;
        for part in source.text.get(piece.range).unwrap_or("").split_inclusive('\n') {
            let shown = part.trim_end_matches(['\n', '\r']);
            let at = place::position(source, start);
            start += part.len();
            if shown.is_empty() || (at.line, at.character) < (line, column) {
                continue;
            }
            let delta_line = at.line - line;
            data.push(SemanticToken {
                delta_line,
                delta_start: if delta_line == 0 { at.character - column } else { at.character },
                length: place::whole(shown.chars().map(char::len_utf16).sum()),
                token_type: place::whole(number),
                token_modifiers_bitset: 0,
            });
            (line, column) = (at.line, at.character);
        }
    }
    Some(SemanticTokens { result_id: None, data })
}
