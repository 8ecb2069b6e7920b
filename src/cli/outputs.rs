//! `totsugo check --format` and `--output FORMAT=FILE`: the findings on the standard output, and in files beside.
use std::path::{Path, PathBuf};

use super::{FAILED, Outcome, Session};
use crate::project::write;
use crate::render::pretty::Options;
use crate::render::{FORMATS, Format, Report, findings};

/// Columns of what is written for people into a file.
const WIDTH: usize = 80;

impl Session<'_> {
    /// The format of the standard output.
    pub(super) fn format(&self) -> Format {
        self.one("format").and_then(Format::named).unwrap_or(Format::Pretty)
    }

    /// The files that are wanted beside it, in their order; `Err` holds what is wrong with them, in words.
    pub(super) fn outputs(&self) -> Result<Vec<(Format, PathBuf)>, String> {
        let mut outputs: Vec<(Format, PathBuf)> = Vec::new();
        for given in self.many("outputs", &[]) {
            let read = given.split_once('=').filter(|(_, path)| !path.is_empty());
            let Some((format, path)) = read.and_then(|(name, path)| Some((Format::named(name)?, path))) else {
                return Err(self.no_output(&given));
            };
            if outputs.iter().any(|(_, other)| other == Path::new(path)) {
                return Err(format!("{}\n", self.say("outputs-twice", &[("path", &path)])));
            }
            outputs.push((format, PathBuf::from(path)));
        }
        Ok(outputs)
    }

    /// Why a text is no output.
    fn no_output(&self, given: &str) -> String {
        let known = FORMATS.map(|(name, _)| name).join(&self.say("summary-join", &[]));
        let mut lines = vec![self.say("outputs-form", &[("given", &given)])];
        if self.matches.get_flag("fix") {
            lines.push(self.say("outputs-form-fix", &[]));
        }
        lines.push(self.say("outputs-form-known", &[("known", &known)]));
        lines.join("\n  ") + "\n"
    }

    /// The outcome of a check with its findings written to the files that were asked for; none of `inputs` is written
    /// over.
    pub(super) fn with_outputs(&self, outcome: Outcome, report: &Report<'_>, inputs: &[PathBuf]) -> Outcome {
        let outputs = match self.outputs() {
            Ok(outputs) => outputs,
            Err(wrong) => return (outcome.0, outcome.1 + &wrong, FAILED),
        };
        let (out, mut err, mut status) = outcome;
        let read: Vec<PathBuf> = report.sources.iter().map(|(_, source)| PathBuf::from(&source.path)).collect();
        let inputs: Vec<PathBuf> = inputs.iter().cloned().chain(read).collect();
        let options = Options { lang: self.lang, color: false, width: WIDTH, counts: true };
        let complete = status != FAILED;
        for (format, path) in outputs {
            let shown = path.display().to_string();
            let text = findings(format, report, &options, complete);
            match write(&path, text.as_bytes(), &inputs) {
                Ok(()) if self.is_set("quiet") => {}
                Ok(()) => {
                    let name = FORMATS.iter().find(|(_, known)| *known == format).map_or("", |(name, _)| name);
                    let arguments: [(&'static str, &dyn ToString); 2] = [("path", &shown), ("format", &name)];
                    err.push_str(&format!("{}\n", self.say("outputs-written", &arguments)));
                }
                Err(refusal) => {
                    err.push_str(&self.refused(&shown, &refusal));
                    status = FAILED;
                }
            }
        }
        (out, err, status)
    }
}
