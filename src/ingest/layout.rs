//! A mapping held against a sheet: which column of it each field is read from.
use super::header::Header;
use super::mapping::{Field, Level, Mapping, Place, Table, Target};
use crate::plan::{ColumnRole, RelationKind, Vocabulary};
use crate::text::{Fault, Message, Source, SourceId, Span};

/// Where a text of a row comes from.
#[derive(Debug, Clone)]
pub(super) enum Spot {
    /// The cell in a column.
    Column(u32),
    /// Always the same text, from the mapping, the header or another cell.
    Fixed(String, Span),
}

/// A field with its columns.
#[derive(Debug)]
pub(super) struct Slot<'m> {
    pub(super) field: &'m Field,
    pub(super) spots: Vec<Spot>,
    pub(super) unit: Option<Spot>,
    pub(super) year: Option<Spot>,
}

impl Slot<'_> {
    /// Whether it says which thing a row is about.
    pub(super) fn is_head(&self) -> bool {
        matches!(self.field.target, Target::Column(_, ColumnRole::Head, _))
    }

    /// The columns it is read from.
    pub(super) fn columns(&self) -> impl Iterator<Item = u32> + '_ {
        self.spots.iter().filter_map(|s| if let Spot::Column(c) = s { Some(*c) } else { None })
    }
}

/// A level with its columns.
#[derive(Debug)]
pub(super) struct Rung<'m> {
    pub(super) level: &'m Level,
    pub(super) is_row: bool,
    pub(super) slots: Vec<Slot<'m>>,
}

impl Rung<'_> {
    /// All columns that it is read from, those of units and years among them.
    pub(super) fn columns(&self) -> impl Iterator<Item = u32> + '_ {
        let spots = self.slots.iter().flat_map(|s| s.spots.iter().chain(&s.unit).chain(&s.year));
        spots.filter_map(|s| if let Spot::Column(c) = s { Some(*c) } else { None })
    }
}

/// A table with its columns.
#[derive(Debug)]
pub(super) struct Layout<'m> {
    pub(super) table: &'m Table,
    pub(super) header: Header,
    pub(super) rungs: Vec<Rung<'m>>,
    pub(super) skip: Vec<(Option<Spot>, &'m regex::Regex)>,
}

impl<'m> Layout<'m> {
    /// Finds the columns of a table on a sheet. What is missing is reported and left out.
    pub(super) fn find(
        id: SourceId,
        source: &Source,
        mapping: &'m Mapping,
        table: &'m Table,
        vocabulary: &Vocabulary,
        faults: &mut Vec<Fault>,
    ) -> Option<Self> {
        let Some(header) = Header::find(id, source, table) else {
            let mut fault = Fault::error("mapping-header-none", table.span).with("sheet", sheet_name(source));
            if let Some(first) = source.cell_at(0) {
                let span = Span::new(id, first.start as usize..first.end as usize);
                fault = fault.related(span, Message::new("mapping-sheet-begins"));
            }
            faults.push(fault);
            return None;
        };
        let mut finder = Finder { id, source, header: &header, faults };
        let document = mapping.document.iter().filter(|d| table.levels.iter().all(|l| l.relation != d.relation));
        let rungs = document
            .chain(&table.levels)
            .map(|level| {
                let kind = vocabulary.relations.get(level.relation.0 as usize).map(|r| r.kind);
                let slots = level.fields.iter().flat_map(|field| finder.slots(field)).collect();
                Rung { level, is_row: matches!(kind, Some(RelationKind::Rows(_))), slots }
            })
            .collect();
        let skip =
            table.skip.iter().map(|(place, regex)| (place.as_ref().and_then(|p| finder.spot(p)), regex)).collect();
        Some(Self { table, header, rungs, skip })
    }

    /// All columns that are read.
    pub(super) fn columns(&self) -> Vec<u32> {
        let mut all: Vec<u32> = self.rungs.iter().flat_map(Rung::columns).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether the year of a value stands in another cell of its row.
    pub(super) fn has_years_in_columns(&self) -> bool {
        self.rungs.iter().flat_map(|r| &r.slots).any(|s| matches!(s.year, Some(Spot::Column(_))))
    }

    /// The columns that name what a row is about: those of the innermost levels.
    pub(super) fn keys(&self) -> Vec<u32> {
        let heads = |r: &Rung<'_>| r.slots.iter().filter(|s| s.is_head()).flat_map(Slot::columns).collect::<Vec<_>>();
        let mut out: Vec<u32> =
            self.rungs.iter().rev().map(heads).filter(|h| !h.is_empty()).take(2).flatten().collect();
        if let (Some(rung), true) = (self.rungs.last(), out.is_empty()) {
            out.extend(rung.slots.iter().flat_map(Slot::columns).take(1));
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Looks places up on one sheet.
struct Finder<'a> {
    id: SourceId,
    source: &'a Source,
    header: &'a Header,
    faults: &'a mut Vec<Fault>,
}

impl Finder<'_> {
    fn spot(&mut self, place: &Place) -> Option<Spot> {
        match place {
            Place::Header(said) => self.header.column(said, self.faults).map(Spot::Column),
            Place::Letter(column, _) => Some(Spot::Column(*column)),
            Place::Value(said) => Some(Spot::Fixed(said.text.clone(), said.span)),
            Place::Cell(row, column, span) => {
                let cell = self.source.cell(*row, *column);
                if cell.is_none() {
                    let name = crate::text::cell_name(*row, *column);
                    self.faults.push(Fault::error("mapping-cell-blank", *span).with("name", name));
                }
                let cell = cell?;
                let span = Span::new(self.id, cell.start as usize..cell.end as usize);
                Some(Spot::Fixed(self.source.text_of(&cell).into_owned(), span))
            }
        }
    }

    /// The columns of a field: one slot, or one for each year.
    fn slots<'m>(&mut self, field: &'m Field) -> Vec<Slot<'m>> {
        let from = &field.from;
        let unit = from.unit.as_ref().and_then(|p| self.spot(p));
        if let (Target::Series(_), None, [Place::Header(said)]) = (&field.target, &from.year, from.places.as_slice()) {
            let found = self.header.series(said, self.faults);
            return found
                .into_iter()
                .map(|(column, year)| {
                    let year = year.map(|(text, span)| Spot::Fixed(text, span));
                    Slot { field, spots: vec![Spot::Column(column)], unit: unit.clone(), year }
                })
                .collect();
        }
        let spots: Vec<Spot> = from.places.iter().filter_map(|p| self.spot(p)).collect();
        let year = from.year.as_ref().and_then(|p| self.spot(p));
        if spots.is_empty() || (year.is_none() && from.year.is_some()) {
            return Vec::new();
        }
        vec![Slot { field, spots, unit, year }]
    }
}

/// The name of a sheet, or of the file where the sheet has none.
pub(super) fn sheet_name(source: &Source) -> String {
    let sheet = source.grid.as_ref().map_or("", |g| g.sheet.as_str());
    if sheet.is_empty() { source.path.clone() } else { format!("{} {sheet}", source.path) }
}
