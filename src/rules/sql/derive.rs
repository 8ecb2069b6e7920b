//! What the program makes of a text by itself (a pattern that it meets, the core of a name) is a column of the facts: engines differ in such things, and a cell says the same wherever it is asked.
use std::cell::RefCell;
use std::collections::BTreeMap;

use super::super::functions::{Function, core_of};
use super::super::ir::{Kind, Node};
use super::super::pattern::Pattern;
use super::super::types::Type;
use super::cond::{Cond, Errors, Truth};
use super::expr::Value;
use super::parquet::Item;
use super::schema::Stored;
use super::stage::StepId;
use super::{Maker, Reason};
use crate::plan::{Cell, ColumnId, Facts, RelationId, RowRef};
use crate::text::Sources;
use crate::text::normal::{even_width, normal};

/// What is made of a text, one after the other.
#[derive(Debug, Clone)]
enum Make {
    Printed,
    Normal,
    Core,
    EvenWidth,
    Extract(Pattern),
    Without(Pattern),
    Matches(Pattern),
}

impl Make {
    fn key(&self) -> String {
        match self {
            Self::Printed => "printed".into(),
            Self::Normal => "normal".into(),
            Self::Core => "core".into(),
            Self::EvenWidth => "even-width".into(),
            Self::Extract(pattern) => format!("extract {}", pattern.as_str()),
            Self::Without(pattern) => format!("without {}", pattern.as_str()),
            Self::Matches(pattern) => format!("matches {}", pattern.as_str()),
        }
    }

    /// The type of its column.
    fn stored(&self) -> Stored {
        match self {
            Self::Matches(_) => Stored::Bool,
            _ => Stored::Text,
        }
    }
}

/// A column that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its name; `/state` and, of texts, `/normal` are added to it.
    pub name: String,
    /// The type of its values.
    pub stored: Stored,
    /// The values, and why one is not there, by row.
    pub values: Vec<Result<Item, &'static str>>,
}

impl Made {
    /// The columns that it becomes: what is added to the name, and the type.
    pub fn parts(&self) -> Vec<(&'static str, Stored)> {
        let mut out = vec![("", self.stored), ("/state", Stored::Text)];
        if self.stored == Stored::Text {
            out.push(("/normal", Stored::Text));
        }
        out
    }

    /// The value of one of these columns in a row.
    pub fn item(&self, row: usize, part: &str) -> Item {
        match (self.values.get(row), part) {
            (Some(Ok(_)), "/state") => Item::Text("value".into()),
            (Some(Err(why)), "/state") => Item::Text((*why).into()),
            (Some(Ok(Item::Text(text))), "/normal") => Item::Text(normal(text)),
            (Some(Ok(item)), _) => item.clone(),
            (Some(Err(_)) | None, _) => Item::Null,
        }
    }
}

/// The columns that were made, by relation, column and what was made of it.
pub type All = RefCell<BTreeMap<(RelationId, ColumnId, String), Made>>;

impl Maker<'_> {
    /// The value of an expression that is made of one text of a row by itself; `None` if it is no such thing.
    pub fn derived(&mut self, step: StepId, node: &Node) -> Result<Option<Value>, Reason> {
        let mut makes = Vec::new();
        let Some((base, column)) = chain(node, &mut makes) else { return Ok(None) };
        if makes.is_empty() {
            return Ok(None);
        }
        let (_, errors, way, relation) = self.row_of(step, base)?;
        let known = self.known(relation, column)?.clone();
        let rows = self.schema.table(relation).map_or(0, |t| t.rows);
        let key = (relation, column, makes.iter().map(Make::key).collect::<Vec<_>>().join("\n"));
        let all = self.made;
        if !all.borrow().contains_key(&key) {
            let number = all.borrow().keys().filter(|k| (k.0, k.1) == (relation, column)).count() + 1;
            let of = |row| {
                let row = RowRef { relation, row };
                value(self.facts, self.sources, row, column, &makes)
            };
            let values = (0..u32::try_from(rows).unwrap_or(u32::MAX)).map(of).collect();
            let stored = makes.last().map_or(Stored::Text, Make::stored);
            all.borrow_mut()
                .insert(key.clone(), Made { name: format!("{}/made-{number}", known.name), stored, values });
        }
        let all = all.borrow();
        let Some(made) = all.get(&key) else { return Err(Reason::Other) };
        let sql = self.column(step, &way, &made.name)?;
        let mut own = Errors::NONE;
        let whys: Vec<&'static str> = made.values.iter().filter_map(|v| v.as_ref().err().copied()).collect();
        if !whys.is_empty() {
            let state = self.column(step, &way, &format!("{}/state", made.name))?;
            let is = |word: &str| {
                if whys.contains(&word) {
                    Cond::sql(format!("{state} = {}", self.dialect.literal(word)))
                } else {
                    Cond::Never
                }
            };
            own = Errors { missing: is("missing"), torn: is("unreadable"), ..Errors::NONE };
        }
        let errors = errors.then(&own);
        Ok(Some(match made.stored {
            Stored::Bool => Value::Truth(Truth {
                so: Cond::sql(sql.clone()),
                not: Cond::sql(format!("NOT {sql}")),
                torn: errors.torn,
            }),
            _ => {
                let normal = self.column(step, &way, &format!("{}/normal", made.name))?;
                Value::Text(sql, normal, errors)
            }
        }))
    }
}

/// What is made of which cell, the first first.
fn chain<'n>(node: &'n Node, out: &mut Vec<Make>) -> Option<(&'n Node, ColumnId)> {
    match &*node.kind {
        Kind::Cell(base, column) if matches!(node.ty, Type::Text | Type::Number(_)) => Some((base, *column)),
        Kind::Matches(subject, pattern) if node.ty == Type::Bool => {
            let found = chain(subject, out)?;
            out.push(Make::Matches(pattern.clone()));
            Some(found)
        }
        Kind::Call(function, arguments) => {
            let first = arguments.first()?;
            let (subject, make) = match (function, &*first.kind) {
                (Function::Extract, Kind::Matches(subject, pattern)) => (subject, Make::Extract(pattern.clone())),
                (Function::Without, Kind::Matches(subject, pattern)) => (subject, Make::Without(pattern.clone())),
                (Function::Printed, _) => (first, Make::Printed),
                (Function::Normalize, _) => (first, Make::Normal),
                (Function::Core, _) => (first, Make::Core),
                (Function::EvenWidth, _) => (first, Make::EvenWidth),
                _ => return None,
            };
            let found = match (&make, &*subject.kind) {
                // What is printed is asked of any cell, whatever it holds.
                (Make::Printed, Kind::Cell(base, column)) => (base, *column),
                (Make::Printed, _) => return None,
                _ => chain(subject, out)?,
            };
            out.push(make);
            Some(found)
        }
        _ => None,
    }
}

fn value(
    facts: &Facts,
    sources: &Sources,
    row: RowRef,
    column: ColumnId,
    makes: &[Make],
) -> Result<Item, &'static str> {
    let (cell, span) = (facts.cell(row, column), facts.place(row, column, sources));
    let mut text = match (makes.first(), cell) {
        (Some(Make::Printed), _) => {
            let head = || facts.table(row.relation).and_then(|t| t.heads.get(row.row as usize).copied());
            let place = if span.start == span.end { head() } else { Some(span) };
            sources.text(place.ok_or("missing")?).to_owned()
        }
        (_, Cell::Text(printed, _) | Cell::Qualitative(printed, _)) => facts.text(printed).to_owned(),
        (_, Cell::Unreadable) => return Err("unreadable"),
        _ => return Err("missing"),
    };
    for make in makes {
        text = match make {
            Make::Printed => text,
            Make::Normal => normal(&text),
            Make::Core => core_of(&text),
            Make::EvenWidth => even_width(&text),
            Make::Extract(pattern) => pattern.extract(&text).ok_or("missing")?.to_owned(),
            Make::Without(pattern) => pattern.without(&text).into_owned(),
            Make::Matches(pattern) => return Ok(Item::Bool(pattern.is_match(&text))),
        };
    }
    Ok(Item::Text(text))
}
