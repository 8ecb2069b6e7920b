//! `totsugo check --why`: how a finding came about.
use super::{FAILED, FINE, FOUND, Outcome, Session};
use crate::findings::{Finding, sort};
use crate::render::pretty::pretty;
use crate::render::why::why;
use crate::rules::{Explained, Pack, Violation, Workspace, explain};
use crate::text::{Sources, normal};

impl Session<'_> {
    /// Shows the findings that `asked` (`RULE`, `RULE:LINE`, `RULE:PATH:LINE` or `RULE:TEXT`) names, each with its steps.
    pub(super) fn why(
        &self,
        asked: &str,
        (pack, sources, workspace): (&Pack, &Sources, &Workspace),
        wanted: impl Fn(usize) -> bool,
        (faults, failed): (&[Finding], bool),
    ) -> Outcome {
        let err = pretty(faults, sources, &self.messages, &self.options());
        let (name, rest) = match asked.split_once([':', '：']) {
            Some((name, rest)) if pack.find(asked).is_none() => (name, rest.trim()),
            _ => (asked, ""),
        };
        let Some(rule) = pack.find(name) else {
            let text = match self.codes(vec![name.to_owned()], pack) {
                Ok(_) => format!("{}\n", self.say("why-no-rule", &[("name", &name)])),
                Err(text) => text,
            };
            return (String::new(), err + &text, FAILED);
        };
        let all = explain(pack, sources, workspace, rule, wanted, |_| true, &self.stop);
        if let Some(limit) = self.stop.met() {
            return (String::new(), err + &self.messages.limit(self.lang, limit) + "\n", FAILED);
        }
        let mut found: Vec<(Finding, &Explained)> = all
            .iter()
            .filter(|e| rest.is_empty() || stands_at(&e.violation, rest, sources))
            .filter_map(|e| Some((Finding::from_violation(e.violation.clone(), pack)?, e)))
            .collect();
        if all.is_empty() {
            return (format!("{}\n", self.say("why-no-finding", &[])), err, if failed { FAILED } else { FINE });
        }
        if found.is_empty() {
            let mut text = format!("{}\n", self.say("why-none", &[("name", &asked)]));
            for explained in &all {
                text.extend(sources.describe(explained.violation.span).map(|place| format!("  {place}\n")));
            }
            return (text, err, if failed { FAILED } else { FINE });
        }
        let mut order: Vec<Finding> = found.iter().map(|f| f.0.clone()).collect();
        sort(&mut order, sources);
        let mut out = String::new();
        for finding in order {
            let Some(at) = found.iter().position(|f| f.0 == finding) else { continue };
            let (finding, explained) = found.remove(at);
            out.push_str(&pretty(std::slice::from_ref(&finding), sources, &self.messages, &self.options()));
            out.push_str(&why(explained, sources, &self.messages, self.lang));
            out.push('\n');
        }
        (out, err, if failed { FAILED } else { FOUND })
    }
}

/// Whether a finding stands in a line (`12`, `a.plan:12`, `a.plan:12:3`), in a cell, or at a printed text.
fn stands_at(violation: &Violation, place: &str, sources: &Sources) -> bool {
    let Some(source) = sources.get(violation.span.source) else { return false };
    let at = source.position(violation.span.range().start);
    let printed = sources.text(violation.span);
    let line = format!("{}:{}", source.path, at.line);
    // Of a sheet: N12, 一覧!N12, a.xlsx 一覧!N12.
    let cell = source.grid.as_ref().map(|_| normal::normal(&source.place(violation.span.range().start)));
    let wanted = normal::normal(place);
    let is_cell = |whole: &String| {
        // Q33 is not AQ33.
        let letters = wanted.starts_with(|c: char| c.is_ascii_alphanumeric());
        let ends = whole.strip_suffix(wanted.as_str()).map(|before| before.chars().next_back());
        let whole_name = |c: Option<char>| !letters || c.is_none_or(|c| !c.is_ascii_alphanumeric());
        !wanted.is_empty() && ends.is_some_and(whole_name)
    };
    cell.as_ref().is_some_and(is_cell)
        || place == at.line.to_string()
        || [line.clone(), format!("{line}:{}", at.column)].iter().any(|whole| {
            // The end of a path, from the beginning of one of its names.
            place.contains(':') && (whole == place || whole.ends_with(&format!("/{place}")))
        })
        || normal::normal(printed.trim_matches('"')) == normal::normal(place.trim_matches('"'))
}
