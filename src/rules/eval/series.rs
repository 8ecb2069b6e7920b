//! Figures along the years of one series: the one before, the one after, steps, growth and straight lines.
use rustc_hash::FxHashMap;

use super::super::functions::Function;
use super::super::number;
use super::super::value::{Number, Value, Why};
use super::Context;
use crate::plan::{Cell, ColumnId, RelationId, RowRef};
use crate::syntax::rules::ArithmeticOp;
use crate::value::{Exact, FiscalYear};

/// For each row of a series with a printed figure: the rows with the figures before and after it.
pub type Neighbours = FxHashMap<RowRef, (Option<RowRef>, Option<RowRef>)>;

/// The columns that the house gives to every series (see [`crate::plan::Vocabulary`]).
const YEAR: ColumnId = ColumnId(0);
const PART: ColumnId = ColumnId(1);
const VALUE: ColumnId = ColumnId(2);

impl<'a> Context<'a> {
    /// 前, 次, 増減, 伸び率, 補間 of a row of a series.
    pub(in crate::rules) fn along_series(&self, function: Function, row: RowRef) -> Result<Value, Why> {
        let neighbours = self.neighbours(row.relation);
        let (before, after) = neighbours.get(&row).copied().unwrap_or_default();
        let before = before.ok_or(Why::Missing);
        let after = after.ok_or(Why::Missing);
        let compute = |op, a, b| number::arithmetic(op, a, b, self.percent);
        Ok(match function {
            Function::Previous => Value::Row(before?),
            Function::Next => Value::Row(after?),
            Function::Step => Value::number(compute(ArithmeticOp::Subtract, self.figure(row)?, self.figure(before?)?)?),
            Function::Growth => {
                let first = self.figure(before?)?;
                let step = compute(ArithmeticOp::Subtract, self.figure(row)?, first)?;
                Value::number(compute(ArithmeticOp::Divide, step, first)?)
            }
            _ => {
                let (before, after) = (before?, after?);
                let (first, last) = (self.figure(before)?, self.figure(after)?);
                let years = |from: RowRef, to: RowRef| {
                    Ok::<_, Why>(
                        i128::from(self.year(to).ok_or(Why::Missing)?.0)
                            - i128::from(self.year(from).ok_or(Why::Missing)?.0),
                    )
                };
                let plain = |n: i128| Number::plain(Exact::from_int(n));
                let (done, whole) = (plain(years(before, row)?), plain(years(before, after)?));
                let rise = compute(ArithmeticOp::Subtract, last, first)?;
                let share = compute(ArithmeticOp::Divide, done, whole)?;
                Value::number(compute(ArithmeticOp::Add, first, compute(ArithmeticOp::Multiply, rise, share)?)?)
            }
        })
    }

    fn figure(&self, row: RowRef) -> Result<Number, Why> {
        self.cell_value(row, VALUE).and_then(|value| self.as_number(&value))
    }

    fn year(&self, row: RowRef) -> Option<FiscalYear> {
        if let Cell::Year(year) = self.facts.cell(row, YEAR) { Some(year) } else { None }
    }

    /// Sorted once for a series: by the row that owns it, the part (①, ②) and the year. What is not a figure, or
    /// stands beside another figure of the same year, has no neighbours.
    fn neighbours(&self, relation: RelationId) -> &'a Neighbours {
        self.shared.neighbours(relation).get_or_init(|| self.find_neighbours(relation))
    }

    fn find_neighbours(&self, relation: RelationId) -> Neighbours {
        let mut printed: Vec<(RowRef, i64, FiscalYear, RowRef)> = Vec::new();
        for row in self.rows(relation) {
            let part = if let Cell::Number(n) = self.facts.cell(row, PART) { n } else { 0 };
            let figure = matches!(self.facts.cell(row, VALUE), Cell::Figure(_));
            if let (true, Some(owner), Some(year)) = (figure, self.facts.parent(row), self.year(row)) {
                printed.push((owner, part, year, row));
            }
        }
        printed.sort_unstable();
        let mut made = Neighbours::default();
        for pair in printed.windows(2) {
            let [before, after] = pair else { continue };
            if (before.0, before.1) == (after.0, after.1) && before.2 != after.2 {
                made.entry(before.3).or_default().1 = Some(after.3);
                made.entry(after.3).or_default().0 = Some(before.3);
            }
        }
        made
    }
}
