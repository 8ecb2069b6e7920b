//! `totsugo test`: the tests that stand in rule files.
use std::collections::BTreeMap;
use std::io::Write as _;

use super::terminal::for_people;
use super::{FAILED, FINE, FOUND, Outcome, Session};
use crate::findings::{Finding, sort};
use crate::project::Rules;
use crate::render::pretty::pretty;
use crate::rules::{Coverage, Pack, code, coverage, run_tests};
use crate::text::{Sources, normal};

impl Session<'_> {
    /// Runs the tests, with `--watch` again and again.
    pub(super) fn test(&self) -> Outcome {
        if !self.matches.get_flag("watch") {
            return self.test_once();
        }
        loop {
            // Looked at before the run, so that a change during the run is seen after it.
            let stamps = self.scope(&self.paths()).stamps_of_rules();
            let (out, err, _) = self.test_once();
            let text = format!("{out}{err}{}\n\n", self.say("tests-watching", &[]));
            let text = for_people(&text, self.options().color);
            let mut terminal = std::io::stdout();
            if terminal.write_all(text.as_bytes()).and_then(|()| terminal.flush()).is_err() {
                return (String::new(), String::new(), FINE);
            }
            stamps.wait(|| self.scope(&self.paths()).stamps_of_rules());
        }
    }

    /// The codes of the rules that are asked for.
    fn chosen(&self, pack: &Pack) -> Result<Vec<String>, String> {
        let select = self.codes(self.many("select", &[]), pack)?;
        let text = self.one("filter").unwrap_or("");
        let part = normal::normal(text);
        let holds = |whole: &str| normal::normal(whole).contains(&part);
        let chosen: Vec<String> = pack
            .rules
            .iter()
            .filter(|r| select.is_empty() || select.iter().any(|s| s == code(r)))
            .filter(|r| holds(code(r)) || holds(&r.name.node))
            .map(|r| code(r).to_owned())
            .collect();
        if chosen.is_empty() && !text.is_empty() {
            return Err(format!("{}\n", self.say("tests-none", &[("text", &text)])));
        }
        Ok(chosen)
    }

    fn test_once(&self) -> Outcome {
        let (rules, mut findings, broken) = self.pack();
        let Rules { sources, pack } = &*rules;
        let chosen = match self.chosen(pack) {
            Ok(chosen) => chosen,
            Err(text) => return (String::new(), text, FAILED),
        };
        let (count, failed) = run_tests(pack, sources, |name| chosen.iter().any(|s| s == name), &self.stop);
        findings.extend(failed.iter().map(|f| Finding::from_fault(f, &self.messages)));
        let mut out = pretty(&findings, sources, &self.messages, &self.options());
        if let Some(limit) = self.stop.met() {
            return (out, self.messages.limit(self.lang, limit) + "\n", FAILED);
        }
        let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
        for name in failed.iter().flat_map(|f| &f.message.args).filter(|a| a.0 == "name") {
            *by_rule.entry(&name.1).or_default() += 1;
        }
        for rule in &pack.rules {
            let Some(failed) = by_rule.remove(code(rule)) else { continue };
            let (name, tests) = (&rule.name.node, rule.about.tests.len());
            let line = [("name", name as &dyn ToString), ("code", &code(rule)), ("tests", &tests), ("failed", &failed)];
            out.push_str(&format!("{}\n", self.say("tests-rule", &line)));
        }
        let passed = count - failed.len();
        let line = [
            ("tests", &count as &dyn ToString),
            ("passed", &passed),
            ("failed", &failed.len()),
            ("rules", &chosen.len()),
        ];
        out.push_str(&format!("{}\n", self.say("tests-line", &line)));
        let mut enough = true;
        if self.matches.get_flag("coverage") || self.one("min-coverage").is_some() {
            let Ok(least) = self.one("min-coverage").unwrap_or("0").trim_end_matches(['%', '％']).parse::<usize>()
            else {
                let value = self.one("min-coverage").unwrap_or("");
                let text = self.say("cli-error-value", &[("arg", &"--min-coverage"), ("value", &value)]);
                return (String::new(), format!("{text}\n"), FAILED);
            };
            let coverage = coverage(pack, sources, |name| chosen.iter().any(|s| s == name), &self.stop);
            if let Some(limit) = self.stop.met() {
                return (out, self.messages.limit(self.lang, limit) + "\n", FAILED);
            }
            self.coverage(&coverage, pack, sources, &mut out);
            enough = coverage.reached() * 100 >= least * coverage.all();
        }
        let status = match (broken, failed.is_empty() && enough) {
            (true, _) => FAILED,
            (false, false) => FOUND,
            (false, true) => FINE,
        };
        (out, String::new(), status)
    }

    /// What no test reaches, the share of each rule that is not reached whole, and of all rules.
    fn coverage(&self, coverage: &Coverage, pack: &Pack, sources: &Sources, out: &mut String) {
        let mut findings: Vec<Finding> =
            coverage.faults.iter().map(|f| Finding::from_fault(f, &self.messages)).collect();
        sort(&mut findings, sources);
        out.push('\n');
        out.push_str(&pretty(&findings, sources, &self.messages, &self.options()));
        for (rule, reached, all) in coverage.rules.iter().filter(|(_, reached, all)| reached < all) {
            let Some(rule) = pack.rules.get(*rule) else { continue };
            let share = [
                ("percent", &percent(*reached, *all) as &dyn ToString),
                ("name", &rule.name.node),
                ("code", &code(rule)),
                ("reached", reached),
                ("all", all),
            ];
            out.push_str(&format!("{}\n", self.say("coverage-rule", &share)));
        }
        let (reached, all) = (coverage.reached(), coverage.all());
        let share = [("percent", &percent(reached, all) as &dyn ToString), ("reached", &reached), ("all", &all)];
        out.push_str(&format!("{}\n", self.say("coverage-line", &share)));
    }
}

/// A share with one decimal, never rounded up: 100.0 is all of them.
fn percent(part: usize, whole: usize) -> String {
    let thousandths = (part * 1000).checked_div(whole).unwrap_or(1000);
    format!("{}.{}", thousandths / 10, thousandths % 10)
}
