//! Sets of figures whose change satisfies every rule that reads them, by rising size.
use std::cell::Cell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::eval::{CellRef, Context, Frame};
use super::gather::{Instance, equates};
use super::propose::{Both, Printed, lines, propose};
use super::weigh::Scale;
use super::{Repair, Suspicion};
use crate::value::Exact;

/// Figures that the rules may read while one cause is looked for, and while all are.
const MOST_READS: u64 = 1_000_000;
const MOST_READS_IN_ALL: u64 = 20_000_000;

/// So many repairs of one cause tell nothing, and the others are not looked for: a total over a hundred rows is mended by any.
const MOST_REPAIRS: usize = 64;

/// Failing instances that are asked what one cell would have to be.
const MOST_ASKED: usize = 4;

/// Figures that two equations share beyond which they are parts of one sum, and no two of them are told apart.
const MOST_SHARED: usize = 12;

/// What is known of pairs of figures that two equations leave open one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Crossing {
    /// Those that would do were found, each with its numbers.
    Told,
    /// Some were not tried.
    Untried,
    /// Some would do with several numbers.
    Several,
}

/// A change that is tried: a cell and its number.
pub(super) type Tried = (CellRef, Exact);

/// What is laid out to be tried: the instances, and which of those that have to hold read a cell.
pub(super) struct Bench<'c, 'a, 'r> {
    pub context: &'c Context<'a>,
    pub instances: &'c [Instance<'r>],
    touching: FxHashMap<CellRef, Vec<usize>>,
    /// Which findings that are advice read a cell.
    advice: FxHashMap<CellRef, Vec<usize>>,
    /// Reads that are left for this cause, and for all.
    left: Cell<u64>,
    left_in_all: Cell<u64>,
    /// Reads so far: what the search costs, whatever the machine.
    spent: Cell<u64>,
    /// The size of the largest sets that are tried.
    largest: usize,
}

impl<'c, 'a, 'r> Bench<'c, 'a, 'r> {
    pub(super) fn new(context: &'c Context<'a>, instances: &'c [Instance<'r>], largest: usize) -> Self {
        let mut touching: FxHashMap<CellRef, Vec<usize>> = FxHashMap::default();
        for (number, instance) in instances.iter().enumerate().filter(|(_, i)| i.binds) {
            for cell in &instance.reads {
                touching.entry(*cell).or_default().push(number);
            }
        }
        let mut advice: FxHashMap<CellRef, Vec<usize>> = FxHashMap::default();
        for (number, instance) in instances.iter().enumerate().filter(|(_, i)| !i.binds && i.finding.is_some()) {
            for cell in &instance.reads {
                advice.entry(*cell).or_default().push(number);
            }
        }
        Self {
            context,
            instances,
            touching,
            advice,
            left: Cell::new(0),
            left_in_all: Cell::new(MOST_READS_IN_ALL),
            spent: Cell::new(0),
            largest,
        }
    }

    /// The figures that the rules have read so far.
    pub(super) fn spent(&self) -> u64 {
        self.spent.get()
    }

    /// The causes of all findings, each of findings that share figures.
    pub(super) fn suspicions(&self) -> Vec<Suspicion> {
        let mut out: Vec<Suspicion> =
            self.components().iter().filter_map(|component| self.suspicion(component)).collect();
        out.sort_by(|a, b| a.findings.cmp(&b.findings));
        out
    }

    /// The instances that fail, those that share figures together.
    fn components(&self) -> Vec<Vec<usize>> {
        let mut seen: FxHashSet<usize> = FxHashSet::default();
        let mut out = Vec::new();
        for first in (0..self.instances.len()).filter(|n| self.fails(*n)) {
            if !seen.insert(first) {
                continue;
            }
            let mut component = vec![first];
            let mut cells: FxHashSet<CellRef> = FxHashSet::default();
            let mut at = 0;
            while let Some(number) = component.get(at).copied() {
                at += 1;
                for cell in self.reads(number).iter().filter(|cell| cells.insert(**cell)) {
                    let others = self.touching(*cell).iter().copied().filter(|n| self.fails(*n));
                    component.extend(others.filter(|n| seen.insert(*n)));
                }
            }
            component.sort_unstable();
            out.push(component);
        }
        out
    }

    fn suspicion(&self, component: &[usize]) -> Option<Suspicion> {
        let findings = component.iter().filter_map(|n| self.instances.get(*n)?.finding);
        let mut findings: Vec<usize> = findings.collect();
        findings.sort_unstable();
        findings.dedup();
        // What is only too great or too small could be anything; an equation says what it has to be.
        let equates = |n: &usize| self.instances.get(*n).is_some_and(|i| equates(&i.rule.check));
        if findings.is_empty() || !component.iter().any(equates) {
            return None;
        }
        let allowed = MOST_READS.min(self.left_in_all.get());
        self.left.set(allowed);
        let (mut found, mut least) = (Vec::new(), 1);
        for size in 1..=self.largest {
            least = size;
            self.repairs(component, size, &mut Vec::new(), &mut found);
            if size == 2 && findings.len() > 1 {
                let crossing = self.pairs(component, &mut found);
                if crossing == Crossing::Several {
                    // Two figures would do, and which numbers they hold is not known.
                    found.clear();
                }
                if crossing != Crossing::Told {
                    break;
                }
            }
            // One finding can be mended by one figure or not at all.
            if !found.is_empty() || self.left.get() == 0 || findings.len() < 2 {
                break;
            }
            least = size + 1;
        }
        self.left_in_all.set(self.left_in_all.get() - (allowed - self.left.get()));
        let cut = self.left.get() == 0 || found.len() >= MOST_REPAIRS;
        // What was found before the end was not compared with all that there is.
        let found = if cut { Vec::new() } else { found };
        // Weighing is bounded by what was found.
        self.left.set(MOST_READS);
        let scale = Scale::new(self);
        let mut repairs: Vec<(Repair, Vec<usize>)> = found.iter().filter_map(|tried| scale.repair(tried)).collect();
        repairs.sort_by_key(|(repair, _)| repair.weight);
        // Advice that goes with the one figure that is named goes under it.
        if let [(first, with), rest @ ..] = repairs.as_slice()
            && rest.first().is_none_or(|(second, _)| second.weight > first.weight)
        {
            findings.extend(with);
            findings.sort_unstable();
            findings.dedup();
        }
        let repairs = repairs.into_iter().map(|(repair, _)| repair).collect();
        Some(Suspicion { findings, repairs, least, cut })
    }

    /// Sets of `size` cells, beyond those that are `taken`, with numbers that satisfy all of `failing` and all that they touch.
    fn repairs(&self, failing: &[usize], size: usize, taken: &mut Vec<Tried>, out: &mut Vec<Vec<Tried>>) {
        // One of the figures of each has to change: of the one with the fewest there are the fewest to try.
        let Some(narrow) = failing.iter().copied().min_by_key(|n| self.reads(*n).len()) else { return };
        let Some(instance) = self.instances.get(narrow) else { return };
        for &cell in &instance.reads {
            let last = size == 1;
            if taken.iter().any(|(other, _)| *other == cell)
                || (last && !failing.iter().all(|n| self.reads(*n).binary_search(&cell).is_ok()))
            {
                continue;
            }
            let Some(printed) = Printed::new(self.context, cell) else { continue };
            if self.left.get() == 0 || out.len() >= MOST_REPAIRS {
                return;
            }
            for value in self.proposals(failing, cell, &printed) {
                let Some(taken_now) = self.supposing(cell, &printed, value, || {
                    let broken = self.broken(failing, cell);
                    if broken.is_empty() {
                        return true;
                    }
                    if !last && !broken.contains(&narrow) {
                        taken.push((cell, value));
                        self.repairs(&broken, size - 1, taken, out);
                        taken.pop();
                    }
                    false
                }) else {
                    continue;
                };
                if taken_now {
                    let mut set = taken.clone();
                    set.push((cell, value));
                    set.sort_unstable();
                    let cells = |set: &[Tried]| set.iter().map(|(cell, _)| *cell).collect::<Vec<_>>();
                    if out.iter().all(|known| cells(known) != cells(&set)) {
                        out.push(set);
                    }
                    // Other numbers for the same cell are weighed when the set is.
                    break;
                }
            }
        }
    }

    /// Pairs of cells that two of the failing equations both read, so that neither tells one without the other.
    fn pairs(&self, failing: &[usize], out: &mut Vec<Vec<Tried>>) -> Crossing {
        let read_by = |n: usize, cell: CellRef| self.reads(n).binary_search(&cell).is_ok();
        let equations = failing.iter().filter_map(|n| Some((*n, self.instances.get(*n)?)));
        let mut equations: Vec<(usize, &Instance<'r>)> = equations.filter(|(_, i)| equates(&i.rule.check)).collect();
        equations.sort_by_key(|(n, instance)| (instance.reads.len(), *n));
        let Some(((narrow, one), others)) = equations.split_first() else { return Crossing::Told };
        let mut crossing = Crossing::Told;
        for (number, other) in others.iter().take(MOST_ASKED) {
            let shared = self.reads(*narrow).iter().copied().filter(|cell| read_by(*number, *cell));
            let shared = shared.filter_map(|cell| Some((cell, Printed::new(self.context, cell)?)));
            let shared: Vec<(CellRef, Printed)> = shared.take(MOST_SHARED + 1).collect();
            if shared.len() > MOST_SHARED {
                crossing = crossing.max(Crossing::Untried);
                continue;
            }
            for (at, (first, printed)) in shared.iter().enumerate() {
                for (second, beside) in shared.iter().skip(at + 1) {
                    let known =
                        out.iter().any(|set| matches!(set.as_slice(), [(a, _), (b, _)] if a == first && b == second));
                    if known || !failing.iter().all(|n| read_by(*n, *first) || read_by(*n, *second)) {
                        continue;
                    }
                    if out.len() >= MOST_REPAIRS || self.left.get() == 0 {
                        return crossing;
                    }
                    let both = [(*first, printed), (*second, beside)];
                    match self.pair([one, other], failing, both).as_slice() {
                        [] => {}
                        [[value, with]] => out.push(vec![(*first, *value), (*second, *with)]),
                        _ => crossing = Crossing::Several,
                    }
                }
            }
        }
        crossing
    }

    /// The numbers of two figures around the point where two equations cross with which everything holds.
    fn pair(&self, equations: [&Instance<'_>; 2], failing: &[usize], both: Both<'_>) -> Vec<[Exact; 2]> {
        let [one, other] = equations;
        if !self.spend((one.reads.len() + other.reads.len()) as u64 * 12) {
            return Vec::new();
        }
        let [(first, printed), (second, beside)] = both;
        let crossings = lines(one).into_iter().flat_map(|a| lines(other).into_iter().map(move |b| (a, b)));
        let around = crossings.filter_map(|(a, b)| a.crossing(&b, self.context, both));
        let mut tried: Vec<[Exact; 2]> = around.flatten().collect();
        tried.sort_unstable();
        tried.dedup();
        tried.retain(|[value, with]| {
            let holds = || failing.iter().all(|n| self.holds(*n)) && self.all_hold(first) && self.all_hold(second);
            self.supposing(first, printed, *value, || self.supposing(second, beside, *with, holds)) == Some(Some(true))
        });
        tried
    }

    /// Numbers for a cell with which one of the failing instances that read it may hold; those of equations first, which leave
    /// the least choice.
    fn proposals(&self, failing: &[usize], cell: CellRef, printed: &Printed) -> Vec<Exact> {
        let reading = failing.iter().filter(|n| self.reads(**n).binary_search(&cell).is_ok());
        let mut reading: Vec<&Instance<'r>> = reading.filter_map(|n| self.instances.get(*n)).collect();
        reading.sort_by_key(|instance| (!equates(&instance.rule.check), instance.reads.len()));
        let mut out: Vec<Exact> = Vec::new();
        for instance in reading.into_iter().take(MOST_ASKED) {
            if !self.spend(instance.reads.len() as u64 * 4) {
                break;
            }
            out.extend(propose(self.context, instance, cell, printed));
        }
        let mut seen = FxHashSet::default();
        out.retain(|value| seen.insert(*value));
        out
    }

    /// What is so while a cell holds another number.
    pub(super) fn supposing<T>(
        &self,
        cell: CellRef,
        printed: &Printed,
        value: Exact,
        work: impl FnOnce() -> T,
    ) -> Option<T> {
        let what_if = self.context.what_if.as_ref()?;
        let before = what_if.suppose(cell, Some(printed.with(value)?));
        let given = work();
        what_if.suppose(cell, before);
        Some(given)
    }

    /// Which of `failing`, and of what reads a cell, do not hold: also of what failed before another figure was changed.
    fn broken(&self, failing: &[usize], cell: CellRef) -> Vec<usize> {
        let others = self.touching(cell).iter().filter(|n| !failing.contains(n));
        failing.iter().chain(others).copied().filter(|n| !self.holds(*n)).collect()
    }

    /// Whether all that reads a cell holds.
    pub(super) fn all_hold(&self, cell: CellRef) -> bool {
        self.touching(cell).iter().all(|n| self.holds(*n))
    }

    /// Whether an instance holds, as far as bounds allow it to be asked; a premise that is not met asks for nothing.
    fn holds(&self, number: usize) -> bool {
        let Some(instance) = self.instances.get(number) else { return false };
        if !self.spend(instance.reads.len() as u64) {
            return false;
        }
        let mut frame: Frame = instance.frame.clone();
        let premises = &instance.rule.query.conditions;
        if premises.iter().any(|premise| self.context.truth(premise, &mut frame) != Ok(true)) {
            return true;
        }
        self.context.truth(&instance.rule.check, &mut frame) == Ok(true)
    }

    fn spend(&self, reads: u64) -> bool {
        self.spent.set(self.spent.get().saturating_add(reads));
        let left = self.left.get().saturating_sub(reads);
        self.left.set(left);
        self.left.get() > 0
    }

    fn fails(&self, number: usize) -> bool {
        self.instances.get(number).is_some_and(|i| i.fails && i.binds)
    }

    /// The findings of advice about a cell that would be gone.
    pub(super) fn gone(&self, cell: CellRef) -> Vec<usize> {
        let about = self.advice.get(&cell).map_or(&[][..], Vec::as_slice);
        about.iter().filter(|n| self.holds(**n)).filter_map(|n| self.instances.get(*n)?.finding).collect()
    }

    fn reads(&self, number: usize) -> &[CellRef] {
        self.instances.get(number).map_or(&[], |i| &i.reads)
    }

    pub(super) fn touching(&self, cell: CellRef) -> &[usize] {
        self.touching.get(&cell).map_or(&[], Vec::as_slice)
    }
}
