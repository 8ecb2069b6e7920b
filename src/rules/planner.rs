//! From a conjunctive query to steps: each condition is decided at the first step that can decide it,
//! and equalities with earlier steps become keys of a hash index.
use super::ir::{Access, IndexUse, Kind, Node, Query, RangeSource, Step};
use crate::syntax::rules::CompareOp;

/// Plans a query and every query inside it.
pub fn plan(query: &mut Query) {
    for condition in &mut query.conditions {
        plan_inside(condition);
    }
    let own: Vec<usize> = query.ranges.iter().map(|r| r.slot).collect();
    let (before, mut open): (Vec<Node>, Vec<Node>) =
        query.conditions.iter().cloned().partition(|c| !own.iter().any(|&slot| c.reads(slot)));
    query.before = before;
    query.steps.clear();
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
            RangeSource::Relation(relation) => Access::Index(index(*relation, None, keys, range.slot)),
            RangeSource::Below(base, relation) => Access::Index(index(*relation, Some(base.clone()), keys, range.slot)),
        };
        query.steps.push(Step { slot: range.slot, access, filters });
    }
}

/// Plans the queries inside an expression.
pub fn plan_inside(node: &mut Node) {
    match &mut *node.kind {
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
        Kind::Aggregate(_, query, body) => {
            plan(query);
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

fn index(relation: crate::plan::RelationId, below: Option<Node>, keys: Vec<(Node, Node)>, slot: usize) -> IndexUse {
    let mut name = format!("{}", relation.0);
    if let Some(base) = &below {
        name.push_str(&format!("<{:?}", base.ty));
    }
    for (inner, _) in &keys {
        name.push('|');
        inner.fingerprint(slot, &mut name);
    }
    IndexUse { relation, below, keys, slot, name }
}
