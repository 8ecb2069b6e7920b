//! Sets: distinct values in the order of the facts.
use rustc_hash::FxHashSet;

use super::super::functions::Function;
use super::super::ir::{Kind, Node};
use super::super::value::{Key, Number, Unit, Value, Why};
use super::{Context, Flow, Frame, HELD};
use crate::graph::Resolved;
use crate::plan::{Cell, ColumnId, RowRef};
use crate::syntax::rules::{Aggregate, SetOp};
use crate::value::{Exact, Figure, FiscalYear};

impl Context<'_> {
    /// The values of a set. What is missing is no element; an unreadable one leaves the set undecided.
    pub(in crate::rules) fn set(&self, node: &Node, frame: &mut Frame) -> Result<Vec<Value>, Why> {
        let mut out = Collected::default();
        match &*node.kind {
            Kind::Items(items) => {
                for item in items {
                    out.add(self, self.value(item, frame))?;
                }
            }
            Kind::SetOp(op, a, b) => {
                let first = self.set(a, frame)?;
                match op {
                    SetOp::Union => {
                        for value in first.into_iter().chain(self.set(b, frame)?) {
                            out.add(self, value)?;
                        }
                    }
                    SetOp::Intersect | SetOp::Except => {
                        let other = self.keys(b, frame)?;
                        for value in first {
                            if other.contains(&value.key(self.facts)?) == (*op == SetOp::Intersect) {
                                out.add(self, value)?;
                            }
                        }
                    }
                }
            }
            Kind::Aggregate(Aggregate::Collect, query, Some(body)) => {
                let mut open = None;
                let torn = self.search(query, frame, &mut |frame| {
                    open = open.or(out.add(self, self.value(body, frame)).err());
                    if out.values.len() > HELD.0 { self.count_kept(HELD.1) } else { Flow::Continue }
                });
                torn?;
                if let Some(why) = open {
                    return Err(why);
                }
            }
            Kind::Call(Function::Follow, arguments) => {
                let Some(Kind::Target(base, column)) = arguments.first().map(|a| &*a.kind) else {
                    return Err(Why::Missing);
                };
                for row in self.follow(self.row(base, frame)?, *column) {
                    out.add(self, Value::Row(row))?;
                }
            }
            Kind::If(condition, a, b) => {
                let branch = if self.truth(condition, frame)? { a } else { b };
                return self.set(branch, frame);
            }
            _ => match self.value(node, frame) {
                Value::List(id) => {
                    for &(printed, normal, _) in self.facts.lists.get(id as usize).map_or(&[][..], Vec::as_slice) {
                        out.add(self, Value::Text(printed, normal))?;
                    }
                }
                Value::Unknown(why) if why != Why::Missing => return Err(why),
                _ => {}
            },
        }
        Ok(out.values)
    }

    /// The keys of a set.
    pub(in crate::rules) fn keys(&self, node: &Node, frame: &mut Frame) -> Result<FxHashSet<Key>, Why> {
        self.set(node, frame)?.iter().map(|v| v.key(self.facts)).collect()
    }

    /// The rows that following one reference column leads to; on a cycle each row stands once.
    fn follow(&self, from: RowRef, column: ColumnId) -> Vec<RowRef> {
        let (mut reached, mut seen) = (Vec::new(), FxHashSet::default());
        let mut at = from;
        while let Cell::Reference(id) = self.facts.cell(at, column) {
            let Resolved::Row(next) = self.graph.target(id) else { break };
            if !seen.insert(next) {
                break;
            }
            reached.push(next);
            if next.relation != from.relation {
                break;
            }
            at = next;
        }
        reached
    }

    /// The figure that a text is, with its unit.
    pub(in crate::rules) fn figure_of(&self, text: &str) -> Result<Number, Why> {
        match Figure::read(text) {
            Ok(Figure::Quantity(quantity)) => {
                let (unit, factor) = self.facts.vocabulary.base_unit(quantity.unit);
                let hundred = Exact::from_int(100);
                let value =
                    if unit == "%" { quantity.value.checked_div(hundred) } else { quantity.value.checked_mul(factor) };
                let value = value.ok_or(Why::Overflow)?;
                let unit = if unit.is_empty() { Unit::Open } else { Unit::Of(self.intern(&unit)) };
                Ok(Number { unit, qualifier: quantity.qualifier, ..Number::plain(value) })
            }
            Ok(Figure::Unreadable) => Err(Why::Unreadable),
            Ok(Figure::Missing) => Err(Why::Missing),
            Ok(Figure::Qualitative) | Err(_) => Err(Why::Qualitative),
        }
    }
}

/// The fiscal year in which a period begins or ends: `R3.4.1..R8.3.31`, `令和4年度～令和7年度`.
pub(in crate::rules) fn period_end(text: &str, last: bool) -> Option<FiscalYear> {
    let mut ends = text.split(['～', '〜', '~']).flat_map(|p| p.split("..")).map(str::trim).filter(|p| !p.is_empty());
    let end = if last { ends.last() } else { ends.next() }?;
    FiscalYear::read(end).ok().or_else(|| crate::value::Date::read(end).ok().map(crate::value::Date::fiscal_year))
}

/// Distinct values in the order in which they came.
#[derive(Default)]
struct Collected {
    seen: FxHashSet<Key>,
    values: Vec<Value>,
}

impl Collected {
    fn add(&mut self, context: &Context<'_>, value: Value) -> Result<(), Why> {
        match value.key(context.facts) {
            Ok(key) => {
                if self.seen.insert(key) {
                    self.values.push(value);
                }
                Ok(())
            }
            Err(Why::Missing | Why::Dangling) => Ok(()),
            Err(why) => Err(why),
        }
    }
}
