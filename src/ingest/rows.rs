//! From the rows of a sheet to facts. A blank or merged cell continues what stands above it; a new number or name
//! begins a new thing.
use rustc_hash::{FxHashMap, FxHashSet};

use super::layout::{Layout, Rung, Slot, Spot, sheet_name};
use super::mapping::{Hidden, Mapping, Table, Target};
use super::value::{RowCells, Taken};
use crate::plan::{Builder, ColumnId, ColumnRole, ColumnType, DOCUMENTS, Printed, RelationId, RowRef};
use crate::text::normal::normal;
use crate::text::{CellKind, Fault, Grid, GridCell, Message, Severity, Source, SourceId, Span, cell_name};
use crate::value::{Figure, parts};

/// Rows above a header whose texts may come again on every printed page.
const TITLES: u32 = 50;

/// Rows between two reports of progress.
const STEP: u32 = 4_096;

/// Enters the facts of sheets, one sheet after the other.
pub struct SheetReader<'b> {
    builder: &'b mut Builder,
    faults: &'b mut Vec<Fault>,
    /// What was begun, and on which sheet: a thing of the same number and name under the same roof goes on there.
    begun: FxHashMap<(Option<RowRef>, RelationId, String), (RowRef, SourceId)>,
}

/// What a mapping has found out about a sheet, for those who show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// The headings of the columns (from 0), from above.
    pub headings: std::collections::BTreeMap<u32, Vec<String>>,
    /// The columns that name what a row is about (from 0).
    pub keys: Vec<u32>,
}

/// A thing that the rows are about at the moment.
struct Open<'t> {
    row: RowRef,
    key: String,
    /// What was entered for each slot.
    entered: Vec<Option<(std::borrow::Cow<'t, str>, Span)>>,
}

impl<'b> SheetReader<'b> {
    /// Begins to read sheets into `builder`.
    #[must_use]
    pub fn new(builder: &'b mut Builder, faults: &'b mut Vec<Fault>) -> Self {
        Self { builder, faults, begun: FxHashMap::default() }
    }

    /// Enters the tables that a mapping finds on a sheet. `stem` is the code of a document that names none.
    /// `None` if the mapping has no table for this sheet.
    pub fn read(
        &mut self,
        id: SourceId,
        source: &Source,
        mapping: &Mapping,
        stem: &str,
        progress: &mut dyn FnMut(&str, u64),
    ) -> Option<Shape> {
        let grid = source.grid.as_ref()?;
        let mut shape = None;
        let (mut touched, mut unread) = (FxHashSet::default(), Vec::new());
        let several = mapping.tables.iter().filter(|t| is_for(t, &grid.sheet)).count() > 1;
        for table in mapping.tables.iter().filter(|t| is_for(t, &grid.sheet)) {
            let vocabulary = self.builder.vocabulary().clone();
            let Some(layout) = Layout::find(id, source, mapping, table, &vocabulary, self.faults) else { continue };
            shape.get_or_insert_with(|| Shape { headings: layout.header.texts(), keys: layout.keys() });
            let mut walk = Walk::new(self, id, source, grid, mapping, &layout, stem);
            walk.run(several.then_some(&mut touched), progress);
            unread.append(&mut walk.unread);
            touched.extend(layout.header.rows.clone());
        }
        unread.retain(|(row, _)| !touched.contains(row));
        unread.sort_by_key(|(row, _)| *row);
        unread.dedup_by_key(|(row, _)| *row);
        self.faults.extend(unread.into_iter().map(|(_, fault)| fault));
        shape
    }
}

/// Whether a table stands on a sheet of this name.
pub(super) fn is_for(table: &Table, sheet: &str) -> bool {
    table.sheet.as_ref().is_none_or(|(said, glob)| glob.is_match(sheet) || normal(&said.text) == normal(sheet))
}

/// One table being read.
struct Walk<'w, 'b, 't> {
    reader: &'w mut SheetReader<'b>,
    id: SourceId,
    source: &'t Source,
    grid: &'t Grid,
    mapping: &'t Mapping,
    layout: &'t Layout<'t>,
    stem: &'t str,
    /// For each column that is read: the merged cells that reach over several rows, by row.
    merges: FxHashMap<u32, Vec<(u32, u32, GridCell)>>,
    columns: Vec<u32>,
    open: Vec<Option<Open<'t>>>,
    document: Option<RowRef>,
    carried: FxHashMap<(usize, usize), Vec<Taken<'t>>>,
    hidden_rows: Vec<u32>,
    /// Rows that were taken for notes, and what to say of them.
    unread: Vec<(u32, Fault)>,
    /// Columns that several levels read: they belong to the innermost of those that a row names.
    shared: FxHashSet<u32>,
}

impl<'w, 'b, 't> Walk<'w, 'b, 't> {
    fn new(
        reader: &'w mut SheetReader<'b>,
        id: SourceId,
        source: &'t Source,
        grid: &'t Grid,
        mapping: &'t Mapping,
        layout: &'t Layout<'t>,
        stem: &'t str,
    ) -> Self {
        let mut columns = layout.columns();
        if mapping.hidden != Hidden::Read {
            let hidden = |c: &u32| grid.hidden_columns.iter().any(|(from, to)| (from..=to).contains(&c));
            let (out, kept): (Vec<u32>, Vec<u32>) = columns.into_iter().partition(hidden);
            columns = kept;
            if let (Some(first), Hidden::Warn) = (out.first(), mapping.hidden) {
                let names = out.iter().map(|c| crate::text::column_name(*c)).collect::<Vec<_>>().join("、");
                let at = grid.cell(&source.text, layout.header.rows.start, *first).or(grid.cell_at(&source.text, 0));
                let span = at.map_or(layout.table.span, |c| Span::new(id, c.start as usize..c.end as usize));
                let fault = Fault::error("sheet-hidden-columns", span).with("columns", names);
                reader.faults.push(warning(fault.with("sheet", sheet_name(source))));
            }
        }
        let mut merges: FxHashMap<u32, Vec<(u32, u32, GridCell)>> = FxHashMap::default();
        for merge in grid.merges.iter().filter(|m| m.bottom > m.top && columns.binary_search(&m.left).is_ok()) {
            if let Some(cell) = grid.cell(&source.text, merge.top, merge.left) {
                merges.entry(merge.left).or_default().push((merge.top, merge.bottom, cell));
            }
        }
        merges.values_mut().for_each(|m| m.sort_unstable_by_key(|m| m.0));
        let open = layout.rungs.iter().map(|_| None).collect();
        let mut readers: FxHashMap<u32, FxHashSet<usize>> = FxHashMap::default();
        for (depth, rung) in layout.rungs.iter().enumerate() {
            for column in rung.slots.iter().filter(|s| !s.is_head()).flat_map(Slot::columns) {
                readers.entry(column).or_default().insert(depth);
            }
        }
        let shared = readers.into_iter().filter(|(_, depths)| depths.len() > 1).map(|(column, _)| column).collect();
        Self {
            shared,
            reader,
            id,
            source,
            grid,
            mapping,
            layout,
            stem,
            merges,
            columns,
            open,
            document: None,
            carried: FxHashMap::default(),
            hidden_rows: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// Reads the rows; `touched` hears of those that hold something of the table.
    fn run(&mut self, mut touched: Option<&mut FxHashSet<u32>>, progress: &mut dyn FnMut(&str, u64)) {
        let header = &self.layout.header;
        let below = self.layout.table.rows.clone().unwrap_or(header.rows.end..u32::MAX);
        let titles = self.titles();
        let width = self.columns.last().map_or(0, |c| *c as usize + 1);
        let mut cells = Vec::new();
        for row in below.start..below.end.min(self.grid.rows()) {
            self.grid.row_into(&self.source.text, row, &mut cells);
            if row.is_multiple_of(STEP) {
                progress(&self.source.path, u64::from(row));
            }
            if cells.is_empty() || header.rows.contains(&row) {
                continue;
            }
            if self.is_hidden(row) {
                self.hidden_rows.push(row);
                continue;
            }
            if cells.iter().all(|c| titles.contains(&normal(&c.text(&self.source.text)))) {
                continue;
            }
            if self.layout.table.until.as_ref().is_some_and(|u| self.matches(u, None, &cells)) {
                break;
            }
            if self.layout.skip.iter().any(|(spot, regex)| self.matches(regex, spot.as_ref(), &cells)) {
                continue;
            }
            let mut by_column = vec![None; width];
            for cell in &cells {
                if self.columns.binary_search(&cell.column).is_ok()
                    && let Some(place) = by_column.get_mut(cell.column as usize)
                {
                    *place = Some((*cell, false));
                }
            }
            if by_column.iter().all(Option::is_none) {
                self.unread(&cells);
                continue;
            }
            if is_note(&cells, &self.source.text) {
                self.unread(&cells);
                continue;
            }
            if let Some(touched) = &mut touched {
                touched.insert(row);
            }
            self.fill_merged(row, &mut by_column);
            let torn = self.torn(&cells, row);
            self.row(&RowCells { id: self.id, text: &self.source.text, cells: by_column }, torn);
        }
        self.report_hidden();
    }

    /// The texts of the header and of what stands above it: a row of nothing else is the head of a printed page.
    fn titles(&self) -> FxHashSet<String> {
        let end = self.layout.header.rows.end;
        let from = self.layout.header.rows.start.saturating_sub(TITLES);
        let rows = (from..end).flat_map(|row| self.grid.row(&self.source.text, row));
        rows.map(|c| normal(&c.text(&self.source.text))).collect()
    }

    fn is_hidden(&self, row: u32) -> bool {
        self.mapping.hidden != Hidden::Read
            && self
                .grid
                .hidden_rows
                .binary_search_by(|(from, to)| {
                    if row < *from {
                        std::cmp::Ordering::Greater
                    } else if row > *to {
                        std::cmp::Ordering::Less
                    } else {
                        std::cmp::Ordering::Equal
                    }
                })
                .is_ok()
    }

    fn matches(&self, regex: &regex::Regex, spot: Option<&Spot>, cells: &[GridCell]) -> bool {
        let of = |c: &GridCell| regex.is_match(&c.text(&self.source.text));
        match spot {
            Some(Spot::Column(column)) => cells.iter().any(|c| c.column == *column && of(c)),
            Some(Spot::Fixed(..)) => false,
            None => cells.iter().any(of),
        }
    }

    /// A merged cell that began above is what stands in this row too.
    fn fill_merged(&self, row: u32, by_column: &mut [Option<(GridCell, bool)>]) {
        for (column, merges) in &self.merges {
            let at = merges.partition_point(|m| m.0 < row);
            if let Some((_, bottom, cell)) = at.checked_sub(1).and_then(|n| merges.get(n))
                && *bottom >= row
                && let Some(place @ None) = by_column.get_mut(*column as usize)
            {
                *place = Some((*cell, true));
            }
        }
    }

    /// A row of a text file with more cells than the header: none of them is known to stand in its column.
    fn torn(&mut self, cells: &[GridCell], row: u32) -> bool {
        let width = self.layout.header.columns.len();
        if !matches!(self.grid.cells, crate::text::Cells::Delimited { .. }) || width == 0 {
            return false;
        }
        let Some(extra) = cells.iter().find(|c| c.column as usize >= width) else { return false };
        let span = Span::new(self.id, extra.start as usize..extra.end as usize);
        let fault = Fault::error("sheet-row-long", span).with("cell", cell_name(row, extra.column));
        self.reader.faults.push(fault.with("columns", width));
        true
    }

    /// A row with nothing in the columns that are read, or a note, is told for information.
    fn unread(&mut self, cells: &[GridCell]) {
        let Some(cell) = cells.first() else { return };
        let span = Span::new(self.id, cell.start as usize..cell.end as usize);
        let fault = Fault::error("sheet-row-unread", span).with("row", u64::from(cell.row) + 1);
        self.unread.push((cell.row, Fault { severity: Severity::Info, ..fault }));
    }

    fn report_hidden(&mut self) {
        let (Some(&first), Hidden::Warn) = (self.hidden_rows.first(), self.mapping.hidden) else { return };
        let mut shown: Vec<String> =
            self.hidden_rows.iter().take(10).map(|r| (u64::from(*r) + 1).to_string()).collect();
        if self.hidden_rows.len() > shown.len() {
            shown.push("…".to_owned());
        }
        let cell = self.grid.row(&self.source.text, first).first().copied();
        let span = cell.map_or(self.layout.table.span, |c| Span::new(self.id, c.start as usize..c.end as usize));
        let fault = Fault::error("sheet-hidden-rows", span).with("rows", shown.join("、"));
        self.reader
            .faults
            .push(warning(fault.with("count", self.hidden_rows.len()).with("sheet", sheet_name(self.source))));
    }

    fn row(&mut self, cells: &RowCells<'t>, torn: bool) {
        let last = self.layout.rungs.len().saturating_sub(1);
        let named = self.layout.rungs.iter().map(|rung| {
            let mut heads = rung.slots.iter().filter(|s| s.is_head()).flat_map(Slot::columns);
            heads.any(|c| matches!(cells.cells.get(c as usize), Some(Some((_, false)))))
        });
        let named: Vec<bool> = named.collect();
        let mut reopened = false;
        for (depth, rung) in self.layout.rungs.iter().enumerate() {
            let inner = self.layout.rungs.iter().zip(&named).skip(depth + 1).filter(|(_, named)| **named);
            let inner: Vec<&Rung<'t>> = inner.map(|(rung, _)| rung).collect();
            let outer = !named.get(depth).copied().unwrap_or(false) && named.iter().take(depth).any(|n| *n);
            let values: Vec<Vec<Taken<'t>>> = rung
                .slots
                .iter()
                .enumerate()
                .map(|(n, slot)| {
                    let elsewhere = !slot.is_head()
                        && slot.columns().any(|c| self.shared.contains(&c))
                        && (outer || inner.iter().any(|r| r.slots.iter().any(|s| s.columns().eq(slot.columns()))));
                    if elsewhere { Vec::new() } else { self.values(cells, (depth, n), slot, reopened) }
                })
                .collect();
            self.rung(depth, depth == last, rung, &values, &mut reopened, torn);
        }
    }

    /// The values of a slot; where the mapping carries it down, those above it if there are none.
    fn values(
        &mut self,
        cells: &RowCells<'t>,
        at: (usize, usize),
        slot: &'t Slot<'t>,
        reopened: bool,
    ) -> Vec<Taken<'t>> {
        // The row is read from the source, which outlives it.
        let mut values: Vec<Taken<'t>> = cells.values(slot);
        if let Some(unit) = slot.unit.as_ref().and_then(|u| cells.spot(u)) {
            for value in &mut values {
                with_unit(value, &unit.text);
            }
        }
        if !slot.field.from.carry {
            return values;
        }
        if values.is_empty() && !reopened {
            return self.carried.get(&at).cloned().unwrap_or_default();
        }
        self.carried.insert(at, values.clone());
        values
    }

    fn rung(
        &mut self,
        depth: usize,
        innermost: bool,
        rung: &'t Rung<'t>,
        values: &[Vec<Taken<'t>>],
        reopened: &mut bool,
        torn: bool,
    ) {
        let told = |v: &&Taken<'t>| !v.fixed;
        let heads = || rung.slots.iter().zip(values).filter(|(s, _)| s.is_head());
        let in_columns = heads().any(|(s, _)| s.columns().next().is_some());
        let blank = !heads().flat_map(|(_, v)| v).any(|v| told(&v));
        let continued = !blank && heads().flat_map(|(_, v)| v).filter(told).all(|v| v.continued);
        let is_value = |s: &Slot<'_>| s.field.target != Target::Unsure;
        let any = rung
            .slots
            .iter()
            .zip(values)
            .filter(|(s, _)| is_value(s))
            .flat_map(|(_, v)| v)
            .any(|v| !v.fixed && !v.continued);
        let key = heads()
            .map(|(_, v)| v.first().map_or_else(String::new, |v| normal(&v.text)))
            .collect::<Vec<_>>()
            .join("\u{1f}");
        // A document that the mapping does not name has the name of its file.
        let nameless = rung.level.relation == DOCUMENTS && heads().next().is_none();
        let key = if nameless { normal(self.stem) } else { key };
        let same = self.open.get(depth).and_then(Option::as_ref).is_some_and(|o| o.key == key);
        let is_open = self.open.get(depth).is_some_and(Option::is_some);
        if innermost && (rung.is_row || !in_columns) && rung.level.relation != DOCUMENTS {
            if any {
                self.begin(depth, rung, values, key, torn);
            }
            return;
        }
        if innermost && rung.level.relation != DOCUMENTS {
            match (blank, continued && is_open && !*reopened) {
                (false, false) => self.begin(depth, rung, values, key, torn),
                (false, true) => self.go_on(depth, rung, values, true),
                // The figures of a second line belong to what stands in the first.
                (true, _)
                    if any && is_open && !*reopened && only_series(rung, values) && self.is_part(rung, values) =>
                {
                    self.go_on(depth, rung, values, true);
                }
                (true, _) if any => self.orphan(depth, rung, values),
                (true, _) => {}
            }
            return;
        }
        if *reopened && blank && in_columns {
            if let Some(open) = self.open.get_mut(depth) {
                *open = None;
            }
            return;
        }
        if is_open && !*reopened && (same || (blank && in_columns)) {
            self.go_on(depth, rung, values, false);
            return;
        }
        if blank && in_columns {
            return;
        }
        self.begin(depth, rung, values, key, torn);
        *reopened = true;
    }

    /// Whether the values are parts (② …) of what stands above.
    fn is_part(&self, rung: &Rung<'t>, values: &[Vec<Taken<'t>>]) -> bool {
        let told = rung.slots.iter().zip(values).flat_map(|(_, v)| v).filter(|v| !v.fixed);
        told.into_iter().all(|v| parts(&v.text).first().is_some_and(|p| p.0 > 0))
    }

    /// Figures in a row that does not say what they are of.
    fn orphan(&mut self, depth: usize, rung: &Rung<'t>, values: &[Vec<Taken<'t>>]) {
        let own = |v: &&Taken<'t>| !v.fixed && !v.continued;
        let Some(value) = values.iter().flatten().find(own) else { return };
        // A dash in every column says that there is nothing.
        if values.iter().flatten().filter(own).all(|v| matches!(Figure::read(&v.text), Ok(Figure::Missing))) {
            return;
        }
        let fault = Fault::error("sheet-orphan", value.span).with("text", &value.text);
        self.reader.faults.push(fault.with("relation", &rung.level.name.text));
        if let Some(open) = self.open.get_mut(depth) {
            *open = None;
        }
    }

    fn parent(&mut self, depth: usize, relation: RelationId) -> Option<RowRef> {
        if relation == DOCUMENTS {
            return None;
        }
        let vocabulary = self.reader.builder.vocabulary();
        let places = vocabulary.relations.get(relation.0 as usize).map_or_else(Vec::new, |r| r.places.clone());
        let above = || self.open.iter().take(depth).rev().flatten().map(|o| o.row);
        let found = above().find(|r| places.contains(&r.relation)).or_else(|| above().next());
        found.or_else(|| Some(self.named_document()))
    }

    /// The document of a table that names none has the name of its file.
    fn named_document(&mut self) -> RowRef {
        if let Some(document) = self.document {
            return document;
        }
        let key = (None, DOCUMENTS, normal(self.stem));
        let row = match self.reader.begun.get(&key) {
            Some((row, _)) => *row,
            None => {
                let nowhere = Span::new(self.id, 0..0);
                let row = self.reader.builder.begin(DOCUMENTS, nowhere, None);
                let code = Printed { text: self.stem, span: nowhere };
                self.reader.builder.put(row, ColumnId(0), code, self.reader.faults);
                self.reader.begun.insert(key, (row, self.id));
                row
            }
        };
        self.reader.builder.turn_to(row);
        self.document = Some(row);
        row
    }

    fn begin(&mut self, depth: usize, rung: &'t Rung<'t>, values: &[Vec<Taken<'t>>], key: String, torn: bool) {
        let relation = rung.level.relation;
        let parent = self.parent(depth, relation);
        let entered = rung.slots.iter().map(|_| None).collect();
        self.open.iter_mut().skip(depth).for_each(|o| *o = None);
        let known = (parent, relation, key.clone());
        let upper = depth + 1 < self.layout.rungs.len();
        // On another sheet, and for a document anywhere, the same thing goes on; here a second one is a second one.
        let before = self.reader.begun.get(&known).filter(|(_, sheet)| relation == DOCUMENTS || *sheet != self.id);
        if let Some((row, _)) = before.copied().filter(|_| upper || relation == DOCUMENTS) {
            if relation == DOCUMENTS {
                self.reader.builder.turn_to(row);
            }
            if let Some(open) = self.open.get_mut(depth) {
                *open = Some(Open { row, key, entered });
            }
            self.go_on(depth, rung, values, false);
            return;
        }
        let head = head_of(rung, values, self.id);
        let row = self.reader.builder.begin(relation, head, parent);
        if upper || relation == DOCUMENTS {
            self.reader.begun.insert(known, (row, self.id));
        }
        if let Some((column, kind)) = &rung.level.kind
            && !kind.is_empty()
        {
            let kind = Printed { text: kind, span: rung.level.name.span };
            self.reader.builder.put(row, *column, kind, self.reader.faults);
        }
        if let Some(open) = self.open.get_mut(depth) {
            *open = Some(Open { row, key, entered });
        }
        for (n, (slot, values)) in rung.slots.iter().zip(values).enumerate() {
            self.enter(depth, n, row, slot, values, torn);
        }
        if relation == DOCUMENTS {
            if self.reader.builder.is_blank(row, ColumnId(0)) {
                let code = Printed { text: self.stem, span: Span::new(self.id, 0..0) };
                self.reader.builder.put(row, ColumnId(0), code, self.reader.faults);
            }
            self.declare(rung, values);
        }
        if rung.is_row {
            self.reader.builder.derive(row);
        }
    }

    /// A document that a plan file has declared already is declared twice.
    fn declare(&mut self, rung: &Rung<'t>, values: &[Vec<Taken<'t>>]) {
        let code = rung.slots.iter().zip(values).find(|(s, _)| s.is_head()).and_then(|(_, v)| v.first());
        let Some(code) = code else { return };
        if let Some(first) = self.reader.builder.document_of(&code.text) {
            self.reader.faults.push(
                Fault::error("duplicate-declaration", code.span)
                    .with("name", &code.text)
                    .related(first, Message::new("first-here")),
            );
        }
        self.reader.builder.declare_document(Printed { text: &code.text, span: code.span });
    }

    /// More of a thing that was begun before: what is new is entered, what differs is told.
    fn go_on(&mut self, depth: usize, rung: &'t Rung<'t>, values: &[Vec<Taken<'t>>], series: bool) {
        let Some(row) = self.open.get(depth).and_then(Option::as_ref).map(|o| o.row) else { return };
        for (n, (slot, values)) in rung.slots.iter().zip(values).enumerate() {
            let Some(value) = values.first().filter(|v| !v.continued && !v.fixed) else {
                continue;
            };
            if value.continued || (slot.is_head() && rung.level.relation == DOCUMENTS) {
                continue;
            }
            let before = self.open.get(depth).and_then(Option::as_ref).and_then(|o| o.entered.get(n)?.clone());
            match (before, &slot.field.target) {
                (Some(_), Target::Series(_)) if series => self.enter(depth, n, row, slot, values, false),
                (Some((text, first)), _)
                    if normal(&text) != normal(&value.text) && first.source == value.span.source =>
                {
                    let fault = Fault::error("sheet-differs", value.span)
                        .with("text", &value.text)
                        .with("before", &text)
                        .with("name", &slot.field.name.text);
                    self.reader.faults.push(warning(fault.related(first, Message::new("sheet-before-here"))));
                }
                (Some(_), _) => {}
                (None, Target::Column(column, ..)) if !self.reader.builder.is_blank(row, *column) => {}
                (None, _) => self.enter(depth, n, row, slot, values, false),
            }
        }
    }

    /// Enters the values of a slot into a row.
    fn enter(&mut self, depth: usize, n: usize, row: RowRef, slot: &'t Slot<'t>, values: &[Taken<'t>], torn: bool) {
        let Some(first) = values.first() else { return };
        if let Some(place) = self.open.get_mut(depth).and_then(Option::as_mut).and_then(|o| o.entered.get_mut(n)) {
            *place = Some((first.text.clone(), first.span));
        }
        let printed = |v: &'_ Taken<'t>| (v.text.to_string(), v.span);
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
                    if torn || self.is_broken(value, true) {
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
                if torn || self.is_broken(first, figure) {
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
    fn year(&self, value: &Taken<'t>, spot: &Spot) -> Option<(String, Span)> {
        match spot {
            Spot::Fixed(text, span) => Some((text.clone(), *span)),
            Spot::Column(column) => {
                let at = self.grid.cell_at(&self.source.text, value.span.range().start)?;
                let cell = self.grid.cell(&self.source.text, at.row, *column)?;
                let span = Span::new(self.id, cell.start as usize..cell.end as usize);
                Some((cell.text(&self.source.text).into_owned(), span))
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

    /// Whether a cell holds no value: an error, a formula never worked out, a date where a figure belongs.
    fn is_broken(&mut self, value: &Taken<'t>, figure: bool) -> bool {
        let text = value.text.trim();
        let code = match value.kind {
            CellKind::Formula => "cell-formula",
            CellKind::Date if figure => "cell-date",
            _ if is_error(text) => "cell-error",
            _ => return false,
        };
        self.reader.faults.push(Fault::error(code, value.span).with("text", text));
        true
    }
}

fn warning(fault: Fault) -> Fault {
    Fault { severity: Severity::Warning, ..fault }
}

fn only_series(rung: &Rung<'_>, values: &[Vec<Taken<'_>>]) -> bool {
    let told = rung.slots.iter().zip(values).filter(|(_, v)| v.iter().any(|v| !v.fixed && !v.continued));
    told.into_iter().all(|(s, _)| matches!(s.field.target, Target::Series(_)))
}

/// What spreadsheets write where a formula fails (ECMA-376 part 1, 18.17.3).
pub(super) fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 9] = ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];
    ERRORS.contains(&text)
}

/// Whether a row is nothing but a note: a single cell that begins as notes do.
fn is_note(cells: &[GridCell], text: &str) -> bool {
    let [cell] = cells else { return false };
    let text = cell.text(text);
    let text = text.trim_start_matches(['(', '（', '【', '［', '[']);
    ["※", "＊", "*", "注", "備考", "出典", "資料:", "資料：", "(注"].iter().any(|mark| text.starts_with(mark))
}

/// A figure with a unit that stands elsewhere, unless it has it already or is none.
fn with_unit(value: &mut Taken<'_>, unit: &str) {
    if matches!(Figure::read(&value.text), Ok(Figure::Quantity(q)) if q.unit.is_empty()) {
        value.text = std::borrow::Cow::Owned(format!("{}{}", value.text.trim(), unit.trim()));
    }
}

/// Where a thing stands: from the first to the last cell that names it.
fn head_of(rung: &Rung<'_>, values: &[Vec<Taken<'_>>], id: SourceId) -> Span {
    let heads = rung.slots.iter().zip(values).filter(|(s, _)| s.is_head()).flat_map(|(_, v)| v);
    let mut spans: Vec<Span> = heads.map(|v| v.span).filter(|s| s.source == id).collect();
    if spans.is_empty() {
        spans = values.iter().flatten().map(|v| v.span).filter(|s| s.source == id).take(1).collect();
    }
    if spans.is_empty() {
        spans = values.iter().flatten().map(|v| v.span).take(1).collect();
    }
    spans.sort_unstable();
    match (spans.first(), spans.last()) {
        (Some(first), Some(last)) if first.source == last.source => first.to(*last),
        (Some(first), _) => *first,
        _ => Span::new(id, 0..0),
    }
}
