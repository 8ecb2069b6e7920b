//! Whether a rule file has changed since it was last looked at.
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::project::rule_files;

/// How long to wait between two looks.
pub const PAUSE: Duration = Duration::from_millis(300);

/// When each rule file was last written, and how long it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamps(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl Stamps {
    /// Looks at the rule files among `paths` and below them.
    pub fn look(paths: &[PathBuf]) -> Self {
        let stamp = |path: PathBuf| {
            let seen = std::fs::metadata(&path).map(|m| (m.modified().ok(), m.len())).ok()?;
            Some((path, seen))
        };
        Self(rule_files(paths).into_iter().filter_map(stamp).collect())
    }

    /// Looks again, and says whether a rule file was written, added or taken away.
    pub fn changed(&mut self, paths: &[PathBuf]) -> bool {
        let now = Self::look(paths);
        let changed = now != *self;
        *self = now;
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_added_or_removed_rule_file_is_seen_once() {
        let folder = tempfile::tempdir().unwrap();
        let (rules, plan) = (folder.path().join("a.rules"), folder.path().join("a.plan"));
        let paths = [folder.path().to_path_buf()];
        std::fs::write(&rules, "# 1").unwrap();
        let mut stamps = Stamps::look(&paths);
        assert!(!stamps.changed(&paths));
        std::fs::write(&rules, "# 12").unwrap();
        assert!(stamps.changed(&paths));
        assert!(!stamps.changed(&paths));
        std::fs::write(plan, "事業").unwrap();
        assert!(!stamps.changed(&paths), "plans are not rules");
        std::fs::File::options().append(true).open(&rules).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert!(stamps.changed(&paths), "of the same length, written at another time");
        std::fs::write(folder.path().join("b.rules"), "").unwrap();
        assert!(stamps.changed(&paths));
        std::fs::remove_file(rules).unwrap();
        assert!(stamps.changed(&paths));
        assert!(!stamps.changed(&paths));
    }
}
