//! What the facts know that may be written again: rows to refer to, documents, years, codes, texts.
use std::collections::{BTreeMap, BTreeSet};

use crate::plan::{Cell, ColumnId, ColumnRole, ColumnType, DOCUMENTS, Facts, RelationId, RowRef};
use crate::text::{SourceId, normal};
use crate::value::FiscalYear;

/// A large sheet has more rows than anybody chooses from.
const MOST_ROWS: usize = 20_000;

/// A row that something may refer to.
pub(super) struct Thing {
    /// What it stands in.
    pub(super) above: String,
    /// The code of its document.
    pub(super) document: String,
    pub(super) number: Option<i64>,
    /// A code such as Ⅰ-2.
    pub(super) code: String,
    pub(super) name: String,
}

fn text(facts: &Facts, cell: Cell) -> Option<String> {
    match cell {
        Cell::Text(printed, _) => Some(facts.text(printed).to_owned()),
        _ => None,
    }
}

/// The document that a place of a source belongs to: its number among the documents.
pub(super) fn document_at(facts: &Facts, source: Option<SourceId>, at: usize) -> Option<u32> {
    let heads = &facts.table(DOCUMENTS)?.heads;
    let here = (0u32..).zip(heads).filter(|(_, h)| Some(h.source) == source && h.range().start <= at);
    here.max_by_key(|(_, h)| h.range().start).map(|h| h.0)
}

/// The code of a document.
pub(super) fn code_of(facts: &Facts, document: u32) -> String {
    let row = RowRef { relation: DOCUMENTS, row: document };
    text(facts, facts.cell(row, ColumnId(0))).unwrap_or_default()
}

/// What a document says of itself in a column.
pub(super) fn of_document(facts: &Facts, document: u32, column: &str) -> Option<Cell> {
    let column = facts.vocabulary.column(DOCUMENTS, column)?;
    Some(facts.cell(RowRef { relation: DOCUMENTS, row: document }, column)).filter(|c| *c != Cell::Missing)
}

/// The documents with their titles, in their order; each once.
pub(super) fn documents(all: &[&Facts]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for facts in all {
        let count = facts.table(DOCUMENTS).map_or(0, |t| t.heads.len());
        for n in (0u32..).take(count) {
            let code = code_of(facts, n);
            if !code.is_empty() && !out.iter().any(|d| d.0 == code) {
                out.push((code, of_document(facts, n, "題名").and_then(|c| text(facts, c)).unwrap_or_default()));
            }
        }
    }
    out
}

/// The rows of a relation, those of `own` document (of the first facts) first; rows that are themselves only marks (再掲)
/// are left out. Of a document that several facts know, the first are right.
pub(super) fn things(all: &[&Facts], relation: RelationId, own: Option<u32>) -> Vec<Thing> {
    let mut out: Vec<Thing> = Vec::new();
    let mut read: Vec<String> = Vec::new();
    for (n, facts) in all.iter().enumerate() {
        let found = things_of(facts, relation, own.filter(|_| n == 0));
        out.extend(found.into_iter().filter(|t| !read.contains(&t.document)));
        read.extend(documents(&[facts]).into_iter().map(|d| d.0));
    }
    out
}

fn things_of(facts: &Facts, relation: RelationId, own: Option<u32>) -> Vec<Thing> {
    let (Some(table), Some(declared)) = (facts.table(relation), facts.vocabulary.relations.get(relation.0 as usize))
    else {
        return Vec::new();
    };
    let columns = || (0u16..).map(ColumnId).zip(&declared.columns);
    let mark = columns().find(|(_, c)| c.role == ColumnRole::Mark).map(|c| c.0);
    let head = |is: &dyn Fn(&ColumnType) -> bool| {
        columns().find(|(_, c)| c.role == ColumnRole::Head && is(&c.ty)).map(|c| c.0)
    };
    let number = head(&|ty| *ty == ColumnType::Number);
    let code = head(&|ty| *ty == ColumnType::Code);
    let name = head(&|ty| *ty == ColumnType::Text);
    let mut out = Vec::new();
    for row in (0u32..).take(table.heads.len().min(MOST_ROWS)).map(|row| RowRef { relation, row }) {
        let cell = |column: Option<ColumnId>| column.map_or(Cell::Missing, |c| facts.cell(row, c));
        if cell(mark) != Cell::Missing {
            continue;
        }
        let document = table.documents.get(row.row as usize).copied().unwrap_or_default();
        let thing = Thing {
            above: above(facts, row),
            document: code_of(facts, document),
            number: if let Cell::Number(n) = cell(number) { Some(n) } else { None },
            code: text(facts, cell(code)).unwrap_or_default(),
            name: text(facts, cell(name)).unwrap_or_default(),
        };
        out.push((Some(document) != own, document, thing));
    }
    out.sort_by_key(|(other, document, _)| (*other, *document));
    out.into_iter().map(|(.., thing)| thing).collect()
}

/// What a row stands in, by its code and name.
fn above(facts: &Facts, row: RowRef) -> String {
    let Some(parent) = facts.parent(row).filter(|p| p.relation != DOCUMENTS) else { return String::new() };
    let all = [ColumnId(0), ColumnId(1)].into_iter().filter_map(|c| text(facts, facts.cell(parent, c)));
    all.collect::<Vec<_>>().join(" ")
}

/// The fiscal years that a document speaks of (all documents if there is none), the most frequent first.
pub(super) fn years(facts: &Facts, document: Option<u32>) -> Vec<FiscalYear> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for (relation, (table, declared)) in (0..).map(RelationId).zip(facts.tables.iter().zip(&facts.vocabulary.relations))
    {
        for (column, _) in (0..).map(ColumnId).zip(&declared.columns).filter(|(_, c)| c.ty == ColumnType::Year) {
            for (cell, own) in facts.cells(relation, column).zip(&table.documents).take(MOST_ROWS) {
                if let Cell::Year(year) = cell
                    && document.is_none_or(|d| d == *own)
                {
                    *counts.entry(year.0).or_default() += 1;
                }
            }
        }
    }
    let mut all: Vec<(i16, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(year, count)| (std::cmp::Reverse(*count), std::cmp::Reverse(*year)));
    all.into_iter().map(|(year, _)| FiscalYear(year)).collect()
}

/// The texts that a column holds, each once, the most frequent first.
pub(super) fn texts(all: &[&Facts], relation: RelationId, column: ColumnId) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for facts in all {
        for text in texts_of(facts, relation, column) {
            if !out.contains(&text) {
                out.push(text);
            }
        }
    }
    out
}

fn texts_of(facts: &Facts, relation: RelationId, column: ColumnId) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in facts.cells(relation, column).take(MOST_ROWS) {
        match cell {
            Cell::Text(printed, _) | Cell::Qualitative(printed, _) => {
                *counts.entry(facts.text(printed)).or_default() += 1;
            }
            Cell::List(list) => {
                for (printed, ..) in facts.lists.get(list as usize).into_iter().flatten() {
                    *counts.entry(facts.text(*printed)).or_default() += 1;
                }
            }
            _ => {}
        }
    }
    let mut all: Vec<(&str, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(text, count)| (std::cmp::Reverse(*count), *text));
    all.into_iter().map(|(text, _)| text.to_owned()).collect()
}

/// Codes and names of a relation, each code once: those of `own` document first.
pub(super) fn codes(all: &[&Facts], relation: RelationId, own: Option<u32>) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    let all = things(all, relation, own).into_iter().filter(|t| !t.code.is_empty());
    all.filter(|t| seen.insert(normal::normal(&t.code))).map(|t| (t.code, t.name)).collect()
}
