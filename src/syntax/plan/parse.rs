//! Reads plan files: pest reads one statement head or one row, a stack keeps the blocks, and every fault
//! is written down and stepped over.
use std::ops::Range;

use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};
use pest::iterators::Pair;

use super::comments::{Comment, placed, without};
use super::token::{Token, TokenKind};
use super::tree::{Atom, Item, Row, Statement};
use crate::syntax::Spanned;
use crate::text::normal::narrow;
use crate::text::{Fault, MOST_FAULTS, Message, SourceId, Span};

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/plan.pest"]
struct Grammar;

/// A tree and all that was wrong.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The statements at the top.
    pub statements: Vec<Statement>,
    /// The faults, in the order of the text.
    pub faults: Vec<Fault>,
    /// The comments, in the order of the text.
    pub comments: Vec<Comment>,
}

/// Deeper nesting than this is a mistake, or an attack.
const DEEPEST: usize = 64;

/// A statement is looked for in so many bytes first: a line of a megabyte must not be gone through for each of its marks.
const AHEAD: usize = 1 << 10;

/// Words that may stand before a keyword to mark the statement.
const MARKERS: [&str; 2] = ["再掲", "relisted"];

/// Reads the plan in `within` (bytes of `text`); all spans are places in `text`.
#[must_use]
pub fn parse(source: SourceId, text: &str, within: Range<usize>) -> Parsed {
    let mut reader = Reader::new(source, text, &within);
    reader.run(within.start);
    reader.faults.sort_by_key(|f| f.span);
    let comments = placed(text, reader.comments, &reader.extents);
    Parsed { statements: reader.top, faults: reader.faults, comments }
}

/// The tokens of the plan in `within`, in order, as far as it can be read.
#[must_use]
pub fn tokens(text: &str, within: Range<usize>) -> Vec<Token> {
    let mut reader = Reader { tokens: Some(Vec::new()), ..Reader::new(SourceId::default(), text, &within) };
    reader.run(within.start);
    reader.tokens.unwrap_or_default()
}

struct Reader<'t> {
    source: SourceId,
    text: &'t str,
    end: usize,
    faults: Vec<Fault>,
    /// Open blocks: the statement (none where its head could not be read), the place of the brace, the extent.
    stack: Vec<(Option<Statement>, Span, usize)>,
    top: Vec<Statement>,
    too_deep: usize,
    comments: Vec<Span>,
    /// How far every statement (its block too) and every row reaches, also of those that could not be read. One whose
    /// block is not closed reaches to its brace: what follows may not belong to it.
    extents: Vec<Span>,
    /// The tokens, if somebody wants them.
    tokens: Option<Vec<Token>>,
}

impl<'t> Reader<'t> {
    fn new(source: SourceId, text: &'t str, within: &Range<usize>) -> Self {
        let end = within.end.min(text.len());
        Self {
            source,
            text,
            end,
            faults: Vec::new(),
            stack: Vec::new(),
            top: Vec::new(),
            too_deep: 0,
            comments: Vec::new(),
            extents: Vec::new(),
            tokens: None,
        }
    }
}

impl Reader<'_> {
    fn token(&mut self, kind: TokenKind, range: Range<usize>) {
        if let Some(tokens) = &mut self.tokens {
            tokens.push(Token { kind, range });
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range)
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..self.end).unwrap_or("")
    }

    fn run(&mut self, start: usize) {
        let mut at = start;
        // Of a file that is no plan nobody reads more mistakes than these; who reads the plan says so.
        while let Some(c) = self.rest(at).chars().next().filter(|_| self.faults.len() <= MOST_FAULTS) {
            match narrow(c) {
                '\u{feff}' | ';' | '\u{a0}' => at += c.len_utf8(),
                c2 if c2.is_whitespace() => {
                    // A row pasted from a sheet: cells between tabs, in a block that holds rows already.
                    match (c2 == '\n' || at == start).then(|| self.pasted_row(at + usize::from(c2 == '\n'))).flatten() {
                        Some(next) => at = next,
                        None => at += c.len_utf8(),
                    }
                }
                '#' => {
                    let end = self.line_end(at);
                    self.comment(at..end);
                    at = end;
                }
                '}' => {
                    self.close(at..at + c.len_utf8());
                    at += c.len_utf8();
                }
                '|' => at = self.row(at),
                _ => at = self.statement(at),
            }
        }
        while let Some((statement, brace, _)) = self.stack.pop() {
            let end = self.span(self.end..self.end);
            self.faults.push(Fault::error("unclosed-block", brace).related(end, Message::new("file-ends-here")));
            self.attach(statement);
        }
    }

    fn comment(&mut self, range: Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or("").trim_end();
        self.comments.push(self.span(range.start..range.start + text.len()));
    }

    /// Notes how far a statement reaches, as far as it is known.
    fn extent(&mut self, range: Range<usize>) -> usize {
        self.extents.push(self.span(range));
        self.extents.len() - 1
    }

    fn line_end(&self, at: usize) -> usize {
        self.rest(at).find('\n').map_or(self.end, |n| at + n)
    }

    fn close(&mut self, range: Range<usize>) {
        self.token(TokenKind::Close, range.clone());
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some((statement, _, extent)) = self.stack.pop() {
            let end = self.span(range).end;
            if let Some(extent) = self.extents.get_mut(extent) {
                extent.end = end;
            }
            self.attach(statement);
        } else {
            self.faults.push(Fault::error("stray-brace", self.span(range)));
        }
    }

    /// Hands a finished statement to the block around it. One without a head leaves its contents there.
    fn attach(&mut self, statement: Option<Statement>) {
        let Some(statement) = statement else { return };
        match self.stack.iter_mut().rev().find_map(|(s, _, _)| s.as_mut()) {
            Some(outer) => outer.block.get_or_insert_default().push(statement),
            None => self.top.push(statement),
        }
    }

    fn open(&mut self, statement: Option<Statement>, brace: Range<usize>, extent: usize) {
        let brace = self.span(brace);
        if self.stack.len() >= DEEPEST {
            if self.too_deep == 0 {
                self.faults.push(Fault::error("too-deep", brace).with("limit", DEEPEST));
            }
            self.too_deep += 1;
            return;
        }
        self.stack.push((statement.map(|s| Statement { block: Some(Vec::new()), ..s }), brace, extent));
    }

    /// The statement at `at`; gives where to go on.
    fn statement(&mut self, at: usize) -> usize {
        if let Some(next) = self.near_statement(at) {
            return next;
        }
        let mut end = self.line_end(at);
        let mut line = at;
        // A comma at the end of a line continues the statement, over comments and empty lines too.
        while end < self.end {
            let code = without(self.text.get(line..end).unwrap_or("")).trim_end();
            if !code.ends_with([',', '，', '、']) && (line == at || !code.is_empty()) {
                break;
            }
            line = end + 1;
            end = self.line_end(line);
        }
        let slice = self.text.get(at..end).unwrap_or("");
        match Grammar::parse(Rule::statement, slice) {
            Ok(mut pairs) => match pairs.next() {
                Some(pair) => {
                    let next = at + pair.as_span().end();
                    self.read_statement(at, pair);
                    next.max(at + 1)
                }
                None => end.max(at + 1),
            },
            Err(error) => {
                self.report(at, slice, &error);
                self.recover(at, end)
            }
        }
    }

    /// As [`Self::statement`], in the beginning of a long line; `None` if that does not decide it.
    fn near_statement(&mut self, at: usize) -> Option<usize> {
        let mut cut = at.saturating_add(AHEAD).min(self.end);
        while cut > at && !self.text.is_char_boundary(cut) {
            cut -= 1;
        }
        let near = self.text.get(at..cut)?;
        if cut >= self.end || near.contains('\n') {
            return None;
        }
        // What ends before the cut, or is wrong well before it, is so in the whole line. A mistake at an opening mark may be
        // that the closing one was cut off.
        match Grammar::parse(Rule::statement, near) {
            Ok(mut pairs) => {
                let pair = pairs.next().filter(|pair| pair.as_span().end() < near.len())?;
                let next = at + pair.as_span().end();
                self.read_statement(at, pair);
                Some(next.max(at + 1))
            }
            Err(error) => {
                let (InputLocation::Pos(place) | InputLocation::Span((place, _))) = error.location;
                let rest = near.get(place..).filter(|rest| rest.len() > AHEAD / 2)?;
                let opens = rest.starts_with(['"', '＂', '“', '「', '(', '（', '|', '｜']);
                // Where nothing opens a block before the cut, how far the mistake reaches is not known either.
                let block = near.find(['{', '｛']).filter(|brace| !opens && *brace < AHEAD / 2)?;
                near.get(..block).filter(|head| !head.contains(['"', '＂', '“', '「', '#', '＃']))?;
                self.report(at, near, &error);
                Some(self.recover(at, cut))
            }
        }
    }

    fn read_statement(&mut self, at: usize, pair: Pair<'_, Rule>) {
        let place = |p: &Pair<'_, Rule>| at + p.as_span().start()..at + p.as_span().end();
        let (mut keyword, mut items, mut brace) = (None, Vec::<Item>::new(), None);
        let first_token = self.tokens.as_ref().map_or(0, Vec::len);
        if self.tokens.is_some() {
            self.statement_tokens(at, pair.clone());
        }
        let mut last = at;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::comment => {
                    self.comment(place(&part));
                    continue;
                }
                Rule::end => {
                    for comment in part.into_inner().filter(|p| p.as_rule() == Rule::comment) {
                        self.comment(place(&comment));
                    }
                    continue;
                }
                _ => last = place(&part).end,
            }
            match part.as_rule() {
                Rule::keyword => {
                    keyword = Some(Spanned { node: part.as_str().to_owned(), span: self.span(place(&part)) })
                }
                Rule::item => {
                    let item = self.item(at, part);
                    items.push(item);
                }
                Rule::equals => {
                    let span = self.span(place(&part));
                    if let Some(item) = items.last_mut() {
                        item.atoms.push(Spanned { node: Atom::Equals, span });
                    }
                }
                Rule::open => brace = Some(place(&part)),
                _ => {}
            }
        }
        let extent = self.extent(at..last);
        let Some(mut keyword) = keyword else { return };
        let mut marker = None;
        if MARKERS.contains(&keyword.node.as_str())
            && let Some(item) = items.first_mut()
            && item.label.is_none()
            && let Some(Spanned { node: Atom::Word(word), span }) = item.atoms.first().cloned()
            && word.chars().next().is_some_and(|c| c.is_alphabetic() && !is_number_word(&word))
        {
            item.atoms.remove(0);
            if let Some([first, second, ..]) = self.tokens.as_mut().and_then(|t| t.get_mut(first_token..)) {
                (first.kind, second.kind) = (TokenKind::Marker, TokenKind::Keyword);
            }
            marker = Some(std::mem::replace(&mut keyword, Spanned { node: word, span }));
            match (item.atoms.first(), item.atoms.last()) {
                (Some(first), Some(last)) => item.span = first.span.to(last.span),
                _ => {
                    items.remove(0);
                }
            }
        }
        let first = marker.as_ref().map_or(keyword.span, |m| m.span);
        let head = items.last().map_or(first.to(keyword.span), |i| first.to(i.span));
        let statement = Statement { head, marker, keyword, items, block: None, rows: Vec::new() };
        match brace {
            Some(brace) => self.open(Some(statement), brace, extent),
            None if self.too_deep == 0 => self.attach(Some(statement)),
            None => {}
        }
    }

    fn statement_tokens(&mut self, at: usize, pair: Pair<'_, Rule>) {
        let place = |p: &Pair<'_, Rule>| at + p.as_span().start()..at + p.as_span().end();
        for part in pair.into_inner() {
            let range = place(&part);
            match part.as_rule() {
                Rule::keyword => self.token(TokenKind::Keyword, range),
                Rule::item => self.statement_tokens(at, part),
                Rule::label => self.token(TokenKind::Label, range),
                Rule::colon => self.token(TokenKind::Colon, range),
                Rule::comma => self.token(TokenKind::Comma, range),
                Rule::equals => self.token(TokenKind::Equals, range),
                Rule::word => self.token(TokenKind::Word, range),
                Rule::text => self.token(TokenKind::Text, range),
                Rule::open => self.token(TokenKind::Open, range),
                Rule::note => {
                    let named = |p: &Pair<'_, Rule>| matches!(p.as_rule(), Rule::note_name | Rule::note_value);
                    let mut parts = part.into_inner().filter(named).map(|p| {
                        let range = place(&p);
                        range.start..range.start + p.as_str().trim_end().len()
                    });
                    if let (Some(name), Some(value)) = (parts.next(), parts.next()) {
                        self.token(TokenKind::Note(name, value), range);
                    }
                }
                _ => {}
            }
        }
    }

    fn item(&self, at: usize, pair: Pair<'_, Rule>) -> Item {
        let place = |p: &Pair<'_, Rule>| Span::new(self.source, at + p.as_span().start()..at + p.as_span().end());
        let (mut label, mut atoms, mut notes) = (None, Vec::new(), Vec::new());
        for part in pair.into_inner() {
            let span = place(&part);
            match part.as_rule() {
                Rule::label => label = Some(Spanned { node: part.as_str().to_owned(), span }),
                Rule::word => atoms.push(Spanned { node: Atom::Word(part.as_str().to_owned()), span }),
                Rule::text => {
                    let inner = part.into_inner().next();
                    let node = inner.map_or_else(String::new, |i| {
                        if i.as_rule() == Rule::escaped { unescape(i.as_str()) } else { i.as_str().to_owned() }
                    });
                    atoms.push(Spanned { node: Atom::Text(node), span });
                }
                Rule::note => {
                    let mut parts =
                        part.into_inner().filter(|p| matches!(p.as_rule(), Rule::note_name | Rule::note_value));
                    if let (Some(name), Some(value)) = (parts.next(), parts.next()) {
                        let trimmed = |p: &Pair<'_, Rule>| {
                            let text = p.as_str().trim_end();
                            let start = at + p.as_span().start();
                            Spanned { node: text.to_owned(), span: Span::new(self.source, start..start + text.len()) }
                        };
                        notes.push((trimmed(&name), trimmed(&value)));
                    }
                }
                _ => {}
            }
        }
        let span = match (atoms.first(), atoms.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => label.as_ref().map_or_else(Span::default, |l| l.span),
        };
        Item { label, atoms, span, notes }
    }

    /// The row at `at`; gives where to go on.
    fn row(&mut self, at: usize) -> usize {
        let end = self.line_end(at);
        let slice = self.text.get(at..end).unwrap_or("");
        let Some(pair) = Grammar::parse(Rule::row, slice).ok().and_then(|mut p| p.next()) else {
            return end.max(at + 1);
        };
        let next = at + pair.as_span().end();
        let whole = self.span(at..at + pair.as_str().trim_end().len());
        let (mut cells, mut open_end) = (Vec::new(), None);
        let mut places = Vec::new();
        for part in pair.into_inner() {
            let kept = part.as_str().trim();
            let lead = part.as_str().len() - part.as_str().trim_start().len();
            let start = at + part.as_span().start() + if kept.is_empty() { 0 } else { lead };
            let quoted = kept.strip_prefix('"').and_then(|k| k.strip_suffix('"'));
            // The place of a cell in quotes is what stands in them.
            let cell = match quoted {
                Some(inner) => Spanned { node: unescape(inner), span: self.span(start + 1..start + 1 + inner.len()) },
                None => Spanned { node: kept.to_owned(), span: self.span(start..start + kept.len()) },
            };
            match part.as_rule() {
                Rule::cell => cells.push(cell),
                Rule::last if !kept.is_empty() => {
                    open_end = Some(cell.span);
                    cells.push(cell);
                }
                _ => continue,
            }
            places.push(start..start + kept.len());
        }
        if let Some(span) = open_end {
            self.faults.push(Fault::error("unclosed-row", span));
        }
        self.push_row(Row { span: whole, cells }, places);
        next.max(at + 1)
    }

    fn push_row(&mut self, row: Row, places: Vec<Range<usize>>) {
        // |---|---| under a header is drawing, not data.
        if !row.cells.is_empty()
            && row.cells.iter().all(|c| !c.node.is_empty() && c.node.chars().all(|c| matches!(c, '-' | ':')))
            && row.cells.iter().any(|c| c.node.len() > 2)
        {
            self.token(TokenKind::Drawing(row.cells.len()), row.span.range());
            return;
        }
        self.token(TokenKind::Row(places), row.span.range());
        self.extents.push(row.span);
        match self.stack.last_mut() {
            Some((Some(statement), _, _)) => statement.rows.push(row),
            _ => {
                let fault = Fault::error("unexpected", row.span)
                    .with("found", "|")
                    .with("expected_ja", "表は集計などのブロックの中")
                    .with("expected_en", "tables stand in a block");
                self.faults.push(fault);
            }
        }
    }

    /// A line with tabs between its cells, in a block that already holds a row.
    fn pasted_row(&mut self, at: usize) -> Option<usize> {
        let holds_rows = self.stack.last().is_some_and(|(s, _, _)| s.as_ref().is_some_and(|s| !s.rows.is_empty()));
        if !holds_rows {
            return None;
        }
        let end = self.line_end(at);
        let line = self.text.get(at..end)?;
        let first = line.trim_start_matches(' ');
        if !first.trim().contains('\t') || first.starts_with(['|', '｜', '#', '＃', '}', '｝']) {
            return None;
        }
        let (mut cells, mut places) = (Vec::new(), Vec::new());
        let mut start = at + (line.len() - first.len());
        for cell in first.trim_end_matches('\r').split('\t') {
            let kept = cell.trim();
            let from = start + (cell.len() - cell.trim_start().len()).min(cell.len() - kept.len());
            cells.push(Spanned { node: kept.to_owned(), span: self.span(from..from + kept.len()) });
            places.push(from..from + kept.len());
            start += cell.len() + 1;
        }
        self.push_row(Row { span: self.span(at..end), cells }, places);
        Some(end)
    }

    fn report(&mut self, at: usize, slice: &str, error: &pest::error::Error<Rule>) {
        let offset = match error.location {
            InputLocation::Pos(p) | InputLocation::Span((p, _)) => p.min(slice.len()),
        };
        let rest = slice.get(offset..).unwrap_or("");
        let found = rest.chars().next();
        if found.is_some_and(|c| matches!(c, '"' | '“' | '「' | '＂')) {
            let span = self.span(at + offset..at + slice.trim_end().len());
            self.faults.push(Fault::error("unclosed-text", span));
            return;
        }
        let (mut ja, mut en) = (Vec::new(), Vec::new());
        if let ErrorVariant::ParsingError { positives, .. } = &error.variant {
            for (word_ja, word_en) in positives.iter().filter_map(|r| describe(*r)) {
                if !ja.contains(&word_ja) {
                    ja.push(word_ja);
                    en.push(word_en);
                }
            }
        }
        let length = found.map_or(0, char::len_utf8);
        let span = self.span(at + offset..at + offset + length);
        let shown = found.map_or_else(|| "行末 (end of line)".to_owned(), |c| c.to_string());
        let fault = Fault::error("unexpected", span)
            .with("found", shown)
            .with("expected_ja", ja.join("、"))
            .with("expected_en", en.join(", "));
        self.faults.push(fault);
    }

    /// Steps over a bad statement; a block that it opens is still read.
    fn recover(&mut self, at: usize, end: usize) -> usize {
        let slice = self.text.get(at..end).unwrap_or("");
        let mut quoted = false;
        for (i, c) in slice.char_indices() {
            match narrow(c) {
                '"' => quoted = !quoted,
                '#' if !quoted => {
                    let hash = at + i;
                    self.extent(at..hash);
                    self.comment(hash..self.line_end(hash));
                    return end.max(hash + 1);
                }
                '{' if !quoted => {
                    let brace = at + i..at + i + c.len_utf8();
                    let keyword = Grammar::parse(Rule::keyword, slice)
                        .ok()
                        .and_then(|mut p| p.next())
                        .map(|p| p.as_str().to_owned());
                    let statement = keyword.map(|node| {
                        let span = self.span(at..at + node.len());
                        Statement {
                            head: span,
                            marker: None,
                            keyword: Spanned { node, span },
                            items: Vec::new(),
                            block: None,
                            rows: Vec::new(),
                        }
                    });
                    let next = brace.end;
                    let extent = self.extent(at..next);
                    self.open(statement, brace, extent);
                    return next;
                }
                '}' if !quoted && i > 0 => {
                    self.extent(at..at + i);
                    return at + i;
                }
                _ => {}
            }
        }
        self.extent(at..end);
        end.max(at + slice.chars().next().map_or(1, char::len_utf8))
    }
}

/// Whether a word is a number such as `No10`.
fn is_number_word(word: &str) -> bool {
    let narrowed: String = word.chars().map(narrow).collect();
    let rest = narrowed.strip_prefix("No").or_else(|| narrowed.strip_prefix("no")).unwrap_or(&narrowed);
    rest.trim_start_matches('.').chars().next().is_some_and(|c| c.is_ascii_digit())
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            _ => out.push(c),
        }
    }
    out
}

/// What the grammar expected, in words.
fn describe(rule: Rule) -> Option<(&'static str, &'static str)> {
    Some(match rule {
        Rule::keyword => ("キーワード", "a keyword"),
        Rule::word | Rule::item => ("値", "a value"),
        Rule::text => ("「\"」で囲んだ文字列", "a quoted text"),
        Rule::colon => ("「:」", "':'"),
        Rule::comma => ("「,」", "','"),
        Rule::equals => ("「=」", "'='"),
        Rule::open => ("「{」", "'{'"),
        Rule::end | Rule::semi => ("行末", "the end of the line"),
        Rule::note => ("「(変更前: …)」のような注", "a note such as '(before: …)'"),
        _ => return None,
    })
}
