//! YAML to a tree of texts, lists and maps in which every node has its place. The only file that knows the parser.
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy};
use serde_saphyr::{Error, Location, Spanned};

use crate::text::{Fault, Message, Source, SourceId, Span};

/// A node and where it stands; the place of a list or map reaches from its first entry to its last.
#[derive(Debug)]
pub struct Node {
    /// What it holds.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

/// What a node holds.
#[derive(Debug)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Nothing,
    /// A text.
    Text(String),
    /// A number or a truth value, as written.
    Plain(String),
    /// A list.
    List(Vec<Node>),
    /// A map in the order of the file; a key that is there twice is in it twice.
    Map(Vec<(Node, Node)>),
}

/// The most nodes of a file that people write.
const NODES: usize = 50_000;
/// The most nodes of a file that holds data.
const NODES_OF_DATA: usize = 50_000_000;

/// Reads a text. Keys that are there twice are faults beside the tree; a text that is no YAML gives no tree.
pub fn parse(id: SourceId, source: &Source, faults: &mut Vec<Fault>) -> Option<Node> {
    parse_with(id, source, NODES, faults)
}

/// As [`parse`], for a file that holds data (JSON is read as YAML, of which it is a part).
pub fn parse_large(id: SourceId, source: &Source, faults: &mut Vec<Fault>) -> Option<Node> {
    parse_with(id, source, NODES_OF_DATA, faults)
}

fn parse_with(id: SourceId, source: &Source, nodes: usize, faults: &mut Vec<Fault>) -> Option<Node> {
    let place = Places { id, source, nodes };
    let (tree, twice) = match load(&source.text, nodes, DuplicateKeyPolicy::Error) {
        Err(Error::DuplicateMappingKey { location, .. }) => {
            (load(&source.text, nodes, DuplicateKeyPolicy::LastWins), Some(place.of_error(Some(location))))
        }
        done => (done, None),
    };
    let tree = match tree {
        Ok(tree) => place.node(&tree),
        Err(error) => {
            faults.push(place.fault(&error));
            return None;
        }
    };
    let before = faults.len();
    repeated(&tree, faults);
    // The parser compares numbers by value and then keeps one of two entries: what it saw is said all the same.
    if let Some(span) = twice.filter(|_| faults.len() == before) {
        let name = source.text.get(span.range()).unwrap_or("").to_owned();
        faults.push(Fault::error("yaml-duplicate-key", span).with("name", name));
    }
    Some(tree)
}

fn load(text: &str, nodes: usize, duplicate_keys: DuplicateKeyPolicy) -> Result<Spanned<Raw>, Error> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: if nodes > NODES { 160 } else { 32 },
            max_nodes: nodes,
            max_events: nodes.saturating_mul(4),
            max_total_scalar_bytes: 1 << 30,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 10_000 },
        duplicate_keys: duplicate_keys,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options)
}

/// Reports every key that a map has twice, with the place of the first.
fn repeated(node: &Node, faults: &mut Vec<Fault>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| repeated(item, faults)),
        Value::Map(entries) => {
            let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
            for (key, value) in entries {
                if let Value::Text(name) | Value::Plain(name) = &key.value {
                    match seen.get(name.as_str()) {
                        Some(first) => faults.push(
                            Fault::error("yaml-duplicate-key", key.span)
                                .with("name", name)
                                .related(*first, Message::new("first-here")),
                        ),
                        None => drop(seen.insert(name, key.span)),
                    }
                }
                repeated(value, faults);
            }
        }
        Value::Nothing | Value::Text(_) | Value::Plain(_) => {}
    }
}

/// A node as the parser gives it.
enum Raw {
    Nothing,
    Text(String),
    Plain,
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

/// Turns the parser's places into ours.
struct Places<'a> {
    id: SourceId,
    source: &'a Source,
    nodes: usize,
}

impl Places<'_> {
    fn node(&self, raw: &Spanned<Raw>) -> Node {
        let mut span = self.span(raw.referenced).unwrap_or(Span::new(self.id, 0..0));
        let value = match &raw.value {
            Raw::Nothing => Value::Nothing,
            Raw::Text(text) => Value::Text(text.clone()),
            // What was written, not what YAML makes of it: 1.0 and 0x10 stay as they are.
            Raw::Plain => Value::Plain(
                self.span(raw.defined).and_then(|s| self.source.text.get(s.range())).unwrap_or("").to_owned(),
            ),
            Raw::List(items) => Value::List(items.iter().map(|item| self.node(item)).collect()),
            Raw::Map(entries) => {
                Value::Map(entries.iter().map(|(key, value)| (self.node(key), self.node(value))).collect())
            }
        };
        let last = match &value {
            Value::List(items) => items.last().map(|item| item.span),
            Value::Map(entries) => entries.last().map(|(key, value)| key.span.to(value.span)),
            _ => None,
        };
        if let Some(last) = last.filter(|last| last.end > span.end) {
            span.end = last.end;
        }
        Node { value, span }
    }

    /// The bytes of a place, without the blanks that end it (a block of text ends with its line break).
    fn span(&self, location: Location) -> Option<Span> {
        let at = location.span();
        let start = usize::try_from(at.byte_offset()?).ok()?;
        let length = usize::try_from(at.byte_len()?).ok()?;
        let text = self.source.text.get(start..start.checked_add(length)?)?;
        Some(Span::new(self.id, start..start + text.trim_end().len()))
    }

    /// The place of an error: what it covers, or the character at its line and column.
    fn of_error(&self, location: Option<Location>) -> Span {
        let text = &self.source.text;
        let Some(location) = location else { return Span::new(self.id, text.len()..text.len()) };
        if let Some(span) = self.span(location).filter(|s| !s.range().is_empty()) {
            return span;
        }
        let line = usize::try_from(location.line()).unwrap_or(1).saturating_sub(1);
        let column = usize::try_from(location.column()).unwrap_or(1).saturating_sub(1);
        let range = self.source.line_range(line);
        let rest = text.get(range.clone()).unwrap_or("");
        let at = rest.char_indices().nth(column).map_or(range.end, |(n, _)| range.start + n);
        if let Some(there) = text.get(at..range.end).and_then(|t| t.chars().next()) {
            return Span::new(self.id, at..at + there.len_utf8());
        }
        // At the end of a line nothing can be seen: the last character before it.
        let before = text.get(..at).unwrap_or("").trim_end();
        let width = before.chars().next_back().map_or(0, char::len_utf8);
        Span::new(self.id, before.len() - width..before.len())
    }

    fn fault(&self, error: &Error) -> Fault {
        let mut inner = error;
        while let Error::AliasError { error, .. } | Error::WithSnippet { error, .. } = inner {
            inner = error;
        }
        let span = self.of_error(error.location());
        if matches!(
            inner,
            Error::Budget { .. }
                | Error::AliasReplayLimitExceeded { .. }
                | Error::AliasExpansionLimitExceeded { .. }
                | Error::AliasReplayStackDepthExceeded { .. }
                | Error::AliasReplayCounterOverflow { .. }
        ) {
            return Fault::error("yaml-too-large", span).with("limit", self.nodes);
        }
        let reason = inner.to_string();
        let reason = reason.split(" at line ").next().unwrap_or("").to_owned();
        Fault::error("yaml-syntax", span).with("kind", kind(inner, &reason)).with("reason", reason)
    }
}

/// What is wrong with a text that is no YAML, as far as it can be put into words of ours.
fn kind(error: &Error, reason: &str) -> &'static str {
    match error {
        Error::UnknownAnchor { .. } => "anchor",
        Error::MultipleDocuments { .. } => "documents",
        _ if reason.contains("quot") => "quote",
        _ if reason.contains("bracket") || reason.contains("flow ") => "bracket",
        _ if reason.contains("mapping values are not allowed") => "colon",
        _ if reason.contains("tab") => "tab",
        _ if reason.contains("indentation") || reason.contains("block mapping") => "indent",
        _ if reason.contains("unexpected character") => "character",
        _ => "other",
    }
}
