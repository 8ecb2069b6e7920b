//! Likeness of the things that nothing else has matched. Only those are compared that share rare pairs of letters, a
//! number, a place or what stands in them, and of those a bounded number each.
use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::kinds::KindId;
use super::pairs::{Evidence, Matching, Unsure};
use super::thing::{Thing, Things};
use crate::text::near::likeness;

/// Two candidates whose scores are nearer than this (in thousandths) are not told apart.
pub(super) const MARGIN: i32 = 50;
/// Letters of a name that are compared.
const MOST_LETTERS: usize = 120;
/// Things that are looked at for one thing.
const MOST_LOOKED_AT: usize = 256;
/// Things that are compared with one thing.
const MOST_COMPARED: usize = 6;
/// Rivals of one pair that are told.
pub(super) const MOST_RIVALS: usize = 64;
/// Where no more than this is left of a kind in a place, all of it is compared.
const FEW: usize = 6;

/// Two things that may be one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub old: usize,
    pub new: usize,
    /// In thousandths; more than 1,000 with other evidence.
    pub score: i32,
    pub evidence: Evidence,
}

/// The likeness of two names in thousandths.
pub(super) fn names(a: &str, b: &str) -> i32 {
    let cut = |text: &str| text.chars().take(MOST_LETTERS).collect::<String>();
    thousandths(likeness(&cut(a), &cut(b)))
}

#[allow(clippy::cast_possible_truncation)]
fn thousandths(likeness: f64) -> i32 {
    (likeness * 1000.0).round() as i32
}

/// The pairs among what is left that are alike enough.
pub(super) fn candidates(matching: &mut Matching<'_>, old: &[usize], new: &[usize]) -> Vec<Candidate> {
    let shared = shared(matching, old, new);
    let mut effort = 0;
    let mut pairs: FxHashSet<(usize, usize)> = shared.keys().copied().collect();
    // Once from each side, so that it does not matter which edition is the old one.
    pairs.extend(near(matching.old, old, matching.new, new, &mut effort));
    pairs.extend(near(matching.new, new, matching.old, old, &mut effort).into_iter().map(|(n, o)| (o, n)));
    pairs.extend(of_one_number_or_place(matching, old, new));
    let mut pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
    pairs.sort_unstable();
    effort += pairs.len() as u64;
    matching.pairs.effort += effort;
    let judge = |(o, n): (usize, usize)| judge(matching, o, n, shared.get(&(o, n)).copied().unwrap_or(0));
    pairs.into_iter().filter_map(judge).collect()
}

fn judge(matching: &Matching<'_>, old: usize, new: usize, shared: u32) -> Option<Candidate> {
    let (o, n) = (matching.old.all.get(old)?, matching.new.all.get(new)?);
    let document = matching.pairs.to_new.get(o.document).copied().flatten();
    if document != Some(n.document) || o.marked != n.marked || o.year != n.year || o.in_table || n.in_table {
        return None;
    }
    let alike = if o.name.is_empty() || n.name.is_empty() { 0 } else { names(&o.name, &n.name) };
    let number = !o.number.is_empty() && o.number == n.number;
    let place = o.parent.and_then(|p| matching.pairs.to_new.get(p).copied().flatten()) == n.parent;
    let most = o.inside.len().max(n.inside.len());
    let share = (1_000 * shared as usize).checked_div(most).and_then(|s| i32::try_from(s).ok()).unwrap_or(0);
    let enough = match (number, place) {
        _ if share >= 500 => alike >= 150 || number,
        (true, true) => alike >= 400,
        (true, false) | (false, true) => alike >= 500,
        (false, false) => alike >= 650,
    };
    let score = alike + 100 * i32::from(number) + 50 * i32::from(place) + 3 * share / 10;
    let percent = u8::try_from(alike / 10).unwrap_or(100);
    enough.then_some(Candidate { old, new, score, evidence: Evidence::Likeness { percent, number, place, shared } })
}

/// How many things within two things are the same.
fn shared(matching: &Matching<'_>, old: &[usize], new: &[usize]) -> FxHashMap<(usize, usize), u32> {
    let new: FxHashSet<usize> = new.iter().copied().collect();
    let mut out = FxHashMap::default();
    for at in old {
        let Some(thing) = matching.old.all.get(*at) else { continue };
        for inside in &thing.inside {
            let same = matching.pairs.to_new.get(*inside).copied().flatten();
            let parent = same.and_then(|n| matching.new.all.get(n)?.parent);
            if let Some(parent) = parent.filter(|p| new.contains(p)) {
                *out.entry((*at, parent)).or_default() += 1;
            }
        }
    }
    out
}

fn letters(thing: &Thing) -> Vec<(char, char)> {
    let mut letters: Vec<char> = thing.name.chars().take(MOST_LETTERS).collect();
    if let [only] = letters.as_slice() {
        letters.push(*only);
    }
    let mut pairs: Vec<(char, char)> = letters.windows(2).filter_map(|w| Some((*w.first()?, *w.get(1)?))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// For each thing of one side those of the other that share most pairs of letters with it, the rare ones looked at first.
fn near(from: &Things, list: &[usize], to: &Things, others: &[usize], effort: &mut u64) -> Vec<(usize, usize)> {
    let mut index: FxHashMap<(char, char), Vec<usize>> = FxHashMap::default();
    for at in others {
        for pair in to.all.get(*at).map(letters).unwrap_or_default() {
            index.entry(pair).or_default().push(*at);
        }
    }
    let mut frequent: FxHashMap<(char, char), usize> = index.iter().map(|(pair, all)| (*pair, all.len())).collect();
    for at in list {
        for pair in from.all.get(*at).map(letters).unwrap_or_default() {
            *frequent.entry(pair).or_default() += 1;
        }
    }
    let mut out = Vec::new();
    for at in list {
        let mut pairs = from.all.get(*at).map(letters).unwrap_or_default();
        pairs.sort_by_key(|pair| (frequent.get(pair).copied(), *pair));
        let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
        let all = pairs.iter().filter_map(|pair| index.get(pair)).flatten().take(MOST_LOOKED_AT);
        for other in all {
            *effort += 1;
            *counts.entry(*other).or_default() += 1;
        }
        let mut best: Vec<(usize, usize)> = counts.into_iter().collect();
        best.sort_by_key(|(other, count)| (Reverse(*count), *other));
        out.extend(best.into_iter().take(MOST_COMPARED).map(|(other, _)| (*at, other)));
    }
    out
}

/// The only ones left with a number, and the few that are left in a place.
fn of_one_number_or_place(matching: &Matching<'_>, old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    let mut numbers: FxHashMap<(usize, &str), [Vec<usize>; 2]> = FxHashMap::default();
    let mut places: FxHashMap<usize, [Vec<usize>; 2]> = FxHashMap::default();
    for (side, (things, list)) in [(matching.old, old), (matching.new, new)].into_iter().enumerate() {
        let of_new = |at: usize| if side == 0 { matching.pairs.to_new.get(at).copied().flatten() } else { Some(at) };
        for at in list {
            let Some(thing) = things.all.get(*at) else { continue };
            let by_number = of_new(thing.document).filter(|_| !thing.number.is_empty());
            let number = by_number.map(|d| numbers.entry((d, thing.number.as_str())).or_default());
            let place = thing.parent.and_then(of_new).map(|p| places.entry(p).or_default());
            for sides in [number, place].into_iter().flatten() {
                if let Some(list) = sides.get_mut(side) {
                    list.push(*at);
                }
            }
        }
    }
    let few = numbers.into_values().chain(places.into_values()).filter(|s| s.iter().all(|l| l.len() <= FEW));
    few.flat_map(|[old, new]| old.into_iter().flat_map(move |o| new.clone().into_iter().map(move |n| (o, n)))).collect()
}

/// Candidates that hang together through a thing that they share.
pub(super) fn groups(kind: KindId, unclear: &[Candidate]) -> Vec<Unsure> {
    let mut group_of: FxHashMap<(bool, usize), usize> = FxHashMap::default();
    let mut above: Vec<usize> = Vec::new();
    fn top(above: &[usize], mut at: usize) -> usize {
        while let Some(next) = above.get(at).copied().filter(|next| *next != at) {
            at = next;
        }
        at
    }
    for c in unclear {
        let [a, b] = [(true, c.old), (false, c.new)].map(|key| {
            *group_of.entry(key).or_insert_with(|| {
                above.push(above.len());
                above.len() - 1
            })
        });
        let (a, b) = (top(&above, a), top(&above, b));
        if let Some(under) = above.get_mut(a.max(b)) {
            *under = a.min(b);
        }
    }
    let mut found: BTreeMap<usize, Unsure> = BTreeMap::new();
    for c in unclear {
        let Some(group) = group_of.get(&(true, c.old)).map(|g| top(&above, *g)) else { continue };
        let Evidence::Likeness { percent, .. } = c.evidence else { continue };
        let group = found.entry(group).or_insert(Unsure { kind, old: Vec::new(), new: Vec::new(), percent });
        group.old.push(c.old);
        group.new.push(c.new);
        group.percent = group.percent.min(percent);
    }
    for group in found.values_mut() {
        for side in [&mut group.old, &mut group.new] {
            side.sort_unstable();
            side.dedup();
        }
    }
    found.into_values().collect()
}
