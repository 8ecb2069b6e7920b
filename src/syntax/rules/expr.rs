//! Expressions: from the flat rows of the grammar to trees.
use std::sync::LazyLock;

use pest::Parser as _;
use pest::iterators::Pair;
use pest::pratt_parser::{Assoc, Op, PrattParser};

use super::expected::fault_of;
use super::grammar::{Grammar, Rule as R};
use super::scan::{DEPTH, openings};
use super::tree::{Aggregate, ArithmeticOp, CompareOp, Comprehension, Expr, ExprKind, Range, SetOp, State};
use crate::syntax::Spanned;
use crate::text::{Fault, SourceId, Span, normal};

/// How deep a tree may be.
const TREE_DEPTH: usize = 250;
/// How many nodes a tree may have (a chain of comparisons repeats its middle).
const TREE_SIZE: usize = 20_000;

/// Low to high.
static PRATT: LazyLock<PrattParser<R>> = LazyLock::new(|| {
    let left = |rule| Op::infix(rule, Assoc::Left);
    PrattParser::new()
        .op(left(R::kw_or))
        .op(left(R::kw_and))
        .op(Op::prefix(R::kw_not))
        .op(left(R::op_equal)
            | left(R::op_not_equal)
            | left(R::op_less)
            | left(R::op_less_eq)
            | left(R::op_greater)
            | left(R::op_greater_eq)
            | left(R::op_consistent)
            | left(R::kw_contains)
            | left(R::kw_element)
            | left(R::kw_matches)
            | left(R::kw_within)
            | Op::postfix(R::is_test))
        .op(left(R::op_add) | left(R::op_subtract) | left(R::kw_union) | left(R::kw_intersect) | left(R::kw_except))
        .op(left(R::op_multiply) | left(R::op_divide))
        .op(Op::prefix(R::negate))
        .op(Op::postfix(R::member) | Op::postfix(R::index))
});

/// The text being read, and where the piece given to the grammar starts in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    /// The source.
    pub source: SourceId,
    /// The whole text.
    pub text: &'a str,
    /// Byte at which the piece starts.
    pub base: usize,
}

impl Frame<'_> {
    /// The absolute place of a token.
    pub(super) fn span(&self, pair: &Pair<'_, R>) -> Span {
        let s = pair.as_span();
        Span::new(self.source, self.base + s.start()..self.base + s.end())
    }

    /// A token's text and place.
    pub(super) fn spanned(&self, pair: &Pair<'_, R>) -> Spanned<String> {
        Spanned { node: pair.as_str().to_owned(), span: self.span(pair) }
    }
}

/// A tree with its measures.
struct Node {
    expr: Expr,
    depth: usize,
    size: usize,
    /// The right operand, if this is a comparison that a chain may go on from, and its measures.
    last: Option<(Expr, usize, usize)>,
}

type Built = Result<Node, Box<Fault>>;

fn too_deep(span: Span) -> Box<Fault> {
    Box::new(Fault::error("too-deep", span).with("limit", TREE_DEPTH))
}

/// A node over children of the given depths and sizes.
fn node(span: Span, children: &[(usize, usize)], kind: impl FnOnce() -> ExprKind) -> Built {
    let depth = 1 + children.iter().map(|c| c.0).max().unwrap_or(0);
    let size = children.iter().fold(1usize, |n, c| n.saturating_add(c.1));
    if depth > TREE_DEPTH || size > TREE_SIZE {
        return Err(too_deep(span));
    }
    Ok(Node { expr: Expr { span, kind: Box::new(kind()) }, depth, size, last: None })
}

/// Parses the expression that is exactly `text[base..end]`.
pub(super) fn whole(frame: Frame<'_>, end: usize) -> Result<Expr, Box<Fault>> {
    let piece = frame.text.get(frame.base..end).unwrap_or("");
    if openings(piece).count() > DEPTH {
        return Err(too_deep(Span::new(frame.source, frame.base..end)));
    }
    let found = Grammar::parse(R::whole, piece).map_err(|e| Box::new(fault_of(frame, &e)))?;
    match found.flatten().find(|p| p.as_rule() == R::expr) {
        Some(pair) => expr(frame, pair),
        None => Err(Box::new(Fault::error("rule-syntax", Span::new(frame.source, frame.base..end)))),
    }
}

/// The tree of an `expr`.
pub(super) fn expr(frame: Frame<'_>, pair: Pair<'_, R>) -> Result<Expr, Box<Fault>> {
    build(frame, pair).map(|n| n.expr)
}

/// The tree of a `place`.
pub(super) fn place(frame: Frame<'_>, pair: Pair<'_, R>) -> Result<Expr, Box<Fault>> {
    build(frame, pair).map(|n| n.expr)
}

fn build(frame: Frame<'_>, pair: Pair<'_, R>) -> Built {
    let prefixes = pair.clone().into_inner().filter(|p| matches!(p.as_rule(), R::negate | R::kw_not)).count();
    if prefixes > DEPTH {
        return Err(too_deep(frame.span(&pair)));
    }
    PRATT
        .map_primary(|p| primary(frame, p))
        .map_prefix(|op, x| {
            let x = x?;
            let span = frame.span(&op).to(x.expr.span);
            node(span, &[(x.depth, x.size)], || {
                if op.as_rule() == R::negate { ExprKind::Negate(x.expr) } else { ExprKind::Not(x.expr) }
            })
        })
        .map_postfix(|x, op| postfix(frame, x?, op))
        .map_infix(|l, op, r| infix(l?, op.as_rule(), r?))
        .parse(pair.into_inner())
}

fn infix(l: Node, op: R, r: Node) -> Built {
    let compare = match op {
        R::op_equal => Some(CompareOp::Equal),
        R::op_not_equal => Some(CompareOp::NotEqual),
        R::op_less => Some(CompareOp::Less),
        R::op_less_eq => Some(CompareOp::LessEqual),
        R::op_greater => Some(CompareOp::Greater),
        R::op_greater_eq => Some(CompareOp::GreaterEqual),
        R::op_consistent => Some(CompareOp::Consistent),
        _ => None,
    };
    let span = l.expr.span.to(r.expr.span);
    let (lm, rm) = ((l.depth, l.size), (r.depth, r.size));
    if let Some(op) = compare {
        if lm.1 + rm.1 > TREE_SIZE {
            return Err(too_deep(span));
        }
        let last = Some((r.expr.clone(), r.depth, r.size));
        let mut made = match l.last {
            None => node(span, &[lm, rm], || ExprKind::Compare(op, l.expr, r.expr))?,
            Some((middle, depth, size)) => {
                let second =
                    node(middle.span.to(r.expr.span), &[(depth, size), rm], || ExprKind::Compare(op, middle, r.expr))?;
                node(span, &[lm, (second.depth, second.size)], || ExprKind::And(l.expr, second.expr))?
            }
        };
        made.last = last;
        return Ok(made);
    }
    node(span, &[lm, rm], || match op {
        R::kw_or => ExprKind::Or(l.expr, r.expr),
        R::kw_and => ExprKind::And(l.expr, r.expr),
        R::kw_contains => ExprKind::Contains(l.expr, r.expr),
        R::kw_element => ExprKind::In(l.expr, r.expr),
        R::kw_matches => ExprKind::Matches(l.expr, r.expr),
        R::kw_within => ExprKind::Within(l.expr, r.expr),
        R::kw_union => ExprKind::SetOp(SetOp::Union, l.expr, r.expr),
        R::kw_intersect => ExprKind::SetOp(SetOp::Intersect, l.expr, r.expr),
        R::kw_except => ExprKind::SetOp(SetOp::Except, l.expr, r.expr),
        R::op_subtract => ExprKind::Arithmetic(ArithmeticOp::Subtract, l.expr, r.expr),
        R::op_multiply => ExprKind::Arithmetic(ArithmeticOp::Multiply, l.expr, r.expr),
        R::op_divide => ExprKind::Arithmetic(ArithmeticOp::Divide, l.expr, r.expr),
        _ => ExprKind::Arithmetic(ArithmeticOp::Add, l.expr, r.expr),
    })
}

fn postfix(frame: Frame<'_>, x: Node, op: Pair<'_, R>) -> Built {
    let mut span = x.expr.span;
    let mut column = None;
    let mut index = None;
    let mut state = State::Missing;
    let rule = op.as_rule();
    for part in op.into_inner() {
        span = span.to(frame.span(&part));
        match part.as_rule() {
            R::column => column = Some(frame.spanned(&part)),
            R::expr => index = Some(build(frame, part)?),
            R::state => {
                state = match part.into_inner().next().map(|p| p.as_rule()) {
                    Some(R::kw_present) => State::Present,
                    Some(R::kw_dangling) => State::Dangling,
                    Some(R::kw_unreadable) => State::Unreadable,
                    Some(R::kw_number) => State::Number,
                    Some(R::kw_qualitative) => State::Qualitative,
                    _ => State::Missing,
                }
            }
            _ => {}
        }
    }
    let m = (x.depth, x.size);
    match (rule, column, index) {
        (R::member, Some(name), _) => node(span, &[m], || ExprKind::Member(x.expr, name)),
        (R::index, _, Some(i)) => node(span, &[m, (i.depth, i.size)], || ExprKind::Index(x.expr, i.expr)),
        _ => node(span, &[m], || ExprKind::Is(x.expr, state)),
    }
}

/// Builds each `expr` among `parts`; the last token's place closes the span.
fn list(frame: Frame<'_>, pair: Pair<'_, R>) -> Result<(Vec<Node>, Span), Box<Fault>> {
    let mut span: Option<Span> = None;
    let mut nodes = Vec::new();
    for part in pair.into_inner() {
        let here = match part.as_rule() {
            R::expr => {
                let built = build(frame, part)?;
                let here = built.expr.span;
                nodes.push(built);
                here
            }
            _ => frame.span(&part),
        };
        span = Some(span.map_or(here, |s| s.to(here)));
    }
    Ok((nodes, span.unwrap_or(Span::new(frame.source, frame.base..frame.base))))
}

fn measures(nodes: &[Node]) -> Vec<(usize, usize)> {
    nodes.iter().map(|n| (n.depth, n.size)).collect()
}

fn exprs(nodes: Vec<Node>) -> Vec<Expr> {
    nodes.into_iter().map(|n| n.expr).collect()
}

fn primary(frame: Frame<'_>, pair: Pair<'_, R>) -> Built {
    let span = frame.span(&pair);
    match pair.as_rule() {
        R::text => node(span, &[], || ExprKind::Text(super::template::plain(pair.as_str()))),
        R::figure => node(span, &[], || figure(pair.as_str())),
        R::kw_true => node(span, &[], || ExprKind::Bool(true)),
        R::kw_false => node(span, &[], || ExprKind::Bool(false)),
        R::paren => {
            let (nodes, span) = list(frame, pair)?;
            let mut inner = nodes.into_iter().next().ok_or_else(|| too_deep(span))?;
            inner.expr.span = span;
            inner.last = None;
            Ok(inner)
        }
        R::set => {
            let (nodes, span) = list(frame, pair)?;
            node(span, &measures(&nodes), || ExprKind::Set(exprs(nodes)))
        }
        R::choice => {
            let (nodes, span) = list(frame, pair)?;
            let m = measures(&nodes);
            let mut parts = exprs(nodes).into_iter();
            match (parts.next(), parts.next(), parts.next()) {
                (Some(a), Some(b), Some(c)) => node(span, &m, || ExprKind::If(a, b, c)),
                _ => Err(too_deep(span)),
            }
        }
        R::over | R::rows | R::every => comprehension(frame, pair),
        _ => reference(frame, pair),
    }
}

fn reference(frame: Frame<'_>, pair: Pair<'_, R>) -> Built {
    let whole = frame.span(&pair);
    let mut parts = pair.into_inner();
    let Some(name) = parts.next() else {
        return Err(too_deep(whole));
    };
    let name = frame.spanned(&name);
    match parts.next() {
        None if is_year(&name.node) => node(name.span, &[], || ExprKind::Year(name.node)),
        None => node(name.span, &[], || ExprKind::Name(name.node)),
        Some(reach) if reach.as_rule() == R::reach => {
            let other = reach.into_inner().find(|p| p.as_rule() == R::name).map(|p| frame.spanned(&p));
            let sides = [Some(name), other].into_iter().flatten();
            let of = |n: Spanned<String>| Expr { span: n.span, kind: Box::new(ExprKind::Name(n.node)) };
            let reached = Spanned { node: "達する".to_owned(), span: whole };
            node(whole, &[], || ExprKind::Call(reached, sides.map(of).collect()))
        }
        Some(arguments) => {
            let (nodes, span) = list(frame, arguments)?;
            node(name.span.to(span), &measures(&nodes), || ExprKind::Call(name, exprs(nodes)))
        }
    }
}

fn comprehension(frame: Frame<'_>, pair: Pair<'_, R>) -> Built {
    let mut span = Span::new(frame.source, frame.base + pair.as_span().start()..frame.base + pair.as_span().start());
    let mut kind = Aggregate::Count;
    let (mut body, mut ranges, mut conditions) = (None, Vec::new(), Vec::new());
    let mut sizes = Vec::new();
    for part in pair.into_inner() {
        let here = frame.span(&part);
        match part.as_rule() {
            R::kw_sum => kind = Aggregate::Sum,
            R::kw_max => kind = Aggregate::Max,
            R::kw_min => kind = Aggregate::Min,
            R::kw_avg => kind = Aggregate::Average,
            R::kw_median => kind = Aggregate::Median,
            R::kw_collect => kind = Aggregate::Collect,
            R::kw_distinct => kind = Aggregate::Distinct,
            R::kw_agree => kind = Aggregate::Agree,
            R::kw_exists => kind = Aggregate::Exists,
            R::kw_all => kind = Aggregate::All,
            R::expr => {
                let built = build(frame, part)?;
                sizes.push((built.depth, built.size));
                body = Some(built.expr);
                continue;
            }
            R::items => {
                let (nodes, _) = list(frame, part)?;
                sizes.extend(measures(&nodes));
                (ranges, conditions) = split(exprs(nodes));
                continue;
            }
            _ => {}
        }
        span = span.to(here);
    }
    node(span, &sizes, || ExprKind::Comprehension(Comprehension { kind, body, ranges, conditions }))
}

/// Ranges and conditions of an `items`.
pub(super) fn items(frame: Frame<'_>, pair: Pair<'_, R>) -> Result<(Vec<Range>, Vec<Expr>), Box<Fault>> {
    list(frame, pair).map(|(nodes, _)| split(exprs(nodes)))
}

/// Items of the form `name ∈ expr` are ranges up to the first that is not.
fn split(items: Vec<Expr>) -> (Vec<Range>, Vec<Expr>) {
    let (mut ranges, mut conditions) = (Vec::new(), Vec::new());
    for Expr { span, kind } in items {
        let kind = match *kind {
            ExprKind::In(left, source) if conditions.is_empty() => match *left.kind {
                ExprKind::Name(node) => {
                    ranges.push(Range { name: Spanned { node, span: left.span }, source });
                    continue;
                }
                other => ExprKind::In(Expr { span: left.span, kind: Box::new(other) }, source),
            },
            other => other,
        };
        conditions.push(Expr { span, kind: Box::new(kind) });
    }
    (ranges, conditions)
}

fn figure(written: &str) -> ExprKind {
    let plain = normal::normal(written);
    match plain.strip_suffix("年度") {
        Some(year) if year.len() == 4 && digits(year) => ExprKind::Year(written.to_owned()),
        _ => ExprKind::Figure(written.to_owned()),
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a name reads as a fiscal year: `R5`, `令和5年度`, `H30`, `FY2022`.
fn is_year(name: &str) -> bool {
    let plain = normal::normal(name);
    if let Some(n) = plain.strip_prefix("fy") {
        return n.len() == 4 && digits(n);
    }
    if let Some(n) = plain.strip_prefix(['r', 'h', 's']) {
        return n == "元" || digits(n);
    }
    let Some(n) = ["令和", "平成", "昭和"].iter().find_map(|era| plain.strip_prefix(era)) else {
        return false;
    };
    let n = n.strip_suffix("年度").or_else(|| n.strip_suffix('年')).unwrap_or(n);
    n == "元" || digits(n)
}

/// The constant that a text of the configuration is (`3`, `50%`, `"語"`, `R5`, `{…}`), with the place of the text.
#[must_use]
pub fn literal(text: &Spanned<String>) -> Option<Expr> {
    let frame = Frame { source: text.span.source, text: &text.node, base: 0 };
    let read = whole(frame, text.node.len()).ok()?;
    let constant =
        |e: &Expr| matches!(&*e.kind, ExprKind::Figure(_) | ExprKind::Text(_) | ExprKind::Year(_) | ExprKind::Bool(_));
    let placed = |e: Expr| Expr { span: text.span, ..e };
    match *read.kind {
        ExprKind::Set(items) if items.iter().all(constant) => {
            Some(Expr { span: text.span, kind: Box::new(ExprKind::Set(items.into_iter().map(placed).collect())) })
        }
        _ if constant(&read) => Some(placed(read)),
        _ => None,
    }
}
