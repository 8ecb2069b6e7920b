//! Rule packs: the built-in rules and those of the author, parsed, typed and ready to run.
use std::collections::BTreeMap;

use super::check::{self, Parameters, define};
use super::ir::{TypedDefinition, TypedRule};
use super::scheme::{Scheme, compile, decide};
use crate::plan::Vocabulary;
use crate::syntax::rules::{Rule, RuleFile, parse};
use crate::text::{Fault, Message, Severity, Source, SourceId, Sources, normal};

/// The built-in rule files: path and text. The vocabulary comes first.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("rules/vocabulary.rules", include_str!("../../rules/vocabulary.rules")),
    ("rules/schemes.rules", include_str!("../../rules/schemes.rules")),
    ("rules/relisting.rules", include_str!("../../rules/relisting.rules")),
    ("rules/numbering.rules", include_str!("../../rules/numbering.rules")),
    ("rules/arithmetic.rules", include_str!("../../rules/arithmetic.rules")),
    ("rules/status.rules", include_str!("../../rules/status.rules")),
    ("rules/targets.rules", include_str!("../../rules/targets.rules")),
    ("rules/documents.rules", include_str!("../../rules/documents.rules")),
    ("rules/notation.rules", include_str!("../../rules/notation.rules")),
    ("rules/dates.rules", include_str!("../../rules/dates.rules")),
    ("rules/policy.rules", include_str!("../../rules/policy.rules")),
    ("rules/prose.rules", include_str!("../../rules/prose.rules")),
    ("rules/budget.rules", include_str!("../../rules/budget.rules")),
    ("rules/tree.rules", include_str!("../../rules/tree.rules")),
    ("rules/references.rules", include_str!("../../rules/references.rules")),
];

/// Rules and vocabulary, ready to run.
#[derive(Debug, Default)]
pub struct Pack {
    /// The words of plan files.
    pub vocabulary: Vocabulary,
    /// The rules as written.
    pub rules: Vec<Rule>,
    /// The rules ready to run (`TypedRule::rule` is the number in `rules`).
    pub typed: Vec<TypedRule>,
    /// The relations that rules make of others, each after those that it uses.
    pub definitions: Vec<TypedDefinition>,
    /// The status schemes that are whole and decided.
    pub schemes: Vec<Scheme>,
    /// What is wrong with the rule files.
    pub faults: Vec<Fault>,
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
        let mut files: Vec<SourceId> =
            BUILT_IN.iter().map(|(path, text)| sources.add(Source::new(*path, *text))).collect();
        files.extend_from_slice(own);
        let mut pack = Self::default();
        let mut whole = RuleFile::default();
        for id in files {
            let Some(source) = sources.get(id) else { continue };
            let parsed = parse(id, &source.text);
            pack.faults.extend(parsed.faults);
            whole.rules.extend(parsed.file.rules);
            whole.units.extend(parsed.file.units);
            whole.relations.extend(parsed.file.relations);
            whole.definitions.extend(parsed.file.definitions);
            whole.schemes.extend(parsed.file.schemes);
        }
        let (vocabulary, faults) = Vocabulary::load(&whole.relations, &whole.units);
        pack.vocabulary = vocabulary;
        pack.faults.extend(faults);
        for made in &whole.definitions {
            let typed = define(&mut pack.vocabulary, made, &mut pack.faults);
            pack.definitions.extend(typed);
        }
        for declared in &whole.schemes {
            if let Some(first) = pack.schemes.iter().find(|s| s.name == declared.name.node) {
                let fault = Fault::error("duplicate-declaration", declared.name.span).with("name", &declared.name.node);
                pack.faults.push(fault.related(first.span, Message::new("first-here")));
                continue;
            }
            let before = pack.faults.len();
            let scheme = compile(declared, &mut pack.faults);
            if let Some(scheme) = &scheme {
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
                continue;
            }
            codes.insert(code(rule).to_owned(), number);
            pack.typed.extend(check::check(&pack.vocabulary, parameters, number, rule, &mut pack.faults));
        }
        pack.rules = whole.rules;
        pack
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
