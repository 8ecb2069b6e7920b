//! Waits for the files of a project to change.
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::files::Kind;
use super::read::Scope;
use crate::config::FILE;
use crate::text::Sources;

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(300);
/// How long a file that has changed is left alone, and how often: it may be half written.
const SETTLE: (Duration, u32) = (Duration::from_millis(60), 20);

/// When each file was last written, and how long it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamps(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl Stamps {
    /// Looks at files; one that is not there has no stamp.
    #[must_use]
    pub fn of(files: impl IntoIterator<Item = PathBuf>) -> Self {
        let stamp = |path: PathBuf| {
            let seen = std::fs::metadata(&path).map(|m| (m.modified().ok(), m.len())).ok()?;
            Some((path, seen))
        };
        Self(files.into_iter().filter_map(stamp).collect())
    }

    /// Waits until `look` sees a file written, added or taken away, and then until nothing moves any more.
    pub fn wait(self, look: impl Fn() -> Self) {
        let mut last = loop {
            std::thread::sleep(PAUSE);
            let now = look();
            if now != self {
                break now;
            }
        };
        for _ in 0..SETTLE.1 {
            std::thread::sleep(SETTLE.0);
            let now = look();
            if now == last {
                return;
            }
            last = now;
        }
    }
}

impl Scope<'_> {
    /// The files that a check reads as they are now.
    #[must_use]
    pub fn stamps(&self) -> Stamps {
        let files = self.find(&mut Sources::default()).all();
        Stamps::of(files.into_iter().chain([PathBuf::from(FILE)]))
    }

    /// The rule files as they are now.
    #[must_use]
    pub fn stamps_of_rules(&self) -> Stamps {
        let files = self.find(&mut Sources::default()).seen;
        Stamps::of(files.into_iter().filter(|(_, is)| *is == Kind::Rules).map(|(path, _)| path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_added_or_removed_file_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a.rules"), folder.path().join("b.plan"));
        let look = || Stamps::of([a.clone(), b.clone()]);
        let nothing = look();
        std::fs::write(&a, "# 1").unwrap();
        let first = look();
        assert_ne!(first, nothing);
        assert_eq!(first, look());
        std::fs::write(&a, "# 12").unwrap();
        let longer = look();
        assert_ne!(longer, first);
        std::fs::File::options().append(true).open(&a).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_ne!(longer, look(), "of the same length, written at another time");
        std::fs::write(&b, "").unwrap();
        assert_eq!(look().0.len(), 2);
        std::fs::remove_file(&a).unwrap();
        std::fs::remove_file(&b).unwrap();
        assert_eq!(look(), nothing);
    }

    #[test]
    fn it_waits_until_a_file_is_whole() {
        let looks = std::cell::Cell::new(0_u64);
        let look = || {
            looks.set(looks.get() + 1);
            // Nothing yet, then three writes one after the other, then quiet.
            let length = looks.get().saturating_sub(2).min(3);
            Stamps(BTreeMap::from([(PathBuf::from("a"), (None, length))]))
        };
        Stamps(BTreeMap::from([(PathBuf::from("a"), (None, 0))])).wait(look);
        assert_eq!(looks.get(), 6);
    }
}
