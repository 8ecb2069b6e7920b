//! From a conjunctive query to steps: each condition is decided at the first step that can decide it,
//! and equalities with earlier steps become keys of a hash index.
use std::sync::Arc;

use super::ir::{Access, IndexUse, Kind, Node, Order, Plan, Query, RangeSource, Sharp, Step};
use super::types::Type;
use crate::plan::RelationId;
use crate::syntax::rules::{Aggregate, CompareOp};

/// Plans a query and every query inside it.
pub fn plan(query: &mut Query) {
    plan_for(query, false);
}

/// Plans a query of which the rows may come in any order, or may not.
fn plan_for(query: &mut Query, unordered: bool) {
    for condition in &mut query.conditions {
        plan_inside(condition);
    }
    let own: Vec<usize> = query.ranges.iter().map(|r| r.slot).collect();
    let (before, mut open): (Vec<Node>, Vec<Node>) =
        query.conditions.iter().cloned().partition(|c| !own.iter().any(|&slot| c.reads(slot)));
    let mut steps = Vec::with_capacity(query.ranges.len());
    for (i, range) in query.ranges.iter().enumerate() {
        let later = own.get(i + 1..).unwrap_or(&[]);
        let (now, rest): (Vec<Node>, Vec<Node>) =
            open.into_iter().partition(|c| !later.iter().any(|&slot| c.reads(slot)));
        open = rest;
        let (mut keys, mut filters) = (Vec::new(), Vec::new());
        for condition in now {
            match key_pair(&condition, range.slot) {
                Some(pair) if !matches!(range.source, RangeSource::List(_)) => keys.push(pair),
                _ => filters.push(condition),
            }
        }
        let access = match &range.source {
            RangeSource::List(node) => Access::List(node.clone()),
            RangeSource::Relation(relation) if keys.is_empty() => Access::Scan(*relation),
            RangeSource::Relation(relation) => Access::Index(index(*relation, None, keys, &filters, range.slot)),
            RangeSource::Below(base, relation) => {
                Access::Index(index(*relation, Some(base.clone()), keys, &filters, range.slot))
            }
        };
        steps.push(Step { slot: range.slot, access, filters });
    }
    query.plan = Arc::new(Plan { before, steps, unordered });
}

/// Plans the queries inside an expression.
pub fn plan_inside(node: &mut Node) {
    match Arc::make_mut(&mut node.kind) {
        Kind::Constant(_) | Kind::Text(_) | Kind::Figure(..) | Kind::Slot(_) => {}
        Kind::Cell(a, _) | Kind::Target(a, _) | Kind::Marked(a, _) | Kind::Ancestor(a, _) | Kind::Below(a, _) => {
            plan_inside(a)
        }
        Kind::Ordinal(a) | Kind::Group(a) | Kind::Series(a) | Kind::Negate(a) | Kind::Not(a) | Kind::Is(a, _) => {
            plan_inside(a)
        }
        Kind::AtYear(a, _, _, _, b)
        | Kind::Arithmetic(_, a, b)
        | Kind::Compare(_, a, b)
        | Kind::And(a, b)
        | Kind::Or(a, b)
        | Kind::Contains(a, b)
        | Kind::InList(a, b)
        | Kind::SetOp(_, a, b)
        | Kind::Within(a, b) => {
            plan_inside(a);
            plan_inside(b);
        }
        Kind::If(a, b, c) => {
            plan_inside(a);
            plan_inside(b);
            plan_inside(c);
        }
        Kind::Matches(a, _) | Kind::Closure(a, _) => plan_inside(a),
        Kind::Items(items) => items.iter_mut().for_each(plan_inside),
        Kind::InSet(a, items) => {
            plan_inside(a);
            items.iter_mut().for_each(plan_inside);
        }
        Kind::Call(_, arguments) => arguments.iter_mut().for_each(plan_inside),
        Kind::Aggregate(kind, query, body) => {
            plan_for(query, matches!(kind, Aggregate::Exists | Aggregate::All | Aggregate::Count));
            if let Some(body) = body {
                plan_inside(body);
            }
        }
    }
}

/// The two sides of an equality that can be a join key: the side over `slot` first.
fn key_pair(condition: &Node, slot: usize) -> Option<(Node, Node)> {
    let Kind::Compare(CompareOp::Equal, a, b) = &*condition.kind else { return None };
    if !a.ty.is_key() || a.ty != b.ty {
        return None;
    }
    let inner = |node: &Node| node.reads(slot) && only_reads(node, slot);
    if inner(a) && !b.reads(slot) {
        Some((a.clone(), b.clone()))
    } else if inner(b) && !a.reads(slot) {
        Some((b.clone(), a.clone()))
    } else {
        None
    }
}

/// Whether the expression reads no other slot and holds no query (an index is shared between rules).
fn only_reads(node: &Node, slot: usize) -> bool {
    match &*node.kind {
        Kind::Slot(s) => *s == slot,
        Kind::Aggregate(..) => false,
        _ => node.children().into_iter().all(|c| only_reads(c, slot)),
    }
}

/// Whether a condition can be decided once for each row of `slot`, for all rules and at any time of a run: it holds no
/// query, and nothing in it is computed, since what is computed hangs on the figures that are in dispute by then.
fn is_own(condition: &Node, slot: usize) -> bool {
    let plain = match &*condition.kind {
        Kind::Slot(s) => *s == slot,
        Kind::Constant(_) | Kind::Text(_) | Kind::Figure(..) => true,
        Kind::Cell(..) | Kind::Target(..) | Kind::Marked(..) | Kind::Ancestor(..) => true,
        Kind::Ordinal(_) | Kind::Group(_) | Kind::Series(_) => true,
        Kind::Compare(..) | Kind::Is(..) | Kind::Contains(..) | Kind::InSet(..) | Kind::Matches(..) => true,
        Kind::Not(_) | Kind::And(..) | Kind::Or(..) => true,
        _ => false,
    };
    plain && condition.children().into_iter().all(|c| is_own(c, slot))
}

/// What rows are best sorted by so that a condition is met by the first of them only: a number of a row, a year or a day
/// held against something else.
fn order(condition: &Node, slot: usize) -> Option<Order> {
    let Kind::Compare(op, a, b) = &*condition.kind else { return None };
    if a.ty != b.ty || !matches!(a.ty, Type::Integer | Type::Year | Type::Date) {
        return None;
    }
    let (by, other, flipped) = if a.reads(slot) { (a, b, false) } else { (b, a, true) };
    if !is_own(by, slot) || other.reads(slot) {
        return None;
    }
    let descending = match op {
        CompareOp::Less | CompareOp::LessEqual => flipped,
        CompareOp::Greater | CompareOp::GreaterEqual => !flipped,
        CompareOp::Equal | CompareOp::NotEqual | CompareOp::Consistent => return None,
    };
    Some(Order { condition: condition.clone(), by: by.clone(), descending })
}

/// The closer index for a step with these filters, which all read its slot; if there is one.
fn sharp(filters: &[Node], slot: usize) -> Option<Box<Sharp>> {
    let own: Vec<Node> = filters.iter().filter(|f| is_own(f, slot)).cloned().collect();
    let order = filters.iter().find_map(|f| order(f, slot));
    if own.is_empty() && order.is_none() { None } else { Some(Box::new(Sharp { own, order })) }
}

fn index(
    relation: RelationId,
    below: Option<Node>,
    keys: Vec<(Node, Node)>,
    filters: &[Node],
    slot: usize,
) -> IndexUse {
    let mut name = format!("{}", relation.0);
    if let Some(base) = &below {
        name.push_str(&format!("<{:?}", base.ty));
    }
    for (inner, _) in &keys {
        name.push('|');
        inner.fingerprint(slot, &mut name);
    }
    let sharp = sharp(filters, slot);
    IndexUse { relation, below, keys, slot, name, sharp }
}

#[cfg(test)]
mod tests;
