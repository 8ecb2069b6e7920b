//! As much of XML Schema as the schema of JUnit needs: which elements and attributes may stand where.
use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::run::home;

#[derive(Debug, Default)]
struct Element {
    children: Vec<String>,
    /// By name: whether it must be there.
    attributes: BTreeMap<String, bool>,
    text: bool,
}

/// A schema, by the names of its elements.
pub struct Xsd(BTreeMap<String, Element>);

fn attributes(tag: &BytesStart<'_>) -> BTreeMap<String, String> {
    let read = |a: quick_xml::events::attributes::Attribute<'_>| {
        let value = quick_xml::escape::unescape(&a.value).expect("known references").into_owned();
        (a.key.as_ref().to_owned(), value)
    };
    tag.attributes().map(|a| read(a.expect("an attribute, once"))).collect()
}

impl Xsd {
    pub fn read(path: &str) -> Self {
        let text = std::fs::read_to_string(home().join(path)).expect("it is there");
        let mut reader = Reader::from_str(&text);
        let (mut elements, mut current, mut depth) = (BTreeMap::<String, Element>::new(), String::new(), 0);
        loop {
            let event = reader.read_event().expect("well-formed");
            let (tag, opens) = match &event {
                Event::Start(tag) => (tag, true),
                Event::Empty(tag) => (tag, false),
                Event::End(_) => {
                    depth -= 1;
                    continue;
                }
                Event::Eof => break,
                _ => continue,
            };
            let given = attributes(tag);
            let name = given.get("name").cloned().unwrap_or_default();
            match tag.name().as_ref() {
                "xs:element" | "xs:complexType" if depth == 1 => {
                    current = name;
                    let text = given.get("type").is_some_and(|t| t == "xs:string");
                    elements.insert(current.clone(), Element { text, ..Element::default() });
                }
                "xs:complexType" => {
                    let mixed = given.get("mixed").is_some_and(|m| m == "true");
                    elements.get_mut(&current).expect("an element").text = mixed;
                }
                "xs:element" => {
                    let child = given.get("ref").cloned().unwrap_or(name);
                    elements.get_mut(&current).expect("an element").children.push(child);
                }
                "xs:attribute" => {
                    let required = given.get("use").is_some_and(|u| u == "required");
                    elements.get_mut(&current).expect("an element").attributes.insert(name, required);
                }
                _ => {}
            }
            depth += i32::from(opens);
        }
        assert!(elements["testcase"].children.contains(&"failure".to_owned()), "{elements:?}");
        assert!(elements["testsuite"].attributes["tests"] && elements["failure"].text, "{elements:?}");
        Self(elements)
    }

    /// Panics where a text does not follow the schema.
    pub fn check(&self, text: &str) {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<String> = Vec::new();
        loop {
            let event = reader.read_event().unwrap_or_else(|e| panic!("{e}: {text}"));
            match &event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let name = tag.name().as_ref().to_owned();
                    let element = self.0.get(&name).unwrap_or_else(|| panic!("{name} is no element"));
                    match open.last() {
                        Some(parent) => assert!(self.0[parent].children.contains(&name), "{name} in {parent}"),
                        None => assert_eq!(name, "testsuites"),
                    }
                    let given = attributes(tag);
                    given.keys().for_each(|a| assert!(element.attributes.contains_key(a), "{a} at {name}"));
                    let missing = element.attributes.iter().find(|(a, required)| **required && !given.contains_key(*a));
                    assert!(missing.is_none(), "{missing:?} at {name}");
                    if matches!(event, Event::Start(_)) {
                        open.push(name);
                    }
                }
                Event::End(_) => drop(open.pop()),
                Event::Text(words) => {
                    let inside = open.last().is_some_and(|name| self.0[name].text);
                    assert!(inside || words.trim().is_empty(), "{words:?} in {open:?}");
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(open.is_empty());
        let bad =
            |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
        assert!(!text.contains(bad), "XML 1.0 has no such character");
    }
}
