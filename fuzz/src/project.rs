//! A project of files that lie in memory, and what must hold of everything that was read.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use totsugo::findings::Messages;
use totsugo::project::{Asked, Checked, Chosen, Disk, Fixed, Read, Rules, Scope, Settings, Wanted, fix};
use totsugo::text::Stop;

use super::faults_stand;

/// A folder that is not there.
const FOLDER: &str = "/totsugo-fuzz";

/// Files that lie in memory, and the rules, which are read once for all inputs.
pub struct Project {
    settings: Settings,
    messages: Messages,
    rules: Arc<Rules>,
    stop: Stop,
}

thread_local! {
    static PROJECT: Project = Project::new();
}

impl Project {
    fn new() -> Self {
        let (settings, messages, stop) = (Settings::default(), Messages::new(), Stop::default());
        let none = Scope {
            settings: &settings,
            messages: &messages,
            disk: &Disk::default(),
            paths: &[],
            mapping: None,
            guess: false,
            stop: &stop,
        };
        let rules = none.rules().0;
        Self { settings, messages, rules, stop }
    }

    /// Does something with the one project.
    pub fn with<T>(act: impl FnOnce(&Self) -> T) -> T {
        PROJECT.with(act)
    }

    /// The built-in rules and their texts.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The sentences of the program.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// Reads files of these names and bytes; of spreadsheets that no mapping is for, the mapping is guessed.
    pub fn read(&self, files: &[(&str, &[u8])]) -> Laid<'_> {
        let mut disk = Disk::default();
        let paths: Vec<PathBuf> = files.iter().map(|(name, _)| Path::new(FOLDER).join(name)).collect();
        for (path, (_, bytes)) in paths.iter().zip(files) {
            disk.lay(path, (*bytes).into());
        }
        let mut laid = Laid { project: self, disk, paths, read: None };
        laid.read = Some(laid.scope().read_again(&self.rules, &mut |_, _| {}));
        laid
    }
}

/// Files that were read.
pub struct Laid<'p> {
    project: &'p Project,
    disk: Disk,
    paths: Vec<PathBuf>,
    read: Option<Read>,
}

impl Laid<'_> {
    fn scope(&self) -> Scope<'_> {
        let Project { settings, messages, stop, .. } = self.project;
        Scope { settings, messages, disk: &self.disk, paths: &self.paths, mapping: None, guess: true, stop }
    }

    /// What was read.
    pub fn files(&self) -> &Read {
        self.read.as_ref().expect("it was read")
    }

    /// Checks all that was read by all rules; every place that is named must be there.
    pub fn check(&self) -> (Chosen, Checked) {
        let read = self.files();
        let (settings, messages) = (&self.project.settings, &self.project.messages);
        let chosen = Asked::default().resolve(read, settings, messages).expect("nothing was asked for");
        faults_stand(read.faults(), &read.sources);
        let checked = read.check(&chosen, settings, messages).expect("nothing is wrong with the settings");
        for finding in &checked.findings {
            let fix = finding.fix.iter().map(|f| f.span);
            for span in std::iter::once(finding.span).chain(finding.related.iter().map(|l| l.span)).chain(fix) {
                let text = &read.sources.get(span.source).expect("a source").text;
                assert!(text.as_str().get(span.range()).is_some(), "{finding:?} points out of its text");
            }
        }
        (chosen, checked)
    }

    /// Makes all fixes, also those that a person has to look at.
    pub fn fix(mut self) -> (Checked, Fixed) {
        let (chosen, before) = self.check();
        let read = self.read.take().expect("it was read");
        let wanted = Wanted { doubtful: true, workbooks: true };
        let again = Checked { findings: before.findings.clone(), summary: before.summary, outcome: Default::default() };
        let fixed = fix(self.scope(), &chosen, read, again, wanted).expect("nothing is wrong with the settings");
        (before, fixed)
    }
}
