//! Reads and checks a project, whole or in part, for one view of it.
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use gen_lsp_types::Uri;

use super::view::View;
use crate::findings::{Finding, Messages};
use crate::project::{Asked, Disk, Rules, Scope, Settings, Stopped};
use crate::text::Stop;

/// What is to be checked: all that it needs, so that it can be done beside the conversation.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) settings: Arc<Settings>,
    pub(super) messages: Arc<Messages>,
    pub(super) disk: Disk,
    pub(super) root: PathBuf,
    /// How the editor calls the files that it has open.
    pub(super) uris: BTreeMap<PathBuf, Uri>,
    /// Files and folders.
    pub(super) paths: Vec<PathBuf>,
    /// Rules that have been read before and have not changed.
    pub(super) rules: Option<Arc<Rules>>,
    /// Whether the paths are a part of the project.
    pub(super) partial: bool,
    pub(super) stop: Stop,
}

impl Job {
    /// The view; `None` if nobody waits for it any more.
    pub(super) fn run(self) -> Option<View> {
        let Self { settings, messages, disk, .. } = &self;
        let paths = &self.paths;
        let scope = Scope { settings, messages, disk, paths, mapping: None, guess: false, stop: &self.stop };
        let mut quiet = |_: &str, _: u64| {};
        let read = match &self.rules {
            Some(rules) => scope.read_again(rules, &mut quiet),
            None => scope.read(&mut quiet),
        };
        if self.stop.is_set() {
            return None;
        }
        let asked = Asked { stop: self.stop.clone(), ..Asked::default() };
        let checked =
            asked.resolve(&read, settings, messages).and_then(|chosen| read.check(&chosen, settings, messages));
        let findings = match checked {
            Ok(checked) => checked.findings,
            Err(Stopped::Settings(faults)) => faults.iter().map(|f| Finding::from_fault(f, messages)).collect(),
            Err(_) => Vec::new(),
        };
        if self.stop.is_set() {
            return None;
        }
        Some(View::new(&self.root, self.uris, read, findings, self.partial))
    }
}
