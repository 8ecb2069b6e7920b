//! Conditions made ready: where their cells are kept is found once for all rows that are asked. Nearly every condition holds
//! cells of the rows at hand against each other or against something fixed, and is decided on the cells as they are kept;
//! what is not that simple, or meets a cell that is not, is left to the walk over its expression, which says the same
//! (the plain nested loops, which know nothing of this, are what tests compare with).
use std::rc::Rc;
use std::sync::Arc;

use memchr::memmem::Finder;

use super::index::{ELSEWHERE, Part, document_word, packed_word};
use super::next::Next;
use super::together::Together;
use super::*;
use crate::plan::Symbols;
use crate::rules::ir::{Plan, Step};

/// The plan of a query with its conditions made ready.
pub(in crate::rules) struct Ready<'a> {
    /// What was made ready.
    pub plan: Arc<Plan>,
    pub before: Vec<Test<'a>>,
    pub steps: Vec<ReadyStep<'a>>,
    /// The row that is looked at first, if the question is whether there is one.
    pub(super) next: Option<Next>,
}

/// A step of it.
#[derive(Default)]
pub(in crate::rules) struct ReadyStep<'a> {
    /// What a row has to meet; first what its own cells tell, whatever the other rows are.
    pub filters: Vec<Test<'a>>,
    /// Those of the first kind, as far as they are decided at a glance.
    own: Vec<Glance<'a>>,
    /// Those that come next, as far as they are decided so by what is known before.
    held: Vec<Held<'a>>,
    /// What rows are looked up by.
    pub keys: Vec<Side<'a>>,
    /// What a row has for each of them, if all of it is kept in the facts.
    pub parts: Vec<Part<'a>>,
    /// Where the rows are looked through instead, a document at a time.
    pub together: Option<Together<'a>>,
    /// The index, once it was asked for.
    pub used: Cell<Option<Used<'a>>>,
}

/// A condition.
pub(in crate::rules) enum Test<'a> {
    /// Whether something stands in a cell.
    Printed(Cells<'a>, bool, Node),
    /// Whether the text of a cell is this one (in its normal form), or another one.
    Word(Cells<'a>, Symbol, bool, Node),
    /// Whether the text of a cell contains this one.
    Contains(Cells<'a>, Box<Sought>, Node),
    Compare(CompareOp, Side<'a>, Side<'a>, Node),
    Exists(Rc<Ready<'a>>),
    Not(Box<Test<'a>>),
    And(Box<[Test<'a>; 2]>),
    Or(Box<[Test<'a>; 2]>),
    If(Box<[Test<'a>; 3]>),
    /// Anything else.
    Walked(Node),
}

/// A part that texts are looked through for, and what came of it for the last of them: names come again in every edition of a
/// plan, and to look at one means to wait for memory.
pub(in crate::rules) struct Sought {
    part: Finder<'static>,
    /// By the last bits of the symbol of a text: the symbol and whether the part is in it, or nothing.
    lately: [Cell<u32>; 1024],
}

impl Sought {
    fn new(part: &str) -> Self {
        let part = Finder::new(normal::normal(part).as_bytes()).into_owned();
        Self { part, lately: [const { Cell::new(u32::MAX) }; 1024] }
    }

    /// Whether a text contains it.
    #[inline]
    fn is_in(&self, text: Symbol, facts: &Facts) -> bool {
        let place = self.lately.get(text.0 as usize % self.lately.len());
        if let Some(known) = place.map(Cell::get).filter(|known| known >> 1 == text.0) {
            return known & 1 == 1;
        }
        let found = self.part.find(facts.text(facts.symbols.folded(text)).as_bytes()).is_some();
        if let Some(place) = place.filter(|_| text.0 < u32::MAX >> 1) {
            place.set(text.0 << 1 | u32::from(found));
        }
        found
    }
}

/// A condition on one cell of a row.
struct Glance<'a> {
    column: &'a [Packed],
    wanted: bool,
    /// The text that the cell is asked for; if something stands there, where there is none.
    word: Option<Symbol>,
}

impl<'a> Glance<'a> {
    /// What a condition asks of the row that `slot` holds, if it is one on a cell of that row and nothing else.
    fn of(test: &Test<'a>, slot: usize) -> Option<Self> {
        let (cells, word, wanted) = match test {
            Test::Printed(cells, wanted, _) => (cells, None, *wanted),
            Test::Word(cells, word, wanted, _) => (cells, Some(*word), *wanted),
            _ => return None,
        };
        let own = cells.slot == slot && cells.documents.is_none();
        own.then_some(Self { column: cells.column, wanted, word })
    }

    /// Whether a row meets it; `None` if its cell alone does not tell.
    #[inline]
    fn decide(&self, row: u32, symbols: &Symbols) -> Option<bool> {
        let cell = *self.column.get(row as usize)?;
        match self.word {
            None => cell.is_printed().map(|printed| printed == self.wanted),
            Some(_) if cell.is_missing() => Some(false),
            Some(word) => cell.text().map(|text| (symbols.folded(text) == word) == self.wanted),
        }
    }
}

/// A condition that holds one cell of a row, or of its document, against what is known before the row is.
struct Held<'a> {
    cells: Cells<'a>,
    op: CompareOp,
    other: Side<'a>,
}

/// What cells of rows are held against, as it is kept; nothing where nothing is.
pub(super) type Known = [Packed; MOST_HELD];

/// More conditions than this are not decided at a glance.
const MOST_HELD: usize = 4;

impl<'a> Held<'a> {
    fn of(test: &Test<'a>, slot: usize) -> Option<Self> {
        let Test::Compare(op, a, b, _) = test else { return None };
        let of = |cell: &Side<'a>, op, other: &Side<'a>| match cell {
            Side::Cell(cells) if cells.slot == slot && !other.reads(slot) => {
                Some(Self { cells: cells.clone(), op, other: other.clone() })
            }
            _ => None,
        };
        of(a, *op, b).or_else(|| of(b, op.turned(), a))
    }

    /// Whether a row meets it; `None` if how the two are kept does not tell.
    #[inline]
    fn decide(&self, row: u32, other: Packed) -> Option<bool> {
        self.cells.at(row)?.order(other).and_then(|order| decided(self.op, order))
    }
}

impl<'a> ReadyStep<'a> {
    /// Takes its filters: first those that are decided at a glance.
    fn take(&mut self, tests: Vec<Test<'a>>, slot: usize) {
        let (own, rest): (Vec<_>, Vec<_>) = tests.into_iter().partition(|test| Glance::of(test, slot).is_some());
        let mut room = MOST_HELD;
        let (held, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|test| {
            let held = room > 0 && Held::of(test, slot).is_some();
            room -= usize::from(held);
            held
        });
        self.own = own.iter().filter_map(|test| Glance::of(test, slot)).collect();
        self.held = held.iter().filter_map(|test| Held::of(test, slot)).collect();
        self.filters = own.into_iter().chain(held).chain(rest).collect();
    }

    /// What its filters hold cells of rows against, before a row is there.
    #[inline]
    pub fn known(&self, frame: &Frame) -> Known {
        let mut known = Known::default();
        for (place, held) in known.iter_mut().zip(&self.held) {
            *place = held.other.packed(frame).unwrap_or_default();
        }
        known
    }

    /// What the own cells of a row tell of the filters: how many of them are met for certain, the first ones; `None` if one of
    /// them is not.
    #[inline(always)]
    pub fn glance(&self, row: u32, symbols: &Symbols, known: &[Packed]) -> Option<usize> {
        let mut met = self.own.len() + self.held.len();
        for own in &self.own {
            match own.decide(row, symbols) {
                Some(true) => {}
                Some(false) => return None,
                None => met = 0,
            }
        }
        if self.held.is_empty() { Some(met) } else { self.hold(row, known).map(|all| if all { met } else { 0 }) }
    }

    /// Whether what is held against a row lets it pass for certain; `None` if it does not let it pass.
    #[inline(never)]
    fn hold(&self, row: u32, known: &[Packed]) -> Option<bool> {
        let mut all = true;
        for (held, other) in self.held.iter().zip(known) {
            match held.decide(row, *other) {
                Some(true) => {}
                Some(false) => return None,
                None => all = false,
            }
        }
        Some(all)
    }
}

/// A column, as it is asked for by the row of a variable or by the document of that row.
#[derive(Clone)]
pub(in crate::rules) struct Cells<'a> {
    slot: usize,
    relation: RelationId,
    documents: Option<&'a [u32]>,
    column: &'a [Packed],
}

/// What is held against something else.
#[derive(Clone)]
pub(in crate::rules) enum Side<'a> {
    Cell(Cells<'a>),
    /// A cell, or the other where nothing stands in it (補う).
    OrElse(Cells<'a>, Box<Side<'a>>),
    /// A whole number, so much more or less.
    Moved(Cells<'a>, i64),
    Fixed(Packed),
    /// The document of a row.
    Document(usize, RelationId, &'a [u32]),
    /// Anything else.
    Walked,
}

impl Cells<'_> {
    /// The cell as it is kept; `None` if the variable holds no row of the relation.
    #[inline]
    fn get(&self, frame: &Frame) -> Option<Packed> {
        self.at(row_in(frame, self.slot, self.relation)?)
    }

    /// The cell for a row of the relation.
    #[inline]
    fn at(&self, row: u32) -> Option<Packed> {
        let row = match self.documents {
            None => row,
            Some(documents) => *documents.get(row as usize)?,
        };
        self.column.get(row as usize).copied()
    }
}

#[inline]
fn row_in(frame: &Frame, slot: usize, relation: RelationId) -> Option<u32> {
    match frame.get(slot) {
        Some(Value::Row(row)) if row.relation == relation => Some(row.row),
        _ => None,
    }
}

impl Side<'_> {
    /// Whether it may hang on what a slot holds.
    fn reads(&self, slot: usize) -> bool {
        match self {
            Self::Cell(cells) | Self::Moved(cells, _) => cells.slot == slot,
            Self::OrElse(cells, other) => cells.slot == slot || other.reads(slot),
            Self::Fixed(_) => false,
            // Rows are not held against each other.
            Self::Document(..) | Self::Walked => true,
        }
    }

    /// What it is, as cells are kept; `None` where it is nothing that is kept in a cell.
    #[inline]
    fn packed(&self, frame: &Frame) -> Option<Packed> {
        match self {
            Self::Cell(cells) => cells.get(frame),
            Self::Fixed(packed) => Some(*packed),
            _ => self.made(frame),
        }
    }

    fn made(&self, frame: &Frame) -> Option<Packed> {
        match self {
            Self::OrElse(cells, other) => match cells.get(frame)? {
                cell if cell.is_missing() => other.packed(frame).filter(|cell| cell.is_number()),
                cell => cell.is_number().then_some(cell),
            },
            Self::Moved(cells, by) => Packed::of_number(cells.get(frame)?.number()?.checked_add(*by)?),
            Self::Cell(_) | Self::Fixed(_) | Self::Document(..) | Self::Walked => None,
        }
    }

    /// What rows are looked up by, in one word; it is elsewhere where it is nothing that is kept in a cell.
    #[inline]
    pub fn word(&self, frame: &Frame, symbols: &Symbols) -> u64 {
        match self {
            Self::Document(slot, relation, documents) => {
                let row = row_in(frame, *slot, *relation).and_then(|row| documents.get(row as usize));
                row.map_or(ELSEWHERE, |document| document_word(*document))
            }
            _ => self.packed(frame).map_or(ELSEWHERE, |cell| packed_word(cell, symbols)),
        }
    }
}

impl<'a> Context<'a> {
    /// A query made ready, once for this evaluation.
    pub(super) fn ready(&self, query: &Query) -> Rc<Ready<'a>> {
        // What was made ready holds its plan, so that no other one can come to lie at the same address.
        let address = Arc::as_ptr(&query.plan).addr();
        if let Some(known) = self.ready.borrow().get(&address) {
            return Rc::clone(known);
        }
        let made = Rc::new(self.make_ready(&query.plan));
        self.ready.borrow_mut().insert(address, Rc::clone(&made));
        made
    }

    fn make_ready(&self, plan: &Arc<Plan>) -> Ready<'a> {
        let tests = |nodes: &[Node]| nodes.iter().map(|n| self.test(n)).collect::<Vec<_>>();
        let step = |step: &Step| {
            let mut ready = ReadyStep::default();
            ready.take(tests(&step.filters), step.slot);
            if let Access::Index(index_use) = &step.access {
                ready.keys = index_use.keys.iter().map(|(_, outer)| self.side(outer)).collect();
                ready.parts = self.kept_parts(index_use);
                ready.together = self.together(index_use.relation, &ready.parts);
            }
            ready
        };
        let steps: Vec<ReadyStep<'a>> = plan.steps.iter().map(step).collect();
        let before = tests(&plan.before);
        let next =
            matches!(steps.as_slice(), [step] if before.is_empty() && !step.parts.is_empty()).then(Next::default);
        Ready { before, steps, next, plan: Arc::clone(plan) }
    }

    /// A condition made ready.
    pub(in crate::rules) fn test(&self, node: &Node) -> Test<'a> {
        self.simple(node).unwrap_or_else(|| Test::Walked(node.clone()))
    }

    fn simple(&self, node: &Node) -> Option<Test<'a>> {
        if self.only_walks() {
            return None;
        }
        let both = |a, b| Box::new([self.test(a), self.test(b)]);
        Some(match &*node.kind {
            Kind::Is(a, State::Present) => Test::Printed(self.cells(a)?, true, node.clone()),
            Kind::Is(a, State::Missing) => Test::Printed(self.cells(a)?, false, node.clone()),
            Kind::Not(a) => Test::Not(Box::new(self.test(a))),
            Kind::And(a, b) => Test::And(both(a, b)),
            Kind::Or(a, b) => Test::Or(both(a, b)),
            Kind::If(a, b, c) => Test::If(Box::new([self.test(a), self.test(b), self.test(c)])),
            Kind::Contains(a, b) => {
                let Kind::Text(part) = &*b.kind else { return None };
                Test::Contains(self.cells(a)?, Box::new(Sought::new(part)), node.clone())
            }
            Kind::Compare(op @ (CompareOp::Equal | CompareOp::NotEqual), a, b) if matches!(*b.kind, Kind::Text(_)) => {
                let Kind::Text(text) = &*b.kind else { return None };
                let folded = self.intern(&normal::normal(text));
                Test::Word(self.cells(a)?, folded, *op == CompareOp::Equal, node.clone())
            }
            Kind::Compare(op, a, b) if !matches!(a.ty, Type::Set(_)) => match (self.side(a), self.side(b)) {
                (Side::Walked | Side::Document(..), _) | (_, Side::Walked | Side::Document(..)) => return None,
                (a, b) => Test::Compare(*op, a, b, node.clone()),
            },
            Kind::Aggregate(Aggregate::Exists, query, _) => Test::Exists(self.ready(query)),
            _ => return None,
        })
    }

    /// Whether no condition is decided on cells as they are kept: where cells hold something else than what is printed, and in the
    /// reference, which is also watched.
    fn only_walks(&self) -> bool {
        self.what_if.is_some() || self.strategy == Strategy::NestedLoop
    }

    fn side(&self, node: &Node) -> Side<'a> {
        self.simple_side(node).unwrap_or(Side::Walked)
    }

    fn simple_side(&self, node: &Node) -> Option<Side<'a>> {
        if self.what_if.is_some() {
            return None;
        }
        Some(match &*node.kind {
            Kind::Cell(..) => Side::Cell(self.cells(node)?),
            Kind::Constant(Value::Integer(n)) => Side::Fixed(Packed::of_number(*n)?),
            Kind::Figure(number, unit) if unit.is_empty() => match Value::number(*number) {
                Value::Integer(n) => Side::Fixed(Packed::of_number(n)?),
                _ => return None,
            },
            Kind::Ancestor(base, DOCUMENTS) => {
                let (slot, relation) = self.variable(base)?;
                Side::Document(slot, relation, &self.facts.table(relation)?.documents)
            }
            // Nothing is computed with a figure in dispute.
            _ if !self.conflicts.is_empty() => return None,
            Kind::Call(Function::OrElse, arguments) => match arguments.as_slice() {
                [first, other] => Side::OrElse(self.cells(first)?, Box::new(self.simple_side(other)?)),
                _ => return None,
            },
            Kind::Arithmetic(op @ (ArithmeticOp::Add | ArithmeticOp::Subtract), a, b) => {
                let Side::Fixed(by) = self.simple_side(b)? else { return None };
                let by = by.number()?;
                Side::Moved(self.cells(a)?, if *op == ArithmeticOp::Add { by } else { -by })
            }
            _ => return None,
        })
    }

    /// The column that an expression names, of the row of a variable or of its document.
    fn cells(&self, node: &Node) -> Option<Cells<'a>> {
        let Kind::Cell(base, column) = &*node.kind else { return None };
        let of = |relation| self.facts.table(relation)?.columns.get(column.0 as usize).map(Vec::as_slice);
        if let Kind::Ancestor(base, DOCUMENTS) = &*base.kind {
            let (slot, relation) = self.variable(base)?;
            let documents = Some(self.facts.table(relation)?.documents.as_slice());
            return Some(Cells { slot, relation, documents, column: of(DOCUMENTS)? });
        }
        let (slot, relation) = self.variable(base)?;
        (!self.shared.is_defined(relation)).then_some(Cells { slot, relation, documents: None, column: of(relation)? })
    }

    /// A variable over the rows of a relation, and which. Rows that rules make have no documents of their own: they are asked for
    /// by the walk.
    fn variable(&self, node: &Node) -> Option<(usize, RelationId)> {
        match (&*node.kind, &node.ty) {
            (Kind::Slot(slot), Type::Row(relation)) => Some((*slot, *relation)),
            _ => None,
        }
    }

    /// Three-valued truth of a condition made ready. Each kind has a function of its own that stays one, so that a comparison
    /// of two cells does not make room on the stack for all that a search needs.
    pub(in crate::rules) fn truth_of(&self, test: &Test<'a>, frame: &mut Frame) -> Result<bool, Why> {
        match test {
            Test::Printed(cells, wanted, node) => self.is_printed(cells, *wanted, node, frame),
            Test::Word(cells, word, wanted, node) => self.is_word(cells, (*word, *wanted), node, frame),
            Test::Contains(cells, part, node) => self.has_part(cells, part, node, frame),
            Test::Compare(op, a, b, node) => self.compare_sides(*op, (a, b), node, frame),
            Test::Exists(ready) => self.exists(ready, frame),
            Test::Not(a) => self.negated(a, frame),
            Test::And(parts) => self.both(parts, false, frame),
            Test::Or(parts) => self.both(parts, true, frame),
            Test::If(parts) => self.chosen(parts, frame),
            Test::Walked(node) => self.truth(node, frame),
        }
    }

    #[inline(never)]
    fn is_printed(&self, cells: &Cells<'a>, wanted: bool, node: &Node, frame: &mut Frame) -> Result<bool, Why> {
        match cells.get(frame).and_then(Packed::is_printed) {
            Some(printed) => Ok(printed == wanted),
            None => self.truth(node, frame),
        }
    }

    #[inline(never)]
    fn is_word(
        &self,
        cells: &Cells<'a>,
        (word, wanted): (Symbol, bool),
        node: &Node,
        frame: &mut Frame,
    ) -> Result<bool, Why> {
        match cells.get(frame) {
            Some(cell) if cell.is_missing() => Err(Why::Missing),
            cell => match cell.and_then(Packed::text) {
                Some(text) => Ok((self.facts.symbols.folded(text) == word) == wanted),
                None => self.truth(node, frame),
            },
        }
    }

    #[inline(never)]
    fn has_part(&self, cells: &Cells<'a>, part: &Sought, node: &Node, frame: &mut Frame) -> Result<bool, Why> {
        match cells.get(frame) {
            Some(cell) if cell.is_missing() => Err(Why::Missing),
            cell => match cell.and_then(Packed::text) {
                Some(text) => Ok(part.is_in(text, self.facts)),
                None => self.truth(node, frame),
            },
        }
    }

    #[inline(never)]
    fn compare_sides(
        &self,
        op: CompareOp,
        (a, b): (&Side<'a>, &Side<'a>),
        node: &Node,
        frame: &mut Frame,
    ) -> Result<bool, Why> {
        match (a.packed(frame), b.packed(frame)) {
            (Some(a), Some(b)) => self.compare_packed(op, a, b),
            _ => self.truth(node, frame),
        }
    }

    #[inline(never)]
    fn exists(&self, ready: &Ready<'a>, frame: &mut Frame) -> Result<bool, Why> {
        if self.is_next(ready, frame) {
            return Ok(true);
        }
        let mut found = false;
        let torn = self.run_ready(ready, None, frame, &mut |frame| {
            self.note_found(ready, frame);
            found = true;
            Flow::Stop
        });
        if found { Ok(true) } else { torn.map(|()| false) }
    }

    #[inline(never)]
    fn negated(&self, test: &Test<'a>, frame: &mut Frame) -> Result<bool, Why> {
        Ok(!self.truth_of(test, frame)?)
    }

    #[inline(never)]
    fn chosen(&self, [condition, then, otherwise]: &[Test<'a>; 3], frame: &mut Frame) -> Result<bool, Why> {
        let branch = if self.truth_of(condition, frame)? { then } else { otherwise };
        self.truth_of(branch, frame)
    }

    /// かつ and または: one part with this truth decides, whatever the other is.
    #[inline(never)]
    fn both(&self, [a, b]: &[Test<'a>; 2], decisive: bool, frame: &mut Frame) -> Result<bool, Why> {
        match self.truth_of(a, frame) {
            Ok(truth) if truth == decisive => Ok(decisive),
            Ok(_) => self.truth_of(b, frame),
            Err(why) => match self.truth_of(b, frame) {
                Ok(truth) if truth == decisive => Ok(decisive),
                _ => Err(why),
            },
        }
    }

    /// Holds two cells against each other as they are kept.
    #[inline]
    fn compare_packed(&self, op: CompareOp, a: Packed, b: Packed) -> Result<bool, Why> {
        if let Some(decided) = a.order(b).and_then(|order| decided(op, order)) {
            return Ok(decided);
        }
        // Whether they can be printings of one figure hangs on what they denote, not on their values alone.
        if op != CompareOp::Consistent
            && let (Some(a), Some(b)) = (self.facts.ten_thousandths(a), self.facts.ten_thousandths(b))
        {
            return Ok(holds(op, a.cmp(&b)));
        }
        self.compare_values(op, a, b)
    }

    #[inline(never)]
    fn compare_values(&self, op: CompareOp, a: Packed, b: Packed) -> Result<bool, Why> {
        let value = |cell| self.unpacked(cell).unwrap_or_else(Value::Unknown);
        self.compare(op, &value(a), &value(b))
    }
}

/// What a comparison says of two cells as they are kept; `None` where texts have no order.
fn decided(op: CompareOp, (order, ordered): (Ordering, bool)) -> Option<bool> {
    let equality = matches!(op, CompareOp::Equal | CompareOp::Consistent | CompareOp::NotEqual);
    (ordered || equality).then(|| holds(op, order))
}
