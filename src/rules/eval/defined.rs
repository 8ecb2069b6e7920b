//! Relations that rules make (定義): one row for each binding of the ranges, worked out when first asked for.
use super::super::value::{Value, Why};
use super::{Context, Frame, KEPT};
use crate::plan::{ColumnId, RelationId, RowRef};
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
            Some((value, _)) => Ok(value.clone()),
            None => Err(Why::Missing),
        }
    }

    /// Where the cell was printed, if its column names a printed cell.
    pub fn place(&self, row: RowRef, column: ColumnId) -> Option<Span> {
        self.cell(row, column)?.1
    }
}

impl<'a> Context<'a> {
    /// The rows of a relation that rules make; `None` for one that plans write.
    pub(in crate::rules) fn defined(&self, relation: RelationId) -> Option<&'a Defined> {
        if !self.shared.is_defined(relation) {
            return None;
        }
        Some(self.shared.defined(relation).get_or_init(|| self.define(relation)))
    }

    fn define(&self, relation: RelationId) -> Defined {
        let mut made = Defined::default();
        let before = self.steps.get();
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
                self.count_kept(KEPT)
            });
        }
        self.shared.count(self.take_steps(before));
        made
    }

    /// The row of the facts that a row of a defined relation stands for: that of its first range.
    pub(in crate::rules) fn base(&self, row: RowRef) -> Option<RowRef> {
        self.defined(row.relation)?.rows.get(row.row as usize)?.base
    }
}
