//! The JSON Schemas of the files of settings, and what they say of a place.
use std::sync::LazyLock;

use serde_json::Value;

/// A kind of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `totsugo.yaml`
    Settings,
    /// `*.mapping.yaml`
    Mapping,
}

/// A step into a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Item,
}

static SETTINGS: LazyLock<Value> = LazyLock::new(|| {
    // A schema that cannot be read says nothing; a test sees to it that it can.
    serde_json::from_str(include_str!("../../../docs/totsugo.schema.json")).unwrap_or_default()
});
static MAPPING: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../docs/mapping.schema.json")).unwrap_or_default());

/// References to references end somewhere; a circle of them does not.
const DEEPEST: usize = 8;

/// The schemas that a value at the end of a path may follow: each as it is written, references resolved beside.
pub(super) fn at(form: Form, path: &[Step]) -> Vec<&'static Value> {
    let root: &'static Value = match form {
        Form::Settings => &SETTINGS,
        Form::Mapping => &MAPPING,
    };
    let mut nodes = Vec::new();
    expand(root, root, 0, &mut nodes);
    for step in path {
        let mut next = Vec::new();
        for node in nodes {
            let inner = match step {
                Step::Item => node.get("items"),
                Step::Key(key) => {
                    let named = node.get("properties").and_then(|p| p.get(key));
                    named.or_else(|| node.get("additionalProperties").filter(|a| a.is_object()))
                }
            };
            if let Some(inner) = inner {
                expand(root, inner, 0, &mut next);
            }
        }
        nodes = next;
    }
    nodes
}

fn expand(root: &'static Value, node: &'static Value, depth: usize, out: &mut Vec<&'static Value>) {
    if depth > DEEPEST {
        return;
    }
    out.push(node);
    if let Some(inner) = node.get("$ref").and_then(Value::as_str).and_then(|r| root.pointer(r.strip_prefix('#')?)) {
        expand(root, inner, depth + 1, out);
    }
    for inner in node.get("oneOf").and_then(Value::as_array).into_iter().flatten() {
        expand(root, inner, depth + 1, out);
    }
}

/// Whether a schema is a reference to the definition `name`.
pub(super) fn is(nodes: &[&Value], name: &str) -> bool {
    let wanted = format!("#/$defs/{name}");
    nodes.iter().any(|n| n.get("$ref").and_then(Value::as_str) == Some(wanted.as_str()))
}

/// What a schema says of itself.
pub(super) fn description(nodes: &[&Value]) -> String {
    nodes.iter().find_map(|n| n.get("description")?.as_str()).unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_through_references_and_alternatives() {
        let key = |k: &str| Step::Key(k.to_owned());
        let severity = at(Form::Settings, &[key("severities"), key("x")]);
        assert!(severity.iter().any(|n| n.get("enum").is_some()) && is(&severity, "severity"));
        assert!(is(&at(Form::Settings, &[key("suppressions"), Step::Item, key("rule")]), "name"));
        let field =
            at(Form::Mapping, &[key("tables"), Step::Item, key("columns"), Step::Item, key("指標"), key("名称")]);
        assert!(field.iter().any(|n| n.pointer("/properties/carry").is_some()));
        assert!(!description(&at(Form::Mapping, &[key("files")])).is_empty());
        assert_eq!(at(Form::Settings, &[key("no-such-key")]), Vec::<&Value>::new());
    }
}
