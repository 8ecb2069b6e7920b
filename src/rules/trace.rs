//! Why a finding stands: the rule evaluated once more for the rows of the finding, step by step. Every step is a
//! node of the typed tree and its value; nothing here says in other words what a rule does.
use rustc_hash::FxHashSet;

use super::Workspace;
use super::describe::{figure, row_name};
use super::eval::{Context, Flow, Frame, Shared, Strategy};
use super::functions::Function;
use super::ir::{Kind, Node, Query, SentencePiece, TypedRule};
use super::number;
use super::pack::Pack;
use super::query::{Datum, Item, item, printed};
use super::run::{self, Violation};
use super::value::{Number, Unit, Value, Why};
use crate::syntax::rules::{Aggregate, ArithmeticOp, CompareOp, ExprKind, Rule};
use crate::text::{Sources, Span, Stop};
use crate::value::{End, Exact, Interval};

/// Rows of one comprehension that are shown; the others are counted.
const MOST_ROWS: usize = 30;

/// A finding and how it came about.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The finding.
    pub violation: Violation,
    /// 対象: the variables and what they stand for.
    pub bindings: Vec<Step>,
    /// 前提, in the order written.
    pub premises: Vec<Step>,
    /// The definitions that the rule uses, in the order written.
    pub definitions: Vec<Step>,
    /// 検査.
    pub check: Step,
}

/// A part of a rule and what it gives.
#[derive(Debug, Clone)]
pub struct Step {
    /// The expression as written; the row, for a row of a comprehension.
    pub text: String,
    /// The name that a definition gives it.
    pub name: Option<String>,
    /// The operation with the values of its operands: `7事業 ÷ 12事業`.
    pub operation: Option<String>,
    /// The value and its place.
    pub item: Item,
    /// What the figure denotes, where that decides (`≈`, 同値).
    pub denotes: Option<Denoted>,
    /// Whether two figures of one precision had to be equal though what they denote meets.
    pub alike: bool,
    /// The parts that decided it.
    pub parts: Vec<Step>,
    /// Rows of すべて for which it holds; the others are parts.
    pub passed: usize,
    /// Rows that are not shown.
    pub more: usize,
}

/// The ends of an interval, each with whether it belongs to it; `None` is unbounded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denoted {
    /// Lower end.
    pub low: Option<(String, bool)>,
    /// Upper end.
    pub high: Option<(String, bool)>,
}

impl Denoted {
    /// The ends of an interval, its numbers as `shown` writes them.
    #[must_use]
    pub fn of(interval: &Interval, shown: impl Fn(Exact) -> String) -> Self {
        let end = |end: &End| end.at.map(|at| (shown(at), end.closed));
        Self { low: end(&interval.low), high: end(&interval.high) }
    }
}

/// The findings of a rule that `chosen` accepts, each with how it came about. `wanted` says which rules run at all:
/// a figure in dispute is computed with by none of them. They are not all there when `stop` is set.
#[must_use]
pub fn explain(
    pack: &Pack,
    sources: &Sources,
    workspace: &Workspace,
    rule: usize,
    wanted: impl Fn(usize) -> bool,
    chosen: impl Fn(&Violation) -> bool,
    stop: &Stop,
) -> Vec<Explained> {
    let Some(written) = pack.rules.get(rule) else { return Vec::new() };
    let instances = pack.typed(rule);
    // A rule that settles disputes computes before any is settled. These outlive the context, which knows indexes
    // by the address of their use.
    let settles = instances.iter().any(|t| run::settles(&t.check));
    let earlier = (0..pack.rules.len()).filter(|n| !settles && wanted(*n)).flat_map(|n| pack.typed(n));
    let first: Vec<&TypedRule> = earlier.filter(|t| run::settles(&t.check)).collect();
    let shared = Shared::new(workspace, sources, pack, Strategy::Planned);
    let mut context = Context::new(&shared);
    context.stop = stop.clone();
    // Only the disputes that it leaves in the context matter here.
    let _ = run::run(&mut context, &first);
    let mut explained = Vec::new();
    for (at, typed) in instances.iter().enumerate() {
        let tracer = Tracer { context: &context, written, typed, instance: at };
        let mut seen: FxHashSet<(Span, String)> = FxHashSet::default();
        let mut frame: Frame = vec![Value::Unknown(Why::Missing); typed.slots];
        // Where a torn cell leaves rows open there is no finding to explain.
        let _ = context.search(&typed.query, &mut frame, &mut |frame| {
            if context.truth(&typed.check, frame) == Ok(false) {
                let violation = run::violation(&context, typed, frame);
                stop.found(violation.words());
                if chosen(&violation) && seen.insert((violation.span, violation.message.ja.clone())) {
                    explained.push(tracer.finding(violation, frame));
                }
            }
            if stop.is_set() { Flow::Stop } else { Flow::Continue }
        });
    }
    context.tell_steps();
    explained
}

struct Tracer<'a> {
    context: &'a Context<'a>,
    written: &'a Rule,
    typed: &'a TypedRule,
    /// Which of the rules that a column variable makes.
    instance: usize,
}

impl Tracer<'_> {
    fn finding(&self, violation: Violation, frame: &mut Frame) -> Explained {
        Explained {
            violation,
            bindings: self.bindings(frame),
            premises: self.typed.query.conditions.iter().map(|c| self.step(c, false, frame)).collect(),
            definitions: self.definitions(frame),
            check: self.step(&self.typed.check, false, frame),
        }
    }

    fn bindings(&self, frame: &mut Frame) -> Vec<Step> {
        let mut slots = self.typed.query.ranges.iter().map(|r| r.slot);
        let mut bindings = Vec::new();
        for range in &self.written.ranges {
            let (value, place) = match &*range.source.kind {
                ExprKind::Set(columns) => {
                    let column = columns.get(self.instance).map_or("", |c| self.context.sources.text(c.span));
                    (column.to_owned(), None)
                }
                _ => {
                    let value = slots.next().and_then(|slot| frame.get(slot).cloned());
                    let value = value.unwrap_or(Value::Unknown(Why::Missing));
                    (self.bound(&value), self.context.head_of(&value))
                }
            };
            let item = Item { value: Datum::Text(value), place };
            bindings.push(Step { text: range.name.node.clone(), ..Step::of(item) });
        }
        bindings
    }

    /// What a variable stands for.
    fn bound(&self, value: &Value) -> String {
        match value {
            Value::Row(row) => row_name(self.context.facts, self.context.sources, *row),
            Value::Text(printed, _) => self.context.symbol(*printed).into_owned(),
            _ => String::new(),
        }
    }

    fn definitions(&self, frame: &mut Frame) -> Vec<Step> {
        let holes = self.typed.sentence.ja.iter().filter_map(|piece| match piece {
            SentencePiece::Hole(node, _) => Some(node),
            SentencePiece::Text(_) => None,
        });
        // The nodes of the rule themselves: the context knows an index by the address of its use.
        let roots: Vec<&Node> = self.typed.query.conditions.iter().chain([&self.typed.check]).chain(holes).collect();
        let steps = self.written.body.definitions.iter().filter_map(|(name, expr)| {
            let node = roots.iter().find_map(|root| self.used(root, &name.node))?;
            let text = self.text(expr.span);
            Some(Step { text, name: Some(name.node.clone()), ..self.expanded(node, false, frame) })
        });
        steps.collect()
    }

    /// The node that stands for a definition somewhere in an expression.
    fn used<'n>(&self, node: &'n Node, name: &str) -> Option<&'n Node> {
        if self.definition(node) == Some(name) {
            return Some(node);
        }
        node.children().into_iter().find_map(|child| self.used(child, name))
    }

    /// The name of the definition that a node stands for.
    fn definition(&self, node: &Node) -> Option<&str> {
        let text = self.context.sources.text(node.span);
        let known = self.written.body.definitions.iter().find(|(name, _)| name.node == text);
        known.filter(|_| !matches!(&*node.kind, Kind::Slot(_))).map(|(name, _)| name.node.as_str())
    }

    /// The source of a place, in one line.
    fn text(&self, span: Span) -> String {
        self.context.sources.text(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A node and its value. A definition is expanded once, under its own head.
    fn step(&self, node: &Node, wide: bool, frame: &mut Frame) -> Step {
        if self.definition(node).is_none() {
            return self.expanded(node, wide, frame);
        }
        Step {
            text: self.text(node.span),
            denotes: self.denotes(node, wide, frame),
            ..Step::of(self.item(node, frame))
        }
    }

    fn expanded(&self, node: &Node, wide: bool, frame: &mut Frame) -> Step {
        let mut step = Step {
            text: self.text(node.span),
            denotes: self.denotes(node, wide, frame),
            ..Step::of(self.item(node, frame))
        };
        match &*node.kind {
            Kind::And(a, b) | Kind::Or(a, b) => {
                // The second operand plays no part where the first has decided.
                let decided = matches!(&*node.kind, Kind::Or(..));
                step.parts.push(self.step(a, false, frame));
                if self.context.truth(a, frame) != Ok(decided) {
                    step.parts.push(self.step(b, false, frame));
                }
            }
            Kind::If(condition, then, otherwise) => {
                step.parts.push(self.step(condition, false, frame));
                match self.context.truth(condition, frame) {
                    Ok(truth) => step.parts.push(self.step(if truth { then } else { otherwise }, wide, frame)),
                    Err(_) => return step,
                }
            }
            Kind::Arithmetic(op, a, b) => {
                step.operation = Some(self.operation(a, sign(*op), b, frame));
                step.parts = self.parts([a, b], false, frame);
            }
            Kind::Compare(op, a, b) => {
                step.operation = Some(self.operation(a, relation(*op), b, frame));
                step.parts = self.parts([a, b], *op == CompareOp::Consistent, frame);
                step.alike = *op == CompareOp::Consistent && self.alike(a, b, frame);
            }
            Kind::Aggregate(kind, query, body) => self.rows(*kind, query, body.as_ref(), &mut step, frame),
            Kind::AtYear(_, _, _, _, year) => step.parts = self.parts([year], false, frame),
            Kind::Cell(..) | Kind::Target(..) | Kind::Marked(..) | Kind::Ancestor(..) => {}
            Kind::Ordinal(_) | Kind::Group(_) | Kind::Series(_) => {}
            Kind::Call(function, arguments) => step.parts = self.parts(arguments, *function == Function::Agree, frame),
            _ => step.parts = self.parts(node.children(), false, frame),
        }
        step
    }

    /// The operands that are not literals and no bare variables.
    fn parts<'n>(&self, nodes: impl IntoIterator<Item = &'n Node>, wide: bool, frame: &mut Frame) -> Vec<Step> {
        let told =
            |node: &Node| matches!(&*node.kind, Kind::Constant(_) | Kind::Text(_) | Kind::Figure(..) | Kind::Slot(_));
        let nodes = nodes.into_iter().filter(|n| self.definition(n).is_some() || !told(n));
        nodes.map(|n| self.step(n, wide, frame)).collect()
    }

    /// The rows of a comprehension: those that it found, each with what is collected.
    fn rows(&self, kind: Aggregate, query: &Query, body: Option<&Node>, step: &mut Step, frame: &mut Frame) {
        let (mut parts, mut passed, mut more) = (Vec::new(), 0, 0);
        // A torn cell leaves the whole not judged, and its value says so.
        let _ = self.context.search(query, frame, &mut |frame| {
            if kind == Aggregate::All && body.is_some_and(|b| self.context.truth(b, frame) == Ok(true)) {
                passed += 1;
                return Flow::Continue;
            }
            if parts.len() >= MOST_ROWS {
                more += 1;
                return Flow::Continue;
            }
            let values = query.ranges.iter().filter_map(|r| frame.get(r.slot).cloned());
            let values: Vec<Value> = values.collect();
            let text = values.iter().map(|v| self.bound(v)).collect::<Vec<_>>().join("、");
            let head = values.last().and_then(|v| self.context.head_of(v));
            parts.push(match body {
                Some(body) if kind == Aggregate::All => {
                    let inner = self.step(body, false, frame);
                    let place = head;
                    Step { text, parts: vec![inner], ..Step::of(Item { place, ..self.item(body, frame) }) }
                }
                Some(body) => {
                    let denotes = self.denotes(body, kind == Aggregate::Agree, frame);
                    Step { text, denotes, ..Step::of(self.item(body, frame)) }
                }
                None => Step::of(Item { value: Datum::Text(text), place: head }),
            });
            Flow::Continue
        });
        (step.parts, step.passed, step.more) = (parts, passed, more);
    }

    /// The value of a node: a printed figure as printed, a computed one with the digits that it has.
    fn item(&self, node: &Node, frame: &mut Frame) -> Item {
        let made = item(self.context, node, frame);
        match self.number(node, frame) {
            Some(number) if printed(self.context, node, frame).is_none() => {
                Item { value: Datum::Figure(self.figure(number.value, number.unit)), ..made }
            }
            _ => made,
        }
    }

    fn operation(&self, a: &Node, sign: &str, b: &Node, frame: &mut Frame) -> String {
        let mut side = |node: &Node| match self.item(node, frame).value {
            Datum::Text(text) | Datum::Figure(text) => text,
            // Truth has a word in each language; its own step says it.
            Datum::Bool(_) => self.text(node.span),
            Datum::Nothing(_) => "－".to_owned(),
        };
        let (a, b) = (side(a), side(b));
        format!("{a} {sign} {b}")
    }

    /// A number with its unit.
    fn figure(&self, value: Exact, unit: Unit) -> String {
        let unit = match unit {
            Unit::Of(symbol) => self.context.symbol(symbol).into_owned(),
            Unit::Ratio => "%".to_owned(),
            Unit::Open => String::new(),
        };
        figure(value, &unit)
    }

    fn number(&self, node: &Node, frame: &mut Frame) -> Option<Number> {
        self.context.value(node, frame).as_number(self.context.facts)
    }

    fn denotes(&self, node: &Node, wide: bool, frame: &mut Frame) -> Option<Denoted> {
        let number = self.number(node, frame).filter(|n| wide && n.interval != Interval::point(n.value))?;
        Some(Denoted::of(&number.interval, |at| self.figure(at, number.unit)))
    }

    /// Whether `a ≈ b` fails though what they denote meets.
    fn alike(&self, a: &Node, b: &Node, frame: &mut Frame) -> bool {
        let (Some(a), Some(b)) = (self.number(a, frame), self.number(b, frame)) else { return false };
        a.interval.meets(&b.interval) && number::compare(CompareOp::Consistent, &a, &b, None) == Ok(false)
    }
}

impl Step {
    /// A step with a value and nothing else.
    fn of(item: Item) -> Self {
        Self {
            text: String::new(),
            name: None,
            operation: None,
            item,
            denotes: None,
            alike: false,
            parts: Vec::new(),
            passed: 0,
            more: 0,
        }
    }
}

fn sign(op: ArithmeticOp) -> &'static str {
    match op {
        ArithmeticOp::Add => "+",
        ArithmeticOp::Subtract => "-",
        ArithmeticOp::Multiply => "×",
        ArithmeticOp::Divide => "÷",
    }
}

fn relation(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Equal => "=",
        CompareOp::NotEqual => "≠",
        CompareOp::Less => "<",
        CompareOp::LessEqual => "≤",
        CompareOp::Greater => ">",
        CompareOp::GreaterEqual => "≥",
        CompareOp::Consistent => "≈",
    }
}
