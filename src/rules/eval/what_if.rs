//! Evaluation of what is not printed: some cells as if they held other numbers, and which cells an evaluation reads.
use super::*;

/// A cell: its row and its column.
pub(in crate::rules) type CellRef = (RowRef, ColumnId);

/// What an evaluation is told beyond the facts, and what it tells.
#[derive(Debug, Default)]
pub(in crate::rules) struct WhatIf {
    /// The numbers that cells are taken to hold: one or two, so that walking them is quickest.
    instead: RefCell<Vec<(CellRef, Number)>>,
    /// The numbers that open cells are taken to hold besides, however many.
    filled: RefCell<FxHashMap<CellRef, Number>>,
    /// The cells that were read since somebody began to listen.
    read: RefCell<Vec<CellRef>>,
    listening: Cell<bool>,
}

impl WhatIf {
    /// The number that a cell is taken to hold, if it is.
    pub(super) fn number(&self, cell: CellRef) -> Option<Number> {
        if self.listening.get() {
            self.read.borrow_mut().push(cell);
        }
        let one = self.instead.borrow().iter().find(|(of, _)| *of == cell).map(|(_, number)| *number);
        one.or_else(|| self.filled.borrow().get(&cell).copied())
    }

    /// Takes cells to hold numbers from now on, and those of before to hold what is printed there.
    pub(in crate::rules) fn fill(&self, filled: FxHashMap<CellRef, Number>) {
        self.filled.replace(filled);
    }

    /// Takes a cell to hold a number from now on, or what is printed there; gives what it was taken to hold before.
    pub(in crate::rules) fn suppose(&self, cell: CellRef, number: Option<Number>) -> Option<Number> {
        let mut instead = self.instead.borrow_mut();
        let before = instead.iter().position(|(of, _)| *of == cell).map(|at| instead.swap_remove(at).1);
        instead.extend(number.map(|number| (cell, number)));
        before
    }

    /// The cells that `work` reads, each once and in the order of the facts, and what it gives.
    pub(in crate::rules) fn listen<T>(&self, work: impl FnOnce() -> T) -> (T, Vec<CellRef>) {
        self.listening.set(true);
        let given = work();
        self.listening.set(false);
        let mut read = self.read.take();
        read.sort_unstable();
        read.dedup();
        (given, read)
    }
}

impl Context<'_> {
    /// The number that a cell holds, or is taken to hold; nothing if it holds no figure.
    pub(in crate::rules) fn figure_in(&self, (row, column): CellRef) -> Option<Number> {
        self.cell_value(row, column).ok().filter(Value::is_number)?.as_number(self.facts)
    }

    /// Whether a cell is printed as a figure.
    pub(in crate::rules) fn is_figure(&self, (row, column): CellRef) -> bool {
        matches!(self.facts.cell(row, column), Fact::Figure(_))
    }
}
