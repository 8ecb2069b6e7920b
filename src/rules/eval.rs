//! Evaluation: typed expressions over the facts, three-valued.
//!
//! A condition (前提, the conditions of a comprehension) that meets a missing value is not met, as in a
//! database; one that meets an unreadable value makes the whole not judged, so that a torn cell never
//! raises a false alarm.
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::collect::period_end;
use super::coverage::Seen;
use super::defined::Defined;
use super::functions::{Function, core_of};
use super::ir::{Access, IndexUse, Kind, Node, Query, RangeSource};
use super::number;
use super::pack::Pack;
use super::series::Neighbours;
use super::types::Type;
use super::value::{Key, Number, Unit, Value, Why};
use super::words::listed;
use crate::graph::{Graph, Resolved};
use crate::plan::{Cell as Fact, ColumnId, Facts, RelationId, RelationKind, RowRef, Symbol};
use crate::syntax::rules::{Aggregate, CompareOp, State};
use crate::text::near::likeness;
use crate::text::{Sources, Span, normal};
use crate::value::{Exact, Figure, FiscalYear};

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
                Value::Bool(pattern.0.is_match(&self.symbol(printed)))
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

    fn call(&self, function: Function, arguments: &[Node], frame: &mut Frame) -> Result<Value, Why> {
        let Some(first) = arguments.first() else { return Err(Why::Missing) };
        Ok(match function {
            Function::Normalize => {
                let (_, normal) = self.texts(first, frame)?;
                Value::Text(normal, normal)
            }
            Function::Core => {
                let (printed, _) = self.texts(first, frame)?;
                self.text_value(&core_of(&self.symbol(printed)))
            }
            Function::Previous | Function::Next | Function::Step | Function::Growth | Function::Interpolate => {
                let row = self.row(first, frame)?;
                return self.along_series(function, row);
            }
            Function::Follow => return Err(Why::Several),
            Function::Listed => {
                let values = self.set(first, frame)?;
                self.text_value(&listed(self, &values))
            }
            Function::Size => integer(i128::try_from(self.set(first, frame)?.len()).unwrap_or(i128::MAX)),
            Function::Extract => {
                let Kind::Matches(subject, pattern) = &*first.kind else { return Err(Why::Missing) };
                let (printed, _) = self.texts(subject, frame)?;
                let text = self.symbol(printed);
                let found = pattern.0.captures(&text).and_then(|c| c.get(1).or_else(|| c.get(0)));
                self.text_value(found.ok_or(Why::Missing)?.as_str())
            }
            Function::Without => {
                let Kind::Matches(subject, pattern) = &*first.kind else { return Err(Why::Missing) };
                let (printed, _) = self.texts(subject, frame)?;
                self.text_value(&pattern.0.replace_all(&self.symbol(printed), ""))
            }
            Function::FiscalYearOf => match self.try_value(first, frame)? {
                Value::Date(date) => Value::Year(date.fiscal_year()),
                Value::Unknown(why) => return Err(why),
                _ => return Err(Why::Missing),
            },
            Function::Begin | Function::End => {
                let (printed, _) = self.texts(first, frame)?;
                Value::Year(period_end(&self.symbol(printed), function == Function::End).ok_or(Why::Qualitative)?)
            }
            Function::FigureOf => {
                let (printed, _) = self.texts(first, frame)?;
                Value::Number(self.figure_of(&self.symbol(printed))?)
            }
            Function::Agree => {
                let mut figures = Vec::with_capacity(2);
                for cell in arguments {
                    figures.push(self.number(cell, frame)?);
                }
                Value::Bool(number::agree(&figures, self.percent)?)
            }
            Function::OrElse => {
                let other = arguments.get(1).ok_or(Why::Missing)?;
                match self.operand(first, frame) {
                    Err(Why::Missing) => Value::Number(self.operand(other, frame)?),
                    printed => Value::Number(printed?),
                }
            }
            Function::Judge | Function::JudgeOrder => return self.judge(function, arguments, frame),
            Function::Magnitude => Value::Number(Number { unit: Unit::Open, ..self.number(first, frame)? }),
            Function::Likeness => {
                let (_, a) = self.texts(first, frame)?;
                let (_, b) = self.texts(arguments.get(1).ok_or(Why::Missing)?, frame)?;
                // In thousandths, so that a comparison is exact and the same on every machine.
                let thousandths = (likeness(&self.symbol(a), &self.symbol(b)) * 1000.0).round() as i64;
                let value = Exact::from_int(i128::from(thousandths)).checked_div(Exact::from_int(1000));
                let value = value.ok_or(Why::Overflow)?;
                Value::Number(Number { unit: Unit::Ratio, ..Number::plain(value) })
            }
            Function::Share => {
                let rest = arguments.get(1).ok_or(Why::Missing)?;
                Value::Number(number::share(self.operand(first, frame)?, self.operand(rest, frame)?, self.percent)?)
            }
            Function::Round(rounding) => {
                let number = self.operand(first, frame)?;
                let places = arguments.get(1).map_or(Ok(Number::plain(Exact::ZERO)), |n| self.number(n, frame))?;
                let places = places.value.to_i64().and_then(|n| i32::try_from(n).ok()).ok_or(Why::Overflow)?;
                let value = number.value.round(places, rounding).ok_or(Why::Overflow)?;
                Value::Number(Number { value, interval: crate::value::Interval::point(value), ..number })
            }
            Function::Candidates => {
                let Kind::Target(base, column) = &*first.kind else { return Err(Why::Missing) };
                let row = self.row(base, frame)?;
                let Fact::Reference(id) = self.facts.cell(row, *column).0 else { return Err(Why::Missing) };
                let names: Vec<String> =
                    self.graph.candidates(self.facts, id).into_iter().map(|r| self.describe(r)).collect();
                if names.is_empty() {
                    return Err(Why::Missing);
                }
                self.text_value(&names.join("、"))
            }
            Function::Printed => {
                let span = self.place(first, frame).ok_or(Why::Missing)?;
                self.text_value(self.sources.text(span))
            }
            Function::Unit => match self.number(first, frame)?.unit {
                Unit::Of(symbol) => Value::Text(symbol, symbol),
                Unit::Open | Unit::Ratio => return Err(Why::Missing),
            },
            Function::Scale => {
                let number = self.number(first, frame)?;
                let span = self.place(first, frame).ok_or(Why::Missing)?;
                Value::Number(Number::plain(printed_scale(self.sources.text(span), number.value).ok_or(Why::Missing)?))
            }
            Function::Cyclic => Value::Bool(self.graph.on_cycle(self.row(first, frame)?)),
        })
    }

    /// A row as people name it: keyword, number, name.
    pub fn describe(&self, row: RowRef) -> String {
        let relation = self.facts.vocabulary.relations.get(row.relation.0 as usize);
        let mut out = relation.map_or_else(String::new, |r| r.name.clone());
        let columns = relation.map_or(&[][..], |r| &r.columns);
        for (i, column) in columns.iter().enumerate() {
            if column.role != crate::plan::ColumnRole::Head {
                continue;
            }
            let Ok(id) = u16::try_from(i) else { break };
            match self.facts.cell(row, ColumnId(id)).0 {
                Fact::Number(n) => out.push_str(&format!(" No{n}")),
                Fact::Text(printed, _) if column.ty == crate::plan::ColumnType::Code => {
                    out.push_str(&format!(" {}", self.facts.text(printed)))
                }
                Fact::Text(printed, _) => out.push_str(&format!("「{}」", self.facts.text(printed))),
                Fact::Year(year) => out.push_str(&format!(" {year}")),
                _ => {}
            }
        }
        out
    }

    /// The place that an expression points to: its cell, or the head of its row where nothing is printed.
    pub fn place(&self, node: &Node, frame: &mut Frame) -> Option<Span> {
        let cell_place = |row: RowRef, column: ColumnId| {
            if let Some(made) = self.defined(row.relation) {
                return made.place(row, column).or_else(|| self.head(row));
            }
            let (_, span) = self.facts.cell(row, column);
            if span.start == span.end { self.head(row) } else { Some(span) }
        };
        match &*node.kind {
            Kind::Cell(base, column) | Kind::Target(base, column) | Kind::Marked(base, column) => {
                cell_place(self.row(base, frame).ok()?, *column)
            }
            Kind::AtYear(owner, relation, year_column, value_column, year) => {
                match self.at_year(owner, *relation, *year_column, year, frame) {
                    Ok(row) => cell_place(row, *value_column),
                    Err(_) => self.head(self.row(owner, frame).ok()?),
                }
            }
            Kind::Ordinal(base) | Kind::Group(base) | Kind::Series(base) => self.place(base, frame),
            _ => match self.value(node, frame) {
                Value::Row(row) => self.head(row),
                _ => None,
            },
        }
    }

    /// The head of a row that is a value.
    pub fn head_of(&self, value: Value) -> Option<Span> {
        if let Value::Row(row) = value { self.head(row) } else { None }
    }

    pub(super) fn head(&self, row: RowRef) -> Option<Span> {
        if let Some(base) = self.base(row) {
            return self.head(base);
        }
        self.facts.table(row.relation)?.heads.get(row.row as usize).copied()
    }

    /// Whether the extraction of the row that an expression points to is unsure.
    pub fn unsure(&self, node: &Node, frame: &mut Frame) -> bool {
        let row = match &*node.kind {
            Kind::Cell(base, _) | Kind::Target(base, _) | Kind::Marked(base, _) | Kind::AtYear(base, ..) => {
                self.row(base, frame)
            }
            _ => self.row(node, frame),
        };
        let row = row.map(|r| self.base(r).unwrap_or(r));
        row.ok().and_then(|r| self.facts.table(r.relation)?.unsure.get(r.row as usize).copied()).unwrap_or(false)
    }

    fn at_year(
        &self,
        owner: &Node,
        relation: RelationId,
        year_column: ColumnId,
        year: &Node,
        frame: &mut Frame,
    ) -> Result<RowRef, Why> {
        let owner = self.row(owner, frame)?;
        let Value::Year(year) = self.try_value(year, frame)? else { return Err(Why::Missing) };
        let index = self.series_index(relation, year_column, owner.relation);
        match index.rows.get([Key::Row(owner), Key::Year(year)].as_slice()).map(Vec::as_slice) {
            None | Some([]) => Err(Why::Missing),
            Some([row]) => Ok(*row),
            Some(_) => Err(Why::Several),
        }
    }

    fn series_index(&self, relation: RelationId, year_column: ColumnId, owner: RelationId) -> Rc<Index> {
        let name = (relation, owner);
        if let Some(index) = self.years.borrow().get(&name) {
            return Rc::clone(index);
        }
        let mut index = Index { rows: FxHashMap::default(), unreadable: Vec::new() };
        for row in self.rows(relation) {
            if let (Some(parent), Fact::Year(year)) = (self.facts.parent(row), self.facts.cell(row, year_column).0) {
                index.rows.entry(Box::new([Key::Row(parent), Key::Year(year)])).or_default().push(row);
            }
        }
        let index = Rc::new(index);
        self.years.borrow_mut().insert(name, Rc::clone(&index));
        index
    }

    pub(super) fn rows(&self, relation: RelationId) -> impl Iterator<Item = RowRef> + use<> {
        let count = match self.defined(relation) {
            Some(made) => made.len(),
            None => self.facts.table(relation).map_or(0, |t| t.heads.len()),
        };
        (0..u32::try_from(count).unwrap_or(u32::MAX)).map(move |row| RowRef { relation, row })
    }

    fn aggregate(&self, kind: Aggregate, query: &Query, body: Option<&Node>, frame: &mut Frame) -> Result<Value, Why> {
        let mut seen = 0_i128;
        let mut total: Option<Number> = None;
        let mut best: Option<Value> = None;
        let mut distinct: FxHashSet<Key> = FxHashSet::default();
        let mut open: Option<Why> = None;
        let mut printings: Vec<Number> = Vec::new();
        let mut decided: Option<bool> = None;
        let torn = self.search(query, frame, &mut |frame| {
            seen += 1;
            match kind {
                Aggregate::Exists => {
                    decided = Some(true);
                    return Flow::Stop;
                }
                Aggregate::Count => {}
                Aggregate::All => match body.map_or(Ok(true), |b| self.truth(b, frame)) {
                    Ok(true) => {}
                    Ok(false) => {
                        decided = Some(false);
                        return Flow::Stop;
                    }
                    Err(why) => open = open.or(Some(why)),
                },
                Aggregate::Sum | Aggregate::Average => {
                    let next =
                        body.ok_or(Why::Missing).and_then(|b| self.operand(b, frame)).and_then(|n| match total {
                            Some(sum) => {
                                number::arithmetic(crate::syntax::rules::ArithmeticOp::Add, sum, n, self.percent)
                            }
                            None => Ok(n),
                        });
                    match next {
                        Ok(sum) => total = Some(sum),
                        Err(why) => open = open.or(Some(why)),
                    }
                }
                Aggregate::Agree => match body.ok_or(Why::Missing).and_then(|b| self.number(b, frame)) {
                    Ok(figure) => printings.push(figure),
                    // What is not printed contradicts nothing; that it is missing is for another rule to say.
                    Err(Why::Missing | Why::Qualitative) => {}
                    Err(why) => open = open.or(Some(why)),
                },
                Aggregate::Collect => open = Some(Why::Several),
                Aggregate::Median => match body.ok_or(Why::Missing).and_then(|b| self.operand(b, frame)) {
                    Ok(figure) => printings.push(figure),
                    Err(Why::Missing | Why::Qualitative) => {}
                    Err(why) => open = open.or(Some(why)),
                },
                Aggregate::Max | Aggregate::Min | Aggregate::Distinct => {
                    match body.ok_or(Why::Missing).and_then(|b| self.try_value(b, frame)) {
                        // What is not printed takes no part in an extreme or in a count of kinds.
                        Err(Why::Missing | Why::Qualitative)
                        | Ok(Value::Unknown(Why::Missing) | Value::Qualitative(..))
                            if kind != Aggregate::Distinct => {}
                        Err(Why::Missing) => {}
                        Err(why) | Ok(Value::Unknown(why)) => open = open.or(Some(why)),
                        Ok(value) if kind == Aggregate::Distinct => match value.key() {
                            Ok(key) => {
                                distinct.insert(key);
                            }
                            Err(why) => open = open.or(Some(why)),
                        },
                        Ok(value) => match best {
                            None => best = Some(value),
                            Some(current) => {
                                let op = if kind == Aggregate::Max { CompareOp::Greater } else { CompareOp::Less };
                                match self.compare(op, value, current) {
                                    Ok(true) => best = Some(value),
                                    Ok(false) => {}
                                    Err(why) => open = open.or(Some(why)),
                                }
                            }
                        },
                    }
                }
            }
            Flow::Continue
        });
        if let Some(decided) = decided {
            return Ok(Value::Bool(decided));
        }
        torn?;
        if let Some(why) = open {
            return Err(why);
        }
        Ok(match kind {
            Aggregate::Exists => Value::Bool(false),
            Aggregate::All => Value::Bool(true),
            Aggregate::Collect => return Err(Why::Several),
            Aggregate::Median => Value::Number(number::median(&mut printings, self.percent)?),
            Aggregate::Agree => Value::Bool(number::agree(&printings, self.percent)?),
            Aggregate::Count => integer(seen),
            Aggregate::Distinct => integer(i128::try_from(distinct.len()).unwrap_or(i128::MAX)),
            Aggregate::Sum => Value::Number(total.unwrap_or_else(|| Number::plain(Exact::ZERO))),
            Aggregate::Average => {
                let sum = total.ok_or(Why::Missing)?;
                let count = Number { unit: Unit::Ratio, ..Number::plain(Exact::from_int(seen)) };
                Value::Number(number::arithmetic(crate::syntax::rules::ArithmeticOp::Divide, sum, count, self.percent)?)
            }
            Aggregate::Max | Aggregate::Min => best.ok_or(Why::Missing)?,
        })
    }

    /// Calls `found` for every binding of the query. `Err` if a torn cell leaves open whether there are more.
    pub fn search(
        &self,
        query: &Query,
        frame: &mut Frame,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Result<(), Why> {
        let mut torn = None;
        match self.strategy {
            Strategy::Planned => {
                for condition in &query.before {
                    match self.truth(condition, frame) {
                        Ok(true) => {}
                        Err(Why::Unreadable) => torn = Some(Why::Unreadable),
                        _ => return Ok(()),
                    }
                }
                if torn.is_none() {
                    self.step(query, 0, frame, &mut torn, found);
                }
            }
            Strategy::NestedLoop => {
                self.loop_over(query, 0, frame, &mut torn, found);
            }
        }
        torn.map_or(Ok(()), Err)
    }

    fn step(
        &self,
        query: &Query,
        at: usize,
        frame: &mut Frame,
        torn: &mut Option<Why>,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Flow {
        let Some(step) = query.steps.get(at) else { return found(frame) };
        let mut visit = |value: Value, recheck: &[(Node, Node)], frame: &mut Frame, torn: &mut Option<Why>| {
            self.steps.set(self.steps.get() + 1);
            set(frame, step.slot, value);
            let mut open = false;
            for (inner, outer) in recheck {
                let (a, b) = (self.value(inner, frame), self.value(outer, frame));
                match self.compare(CompareOp::Equal, a, b) {
                    Ok(true) => {}
                    Err(Why::Unreadable) => open = true,
                    _ => return Flow::Continue,
                }
            }
            for filter in &step.filters {
                match self.truth(filter, frame) {
                    Ok(true) => {}
                    Err(Why::Unreadable) => open = true,
                    _ => return Flow::Continue,
                }
            }
            if open {
                *torn = Some(Why::Unreadable);
                return Flow::Continue;
            }
            self.step(query, at + 1, frame, torn, found)
        };
        match &step.access {
            Access::Scan(relation) => {
                for row in self.rows(*relation) {
                    if visit(Value::Row(row), &[], frame, torn) == Flow::Stop {
                        return Flow::Stop;
                    }
                }
            }
            Access::List(node) => match self.set(node, frame) {
                Ok(items) => {
                    for item in items {
                        if visit(item, &[], frame, torn) == Flow::Stop {
                            return Flow::Stop;
                        }
                    }
                }
                Err(why) => *torn = Some(why),
            },
            Access::Index(index_use) => {
                let mut key = Vec::with_capacity(index_use.keys.len() + 1);
                if let Some(base) = &index_use.below {
                    match self.row(base, frame) {
                        Ok(row) => key.push(Key::Row(row)),
                        Err(why) => {
                            if why == Why::Unreadable {
                                *torn = Some(why);
                            }
                            return Flow::Continue;
                        }
                    }
                }
                for (_, outer) in &index_use.keys {
                    match self.value(outer, frame).key() {
                        Ok(part) => key.push(part),
                        Err(why) => {
                            if why == Why::Unreadable {
                                *torn = Some(why);
                            }
                            return Flow::Continue;
                        }
                    }
                }
                let index = self.index(index_use);
                for &row in index.rows.get(key.as_slice()).map_or(&[][..], Vec::as_slice) {
                    if visit(Value::Row(row), &[], frame, torn) == Flow::Stop {
                        return Flow::Stop;
                    }
                }
                for &row in &index.unreadable {
                    let below = index_use.below.is_none() || key.first().is_some_and(|k| self.is_below(row, *k));
                    if below && visit(Value::Row(row), &index_use.keys, frame, torn) == Flow::Stop {
                        return Flow::Stop;
                    }
                }
            }
        }
        Flow::Continue
    }

    /// The rows above `row` as whose `x.関係` it counts: for a figure of a series or a row of a table in the
    /// block of its owner only the owner, so that the targets of a KGI are not those of the KPI under it.
    fn above(&self, row: RowRef, base: RelationId) -> impl Iterator<Item = RowRef> + '_ {
        let kind = self.facts.vocabulary.relations.get(row.relation.0 as usize).map(|r| r.kind);
        let own = matches!(kind, Some(RelationKind::Series(owner) | RelationKind::Rows(owner)) if owner == base);
        let first = self.base(row).or_else(|| self.facts.parent(row));
        let all = std::iter::successors(first, |&at| self.base(at).or_else(|| self.facts.parent(at)));
        all.take(if own { 1 } else { usize::MAX }).filter(move |above| above.relation == base)
    }

    fn is_below(&self, row: RowRef, key: Key) -> bool {
        let Key::Row(base) = key else { return false };
        self.above(row, base.relation).any(|above| above == base)
    }

    fn index(&self, index_use: &IndexUse) -> Rc<Index> {
        let address = std::ptr::from_ref(index_use).addr();
        if let Some(index) = self.used.borrow().get(&address) {
            return Rc::clone(index);
        }
        let index = self.build_index(index_use);
        self.used.borrow_mut().insert(address, Rc::clone(&index));
        index
    }

    fn build_index(&self, index_use: &IndexUse) -> Rc<Index> {
        if let Some(index) = self.indexes.borrow().get(&index_use.name) {
            return Rc::clone(index);
        }
        let mut index = Index { rows: FxHashMap::default(), unreadable: Vec::new() };
        let base = index_use.below.as_ref().map(|b| b.ty.clone());
        let mut frame: Frame = vec![Value::Unknown(Why::Missing); index_use.slot + 1];
        'rows: for row in self.rows(index_use.relation) {
            self.steps.set(self.steps.get() + 1);
            set(&mut frame, index_use.slot, Value::Row(row));
            let mut keys = Vec::with_capacity(index_use.keys.len() + 1);
            let mut torn = false;
            for (inner, _) in &index_use.keys {
                match self.value(inner, &mut frame).key() {
                    Ok(key) => keys.push(key),
                    Err(Why::Unreadable) => torn = true,
                    Err(_) => continue 'rows,
                }
            }
            if torn {
                index.unreadable.push(row);
                continue;
            }
            match &base {
                None => index.rows.entry(keys.into_boxed_slice()).or_default().push(row),
                Some(Type::Row(relation)) => {
                    for above in self.above(row, *relation) {
                        let mut whole = Vec::with_capacity(keys.len() + 1);
                        whole.push(Key::Row(above));
                        whole.extend_from_slice(&keys);
                        index.rows.entry(whole.into_boxed_slice()).or_default().push(row);
                    }
                }
                Some(_) => {}
            }
        }
        let index = Rc::new(index);
        self.indexes.borrow_mut().insert(index_use.name.clone(), Rc::clone(&index));
        index
    }

    /// The reference: every row of every relation, every condition at the innermost place.
    fn loop_over(
        &self,
        query: &Query,
        at: usize,
        frame: &mut Frame,
        torn: &mut Option<Why>,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Flow {
        let Some(range) = query.ranges.get(at) else {
            let mut open = false;
            for condition in &query.conditions {
                match self.truth(condition, frame) {
                    Ok(true) => {}
                    Err(Why::Unreadable) => open = true,
                    _ => return Flow::Continue,
                }
            }
            if open {
                *torn = Some(Why::Unreadable);
                return Flow::Continue;
            }
            return found(frame);
        };
        let values: Vec<Value> = match &range.source {
            RangeSource::Relation(relation) => self.rows(*relation).map(Value::Row).collect(),
            RangeSource::Below(base, relation) => match self.row(base, frame) {
                Ok(base) => {
                    self.rows(*relation).filter(|&r| self.is_below(r, Key::Row(base))).map(Value::Row).collect()
                }
                Err(why) => {
                    if why == Why::Unreadable {
                        *torn = Some(why);
                    }
                    Vec::new()
                }
            },
            RangeSource::List(node) => match self.set(node, frame) {
                Ok(items) => items,
                Err(why) => {
                    *torn = Some(why);
                    Vec::new()
                }
            },
        };
        for value in values {
            set(frame, range.slot, value);
            if self.loop_over(query, at + 1, frame, torn, found) == Flow::Stop {
                return Flow::Stop;
            }
        }
        Flow::Continue
    }
}

fn set(frame: &mut Frame, slot: usize, value: Value) {
    if frame.len() <= slot {
        frame.resize(slot + 1, Value::Unknown(Why::Missing));
    }
    if let Some(place) = frame.get_mut(slot) {
        *place = value;
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

/// The scale that was printed: the value of the whole by the value of its digits.
fn printed_scale(text: &str, _value: Exact) -> Option<Exact> {
    let Ok(Figure::Quantity(quantity)) = Figure::read(text) else { return None };
    let start = text.char_indices().find(|(_, c)| normal::narrow(*c).is_ascii_digit())?.0;
    let digits: String = text
        .get(start..)?
        .chars()
        .map(normal::narrow)
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))
        .collect();
    let Ok(Figure::Quantity(bare)) = Figure::read(digits.trim()) else { return None };
    quantity.value.checked_div(bare.value)
}
