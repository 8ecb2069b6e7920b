//! Libraries that read old formats were not all written for hostile files: should one of them give up by a panic, the
//! file is refused like any other that is damaged, and nothing is printed.
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use super::sheet::Refusal;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `read`; a panic in it is a refusal. What it has begun is thrown away, so nothing half done is seen.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |about| {
            if !GUARDED.get() {
                before(about);
            }
        }));
    });
    let outer = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(outer);
    done.unwrap_or_else(|_| Err(Refusal::new("sheet-damaged", "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One bad file must not end the check of all others.
    #[test]
    fn a_library_that_gives_up_refuses_the_file() {
        let refused = guarded::<()>(|| panic!("index out of range"));
        assert_eq!(refused, Err(Refusal::new("sheet-damaged", "")));
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }
}
