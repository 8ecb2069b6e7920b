//! The TextMate grammars in `editors/vscode/syntaxes`, made from `editors/textmate/*.yaml`.
//!
//! `cargo run --example textmate` writes them. The shapes are written by hand; every word comes from where the
//! program itself has it: `grammar/keywords.pest`, `rules/vocabulary.rules` and the functions of the language. A
//! keyword that no pattern uses is an error, so a new one cannot be forgotten.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
use std::collections::{BTreeMap, BTreeSet};

use pest_meta::ast::Expr;
use pest_meta::parser::{self, Rule};
use serde_json::Value;
use totsugo::plan::{ColumnRole, ColumnType, RelationKind};
use totsugo::rules::{Function, Pack};
use totsugo::text::Sources;

/// The grammars: where they are kept, and their source.
const GRAMMARS: [(&str, &str); 2] = [
    ("editors/vscode/syntaxes/plan.tmLanguage.json", include_str!("../editors/textmate/plan.yaml")),
    ("editors/vscode/syntaxes/rules.tmLanguage.json", include_str!("../editors/textmate/rules.yaml")),
];

/// Words by the name that a pattern calls them by.
type Words = BTreeMap<String, BTreeSet<String>>;

/// The keywords of rule files: each under its name (`kw_rule`), and under the rules of the grammar that use it
/// (`in.clause_word`).
pub fn keywords() -> Words {
    let read = |text: &str| {
        let pairs = parser::parse(Rule::grammar_rules, text).expect("the grammar is well-formed");
        parser::consume_rules(pairs).expect("the grammar is valid")
    };
    let both = concat!(include_str!("../grammar/keywords.pest"), include_str!("../grammar/rules.pest"));
    let rules = read(both);
    let mut words = Words::new();
    for rule in rules.iter().filter(|r| r.name.starts_with("kw_")) {
        let texts = rule.expr.iter_top_down().filter_map(|e| if let Expr::Str(text) = e { Some(text) } else { None });
        words.insert(rule.name.clone(), texts.collect());
    }
    let mut used = Words::new();
    for rule in &rules {
        let named = rule.expr.iter_top_down().filter_map(|e| if let Expr::Ident(name) = e { Some(name) } else { None });
        let all: BTreeSet<String> = named.filter_map(|n| words.get(&n)).flatten().cloned().collect();
        if !all.is_empty() {
            used.insert(format!("in.{}", rule.name), all);
        }
    }
    words.extend(used);
    words
}

/// The words of plan files, as the vocabulary declares them, and the functions of rules.
pub fn vocabulary() -> Words {
    let pack = Pack::load(&mut Sources::default(), &[]);
    let mut words = Words::new();
    let mut add = |class: &str, names: &[&str]| {
        let class = words.entry(class.to_owned()).or_default();
        class.extend(names.iter().filter(|n| !n.is_empty()).map(|n| (*n).to_owned()));
    };
    let vocabulary = &pack.vocabulary;
    for relation in &vocabulary.relations {
        let names = [relation.name.as_str(), relation.alias.as_str()];
        match relation.kind {
            RelationKind::Entity => add("thing", &names),
            RelationKind::Series(_) => add("attribute", &names),
            RelationKind::Rows(_) | RelationKind::Defined => {}
        }
        for column in &relation.columns {
            let names = [column.name.as_str(), column.alias.as_str()];
            match column.role {
                ColumnRole::Attribute | ColumnRole::List => add("attribute", &names),
                ColumnRole::Mark => {
                    add("attribute", &names);
                    add("marker", &names);
                }
                ColumnRole::Cell => add("cell", &names),
                ColumnRole::Head | ColumnRole::Derived(_) | ColumnRole::Given => {}
            }
            if let ColumnType::Choice(choices) = &column.ty {
                add("choice", &choices.iter().map(String::as_str).collect::<Vec<_>>());
            }
        }
    }
    for (keyword, alias, _, _) in &vocabulary.keywords {
        add("thing", &[keyword, alias]);
    }
    for (ja, en, _) in Function::ALL {
        add("function", &[ja, en]);
    }
    // What no vocabulary declares: see plan/lower.rs and plan/cell.rs; a test reads a plan with these words.
    add("confidence", &["読取", "confidence"]);
    add("low", &["低", "low"]);
    add("unreadable", &["判読不能", "unreadable", "■"]);
    add("choice", &["はい", "いいえ", "yes", "no"]);
    words
}

/// One grammar, and the names of the words that it uses.
fn fill(yaml: &str, words: &Words) -> (Value, BTreeSet<String>) {
    let mut grammar: Value = serde_saphyr::from_str(yaml).expect("the source of a grammar is YAML");
    let top = grammar.as_object_mut().expect("a map");
    let variables = top.remove("variables").expect("variables");
    let mut known: BTreeMap<String, String> = words
        .iter()
        .map(|(name, words)| {
            // Longer words first: engines take the first that fits.
            let mut words: Vec<&String> = words.iter().collect();
            words.sort_by_key(|w| (std::cmp::Reverse(w.chars().count()), w.as_str()));
            let escaped: Vec<String> = words.iter().map(|w| regex::escape(w)).collect();
            (name.clone(), escaped.join("|"))
        })
        .collect();
    for (name, pattern) in variables.as_object().expect("a map of variables") {
        let pattern = pattern.as_str().expect("a pattern is a text").to_owned();
        assert!(known.insert(name.clone(), pattern).is_none(), "{name} is a name of words already");
    }
    let mut used = BTreeSet::new();
    walk(&mut grammar, &known, &mut used);
    (grammar, used)
}

fn walk(value: &mut Value, known: &BTreeMap<String, String>, used: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                match inner {
                    Value::String(pattern) if matches!(key.as_str(), "match" | "begin" | "end") => {
                        *pattern = expand(pattern, known, used, 0);
                    }
                    _ => walk(inner, known, used),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| walk(inner, known, used)),
        _ => {}
    }
}

fn expand(pattern: &str, known: &BTreeMap<String, String>, used: &mut BTreeSet<String>, depth: usize) -> String {
    assert!(depth < 16, "a variable that holds itself: {pattern}");
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, name, after)) = hole(rest) {
        let inner = known.get(name).unwrap_or_else(|| panic!("no words and no variable are called {name}"));
        used.insert(name.to_owned());
        out.push_str(before);
        out.push_str(&expand(inner, known, used, depth + 1));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The first `{{name}}`.
fn hole(text: &str) -> Option<(&str, &str, &str)> {
    let (start, _) = text.match_indices("{{").find(|(at, _)| {
        text[at + 2..].split_once("}}").is_some_and(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        })
    })?;
    let (name, after) = text[start + 2..].split_once("}}")?;
    Some((&text[..start], name, after))
}

/// The grammars as they are to be kept: path and text.
pub fn grammars() -> Vec<(&'static str, String)> {
    let keywords = keywords();
    let mut words = vocabulary();
    words.extend(keywords.clone());
    let mut all_used = BTreeSet::new();
    let mut out = Vec::new();
    for (path, yaml) in GRAMMARS {
        let (grammar, used) = fill(yaml, &words);
        out.push((path, serde_json::to_string_pretty(&grammar).expect("JSON") + "\n"));
        all_used.extend(used);
    }
    let coloured: BTreeSet<&String> = all_used.iter().filter_map(|name| words.get(name)).flatten().collect();
    for (name, texts) in &words {
        let missing: Vec<&String> = texts.iter().filter(|t| !coloured.contains(t)).collect();
        assert!(missing.is_empty(), "no pattern in editors/textmate uses {name}: {missing:?}");
        let alone = name.starts_with("kw_") && !all_used.contains(name);
        let shared = || all_used.iter().any(|n| n.starts_with("in.") && texts.is_subset(&words[n]));
        assert!(!alone || shared(), "no pattern in editors/textmate uses {name}");
    }
    out
}

#[allow(dead_code, reason = "the tests take the grammars only")]
fn main() {
    for (path, text) in grammars() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(&path, text).expect("the grammar can be written");
    }
}
