//! Reads what a run works on: the rules, the files that were named, and the facts in them.
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::disk::{Disk, whole};
use super::files::{Files, LeftOut, ending, shown, stem};
use super::settings::Settings;
use crate::findings::{Lang, Messages};
use crate::ingest::{Refusal, Sheets, Trouble, is_outline, mapping, propose, sheets, stored};
use crate::rules::{BUILT_IN, Pack, Workspace, read_all};
use crate::text::{Fault, Message, Severity, Source, SourceId, Sources, Stop};

/// What is to be read.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The settings of the project.
    pub settings: &'a Settings,
    /// The words of the program.
    pub messages: &'a Messages,
    /// The files.
    pub disk: &'a Disk,
    /// Files, and folders of them.
    pub paths: &'a [PathBuf],
    /// A mapping for the spreadsheets that are named.
    pub mapping: Option<&'a Path>,
    /// Whether spreadsheets that are named and that no mapping is for are read as `totsugo map` would propose.
    pub guess: bool,
    /// Set by who no longer waits for what is read; it is then not the whole.
    pub stop: &'a Stop,
}

/// The rules of a project: they are read before the facts, and serve for as many readings of them as are wanted.
#[derive(Debug)]
pub struct Rules {
    /// The settings and the rule files.
    pub sources: Sources,
    /// The rules.
    pub pack: Pack,
}

/// What was read.
#[derive(Debug)]
pub struct Read {
    /// All texts: those of the rules first.
    pub sources: Sources,
    /// The files that were found.
    pub files: Files,
    /// The rules.
    pub rules: Arc<Rules>,
    /// The spreadsheets.
    pub sheets: Sheets,
    /// The mappings that nobody wrote: proposed for spreadsheets that no other is for.
    pub guessed: Vec<SourceId>,
    /// The facts.
    pub workspace: Workspace,
}

impl Read {
    /// The rules.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.rules.pack
    }

    /// Whether the run itself has failed: a file that cannot be read, or not to its end, a bad rule file.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.files.failed || self.pack().has_errors() || self.sources.lost().is_some()
    }

    /// All faults of form.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.files.faults.iter().chain(&self.pack().faults).chain(&self.workspace.faults)
    }

    /// Whether there was nothing to check.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.plans.is_empty() && self.sheets.is_empty()
    }
}

impl Scope<'_> {
    /// Finds the files, reads the rules, then all the rest. `progress` hears now and then of the sheet that is read and
    /// of the cell or row that was reached.
    pub fn read(&self, progress: &mut dyn FnMut(&str, u64)) -> Read {
        let (rules, files) = self.rules();
        self.read_with(rules, files, progress)
    }

    /// The rules alone, and the files that were found and are not read yet. The built-in rules by themselves are read once
    /// in a process: a project without others, read again after a change or beside many, has them at once.
    #[must_use]
    pub fn rules(&self) -> (Arc<Rules>, Files) {
        static BUILT_IN_ALONE: OnceLock<Arc<Rules>> = OnceLock::new();
        let mut sources = self.settings.sources();
        let mut files = self.find(&mut sources);
        files.read_rules(&mut sources);
        let own = own_rules(&files.rules, &sources);
        let values = self.settings.config.values();
        let alone = sources.iter().next().is_none() && values.is_empty();
        let read = |mut sources: Sources| {
            let pack = Pack::load_with(&mut sources, &own, &values);
            Arc::new(Rules { sources, pack })
        };
        let rules = if alone { BUILT_IN_ALONE.get_or_init(|| read(sources)).clone() } else { read(sources) };
        (rules, files)
    }

    /// Finds the files and reads the facts, with rules that have been read before.
    pub fn read_again(&self, rules: &Arc<Rules>, progress: &mut dyn FnMut(&str, u64)) -> Read {
        let files = self.find(&mut rules.sources.clone());
        self.read_with(Arc::clone(rules), files, progress)
    }

    /// Finds the files; nothing is read.
    pub fn find(&self, sources: &mut Sources) -> Files {
        let mut paths = self.paths.to_vec();
        paths.extend(self.mapping.map(Path::to_path_buf));
        Files::find(&paths, &self.settings.packs(), self.disk, sources)
    }

    fn read_with(&self, rules: Arc<Rules>, mut files: Files, progress: &mut dyn FnMut(&str, u64)) -> Read {
        let mut sources = rules.sources.clone();
        files.read_plans(&mut sources, self.stop);
        let mut guessed = Vec::new();
        let sheets = self.sheets(&mut files, &rules.pack, &mut sources, &mut guessed, progress);
        let workspace = read_all(&rules.pack, &mut sources, &files.plans, &sheets, progress, self.stop);
        Read { sources, files, rules, sheets, guessed, workspace }
    }

    /// Reads the mappings, then the sheets that they are for.
    fn sheets(
        &self,
        files: &mut Files,
        pack: &Pack,
        sources: &mut Sources,
        guessed: &mut Vec<SourceId>,
        progress: &mut dyn FnMut(&str, u64),
    ) -> Sheets {
        let mut out = Sheets::default();
        let mut folders: Vec<&Path> = Vec::new();
        let mut asked_for = 0;
        // A mapping that was named is for every sheet that was named.
        let named = self.mapping.and_then(|path| path.canonicalize().ok());
        let mut chosen = None;
        for (n, (id, folder)) in files.mappings.iter().enumerate() {
            let Some(source) = sources.get(*id) else { continue };
            let before = files.faults.len();
            match mapping::read(*id, source, &pack.vocabulary, &mut files.faults) {
                Some(mapping) => {
                    if named.is_some() && Path::new(&source.path).canonicalize().ok() == named {
                        chosen = Some(out.mappings.len());
                    }
                    out.mappings.push(mapping);
                    asked_for += usize::from(n < files.asked_for);
                    folders.push(folder);
                }
                None => files.failed |= files.faults.len() > before,
            }
        }
        let broken = files.mappings.len() > out.mappings.len();
        let folders: Vec<PathBuf> = folders.into_iter().map(Path::to_path_buf).collect();
        let mut used = vec![false; out.mappings.len()];
        for (path, explicit) in std::mem::take(&mut files.sheets).into_iter().inspect(|_| self.stop.step()) {
            let below: Vec<Option<String>> = folders.iter().map(|folder| from_folder(&path, folder)).collect();
            let found = match chosen.filter(|_| explicit) {
                Some(chosen) => Some(chosen),
                None => out.mapping_for(&below, &shown(&path), &mut files.faults),
            };
            if found.is_none() && self.outline(files, &path, sources, &mut out) {
                continue;
            }
            let found = match found {
                None if self.guess && explicit => match self.propose(files, &path, pack, sources, &mut out) {
                    Proposed::Refused => continue,
                    Proposed::Nothing => None,
                    Proposed::Mapping(number) => {
                        guessed.extend(out.mappings.get(number).map(|m| m.span.source));
                        Some(number)
                    }
                },
                found => found,
            };
            let Some(number) = found else {
                // With a mapping that cannot be read, what it would be for is not known.
                if !broken {
                    files.unmapped(sources, &path, explicit);
                }
                continue;
            };
            if let Some(used) = used.get_mut(number) {
                *used = true;
            }
            let told = shown(&path);
            let mapping = out.mappings.get(number);
            let large = self.disk.stored(&path).and_then(|bytes| stored(&told, &ending(&path), &bytes, mapping));
            let file = match large {
                Some(file) => Ok(file),
                None => {
                    let Some(bytes) = files.bytes(sources, &path) else { continue };
                    sheets(&told, &ending(&path), bytes, mapping, &mut |cells| progress(&told, cells))
                }
            };
            match file {
                Ok(file) if !explicit && self.is_annotated(&file) => files.left_out.push((path, LeftOut::Annotated)),
                Ok(file) => out.open(sources, file, number, &stem(&path), &mut files.faults),
                Err(Refusal { code, reason }) => files.refuse(sources, &path, code, &[("reason", reason)]),
            }
        }
        for (mapping, _) in out.mappings.iter().zip(used).take(asked_for).filter(|(_, used)| !used) {
            let fault = Fault::error("mapping-unused", mapping.span);
            files.faults.push(Fault { severity: Severity::Warning, ..fault });
        }
        out.data = std::mem::take(&mut files.data);
        out
    }

    /// Makes a mapping for a spreadsheet that none is for.
    fn propose(
        &self,
        files: &mut Files,
        path: &Path,
        pack: &Pack,
        sources: &mut Sources,
        out: &mut Sheets,
    ) -> Proposed {
        let Some(bytes) = files.bytes(sources, path) else { return Proposed::Refused };
        let opened = match sheets(&shown(path), &ending(path), bytes, None, &mut |_| {}) {
            Ok(opened) => opened,
            Err(Refusal { code, reason }) => {
                files.refuse(sources, path, code, &[("reason", reason)]);
                return Proposed::Refused;
            }
        };
        let visible: Vec<Source> = opened.into_iter().filter(|(_, trouble)| !trouble.hidden).map(|(s, _)| s).collect();
        let Some(draft) = propose(&shown(path), &stem(path), &visible) else { return Proposed::Nothing };
        let source = Source::new(format!("{}.mapping.yaml", shown(&path.with_extension(""))), draft);
        let id = sources.add(source.clone());
        match mapping::read(id, &source, &pack.vocabulary, &mut files.faults) {
            Some(mapping) => {
                out.mappings.push(mapping);
                Proposed::Mapping(out.mappings.len() - 1)
            }
            None => Proposed::Refused,
        }
    }

    /// Whether a workbook is a copy with findings, which lies beside its source and says nothing new.
    fn is_annotated(&self, file: &[(Source, Trouble)]) -> bool {
        let titles = [Lang::Ja, Lang::En].map(|lang| self.messages.text(lang, "annotate-title", &[]));
        let Some((source, _)) = file.first() else { return false };
        let first = source.cell(0, 0);
        first.is_some_and(|cell| titles.iter().any(|title| *title == source.text_of(&cell)))
    }

    /// Reads a spreadsheet that totsugo itself has written, which needs no mapping; whether it is one.
    fn outline(&self, files: &mut Files, path: &Path, sources: &mut Sources, out: &mut Sheets) -> bool {
        let before = (files.faults.len(), files.failed);
        let Some(bytes) = files.bytes(sources, path) else { return true };
        match sheets(&shown(path), &ending(path), bytes, None, &mut |_| {}) {
            Ok(file) if self.is_annotated(&file) => {
                files.left_out.push((path.to_path_buf(), LeftOut::Annotated));
                true
            }
            Ok(file) if !file.is_empty() && file.iter().all(|(source, _)| is_outline(source)) => {
                out.outlines.extend(file.into_iter().map(|(source, _)| sources.add(source)));
                true
            }
            Ok(_) => false,
            Err(_) => {
                // What is wrong with it is worth telling only if somebody said how to read it.
                files.faults.truncate(before.0);
                files.failed = before.1;
                false
            }
        }
    }
}

/// What came of looking for a mapping in a spreadsheet itself.
enum Proposed {
    /// The number of the mapping.
    Mapping(usize),
    /// Its headings say nothing.
    Nothing,
    /// It cannot be read, which has been told.
    Refused,
}

/// A path as it is seen from a folder, with `/` between; `None` if it does not lie below it.
fn from_folder(path: &Path, folder: &Path) -> Option<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let below = whole(path).strip_prefix(whole(folder)).ok()?.to_path_buf();
    Some(below.to_string_lossy().replace('\\', "/"))
}

impl Files {
    /// A spreadsheet that no mapping is for: an error if it was named, else a warning.
    fn unmapped(&mut self, sources: &mut Sources, path: &Path, explicit: bool) {
        let failed = self.failed;
        self.refuse(sources, path, "sheet-unmapped", &[("path", shown(path))]);
        if !explicit {
            self.failed = failed;
            if let Some(fault) = self.faults.last_mut() {
                fault.severity = Severity::Warning;
            }
        }
        if let Some(fault) = self.faults.last_mut() {
            fault.help = Some(Message::new("sheet-unmapped-help").with("path", shown(path)));
        }
    }
}

/// The rule files that are not the built-in ones: who checks a folder that holds them has them already.
fn own_rules(files: &[SourceId], sources: &Sources) -> Vec<SourceId> {
    let built_in = |id: &SourceId| sources.get(*id).is_some_and(|s| BUILT_IN.iter().any(|b| b.1 == &*s.text));
    files.iter().copied().filter(|id| !built_in(id)).collect()
}
