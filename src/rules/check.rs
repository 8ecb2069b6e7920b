//! From the syntax tree of a rule to its typed form. An ill-typed rule never runs; each fault stands at
//! its place in the rule file and names the nearest thing that would have been right.
mod calls;
mod clauses;
mod contradiction;
mod member;
mod operators;
mod query;
mod scope;
mod sets;

pub(super) use clauses::body;
pub use clauses::{Parameters, define};
pub use query::check_query;
pub use scope::{Member, MemberKind, Scope};

use std::sync::Arc;

use super::functions::{Argument, Function};
use super::ir::{Kind, Node, Query, QueryRange, RangeSource, SentencePiece, TypedLabel, TypedRule, TypedSentence};
use super::meaning::{Meaning, Meant};
use super::planner;
use super::types::{Type, UnitType};
use super::value::{Number, Value};
use crate::plan::{ColumnId, ColumnRole, ColumnType, RelationId, RelationKind, Vocabulary, figure_fault};
use crate::syntax::Spanned;
use crate::syntax::rules::{
    About, Aggregate, ArithmeticOp, CompareOp, Comprehension, Expr, ExprKind, Piece, Range, Rule, Sentence, Template,
};
use crate::text::near::nearest;
use crate::text::{Fault, Severity, Span, normal};
use crate::value::{Exact, Figure, FigureFault, FiscalYear};
use contradiction::contradiction;

/// Whether something may be wrong with what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// It was written by an author.
    Doubtful,
    /// It is built in and tested: a regular expression in it may wait until it is used, and what only finds mistakes is left out.
    Sound,
}

/// Types a rule. Several rules come of one with a column variable; none if it has errors.
pub fn check(
    vocabulary: &Vocabulary,
    parameters: &Parameters,
    number: usize,
    rule: &Rule,
    trust: Trust,
    faults: &mut Vec<Fault>,
) -> Vec<TypedRule> {
    if rule.torn {
        // What could not be read has been reported; that it is missing would only be said twice.
        return Vec::new();
    }
    let before = faults.len();
    for (missing, name) in
        [(rule.ranges.is_empty(), "対象"), (rule.body.check.is_none(), "検査"), (rule.body.finding.is_none(), "指摘")]
    {
        if missing {
            faults.push(Fault::error("missing-clause", rule.name.span).with("name", name));
        }
    }
    let warn = |code, faults: &mut Vec<Fault>| {
        let fault =
            Fault { severity: Severity::Warning, ..Fault::error(code, rule.name.span).with("name", &rule.name.node) };
        faults.push(fault);
    };
    if trust == Trust::Doubtful {
        let About { explanation, tests } = &*rule.about;
        if !tests.iter().any(|t| t.passes) || tests.iter().all(|t| t.passes) {
            warn("missing-tests", faults);
        }
        if explanation.0.is_none() && explanation.1.is_none() {
            warn("missing-explanation", faults);
        }
    }
    let columns = rule.ranges.iter().find_map(|r| match &*r.source.kind {
        ExprKind::Set(items) => Some((
            r,
            items
                .iter()
                .filter_map(|i| if let ExprKind::Name(n) = &*i.kind { Some(n.clone()) } else { None })
                .collect::<Vec<_>>(),
        )),
        _ => None,
    });
    let instances: Vec<Option<(String, String)>> = match columns {
        Some((range, names)) => names.into_iter().map(|n| Some((range.name.node.clone(), n))).collect(),
        None => vec![None],
    };
    let mut typed = Vec::new();
    for instance in instances {
        let mut checker = Checker { sound: trust == Trust::Sound, ..Checker::new(vocabulary) };
        checker.parameters(rule, parameters);
        if let Some((name, column)) = instance {
            checker.scope.push((name, Binding::Column(column)));
        }
        let made = checker.rule(number, rule);
        for fault in checker.faults {
            // The instances of a column variable would each repeat the fault.
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        typed.extend(made);
    }
    if faults.iter().skip(before).any(|f| f.severity == Severity::Error) {
        return Vec::new();
    }
    typed
}

/// Names stand for expressions, in which other names do: so many parts a rule may have of them. Thirty lines that each say the one
/// before twice would be a thousand million.
const MOST_PARTS: usize = 20_000;

pub(super) enum Binding {
    Slot(usize, Type),
    Definition(Node, Span, bool),
    Column(String),
    /// A definition that is wrong and has been reported: what uses it is not reported again.
    Broken,
}

pub(super) struct Checker<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) faults: Vec<Fault>,
    pub(super) scope: Vec<(String, Binding)>,
    /// How many parts stand for names (`:=`) so far.
    pub(super) named: usize,
    pub(super) slots: usize,
    /// Where the variable of each slot stands.
    pub(super) declared: Vec<Span>,
    /// Where the column variable stands, if there is one.
    pub(super) column: Span,
    /// What names mean, as far as they are understood, if somebody wants to know.
    pub(super) meant: Option<Vec<Meant>>,
    /// Whether nothing is wrong, so that what would only find mistakes may be left out.
    pub(super) sound: bool,
}

impl<'v> Checker<'v> {
    /// A checker that knows no variable yet.
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self {
            vocabulary,
            faults: Vec::new(),
            scope: Vec::new(),
            named: 0,
            slots: 0,
            declared: Vec::new(),
            column: Span::default(),
            meant: None,
            sound: false,
        }
    }
}

impl Checker<'_> {
    /// Notes what a name means, if somebody wants to know.
    pub(super) fn note(&mut self, span: Span, meaning: Meaning, declares: bool, ty: Option<&Type>) {
        if let Some(meant) = &mut self.meant {
            let ty = ty.map(|ty| ty.describe(self.vocabulary));
            meant.push(Meant { span, meaning, declares, ty });
        }
    }

    pub(super) fn rule(&mut self, number: usize, rule: &Rule) -> Option<TypedRule> {
        let mut query = Query::default();
        for range in &rule.ranges {
            if !matches!(&*range.source.kind, ExprKind::Set(_)) {
                let range = self.range(range)?;
                query.ranges.push(range);
            }
        }
        // Definitions may be used by premises and may use each other in the order written.
        for (name, expr) in &rule.body.definitions {
            let node = self.expr(expr);
            self.note(name.span, Meaning::Local(name.span), true, node.as_ref().map(|n| &n.ty));
            let binding = node.map_or(Binding::Broken, |n| Binding::Definition(n, name.span, false));
            self.scope.push((name.node.clone(), binding));
        }
        for premise in &rule.body.premises {
            if let Some(node) = self.truth(premise) {
                flatten(node, &mut query.conditions);
            }
        }
        if !self.sound {
            contradiction(&query.conditions, &mut self.faults);
        }
        let check = rule.body.check.as_ref().and_then(|c| self.truth(c));
        let finding = rule.body.finding.as_ref().and_then(|(place, sentence)| {
            let place = self.place(place)?;
            Some((place, self.sentence(sentence)))
        });
        let mut labels = Vec::new();
        for related in &rule.body.related {
            let depth = self.scope.len();
            let mut label_query = Query::default();
            for range in &related.ranges {
                if let Some(range) = self.range(range) {
                    label_query.ranges.push(range);
                }
            }
            for condition in &related.conditions {
                if let Some(node) = self.truth(condition) {
                    flatten(node, &mut label_query.conditions);
                }
            }
            if let Some(place) = self.place(&related.place) {
                let sentence = self.sentence(&related.sentence);
                planner::plan(&mut label_query);
                labels.push(TypedLabel { query: label_query, place, sentence });
            }
            self.scope.truncate(depth);
        }
        let help = rule.body.help.as_ref().map(|h| self.sentence(h)).unwrap_or_default();
        let fix = rule.body.fix.as_ref().and_then(|f| self.fix(f));
        let (severity, milder) = self.grade(rule);
        self.unused();
        let (mut check, (place, sentence)) = (check?, finding?);
        planner::plan(&mut query);
        planner::plan_inside(&mut check);
        Some(TypedRule {
            rule: number,
            severity,
            query,
            check,
            milder,
            place,
            sentence,
            labels,
            help,
            fix,
            slots: self.slots,
        })
    }

    /// Warns of names that were given and never used.
    pub(super) fn unused(&mut self) {
        for (name, binding) in &self.scope {
            if let Binding::Definition(_, span, false) = binding {
                let fault = Fault::error("unused-definition", *span).with("name", name);
                self.faults.push(Fault { severity: Severity::Warning, ..fault });
            }
        }
    }

    pub(super) fn range(&mut self, range: &Range) -> Option<QueryRange> {
        let (source, ty) = match &*range.source.kind {
            ExprKind::Name(name) if self.lookup(name).is_none() => {
                let relation = self.relation(name, range.source.span)?;
                self.note(range.source.span, Meaning::Relation(relation), false, None);
                (RangeSource::Relation(relation), Type::Row(relation))
            }
            _ => {
                let node = self.expr(&range.source)?;
                match (Arc::unwrap_or_clone(node.kind), node.ty) {
                    (Kind::Below(base, relation), _) => (RangeSource::Below(base, relation), Type::Row(relation)),
                    (kind, Type::Set(element)) => {
                        let ty = (*element).clone();
                        let mut set = Node { kind: Arc::new(kind), ty: Type::Set(element), span: node.span };
                        planner::plan_inside(&mut set);
                        (RangeSource::List(set), ty)
                    }
                    (_, ty) => {
                        self.mismatch(range.source.span, &ty.describe(self.vocabulary), "行の集まり rows");
                        return None;
                    }
                }
            }
        };
        let slot = self.slots;
        self.slots += 1;
        self.declared.push(range.name.span);
        self.note(range.name.span, Meaning::Local(range.name.span), true, Some(&ty));
        self.scope.push((range.name.node.clone(), Binding::Slot(slot, ty)));
        Some(QueryRange { slot, source })
    }

    pub(super) fn lookup(&self, name: &str) -> Option<usize> {
        self.scope.iter().rposition(|(n, _)| n == name)
    }

    fn relation(&mut self, name: &str, span: Span) -> Option<RelationId> {
        let found = self.vocabulary.relation(name).or_else(|| self.vocabulary.keyword(name).map(|k| k.0));
        if found.is_none() {
            let names = self.vocabulary.relations.iter().flat_map(|r| [r.name.as_str(), r.alias.as_str()]);
            let near = nearest(name, names.chain(self.scope.iter().map(|s| s.0.as_str())));
            self.faults.push(Fault::error("unknown-name", span).with("name", name).with("near", near));
        }
        found
    }

    pub(super) fn mismatch(&mut self, span: Span, left: &str, right: &str) {
        self.faults.push(Fault::error("type-mismatch", span).with("left", left).with("right", right));
    }

    pub(super) fn truth(&mut self, expr: &Expr) -> Option<Node> {
        let node = self.expr(expr)?;
        if node.ty == Type::Bool {
            return Some(node);
        }
        self.mismatch(expr.span, &node.ty.describe(self.vocabulary), "真偽 bool");
        None
    }

    pub(super) fn place(&mut self, expr: &Expr) -> Option<Node> {
        let node = self.expr(expr)?;
        match (&*node.kind, &node.ty) {
            (Kind::Cell(..) | Kind::Target(..) | Kind::Marked(..) | Kind::AtYear(..), _) | (_, Type::Row(_)) => {
                Some(node)
            }
            _ => {
                self.mismatch(expr.span, &node.ty.describe(self.vocabulary), "欄または行 a cell or row");
                None
            }
        }
    }

    pub(super) fn sentence(&mut self, sentence: &Sentence) -> TypedSentence {
        let mut pieces = |template: &Option<Template>| {
            let mut out = Vec::new();
            for piece in template.iter().flat_map(|t| &t.pieces) {
                match piece {
                    Piece::Text(text) => out.push(SentencePiece::Text(text.clone())),
                    Piece::Hole(expr, format) => {
                        if let Some(mut node) = self.expr(expr) {
                            planner::plan_inside(&mut node);
                            out.push(SentencePiece::Hole(node, format.as_ref().map(|f| f.node.clone())));
                        }
                    }
                }
            }
            out
        };
        let ja = pieces(&sentence.ja);
        let en = pieces(&sentence.en);
        let other =
            |own: Vec<SentencePiece>, other: &[SentencePiece]| if own.is_empty() { other.to_vec() } else { own };
        TypedSentence { en: other(en, &ja), ja }
    }

    pub(super) fn node(kind: Kind, ty: Type, span: Span) -> Option<Node> {
        Some(Node { kind: Arc::new(kind), ty, span })
    }

    pub(super) fn expr(&mut self, expr: &Expr) -> Option<Node> {
        let span = expr.span;
        match &*expr.kind {
            ExprKind::Figure(text) => self.figure(text, span),
            ExprKind::Text(text) => Self::node(Kind::Text(text.clone()), Type::Text, span),
            ExprKind::Year(text) => match FiscalYear::read(text) {
                Ok(year) => Self::node(Kind::Constant(Value::Year(year)), Type::Year, span),
                Err(_) => {
                    self.faults.push(Fault::error("bad-year", span).with("text", text));
                    None
                }
            },
            ExprKind::Bool(b) => Self::node(Kind::Constant(Value::Bool(*b)), Type::Bool, span),
            ExprKind::Name(name) => self.name(name, span),
            ExprKind::Member(base, name) => {
                let base = self.expr(base)?;
                let node = self.member(base, name, span)?;
                self.note_member(&node, name.span);
                Some(node)
            }
            ExprKind::Index(base, index) => self.index(base, index, span),
            ExprKind::Set(items) => self.items(items, span),
            ExprKind::SetOp(op, a, b) => {
                let (a, b) = (self.set(a), self.set(b));
                let (a, b) = self.same_elements(a?, b?, span)?;
                let ty = a.ty.clone();
                Self::node(Kind::SetOp(*op, a, b), ty, span)
            }
            ExprKind::Within(a, b) => {
                let (a, b) = (self.set(a), self.set(b));
                let (a, b) = self.same_elements(a?, b?, span)?;
                Self::node(Kind::Within(a, b), Type::Bool, span)
            }
            ExprKind::Matches(a, pattern) => {
                let (a, pattern) = (self.text(a), self.pattern(pattern));
                Self::node(Kind::Matches(a?, pattern?), Type::Bool, span)
            }
            ExprKind::Negate(a) => {
                let a = self.expr(a)?;
                let ty = self.numeric(&a)?;
                Self::node(Kind::Negate(a), ty, span)
            }
            ExprKind::Not(a) => {
                let a = self.truth(a)?;
                Self::node(Kind::Not(a), Type::Bool, span)
            }
            ExprKind::And(a, b) => {
                let (a, b) = (self.truth(a), self.truth(b));
                Self::node(Kind::And(a?, b?), Type::Bool, span)
            }
            ExprKind::Or(a, b) => {
                let (a, b) = (self.truth(a), self.truth(b));
                Self::node(Kind::Or(a?, b?), Type::Bool, span)
            }
            ExprKind::Arithmetic(op, a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                self.arithmetic(*op, a?, b?, span)
            }
            ExprKind::Compare(op, a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                self.compare(*op, a?, b?, span)
            }
            ExprKind::If(condition, a, b) => {
                let condition = self.truth(condition);
                let (a, b) = (self.expr(a)?, self.expr(b)?);
                let ty = self.common(&a, &b, span)?;
                Self::node(Kind::If(condition?, a, b), ty, span)
            }
            ExprKind::Is(a, state) => {
                let a = self.expr(a)?;
                Self::node(Kind::Is(a, *state), Type::Bool, span)
            }
            ExprKind::Contains(a, b) => {
                let (a, b) = (self.text(a), self.text(b));
                Self::node(Kind::Contains(a?, b?), Type::Bool, span)
            }
            ExprKind::In(a, set) => self.membership(a, set, span),
            ExprKind::Call(name, arguments) => self.call(name, arguments, span),
            ExprKind::Comprehension(comprehension) => {
                let depth = self.scope.len();
                let node = self.comprehension(comprehension, span);
                self.scope.truncate(depth);
                node
            }
        }
    }

    fn figure(&mut self, text: &str, span: Span) -> Option<Node> {
        let quantity = match Figure::read(text) {
            Ok(Figure::Quantity(quantity)) => quantity,
            read => {
                let fault = read.err().unwrap_or(FigureFault::DecimalPoint);
                self.faults.push(figure_fault(fault, text, span));
                return None;
            }
        };
        let (unit, factor) = self.vocabulary.base_unit(quantity.unit);
        let value = if unit == "%" {
            quantity.value.checked_div(Exact::from_int(100))
        } else {
            quantity.value.checked_mul(factor)
        };
        let Some(value) = value else {
            self.faults.push(figure_fault(FigureFault::TooLarge, text, span));
            return None;
        };
        let number = Number { qualifier: quantity.qualifier, ..Number::plain(value) };
        let ty = match unit.as_str() {
            "" if value.is_integer() && !quantity.scaled => Type::Integer,
            "" => Type::Number(UnitType::Open),
            _ => Type::Number(UnitType::Of(unit.clone())),
        };
        Self::node(Kind::Figure(number, unit), ty, span)
    }

    pub(super) fn note_local(&mut self, at: usize, span: Span) {
        if self.meant.is_none() {
            return;
        }
        let (place, ty) = match self.scope.get(at) {
            Some((_, Binding::Slot(slot, ty))) => (self.declared.get(*slot).copied(), Some(ty.clone())),
            Some((_, Binding::Definition(node, place, _))) => (Some(*place), Some(node.ty.clone())),
            Some((_, Binding::Column(_))) => (Some(self.column), None),
            _ => (None, None),
        };
        if let Some(place) = place {
            self.note(span, Meaning::Local(place), false, ty.as_ref());
        }
    }

    fn note_member(&mut self, node: &Node, span: Span) {
        let meaning = match &*node.kind {
            Kind::Cell(base, column) | Kind::Target(base, column) | Kind::Marked(base, column) => match base.ty {
                Type::Row(relation) => Meaning::Column(relation, *column),
                _ => return,
            },
            Kind::Ancestor(_, relation) | Kind::Below(_, relation) => Meaning::Relation(*relation),
            Kind::Ordinal(_) | Kind::Group(_) | Kind::Series(_) => Meaning::Given,
            _ => return,
        };
        self.note(span, meaning, false, Some(&node.ty));
    }

    fn name(&mut self, name: &str, span: Span) -> Option<Node> {
        if let Some(at) = self.lookup(name) {
            self.note_local(at, span);
            return match &mut self.scope.get_mut(at)?.1 {
                Binding::Slot(slot, ty) => Self::node(Kind::Slot(*slot), ty.clone(), span),
                Binding::Definition(node, _, used) => {
                    *used = true;
                    self.named += node.parts(MOST_PARTS);
                    if self.named > MOST_PARTS {
                        self.faults.push(Fault::error("expression-too-large", span).with("limit", MOST_PARTS));
                        return None;
                    }
                    Some(Node { span, ..node.clone() })
                }
                Binding::Column(column) => Self::node(Kind::Text(column.clone()), Type::Text, span),
                Binding::Broken => None,
            };
        }
        let near = nearest(name, self.scope.iter().map(|s| s.0.as_str()));
        self.faults.push(Fault::error("unknown-name", span).with("name", name).with("near", near));
        None
    }
}

/// Splits conjunctions, so that each part is decided as early as it can be.
pub(super) fn flatten(node: Node, out: &mut Vec<Node>) {
    match Arc::unwrap_or_clone(node.kind) {
        Kind::And(a, b) => {
            flatten(a, out);
            flatten(b, out);
        }
        kind => out.push(Node { kind: Arc::new(kind), ty: node.ty, span: node.span }),
    }
}
