//! Sentences of findings in SQL: each value as the program prints it.
use super::super::ir::{Kind, Node, SentencePiece};
use super::super::types::Type;
use super::cond::Cond;
use super::expr::{Value, Way};
use super::number::{Decimal, Figure, Number, RATIO, Repr};
use super::schema::Facet;
use super::stage::StepId;
use super::{Maker, Reason};
use crate::plan::{ColumnRole, ColumnType, RelationId};
use crate::value::{Exact, Rounding};

/// Decimals that are printed to the end; what has more would be rounded.
const MOST_PLACES: u32 = 9;

impl Maker<'_> {
    /// A sentence as an expression.
    pub fn sentence(&mut self, step: StepId, pieces: &[SentencePiece]) -> Result<String, Reason> {
        let mut parts = Vec::new();
        for piece in pieces {
            match piece {
                SentencePiece::Text(text) => parts.push(self.dialect.literal(text)),
                SentencePiece::Hole(node, format) => parts.push(self.hole(step, node, format.as_deref())?),
            }
        }
        if parts.is_empty() {
            parts.push(self.dialect.literal(""));
        }
        Ok(parts.join("\n      || "))
    }

    fn hole(&mut self, step: StepId, node: &Node, format: Option<&str>) -> Result<String, Reason> {
        if matches!(node.ty, Type::Set(_)) {
            return Err(Reason::Set);
        }
        let printed =
            matches!(&*node.kind, Kind::Cell(..) | Kind::AtYear(..)) && format.is_none() && node.ty != Type::Integer;
        let value = self.expr(step, node)?;
        let errors = value.errors();
        let literal = |text: &str| self.dialect.literal(text);
        let text = match &value {
            Value::Figure(Figure { number, word, .. }) => {
                let shown = if printed { self.printed(step, node)? } else { self.number_text(number, format)? };
                match word {
                    // What is printed in a cell is the word where a word stands.
                    Some((word, _)) if !printed => format!("COALESCE({word}, {shown})"),
                    _ => shown,
                }
            }
            Value::Text(printed, ..) => printed.clone(),
            Value::Year(year, _) => self.year_text(year, format),
            Value::Date(..) => return Err(Reason::Sentence),
            Value::Truth(truth) => format!(
                "CASE WHEN {} THEN {} WHEN {} THEN {} END",
                truth.so,
                literal("はい"),
                truth.not,
                literal("いいえ")
            ),
            Value::Row(relation, ..) => self.row_text(step, node, *relation)?,
        };
        let mut cases = String::new();
        if errors.torn != Cond::Never {
            cases.push_str(&format!(" WHEN {} THEN {}", errors.torn, self.dialect.literal("判読不能")));
        }
        if errors.dangling != Cond::Never {
            // What leads nowhere is shown as it is printed; of what lies behind it there is nothing to show.
            let none = self.dialect.literal("");
            let shown = match &*node.kind {
                Kind::Target(..) => format!("COALESCE({}, {none})", self.printed(step, node)?),
                _ => none,
            };
            cases.push_str(&format!(" WHEN {} THEN {shown}", errors.dangling));
        }
        let other = errors.missing.or(&errors.qualitative).or(&errors.other);
        let text = match other {
            Cond::Never => text,
            _ => format!("COALESCE({text}, {})", self.dialect.literal("－")),
        };
        Ok(if cases.is_empty() { text } else { format!("CASE{cases} ELSE {text} END") })
    }

    /// What is printed in the cell that an expression names.
    fn printed(&mut self, step: StepId, node: &Node) -> Result<String, Reason> {
        if let Kind::AtYear(owner, series, year_column, column, year) = &*node.kind {
            let name = format!("{}{}", self.known(*series, *column)?.name, Facet::Printed.suffix());
            let (alias, ..) = self.of_year(step, owner, (*series, *year_column), year)?;
            return Ok(format!("{alias}.{}", self.dialect.quote(&name)));
        }
        let (Kind::Cell(base, column) | Kind::Target(base, column)) = &*node.kind else { return Err(Reason::Sentence) };
        let (_, _, way, relation) = self.row_of(step, base)?;
        let name = format!("{}{}", self.known(relation, *column)?.name, Facet::Printed.suffix());
        self.column(step, &way, &name)
    }

    /// A fiscal year: `R4`, 令和4年度, 2022年度.
    fn year_text(&self, year: &str, format: Option<&str>) -> String {
        let text = self.dialect.text();
        let literal = |text: &str| self.dialect.literal(text);
        if format == Some("西暦") {
            return format!("CAST({year} AS {text}) || {}", literal("年度"));
        }
        let long = format == Some("和暦");
        let eras = [
            (2019, "R", "令和"),
            (1989, "H", "平成"),
            (1926, "S", "昭和"),
            (1912, "T", "大正"),
            (i16::MIN, "M", "明治"),
        ];
        let mut cases = String::new();
        for (first, letter, name) in eras {
            let start = if first == i16::MIN { 1868 } else { first };
            let number = format!("CAST({year} - {} AS {text})", start - 1);
            let shown = if long {
                let first_year = literal("元");
                let number = format!("CASE WHEN {year} = {start} THEN {first_year} ELSE {number} END");
                format!("{} || {number} || {}", literal(name), literal("年度"))
            } else {
                format!("{} || {number}", literal(letter))
            };
            cases.push_str(&format!(" WHEN {year} >= {first} THEN {shown}"));
        }
        format!("CASE{cases} END")
    }

    /// A row as people name it: keyword, number, name.
    fn row_text(&mut self, step: StepId, node: &Node, relation: RelationId) -> Result<String, Reason> {
        let (row, _, way, _) = self.row_of(step, node)?;
        let Some(declared) = self.vocabulary.relations.get(relation.0 as usize) else { return Err(Reason::Other) };
        let heads: Vec<(usize, ColumnType)> = declared
            .columns
            .iter()
            .enumerate()
            .filter(|(_, c)| c.role == ColumnRole::Head)
            .map(|(n, c)| (n, c.ty.clone()))
            .collect();
        let literal = |maker: &Self, text: &str| maker.dialect.literal(text);
        let mut parts = vec![literal(self, &declared.name)];
        for (number, ty) in heads {
            let Some(name) = self.schema.table(relation).and_then(|t| t.columns.get(number)).map(|c| c.name.clone())
            else {
                continue;
            };
            let value = self.column(step, &way, &name)?;
            let text = self.dialect.text();
            let shown = match ty {
                ColumnType::Number => format!("{} || CAST({value} AS {text})", literal(self, " No")),
                ColumnType::Code => format!("{} || {value}", literal(self, " ")),
                ColumnType::Year => format!("{} || {}", literal(self, " "), self.year_text(&value, None)),
                ColumnType::Text | ColumnType::Period | ColumnType::Choice(_) => {
                    format!("{} || {value} || {}", literal(self, "「"), literal(self, "」"))
                }
                _ => continue,
            };
            parts.push(format!("COALESCE({shown}, {})", literal(self, "")));
        }
        Ok(format!("CASE WHEN {row} IS NOT NULL THEN {} END", parts.join(" || ")))
    }

    fn number_text(&self, number: &Number, format: Option<&str>) -> Result<String, Reason> {
        let dialect = self.dialect;
        let literal = |text: &str| dialect.literal(text);
        let unit = match number.units.only() {
            Some(RATIO) => literal(""),
            Some(unit) => literal(unit),
            None => {
                let sql = number.units.sql(dialect);
                format!("CASE WHEN {sql} = {} THEN {} ELSE {sql} END", literal(RATIO), literal(""))
            }
        };
        let percent = |places: u32| -> Result<String, Reason> {
            let hundred = Number::plain(Decimal::literal(Exact::from_int(100))?);
            let value = Decimal::multiply(&number.value, &hundred.value, dialect)?;
            let rounded = Number { value, ..number.clone() }.round(places, Rounding::Nearest, dialect)?;
            Ok(format!("{} || {}", self.decimal_text(&rounded.value, false)?, literal("%")))
        };
        let grouped = |number: &Number| -> Result<String, Reason> {
            if number.over.is_some() || number.value.places > MOST_PLACES {
                return Err(Reason::Sentence);
            }
            self.decimal_text(&number.value, true)
        };
        let scale = |word: &str| match word {
            "千" => Some(3),
            "万" => Some(4),
            "百万" => Some(6),
            "億" => Some(8),
            _ => None,
        };
        let text = match format {
            Some("%") => percent(2)?,
            Some(format) if format.starts_with('%') => {
                percent(format.trim_start_matches('%').parse().unwrap_or(2).min(9))?
            }
            Some(word) if scale(word).is_some() => {
                let part = Exact::pow10(-scale(word).unwrap_or(0)).ok_or(Reason::Digits)?;
                let value = Decimal::multiply(&number.value, &Decimal::literal(part)?, dialect)?;
                let shown = grouped(&Number { value, ..number.clone() })?;
                format!("{shown} || {} || {unit}", literal(word))
            }
            _ if number.units.only() == Some("%") => percent(2)?,
            _ if number.units.may.contains("%") => {
                let sql = number.units.sql(dialect);
                let plain = format!("{} || {unit}", grouped(number)?);
                format!("CASE WHEN {sql} = {} THEN {} ELSE {plain} END", literal("%"), percent(2)?)
            }
            _ if number.units.only().is_some_and(|u| u.is_empty() || u == RATIO) => grouped(number)?,
            _ => format!("{} || {unit}", grouped(number)?),
        };
        Ok(match &number.qualifier {
            Some(qualifier) => format!("{text} || {qualifier}"),
            None => text,
        })
    }

    /// A decimal without noughts at its end; its thousands in groups if asked for.
    fn decimal_text(&self, value: &Decimal, groups: bool) -> Result<String, Reason> {
        let (dialect, text) = (self.dialect, self.dialect.text());
        let grouped = |sql: &str| if groups { dialect.grouped(sql) } else { format!("CAST({sql} AS {text})") };
        if value.whole > 18 {
            return Err(Reason::Sentence);
        }
        if value.places == 0 {
            return Ok(grouped(&value.cast(Repr::Long)));
        }
        let literal = |text: &str| dialect.literal(text);
        // One digit more before the point: engines differ in how they write .5.
        let shown =
            format!("CAST(CAST(ABS({}) AS DECIMAL({},{})) AS {text})", value.sql, value.digits() + 1, value.places);
        let point = literal(".");
        let whole = grouped(&format!("CAST(SPLIT_PART({shown}, {point}, 1) AS BIGINT)"));
        let rest = format!("TRIM(TRAILING {} FROM SPLIT_PART({shown}, {point}, 2))", literal("0"));
        let none = literal("");
        let sign = format!("CASE WHEN {} < 0 THEN {} ELSE {none} END", value.sql, literal("-"));
        Ok(format!("{sign} || {whole} || CASE WHEN {rest} = {none} THEN {none} ELSE {point} || {rest} END"))
    }

    /// Where an expression stands: its cell, or the head of its row where nothing is printed, as the expressions of
    /// source, line and column; NULL if its row is not there.
    pub fn place(&mut self, step: StepId, node: &Node) -> Result<([String; 3], String), Reason> {
        let house = ["_source", "_line", "_column"];
        if let Kind::AtYear(owner, series, year_column, column, year) = &*node.kind {
            let cell = self.known(*series, *column)?.name.clone();
            let (alias, _, way) = self.of_year(step, owner, (*series, *year_column), year)?;
            let mut out = [String::new(), String::new(), String::new()];
            for ((name, facet), place) in house.iter().zip([Facet::Source, Facet::Line, Facet::Column]).zip(&mut out) {
                let head = self.column(step, &way, name)?;
                let quote = |name: &str| format!("{alias}.{}", self.dialect.quote(name));
                let cell = quote(&format!("{cell}{}", facet.suffix()));
                *place = format!("COALESCE({cell}, {}, {head})", quote(name));
            }
            return Ok((out, self.column(step, &way, "_unsure")?));
        }
        let (base, column) = match &*node.kind {
            Kind::Cell(base, column) | Kind::Target(base, column) | Kind::Marked(base, column) => (base, Some(*column)),
            _ => (node, None),
        };
        let (_, _, way, relation) = self.row_of(step, base)?;
        let mut out = [String::new(), String::new(), String::new()];
        for ((name, facet), place) in house.iter().zip([Facet::Source, Facet::Line, Facet::Column]).zip(&mut out) {
            let head = self.column(step, &way, name)?;
            *place = match column {
                None => head,
                Some(column) => {
                    let cell = format!("{}{}", self.known(relation, column)?.name, facet.suffix());
                    format!("COALESCE({}, {head})", self.column(step, &way, &cell)?)
                }
            };
        }
        let unsure = self.column(step, &way, "_unsure")?;
        Ok((out, unsure))
    }

    /// The head of the row of a range variable.
    pub fn head(&mut self, step: StepId, slot: usize) -> Result<[String; 3], Reason> {
        let way = Way { slot, hops: Vec::new() };
        Ok([
            self.column(step, &way, "_source")?,
            self.column(step, &way, "_line")?,
            self.column(step, &way, "_column")?,
        ])
    }
}
