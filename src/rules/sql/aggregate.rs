//! Comprehensions and quantifiers: what is found for each row is grouped by that row and joined to it.
use super::super::ir::{Node, Query};
use super::super::types::Type;
use super::cond::{Cond, Errors, Truth};
use super::expr::{Value, Way, nought};
use super::number::{Decimal, Ends, Figure, Interval, Number, RATIO, Repr, Units};
use super::query::conditions;
use super::stage::{From, Input, Step, StepId};
use super::{Maker, Reason, holds_query};
use crate::plan::RelationId;
use crate::syntax::rules::Aggregate;

/// The step that groups, as the rows it is joined to see it.
struct Grouped {
    step: StepId,
    alias: String,
    /// Whether a torn cell leaves open that there is more.
    torn: Cond,
    /// Digits of the number of rows that one group can have.
    digits: u32,
    /// The range variable, if there is one only.
    slot: Option<usize>,
}

/// Kinds of errors in the order in which a group keeps them.
const KINDS: usize = 5;

impl Maker<'_> {
    /// A comprehension or quantifier.
    pub fn aggregate(
        &mut self,
        step: StepId,
        node: &Node,
        kind: Aggregate,
        query: &Query,
        body: Option<&Node>,
    ) -> Result<Value, Reason> {
        if body.is_some_and(holds_query) {
            return Err(Reason::Inner);
        }
        if matches!(kind, Aggregate::Collect) {
            return Err(Reason::Set);
        }
        if matches!(kind, Aggregate::Median | Aggregate::Agree) {
            let name = if kind == Aggregate::Median { "中央値" } else { "同値" };
            return Err(Reason::Function(name.into()));
        }
        let group = self.grouped(step, node, query)?;
        match (kind, body) {
            (Aggregate::Exists, _) => {
                let count = self.output_of(&group, "n", "COUNT(*)");
                let found = Cond::sql(format!("{count} > 0"));
                let none = found.not();
                let (not, torn) = (none.and(&group.torn.not()), none.and(&group.torn));
                Ok(Value::Truth(Truth { so: found, not, torn }))
            }
            (Aggregate::Count, _) => {
                let count = self.output_of(&group, "n", "COUNT(*)");
                let number = Number::plain(Decimal::long(format!("COALESCE({count}, 0)"), group.digits, true));
                Ok(self.unless_torn(number, &group, Errors::NONE))
            }
            (Aggregate::All, Some(body)) => self.all(&group, body),
            (Aggregate::Sum | Aggregate::Average, Some(body)) => self.sum(&group, kind, body),
            (Aggregate::Max | Aggregate::Min, Some(body)) => self.extreme(&group, kind, body),
            (Aggregate::Distinct, Some(body)) => self.distinct(&group, body),
            _ => Err(Reason::Other),
        }
    }

    /// Whether a label that is repeated for the rows of a query stands at a place whose extraction is unsure.
    pub fn any_label(&mut self, step: StepId, query: &Query, place: &Node) -> Result<Cond, Reason> {
        let outer = self.steps.get(step).and_then(|s| s.parent).ok_or(Reason::Other)?;
        let (conditions, ranges) = conditions(query)?;
        let frame = self.frame(Some(outer), &ranges)?;
        let (last, _) = self.filter(frame, &conditions, &|_, truth| truth.so.clone())?;
        let unsure = self.after(last);
        let (_, at) = self.place(unsure, place)?;
        if let Some(step) = self.steps.get_mut(unsure) {
            step.filters.push(Cond::sql(at));
        }
        let read = self.bound(outer);
        let (group, alias) = self.join_group(step, unsure, &read)?;
        self.give(group, "n", "COUNT(*)".into());
        Ok(Cond::sql(format!("{alias}.{} > 0", self.dialect.quote("n"))))
    }

    /// Joins the rows that a query finds for each row of a step to it, in groups.
    fn grouped(&mut self, step: StepId, node: &Node, query: &Query) -> Result<Grouped, Reason> {
        let Some(this) = self.steps.get(step) else { return Err(Reason::Other) };
        if !this.slots.is_empty() {
            return Err(Reason::Inner);
        }
        let outer = this.parent.ok_or(Reason::Other)?;
        let bound = self.bound(outer);
        let read: Vec<usize> = bound.iter().copied().filter(|slot| node.reads(*slot)).collect();
        // The rows that it depends on, each once: pairs of rows may share what is found for one of them.
        let base = if read.is_empty() {
            None
        } else if read == bound {
            Some(outer)
        } else {
            let distinct = Step { parent: Some(outer), distinct: true, ..Step::default() };
            Some(self.steps.add(distinct))
        };
        let (conditions, ranges) = conditions(query)?;
        if !query.plan.before.is_empty() && base.is_none() {
            return Err(Reason::Inner);
        }
        let frame = self.frame(base, &ranges)?;
        let (last, may) = self.filter(frame, &conditions, &|_, truth| truth.so.clone())?;
        let torn = self.torn(base, &conditions, &ranges, &may)?;
        let (step_of, alias) = self.join_group(step, last, &read)?;
        let mut open = Cond::Never;
        if !torn.is_empty() {
            let mut names = Vec::new();
            for slot in &read {
                let way = Way { slot: *slot, hops: Vec::new() };
                let name = self.output(&way, "_row");
                for part in &torn {
                    let sql = self.column(*part, &way, "_row")?;
                    self.give(*part, &name, sql);
                }
                names.push(name);
            }
            let outputs = names.iter().map(|n| (n.clone(), self.dialect.quote(n))).collect();
            let all = self.steps.add(Step { union: torn, outputs, ..Step::default() });
            let group = Step { parent: Some(all), group: Some(names.clone()), ..Step::default() };
            let group = self.steps.add(group);
            for name in &names {
                let sql = format!("x.{}", self.dialect.quote(name));
                self.give(group, name, sql);
            }
            self.give(group, "n", "COUNT(*)".into());
            let alias = self.join_keys(step, group, &read)?;
            open = Cond::sql(format!("{alias}.{} > 0", self.dialect.quote("n")));
        }
        let rows = |relation: RelationId| self.schema.table(relation).map_or(1, |t| t.rows.max(1));
        let most = ranges.iter().map(|(_, r)| rows(*r) as u128).fold(1_u128, u128::saturating_mul);
        let digits = u32::try_from(most.to_string().len()).unwrap_or(38);
        let slot = if let [(slot, _)] = ranges.as_slice() { Some(*slot) } else { None };
        Ok(Grouped { step: step_of, alias, torn: open, digits, slot })
    }

    /// A step that groups the rows of `last` by what they were found for, joined to a step.
    fn join_group(&mut self, step: StepId, last: StepId, read: &[usize]) -> Result<(StepId, String), Reason> {
        let names: Vec<String> =
            read.iter().map(|slot| self.output(&Way { slot: *slot, hops: Vec::new() }, "_row")).collect();
        let group = self.steps.add(Step { parent: Some(last), group: Some(names.clone()), ..Step::default() });
        for (slot, name) in read.iter().zip(&names) {
            let sql = self.column(group, &Way { slot: *slot, hops: Vec::new() }, "_row")?;
            self.give(group, name, sql);
        }
        let alias = self.join_keys(step, group, read)?;
        Ok((group, alias))
    }

    fn join_keys(&mut self, step: StepId, group: StepId, read: &[usize]) -> Result<String, Reason> {
        let alias = format!("a{group}");
        let mut on = Cond::Always;
        for slot in read {
            let way = Way { slot: *slot, hops: Vec::new() };
            let name = self.output(&way, "_row");
            let here = self.column(step, &way, "_row")?;
            on = on.and(&Cond::sql(format!("{alias}.{} = {here}", self.dialect.quote(&name))));
        }
        let joined = From { name: Input::Step(group), alias: alias.clone(), on: Some(on) };
        if let Some(step) = self.steps.get_mut(step) {
            step.inputs.push(joined);
        }
        Ok(alias)
    }

    /// Something computed over a group, as the step it is joined to sees it.
    fn output_of(&mut self, group: &Grouped, name: &str, sql: &str) -> String {
        self.give(group.step, name, sql.to_owned());
        format!("{}.{}", group.alias, self.dialect.quote(name))
    }

    fn unless_torn(&self, number: Number, group: &Grouped, errors: Errors) -> Value {
        let torn = Errors { torn: group.torn.clone(), ..Errors::NONE };
        let errors = torn.then(&errors);
        let value = match errors.any() {
            Cond::Never => number.value.clone(),
            wrong => Decimal {
                sql: format!("CASE WHEN {} THEN {} END", wrong.not(), number.value.sql),
                ..number.value.clone()
            },
        };
        Value::Figure(Figure { number: Number { value, ..number }, errors, word: None })
    }

    /// The errors of the values of a group: that of the first row that has one.
    fn first_error(&mut self, group: &Grouped, errors: &Errors, skip_missing: bool) -> Result<Errors, Reason> {
        let mut all: [Cond; KINDS] = [
            errors.missing.clone(),
            errors.torn.clone(),
            errors.dangling.clone(),
            errors.qualitative.clone(),
            errors.other.clone(),
        ];
        if skip_missing {
            all[0] = Cond::Never;
            all[3] = Cond::Never;
        }
        let kinds = all.iter().filter(|c| **c != Cond::Never).count();
        if kinds == 0 {
            return Ok(Errors::NONE);
        }
        let order = match group.slot {
            Some(slot) if kinds > 1 => {
                let row = self.column(group.step, &Way { slot, hops: Vec::new() }, "_row")?;
                format!("{row} * 8 + ")
            }
            None if kinds > 1 => return Err(Reason::Why),
            _ => String::new(),
        };
        let cases = all.iter().enumerate().filter(|(_, c)| **c != Cond::Never);
        let cases: String = cases.map(|(n, c)| format!(" WHEN {c} THEN {order}{n}")).collect();
        let first = self.output_of(group, "wrong", &format!("MIN(CASE{cases} END)"));
        let [missing, torn, dangling, qualitative, other] = std::array::from_fn(|n| {
            if all.get(n).is_none_or(|c| *c == Cond::Never) {
                Cond::Never
            } else {
                Cond::sql(format!("MOD({first}, 8) = {n}"))
            }
        });
        Ok(Errors { missing, torn, dangling, qualitative, other, vague: errors.vague })
    }

    fn all(&mut self, group: &Grouped, body: &Node) -> Result<Value, Reason> {
        let value = self.expr(group.step, body)?;
        let errors = value.errors();
        let Value::Truth(truth) = value else { return Err(Reason::Other) };
        let failed = self.output_of(group, "failed", &format!("COUNT(CASE WHEN {} THEN 1 END)", truth.not));
        let failed = Cond::sql(format!("{failed} > 0"));
        let first = self.first_error(group, &errors, false)?;
        let errors = Errors { torn: group.torn.clone(), ..Errors::NONE }.then(&first);
        let rest = failed.not();
        let so = rest.and(&errors.any().not());
        Ok(Value::Truth(Truth { so, not: failed, torn: rest.and(&errors.torn) }))
    }

    /// Whether the units of the figures of a group meet, and the unit of what is made of them.
    fn group_units(&mut self, group: &Grouped, units: &Units) -> Result<(Units, Cond), Reason> {
        if units.only().is_some() {
            return Ok((units.clone(), Cond::Never));
        }
        if units.may.contains("%") && (units.may.contains("") || units.may.contains(RATIO)) {
            return Err(Reason::Units);
        }
        let (sql, none) = (units.sql(self.dialect), self.dialect.literal(""));
        let other = format!("NULLIF({sql}, {none})");
        let unit = self.output_of(group, "unit", &format!("MAX({other})"));
        let least = self.output_of(group, "unit-least", &format!("MIN({other})"));
        let mut may = units.may.clone();
        may.insert(String::new());
        Ok((Units::of(&may, format!("COALESCE({unit}, {none})")), Cond::sql(format!("{unit} <> {least}"))))
    }

    fn sum(&mut self, group: &Grouped, kind: Aggregate, body: &Node) -> Result<Value, Reason> {
        let Figure { number, errors, .. } = self.operand(group.step, body)?;
        if number.over.is_some() {
            return Err(Reason::Inner);
        }
        let first = self.first_error(group, &errors, false)?;
        let (units, mixed) = self.group_units(group, &number.units)?;
        // Nothing to add up gives a plain nought.
        let mut may = units.may.clone();
        may.insert(String::new());
        let count = self.output_of(group, "n", "COUNT(*)");
        let none = self.dialect.literal("");
        let plain = format!("CASE WHEN {count} > 0 THEN {} ELSE {none} END", units.sql(self.dialect));
        let units = if kind == Aggregate::Sum { Units::of(&may, plain) } else { units };
        let value = self.summed(group, "sum", &number.value)?;
        let interval = match &number.interval {
            Interval::Point => Interval::Point,
            Interval::Unsaid => Interval::Unsaid,
            Interval::Ends(ends) => {
                let mut some = |name: &str, cond: &Cond| match cond {
                    Cond::Never => Cond::Never,
                    _ => {
                        let sql = format!("COUNT(CASE WHEN {cond} THEN 1 END)");
                        Cond::sql(format!("{} > 0", self.output_of(group, name, &sql)))
                    }
                };
                let (low_open, high_open) = (some("low-open", &ends.low_open), some("high-open", &ends.high_open));
                let low_endless = some("low-endless", &ends.low_endless);
                let high_endless = some("high-endless", &ends.high_endless);
                let (low, high) = (self.summed(group, "low", &ends.low)?, self.summed(group, "high", &ends.high)?);
                Interval::Ends(Box::new(Ends { low, low_open, low_endless, high, high_open, high_endless }))
            }
        };
        // The sum of one is that one.
        let printed = number.printed.and(&Cond::sql(format!("{count} = 1")));
        let mut number = Number { value, over: None, units, qualifier: None, interval, printed };
        let mut errors = first.and_other(&mixed);
        if kind == Aggregate::Average {
            let empty = Cond::sql(format!("{count} > 0")).not();
            errors = Errors { missing: empty, ..Errors::NONE }.then(&errors);
            if !matches!(number.interval, Interval::Point) {
                number.interval = Interval::Unsaid;
            }
            let counted = format!("COALESCE(NULLIF({count}, 0), 1)");
            number.over = Some(Decimal::long(counted, group.digits, true));
        }
        Ok(self.unless_torn(number, group, errors))
    }

    fn summed(&mut self, group: &Grouped, name: &str, value: &Decimal) -> Result<Decimal, Reason> {
        let whole = value.whole + group.digits;
        let long = value.repr == Repr::Long && whole <= 18;
        let made =
            Decimal { sql: String::new(), repr: if long { Repr::Long } else { Repr::Decimal }, whole, ..value.clone() };
        if made.digits() > super::schema::MOST_DIGITS {
            return Err(Reason::Digits);
        }
        let ty = if long { "BIGINT".to_owned() } else { format!("DECIMAL({},{})", made.digits(), made.places) };
        let sum = self.output_of(
            group,
            name,
            &format!("CAST(SUM({}) AS {ty})", if long { value.sql.clone() } else { value.cast(Repr::Decimal) }),
        );
        let zero = nought()?.sql;
        let sql =
            if long { format!("COALESCE({sum}, {zero})") } else { format!("COALESCE({sum}, CAST({zero} AS {ty}))") };
        Ok(Decimal { sql, ..made })
    }

    fn extreme(&mut self, group: &Grouped, kind: Aggregate, body: &Node) -> Result<Value, Reason> {
        let of = if kind == Aggregate::Max { "MAX" } else { "MIN" };
        let value = self.expr(group.step, body)?;
        match value {
            Value::Year(sql, errors) | Value::Date(sql, errors) => {
                let is_year = body.ty == Type::Year;
                let first = self.first_error(group, &errors, true)?;
                let best = self.output_of(group, "best", &format!("{of}({sql})"));
                let none = Errors { missing: Cond::sql(format!("{best} IS NULL")), ..Errors::NONE };
                let errors = Errors { torn: group.torn.clone(), ..Errors::NONE }.then(&first).then(&none);
                let best = match errors.any() {
                    Cond::Never => best,
                    wrong => format!("CASE WHEN {} THEN {best} END", wrong.not()),
                };
                Ok(if is_year { Value::Year(best, errors) } else { Value::Date(best, errors) })
            }
            Value::Figure(Figure { number, errors, .. }) => {
                let plain = matches!(number.interval, Interval::Point) && number.qualifier.is_none();
                if !plain || number.over.is_some() {
                    return Err(Reason::Interval);
                }
                let first = self.first_error(group, &errors, true)?;
                if number.units.only().is_none() {
                    return Err(Reason::Units);
                }
                let best = self.output_of(group, "best", &format!("{of}({})", number.value.sql));
                let none = Errors { missing: Cond::sql(format!("{best} IS NULL")), ..Errors::NONE };
                let value = Decimal { sql: best, ..number.value.clone() };
                Ok(self.unless_torn(Number { value, ..number }, group, first.then(&none)))
            }
            _ => Err(Reason::Other),
        }
    }

    fn distinct(&mut self, group: &Grouped, body: &Node) -> Result<Value, Reason> {
        let value = self.expr(group.step, body)?;
        let (sql, mut errors) = match value {
            Value::Text(_, normal, errors) => (normal, errors),
            Value::Year(sql, errors) | Value::Date(sql, errors) | Value::Row(_, sql, errors) => (sql, errors),
            Value::Figure(Figure { number, errors, word: None }) if body.ty == Type::Integer => {
                (number.value.sql, errors)
            }
            _ => return Err(Reason::Other),
        };
        // What is not printed is of no kind.
        errors.missing = Cond::Never;
        let first = self.first_error(group, &errors, false)?;
        let count = self.output_of(group, "kinds", &format!("COUNT(DISTINCT {sql})"));
        let number = Number::plain(Decimal::long(format!("COALESCE({count}, 0)"), group.digits, true));
        Ok(self.unless_torn(number, group, first))
    }
}
