//! From the tree of the file to the settings. Whatever is wrong is reported and left out; the rest is read.
use std::collections::BTreeMap;

use super::yaml::{Node, Value, parse};
use super::{Config, Parameter, Said, Set, Suppression};
use crate::findings::{Lang, severity_of_word};
use crate::text::near::nearest;
use crate::text::normal::normal;
use crate::text::{Fault, Message, Severity, SourceId, Sources, Span};
use crate::value::Date;

/// The keys of the file, in the order of the manual.
const KEYS: [&str; 10] =
    ["lang", "paths", "rules", "min-severity", "select", "ignore", "sets", "severities", "parameters", "suppressions"];
/// The keys of a suppression.
const SUPPRESSION_KEYS: [&str; 5] = ["rule", "document", "place", "reason", "until"];
/// The words for severities.
const SEVERITIES: &str = "誤り、警告、情報、error、warning、info";

/// Reads the settings in a source of `sources`.
#[must_use]
pub fn read(id: SourceId, sources: &Sources) -> (Config, Vec<Fault>) {
    let mut reader = Reader { faults: Vec::new() };
    let mut config = Config::default();
    if let Some(source) = sources.get(id)
        && let Some(tree) = parse(id, source, &mut reader.faults)
    {
        reader.config(&tree, &mut config);
    }
    reader.faults.sort_by_key(|f| (f.span.start, f.span.end));
    (config, reader.faults)
}

struct Reader {
    faults: Vec<Fault>,
}

impl Reader {
    fn config(&mut self, tree: &Node, config: &mut Config) {
        for (key, value) in self.entries("totsugo.yaml", tree.span, tree) {
            let Some(key) = self.key(key, &KEYS) else { continue };
            let name = key.text.as_str();
            match name {
                "lang" => config.lang = self.lang(&key, value),
                "paths" => config.paths = self.texts(&key, value, true),
                "rules" => config.rules = self.texts(&key, value, true),
                "min-severity" => config.min_severity = self.severity(&key, value),
                "select" => config.select = self.texts(&key, value, false),
                "ignore" => config.ignore = self.texts(&key, value, false),
                "sets" => self.sets(&key, value, &mut config.sets),
                "severities" => {
                    for (rule, value) in self.entries(name, key.span, value) {
                        let Some(rule) = self.text(name, rule.span, rule, false) else { continue };
                        config.severities.extend(self.severity(&rule, value).map(|s| (rule, s)));
                    }
                }
                "parameters" => self.parameters(&key, value, &mut config.parameters),
                _ => {
                    for item in self.items(name, key.span, value) {
                        config.suppressions.extend(self.suppression(&key, item));
                    }
                }
            }
        }
    }

    fn wrong_type(&mut self, key: &str, expected: &'static str, span: Span) {
        self.faults.push(Fault::error("config-type", span).with("key", key).with("expected", expected));
    }

    /// The entries of a map; none, and a fault, if it is no map. Nothing written is an empty map.
    fn entries<'n>(&mut self, key: &str, at: Span, node: &'n Node) -> &'n [(Node, Node)] {
        match &node.value {
            Value::Map(entries) => entries,
            Value::Nothing => &[],
            _ => {
                self.wrong_type(key, "map", seen(node.span, at));
                &[]
            }
        }
    }

    /// The items of a list, as with [`Self::entries`].
    fn items<'n>(&mut self, key: &str, at: Span, node: &'n Node) -> &'n [Node] {
        match &node.value {
            Value::List(items) => items,
            Value::Nothing => &[],
            _ => {
                self.wrong_type(key, "list", seen(node.span, at));
                &[]
            }
        }
    }

    /// A text; where `plain` may stand, a number as it is written too.
    fn text(&mut self, key: &str, at: Span, node: &Node, plain: bool) -> Option<Said> {
        match &node.value {
            Value::Text(text) => return Some(Said { text: text.clone(), span: seen(node.span, at) }),
            Value::Plain(text) if plain => return Some(Said { text: text.clone(), span: node.span }),
            _ => self.wrong_type(key, "text", seen(node.span, at)),
        }
        None
    }

    fn texts(&mut self, key: &Said, node: &Node, plain: bool) -> Vec<Said> {
        let items = self.items(&key.text, key.span, node);
        items.iter().filter_map(|item| self.text(&key.text, key.span, item, plain)).collect()
    }

    /// One of the keys that may stand here.
    fn key(&mut self, node: &Node, allowed: &[&'static str]) -> Option<Said> {
        let name = match &node.value {
            Value::Text(name) | Value::Plain(name) => name.clone(),
            _ => String::new(),
        };
        if allowed.contains(&name.as_str()) {
            return Some(Said { text: name, span: node.span });
        }
        let near = nearest(&name, allowed.iter().copied());
        let fault = Fault::error("config-unknown-key", node.span).with("name", name);
        self.faults.push(fault.with("near", near).with("allowed", allowed.join("、")));
        None
    }

    fn bad_value(&mut self, key: &Said, value: &Said, allowed: &str) {
        let near = nearest(&value.text, allowed.split('、'));
        let fault = Fault::error("config-bad-value", value.span).with("key", &key.text).with("value", &value.text);
        self.faults.push(fault.with("near", near).with("allowed", allowed));
    }

    fn lang(&mut self, key: &Said, node: &Node) -> Option<Lang> {
        let value = self.text(&key.text, key.span, node, false)?;
        match value.text.as_str() {
            "ja" => return Some(Lang::Ja),
            "en" => return Some(Lang::En),
            _ => self.bad_value(key, &value, "ja、en"),
        }
        None
    }

    fn severity(&mut self, key: &Said, node: &Node) -> Option<Severity> {
        let value = self.text(&key.text, key.span, node, false)?;
        let severity = severity_of_word(&value.text);
        if severity.is_none() {
            self.bad_value(key, &value, SEVERITIES);
        }
        severity
    }

    fn sets(&mut self, key: &Said, node: &Node, sets: &mut BTreeMap<String, Set>) {
        for (name, members) in self.entries(&key.text, key.span, node) {
            let Some(name) = self.text(&key.text, name.span, name, true) else { continue };
            let before = self.faults.len();
            let members = self.texts(&name, members, false);
            if members.is_empty() && self.faults.len() == before {
                // As a selection it would mean every rule, not none.
                self.faults.push(Fault::error("config-empty-set", name.span).with("name", &name.text));
            }
            if let Some(first) = sets.get(&normal(&name.text)) {
                // Written the same it has been reported as a key that is there twice.
                if first.name.text != name.text {
                    let fault = Fault::error("config-duplicate-key", name.span).with("name", &name.text);
                    self.faults.push(fault.related(first.name.span, Message::new("first-here")));
                }
                continue;
            }
            sets.insert(normal(&name.text), Set { name, members });
        }
    }

    fn parameters(&mut self, key: &Said, node: &Node, parameters: &mut BTreeMap<String, BTreeMap<String, Parameter>>) {
        for (rule, values) in self.entries(&key.text, key.span, node) {
            let Some(rule) = self.text(&key.text, rule.span, rule, false) else { continue };
            for (name, value) in self.entries(&rule.text, rule.span, values) {
                let Some(name) = self.text(&rule.text, name.span, name, true) else { continue };
                let Some(value) = self.text(&name.text, name.span, value, true) else { continue };
                let parameter = Parameter { rule: rule.span, name: name.span, value };
                parameters.entry(rule.text.clone()).or_default().insert(name.text, parameter);
            }
        }
    }

    fn suppression(&mut self, list: &Said, node: &Node) -> Option<Suppression> {
        let (mut rule, mut document, mut place, mut reason, mut until) = (None, None, None, None, None);
        let before = self.faults.len();
        for (key, value) in self.entries(&list.text, seen(node.span, list.span), node) {
            let Some(key) = self.key(key, &SUPPRESSION_KEYS) else { continue };
            match key.text.as_str() {
                "rule" => rule = self.text("rule", key.span, value, false),
                "document" => document = self.text("document", key.span, value, true),
                "place" => place = self.text("place", key.span, value, true),
                // Nothing written is no reason, which is reported with the other suppressions that do not hold.
                "reason" if matches!(value.value, Value::Nothing) => {}
                "reason" => reason = self.text("reason", key.span, value, false),
                _ => until = self.date(&key, value),
            }
        }
        if rule.is_none() && self.faults.len() == before {
            let at = seen(node.span, list.span);
            self.faults.push(Fault::error("config-missing-key", at).with("name", "rule"));
        }
        // One that is half read must not silence more than was meant.
        let whole = self.faults.len() == before;
        rule.filter(|_| whole).map(|rule| Suppression { rule, document, place, reason, until })
    }

    fn date(&mut self, key: &Said, node: &Node) -> Option<(Date, Span)> {
        let value = self.text(&key.text, key.span, node, true)?;
        match Date::read(&value.text) {
            Ok(date) => return Some((date, value.span)),
            Err(_) => self.faults.push(Fault::error("bad-date", value.span).with("text", &value.text)),
        }
        None
    }
}

/// The place of a value; where nothing is written, that of its key.
fn seen(span: Span, key: Span) -> Span {
    if span.range().is_empty() { key } else { span }
}
