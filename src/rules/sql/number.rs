//! Numbers in SQL: exact decimals whose digits are counted beforehand, so that no engine rounds or runs over. A quotient
//! stays a pair of numbers, and is compared by multiplying crosswise.
use std::collections::{BTreeMap, BTreeSet};

use super::Reason;
use super::cond::{Cond, Errors};
use super::dialect::Dialect;
use super::schema::{MOST_DIGITS, digits};
use crate::syntax::rules::ArithmeticOp;
use crate::value::{Exact, Rounding};

/// How a number is stored while it is computed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repr {
    /// A whole number of 64 bits.
    Long,
    /// A decimal.
    Decimal,
}

/// An expression that gives a decimal.
#[derive(Debug, Clone)]
pub struct Decimal {
    /// The expression.
    pub sql: String,
    /// How it is stored.
    pub repr: Repr,
    /// Digits before the point, at most.
    pub whole: u32,
    /// Digits behind it.
    pub places: u32,
    /// Whether it is never below nought.
    pub natural: bool,
}

impl Decimal {
    /// A column of whole numbers.
    pub fn long(sql: impl Into<String>, whole: u32, natural: bool) -> Self {
        Self { sql: sql.into(), repr: Repr::Long, whole: whole.max(1), places: 0, natural }
    }

    /// A number that is written in the rule.
    pub fn literal(number: Exact) -> Result<Self, Reason> {
        let (whole, places) = digits(number).ok_or(Reason::Digits)?;
        let natural = number >= Exact::ZERO;
        if places == 0 && whole <= 18 {
            return Ok(Self::long(number.0.numer().to_string(), whole, natural));
        }
        let made = Self { sql: String::new(), repr: Repr::Decimal, whole, places, natural };
        let text = number.format_fixed(places as usize);
        Ok(Self { sql: format!("CAST('{text}' AS {})", made.ty()), ..made })
    }

    /// All its digits.
    pub fn digits(&self) -> u32 {
        (self.whole + self.places).max(1)
    }

    fn ty(&self) -> String {
        format!("DECIMAL({},{})", self.digits(), self.places)
    }

    /// The expression in another form of storage.
    pub fn cast(&self, repr: Repr) -> String {
        match (self.repr, repr) {
            (a, b) if a == b => self.sql.clone(),
            (_, Repr::Decimal) => format!("CAST({} AS {})", self.sql, self.ty()),
            (_, Repr::Long) => format!("CAST({} AS BIGINT)", self.sql),
        }
    }

    /// The expression as a decimal with as many digits as `like` has.
    fn widened(&self, like: &Self) -> String {
        if like.repr == Repr::Long || (self.ty() == like.ty() && self.repr == Repr::Decimal) {
            return self.sql.clone();
        }
        format!("CAST({} AS {})", self.sql, like.ty())
    }

    /// Room for either of two; both as expressions of its type.
    pub fn common(a: &Self, b: &Self) -> Result<(Self, String, String), Reason> {
        let repr = if a.repr == Repr::Long && b.repr == Repr::Long { Repr::Long } else { Repr::Decimal };
        let (whole, places) = (a.whole.max(b.whole), a.places.max(b.places));
        let natural = a.natural && b.natural;
        let room = Self { sql: String::new(), repr, whole, places, natural }.checked()?;
        let (x, y) = (a.widened(&room), b.widened(&room));
        Ok((room, x, y))
    }

    fn checked(self) -> Result<Self, Reason> {
        if self.digits() > MOST_DIGITS { Err(Reason::Digits) } else { Ok(self) }
    }

    /// Stored as a whole number of 64 bits only while it fits.
    fn settled(mut self) -> Result<Self, Reason> {
        if self.whole > 18 {
            self.repr = Repr::Decimal;
        }
        self.checked()
    }

    /// Sum or difference.
    pub fn add(a: &Self, b: &Self, minus: bool) -> Result<Self, Reason> {
        let (room, ..) = Self::common(a, b)?;
        let made = Self { whole: room.whole + 1, natural: room.natural && !minus, ..room }.settled()?;
        let (x, y) = (a.widened(&made), b.widened(&made));
        let sum = format!("{x} {} {y}", if minus { '-' } else { '+' });
        let sql = if made.repr == Repr::Long { format!("({sum})") } else { format!("CAST({sum} AS {})", made.ty()) };
        Ok(Self { sql, ..made })
    }

    /// Product.
    pub fn multiply(a: &Self, b: &Self, dialect: Dialect) -> Result<Self, Reason> {
        let long = a.repr == Repr::Long && b.repr == Repr::Long && a.whole + b.whole <= 18;
        let repr = if long { Repr::Long } else { Repr::Decimal };
        let (whole, places) = (a.whole + b.whole, a.places + b.places);
        let made = Self { sql: String::new(), repr, whole, places, natural: a.natural && b.natural }.checked()?;
        let sql = if long {
            format!("({} * {})", a.sql, b.sql)
        } else {
            format!("CAST({} AS {})", dialect.product(a, b), made.ty())
        };
        Ok(Self { sql, ..made })
    }

    /// The number with the other sign.
    pub fn negated(&self) -> Self {
        Self { sql: format!("(-{})", self.sql), natural: false, ..self.clone() }
    }

    /// A hundredth: `30` beside `30%`.
    fn hundredth(&self, dialect: Dialect) -> Result<Self, Reason> {
        let part = Exact::decimal(1, 2).ok_or(Reason::Digits)?;
        let mut made = Self::multiply(self, &Self::literal(part)?, dialect)?;
        made.whole = self.whole;
        Ok(Self { sql: format!("CAST({} AS {})", made.sql, made.ty()), ..made })
    }

    /// One of two, by a condition.
    pub fn choose(condition: &Cond, a: &Self, b: &Self) -> Result<Self, Reason> {
        if *condition == Cond::Always {
            return Ok(a.clone());
        }
        if *condition == Cond::Never {
            return Ok(b.clone());
        }
        let (room, x, y) = Self::common(a, b)?;
        Ok(Self { sql: format!("CASE WHEN {condition} THEN {x} ELSE {y} END"), ..room })
    }

    /// The whole number that it is, counted in a place behind the point.
    fn counted(&self, places: u32, dialect: Dialect) -> Result<Self, Reason> {
        let power = Exact::pow10(i32::try_from(places).map_err(|_| Reason::Digits)?).ok_or(Reason::Digits)?;
        let scaled = Self::multiply(self, &Self::literal(power)?, dialect)?;
        // What is left behind the point are noughts.
        let whole = self.whole + places;
        if whole > 18 {
            return Err(Reason::Digits);
        }
        Ok(Self::long(scaled.cast(Repr::Long), whole, self.natural))
    }
}

/// The unit of a number: a text that is empty where none is printed and `/` for a quotient of like units.
#[derive(Debug, Clone)]
pub struct Units {
    /// What it can be.
    pub may: BTreeSet<String>,
    /// The expression; not needed where there is one possibility only.
    sql: String,
}

/// A quotient of like units.
pub const RATIO: &str = "/";

impl Units {
    /// One unit, known beforehand.
    pub fn one(unit: &str) -> Self {
        Self { may: BTreeSet::from([unit.to_owned()]), sql: String::new() }
    }

    /// One of some.
    pub fn of(may: &BTreeSet<String>, sql: String) -> Self {
        if may.is_empty() { Self::one("") } else { Self { may: may.clone(), sql } }
    }

    /// The expression.
    pub fn sql(&self, dialect: Dialect) -> String {
        match self.only() {
            Some(unit) => dialect.literal(unit),
            None => self.sql.clone(),
        }
    }

    /// The unit, if there is one possibility only.
    pub fn only(&self) -> Option<&str> {
        self.may.first().filter(|_| self.may.len() == 1).map(String::as_str)
    }

    /// Whether it is this one.
    fn is(&self, unit: &str, dialect: Dialect) -> Cond {
        match self.only() {
            Some(only) => Cond::known(only == unit),
            None if self.may.contains(unit) => Cond::sql(format!("{} = {}", self.sql, dialect.literal(unit))),
            None => Cond::Never,
        }
    }

    /// The unit of what is made of two, where they meet.
    fn made(a: &Self, b: &Self, dialect: Dialect, of: impl Fn(&str, &str) -> Option<String>) -> Result<Self, Reason> {
        let pairs = || a.may.iter().flat_map(|x| b.may.iter().map(move |y| (x, y)));
        let mut cases: BTreeMap<String, Cond> = BTreeMap::new();
        if a.may.len() * b.may.len() > 400 {
            return Err(Reason::Units);
        }
        for (x, y) in pairs() {
            if let Some(unit) = of(x, y) {
                let here = a.is(x, dialect).and(&b.is(y, dialect));
                let known = cases.entry(unit).or_insert(Cond::Never);
                *known = known.or(&here);
            }
        }
        let may: BTreeSet<String> = cases.keys().cloned().collect();
        if may.len() <= 1 {
            return Ok(Self::of(&may, String::new()));
        }
        let cases = cases.iter().map(|(unit, when)| format!(" WHEN {when} THEN {}", dialect.literal(unit)));
        Ok(Self { sql: format!("CASE{} END", cases.collect::<String>()), may })
    }

    /// One of two, by a condition.
    fn choose(condition: &Cond, a: &Self, b: &Self, dialect: Dialect) -> Self {
        let may: BTreeSet<String> = a.may.union(&b.may).cloned().collect();
        let sql = format!("CASE WHEN {condition} THEN {} ELSE {} END", a.sql(dialect), b.sql(dialect));
        Self { may, sql }
    }
}

/// What a number denotes.
#[derive(Debug, Clone)]
pub enum Interval {
    /// Itself alone.
    Point,
    /// All between two ends, which may be the same.
    Ends(Box<Ends>),
    /// It cannot be said in SQL what.
    Unsaid,
}

/// The ends of an interval. An end that is NULL is none.
#[derive(Debug, Clone)]
pub struct Ends {
    /// The least.
    pub low: Decimal,
    /// Whether it is left out.
    pub low_open: Cond,
    /// Whether there is no least.
    pub low_endless: Cond,
    /// The greatest.
    pub high: Decimal,
    /// Whether it is left out.
    pub high_open: Cond,
    /// Whether there is no greatest.
    pub high_endless: Cond,
}

/// A number.
#[derive(Debug, Clone)]
pub struct Number {
    /// The number, or what is divided.
    pub value: Decimal,
    /// By what; always above nought.
    pub over: Option<Decimal>,
    /// Its unit.
    pub units: Units,
    /// 以上 and the like, as a text; `None` if there is never any.
    pub qualifier: Option<String>,
    /// What it denotes.
    pub interval: Interval,
    /// Whether it is printed, and not computed.
    pub printed: Cond,
}

/// Two numbers in one unit, where the units meet.
pub struct Aligned {
    /// The first.
    pub a: Number,
    /// The second.
    pub b: Number,
    /// Whether they meet.
    pub meet: Cond,
    /// Their unit.
    pub units: Units,
    /// Whether the first was a plain number beside a percentage.
    pub first_shifted: Cond,
}

impl Number {
    /// A plain number.
    pub fn plain(value: Decimal) -> Self {
        let (units, interval) = (Units::one(""), Interval::Point);
        Self { value, over: None, units, qualifier: None, interval, printed: Cond::Never }
    }

    /// The number as it is, or a hundredth of it.
    fn shifted(&self, when: &Cond, dialect: Dialect) -> Result<Self, Reason> {
        if *when == Cond::Never {
            return Ok(self.clone());
        }
        let shift = |d: &Decimal| Decimal::choose(when, &d.hundredth(dialect)?, d);
        let interval = match &self.interval {
            Interval::Ends(ends) => {
                Interval::Ends(Box::new(Ends { low: shift(&ends.low)?, high: shift(&ends.high)?, ..(**ends).clone() }))
            }
            other => other.clone(),
        };
        Ok(Self { value: shift(&self.value)?, interval, ..self.clone() })
    }

    /// Gives two numbers one unit, as [`crate::rules::number`] does.
    pub fn align(a: &Self, b: &Self, dialect: Dialect) -> Result<Aligned, Reason> {
        let (x, y) = (&a.units, &b.units);
        let has = |u: &Units, unit: &str| u.may.contains(unit);
        let shift = |x: &Units, y: &Units| {
            if has(x, "") && has(y, "%") { x.is("", dialect).and(&y.is("%", dialect)) } else { Cond::Never }
        };
        let (first, second) = (shift(x, y), shift(y, x));
        let fits = |p: &str, q: &str| {
            p.is_empty() || q.is_empty() || p == q || (p == RATIO && q == "%") || (p == "%" && q == RATIO)
        };
        let all = x.may.iter().all(|p| y.may.iter().all(|q| fits(p, q)));
        let none = x.may.iter().all(|p| y.may.iter().all(|q| !fits(p, q)));
        let meet = if all {
            Cond::Always
        } else if none {
            Cond::Never
        } else {
            let (p, q) = (x.sql(dialect), y.sql(dialect));
            let mut meet = x.is("", dialect).or(&y.is("", dialect)).or(&Cond::sql(format!("{p} = {q}")));
            meet = meet.or(&x.is(RATIO, dialect).and(&y.is("%", dialect)));
            meet.or(&x.is("%", dialect).and(&y.is(RATIO, dialect)))
        };
        let units = Units::made(x, y, dialect, |p, q| match (p, q) {
            ("", u) | (u, "") => Some(u.to_owned()),
            (p, q) if p == q => Some(p.to_owned()),
            (RATIO, "%") | ("%", RATIO) => Some(RATIO.to_owned()),
            _ => None,
        })?;
        let (a, b) = (a.shifted(&first, dialect)?, b.shifted(&second, dialect)?);
        Ok(Aligned { a, b, meet, units, first_shifted: first })
    }

    /// The two sides of a comparison of values as expressions of one type.
    pub fn sides(&self, other: &Self, dialect: Dialect) -> Result<(String, String), Reason> {
        let times = |d: &Decimal, over: &Option<Decimal>| match over {
            Some(over) => Decimal::multiply(d, over, dialect),
            None => Ok(d.clone()),
        };
        let (a, b) = (times(&self.value, &other.over)?, times(&other.value, &self.over)?);
        let (_, x, y) = Decimal::common(&a, &b)?;
        Ok((x, y))
    }

    /// One of two, by a condition.
    pub fn choose(condition: &Cond, a: &Self, b: &Self, dialect: Dialect) -> Result<Self, Reason> {
        let over = match (&a.over, &b.over) {
            (None, None) => None,
            (x, y) => {
                let one = Decimal::literal(Exact::ONE)?;
                Some(Decimal::choose(condition, x.as_ref().unwrap_or(&one), y.as_ref().unwrap_or(&one))?)
            }
        };
        let none = || dialect.literal("");
        let qualifier = match (&a.qualifier, &b.qualifier) {
            (None, None) => None,
            (x, y) => {
                let [x, y] = [x, y].map(|q| q.clone().unwrap_or_else(none));
                Some(format!("CASE WHEN {condition} THEN {x} ELSE {y} END"))
            }
        };
        let interval = match (&a.interval, &b.interval) {
            (Interval::Point, Interval::Point) => Interval::Point,
            _ => match (a.ends(), b.ends()) {
                (Some(x), Some(y)) => {
                    let pick = |p: &Cond, q: &Cond| condition.and(p).or(&condition.not().and(q));
                    Interval::Ends(Box::new(Ends {
                        low: Decimal::choose(condition, &x.low, &y.low)?,
                        low_open: pick(&x.low_open, &y.low_open),
                        low_endless: pick(&x.low_endless, &y.low_endless),
                        high: Decimal::choose(condition, &x.high, &y.high)?,
                        high_open: pick(&x.high_open, &y.high_open),
                        high_endless: pick(&x.high_endless, &y.high_endless),
                    }))
                }
                _ => Interval::Unsaid,
            },
        };
        let value = Decimal::choose(condition, &a.value, &b.value)?;
        let units = Units::choose(condition, &a.units, &b.units, dialect);
        let printed = condition.and(&a.printed).or(&condition.not().and(&b.printed));
        Ok(Self { value, over, units, qualifier, interval, printed })
    }

    /// The ends of what it denotes; `None` where they are not known, or the number is a quotient.
    pub fn ends(&self) -> Option<Ends> {
        match &self.interval {
            Interval::Ends(ends) => Some((**ends).clone()),
            Interval::Point if self.over.is_none() => Some(Ends {
                low: self.value.clone(),
                low_open: Cond::Never,
                low_endless: Cond::Never,
                high: self.value.clone(),
                high_open: Cond::Never,
                high_endless: Cond::Never,
            }),
            _ => None,
        }
    }

    /// `a op b`, and the errors that come of it where both are there.
    pub fn arithmetic(op: ArithmeticOp, a: &Self, b: &Self, dialect: Dialect) -> Result<(Self, Cond), Reason> {
        let times = |x: &Decimal, y: &Decimal| Decimal::multiply(x, y, dialect);
        match op {
            ArithmeticOp::Add | ArithmeticOp::Subtract => {
                let minus = op == ArithmeticOp::Subtract;
                let Aligned { a, b, meet, units, .. } = Self::align(a, b, dialect)?;
                let (value, over) = match (&a.over, &b.over) {
                    (None, None) => (Decimal::add(&a.value, &b.value, minus)?, None),
                    (Some(x), None) => (Decimal::add(&a.value, &times(&b.value, x)?, minus)?, Some(x.clone())),
                    (None, Some(y)) => (Decimal::add(&times(&a.value, y)?, &b.value, minus)?, Some(y.clone())),
                    (Some(x), Some(y)) => {
                        let sum = Decimal::add(&times(&a.value, y)?, &times(&b.value, x)?, minus)?;
                        (sum, Some(times(x, y)?))
                    }
                };
                let interval = match (&a.interval, &b.interval) {
                    (Interval::Point, Interval::Point) => Interval::Point,
                    _ => match (a.ends(), b.ends()) {
                        (Some(x), Some(y)) => match summed(&x, &y, minus) {
                            Ok(ends) => Interval::Ends(Box::new(ends)),
                            Err(_) => Interval::Unsaid,
                        },
                        _ => Interval::Unsaid,
                    },
                };
                Ok((Self { value, over, units, qualifier: None, interval, printed: Cond::Never }, meet.not()))
            }
            ArithmeticOp::Multiply => {
                let units = Units::made(&a.units, &b.units, dialect, |x, y| {
                    Some(match (x, y) {
                        (RATIO, u) | (u, RATIO) => u.to_owned(),
                        ("%", "") | ("", "%") => RATIO.to_owned(),
                        ("%", u) | (u, "%") => u.to_owned(),
                        ("", u) | (u, "") => u.to_owned(),
                        _ => String::new(),
                    })
                })?;
                let value = times(&a.value, &b.value)?;
                let over = match (&a.over, &b.over) {
                    (Some(x), Some(y)) => Some(times(x, y)?),
                    (x, y) => x.clone().or_else(|| y.clone()),
                };
                let interval = match (&a.interval, &b.interval) {
                    (Interval::Point, Interval::Point) => Interval::Point,
                    _ => match (a.ends(), b.ends()) {
                        (Some(x), Some(y)) if natural(&x) && natural(&y) => {
                            // Nothing times what is not reached is still nothing.
                            let nothing = |at: &Decimal, p: &Cond| Cond::sql(format!("{} = 0", at.sql)).and(&p.not());
                            let open = |p: (&Decimal, &Cond), q: (&Decimal, &Cond)| {
                                p.1.or(q.1).and(&nothing(p.0, p.1).or(&nothing(q.0, q.1)).not())
                            };
                            match (times(&x.low, &y.low), times(&x.high, &y.high)) {
                                (Ok(low), Ok(high)) => Interval::Ends(Box::new(Ends {
                                    low,
                                    low_open: open((&x.low, &x.low_open), (&y.low, &y.low_open)),
                                    low_endless: Cond::Never,
                                    high,
                                    high_open: open((&x.high, &x.high_open), (&y.high, &y.high_open)),
                                    high_endless: Cond::Never,
                                })),
                                _ => Interval::Unsaid,
                            }
                        }
                        _ => Interval::Unsaid,
                    },
                };
                let wrong = endless(a)?.or(&endless(b)?);
                Ok((Self { value, over, units, qualifier: None, interval, printed: Cond::Never }, wrong))
            }
            ArithmeticOp::Divide => Self::divide(a, b, dialect),
        }
    }

    fn divide(a: &Self, b: &Self, dialect: Dialect) -> Result<(Self, Cond), Reason> {
        let times = |x: &Decimal, y: &Decimal| Decimal::multiply(x, y, dialect);
        let units = Units::made(&a.units, &b.units, dialect, |x, y| {
            Some(match (x, y) {
                (x, y) if x == y => RATIO.to_owned(),
                (u, RATIO | "") => u.to_owned(),
                ("", _) => RATIO.to_owned(),
                (u, "%") => u.to_owned(),
                _ => String::new(),
            })
        })?;
        let mut wrong = Cond::sql(format!("{} = 0", b.value.sql));
        if let Interval::Unsaid = b.interval {
            return Err(Reason::Interval);
        }
        if let Interval::Ends(ends) = &b.interval {
            let side = |open: &Cond, at: &Decimal, beyond: char| {
                let at = &at.sql;
                Cond::sql(format!("{at} {beyond} 0")).or(&Cond::sql(format!("{at} = 0")).and(&open.not()))
            };
            let low = side(&ends.low_open, &ends.low, '<').or(&ends.low_endless);
            let high = side(&ends.high_open, &ends.high, '>').or(&ends.high_endless);
            wrong = wrong.or(&low.and(&high));
        }
        wrong = wrong.or(&endless(a)?).or(&endless(b)?);
        // a/c ÷ b/d is ad / cb, with the sign above.
        let mut value = match &b.over {
            Some(d) => times(&a.value, d)?,
            None => a.value.clone(),
        };
        let mut over = match &a.over {
            Some(c) => times(&b.value, c)?,
            None => b.value.clone(),
        };
        if !b.value.natural {
            let below = Cond::sql(format!("{} < 0", b.value.sql));
            value = Decimal::choose(&below, &value.negated(), &value)?;
            over = Decimal { natural: true, ..Decimal::choose(&below, &over.negated(), &over)? };
        }
        let point = matches!((&a.interval, &b.interval), (Interval::Point, Interval::Point));
        let interval = if point { Interval::Point } else { Interval::Unsaid };
        Ok((Self { value, over: Some(over), units, qualifier: None, interval, printed: Cond::Never }, wrong))
    }

    /// Rounded to a place behind the point.
    pub fn round(&self, places: u32, rounding: Rounding, dialect: Dialect) -> Result<Self, Reason> {
        let value = match &self.over {
            None if self.value.places <= places => self.value.clone(),
            over => {
                let one = Decimal::literal(Exact::ONE)?;
                let over = over.as_ref().unwrap_or(&one);
                let shared = self.value.places.max(over.places);
                let size = if self.value.natural {
                    self.value.clone()
                } else {
                    Decimal { sql: format!("ABS({})", self.value.sql), natural: true, ..self.value.clone() }
                };
                // Counted in one place, both are whole numbers: n/d, and the place wanted makes it n·10^p/d.
                let n = size.counted(shared + places, dialect)?;
                let d = over.counted(shared, dialect)?;
                let two = Decimal::literal(Exact::from_int(2))?;
                let long = |d: Decimal| if d.repr == Repr::Long { Ok(d) } else { Err(Reason::Digits) };
                let (top, bottom) = match rounding {
                    Rounding::Nearest => {
                        let doubled = long(Decimal::multiply(&n, &two, dialect)?)?;
                        (long(Decimal::add(&doubled, &d, false)?)?, long(Decimal::multiply(&d, &two, dialect)?)?)
                    }
                    Rounding::Up => {
                        let less = long(Decimal::add(&d, &Decimal::literal(Exact::ONE)?, true)?)?;
                        (long(Decimal::add(&n, &less, false)?)?, d)
                    }
                    _ => (n, d),
                };
                // Where there is nothing to divide by, nobody looks at the quotient, but the engine may compute it.
                let below = format!("NULLIF({}, 0)", bottom.sql);
                let whole = dialect.whole_quotient(&top.sql, &below);
                let whole = if self.value.natural {
                    whole
                } else {
                    format!("CASE WHEN {} < 0 THEN -{whole} ELSE {whole} END", self.value.sql)
                };
                let counted = Decimal::long(whole, top.whole, self.value.natural);
                let part = Exact::pow10(-i32::try_from(places).map_err(|_| Reason::Digits)?).ok_or(Reason::Digits)?;
                Decimal::multiply(&counted, &Decimal::literal(part)?, dialect)?
            }
        };
        Ok(Self { value, over: None, interval: Interval::Point, ..self.clone() })
    }

    /// Whether what two numbers denote has a number in common.
    fn meets(a: &Ends, b: &Ends) -> Result<Cond, Reason> {
        let below = |low: &Decimal, low_open: &Cond, endless: Cond, high: &Decimal, high_open: &Cond| {
            let (_, x, y) = Decimal::common(low, high)?;
            let touch = Cond::sql(format!("{x} = {y}")).and(&low_open.or(high_open).not());
            Ok(Cond::sql(format!("{x} < {y}")).or(&touch).or(&endless))
        };
        let first = below(&a.low, &a.low_open, a.low_endless.or(&b.high_endless), &b.high, &b.high_open)?;
        let second = below(&b.low, &b.low_open, b.low_endless.or(&a.high_endless), &a.high, &a.high_open)?;
        Ok(first.and(&second))
    }

    /// Whether two figures are printed to one precision, and not exact.
    fn alike(a: &Ends, b: &Ends) -> Result<Cond, Reason> {
        let (x, y) = (Decimal::add(&a.high, &a.low, true)?, Decimal::add(&b.high, &b.low, true)?);
        let (_, p, q) = Decimal::common(&x, &y)?;
        Ok(Cond::sql(format!("({p} = {q} AND {p} <> 0)")))
    }

    /// ≈, of two numbers in one unit.
    pub fn consistent(a: &Self, b: &Self, dialect: Dialect) -> Result<Cond, Reason> {
        let (x, y) = a.sides(b, dialect)?;
        let same = Cond::sql(format!("{x} = {y}"));
        if matches!((&a.interval, &b.interval), (Interval::Point, Interval::Point)) {
            return Ok(same);
        }
        let (x, y) = Self::both_ends(a, b, dialect)?;
        let alike = a.printed.and(&b.printed).and(&Self::alike(&x, &y)?);
        Ok(alike.and(&same).or(&alike.not().and(&Self::meets(&x, &y)?)))
    }

    /// 同値 of two figures in one unit.
    pub fn agree(a: &Self, b: &Self, dialect: Dialect) -> Result<Cond, Reason> {
        let (x, y) = a.sides(b, dialect)?;
        let same = Cond::sql(format!("{x} = {y}"));
        let (x, y) = Self::both_ends(a, b, dialect)?;
        Ok(Self::meets(&x, &y)?.and(&Self::alike(&x, &y)?.not().or(&same)))
    }

    /// The ends of both; a quotient that is exact, multiplied away on both sides.
    fn both_ends(a: &Self, b: &Self, dialect: Dialect) -> Result<(Ends, Ends), Reason> {
        let bare = |n: &Self| Self { over: None, ..n.clone() }.ends().ok_or(Reason::Interval);
        if matches!(a.interval, Interval::Ends(_)) && a.over.is_some()
            || matches!(b.interval, Interval::Ends(_)) && b.over.is_some()
        {
            return Err(Reason::Interval);
        }
        let scaled = |ends: Ends, by: &Option<Decimal>| match by {
            None => Ok(ends),
            Some(by) => Ok(Ends {
                low: Decimal::multiply(&ends.low, by, dialect)?,
                high: Decimal::multiply(&ends.high, by, dialect)?,
                ..ends
            }),
        };
        Ok((scaled(bare(a)?, &b.over)?, scaled(bare(b)?, &a.over)?))
    }
}

/// Whether a product with the number goes beyond what the program computes: one side of it is without end.
fn endless(number: &Number) -> Result<Cond, Reason> {
    match &number.interval {
        Interval::Point => Ok(Cond::Never),
        Interval::Ends(ends) => Ok(ends.low_endless.or(&ends.high_endless)),
        Interval::Unsaid => Err(Reason::Interval),
    }
}

fn natural(ends: &Ends) -> bool {
    ends.low.natural && ends.high.natural
}

fn summed(a: &Ends, b: &Ends, minus: bool) -> Result<Ends, Reason> {
    let (low, high) = if minus {
        ((&b.high, &b.high_open, &b.high_endless), (&b.low, &b.low_open, &b.low_endless))
    } else {
        ((&b.low, &b.low_open, &b.low_endless), (&b.high, &b.high_open, &b.high_endless))
    };
    Ok(Ends {
        low: Decimal::add(&a.low, low.0, minus)?,
        low_open: a.low_open.or(low.1),
        low_endless: a.low_endless.or(low.2),
        high: Decimal::add(&a.high, high.0, minus)?,
        high_open: a.high_open.or(high.1),
        high_endless: a.high_endless.or(high.2),
    })
}

/// A number that may not be there.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The number; NULL where it is not there.
    pub number: Number,
    /// Why it is not there, a text in its place left out.
    pub errors: Errors,
    /// A text that stands in the place of the figure: printed and in normal form, NULL where there is none.
    pub word: Option<(String, String)>,
}
