//! `totsugo report`: the findings and figures as one page for people who would rather look than read.
use std::path::Path;

use super::export::inputs;
use super::{FAILED, FINE, Outcome, Session};
use crate::project::{Checked, write};
use crate::render::html;
use crate::render::pretty::{pretty, summary};

/// Where the page goes if nothing is said.
const USUAL: &str = "report.html";

impl Session<'_> {
    /// Checks what was named and writes the page.
    pub(super) fn report_page(&self) -> Outcome {
        let read = self.read();
        let chosen = match self.asked().resolve(&read, &self.settings, &self.messages) {
            Ok(chosen) => chosen,
            Err(stopped) => return self.no_check(stopped, &read.sources),
        };
        if read.is_empty() {
            let drawn = pretty(&self.form(&read), &read.sources, &self.messages, &self.options());
            return (drawn, self.nothing(), FAILED);
        }
        let Checked { findings, summary: counts, .. } = match read.check(&chosen, &self.settings, &self.messages) {
            Ok(checked) => checked,
            Err(stopped) => return self.no_check(stopped, &read.sources),
        };
        let page = html::page(&self.report(&read, &findings, counts), &read.workspace);
        let path = self.one("output").unwrap_or(USUAL);
        if let Err(refusal) = write(Path::new(path), page.as_bytes(), &inputs(&read, &self.paths())) {
            return (String::new(), self.refused(path, &refusal), FAILED);
        }
        let said = format!(
            "{}\n{}\n",
            summary(counts, &self.messages, self.lang),
            self.say("report-written", &[("path", &path)])
        );
        // Who makes a report wants to read the findings, not to be stopped by them.
        (said, String::new(), if read.failed() { FAILED } else { FINE })
    }
}
