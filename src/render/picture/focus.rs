//! What a picture is to be about, in the words of who asks: a document, the name of a row, or a place.
use crate::graph::is_table_row;
use crate::plan::{Cell, ColumnId, ColumnRole, DOCUMENTS, Facts, RelationId, RelationKind, RowRef};
use crate::text::near::nearest;
use crate::text::normal::normal;
use crate::text::{Sources, cell_number};

/// The rows that `asked` means: the document of that code, else the rows of that name, else the row at that place
/// (`a.plan:12`, `a.plan:12:5`, `a.xlsx 一覧!N12`).
///
/// # Errors
/// There are none; the most similar code or name, or nothing.
pub fn focus(facts: &Facts, sources: &Sources, asked: &str) -> Result<Vec<RowRef>, String> {
    let wanted = normal(asked);
    let mut names: Vec<&str> = Vec::new();
    for documents in [true, false] {
        let mut found = Vec::new();
        for row in things(facts).filter(|row| (row.relation == DOCUMENTS) == documents) {
            let columns = facts.vocabulary.relations.get(row.relation.0 as usize).map_or(&[][..], |r| &r.columns);
            for (id, _) in (0..).map(ColumnId).zip(columns).filter(|(_, c)| c.role == ColumnRole::Head) {
                let Cell::Text(printed, folded) = facts.cell(row, id) else { continue };
                if facts.text(folded) == wanted {
                    found.push(row);
                }
                names.push(facts.text(printed));
            }
        }
        if !found.is_empty() {
            found.dedup();
            return Ok(found);
        }
    }
    match place(facts, sources, asked) {
        Some(row) => Ok(vec![row]),
        None => Err(nearest(asked, names.into_iter().take(MOST_COMPARED))),
    }
}

/// More names than these are not compared with one that is unknown.
const MOST_COMPARED: usize = 10_000;

/// Rows that stand for themselves.
fn things(facts: &Facts) -> impl Iterator<Item = RowRef> + '_ {
    let relations = (0..).map(RelationId).zip(&facts.vocabulary.relations);
    let entities = relations.filter(|(_, r)| r.kind == RelationKind::Entity);
    entities.flat_map(|(relation, _)| {
        let count = facts.table(relation).map_or(0, |t| t.heads.len());
        (0..).take(count).map(move |row| RowRef { relation, row })
    })
}

/// The last row that begins at or before a line.
fn place(facts: &Facts, sources: &Sources, asked: &str) -> Option<RowRef> {
    let (path, line) = split(asked)?;
    let path = path.strip_prefix("./").unwrap_or(path);
    let is_file = |whole: &str| whole == path || whole.strip_suffix(path).is_some_and(|head| head.ends_with('/'));
    let mut best: Option<(usize, u32, RowRef)> = None;
    for row in things(facts).filter(|row| !is_table_row(facts, *row)) {
        let head = facts.table(row.relation)?.heads.get(row.row as usize)?;
        let Some(source) = sources.get(head.source).filter(|source| is_file(&sheet(source))) else { continue };
        let at = source.position(head.range().start).line;
        if at <= line && best.is_none_or(|(l, start, _)| (at, head.start) >= (l, start)) {
            best = Some((at, head.start, row));
        }
    }
    best.map(|(_, _, row)| row)
}

/// A source as the place of a finding begins: the path, and of a workbook the sheet.
fn sheet(source: &crate::text::Source) -> String {
    let cell = source.grid.as_ref().map(|grid| grid.name(0, 0));
    match cell.as_deref().and_then(|name| name.rsplit_once('!')) {
        Some((sheet, _)) => format!("{} {sheet}", source.path),
        None => source.path.clone(),
    }
}

/// A file (and sheet) and a line, from 1.
fn split(asked: &str) -> Option<(&str, usize)> {
    if let Some((path, cell)) = asked.rsplit_once(['!', ' '])
        && let Some((row, _)) = cell_number(cell)
    {
        return Some((path, row as usize + 1));
    }
    let (head, last) = asked.rsplit_once(':')?;
    let last: usize = last.parse().ok()?;
    match head.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse().ok()?))) {
        Some(found) => Some(found),
        None => Some((head, last)),
    }
}
