//! Searches for rows: by the plan with hash indexes, or by plain nested loops, the reference in tests.
use super::*;

impl Context<'_> {
    pub(in crate::rules) fn rows(&self, relation: RelationId) -> impl Iterator<Item = RowRef> + use<> {
        let count = match self.defined(relation) {
            Some(made) => made.len(),
            None => self.facts.table(relation).map_or(0, |t| t.heads.len()),
        };
        (0..u32::try_from(count).unwrap_or(u32::MAX)).map(move |row| RowRef { relation, row })
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

    pub(super) fn step(
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
                let mut unreadable = false;
                for (_, outer) in &index_use.keys {
                    match self.value(outer, frame).key() {
                        Ok(part) => key.push(part),
                        Err(Why::Unreadable) => unreadable = true,
                        Err(_) => return Flow::Continue,
                    }
                }
                if unreadable {
                    // Any row may be meant, but for those that another condition leaves out. A plan that is torn all over
                    // is not searched again and again.
                    if self.scans.get() == MOST_SCANS {
                        *torn = Some(Why::Unreadable);
                        return Flow::Continue;
                    }
                    self.scans.set(self.scans.get() + 1);
                    for row in self.rows(index_use.relation) {
                        let below = index_use.below.is_none() || key.first().is_some_and(|k| self.is_below(row, *k));
                        if below && visit(Value::Row(row), &index_use.keys, frame, torn) == Flow::Stop {
                            return Flow::Stop;
                        }
                    }
                    return Flow::Continue;
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
    pub(super) fn above(&self, row: RowRef, base: RelationId) -> impl Iterator<Item = RowRef> + '_ {
        let kind = self.facts.vocabulary.relations.get(row.relation.0 as usize).map(|r| r.kind);
        let own = matches!(kind, Some(RelationKind::Series(owner) | RelationKind::Rows(owner)) if owner == base);
        let first = self.base(row).or_else(|| self.facts.parent(row));
        let all = std::iter::successors(first, |&at| self.base(at).or_else(|| self.facts.parent(at)));
        all.take(if own { 1 } else { usize::MAX }).filter(move |above| above.relation == base)
    }

    pub(super) fn is_below(&self, row: RowRef, key: Key) -> bool {
        let Key::Row(base) = key else { return false };
        self.above(row, base.relation).any(|above| above == base)
    }

    pub(super) fn index(&self, index_use: &IndexUse) -> Rc<Index> {
        let address = std::ptr::from_ref(index_use).addr();
        if let Some(index) = self.used.borrow().get(&address) {
            return Rc::clone(index);
        }
        let index = self.build_index(index_use);
        self.used.borrow_mut().insert(address, Rc::clone(&index));
        index
    }

    pub(super) fn build_index(&self, index_use: &IndexUse) -> Rc<Index> {
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

/// So many times a run looks at all rows of a relation because what they are looked up by cannot be read.
const MOST_SCANS: u32 = 256;

fn set(frame: &mut Frame, slot: usize, value: Value) {
    if frame.len() <= slot {
        frame.resize(slot + 1, Value::Unknown(Why::Missing));
    }
    if let Some(place) = frame.get_mut(slot) {
        *place = value;
    }
}
