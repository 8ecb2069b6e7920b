//! What an expression may read: columns, and figures.
use rustc_hash::FxHashSet;

use super::functions::Function;
use super::ir::{Kind, Node, TypedRule};
use super::types::Type;
use crate::plan::{ColumnId, RelationId};

/// Columns of relations.
pub(super) type Columns = FxHashSet<(RelationId, ColumnId)>;

/// The columns that a rule may read; `None` if that cannot be said.
pub(super) fn of(rule: &TypedRule) -> Option<Columns> {
    let mut out = Columns::default();
    let mut nodes = rule.query.conditions.iter().chain([&rule.check]);
    nodes.all(|node| add(node, &mut out)).then_some(out)
}

/// Adds the columns that an expression may read; whether these are all.
pub(super) fn add(node: &Node, out: &mut Columns) -> bool {
    let own = match &*node.kind {
        Kind::Cell(row, column) => match row.ty {
            Type::Row(relation) => {
                out.insert((relation, *column));
                true
            }
            _ => false,
        },
        Kind::AtYear(_, relation, _, column, _) => {
            out.insert((*relation, *column));
            true
        }
        Kind::Call(Function::Step | Function::Growth | Function::Interpolate, _) => false,
        _ => true,
    };
    own && node.children().into_iter().all(|child| add(child, out))
}

/// Whether an expression reads printed figures.
pub(super) fn reads_figures(node: &Node) -> bool {
    let figure = matches!(&*node.kind, Kind::Cell(..) | Kind::AtYear(..)) && matches!(node.ty, Type::Number(_));
    let along = matches!(&*node.kind, Kind::Call(Function::Step | Function::Growth | Function::Interpolate, _));
    figure || along || node.children().into_iter().any(reads_figures)
}
