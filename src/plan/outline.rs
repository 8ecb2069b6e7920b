//! Facts as they were written: things within things, in reading order, every value as a text that reads as the same
//! fact. This is what is exported, in whatever format.
use rustc_hash::FxHashMap;

use super::{Cell, Column, ColumnId, ColumnRole, ColumnType, DOCUMENTS, Facts, ReferenceKey, Relation, RelationId};
use super::{RelationKind, RowRef};
use crate::text::normal::normal;
use crate::text::{Sources, Span};
use crate::value::Figure;

/// One thing: a document, a program, a row of a table.
#[derive(Debug, Clone)]
pub struct Thing<'f> {
    /// Its relation.
    pub relation: &'f Relation,
    /// Its attributes that are not missing, in the order of the vocabulary.
    pub fields: Vec<(&'f Column, Value)>,
    /// Its values by fiscal year, in reading order.
    pub years: Vec<YearValue<'f>>,
    /// Whether its own reading is unsure (読取 低).
    pub unsure: bool,
    /// What stands in it.
    pub inside: Vec<Thing<'f>>,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text, a number, a figure, a year, as printed.
    One(String),
    /// Several texts.
    List(Vec<String>),
    /// A row of a relation: the document and the field that are named before it, and its number or name.
    Reference {
        /// What stands before the colons.
        before: Vec<String>,
        /// `No4`.
        number: Option<i64>,
        /// A code or name.
        name: Option<String>,
    },
}

/// A value for a fiscal year.
#[derive(Debug, Clone)]
pub struct YearValue<'f> {
    /// The series: 目標, 実績.
    pub series: &'f Relation,
    /// `R4`; `None` for a value without a year.
    pub year: Option<String>,
    /// The number of its part (① is 1), 0 for the whole.
    pub part: u8,
    /// As printed.
    pub value: String,
    /// What the value was before (変更前), and other notes: name and text.
    pub notes: Vec<(&'f str, String)>,
}

/// The documents of a workspace with all that stands in them.
#[must_use]
pub fn outline<'f>(facts: &'f Facts, sources: &'f Sources) -> Vec<Thing<'f>> {
    let mut inside: FxHashMap<RowRef, Vec<RowRef>> = FxHashMap::default();
    for (relation, table) in (0..).map(RelationId).zip(&facts.tables) {
        for (row, parent) in (0..).zip(&table.parents) {
            if let Some(parent) = parent {
                inside.entry(*parent).or_default().push(RowRef { relation, row });
            }
        }
    }
    let teller = Teller { facts, sources, inside };
    let count = facts.table(DOCUMENTS).map_or(0, |t| t.heads.len());
    let documents = (0..).take(count).map(|row| RowRef { relation: DOCUMENTS, row });
    documents.filter_map(|row| teller.thing(row)).collect()
}

struct Teller<'f> {
    facts: &'f Facts,
    sources: &'f Sources,
    inside: FxHashMap<RowRef, Vec<RowRef>>,
}

impl<'f> Teller<'f> {
    fn thing(&self, row: RowRef) -> Option<Thing<'f>> {
        let relation = self.facts.vocabulary.relations.get(row.relation.0 as usize)?;
        let unsure = |r: RowRef| {
            self.facts.table(r.relation).and_then(|t| t.unsure.get(r.row as usize)).copied().unwrap_or(false)
        };
        let fields = (0..).map(ColumnId).zip(&relation.columns);
        let mut out = Thing {
            relation,
            fields: fields.filter_map(|(id, column)| Some((column, self.field(row, id, column)?))).collect(),
            years: Vec::new(),
            unsure: unsure(row) && !self.facts.parent(row).is_some_and(unsure),
            inside: Vec::new(),
        };
        for below in self.in_order(row) {
            let kind = self.facts.vocabulary.relations.get(below.relation.0 as usize).map(|r| r.kind);
            match kind {
                Some(RelationKind::Series(_)) => out.years.extend(self.year(below)),
                Some(RelationKind::Entity | RelationKind::Rows(_)) => out.inside.extend(self.thing(below)),
                Some(RelationKind::Defined) | None => {}
            }
        }
        Some(out)
    }

    /// What stands below a row in reading order; rows of one relation never change places.
    fn in_order(&self, row: RowRef) -> Vec<RowRef> {
        let rows = self.inside.get(&row).map_or(&[][..], Vec::as_slice);
        let mut last: FxHashMap<RelationId, Span> = FxHashMap::default();
        let mut placed: Vec<(Span, RowRef)> = Vec::with_capacity(rows.len());
        for row in rows {
            let head = self.facts.table(row.relation).and_then(|t| t.heads.get(row.row as usize)).copied();
            let so_far = last.entry(row.relation).or_default();
            *so_far = head.unwrap_or_default().max(*so_far);
            placed.push((Span { end: so_far.start, ..*so_far }, *row));
        }
        placed.sort_by_key(|(span, _)| *span);
        placed.into_iter().map(|(_, row)| row).collect()
    }

    fn field(&self, row: RowRef, id: ColumnId, column: &Column) -> Option<Value> {
        if matches!(column.role, ColumnRole::Derived(_) | ColumnRole::Given) {
            return None;
        }
        let span = self.facts.place(row, id, self.sources);
        match self.facts.cell(row, id) {
            Cell::List(list) => {
                let items = self.facts.lists.get(list as usize)?;
                Some(Value::List(items.iter().map(|i| self.facts.text(i.0).to_owned()).collect()))
            }
            Cell::Reference(id) => self.reference(id, span),
            cell => self.text(cell, span, &column.ty).map(Value::One),
        }
    }

    /// A text that reads as the same cell; `None` for one where nothing is written.
    fn text(&self, cell: Cell, span: Span, ty: &ColumnType) -> Option<String> {
        let printed = || self.sources.text(span).trim().trim_matches('"').trim().to_owned();
        Some(match cell {
            // A dash is more than nothing: it says that there is no figure.
            Cell::Missing
                if matches!(ty, ColumnType::Figure { .. })
                    && matches!(Figure::read(&printed()), Ok(Figure::Missing)) =>
            {
                Some(printed()).filter(|p| !p.is_empty())?
            }
            Cell::Missing | Cell::List(_) | Cell::Reference(_) => return None,
            Cell::Unreadable => "判読不能".to_owned(),
            Cell::Qualitative(text, _) | Cell::Text(text, _) => self.facts.text(text).to_owned(),
            Cell::Number(n) => n.to_string(),
            Cell::Year(year) => year.to_string(),
            Cell::Date(date) => date.to_string(),
            Cell::Bool(truth) => if truth { "はい" } else { "いいえ" }.to_owned(),
            Cell::Figure(id) => self.facts.figure(id)?.1.to_owned(),
        })
    }

    fn reference(&self, id: u32, span: Span) -> Option<Value> {
        let reference = self.facts.references.get(id as usize)?;
        let names = [reference.document, reference.within].into_iter().flatten();
        let before = names.map(|n| self.facts.text(n).to_owned()).collect();
        Some(match reference.key {
            ReferenceKey::Number(number) => Value::Reference { before, number: Some(number), name: None },
            ReferenceKey::Nothing => Value::Reference { before, number: None, name: None },
            ReferenceKey::Name(name) => {
                // As printed, if that is what is meant; names are compared in their normal form.
                let whole = self.sources.text(span).trim();
                let inner = whole.strip_suffix('"').and_then(|w| w.rfind('"').and_then(|at| w.get(at + 1..)));
                let last = inner.unwrap_or_else(|| whole.rsplit([':', '：']).next().unwrap_or(""));
                let folded = self.facts.text(name);
                let name = if normal(last) == folded { last.trim() } else { folded };
                Value::Reference { before, number: None, name: Some(name.to_owned()) }
            }
        })
    }

    fn year(&self, row: RowRef) -> Option<YearValue<'f>> {
        let series = self.facts.vocabulary.relations.get(row.relation.0 as usize)?;
        let cell = |n: u16| (self.facts.cell(row, ColumnId(n)), self.facts.place(row, ColumnId(n), self.sources));
        let ty = &series.columns.get(2)?.ty;
        let (value, span) = cell(2);
        let notes = (3..).zip(series.columns.iter().skip(3)).filter_map(|(n, column)| {
            let (cell, span) = cell(n);
            Some((column.name.as_str(), self.text(cell, span, ty)?))
        });
        Some(YearValue {
            series,
            year: match cell(0).0 {
                Cell::Year(year) => Some(year.to_string()),
                Cell::Unreadable => Some("判読不能".to_owned()),
                _ => None,
            },
            part: match cell(1).0 {
                Cell::Number(n) => u8::try_from(n).unwrap_or(0),
                _ => 0,
            },
            value: self.text(value, span, ty).unwrap_or_else(|| "-".to_owned()),
            notes: notes.collect(),
        })
    }
}

impl YearValue<'_> {
    /// The value with the sign of its part: `①500時間`.
    #[must_use]
    pub fn with_part(&self) -> String {
        match char::from_u32(0x245f + u32::from(self.part)).filter(|_| self.part > 0) {
            Some(sign) => format!("{sign}{}", self.value),
            None => self.value.clone(),
        }
    }
}
