//! From the tree of the file to the settings. Whatever is wrong is reported and left out; the rest is read.
use std::collections::BTreeMap;

use super::{Config, Limits, Parameter, Said, Set, Suppression};
use crate::findings::{FailOn, Lang, severity_of_word};
use crate::syntax::yaml::{self, Node, Value, parse, seen};
use crate::text::normal::normal;
use crate::text::{Fault, Message, Severity, SourceId, Sources, Span};
use crate::value::Date;

/// The keys of the file, in the order of the manual.
const KEYS: [&str; 13] = [
    "lang",
    "paths",
    "rules",
    "min-severity",
    "fail-on",
    "select",
    "ignore",
    "sets",
    "severities",
    "parameters",
    "suppressions",
    "baseline",
    "limits",
];
/// The keys of `limits`.
const LIMITS: [&str; 4] = ["file-size", "findings", "steps", "time"];
/// The keys of a suppression.
const SUPPRESSION_KEYS: [&str; 5] = ["rule", "document", "place", "reason", "until"];
/// The words for severities.
const SEVERITIES: &str = "誤り、警告、情報、error、warning、info";
/// The words for what a run fails on.
const FAIL_ON: &str = "誤り、警告、情報、なし、error、warning、info、never";

/// Reads the settings in a source of `sources`.
#[must_use]
pub fn read(id: SourceId, sources: &Sources) -> (Config, Vec<Fault>) {
    let mut reader = Reader::default();
    let mut config = Config::default();
    if let Some(source) = sources.get(id)
        && let Some(tree) = parse(id, source, &mut reader.yaml.faults)
    {
        reader.config(&tree, &mut config);
    }
    let mut faults = reader.yaml.faults;
    faults.sort_by_key(|f| (f.span.start, f.span.end));
    (config, faults)
}

#[derive(Default)]
struct Reader {
    yaml: yaml::Reader,
}

impl Reader {
    fn config(&mut self, tree: &Node, config: &mut Config) {
        let mut fail_on_at = None;
        for (key, value) in self.yaml.entries("totsugo.yaml", tree.span, tree) {
            let Some(key) = self.yaml.key(key, &KEYS) else { continue };
            let name = key.text.as_str();
            match name {
                "lang" => config.lang = self.lang(&key, value),
                "paths" => config.paths = self.yaml.texts(&key, value, true),
                "rules" => config.rules = self.yaml.texts(&key, value, true),
                "min-severity" => config.min_severity = self.severity(&key, value),
                "fail-on" => {
                    config.fail_on = self.fail_on(&key, value);
                    fail_on_at = Some(key.span);
                }
                "select" => config.select = self.yaml.texts(&key, value, false),
                "ignore" => config.ignore = self.yaml.texts(&key, value, false),
                "sets" => self.sets(&key, value, &mut config.sets),
                "severities" => {
                    for (rule, value) in self.yaml.entries(name, key.span, value) {
                        let Some(rule) = self.yaml.text(name, rule.span, rule, false) else { continue };
                        config.severities.extend(self.severity(&rule, value).map(|s| (rule, s)));
                    }
                }
                "baseline" => config.baseline = self.yaml.text(name, key.span, value, true),
                "limits" => self.limits(&key, value, &mut config.limits),
                "parameters" => self.parameters(&key, value, &mut config.parameters),
                _ => {
                    for item in self.yaml.items(name, key.span, value) {
                        config.suppressions.extend(self.suppression(&key, item));
                    }
                }
            }
        }
        let fail_on = config.fail_on.and_then(FailOn::severity);
        if let (Some(span), Some(least), Some(shown)) = (fail_on_at, fail_on, config.min_severity)
            && least < shown
        {
            self.yaml.faults.push(Fault::error("config-fail-on-hidden", span));
        }
    }

    fn fail_on(&mut self, key: &Said, node: &Node) -> Option<FailOn> {
        let value = self.yaml.text(&key.text, key.span, node, false)?;
        let fail_on = FailOn::of_word(&value.text);
        if fail_on.is_none() {
            self.yaml.bad_value(key, &value, FAIL_ON);
        }
        fail_on
    }

    fn lang(&mut self, key: &Said, node: &Node) -> Option<Lang> {
        let value = self.yaml.text(&key.text, key.span, node, false)?;
        match value.text.as_str() {
            "ja" => return Some(Lang::Ja),
            "en" => return Some(Lang::En),
            _ => self.yaml.bad_value(key, &value, "ja、en"),
        }
        None
    }

    fn severity(&mut self, key: &Said, node: &Node) -> Option<Severity> {
        let value = self.yaml.text(&key.text, key.span, node, false)?;
        let severity = severity_of_word(&value.text);
        if severity.is_none() {
            self.yaml.bad_value(key, &value, SEVERITIES);
        }
        severity
    }

    fn sets(&mut self, key: &Said, node: &Node, sets: &mut BTreeMap<String, Set>) {
        for (name, members) in self.yaml.entries(&key.text, key.span, node) {
            let Some(name) = self.yaml.text(&key.text, name.span, name, true) else { continue };
            let before = self.yaml.faults.len();
            let members = self.yaml.texts(&name, members, false);
            if members.is_empty() && self.yaml.faults.len() == before {
                // As a selection it would mean every rule, not none.
                self.yaml.faults.push(Fault::error("config-empty-set", name.span).with("name", &name.text));
            }
            if let Some(first) = sets.get(&normal(&name.text)) {
                // Written the same it has been reported as a key that is there twice.
                if first.name.text != name.text {
                    let fault = Fault::error("yaml-duplicate-key", name.span).with("name", &name.text);
                    self.yaml.faults.push(fault.related(first.name.span, Message::new("first-here")));
                }
                continue;
            }
            sets.insert(normal(&name.text), Set { name, members });
        }
    }

    fn limits(&mut self, key: &Said, node: &Node, limits: &mut Limits) {
        for (name, value) in self.yaml.entries(&key.text, key.span, node) {
            let Some(name) = self.yaml.key(name, &LIMITS) else { continue };
            let most = match name.text.as_str() {
                "file-size" => 1_024,
                "findings" => 10_000_000,
                "steps" => 1_000_000,
                _ => 86_400,
            };
            let Some(said) = self.yaml.text(&name.text, name.span, value, true) else { continue };
            let Some(number) = said.text.parse::<u64>().ok().filter(|n| (1..=most).contains(n)) else {
                self.yaml.bad_value(&name, &said, &format!("1～{most}"));
                continue;
            };
            match name.text.as_str() {
                "file-size" => limits.file_size = Some(number),
                "findings" => limits.findings = usize::try_from(number).ok(),
                "steps" => limits.steps = Some(number),
                _ => limits.time = Some(number),
            }
        }
    }

    fn parameters(&mut self, key: &Said, node: &Node, parameters: &mut BTreeMap<String, BTreeMap<String, Parameter>>) {
        for (rule, values) in self.yaml.entries(&key.text, key.span, node) {
            let Some(rule) = self.yaml.text(&key.text, rule.span, rule, false) else { continue };
            for (name, value) in self.yaml.entries(&rule.text, rule.span, values) {
                let Some(name) = self.yaml.text(&rule.text, name.span, name, true) else { continue };
                let Some(value) = self.yaml.text(&name.text, name.span, value, true) else { continue };
                let parameter = Parameter { rule: rule.span, name: name.span, value };
                parameters.entry(rule.text.clone()).or_default().insert(name.text, parameter);
            }
        }
    }

    fn suppression(&mut self, list: &Said, node: &Node) -> Option<Suppression> {
        let (mut rule, mut document, mut place, mut reason, mut until) = (None, None, None, None, None);
        let before = self.yaml.faults.len();
        for (key, value) in self.yaml.entries(&list.text, seen(node.span, list.span), node) {
            let Some(key) = self.yaml.key(key, &SUPPRESSION_KEYS) else { continue };
            match key.text.as_str() {
                "rule" => rule = self.yaml.text("rule", key.span, value, false),
                "document" => document = self.yaml.text("document", key.span, value, true),
                "place" => place = self.yaml.text("place", key.span, value, true),
                // Nothing written is no reason, which is reported with the other suppressions that do not hold.
                "reason" if matches!(value.value, Value::Nothing) => {}
                "reason" => reason = self.yaml.text("reason", key.span, value, false),
                _ => until = self.date(&key, value),
            }
        }
        if rule.is_none() && self.yaml.faults.len() == before {
            let at = seen(node.span, list.span);
            self.yaml.faults.push(Fault::error("yaml-missing-key", at).with("name", "rule"));
        }
        // One that is half read must not silence more than was meant.
        let whole = self.yaml.faults.len() == before;
        rule.filter(|_| whole).map(|rule| Suppression { rule, document, place, within: None, reason, until })
    }

    fn date(&mut self, key: &Said, node: &Node) -> Option<(Date, Span)> {
        let value = self.yaml.text(&key.text, key.span, node, true)?;
        match Date::read(&value.text) {
            Ok(date) => return Some((date, value.span)),
            Err(_) => self.yaml.faults.push(Fault::error("bad-date", value.span).with("text", &value.text)),
        }
        None
    }
}
