//! `totsugo export` and `totsugo import`: the facts in another form.
use std::path::{Path, PathBuf};

use super::{FAILED, FINE, FOUND, Outcome, Session};
use crate::findings::Finding;
use crate::plan::outline;
use crate::project::{Read, Refusal, write};
use crate::render::export;
use crate::render::pretty::pretty;
use crate::text::Severity;

impl Session<'_> {
    /// Writes the facts of what was named in the format asked for.
    pub(super) fn export(&self) -> Outcome {
        let format = self.one("format").unwrap_or("json").to_owned();
        self.written(&format)
    }

    /// Writes a sheet as a plan file.
    pub(super) fn import(&self) -> Outcome {
        self.written("plan")
    }

    fn written(&self, format: &str) -> Outcome {
        let read = self.read_paths();
        let faults: Vec<Finding> = read
            .faults()
            .filter(|f| f.severity > Severity::Info)
            .map(|f| Finding::from_fault(f, &self.messages))
            .collect();
        let mut err = pretty(&faults, &read.sources, &self.messages, &self.options());
        if read.is_empty() {
            if faults.is_empty() {
                err.push_str(&self.nothing());
            }
            return (String::new(), err, FAILED);
        }
        let documents = outline(&read.workspace.facts, &read.sources);
        let bytes = match format {
            "plan" => export::plan(&documents).into_bytes(),
            "yaml" => export::yaml(&documents).into_bytes(),
            // Excel takes a CSV without the mark for Shift_JIS.
            "csv" => format!("{}{}", crate::render::table::BOM, export::csv(&documents)).into_bytes(),
            "xlsx" => match export::xlsx(&documents) {
                Ok(bytes) => bytes,
                Err(error) => {
                    err.push_str(&format!("{}\n", self.say("export-failed", &[("reason", &error)])));
                    return (String::new(), err, FAILED);
                }
            },
            _ => export::json(&documents).into_bytes(),
        };
        let wrong = read.failed() || faults.iter().any(|f| f.severity == Severity::Error);
        let status = match (read.failed(), wrong) {
            (true, _) => FAILED,
            (false, true) => FOUND,
            (false, false) => FINE,
        };
        match self.one("output") {
            Some(path) => match write(Path::new(path), &bytes, &inputs(&read, &self.paths())) {
                Ok(()) => {
                    let count = documents.len();
                    err.push_str(&format!("{}\n", self.say("export-written", &[("path", &path), ("count", &count)])));
                    (String::new(), err, status)
                }
                Err(refusal) => (String::new(), err + &self.refused(path, &refusal), FAILED),
            },
            None if format == "xlsx" => {
                err.push_str(&format!("{}\n", self.say("export-needs-file", &[])));
                (String::new(), err, FAILED)
            }
            None => (String::from_utf8_lossy(&bytes).into_owned(), err, status),
        }
    }

    /// Why a file was not written.
    pub(super) fn refused(&self, path: &str, refusal: &Refusal) -> String {
        let text = match refusal {
            Refusal::IsInput => self.say("output-is-input", &[("path", &path)]),
            Refusal::ReadOnly => self.say("output-read-only", &[("path", &path)]),
            Refusal::Changed => self.say("output-changed", &[("path", &path)]),
            Refusal::Elsewhere(to) => self.say("output-elsewhere", &[("path", &path), ("to", &to.display())]),
            Refusal::NoFile => self.say("output-no-file", &[("path", &path)]),
            Refusal::IsThere => self.say("output-is-there", &[("path", &path)]),
            Refusal::Failed(error) => self.say("output-failed", &[("path", &path), ("reason", error)]),
        };
        format!("{text}\n")
    }
}

/// The files that were read.
pub(super) fn inputs(read: &Read, paths: &[PathBuf]) -> Vec<PathBuf> {
    let sources = read.sources.iter().map(|(_, source)| PathBuf::from(&source.path));
    sources.chain(paths.iter().filter(|p| p.is_file()).cloned()).collect()
}
