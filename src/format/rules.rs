//! The layout of rule files: one clause a line, indented by two; lines that an author broke stay broken, indented by four.
use super::Surface;
use super::line::{Between, LIMIT, between, indent, width};
use super::plan;
use super::words::Words;
use crate::syntax::rules::{Brace, Token, TokenKind, tokens};
use crate::text::normal::narrow;

/// A rule file in its layout; `None` if a part of it is not understood.
pub(super) fn file(text: &str, words: &Words<'_>) -> Option<String> {
    let tokens = tokens(text);
    let mut writer = Writer { text, words, out: String::new(), depth: 0, open: 0, labels: labels(text, &tokens) };
    let first = tokens.first().map_or(text.len(), |t| t.range.start);
    writer.gap(between(text.get(..first)?, true)?);
    for (n, token) in tokens.iter().enumerate() {
        let next = tokens.get(n + 1);
        let to = next.map_or(text.len(), |t| t.range.start);
        // Nothing may be lost between two tokens.
        let gap = text.get(token.range.end..to)?;
        writer.token(&tokens, n)?;
        writer.gap(between(gap, false)?);
    }
    let mut out = writer.out.trim_end().to_owned();
    if !out.is_empty() {
        out.push('\n');
    }
    Some(out)
}

/// A mark in its usual form: narrow, and dashes alike.
pub(super) fn mark(written: &str) -> String {
    written.chars().map(|c| if matches!(c, '〜' | '～') { '~' } else { narrow(c) }).collect()
}

struct Writer<'t> {
    text: &'t str,
    words: &'t Words<'t>,
    out: String,
    /// Blocks that are open.
    depth: usize,
    /// Brackets that are open in the clause.
    open: usize,
    /// The width of the words of each scheme, by the place of the word.
    labels: std::collections::BTreeMap<usize, usize>,
}

impl Writer<'_> {
    fn fresh(&self) -> bool {
        self.out.is_empty() || self.out.ends_with('\n')
    }

    fn line(&mut self) {
        if !self.fresh() {
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.out.push('\n');
        }
    }

    /// Comments and the ends of lines, where the author put them.
    fn gap(&mut self, gap: Vec<Between>) {
        for part in gap {
            match part {
                Between::Comment(text, false) if !self.fresh() => self.out.push_str(&format!("  {text}\n")),
                Between::Comment(text, _) => {
                    self.line();
                    let depth = self.depth + if self.open > 0 { 1 } else { 0 };
                    self.out.push_str(&format!("{}{text}\n", indent(depth)));
                }
                Between::Break => self.line(),
                Between::Blank => {
                    self.line();
                    if !self.out.is_empty() && !self.out.ends_with("\n\n") && !self.out.ends_with("{\n") {
                        self.out.push('\n');
                    }
                }
            }
        }
    }

    fn token(&mut self, all: &[Token], n: usize) -> Option<()> {
        let token = all.get(n)?;
        let before = n.checked_sub(1).and_then(|n| all.get(n));
        let written = self.text.get(token.range.clone())?;
        if token.kind == TokenKind::Plan {
            return self.plan(token);
        }
        if token.kind == TokenKind::Close(Brace::Block) {
            self.depth = self.depth.saturating_sub(1);
            self.open = 0;
            // The brace of a test whose plan stands on one line stays there.
            let behind_plan = before.is_some_and(|b| b.kind == TokenKind::Plan) && !self.fresh();
            if !behind_plan {
                self.line();
                while self.out.ends_with("\n\n") {
                    self.out.pop();
                }
                self.out.push_str(&indent(self.depth));
            }
            self.out.push('}');
            return Some(());
        }
        if token.head {
            self.open = 0;
            self.line();
            let declares = self.depth == 0 && before.is_some_and(|b| b.kind == TokenKind::Close(Brace::Block));
            if declares && self.out.ends_with("}\n") {
                self.out.push('\n');
            }
        }
        let written = match token.kind {
            TokenKind::Keyword(keyword) => match self.words.surface {
                Some(Surface::Ja) => keyword.ja.to_owned(),
                Some(Surface::En) => keyword.en.to_owned(),
                None => mark(written),
            },
            TokenKind::Mark | TokenKind::Operator | TokenKind::Prefix | TokenKind::Open(_) | TokenKind::Close(_) => {
                mark(written)
            }
            TokenKind::Prose => prose(written, self.depth),
            _ => written.to_owned(),
        };
        if written.is_empty() {
            return Some(());
        }
        if self.fresh() {
            let closes = matches!(token.kind, TokenKind::Close(_)) || matches!(written.as_str(), ")" | "]");
            let further = if token.head { 0 } else { 1 + self.open.saturating_sub(usize::from(closes)) };
            self.out.push_str(&indent(self.depth + further));
        } else if before.is_some_and(|b| spaced(b, token, self.text)) {
            self.out.push(' ');
        }
        self.out.push_str(&written);
        if let Some(blanks) = self.labels.get(&token.range.start) {
            self.out.push_str(&" ".repeat(blanks.saturating_sub(width(&written))));
        }
        match token.kind {
            TokenKind::Open(Brace::Block) => self.depth += 1,
            TokenKind::Open(_) => self.open += 1,
            TokenKind::Close(_) => self.open = self.open.saturating_sub(1),
            TokenKind::Mark if matches!(written.as_str(), "(" | "[") => self.open += 1,
            TokenKind::Mark if matches!(written.as_str(), ")" | "]") => self.open = self.open.saturating_sub(1),
            _ => {}
        }
        self.reached(all, n);
        Some(())
    }

    /// `x が y に達する` ends with a word that English does without.
    fn reached(&mut self, all: &[Token], n: usize) {
        let is = |n: Option<usize>, rule: &str| {
            let token = n.and_then(|n| all.get(n));
            token.is_some_and(|t| matches!(t.kind, TokenKind::Keyword(k) if k.rule == rule))
        };
        if self.words.surface == Some(Surface::Ja)
            && is(n.checked_sub(1), "kw_reach_of")
            && !is(Some(n + 1), "kw_reached")
        {
            self.out.push_str(" に達する");
        }
    }

    fn plan(&mut self, token: &Token) -> Option<()> {
        let line = self.out.rsplit('\n').next().unwrap_or("");
        let room = LIMIT.saturating_sub(width(line) + 4);
        if self.text.get(token.range.clone())?.trim().is_empty() {
            return Some(());
        }
        match plan::inside(self.text, token.range.clone(), self.depth, room, self.words)? {
            Ok(line) => self.out.push_str(&format!(" {line} ")),
            Err(lines) => {
                self.out.push('\n');
                self.out.push_str(&lines);
            }
        }
        Some(())
    }
}

/// A text in triple quotes: its lines one step further in than its clause.
fn prose(written: &str, depth: usize) -> String {
    let inner = crate::syntax::rules::dedent(written);
    if !written.contains('\n') {
        return written.to_owned();
    }
    let mut out = String::from("\"\"\"\n");
    for line in inner.lines() {
        if !line.is_empty() {
            out.push_str(&format!("{}{line}", indent(depth + 1)));
        }
        out.push('\n');
    }
    out.push_str(&format!("{}\"\"\"", indent(depth)));
    out
}

/// Whether a blank stands between two tokens of one line.
fn spaced(before: &Token, token: &Token, text: &str) -> bool {
    let of = |t: &Token| mark(text.get(t.range.clone()).unwrap_or(""));
    let (left, right) = (of(before), of(token));
    let mark_of = |t: &Token, s: &str, any: &[&str]| t.kind == TokenKind::Mark && any.contains(&s);
    if mark_of(token, &right, &[",", ")", "]", ".", "["]) || mark_of(before, &left, &["(", "[", "."]) {
        return false;
    }
    match (before.kind, token.kind) {
        (TokenKind::Prefix, _) => false,
        // A function and its arguments.
        (TokenKind::Name, TokenKind::Mark) if right == "(" => false,
        (TokenKind::Keyword(_), TokenKind::Open(Brace::Comprehension)) => false,
        (TokenKind::Open(Brace::Set), _) | (_, TokenKind::Close(Brace::Set)) => false,
        _ => true,
    }
}

/// How wide the widest word is of the scheme that each word belongs to.
fn labels(text: &str, tokens: &[Token]) -> std::collections::BTreeMap<usize, usize> {
    let mut out = std::collections::BTreeMap::new();
    let mut scheme: Vec<(usize, usize)> = Vec::new();
    let mut in_scheme = false;
    for token in tokens {
        match token.kind {
            TokenKind::Keyword(k) if token.head && k.rule == "kw_scheme" => in_scheme = true,
            TokenKind::Word if in_scheme && token.head => {
                scheme.push((token.range.start, width(text.get(token.range.clone()).unwrap_or(""))));
            }
            TokenKind::Close(Brace::Block) => {
                in_scheme = false;
                let widest = scheme.iter().map(|s| s.1).max().unwrap_or(0);
                out.extend(scheme.drain(..).map(|(at, _)| (at, widest)));
            }
            _ => {}
        }
    }
    out
}
