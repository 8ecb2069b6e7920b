//! The layout of plan files: one statement a line, blocks indented by two, tables aligned.
use std::ops::Range;

use super::line::{Between, LIMIT, between, indent, width};
use super::words::{DOCUMENT, Words};
use crate::plan::RelationId;
use crate::syntax::plan::{Token, TokenKind, tokens};
use crate::value::{FiscalYear, YearFault};

/// A cell wider than this does not widen its column.
const WIDEST: usize = 60;

/// A plan file in its layout; `None` if a part of it is not understood.
pub(super) fn file(text: &str, words: &Words<'_>) -> Option<String> {
    let nodes = read(text, 0..text.len(), words)?;
    let mut out = String::new();
    write(&nodes, 0, &mut out);
    Some(out)
}

/// The plan within a test of a rule file, its lines at `depth`; as one line if it stands on one and fits in `room`.
pub(super) fn inside(
    text: &str,
    within: Range<usize>,
    depth: usize,
    room: usize,
    words: &Words<'_>,
) -> Option<Result<String, String>> {
    let nodes = read(text, within.clone(), words)?;
    if !text.get(within)?.contains('\n')
        && let Some(line) = on_one_line(&nodes)
        && width(&line) <= room
    {
        return Some(Ok(line));
    }
    let mut out = String::new();
    write(&nodes, depth, &mut out);
    Some(Err(out))
}

/// One line of a plan, or a block of them.
enum Node {
    Blank,
    Comment(String),
    Statement(Statement),
    Row(Vec<String>, Vec<String>),
    Drawing(usize, Vec<String>),
}

#[derive(Default)]
struct Statement {
    keyword: String,
    /// The items, each with what joins it to the one before and with the comments behind it.
    items: Vec<(&'static str, String, Vec<String>)>,
    block: Option<Vec<Node>>,
    /// Comments behind the head, and behind the closing brace.
    comments: (Vec<String>, Vec<String>),
    /// Whether its block stands on one line.
    on_one_line: bool,
}

struct Reader<'t, 'w> {
    text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    end: usize,
    words: &'w Words<'w>,
}

fn read(text: &str, within: Range<usize>, words: &Words<'_>) -> Option<Vec<Node>> {
    let tokens = tokens(text, within.clone());
    let first = tokens.first().map_or(within.end, |t| t.range.start);
    let mut reader = Reader { text, tokens, at: 0, end: within.end, words };
    let mut nodes = Vec::new();
    // What stands before the first token begins a line, in a test behind its brace.
    let fresh = within.start == 0;
    let comments = reader.spread(between(text.get(within.start..first)?, fresh)?, &mut nodes);
    nodes.extend(comments.into_iter().map(Node::Comment));
    reader.block(&mut nodes, Some(DOCUMENT))?;
    (reader.at == reader.tokens.len()).then_some(())?;
    Some(trimmed(nodes))
}

/// Without empty lines at the ends.
fn trimmed(mut nodes: Vec<Node>) -> Vec<Node> {
    let first = nodes.iter().position(|n| !matches!(n, Node::Blank)).unwrap_or(nodes.len());
    nodes.drain(..first);
    while matches!(nodes.last(), Some(Node::Blank)) {
        nodes.pop();
    }
    nodes
}

impl Reader<'_, '_> {
    fn token(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn text(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// Takes a token, and gives what stands behind it.
    fn take(&mut self) -> Option<Vec<Between>> {
        let from = self.token()?.range.end;
        self.at += 1;
        let to = self.token().map_or(self.end, |t| t.range.start);
        between(self.text.get(from..to)?, false)
    }

    /// Comments that stand on lines of their own, and empty lines, become nodes; those behind something are given back.
    fn spread(&self, gap: Vec<Between>, nodes: &mut Vec<Node>) -> Vec<String> {
        let mut behind = Vec::new();
        for part in gap {
            match part {
                Between::Comment(text, false) => behind.push(text),
                Between::Comment(text, true) => nodes.push(Node::Comment(text)),
                Between::Blank => nodes.push(Node::Blank),
                Between::Break => {}
            }
        }
        behind
    }

    /// The nodes up to the brace that closes their block.
    fn block(&mut self, nodes: &mut Vec<Node>, owner: Option<RelationId>) -> Option<()> {
        let mut header = true;
        while let Some(token) = self.token() {
            let mut after = Vec::new();
            let node = match token.kind.clone() {
                TokenKind::Close => return Some(()),
                TokenKind::Row(cells) => {
                    let cell = |range: Range<usize>| self.text(range).to_owned();
                    let mut cells: Vec<String> = cells.into_iter().map(cell).collect();
                    if std::mem::take(&mut header) {
                        cells = cells.iter().map(|c| self.words.heading(owner, c)).collect();
                    }
                    let gap = self.take()?;
                    Node::Row(cells, self.spread(gap, &mut after))
                }
                TokenKind::Drawing(cells) => {
                    let gap = self.take()?;
                    Node::Drawing(cells, self.spread(gap, &mut after))
                }
                _ => Node::Statement(self.statement(owner, &mut after)?),
            };
            nodes.push(node);
            nodes.append(&mut after);
        }
        Some(())
    }

    fn statement(&mut self, owner: Option<RelationId>, after: &mut Vec<Node>) -> Option<Statement> {
        let mut made = Statement::default();
        let mut inside = None;
        let mut item = String::new();
        let mut joint = "";
        let mut behind = Vec::new();
        while let Some(token) = self.token().cloned() {
            let written = self.text(token.range.clone()).to_owned();
            let (mut ends, mut opens) = (false, false);
            match &token.kind {
                TokenKind::Marker => made.keyword = format!("{} ", self.words.of_statements(&written)),
                TokenKind::Keyword => {
                    let (keyword, relation) = self.words.keyword(owner, &written);
                    made.keyword.push_str(&keyword);
                    inside = relation;
                }
                TokenKind::Label => item.push_str(&label(&written)),
                TokenKind::Colon => {
                    item.push(':');
                    if is_year(&item) {
                        item.push(' ');
                    }
                }
                TokenKind::Comma | TokenKind::Equals => {
                    made.items.push((joint, std::mem::take(&mut item), Vec::new()));
                    joint = if token.kind == TokenKind::Comma { ", " } else { " = " };
                }
                TokenKind::Word | TokenKind::Text => {
                    let written =
                        if token.kind == TokenKind::Text { quoted(&written) } else { self.low(&made, written) };
                    if !item.is_empty() && !item.ends_with([':', ' ']) {
                        item.push_str(self.blank_before(&token));
                    }
                    item.push_str(&written);
                }
                TokenKind::Note(name, value) => {
                    let (name, value) = (self.text(name.clone()).trim_end(), self.text(value.clone()));
                    item.push_str(&format!(" ({}: {value})", self.words.of_statements(name)));
                }
                TokenKind::Open => opens = true,
                TokenKind::Close | TokenKind::Row(_) | TokenKind::Drawing(_) => return None,
            }
            let joins = matches!(token.kind, TokenKind::Comma | TokenKind::Equals);
            let next = self.tokens.get(self.at + 1).map(|t| &t.kind);
            if !joins && !opens {
                let goes_on = match next {
                    None | Some(TokenKind::Close | TokenKind::Row(_) | TokenKind::Drawing(_) | TokenKind::Marker) => {
                        false
                    }
                    Some(TokenKind::Keyword) => token.kind == TokenKind::Marker,
                    Some(_) => true,
                };
                ends = !goes_on;
            }
            if (ends || opens) && !item.is_empty() {
                made.items.push((joint, std::mem::take(&mut item), Vec::new()));
            }
            let gap = self.take()?;
            if opens {
                let mut nodes = Vec::new();
                made.comments.0 = self.spread(gap, &mut nodes);
                self.block(&mut nodes, inside)?;
                let close = self.token()?.range.clone();
                made.on_one_line = !self.text(token.range.end..close.start).contains('\n');
                made.block = Some(trimmed(nodes));
                let gap = self.take()?;
                made.comments.1 = self.spread(gap, after);
                return Some(made);
            }
            if ends {
                made.comments.0 = self.spread(gap, after);
                return Some(made);
            }
            behind.extend(gap.into_iter().filter_map(|part| match part {
                Between::Comment(text, _) => Some(text),
                _ => None,
            }));
            if joins && let Some(last) = made.items.last_mut() {
                last.2 = std::mem::take(&mut behind);
            }
        }
        Some(made)
    }

    /// `低` of `読取 低` is a keyword too.
    fn low(&self, made: &Statement, word: String) -> String {
        if matches!(made.keyword.as_str(), "読取" | "confidence") { self.words.of_statements(&word) } else { word }
    }

    /// Blanks between two bare words are part of what is printed; beside a text in quotes they are not.
    fn blank_before(&self, token: &Token) -> &str {
        let before = self.at.checked_sub(1).and_then(|n| self.tokens.get(n));
        match before {
            Some(before) if before.kind == TokenKind::Word && token.kind == TokenKind::Word => {
                self.text(before.range.end..token.range.start)
            }
            _ => " ",
        }
    }
}

fn is_year(item: &str) -> bool {
    let label = item.trim_end_matches(':');
    !matches!(FiscalYear::read(label), Err(YearFault::NotAYear))
}

/// A label with narrow colons and no blanks around them.
fn label(written: &str) -> String {
    written.split([':', '：']).map(str::trim).collect::<Vec<_>>().join(":")
}

/// A text in straight quotes.
fn quoted(written: &str) -> String {
    let mut chars = written.chars();
    let (first, last) = (chars.next(), chars.next_back());
    let inner = chars.as_str();
    match (first, last) {
        (Some('"' | '＂'), Some(_)) => format!("\"{inner}\""),
        // Between other quotes nothing is escaped.
        (Some(_), Some(_)) => format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\"")),
        _ => written.to_owned(),
    }
}

fn comments(list: &[String]) -> String {
    list.iter().map(|c| format!("  {c}")).collect()
}

impl Statement {
    /// The head on one line; `None` if comments break it.
    fn head(&self) -> Option<String> {
        let mut out = self.keyword.clone();
        for (joint, item, behind) in &self.items {
            if !behind.is_empty() {
                return None;
            }
            out.push_str(if joint.is_empty() { " " } else { joint });
            out.push_str(item);
        }
        Some(out)
    }

    fn line(&self) -> Option<String> {
        let head = self.head()?;
        if !(self.comments.0.is_empty() && self.comments.1.is_empty()) {
            return None;
        }
        match &self.block {
            None => Some(head),
            Some(nodes) if nodes.is_empty() => Some(format!("{head} {{}}")),
            Some(nodes) => Some(format!("{head} {{ {} }}", on_one_line(nodes)?)),
        }
    }

    fn write(&self, depth: usize, out: &mut String) {
        let start = indent(depth);
        if (self.on_one_line || self.block.is_none())
            && let Some(line) = self.line().filter(|l| width(l) + depth * 2 <= LIMIT || self.items.len() < 2)
        {
            out.push_str(&format!("{start}{line}\n"));
            return;
        }
        let open = if self.block.is_some() { " {" } else { "" };
        let behind = comments(&self.comments.0);
        match self.head().filter(|h| width(h) + depth * 2 + open.len() <= LIMIT || self.items.len() < 2) {
            Some(head) => out.push_str(&format!("{start}{head}{open}{behind}\n")),
            None => {
                self.broken(depth, out);
                out.push_str(&format!("{open}{behind}\n"));
            }
        }
        if let Some(nodes) = &self.block {
            write(nodes, depth + 1, out);
            out.push_str(&format!("{start}}}{}\n", comments(&self.comments.1)));
        }
    }

    /// The head over several lines: a line goes on behind a comma.
    fn broken(&self, depth: usize, out: &mut String) {
        let mut line = format!("{}{}", indent(depth), self.keyword);
        let last = self.items.len().saturating_sub(1);
        let mut fresh = false;
        for (n, (joint, item, behind)) in self.items.iter().enumerate() {
            let next = self.items.get(n + 1).map_or("", |next| next.0.trim());
            let piece = if next == "," { format!("{item},") } else { item.clone() };
            let too_long = width(&line) + 1 + width(&piece) > LIMIT && n > 0 && *joint == ", ";
            if too_long && !fresh {
                out.push_str(&format!("{line}\n"));
                line = indent(depth + 2);
                fresh = true;
            }
            if !fresh {
                line.push_str(if joint.trim() == "=" { " = " } else { " " });
            }
            line.push_str(&piece);
            fresh = false;
            if !behind.is_empty() && n < last {
                out.push_str(&format!("{line}{}\n", comments(behind)));
                line = indent(depth + 2);
                fresh = true;
            }
        }
        out.push_str(&line);
    }
}

/// Statements on one line, `;` between them; `None` for what needs lines of its own.
fn on_one_line(nodes: &[Node]) -> Option<String> {
    let lines: Option<Vec<String>> = nodes
        .iter()
        .map(|node| match node {
            Node::Statement(statement) if statement.on_one_line || statement.block.is_none() => statement.line(),
            Node::Row(cells, behind) if behind.is_empty() && nodes.len() == 1 => Some(row(cells, &[])),
            _ => None,
        })
        .collect();
    let mut out = String::new();
    for line in lines? {
        if !out.is_empty() {
            out.push_str(if out.ends_with('}') { " " } else { "; " });
        }
        out.push_str(&line);
    }
    Some(out).filter(|l| width(l) <= LIMIT)
}

fn write(nodes: &[Node], depth: usize, out: &mut String) {
    let widths = widths(nodes);
    for node in nodes {
        match node {
            Node::Blank => out.push('\n'),
            Node::Comment(text) => out.push_str(&format!("{}{text}\n", indent(depth))),
            Node::Statement(statement) => statement.write(depth, out),
            Node::Row(cells, behind) => {
                out.push_str(&format!("{}{}{}\n", indent(depth), row(cells, &widths), comments(behind)));
            }
            Node::Drawing(cells, behind) => {
                let of = |n: usize| "-".repeat(widths.get(n).copied().unwrap_or(1).max(3) + 2);
                let line: Vec<String> = (0..*cells).map(of).collect();
                out.push_str(&format!("{}|{}|{}\n", indent(depth), line.join("|"), comments(behind)));
            }
        }
    }
}

/// The width of each column of the table among `nodes`.
fn widths(nodes: &[Node]) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for node in nodes {
        let cells = match node {
            Node::Row(cells, _) => cells,
            _ => continue,
        };
        widths.resize(widths.len().max(cells.len()), 1);
        for (widest, cell) in widths.iter_mut().zip(cells) {
            *widest = (*widest).max(if width(cell) > WIDEST { 0 } else { width(cell) });
        }
    }
    widths
}

fn row(cells: &[String], widths: &[usize]) -> String {
    let mut out = String::from("|");
    for (n, cell) in cells.iter().enumerate() {
        let blanks = widths.get(n).copied().unwrap_or(0).saturating_sub(width(cell));
        out.push_str(&format!(" {cell}{} |", " ".repeat(blanks)));
    }
    out
}
