//! What a rule costs, in rows that it looks at: no rule of the pack may grow faster than its input.
use std::collections::BTreeMap;

use totsugo::rules::{Pack, Strategy, code, read_plans, run_rules};
use totsugo::text::{Source, Sources, Span};

#[allow(dead_code)]
#[path = "../../examples/corpus.rs"]
mod corpus;

/// Rows looked at by each rule, and by all.
fn steps(texts: &[String]) -> (BTreeMap<String, u64>, u64) {
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let plans: Vec<(Span, String)> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| {
            (Span::new(sources.add(Source::new(format!("{n}.plan"), text.as_str())), 0..text.len()), n.to_string())
        })
        .collect();
    let workspace = read_plans(&pack, &sources, &plans);
    assert!(workspace.faults.is_empty());
    let outcome = run_rules(&pack, &sources, &workspace, Strategy::Planned, |_| true);
    let total = outcome.steps.values().sum::<u64>() + outcome.shared;
    (outcome.steps.iter().map(|(n, s)| (code(&pack.rules[*n]).to_owned(), *s)).collect(), total)
}

/// Rules that look at more than `allowed` times as many rows in `large` as in `small`.
fn too_fast(small: &[String], large: &[String], allowed: f64) -> Vec<String> {
    let ((small, before), (large, after)) = (steps(small), steps(large));
    assert!(before > 10_000, "the rules were run: {before}");
    println!("{before} -> {after}");
    let grown = large.iter().filter(|(rule, n)| **n > 500 && **n as f64 > small[*rule] as f64 * allowed);
    grown.map(|(rule, n)| format!("{rule}: {} -> {n}", small[rule])).collect()
}

#[test]
fn twice_as_many_documents_are_twice_the_work() {
    let documents = |count: usize| (0..count).map(|n| corpus::document(n, 50, None)).collect::<Vec<_>>();
    assert_eq!(too_fast(&documents(8), &documents(32), 4.4), Vec::<String>::new());
}

#[test]
fn a_document_twice_as_long_is_twice_the_work() {
    assert_eq!(
        too_fast(&[corpus::document(0, 200, None)], &[corpus::document(0, 800, None)], 4.4),
        Vec::<String>::new()
    );
}

/// Rows that a definition looks at are counted with what rules share; taking them off must not spoil the count of the rule that
/// asked first (a run would end with a limit that nobody met).
#[test]
fn a_long_definition_leaves_the_count_of_its_rule_alone() {
    let text: String =
        (1..=30_000).map(|n| format!("指標 {n} \"率{n}\" {{ 担当 \"課{}\"; 目標 R6: 70% }}\n", n % 90)).collect();
    let (by_rule, total) = steps(&[format!("文書 A {{\n年度 R5\n{text}}}\n")]);
    assert!(total > 200_000 && by_rule.values().all(|steps| *steps < 10_000_000), "{by_rule:?}");
}

/// Two editions of so many programs, each with an indicator of its own name, or all with one.
fn editions(count: usize, own_names: bool) -> Vec<String> {
    let program = |n: usize| {
        let name = if own_names { format!("率{n}") } else { "率".to_owned() };
        format!("  事業 {n} \"甲\" {{ 指標 {n} \"{name}\" {{ 目標 R6: 70% }} }}\n")
    };
    let all: String = (1..=count).map(program).collect();
    vec![format!("文書 A {{\n  年度 R4\n{all}}}\n"), format!("文書 B {{\n  年度 R5\n  前版 A\n{all}}}\n")]
}

#[test]
fn indicators_of_one_name_are_not_held_each_against_each() {
    assert_eq!(too_fast(&editions(1_000, false), &editions(4_000, false), 4.4), Vec::<String>::new());
}

#[test]
fn indicators_of_one_target_are_not_held_each_against_each() {
    assert_eq!(too_fast(&editions(1_000, true), &editions(4_000, true), 4.4), Vec::<String>::new());
}
