//! Relations that rules make (定義): one row for each binding of the ranges, worked out when first asked for.
use std::rc::Rc;

use super::super::value::{Value, Why};
use super::{Context, Flow, Frame};
use crate::plan::{ColumnId, RelationId, RelationKind, RowRef};
use crate::text::Span;

/// The rows of a defined relation.
#[derive(Debug, Default)]
pub struct Defined {
    rows: Vec<Row>,
}

/// One row: its cells with their places, and the row of the facts that it stands for.
#[derive(Debug)]
struct Row {
    cells: Vec<(Value, Option<Span>)>,
    base: Option<RowRef>,
}

impl Defined {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    fn cell(&self, row: RowRef, column: ColumnId) -> Option<&(Value, Option<Span>)> {
        self.rows.get(row.row as usize)?.cells.get(column.0 as usize)
    }

    /// The value of a cell; `Err` tells why there is none.
    pub fn value(&self, row: RowRef, column: ColumnId) -> Result<Value, Why> {
        match self.cell(row, column) {
            Some((Value::Unknown(why), _)) => Err(*why),
            Some((value, _)) => Ok(*value),
            None => Err(Why::Missing),
        }
    }

    /// Where the cell was printed, if its column names a printed cell.
    pub fn place(&self, row: RowRef, column: ColumnId) -> Option<Span> {
        self.cell(row, column)?.1
    }
}

impl Context<'_> {
    fn is_defined(&self, relation: RelationId) -> bool {
        let declared = self.facts.vocabulary.relations.get(relation.0 as usize);
        declared.is_some_and(|r| r.kind == RelationKind::Defined)
    }

    /// The rows of a relation that rules make; `None` for one that plans write.
    pub(in crate::rules) fn defined(&self, relation: RelationId) -> Option<Rc<Defined>> {
        if !self.is_defined(relation) {
            return None;
        }
        if let Some(made) = self.defined.borrow().get(&relation) {
            return Some(Rc::clone(made));
        }
        let mut made = Defined::default();
        if let Some(definition) = self.pack.definitions.iter().find(|d| d.relation == relation) {
            let mut frame: Frame = vec![Value::Unknown(Why::Missing); definition.slots];
            let first = definition.query.ranges.first().map(|r| r.slot);
            // A binding that a torn cell leaves open makes no row: what uses the relation is not judged there.
            let _ = self.search(&definition.query, &mut frame, &mut |frame| {
                let base = first.and_then(|slot| match frame.get(slot) {
                    Some(Value::Row(row)) => Some(self.base(*row).unwrap_or(*row)),
                    _ => None,
                });
                let cells = definition.columns.iter().map(|c| (self.value(c, frame), self.place(c, frame))).collect();
                made.rows.push(Row { cells, base });
                Flow::Continue
            });
        }
        let made = Rc::new(made);
        self.defined.borrow_mut().insert(relation, Rc::clone(&made));
        Some(made)
    }

    /// The row of the facts that a row of a defined relation stands for: that of its first range.
    pub(in crate::rules) fn base(&self, row: RowRef) -> Option<RowRef> {
        self.defined(row.relation)?.rows.get(row.row as usize)?.base
    }
}
