//! Which change is on in this run, and which places a run comes by. Put into the copy of the program by tests/mutants.
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

static CHOSEN: LazyLock<u32> =
    LazyLock::new(|| std::env::var("MUTANT").ok().and_then(|number| number.parse().ok()).unwrap_or(0));

static REACHED: LazyLock<Option<File>> =
    LazyLock::new(|| OpenOptions::new().append(true).create(true).open(std::env::var_os("REACHED")?).ok());

static SEEN: [AtomicBool; PLACES] = [const { AtomicBool::new(false) }; PLACES];

/// The change that is on; 0 for none.
pub(crate) fn chosen() -> u32 {
    *CHOSEN
}

/// Writes down, if somebody wants to know, that this place has been reached: by this process or one that it started.
pub(crate) fn reach(place: usize) {
    if let Some(mut file) = REACHED.as_ref()
        && !SEEN[place].swap(true, Ordering::Relaxed)
    {
        let _ = file.write_all(format!("{place}\n").as_bytes());
    }
}
