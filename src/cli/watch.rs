//! `totsugo check --watch` shows what a change to a file has changed.
use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};

use super::terminal::for_people;
use super::{FAILED, FINE, Outcome, Session};
use crate::findings::{Finding, Wording};
use crate::project::{Checked, Settings};
use crate::render::Format;
use crate::render::pretty::{NARROWEST, pretty, summary};
use crate::render::wrap::wrap;
use crate::text::Sources;

/// Clears a terminal, with what was scrolled away, and begins at its top.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// What is remembered of a finding. It is the same finding if rule, file and sentence are; lines move.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    rule: String,
    path: String,
    name: Wording,
    message: Wording,
    place: String,
}

impl Known {
    fn new(finding: &Finding, sources: &Sources) -> Self {
        Self {
            rule: finding.rule.clone(),
            path: sources.get(finding.span.source).map_or_else(String::new, |source| source.path.clone()),
            name: finding.name.clone(),
            message: finding.message.clone(),
            place: sources.describe(finding.span).unwrap_or_default(),
        }
    }
}

/// Which findings are new and which are gone, by their numbers; of equal ones as many as there are more.
fn difference(before: &[Known], now: &[Known]) -> (Vec<usize>, Vec<usize>) {
    fn key(known: &Known) -> (&str, &str, &str) {
        (&known.rule, &known.path, &known.message.ja)
    }
    fn without(all: &[Known], others: &[Known]) -> Vec<usize> {
        let mut left: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
        for other in others {
            *left.entry(key(other)).or_default() += 1;
        }
        let mut out = Vec::new();
        for (number, known) in all.iter().enumerate() {
            match left.get_mut(&key(known)) {
                Some(count) if *count > 0 => *count -= 1,
                _ => out.push(number),
            }
        }
        out
    }
    (without(now, before), without(before, now))
}

impl Session<'_> {
    /// Checks, waits for a change and checks again, until nobody reads on.
    pub(super) fn check_again(mut self) -> Outcome {
        let alone = ["why", "annotate", "outputs"].iter().all(|name| self.one(name).is_none());
        let flagged = ["explain-skips", "fix", "diff"].iter().any(|name| self.matches.get_flag(name));
        if !alone || self.format() != Format::Pretty || flagged {
            return (String::new(), format!("{}\n", self.say("watch-alone", &[])), FAILED);
        }
        let mut before = None;
        loop {
            // Looked at before the run, so that a change during the run is seen after it.
            let stamps = self.scope(&self.paths()).stamps();
            let mut terminal = std::io::stdout();
            let clear = if terminal.is_terminal() { CLEAR } else { "" };
            let text = self.turn(&mut before);
            let text = for_people(&text, self.options().color);
            let text = format!("{clear}{text}{}\n\n", self.say("watch-waiting", &[]));
            if terminal.write_all(text.as_bytes()).and_then(|()| terminal.flush()).is_err() {
                return (String::new(), String::new(), FINE);
            }
            stamps.wait(|| self.scope(&self.paths()).stamps());
            self.settings = Settings::read(&self.disk);
            self.choose_baseline(false);
            self.settings.look(self.many("paths", &[]).is_empty());
        }
    }

    /// One check: all of its findings if there was none before, else what has changed since.
    fn turn(&self, before: &mut Option<Vec<Known>>) -> String {
        let read = self.read();
        let chosen = self.asked().resolve(&read, &self.settings, &self.messages);
        let checked = chosen.and_then(|chosen| read.check(&chosen, &self.settings, &self.messages));
        let Checked { findings, summary: counts, .. } = match checked {
            Ok(checked) => checked,
            Err(stopped) => {
                let (out, err, _) = self.no_check(stopped, &read.sources);
                return out + &err;
            }
        };
        let now: Vec<Known> = findings.iter().map(|finding| Known::new(finding, &read.sources)).collect();
        let draw = |findings: &[Finding]| pretty(findings, &read.sources, &self.messages, &self.options());
        let mut out = match before.as_deref() {
            None => draw(&findings),
            Some(before) => {
                let (new, gone) = difference(before, &now);
                let new: Vec<Finding> = new.iter().filter_map(|n| findings.get(*n).cloned()).collect();
                let gone: Vec<&Known> = gone.iter().filter_map(|n| before.get(*n)).collect();
                let there = |known: &Known| read.sources.iter().any(|(_, source)| source.path == known.path);
                self.changes(&new, &gone, draw, there)
            }
        };
        *before = Some(now);
        if read.is_empty() && read.files.faults.is_empty() {
            out.push_str(&self.nothing());
        } else {
            out.push_str(&format!("{}\n", summary(counts, &self.messages, self.lang)));
        }
        out
    }

    /// The new findings drawn, those that are gone in two lines each, and how many there are of both.
    fn changes(
        &self,
        new: &[Finding],
        gone: &[&Known],
        draw: impl Fn(&[Finding]) -> String,
        there: impl Fn(&Known) -> bool,
    ) -> String {
        if new.is_empty() && gone.is_empty() {
            return format!("{}\n", self.say("watch-same", &[]));
        }
        let mut out = draw(new);
        let width = self.options().width.max(NARROWEST);
        for known in gone {
            // Who takes a file away has not mended it.
            let id = if there(known) { "watch-gone" } else { "watch-gone-file" };
            let line = self.say(id, &[("name", &known.name.get(self.lang)), ("place", &known.place)]);
            out.extend(wrap(&line, width).into_iter().map(|line| line + "\n"));
            let message = wrap(known.message.get(self.lang), width - 2);
            out.extend(message.into_iter().map(|line| format!("  {line}\n")));
            out.push('\n');
        }
        let counts = [("new", &new.len() as &dyn ToString), ("gone", &gone.len())];
        out + &format!("{}\n", self.say("watch-count", &counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(rule: &str, path: &str, message: &str, place: &str) -> Known {
        Known {
            rule: rule.into(),
            path: path.into(),
            name: Wording::both(rule),
            message: Wording::both(message),
            place: place.into(),
        }
    }

    #[test]
    fn a_finding_that_moves_is_the_same_and_equal_ones_are_counted() {
        let before = [known("r", "a", "m", "a:1:1"), known("r", "a", "m", "a:2:1"), known("s", "a", "m", "a:3:1")];
        let moved = [known("r", "a", "m", "a:9:1"), known("r", "a", "m", "a:8:1"), known("s", "a", "m", "a:7:1")];
        assert_eq!(difference(&before, &moved), (vec![], vec![]));
        assert_eq!(difference(&before, &moved[1..]), (vec![], vec![1]));
        assert_eq!(difference(&moved[1..], &before), (vec![1], vec![]));
        let elsewhere = [known("r", "b", "m", "b:1:1"), known("r", "a", "n", "a:1:1")];
        assert_eq!(difference(&before, &elsewhere), (vec![0, 1], vec![0, 1, 2]));
        assert_eq!(difference(&[], &[]), (vec![], vec![]));
    }
}
