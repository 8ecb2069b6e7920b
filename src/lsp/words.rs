//! The words of the vocabulary in a plan file, each with what it means where it stands.
use crate::plan::{ColumnRole, RelationId, RelationKind, Vocabulary};
use crate::rules::Meaning;
use crate::syntax::plan::{Statement, parse};
use crate::text::{Source, SourceId, Span};

/// A word and what it means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) meaning: Meaning,
}

/// The keywords, attributes and headings of a plan file that are known.
pub(super) fn words(vocabulary: &Vocabulary, id: SourceId, source: &Source) -> Vec<Word> {
    let mut out = Vec::new();
    for statement in parse(id, &source.text, 0..source.text.len()).statements {
        entity(vocabulary, &statement, &mut out);
    }
    out.sort_by_key(|word| word.span);
    out
}

fn entity(vocabulary: &Vocabulary, statement: &Statement, out: &mut Vec<Word>) {
    let found = vocabulary.keyword(&statement.keyword.node).map(|k| k.0);
    let is_entity =
        |id: &RelationId| vocabulary.relations.get(id.0 as usize).is_some_and(|r| r.kind == RelationKind::Entity);
    let relation = found.filter(is_entity);
    if let Some(id) = relation {
        out.push(Word { span: statement.keyword.span, meaning: Meaning::Relation(id) });
        let mark = statement.marker.as_ref().and_then(|m| Some((m.span, vocabulary.column(id, &m.node)?)));
        out.extend(mark.map(|(span, column)| Word { span, meaning: Meaning::Column(id, column) }));
        let rows = vocabulary.rows_of(id);
        for (cell, rows) in statement.rows.first().iter().flat_map(|header| &header.cells).zip(rows.into_iter().cycle())
        {
            let column = vocabulary.heading(rows, &cell.node);
            out.extend(column.map(|c| Word { span: cell.span, meaning: Meaning::Column(rows, c) }));
        }
    }
    for inner in statement.block.iter().flatten() {
        match relation.and_then(|id| attribute(vocabulary, id, inner)) {
            Some(meaning) => {
                out.push(Word { span: inner.keyword.span, meaning });
                if let Meaning::Relation(series) = meaning {
                    let notes = inner.items.iter().flat_map(|item| &item.notes);
                    out.extend(notes.filter_map(|(name, _)| {
                        let column = vocabulary.column(series, &name.node)?;
                        Some(Word { span: name.span, meaning: Meaning::Column(series, column) })
                    }));
                }
            }
            None => entity(vocabulary, inner, out),
        }
    }
}

/// What the keyword of a statement means that is an attribute or series of the relation around it.
fn attribute(vocabulary: &Vocabulary, owner: RelationId, statement: &Statement) -> Option<Meaning> {
    if statement.block.is_some() || statement.marker.is_some() {
        return None;
    }
    let word = statement.keyword.node.as_str();
    let relation = vocabulary.relations.get(owner.0 as usize)?;
    let column = vocabulary.column(owner, word);
    let role = column.and_then(|c| relation.columns.get(c.0 as usize)).map(|c| c.role);
    match (column, role) {
        (Some(column), Some(ColumnRole::Attribute | ColumnRole::List | ColumnRole::Mark)) => {
            Some(Meaning::Column(owner, column))
        }
        _ => vocabulary.series_of(owner, word).map(Meaning::Relation),
    }
}
