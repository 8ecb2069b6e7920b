//! From the syntax tree of a query to its typed form.
use super::super::ir::{Node, Query};
use super::super::planner;
use super::super::types::Type;
use super::{Checker, flatten};
use crate::plan::Vocabulary;
use crate::syntax::rules::QueryTree;
use crate::text::Fault;

/// A query ready to run.
#[derive(Debug, Clone)]
pub struct TypedQuery {
    /// The rows; without ranges there is one.
    pub rows: Query,
    /// What is shown of each.
    pub columns: Vec<Node>,
    /// How many slots a frame needs.
    pub slots: usize,
}

/// Types a query.
///
/// # Errors
/// What is wrong with it, each fault at its place.
pub fn check_query(vocabulary: &Vocabulary, tree: &QueryTree) -> Result<TypedQuery, Vec<Fault>> {
    let mut checker = Checker::new(vocabulary);
    let mut rows = Query::default();
    for range in &tree.ranges {
        match checker.range(range) {
            Some(range) => rows.ranges.push(range),
            // What reads the variable would only be reported again.
            None => return Err(checker.faults),
        }
    }
    for condition in &tree.conditions {
        if let Some(node) = checker.truth(condition) {
            flatten(node, &mut rows.conditions);
        }
    }
    let mut columns = Vec::new();
    for column in &tree.columns {
        let Some(mut node) = checker.expr(column) else { continue };
        if let Type::Rows(_) = node.ty {
            let ty = node.ty.describe(vocabulary);
            checker.mismatch(column.span, &ty, "値 a value");
        }
        planner::plan_inside(&mut node);
        columns.push(node);
    }
    planner::plan(&mut rows);
    if checker.faults.is_empty() { Ok(TypedQuery { rows, columns, slots: checker.slots }) } else { Err(checker.faults) }
}
