//! `totsugo fmt`: plan files and rule files in one layout.
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::{FAILED, FINE, FOUND, Outcome, Session};
use crate::findings::Finding;
use crate::format::{Form, Refused, Surface, format};
use crate::plan::Vocabulary;
use crate::project::{Files, Replacement, ending, replace, shown};
use crate::render::diff::diff;
use crate::render::pretty::pretty;
use crate::text::{Fault, Source, SourceId, Sources, Span};

/// A text on the standard input larger than this is none that was written by hand.
const LARGEST: u64 = 1 << 28;

/// How many files would change, and how many cannot be formatted.
#[derive(Default)]
struct Told {
    out: String,
    err: String,
    changed: usize,
    refused: usize,
    same: usize,
}

impl Session<'_> {
    /// Formats what was named, or the standard input (`-`).
    pub(super) fn fmt(&self) -> Outcome {
        let given = self.many("paths", &[]);
        let (rules, _) = self.scope(&self.paths()).rules();
        let vocabulary = &rules.pack.vocabulary;
        if given.iter().any(|p| p == "-") {
            return self.fmt_input(given.len(), vocabulary);
        }
        let mut sources = Sources::default();
        let mut files = Files::find(&self.paths(), &[], &self.disk, &mut sources);
        let mut told = Told::default();
        let found = files.texts();
        for (path, form) in &found {
            let Some(text) = files.text(&mut sources, path) else { continue };
            self.fmt_file(path, *form, text, vocabulary, &mut told);
        }
        let faults: Vec<Finding> = files.faults.iter().map(|f| Finding::from_fault(f, &self.messages)).collect();
        told.err.push_str(&pretty(&faults, &sources, &self.messages, &self.options()));
        if found.is_empty() && !files.failed {
            return (String::new(), told.err + &self.nothing(), FAILED);
        }
        if found.is_empty() {
            return (String::new(), told.err, FAILED);
        }
        let only_told = self.matches.get_flag("check") || self.matches.get_flag("diff");
        let line = match only_told {
            true => "fmt-would",
            false => "fmt-done",
        };
        told.err.push_str(&format!("{}\n", self.say(line, &[("changed", &told.changed), ("same", &told.same)])));
        if told.refused > 0 {
            told.err.push_str(&format!("{}\n", self.say("fmt-some-refused", &[("refused", &told.refused)])));
        }
        let status = match (files.failed || told.refused > 0, only_told && told.changed > 0) {
            (true, _) => FAILED,
            (false, true) => FOUND,
            (false, false) => FINE,
        };
        (told.out, told.err, status)
    }

    fn fmt_file(&self, path: &Path, form: Form, text: String, vocabulary: &Vocabulary, told: &mut Told) {
        let name = shown(path);
        let mut sources = Sources::default();
        let id = sources.add(Source::new(name.clone(), text));
        let before = sources.get(id).map_or("", |s| s.text.as_str());
        let after = match format(form, id, before, vocabulary, self.surface()) {
            Ok(after) => after,
            Err(refused) => {
                told.refused += 1;
                told.err.push_str(&self.fmt_refused(refused, id, &sources));
                return;
            }
        };
        if after == before {
            told.same += 1;
            return;
        }
        told.changed += 1;
        let replacement = Replacement { path, before: before.as_bytes(), after: after.as_bytes() };
        if self.matches.get_flag("diff") {
            told.out.push_str(&diff(&name, before, &after, self.options().color));
        } else if self.matches.get_flag("check") {
            told.out.push_str(&format!("{name}\n"));
        } else if let Err((_, refusal, _)) = replace(&[replacement], &self.roots()) {
            told.changed -= 1;
            told.refused += 1;
            told.err.push_str(&self.refused(&name, &refusal));
        } else {
            told.out.push_str(&format!("{name}\n"));
        }
    }

    /// What is wrong with a file that is not formatted.
    fn fmt_refused(&self, refused: Refused, id: SourceId, sources: &Sources) -> String {
        let faults = match refused {
            Refused::Faults(faults) => faults,
            Refused::Meaning => vec![Fault::error("fmt-meaning", Span::new(id, 0..0))],
        };
        let findings: Vec<Finding> = faults.iter().map(|f| Finding::from_fault(f, &self.messages)).collect();
        pretty(&findings, sources, &self.messages, &self.options())
    }

    /// From the standard input to the output.
    fn fmt_input(&self, paths: usize, vocabulary: &Vocabulary) -> Outcome {
        if paths > 1 {
            return (String::new(), format!("{}\n", self.say("fmt-input-alone", &[])), FAILED);
        }
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > LARGEST {
            // Half of a file is not to take the place of the whole.
            return (
                String::new(),
                format!("{}\n", self.say("fmt-input-large", &[("most", &(LARGEST >> 20))])),
                FAILED,
            );
        }
        let Ok(text) = read.map_err(|_| ()).and_then(|_| String::from_utf8(bytes).map_err(|_| ())) else {
            return (String::new(), format!("{}\n", self.say("fmt-input-not-utf8", &[])), FAILED);
        };
        let name = self.one("stdin-path").unwrap_or("-.plan").to_owned();
        let form = if ending(Path::new(&name)) == "rules" { Form::Rules } else { Form::Plan };
        let mut sources = Sources::default();
        let id = sources.add(Source::new(name.clone(), text));
        let before = sources.get(id).map_or("", |s| s.text.as_str());
        match format(form, id, before, vocabulary, self.surface()) {
            Err(refused) => (String::new(), self.fmt_refused(refused, id, &sources), FAILED),
            Ok(after) => {
                let changed = after != before;
                let out = match (self.matches.get_flag("diff"), self.matches.get_flag("check")) {
                    (true, _) => diff(&name, before, &after, self.options().color),
                    (false, true) => String::new(),
                    (false, false) => return (after, String::new(), FINE),
                };
                (out, String::new(), if changed { FOUND } else { FINE })
            }
        }
    }

    fn surface(&self) -> Option<Surface> {
        match self.one("keywords") {
            Some("ja") => Some(Surface::Ja),
            Some("en") => Some(Surface::En),
            _ => None,
        }
    }
}

impl Files {
    /// The plan files and rule files that were found, in order.
    fn texts(&self) -> Vec<(PathBuf, Form)> {
        let form = |path: &PathBuf| if ending(path) == "rules" { Form::Rules } else { Form::Plan };
        self.plans_and_rules().map(|path| (path.clone(), form(path))).collect()
    }
}
