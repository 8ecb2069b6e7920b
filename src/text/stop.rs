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
    /// How much was found, how much may be (0: the usual), and whether it was more.
    found: AtomicUsize,
    text: AtomicUsize,
    most: AtomicUsize,
    full: AtomicBool,
}

/// So many findings may a run have, if nobody says otherwise: nobody reads more, and a rule that finds fault with every pair
/// of rows must not fill the memory.
pub const MOST_FINDINGS: usize = 1_000_000;
/// So many bytes may their sentences have together.
pub const MOST_WORDS: usize = 256 << 20;

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

    /// Lets a run find so many things.
    pub fn allow(&self, findings: usize) {
        self.0.most.store(findings, Ordering::Relaxed);
    }

    /// How many things a run may find.
    #[must_use]
    pub fn allowed(&self) -> usize {
        match self.0.most.load(Ordering::Relaxed) {
            0 => MOST_FINDINGS,
            most => most,
        }
    }

    /// A run begins: nothing is found yet.
    pub fn nothing_found(&self) {
        self.0.found.store(0, Ordering::Relaxed);
        self.0.text.store(0, Ordering::Relaxed);
    }

    /// Something was found, with so many bytes of sentences. Whether there is too much in all is the same on any number of
    /// threads; the work then ends.
    pub fn found(&self, bytes: usize) {
        let found = self.0.found.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let text = self.0.text.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if found > self.allowed() || text > MOST_WORDS {
            self.0.full.store(true, Ordering::Relaxed);
            self.set();
        }
    }

    /// Whether more was found than may be.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.0.full.load(Ordering::Relaxed)
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
