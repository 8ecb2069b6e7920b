//! From the rows of a sheet to facts. A blank or merged cell continues what stands above it; a new number or name
//! begins a new thing.
use std::io;
use std::ops::{ControlFlow, Range};

use rustc_hash::{FxHashMap, FxHashSet};

use super::ahead::{Block, Given, blocks, complete};
use super::layout::{Layout, Rung, Slot, Spot, sheet_name};
use super::mapping::{Hidden, Mapping, Table};
use super::plain::Plain;
use super::sorted::{Sorting, Titles};
use super::value::{RowCells, Taken};
use crate::plan::{Builder, RelationId, RowRef};
use crate::text::normal::normal;
use crate::text::{
    CellKind, Cells, Fault, Grid, GridCell, Page, Severity, Source, SourceId, Span, cell_name, cells_of_line,
};
use crate::value::Figure;

/// Rows above a header whose texts may come again on every printed page.
const TITLES: u32 = 50;

/// Enters the facts of sheets, one sheet after the other.
pub struct SheetReader<'b> {
    pub(super) builder: &'b mut Builder,
    pub(super) faults: &'b mut Vec<Fault>,
    /// What was begun, and on which sheet: a thing of the same number and name under the same roof goes on there.
    pub(super) begun: FxHashMap<(Option<RowRef>, RelationId, String), (RowRef, SourceId)>,
    /// A sheet of which the first rows are plain and a later one is not.
    odd: Option<SourceId>,
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
pub(super) struct Open {
    pub(super) row: RowRef,
    pub(super) key: String,
    /// What was entered for each slot.
    pub(super) entered: Vec<Option<(String, Span)>>,
}

impl<'b> SheetReader<'b> {
    /// Begins to read sheets into `builder`.
    #[must_use]
    pub fn new(builder: &'b mut Builder, faults: &'b mut Vec<Fault>) -> Self {
        Self { builder, faults, begun: FxHashMap::default(), odd: None }
    }

    /// The sheet that was not read to its end, since not all of its rows are plain: it has to be held, and everything read anew.
    #[must_use]
    pub fn odd(&self) -> Option<SourceId> {
        self.odd
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
        let at_once = several || mapping.names_row_from(grid.rows());
        if at_once && !self.completed(id, source) {
            return None;
        }
        for table in mapping.tables.iter().filter(|t| is_for(t, &grid.sheet)) {
            let vocabulary = self.builder.vocabulary().clone();
            let Some(layout) = Layout::find(id, source, mapping, table, &vocabulary, self.faults) else { continue };
            shape.get_or_insert_with(|| Shape { headings: layout.header.texts(), keys: layout.keys() });
            let mut walk = Walk::new(self, id, source, grid, mapping, &layout, stem);
            walk.run(several.then_some(&mut touched), progress);
            if !several {
                walk.report_above();
            }
            unread.append(&mut walk.unread);
            touched.extend(layout.header.rows.clone());
        }
        if self.odd.is_none() && !source.text.is_lost() {
            self.completed(id, source);
        }
        unread.retain(|(row, _)| !touched.contains(row));
        unread.sort_by_key(|(row, _)| *row);
        unread.dedup_by_key(|(row, _)| *row);
        self.faults.extend(unread.into_iter().map(|(_, fault)| fault));
        shape
    }

    /// Whether it is known, or could be found out, where all rows of a sheet stand.
    fn completed(&mut self, id: SourceId, source: &Source) -> bool {
        if source.grid.as_ref().is_none_or(Grid::is_whole) {
            return true;
        }
        let given = complete(source);
        self.took(id, source, &given)
    }

    /// Whether all rows of a sheet that were wanted were given; why not is told, or kept.
    fn took(&mut self, id: SourceId, source: &Source, given: &io::Result<Given>) -> bool {
        match given {
            Ok(Given::All) if !source.text.is_lost() => return true,
            Ok(Given::Some) => self.odd = Some(id),
            _ => {
                let fault = Fault::error("file-changed", Span::new(id, 0..0));
                self.faults.push(fault.with("path", &source.path));
            }
        }
        false
    }
}

/// Whether a table stands on a sheet of this name.
pub(super) fn is_for(table: &Table, sheet: &str) -> bool {
    table.sheet.as_ref().is_none_or(|(said, glob)| glob.is_match(sheet) || normal(&said.text) == normal(sheet))
}

/// What stands in a cell: its text, whether it goes on from above, what it is. `None` if it is blank.
pub(super) type Said = Option<(String, bool, CellKind)>;

/// One table being read.
pub(super) struct Walk<'w, 'b, 't> {
    pub(super) reader: &'w mut SheetReader<'b>,
    pub(super) id: SourceId,
    pub(super) source: &'t Source,
    pub(super) grid: &'t Grid,
    pub(super) mapping: &'t Mapping,
    pub(super) layout: &'t Layout<'t>,
    pub(super) stem: &'t str,
    /// For each column that is read: the merged cells that reach over several rows, by row.
    pub(super) merges: FxHashMap<u32, Vec<(u32, u32, GridCell)>>,
    pub(super) columns: Vec<u32>,
    pub(super) open: Vec<Option<Open>>,
    pub(super) document: Option<RowRef>,
    pub(super) carried: FxHashMap<(usize, usize), Vec<Taken<'static>>>,
    pub(super) hidden_rows: Vec<u32>,
    /// Rows that were taken for notes, and what to say of them.
    pub(super) unread: Vec<(u32, Fault)>,
    /// The innermost level, if the table is plain.
    pub(super) plain: Option<Plain>,
    /// For each level: the columns and texts of the row before, if all that they say is entered.
    pub(super) settled: Vec<Option<Vec<(u32, Said)>>>,
    /// Whether any row was taken for one of the table.
    pub(super) any: bool,
    /// Columns that several levels read: they belong to the innermost of those that a row names.
    pub(super) shared: FxHashSet<u32>,
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
                let at = source.cell(layout.header.rows.start, *first).or(source.cell_at(0));
                let span = at.map_or(layout.table.span, |c| Span::new(id, c.start as usize..c.end as usize));
                let fault = Fault::error("sheet-hidden-columns", span).with("columns", names);
                reader.faults.push(warning(fault.with("sheet", sheet_name(source))));
            }
        }
        let mut merges: FxHashMap<u32, Vec<(u32, u32, GridCell)>> = FxHashMap::default();
        for merge in grid.merges.iter().filter(|m| m.bottom > m.top && columns.binary_search(&m.left).is_ok()) {
            if let Some(cell) = source.cell(merge.top, merge.left) {
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
        let plain =
            if merges.is_empty() { Plain::of(&layout.rungs, &columns, reader.builder.vocabulary()) } else { None };
        Self {
            shared,
            plain,
            any: false,
            settled: vec![None; layout.rungs.len()],
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
    fn run(&mut self, touched: Option<&mut FxHashSet<u32>>, progress: &mut dyn FnMut(&str, u64)) {
        let again = self.again(touched.is_some());
        let titles: FxHashSet<String> = again.iter().flatten().map(|(_, text)| text.clone()).collect();
        let width = self.columns.last().map_or(0, |c| *c as usize + 1);
        let is_read: Vec<bool> = (0..width).map(|c| self.columns.iter().any(|own| *own as usize == c)).collect();
        let sorting = self.sorting(&titles).filter(|_| touched.is_none());
        let in_turn = sorting.is_some() && self.layout.table.rows.is_none() && !self.layout.has_years_in_columns();
        if !in_turn && !self.reader.completed(self.id, self.source) {
            return;
        }
        let below = self.layout.table.rows.clone().unwrap_or(self.layout.header.rows.end..u32::MAX);
        let mut sifting = Sifting { titles: Titles::new(&titles), again: &again, is_read, spare: Vec::new(), touched };
        let source = self.source;
        let rows = below.start..below.end.min(self.grid.rows());
        self.expect_plain();
        let given = blocks(source, rows, sorting.as_ref(), |page, first, block| {
            progress(&source.path, u64::from(first));
            let flow = match block {
                Block::Listed(cells) => {
                    cells.rows().try_for_each(|(row, cells)| self.any_row(row, cells, page, &mut sifting))
                }
                Block::Sorted(sorted) => {
                    // Whether calm rows go on with what was entered for those before.
                    let mut goes_on = false;
                    (first..).zip(sorted.rows()).skip_while(|(row, _)| *row < below.start).try_for_each(
                        |(row, line)| {
                            if line.calm && goes_on {
                                self.plain_row(page, line.found, false);
                                return ControlFlow::Continue(());
                            }
                            let cells = self.cells_of(page, row, line.range);
                            let flow = self.any_row(row, &cells, page, &mut sifting);
                            goes_on = self.goes_on(page, &cells);
                            flow
                        },
                    )
                }
            };
            self.enter_plain();
            flow
        });
        if self.reader.took(self.id, self.source, &given) && !self.any {
            let fault = Fault::error("sheet-no-rows", self.layout.table.span);
            self.reader.faults.push(warning(fault.with("sheet", sheet_name(self.source))));
        }
        self.report_hidden();
    }

    /// The cells of a line of a page without a quote.
    fn cells_of(&self, page: Page<'_>, row: u32, line: Range<usize>) -> Vec<GridCell> {
        let Cells::Delimited { delimiter, .. } = self.grid.cells else { return Vec::new() };
        let base = page.base + line.start;
        cells_of_line(Page { bytes: page.bytes.get(line).unwrap_or(&[]), base }, row, delimiter).collect()
    }

    /// How the rows are taken apart by other threads, if the table is plain and no row of it has to be looked at for another
    /// reason: because some are hidden or left out, or because the table ends somewhere.
    fn sorting<'s>(&self, titles: &'s FxHashSet<String>) -> Option<Sorting<'s>> {
        let Cells::Delimited { delimiter, .. } = self.grid.cells else { return None };
        let plain = self.plain.as_ref()?;
        let looked_at =
            self.layout.table.until.is_some() || !self.layout.skip.is_empty() || !self.grid.hidden_rows.is_empty();
        let width = self.layout.header.columns.len();
        let outer: Vec<u32> = self.layout.rungs.iter().rev().skip(1).flat_map(Rung::columns).collect();
        (!looked_at && width > 0).then(|| Sorting::new(delimiter, width, &plain.fields, &outer, titles))
    }

    /// Enters a row if it is one of the table; `Break` where the table ends.
    fn any_row(&mut self, row: u32, cells: &[GridCell], page: Page<'_>, sifting: &mut Sifting<'_>) -> ControlFlow<()> {
        if cells.is_empty() || self.layout.header.rows.contains(&row) {
            return ControlFlow::Continue(());
        }
        if self.is_hidden(row) {
            self.hidden_rows.push(row);
            return ControlFlow::Continue(());
        }
        if cells.iter().all(|c| sifting.titles.has(page.text(c).as_bytes())) && sifting.comes_again(cells, page) {
            return ControlFlow::Continue(());
        }
        if self.layout.table.until.as_ref().is_some_and(|u| self.matches(u, None, page, cells)) {
            return ControlFlow::Break(());
        }
        if self.layout.skip.iter().any(|(spot, regex)| self.matches(regex, spot.as_ref(), page, cells)) {
            return ControlFlow::Continue(());
        }
        let own = |cell: &GridCell| sifting.is_read.get(cell.column as usize).copied().unwrap_or(false);
        if !cells.iter().any(own) || is_note(cells, page) {
            self.unread(cells);
            return ControlFlow::Continue(());
        }
        if let Some(touched) = &mut sifting.touched {
            touched.insert(row);
        }
        self.any = true;
        let torn = self.torn(cells, row);
        if self.goes_on(page, cells) {
            self.plain_cells(page, cells, torn);
            return ControlFlow::Continue(());
        }
        let mut by_column = RowCells { id: self.id, page, cells: std::mem::take(&mut sifting.spare) };
        by_column.cells.clear();
        by_column.cells.resize(sifting.is_read.len(), None);
        for cell in cells.iter().filter(|cell| own(cell)) {
            if let Some(place) = by_column.cells.get_mut(cell.column as usize) {
                *place = Some((*cell, false));
            }
        }
        self.fill_merged(row, &mut by_column.cells);
        self.row(&by_column, cells, torn);
        sifting.spare = by_column.cells;
        ControlFlow::Continue(())
    }

    /// The rows that may come again on every printed page: those of the header, and the titles above it, by column. A row with a
    /// number is no title, and above the header of a table that is one of several on its sheet stand the others.
    fn again(&self, several: bool) -> Vec<Vec<(u32, String)>> {
        let header = self.layout.header.rows.clone();
        let from = if several { header.start } else { header.start.saturating_sub(TITLES) };
        let of = |row: u32| {
            let cells = self.source.row(row);
            cells.iter().map(|c| (c.column, normal(&self.source.text_of(c)))).collect::<Vec<_>>()
        };
        let rows = (from..header.end).map(|row| (row, of(row)));
        let kept = rows.filter(|(row, cells)| header.contains(row) || !cells.iter().any(|(_, text)| is_number(text)));
        kept.map(|(_, cells)| cells).filter(|cells| !cells.is_empty()).collect()
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

    fn matches(&self, regex: &regex::Regex, spot: Option<&Spot>, page: Page<'_>, cells: &[GridCell]) -> bool {
        let of = |c: &GridCell| regex.is_match(&page.text(c));
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
        if !matches!(self.grid.cells, Cells::Delimited { .. }) || width == 0 {
            return false;
        }
        if cells.last().is_none_or(|c| (c.column as usize) < width) {
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

    /// A row above a header that was looked for, with something in half of the columns and a number among it, may be one of the
    /// table: the header of its page is written otherwise.
    fn report_above(&mut self) {
        let Table { header: None, rows: None, .. } = self.layout.table else { return };
        let own = |cell: &GridCell| self.columns.binary_search(&cell.column).is_ok();
        let holds_number = |c: &GridCell| is_number(&self.source.text_of(c));
        let found = (0..self.layout.header.rows.start).find_map(|row| {
            let cells: Vec<GridCell> = self.source.row(row).into_iter().filter(own).collect();
            let alike = cells.len() > 1 && cells.len() * 2 >= self.columns.len() && cells.iter().any(holds_number);
            Some(cells.first()?.start as usize..cells.last()?.end as usize).filter(|_| alike)
        });
        if let Some(range) = found {
            let fault = Fault::error("sheet-rows-above", Span::new(self.id, range));
            self.reader.faults.push(warning(fault.with("row", u64::from(self.layout.header.rows.start) + 1)));
        }
    }

    fn report_hidden(&mut self) {
        let (Some(&first), Hidden::Warn) = (self.hidden_rows.first(), self.mapping.hidden) else { return };
        let mut shown: Vec<String> =
            self.hidden_rows.iter().take(10).map(|r| (u64::from(*r) + 1).to_string()).collect();
        if self.hidden_rows.len() > shown.len() {
            shown.push("…".to_owned());
        }
        let cell = self.source.row(first).first().copied();
        let span = cell.map_or(self.layout.table.span, |c| Span::new(self.id, c.start as usize..c.end as usize));
        let fault = Fault::error("sheet-hidden-rows", span).with("rows", shown.join("、"));
        self.reader
            .faults
            .push(warning(fault.with("count", self.hidden_rows.len()).with("sheet", sheet_name(self.source))));
    }
}

pub(super) fn warning(fault: Fault) -> Fault {
    Fault { severity: Severity::Warning, ..fault }
}

/// What is known of rows while they are looked at one by one.
struct Sifting<'s> {
    /// The texts of rows that may come again.
    titles: Titles<'s>,
    /// Those rows.
    again: &'s [Vec<(u32, String)>],
    /// Whether a column is read.
    is_read: Vec<bool>,
    /// Room for the cells of a row, by column.
    spare: Vec<Option<(GridCell, bool)>>,
    /// Hears of the rows that hold something of the table.
    touched: Option<&'s mut FxHashSet<u32>>,
}

impl Sifting<'_> {
    /// Whether a row is one of those that come again on every page: what stands in it stands there, each in its column.
    fn comes_again(&self, cells: &[GridCell], page: Page<'_>) -> bool {
        let said: Vec<(u32, String)> = cells.iter().map(|c| (c.column, normal(&page.text(c)))).collect();
        self.again.iter().any(|row| said.iter().all(|cell| row.contains(cell)))
    }
}

fn is_number(text: &str) -> bool {
    matches!(Figure::read(text), Ok(Figure::Quantity(_)))
}

/// Whether a row is nothing but a note: a single cell that begins as notes do.
fn is_note(cells: &[GridCell], page: Page<'_>) -> bool {
    let [cell] = cells else { return false };
    let text = page.text(cell);
    let text = text.trim_start_matches(['(', '（', '【', '［', '[']);
    if text.starts_with(['※', '＊', '*']) {
        return true;
    }
    // 注射本数 is an indicator.
    let ends = |rest: &str| rest.chars().next().is_none_or(|c| !c.is_alphabetic());
    ["注", "注記", "注意", "備考", "出典", "資料"].iter().any(|word| text.strip_prefix(word).is_some_and(ends))
}
