//! Queries: expressions to show, and maybe the rows to show them for (`行.番号, 行.名称 | 行 ∈ 事業, 行.番号 ≤ 10`).
use pest::Parser as _;

use super::expected::fault_of;
use super::expr::{Frame, expr, items};
use super::grammar::{Grammar, Rule as R};
use super::scan::{DEPTH, openings};
use super::tree::{Expr, Range};
use crate::text::{Fault, SourceId, Span};

/// The tree of a query.
#[derive(Debug, Clone, Default)]
pub struct QueryTree {
    /// What is shown, a column each.
    pub columns: Vec<Expr>,
    /// The rows it is shown for; without ranges it is shown once.
    pub ranges: Vec<Range>,
    /// The conditions on the rows.
    pub conditions: Vec<Expr>,
}

/// Reads a query that is the whole of `text`.
///
/// # Errors
/// The place where it cannot be read, and what could stand there.
pub fn query(source: SourceId, text: &str) -> Result<QueryTree, Box<Fault>> {
    let frame = Frame { source, text, base: 0 };
    if openings(text).count() > DEPTH {
        return Err(Box::new(Fault::error("too-deep", Span::new(source, 0..text.len())).with("limit", DEPTH)));
    }
    let found = Grammar::parse(R::query, text).map_err(|e| Box::new(fault_of(frame, &e)))?;
    let mut tree = QueryTree::default();
    for part in found.flat_map(pest::iterators::Pair::into_inner) {
        match part.as_rule() {
            R::expr => tree.columns.push(expr(frame, part)?),
            R::items => (tree.ranges, tree.conditions) = items(frame, part)?,
            _ => {}
        }
    }
    Ok(tree)
}
