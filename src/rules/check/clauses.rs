//! The clauses beside 対象, 前提 and 検査 that need types of their own: 設定, 重大度, 修正; and 定義.
use std::collections::BTreeMap;

use super::super::ir::{Node, Query, TypedDefinition, TypedFix};
use super::super::meaning::Meaning;
use super::super::planner;
use super::super::types::{Type, UnitType};
use super::{Binding, Checker, Trust, flatten};
use crate::plan::{Column, ColumnRole, ColumnType, Relation, RelationId, RelationKind, Vocabulary};
use crate::syntax::Spanned;
use crate::syntax::rules::{Definition, ExprKind, Fix, Grade, Rule, literal};
use crate::text::{Fault, Severity};

/// Values that the configuration sets: by the code of a rule, then by the name of its 設定.
pub type Parameters = BTreeMap<String, BTreeMap<String, Spanned<String>>>;

impl Checker<'_> {
    /// Binds the parameters of a rule to their defaults, or to what the configuration says.
    pub(in crate::rules) fn parameters(&mut self, rule: &Rule, set: &Parameters) {
        let set = set.get(crate::rules::code(rule)).or_else(|| set.get(&rule.name.node));
        for parameter in &rule.body.parameters {
            let default = self.expr(&parameter.default);
            let place = parameter.name.span;
            self.note(place, Meaning::Local(place), true, default.as_ref().map(|n| &n.ty));
            let Some(default) = default else {
                self.scope.push((parameter.name.node.clone(), Binding::Broken));
                continue;
            };
            let given = set.and_then(|s| s.get(&parameter.name.node));
            let value = given.and_then(|g| self.given(g, &default));
            let binding = Binding::Definition(value.unwrap_or(default), parameter.name.span, false);
            self.scope.push((parameter.name.node.clone(), binding));
        }
    }

    /// A value of the configuration, if it is of the kind of the default.
    fn given(&mut self, given: &Spanned<String>, default: &Node) -> Option<Node> {
        let read = literal(given).or_else(|| {
            // A bare word is a text where one is wanted.
            let text = ExprKind::Text(given.node.clone());
            (default.ty == Type::Text).then(|| crate::syntax::rules::Expr { span: given.span, kind: Box::new(text) })
        });
        let node = read.and_then(|e| self.expr(&e));
        let fits = |node: &Node| match (&node.ty, &default.ty) {
            (Type::Integer | Type::Number(_), Type::Integer | Type::Number(_)) => true,
            (a, b) => a == b,
        };
        match node {
            Some(node) if fits(&node) => Some(node),
            _ => {
                let expected = default.ty.describe(self.vocabulary);
                let fault = Fault::error("parameter-type", given.span);
                self.faults.push(fault.with("text", &given.node).with("expected", expected));
                None
            }
        }
    }

    /// The severity of a rule, and the condition and the other severity if it has two.
    pub(in crate::rules) fn grade(&mut self, rule: &Rule) -> (Severity, Option<(Node, Severity)>) {
        match rule.severity.as_ref().map(|s| &s.node) {
            None => (Severity::Error, None),
            Some(Grade::Fixed(severity)) => (*severity, None),
            Some(Grade::If(condition, severity, other)) => {
                let condition = self.truth(condition).map(|mut node| {
                    planner::plan_inside(&mut node);
                    (node, *other)
                });
                (*severity, condition)
            }
        }
    }

    /// A fix: its value has to be of the kind that the place holds.
    pub(in crate::rules) fn fix(&mut self, fix: &Fix) -> Option<TypedFix> {
        let place = self.place(&fix.place)?;
        let mut value = self.expr(&fix.value)?;
        self.common(&place, &value, fix.value.span)?;
        planner::plan_inside(&mut value);
        Some(TypedFix { safe: fix.safe, place, value })
    }
}

/// Types a 定義 and adds its relation to the vocabulary. Later definitions and all rules may use it, it may only
/// use earlier ones: so every definition comes to an end.
pub fn define(
    vocabulary: &mut Vocabulary,
    made: &Definition,
    trust: Trust,
    faults: &mut Vec<Fault>,
) -> Option<TypedDefinition> {
    if made.torn {
        return None;
    }
    if vocabulary.relation(&made.name.node).is_some() {
        faults.push(Fault::error("duplicate-declaration", made.name.span).with("name", &made.name.node));
        return None;
    }
    for (missing, name) in [(made.ranges.is_empty(), "対象"), (made.columns.is_empty(), "列")] {
        if missing {
            faults.push(Fault::error("missing-clause", made.name.span).with("name", name));
            return None;
        }
    }
    let mut checker = Checker { sound: trust == Trust::Sound, ..Checker::new(vocabulary) };
    let typed = body(&mut checker, made);
    let slots = checker.slots;
    let failed = checker.faults.iter().any(|f| f.severity == Severity::Error);
    faults.append(&mut checker.faults);
    let (query, columns, first) = typed.filter(|_| !failed)?;
    let relation = RelationId(u16::try_from(vocabulary.relations.len()).ok()?);
    let named = made.columns.iter().zip(&columns).map(|((name, alias, _), node)| Column {
        name: name.node.clone(),
        alias: alias.as_ref().map_or_else(|| name.node.clone(), |a| a.node.clone()),
        ty: stored(&node.ty),
        role: ColumnRole::Given,
    });
    let columns_declared = named.collect();
    vocabulary.relations.push(Relation {
        name: made.name.node.clone(),
        alias: made.alias.as_ref().map_or_else(|| made.name.node.clone(), |a| a.node.clone()),
        kind: RelationKind::Defined,
        // A row stands where the row of its first range does.
        places: first.into_iter().collect(),
        columns: columns_declared,
        identity: None,
        span: made.span,
    });
    Some(TypedDefinition { relation, query, columns, slots })
}

pub(in crate::rules) fn body(
    checker: &mut Checker<'_>,
    made: &Definition,
) -> Option<(Query, Vec<Node>, Option<RelationId>)> {
    let mut query = Query::default();
    for range in &made.ranges {
        query.ranges.push(checker.range(range)?);
    }
    let first = match checker.scope.first() {
        Some((_, Binding::Slot(_, Type::Row(relation)))) => Some(*relation),
        _ => None,
    };
    for (name, expr) in &made.locals {
        let node = checker.expr(expr);
        checker.note(name.span, Meaning::Local(name.span), true, node.as_ref().map(|n| &n.ty));
        let binding = node.map_or(Binding::Broken, |n| Binding::Definition(n, name.span, false));
        checker.scope.push((name.node.clone(), binding));
    }
    for premise in &made.premises {
        if let Some(node) = checker.truth(premise) {
            flatten(node, &mut query.conditions);
        }
    }
    let mut columns = Vec::new();
    for (_, _, expr) in &made.columns {
        let mut node = checker.expr(expr)?;
        if matches!(node.ty, Type::Set(_) | Type::Rows(_)) {
            checker.mismatch(node.span, &node.ty.describe(checker.vocabulary), "値 a value");
            return None;
        }
        planner::plan_inside(&mut node);
        columns.push(node);
    }
    checker.unused();
    planner::plan(&mut query);
    Some((query, columns, first))
}

/// How a column of a defined relation is declared.
fn stored(ty: &Type) -> ColumnType {
    match ty {
        Type::Integer => ColumnType::Number,
        Type::Number(UnitType::Of(unit)) => ColumnType::Figure { exact: false, unit: Some(unit.clone()) },
        Type::Number(_) => ColumnType::Figure { exact: false, unit: None },
        Type::Bool => ColumnType::Bool,
        Type::Year => ColumnType::Year,
        Type::Date => ColumnType::Date,
        Type::Row(relation) => ColumnType::Reference(*relation),
        Type::Text | Type::Set(_) | Type::Rows(_) => ColumnType::Text,
    }
}
