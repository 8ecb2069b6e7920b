//! `totsugo completions`: what a shell needs to complete commands and options.
use clap_complete::aot::{Shell, generate};

use super::{FAILED, FINE, Outcome, Session, arguments};

impl Session<'_> {
    /// Prints the completions for a shell.
    pub(super) fn completions(&self) -> Outcome {
        let Some(shell) = self.one("shell").and_then(|name| name.parse::<Shell>().ok()) else {
            return (String::new(), String::new(), FAILED);
        };
        // A colon in the name of a value would end it for zsh.
        let plain = |check: clap::Command| check.mut_arg("why", |why| why.value_name("RULE"));
        let mut command = arguments::command(&self.messages, self.lang).mut_subcommand("check", plain);
        let mut out = Vec::new();
        generate(shell, &mut command, "totsugo", &mut out);
        (String::from_utf8_lossy(&out).into_owned(), String::new(), FINE)
    }
}
