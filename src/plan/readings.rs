//! What texts were read as: a text is parsed once for each way of reading it, however often it is printed.
use super::terms::{Known, Term};
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

/// How the texts of some columns are read, and what those with a term were read as: most cells of a large sheet hold a
/// number, a unit or a name that has come before, and are then not looked at again.
#[derive(Debug, Clone)]
pub struct ReadAs {
    ty: ColumnType,
    is_number: bool,
    /// What terms mean while figures are rounded in this way.
    rounding: Rounding,
    /// Of plain figures, by term; none of them is missing but those that were never read.
    figures: Vec<Packed>,
    /// Of other texts, by who numbers them and by term.
    texts: Vec<Vec<Option<Packed>>>,
}

impl ReadAs {
    /// For columns of a type.
    #[must_use]
    pub fn new(ty: &ColumnType) -> Self {
        Self {
            ty: ty.clone(),
            is_number: *ty == ColumnType::Number,
            rounding: Rounding::Nearest,
            figures: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// The type of the columns.
    #[must_use]
    pub fn ty(&self) -> &ColumnType {
        &self.ty
    }

    /// What a text was read as before. A plain number is what it is without having been read.
    #[inline]
    pub(super) fn before(&mut self, term: Term, rounding: Rounding) -> Option<Packed> {
        if self.rounding != rounding {
            self.rounding = rounding;
            self.figures.clear();
            self.texts.iter_mut().for_each(Vec::clear);
        }
        match term.known() {
            Known::Figure(at) => match term.number().filter(|_| self.is_number) {
                Some(number) => Packed::of_number(i64::from(number)),
                None => self.figures.get(at).copied().filter(|cell| !cell.is_missing()),
            },
            Known::Text(by, at) => self.texts.get(by)?.get(at).copied().flatten(),
        }
    }

    /// Keeps what a text was read as.
    pub(super) fn keep(&mut self, term: Term, cell: Packed) {
        match term.known() {
            Known::Figure(at) => put(&mut self.figures, at, cell),
            Known::Text(by, at) => {
                if self.texts.len() <= by {
                    self.texts.resize_with(by + 1, Vec::new);
                }
                if let Some(known) = self.texts.get_mut(by) {
                    put(known, at, Some(cell));
                }
            }
        }
    }
}

fn put<T: Clone + Default>(known: &mut Vec<T>, at: usize, what: T) {
    if known.len() <= at {
        known.resize((at + 1).next_power_of_two(), T::default());
    }
    if let Some(place) = known.get_mut(at) {
        *place = what;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Terms;

    /// A dash says that there is nothing; it is the most frequent text of many columns.
    #[test]
    fn that_nothing_stands_in_a_cell_is_known_too() {
        let (mut terms, mut reading) = (Terms::new(1), ReadAs::new(&ColumnType::Text));
        let dash = terms.of("－".as_bytes()).unwrap();
        reading.keep(dash, Packed::MISSING);
        assert_eq!(reading.before(dash, Rounding::Nearest), Some(Packed::MISSING));
        assert_eq!(reading.before(terms.of(b"5").unwrap(), Rounding::Nearest), None);
    }

    /// What is rounded in another way denotes something else.
    #[test]
    fn what_was_read_is_forgotten_where_figures_are_rounded_in_another_way() {
        let (mut terms, mut reading) = (Terms::new(1), ReadAs::new(&ColumnType::Text));
        let texts = ["61.5", "615", "達成", "水産資源管理相談件数（累計）"];
        for text in texts {
            let term = terms.of(text.as_bytes()).unwrap();
            assert_eq!(reading.before(term, Rounding::Nearest), None, "{text}");
            reading.keep(term, Packed::UNREADABLE);
            assert_eq!(reading.before(term, Rounding::Nearest), Some(Packed::UNREADABLE), "{text}");
        }
        for text in texts {
            assert_eq!(reading.before(terms.of(text.as_bytes()).unwrap(), Rounding::Down), None, "{text}");
        }
    }
}
