//! A row of a table: the names of columns in the first, what a column holds in the others.
use gen_lsp_types::CompletionItemKind as Kind;

use super::super::choice::Choice;
use super::super::{Offer, known};
use super::start::kind_of;
use super::{Place, word};
use crate::plan::{Column, ColumnId, ColumnRole, ColumnType, RelationId};

pub(super) fn offer(place: &Place<'_>) -> Offer {
    let (text, at) = (place.text, place.at);
    let before = text.get(place.spot.start..at).unwrap_or("");
    // The cell from behind its bar, without the blanks around what is in it.
    let bar = before.char_indices().rev().find(|(_, c)| matches!(c, '|' | '｜'));
    let inside = place.spot.start + bar.map_or(0, |(i, c)| i + c.len_utf8());
    let cell = text.get(inside..at).unwrap_or("");
    let start = inside + (cell.len() - cell.trim_start().len());
    let rest = text.get(at..).unwrap_or("");
    let end = at + rest.find(['|', '｜', '\n', '#', '＃', '}', '｝', ';', '；']).unwrap_or(rest.len());
    let tail = text.get(at..end).unwrap_or("");
    let end = if start == at && tail.starts_with(char::is_whitespace) { at } else { at + tail.trim_end().len() };
    let choices = choices(place, before.matches(['|', '｜']).count());
    let choices = choices.unwrap_or_default();
    // Right behind the bar a blank keeps the table as people write it.
    let choices = if start == at && inside == at {
        let spaced = |c: Choice| {
            let text = format!(" {} ", c.label());
            c.insert(text)
        };
        choices.into_iter().map(spaced).collect()
    } else {
        choices
    };
    Offer { range: start..end.max(at), choices }
}

fn choices(place: &Place<'_>, bars: usize) -> Option<Vec<Choice>> {
    let (scene, text) = (place.scene, place.text);
    let vocabulary = scene.vocabulary();
    let rows = vocabulary.rows_of(place.relation)?;
    let columns = &vocabulary.relations.get(rows.0 as usize)?.columns;
    let split = |row: &str| -> Vec<String> {
        row.trim().trim_start_matches(['|', '｜']).split(['|', '｜']).map(|c| c.trim().to_owned()).collect()
    };
    let Some(header) = &place.spot.blocks.last()?.header else {
        let line_end = text.get(place.at..).and_then(|t| t.find('\n')).map_or(text.len(), |n| place.at + n);
        let mut given = split(text.get(place.spot.start..line_end).unwrap_or(""));
        // What is being written is not given yet.
        if let Some(own) = given.get_mut(bars.saturating_sub(1)) {
            own.clear();
        }
        let open = |c: &&Column| c.role == ColumnRole::Cell && !given.iter().any(|g| *g == c.name || *g == c.alias);
        return Some(
            columns
                .iter()
                .filter(open)
                .map(|c| {
                    let (label, second) = scene.both(&c.name, &c.alias);
                    Choice::new(Kind::Field, label).other(second).detail(kind_of(scene, c))
                })
                .collect(),
        );
    };
    let names = split(word(text, header));
    let id = vocabulary.column(rows, names.get(bars.checked_sub(1)?)?)?;
    Some(values(place, rows, id, columns.get(id.0 as usize)?, columns))
}

/// What a cell of a column may hold.
fn values(place: &Place<'_>, rows: RelationId, id: ColumnId, column: &Column, all: &[Column]) -> Vec<Choice> {
    let scene = place.scene;
    let facts = &scene.facts;
    let value = |text: &str| Choice::new(Kind::Value, text);
    let mut out = Vec::new();
    // A code that another column derives a row from (項番): the codes of those rows.
    let derived = all.iter().find(|c| c.role == ColumnRole::Derived(id)).map(|c| &c.ty);
    if let Some(ColumnType::Reference(target)) = derived {
        let codes = known::codes(facts, *target, place.document);
        out.extend(codes.into_iter().map(|(code, name)| Choice::new(Kind::Reference, code).other(&name).detail(&name)));
        out.push(value("合計").other("total").detail(scene.say("lsp-choice-total")));
    }
    match &column.ty {
        ColumnType::Choice(words) => out.extend(words.iter().map(|w| value(w))),
        ColumnType::Bool => out.extend(["はい", "いいえ"].map(value)),
        ColumnType::Text | ColumnType::Code => {
            let texts = known::texts(facts, rows, id);
            let bars = |t: &&String| !t.contains(['|', '｜', '#', '＃', '}', ';']);
            out.extend(texts.iter().filter(bars).map(|t| value(t)));
        }
        _ => {}
    }
    out
}
