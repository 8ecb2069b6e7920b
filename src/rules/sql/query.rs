//! Ranges and conditions: rows that meet all of them, and whether a torn cell leaves open that there are more.
use super::super::ir::{Access, Node, Query};
use super::super::types::Type;
use super::cond::{Cond, Truth};
use super::expr::{Value, Way};
use super::stage::{Step, StepId};
use super::{Maker, Reason, holds_query};
use crate::plan::{RelationId, RelationKind};
use crate::syntax::rules::CompareOp;

/// A condition, and with which range it is decided (as the program plans it).
#[derive(Debug, Clone)]
pub struct Condition<'q> {
    /// How many ranges there are until then: none for a condition on what lies outside.
    pub at: usize,
    what: What<'q>,
}

#[derive(Debug, Clone)]
enum What<'q> {
    /// A condition as it is written.
    Plain(&'q Node),
    /// Two sides that are equal.
    Key(&'q Node, &'q Node),
    /// A row that stands below another.
    Below(usize, RelationId, &'q Node),
}

/// Slots and the relations that they range over.
pub type Ranges = Vec<(usize, RelationId)>;

/// The conditions of a query by its plan, and the range variables with their relations.
pub fn conditions(query: &Query) -> Result<(Vec<Condition<'_>>, Ranges), Reason> {
    let mut out: Vec<Condition<'_>> =
        query.plan.before.iter().map(|n| Condition { at: 0, what: What::Plain(n) }).collect();
    let mut ranges = Vec::new();
    for (at, step) in (1..).zip(&query.plan.steps) {
        match &step.access {
            Access::Scan(relation) => ranges.push((step.slot, *relation)),
            Access::List(_) => return Err(Reason::Set),
            Access::Index(index) => {
                ranges.push((step.slot, index.relation));
                let below = index.below.as_ref();
                out.extend(below.map(|b| Condition { at, what: What::Below(step.slot, index.relation, b) }));
                out.extend(index.keys.iter().map(|(a, b)| Condition { at, what: What::Key(a, b) }));
            }
        }
        out.extend(step.filters.iter().map(|n| Condition { at, what: What::Plain(n) }));
    }
    Ok((out, ranges))
}

impl Condition<'_> {
    fn holds_query(&self) -> bool {
        match self.what {
            What::Plain(node) | What::Below(_, _, node) => holds_query(node),
            What::Key(a, b) => holds_query(a) || holds_query(b),
        }
    }
}

impl Maker<'_> {
    /// A step that joins the first ranges of a query to the rows of an earlier one.
    pub fn frame(&mut self, base: Option<StepId>, ranges: &[(usize, RelationId)]) -> Result<StepId, Reason> {
        let mut step = Step { parent: base, ..Step::default() };
        for (slot, relation) in ranges {
            let rows = self.rows(*slot, *relation)?;
            step.slots.insert(*slot, rows);
        }
        Ok(self.steps.add(step))
    }

    /// Keeps the rows for which each condition is as `wanted` says; those with queries in them come after the others.
    /// Tells which conditions may meet a torn cell.
    pub fn filter(
        &mut self,
        step: StepId,
        conditions: &[Condition<'_>],
        wanted: &dyn Fn(usize, &Truth) -> Cond,
    ) -> Result<(StepId, Vec<bool>), Reason> {
        let mut last = step;
        let mut torn = vec![false; conditions.len()];
        for later in [false, true] {
            for (number, condition) in conditions.iter().enumerate().filter(|(_, c)| c.holds_query() == later) {
                if later && last == step {
                    last = self.after(step);
                }
                let truth = self.condition(last, condition)?;
                if let Some(flag) = torn.get_mut(number) {
                    *flag = truth.torn != Cond::Never;
                }
                let filter = wanted(number, &truth);
                if let Some(step) = self.steps.get_mut(last) {
                    step.filters.push(filter);
                }
            }
        }
        Ok((last, torn))
    }

    fn condition(&mut self, step: StepId, condition: &Condition<'_>) -> Result<Truth, Reason> {
        match condition.what {
            What::Plain(node) => self.truth(step, node),
            What::Key(inner, outer) => {
                let (a, b) = (self.expr(step, inner)?, self.expr(step, outer)?);
                let truth = self.equal(CompareOp::Equal, &a, &b)?;
                // A key is not looked for where either side is missing, torn or not as the other may be.
                let (x, y) = (a.errors(), b.errors());
                let torn = x.torn.and(&y.beside_torn().not()).or(&y.torn.and(&x.beside_torn().not()));
                Ok(Truth { torn, ..truth })
            }
            What::Below(slot, relation, base) => self.below(step, (slot, relation), base),
        }
    }

    /// Whether a row stands in the block of another.
    fn below(&mut self, step: StepId, (slot, relation): (usize, RelationId), base: &Node) -> Result<Truth, Reason> {
        let Value::Row(of, row, errors) = self.expr(step, base)? else { return Err(Reason::Other) };
        let Type::Row(_) = base.ty else { return Err(Reason::Other) };
        let Some(table) = self.schema.table(relation) else {
            return Err(Reason::Defined(self.relation_name(relation)));
        };
        let kind = self.vocabulary.relations.get(relation.0 as usize).map(|r| r.kind);
        let own = matches!(kind, Some(RelationKind::Series(owner) | RelationKind::Rows(owner)) if owner == of);
        let Some((name, nested)) = table.above.get(&of).cloned() else { return Ok(Truth::of(Cond::Never)) };
        if own && table.direct != Some(of) {
            return Err(Reason::Nested);
        }
        if nested && !own {
            return Err(Reason::Nested);
        }
        let above = self.column(step, &Way { slot, hops: Vec::new() }, &name)?;
        let so = Cond::sql(format!("{above} = {row}"));
        Ok(Truth { not: so.not(), so, torn: errors.torn })
    }

    /// Steps whose rows say where a torn cell leaves open that a query has more rows.
    pub fn torn(
        &mut self,
        base: Option<StepId>,
        conditions: &[Condition<'_>],
        ranges: &[(usize, RelationId)],
        may: &[bool],
    ) -> Result<Vec<StepId>, Reason> {
        let mut out = Vec::new();
        let torn = may.iter().enumerate().filter(|(_, m)| **m).filter_map(|(n, _)| Some((n, conditions.get(n)?.at)));
        for (number, at) in torn {
            // Only the ranges up to that one: the program looks no further from there, and at none for a condition that
            // needs none.
            let until = conditions.iter().take_while(|c| c.at <= at).count();
            let some = conditions.get(..until).unwrap_or(conditions);
            let step = self.frame(base, ranges.get(..at).unwrap_or(ranges))?;
            let (last, _) = self.filter(step, some, &|n, truth| {
                let same = some.get(n).is_some_and(|c| c.at == at);
                match n.cmp(&number) {
                    std::cmp::Ordering::Less => truth.so.clone(),
                    std::cmp::Ordering::Equal => truth.torn.clone(),
                    std::cmp::Ordering::Greater if same => truth.so.or(&truth.torn),
                    std::cmp::Ordering::Greater => truth.so.clone(),
                }
            })?;
            out.push(last);
        }
        Ok(out)
    }
}
