//! Facts as columns: one table a relation, one cell a fact, each with its place.
use super::{ColumnId, Packed, Places, RelationId, Symbol, Symbols, Vocabulary};

use crate::text::Span;
use crate::value::{Date, Exact, FiscalYear, Interval, Qualifier};

/// A row of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowRef {
    /// Its relation.
    pub relation: RelationId,
    /// Its number there.
    pub row: u32,
}

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// None is printed: it takes the unit of what it is compared with.
    Open,
    /// This unit (canonical: synonyms resolved, normal form); `%` numbers are stored as fractions.
    Of(Symbol),
    /// A quotient of like units; nothing that is printed.
    Ratio,
}

impl Unit {
    /// The unit that is printed, if one is.
    #[must_use]
    pub fn printed(self) -> Option<Symbol> {
        if let Self::Of(symbol) = self { Some(symbol) } else { None }
    }
}

/// A number: what is printed or computed, what it denotes, and its unit. All in canonical terms: scale applied, `%` as
/// 1/100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number {
    /// The number itself.
    pub value: Exact,
    /// What it denotes.
    pub interval: Interval,
    /// Its unit.
    pub unit: Unit,
    /// 以上 and the like.
    pub qualifier: Qualifier,
    /// Whether it is printed, and not computed: two printings of one precision are of one figure only if they are equal.
    pub printed: bool,
}

impl Number {
    /// An exact number without unit.
    #[must_use]
    pub fn plain(value: Exact) -> Self {
        let interval = Interval::point(value);
        Self { value, interval, unit: Unit::Open, qualifier: Qualifier::None, printed: false }
    }
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
    /// For each column, for each row: the cell.
    pub columns: Vec<Vec<Packed>>,
    /// Where the cells stand (see [`Facts::place`]).
    pub(super) places: Places,
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
    /// Figures by number; cells that print the same text in the same way share one.
    pub figures: Vec<Number>,
    /// For each figure: how many ten-thousandths it is, if it has neither unit nor qualifier and is a whole number of them.
    /// Such figures stand to each other as these numbers do, which lie together in the caches.
    pub(super) ten_thousandths: Vec<Option<i64>>,
    /// The text that each figure was read from: what stands at its place, or put together from several places (a unit in
    /// another column, a line break).
    pub printed: Vec<Symbol>,
    /// Lists by number: printed, normal form, place.
    pub lists: Vec<Vec<(Symbol, Symbol, Span)>>,
    /// References by number.
    pub references: Vec<Reference>,
    /// Interned texts.
    pub symbols: Symbols,
}

impl Facts {
    /// The text of a symbol.
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        self.symbols.text(symbol)
    }

    /// The cell of a row in a column.
    #[must_use]
    pub fn cell(&self, row: RowRef, column: ColumnId) -> Cell {
        self.packed(row, column).unwrap_or_default().unpack(&self.symbols)
    }

    /// The cell of a row in a column as it is kept; `None` for a row that no file has written.
    #[must_use]
    #[inline]
    pub fn packed(&self, row: RowRef, column: ColumnId) -> Option<Packed> {
        let table = self.tables.get(row.relation.0 as usize)?;
        table.columns.get(column.0 as usize)?.get(row.row as usize).copied()
    }

    /// The cells of a column, row by row.
    pub fn cells(&self, relation: RelationId, column: ColumnId) -> impl Iterator<Item = Cell> + '_ {
        let column = self.table(relation).and_then(|t| t.columns.get(column.0 as usize));
        column.into_iter().flatten().map(|packed| packed.unpack(&self.symbols))
    }

    /// The figure of a number, and the text that it was read from.
    #[must_use]
    pub fn figure(&self, id: u32) -> Option<(&Number, &str)> {
        Some((self.figures.get(id as usize)?, self.text(*self.printed.get(id as usize)?)))
    }

    /// How many ten-thousandths a whole number or a figure is, if it has neither unit nor qualifier.
    #[must_use]
    #[inline]
    pub fn ten_thousandths(&self, cell: Packed) -> Option<i64> {
        match cell.figure() {
            Some(id) => *self.ten_thousandths.get(id as usize)?,
            None => cell.number()?.checked_mul(10_000),
        }
    }

    /// Keeps a figure, with the text that it was read from; its number.
    pub(super) fn add_figure(&mut self, figure: Number, printed: Symbol) -> u32 {
        let id = u32::try_from(self.figures.len()).unwrap_or(u32::MAX);
        let plain = figure.unit == Unit::Open && figure.qualifier == Qualifier::None;
        let parts = figure.value.checked_mul(Exact::from_int(10_000)).filter(|_| plain);
        self.ten_thousandths.push(parts.and_then(Exact::to_i64));
        self.figures.push(figure);
        self.printed.push(printed);
        id
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

    /// The document that a row of the facts stands in; `None` for one that is a document, or that rules make.
    #[must_use]
    #[inline]
    pub fn document(&self, row: RowRef) -> Option<RowRef> {
        if row.relation == super::DOCUMENTS {
            return None;
        }
        let document = *self.table(row.relation)?.documents.get(row.row as usize)?;
        Some(RowRef { relation: super::DOCUMENTS, row: document })
    }

    /// The number of the document that a row of the facts stands in, or that it is.
    #[must_use]
    pub fn document_number(&self, row: RowRef) -> u32 {
        self.document(row).unwrap_or(row).row
    }

    /// The row in whose block `row` stands.
    #[must_use]
    pub fn parent(&self, row: RowRef) -> Option<RowRef> {
        self.table(row.relation)?.parents.get(row.row as usize).copied().flatten()
    }
}
