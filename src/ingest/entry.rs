//! What the cells of a thing hold, entered into the facts, or told where they hold no value.
use super::layout::{Slot, Spot};
use super::mapping::Target;
use super::rows::Walk;
use super::value::Taken;
use crate::plan::{ColumnId, ColumnRole, ColumnType, Printed, RowRef};
use crate::text::normal::normal;
use crate::text::{CellKind, Fault, Span};

impl Walk<'_, '_, '_> {
    /// Enters the values of a slot into a row.
    pub(super) fn enter(
        &mut self,
        depth: usize,
        n: usize,
        row: RowRef,
        slot: &Slot<'_>,
        values: &[Taken<'_>],
        torn: bool,
    ) {
        let Some(first) = values.first() else { return };
        // What a torn row says of the things that it stands in is taken from the first sound row of them.
        let is_taken = torn && depth + 1 < self.layout.rungs.len();
        let entered = self.open.get_mut(depth).and_then(Option::as_mut).and_then(|o| o.entered.get_mut(n));
        if let Some(place) = entered.filter(|_| !is_taken) {
            *place = Some((first.text.to_string(), first.span));
        }
        let printed = |v: &'_ Taken<'_>| (v.text.to_string(), v.span);
        match &slot.field.target {
            Target::Unsure => {
                if matches!(first.text.trim(), "低" | "low") {
                    self.reader.builder.put_unsure(row);
                }
            }
            Target::Series(series) => {
                let year = slot.year.as_ref().and_then(|y| self.year(first, y));
                let year = year.as_ref().map(|(text, span)| Printed { text, span: *span });
                for value in values {
                    if torn || is_broken(self.reader.faults, &value.text, value.kind, value.span, true) {
                        self.reader.builder.put_year_unreadable(row, *series, year, value.span);
                    } else {
                        let value = Printed { text: &value.text, span: value.span };
                        self.reader.builder.put_year(row, *series, year, value, &[], self.reader.faults);
                    }
                }
            }
            Target::Column(column, ColumnRole::List, _) => {
                let texts: Vec<(String, Span)> = values.iter().map(printed).collect();
                let items: Vec<Printed<'_>> = texts.iter().map(|(text, span)| Printed { text, span: *span }).collect();
                self.reader.builder.put_list(row, *column, &items);
            }
            Target::Column(column, role, ty) => {
                let figure = matches!(ty, ColumnType::Figure { .. });
                if torn || is_broken(self.reader.faults, &first.text, first.kind, first.span, figure) {
                    self.reader.builder.put_unreadable(row, *column, first.span);
                    return;
                }
                // 再掲 in the place of the number marks the row.
                if *role == ColumnRole::Head && *ty == ColumnType::Number && self.marks(row, &first.text, first.span) {
                    return;
                }
                let value = Printed { text: &first.text, span: first.span };
                self.reader.builder.put(row, *column, value, self.reader.faults);
            }
        }
    }

    /// The year of a value: as the mapping or the header says, or from a column of its row.
    fn year(&self, value: &Taken<'_>, spot: &Spot) -> Option<(String, Span)> {
        match spot {
            Spot::Fixed(text, span) => Some((text.clone(), *span)),
            Spot::Column(column) => {
                let at = self.source.cell_at(value.span.range().start)?;
                let cell = self.source.cell(at.row, *column)?;
                let span = Span::new(self.id, cell.start as usize..cell.end as usize);
                Some((self.source.text_of(&cell).into_owned(), span))
            }
        }
    }

    /// Marks a row whose number is the name of a mark; whether it is.
    fn marks(&mut self, row: RowRef, text: &str, span: Span) -> bool {
        let vocabulary = self.reader.builder.vocabulary();
        let columns = vocabulary.relations.get(row.relation.0 as usize).map_or(&[][..], |r| &r.columns);
        let is = |c: &crate::plan::Column| {
            c.role == ColumnRole::Mark && [&c.name, &c.alias].iter().any(|n| normal(n) == normal(text))
        };
        let Some(column) = columns.iter().position(is).and_then(|n| u16::try_from(n).ok()).map(ColumnId) else {
            return false;
        };
        if self.reader.builder.is_blank(row, column) {
            self.reader.builder.put_mark(row, column, span);
        }
        true
    }
}

/// Whether a cell holds no value: an error, a formula never worked out, a date where a figure belongs.
pub(super) fn is_broken(faults: &mut Vec<Fault>, text: &str, kind: CellKind, span: Span, figure: bool) -> bool {
    let code = match kind {
        CellKind::Formula => "cell-formula",
        CellKind::Date if figure => "cell-date",
        _ if is_error(text.trim()) => "cell-error",
        _ => return false,
    };
    faults.push(Fault::error(code, span).with("text", text.trim()));
    true
}

/// What spreadsheets write where a formula fails (ECMA-376 part 1, 18.17.3).
pub(super) fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 9] = ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];
    text.starts_with('#') && ERRORS.contains(&text)
}
