//! Evaluation: typed expressions over the facts, three-valued.
//!
//! A condition (前提, the conditions of a comprehension) that meets a missing value is not met, as in a
//! database; one that meets an unreadable value makes the whole not judged, so that a torn cell never
//! raises a false alarm.
mod aggregate;
mod call;
mod collect;
mod defined;
mod index;
mod lookup;
mod next;
mod place;
mod ready;
mod search;
mod series;
mod shared;
mod together;
mod what_if;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::coverage::Seen;
use super::describe::describe;
use super::functions::{Function, core_of};
use super::ir::{Access, IndexUse, Kind, Node, Order, Query, RangeSource};
use super::number;
use super::pack::Pack;
use super::types::Type;
use super::value::{Key, Number, Unit, Value, Why};
use super::words::listed;
use crate::graph::{Graph, Resolved};
use crate::plan::{Cell as Fact, ColumnId, DOCUMENTS, Facts, Packed, RelationId, RelationKind, RowRef, Symbol};
use crate::syntax::rules::{Aggregate, ArithmeticOp, CompareOp, State};
use crate::text::near::likeness;
use crate::text::{Sources, Span, Stop, normal};
use crate::value::{Exact, Figure, FiscalYear, Qualifier};
use collect::period_end;
use index::Index;
use lookup::Used;
use ready::Ready;
pub(super) use search::MOST_SCANS;
pub use shared::Shared;
pub(super) use what_if::{CellRef, WhatIf};

/// How queries are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// By the plan, with hash indexes.
    Planned,
    /// Plain nested loops over whole relations, all conditions at the end: the reference in tests.
    NestedLoop,
}

/// One evaluation: what it reads, and what it remembers for itself. Each thread of a run has its own.
pub struct Context<'a> {
    /// What all evaluations of the run share.
    pub shared: &'a Shared<'a>,
    /// The facts.
    pub facts: &'a Facts,
    /// The resolved references.
    pub graph: &'a Graph,
    /// The texts.
    pub sources: &'a Sources,
    pub(super) pack: &'a Pack,
    pub(super) strategy: Strategy,
    pub(super) percent: Option<Symbol>,
    /// Queries made ready, by the address of their plan, and literals by theirs: asking must not cost a comparison of names.
    ready: RefCell<FxHashMap<usize, Rc<Ready<'a>>>>,
    literals: RefCell<FxHashMap<usize, (Symbol, Symbol)>>,
    /// Whether a text contains another: names come again and again.
    contained: RefCell<FxHashMap<(Symbol, Symbol), bool>>,
    /// Figures that another printing contradicts (同値): nothing is computed with them.
    conflicts: Arc<FxHashSet<(RowRef, ColumnId)>>,
    /// Rows looked at so far, in searches and for indexes: what a run costs, whatever the machine.
    pub(super) steps: Cell<u64>,
    /// How many of them the run has been told, and whether the evaluation is to end.
    told: Cell<u64>,
    ended: Cell<bool>,
    /// What was decided, if somebody watches.
    pub seen: Option<RefCell<Seen>>,
    /// Searches without a key that are still allowed.
    pub(super) scans: Cell<u32>,
    /// Searches without a key that were allowed.
    allowed: Cell<u32>,
    /// Whether anybody still waits.
    pub stop: Stop,
    /// What is taken to be printed, if the question is what would be.
    pub(super) what_if: Option<WhatIf>,
}

/// So many answers are remembered before all are forgotten: what is remembered stays small, whatever is read.
const MOST_REMEMBERED: usize = 1 << 16;

/// A row that a rule makes counts like so many that are looked at.
const KEPT: u64 = 1_000;

/// Values that are looked at together (中央値, a set): so many for nothing, far more than a plan has rows, and what each more counts.
const HELD: (usize, u64) = (100_000, 10_000);

/// Rows that are looked at before the run hears of them.
const TOLD_AT_ONCE: u64 = 1 << 16;

/// Values of the range variables of one rule.
pub type Frame = Vec<Value>;

/// Outcome of a search for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    Continue,
    /// Enough.
    Stop,
}

impl<'a> Context<'a> {
    /// Prepares an evaluation.
    #[must_use]
    pub fn new(shared: &'a Shared<'a>) -> Self {
        Self {
            shared,
            facts: shared.facts,
            graph: shared.graph,
            sources: shared.sources,
            pack: shared.pack,
            strategy: shared.strategy,
            // A rule may say 60 % where no plan prints a percentage.
            percent: Some(shared.intern("%")),
            ready: RefCell::default(),
            literals: RefCell::default(),
            contained: RefCell::default(),
            conflicts: Arc::default(),
            steps: Cell::new(0),
            told: Cell::new(0),
            ended: Cell::new(false),
            seen: None,
            scans: Cell::new(MOST_SCANS),
            allowed: Cell::new(MOST_SCANS),
            stop: Stop::default(),
            what_if: None,
        }
    }

    /// What another thread begins an evaluation of the same run with.
    pub fn another(&self) -> impl FnOnce() -> Self + Send + use<'a> {
        let (shared, conflicts, stop) = (self.shared, Arc::clone(&self.conflicts), self.stop.clone());
        move || Self { conflicts, stop, ..Self::new(shared) }
    }

    /// Counts a row that is looked at; whether to go on.
    #[inline]
    pub(super) fn count_step(&self) -> Flow {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        if steps - self.told.get() >= TOLD_AT_ONCE {
            self.tell_steps();
        }
        if self.ended.get() { Flow::Stop } else { Flow::Continue }
    }

    /// Counts something that is kept like so many rows that are looked at: it fills the memory.
    pub(super) fn count_kept(&self, rows: u64) -> Flow {
        self.stop.looked(rows);
        self.ended.set(self.ended.get() || self.stop.is_set());
        if self.ended.get() { Flow::Stop } else { Flow::Continue }
    }

    /// Tells the run how many rows were looked at, and learns whether it is to end.
    pub(super) fn tell_steps(&self) {
        let steps = self.steps.get();
        self.stop.looked(steps - self.told.replace(steps));
        self.ended.set(self.stop.is_set());
    }

    /// Takes off the rows that were looked at since there were `before`, for who counts them elsewhere; the run has been told.
    fn take_steps(&self, before: u64) -> u64 {
        self.tell_steps();
        self.told.set(before);
        self.steps.replace(before) - before
    }

    /// Whether a printed figure is a percentage, which is kept as a fraction.
    pub(super) fn is_percentage(&self, printed: &str) -> bool {
        matches!(self.figure_of(printed), Ok(Number { unit: Unit::Of(unit), .. }) if Some(unit) == self.percent)
    }

    /// The symbol of a text.
    pub(super) fn intern(&self, text: &str) -> Symbol {
        self.shared.intern(text)
    }

    /// A text as a value.
    pub(super) fn text_value(&self, text: &str) -> Value {
        Value::Text(self.intern(text), self.intern(&normal::normal(text)))
    }

    /// A literal of a rule as a value.
    fn literal(&self, text: &str) -> Value {
        let address = text.as_ptr().addr();
        if let Some((printed, folded)) = self.literals.borrow().get(&address).copied() {
            return Value::Text(printed, folded);
        }
        let value = self.text_value(text);
        // Two empty texts may share an address, and they are the same text.
        if let (Value::Text(printed, folded), false) = (&value, text.is_empty()) {
            self.literals.borrow_mut().insert(address, (*printed, *folded));
        }
        value
    }

    /// The text of a symbol.
    pub fn symbol(&self, symbol: Symbol) -> Cow<'a, str> {
        match (symbol.0 as usize).checked_sub(self.facts.symbols.len()) {
            None => Cow::Borrowed(self.facts.text(symbol)),
            Some(made) => Cow::Owned(self.shared.made(made)),
        }
    }

    /// Whether a text contains another.
    fn contains(&self, text: Symbol, part: Symbol) -> bool {
        if let Some(&known) = self.contained.borrow().get(&(text, part)) {
            return known;
        }
        let found = self.symbol(text).contains(&*self.symbol(part));
        let mut known = self.contained.borrow_mut();
        if known.len() >= MOST_REMEMBERED {
            known.clear();
        }
        known.insert((text, part), found);
        found
    }

    /// Evaluates an expression.
    pub fn value(&self, node: &Node, frame: &mut Frame) -> Value {
        match self.try_value(node, frame) {
            Ok(value) => value,
            Err(why) => Value::Unknown(why),
        }
    }

    /// What stands in nearly every condition; the rest is apart, so that these stay small.
    pub(super) fn try_value(&self, node: &Node, frame: &mut Frame) -> Result<Value, Why> {
        match &*node.kind {
            Kind::Cell(base, column) => self.cell_value(self.row(base, frame)?, *column),
            Kind::Slot(slot) => Ok(frame.get(*slot).cloned().unwrap_or(Value::Unknown(Why::Missing))),
            Kind::Constant(value) => Ok(value.clone()),
            Kind::Text(text) => Ok(self.literal(text)),
            Kind::Compare(..) | Kind::Is(..) | Kind::And(..) | Kind::Or(..) | Kind::Not(_) | Kind::Contains(..) => {
                Ok(Value::Bool(self.decide(node, frame)?))
            }
            _ => self.other_value(node, frame),
        }
    }

    #[inline(never)]
    fn other_value(&self, node: &Node, frame: &mut Frame) -> Result<Value, Why> {
        Ok(match &*node.kind {
            Kind::Figure(number, unit) if unit.is_empty() => Value::number(*number),
            Kind::Figure(number, unit) => Value::number(Number { unit: Unit::Of(self.intern(unit)), ..*number }),
            Kind::Target(base, column) => {
                let row = self.row(base, frame)?;
                if let Some(made) = self.defined(row.relation) {
                    return made.value(row, *column);
                }
                match self.facts.cell(row, *column) {
                    Fact::Reference(id) => match self.graph.target(id) {
                        Resolved::Row(target) => Value::Row(target),
                        Resolved::Dangling => return Err(Why::Dangling),
                        Resolved::Nothing => return Err(Why::Missing),
                    },
                    Fact::Unreadable => return Err(Why::Unreadable),
                    _ => return Err(Why::Missing),
                }
            }
            Kind::Marked(base, column) => Value::Bool(matches!(
                self.facts.cell(self.row(base, frame)?, *column),
                Fact::Reference(_) | Fact::Unreadable
            )),
            Kind::Ancestor(..) => Value::Row(self.row(node, frame)?),
            Kind::Below(..) => return Err(Why::Several),
            Kind::Ordinal(base) => {
                let row = self.row(base, frame)?;
                if self.defined(row.relation).is_some() {
                    return Ok(Value::Integer(i64::from(row.row) + 1));
                }
                let ordinal =
                    self.facts.table(row.relation).and_then(|t| t.ordinals.get(row.row as usize).copied()).unwrap_or(0);
                Value::Integer(i64::from(ordinal))
            }
            Kind::Group(base) => Value::Integer(i64::from(self.graph.group(self.row(base, frame)?))),
            Kind::Series(base) => Value::Integer(i64::from(self.graph.series(self.row(base, frame)?.row))),
            Kind::AtYear(owner, relation, year_column, value_column, year) => {
                let row = self.at_year(owner, *relation, *year_column, year, frame)?;
                self.cell_value(row, *value_column)?
            }
            Kind::Negate(a) => Value::number(number::negate(self.operand(a, frame)?)?),
            Kind::Arithmetic(op, a, b) => {
                let left = self.try_value(a, frame)?;
                if let Value::Year(year) = left {
                    if let Value::Year(other) = self.try_value(b, frame)? {
                        return Ok(Value::Integer(i64::from(year.0) - i64::from(other.0)));
                    }
                    let by = self
                        .number(b, frame)?
                        .value
                        .to_i64()
                        .and_then(|n| i16::try_from(n).ok())
                        .ok_or(Why::Overflow)?;
                    let by = if *op == ArithmeticOp::Subtract { by.checked_neg().ok_or(Why::Overflow)? } else { by };
                    return Ok(Value::Year(FiscalYear(year.0.checked_add(by).ok_or(Why::Overflow)?)));
                }
                self.undisputed(a, frame)?;
                let right = self.operand_value(b, frame)?;
                self.arithmetic(*op, &left, &right)?
            }
            Kind::If(condition, then, otherwise) => {
                let branch = if self.truth(condition, frame)? { then } else { otherwise };
                self.try_value(branch, frame)?
            }
            Kind::InSet(a, items) => {
                let value = self.try_value(a, frame)?;
                let mut open = None;
                for item in items {
                    let item = self.try_value(item, frame)?;
                    match self.compare(CompareOp::Equal, &value, &item) {
                        Ok(true) => return Ok(Value::Bool(true)),
                        Ok(false) => {}
                        Err(why) => open = Some(why),
                    }
                }
                match open {
                    Some(why) => return Err(why),
                    None => Value::Bool(false),
                }
            }
            Kind::InList(a, list) => {
                let key = self.try_value(a, frame)?.key(self.facts)?;
                Value::Bool(self.keys(list, frame)?.contains(&key))
            }
            Kind::Within(a, b) => Value::Bool(self.keys(a, frame)?.is_subset(&self.keys(b, frame)?)),
            Kind::Matches(a, pattern) => {
                let (printed, _) = self.texts(a, frame)?;
                Value::Bool(pattern.is_match(&self.symbol(printed)))
            }
            Kind::Items(_) | Kind::SetOp(..) | Kind::Closure(..) => return Err(Why::Several),
            Kind::Constant(_) | Kind::Text(_) | Kind::Slot(_) | Kind::Cell(..) => self.try_value(node, frame)?,
            Kind::Compare(..) | Kind::Is(..) | Kind::And(..) | Kind::Or(..) | Kind::Not(_) | Kind::Contains(..) => {
                Value::Bool(self.decide(node, frame)?)
            }
            Kind::Call(function, arguments) => self.call(*function, arguments, frame)?,
            Kind::Aggregate(kind, query, body) => self.aggregate(*kind, query, body.as_ref(), frame)?,
        })
    }

    pub(super) fn row(&self, node: &Node, frame: &mut Frame) -> Result<RowRef, Why> {
        // Nearly all paths begin at a variable.
        if let Kind::Slot(slot) = &*node.kind
            && let Some(Value::Row(row)) = frame.get(*slot)
        {
            return Ok(*row);
        }
        if let Kind::Ancestor(base, relation) = &*node.kind {
            return self.ancestor(self.row(base, frame)?, *relation).ok_or(Why::Missing);
        }
        match self.try_value(node, frame)? {
            Value::Row(row) => Ok(row),
            Value::Unknown(why) => Err(why),
            _ => Err(Why::Missing),
        }
    }

    fn ancestor(&self, row: RowRef, relation: RelationId) -> Option<RowRef> {
        if relation == RelationId(0) && row.relation != relation {
            if let Some(document) = self.facts.document(row) {
                return Some(document);
            }
            if let Some(base) = self.base(row) {
                return self.ancestor_or_self(base, relation);
            }
            return None;
        }
        match self.base(row) {
            Some(base) => self.ancestor_or_self(base, relation),
            None => self.facts.ancestor(row, relation),
        }
    }

    fn ancestor_or_self(&self, row: RowRef, relation: RelationId) -> Option<RowRef> {
        if row.relation == relation { Some(row) } else { self.ancestor(row, relation) }
    }

    pub(super) fn number(&self, node: &Node, frame: &mut Frame) -> Result<Number, Why> {
        let value = self.try_value(node, frame)?;
        self.as_number(&value)
    }

    /// A number to compute with.
    pub(super) fn operand(&self, node: &Node, frame: &mut Frame) -> Result<Number, Why> {
        self.undisputed(node, frame)?;
        self.number(node, frame)
    }

    /// A number to compute with, as it is kept.
    pub(super) fn operand_value(&self, node: &Node, frame: &mut Frame) -> Result<Value, Why> {
        self.undisputed(node, frame)?;
        match self.try_value(node, frame)? {
            Value::Unknown(why) => Err(why),
            value if value.is_number() => Ok(value),
            _ => Err(Why::Qualitative),
        }
    }

    /// `Err` if the cell that an expression names is contradicted by another printing of the same figure.
    fn undisputed(&self, node: &Node, frame: &mut Frame) -> Result<(), Why> {
        if self.conflicts.is_empty() {
            return Ok(());
        }
        match self.cell_of(node, frame) {
            Some(cell) if self.conflicts.contains(&cell) => Err(Why::Conflict),
            _ => Ok(()),
        }
    }

    /// Computes `a op b`.
    pub(super) fn arithmetic(&self, op: ArithmeticOp, a: &Value, b: &Value) -> Result<Value, Why> {
        if let (Value::Integer(a), Value::Integer(b)) = (a, b)
            && let Some(whole) = whole(op, *a, *b)
        {
            return Ok(Value::Integer(whole));
        }
        let (a, b) = (self.as_number(a)?, self.as_number(b)?);
        Ok(Value::number(number::arithmetic(op, a, b, self.percent)?))
    }

    /// The cell that an expression names, if it names one.
    pub(super) fn cell_of(&self, node: &Node, frame: &mut Frame) -> Option<(RowRef, ColumnId)> {
        match &*node.kind {
            Kind::Cell(base, column) => Some((self.row(base, frame).ok()?, *column)),
            Kind::AtYear(owner, relation, year_column, value_column, year) => {
                let row = self.at_year(owner, *relation, *year_column, year, frame).ok()?;
                Some((row, *value_column))
            }
            _ => None,
        }
    }

    /// Marks the cells that the 同値 of a failed check named: nothing is computed with them from now on.
    pub fn dispute(&self, check: &Node, frame: &mut Frame, out: &mut Vec<(RowRef, ColumnId)>) {
        match &*check.kind {
            Kind::Call(Function::Agree, cells) => out.extend(cells.iter().filter_map(|c| self.cell_of(c, frame))),
            Kind::Aggregate(Aggregate::Agree, query, Some(body)) => {
                // A torn cell among them only stays unmarked: it is not computed with anyhow.
                let _ = self.search(query, frame, &mut |frame| {
                    out.extend(self.cell_of(body, frame));
                    Flow::Continue
                });
            }
            _ => check.children().into_iter().for_each(|c| self.dispute(c, frame, out)),
        }
    }

    /// The cells that nothing is computed with.
    pub(super) fn disputed(&self) -> &FxHashSet<(RowRef, ColumnId)> {
        &self.conflicts
    }

    /// Takes up the cells that [`Self::dispute`] found.
    pub fn settle(&mut self, cells: Vec<(RowRef, ColumnId)>) {
        self.ready.borrow_mut().clear();
        Arc::make_mut(&mut self.conflicts).extend(cells);
    }

    pub(super) fn as_number(&self, value: &Value) -> Result<Number, Why> {
        match value {
            Value::Unknown(why) => Err(*why),
            value => value.as_number(self.facts).ok_or(Why::Qualitative),
        }
    }

    pub(super) fn texts(&self, node: &Node, frame: &mut Frame) -> Result<(Symbol, Symbol), Why> {
        match self.try_value(node, frame)? {
            Value::Text(printed, normal) | Value::Qualitative(printed, normal) => Ok((printed, normal)),
            Value::Unknown(why) => Err(why),
            _ => Err(Why::Missing),
        }
    }

    /// Three-valued truth of an expression.
    pub fn truth(&self, node: &Node, frame: &mut Frame) -> Result<bool, Why> {
        let truth = self.decide(node, frame);
        if let Some(seen) = &self.seen {
            seen.borrow_mut().decided(node.span, truth.ok());
        }
        truth
    }

    fn decide(&self, node: &Node, frame: &mut Frame) -> Result<bool, Why> {
        match &*node.kind {
            Kind::Not(a) => Ok(!self.truth(a, frame)?),
            Kind::Is(a, state) => self.is(a, *state, frame),
            Kind::And(a, b) => match self.truth(a, frame) {
                Ok(false) => Ok(false),
                Ok(true) => self.truth(b, frame),
                Err(why) => match self.truth(b, frame) {
                    Ok(false) => Ok(false),
                    _ => Err(why),
                },
            },
            Kind::Or(a, b) => match self.truth(a, frame) {
                Ok(true) => Ok(true),
                Ok(false) => self.truth(b, frame),
                Err(why) => match self.truth(b, frame) {
                    Ok(true) => Ok(true),
                    _ => Err(why),
                },
            },
            Kind::Contains(a, b) => {
                let (_, text) = self.texts(a, frame)?;
                let (_, part) = self.texts(b, frame)?;
                Ok(self.contains(text, part))
            }
            Kind::Compare(op, a, b) => {
                // What is computed is held against a printed figure only if that figure is beyond dispute.
                if !self.conflicts.is_empty() && (is_computed(a) || is_computed(b)) {
                    self.undisputed(a, frame)?;
                    self.undisputed(b, frame)?;
                }
                if matches!(a.ty, Type::Set(_)) {
                    let same = self.keys(a, frame)? == self.keys(b, frame)?;
                    return Ok(same == (*op != CompareOp::NotEqual));
                }
                let left = self.value(a, frame);
                match left {
                    Value::Unknown(why) if why != Why::Unreadable => Err(why),
                    _ => self.compare(*op, &left, &self.value(b, frame)),
                }
            }
            _ => match self.try_value(node, frame) {
                Ok(Value::Bool(b)) => Ok(b),
                Ok(Value::Unknown(why)) | Err(why) => Err(why),
                Ok(_) => Err(Why::Missing),
            },
        }
    }

    #[inline]
    pub(super) fn cell_value(&self, row: RowRef, column: ColumnId) -> Result<Value, Why> {
        if let Some(what_if) = &self.what_if
            && let Some(number) = what_if.number((row, column))
        {
            return Ok(Value::number(number));
        }
        let Some(packed) = self.facts.packed(row, column) else {
            return self.defined(row.relation).map_or(Err(Why::Missing), |made| made.value(row, column));
        };
        self.unpacked(packed)
    }

    /// The value of a cell as it is kept.
    #[inline]
    fn unpacked(&self, packed: Packed) -> Result<Value, Why> {
        Ok(match packed.unpack(&self.facts.symbols) {
            Fact::Missing => return Err(Why::Missing),
            Fact::Unreadable => return Err(Why::Unreadable),
            Fact::Qualitative(printed, normal) => Value::Qualitative(printed, normal),
            Fact::Text(printed, normal) => Value::Text(printed, normal),
            Fact::Number(n) => Value::Integer(n),
            Fact::Year(year) => Value::Year(year),
            Fact::Date(date) => Value::Date(date),
            Fact::Bool(b) => Value::Bool(b),
            Fact::List(list) => Value::List(list),
            Fact::Reference(_) => return Err(Why::Missing),
            Fact::Figure(id) => Value::Figure(id),
        })
    }

    pub(super) fn compare(&self, op: CompareOp, a: &Value, b: &Value) -> Result<bool, Why> {
        let ordered = |order| holds(op, order);
        match (a, b) {
            // What is not there meets no condition, whatever stands in the torn cell.
            (Value::Unknown(Why::Unreadable), Value::Unknown(Why::Missing)) => Err(Why::Missing),
            (Value::Unknown(why), _) | (_, Value::Unknown(why)) => Err(*why),
            (Value::Integer(a), Value::Integer(b)) => Ok(ordered(a.cmp(b))),
            // The same text, read in the same way.
            (Value::Figure(a), Value::Figure(b)) if a == b => Ok(ordered(Ordering::Equal)),
            (Value::Text(_, a) | Value::Qualitative(_, a), Value::Text(_, b) | Value::Qualitative(_, b)) => match op {
                CompareOp::Equal | CompareOp::Consistent => Ok(a == b),
                CompareOp::NotEqual => Ok(a != b),
                _ => Err(Why::Qualitative),
            },
            (Value::Year(a), Value::Year(b)) => Ok(ordered(a.cmp(b))),
            (Value::Date(a), Value::Date(b)) => Ok(ordered(a.cmp(b))),
            (Value::Bool(a), Value::Bool(b)) => Ok(ordered(a.cmp(b))),
            (Value::Row(a), Value::Row(b)) => Ok(ordered(a.cmp(b))),
            (a, b) if a.is_number() && b.is_number() => self.compare_numbers(op, a, b),
            (Value::Qualitative(..), _) | (_, Value::Qualitative(..)) => Err(Why::Qualitative),
            _ => Err(Why::Missing),
        }
    }

    fn compare_numbers(&self, op: CompareOp, a: &Value, b: &Value) -> Result<bool, Why> {
        // A whole number is made on the spot; the others are read where they are kept.
        let plain = |value: &Value| match value {
            Value::Integer(n) => Some(Number::plain(Exact::from_int(i128::from(*n)))),
            _ => None,
        };
        let (made_a, made_b) = (plain(a), plain(b));
        let a = made_a.as_ref().or_else(|| a.kept(self.facts)).ok_or(Why::Missing)?;
        let b = made_b.as_ref().or_else(|| b.kept(self.facts)).ok_or(Why::Missing)?;
        number::compare(op, a, b, self.percent)
    }

    fn is(&self, node: &Node, state: State, frame: &mut Frame) -> Result<bool, Why> {
        let value = self.value(node, frame);
        // A base that is not there at all (its row is missing) counts as missing too.
        Ok(match (state, value) {
            (State::Unreadable, v) => v == Value::Unknown(Why::Unreadable),
            (_, Value::Unknown(Why::Unreadable)) => return Err(Why::Unreadable),
            (State::Missing, v) => v == Value::Unknown(Why::Missing),
            (State::Present, v) => v != Value::Unknown(Why::Missing),
            (State::Dangling, v) => v == Value::Unknown(Why::Dangling),
            (State::Number, v) => v.is_number(),
            (State::Qualitative, v) => matches!(v, Value::Qualitative(..) | Value::Text(..)),
        })
    }
}

/// Whether an expression computes a number (or holds one that does).
pub(super) fn is_computed(node: &Node) -> bool {
    matches!(
        &*node.kind,
        Kind::Arithmetic(..)
            | Kind::Negate(_)
            | Kind::Aggregate(Aggregate::Sum | Aggregate::Average, ..)
            | Kind::Call(Function::Round(_) | Function::Share, _)
    )
}

/// A count as a value.
pub(super) fn integer(n: usize) -> Value {
    Value::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

/// What a comparison says of two values that stand in this order.
fn holds(op: CompareOp, order: Ordering) -> bool {
    match op {
        CompareOp::Equal | CompareOp::Consistent => order.is_eq(),
        CompareOp::NotEqual => order.is_ne(),
        CompareOp::Less => order.is_lt(),
        CompareOp::LessEqual => order.is_le(),
        CompareOp::Greater => order.is_gt(),
        CompareOp::GreaterEqual => order.is_ge(),
    }
}

/// What two whole numbers give, if that is whole and not too large.
fn whole(op: ArithmeticOp, a: i64, b: i64) -> Option<i64> {
    match op {
        ArithmeticOp::Add => a.checked_add(b),
        ArithmeticOp::Subtract => a.checked_sub(b),
        ArithmeticOp::Multiply => a.checked_mul(b),
        ArithmeticOp::Divide => None,
    }
}
