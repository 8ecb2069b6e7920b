//! How the facts lie in tables: one a relation, with the columns that a cell becomes, and what is known of them beforehand.
//!
//! What a column can hold decides how a query is written (a column without a torn cell needs no test for one), so the
//! queries belong to the facts that they were made with.
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use crate::graph::{Graph, Resolved};
use crate::plan::{Cell, ColumnId, ColumnRole, ColumnType, Facts, Number, RelationId, RelationKind, RowRef};
use crate::value::{Exact, Qualifier};

/// A cell that another printing contradicts: nothing is computed with it.
pub type Disputed = FxHashSet<(RowRef, ColumnId)>;

/// A part of a cell, as a column of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// The value: a text as printed, an exact number, the number of the row that is named.
    Value,
    /// Whether there is a value, and why not.
    State,
    /// The form in which texts are compared.
    Normal,
    /// A figure as it is printed; a text in the place of a figure.
    Printed,
    /// The unit, in which all figures of a kind are kept; empty where none is printed.
    Unit,
    /// 以上 and the like.
    Qualifier,
    /// The least number that the figure denotes; nothing if there is none.
    Low,
    /// Whether that number itself is left out.
    LowOpen,
    /// The greatest.
    High,
    /// Whether that number itself is left out.
    HighOpen,
    /// Whether another printing contradicts the figure (同値).
    Disputed,
    /// Where it is printed: the number of the file or sheet.
    Source,
    /// The line, or the row of the sheet.
    Line,
    /// The place in the line, or the column of the sheet.
    Column,
}

impl Facet {
    /// What it adds to the name of the column.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Value => "",
            Self::State => "/state",
            Self::Normal => "/normal",
            Self::Printed => "/printed",
            Self::Unit => "/unit",
            Self::Qualifier => "/qualifier",
            Self::Low => "/low",
            Self::LowOpen => "/low-open",
            Self::High => "/high",
            Self::HighOpen => "/high-open",
            Self::Disputed => "/disputed",
            Self::Source => "/source",
            Self::Line => "/line",
            Self::Column => "/column",
        }
    }
}

/// The type of a column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// A text.
    Text,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    Long,
    /// True or false.
    Bool,
    /// An exact decimal: digits in all, and digits behind the point.
    Decimal(u32, u32),
}

/// What a column of the facts holds, as far as queries need to know.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Whether a cell is missing, is torn, holds a text where a figure may stand, or a reference that points nowhere.
    pub missing: bool,
    /// See [`Known::missing`].
    pub unreadable: bool,
    /// See [`Known::missing`].
    pub qualitative: bool,
    /// See [`Known::missing`].
    pub dangling: bool,
    /// Units (empty: none printed).
    pub units: BTreeSet<String>,
    /// Whether a figure is printed with 以上 and the like.
    pub qualified: bool,
    /// Whether a figure denotes more numbers than one.
    pub wide: bool,
    /// Whether an end of an interval is left out.
    pub open_ends: bool,
    /// Whether a figure denotes numbers without end.
    pub endless: bool,
    /// Digits before and behind the point.
    pub whole: u32,
    /// See [`Known::whole`].
    pub places: u32,
    /// The same of the ends of the intervals.
    pub end_whole: u32,
    /// See [`Known::end_whole`].
    pub end_places: u32,
    /// Whether no number is below nought, nor the end of an interval.
    pub natural: bool,
    /// Whether a figure is in dispute.
    pub disputed: bool,
    /// Whether a figure has more digits than a decimal holds.
    pub too_long: bool,
    /// How many cells have something in them.
    pub filled: usize,
}

/// A column of the facts.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name in the table.
    pub name: String,
    /// What it holds by its declaration.
    pub ty: ColumnType,
    /// Whether it holds several values a cell.
    pub list: bool,
    /// What it holds.
    pub known: Known,
}

/// A relation as a table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name: that of the view and of the file.
    pub name: String,
    /// The relation.
    pub relation: RelationId,
    /// Its columns, by number.
    pub columns: Vec<Column>,
    /// How many rows it has.
    pub rows: usize,
    /// The relations in whose blocks its rows stand, directly or not: the name of the column with the nearest such row,
    /// and whether some row stands in several blocks of that relation, one in the other.
    pub above: BTreeMap<RelationId, (String, bool)>,
    /// The relation in whose blocks all its rows stand directly, if there is one such.
    pub direct: Option<RelationId>,
    /// Whether the extraction of a row is unsure.
    pub unsure: bool,
}

/// All tables.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// By number of the relation; relations that rules make have none.
    pub tables: Vec<Option<Table>>,
}

impl Schema {
    /// Looks through the facts.
    pub fn of(facts: &Facts, graph: &Graph, disputed: &Disputed) -> Self {
        let mut names = Names::default();
        names.take("sources");
        names.take("faults");
        let tables = (0..).map(RelationId).zip(&facts.vocabulary.relations).map(|(relation, declared)| {
            if declared.kind == RelationKind::Defined {
                return None;
            }
            let rows = facts.table(relation).map_or(0, |t| t.heads.len());
            let mut taken = Names::default();
            let columns = (0..).map(ColumnId).zip(&declared.columns).map(|(column, c)| Column {
                name: taken.take(if c.name == c.alias { &c.name } else { &c.alias }),
                ty: c.ty.clone(),
                list: c.role == ColumnRole::List,
                known: known(facts, graph, disputed, (relation, column, rows)),
            });
            let columns = columns.collect();
            let name = names.take(&declared.alias);
            let unsure = facts.table(relation).is_some_and(|t| t.unsure.iter().any(|u| *u));
            Some(Table { name, relation, columns, rows, above: BTreeMap::new(), direct: None, unsure })
        });
        let mut schema = Self { tables: tables.collect() };
        schema.above(facts);
        schema
    }

    /// The table of a relation.
    pub fn table(&self, relation: RelationId) -> Option<&Table> {
        self.tables.get(relation.0 as usize)?.as_ref()
    }

    /// Finds the relations above each.
    fn above(&mut self, facts: &Facts) {
        let names: Vec<String> =
            self.tables.iter().map(|t| t.as_ref().map_or_else(String::new, |t| t.name.clone())).collect();
        for table in self.tables.iter_mut().flatten() {
            for row in 0..u32::try_from(table.rows).unwrap_or(u32::MAX) {
                let mut met: Vec<RelationId> = Vec::new();
                let mut at = facts.parent(RowRef { relation: table.relation, row });
                let direct = at.map(|above| above.relation);
                if row == 0 {
                    table.direct = direct;
                } else if table.direct != direct {
                    table.direct = None;
                }
                while let Some(above) = at {
                    let nested = met.contains(&above.relation);
                    met.push(above.relation);
                    let name = names.get(above.relation.0 as usize).map_or("", String::as_str);
                    table.above.entry(above.relation).or_insert_with(|| (format!("_up/{name}"), false)).1 |= nested;
                    at = facts.parent(above);
                }
            }
        }
    }
}

/// Names that no other has, in whatever case, and that a file may have.
#[derive(Debug, Default)]
pub struct Names(BTreeSet<String>);

impl Names {
    /// The name, or one like it.
    pub fn take(&mut self, name: &str) -> String {
        let fit = |c: char| c.is_alphanumeric() || c == '-' || (c == '_');
        let plain: String = name.chars().map(|c| if fit(c) { c } else { '-' }).collect();
        let plain = if plain.starts_with('_') || plain.is_empty() { format!("x{plain}") } else { plain };
        let mut made = plain.clone();
        let mut number = 2;
        while !self.0.insert(made.to_lowercase()) {
            made = format!("{plain}-{number}");
            number += 1;
        }
        made
    }
}

/// The most digits of a decimal that both engines compute with; the last one is left for a carry.
pub const MOST_DIGITS: u32 = 37;

/// The digits of a decimal before and behind the point; `None` if it does not end or is too long.
pub fn digits(number: Exact) -> Option<(u32, u32)> {
    let mut places = 0;
    let mut scaled = number.abs();
    while !scaled.is_integer() {
        scaled = scaled.checked_mul(Exact::from_int(10))?;
        places += 1;
        if places > MOST_DIGITS {
            return None;
        }
    }
    let all = u32::try_from(scaled.0.numer().to_string().len()).ok()?;
    (all.max(places) <= MOST_DIGITS).then_some((all.saturating_sub(places), places))
}

fn known(
    facts: &Facts,
    graph: &Graph,
    disputed: &Disputed,
    (relation, column, rows): (RelationId, ColumnId, usize),
) -> Known {
    let mut out = Known { natural: true, ..Known::default() };
    for row in 0..u32::try_from(rows).unwrap_or(u32::MAX) {
        let row = RowRef { relation, row };
        match facts.cell(row, column) {
            Cell::Missing => out.missing = true,
            Cell::Unreadable => out.unreadable = true,
            Cell::Qualitative(..) => out.qualitative = true,
            Cell::Reference(id) => match graph.target(id) {
                Resolved::Row(_) => {}
                Resolved::Dangling => out.dangling = true,
                Resolved::Nothing => out.missing = true,
            },
            Cell::Number(n) => {
                let length = u32::try_from(n.unsigned_abs().to_string().len()).unwrap_or(19);
                out.whole = out.whole.max(length);
                out.natural &= n >= 0;
            }
            Cell::Figure(id) => {
                if let Some(figure) = facts.figures.get(id as usize) {
                    out.figure(facts, figure);
                }
                out.disputed |= disputed.contains(&(row, column));
            }
            Cell::Text(..) | Cell::Year(_) | Cell::Date(_) | Cell::Bool(_) | Cell::List(_) => {}
        }
        out.filled += usize::from(facts.cell(row, column) != Cell::Missing);
    }
    out
}

impl Known {
    fn figure(&mut self, facts: &Facts, figure: &Number) {
        let unit = figure.unit.printed().map_or("", |u| facts.text(u));
        if !self.units.contains(unit) {
            self.units.insert(unit.to_owned());
        }
        self.qualified |= figure.qualifier != Qualifier::None;
        self.natural &= figure.value >= Exact::ZERO;
        match digits(figure.value) {
            Some((whole, places)) => {
                self.whole = self.whole.max(whole);
                self.places = self.places.max(places);
            }
            None => self.too_long = true,
        }
        for end in [figure.interval.low, figure.interval.high] {
            self.wide |= end.at != Some(figure.value);
            self.open_ends |= end.at.is_some() && !end.closed;
            self.endless |= end.at.is_none();
            self.natural &= end.at.is_none_or(|at| at >= Exact::ZERO);
            match end.at.map(digits) {
                None => {}
                Some(Some((whole, places))) => {
                    self.end_whole = self.end_whole.max(whole);
                    self.end_places = self.end_places.max(places);
                }
                Some(None) => self.too_long = true,
            }
        }
    }

    /// Digits in all and behind the point of the values.
    pub fn decimal(&self) -> (u32, u32) {
        ((self.whole + self.places).max(1), self.places)
    }

    /// The same of the ends of the intervals.
    pub fn ends(&self) -> (u32, u32) {
        ((self.end_whole + self.end_places).max(1), self.end_places)
    }

    /// Whether the decimals have more digits than can be computed with.
    pub fn beyond(&self) -> bool {
        self.too_long || self.decimal().0 > MOST_DIGITS || self.ends().0 > MOST_DIGITS
    }
}
