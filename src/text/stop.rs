//! What a long work and the one who waits for it know of each other: how far it is, and whether it may end.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

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
#[derive(Debug)]
struct Shared {
    set: AtomicBool,
    phase: AtomicUsize,
    done: AtomicUsize,
    of: AtomicUsize,
    /// How much was found and looked at, and how much may be.
    found: AtomicUsize,
    text: AtomicUsize,
    looked: AtomicU64,
    most_found: AtomicUsize,
    most_looked: AtomicU64,
    /// Whether it was more.
    too_many_found: AtomicBool,
    too_much_looked: AtomicBool,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            set: AtomicBool::default(),
            phase: AtomicUsize::default(),
            done: AtomicUsize::default(),
            of: AtomicUsize::default(),
            found: AtomicUsize::default(),
            text: AtomicUsize::default(),
            looked: AtomicU64::default(),
            most_found: AtomicUsize::new(MOST_FINDINGS),
            most_looked: AtomicU64::new(MOST_STEPS),
            too_many_found: AtomicBool::default(),
            too_much_looked: AtomicBool::default(),
        }
    }
}

/// A limit that a run has met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// So many findings, or more in their sentences than a memory is for.
    Findings(usize),
    /// So many million rows that rules look at.
    Steps(u64),
}

/// So many million rows may the rules of a run look at, if nobody says otherwise: a whole country stays far below, a rule over
/// all triples of rows does not end.
const MOST_STEPS: u64 = 10_000;

/// So many findings may a run have, if nobody says otherwise: nobody reads more, and a rule that finds fault with every pair
/// of rows must not fill the memory.
const MOST_FINDINGS: usize = 1_000_000;
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

    /// Sets how much a run may find or look at.
    pub fn allow(&self, limit: Limit) {
        match limit {
            Limit::Findings(most) => self.0.most_found.store(most, Ordering::Relaxed),
            Limit::Steps(most) => self.0.most_looked.store(most, Ordering::Relaxed),
        }
    }

    /// A run begins: nothing is found or looked at yet.
    pub fn begin_run(&self) {
        self.0.found.store(0, Ordering::Relaxed);
        self.0.text.store(0, Ordering::Relaxed);
        self.0.looked.store(0, Ordering::Relaxed);
    }

    /// Something was found, with so many bytes of sentences. Whether there is too much in all is the same on any number of
    /// threads; the work then ends.
    pub fn found(&self, bytes: usize) {
        let found = self.0.found.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let text = self.0.text.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if found > self.0.most_found.load(Ordering::Relaxed) || text > MOST_WORDS {
            self.0.too_many_found.store(true, Ordering::Relaxed);
            self.set();
        }
    }

    /// So many more rows were looked at. Whether there are too many in all is the same on any number of threads; the work
    /// then ends.
    pub fn looked(&self, rows: u64) {
        let looked = self.0.looked.fetch_add(rows, Ordering::Relaxed).saturating_add(rows);
        if looked > self.0.most_looked.load(Ordering::Relaxed).saturating_mul(1_000_000) {
            self.0.too_much_looked.store(true, Ordering::Relaxed);
            self.set();
        }
    }

    /// The limit that was met, if one was.
    #[must_use]
    pub fn met(&self) -> Option<Limit> {
        if self.0.too_many_found.load(Ordering::Relaxed) {
            return Some(Limit::Findings(self.0.most_found.load(Ordering::Relaxed)));
        }
        let steps = || Limit::Steps(self.0.most_looked.load(Ordering::Relaxed));
        self.0.too_much_looked.load(Ordering::Relaxed).then(steps)
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
