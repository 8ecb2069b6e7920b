//! `totsugo check --changed-since REV`: only what a change introduced.
use super::{FAILED, Outcome, Session};
use crate::project::{Chosen, NoRevision, Read};

impl Session<'_> {
    /// What a check is to show if only new findings are wanted, and what is to be said about that.
    ///
    /// # Errors
    /// How the run ends instead.
    pub(super) fn since(&self, chosen: Chosen, read: &Read) -> Result<(Chosen, String), Outcome> {
        let Some(revision) = self.one("changed-since") else { return Ok((chosen, String::new())) };
        let paths = self.paths();
        match self.timed("verbose-since", || self.shown(|_| self.scope(&paths).earlier(revision, read, &chosen))) {
            Ok(Ok(earlier)) => {
                let note = |path: &String| format!("{}\n", self.say("since-elsewhere", &[("path", path)]));
                let told =
                    if self.is_set("quiet") { String::new() } else { earlier.elsewhere.iter().map(note).collect() };
                Ok((chosen.since(earlier), told))
            }
            Ok(Err(stopped)) => Err(self.no_check(stopped, &read.sources)),
            Err(refusal) => Err((String::new(), self.no_revision(&refusal), FAILED)),
        }
    }

    /// Why the files of a revision cannot be had, and what to do.
    fn no_revision(&self, refusal: &NoRevision) -> String {
        let (id, help, arguments): (_, _, [(&'static str, &dyn ToString); 1]) = match refusal {
            NoRevision::NoGit(reason) => ("since-no-git", "since-no-git-help", [("reason", reason)]),
            NoRevision::NoRepository(reason) => {
                ("since-no-repository", "since-no-repository-help", [("reason", reason)])
            }
            NoRevision::Unknown { revision, shallow: true } => {
                ("since-unknown", "since-shallow-help", [("revision", revision)])
            }
            NoRevision::Unknown { revision, shallow: false } => {
                ("since-unknown", "since-unknown-help", [("revision", revision)])
            }
            NoRevision::NoBase { revision, shallow: true } => {
                ("since-no-base", "since-shallow-help", [("revision", revision)])
            }
            NoRevision::NoBase { revision, shallow: false } => {
                ("since-no-base", "since-no-base-help", [("revision", revision)])
            }
            NoRevision::Missing => ("since-missing", "since-missing-help", [("revision", &"")]),
            NoRevision::Failed(reason) => ("since-failed", "since-failed-help", [("reason", reason)]),
        };
        format!("{}\n  {}\n", self.say(id, &arguments), self.say(help, &arguments))
    }
}
