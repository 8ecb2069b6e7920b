//! The files of a project as they were at a revision that git knows, in memory.
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::disk::{LARGEST, whole};
use super::files::{Kind, kind};
use super::git::{Entry, Git, NoRevision};

/// How many links may lead from one to the next.
const MOST_LINKS: usize = 8;
/// How a file begins that Git LFS keeps elsewhere.
const ELSEWHERE: &[u8] = b"version https://git-lfs.github.com/spec/";

/// Files by their full names.
#[derive(Debug)]
pub(super) struct Tree {
    root: PathBuf,
    files: BTreeMap<PathBuf, Arc<[u8]>>,
    /// Files whose contents git does not have itself (Git LFS).
    pub elsewhere: Vec<PathBuf>,
}

impl Tree {
    /// Reads what a check of `paths` would read if the work tree were that of the revision. What git does not keep (a
    /// place outside of the repository) is no part of the tree.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(git: Git, commit: &str, paths: &[PathBuf]) -> Result<Self, NoRevision> {
        let root = git.root()?;
        let scope: Vec<PathBuf> = paths.iter().map(|path| whole(path)).collect();
        let entries: BTreeMap<PathBuf, Entry> = git.list(commit)?.into_iter().collect();
        let wanted = |path: &Path| {
            let whole = root.join(path);
            match kind(path) {
                Ok(Kind::Rules) => false,
                // A mapping is read where it lies beside a sheet that is named.
                Ok(Kind::Mapping) => scope.iter().any(|p| whole.starts_with(p) || whole.parent() == p.parent()),
                Ok(_) => scope.iter().any(|p| whole.starts_with(p)),
                Err(_) => scope.contains(&whole),
            }
        };
        let mut files = BTreeMap::new();
        let mut elsewhere = Vec::new();
        let mut contents = git.contents()?;
        for (path, first) in entries.iter().filter(|(path, _)| wanted(path)) {
            let (mut at, mut entry) = (path.clone(), first);
            for _ in 0..MOST_LINKS {
                // What is too large was not read either.
                let Some(bytes) = contents.of(entry, LARGEST)? else { break };
                if !entry.link {
                    if bytes.starts_with(ELSEWHERE) {
                        elsewhere.push(path.clone());
                    }
                    // A link may be asked for by its own name or by that of its end.
                    let bytes: Arc<[u8]> = bytes.into();
                    files.insert(root.join(path), Arc::clone(&bytes));
                    files.insert(root.join(&at), bytes);
                    break;
                }
                let Some(next) = std::str::from_utf8(&bytes).ok().and_then(|to| follow(&at, to)) else { break };
                let Some(found) = entries.get(&next) else { break };
                (at, entry) = (next, found);
            }
        }
        Ok(Self { root, files, elsewhere })
    }

    /// Whether a full name is one of a place that the tree speaks for.
    pub fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.root)
    }

    /// The bytes of a file by its full name.
    pub fn bytes(&self, path: &Path) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// The files at and below a place, named as the place was, without those that a check passes over.
    pub fn files<'a>(&'a self, place: &'a Path) -> impl Iterator<Item = PathBuf> + 'a {
        let above = whole(place);
        let below = self.files.keys().filter_map(move |path| path.strip_prefix(&above).ok());
        let passed = |part: Component<'_>| {
            let name = part.as_os_str();
            name == "target" || name.as_encoded_bytes().starts_with(b".")
        };
        below
            .filter(move |rest| rest.as_os_str().is_empty() || (!rest.components().any(passed) && kind(rest).is_ok()))
            .map(move |rest| if rest.as_os_str().is_empty() { place.to_path_buf() } else { place.join(rest) })
    }
}

/// Where a link leads, seen from the root; `None` if that is outside.
fn follow(link: &Path, to: &str) -> Option<PathBuf> {
    let mut place = link.parent()?.to_path_buf();
    for part in Path::new(to).components() {
        match part {
            Component::Normal(name) => place.push(name),
            Component::CurDir => {}
            Component::ParentDir => place.pop().then_some(())?,
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_within_the_tree() {
        let follow = |link: &str, to: &str| follow(Path::new(link), to).map(|p| p.display().to_string());
        assert_eq!(follow("計画/今年.plan", "R6.plan").as_deref(), Some("計画/R6.plan"));
        assert_eq!(follow("計画/今年.plan", "../共通/./a.plan").as_deref(), Some("共通/a.plan"));
        assert_eq!(follow("a.plan", "../b.plan"), None);
        assert_eq!(follow("a.plan", "/etc/passwd"), None);
    }
}
