//! Searches for rows: by the plan with hash indexes, or by plain nested loops, the reference in tests.
use std::ops::Range;

use smallvec::SmallVec;

use super::index::{ELSEWHERE, MISSING, UNREADABLE, word};
use super::ready::ReadyStep;
use super::together::Together;
use super::*;

/// A step of a query that is being searched.
#[derive(Clone, Copy)]
struct Here<'q, 'a> {
    query: &'q Ready<'a>,
    at: usize,
    /// The slot of its variable.
    slot: usize,
    ready: &'q ReadyStep<'a>,
    /// What cells of its rows are held against.
    known: &'q [Packed],
    /// Of the last step: how many filters there are.
    last: Option<usize>,
}

impl<'a> Context<'a> {
    pub(in crate::rules) fn rows(&self, relation: RelationId) -> impl Iterator<Item = RowRef> + use<> {
        (0..self.count(relation)).map(move |row| RowRef { relation, row })
    }

    /// How many rows a relation has.
    pub(in crate::rules) fn count(&self, relation: RelationId) -> u32 {
        let count = match self.defined(relation) {
            Some(made) => made.len(),
            None => self.facts.table(relation).map_or(0, |t| t.heads.len()),
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// Calls `found` for every binding of the query. `Err` if a torn cell leaves open whether there are more.
    pub fn search(
        &self,
        query: &Query,
        frame: &mut Frame,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Result<(), Why> {
        self.search_within(query, None, frame, found)
    }

    /// As [`Self::search`]; of the rows that the first range walks only those in `window` (by number).
    pub(in crate::rules) fn search_within(
        &self,
        query: &Query,
        window: Option<Range<u32>>,
        frame: &mut Frame,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Result<(), Why> {
        if self.strategy == Strategy::Planned {
            return self.run_ready(&self.ready(query), window, frame, found);
        }
        let mut torn = None;
        self.loop_over(query, 0, frame, &mut torn, found);
        torn.map_or(Ok(()), Err)
    }

    /// The same for a query that was made ready.
    pub(super) fn run_ready(
        &self,
        ready: &Ready<'a>,
        window: Option<Range<u32>>,
        frame: &mut Frame,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Result<(), Why> {
        let mut torn = None;
        for condition in &ready.before {
            match self.truth_of(condition, frame) {
                Ok(true) => {}
                Err(Why::Unreadable) => torn = Some(Why::Unreadable),
                _ => return Ok(()),
            }
        }
        if torn.is_none() {
            self.step((ready, 0), window, frame, &mut torn, found);
        }
        torn.map_or(Ok(()), Err)
    }

    fn step(
        &self,
        (query, at): (&Ready<'a>, usize),
        window: Option<Range<u32>>,
        frame: &mut Frame,
        torn: &mut Option<Why>,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Flow {
        let (Some(step), Some(ready)) = (query.plan.steps.get(at), query.steps.get(at)) else { return found(frame) };
        let last = (at + 1 == query.steps.len()).then_some(ready.filters.len());
        let known = ready.known(frame);
        let here = Here { query, at, slot: step.slot, ready, known: &known, last };
        match &step.access {
            Access::Scan(relation) => {
                let relation = *relation;
                for row in window.unwrap_or(0..self.count(relation)) {
                    if self.visit_row(here, RowRef { relation, row }, &[], frame, torn, found) == Flow::Stop {
                        return Flow::Stop;
                    }
                }
            }
            Access::List(node) => match self.set(node, frame) {
                Ok(items) => {
                    for item in items {
                        set(frame, step.slot, item);
                        if self.visit(here, &[], 0, frame, torn, found) == Flow::Stop {
                            return Flow::Stop;
                        }
                    }
                }
                Err(why) => *torn = Some(why),
            },
            Access::Index(index_use) => return self.look_up(here, index_use, frame, torn, found),
        }
        Flow::Continue
    }

    /// Looks at a row, if its own cells do not rule it out, as most do.
    #[inline(always)]
    fn visit_row(
        &self,
        here: Here<'_, 'a>,
        row: RowRef,
        recheck: &[(Node, Node)],
        frame: &mut Frame,
        torn: &mut Option<Why>,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Flow {
        let Some(met) = here.ready.glance(row.row, &self.facts.symbols, here.known) else { return self.count_step() };
        set_row(frame, here.slot, row);
        if here.last == Some(met) && recheck.is_empty() {
            return if self.count_step() == Flow::Stop { Flow::Stop } else { found(frame) };
        }
        self.visit(here, recheck, met, frame, torn, found)
    }

    /// Looks at what the variable of a step holds by now, of which so many of the filters are known to be met.
    fn visit(
        &self,
        here: Here<'_, 'a>,
        recheck: &[(Node, Node)],
        met: usize,
        frame: &mut Frame,
        torn: &mut Option<Why>,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Flow {
        if self.count_step() == Flow::Stop {
            return Flow::Stop;
        }
        let mut open = false;
        for (inner, outer) in recheck {
            let (a, b) = (self.value(inner, frame), self.value(outer, frame));
            match self.compare(CompareOp::Equal, &a, &b) {
                Ok(true) => {}
                Err(Why::Unreadable) => open = true,
                _ => return Flow::Continue,
            }
        }
        for filter in here.ready.filters.iter().skip(met) {
            match self.truth_of(filter, frame) {
                Ok(true) => {}
                Err(Why::Unreadable) => open = true,
                _ => return Flow::Continue,
            }
        }
        if open {
            *torn = Some(Why::Unreadable);
            return Flow::Continue;
        }
        if here.last.is_some() { found(frame) } else { self.step((here.query, here.at + 1), None, frame, torn, found) }
    }

    /// Visits the rows that an index gives.
    fn look_up(
        &self,
        here: Here<'_, 'a>,
        index_use: &IndexUse,
        frame: &mut Frame,
        torn: &mut Option<Why>,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Flow {
        let mut key: SmallVec<[u64; 6]> = SmallVec::new();
        let mut base = None;
        if let Some(above) = &index_use.below {
            match self.row(above, frame).and_then(|row| Ok((row, word(Key::Row(row))?))) {
                Ok((row, part)) => {
                    base = Some(row);
                    key.push(part);
                }
                Err(why) => {
                    if why == Why::Unreadable {
                        *torn = Some(why);
                    }
                    return Flow::Continue;
                }
            }
        }
        for ((_, outer), side) in index_use.keys.iter().zip(&here.ready.keys) {
            match side.word(frame, &self.facts.symbols) {
                ELSEWHERE => match self.value(outer, frame).key(self.facts).and_then(word) {
                    Ok(word) => key.push(word),
                    Err(Why::Unreadable) => key.push(UNREADABLE),
                    Err(_) => return Flow::Continue,
                },
                MISSING => return Flow::Continue,
                word => key.push(word),
            }
        }
        let relation = index_use.relation;
        if key.contains(&UNREADABLE) {
            // Any row may be meant, but for those that another condition leaves out, such as those of other documents.
            if let Some(rows) = here.ready.together.as_ref().and_then(|together| together.of_document(&key)) {
                let rows = rows.map(|row| RowRef { relation, row });
                return self.visit_those_below(base, rows, (here, &index_use.keys), frame, torn, found);
            }
            // A plan that is torn all over is not searched again and again.
            if self.scans.get() == 0 {
                *torn = Some(Why::Unreadable);
                return Flow::Continue;
            }
            self.scans.set(self.scans.get() - 1);
            let rows = self.rows(relation);
            return self.visit_those_below(base, rows, (here, &index_use.keys), frame, torn, found);
        }
        if let Some(together) = &here.ready.together
            && let Some(rows) = together.rows(&key)
        {
            return self.look_through((together, rows), &key, (here, index_use), frame, torn, found);
        }
        let index = self.index(index_use, &here.ready.used);
        // In a sorted index the rows after one that is too great, or too small, are so too.
        let order = index_use.sharp.as_ref().filter(|_| index.sorted).and_then(|s| s.order.as_ref());
        let within = |row: u32, frame: &mut Frame| {
            let Some(order) = order else { return true };
            set_row(frame, here.slot, RowRef { relation, row });
            self.truth(&order.condition, frame) != Ok(false)
        };
        let mut looked = 0_u32;
        let mut flow = Flow::Continue;
        let mut rows = index.find(self.shared, &key);
        if here.query.plan.unordered || index.in_order {
            while flow == Flow::Continue
                && let Some(row) = rows.next().filter(|row| within(*row, frame))
            {
                looked += 1;
                flow = self.visit_row(here, RowRef { relation, row }, &[], frame, torn, found);
            }
        } else {
            let mut rows: SmallVec<[u32; 16]> = rows.take_while(|row| within(*row, frame)).collect();
            rows.sort_unstable();
            for row in rows {
                flow = self.visit_row(here, RowRef { relation, row }, &[], frame, torn, found);
                if flow == Flow::Stop {
                    break;
                }
            }
        }
        self.looked(index_use, &here.ready.used, looked);
        if flow == Flow::Stop || index.unreadable.is_empty() {
            return flow;
        }
        let rows = index.unreadable.iter().map(|row| RowRef { relation, row: *row });
        self.visit_those_below(base, rows, (here, &index_use.keys), frame, torn, found)
    }

    /// Visits the rows of a document that have a key.
    fn look_through(
        &self,
        (together, rows): (&Together<'a>, Range<u32>),
        key: &[u64],
        (here, index_use): (Here<'_, 'a>, &IndexUse),
        frame: &mut Frame,
        torn: &mut Option<Why>,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Flow {
        let (relation, symbols) = (index_use.relation, &self.facts.symbols);
        let mut others = together.others(&here.ready.parts, key);
        let mut having: SmallVec<[u32; 32]> = SmallVec::new();
        // There always is one: by its document alone a row is found by an index.
        let Some((part, word)) = others.next() else { return Flow::Continue };
        let mut open = part.each(symbols, rows.clone(), word, |row| having.push(row));
        for (part, word) in others {
            open |= rows.clone().any(|row| part.of(symbols, row) == UNREADABLE);
            having.retain(|row| part.of(symbols, *row) == word);
        }
        for row in having {
            if self.visit_row(here, RowRef { relation, row }, &[], frame, torn, found) == Flow::Stop {
                return Flow::Stop;
            }
        }
        if !open {
            return Flow::Continue;
        }
        let is_torn = |row: &u32| {
            let words = || together.others(&here.ready.parts, key).map(|(part, _)| part.of(symbols, *row));
            words().any(|word| word == UNREADABLE) && !words().any(|word| matches!(word, MISSING | ELSEWHERE))
        };
        let rows = rows.filter(is_torn).map(|row| RowRef { relation, row });
        self.visit_those_below(None, rows, (here, &index_use.keys), frame, torn, found)
    }

    /// Visits those of some rows that lie below another one, if there is one: whether they have the key is not known.
    #[cold]
    fn visit_those_below(
        &self,
        base: Option<RowRef>,
        rows: impl Iterator<Item = RowRef>,
        (here, keys): (Here<'_, 'a>, &[(Node, Node)]),
        frame: &mut Frame,
        torn: &mut Option<Why>,
        found: &mut dyn FnMut(&mut Frame) -> Flow,
    ) -> Flow {
        for row in rows {
            let below = base.is_none_or(|base| self.is_below(row, base));
            if below && self.visit_row(here, row, keys, frame, torn, found) == Flow::Stop {
                return Flow::Stop;
            }
        }
        Flow::Continue
    }

    /// The rows above `row` as whose `x.関係` it counts: for a figure of a series or a row of a table in the
    /// block of its owner only the owner, so that the targets of a KGI are not those of the KPI under it.
    pub(super) fn above(&self, row: RowRef, base: RelationId) -> impl Iterator<Item = RowRef> + '_ {
        let kind = self.facts.vocabulary.relations.get(row.relation.0 as usize).map(|r| r.kind);
        let own = matches!(kind, Some(RelationKind::Series(owner) | RelationKind::Rows(owner)) if owner == base);
        let first = self.base(row).or_else(|| self.facts.parent(row));
        let all = std::iter::successors(first, |&at| self.base(at).or_else(|| self.facts.parent(at)));
        all.take(if own { 1 } else { usize::MAX }).filter(move |above| above.relation == base)
    }

    pub(super) fn is_below(&self, row: RowRef, base: RowRef) -> bool {
        self.above(row, base.relation).any(|above| above == base)
    }

    /// The reference: every row of every relation, every condition at the innermost place.
    pub(super) fn loop_over(
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
                Ok(base) => self.rows(*relation).filter(|&r| self.is_below(r, base)).map(Value::Row).collect(),
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

/// So many times a rule looks at all rows of a relation because what they are looked up by cannot be read.
pub(in crate::rules) const MOST_SCANS: u32 = 64;

/// Puts a row into a frame: in its place, where a row mostly stands already, since a value that is made elsewhere and moved
/// there keeps the processor waiting.
#[inline]
pub(super) fn set_row(frame: &mut Frame, slot: usize, row: RowRef) {
    match frame.get_mut(slot) {
        Some(Value::Row(place)) => *place = row,
        _ => set(frame, slot, Value::Row(row)),
    }
}

#[inline]
pub(super) fn set(frame: &mut Frame, slot: usize, value: Value) {
    match frame.get_mut(slot) {
        Some(place) => *place = value,
        None => widen(frame, slot, value),
    }
}

#[cold]
fn widen(frame: &mut Frame, slot: usize, value: Value) {
    frame.resize(slot, Value::Unknown(Why::Missing));
    frame.push(value);
}
