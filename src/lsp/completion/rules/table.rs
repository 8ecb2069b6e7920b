//! Declarations of tables, units and schemes.
use gen_lsp_types::CompletionItemKind as Kind;

use super::super::Scene;
use super::super::choice::Choice;
use super::Place;
use crate::plan::{RelationId, RelationKind};

/// Words of the language, in the words of the file.
pub(super) fn words(scene: &Scene<'_>, all: &[(&str, &str)]) -> Vec<Choice> {
    let choice = |(ja, en): &(&str, &str)| {
        let (label, other) = scene.both(ja, en);
        Choice::new(Kind::Keyword, label).other(other)
    };
    all.iter().map(choice).collect()
}

/// The roles of members: Japanese, English.
const ROLES: [(&str, &str); 10] = [
    ("位置", "in"),
    ("見出し", "head"),
    ("属性", "attribute"),
    ("並び", "list"),
    ("系列", "series"),
    ("標識", "mark"),
    ("同定", "identity"),
    ("別名", "keyword"),
    ("行", "rows"),
    ("導出", "derived"),
];

const TYPES: [(&str, &str); 10] = [
    ("文字列", "text"),
    ("量", "figure"),
    ("番号", "number"),
    ("符号", "code"),
    ("年度", "year"),
    ("日付", "date"),
    ("期間", "period"),
    ("真偽", "bool"),
    ("選択", "choice"),
    ("参照", "reference"),
];

/// In 表, 拡張 and 単位.
pub(super) fn member(place: &Place<'_>, kind: &str) -> Vec<Choice> {
    let scene = place.scene;
    if place.spot.state != super::scan::State::Code {
        return Vec::new();
    }
    let line = place.since(place.spot.clause.min(place.typed));
    if place.spot.braces.is_empty() {
        return match kind {
            "拡張" if !line.contains('=') && line.split_whitespace().count() == 1 => relations(scene, true),
            "単位" if line.contains(['=', '＝']) => units(scene),
            _ => Vec::new(),
        };
    }
    let mut before = line.split_whitespace();
    match (before.next(), line.rsplit([':', '：']).next()) {
        (None, _) if place.spot.braces.len() >= 2 => words(scene, &[("列", "column"), ("導出", "derived")]),
        (None, _) => words(scene, &ROLES),
        (Some("位置" | "in"), _) => relations(scene, true),
        (Some(_), Some(ty)) if line.contains([':', '：']) => {
            let given: Vec<&str> = ty.split_whitespace().collect();
            match given.as_slice() {
                [] => words(scene, &TYPES),
                ["参照" | "reference"] => relations(scene, true),
                ["量" | "figure", rest @ ..] => {
                    let exact = rest.iter().any(|w| matches!(*w, "厳密" | "exact"));
                    let mut out = if exact { Vec::new() } else { words(scene, &[("厳密", "exact")]) };
                    out.extend(units(scene));
                    out
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

fn relations(scene: &Scene<'_>, entities: bool) -> Vec<Choice> {
    let all = (0u16..).map(RelationId).zip(&scene.vocabulary().relations);
    let all = all.filter(|(_, r)| !entities || r.kind == RelationKind::Entity);
    all.map(|(_, r)| {
        let (label, other) =
            if r.alias.contains('-') { (r.name.as_str(), r.alias.as_str()) } else { scene.both(&r.name, &r.alias) };
        Choice::new(Kind::Class, label).other(other)
    })
    .collect()
}

/// The units that columns have and that are declared.
fn units(scene: &Scene<'_>) -> Vec<Choice> {
    let vocabulary = scene.vocabulary();
    let mut all: Vec<String> = vocabulary.units.iter().map(|u| u.1.clone()).collect();
    all.extend(vocabulary.multiples.iter().map(|m| m.0.clone()));
    for column in vocabulary.relations.iter().flat_map(|r| &r.columns) {
        if let crate::plan::ColumnType::Figure { unit: Some(unit), .. } = &column.ty {
            all.push(unit.clone());
        }
    }
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|u| Choice::new(Kind::Unit, u)).collect()
}

/// In 達成基準: what a status depends on.
pub(super) fn scheme(place: &Place<'_>) -> Vec<Choice> {
    let scene = place.scene;
    if place.spot.braces.is_empty() || place.spot.state != super::scan::State::Code {
        return Vec::new();
    }
    let line = place.since(place.spot.clause.min(place.typed));
    let Some((_, condition)) = line.split_once([':', '：']) else { return Vec::new() };
    let last = condition.split_whitespace().last().unwrap_or("");
    let figures = [("実績", ""), ("目標", ""), ("基準値", ""), ("達成率", "")];
    if matches!(last, "は" | "is") {
        return words(scene, &[("なし", "missing"), ("ある", "present")]);
    }
    if figures.iter().any(|f| f.0 == last) {
        let marks = [("は", "is"), ("が", "reaches"), ("かつ", "and"), ("または", "or")];
        return words(scene, &marks);
    }
    let mut out = words(scene, &figures);
    if condition.trim().is_empty() {
        out.extend(words(scene, &[("それ以外", "else")]));
    }
    out.extend(words(scene, &[("かつ", "and"), ("または", "or"), ("否", "not")]));
    out
}
