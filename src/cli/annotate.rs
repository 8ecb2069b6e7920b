//! `totsugo check --annotate`: the findings on sheets go back to Excel, as comments in a copy of the workbook.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::export::inputs;
use super::{Outcome, Session};
use crate::findings::{Finding, Lang};
use crate::ingest::delimiter;
use crate::project::{Read, ending, make_folder, write};
use crate::render::annotate::{Note, Refusal, Words, annotate, fresh};
use crate::text::{Severity, Source, Sources};

impl Session<'_> {
    /// Writes the copies; `Err` holds what went wrong, in words.
    pub(super) fn annotated(&self, out: &str, findings: &[Finding], read: &Read) -> Result<String, String> {
        let mut files: BTreeMap<&str, Vec<Note>> = BTreeMap::new();
        let opened = read.sheets.opened.iter().map(|o| o.id).chain(read.sheets.outlines.iter().copied());
        for source in opened.filter_map(|id| read.sources.get(id)) {
            files.entry(&source.path).or_default();
        }
        if files.is_empty() {
            return Err(format!("{}\n", self.say("annotate-no-workbook", &[])));
        }
        for finding in findings {
            let mut add = |told: &Finding, cause: Option<&Finding>| {
                if let Some(source) = read.sources.get(told.span.source)
                    && let Some(notes) = files.get_mut(source.path.as_str())
                {
                    notes.extend(self.note(told, cause, source, &read.sources));
                }
            };
            add(finding, None);
            // Who opens one file does not see what a comment in another one says of it.
            let file = |f: &Finding| read.sources.get(f.span.source).map(|source| &source.path);
            for folded in finding.folded.iter().filter(|folded| file(folded) != file(finding)) {
                add(folded, Some(finding));
            }
        }
        let into_folder = files.len() > 1 || !matches!(ending(Path::new(out)).as_str(), "xlsx" | "xlsm");
        if into_folder {
            make_folder(Path::new(out)).map_err(|refusal| self.refused(out, &refusal))?;
        }
        let inputs = inputs(read, &self.paths());
        let mut told = String::new();
        for (path, notes) in files {
            let to = if into_folder { target(Path::new(out), Path::new(path)) } else { PathBuf::from(out) };
            let shown = to.display().to_string();
            let bytes = self
                .copy(Path::new(path), &notes, read)
                .map_err(|code| format!("{}\n", self.say(code, &[("path", &path)])))?;
            write(&to, &bytes, &inputs).map_err(|refusal| self.refused(&shown, &refusal))?;
            let count = notes.len();
            told.push_str(&format!("{}\n", self.say("annotate-written", &[("path", &shown), ("count", &count)])));
        }
        Ok(told)
    }

    /// The copy of a file with its notes; `Err` holds the number of the sentence that says why there is none.
    fn copy(&self, path: &Path, notes: &[Note], read: &Read) -> Result<Vec<u8>, &'static str> {
        let refused = |refusal: Refusal| refusal.code();
        if delimiter(&ending(path)).is_some() {
            let name = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
            let all = read.sources.iter().map(|(_, source)| source);
            let source = all.into_iter().find(|s| Path::new(&s.path) == path && s.grid.is_some());
            let name = sheet_name(&name);
            let named: Vec<Note> = notes.iter().map(|note| Note { sheet: name.clone(), ..note.clone() }).collect();
            let rows = source.map_or_else(Vec::new, rows);
            return fresh(&[(name, rows)], &named, &self.words()).map_err(refused);
        }
        if !matches!(ending(path).as_str(), "xlsx" | "xlsm") {
            return Err("annotate-not-xlsx");
        }
        let bytes = std::fs::read(path).map_err(|_| "annotate-damaged")?;
        annotate(&bytes, notes, &self.words()).map_err(refused)
    }

    /// A finding as a note on its cell, with what is told as its cause; `None` if it is not on a cell.
    fn note(&self, finding: &Finding, cause: Option<&Finding>, source: &Source, sources: &Sources) -> Option<Note> {
        let grid = source.grid.as_ref()?;
        let cell = source.cell_at(finding.span.range().start)?;
        let cause = cause.map(|cause| (cause.span, &cause.message));
        let related = finding.related.iter().map(|label| (label.span, &label.message));
        let places = cause.into_iter().chain(related).filter_map(|(span, message)| {
            let place = near(source, sources.get(span.source)?, span.range().start);
            let printed = sources.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
            Some(format!("{}: {place} {printed}", message.get(self.lang)).trim_start_matches(": ").to_owned())
        });
        Some(Note {
            sheet: grid.sheet.clone(),
            row: cell.row,
            column: cell.column,
            severity: finding.severity,
            title: finding.name.get(self.lang).to_owned(),
            text: finding.message.get(self.lang).to_owned(),
            help: finding.help.as_ref().map_or_else(String::new, |h| h.get(self.lang).to_owned()),
            places: places.collect(),
        })
    }

    fn words(&self) -> Words {
        let say = |id: &str| self.say(id, &[]);
        let severity = |s| self.messages.severity(self.lang, s);
        Words {
            sheet: say("annotate-sheet"),
            title: say("annotate-title"),
            heads: ["severity", "place", "rule", "finding", "help"].map(|h| say(&format!("annotate-head-{h}"))),
            severities: [Severity::Error, Severity::Warning, Severity::Info].map(severity),
            author: match self.lang {
                Lang::Ja => "突合".to_owned(),
                Lang::En => "totsugo".to_owned(),
            },
        }
    }

    /// The outcome of a check with the copies written beside it.
    pub(super) fn with_annotated(&self, outcome: Outcome, findings: &[Finding], read: &Read) -> Outcome {
        let Some(out) = self.one("annotate") else { return outcome };
        let (shown, err, status) = outcome;
        match self.annotated(out, findings, read) {
            Ok(_) if self.is_set("quiet") => (shown, err, status),
            Ok(told) => (shown, err + &told, status),
            Err(wrong) => (shown, err + &wrong, super::FAILED),
        }
    }
}

/// A place as it is told to who has one file open: of that file the cell alone, of another its name without folders.
fn near(here: &Source, source: &Source, offset: usize) -> String {
    let place = source.place(offset);
    let name = source.path.rsplit('/').next().unwrap_or(&source.path);
    let place = place.strip_prefix(&source.path).map_or(place.clone(), |rest| format!("{name}{rest}"));
    if here.path == source.path {
        place.strip_prefix(name).map_or(place.clone(), |p| p.trim().to_owned())
    } else {
        place
    }
}

/// The copy of a file in a folder: a text file becomes a workbook.
pub(super) fn target(folder: &Path, path: &Path) -> PathBuf {
    let name = path.file_name().map_or_else(|| path.as_os_str().to_owned(), std::ffi::OsStr::to_owned);
    let to = folder.join(name);
    if delimiter(&ending(path)).is_some() { to.with_extension("xlsx") } else { to }
}

/// A name that a sheet may have: at most 31 characters, none of `[]:*?/\`.
fn sheet_name(stem: &str) -> String {
    let name: String = stem.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).take(31).collect();
    if name.trim().is_empty() { "CSV".to_owned() } else { name }
}

/// The cells of a text file.
fn rows(source: &Source) -> Vec<Vec<String>> {
    let Some(grid) = &source.grid else { return Vec::new() };
    (0..grid.rows())
        .map(|row| {
            let mut line: Vec<String> = Vec::new();
            for cell in source.row(row) {
                line.resize(cell.column as usize, String::new());
                line.push(source.text_of(&cell).into_owned());
            }
            line
        })
        .collect()
}
