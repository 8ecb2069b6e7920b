//! Tables of which every row is one thing, read column by column: most sheets of many rows are such. What the general way
//! finds out for every row (which level it names, what is carried down, how a cell is cut) is found out once here, and
//! places are not written: reading a million rows takes a fifth of the time and of the memory (benches/README.md).
use super::layout::{Rung, Slot, Spot};
use super::mapping::Target;
use super::rows::Walk;
use super::value::{RowCells, unbroken};
use crate::plan::{ColumnId, ColumnRole, ColumnType, DOCUMENTS, Printed, ReadAs, RelationId, RowRef, Vocabulary};
use crate::text::{CellKind, GridCell, Span};

/// The innermost level of a plain table.
pub(super) struct Plain {
    relation: RelationId,
    fields: Vec<PlainField>,
    /// How fields are read: those of one type share what they know.
    readings: Vec<ReadAs>,
    /// The column of the sheet by column of the relation.
    columns: Vec<Option<u32>>,
    /// What the rows stand in, until an outer level begins something new.
    pub parent: Option<RowRef>,
}

/// A field that is one cell.
struct PlainField {
    /// Column of the sheet, from 0.
    cell: u32,
    column: ColumnId,
    is_head: bool,
    figure: bool,
    /// How it is read, by number.
    reading: usize,
}

impl Plain {
    /// The innermost level of a table, if it is plain: each field one cell as it stands, in a column of its own.
    pub fn of(rungs: &[Rung<'_>], vocabulary: &Vocabulary) -> Option<Self> {
        let rung = rungs.last()?;
        let relation = vocabulary.relations.get(rung.level.relation.0 as usize)?;
        let in_columns = rung.slots.iter().filter(|s| s.is_head()).any(|s| s.columns().next().is_some());
        let every_row = rung.is_row || !in_columns;
        let has_kind = rung.level.kind.as_ref().is_some_and(|(_, kind)| !kind.is_empty());
        let special = |role: &ColumnRole| matches!(role, ColumnRole::Mark | ColumnRole::Derived(_));
        if !every_row
            || rung.level.relation == DOCUMENTS
            || has_kind
            || relation.columns.iter().any(|c| special(&c.role))
        {
            return None;
        }
        let mut readings = Vec::new();
        let fields = rung.slots.iter().map(|slot| PlainField::of(slot, &mut readings));
        let fields = fields.collect::<Option<Vec<_>>>()?;
        let mut columns = vec![None; relation.columns.len()];
        for field in &fields {
            if columns.get_mut(field.column.0 as usize)?.replace(field.cell).is_some() {
                return None;
            }
        }
        let outer = rungs.iter().rev().skip(1).flat_map(|r| &r.slots).flat_map(Slot::columns);
        let shared = outer.into_iter().any(|c| columns.contains(&Some(c)));
        (!shared && !fields.is_empty()).then_some(Self {
            relation: rung.level.relation,
            fields,
            readings,
            columns,
            parent: None,
        })
    }
}

impl PlainField {
    fn of(slot: &Slot<'_>, readings: &mut Vec<ReadAs>) -> Option<Self> {
        let from = &slot.field.from;
        let cut = from.split.is_some() || from.find.is_some() || from.remove.is_some() || from.carry;
        let ([Spot::Column(cell)], None, None, false) = (slot.spots.as_slice(), &slot.unit, &slot.year, cut) else {
            return None;
        };
        let Target::Column(column, role, ty) = &slot.field.target else { return None };
        if *role == ColumnRole::List || matches!(ty, ColumnType::Reference(_)) {
            return None;
        }
        let reading = readings.iter().position(|r| r.ty() == ty).unwrap_or_else(|| {
            readings.push(ReadAs::new(ty));
            readings.len() - 1
        });
        Some(Self {
            cell: *cell,
            column: *column,
            is_head: *role == ColumnRole::Head,
            figure: matches!(ty, ColumnType::Figure { .. }),
            reading,
        })
    }
}

impl Walk<'_, '_, '_> {
    /// Enters a row of a plain table.
    pub(super) fn plain_row(&mut self, plain: &mut Plain, cells: &RowCells<'_>, torn: bool) {
        let cell = |field: &PlainField| cells.cells.get(field.cell as usize).copied().flatten().map(|c| c.0);
        let id = self.id;
        let span = |cell: GridCell| Span::new(id, cell.start as usize..cell.end as usize);
        let mut heads = plain.fields.iter().filter(|f| f.is_head).filter_map(cell).map(span);
        let first = heads.next().map(|first| heads.fold(first, Span::to));
        let Some(head) = first.or_else(|| plain.fields.iter().find_map(cell).map(span)) else { return };
        let parent = match plain.parent {
            Some(parent) => Some(parent),
            None => self.parent(self.layout.rungs.len() - 1, plain.relation),
        };
        plain.parent = parent;
        let row = self.reader.builder.begin_in_sheet(plain.relation, head, parent, &plain.columns);
        for field in &plain.fields {
            let Some(cell) = cell(field) else { continue };
            let Some(reading) = plain.readings.get_mut(field.reading) else { continue };
            let word = cells.page.word(&cell).filter(|_| !torn && cell.kind == CellKind::Plain);
            if word.is_some_and(|word| self.reader.builder.put_again(row, field.column, reading, word)) {
                continue;
            }
            let span = span(cell);
            let text = unbroken(cells.page.text(&cell));
            if torn || self.is_broken(&text, cell.kind, span, field.figure) {
                self.reader.builder.put_unreadable(row, field.column, span);
                continue;
            }
            let value = Printed { text: &text, span };
            self.reader.builder.put_as(row, field.column, reading, word, value, self.reader.faults);
        }
    }
}
