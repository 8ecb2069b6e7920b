//! Rules as SQL: the facts as Parquet files, and one query a rule that finds what a check finds. What cannot be said in
//! SQL is named, never left out.
mod aggregate;
mod cond;
mod derive;
mod dialect;
mod expr;
mod number;
mod parquet;
mod query;
mod rule;
mod schema;
mod sentence;
mod stage;

use std::collections::BTreeMap;

pub use self::dialect::{DIALECTS, Dialect};
use self::expr::{Hop, Way};
pub use self::parquet::{Field, Item, table};
pub use self::rule::{Compiled, Severities, Wanted, compile, severity_word};
use self::schema::Schema;
pub use self::schema::Stored;
use self::stage::{From, Input, Step, StepId, Steps};
use super::ir::Node;
use crate::plan::{ColumnId, DOCUMENTS, Facts, RelationId, Vocabulary};
use crate::text::Sources;

/// Why a rule cannot be said in SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A function that no engine has.
    Function(String),
    /// Regular expressions, which differ between engines.
    Regex,
    /// Sets of values.
    Set,
    /// A relation that rules make.
    Defined(String),
    /// References followed again and again.
    Closure,
    /// More digits than the engines compute with exactly.
    Digits,
    /// Units that are known only while it is computed.
    Units,
    /// What a quotient denotes.
    Interval,
    /// A row that is found by a computation.
    Row,
    /// Blocks of a relation that lie in each other.
    Nested,
    /// A count over counts.
    Inner,
    /// It asks why something is not judged.
    Why,
    /// A value of its sentence.
    Sentence,
    /// Places that are repeated where an extraction is unsure.
    Unsure,
    /// Figures of a year.
    Year,
    /// Something else.
    Other,
}

impl Reason {
    /// Its code and what it names; the words are in the messages (`sql-why-…`).
    #[must_use]
    pub fn code(&self) -> (&'static str, &str) {
        match self {
            Self::Function(name) => ("function", name),
            Self::Regex => ("regex", ""),
            Self::Set => ("set", ""),
            Self::Defined(name) => ("defined", name),
            Self::Closure => ("closure", ""),
            Self::Digits => ("digits", ""),
            Self::Units => ("units", ""),
            Self::Interval => ("interval", ""),
            Self::Row => ("row", ""),
            Self::Nested => ("nested", ""),
            Self::Inner => ("inner", ""),
            Self::Why => ("why", ""),
            Self::Sentence => ("sentence", ""),
            Self::Unsure => ("unsure", ""),
            Self::Year => ("year", ""),
            Self::Other => ("other", ""),
        }
    }
}

/// Makes the query of one rule.
struct Maker<'a> {
    facts: &'a Facts,
    sources: &'a Sources,
    vocabulary: &'a Vocabulary,
    made: &'a derive::All,
    schema: &'a Schema,
    dialect: Dialect,
    steps: Steps,
    /// The relation of each range variable.
    ranges: BTreeMap<usize, RelationId>,
    /// Aliases of the tables that a step which gives rows has joined, by the way there.
    joined: BTreeMap<(StepId, String), String>,
}

impl<'a> Maker<'a> {
    fn new(
        facts: &'a Facts,
        sources: &'a Sources,
        schema: &'a Schema,
        made: &'a derive::All,
        dialect: Dialect,
    ) -> Self {
        let (steps, ranges, joined) = (Steps::default(), BTreeMap::new(), BTreeMap::new());
        Self { facts, sources, vocabulary: &facts.vocabulary, made, schema, dialect, steps, ranges, joined }
    }

    fn relation_name(&self, relation: RelationId) -> String {
        self.vocabulary.relations.get(relation.0 as usize).map_or_else(String::new, |r| r.name.clone())
    }

    fn slot_relation(&self, slot: usize) -> Result<RelationId, Reason> {
        self.ranges.get(&slot).copied().ok_or(Reason::Set)
    }

    /// A new step in which a range variable gets its rows.
    fn rows(&mut self, slot: usize, relation: RelationId) -> Result<StepId, Reason> {
        let Some(table) = self.schema.table(relation) else {
            return Err(Reason::Defined(self.relation_name(relation)));
        };
        self.ranges.insert(slot, relation);
        let view = From { name: Input::View(table.name.clone()), alias: "t".into(), on: None };
        Ok(self.steps.add(Step { inputs: vec![view], ..Step::default() }))
    }

    /// The name that a column of a row has in every step that gives it.
    fn output(&self, way: &Way, name: &str) -> String {
        format!("{}.{name}", self.way_name(way.slot, &way.hops))
    }

    fn way_name(&self, slot: usize, hops: &[Hop]) -> String {
        let mut out = format!("s{slot}");
        for hop in hops {
            let name = match hop {
                Hop::To(relation, column) => self.column_name(*relation, *column),
                Hop::Up(relation) => self.schema.table(*relation).map(|t| t.name.clone()),
            };
            out.push('.');
            out.push_str(&name.unwrap_or_default());
        }
        out
    }

    fn column_name(&self, relation: RelationId, column: ColumnId) -> Option<String> {
        Some(self.schema.table(relation)?.columns.get(column.0 as usize)?.name.clone())
    }

    /// A column of the row at the end of a way, as an expression of a step.
    fn column(&mut self, step: StepId, way: &Way, name: &str) -> Result<String, Reason> {
        let output = self.output(way, name);
        let quoted = self.dialect.quote(&output);
        let Some(this) = self.steps.get(step) else { return Err(Reason::Other) };
        if let Some(&rows) = this.slots.get(&way.slot) {
            let alias = self.alias(rows, way.slot, &way.hops)?;
            let sql = format!("{alias}.{}", self.dialect.quote(name));
            self.give(rows, &output, sql);
            return Ok(format!("r{}.{quoted}", way.slot));
        }
        let parent = this.parent.ok_or(Reason::Other)?;
        let sql = self.column(parent, way, name)?;
        self.give(parent, &output, sql);
        Ok(format!("x.{quoted}"))
    }

    /// Lets a step give a column.
    fn give(&mut self, step: StepId, name: &str, sql: String) {
        if let Some(step) = self.steps.get_mut(step) {
            step.outputs.entry(name.to_owned()).or_insert(sql);
        }
    }

    /// The table at the end of a way, joined in the step that gives the rows.
    fn alias(&mut self, rows: StepId, slot: usize, hops: &[Hop]) -> Result<String, Reason> {
        let Some((last, before)) = hops.split_last() else { return Ok("t".to_owned()) };
        let key = (rows, self.way_name(slot, hops));
        if let Some(known) = self.joined.get(&key) {
            return Ok(known.clone());
        }
        let base = self.alias(rows, slot, before)?;
        let from = match before.last() {
            None => self.slot_relation(slot)?,
            Some(Hop::Up(relation)) => *relation,
            Some(Hop::To(relation, column)) => self.target_of(*relation, *column)?,
        };
        let (to, column) = match last {
            Hop::To(relation, column) => (self.target_of(*relation, *column)?, self.column_name(*relation, *column)),
            Hop::Up(DOCUMENTS) if from != DOCUMENTS => (DOCUMENTS, Some("_document".to_owned())),
            Hop::Up(relation) => {
                let above = self.schema.table(from).and_then(|t| t.above.get(relation));
                (*relation, above.map(|a| a.0.clone()))
            }
        };
        let Some(table) = self.schema.table(to) else { return Err(Reason::Defined(self.relation_name(to))) };
        let alias = format!("h{}", self.joined.len());
        let quote = |name: &str| self.dialect.quote(name);
        let on = match column {
            Some(column) => format!("{alias}.{} = {base}.{}", quote("_row"), quote(&column)),
            None => "FALSE".to_owned(),
        };
        let name = Input::View(table.name.clone());
        let joined = From { name, alias: alias.clone(), on: Some(cond::Cond::sql(on)) };
        if let Some(step) = self.steps.get_mut(rows) {
            step.inputs.push(joined);
        }
        self.joined.insert(key, alias.clone());
        Ok(alias)
    }

    fn target_of(&self, relation: RelationId, column: ColumnId) -> Result<RelationId, Reason> {
        match self.known(relation, column)?.ty {
            crate::plan::ColumnType::Reference(to) => Ok(to),
            _ => Err(Reason::Other),
        }
    }

    /// A step after another, for what is joined to its rows.
    fn after(&mut self, parent: StepId) -> StepId {
        self.steps.add(Step { parent: Some(parent), ..Step::default() })
    }

    /// The range variables whose rows a step or one before it gives.
    fn bound(&self, step: StepId) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = Some(step);
        while let Some(step) = at.and_then(|id| self.steps.get(id)) {
            out.extend(step.slots.keys().copied());
            at = step.parent;
        }
        out.sort_unstable();
        out
    }
}

/// Whether an expression holds a query.
fn holds_query(node: &Node) -> bool {
    use super::ir::Kind;
    matches!(&*node.kind, Kind::Aggregate(..)) || node.children().into_iter().any(holds_query)
}
