//! Facts as columns: one table a relation, one cell a fact, each with its place.
use super::{ColumnId, RelationId, Vocabulary};
use rustc_hash::FxHashMap;

use crate::text::Span;
use crate::value::{Date, Exact, FiscalYear, Interval, Qualifier};

/// An interned text: as printed, and its normal form, are both symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(pub u32);

/// A row of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowRef {
    /// Its relation.
    pub relation: RelationId,
    /// Its number there.
    pub row: u32,
}

/// A printed quantity as a fact. All numbers are in canonical terms: scale applied, `%` as 1/100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FigureValue {
    /// What is printed, as one number.
    pub value: Exact,
    /// What it denotes.
    pub interval: Interval,
    /// Canonical unit (synonyms resolved, normal form); `None` if no unit is printed.
    pub unit: Option<Symbol>,
    /// 以上 and the like.
    pub qualifier: Qualifier,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Cell {
    /// Nothing was written, or a dash.
    #[default]
    Missing,
    /// 判読不能, or a figure that could not be read (already reported).
    Unreadable,
    /// A qualitative text where a figure may stand: printed and normal form.
    Qualitative(Symbol, Symbol),
    /// A text: printed and normal form.
    Text(Symbol, Symbol),
    /// A whole number.
    Number(i64),
    /// A fiscal year.
    Year(FiscalYear),
    /// A day.
    Date(Date),
    /// A flag.
    Bool(bool),
    /// A printed figure, by its number in [`Facts::figures`].
    Figure(u32),
    /// Several texts, by number in [`Facts::lists`].
    List(u32),
    /// A reference as written, by number in [`Facts::references`]; the graph resolves it.
    Reference(u32),
}

/// A reference as written.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The row that holds it.
    pub from: RowRef,
    /// Its column.
    pub column: ColumnId,
    /// The relation it points into.
    pub target: RelationId,
    /// Code of the document, if one is named (normal form).
    pub document: Option<Symbol>,
    /// Code of a 分野 between, if one is named (normal form).
    pub within: Option<Symbol>,
    /// What is named.
    pub key: ReferenceKey,
    /// Where.
    pub span: Span,
}

/// What a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceKey {
    /// The number of a row.
    Number(i64),
    /// The code or name of a row (normal form).
    Name(Symbol),
    /// A mark without a target (`再掲` alone).
    Nothing,
}

/// The rows of one relation.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// For each column, for each row: the cell and its place (an empty span where nothing is written).
    pub columns: Vec<Vec<(Cell, Span)>>,
    /// The head of each row: where to point when a cell is not there.
    pub heads: Vec<Span>,
    /// The row in whose block each row stands.
    pub parents: Vec<Option<RowRef>>,
    /// Ordinal of each row within its relation and document, from 1.
    pub ordinals: Vec<u32>,
    /// The document each row belongs to (row number in the relation of documents).
    pub documents: Vec<u32>,
    /// Whether the extraction is unsure here or above (読取 低).
    pub unsure: Vec<bool>,
}

/// All facts of a workspace.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The words they are written in.
    pub vocabulary: Vocabulary,
    /// Tables by relation number.
    pub tables: Vec<Table>,
    /// Figures by number.
    pub figures: Vec<FigureValue>,
    /// Figures that are not read from what stands at their place alone (a unit in another column, a line break): their
    /// whole text.
    pub printed: FxHashMap<u32, Symbol>,
    /// Lists by number: printed, normal form, place.
    pub lists: Vec<Vec<(Symbol, Symbol, Span)>>,
    /// References by number.
    pub references: Vec<Reference>,
    /// Interned texts by symbol.
    pub symbols: Vec<String>,
}

impl Facts {
    /// The text of a symbol.
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        self.symbols.get(symbol.0 as usize).map_or("", String::as_str)
    }

    /// The cell of a row in a column, with its place.
    #[must_use]
    pub fn cell(&self, row: RowRef, column: ColumnId) -> (Cell, Span) {
        self.table(row.relation)
            .and_then(|t| t.columns.get(column.0 as usize)?.get(row.row as usize).copied())
            .unwrap_or_default()
    }

    /// The table of a relation.
    #[must_use]
    pub fn table(&self, relation: RelationId) -> Option<&Table> {
        self.tables.get(relation.0 as usize)
    }

    /// The nearest row at or above `row` that belongs to `relation` (itself left out).
    #[must_use]
    pub fn ancestor(&self, row: RowRef, relation: RelationId) -> Option<RowRef> {
        let mut at = self.parent(row);
        while let Some(above) = at {
            if above.relation == relation {
                return Some(above);
            }
            at = self.parent(above);
        }
        None
    }

    /// The row in whose block `row` stands.
    #[must_use]
    pub fn parent(&self, row: RowRef) -> Option<RowRef> {
        self.table(row.relation)?.parents.get(row.row as usize).copied().flatten()
    }
}
