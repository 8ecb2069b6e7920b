//! Which document of the old edition is which of the new one.
use rustc_hash::{FxHashMap, FxHashSet};

use super::Edition;
use super::likeness;
use super::pairs::Evidence;
use super::thing::Things;
use crate::plan::{Cell, ColumnId, ColumnRole, ColumnType, DOCUMENTS, ReferenceKey};

/// Titles are compared among no more documents than this.
const MOST_COMPARED: usize = 200;
/// Titles that are less alike (in thousandths) are of different documents.
const ALIKE: i32 = 600;

/// A document: its thing, its code, its title, and the code of the edition before it.
struct Document {
    at: usize,
    code: String,
    title: String,
    before: String,
}

fn documents(edition: Edition<'_>, things: &Things) -> Vec<Document> {
    let facts = edition.facts;
    let columns = facts.vocabulary.relations.get(DOCUMENTS.0 as usize).map_or(&[][..], |r| &r.columns);
    let first = |ty: &ColumnType| {
        let is = |(_, c): &(ColumnId, &crate::plan::Column)| c.role == ColumnRole::Attribute && c.ty == *ty;
        (0..).map(ColumnId).zip(columns).find(is).map(|(id, _)| id)
    };
    // As in the graph: the first reference of documents to documents names the edition before.
    let (title, before) = (first(&ColumnType::Text), first(&ColumnType::Reference(DOCUMENTS)));
    let all = things.all.iter().enumerate().filter(|(_, t)| t.parent.is_none());
    let all = all.map(|(at, thing)| {
        let cell = |id: Option<ColumnId>| Some(facts.cell(*thing.rows.first()?, id?));
        let title = match cell(title) {
            Some(Cell::Text(_, folded)) => facts.text(folded).to_owned(),
            _ => String::new(),
        };
        let named = match cell(before) {
            Some(Cell::Reference(id)) => facts.references.get(id as usize).map(|r| r.key),
            _ => None,
        };
        let before = match named {
            Some(ReferenceKey::Name(code)) => facts.text(code).to_owned(),
            _ => String::new(),
        };
        Document { at, code: thing.number.clone(), title, before }
    });
    all.collect()
}

/// The documents that are each other: by code, by what they say of the edition before them, by title; two that are alone
/// are each other whatever they are called.
pub(super) fn pair(old: (Edition<'_>, &Things), new: (Edition<'_>, &Things)) -> Vec<(usize, usize, Evidence)> {
    let (mut old, mut new) = (documents(old.0, old.1), documents(new.0, new.1));
    let mut out = Vec::new();
    if let ([o], [n]) = (old.as_slice(), new.as_slice()) {
        let evidence = match () {
            () if o.code == n.code => Evidence::Same,
            () if n.before == o.code || o.before == n.code => Evidence::Previous,
            () => Evidence::Only,
        };
        return vec![(o.at, n.at, evidence)];
    }
    fn code(d: &Document) -> &str {
        &d.code
    }
    fn before(d: &Document) -> &str {
        &d.before
    }
    for (of_old, of_new, evidence) in [
        (code as fn(&Document) -> &str, code as fn(&Document) -> &str, Evidence::Same),
        (code, before, Evidence::Previous),
        (before, code, Evidence::Previous),
    ] {
        let mut groups: FxHashMap<&str, [Vec<usize>; 2]> = FxHashMap::default();
        for (side, (list, of)) in [(&old, of_old), (&new, of_new)].into_iter().enumerate() {
            for d in list.iter().filter(|d| !of(d).is_empty()) {
                if let Some(list) = groups.entry(of(d)).or_default().get_mut(side) {
                    list.push(d.at);
                }
            }
        }
        // Two files may hold one document each of the same code: then they are taken in their order.
        let in_order = evidence == Evidence::Same;
        let found: Vec<(usize, usize)> = groups
            .into_values()
            .filter(|[o, n]| in_order || (o.len(), n.len()) == (1, 1))
            .flat_map(|[o, n]| o.into_iter().zip(n))
            .collect();
        let (olds, news): (FxHashSet<usize>, FxHashSet<usize>) = found.iter().copied().unzip();
        old.retain(|d| !olds.contains(&d.at));
        new.retain(|d| !news.contains(&d.at));
        out.extend(found.into_iter().map(|(o, n)| (o, n, evidence)));
    }
    by_title(&mut old, &mut new, &mut out);
    if let ([o], [n]) = (old.as_slice(), new.as_slice()) {
        out.push((o.at, n.at, Evidence::Only));
    }
    out.sort_by_key(|(o, n, _)| (*n, *o));
    out
}

/// Titles that are most alike from both sides, and clearly so.
fn by_title(old: &mut Vec<Document>, new: &mut Vec<Document>, out: &mut Vec<(usize, usize, Evidence)>) {
    let mut scores: Vec<(i32, usize, usize)> = Vec::new();
    for o in old.iter().take(MOST_COMPARED).filter(|d| !d.title.is_empty()) {
        for n in new.iter().take(MOST_COMPARED).filter(|d| !d.title.is_empty()) {
            scores.push((likeness::names(&o.title, &n.title), o.at, n.at));
        }
    }
    // For each document its best score and the next one.
    let mut best: FxHashMap<(bool, usize), (i32, i32)> = FxHashMap::default();
    for (score, o, n) in &scores {
        for key in [(true, *o), (false, *n)] {
            let (first, second) = best.entry(key).or_insert((0, 0));
            if score > first {
                (*first, *second) = (*score, *first);
            } else {
                *second = (*second).max(*score);
            }
        }
    }
    let alone = |key: (bool, usize), score: i32| {
        best.get(&key).is_some_and(|(first, second)| *first == score && second + likeness::MARGIN <= score)
    };
    scores.retain(|(score, o, n)| *score >= ALIKE && alone((true, *o), *score) && alone((false, *n), *score));
    let clear = scores;
    for (score, o, n) in clear {
        old.retain(|d| d.at != o);
        new.retain(|d| d.at != n);
        let percent = u8::try_from(score / 10).unwrap_or(100);
        out.push((o, n, Evidence::Likeness { percent, number: false, place: false, shared: 0 }));
    }
}
