//! The work of a run shared among threads. What is a share depends on the facts alone, and outcomes are put together in
//! the order of the shares, so that any number of threads gives the same.
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::eval::{Context, MOST_SCANS, Strategy};
use super::ir::{Access, TypedRule};
use super::run::{Passed, pass};
use crate::text::threads;

/// A rule, or the part of it that begins with some of the rows of its first range.
pub(super) struct Task<'r> {
    pub rule: &'r TypedRule,
    /// The rows by number; all if there is none.
    pub window: Option<Range<u32>>,
    /// Which part of its rule it is, from 0.
    pub number: u32,
    /// How many searches without a key it may make.
    pub scans: u32,
}

/// A rule is cut into at most so many parts: each may search whole relations where a key is torn, and all of them
/// together must not do so more often because there is more to read.
const MOST_SHARES: u32 = 16;

/// A part with fewer rows than this is not worth handing over.
const LEAST_ROWS: u32 = 8_192;

/// Fewer rows than this are walked before another thread has started.
const WORTH_A_THREAD: u32 = 4_000;

/// The parts of a rule.
pub(super) fn shares<'r>(context: &Context<'_>, rule: &'r TypedRule) -> Vec<Task<'r>> {
    let whole = |scans| Task { rule, window: None, number: 0, scans };
    let rows = rows(context, rule);
    if rows < 2 * LEAST_ROWS {
        return vec![whole(MOST_SCANS)];
    }
    let size = rows.div_ceil(MOST_SHARES).max(LEAST_ROWS);
    let count = rows.div_ceil(size);
    let part = |n: u32| {
        let window = Some(n * size..((n + 1).saturating_mul(size)).min(rows));
        Task { window, number: n, ..whole(MOST_SCANS / MOST_SHARES) }
    };
    (0..count).map(part).collect()
}

/// How many rows the first range of a rule walks; 0 where it does not walk a relation.
fn rows(context: &Context<'_>, rule: &TypedRule) -> u32 {
    match rule.query.plan.steps.first().map(|s| &s.access) {
        Some(Access::Scan(relation)) if context.strategy == Strategy::Planned => context.count(*relation),
        _ => 0,
    }
}

/// Runs all tasks: on several threads if there is enough to do, and if nobody watches what is decided.
pub(super) fn share_out(context: &Context<'_>, tasks: &[Task<'_>]) -> Vec<Passed> {
    let total = tasks.iter().fold(0_u32, |sum, t| {
        sum.saturating_add(t.window.as_ref().map_or_else(|| rows(context, t.rule), |w| w.end - w.start))
    });
    let threads = threads().min(tasks.len());
    if threads < 2 || total < WORTH_A_THREAD || context.seen.is_some() {
        return tasks.iter().map(|task| pass(context, task)).collect();
    }
    // The first part of every rule before the second of any: what a rule needs is then made by one thread while another
    // makes what the next one needs, and of a long table all rules ask the rows that lie in the caches.
    let mut order: Vec<usize> = (0..tasks.len()).collect();
    order.sort_by_key(|n| tasks.get(*n).map(|t| t.number));
    let next = AtomicUsize::new(0);
    let outcomes: Vec<Mutex<Passed>> = tasks.iter().map(|_| Mutex::default()).collect();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let own = context.another();
            let (next, order, outcomes) = (&next, &order, &outcomes);
            scope.spawn(move || {
                let own = own();
                while let Some(n) = order.get(next.fetch_add(1, Ordering::Relaxed)).copied()
                    && let (Some(task), Some(place)) = (tasks.get(n), outcomes.get(n))
                {
                    let passed = pass(&own, task);
                    *place.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = passed;
                }
            });
        }
    });
    let taken = |m: Mutex<Passed>| m.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    outcomes.into_iter().map(taken).collect()
}

#[cfg(test)]
mod tests;
