//! Takes a tree apart. Whatever is not as it should be is reported, and the rest is read.
use super::{Node, Value};
use crate::text::near::nearest;
use crate::text::{Fault, Span};

/// A text of a YAML file and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The text, quotes and escapes resolved.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// Reads nodes and collects what is wrong with them.
#[derive(Debug, Default)]
pub struct Reader {
    /// What was wrong.
    pub faults: Vec<Fault>,
}

impl Reader {
    /// Reports that `key` holds something of another kind than `expected` (`map`, `list`, `text`).
    pub fn wrong_type(&mut self, key: &str, expected: &'static str, span: Span) {
        self.faults.push(Fault::error("yaml-type", span).with("key", key).with("expected", expected));
    }

    /// The entries of a map; none, and a fault, if it is no map. Nothing written is an empty map.
    pub fn entries<'n>(&mut self, key: &str, at: Span, node: &'n Node) -> &'n [(Node, Node)] {
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
    pub fn items<'n>(&mut self, key: &str, at: Span, node: &'n Node) -> &'n [Node] {
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
    pub fn text(&mut self, key: &str, at: Span, node: &Node, plain: bool) -> Option<Said> {
        match &node.value {
            Value::Text(text) => return Some(Said { text: text.clone(), span: seen(node.span, at) }),
            Value::Plain(text) if plain => return Some(Said { text: text.clone(), span: node.span }),
            _ => self.wrong_type(key, "text", seen(node.span, at)),
        }
        None
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &Said, node: &Node, plain: bool) -> Vec<Said> {
        let items = self.items(&key.text, key.span, node);
        items.iter().filter_map(|item| self.text(&key.text, key.span, item, plain)).collect()
    }

    /// One of the keys that may stand here.
    pub fn key(&mut self, node: &Node, allowed: &[&'static str]) -> Option<Said> {
        let name = match &node.value {
            Value::Text(name) | Value::Plain(name) => name.clone(),
            _ => String::new(),
        };
        if allowed.contains(&name.as_str()) {
            return Some(Said { text: name, span: node.span });
        }
        let near = nearest(&name, allowed.iter().copied());
        let fault = Fault::error("yaml-unknown-key", node.span).with("name", name);
        self.faults.push(fault.with("near", near).with("allowed", allowed.join("、")));
        None
    }

    /// Reports a value that is not among the `allowed` ones (with 、 between).
    pub fn bad_value(&mut self, key: &Said, value: &Said, allowed: &str) {
        let near = nearest(&value.text, allowed.split('、'));
        let fault = Fault::error("yaml-bad-value", value.span).with("key", &key.text).with("value", &value.text);
        self.faults.push(fault.with("near", near).with("allowed", allowed));
    }
}

/// The place of a value; where nothing is written, that of its key.
#[must_use]
pub fn seen(span: Span, key: Span) -> Span {
    if span.range().is_empty() { key } else { span }
}
