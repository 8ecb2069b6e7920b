//! Work on several threads that comes out in order.
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;

/// How many threads may work at once: as many as the system lets this process run, at least one.
#[must_use]
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Done pieces that wait for their turn, by thread: more would only be memory.
const WAITING: usize = 2;

/// Does `work` for each of `items` on so many other threads, a few items ahead, and gives what comes of it to `each` on this
/// one, in the order of the items, until that has enough. With no other thread all is done here.
pub fn in_turn<T: Sync, R: Send>(
    items: &[T],
    others: usize,
    work: impl Fn(&T) -> R + Sync,
    mut each: impl FnMut(R) -> ControlFlow<()>,
) {
    if others == 0 {
        // Enough is enough either way.
        let _ = items.iter().try_for_each(|item| each(work(item)));
        return;
    }
    std::thread::scope(|scope| {
        let work = &work;
        let lanes = (0..others).map(|lane| {
            let (send, receive) = sync_channel(WAITING);
            scope.spawn(move || {
                // Nobody receives any more when there is enough.
                let _ = items.iter().skip(lane).step_by(others).try_for_each(|item| send.send(work(item)));
            });
            receive
        });
        let lanes: Vec<_> = lanes.collect();
        for lane in lanes.iter().cycle().take(items.len()) {
            let Ok(done) = lane.recv() else { return };
            if each(done).is_break() {
                return;
            }
        }
    });
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
            let work = |n: &u64| {
                std::thread::sleep(std::time::Duration::from_micros(n * 7 % 5 * 100));
                n * 2
            };
            in_turn(&items, others, work, |n| {
                seen.push(n);
                if n == 60 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            assert_eq!(seen, (0..=60).step_by(2).collect::<Vec<u64>>(), "{others}");
        }
    }
}
