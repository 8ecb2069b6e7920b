//! The beginning of a statement: the words that the block takes.
use std::collections::BTreeSet;
use std::ops::Range;

use gen_lsp_types::CompletionItemKind as Kind;

use super::super::Scene;
use super::super::choice::{Choice, plain};
use super::Place;
use super::scan::block_end;
use crate::plan::{Column, ColumnRole, ColumnType, DOCUMENTS, RelationId, RelationKind};
use crate::syntax::plan::{TokenKind, tokens};

/// A longer rest of a block is not looked through for what it gives already.
const FAR: usize = 8_192;

pub(super) fn choices(place: &Place<'_>) -> Vec<Choice> {
    let scene = place.scene;
    let vocabulary = scene.vocabulary();
    let relation = place.relation;
    let mut out = Vec::new();
    let in_block = !place.spot.blocks.is_empty();
    if in_block {
        let given = given(place);
        let has = |c: &Column| given.contains(c.name.as_str()) || given.contains(c.alias.as_str());
        let declared = vocabulary.relations.get(relation.0 as usize);
        let own = |role: ColumnRole| matches!(role, ColumnRole::Attribute | ColumnRole::List | ColumnRole::Mark);
        let mut series = Vec::new();
        for other in vocabulary.relations.iter().filter(|r| r.kind == RelationKind::Series(relation)) {
            let (label, second) = scene.both(&other.name, &other.alias);
            let choice = Choice::new(Kind::Field, label).other(second).insert(format!("{label} "));
            let done = given.contains(other.name.as_str()) || given.contains(other.alias.as_str());
            series.push((done, choice.detail(scene.say("lsp-choice-series"))));
        }
        out.extend(series.iter().filter(|s| !s.0).map(|s| s.1.clone()));
        let columns = declared.iter().flat_map(|r| &r.columns).filter(|c| own(c.role) && !has(c));
        // What marks the whole row comes after what is known of it.
        let (marks, others): (Vec<&Column>, Vec<&Column>) = columns.partition(|c| c.role == ColumnRole::Mark);
        for column in others.into_iter().chain(marks) {
            let (label, second) = scene.both(&column.name, &column.alias);
            let choice = Choice::new(Kind::Property, label).other(second).insert(format!("{label} "));
            out.push(choice.detail(kind_of(scene, column)));
        }
        out.extend(table(place));
        out.extend(entities(place));
        // A series may be given again for other years.
        out.extend(series.into_iter().filter(|s| s.0).map(|s| s.1));
        if !given.contains("読取") && !given.contains("confidence") {
            let (label, second) = scene.both("読取 低", "confidence low");
            out.push(Choice::new(Kind::Keyword, label).other(second).detail(scene.say("lsp-choice-confidence")));
        }
        return out;
    }
    out.extend(entities(place));
    if let Some(documents) = vocabulary.relations.get(DOCUMENTS.0 as usize) {
        let (label, second) = scene.both(&documents.name, &documents.alias);
        let choice = Choice::new(Kind::Class, label).other(second).insert(format!("{label} "));
        let choice = choice.detail(scene.say("lsp-choice-document"));
        // The first statement of a file is most often its document.
        if place.spot.start == 0 { out.insert(0, choice) } else { out.push(choice) }
    }
    out
}

/// What a column holds, in words.
pub(super) fn kind_of(scene: &Scene<'_>, column: &Column) -> String {
    let id = match (&column.role, &column.ty) {
        (ColumnRole::Mark, _) => "lsp-short-mark",
        (ColumnRole::List, _) => "lsp-short-list",
        (_, ColumnType::Text) => "lsp-short-text",
        (_, ColumnType::Code) => "lsp-short-code",
        (_, ColumnType::Number) => "lsp-short-number",
        (_, ColumnType::Year) => "lsp-short-year",
        (_, ColumnType::Date) => "lsp-short-date",
        (_, ColumnType::Period) => "lsp-short-period",
        (_, ColumnType::Bool) => "lsp-short-bool",
        (_, ColumnType::Choice(words)) => return words.join(" / "),
        (_, ColumnType::Figure { unit, .. }) => {
            let figure = scene.say("lsp-short-figure");
            return unit.as_ref().map_or_else(|| figure.clone(), |u| format!("{figure} {u}"));
        }
        (_, ColumnType::Reference(target)) => {
            let name = scene.vocabulary().relations.get(target.0 as usize).map_or("", |r| r.name.as_str());
            return format!("{} {name}", scene.say("lsp-short-reference"));
        }
    };
    scene.say(id)
}

/// The first words of the statements of the block, before and behind the place.
fn given<'t>(place: &Place<'t>) -> BTreeSet<&'t str> {
    let text = place.text;
    let Some(block) = place.spot.blocks.last() else { return BTreeSet::new() };
    let line = text.get(place.at..).and_then(|t| t.find('\n')).map_or(text.len(), |n| place.at + n);
    let end = block_end(text, place.at).min(line + FAR);
    let end = (end..=text.len()).find(|e| text.is_char_boundary(*e)).unwrap_or(text.len());
    let mut out = first_words(text, block.inside..place.spot.start);
    if line < end {
        out.extend(first_words(text, line..end));
    }
    out
}

fn first_words(text: &str, range: Range<usize>) -> BTreeSet<&str> {
    let mut depth = 0usize;
    let mut out = BTreeSet::new();
    for token in tokens(text, range) {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            TokenKind::Keyword if depth == 0 => drop(text.get(token.range).map(|w| out.insert(w))),
            _ => {}
        }
    }
    out
}

/// Things that may stand in the block, and the marked forms of those.
fn entities(place: &Place<'_>) -> Vec<Choice> {
    let scene = place.scene;
    let vocabulary = scene.vocabulary();
    let (mut out, mut marked) = (Vec::new(), Vec::new());
    for (id, declared) in (0u16..).map(RelationId).zip(&vocabulary.relations) {
        if declared.kind != RelationKind::Entity || !declared.places.contains(&place.relation) {
            continue;
        }
        let keywords = vocabulary.keywords.iter().filter(|k| k.2 == id).map(|k| (k.0.as_str(), k.1.as_str()));
        for (name, alias) in std::iter::once((declared.name.as_str(), declared.alias.as_str())).chain(keywords) {
            let (label, second) = scene.both(name, alias);
            let heads = heads(scene, id);
            let choice = Choice::new(Kind::Class, label).other(second).insert(format!("{label} "));
            let has_name = declared.columns.iter().any(|c| c.role == ColumnRole::Head && c.ty == ColumnType::Text);
            let choice =
                if has_name { choice.snippet(format!("{} \"$1\" {{\n  $0\n}}", plain(label))) } else { choice };
            out.push(choice.detail(heads));
        }
        if let Some(mark) = declared.columns.iter().find(|c| c.role == ColumnRole::Mark) {
            let (mark, second_mark) = scene.both(&mark.name, &mark.alias);
            let (label, second) = scene.both(&declared.name, &declared.alias);
            let whole = format!("{mark} {label}");
            let choice = Choice::new(Kind::Class, whole.clone()).other(format!("{second_mark} {second}"));
            marked.push(choice.insert(format!("{whole} ")).detail(scene.say("lsp-choice-marked")));
        }
    }
    // A row that only repeats another is rarer than the rows themselves.
    out.extend(marked);
    out
}

/// The heads of a relation in words: 番号 "名称".
fn heads(scene: &Scene<'_>, relation: RelationId) -> String {
    let declared = scene.vocabulary().relations.get(relation.0 as usize);
    let heads = declared.into_iter().flat_map(|r| &r.columns).filter(|c| c.role == ColumnRole::Head);
    let shown = heads.map(|c| {
        let word = scene.both(&c.name, &c.alias).0;
        if c.ty == ColumnType::Text { format!("\"{word}\"") } else { word.to_owned() }
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// The header of the table of a block that has none yet.
fn table(place: &Place<'_>) -> Option<Choice> {
    let scene = place.scene;
    if place.spot.blocks.last()?.header.is_some() {
        return None;
    }
    let rows = scene.vocabulary().rows_of(place.relation)?;
    let declared = scene.vocabulary().relations.get(rows.0 as usize)?;
    let cells = declared.columns.iter().filter(|c| c.role == ColumnRole::Cell);
    let names: Vec<&str> = cells.map(|c| scene.both(&c.name, &c.alias).0).collect();
    let header = format!("| {} |", names.join(" | "));
    let other = format!("{} {}", declared.name, declared.alias);
    Some(Choice::new(Kind::Struct, header).other(other).detail(scene.say("lsp-choice-header")))
}
