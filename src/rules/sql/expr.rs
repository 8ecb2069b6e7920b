//! Expressions of rules as SQL.
use super::super::eval::is_computed;
use super::super::functions::{Function, core_of};
use super::super::ir::{Kind, Node};
use super::super::types::Type;
use super::super::value::Value as Constant;
use super::cond::{Cond, Errors, Truth};
use super::number::{Aligned, Decimal, Ends, Figure, Interval, Number, RATIO, Units};
use super::schema::{Column, Facet};
use super::stage::{From, Input, Step, StepId};
use super::{Maker, Reason};
use crate::plan::{ColumnId, ColumnType, DOCUMENTS, RelationId};
use crate::syntax::rules::{ArithmeticOp, CompareOp, State};
use crate::text::normal::normal;
use crate::value::Exact;

/// A value in SQL. An expression is NULL where its errors say that there is no value.
#[derive(Debug, Clone)]
pub enum Value {
    /// A number, or a text in its place.
    Figure(Figure),
    /// A text: printed and normal form.
    Text(String, String, Errors),
    /// A fiscal year, as its number.
    Year(String, Errors),
    /// A day, as a number of eight digits.
    Date(String, Errors),
    /// A truth value.
    Truth(Truth),
    /// A row, by its number.
    Row(RelationId, String, Errors),
}

/// How a row is come by: from a range variable, by references and to rows above.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// The range variable.
    pub slot: usize,
    /// From there.
    pub hops: Vec<Hop>,
}

/// One step from row to row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hop {
    /// To the row that a column names.
    To(RelationId, ColumnId),
    /// To the nearest row above, in a relation.
    Up(RelationId),
}

impl Value {
    /// Why it may not be there.
    pub fn errors(&self) -> Errors {
        match self {
            Self::Figure(figure) => figure.errors.clone(),
            Self::Text(.., errors) | Self::Year(_, errors) | Self::Date(_, errors) | Self::Row(.., errors) => {
                errors.clone()
            }
            Self::Truth(truth) => {
                let other = truth.so.or(&truth.not).or(&truth.torn).not();
                let other = if truth.is_sure() { Cond::Never } else { other };
                Errors { torn: truth.torn.clone(), vague: other != Cond::Never, other, ..Errors::NONE }
            }
        }
    }
}

/// Gets a part of a cell.
type Fetch<'f, M> = &'f mut dyn FnMut(&mut M, Facet) -> Result<String, Reason>;

impl Maker<'_> {
    /// The row of a series with the figure of a year, joined under an alias that is given back; why there is none; and
    /// the way to its owner.
    pub fn of_year(
        &mut self,
        step: StepId,
        owner: &Node,
        (series, year_column): (RelationId, ColumnId),
        year: &Node,
    ) -> Result<(String, Errors, Way), Reason> {
        let (row, errors, way, relation) = self.row_of(step, owner)?;
        let Value::Year(year, year_errors) = self.expr(step, year)? else { return Err(Reason::Other) };
        let Some(table) = self.schema.table(series) else { return Err(Reason::Year) };
        let (view, quote) = (table.name.clone(), |name: &str| self.dialect.quote(name));
        let year_name = self.known(series, year_column)?.name.clone();
        let key = (step, format!("{} {row} {year}", series.0));
        let alias = match self.joined.get(&key) {
            Some(known) => known.clone(),
            None => {
                let alias = format!("y{}", self.joined.len());
                let mut filters = vec![Cond::sql(format!("t.{} IS NOT NULL", quote(&year_name)))];
                if table.direct != Some(relation) {
                    let declared = self.vocabulary.relations.get(relation.0 as usize);
                    let owner = self.dialect.literal(declared.map_or("", |d| &d.alias));
                    filters.push(Cond::sql(format!("t.{} = {owner}", quote("_parent-relation"))));
                }
                let outputs = [
                    ("owner", format!("t.{}", quote("_parent"))),
                    ("year", format!("t.{}", quote(&year_name))),
                    ("row", format!("MIN(t.{})", quote("_row"))),
                    ("n", "COUNT(*)".to_owned()),
                ];
                let outputs = outputs.map(|(name, sql)| (name.to_owned(), sql)).into_iter().collect();
                let name = Input::View(view.clone());
                let inputs = vec![From { name, alias: "t".into(), on: None }];
                let group = Some(vec!["owner".to_owned(), "year".to_owned()]);
                let found = Step { inputs, filters, outputs, group, ..Step::default() };
                let on =
                    Cond::sql(format!("{alias}n.{} = {row} AND {alias}n.{} = {year}", quote("owner"), quote("year")));
                let only = Cond::sql(format!(
                    "{alias}.{} = {alias}n.{} AND {alias}n.{} = 1",
                    quote("_row"),
                    quote("row"),
                    quote("n")
                ));
                let found = self.steps.add(found);
                if let Some(step) = self.steps.get_mut(step) {
                    let name = Input::Step(found);
                    step.inputs.push(From { name, alias: format!("{alias}n"), on: Some(on) });
                    let name = Input::View(view);
                    step.inputs.push(From { name, alias: alias.clone(), on: Some(only) });
                }
                self.joined.insert(key, alias.clone());
                alias
            }
        };
        let count = format!("{alias}n.{}", self.dialect.quote("n"));
        let missing = Cond::sql(format!("{count} IS NULL"));
        let none = Errors { missing, other: Cond::sql(format!("{count} > 1")), ..Errors::NONE };
        Ok((alias, errors.then(&year_errors).then(&none), way))
    }

    /// The way to a row, if the expression is one, and its relation.
    fn way(&self, node: &Node) -> Result<(Way, RelationId), Reason> {
        let Type::Row(relation) = node.ty else { return Err(Reason::Other) };
        let mut way = match &*node.kind {
            Kind::Slot(slot) => return Ok((Way { slot: *slot, hops: Vec::new() }, relation)),
            Kind::Target(base, column) => {
                let (mut way, from) = self.way(base)?;
                way.hops.push(Hop::To(from, *column));
                way
            }
            Kind::Ancestor(base, _) => self.way(base)?.0,
            _ => return Err(Reason::Row),
        };
        if matches!(&*node.kind, Kind::Ancestor(..)) {
            way.hops.push(Hop::Up(relation));
        }
        Ok((way, relation))
    }

    /// The relation of a row on the way.
    fn along(&self, way: &Way, relation: RelationId) -> RelationId {
        way.hops.last().map_or(relation, |hop| match hop {
            Hop::To(from, column) => self.target(*from, *column).unwrap_or(*from),
            Hop::Up(relation) => *relation,
        })
    }

    fn target(&self, relation: RelationId, column: ColumnId) -> Option<RelationId> {
        let ty = &self.schema.table(relation)?.columns.get(column.0 as usize)?.ty;
        if let ColumnType::Reference(to) = ty { Some(*to) } else { None }
    }

    /// The number of the row at the end of a way, and why there may be none.
    pub fn row_of(&mut self, step: StepId, node: &Node) -> Result<(String, Errors, Way, RelationId), Reason> {
        let (way, relation) = self.way(node)?;
        let (sql, errors) = self.row_at(step, &way, relation)?;
        Ok((sql, errors, way, relation))
    }

    fn row_at(&mut self, step: StepId, way: &Way, relation: RelationId) -> Result<(String, Errors), Reason> {
        let Some((last, before)) = way.hops.split_last() else {
            return Ok((self.column(step, way, "_row")?, Errors::NONE));
        };
        let from = Way { slot: way.slot, hops: before.to_vec() };
        let start = self.slot_relation(way.slot)?;
        let base = before.last().map_or(start, |_| self.along(&from, start));
        let (_, errors) = self.row_at(step, &from, base)?;
        match last {
            Hop::To(relation, column) => {
                let known = self.known(*relation, *column)?.clone();
                let sql = self.column(step, &from, &known.name)?;
                let own = self.states(&known, &sql, &mut |maker, facet| {
                    maker.column(step, &from, &format!("{}{}", known.name, facet.suffix()))
                })?;
                Ok((sql, errors.then(&own)))
            }
            Hop::Up(_) => {
                let sql = self.up(step, &from, base, relation)?;
                let always = relation == DOCUMENTS && errors.any() == Cond::Never;
                let missing = if always { Cond::Never } else { Cond::sql(format!("{sql} IS NULL")) };
                Ok((sql, errors.then(&Errors { missing, ..Errors::NONE })))
            }
        }
    }

    /// The column with the nearest row above.
    fn up(&mut self, step: StepId, from: &Way, base: RelationId, relation: RelationId) -> Result<String, Reason> {
        let name = if relation == DOCUMENTS && base != DOCUMENTS {
            "_document".to_owned()
        } else {
            match self.schema.table(base).and_then(|t| t.above.get(&relation)) {
                Some((name, _)) => name.clone(),
                None => return Ok("CAST(NULL AS BIGINT)".to_owned()),
            }
        };
        self.column(step, from, &name)
    }

    /// What is known of a column.
    pub fn known(&self, relation: RelationId, column: ColumnId) -> Result<&Column, Reason> {
        match self.schema.table(relation) {
            Some(table) => table.columns.get(column.0 as usize).ok_or(Reason::Other),
            None => Err(Reason::Defined(self.relation_name(relation))),
        }
    }

    /// Why a cell has no value, where its row is there.
    fn states(&mut self, column: &Column, sql: &str, fetch: Fetch<'_, Self>) -> Result<Errors, Reason> {
        let known = &column.known;
        if !(known.unreadable || known.qualitative || known.dangling) {
            let missing = if known.missing { Cond::sql(format!("{sql} IS NULL")) } else { Cond::Never };
            return Ok(Errors { missing, ..Errors::NONE });
        }
        let state = fetch(self, Facet::State)?;
        let is = |maybe: bool, word: &str| {
            if maybe { Cond::sql(format!("{state} = {}", self.dialect.literal(word))) } else { Cond::Never }
        };
        // A mark without a target is a mark, but it leads nowhere.
        let bare = is(matches!(column.ty, ColumnType::Reference(_)) && known.missing, "bare");
        Ok(Errors {
            missing: is(known.missing, "missing").or(&bare),
            torn: is(known.unreadable, "unreadable"),
            dangling: is(known.dangling, "dangling"),
            ..Errors::NONE
        })
    }

    /// The value of a cell.
    fn cell(&mut self, step: StepId, base: &Node, column: ColumnId) -> Result<Value, Reason> {
        let (_, errors, way, relation) = self.row_of(step, base)?;
        let column = self.known(relation, column)?.clone();
        self.cell_of(&column, &errors, &mut |maker, facet| {
            maker.column(step, &way, &format!("{}{}", column.name, facet.suffix()))
        })
    }

    /// The value of a cell whose parts `fetch` gets.
    fn cell_of(&mut self, column: &Column, errors: &Errors, facet: Fetch<'_, Self>) -> Result<Value, Reason> {
        if column.list {
            return Err(Reason::Set);
        }
        let value = facet(self, Facet::Value)?;
        let errors = errors.then(&self.states(column, &value, facet)?);
        let known = &column.known;
        Ok(match &column.ty {
            ColumnType::Number => {
                let number = Number::plain(Decimal::long(value, known.whole, known.natural));
                Value::Figure(Figure { number, errors, word: None })
            }
            ColumnType::Year => Value::Year(value, errors),
            ColumnType::Date => Value::Date(value, errors),
            ColumnType::Bool => Value::Truth(Truth {
                so: Cond::sql(value.clone()),
                not: Cond::sql(format!("NOT {value}")),
                torn: errors.torn,
            }),
            ColumnType::Reference(_) => return Err(Reason::Other),
            ColumnType::Figure { .. } => {
                if known.beyond() {
                    return Err(Reason::Digits);
                }
                let (whole, places) = (known.whole.max(u32::from(known.places == 0)), known.places);
                let natural = known.natural;
                let decimal = |sql: String, whole: u32, places: u32| Decimal {
                    sql,
                    repr: super::number::Repr::Decimal,
                    whole,
                    places,
                    natural,
                };
                let unit = if known.units.len() > 1 { facet(self, Facet::Unit)? } else { String::new() };
                let qualifier = if known.qualified { Some(facet(self, Facet::Qualifier)?) } else { None };
                let interval = if known.wide || known.open_ends || known.endless {
                    let ends =
                        |sql| decimal(sql, known.end_whole.max(u32::from(known.end_places == 0)), known.end_places);
                    let (low, high) = (facet(self, Facet::Low)?, facet(self, Facet::High)?);
                    let mut flag = |maker: &mut Self, so: bool, which: Facet| -> Result<Cond, Reason> {
                        if so { Ok(Cond::sql(facet(maker, which)?)) } else { Ok(Cond::Never) }
                    };
                    let without = |sql: &str| {
                        if known.endless {
                            Cond::sql(format!("({value} IS NOT NULL AND {sql} IS NULL)"))
                        } else {
                            Cond::Never
                        }
                    };
                    Interval::Ends(Box::new(Ends {
                        low_endless: without(&low),
                        high_endless: without(&high),
                        low: ends(low),
                        low_open: flag(self, known.open_ends, Facet::LowOpen)?,
                        high: ends(high),
                        high_open: flag(self, known.open_ends, Facet::HighOpen)?,
                    }))
                } else {
                    Interval::Point
                };
                let word = if known.qualitative {
                    Some((facet(self, Facet::Printed)?, facet(self, Facet::Normal)?))
                } else {
                    None
                };
                let number = Number {
                    value: decimal(value, whole, places),
                    over: None,
                    units: Units::of(&known.units, unit),
                    qualifier,
                    interval,
                    printed: Cond::Always,
                };
                // What is printed of a number is no word.
                let word = word
                    .map(|(printed, normal)| (format!("CASE WHEN {normal} IS NOT NULL THEN {printed} END"), normal));
                Value::Figure(Figure { number, errors, word })
            }
            _ => {
                let normal = facet(self, Facet::Normal)?;
                Value::Text(value, normal, errors)
            }
        })
    }

    /// An expression.
    pub fn expr(&mut self, step: StepId, node: &Node) -> Result<Value, Reason> {
        let dialect = self.dialect;
        if let Some(made) = self.derived(step, node)? {
            return Ok(made);
        }
        Ok(match &*node.kind {
            Kind::Constant(Constant::Year(year)) => Value::Year(year.0.to_string(), Errors::NONE),
            Kind::Constant(Constant::Bool(b)) => Value::Truth(Truth::of(Cond::known(*b))),
            Kind::Constant(_) => return Err(Reason::Other),
            Kind::Text(text) => Value::Text(dialect.literal(text), dialect.literal(&normal(text)), Errors::NONE),
            Kind::Figure(number, unit) => {
                let mut made = Number::plain(Decimal::literal(number.value)?);
                made.units = Units::one(unit);
                let word = super::parquet::qualifier(number.qualifier);
                made.qualifier = (!word.is_empty()).then(|| dialect.literal(word));
                Value::Figure(Figure { number: made, errors: Errors::NONE, word: None })
            }
            Kind::Slot(_) | Kind::Target(..) | Kind::Ancestor(..) if matches!(node.ty, Type::Row(_)) => {
                let (sql, errors, _, relation) = self.row_of(step, node)?;
                Value::Row(relation, sql, errors)
            }
            Kind::Slot(_) | Kind::Target(..) | Kind::Ancestor(..) => return Err(Reason::Set),
            Kind::Cell(base, column) => self.cell(step, base, *column)?,
            Kind::Marked(base, column) => {
                let (_, errors, way, relation) = self.row_of(step, base)?;
                let column = self.known(relation, *column)?.clone();
                let state = self.column(step, &way, &format!("{}{}", column.name, Facet::State.suffix()))?;
                let missing = dialect.literal("missing");
                Value::Truth(Truth {
                    so: Cond::sql(format!("{state} <> {missing}")),
                    not: Cond::sql(format!("{state} = {missing}")),
                    torn: errors.torn,
                })
            }
            Kind::Ordinal(base) => self.house(step, base, "_ordinal")?,
            Kind::Group(base) => self.house(step, base, "_group")?,
            Kind::Series(base) => self.house(step, base, "_series")?,
            Kind::Negate(a) => {
                let figure = self.operand(step, a)?;
                let number = &figure.number;
                let interval = match &number.interval {
                    Interval::Point => Interval::Point,
                    Interval::Ends(e) => Interval::Ends(Box::new(Ends {
                        low: e.high.negated(),
                        low_open: e.high_open.clone(),
                        low_endless: e.high_endless.clone(),
                        high: e.low.negated(),
                        high_open: e.low_open.clone(),
                        high_endless: e.low_endless.clone(),
                    })),
                    Interval::Unsaid => Interval::Unsaid,
                };
                let number = Number { value: number.value.negated(), interval, ..number.clone() };
                Value::Figure(Figure { number, ..figure })
            }
            Kind::Not(a) => Value::Truth(self.truth(step, a)?.negated()),
            Kind::And(a, b) => Value::Truth(self.truth(step, a)?.and(&self.truth(step, b)?)),
            Kind::Or(a, b) => Value::Truth(self.truth(step, a)?.or(&self.truth(step, b)?)),
            Kind::If(condition, a, b) => {
                let condition = self.truth(step, condition)?;
                let (a, b) = (self.expr(step, a)?, self.expr(step, b)?);
                self.choose(&condition, a, b)?
            }
            Kind::Arithmetic(op, a, b) => self.arithmetic(step, *op, a, b)?,
            Kind::Compare(op, a, b) => Value::Truth(self.compare(step, *op, a, b)?),
            Kind::Is(a, state) => Value::Truth(self.is(step, a, *state)?),
            Kind::Contains(a, b) => {
                let (_, whole, first) = self.text(step, a)?;
                let (_, part, second) = self.text(step, b)?;
                let errors = first.then(&second);
                let so = format!("POSITION({part} IN {whole}) > 0");
                let not = format!("POSITION({part} IN {whole}) = 0");
                Value::Truth(Truth { so: Cond::sql(so), not: Cond::sql(not), torn: errors.torn })
            }
            Kind::InSet(a, items) => {
                let value = self.expr(step, a)?;
                let errors = value.errors();
                let mut all = Truth::of(Cond::Never);
                let mut open = 0;
                for item in items {
                    let item = self.expr(step, item)?;
                    open += usize::from(item.errors().any() != Cond::Never);
                    let same = self.equal(CompareOp::Equal, &value, &item)?;
                    let torn = all.torn.or(&same.torn);
                    all = Truth { so: all.so.or(&same.so), not: all.not.and(&same.not), torn };
                }
                if open > 1 {
                    return Err(Reason::Set);
                }
                all.torn = errors.torn.or(&all.torn.and(&all.so.not()));
                Value::Truth(all)
            }
            Kind::Call(function, arguments) => self.call(step, *function, arguments)?,
            Kind::Aggregate(kind, query, body) => self.aggregate(step, node, *kind, query, body.as_ref())?,
            Kind::AtYear(owner, series, year_column, value_column, year) => {
                let (alias, errors, _) = self.of_year(step, owner, (*series, *year_column), year)?;
                let column = self.known(*series, *value_column)?.clone();
                self.cell_of(&column, &errors, &mut |maker, facet| {
                    Ok(format!("{alias}.{}", maker.dialect.quote(&format!("{}{}", column.name, facet.suffix()))))
                })?
            }
            Kind::Matches(..) => return Err(Reason::Regex),
            Kind::Closure(..) => return Err(Reason::Closure),
            Kind::Below(..) | Kind::Items(_) | Kind::SetOp(..) | Kind::InList(..) | Kind::Within(..) => {
                return Err(Reason::Set);
            }
        })
    }

    /// A number that every row has.
    fn house(&mut self, step: StepId, base: &Node, name: &str) -> Result<Value, Reason> {
        let (_, errors, way, relation) = self.row_of(step, base)?;
        if self.schema.table(relation).is_none() {
            return Err(Reason::Defined(self.relation_name(relation)));
        }
        let number = Number::plain(Decimal::long(self.column(step, &way, name)?, 10, true));
        Ok(Value::Figure(Figure { number, errors, word: None }))
    }

    /// A truth value.
    pub fn truth(&mut self, step: StepId, node: &Node) -> Result<Truth, Reason> {
        match self.expr(step, node)? {
            Value::Truth(truth) => Ok(truth),
            _ => Err(Reason::Other),
        }
    }

    /// A text in both forms; a number is none.
    fn text(&mut self, step: StepId, node: &Node) -> Result<(String, String, Errors), Reason> {
        match self.expr(step, node)? {
            Value::Text(printed, normal, errors) => Ok((printed, normal, errors)),
            Value::Figure(Figure { word: Some((printed, normal)), errors, .. }) => {
                let none = Cond::sql(format!("{normal} IS NULL"));
                let mut errors = errors.and_other(&none);
                // The program says of a number that no text is there.
                errors.vague = true;
                Ok((printed, normal, errors))
            }
            _ => Err(Reason::Other),
        }
    }

    /// A number: a text in its place is an error.
    fn number(&mut self, step: StepId, node: &Node) -> Result<Figure, Reason> {
        match self.expr(step, node)? {
            Value::Figure(mut figure) => {
                if let Some((_, normal)) = figure.word.take() {
                    figure.errors.qualitative = Cond::sql(format!("{normal} IS NOT NULL"));
                }
                Ok(figure)
            }
            _ => Err(Reason::Other),
        }
    }

    /// A number to compute with: not one that another printing contradicts.
    pub fn operand(&mut self, step: StepId, node: &Node) -> Result<Figure, Reason> {
        let mut figure = self.number(step, node)?;
        if let Some(disputed) = self.disputed(step, node)? {
            // It is asked first whether the cell is in dispute, but only a cell with a figure can be.
            figure.errors.other = figure.errors.other.or(&disputed);
            let Value::Figure(guarded) = self.guarded(figure.number, figure.errors) else { return Err(Reason::Other) };
            figure = guarded;
        }
        Ok(figure)
    }

    /// Whether the cell that an expression names is in dispute.
    fn disputed(&mut self, step: StepId, node: &Node) -> Result<Option<Cond>, Reason> {
        match &*node.kind {
            Kind::Cell(base, column) => {
                let (_, _, way, relation) = self.row_of(step, base)?;
                let known = self.known(relation, *column)?;
                if !known.known.disputed {
                    return Ok(None);
                }
                let name = format!("{}{}", known.name, Facet::Disputed.suffix());
                Ok(Some(Cond::sql(self.column(step, &way, &name)?)))
            }
            Kind::AtYear(owner, series, year_column, column, year) => {
                let known = self.known(*series, *column)?.clone();
                if !known.known.disputed {
                    return Ok(None);
                }
                let (alias, ..) = self.of_year(step, owner, (*series, *year_column), year)?;
                let name = format!("{}{}", known.name, Facet::Disputed.suffix());
                Ok(Some(Cond::sql(format!("{alias}.{}", self.dialect.quote(&name)))))
            }
            _ => Ok(None),
        }
    }

    fn arithmetic(&mut self, step: StepId, op: ArithmeticOp, a: &Node, b: &Node) -> Result<Value, Reason> {
        if a.ty == Type::Year {
            let Value::Year(first, before) = self.expr(step, a)? else { return Err(Reason::Other) };
            let sign = if op == ArithmeticOp::Subtract { '-' } else { '+' };
            return Ok(match self.expr(step, b)? {
                Value::Year(second, after) => {
                    let number = Decimal::long(format!("({first} - {second})"), 5, false);
                    Value::Figure(Figure { number: Number::plain(number), errors: before.then(&after), word: None })
                }
                Value::Figure(figure) if figure.number.over.is_none() && figure.number.value.places == 0 => {
                    if figure.number.value.whole > 4 {
                        return Err(Reason::Digits);
                    }
                    let by = format!("CAST({} AS INT)", figure.number.value.sql);
                    Value::Year(format!("({first} {sign} {by})"), before.then(&figure.errors))
                }
                _ => return Err(Reason::Other),
            });
        }
        let (x, y) = (self.operand(step, a)?, self.operand(step, b)?);
        let (number, wrong) = Number::arithmetic(op, &x.number, &y.number, self.dialect)?;
        let errors = x.errors.then(&y.errors).and_other(&wrong);
        Ok(self.guarded(number, errors))
    }

    /// A number that is NULL where there is an error that its expression does not know of.
    pub fn guarded(&self, number: Number, errors: Errors) -> Value {
        let number = match errors.other {
            Cond::Never => number,
            _ => {
                let value = Decimal {
                    sql: format!("CASE WHEN {} THEN {} END", errors.other.not(), number.value.sql),
                    ..number.value.clone()
                };
                Number { value, ..number }
            }
        };
        Value::Figure(Figure { number, errors, word: None })
    }

    /// One of two values, by a condition.
    fn choose(&mut self, condition: &Truth, a: Value, b: Value) -> Result<Value, Reason> {
        let errors = Errors::choose(condition, &a.errors(), &b.errors());
        let (so, not) = (&condition.so, &condition.not);
        let pick = |x: &str, y: &str| format!("CASE WHEN {so} THEN {x} WHEN {not} THEN {y} END");
        Ok(match (a, b) {
            (Value::Truth(x), Value::Truth(y)) => Value::Truth(condition.choose(&x, &y)),
            (Value::Text(p, q, _), Value::Text(r, s, _)) => Value::Text(pick(&p, &r), pick(&q, &s), errors),
            (Value::Year(x, _), Value::Year(y, _)) => Value::Year(pick(&x, &y), errors),
            (Value::Date(x, _), Value::Date(y, _)) => Value::Date(pick(&x, &y), errors),
            (Value::Figure(x), Value::Figure(y)) => {
                let word = match (&x.word, &y.word) {
                    (None, None) => None,
                    (p, q) => {
                        let none = || {
                            (
                                format!("CAST(NULL AS {})", self.dialect.text()),
                                format!("CAST(NULL AS {})", self.dialect.text()),
                            )
                        };
                        let (p, q) = (p.clone().unwrap_or_else(none), q.clone().unwrap_or_else(none));
                        Some((pick(&p.0, &q.0), pick(&p.1, &q.1)))
                    }
                };
                let mut number = Number::choose(so, &x.number, &y.number, self.dialect)?;
                if !condition.is_sure() {
                    let judged = so.or(not);
                    number.value.sql = format!("CASE WHEN {judged} THEN {} END", number.value.sql);
                }
                Value::Figure(Figure { number, errors, word })
            }
            _ => return Err(Reason::Other),
        })
    }

    fn compare(&mut self, step: StepId, op: CompareOp, a: &Node, b: &Node) -> Result<Truth, Reason> {
        if matches!(a.ty, Type::Set(_)) {
            return Err(Reason::Set);
        }
        let mut disputed = Cond::Never;
        if is_computed(a) || is_computed(b) {
            for side in [a, b] {
                if let Some(more) = self.disputed(step, side)? {
                    disputed = disputed.or(&more);
                }
            }
        }
        let (x, y) = (self.expr(step, a)?, self.expr(step, b)?);
        let truth = self.equal(op, &x, &y)?;
        let fine = disputed.not();
        Ok(Truth { so: truth.so.and(&fine), not: truth.not.and(&fine), torn: truth.torn.and(&fine) })
    }

    /// A comparison of values.
    pub fn equal(&self, op: CompareOp, a: &Value, b: &Value) -> Result<Truth, Reason> {
        let (first, second) = (a.errors(), b.errors());
        // What is not there meets no condition, whatever stands in the torn cell.
        let torn = first.torn.and(&second.missing.not()).or(&first.any().not().and(&second.torn));
        let words = |op: CompareOp| match op {
            CompareOp::Equal | CompareOp::Consistent => Some(("=", "<>")),
            CompareOp::NotEqual => Some(("<>", "=")),
            CompareOp::Less => Some(("<", ">=")),
            CompareOp::LessEqual => Some(("<=", ">")),
            CompareOp::Greater => Some((">", "<=")),
            CompareOp::GreaterEqual => Some((">=", "<")),
        };
        let plain = |x: &str, y: &str| match words(op) {
            Some((so, not)) => (Cond::sql(format!("{x} {so} {y}")), Cond::sql(format!("{x} {not} {y}"))),
            None => (Cond::Never, Cond::Never),
        };
        let is_equality = matches!(op, CompareOp::Equal | CompareOp::NotEqual | CompareOp::Consistent);
        let texts = |x: &str, y: &str| if is_equality { plain(x, y) } else { (Cond::Never, Cond::Never) };
        let (so, not) = match (a, b) {
            (Value::Figure(x), Value::Figure(y)) => {
                let (mut so, mut not) = self.numbers(op, &x.number, &y.number)?;
                if let (Some(p), Some(q)) = (&x.word, &y.word) {
                    let (p, q) = texts(&p.1, &q.1);
                    (so, not) = (so.or(&p), not.or(&q));
                }
                (so, not)
            }
            (Value::Figure(x), Value::Text(_, y, _)) | (Value::Text(_, y, _), Value::Figure(x)) => match &x.word {
                Some((_, x)) => texts(x, y),
                None => (Cond::Never, Cond::Never),
            },
            (Value::Text(_, x, _), Value::Text(_, y, _)) => texts(x, y),
            (Value::Year(x, _), Value::Year(y, _)) | (Value::Date(x, _), Value::Date(y, _)) => plain(x, y),
            (Value::Row(r, x, _), Value::Row(s, y, _)) if r == s => plain(x, y),
            (Value::Truth(x), Value::Truth(y)) if is_equality => {
                let same = x.so.and(&y.so).or(&x.not.and(&y.not));
                let other = x.so.and(&y.not).or(&x.not.and(&y.so));
                if op == CompareOp::NotEqual { (other, same) } else { (same, other) }
            }
            _ => return Err(Reason::Other),
        };
        Ok(Truth { so, not, torn })
    }

    fn numbers(&self, op: CompareOp, a: &Number, b: &Number) -> Result<(Cond, Cond), Reason> {
        let Aligned { a, b, meet, .. } = Number::align(a, b, self.dialect)?;
        if meet == Cond::Never {
            return Ok((Cond::Never, Cond::Never));
        }
        let (so, not) = match op {
            CompareOp::Consistent => {
                let so = Number::consistent(&a, &b, self.dialect)?;
                let there = Cond::sql(format!("{} IS NOT NULL", a.value.sql))
                    .and(&Cond::sql(format!("{} IS NOT NULL", b.value.sql)));
                (so.and(&there), so.not().and(&there))
            }
            _ => {
                let (x, y) = a.sides(&b, self.dialect)?;
                let pair =
                    |so: &str, not: &str| (Cond::sql(format!("{x} {so} {y}")), Cond::sql(format!("{x} {not} {y}")));
                let none = self.dialect.literal("");
                let words = match (&a.qualifier, &b.qualifier) {
                    (None, None) => None,
                    (p, q) => Some((p.clone().unwrap_or_else(|| none.clone()), q.clone().unwrap_or(none))),
                };
                let same = |(so, not): (Cond, Cond)| match &words {
                    None => (so, not),
                    Some((p, q)) => {
                        // Of a number that is not there the word is not looked at either.
                        let (alike, other) = (format!("{p} = {q}"), format!("({x} = {y} AND {p} <> {q})"));
                        (so.and(&Cond::sql(alike)), not.or(&Cond::sql(other)))
                    }
                };
                match op {
                    CompareOp::Equal => same(pair("=", "<>")),
                    CompareOp::NotEqual => {
                        let (so, not) = same(pair("=", "<>"));
                        (not, so)
                    }
                    CompareOp::Less => pair("<", ">="),
                    CompareOp::LessEqual => pair("<=", ">"),
                    CompareOp::Greater => pair(">", "<="),
                    _ => pair(">=", "<"),
                }
            }
        };
        Ok((so.and(&meet), not.and(&meet)))
    }

    fn is(&mut self, step: StepId, node: &Node, state: State) -> Result<Truth, Reason> {
        let value = self.expr(step, node)?;
        let errors = value.errors();
        if errors.vague && state != State::Unreadable {
            return Err(Reason::Why);
        }
        let torn = errors.torn.clone();
        let of = |so: Cond| Truth { not: so.or(&torn).not(), so, torn: torn.clone() };
        Ok(match state {
            State::Unreadable => Truth::of(torn),
            State::Missing => of(errors.missing),
            State::Present => of(errors.missing).negated(),
            State::Dangling => of(errors.dangling),
            State::Number | State::Qualitative => {
                let (number, word) = match &value {
                    Value::Figure(Figure { number, word, .. }) => (
                        Cond::sql(format!("{} IS NOT NULL", number.value.sql)),
                        word.as_ref().map_or(Cond::Never, |(_, w)| Cond::sql(format!("{w} IS NOT NULL"))),
                    ),
                    Value::Text(_, normal, _) => (Cond::Never, Cond::sql(format!("{normal} IS NOT NULL"))),
                    _ => (Cond::Never, Cond::Never),
                };
                of(if state == State::Number { number } else { word })
            }
        })
    }

    fn call(&mut self, step: StepId, function: Function, arguments: &[Node]) -> Result<Value, Reason> {
        let first = arguments.first().ok_or(Reason::Other)?;
        let named = || {
            let name = Function::ALL.iter().find(|f| f.2 == function).map_or("", |f| f.0);
            Reason::Function(name.to_owned())
        };
        Ok(match function {
            Function::Normalize => {
                let (_, normal, errors) = self.text(step, first)?;
                Value::Text(normal.clone(), normal, errors)
            }
            Function::Core => match &*first.kind {
                Kind::Text(text) => {
                    let core = core_of(text);
                    let dialect = self.dialect;
                    Value::Text(dialect.literal(&core), dialect.literal(&normal(&core)), Errors::NONE)
                }
                _ => return Err(named()),
            },
            Function::OrElse => {
                let other = arguments.get(1).ok_or(Reason::Other)?;
                let (x, y) = (self.operand(step, first)?, self.operand(step, other)?);
                if x.errors.vague {
                    return Err(Reason::Why);
                }
                let Figure { errors, number, .. } = x;
                let missing = errors.missing.clone();
                let rest = Errors { missing: Cond::Never, ..errors };
                let other = y.errors;
                let within = |c: &Cond| missing.and(c);
                let more = Errors {
                    missing: within(&other.missing),
                    torn: within(&other.torn),
                    dangling: within(&other.dangling),
                    qualitative: within(&other.qualitative),
                    other: within(&other.other),
                    vague: other.vague,
                };
                let number = Number::choose(&missing, &y.number, &number, self.dialect)?;
                Value::Figure(Figure { number, errors: rest.then(&more), word: None })
            }
            Function::Magnitude => {
                let figure = self.number(step, first)?;
                let number = Number { units: Units::one(""), ..figure.number };
                Value::Figure(Figure { number, ..figure })
            }
            Function::Round(rounding) => {
                let figure = self.operand(step, first)?;
                let places = match arguments.get(1).map(|n| &*n.kind) {
                    None => 0,
                    Some(Kind::Figure(n, _)) => {
                        n.value.to_i64().and_then(|n| u32::try_from(n).ok()).ok_or_else(named)?
                    }
                    Some(_) => return Err(named()),
                };
                if places > 9 {
                    return Err(named());
                }
                let number = figure.number.round(places, rounding, self.dialect)?;
                Value::Figure(Figure { number, errors: figure.errors, word: None })
            }
            Function::Agree => {
                let (x, y) = (self.number(step, first)?, self.number(step, arguments.get(1).ok_or(Reason::Other)?)?);
                let errors = x.errors.then(&y.errors);
                let Aligned { a, b, meet, first_shifted, .. } = Number::align(&x.number, &y.number, self.dialect)?;
                let so = Number::agree(&a, &b, self.dialect)?;
                let fine = meet
                    .and(&first_shifted.not())
                    .and(&Cond::sql(format!("{} IS NOT NULL", x.number.value.sql)))
                    .and(&Cond::sql(format!("{} IS NOT NULL", y.number.value.sql)));
                Value::Truth(Truth { so: so.and(&fine), not: so.not().and(&fine), torn: errors.torn })
            }
            Function::Unit => {
                let figure = self.number(step, first)?;
                let unit = figure.number.units.sql(self.dialect);
                let ratio = self.dialect.literal(RATIO);
                let none = self.dialect.literal("");
                let there =
                    format!("{} IS NOT NULL AND {unit} <> {none} AND {unit} <> {ratio}", figure.number.value.sql);
                let missing =
                    Cond::sql(format!("({} IS NOT NULL AND {unit} IN ({none}, {ratio}))", figure.number.value.sql));
                let errors = figure.errors.then(&Errors { missing, ..Errors::NONE });
                let text = format!("CASE WHEN {there} THEN {unit} END");
                Value::Text(text.clone(), text, errors)
            }
            Function::Cyclic => {
                let (_, errors, way, _) = self.row_of(step, first)?;
                let so = self.column(step, &way, "_cycle")?;
                Value::Truth(Truth { not: Cond::sql(format!("NOT {so}")), so: Cond::sql(so), torn: errors.torn })
            }
            _ => return Err(named()),
        })
    }
}

/// A nought that no column is named by.
pub fn nought() -> Result<Decimal, Reason> {
    Decimal::literal(Exact::ZERO)
}
