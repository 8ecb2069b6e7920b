//! Comprehensions and quantifiers.
use super::*;

impl Context<'_> {
    pub(super) fn aggregate(
        &self,
        kind: Aggregate,
        query: &Query,
        body: Option<&Node>,
        frame: &mut Frame,
    ) -> Result<Value, Why> {
        let mut seen = 0_usize;
        let mut total: Option<Value> = None;
        let mut best: Option<Value> = None;
        let mut distinct: FxHashSet<Key> = FxHashSet::default();
        let mut known: FxHashSet<(Unit, Exact, Qualifier)> = FxHashSet::default();
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
                    Err(why) => open = open.max(Some(why)),
                },
                Aggregate::Sum | Aggregate::Average => {
                    let next = body.ok_or(Why::Missing).and_then(|b| self.operand_value(b, frame));
                    let next = next.and_then(|n| match &total {
                        Some(sum) => self.arithmetic(ArithmeticOp::Add, sum, &n),
                        None => Ok(n),
                    });
                    match next {
                        Ok(sum) => total = Some(sum),
                        Err(why) => open = open.max(Some(why)),
                    }
                }
                Aggregate::Agree => match body.ok_or(Why::Missing).and_then(|b| self.number(b, frame)) {
                    Ok(figure) => printings.push(figure),
                    // What is not printed contradicts nothing; that it is missing is for another rule to say.
                    Err(Why::Missing | Why::Qualitative) => {}
                    Err(why) => open = open.max(Some(why)),
                },
                Aggregate::Collect => open = Some(Why::Several),
                Aggregate::Median => match body.ok_or(Why::Missing).and_then(|b| self.operand(b, frame)) {
                    Ok(figure) => printings.push(figure),
                    Err(Why::Missing | Why::Qualitative) => {}
                    Err(why) => open = open.max(Some(why)),
                },
                Aggregate::Max | Aggregate::Min | Aggregate::Distinct => {
                    match body.ok_or(Why::Missing).and_then(|b| self.try_value(b, frame)) {
                        // What is not printed takes no part in an extreme or in a count of kinds.
                        Err(Why::Missing | Why::Qualitative)
                        | Ok(Value::Unknown(Why::Missing) | Value::Qualitative(..))
                            if kind != Aggregate::Distinct => {}
                        Err(Why::Missing) => {}
                        Err(why) | Ok(Value::Unknown(why)) => open = open.max(Some(why)),
                        Ok(value) if kind == Aggregate::Distinct => match value.as_number(self.facts) {
                            Some(figure) => {
                                if known.insert((figure.unit, figure.value, figure.qualifier)) {
                                    printings.push(figure);
                                }
                            }
                            None => match value.key(self.facts) {
                                Ok(key) => {
                                    distinct.insert(key);
                                }
                                Err(why) => open = open.max(Some(why)),
                            },
                        },
                        Ok(value) => match &best {
                            None => best = Some(value),
                            Some(current) => {
                                let op = if kind == Aggregate::Max { CompareOp::Greater } else { CompareOp::Less };
                                match self.compare(op, &value, current) {
                                    Ok(true) => best = Some(value),
                                    Ok(false) => {}
                                    Err(why) => open = open.max(Some(why)),
                                }
                            }
                        },
                    }
                }
            }
            if printings.len() + distinct.len() > HELD.0 { self.count_kept(HELD.1) } else { Flow::Continue }
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
            Aggregate::Median => Value::number(number::median(&mut printings, self.percent)?),
            Aggregate::Agree => Value::Bool(number::agree(&printings, self.percent)?),
            Aggregate::Count => integer(seen),
            Aggregate::Distinct => integer(distinct.len() + number::kinds(&mut printings, self.percent)?),
            Aggregate::Sum => total.unwrap_or(Value::Integer(0)),
            Aggregate::Average => {
                let sum = self.as_number(&total.ok_or(Why::Missing)?)?;
                let count = Number {
                    unit: Unit::Ratio,
                    ..Number::plain(Exact::from_int(i128::try_from(seen).unwrap_or(i128::MAX)))
                };
                Value::number(number::arithmetic(ArithmeticOp::Divide, sum, count, self.percent)?)
            }
            Aggregate::Max | Aggregate::Min => best.ok_or(Why::Missing)?,
        })
    }
}
