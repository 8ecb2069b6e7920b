//! Which thing of the old edition is which of the new one: by what it is called first, by looking things up; by likeness
//! only among those that are left.
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::kinds::{KindId, Kinds};
use super::likeness::{self, Candidate};
use super::thing::{Thing, Things};

/// Why two things are taken for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Evidence {
    /// They are called the same: number and name, or code.
    #[default]
    Same,
    /// They have the same name; the number is another.
    Name,
    /// They stand in the same place and are all of their kind there.
    Place,
    /// The new document names the old one as the edition before it (or the other way round).
    Previous,
    /// They are the only documents.
    Only,
    /// Their names are alike.
    Likeness {
        /// How alike the names are, in percent.
        percent: u8,
        /// Whether their numbers are the same.
        number: bool,
        /// Whether they stand in the same thing.
        place: bool,
        /// How many things in them are the same.
        shared: u32,
    },
}

/// Things that may be each other, and nothing tells which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unsure {
    pub kind: KindId,
    pub old: Vec<usize>,
    pub new: Vec<usize>,
    /// The least likeness of the names among them, in percent.
    pub percent: u8,
}

/// What was matched.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// The new thing of each old one.
    pub to_new: Vec<Option<usize>>,
    /// The old thing of each new one.
    pub to_old: Vec<Option<usize>>,
    /// Why, by the old thing.
    pub evidence: Vec<Evidence>,
    /// What was not decided.
    pub unsure: Vec<Unsure>,
    /// How much work it was: things looked up and names compared.
    pub effort: u64,
}

/// What two things must have in common to be one.
#[derive(Debug, Clone, Copy, Default)]
struct Common {
    number: bool,
    name: bool,
    digest: bool,
    parent: bool,
    /// Marked and unmarked things may be one.
    any_mark: bool,
    /// Things that are equal in all this are taken in their order; otherwise there must be one on each side.
    in_order: bool,
}

const NUMBER: Common =
    Common { number: true, name: true, digest: false, parent: false, any_mark: false, in_order: false };
const NAME: Common = Common { number: false, ..NUMBER };

/// The ways in which things that are called something are known again without any of their kind being compared. What
/// they say counts for more than their number: where all move up by one, the number is that of the thing beside.
const BY_NAME: [Common; 9] = [
    Common { parent: true, digest: true, ..NUMBER },
    Common { parent: true, digest: true, ..NAME },
    Common { digest: true, ..NUMBER },
    Common { digest: true, ..NAME },
    Common { parent: true, ..NAME },
    Common { parent: true, ..NUMBER },
    NUMBER,
    NAME,
    Common { parent: true, digest: true, in_order: true, ..NAME },
];
/// What is believed only when all things have had their chance to be known by more.
const AT_LAST: [Common; 4] = [
    Common { digest: true, in_order: true, ..NAME },
    Common { any_mark: true, parent: true, ..NAME },
    Common { any_mark: true, ..NUMBER },
    Common { any_mark: true, ..NAME },
];
/// Of what has no name, or stands in a table: its place is what it is known by.
const BY_PLACE: [Common; 3] = [
    Common { parent: true, digest: true, in_order: true, ..NUMBER },
    Common { parent: true, ..NUMBER },
    Common { parent: true, in_order: true, ..NUMBER },
];

#[derive(Debug, PartialEq, Eq, Hash)]
struct Key<'t> {
    scope: usize,
    number: Option<&'t str>,
    name: Option<&'t str>,
    year: &'t str,
    marked: Option<bool>,
    digest: Option<u64>,
}

/// Matches the things of two editions whose documents are matched.
pub(super) struct Matching<'t> {
    pub old: &'t Things,
    pub new: &'t Things,
    pub pairs: Pairs,
    /// The things of each kind: old and new, those that are left.
    rest: BTreeMap<KindId, [Vec<usize>; 2]>,
}

impl<'t> Matching<'t> {
    /// Begins with documents that are matched.
    pub fn new(old: &'t Things, new: &'t Things, documents: &[(usize, usize, Evidence)]) -> Self {
        let mut pairs = Pairs {
            to_new: vec![None; old.all.len()],
            to_old: vec![None; new.all.len()],
            evidence: vec![Evidence::default(); old.all.len()],
            ..Pairs::default()
        };
        for (o, n, evidence) in documents {
            pairs.join(*o, *n, *evidence);
        }
        let mut rest: BTreeMap<KindId, [Vec<usize>; 2]> = BTreeMap::new();
        for (side, (things, paired)) in [(old, &pairs.to_new), (new, &pairs.to_old)].into_iter().enumerate() {
            for (at, thing) in things.all.iter().enumerate().filter(|(_, t)| t.parent.is_some()) {
                let both = paired.get(thing.document).is_some_and(Option::is_some);
                if let Some(list) = rest.entry(thing.kind).or_default().get_mut(side).filter(|_| both) {
                    list.push(at);
                }
            }
        }
        Self { old, new, pairs, rest }
    }

    /// Matches all that can be matched.
    pub fn run(mut self, kinds: &Kinds) -> Pairs {
        let present: Vec<KindId> = kinds.order.iter().filter(|k| self.rest.contains_key(k)).copied().collect();
        for kind in &present {
            self.stages(*kind, &BY_NAME, true);
            self.stages(*kind, &BY_PLACE, false);
        }
        for kind in &present {
            self.stages(*kind, &BY_NAME, true);
            self.stages(*kind, &BY_PLACE, false);
            self.stages(*kind, &AT_LAST, true);
            // What was decided leaves single ones behind.
            self.stages(*kind, &BY_NAME, true);
            self.same_names(*kind);
            self.alike(*kind);
        }
        self.pairs
    }

    fn stages(&mut self, kind: KindId, stages: &[Common], named: bool) {
        for common in stages {
            let [old, new] = self.left(kind);
            if old.is_empty() || new.is_empty() {
                return;
            }
            self.pairs.effort += (old.len() + new.len()) as u64;
            let mut groups: FxHashMap<Key<'t>, usize> = FxHashMap::default();
            let mut members: Vec<[Vec<usize>; 2]> = Vec::new();
            for (side, (things, list)) in [(self.old, &old), (self.new, &new)].into_iter().enumerate() {
                for at in list {
                    let Some(key) = things.all.get(*at).and_then(|thing| self.key(thing, side == 0, *common, named))
                    else {
                        continue;
                    };
                    let group = *groups.entry(key).or_insert(members.len());
                    if group == members.len() {
                        members.push([Vec::new(), Vec::new()]);
                    }
                    if let Some(list) = members.get_mut(group).and_then(|g| g.get_mut(side)) {
                        list.push(*at);
                    }
                }
            }
            for [old, new] in members {
                if common.in_order || (old.len(), new.len()) == (1, 1) {
                    for (o, n) in old.into_iter().zip(new) {
                        let evidence = match (named, common.number) {
                            (false, _) => Evidence::Place,
                            (true, true) => Evidence::Same,
                            (true, false) => self.by_name(o, n),
                        };
                        self.pairs.join(o, n, evidence);
                    }
                }
            }
        }
    }

    fn by_name(&self, old: usize, new: usize) -> Evidence {
        let number = |things: &'t Things, at: usize| things.all.get(at).map(|t| t.number.as_str());
        if number(self.old, old) == number(self.new, new) { Evidence::Same } else { Evidence::Name }
    }

    /// What a thing has to share; `None` if it is not one to be known in this way.
    fn key(&self, thing: &'t Thing, old: bool, common: Common, named: bool) -> Option<Key<'t>> {
        let called =
            if common.number { !(thing.name.is_empty() && thing.number.is_empty()) } else { !thing.name.is_empty() };
        // What stands in a table, and what is called nothing, has its identity from its place.
        let by_place = thing.in_table || (thing.name.is_empty() && thing.number.is_empty());
        if named == by_place || (named && !called) {
            return None;
        }
        // Both sides in terms of the new edition.
        let of_new = |at: usize| if old { self.pairs.to_new.get(at).copied().flatten() } else { Some(at) };
        let scope = of_new(if common.parent { thing.parent? } else { thing.document })?;
        Some(Key {
            scope,
            number: common.number.then_some(thing.number.as_str()),
            name: common.name.then_some(thing.name.as_str()),
            year: &thing.year,
            marked: (!common.any_mark).then_some(thing.marked),
            digest: common.digest.then_some(thing.digest),
        })
    }

    /// The things of a kind that are not matched.
    fn left(&mut self, kind: KindId) -> [Vec<usize>; 2] {
        let Some([old, new]) = self.rest.get_mut(&kind) else { return [Vec::new(), Vec::new()] };
        old.retain(|at| self.pairs.to_new.get(*at).is_some_and(Option::is_none));
        new.retain(|at| self.pairs.to_old.get(*at).is_some_and(Option::is_none));
        [old.clone(), new.clone()]
    }

    /// Things of one name, several of them on a side, of which nothing tells which is which: they are told and compared no
    /// further.
    fn same_names(&mut self, kind: KindId) {
        let [old, new] = self.left(kind);
        let mut groups: FxHashMap<Key<'t>, usize> = FxHashMap::default();
        let mut found: Vec<Unsure> = Vec::new();
        for (side, (things, list)) in [(self.old, &old), (self.new, &new)].into_iter().enumerate() {
            for at in list {
                let key = things.all.get(*at).and_then(|thing| self.key(thing, side == 0, NAME, true));
                let Some(key) = key else { continue };
                let group = *groups.entry(key).or_insert(found.len());
                if group == found.len() {
                    found.push(Unsure { kind, old: Vec::new(), new: Vec::new(), percent: 100 });
                }
                if let Some(group) = found.get_mut(group) {
                    if side == 0 { group.old.push(*at) } else { group.new.push(*at) }
                }
            }
        }
        found.retain(|group| !group.old.is_empty() && !group.new.is_empty());
        for group in found {
            self.set_aside(&group);
            self.pairs.unsure.push(group);
        }
    }

    fn set_aside(&mut self, group: &Unsure) {
        if let Some([old, new]) = self.rest.get_mut(&group.kind) {
            let (o, n): (rustc_hash::FxHashSet<_>, rustc_hash::FxHashSet<_>) =
                (group.old.iter().collect(), group.new.iter().collect());
            old.retain(|at| !o.contains(at));
            new.retain(|at| !n.contains(at));
        }
    }

    /// Matches by likeness what is left of a kind.
    fn alike(&mut self, kind: KindId) {
        let [old, new] = self.left(kind);
        if old.is_empty() || new.is_empty() {
            return;
        }
        let candidates = likeness::candidates(self, &old, &new);
        let (mut free_old, mut free_new) = (vec![true; self.old.all.len()], vec![true; self.new.all.len()]);
        let mut best_first = candidates;
        best_first.sort_by_key(|c| (std::cmp::Reverse(c.score), c.old, c.new));
        // For each thing all that it could be, best first.
        let (mut of_old, mut of_new): (FxHashMap<usize, Vec<Candidate>>, FxHashMap<usize, Vec<Candidate>>) =
            (FxHashMap::default(), FxHashMap::default());
        for c in &best_first {
            of_old.entry(c.old).or_default().push(*c);
            of_new.entry(c.new).or_default().push(*c);
        }
        let is = |free: &[bool], at: usize| free.get(at).copied().unwrap_or(false);
        let mut unclear: Vec<Candidate> = Vec::new();
        // Those of one score are judged together, so that the order in which they are looked at decides nothing.
        for batch in best_first.chunk_by(|a, b| a.score == b.score) {
            let mut clear = Vec::new();
            let mut torn = Vec::new();
            for c in batch.iter().filter(|c| is(&free_old, c.old) && is(&free_new, c.new)) {
                // Better ones that are still there would have had their turn.
                let rivals = |all: Option<&'_ Vec<Candidate>>| -> Vec<Candidate> {
                    let all = all.map_or(&[][..], Vec::as_slice);
                    let from = all.partition_point(|r| r.score > c.score);
                    let near = all.iter().skip(from).take_while(|r| r.score + likeness::MARGIN > c.score);
                    let near = near.filter(|r| (r.old, r.new) != (c.old, c.new));
                    let near = near.filter(|r| is(&free_old, r.old) && is(&free_new, r.new));
                    near.take(likeness::MOST_RIVALS).copied().collect()
                };
                let near = [rivals(of_old.get(&c.old)), rivals(of_new.get(&c.new))].concat();
                if near.is_empty() {
                    clear.push(*c);
                } else {
                    torn.push(*c);
                    torn.extend(near);
                }
            }
            for c in torn.iter().chain(&clear) {
                for (free, at) in [(&mut free_old, c.old), (&mut free_new, c.new)] {
                    if let Some(free) = free.get_mut(at) {
                        *free = false;
                    }
                }
            }
            for c in clear {
                self.pairs.join(c.old, c.new, c.evidence);
            }
            unclear.extend(torn);
        }
        for group in likeness::groups(kind, &unclear) {
            self.set_aside(&group);
            self.pairs.unsure.push(group);
        }
    }
}

impl Pairs {
    fn join(&mut self, old: usize, new: usize, evidence: Evidence) {
        let free = |side: &[Option<usize>], at: usize| side.get(at).is_some_and(Option::is_none);
        if !free(&self.to_new, old) || !free(&self.to_old, new) {
            return;
        }
        if let (Some(o), Some(n), Some(why)) =
            (self.to_new.get_mut(old), self.to_old.get_mut(new), self.evidence.get_mut(old))
        {
            (*o, *n, *why) = (Some(new), Some(old), evidence);
        }
    }
}
