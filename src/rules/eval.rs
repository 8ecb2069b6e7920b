//! Evaluation: typed expressions over the facts, three-valued.
//!
//! A condition (前提, the conditions of a comprehension) that meets a missing value is not met, as in a
//! database; one that meets an unreadable value makes the whole not judged, so that a torn cell never
//! raises a false alarm.
mod aggregate;
mod call;
mod collect;
mod defined;
mod place;
mod search;
mod series;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::coverage::Seen;
use super::describe::describe;
use super::functions::{Function, core_of};
use super::ir::{Access, IndexUse, Kind, Node, Query, RangeSource};
use super::number;
use super::pack::Pack;
use super::types::Type;
use super::value::{Key, Number, Unit, Value, Why};
use super::words::listed;
use crate::graph::{Graph, Resolved};
use crate::plan::{Cell as Fact, ColumnId, Facts, RelationId, RelationKind, RowRef, Symbol};
use crate::syntax::rules::{Aggregate, CompareOp, State};
use crate::text::near::likeness;
use crate::text::{Sources, Span, Stop, normal};
use crate::value::{Exact, Figure, FiscalYear};
use collect::period_end;
use defined::Defined;
use series::Neighbours;

/// How queries are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// By the plan, with hash indexes.
    Planned,
    /// Plain nested loops over whole relations, all conditions at the end: the reference in tests.
    NestedLoop,
}

/// What an evaluation reads, and the indexes it has built.
pub struct Context<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// The resolved references.
    pub graph: &'a Graph,
    /// The texts.
    pub sources: &'a Sources,
    pub(super) pack: &'a Pack,
    pub(super) strategy: Strategy,
    pub(super) percent: Option<Symbol>,
    symbols: RefCell<Symbols>,
    indexes: RefCell<FxHashMap<String, Rc<Index>>>,
    /// The same indexes by the address of their use in a rule: asking must not cost a comparison of names.
    used: RefCell<FxHashMap<usize, Rc<Index>>>,
    years: RefCell<FxHashMap<(RelationId, RelationId), Rc<Index>>>,
    /// Figures that another printing contradicts (同値): nothing is computed with them.
    pub(super) conflicts: RefCell<FxHashSet<(RowRef, ColumnId)>>,
    /// Relations that rules make, worked out when they are first asked for.
    pub(super) defined: RefCell<FxHashMap<RelationId, Rc<Defined>>>,
    pub(super) neighbours: RefCell<FxHashMap<RelationId, Rc<Neighbours>>>,
    /// Rows looked at so far, in searches and for indexes: what a run costs, whatever the machine.
    pub(super) steps: Cell<u64>,
    /// What was decided, if somebody watches.
    pub seen: Option<RefCell<Seen>>,
    /// Searches without a key so far.
    pub(super) scans: Cell<u32>,
    /// Whether anybody still waits.
    pub stop: Stop,
}

/// Texts that rules make, on top of those of the facts.
struct Symbols {
    numbers: FxHashMap<Box<str>, Symbol>,
    made: Vec<Box<str>>,
}

/// A hash index over the rows of a relation.
struct Index {
    rows: FxHashMap<Box<[Key]>, Vec<RowRef>>,
    /// Rows of which a key could not be read: they may belong anywhere.
    unreadable: Vec<RowRef>,
}

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
    pub fn new(facts: &'a Facts, graph: &'a Graph, sources: &'a Sources, pack: &'a Pack, strategy: Strategy) -> Self {
        let numbers: FxHashMap<Box<str>, Symbol> = facts
            .symbols
            .iter()
            .enumerate()
            .filter_map(|(i, s)| Some((s.as_str().into(), Symbol(u32::try_from(i).ok()?))))
            .collect();
        let symbols = Symbols { numbers, made: Vec::new() };
        let mut made = Self {
            facts,
            graph,
            sources,
            pack,
            strategy,
            percent: None,
            symbols: RefCell::new(symbols),
            indexes: RefCell::default(),
            used: RefCell::default(),
            years: RefCell::default(),
            conflicts: RefCell::default(),
            defined: RefCell::default(),
            neighbours: RefCell::default(),
            steps: Cell::new(0),
            seen: None,
            scans: Cell::new(0),
            stop: Stop::default(),
        };
        // A rule may say 60 % where no plan prints a percentage.
        made.percent = Some(made.intern("%"));
        made
    }

    /// Whether a printed figure is a percentage, which is kept as a fraction.
    pub(super) fn is_percentage(&self, printed: &str) -> bool {
        matches!(self.figure_of(printed), Ok(Number { unit: Unit::Of(unit), .. }) if Some(unit) == self.percent)
    }

    /// The symbol of a text.
    pub(super) fn intern(&self, text: &str) -> Symbol {
        let mut symbols = self.symbols.borrow_mut();
        if let Some(&symbol) = symbols.numbers.get(text) {
            return symbol;
        }
        let symbol = Symbol(u32::try_from(self.facts.symbols.len() + symbols.made.len()).unwrap_or(u32::MAX));
        symbols.made.push(text.into());
        symbols.numbers.insert(text.into(), symbol);
        symbol
    }

    /// A text as a value.
    pub(super) fn text_value(&self, text: &str) -> Value {
        Value::Text(self.intern(text), self.intern(&normal::normal(text)))
    }

    /// The text of a symbol.
    pub fn symbol(&self, symbol: Symbol) -> String {
        let own = (symbol.0 as usize).checked_sub(self.facts.symbols.len());
        match own {
            None => self.facts.text(symbol).to_owned(),
            Some(i) => self.symbols.borrow().made.get(i).map(|s| s.to_string()).unwrap_or_default(),
        }
    }

    /// Evaluates an expression.
    pub fn value(&self, node: &Node, frame: &mut Frame) -> Value {
        match self.try_value(node, frame) {
            Ok(value) => value,
            Err(why) => Value::Unknown(why),
        }
    }

    pub(super) fn try_value(&self, node: &Node, frame: &mut Frame) -> Result<Value, Why> {
        Ok(match &*node.kind {
            Kind::Constant(value) => *value,
            Kind::Text(text) => self.text_value(text),
            Kind::Figure(number, unit) if unit.is_empty() => Value::Number(*number),
            Kind::Figure(number, unit) => Value::Number(Number { unit: Unit::Of(self.intern(unit)), ..*number }),
            Kind::Slot(slot) => frame.get(*slot).copied().unwrap_or(Value::Unknown(Why::Missing)),
            Kind::Cell(base, column) => self.cell_value(self.row(base, frame)?, *column)?,
            Kind::Target(base, column) => {
                let row = self.row(base, frame)?;
                if let Some(made) = self.defined(row.relation) {
                    return made.value(row, *column);
                }
                match self.facts.cell(row, *column).0 {
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
                self.facts.cell(self.row(base, frame)?, *column).0,
                Fact::Reference(_) | Fact::Unreadable
            )),
            Kind::Ancestor(base, relation) => {
                Value::Row(self.ancestor(self.row(base, frame)?, *relation).ok_or(Why::Missing)?)
            }
            Kind::Below(..) => return Err(Why::Several),
            Kind::Ordinal(base) => {
                let row = self.row(base, frame)?;
                if self.defined(row.relation).is_some() {
                    return Ok(integer(i128::from(row.row) + 1));
                }
                let ordinal =
                    self.facts.table(row.relation).and_then(|t| t.ordinals.get(row.row as usize).copied()).unwrap_or(0);
                integer(i128::from(ordinal))
            }
            Kind::Group(base) => integer(i128::from(self.graph.group(self.row(base, frame)?))),
            Kind::Series(base) => integer(i128::from(self.graph.series(self.row(base, frame)?.row))),
            Kind::AtYear(owner, relation, year_column, value_column, year) => {
                let row = self.at_year(owner, *relation, *year_column, year, frame)?;
                self.cell_value(row, *value_column)?
            }
            Kind::Negate(a) => Value::Number(number::negate(self.operand(a, frame)?)?),
            Kind::Not(a) => Value::Bool(!self.truth(a, frame)?),
            Kind::Arithmetic(op, a, b) => {
                let left = self.try_value(a, frame)?;
                if let Value::Year(year) = left {
                    if let Value::Year(other) = self.try_value(b, frame)? {
                        return Ok(integer(i128::from(year.0) - i128::from(other.0)));
                    }
                    let by = self
                        .number(b, frame)?
                        .value
                        .to_i64()
                        .and_then(|n| i16::try_from(n).ok())
                        .ok_or(Why::Overflow)?;
                    let by = if *op == crate::syntax::rules::ArithmeticOp::Subtract {
                        by.checked_neg().ok_or(Why::Overflow)?
                    } else {
                        by
                    };
                    return Ok(Value::Year(FiscalYear(year.0.checked_add(by).ok_or(Why::Overflow)?)));
                }
                self.undisputed(a, frame)?;
                let left = self.as_number(left)?;
                Value::Number(number::arithmetic(*op, left, self.operand(b, frame)?, self.percent)?)
            }
            Kind::Compare(op, a, b) => {
                // What is computed is held against a printed figure only if that figure is beyond dispute.
                if is_computed(a) || is_computed(b) {
                    self.undisputed(a, frame)?;
                    self.undisputed(b, frame)?;
                }
                if matches!(a.ty, Type::Set(_)) {
                    let same = self.keys(a, frame)? == self.keys(b, frame)?;
                    return Ok(Value::Bool(same == (*op != CompareOp::NotEqual)));
                }
                let (left, right) = (self.try_value(a, frame)?, self.try_value(b, frame)?);
                Value::Bool(self.compare(*op, left, right)?)
            }
            Kind::And(a, b) => match self.truth(a, frame) {
                Ok(false) => Value::Bool(false),
                Ok(true) => Value::Bool(self.truth(b, frame)?),
                Err(why) => match self.truth(b, frame) {
                    Ok(false) => Value::Bool(false),
                    _ => return Err(why),
                },
            },
            Kind::Or(a, b) => match self.truth(a, frame) {
                Ok(true) => Value::Bool(true),
                Ok(false) => Value::Bool(self.truth(b, frame)?),
                Err(why) => match self.truth(b, frame) {
                    Ok(true) => Value::Bool(true),
                    _ => return Err(why),
                },
            },
            Kind::If(condition, then, otherwise) => {
                let branch = if self.truth(condition, frame)? { then } else { otherwise };
                self.try_value(branch, frame)?
            }
            Kind::Is(a, state) => self.is(a, *state, frame)?,
            Kind::Contains(a, b) => {
                let (_, text) = self.texts(a, frame)?;
                let (_, part) = self.texts(b, frame)?;
                Value::Bool(self.symbol(text).contains(&self.symbol(part)))
            }
            Kind::InSet(a, items) => {
                let value = self.try_value(a, frame)?;
                let mut open = None;
                for item in items {
                    let item = self.try_value(item, frame)?;
                    match self.compare(CompareOp::Equal, value, item) {
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
                let key = self.try_value(a, frame)?.key()?;
                Value::Bool(self.keys(list, frame)?.contains(&key))
            }
            Kind::Within(a, b) => Value::Bool(self.keys(a, frame)?.is_subset(&self.keys(b, frame)?)),
            Kind::Matches(a, pattern) => {
                let (printed, _) = self.texts(a, frame)?;
                Value::Bool(pattern.regex().is_some_and(|r| r.is_match(&self.symbol(printed))))
            }
            Kind::Items(_) | Kind::SetOp(..) | Kind::Closure(..) => return Err(Why::Several),
            Kind::Call(function, arguments) => self.call(*function, arguments, frame)?,
            Kind::Aggregate(kind, query, body) => self.aggregate(*kind, query, body.as_ref(), frame)?,
        })
    }

    pub(super) fn row(&self, node: &Node, frame: &mut Frame) -> Result<RowRef, Why> {
        match self.try_value(node, frame)? {
            Value::Row(row) => Ok(row),
            Value::Unknown(why) => Err(why),
            _ => Err(Why::Missing),
        }
    }

    fn ancestor(&self, row: RowRef, relation: RelationId) -> Option<RowRef> {
        if relation == RelationId(0) && row.relation != relation {
            if let Some(base) = self.base(row) {
                return self.ancestor_or_self(base, relation);
            }
            let document = *self.facts.table(row.relation)?.documents.get(row.row as usize)?;
            return Some(RowRef { relation, row: document });
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
        self.as_number(value)
    }

    /// A number to compute with.
    pub(super) fn operand(&self, node: &Node, frame: &mut Frame) -> Result<Number, Why> {
        self.undisputed(node, frame)?;
        self.number(node, frame)
    }

    /// `Err` if the cell that an expression names is contradicted by another printing of the same figure.
    fn undisputed(&self, node: &Node, frame: &mut Frame) -> Result<(), Why> {
        if self.conflicts.borrow().is_empty() {
            return Ok(());
        }
        match self.cell_of(node, frame) {
            Some(cell) if self.conflicts.borrow().contains(&cell) => Err(Why::Conflict),
            _ => Ok(()),
        }
    }

    /// The cell that an expression names, if it names one.
    fn cell_of(&self, node: &Node, frame: &mut Frame) -> Option<(RowRef, ColumnId)> {
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

    /// Takes up the cells that [`Self::dispute`] found.
    pub fn settle(&self, cells: Vec<(RowRef, ColumnId)>) {
        self.conflicts.borrow_mut().extend(cells);
    }

    pub(super) fn as_number(&self, value: Value) -> Result<Number, Why> {
        match value {
            Value::Number(number) => Ok(number),
            Value::Unknown(why) => Err(why),
            _ => Err(Why::Qualitative),
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
        let truth = match self.try_value(node, frame) {
            Ok(Value::Bool(b)) => Ok(b),
            Ok(Value::Unknown(why)) | Err(why) => Err(why),
            Ok(_) => Err(Why::Missing),
        };
        if let Some(seen) = &self.seen {
            seen.borrow_mut().decided(node.span, truth.ok());
        }
        truth
    }

    pub(super) fn cell_value(&self, row: RowRef, column: ColumnId) -> Result<Value, Why> {
        if let Some(made) = self.defined(row.relation) {
            return made.value(row, column);
        }
        Ok(match self.facts.cell(row, column).0 {
            Fact::Missing => return Err(Why::Missing),
            Fact::Unreadable => return Err(Why::Unreadable),
            Fact::Qualitative(printed, normal) => Value::Qualitative(printed, normal),
            Fact::Text(printed, normal) => Value::Text(printed, normal),
            Fact::Number(n) => integer(i128::from(n)),
            Fact::Year(year) => Value::Year(year),
            Fact::Date(date) => Value::Date(date),
            Fact::Bool(b) => Value::Bool(b),
            Fact::List(list) => Value::List(list),
            Fact::Reference(_) => return Err(Why::Missing),
            Fact::Figure(id) => {
                let figure = self.facts.figures.get(id as usize).ok_or(Why::Missing)?;
                Value::Number(Number {
                    value: figure.value,
                    interval: figure.interval,
                    unit: figure.unit.map_or(Unit::Open, Unit::Of),
                    qualifier: figure.qualifier,
                })
            }
        })
    }

    pub(super) fn compare(&self, op: CompareOp, a: Value, b: Value) -> Result<bool, Why> {
        let ordered = |order: std::cmp::Ordering| match op {
            CompareOp::Equal | CompareOp::Consistent => order.is_eq(),
            CompareOp::NotEqual => order.is_ne(),
            CompareOp::Less => order.is_lt(),
            CompareOp::LessEqual => order.is_le(),
            CompareOp::Greater => order.is_gt(),
            CompareOp::GreaterEqual => order.is_ge(),
        };
        match (a, b) {
            (Value::Unknown(why), _) | (_, Value::Unknown(why)) => Err(why),
            (Value::Number(a), Value::Number(b)) => number::compare(op, a, b, self.percent),
            (Value::Text(_, a) | Value::Qualitative(_, a), Value::Text(_, b) | Value::Qualitative(_, b)) => match op {
                CompareOp::Equal | CompareOp::Consistent => Ok(a == b),
                CompareOp::NotEqual => Ok(a != b),
                _ => Err(Why::Qualitative),
            },
            (Value::Year(a), Value::Year(b)) => Ok(ordered(a.cmp(&b))),
            (Value::Date(a), Value::Date(b)) => Ok(ordered(a.cmp(&b))),
            (Value::Bool(a), Value::Bool(b)) => Ok(ordered(a.cmp(&b))),
            (Value::Row(a), Value::Row(b)) => Ok(ordered(a.cmp(&b))),
            (Value::Qualitative(..), _) | (_, Value::Qualitative(..)) => Err(Why::Qualitative),
            _ => Err(Why::Missing),
        }
    }

    fn is(&self, node: &Node, state: State, frame: &mut Frame) -> Result<Value, Why> {
        let value = self.value(node, frame);
        // A base that is not there at all (its row is missing) counts as missing too.
        Ok(Value::Bool(match (state, value) {
            (State::Unreadable, v) => v == Value::Unknown(Why::Unreadable),
            (_, Value::Unknown(Why::Unreadable)) => return Err(Why::Unreadable),
            (State::Missing, v) => v == Value::Unknown(Why::Missing),
            (State::Present, v) => v != Value::Unknown(Why::Missing),
            (State::Dangling, v) => v == Value::Unknown(Why::Dangling),
            (State::Number, v) => matches!(v, Value::Number(_)),
            (State::Qualitative, v) => matches!(v, Value::Qualitative(..) | Value::Text(..)),
        }))
    }
}

/// Whether an expression computes a number (or holds one that does).
fn is_computed(node: &Node) -> bool {
    matches!(
        &*node.kind,
        Kind::Arithmetic(..)
            | Kind::Negate(_)
            | Kind::Aggregate(Aggregate::Sum | Aggregate::Average, ..)
            | Kind::Call(Function::Round(_) | Function::Share, _)
    )
}

/// A whole number as a value.
pub(super) fn integer(n: i128) -> Value {
    Value::Number(Number::plain(Exact::from_int(n)))
}
