//! The typed tree of a rule, ready to be planned and evaluated.
use std::fmt::Write as _;
use std::sync::Arc;

use super::functions::Function;
pub use super::pattern::Pattern;
use super::types::Type;
use super::value::{Number, Value};
use crate::plan::{ColumnId, RelationId};
use crate::syntax::rules::{Aggregate, ArithmeticOp, CompareOp, SetOp, State};
use crate::text::{Severity, Span};

/// A typed expression.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it does.
    pub kind: Arc<Kind>,
    /// What it gives.
    pub ty: Type,
    /// Where it stands in the rule file.
    pub span: Span,
}

/// Kinds of expressions.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A literal; texts are interned when evaluated.
    Constant(Value),
    /// A literal text.
    Text(String),
    /// A literal figure and its unit (canonical; empty if none).
    Figure(Number, String),
    /// The value of a range variable.
    Slot(usize),
    /// A cell of a row.
    Cell(Node, ColumnId),
    /// The row that a reference column points to.
    Target(Node, ColumnId),
    /// Whether a row carries a mark.
    Marked(Node, ColumnId),
    /// The nearest row above.
    Ancestor(Node, RelationId),
    /// The rows below.
    Below(Node, RelationId),
    /// Ordinal within relation and document.
    Ordinal(Node),
    /// Identity class.
    Group(Node),
    /// Series of editions of a document.
    Series(Node),
    /// The figure of one year of a series: owner, relation of the series, its columns 年度 and 値, the year.
    AtYear(Node, RelationId, ColumnId, ColumnId, Node),
    /// Prefix minus.
    Negate(Node),
    /// 否.
    Not(Node),
    /// `+ - × ÷`.
    Arithmetic(ArithmeticOp, Node, Node),
    /// Comparison.
    Compare(CompareOp, Node, Node),
    /// かつ.
    And(Node, Node),
    /// または.
    Or(Node, Node),
    /// もし.
    If(Node, Node, Node),
    /// は.
    Is(Node, State),
    /// 含む.
    Contains(Node, Node),
    /// Membership in a written set.
    InSet(Node, Vec<Node>),
    /// Membership in a set.
    InList(Node, Node),
    /// A written set.
    Items(Vec<Node>),
    /// A set made of two.
    SetOp(SetOp, Node, Node),
    /// ⊆.
    Within(Node, Node),
    /// 一致.
    Matches(Node, Pattern),
    /// The rows reached from a row by following one reference column again and again, itself left out.
    Closure(Node, ColumnId),
    /// A function.
    Call(Function, Vec<Node>),
    /// A comprehension or quantifier.
    Aggregate(Aggregate, Query, Option<Node>),
}

/// A conjunctive query: ranges and the conditions on them.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The ranges in the order written.
    pub ranges: Vec<QueryRange>,
    /// All conditions.
    pub conditions: Vec<Node>,
    /// How it is run (made by the planner).
    pub plan: Arc<Plan>,
}

/// How a query is run.
#[derive(Debug, Default)]
pub struct Plan {
    /// Conditions that need none of the ranges.
    pub before: Vec<Node>,
    /// One step a range.
    pub steps: Vec<Step>,
    /// Whether rows may come in any order, since all that is asked of them is whether there are any, or how many.
    pub unordered: bool,
}

/// One range.
#[derive(Debug, Clone)]
pub struct QueryRange {
    /// Slot of the variable.
    pub slot: usize,
    /// What it ranges over.
    pub source: RangeSource,
}

/// What a variable ranges over.
#[derive(Debug, Clone)]
pub enum RangeSource {
    /// All rows of a relation.
    Relation(RelationId),
    /// The rows below a row.
    Below(Node, RelationId),
    /// The values of a set.
    List(Node),
}

/// One step of a query plan.
#[derive(Debug, Clone)]
pub struct Step {
    /// Slot that it fills.
    pub slot: usize,
    /// How rows are found.
    pub access: Access,
    /// Conditions decided as soon as the slot is filled.
    pub filters: Vec<Node>,
}

/// How a step finds its rows.
#[derive(Debug, Clone)]
pub enum Access {
    /// Every row.
    Scan(RelationId),
    /// A hash index.
    Index(IndexUse),
    /// A set.
    List(Node),
}

/// Use of a hash index: what is asked for, and what it was built on.
#[derive(Debug, Clone)]
pub struct IndexUse {
    /// Which rows are indexed.
    pub relation: RelationId,
    /// Whether rows are found by a row above them: that row, as an expression over earlier slots.
    pub below: Option<Node>,
    /// Pairs of key expressions: over the indexed row (in `slot`), and over earlier slots.
    pub keys: Vec<(Node, Node)>,
    /// The slot that the inner key expressions read.
    pub slot: usize,
    /// Equal indexes of different rules have equal names and are built once.
    pub name: String,
    /// A closer one, for where too many rows have one key.
    pub sharp: Option<Box<Sharp>>,
}

/// An index with fewer rows to look at: made only where it pays, since rules share the plain one.
#[derive(Debug, Clone)]
pub struct Sharp {
    /// Filters of the step on the indexed row alone: rows that do not meet them are left out.
    pub own: Vec<Node>,
    /// By what rows with the same keys are sorted.
    pub order: Option<Order>,
}

impl Sharp {
    /// As the name of the plain index of the step, which is given.
    pub fn name(&self, plain: &IndexUse) -> String {
        let mut name = plain.name.clone();
        for condition in &self.own {
            name.push('&');
            condition.fingerprint(plain.slot, &mut name);
        }
        if let Some(order) = &self.order {
            name.push(if order.descending { '>' } else { '<' });
            order.by.fingerprint(plain.slot, &mut name);
        }
        name
    }
}

/// A filter of a step that holds a value of the indexed row against something: the rows that meet it stand first.
#[derive(Debug, Clone)]
pub struct Order {
    /// The filter.
    pub condition: Node,
    /// The value of the indexed row.
    pub by: Node,
    /// Whether great values stand first.
    pub descending: bool,
}

/// A sentence as pieces.
#[derive(Debug, Clone)]
pub enum SentencePiece {
    /// Literal text.
    Text(String),
    /// A value and its format.
    Hole(Node, Option<String>),
}

/// A sentence in both languages.
#[derive(Debug, Clone, Default)]
pub struct TypedSentence {
    /// Japanese.
    pub ja: Vec<SentencePiece>,
    /// English.
    pub en: Vec<SentencePiece>,
}

/// A label of 参考.
#[derive(Debug, Clone)]
pub struct TypedLabel {
    /// Rows it is repeated for; without ranges it stands once.
    pub query: Query,
    /// The place.
    pub place: Node,
    /// The sentence.
    pub sentence: TypedSentence,
}

/// What would mend a finding.
#[derive(Debug, Clone)]
pub struct TypedFix {
    /// Whether it is right whenever the rule is.
    pub safe: bool,
    /// The place to be changed.
    pub place: Node,
    /// Its new value.
    pub value: Node,
}

/// A 定義 ready to be worked out.
#[derive(Debug, Clone)]
pub struct TypedDefinition {
    /// The relation that it fills.
    pub relation: RelationId,
    /// 対象 and 前提.
    pub query: Query,
    /// Its columns, in the order of the vocabulary.
    pub columns: Vec<Node>,
    /// How many slots a frame needs.
    pub slots: usize,
}

/// A rule ready to run; one with a column variable becomes several.
#[derive(Debug, Clone)]
pub struct TypedRule {
    /// Number of the rule in its pack.
    pub rule: usize,
    /// Severity.
    pub severity: Severity,
    /// 対象 and 前提.
    pub query: Query,
    /// What is asked instead where the severity hangs on a condition: that, and the severity if it does not hold.
    pub milder: Option<(Node, Severity)>,
    /// 検査.
    pub check: Node,
    /// 指摘.
    pub place: Node,
    /// What is wrong.
    pub sentence: TypedSentence,
    /// 参考.
    pub labels: Vec<TypedLabel>,
    /// 助言.
    pub help: TypedSentence,
    /// 修正.
    pub fix: Option<TypedFix>,
    /// How many slots a frame needs.
    pub slots: usize,
}

impl Node {
    /// How many parts it has, itself among them; no more are counted than one over `most`.
    #[must_use]
    pub fn parts(&self, most: usize) -> usize {
        let (mut count, mut open) = (0, vec![self]);
        while let Some(node) = open.pop().filter(|_| count <= most) {
            count += 1;
            open.extend(node.children());
        }
        count
    }

    /// The parts of an expression.
    pub fn children(&self) -> Vec<&Node> {
        match &*self.kind {
            Kind::Constant(_) | Kind::Text(_) | Kind::Figure(..) | Kind::Slot(_) => vec![],
            Kind::Cell(a, _) | Kind::Target(a, _) | Kind::Marked(a, _) | Kind::Ancestor(a, _) | Kind::Below(a, _) => {
                vec![a]
            }
            Kind::Ordinal(a) | Kind::Group(a) | Kind::Series(a) | Kind::Negate(a) | Kind::Not(a) | Kind::Is(a, _) => {
                vec![a]
            }
            Kind::AtYear(a, _, _, _, b)
            | Kind::Arithmetic(_, a, b)
            | Kind::Compare(_, a, b)
            | Kind::And(a, b)
            | Kind::Or(a, b)
            | Kind::Contains(a, b)
            | Kind::InList(a, b)
            | Kind::SetOp(_, a, b)
            | Kind::Within(a, b) => vec![a, b],
            Kind::If(a, b, c) => vec![a, b, c],
            Kind::Matches(a, _) | Kind::Closure(a, _) => vec![a],
            Kind::Items(items) => items.iter().collect(),
            Kind::InSet(a, items) => std::iter::once(a).chain(items).collect(),
            Kind::Call(_, arguments) => arguments.iter().collect(),
            Kind::Aggregate(_, query, body) => {
                let sources = query.ranges.iter().filter_map(|r| match &r.source {
                    RangeSource::Below(node, _) | RangeSource::List(node) => Some(node),
                    RangeSource::Relation(_) => None,
                });
                sources.chain(&query.conditions).chain(body).collect()
            }
        }
    }

    /// Whether the expression reads `slot`.
    #[must_use]
    pub fn reads(&self, slot: usize) -> bool {
        matches!(&*self.kind, Kind::Slot(s) if *s == slot) || self.children().into_iter().any(|c| c.reads(slot))
    }

    /// Writes the expression so that equal ones over `slot` are equal texts.
    pub fn fingerprint(&self, slot: usize, out: &mut String) {
        // Writing to a String cannot fail, so the results are dropped.
        let _ = match &*self.kind {
            Kind::Constant(value) => write!(out, "{value:?}"),
            Kind::Text(text) => write!(out, "{text:?}"),
            Kind::Figure(number, unit) => write!(out, "{}{unit}", number.value),
            Kind::Slot(s) if *s == slot => write!(out, "."),
            Kind::Slot(s) => write!(out, "#{s}"),
            Kind::Cell(_, c) => write!(out, "cell{}", c.0),
            Kind::Target(_, c) => write!(out, "to{}", c.0),
            Kind::Marked(_, c) => write!(out, "mark{}", c.0),
            Kind::Ancestor(_, r) => write!(out, "up{}", r.0),
            Kind::Below(_, r) => write!(out, "down{}", r.0),
            Kind::Ordinal(_) => write!(out, "ord"),
            Kind::Group(_) => write!(out, "grp"),
            Kind::Series(_) => write!(out, "ser"),
            Kind::AtYear(_, r, y, v, _) => write!(out, "at{}.{}.{}", r.0, y.0, v.0),
            Kind::Negate(_) => write!(out, "neg"),
            Kind::Not(_) => write!(out, "not"),
            Kind::Arithmetic(op, ..) => write!(out, "{op:?}"),
            Kind::Compare(op, ..) => write!(out, "{op:?}"),
            Kind::And(..) => write!(out, "and"),
            Kind::Or(..) => write!(out, "or"),
            Kind::If(..) => write!(out, "if"),
            Kind::Is(_, state) => write!(out, "{state:?}"),
            Kind::Contains(..) => write!(out, "has"),
            Kind::InSet(..) => write!(out, "in"),
            Kind::InList(..) => write!(out, "list"),
            Kind::Items(_) => write!(out, "items"),
            Kind::SetOp(op, ..) => write!(out, "{op:?}"),
            Kind::Within(..) => write!(out, "within"),
            Kind::Matches(_, pattern) => write!(out, "match{:?}", pattern.as_str()),
            Kind::Closure(_, c) => write!(out, "reach{}", c.0),
            Kind::Call(function, _) => write!(out, "{function:?}"),
            Kind::Aggregate(kind, query, _) => {
                let over = |range: &QueryRange| match &range.source {
                    RangeSource::Relation(relation) | RangeSource::Below(_, relation) => Some(relation.0),
                    RangeSource::List(_) => None,
                };
                let ranges: Vec<_> = query.ranges.iter().map(|range| (range.slot, over(range))).collect();
                write!(out, "{kind:?}{ranges:?}")
            }
        };
        out.push('(');
        for child in self.children() {
            child.fingerprint(slot, out);
            out.push(',');
        }
        out.push(')');
    }
}
