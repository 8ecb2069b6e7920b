//! What the settings name: rules, faults of form and sets, resolved against the rules of a run.
use std::collections::{BTreeMap, BTreeSet};

use super::{Config, Said};
use crate::findings::Messages;
use crate::rules::{Pack, code};
use crate::text::near::nearest;
use crate::text::normal::normal;
use crate::text::{Fault, Message, Severity, Span};

/// Everything that may be written where a rule is named.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The settings, for their sets.
    pub config: &'a Config,
    /// The rules.
    pub pack: &'a Pack,
    /// The faults of form.
    pub messages: &'a Messages,
}

impl Names<'_> {
    /// The codes that a rule (by code or name), a fault of form, a tag (分類) or a set stands for; `None` for an unknown name.
    #[must_use]
    pub fn codes(&self, name: &str) -> Option<BTreeSet<String>> {
        let tagged = || {
            let rules = self.pack.tagged(name).into_iter().filter_map(|n| self.pack.rules.get(n));
            Some(rules.map(|rule| code(rule).to_owned()).collect::<BTreeSet<_>>()).filter(|codes| !codes.is_empty())
        };
        self.alone(name).map(|code| BTreeSet::from([code])).or_else(tagged).or_else(|| {
            let set = self.config.sets.get_key_value(&normal(name))?;
            let (mut codes, mut entered, mut open) = (BTreeSet::new(), BTreeSet::from([set.0]), vec![set.1]);
            while let Some(set) = open.pop() {
                for member in &set.members {
                    match (self.alone(&member.text), self.config.sets.get_key_value(&normal(&member.text))) {
                        (Some(code), _) => drop(codes.insert(code)),
                        (None, _) if !self.pack.tagged(&member.text).is_empty() => {
                            codes.extend(self.codes(&member.text).unwrap_or_default());
                        }
                        // A set is entered once, so sets that name each other do no harm.
                        (None, Some((key, set))) if entered.insert(key) => open.push(set),
                        (None, _) => {}
                    }
                }
            }
            Some(codes)
        })
    }

    /// The code of one rule or fault of form.
    fn alone(&self, name: &str) -> Option<String> {
        let like = |text: &str| normal(text) == normal(name);
        let number = self
            .pack
            .find(name)
            .or_else(|| self.pack.rules.iter().position(|rule| like(code(rule)) || like(&rule.name.node)));
        match number.and_then(|n| self.pack.rules.get(n)) {
            Some(rule) => Some(code(rule).to_owned()),
            None => self.messages.explanation(name).map(|_| name.to_owned()),
        }
    }

    /// The rule, set or fault whose name is most like `name`; empty if none is.
    #[must_use]
    pub fn nearest(&self, name: &str) -> String {
        let mut known: Vec<&str> = self.messages.codes().collect();
        known.extend(self.pack.rules.iter().flat_map(|rule| [code(rule), rule.name.node.as_str()]));
        known.extend(self.pack.rules.iter().flat_map(|rule| rule.tags.iter().map(|tag| tag.node.as_str())));
        known.extend(self.config.sets.values().map(|set| set.name.text.as_str()));
        nearest(name, known.into_iter())
    }

    /// A fault for an unknown name of the settings.
    fn unknown(&self, name: &str, span: Span) -> Fault {
        Fault::error("config-unknown-rule", span).with("name", name).with("near", self.nearest(name))
    }
}

/// What the settings choose, in codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Rules to use; all if empty.
    pub select: Vec<String>,
    /// Rules not to use.
    pub ignore: Vec<String>,
    /// Rules and faults of form that are more or less grave than they say themselves.
    pub severities: BTreeMap<String, Severity>,
}

impl Choices {
    /// How grave a finding of `code` is that is `found` where its rule is `usual`. What an unsure reading has
    /// made a warning is no error in the eyes of the settings either.
    #[must_use]
    pub fn severity(&self, code: &str, found: Severity, usual: Severity) -> Severity {
        match self.severities.get(code) {
            Some(wanted) if found < usual => (*wanted).min(Severity::Warning),
            Some(wanted) => *wanted,
            None => found,
        }
    }
}

/// Resolves what the settings name, and reports what does not exist. Suppressions are left to
/// [`suppress`](fn@super::suppress): a wrong one does not stop the run.
#[must_use]
pub fn resolve(names: &Names<'_>) -> (Choices, Vec<Fault>) {
    let mut faults = Vec::new();
    let config = names.config;
    let mut list = |said: &[Said]| -> Vec<String> {
        let mut codes = Vec::new();
        for name in said {
            match names.codes(&name.text) {
                Some(found) => codes.extend(found),
                None => faults.push(names.unknown(&name.text, name.span)),
            }
        }
        codes
    };
    let (select, ignore) = (list(&config.select), list(&config.ignore));
    for set in config.sets.values() {
        list(&set.members);
    }
    for set in config.sets.values() {
        if names.alone(&set.name.text).is_some() || !names.pack.tagged(&set.name.text).is_empty() {
            faults.push(Fault::error("config-set-name", set.name.span).with("name", &set.name.text));
        } else if names.codes(&set.name.text).is_some_and(|codes| codes.is_empty())
            && set.members.iter().all(|member| names.codes(&member.text).is_some())
            && !set.members.is_empty()
        {
            // Sets that hold nothing but each other.
            faults.push(Fault::error("config-empty-set", set.name.span).with("name", &set.name.text));
        }
    }
    let severities = severities(names, &mut faults);
    for (rule, parameters) in &config.parameters {
        let known = names.codes(rule).is_some();
        if !known && let Some(first) = parameters.values().next() {
            faults.push(names.unknown(rule, first.rule));
        }
        let declared = names.pack.find(rule).and_then(|n| names.pack.rules.get(n));
        let declared = || declared.into_iter().flat_map(|r| &r.body.parameters).map(|p| p.name.node.as_str());
        for (name, parameter) in parameters.iter().filter(|(n, _)| known && !declared().any(|d| d == *n)) {
            let fault = Fault::error("config-unknown-parameter", parameter.name).with("name", name);
            faults.push(fault.with("rule", rule).with("near", nearest(name, declared())));
        }
    }
    faults.sort_by_key(|f| (f.span.start, f.span.end));
    (Choices { select, ignore, severities }, faults)
}

/// The severities by code: what is said of a rule itself before what is said of a set, later sets before earlier.
fn severities(names: &Names<'_>, faults: &mut Vec<Fault>) -> BTreeMap<String, Severity> {
    let mut of_sets = BTreeMap::new();
    let mut of_rules: BTreeMap<String, (Severity, Span)> = BTreeMap::new();
    for (name, severity) in &names.config.severities {
        match (names.alone(&name.text), names.codes(&name.text)) {
            (Some(code), _) => match of_rules.get(&code) {
                // By its code and by its name; written the same it has been reported already.
                Some((_, first)) if names.config.severities.iter().filter(|s| s.0.text == name.text).count() == 1 => {
                    let fault = Fault::error("yaml-duplicate-key", name.span).with("name", &name.text);
                    faults.push(fault.related(*first, Message::new("first-here")));
                }
                Some(_) => {}
                None => drop(of_rules.insert(code, (*severity, name.span))),
            },
            (None, Some(codes)) => of_sets.extend(codes.into_iter().map(|code| (code, *severity))),
            (None, None) => faults.push(names.unknown(&name.text, name.span)),
        }
    }
    of_sets.extend(of_rules.into_iter().map(|(code, (severity, _))| (code, severity)));
    of_sets
}
