//! A way to say to long work that nobody waits for it any more.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Shared between who works and who waits. The default is never set.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Says that the work may end; its outcome will not be used.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the work may end.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
