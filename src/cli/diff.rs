//! `totsugo diff OLD NEW`: what changed between two editions of a plan.
use std::path::{Path, PathBuf};

use super::export::inputs;
use super::{FAILED, FINE, FOUND, Outcome, Session};
use crate::editions::{Chosen, Edition, compare, unknown};
use crate::findings::Finding;
use crate::project::{Read, write};
use crate::render::editions::{Shown, html, json, markdown, terminal};
use crate::render::pretty::pretty;
use crate::text::Severity;

impl Session<'_> {
    /// Compares two editions. As `diff` does, it ends with 0 if they are the same and with 1 if they are not.
    pub(super) fn diff(&self) -> Outcome {
        let paths = ["old", "new"].map(|name| PathBuf::from(self.one(name).unwrap_or("")));
        let reads = paths.clone().map(|path| self.read_from(&[path]));
        let mut err = String::new();
        let mut torn = false;
        for (read, path) in reads.iter().zip(&paths) {
            let faults: Vec<Finding> = read
                .faults()
                .filter(|f| f.severity > Severity::Info)
                .map(|f| Finding::from_fault(f, &self.messages))
                .collect();
            torn |= read.failed() || faults.iter().any(|f| f.severity == Severity::Error);
            err.push_str(&pretty(&faults, &read.sources, &self.messages, &self.options()));
            if read.is_empty() {
                if faults.iter().all(|f| f.severity != Severity::Error) {
                    err.push_str(&self.nothing_at(std::slice::from_ref(path)));
                }
                return (String::new(), err, FAILED);
            }
        }
        let editions = reads.each_ref().map(edition);
        let kinds = self.many("kind", &[]);
        if let Some((name, near)) = unknown(&kinds, editions) {
            let text = self.say("editions-unknown-kind", &[("name", &name)]);
            let help = self
                .say("editions-unknown-kind-help", &[("near", &if near.is_empty() { "none" } else { near.as_str() })]);
            return (String::new(), err + &format!("{text}\n  {help}\n"), FAILED);
        }
        let [old, new] = editions;
        let comparison = Chosen::new(kinds).of(compare(old, new));
        let names = paths.clone().map(|path| path.display().to_string());
        let shown = Shown {
            comparison: &comparison,
            names: [&names[0], &names[1]],
            brief: self.matches.get_flag("brief"),
            torn,
            messages: &self.messages,
            lang: self.lang,
        };
        let format = self.one("format").unwrap_or("pretty");
        let to_file = self.one("output");
        let out = match format {
            "json" => json(&shown),
            "markdown" => markdown(&shown),
            "html" => html(&shown),
            _ => terminal(&shown, self.options().color && to_file.is_none(), self.options().width),
        };
        if torn {
            err.push_str(&format!("{}\n", self.say("editions-torn", &[])));
        }
        let status = match (torn, comparison.is_empty()) {
            (true, _) => FAILED,
            (false, true) => FINE,
            (false, false) => FOUND,
        };
        let Some(path) = to_file else { return (out, err, status) };
        let read: Vec<PathBuf> = reads.iter().flat_map(|read| inputs(read, &paths)).collect();
        match write(Path::new(path), out.as_bytes(), &read) {
            Ok(()) => {
                err.push_str(&format!("{}\n", self.say("editions-written", &[("path", &path)])));
                (String::new(), err, status)
            }
            Err(refusal) => (String::new(), err + &self.refused(path, &refusal), FAILED),
        }
    }
}

fn edition(read: &Read) -> Edition<'_> {
    Edition { facts: &read.workspace.facts, graph: &read.workspace.graph, sources: &read.sources }
}
