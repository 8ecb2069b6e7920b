//! What a run may cost where many rows have one key, or where keys are torn: a long table must not take the square of its length.
use std::fmt::Write as _;

use totsugo::rules::{Strategy, Why};
use totsugo::text::Stop;

use super::made::TABLE;
use super::values::run;

/// A table of so many rows, numbered from 1, which are alike in everything else but one name and `last` row.
fn table(rows: usize, last: &str) -> String {
    let mut out = "文書 甲\n試し \"表\" {\n  | 番号 | 元 | 年 | 日 | 名 | 額 |\n".to_owned();
    for n in 1..=rows {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "  | {n} | 5 | R5 | R5.4.1 | 甲 | 3件 |");
    }
    out + last + "}\n"
}

fn rule(name: &str, clauses: &str) -> String {
    format!("規則 任意{name} {name} {{\n  対象 a ∈ 行\n{clauses}\n  指摘 a \"{{a.番号}}\"\n}}\n")
}

/// The rows that a rule looks at by itself, and for what rules share.
fn cost(plan: &str, premise: &str, sought: &str) -> (u64, u64) {
    let rule = rule("any", &format!("{premise}  検査 否 ある{{ c ∈ 行, c.文書 = a.文書, {sought} }}"));
    let said = run(plan, &(TABLE.to_owned() + &rule), &["any"], Strategy::Planned, &Stop::default());
    assert!(said.violated.is_empty() && said.skipped.is_empty(), "{sought}: {said:?}");
    (said.steps["any"], said.shared)
}

#[test]
fn a_document_of_rows_with_one_key_costs_what_its_length_is() {
    let rows = 300;
    // A row without anything is no reason to walk all the others.
    let plan = table(rows, "  | 999 |  |  |  |  |  |\n");
    for sought in [
        "c.元 < a.元",
        "a.元 < c.元",
        "c.年 < a.年",
        "c.日 > a.日",
        "c.名 = \"乙\"",
        "c.名 含む \"乙\"",
        "c.額 > 3件",
        "c.元 ≠ 5",
        "c.元 < a.元, c.額 > 3件",
    ] {
        let (own, shared) = cost(&plan, "", sought);
        let rows = rows as u64 + 1;
        assert!(own < 12 * rows && shared < 4 * rows, "{sought}: {own} {shared}");
    }
    // Where pairs are wanted in their order the same holds.
    let rule = "規則 任意 any {\n  対象 a ∈ 行, b ∈ 行\n  前提 b.文書 = a.文書, b.元 < a.元\n  検査 a.番号 = b.番号\n  指摘 a \"{a.番号}\"\n}\n";
    let said = run(&plan, &(TABLE.to_owned() + rule), &["any"], Strategy::Planned, &Stop::default());
    assert!(said.violated.is_empty() && said.steps["any"] < 12 * rows as u64, "{said:?}");
}

/// Rules share the index of a key; one of its own costs a rule as much again, so it is made only where it saves more.
#[test]
fn a_rule_gets_an_index_of_its_own_when_looking_has_cost_eight_times_as_much() {
    let rows = 100;
    let plan = table(rows, "");
    let indexes = |asked: usize| {
        let (_, shared) = cost(&plan, &format!("  前提 a.番号 ≤ {asked}\n"), "c.元 < a.元");
        shared / rows as u64
    };
    assert_eq!([1, 7, 8, 9, 50].map(indexes), [1, 1, 1, 2, 2]);
}

/// A handful of rows is looked through without a thought.
#[test]
fn a_handful_of_rows_with_one_key_needs_no_index_of_its_own() {
    let indexes = |each: usize| {
        let mut plan = String::new();
        for document in 0..40 {
            plan += &table(each, "").replace("甲\n", &format!("甲{document}\n"));
        }
        let (_, shared) = cost(&plan, "", "c.元 < a.元");
        shared / (40 * each as u64)
    };
    assert_eq!([1, 7, 8, 9, 12].map(indexes), [1, 1, 1, 2, 2]);
}

/// Two rules that look up rows by the same share what they look them up with.
#[test]
fn rules_share_what_rows_are_looked_up_by() {
    let plan = table(50, "");
    let one = |name| rule(name, "  検査 否 ある{ c ∈ 行, c.番号 = a.元, c.名 = \"乙\" }");
    let rules = TABLE.to_owned() + &one("one") + &one("two");
    let shared = |names: &[&str]| run(&plan, &rules, names, Strategy::Planned, &Stop::default()).shared;
    assert_eq!((shared(&["one"]), shared(&["one", "two"])), (50, 50));
}

/// A row whose key is torn may be meant by all rows, so that all are looked at, but not for every torn row of a ruined table.
/// From the 65th on it is said that a torn cell is in the way; every rule has as many.
#[test]
fn a_table_that_is_torn_all_over_is_not_searched_again_and_again() {
    let rows = 100_usize;
    let mut plan = table(rows, "");
    for n in 1..=70 {
        plan = plan.replace(&format!("| {n} | 5 |"), &format!("| {n} | 判読不能 |"));
    }
    let one = |name| rule(name, "  検査 ある{ c ∈ 行, c.番号 = a.元, c.名 = \"乙\" }");
    let rules = TABLE.to_owned() + &one("one") + &one("two");
    let said = run(&plan, &rules, &["one", "two"], Strategy::Planned, &Stop::default());
    // None of the rows has that name, which is found out for 64 torn ones and the 30 whole ones.
    for name in ["one", "two"] {
        assert_eq!(said.violated.iter().filter(|n| *n == name).count(), 64 + 30, "{said:?}");
        assert!(said.skipped.contains(&(name.to_owned(), Why::Unreadable)), "{said:?}");
        let steps = said.steps[name];
        assert!((64 * 100..66 * 100 + 200).contains(&steps), "{steps}");
    }
}
