//! Tables of which every row is one thing, read column by column: most sheets of many rows are such. What the general way
//! finds out for every row (which level it names, what is carried down, how a cell is cut) is found out once here, and
//! places are not written: reading a million rows takes a fifth of the time and of the memory (benches/README.md).
use std::sync::Arc;

use super::entry::is_broken;
use super::layout::{Rung, Slot, Spot};
use super::mapping::Target;
use super::rows::{SheetReader, Walk};
use super::sorted::Found;
use super::value::unbroken;
use crate::plan::{
    ColumnId, ColumnRole, ColumnType, DOCUMENTS, Packed, Printed, ReadAs, RelationId, RowRef, Terms, Vocabulary,
};
use crate::text::{GridCell, Page, Span};

/// Who numbers the texts of rows that this thread takes apart by itself.
const OWN: usize = 0;

/// The field by column of the sheet.
pub(super) type Fields = Arc<[Option<PlainField>]>;

/// The innermost level of a plain table.
pub(super) struct Plain {
    relation: RelationId,
    /// How fields are read: those of one type share what they know.
    readings: Vec<ReadAs>,
    /// The column of the sheet by column of the relation.
    columns: Arc<[Option<u32>]>,
    pub fields: Fields,
    /// The terms of texts in rows that nobody has taken apart before.
    terms: Terms,
    /// Room for what is found in a row.
    found: Vec<Found>,
    /// Rows that are still to be entered: their heads, and their cells row by row, by column of the relation.
    heads: Vec<Span>,
    values: Vec<Packed>,
    /// What the rows stand in, until an outer level begins something new.
    pub parent: Option<RowRef>,
}

/// A field that is one cell.
pub(super) struct PlainField {
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
            fields: fields.into(),
            terms: Terms::new(OWN),
            found: Vec::new(),
            readings,
            heads: Vec::new(),
            values: Vec::new(),
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
    /// Reads a row of a plain table, given its cells.
    pub(super) fn plain_cells(&mut self, page: Page<'_>, cells: &[GridCell], torn: bool) {
        let Some(plain) = &mut self.plain else { return };
        let mut found = std::mem::take(&mut plain.found);
        let belongs = |c: &&GridCell| matches!(plain.fields.get(c.column as usize), Some(Some(_)));
        found.clear();
        found.extend(cells.iter().filter(belongs).filter_map(|c| Found::of(c, page, &mut plain.terms)));
        self.plain_row(page, &found, torn);
        if let Some(plain) = &mut self.plain {
            plain.found = found;
        }
    }

    /// Reads a row of a plain table, given what was found of its fields; it is entered with those that follow. One of which
    /// nothing was found is none.
    pub(super) fn plain_row(&mut self, page: Page<'_>, found: &[Found], torn: bool) {
        let Some(plain) = self.plain.as_ref().filter(|_| !found.is_empty()) else { return };
        let parent = match plain.parent {
            Some(parent) => Some(parent),
            None => self.parent(self.layout.rungs.len() - 1, plain.relation),
        };
        let (Some(plain), SheetReader { builder, faults, .. }) = (&mut self.plain, &mut *self.reader) else { return };
        plain.parent = parent;
        let begin = plain.values.len();
        plain.values.resize(begin + plain.columns.len(), Packed::MISSING);
        let values = plain.values.get_mut(begin..).unwrap_or_default();
        let (mut head, mut first): (Option<Span>, Option<Span>) = (None, None);
        let mut number = u16::MAX;
        for cell in found {
            let Some(Some(field)) = plain.fields.get(usize::from(cell.column)) else { continue };
            let span = Span { source: self.id, start: cell.start, end: cell.end };
            if field.is_head {
                head = Some(head.map_or(span, |head| head.to(span)));
            }
            if field.number <= number {
                (first, number) = (Some(span), field.number);
            }
            let reading = plain.readings.get_mut(field.reading);
            let (Some(reading), Some(value)) = (reading, values.get_mut(field.column.0 as usize)) else { continue };
            let term = cell.term.filter(|_| !torn);
            let again = term.and_then(|term| builder.read_again(reading, term));
            *value = again.unwrap_or_else(|| {
                let text = unbroken(cell.text(page));
                if torn || is_broken(faults, &text, cell.kind, span, field.figure) {
                    return Packed::UNREADABLE;
                }
                builder.read_as(reading, term, Printed { text: &text, span }, faults)
            });
        }
        plain.heads.push(head.or(first).unwrap_or_default());
    }

    /// Makes room for the rows of a plain table, as many as there are if all are as long as those that are known, but for no
    /// more than a sheet of Excel has: rows can be blank.
    pub(super) fn expect_plain(&mut self) {
        let Some(plain) = &self.plain else { return };
        let rows = match self.grid.is_whole() {
            true => self.grid.rows() as usize,
            false => self.grid.rows_in(self.source.text.len()),
        };
        self.reader.builder.reserve(plain.relation, rows.min(1 << 20));
    }

    /// Enters the rows of a plain table that are still to be entered: all of them stand in the same thing.
    pub(super) fn enter_plain(&mut self) {
        let Some(plain) = self.plain.as_mut().filter(|plain| !plain.heads.is_empty()) else { return };
        self.reader.builder.rows_in_sheet(plain.relation, plain.parent, &plain.columns, &plain.heads, &plain.values);
        plain.heads.clear();
        plain.values.clear();
    }
}
