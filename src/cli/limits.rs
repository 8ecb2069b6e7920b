//! The limits that the command line and the settings set: how large a file, how many findings, how much time.
use std::time::Duration;

use super::{FAILED, Session};
use crate::cli::terminal::for_people;
use crate::findings::Messages;
use crate::text::{Limit, Phase};

/// Commands that end when somebody ends them.
const ENDLESS: [&str; 2] = ["lsp", "serve"];

impl Session<'_> {
    /// Keeps the run within its limits.
    pub(super) fn keep_limits(&mut self, command: &str) {
        let limits = &self.settings.config.limits;
        if let Some(findings) = limits.findings {
            self.stop.allow(Limit::Findings(findings));
        }
        if let Some(steps) = limits.steps {
            self.stop.allow(Limit::Steps(steps));
        }
        if let Some(mebibytes) = limits.file_size {
            self.disk.allow(mebibytes << 20);
        }
        let asked = self.matches.try_get_one::<u64>("time-limit").ok().flatten().copied();
        let watching = self.matches.try_get_one::<bool>("watch").ok().flatten() == Some(&true);
        if let Some(seconds) = asked.or(limits.time).filter(|_| !watching && !ENDLESS.contains(&command)) {
            self.end_after(seconds);
        }
    }

    /// Ends the run when its time is over, wherever it is: not every step of a long work looks whether it may go on. Files
    /// are written whole or not at all, so nothing half done is seen.
    fn end_after(&self, seconds: u64) {
        let (stop, lang) = (self.stop.clone(), self.lang);
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_secs(seconds));
            // The work is not told to end: it would say what it has found so far as if that were all.
            let messages = Messages::new();
            let at = stop.reached().map_or_else(String::new, |(phase, done, of)| {
                let id = match phase {
                    Phase::Files => "progress-files",
                    Phase::Facts => "progress-facts",
                    Phase::Rules => "progress-rules",
                };
                messages.line(
                    lang,
                    "time-limit-at",
                    &[("phase", &messages.text(lang, id, &[])), ("done", &done), ("of", &of)],
                )
            });
            let text = messages.line(lang, "time-limit", &[("seconds", &seconds), ("at", &at)]);
            let text = format!("{text}\n  {}\n", messages.text(lang, "time-limit-help", &[]));
            let _ = std::io::Write::write_all(&mut std::io::stderr(), for_people(&text, false).as_bytes());
            std::process::exit(i32::from(FAILED));
        });
    }
}
