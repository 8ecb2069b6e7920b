//! Rule packs: the built-in rules and those of the author, parsed, typed and ready to run.
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::built_in::BUILT_IN;
use super::check::{self, Parameters, Trust, define};
use super::ir::{TypedDefinition, TypedRule};
use super::joint::joint;
use super::ours::Ours;
use super::scheme::{Scheme, compile, decide};
use crate::plan::Vocabulary;
use crate::syntax::rules::{Rule, RuleFile, kept, parse};
use crate::text::{Bytes, Fault, Message, Severity, Source, SourceId, Sources, Text, normal};

/// The trees of [`BUILT_IN`] in their order, as `build.rs` has kept them; empty where a text has faults.
const KEPT: &[&[u8]] = include!(concat!(env!("OUT_DIR"), "/kept.rs"));

/// Rules and vocabulary, ready to run.
#[derive(Debug, Default)]
pub struct Pack {
    /// The words of plan files.
    pub vocabulary: Vocabulary,
    /// The rules as written.
    pub rules: Vec<Rule>,
    /// The rules ready to run, by their numbers: those of the author at once, since they may be wrong; the built-in
    /// ones, which are not, when they are asked for.
    typed: Vec<OnceLock<Vec<TypedRule>>>,
    /// The relations that rules make of others, each after those that it uses.
    pub definitions: Vec<TypedDefinition>,
    /// The status schemes that are whole and decided.
    pub schemes: Vec<Scheme>,
    /// What is wrong with the rule files.
    pub faults: Vec<Fault>,
}

/// A built-in text, of which only what is shown is brought into memory.
#[derive(Debug)]
struct BuiltIn(&'static str);

impl Bytes for BuiltIn {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn read(&self, range: Range<usize>, room: &mut Vec<u8>) -> io::Result<()> {
        room.clear();
        room.extend_from_slice(self.0.as_bytes().get(range).ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

impl Pack {
    /// Loads the built-in files and the author's (sources already added), in this order.
    #[must_use]
    pub fn load(sources: &mut Sources, own: &[SourceId]) -> Self {
        Self::load_with(sources, own, &Parameters::new())
    }

    /// As [`Pack::load`], with values that the configuration sets for 設定.
    #[must_use]
    pub fn load_with(sources: &mut Sources, own: &[SourceId], parameters: &Parameters) -> Self {
        let mut pack = Self::default();
        let mut whole = RuleFile::default();
        // Of what is built in nothing is wrong (a test holds that), so it is not looked for again.
        for ((path, text), bytes) in BUILT_IN.iter().zip(KEPT) {
            let id = sources.add(Source::new(*path, Text::stored(Arc::new(BuiltIn(text)))));
            let file = kept(id, bytes).unwrap_or_else(|| pack.parse(id, text));
            whole.append(file);
        }
        let ours = Ours::of(&whole);
        for id in own {
            let Some(source) = sources.get(*id) else { continue };
            let file = pack.parse(*id, &source.text);
            whole.append(file);
        }
        let sound = pack.faults.is_empty() && ours.means_the_same_in(&whole);
        let (vocabulary, faults) = Vocabulary::load(&whole.relations, &whole.units);
        pack.vocabulary = vocabulary;
        pack.faults.extend(faults);
        for (number, made) in whole.definitions.iter().enumerate() {
            let trust = if number < ours.definitions && sound { Trust::Sound } else { Trust::Doubtful };
            let typed = define(&mut pack.vocabulary, made, trust, &mut pack.faults);
            pack.definitions.extend(typed);
        }
        for (number, declared) in whole.schemes.iter().enumerate() {
            if let Some(first) = pack.schemes.iter().find(|s| s.name == declared.name.node) {
                let fault = Fault::error("duplicate-declaration", declared.name.span).with("name", &declared.name.node);
                pack.faults.push(fault.related(first.span, Message::new("first-here")));
                continue;
            }
            let before = pack.faults.len();
            let scheme = compile(declared, &mut pack.faults);
            if let Some(scheme) = scheme.as_ref().filter(|_| number >= ours.schemes) {
                decide(scheme, &mut pack.faults);
            }
            // A scheme that does not give exactly one status awards none.
            pack.schemes.extend(scheme.filter(|_| pack.faults.len() == before));
        }
        let mut codes: BTreeMap<String, usize> = BTreeMap::new();
        for (number, rule) in whole.rules.iter().enumerate() {
            if let Some(first) = codes.get(code(rule)).and_then(|&n| whole.rules.get(n)) {
                let at = rule.slug.as_ref().unwrap_or(&rule.name).span;
                let there = first.slug.as_ref().unwrap_or(&first.name).span;
                pack.faults.push(
                    Fault::error("duplicate-rule", at)
                        .with("name", code(rule))
                        .related(there, Message::new("first-here")),
                );
                pack.typed.push(OnceLock::from(Vec::new()));
                continue;
            }
            codes.insert(code(rule).to_owned(), number);
            let told = parameters.contains_key(code(rule)) || parameters.contains_key(&rule.name.node);
            pack.typed.push(match number < ours.rules && sound && !told {
                true => OnceLock::new(),
                false => {
                    check::check(&pack.vocabulary, parameters, number, rule, Trust::Doubtful, &mut pack.faults).into()
                }
            });
        }
        pack.rules = whole.rules;
        let conflicts = joint(&pack, ours.rules);
        pack.faults.extend(conflicts);
        pack
    }

    /// The forms ready to run of the rule of a number: one, several if it has a column variable, none if it has errors.
    /// (`TypedRule::rule` is the number.)
    #[must_use]
    pub fn typed(&self, number: usize) -> &[TypedRule] {
        let (Some(rule), Some(typed)) = (self.rules.get(number), self.typed.get(number)) else { return &[] };
        // Nothing is wrong with a rule that was left for now, and no value was given to it.
        let none = Parameters::new();
        typed.get_or_init(|| check::check(&self.vocabulary, &none, number, rule, Trust::Sound, &mut Vec::new()))
    }

    fn parse(&mut self, id: SourceId, text: &str) -> RuleFile {
        let parsed = parse(id, text);
        self.faults.extend(parsed.faults);
        parsed.file
    }

    /// Whether a rule file has an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.faults.iter().any(|f| f.severity == Severity::Error)
    }

    /// The rules of a set: those that carry this tag (分類).
    #[must_use]
    pub fn tagged(&self, tag: &str) -> Vec<usize> {
        let tag = normal::normal(tag);
        let has = |r: &Rule| r.tags.iter().any(|t| normal::normal(&t.node) == tag);
        self.rules.iter().enumerate().filter(|(_, r)| has(r)).map(|(n, _)| n).collect()
    }

    /// The number of the rule with a code or Japanese name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.rules.iter().position(|r| code(r) == name || r.name.node == name)
    }
}

/// The stable code of a rule.
#[must_use]
pub fn code(rule: &Rule) -> &str {
    rule.slug.as_ref().map_or(rule.name.node.as_str(), |s| s.node.as_str())
}

#[cfg(test)]
mod tests;
