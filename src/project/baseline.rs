//! The baseline of a project: its file read with the settings, and what it should say after a run.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::check::{Chosen, Stopped};
use super::disk::Disk;
use super::files::shown;
use super::read::Read;
use super::settings::Settings;
use crate::config::{Baseline, Scene, judge, read_baseline, write_baseline};
use crate::findings::{Identities, Messages, wanted};
use crate::text::{Fault, Source, SourceId, Span};

/// The name of the file where none is given.
pub const BASELINE: &str = "totsugo-baseline.json";
/// Some hundred thousand findings. A larger file is something else.
const LARGEST: u64 = 1 << 26;

/// The baseline of a run and its text.
#[derive(Debug)]
pub struct Listed {
    /// Where it lies.
    pub path: PathBuf,
    /// What it says.
    pub baseline: Baseline,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Its text; empty if it could not be read.
    pub source: Source,
}

impl Listed {
    /// Reads the file that will be the source `id`.
    pub(super) fn read(path: &Path, id: SourceId, disk: &Disk) -> Self {
        let (text, refused) = match text(path, disk) {
            Ok(text) => (text, None),
            Err((kind, reason)) => {
                let fault = Fault::error("baseline-unreadable", Span::new(id, 0..0)).with("kind", kind);
                (String::new(), Some(fault.with("path", shown(path)).with("reason", reason)))
            }
        };
        let source = Source::new(shown(path), text);
        let (baseline, faults) = match refused {
            Some(fault) => (Baseline::default(), vec![fault]),
            None => read_baseline(id, &source),
        };
        Self { path: path.to_path_buf(), baseline, faults, source }
    }
}

/// The text of the file, or why there is none: a kind, and what the system says.
fn text(path: &Path, disk: &Disk) -> Result<String, (&'static str, String)> {
    if let Some(text) = disk.text(path) {
        return Ok(text.to_string());
    }
    let about = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ("missing", String::new()),
        _ => ("other", error.to_string()),
    })?;
    if about.is_dir() {
        return Err(("folder", String::new()));
    }
    if !about.is_file() || about.len() > LARGEST {
        return Err(("large", (LARGEST >> 20).to_string()));
    }
    let bytes = std::fs::read(path).map_err(|error| ("other", error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| ("utf8", (error.utf8_error().valid_up_to() + 1).to_string()))
}

/// What the file should say.
#[derive(Debug)]
pub struct Update {
    /// Its text.
    pub text: String,
    /// How many findings it knows.
    pub known: usize,
    /// How many findings of the old one are gone.
    pub gone: usize,
    /// How many findings were added.
    pub added: usize,
    /// How many findings are new and were left out.
    pub left_out: usize,
}

impl Read {
    /// The baseline after this run: without what is gone, and with what is new only if `grow` says so or there is none
    /// yet.
    ///
    /// # Errors
    /// Why there was no check.
    pub fn update_baseline(
        &self,
        chosen: &Chosen,
        settings: &Settings,
        messages: &Messages,
        grow: bool,
    ) -> Result<Update, Stopped> {
        let found = self.examine(&self.shared(), chosen, settings, messages)?;
        let empty = Baseline::default();
        let old = settings.baseline().map_or(&empty, |listed| &listed.baseline);
        let before: usize = old.entries.iter().map(|entry| entry.count).sum();
        let identities = Identities::new(&found.findings, &self.sources, &self.workspace.facts);
        let mut judged = judge(found.findings, old, &identities);
        let fresh = std::mem::take(&mut judged.fresh);
        // What would not be shown is not entered either.
        let wanted = wanted(chosen.filter());
        let new: Vec<_> = fresh.iter().filter(|(finding, _)| wanted(finding)).collect();
        let grow = grow || settings.baseline().is_none();
        let added = if grow { new.as_slice() } else { &[] };
        let documents: BTreeSet<String> = self.document_codes();
        let looked_for = |code: &str| chosen.looked_for(self.pack(), code);
        let scene = Scene { ran: &looked_for, documents: &documents, sources: &self.sources };
        let (text, known) = write_baseline(old, &judged, &scene, added);
        let gone = (before + added.len()).saturating_sub(known);
        Ok(Update { text, known, gone, added: added.len(), left_out: new.len() - added.len() })
    }
}
