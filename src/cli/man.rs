//! `totsugo man`: a manual page for each command, in the user's language.
use std::path::Path;

use clap::Command;
use clap_mangen::Man;

use super::{FAILED, FINE, Outcome, Session, arguments};
use crate::project::{Refusal, make_folder, shown, write};

/// The headings that the library writes in English, and the numbers of our own.
const HEADINGS: [(&str, &str); 5] = [
    ("NAME", "man-name"),
    ("SYNOPSIS", "man-synopsis"),
    ("DESCRIPTION", "man-description"),
    ("OPTIONS", "cli-options"),
    ("VERSION", "man-version"),
];

/// An empty date would be left out, and what follows it would take its place.
const NO_DATE: &str = " ";

impl Session<'_> {
    /// Prints the page of a command, or writes all pages into a folder.
    pub(super) fn man(&self) -> Outcome {
        let mut whole =
            arguments::command(&self.messages, self.lang).subcommand_help_heading(self.say("cli-commands", &[]));
        whole.build();
        let Some(folder) = self.one("output").map(Path::new) else {
            let command = self.one("command").map_or(Ok(&whole), |name| whole.find_subcommand(name).ok_or(name));
            let command = match command {
                Ok(command) => command,
                Err(name) => {
                    return (String::new(), format!("{}\n", self.say("cli-error-command", &[("arg", &name)])), FAILED);
                }
            };
            return match self.manual_page(command) {
                Ok((_, page)) => (page, String::new(), FINE),
                Err(refusal) => (String::new(), self.refused("man", &refusal), FAILED),
            };
        };
        let made = self.manual_pages(&whole, folder);
        match made {
            Ok(count) => {
                let text = self.say("man-written", &[("path", &shown(folder)), ("count", &count)]);
                (String::new(), format!("{text}\n"), FINE)
            }
            Err((path, refusal)) => (String::new(), self.refused(&path, &refusal), FAILED),
        }
    }

    fn manual_pages(&self, whole: &Command, folder: &Path) -> Result<usize, (String, Refusal)> {
        let at = |path: &Path| shown(path);
        make_folder(folder).map_err(|refusal| (at(folder), refusal))?;
        let mut count = 0;
        for command in std::iter::once(whole).chain(whole.get_subcommands()) {
            let (name, page) = self.manual_page(command).map_err(|refusal| (at(folder), refusal))?;
            let path = folder.join(name);
            write(&path, page.as_bytes(), &[]).map_err(|refusal| (at(&path), refusal))?;
            count += 1;
        }
        Ok(count)
    }

    /// The name of a page and the page.
    fn manual_page(&self, command: &Command) -> Result<(String, String), Refusal> {
        let source = concat!("totsugo ", env!("CARGO_PKG_VERSION"));
        let page = Man::new(command.clone()).date(NO_DATE).source(source).manual(self.say("man-manual", &[]));
        let mut bytes = Vec::new();
        page.render(&mut bytes).map_err(Refusal::Failed)?;
        let text = String::from_utf8_lossy(&bytes);
        let heading = |line: &str| {
            let ours = HEADINGS.iter().find(|(theirs, _)| line.strip_prefix(".SH ") == Some(theirs));
            ours.map_or_else(|| line.to_owned(), |(_, id)| format!(".SH {}", self.say(id, &[])))
        };
        Ok((page.get_filename(), text.lines().map(|line| heading(line) + "\n").collect()))
    }
}
