//! What there was to find before a change: the files as they were, checked in memory, and what is left of the findings of
//! now without them.
//!
//! The rules and the settings are those of now on both sides. So only what happened to the documents counts: a finding
//! that a new rule or another setting brings stood in the document before, and nobody's change of a document introduced
//! it. Mappings belong to the documents and are those of then.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::check::{Chosen, Stopped};
use super::disk::Disk;
use super::files::shown;
use super::git::{Git, NoRevision};
use super::read::{Read, Scope};
use super::tree::Tree;
use crate::findings::{Finding, Identities, Key};
use crate::text::{Severity, Span};

/// The findings that there were, by what they are known by.
#[derive(Debug, Default)]
pub struct Earlier {
    known: BTreeMap<Key, usize>,
    /// Files that could not be looked at as they were, since Git LFS keeps their contents elsewhere.
    pub elsewhere: Vec<String>,
}

impl Scope<'_> {
    /// What there was to find before the changes since `revision`, with the rules of `read`.
    ///
    /// # Errors
    /// Why the files of then cannot be had, or why there was no check.
    pub fn earlier(
        &self,
        revision: &str,
        read: &Read,
        chosen: &Chosen,
    ) -> Result<Result<Earlier, Stopped>, NoRevision> {
        let base = Git.base(revision)?;
        let paths: Vec<_> = self.paths.iter().cloned().chain(self.mapping.map(Into::into)).collect();
        let tree = Tree::read(Git, &base, &paths)?;
        let elsewhere = tree.elsewhere.iter().map(|path| shown(path)).collect();
        let disk = Disk::of_tree(Arc::new(tree));
        let then = Scope { disk: &disk, ..*self }.read_again(&read.rules, &mut |_, _| {});
        let remaining = match then.remaining(&then.shared(), chosen, self.settings, self.messages) {
            Ok((remaining, _)) => remaining.findings,
            Err(stopped) => return Ok(Err(stopped)),
        };
        let identities = Identities::new(&remaining, &then.sources, &then.workspace.facts);
        let mut known = BTreeMap::new();
        for finding in &remaining {
            *known.entry(identities.of(finding).key()).or_default() += 1;
        }
        Ok(Ok(Earlier { known, elsewhere }))
    }
}

impl Earlier {
    /// The findings of now that are new, and those that there were before; of equal ones as many as there were. What
    /// makes the run itself fail is always among the new ones: it would fail without saying why.
    pub(super) fn sift(&self, findings: Vec<Finding>, read: &Read) -> (Vec<Finding>, Vec<Finding>) {
        let identities = Identities::new(&findings, &read.sources, &read.workspace.facts);
        let keys: Vec<Key> = findings.iter().map(|finding| identities.of(finding).key()).collect();
        let faults = read.files.faults.iter().chain(&read.pack().faults);
        let grave: BTreeSet<(&str, Span)> =
            faults.filter(|f| f.severity == Severity::Error).map(|f| (f.code, f.span)).collect();
        let mut left = self.known.clone();
        let (mut new, mut old) = (Vec::new(), Vec::new());
        for (finding, key) in findings.into_iter().zip(keys) {
            let fails = finding.is_fault && grave.contains(&(finding.rule.as_str(), finding.span));
            match left.get_mut(&key).filter(|count| **count > 0 && !fails) {
                Some(count) => {
                    *count -= 1;
                    old.push(finding);
                }
                None => new.push(finding),
            }
        }
        (new, old)
    }
}
