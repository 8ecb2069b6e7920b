//! `totsugo graph`: the references as a picture, or as data for one.
use std::path::Path;

use super::export::inputs;
use super::{FAILED, FINE, Outcome, Session};
use crate::graph::{Format, export};
use crate::plan::RowRef;
use crate::project::{Read, write};
use crate::render::picture::{self, Options, Subject};
use crate::render::pretty::pretty;

impl Session<'_> {
    /// Draws or writes the references of what was named.
    pub(super) fn graph(&self) -> Outcome {
        let is_picture = self.one("format") == Some("svg");
        if self.one("focus").is_some() && !is_picture {
            return (String::new(), format!("{}\n", self.say("focus-only-svg", &[])), FAILED);
        }
        let read = self.read();
        let mut err = pretty(&self.form(&read), &read.sources, &self.messages, &self.options());
        let status = if read.failed() { FAILED } else { FINE };
        let Read { sources, workspace, .. } = &read;
        let (facts, graph) = (&workspace.facts, &workspace.graph);
        let format = match self.one("format") {
            Some("mermaid") => Format::Mermaid,
            Some("json") => Format::Json,
            _ => Format::Dot,
        };
        let focus = match self.focus(&read) {
            Ok(focus) => focus,
            Err(text) => return (String::new(), err + &text, FAILED),
        };
        let options = Options { focus: &focus, ..Options::default() };
        let out = if is_picture {
            picture::svg(&Subject { facts, graph, sources, messages: &self.messages, lang: self.lang }, &options)
        } else {
            export(facts, graph, sources, format)
        };
        let Some(path) = self.one("output") else { return (out, err, status) };
        if let Err(refusal) = write(Path::new(path), out.as_bytes(), &inputs(&read, &self.paths())) {
            return (String::new(), err + &self.refused(path, &refusal), FAILED);
        }
        let told = if is_picture {
            let counts = picture::counts(facts, graph, &options);
            self.say("picture-written", &[("path", &path), ("shown", &counts.shown), ("broken", &counts.broken)])
        } else {
            self.say("graph-written", &[("path", &path)])
        };
        err.push_str(&format!("{told}\n"));
        (String::new(), err, status)
    }

    /// What the picture is to be about; `Err` holds why that is not known.
    fn focus(&self, read: &Read) -> Result<Vec<RowRef>, String> {
        let Some(asked) = self.one("focus") else { return Ok(Vec::new()) };
        picture::focus(&read.workspace.facts, &read.sources, asked).map_err(|near| {
            let has = if near.is_empty() { "no" } else { "yes" };
            let text = self.say("focus-unknown", &[("text", &asked)]);
            format!("{text}\n  {}\n", self.say("focus-unknown-help", &[("near", &near), ("has-near", &has)]))
        })
    }
}
