//! What stands behind a keyword: choices, years, statuses, numbers, references and notes.
use std::ops::Range;

use gen_lsp_types::CompletionItemKind as Kind;

use super::super::choice::Choice;
use super::super::{Offer, known};
use super::scan::Piece;
use super::{Place, word};
use crate::plan::{Cell, Column, ColumnId, ColumnRole, ColumnType, DOCUMENTS, RelationId};
use crate::text::normal::normal;
use crate::value::FiscalYear;

type Pieces = [(Piece, Range<usize>)];

/// What may follow the pieces of a statement whose keyword is the `n`th of them.
pub(super) fn choices(place: &Place<'_>, before: &Pieces, n: usize, marked: bool) -> Vec<Choice> {
    let vocabulary = place.scene.vocabulary();
    let keyword = before.get(n).map_or("", |p| word(place.text, &p.1));
    let values = before.get(n + 1..).unwrap_or(&[]);
    let declared = vocabulary.relations.get(place.relation.0 as usize);
    let column = vocabulary.column(place.relation, keyword);
    let column = column.zip(column.and_then(|c| declared?.columns.get(c.0 as usize)));
    let in_block = !place.spot.blocks.is_empty();
    if let Some((id, column)) = column.filter(|(_, c)| {
        in_block && !marked && matches!(c.role, ColumnRole::Attribute | ColumnRole::List | ColumnRole::Mark)
    }) {
        let mut out = attribute(place, id, column, values);
        // 再掲 alone may also begin the marked form of a thing.
        if column.role == ColumnRole::Mark && values.is_empty() {
            out.extend(marked_things(place));
        }
        return out;
    }
    if let Some(series) = vocabulary.series_of(place.relation, keyword).filter(|_| in_block && !marked) {
        return figures(place, series, values);
    }
    if super::scan::MARKERS.contains(&keyword) && values.is_empty() {
        return marked_things(place);
    }
    if matches!(keyword, "読取" | "confidence") {
        let (label, other) = place.scene.both("低", "low");
        return if values.is_empty() { vec![Choice::new(Kind::EnumMember, label).other(other)] } else { Vec::new() };
    }
    match vocabulary.keyword(keyword) {
        Some((relation, _)) if marked => marks(place, relation, values),
        Some((relation, _)) if relation != DOCUMENTS => head(place, relation, values),
        _ => Vec::new(),
    }
}

/// The things that may be marked here.
fn marked_things(place: &Place<'_>) -> Vec<Choice> {
    let scene = place.scene;
    let things = scene.vocabulary().relations.iter().filter(|r| r.places.contains(&place.relation));
    let things = things.filter(|r| r.columns.iter().any(|c| c.role == ColumnRole::Mark));
    things
        .map(|r| {
            let (label, other) = scene.both(&r.name, &r.alias);
            let choice = Choice::new(Kind::Class, label).other(other).insert(format!("{label} "));
            choice.detail(scene.say("lsp-choice-marked"))
        })
        .collect()
}

fn attribute(place: &Place<'_>, id: ColumnId, column: &Column, values: &Pieces) -> Vec<Choice> {
    let scene = place.scene;
    if let (ColumnRole::Attribute | ColumnRole::Mark, ColumnType::Reference(target)) = (column.role, &column.ty) {
        return references(place, *target, values, false);
    }
    let next = match values.last() {
        None => true,
        Some((piece, _)) => *piece == Piece::Comma && column.role == ColumnRole::List,
    };
    if !next {
        return Vec::new();
    }
    let member = |text: &str| Choice::new(Kind::EnumMember, text);
    match &column.ty {
        ColumnType::Choice(words) => words.iter().map(|w| member(w)).collect(),
        ColumnType::Bool => {
            let (yes, no) = (scene.both("はい", "yes"), scene.both("いいえ", "no"));
            vec![member(yes.0).other(yes.1), member(no.0).other(no.1)]
        }
        ColumnType::Year => years(place, &[]).into_iter().map(|y| year(place, y, "")).collect(),
        // The way in which statuses are awarded is named by its declaration.
        ColumnType::Text if place.relation == DOCUMENTS && column.name == "達成基準" => {
            let schemes = place.scene.pack.schemes.iter();
            schemes
                .map(|s| {
                    let words: Vec<&str> = s.bands.iter().map(|b| b.word.as_str()).collect();
                    member(&s.name).other(&s.alias).detail(words.join(" / "))
                })
                .collect()
        }
        ColumnType::Text => {
            let given = values.iter().map(|p| word(place.text, &p.1));
            let given: Vec<String> = given.map(|t| t.trim_matches('"').to_owned()).collect();
            let mut known = known::texts(&place.scene.facts, place.relation, id);
            // What other things hold under the same name (担当 of 事業 and of 指標) is as likely.
            for (other, declared) in (0u16..).map(RelationId).zip(&scene.vocabulary().relations) {
                let same = scene.vocabulary().column(other, &column.name).filter(|_| other != place.relation);
                if let Some(same) =
                    same.filter(|s| declared.columns.get(s.0 as usize).is_some_and(|c| c.role == column.role))
                {
                    known.extend(known::texts(&place.scene.facts, other, same));
                }
            }
            let known = known.into_iter().filter(|t| !given.contains(t));
            known.map(|t| Choice::new(Kind::Value, quoted(&t))).collect()
        }
        _ => Vec::new(),
    }
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// The years that may be meant here: the one after the last that was given, the document's, those it speaks of, next ones.
fn years(place: &Place<'_>, given: &[FiscalYear]) -> Vec<FiscalYear> {
    let facts = place.facts();
    let mut out: Vec<FiscalYear> = given.iter().max().map(|y| FiscalYear(y.0.saturating_add(1))).into_iter().collect();
    let own = place.document.and_then(|d| known::of_document(facts, d, "年度"));
    let own = if let Some(Cell::Year(year)) = own { Some(year) } else { None };
    out.extend(own);
    let spoken = known::years(facts, place.document);
    let spoken = if spoken.is_empty() { known::years(facts, None) } else { spoken };
    let latest = spoken.iter().chain(&own).max().copied();
    out.extend(spoken);
    out.extend(latest.into_iter().flat_map(|y| [1, 2].map(|n| FiscalYear(y.0.saturating_add(n)))));
    if out.is_empty() {
        out.extend((2022..=2027).map(FiscalYear));
    }
    let mut kept: Vec<FiscalYear> = Vec::new();
    for year in out {
        if !given.contains(&year) && !kept.contains(&year) && year.0 <= 2100 {
            kept.push(year);
        }
    }
    kept
}

fn year(place: &Place<'_>, year: FiscalYear, behind: &str) -> Choice {
    let (detail, other) = (year.wareki_long(), year.seireki());
    let label = if place.scene.english { format!("FY{}", year.0) } else { year.to_string() };
    let second = if place.scene.english { year.to_string() } else { format!("FY{}", year.0) };
    let text = format!("{label}{behind}");
    Choice::new(Kind::Value, label).insert(text).other(format!("{second} {detail} {other}")).detail(detail)
}

/// Behind the keyword of a series: years, statuses, notes.
fn figures(place: &Place<'_>, series: RelationId, values: &Pieces) -> Vec<Choice> {
    let scene = place.scene;
    let text = place.text;
    let is_text = || {
        let declared = scene.vocabulary().relations.get(series.0 as usize)?;
        Some((ColumnId(2), declared.columns.get(2)?)).filter(|c| c.1.ty == ColumnType::Text)
    };
    match values.last().map(|p| p.0) {
        None | Some(Piece::Comma) => {
            let given = values.windows(2).filter(|w| w[1].0 == Piece::Colon);
            let given: Vec<FiscalYear> = given.filter_map(|w| FiscalYear::read(word(text, &w[0].1)).ok()).collect();
            let mut out: Vec<Choice> = years(place, &given).into_iter().map(|y| year(place, y, ": ")).collect();
            if values.is_empty() && is_text().is_none() {
                out.push(Choice::new(Kind::Constant, "判読不能").other("unreadable"));
            }
            out
        }
        Some(Piece::Colon) => {
            let unreadable = Choice::new(Kind::Constant, "判読不能").other("unreadable");
            let unreadable = unreadable.detail(scene.say("lsp-choice-unreadable"));
            let Some((column, _)) = is_text() else { return vec![unreadable] };
            let scheme = place.document.and_then(|d| known::of_document(place.facts(), d, "達成基準"));
            let scheme = if let Some(Cell::Text(printed, _)) = scheme { place.facts().text(printed) } else { "" };
            let is_status = scene.vocabulary().relations.get(series.0 as usize).is_some_and(|r| r.name == "状況");
            let scheme = scene.pack.schemes.iter().find(|s| is_status && (s.name == scheme || s.alias == scheme));
            let mut words: Vec<String> = scheme.into_iter().flat_map(|s| &s.bands).map(|b| b.word.clone()).collect();
            if words.is_empty() {
                words = known::texts(&place.scene.facts, series, column);
                if is_status {
                    words.extend(scene.pack.schemes.iter().flat_map(|s| s.bands.iter().map(|b| b.word.clone())));
                }
            }
            let bare = |t: &str| t.chars().all(super::is_word);
            let mut out: Vec<Choice> = words
                .into_iter()
                .map(|w| Choice::new(Kind::EnumMember, if bare(&w) { w } else { quoted(&w) }))
                .collect();
            out.push(unreadable);
            out
        }
        Some(Piece::Word | Piece::Text) if values.iter().any(|p| p.0 == Piece::Colon) => vec![before_note(place)],
        _ => Vec::new(),
    }
}

fn before_note(place: &Place<'_>) -> Choice {
    let (label, other) = place.scene.both("(変更前: )", "(before: )");
    let open = label.trim_end_matches(')');
    let choice = Choice::new(Kind::Snippet, label).other(other).insert(label).snippet(format!("{open}$1)$0"));
    choice.detail(place.scene.say("lsp-choice-before"))
}

/// A bracket that was opened behind a figure.
pub(super) fn note(place: &Place<'_>, from: usize, before: &Pieces) -> Offer {
    let text = place.text;
    let inside = text.get(from..place.at).unwrap_or("");
    let has_value = matches!(before.last(), Some((Piece::Word | Piece::Text, _)));
    if !has_value || inside.contains([':', '：']) {
        return Offer::nothing(place.at);
    }
    // A bracket that the editor has closed by itself is part of the note.
    let rest = text.get(place.at..).unwrap_or("");
    let end = place.at + rest.chars().next().filter(|c| matches!(c, ')' | '）')).map_or(0, char::len_utf8);
    Offer { range: from..end, choices: vec![before_note(place)] }
}

/// Behind `再掲 事業`: the rows, then the name of the row that was chosen.
fn marks(place: &Place<'_>, relation: RelationId, values: &Pieces) -> Vec<Choice> {
    match values.last() {
        Some((Piece::Word, range)) => {
            let wanted = crate::plan::whole_number(word(place.text, range));
            let document = label(place, values.get(..values.len() - 1).unwrap_or(&[]));
            let document = document.or_else(|| place.document.map(|d| known::code_of(place.facts(), d)));
            let things = known::things(&place.scene.facts, relation, place.document).into_iter();
            let is = |t: &known::Thing| {
                wanted.is_some()
                    && t.number == wanted
                    && document.as_ref().is_none_or(|d| normal(d) == normal(&t.document))
            };
            things.filter(is).map(|t| Choice::new(Kind::Reference, quoted(&t.name))).collect()
        }
        Some((Piece::Text, _)) => Vec::new(),
        _ => references(place, relation, values, true),
    }
}

/// The document that is named before the colon at the end of the pieces.
fn label(place: &Place<'_>, values: &Pieces) -> Option<String> {
    let colon = values.iter().rposition(|p| p.0 == Piece::Colon)?;
    // 資料2-1:Ⅱ-2: the first is the document.
    let mut first = colon.checked_sub(1)?;
    while first >= 2 && values.get(first - 1).is_some_and(|p| p.0 == Piece::Colon) {
        first -= 2;
    }
    Some(word(place.text, &values.get(first)?.1).to_owned())
}

/// Rows and documents that a reference may name. With `whole` the name may stand behind the number.
fn references(place: &Place<'_>, target: RelationId, values: &Pieces, whole: bool) -> Vec<Choice> {
    let facts = place.facts();
    let own = place.document.map(|d| known::code_of(facts, d)).unwrap_or_default();
    if !matches!(values.last().map(|p| p.0), None | Some(Piece::Colon | Piece::Comma | Piece::Equals)) {
        return Vec::new();
    }
    let documents = || known::documents(&place.scene.facts).into_iter().filter(|d| d.0 != own);
    if target == DOCUMENTS {
        let all = documents().map(|(code, title)| Choice::new(Kind::File, code).other(&title).detail(&title));
        return all.collect();
    }
    let labelled = if values.last().is_some_and(|p| p.0 == Piece::Colon) { label(place, values) } else { None };
    let mut out = Vec::new();
    for thing in known::things(&place.scene.facts, target, place.document) {
        let is_own = thing.document == own;
        match &labelled {
            Some(code) if normal(code) != normal(&thing.document) => continue,
            // Of other documents those are named by their document first.
            None if !is_own && !out.is_empty() && target_is_marked(place, target) => continue,
            _ => {}
        }
        let name = quoted(&thing.name);
        let bare = match thing.number {
            Some(n) if whole && !thing.name.is_empty() => format!("No{n} {name}"),
            Some(n) => format!("No{n}"),
            None if thing.name.is_empty() => continue,
            None => name.clone(),
        };
        let text =
            if labelled.is_some() || is_own || own.is_empty() { bare } else { format!("{}:{bare}", thing.document) };
        let detail = [thing.name.as_str(), thing.above.as_str()].into_iter().filter(|t| !t.is_empty());
        let detail = detail.collect::<Vec<_>>().join(" · ");
        out.push(Choice::new(Kind::Reference, text).other(format!("{} {}", thing.name, name)).detail(detail));
    }
    if labelled.is_none() {
        let all = documents();
        out.extend(all.map(|(code, title)| Choice::new(Kind::File, format!("{code}:")).other(&title).detail(&title)));
    }
    out
}

/// Whether rows of a relation are marked within one document as a rule (再掲), and not across documents (同一).
fn target_is_marked(place: &Place<'_>, target: RelationId) -> bool {
    let declared = place.scene.vocabulary().relations.get(target.0 as usize);
    declared.is_some_and(|r| r.columns.iter().any(|c| c.role == ColumnRole::Mark)) && place.relation != DOCUMENTS
}

/// The heads of a thing: the next number, years, codes with names, references.
fn head(place: &Place<'_>, relation: RelationId, values: &Pieces) -> Vec<Choice> {
    let facts = place.facts();
    let declared = place.scene.vocabulary().relations.get(relation.0 as usize);
    let heads: Vec<&ColumnType> =
        declared.into_iter().flat_map(|r| &r.columns).filter(|c| c.role == ColumnRole::Head).map(|c| &c.ty).collect();
    if let Some(ColumnType::Reference(target)) = heads.first() {
        return references(place, *target, values, false);
    }
    let given = |piece: Piece| values.iter().any(|p| p.0 == piece);
    let mut out = Vec::new();
    let named = given(Piece::Text) || !heads.contains(&&ColumnType::Text);
    let has_year = values.iter().any(|p| FiscalYear::read(word(place.text, &p.1)).is_ok());
    if heads.contains(&&ColumnType::Year) && named && !has_year {
        out.extend(years(place, &[]).into_iter().map(|y| year(place, y, "")));
    }
    if !values.is_empty() {
        return out;
    }
    if heads.contains(&&ColumnType::Number) {
        let all = known::things(&place.scene.facts, relation, place.document);
        let own = place.document.map(|d| known::code_of(facts, d)).unwrap_or_default();
        let last = all.iter().filter(|t| t.document == own).filter_map(|t| t.number).max().unwrap_or(0);
        let next = last.saturating_add(1).to_string();
        out.push(Choice::new(Kind::Value, next).detail(place.scene.say("lsp-choice-next-number")));
    }
    if heads.contains(&&ColumnType::Code) {
        let all = known::codes(&place.scene.facts, relation, place.document)
            .into_iter()
            .filter(|c| c.0.chars().all(super::is_word));
        out.extend(all.map(|(code, name)| {
            let text = if name.is_empty() { code } else { format!("{code} {}", quoted(&name)) };
            Choice::new(Kind::Reference, text).other(name)
        }));
    }
    out
}
