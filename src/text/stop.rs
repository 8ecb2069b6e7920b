//! What a long work and the one who waits for it know of each other: how far it is, and whether it may end.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What a long work is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Files are read.
    Files,
    /// Their texts become facts.
    Facts,
    /// Rules are run.
    Rules,
}

/// The phases by their numbers; nothing has begun at number 0.
const PHASES: [Phase; 3] = [Phase::Files, Phase::Facts, Phase::Rules];

/// Shared between who works and who waits. The default is never set.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<Shared>);

/// The numbers are for the eye: who looks between two of them sees a count of the phase before, no more.
#[derive(Debug, Default)]
struct Shared {
    set: AtomicBool,
    phase: AtomicUsize,
    done: AtomicUsize,
    of: AtomicUsize,
}

impl Stop {
    /// Says that the work may end; its outcome will not be used.
    pub fn set(&self) {
        self.0.set.store(true, Ordering::Relaxed);
    }

    /// Whether the work may end.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.set.load(Ordering::Relaxed)
    }

    /// The work begins a phase of so many steps.
    pub fn begin(&self, phase: Phase, steps: usize) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.of.store(steps, Ordering::Relaxed);
        self.0.phase.store(PHASES.iter().position(|p| *p == phase).map_or(0, |n| n + 1), Ordering::Relaxed);
    }

    /// One step of the phase is done.
    pub fn step(&self) {
        self.0.done.fetch_add(1, Ordering::Relaxed);
    }

    /// The phase, the steps that are done and how many there are; `None` before the first phase.
    #[must_use]
    pub fn reached(&self) -> Option<(Phase, usize, usize)> {
        let phase = PHASES.get(self.0.phase.load(Ordering::Relaxed).checked_sub(1)?)?;
        Some((*phase, self.0.done.load(Ordering::Relaxed), self.0.of.load(Ordering::Relaxed)))
    }
}
