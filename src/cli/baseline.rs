//! `totsugo baseline update`: the findings that are known are written down, and from then on only become fewer.
use std::path::{Path, PathBuf};

use super::export::inputs;
use super::{FAILED, FINE, FOUND, Outcome, Session};
use crate::findings::Finding;
use crate::project::{Asked, BASELINE, Disk, Update, is_here, write};
use crate::render::pretty::pretty;
use crate::text::Severity;

impl Session<'_> {
    /// The baseline that this run is to use: that of the command line before that of the settings.
    pub(super) fn choose_baseline(&mut self, update: bool) {
        let asked = self.one("baseline");
        if self.switched("no-baseline") {
            return self.settings.leave_baseline();
        }
        if asked.is_none() && !update {
            return;
        }
        let path = self.baseline_path();
        // Who updates what is not there makes it.
        if update && path.symlink_metadata().is_err() {
            return self.settings.leave_baseline();
        }
        self.settings.use_baseline(&path, &Disk::default());
    }

    /// Writes the baseline anew.
    pub(super) fn update_baseline(&self) -> Outcome {
        let path = self.baseline_path();
        let shown = path.display().to_string();
        let read = self.read();
        let asked = Asked::default();
        let chosen = match asked.resolve(&read, &self.settings, &self.messages) {
            Ok(chosen) => chosen,
            Err(stopped) => return self.no_check(stopped, &read.sources),
        };
        if read.is_empty() && read.files.faults.is_empty() {
            return (String::new(), self.nothing(), FAILED);
        }
        if read.failed() {
            // What could not be read would look as if it had been mended.
            let faults = read.files.faults.iter().chain(&read.pack().faults).filter(|f| f.severity == Severity::Error);
            let faults: Vec<Finding> = faults.map(|f| Finding::from_fault(f, &self.messages)).collect();
            let drawn = pretty(&faults, &read.sources, &self.messages, &self.options());
            return (
                String::new(),
                format!("{drawn}{}\n", self.say("baseline-not-written", &[("path", &shown)])),
                FAILED,
            );
        }
        let force = self.matches.get_flag("force");
        let update = match read.update_baseline(&chosen, &self.settings, &self.messages, force) {
            Ok(update) => update,
            Err(stopped) => return self.no_check(stopped, &read.sources),
        };
        if self.one("baseline").is_none() && !is_here(&path) {
            let text = self.say("output-outside", &[("path", &shown), ("option", &"--baseline")]);
            return (String::new(), format!("{text}\n"), FAILED);
        }
        let old = self.settings.baseline().map(|listed| listed.source.text.as_str());
        if old != Some(update.text.as_str()) {
            let mut inputs = inputs(&read, &self.paths());
            inputs.retain(|input| input != &path && !same(input, &path));
            if let Err(refusal) = write(&path, update.text.as_bytes(), &inputs) {
                return (String::new(), self.refused(&shown, &refusal), FAILED);
            }
        }
        self.updated(&update, old, &shown)
    }

    /// What was done, in words.
    fn updated(&self, update: &Update, old: Option<&str>, path: &str) -> Outcome {
        let Update { known, gone, added, left_out, text } = update;
        let id = match old {
            None => "baseline-created",
            Some(old) if old == text => "baseline-unchanged",
            Some(_) => "baseline-updated",
        };
        let numbers: [(&'static str, &dyn ToString); 4] =
            [("path", &path), ("known", known), ("gone", gone), ("added", added)];
        let mut out = format!("{}\n", self.say(id, &numbers));
        if old.is_none() && self.settings.config.baseline.as_ref().is_none_or(|said| said.text != path) {
            out.push_str(&format!("  {}\n", self.say("baseline-created-help", &[("path", &path)])));
        }
        if *left_out == 0 {
            return (out, String::new(), FINE);
        }
        let new = self.say("baseline-new", &[("count", left_out)]);
        let help = self.say("baseline-new-help", &[("path", &path)]);
        (out, format!("{new}\n  {help}\n"), FOUND)
    }

    fn baseline_path(&self) -> PathBuf {
        let configured = || self.settings.config.baseline.as_ref().map(|said| said.text.clone());
        let asked = self.one("baseline").map(str::to_owned);
        PathBuf::from(asked.or_else(configured).unwrap_or_else(|| BASELINE.to_owned()))
    }
}

/// Whether two names are of one file.
fn same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
