//! What texts were read as: a text is parsed once for each way of reading it, however often it is printed.
use hashbrown::HashMap;

use super::{Cell, ColumnType, Packed, Symbol};
use crate::value::Rounding;

/// Cells by the way of reading and the text.
#[derive(Debug, Default)]
pub struct Readings {
    kinds: Vec<(ColumnType, Rounding)>,
    /// By kind and symbol.
    cells: Vec<Vec<Option<Packed>>>,
}

impl Readings {
    /// The number of a way of reading.
    pub fn kind(&mut self, ty: &ColumnType, rounding: Rounding) -> usize {
        if let Some(known) = self.kinds.iter().position(|k| k.1 == rounding && k.0 == *ty) {
            return known;
        }
        self.kinds.push((ty.clone(), rounding));
        self.cells.push(Vec::new());
        self.kinds.len() - 1
    }

    /// What a text was read as.
    pub fn get(&self, kind: usize, text: Symbol) -> Option<Packed> {
        self.cells.get(kind)?.get(text.0 as usize).copied().flatten()
    }

    /// Keeps what a text was read as.
    pub fn put(&mut self, kind: usize, text: Symbol, cell: Cell) {
        let Some(cells) = self.cells.get_mut(kind) else { return };
        let at = text.0 as usize;
        if cells.len() <= at {
            cells.resize(at + 1, None);
        }
        if let Some(place) = cells.get_mut(at) {
            *place = Some(Packed::pack(cell));
        }
    }
}

/// How the texts of some columns are read, and what the short ones among them were read as: most cells of a large sheet hold
/// a number, a unit or a word that has come before, and are then found without being looked at again.
#[derive(Debug, Clone)]
pub struct ReadAs {
    ty: ColumnType,
    /// What the short texts mean while figures are rounded in this way.
    rounding: Rounding,
    short: HashMap<u128, Packed>,
}

/// More short texts than this are not kept: a column of ever new texts gains nothing by it.
const MOST_SHORT: usize = 1 << 16;

impl ReadAs {
    /// For columns of a type.
    #[must_use]
    pub fn new(ty: &ColumnType) -> Self {
        Self { ty: ty.clone(), rounding: Rounding::Nearest, short: HashMap::new() }
    }

    /// The type of the columns.
    #[must_use]
    pub fn ty(&self) -> &ColumnType {
        &self.ty
    }

    /// What a short text, given as a word (see [`crate::text::Page::word`]), was read as before.
    #[inline]
    pub(super) fn before(&mut self, word: u128, rounding: Rounding) -> Option<Packed> {
        if self.rounding != rounding {
            self.rounding = rounding;
            self.short.clear();
        }
        self.short.get(&word).copied()
    }

    /// Keeps what a short text was read as.
    pub(super) fn keep(&mut self, word: u128, cell: Packed) {
        if self.short.len() < MOST_SHORT {
            self.short.insert(word, cell);
        }
    }
}
