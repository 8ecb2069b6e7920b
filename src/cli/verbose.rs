//! `totsugo check --verbose`: what was read, which rules ran and how long that took, on the error stream.
use std::time::Instant;

use super::terminal::for_people;
use super::{Session, rule_name};
use crate::project::{Chosen, Kind, Read, shown};
use crate::rules::Outcome;

/// The rules that are named for having looked at the most rows.
const MOST_RULES: usize = 5;

impl Session<'_> {
    /// Whether a switch was given.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.matches.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or(false)
    }

    /// Does a part of the work and says how long it took.
    pub(super) fn timed<T>(&self, phase: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        if self.is_set("verbose") {
            let seconds = format!("{:.3}", started.elapsed().as_secs_f64());
            let phase = self.say(phase, &[]);
            self.tell("verbose-time", &[("phase", &phase), ("seconds", &seconds)]);
        }
        done
    }

    /// Says which files were read, and as what.
    pub(super) fn tell_files(&self, read: &Read) {
        if !self.is_set("verbose") {
            return;
        }
        for (path, kind) in &read.files.seen {
            let what = match kind {
                Kind::Plan => "doctor-plan",
                Kind::Rules => "doctor-rules-read",
                Kind::Mapping => "doctor-mapping",
                Kind::Sheet => "verbose-sheet",
                Kind::Data => "doctor-data",
            };
            self.tell("doctor-file", &[("path", &shown(path)), ("what", &self.say(what, &[]))]);
        }
        let facts: usize = read.workspace.facts.tables.iter().map(|table| table.heads.len()).sum();
        self.tell("verbose-read", &[("files", &read.files.seen.len()), ("facts", &facts)]);
    }

    /// Says which rules ran and which of them looked at the most rows.
    pub(super) fn tell_rules(&self, read: &Read, chosen: &Chosen, outcome: &Outcome) {
        if !self.is_set("verbose") {
            return;
        }
        let pack = read.pack();
        let ran = (0..pack.rules.len()).filter(|n| chosen.wants(pack, *n) && outcome.steps.contains_key(n)).count();
        let all: u64 = outcome.steps.values().sum();
        self.tell("verbose-rules", &[("ran", &ran), ("all", &pack.rules.len()), ("rows", &all)]);
        let mut steps: Vec<_> = outcome.steps.iter().filter(|(_, rows)| **rows > 0).collect();
        steps.sort_by_key(|(rule, rows)| (std::cmp::Reverse(**rows), **rule));
        for (rule, rows) in steps.into_iter().take(MOST_RULES) {
            let Some(rule) = pack.rules.get(*rule) else { continue };
            self.tell("verbose-rule", &[("name", &rule_name(rule).get(self.lang)), ("rows", rows)]);
        }
    }

    fn tell(&self, id: &str, arguments: &[(&'static str, &dyn ToString)]) {
        // Who has closed the error stream wants to hear nothing.
        let line = for_people(&format!("{}\n", self.say(id, arguments)), false);
        let _ = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
    }
}
