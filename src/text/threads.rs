//! Work on several threads that comes out in order.
use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many threads may work at once: as many as the system lets this process run, at least one.
#[must_use]
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Pieces that are done or being done before their turn, by thread: more would only be memory.
const AHEAD: usize = 3;

/// Does `work` for each of `items` on so many other threads and on this one, a few items ahead, and gives what comes of it to
/// `each` on this one, in the order of the items, until that has enough. Each thread works with a state of its own, made from
/// its number: 0 for this one. There are no more threads than items.
pub fn in_turn<T: Sync, S, R: Send>(
    items: &[T],
    others: usize,
    state: impl Fn(usize) -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
    mut each: impl FnMut(R) -> ControlFlow<()>,
) {
    let mut own = state(0);
    let others = others.min(items.len().saturating_sub(1));
    if others == 0 {
        // Enough is enough either way.
        let _ = items.iter().try_for_each(|item| each(work(&mut own, item)));
        return;
    }
    let desk = Desk { work: Mutex::default(), changed: Condvar::new(), ahead: AHEAD * (others + 1) };
    std::thread::scope(|scope| {
        let (desk, state, work) = (&desk, &state, &work);
        let _leaving = Leaving { desk, early: true };
        for number in 1..=others {
            scope.spawn(move || {
                let _leaving = Leaving { desk, early: false };
                let mut own = state(number);
                while let Some((at, item)) = desk.wait_for(items) {
                    desk.put(at, work(&mut own, item));
                }
            });
        }
        for turn in 0..items.len() {
            let done = loop {
                match desk.next(turn, items) {
                    Next::Done(done) => break done,
                    Next::Begin(at, item) => desk.put(at, work(&mut own, item)),
                    // Somebody went with it; the scope says why.
                    Next::Lost => return,
                }
            };
            if each(done).is_break() {
                return;
            }
        }
    });
}

/// Items that are worked on at once where each is little work.
const AT_ONCE: usize = 256;

/// What `work` makes of each of `items`, in their order; made on all threads where there are many.
pub fn each_of<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let chunks: Vec<&[T]> = items.chunks(AT_ONCE).collect();
    let others = if chunks.len() < 4 { 0 } else { threads() - 1 };
    let mut out = Vec::with_capacity(items.len());
    let all = |(): &mut (), chunk: &&[T]| chunk.iter().map(&work).collect::<Vec<R>>();
    in_turn(
        &chunks,
        others,
        |_| (),
        all,
        |made| {
            out.extend(made);
            ControlFlow::Continue(())
        },
    );
    out
}

/// Where threads take their work from and put what they have done.
struct Desk<R> {
    work: Mutex<Work<R>>,
    changed: Condvar,
    ahead: usize,
}

struct Work<R> {
    /// The first item that nobody has begun.
    next: usize,
    /// How many were handed on.
    handed: usize,
    done: BTreeMap<usize, R>,
    /// Whether somebody has gone: nothing new is begun.
    ended: bool,
    /// How many threads wait for a change. The system is asked to wake them only if there are any: pieces are many.
    waiting: usize,
}

impl<R> Default for Work<R> {
    fn default() -> Self {
        Self { next: 0, handed: 0, done: BTreeMap::new(), ended: false, waiting: 0 }
    }
}

/// What the thread that hands on does next.
enum Next<'i, T, R> {
    Done(R),
    Begin(usize, &'i T),
    Lost,
}

impl<R> Desk<R> {
    fn lock(&self) -> MutexGuard<'_, Work<R>> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, at: usize, done: R) {
        let mut work = self.lock();
        work.done.insert(at, done);
        self.tell(work);
    }

    /// Wakes those who wait for a change.
    fn tell(&self, work: MutexGuard<'_, Work<R>>) {
        let waiting = work.waiting > 0;
        drop(work);
        if waiting {
            self.changed.notify_all();
        }
    }

    /// Waits for a change.
    fn wait<'d>(&self, mut work: MutexGuard<'d, Work<R>>) -> MutexGuard<'d, Work<R>> {
        work.waiting += 1;
        let mut work = self.changed.wait(work).unwrap_or_else(PoisonError::into_inner);
        work.waiting -= 1;
        work
    }

    /// The next item, once it is not too far ahead; `None` if there is nothing more to do.
    fn wait_for<'i, T>(&self, items: &'i [T]) -> Option<(usize, &'i T)> {
        let mut work = self.lock();
        loop {
            let item = items.get(work.next).filter(|_| !work.ended)?;
            if work.next < work.handed + self.ahead {
                work.next += 1;
                return Some((work.next - 1, item));
            }
            work = self.wait(work);
        }
    }

    /// What is done, if it is the turn's; or what can be begun until then.
    fn next<'i, T>(&self, turn: usize, items: &'i [T]) -> Next<'i, T, R> {
        let mut work = self.lock();
        loop {
            if let Some(done) = work.done.remove(&turn) {
                work.handed = turn + 1;
                self.tell(work);
                return Next::Done(done);
            }
            if work.ended {
                return Next::Lost;
            }
            let at = work.next;
            if let Some(item) = items.get(at).filter(|_| at < turn + self.ahead) {
                work.next += 1;
                return Next::Begin(at, item);
            }
            work = self.wait(work);
        }
    }
}

/// Lets the others know when a thread goes.
struct Leaving<'d, R> {
    desk: &'d Desk<R>,
    /// Whether nothing new is to be begun then; so it is in any case when a thread goes in a panic.
    early: bool,
}

impl<R> Drop for Leaving<'_, R> {
    fn drop(&mut self) {
        let mut work = self.desk.lock();
        work.ended |= self.early || std::thread::panicking();
        self.desk.tell(work);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files and rows must come in their order however fast each was, or the same input would give other output.
    #[test]
    fn what_is_done_comes_in_turn_and_no_more_than_is_wanted() {
        let items: Vec<u64> = (0..50).collect();
        for others in [0, 1, 3] {
            let mut seen = Vec::new();
            let work = |own: &mut u64, n: &u64| {
                *own += 1;
                std::thread::sleep(std::time::Duration::from_micros(n * 7 % 5 * 100));
                n * 2
            };
            in_turn(
                &items,
                others,
                |_| 0,
                work,
                |n| {
                    seen.push(n);
                    if n == 60 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                },
            );
            assert_eq!(seen, (0..=60).step_by(2).collect::<Vec<u64>>(), "{others}");
        }
    }

    #[test]
    fn what_is_made_of_many_is_in_their_order() {
        for count in [0, 1, 255, 5_000] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(each_of(&items, |n| n * 2), items.iter().map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    /// A thread that ends in a panic must end the run, not leave the others waiting for what it had begun.
    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_elsewhere_is_no_endless_wait() {
        let here = std::thread::current().id();
        let work = |(): &mut (), n: &u32| {
            std::thread::sleep(std::time::Duration::from_millis(1));
            assert!(*n < 20 || std::thread::current().id() == here, "on purpose");
        };
        let items: Vec<u32> = (0..1_000).collect();
        in_turn(&items, 2, |_| (), work, |()| ControlFlow::Continue(()));
    }
}
