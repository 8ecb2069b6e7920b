//! A sheet as it is printed, whatever file it came from.
use crate::text::{CellKind, Cells, Grid, GridCell, Merge, Source};

/// The longest text of all sheets of a workbook together, in bytes; more is refused.
pub const LARGEST_TEXT: usize = 1 << 30;
/// The most cells of a sheet that are not blank; more are refused.
pub const MOST_CELLS: usize = 50_000_000;
/// The most bytes that a compressed workbook may unpack to.
pub const LARGEST_UNPACKED: u64 = 2 << 30;

/// Rows and columns of the largest sheet that any program makes. A cell beyond them would make every walk over rows endless.
pub const MOST_ROWS: u32 = 1_048_576;
/// See [`MOST_ROWS`].
pub const MOST_COLUMNS: u32 = 16_384;
/// So many times its size a workbook may unpack to. Real sheets reach twenty times, columns of equal cells fifty.
pub const MOST_SWELLING: u64 = 200;
/// So many bytes any workbook may unpack to, however small it is.
pub const ALWAYS_UNPACKED: u64 = 64 << 20;

/// Why a file cannot be read as a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Code of the fault: `sheet-encrypted`, `sheet-damaged`, `sheet-too-large`.
    pub code: &'static str,
    /// What the library said, for those who look into it; may be empty.
    pub reason: String,
}

impl Refusal {
    /// A refusal with what a library said.
    #[must_use]
    pub fn new(code: &'static str, reason: impl ToString) -> Self {
        Self { code, reason: reason.to_string() }
    }
}

/// One sheet: the text of every cell that is not blank, as the sheet shows it.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// All texts, a tab between cells and a line break between rows.
    pub text: String,
    /// Which cell stands where.
    pub grid: Grid,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// Hidden rows, first and last (from 0), in order.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, first and last (from 0), in order.
    pub hidden_columns: Vec<(u32, u32)>,
    /// How long its text may become: what the other sheets of the workbook leave.
    room: usize,
}

impl Sheet {
    /// A sheet of a name with nothing in it.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            text: String::new(),
            grid: Grid::new(name, Cells::Listed(Vec::new())),
            hidden: false,
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            room: LARGEST_TEXT,
        }
    }

    /// A sheet beside others, which share one room: many sheets must not hold together what one may not.
    #[must_use]
    pub fn beside(name: impl Into<String>, others: &[Self]) -> Self {
        let used: usize = others.iter().map(|s| s.text.len()).sum();
        Self { room: LARGEST_TEXT.saturating_sub(used), ..Self::new(name) }
    }

    /// Adds a cell. Cells come by row and column (both from 0); a blank text is left out.
    ///
    /// # Errors
    /// A refusal when the sheet grows beyond what is read, or when cells do not come in order.
    pub fn push(&mut self, row: u32, column: u32, text: &str, kind: CellKind) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(Refusal::new("sheet-damaged", format!("cell {row},{column} is beyond the end of a sheet")));
        }
        let Cells::Listed(cells) = &mut self.grid.cells else { return Ok(()) };
        if let Some(last) = cells.last() {
            if (last.row, last.column) >= (row, column) {
                return Err(Refusal::new("sheet-damaged", format!("cell {row},{column} out of order")));
            }
            self.text.push(if last.row == row { '\t' } else { '\n' });
        }
        if self.text.len() + text.len() > self.room || cells.len() >= MOST_CELLS {
            return Err(Refusal::new("sheet-too-large", ""));
        }
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let start = offset(self.text.len());
        self.text.push_str(text);
        let end = offset(self.text.len());
        cells.push(GridCell { row, column, start, end, kind });
        Ok(())
    }

    /// Adds merged cells; a single cell is none, and one whose end lies before its beginning is left out.
    pub fn merge(&mut self, merge: Merge) {
        let ordered = merge.top <= merge.bottom && merge.left <= merge.right;
        if ordered && (merge.top < merge.bottom || merge.left < merge.right) {
            self.grid.merges.push(merge);
        }
    }

    /// The sheet as a source of the run.
    #[must_use]
    pub fn into_source(mut self, path: impl Into<String>) -> Source {
        self.grid.hidden_rows = self.hidden_rows;
        self.grid.hidden_columns = self.hidden_columns;
        Source::sheet(path, self.text, self.grid)
    }
}
