//! What a command works on: the files that were named, the rules, and the facts.
use std::path::{Path, PathBuf};

use super::files::{self, Files, ending, shown, stem};
use super::{Session, own_rules, progress};
use crate::findings::{Finding, Lang};
use crate::ingest::{Refusal, Sheets, Trouble, is_outline, mapping, sheets};
use crate::rules::{Pack, Workspace, read_all};
use crate::text::{Fault, Message, Severity, Source, Sources};

/// What was read.
pub(super) struct Read {
    pub(super) sources: Sources,
    pub(super) files: Files,
    pub(super) pack: Pack,
    pub(super) sheets: Sheets,
    pub(super) workspace: Workspace,
}

impl Read {
    /// Whether the run itself has failed: a file that cannot be read, a bad rule file.
    pub(super) fn failed(&self) -> bool {
        self.files.failed || self.pack.has_errors()
    }

    /// All faults of form.
    pub(super) fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.files.faults.iter().chain(&self.pack.faults).chain(&self.workspace.faults)
    }
}

impl Session<'_> {
    /// Reads all that was named.
    pub(super) fn read(&self) -> Read {
        self.read_from(self.paths())
    }

    /// As [`Self::read`], for a command that takes one file.
    pub(super) fn read_paths(&self) -> Read {
        match self.one("file") {
            Some(file) => self.read_from(vec![PathBuf::from(file)]),
            None => self.read(),
        }
    }

    fn read_from(&self, mut paths: Vec<PathBuf>) -> Read {
        let mut sources = self.settings.sources();
        paths.extend(self.one("mapping").map(PathBuf::from));
        let mut files = files::read(&paths, &self.settings.packs(), &mut sources);
        let own = own_rules(&files.rules, &sources);
        let pack = Pack::load_with(&mut sources, &own, &self.settings.config.values());
        let sheets = self.sheets(&mut files, &pack, &mut sources);
        let mut bar = progress::Bar::new(self.lang);
        let workspace = read_all(&pack, &mut sources, &files.plans, &sheets, &mut |path, row| bar.at(path, row));
        bar.done();
        Read { sources, files, pack, sheets, workspace }
    }

    /// The faults that are no findings about plans, in words.
    pub(super) fn form(&self, read: &Read) -> Vec<Finding> {
        let faults = read.files.faults.iter().chain(&read.pack.faults);
        faults.map(|f| Finding::from_fault(f, &self.messages)).collect()
    }

    /// Reads the mappings, then the sheets that they are for.
    fn sheets(&self, files: &mut Files, pack: &Pack, sources: &mut Sources) -> Sheets {
        let mut out = Sheets::default();
        let mut folders: Vec<&Path> = Vec::new();
        let mut asked_for = 0;
        // A mapping that was named is for every sheet that was named.
        let named = self.one("mapping").and_then(|path| Path::new(path).canonicalize().ok());
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
        for (path, explicit) in std::mem::take(&mut files.sheets) {
            let below: Vec<Option<String>> = folders.iter().map(|folder| from_folder(&path, folder)).collect();
            let found = match chosen.filter(|_| explicit) {
                Some(chosen) => Some(chosen),
                None => out.mapping_for(&below, &shown(&path), &mut files.faults),
            };
            if found.is_none() && self.outline(files, &path, sources, &mut out) {
                continue;
            }
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
            let Some(bytes) = files.bytes(sources, &path) else { continue };
            let mut bar = progress::Bar::new(self.lang);
            let told = shown(&path);
            let mapping = out.mappings.get(number);
            match sheets(&shown(&path), &ending(&path), bytes, mapping, &mut |cells| bar.at(&told, cells)) {
                Ok(file) if !explicit && self.is_annotated(&file) => {}
                Ok(file) => out.open(sources, file, number, &stem(&path), &mut files.faults),
                Err(Refusal { code, reason }) => files.refuse(sources, &path, code, &[("reason", reason)]),
            }
            bar.done();
        }
        for (mapping, _) in out.mappings.iter().zip(used).take(asked_for).filter(|(_, used)| !used) {
            let fault = Fault::error("mapping-unused", mapping.span);
            files.faults.push(Fault { severity: Severity::Warning, ..fault });
        }
        out.data = std::mem::take(&mut files.data);
        out
    }

    /// Whether a workbook is a copy with findings, which lies beside its source and says nothing new.
    fn is_annotated(&self, file: &[(Source, Trouble)]) -> bool {
        let titles = [Lang::Ja, Lang::En].map(|lang| self.messages.text(lang, "annotate-title", &[]));
        let Some((source, _)) = file.first() else { return false };
        let first = source.grid.as_ref().and_then(|g| g.cell(&source.text, 0, 0));
        first.is_some_and(|cell| titles.iter().any(|title| *title == cell.text(&source.text)))
    }

    /// Reads a spreadsheet that totsugo itself has written, which needs no mapping; whether it is one.
    fn outline(&self, files: &mut Files, path: &Path, sources: &mut Sources, out: &mut Sheets) -> bool {
        let before = (files.faults.len(), files.failed);
        let Some(bytes) = files.bytes(sources, path) else { return true };
        match sheets(&shown(path), &ending(path), bytes, None, &mut |_| {}) {
            Ok(file) if self.is_annotated(&file) => true,
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

/// A path as it is seen from a folder, with `/` between; `None` if it does not lie below it.
fn from_folder(path: &Path, folder: &Path) -> Option<String> {
    let whole = |p: &Path| if p.as_os_str().is_empty() { Path::new(".") } else { p }.canonicalize().ok();
    let below = whole(path)?.strip_prefix(whole(folder)?).ok()?.to_path_buf();
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
