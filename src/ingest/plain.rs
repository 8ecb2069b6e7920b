//! Tables of which every row is one thing, read column by column: most sheets of many rows are such. What the general way
//! finds out for every row (which level it names, what is carried down, how a cell is cut) is found out once here, and
//! places are not written: reading a million rows takes a fifth of the time and of the memory (benches/README.md).
use std::sync::Arc;

use super::layout::{Rung, Slot, Spot};
use super::mapping::Target;
use super::rows::Walk;
use super::value::unbroken;
use crate::plan::{
    ColumnId, ColumnRole, ColumnType, DOCUMENTS, Packed, Printed, ReadAs, RelationId, RowRef, Vocabulary,
};
use crate::text::{CellKind, GridCell, Page, Span};

/// The innermost level of a plain table.
pub(super) struct Plain {
    relation: RelationId,
    /// How fields are read: those of one type share what they know.
    readings: Vec<ReadAs>,
    /// The column of the sheet by column of the relation.
    columns: Arc<[Option<u32>]>,
    /// The field by column of the sheet.
    fields: Vec<Option<PlainField>>,
    /// The cells of the row at hand, by column of the relation.
    values: Vec<Packed>,
    /// What the rows stand in, until an outer level begins something new.
    pub parent: Option<RowRef>,
}

/// A field that is one cell.
struct PlainField {
    /// Its number in the mapping.
    number: u16,
    column: ColumnId,
    is_head: bool,
    figure: bool,
    /// How it is read, by number.
    reading: usize,
}

impl Plain {
    /// The innermost level of a table, if it is plain: each field one cell as it stands, in a column of its own. Of the
    /// columns of the sheet only those in `read` are read.
    pub fn of(rungs: &[Rung<'_>], read: &[u32], vocabulary: &Vocabulary) -> Option<Self> {
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
        let mut columns = vec![None; relation.columns.len()];
        let mut fields: Vec<Option<PlainField>> = Vec::new();
        fields.resize_with(read.last().map_or(0, |last| *last as usize + 1), || None);
        for (number, slot) in (0_u16..).zip(&rung.slots) {
            let (cell, field) = PlainField::of(number, slot, &mut readings)?;
            if columns.get_mut(field.column.0 as usize)?.replace(cell).is_some() {
                return None;
            }
            if let (Ok(_), Some(place)) = (read.binary_search(&cell), fields.get_mut(cell as usize))
                && place.replace(field).is_some()
            {
                return None;
            }
        }
        let outer = rungs.iter().rev().skip(1).flat_map(|r| &r.slots).flat_map(Slot::columns);
        let shared = outer.into_iter().any(|c| columns.contains(&Some(c)));
        (!shared && !rung.slots.is_empty()).then_some(Self {
            relation: rung.level.relation,
            fields,
            readings,
            values: vec![Packed::MISSING; columns.len()],
            columns: columns.into(),
            parent: None,
        })
    }
}

impl PlainField {
    /// The field, and its column of the sheet, from 0.
    fn of(number: u16, slot: &Slot<'_>, readings: &mut Vec<ReadAs>) -> Option<(u32, Self)> {
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
        let figure = matches!(ty, ColumnType::Figure { .. });
        Some((*cell, Self { number, column: *column, is_head: *role == ColumnRole::Head, figure, reading }))
    }
}

impl Walk<'_, '_, '_> {
    /// Enters a row of a plain table. A row of which no cell belongs to a field enters nothing.
    pub(super) fn plain_row(&mut self, plain: &mut Plain, page: Page<'_>, cells: &[GridCell], torn: bool) {
        let Plain { fields, readings, values, .. } = plain;
        values.fill(Packed::MISSING);
        let (mut head, mut first): (Option<Span>, Option<Span>) = (None, None);
        let mut number = u16::MAX;
        for cell in cells {
            let Some(Some(field)) = fields.get(cell.column as usize) else { continue };
            let span = Span::new(self.id, cell.start as usize..cell.end as usize);
            if field.is_head {
                head = Some(head.map_or(span, |head| head.to(span)));
            }
            if field.number <= number {
                (first, number) = (Some(span), field.number);
            }
            let (Some(reading), Some(value)) =
                (readings.get_mut(field.reading), values.get_mut(field.column.0 as usize))
            else {
                continue;
            };
            let word = page.word(cell).filter(|_| !torn && cell.kind == CellKind::Plain);
            let again = word.and_then(|word| self.reader.builder.read_again(reading, word));
            *value = again.unwrap_or_else(|| {
                let text = unbroken(page.text(cell));
                if torn || self.is_broken(&text, cell.kind, span, field.figure) {
                    return Packed::UNREADABLE;
                }
                let printed = Printed { text: &text, span };
                self.reader.builder.read_as(reading, word, printed, self.reader.faults)
            });
        }
        let Some(head) = head.or(first) else { return };
        let parent = match plain.parent {
            Some(parent) => Some(parent),
            None => self.parent(self.layout.rungs.len() - 1, plain.relation),
        };
        plain.parent = parent;
        self.reader.builder.row_in_sheet(plain.relation, head, parent, &plain.columns, &plain.values);
    }
}
