//! What the server has on its desk: the open texts, the settings, and the views of the project. After an edit the files
//! that have to do with it are read and checked at once; the whole project is, if that takes long, beside the conversation.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use gen_lsp_types::{Position, TextDocumentContentChangeEvent, TextDocumentPositionParams, Uri};

use super::check::Job;
use super::place;
use super::view::View;
use crate::findings::{Lang, Messages};
use crate::project::{Disk, Settings, ending};
use crate::text::{Source, SourceId, Stop};

/// A project whose check takes longer than this is checked beside the conversation.
const AT_ONCE: Duration = Duration::from_millis(60);

/// A text that the editor has open.
struct Document {
    uri: Uri,
    version: i32,
    source: Source,
}

/// A place that a request asks about.
pub(super) struct Here {
    pub(super) view: Arc<View>,
    pub(super) id: SourceId,
    pub(super) offset: usize,
}

impl Here {
    pub(super) fn source(&self) -> Option<&Source> {
        self.view.read.sources.get(self.id)
    }
}

pub(super) struct Desk {
    pub(super) messages: Arc<Messages>,
    pub(super) lang: Lang,
    /// Whether the editor fills in snippets.
    pub(super) snippets: bool,
    root: PathBuf,
    folders: Vec<PathBuf>,
    settings: Arc<Settings>,
    disk: Disk,
    documents: BTreeMap<PathBuf, Document>,
    whole: Option<Arc<View>>,
    /// The files that were edited and those that have to do with them, as they are now.
    near: Option<Arc<View>>,
    /// Files that were edited since the whole project was read.
    edited: BTreeSet<PathBuf>,
    /// Whether something is not in a view yet.
    pub(super) dirty: bool,
    /// Whether rules, settings, mappings or files have changed.
    everything: bool,
    /// How long the last check of the whole took.
    cost: Option<Duration>,
    stop: Stop,
    generation: u64,
    /// Set when the request that is being answered is cancelled.
    pub(super) asked: Stop,
    /// The generation of the view of the whole: one that was begun before it and arrives later is old.
    known: u64,
    /// Whether the editor takes edits that name the version of a text.
    pub(super) versioned: bool,
}

impl Desk {
    pub(super) fn new(messages: Arc<Messages>, lang: Lang, root: PathBuf, folders: Vec<PathBuf>) -> Self {
        let disk = Disk::default();
        Self {
            messages,
            lang,
            snippets: false,
            root,
            folders,
            settings: Arc::new(Settings::read(&disk)),
            disk,
            documents: BTreeMap::new(),
            whole: None,
            near: None,
            edited: BTreeSet::new(),
            dirty: true,
            everything: true,
            cost: None,
            stop: Stop::default(),
            generation: 0,
            asked: Stop::default(),
            known: 0,
            versioned: false,
        }
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The file of a URI, by the one name that it has here.
    pub(super) fn path(&self, uri: &Uri) -> Option<PathBuf> {
        let path = place::path_of(uri)?;
        Some(Disk::name(&path))
    }

    /// The version of an open text.
    pub(super) fn version(&self, uri: &Uri) -> Option<i32> {
        self.documents.values().find(|d| d.uri == *uri).map(|d| d.version)
    }

    /// An open text as it is now.
    pub(super) fn text(&self, uri: &Uri) -> Option<&Source> {
        Some(&self.documents.get(&self.path(uri)?)?.source)
    }

    pub(super) fn open(&mut self, uri: Uri, version: i32, text: String) {
        let Some(path) = self.path(&uri) else { return };
        let document = Document { uri, version, source: Source::new("", text) };
        self.disk.open(&path, Arc::from(document.source.text.as_str()));
        self.documents.insert(path.clone(), document);
        self.touch(&path);
    }

    /// Applies changes; `false` if the text is not open or a newer version of it is.
    pub(super) fn change(&mut self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) -> bool {
        let Some(path) = self.path(uri) else { return false };
        let Some(document) = self.documents.get_mut(&path) else { return false };
        if version < document.version {
            return false;
        }
        for change in changes {
            let text = match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => whole.text,
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let at = |position: Position| place::offset(&document.source, position);
                    let (start, end) = (at(part.range.start), at(part.range.end));
                    let mut text = document.source.text.to_string();
                    text.replace_range(start..end.max(start), &part.text);
                    text
                }
            };
            document.source = Source::new("", text);
        }
        document.version = version;
        self.disk.open(&path, Arc::from(document.source.text.as_str()));
        self.touch(&path);
        true
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        let Some(path) = self.path(uri) else { return };
        self.documents.remove(&path);
        self.disk.close(&path);
        self.touch(&path);
    }

    /// Something on the disk has changed.
    pub(super) fn changed_on_disk(&mut self, uris: &[Uri]) {
        // What is open counts as it is in the editor.
        let mut paths = uris.iter().filter_map(|uri| self.path(uri));
        if paths.any(|path| !self.documents.contains_key(&path)) {
            self.dirty = true;
            self.everything = true;
        }
    }

    fn touch(&mut self, path: &Path) {
        self.dirty = true;
        if ending(path) != "plan" || self.whole.as_ref().is_none_or(|w| w.source(path).is_none()) {
            self.everything = true;
        }
        self.edited.insert(path.to_path_buf());
        // What is under way is of the texts before.
        self.stop.set();
    }

    fn job(&mut self, paths: Vec<PathBuf>, partial: bool) -> Job {
        let known = self.near.as_ref().or(self.whole.as_ref());
        Job {
            settings: Arc::clone(&self.settings),
            messages: Arc::clone(&self.messages),
            disk: self.disk.clone(),
            root: self.root.clone(),
            uris: self.documents.iter().map(|(path, d)| (path.clone(), d.uri.clone())).collect(),
            paths,
            rules: known.filter(|_| !self.everything).map(|view| Arc::clone(&view.read.rules)),
            partial,
            stop: Stop::default(),
        }
    }

    fn whole_job(&mut self) -> Job {
        let set = self.settings.paths();
        let mut paths = if set.is_empty() { vec![PathBuf::from(".")] } else { set };
        paths.extend(self.folders.iter().cloned());
        self.job(paths, false)
    }

    /// Brings the views up to date: gives the view whose findings are new, and what is to be done beside, with its number.
    pub(super) fn refresh(&mut self) -> (Option<Arc<View>>, Option<(u64, Job)>) {
        self.dirty = false;
        self.generation += 1;
        if self.everything {
            let mut settings = Settings::read(&self.disk);
            settings.look(true);
            self.settings = Arc::new(settings);
        }
        if self.cost.is_some_and(|cost| cost <= AT_ONCE) {
            let job = self.whole_job();
            let started = Instant::now();
            let view = job.run();
            return (view.map(|view| self.arrived(self.generation, view, started.elapsed())), None);
        }
        // Only what was edited, and what has to do with it.
        let mut paths: BTreeSet<PathBuf> = BTreeSet::new();
        for path in self.edited.iter().filter(|p| ending(p) == "plan") {
            paths.extend(self.whole.as_ref().map_or_else(|| BTreeSet::from([path.clone()]), |w| w.neighbours(path)));
        }
        paths.retain(|path| path.exists() || self.disk.text(path).is_some());
        let near =
            if paths.is_empty() { None } else { self.job(paths.into_iter().collect(), true).run().map(Arc::new) };
        self.near = near.clone();
        let job = self.whole_job();
        self.stop = job.stop.clone();
        (near, Some((self.generation, job)))
    }

    /// The whole project was checked. What was edited meanwhile stays as it was seen after the edit.
    pub(super) fn arrived(&mut self, generation: u64, view: View, cost: Duration) -> Arc<View> {
        if generation < self.known
            && let Some(newer) = &self.whole
        {
            return Arc::clone(newer);
        }
        self.known = generation;
        let view = Arc::new(view);
        self.whole = Some(Arc::clone(&view));
        self.cost = Some(cost);
        if generation == self.generation && !self.dirty {
            self.near = None;
            self.edited.clear();
            self.everything = false;
        }
        view
    }

    /// Whether the whole project was checked once.
    pub(super) fn whole_is_known(&self) -> bool {
        self.whole.is_some()
    }

    /// Whether the findings of a file in a view of the whole are those of its text as it is now.
    pub(super) fn is_current(&self, path: &Path) -> bool {
        !self.edited.contains(path)
    }

    /// The view that knows a file as it is now; one is made if there is none.
    pub(super) fn view(&mut self, path: &Path) -> Option<Arc<View>> {
        let knows = |view: &&Arc<View>| view.source(path).is_some();
        if let Some(near) = self.near.as_ref().filter(knows) {
            return Some(Arc::clone(near));
        }
        if let Some(whole) = self.whole.as_ref().filter(knows).filter(|_| !self.edited.contains(path)) {
            return Some(Arc::clone(whole));
        }
        let job = self.job(vec![path.to_path_buf()], true);
        let made = Arc::new(job.run()?);
        self.near = Some(Arc::clone(&made));
        Some(made)
    }

    /// The view of the whole project, as far as there is one.
    pub(super) fn whole(&self) -> Option<Arc<View>> {
        self.whole.clone().or_else(|| self.near.clone())
    }

    /// A file and what is known of it.
    pub(super) fn file(&mut self, uri: &Uri) -> Option<(Arc<View>, SourceId)> {
        if let Some(path) = uri.0.strip_prefix(place::BUILT_IN) {
            let view = self.whole()?;
            let id = view.built_in(path)?;
            return Some((view, id));
        }
        let path = self.path(uri)?;
        let view = self.view(&path)?;
        let id = view.source(&path)?.0;
        Some((view, id))
    }

    /// A place in the project as it is now, all of it: who changes or counts things in many files must see them all.
    pub(super) fn here_in_all(&mut self, at: &TextDocumentPositionParams) -> Option<Here> {
        self.complete();
        self.here(at)
    }

    /// Reads the whole project if it has not been read yet, or if its rules and settings have changed since; an edited plan
    /// is seen in a view of its own.
    pub(super) fn ready(&mut self) {
        if self.whole.is_none() || self.everything {
            self.complete();
        }
    }

    /// Reads the whole project if there is no view of it as it is now.
    pub(super) fn complete(&mut self) {
        if self.whole.is_some() && self.edited.is_empty() && !self.everything {
            return;
        }
        let started = Instant::now();
        let job = Job { stop: self.asked.clone(), ..self.whole_job() };
        if let Some(view) = job.run() {
            self.arrived(self.generation, view, started.elapsed());
        }
    }

    /// A place and what is known of it.
    pub(super) fn here(&mut self, at: &TextDocumentPositionParams) -> Option<Here> {
        let (view, id) = self.file(&at.text_document.uri)?;
        let offset = place::offset(view.read.sources.get(id)?, at.position);
        Some(Here { view, id, offset })
    }

    pub(super) fn say(&self, id: &str, arguments: &[(&'static str, &dyn ToString)]) -> String {
        self.messages.text(self.lang, id, arguments)
    }
}
