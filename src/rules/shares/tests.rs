//! Shares of a rule: all rows once, and the same outcome however many threads take them.
#![allow(clippy::unwrap_used)]
use std::cell::RefCell;

use super::*;
use crate::rules::eval::Shared;
use crate::rules::{Pack, Workspace, read_plans};
use crate::text::{Source, Sources, Span};

const RULES: &str = "表 試し {\n  位置 文書\n  見出し 題 : 文字列\n  行 行 {\n    列 番号 : 番号\n  }\n}\n\
    規則 任意 any {\n  対象 行 ∈ 行\n  前提 行.番号 ≠ 3\n  検査 否 (行.番号 ∈ {5, 8192, 8193, 20000})\n  指摘 行 \"{行.番号}\"\n}\n\
    規則 他 other {\n  対象 行 ∈ 行\n  前提 行.番号 = 7\n  検査 行.番号 = 8\n  指摘 行 \"{行.番号}\"\n}\n";

/// A table of so many numbered rows.
fn table(rows: u32) -> (Sources, Pack, Workspace) {
    let mut sources = Sources::default();
    let own = sources.add(Source::new("own.rules", RULES));
    let pack = Pack::load(&mut sources, &[own]);
    assert!(!pack.has_errors(), "{:?}", pack.faults);
    let rows: String = (1..=rows).map(|n| format!("| {n} |\n")).collect();
    let plan = format!("試し \"表\" {{\n| 番号 |\n{rows}}}\n");
    let id = sources.add(Source::new("甲.plan", plan.as_str()));
    let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..plan.len()), "甲".to_owned())]);
    assert!(workspace.faults.is_empty());
    (sources, pack, workspace)
}

fn rule<'p>(pack: &'p Pack, code: &str) -> &'p TypedRule {
    pack.typed(pack.find(code).unwrap()).first().unwrap()
}

#[test]
fn the_shares_of_a_rule_are_all_rows_once_and_search_no_more_than_the_whole() {
    for (rows, parts) in [(0, 1), (10_000, 1), (16_384, 2), (20_000, 3), (140_000, 16)] {
        let (sources, pack, workspace) = table(rows);
        let shared = Shared::new(&workspace, &sources, &pack, Strategy::Planned);
        let context = Context::new(&shared);
        let tasks = shares(&context, rule(&pack, "any"));
        assert_eq!(tasks.len(), parts, "{rows}");
        // An index finds the rows of the other rule; there is nothing to cut.
        assert!(shares(&context, rule(&pack, "other")).iter().all(|task| task.window.is_none()));
        assert!(tasks.iter().map(|task| task.number as usize).eq(0..parts), "they are numbered");
        let scans: u32 = tasks.iter().map(|task| task.scans).sum();
        assert!(tasks.iter().all(|task| task.scans > 0) && scans <= MOST_SCANS, "{scans}");
        if parts > 1 {
            let covered: Vec<u32> = tasks.iter().flat_map(|task| task.window.clone().unwrap()).collect();
            assert!(covered.into_iter().eq(0..rows), "{rows}");
        } else {
            assert!(tasks.iter().all(|task| task.window.is_none()));
        }
    }
}

#[test]
fn nested_loops_are_not_cut_since_they_know_no_windows() {
    let (sources, pack, workspace) = table(16_384);
    let shared = Shared::new(&workspace, &sources, &pack, Strategy::NestedLoop);
    let tasks = shares(&Context::new(&shared), rule(&pack, "any"));
    assert!(matches!(tasks.as_slice(), [Task { window: None, number: 0, .. }]));
}

#[test]
fn the_outcome_is_that_of_one_thread_and_who_watches_sees_all() {
    let (sources, pack, workspace) = table(20_000);
    let shared = Shared::new(&workspace, &sources, &pack, Strategy::Planned);
    let mut context = Context::new(&shared);
    let rules = [rule(&pack, "other"), rule(&pack, "any")];
    let tasks: Vec<Task<'_>> = rules.into_iter().flat_map(|rule| shares(&context, rule)).collect();
    let alone: Vec<Passed> = tasks.iter().map(|task| pass(&context, task)).collect();
    let many = format!("{:?}", share_out(&context, &tasks));
    assert_eq!(many, format!("{alone:?}"));
    assert_eq!(
        ["\"5\"", "\"7\"", "\"8,192\"", "\"8,193\"", "\"20,000\""].map(|n| many.matches(&format!("ja: {n}")).count()),
        [1; 5]
    );
    // Decisions are told to the evaluation that is watched, which only one thread has.
    let decisions = |run: &dyn Fn(&Context<'_>), context: &mut Context<'_>| {
        context.seen = Some(RefCell::default());
        run(context);
        format!("{:?}", context.seen.take().unwrap().into_inner()).matches("Outcomes").count()
    };
    let watched = decisions(&|context| drop(share_out(context, &tasks)), &mut context);
    let wanted = decisions(&|context| tasks.iter().for_each(|task| drop(pass(context, task))), &mut context);
    assert!(watched > 0 && watched == wanted, "{watched} {wanted}");
}
