//! Mappings: which column of a sheet holds what. Written as YAML beside the sheets they read.
mod place;
mod read;

use std::ops::Range;

use globset::GlobSet;
use regex::Regex;

pub use read::read;

use crate::plan::{ColumnId, ColumnRole, ColumnType, RelationId};
use crate::syntax::yaml::Said;
use crate::text::Span;

/// How the files of mappings end.
pub const ENDINGS: [&str; 2] = [".mapping.yaml", ".mapping.yml"];

/// What to do with rows and columns that are hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hidden {
    /// They are not printed, so they are not read; a warning says so.
    #[default]
    Warn,
    /// They are not read.
    Skip,
    /// They are read like the others.
    Read,
}

/// How the sheets of some files are read.
#[derive(Debug)]
pub struct Mapping {
    /// The whole file.
    pub span: Span,
    /// The files, as patterns from the folder of the mapping.
    pub files: GlobSet,
    /// How the bytes of a text file are to be understood; found out where it is not said.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// What stands between two cells of a text file; by its ending where it is not said.
    pub delimiter: Option<u8>,
    /// Hidden rows and columns.
    pub hidden: Hidden,
    /// The document that all tables belong to, where they name none themselves.
    pub document: Option<Level>,
    /// The tables on the sheets.
    pub tables: Vec<Table>,
}

impl Mapping {
    /// Whether it names a row of a sheet from this one (from 0) on.
    #[must_use]
    pub fn names_row_from(&self, row: u32) -> bool {
        let levels = self.document.iter().chain(self.tables.iter().flat_map(|table| &table.levels));
        let from = levels.flat_map(|level| &level.fields).map(|field| &field.from);
        let places = from.flat_map(|from| from.places.iter().chain(&from.unit).chain(&from.year));
        let skipped = self.tables.iter().flat_map(|table| &table.skip).filter_map(|(place, _)| place.as_ref());
        places.chain(skipped).any(|place| matches!(place, Place::Cell(at, ..) if *at >= row))
            || self.tables.iter().filter_map(|table| table.header.as_ref()).any(|header| header.end > row)
    }
}

/// A table on a sheet.
#[derive(Debug)]
pub struct Table {
    /// Where it is described.
    pub span: Span,
    /// Name of the sheet, or a pattern of names; every visible sheet where it is not said.
    pub sheet: Option<(Said, globset::GlobMatcher)>,
    /// The rows of the header (from 0); found by the headers that are named where it is not said.
    pub header: Option<Range<u32>>,
    /// The rows of the data (from 0); from below the header to the end of the sheet where it is not said.
    pub rows: Option<Range<u32>>,
    /// The first row with a cell that this matches ends the table.
    pub until: Option<Regex>,
    /// Rows that are left out: where a column, or any, matches.
    pub skip: Vec<(Option<Place>, Regex)>,
    /// What a row is made of, from the outermost (文書) to the innermost (指標).
    pub levels: Vec<Level>,
}

/// One kind of thing that the rows of a table are made of.
#[derive(Debug, Clone)]
pub struct Level {
    /// Its relation.
    pub relation: RelationId,
    /// Its name in the mapping.
    pub name: Said,
    /// The kind that its keyword fixes (KPI, KGI), and the column that holds it.
    pub kind: Option<(ColumnId, String)>,
    /// What is known of it.
    pub fields: Vec<Field>,
}

/// One attribute of a level.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in the mapping.
    pub name: Said,
    /// What it is.
    pub target: Target,
    /// Where it stands.
    pub from: From,
}

/// What a field is.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// An attribute.
    Column(ColumnId, ColumnRole, ColumnType),
    /// A value by fiscal year.
    Series(RelationId),
    /// 読取: 低 where the reading is unsure.
    Unsure,
}

/// Where a field stands and how its text is taken from there.
#[derive(Debug, Clone)]
pub struct From {
    /// The columns (several are joined), a constant, or a cell.
    pub places: Vec<Place>,
    /// Takes the first group of this, or all that it matches; nothing where it does not match.
    pub find: Option<Regex>,
    /// Takes away all that this matches.
    pub remove: Option<Regex>,
    /// Several values in a cell are divided by this.
    pub split: Option<Regex>,
    /// What stands between the texts of several columns.
    pub join: String,
    /// A blank cell means what stands above it.
    pub carry: bool,
    /// A unit that stands elsewhere, put behind the figure.
    pub unit: Option<Place>,
    /// The fiscal year of a value; from the header where it is not said.
    pub year: Option<Place>,
}

/// A place that a mapping names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The column of a header, in any width; parts of headers in several rows with `/` between.
    Header(Said),
    /// The column of a letter.
    Letter(u32, Span),
    /// Always this text.
    Value(Said),
    /// A cell of the sheet (row and column from 0).
    Cell(u32, u32, Span),
}

impl Place {
    /// Where it stands in the mapping.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Header(said) | Self::Value(said) => said.span,
            Self::Letter(_, span) | Self::Cell(_, _, span) => *span,
        }
    }
}
