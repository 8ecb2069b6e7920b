//! The driver: declaration by declaration, clause by clause, so that one fault never hides another.
use pest::Parser as _;
use pest::iterators::Pair;

use super::expected::{fault_at, fault_of};
use super::expr::{self, Frame};
use super::grammar::{Grammar, Rule as R};
use super::scan::{self, at, rest, skip_blank};
use super::template;
use super::token::{Brace, Token, TokenKind, leaves};
use super::tree::{
    About, Body, Definition, Expr, Fix, Grade, MemberDecl, Parameter, Range, Related, RelationDecl, Rule, RuleFile,
    RuleTest, SchemeDecl, Sentence, Template, UnitDecl,
};
use crate::syntax::Spanned;
use crate::text::{Fault, Severity, SourceId, Span};

/// What a rule file says, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// All that could be read.
    pub file: RuleFile,
    /// The faults, in the order of their places.
    pub faults: Vec<Fault>,
}

/// Reads a rule file. It never fails: bad clauses are reported and skipped.
#[must_use]
pub fn parse(source: SourceId, text: &str) -> Parsed {
    let mut driver = Driver { source, text, pos: 0, out: Parsed::default(), tokens: None };
    driver.file();
    let mut out = driver.out;
    out.faults.sort_by_key(|f| f.span.start);
    out
}

/// The tokens of a rule file, in order, as far as it can be read.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut driver =
        Driver { source: SourceId::default(), text, pos: 0, out: Parsed::default(), tokens: Some(Vec::new()) };
    driver.file();
    let mut tokens = driver.tokens.unwrap_or_default();
    // A clause that is tried in two lengths, or is there twice, is told once.
    tokens.sort_by_key(|t| (t.range.start, t.range.end));
    tokens.dedup_by_key(|t| t.range.start);
    tokens
}

/// A block of clauses: both kinds are read by the same driver.
enum Block<'b> {
    Rule(&'b mut Rule, &'b mut Body, &'b mut About),
    Definition(&'b mut Definition),
}

impl Block<'_> {
    fn torn(&mut self) -> &mut bool {
        match self {
            Self::Rule(rule, ..) => &mut rule.torn,
            Self::Definition(made) => &mut made.torn,
        }
    }
}

type Clause<T> = Result<T, Box<Fault>>;

struct Driver<'a> {
    source: SourceId,
    text: &'a str,
    pos: usize,
    out: Parsed,
    /// The tokens, if somebody wants them.
    tokens: Option<Vec<Token>>,
}

impl<'a> Driver<'a> {
    fn frame(&self, base: usize) -> Frame<'a> {
        Frame { source: self.source, text: self.text, base }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start..end)
    }

    /// The token that `rule` makes of `text[pos..end]`, and where it ends.
    fn read(&mut self, rule: R, end: usize) -> Clause<(Pair<'a, R>, usize)> {
        // A head or a member is short: the rest of the file is given only if some lines do not do.
        let near = scan::line_end(self.text, scan::window(self.text, self.pos, 2048));
        if end == self.text.len()
            && near < end
            && let Ok(found) = self.read(rule, near)
        {
            return Ok(found);
        }
        let frame = self.frame(self.pos);
        let piece = self.text.get(self.pos..end).unwrap_or("");
        let mut pairs = Grammar::parse(rule, piece).map_err(|e| Box::new(fault_of(frame, &e)))?;
        let pair = pairs.next().ok_or_else(|| Box::new(fault_at(frame, self.pos, &[rule])))?;
        let end = self.pos + pair.as_span().end();
        if let Some(tokens) = &mut self.tokens {
            leaves(self.pos, pair.clone(), tokens);
        }
        Ok((pair, end))
    }

    /// Steps over a mark that no rule of the grammar was asked for.
    fn step(&mut self, kind: TokenKind, length: usize) {
        if let Some(tokens) = &mut self.tokens {
            tokens.push(Token { kind, range: self.pos..self.pos + length, head: false });
        }
        self.pos += length;
    }

    fn fault(&mut self, fault: Fault) {
        self.out.faults.push(fault);
    }

    /// Says that brackets or もし nest deeper at `at` than a parser that calls itself should follow.
    fn too_deep(&mut self, at: usize) {
        let (_, range) = super::expected::token(self.text, at);
        self.fault(Fault::error("too-deep", Span::new(self.source, range)).with("limit", scan::DEPTH));
    }

    fn file(&mut self) {
        loop {
            self.pos = skip_blank(self.text, self.pos);
            if self.pos >= self.text.len() {
                return;
            }
            let read = if at(R::kw_rule, self.text, self.pos) {
                self.rule()
            } else if at(R::kw_scheme, self.text, self.pos) {
                self.scheme()
            } else if at(R::kw_define, self.text, self.pos) {
                self.define()
            } else if at(R::kw_table, self.text, self.pos) || at(R::kw_extend, self.text, self.pos) {
                self.table()
            } else if at(R::kw_unit, self.text, self.pos) {
                self.unit()
            } else {
                Err(Box::new(fault_at(self.frame(self.pos), self.pos, &[R::rule_head])))
            };
            if let Err(fault) = read {
                self.fault(*fault);
                self.pos = scan::next_top(self.text, self.pos);
            }
        }
    }

    fn unit(&mut self) -> Clause<()> {
        let (pair, end) = self.read(R::unit_line, self.text.len())?;
        let frame = self.frame(self.pos);
        let (mut words, mut multiple) = (Vec::new(), None);
        for part in pair.into_inner() {
            match part.as_rule() {
                R::word => words.push(frame.spanned(&part)),
                R::multiple => {
                    let mut inner = part.into_inner().map(|p| frame.spanned(&p));
                    multiple = inner.next().zip(inner.next());
                }
                _ => {}
            }
        }
        let mut words = words.into_iter();
        if let Some(name) = words.next() {
            self.out.file.units.push(UnitDecl { name, multiple, synonyms: words.collect() });
        }
        self.pos = end;
        self.skip_separator();
        Ok(())
    }

    /// Skips blanks and `;`.
    fn skip_separator(&mut self) {
        loop {
            self.pos = skip_blank(self.text, self.pos);
            match rest(self.text, self.pos).chars().next() {
                Some(c @ (';' | '；')) => self.pos += c.len_utf8(),
                _ => return,
            }
        }
    }

    fn table(&mut self) -> Clause<()> {
        let start = self.pos;
        let (pair, end) = self.read(R::table_head, self.text.len())?;
        let extends = pair.clone().into_inner().any(|p| p.as_rule() == R::kw_extend);
        let head = self.names(pair);
        self.pos = end;
        let mut made = self.members(start, head, None);
        if let Some(first) = made.first_mut() {
            first.extends = extends;
        }
        self.out.file.relations.extend(made);
        Ok(())
    }

    /// Name and alias of a head.
    fn names(&self, pair: Pair<'a, R>) -> (Spanned<String>, Option<Spanned<String>>) {
        let frame = self.frame(self.pos);
        let mut name = Spanned { node: String::new(), span: frame.span(&pair) };
        let mut alias = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                R::name => name = frame.spanned(&part),
                R::alias => alias = Some(frame.spanned(&part)),
                _ => {}
            }
        }
        (name, alias)
    }

    /// The members of a table from behind its open brace, its own tables of rows behind it.
    fn members(
        &mut self,
        start: usize,
        (name, alias): (Spanned<String>, Option<Spanned<String>>),
        owner: Option<(Spanned<String>, MemberDecl)>,
    ) -> Vec<RelationDecl> {
        let open = self.pos;
        let nested = owner.is_some();
        let (places, members) = owner.map_or((Vec::new(), Vec::new()), |(o, m)| (vec![o], vec![m]));
        let mut made = RelationDecl {
            span: self.span(start, open),
            name,
            alias,
            extends: false,
            places,
            members,
            keywords: Vec::new(),
        };
        let mut inner = Vec::new();
        loop {
            self.skip_separator();
            let Some(c) = rest(self.text, self.pos).chars().next() else {
                self.fault(Fault::error("unclosed-block", self.span(start, open)));
                break;
            };
            if matches!(c, '}' | '｝') {
                self.step(TokenKind::Close(Brace::Block), c.len_utf8());
                break;
            }
            if self.at_top() {
                self.fault(Fault::error("unclosed-block", self.span(start, open)));
                break;
            }
            let rows = !nested && at(R::rows_head, self.text, self.pos);
            let read = if rows { self.row_table(&made.name, &mut inner) } else { self.member(&mut made) };
            if let Err(fault) = read {
                self.fault(*fault);
                self.skip_member();
            }
        }
        made.span = self.span(start, self.pos);
        let mut all = vec![made];
        all.append(&mut inner);
        all
    }

    fn row_table(&mut self, owner: &Spanned<String>, inner: &mut Vec<RelationDecl>) -> Clause<()> {
        let start = self.pos;
        let (pair, end) = self.read(R::rows_head, self.text.len())?;
        let frame = self.frame(self.pos);
        let role = pair.clone().into_inner().next().map_or(frame.span(&pair), |p| frame.span(&p));
        let (name, alias) = self.names(pair);
        let first = MemberDecl {
            role: Spanned { node: "行".to_owned(), span: role },
            name: name.clone(),
            alias: alias.clone(),
            words: Vec::new(),
        };
        self.pos = end;
        let made = self.members(start, (name, alias), Some((owner.clone(), first)));
        inner.extend(made);
        Ok(())
    }

    fn member(&mut self, made: &mut RelationDecl) -> Clause<()> {
        let forms = [(R::kw_place, R::places), (R::kw_identity, R::identity), (R::kw_keyword, R::keyword)];
        let rule = forms.iter().find(|(k, _)| at(*k, self.text, self.pos)).map_or(R::column_line, |f| f.1);
        let (pair, end) = self.read(rule, self.text.len())?;
        let frame = self.frame(self.pos);
        let mut role = Spanned { node: "同定".to_owned(), span: frame.span(&pair) };
        let (mut names, mut words, mut alias, mut kind) = (Vec::new(), Vec::new(), None, String::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                R::name => names.push(frame.spanned(&part)),
                R::word => words.push(frame.spanned(&part)),
                R::alias => alias = Some(frame.spanned(&part)),
                R::text => kind = template::plain(part.as_str()),
                R::kw_identity => role.span = frame.span(&part),
                R::role => {
                    role.span = frame.span(&part);
                    role.node = match part.into_inner().next().map(|p| p.as_rule()) {
                        Some(R::kw_head) => "見出し",
                        Some(R::kw_attribute) => "属性",
                        Some(R::kw_list) => "並び",
                        Some(R::kw_mark) => "標識",
                        Some(R::kw_series) => "系列",
                        Some(R::kw_derived) => "導出",
                        _ => "列",
                    }
                    .to_owned();
                }
                _ => {}
            }
        }
        match rule {
            R::places => made.places.append(&mut names),
            R::keyword => made.keywords.extend(names.into_iter().map(|n| (n, alias.take(), kind.clone()))),
            _ => made.members.extend(names.into_iter().map(|name| MemberDecl {
                role: role.clone(),
                name,
                alias: alias.take(),
                words: std::mem::take(&mut words),
            })),
        }
        self.pos = end;
        Ok(())
    }

    /// Skips a bad member: to the end of its line, `;` or brace, and over a block that it opens.
    fn skip_member(&mut self) {
        let mut depth = 0usize;
        while let Some(c) = rest(self.text, self.pos).chars().next() {
            match c {
                '\n' | ';' | '；' if depth == 0 => return,
                '}' | '｝' if depth == 0 => return,
                '{' | '｛' => depth += 1,
                '}' | '｝' => depth -= 1,
                '\n' if at(R::top_start, self.text, self.pos + 1) => return,
                '"' => {
                    self.pos = scan::skip_text(self.text, self.pos).0;
                    continue;
                }
                '#' | '＃' => {
                    self.pos = scan::line_end(self.text, self.pos);
                    continue;
                }
                _ => {}
            }
            self.pos += c.len_utf8();
        }
    }

    /// Whether a declaration starts here, at column 0.
    fn at_top(&self) -> bool {
        scan::head(self.text, self.pos).ends_with('\n') && at(R::top_start, self.text, self.pos)
    }

    fn rule(&mut self) -> Clause<()> {
        let start = self.pos;
        let (pair, end) = self.read(R::rule_head, self.text.len())?;
        let frame = self.frame(self.pos);
        let (mut name, mut slug) = (Spanned { node: String::new(), span: frame.span(&pair) }, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                R::rule_name => name = frame.spanned(&part),
                R::slug => slug = Some(frame.spanned(&part)),
                _ => {}
            }
        }
        self.pos = end;
        let mut rule = Rule {
            span: self.span(start, end),
            name,
            slug,
            severity: None,
            tags: Vec::new(),
            ranges: Vec::new(),
            body: Body::default().into(),
            about: About::default().into(),
            torn: false,
        };
        let (mut body, mut about) = (Body::default(), About::default());
        self.clauses(Block::Rule(&mut rule, &mut body, &mut about), start, end);
        (rule.body, rule.about) = (body.into(), about.into());
        rule.span = self.span(start, self.pos);
        self.out.file.rules.push(rule);
        Ok(())
    }

    fn scheme(&mut self) -> Clause<()> {
        let start = self.pos;
        let (pair, end) = self.read(R::scheme_head, self.text.len())?;
        let (name, alias) = self.names(pair);
        self.pos = end;
        let mut made = SchemeDecl { span: self.span(start, end), name, alias, bands: Vec::new(), torn: false };
        let close = scan::block_end(self.text, end);
        let stop = close.unwrap_or_else(|| scan::next_top(self.text, end));
        if close.is_none() {
            made.torn = true;
            self.fault(Fault::error("unclosed-block", self.span(start, end)));
        }
        let mut openings: Vec<usize> =
            scan::openings(scan::head(rest(self.text, end), stop - end)).map(|at| end + at).collect();
        openings.sort_unstable();
        loop {
            self.pos = skip_blank(self.text, self.pos);
            if self.pos >= stop {
                break;
            }
            // A label may hold a quote, so the scan that finds brackets within clauses would not find all of these.
            let first = openings.partition_point(|at| *at < self.pos);
            let deepest = openings.get(first + scan::DEPTH).copied().unwrap_or(stop);
            let read = self.read(R::band, deepest).and_then(|(pair, end)| {
                let band = self.band(pair)?;
                Ok((band, end))
            });
            match read {
                Ok((band, end)) => {
                    made.bands.extend(band);
                    self.pos = end;
                }
                Err(fault) => {
                    made.torn = true;
                    match deepest < stop && fault.span.range().end >= deepest {
                        true => self.too_deep(deepest),
                        false => self.fault(*fault),
                    }
                    self.pos = scan::line_end(self.text, self.pos).min(stop).max(self.pos + 1);
                }
            }
        }
        self.pos = stop;
        if close.is_some() {
            self.step(TokenKind::Close(Brace::Block), rest(self.text, stop).chars().next().map_or(0, char::len_utf8));
        }
        made.span = self.span(start, self.pos);
        self.out.file.schemes.push(made);
        Ok(())
    }

    fn band(&self, pair: Pair<'a, R>) -> Clause<Option<(Spanned<String>, Option<Expr>)>> {
        let frame = self.frame(self.pos);
        let (mut word, mut condition) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                R::label_word => word = word.or(Some(frame.spanned(&part))),
                R::expr => condition = Some(expr::expr(frame, part)?),
                _ => {}
            }
        }
        Ok(word.map(|w| (w, condition)))
    }

    fn define(&mut self) -> Clause<()> {
        let start = self.pos;
        let (pair, end) = self.read(R::define_head, self.text.len())?;
        let (name, alias) = self.names(pair);
        self.pos = end;
        let mut made = Definition {
            span: self.span(start, end),
            name,
            alias,
            ranges: Vec::new(),
            premises: Vec::new(),
            locals: Vec::new(),
            columns: Vec::new(),
            torn: false,
        };
        self.clauses(Block::Definition(&mut made), start, end);
        made.span = self.span(start, self.pos);
        self.out.file.definitions.push(made);
        Ok(())
    }

    /// The clauses of a block whose head stands at `start..end`, to its closing brace.
    fn clauses(&mut self, mut block: Block<'_>, start: usize, end: usize) {
        let mut seen = Vec::new();
        loop {
            self.pos = skip_blank(self.text, self.pos);
            let next = rest(self.text, self.pos).chars().next();
            if next.is_none() || self.at_top() {
                self.fault(Fault::error("unclosed-block", self.span(start, end)));
                break;
            }
            if let Some(c @ ('}' | '｝')) = next {
                self.step(TokenKind::Close(Brace::Block), c.len_utf8());
                break;
            }
            let faults = self.out.faults.len();
            self.clause(&mut block, &mut seen);
            *block.torn() |= self.out.faults.len() > faults;
        }
    }

    /// Reads one clause, or reports it and goes to the next.
    fn clause(&mut self, block: &mut Block<'_>, seen: &mut Vec<R>) {
        const DEFINITION: &[(R, R)] = &[(R::kw_for, R::ranges), (R::kw_when, R::premises), (R::kw_column, R::result)];
        const RULE: &[(R, R)] = &[
            (R::kw_severity, R::severity),
            (R::kw_tags, R::tags),
            (R::kw_parameter, R::parameter),
            (R::kw_for, R::ranges),
            (R::kw_when, R::premises),
            (R::kw_check, R::check),
            (R::kw_finding, R::finding),
            (R::kw_see, R::related),
            (R::kw_help, R::help),
            (R::kw_fix, R::fix),
            (R::kw_explain, R::explain),
            (R::kw_test, R::test_head),
        ];
        let start = self.pos;
        let named = at(R::clause_start, self.text, start);
        let forms = if matches!(block, Block::Rule(..)) { RULE } else { DEFINITION };
        let keyword = forms.iter().find(|(k, _)| named && at(*k, self.text, start));
        let form = match keyword {
            Some((_, form)) => *form,
            None if named => R::definition,
            None => {
                let (word, range) = super::expected::token(self.text, start);
                let near = super::expected::meant(&word);
                self.fault(match near.is_empty() {
                    true => fault_at(self.frame(start), start, &[R::clause_word, R::close_brace]),
                    false => {
                        let span = Span::new(self.source, range);
                        Fault::error("unknown-clause", span).with("name", word).with("near", near)
                    }
                });
                self.recover(start);
                if let Some(&next) = self.misspelt(start, self.pos).first() {
                    self.pos = next;
                }
                return;
            }
        };
        if form == R::test_head {
            return match self.test() {
                Ok(test) => {
                    if let Block::Rule(_, _, about) = block {
                        about.tests.push(test);
                    }
                }
                Err(fault) => {
                    self.fault(*fault);
                    self.recover(start);
                }
            };
        }
        let extent = scan::clause(self.text, start, false);
        if let Some(at) = extent.too_deep {
            self.too_deep(at);
            return self.recover(start);
        }
        let single = matches!(form, R::severity | R::check | R::finding | R::help | R::fix | R::explain);
        if single && seen.contains(&form) {
            let word = super::expected::token(self.text, start);
            self.fault(Fault::error("duplicate-clause", Span::new(self.source, word.1)).with("name", word.0));
            return match self.read(form, extent.end) {
                Ok((_, end)) => self.pos = end,
                Err(_) => self.recover(start),
            };
        }
        let mut read = self.read(form, extent.end);
        if let Err(fault) = &read
            && let Some(&next) = self.misspelt(start, fault.span.range().end).last()
        {
            // The clause ended where a misspelt word begins the next one, which is reported there.
            read = self.read(form, next);
        }
        let read = read.and_then(|(pair, end)| self.fill(block, form, pair).map(|()| end));
        seen.push(form);
        match (read, extent.unclosed_text) {
            (Ok(end), _) => self.pos = end,
            (Err(_), Some(quote)) => {
                let line = scan::line_end(self.text, quote);
                let end = scan::head(self.text, line).trim_end().len().max(quote);
                self.fault(Fault::error("unclosed-text", self.span(quote, end)));
                self.recover(start);
            }
            (Err(fault), None) => {
                self.fault(*fault);
                self.recover(start);
            }
        }
    }

    /// The lines within `start..end`, but the first, that begin with a word like that of a clause where no
    /// expression goes on with it.
    fn misspelt(&self, start: usize, end: usize) -> Vec<usize> {
        let inside = self.text.get(start..end).unwrap_or("");
        let lines = inside.match_indices('\n').map(|(at, _)| skip_blank(self.text, start + at));
        lines
            .filter(|&at| {
                let (word, range) = super::expected::token(self.text, at);
                let next = rest(self.text, skip_blank(self.text, range.end)).chars().next();
                at < end
                    && next.is_some_and(|c| scan::is_name(c) || matches!(c, '"' | '{' | '(' | '（' | '｛'))
                    && !super::expected::meant(&word).is_empty()
            })
            .collect()
    }

    /// Skips the clause at `start`, at least one character of it.
    fn recover(&mut self, start: usize) {
        let first = rest(self.text, start).chars().next().map_or(0, char::len_utf8);
        self.pos = scan::clause(self.text, start, true).end.max(start + first).min(self.text.len());
    }

    /// Puts a clause in its place.
    fn fill(&mut self, block: &mut Block<'_>, form: R, pair: Pair<'a, R>) -> Clause<()> {
        let frame = self.frame(self.pos);
        let whole = frame.span(&pair);
        let mut exprs = Vec::new();
        let mut names = Vec::new();
        let (mut levels, mut ranges, mut related) = (Vec::new(), Vec::new(), Vec::new());
        let (mut alias, mut sentence, mut explanation) = (None, None, (None, None));
        let (mut english, mut safe) = (false, false);
        for part in pair.into_inner() {
            match part.as_rule() {
                R::level => levels.push(match part.into_inner().next().map(|p| p.as_rule()) {
                    Some(R::kw_info) => Severity::Info,
                    Some(R::kw_warning) => Severity::Warning,
                    _ => Severity::Error,
                }),
                R::range => ranges.extend(range(frame, part)?),
                R::expr => exprs.push(expr::expr(frame, part)?),
                R::place => exprs.push(expr::place(frame, part)?),
                R::name => names.push(frame.spanned(&part)),
                R::alias => alias = Some(frame.spanned(&part)),
                R::kw_safe => safe = true,
                R::sentence => sentence = Some(self.sentence(part)),
                R::label | R::each => {
                    let made = self.related(part)?;
                    related.extend(made);
                }
                R::kw_en => english = true,
                R::prose | R::text => {
                    let text = Spanned { node: template::dedent(part.as_str()), span: frame.span(&part) };
                    if english { explanation.1 = Some(text) } else { explanation.0 = Some(text) }
                }
                _ => {}
            }
        }
        let mut exprs = exprs.into_iter();
        let name = names.first().cloned();
        match block {
            Block::Definition(made) => match (form, name) {
                (R::ranges, _) => made.ranges.extend(ranges),
                (R::premises, _) => made.premises.extend(exprs),
                (R::definition, Some(name)) => made.locals.extend(exprs.next().map(|e| (name, e))),
                (R::result, Some(name)) => made.columns.extend(exprs.next().map(|e| (name, alias, e))),
                _ => {}
            },
            Block::Rule(rule, body, about) => match (form, name) {
                (R::severity, _) => {
                    let grade = match (levels.as_slice(), exprs.next()) {
                        (&[a, b, ..], Some(condition)) => Some(Grade::If(condition, a, b)),
                        (&[a, ..], _) => Some(Grade::Fixed(a)),
                        _ => None,
                    };
                    rule.severity = grade.map(|node| Spanned { node, span: whole });
                }
                (R::tags, _) => rule.tags.extend(names),
                (R::parameter, Some(name)) => body.parameters.extend(exprs.next().map(|default| Parameter {
                    name,
                    default,
                    meaning: sentence.unwrap_or_default(),
                })),
                (R::ranges, _) => rule.ranges.extend(ranges),
                (R::premises, _) => body.premises.extend(exprs),
                (R::check, _) => body.check = exprs.next(),
                (R::help, _) => body.help = sentence,
                (R::finding, _) => body.finding = exprs.next().zip(sentence),
                (R::related, _) => body.related.extend(related),
                (R::fix, _) => {
                    body.fix = exprs.next().zip(exprs.next()).map(|(place, value)| Fix { safe, place, value });
                }
                (R::explain, _) => about.explanation = explanation,
                (R::definition, Some(name)) => body.definitions.extend(exprs.next().map(|e| (name, e))),
                _ => {}
            },
        }
        Ok(())
    }

    fn sentence(&mut self, pair: Pair<'a, R>) -> Sentence {
        let frame = self.frame(self.pos);
        let mut made = Sentence::default();
        let mut english = false;
        for part in pair.into_inner() {
            match part.as_rule() {
                R::kw_en => english = true,
                R::text => {
                    let text: Template = template::template(
                        frame,
                        frame.span(&part).range().start,
                        frame.span(&part).range().end,
                        &mut self.out.faults,
                    );
                    if english { made.en = Some(text) } else { made.ja = Some(text) }
                }
                _ => {}
            }
        }
        made
    }

    fn related(&mut self, pair: Pair<'a, R>) -> Clause<Option<Related>> {
        let frame = self.frame(self.pos);
        let (mut ranges, mut conditions) = (Vec::new(), Vec::new());
        let (mut place, mut sentence) = (None, Sentence::default());
        for part in pair.into_inner() {
            match part.as_rule() {
                R::items => (ranges, conditions) = expr::items(frame, part)?,
                R::expr => place = Some(expr::expr(frame, part)?),
                R::sentence => sentence = self.sentence(part),
                _ => {}
            }
        }
        Ok(place.map(|place| Related { ranges, conditions, place, sentence }))
    }

    fn test(&mut self) -> Clause<RuleTest> {
        let start = self.pos;
        let (pair, end) = self.read(R::test_head, self.text.len())?;
        let frame = self.frame(start);
        let (mut passes, mut expected, mut messages) = (false, Vec::new(), Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                R::kw_pass => passes = true,
                R::expected => {
                    let texts = part.into_inner().filter(|p| p.as_rule() == R::text);
                    let mut texts = texts.map(|p| Spanned { node: template::plain(p.as_str()), span: frame.span(&p) });
                    expected.extend(texts.next());
                    messages.push(texts.next());
                }
                _ => {}
            }
        }
        let Some(close) = scan::block_end(self.text, end) else {
            return Err(Box::new(Fault::error("unclosed-block", self.span(start, end))));
        };
        let width = rest(self.text, close).chars().next().map_or(0, char::len_utf8);
        self.pos = end;
        self.step(TokenKind::Plan, close - end);
        self.step(TokenKind::Close(Brace::Block), width);
        Ok(RuleTest { span: self.span(start, self.pos), passes, expected, messages, plan: self.span(end, close) })
    }
}

fn range(frame: Frame<'_>, pair: Pair<'_, R>) -> Clause<Option<Range>> {
    let (mut name, mut source) = (None, None);
    for part in pair.into_inner() {
        match part.as_rule() {
            R::name => name = Some(frame.spanned(&part)),
            R::expr => source = Some(expr::expr(frame, part)?),
            _ => {}
        }
    }
    Ok(name.zip(source).map(|(name, source)| Range { name, source }))
}
