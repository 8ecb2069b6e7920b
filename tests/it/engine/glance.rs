//! Most conditions are decided on cells as they are kept: what comes of it is what the plain nested loops say.
use std::fmt::Write as _;

use super::made::{ROLL, by_rules};

/// A document with rows of a number, a year, a name and two amounts each.
fn document(name: &str, rows: &[[&str; 5]]) -> String {
    let mut out = format!("文書 {name} {{}}\n名簿 {{\n| 行番 | 番号 | 年 | 名 | 額 | 限度 |\n");
    for (line, row) in (1..).zip(rows) {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "| {line} | {} |", row.join(" | "));
    }
    out + "}\n"
}

/// What both ways say, which has to be the same, in the words of the rules.
fn told(plan: &str, rules: &str) -> Vec<String> {
    let (planned, plain) = by_rules(plan, Some(&(ROLL.to_owned() + rules)));
    assert_eq!(planned.violations, plain.violations);
    assert_eq!(planned.skipped, plain.skipped);
    planned.violations.iter().map(|v| v.message.ja.clone()).collect()
}

/// Of many conditions only some are decided at a glance; one that was left out would be a finding that is none.
#[test]
fn of_many_conditions_each_counts() {
    let columns = ["行番", "番号", "年", "額", "限度"];
    let conditions: Vec<String> = columns.iter().map(|c| format!("元.{c} < 行.{c}")).collect();
    let rules = format!(
        "規則 対 pair {{\n  対象 行 ∈ 欄, 元 ∈ 欄\n  前提 {}, 元.番号 + 1 ≤ 行.番号\n  検査 偽\n  指摘 行.行番 \"{{行.行番}} {{元.行番}}\"\n}}\n",
        conditions.join(", ")
    );
    let (low, high) = (["1", "R4", "甲", "1", "1"], ["2", "R5", "乙", "2", "2"]);
    assert_eq!(told(&document("甲", &[low, high]), &rules), ["2 1"]);
    assert!(told(&document("甲", &[high, low]), &rules).is_empty());
    for column in [0, 1, 3, 4] {
        let mut equal = low;
        equal[column] = high[column];
        assert!(told(&document("甲", &[equal, high]), &rules).is_empty(), "{column}");
    }
}

/// A year is no text, though both are kept as small numbers.
#[test]
fn rows_of_one_year_are_found_however_many_names_there_are() {
    let mut plan: String = (0..2_300).map(|n| format!("事業 {} \"事業その{n}\"\n", n + 1)).collect();
    plan += &document("甲", &[["1", "R4", "甲", "1", "1"], ["2", "R5", "甲", "1", "1"], ["3", "R4", "乙", "1", "1"]]);
    let rules = "規則 年の対 years {\n  対象 行 ∈ 欄, 元 ∈ 欄\n  前提 元.文書 = 行.文書, 元.年 = 行.年, 元.行番 < 行.行番\n  検査 偽\n  指摘 行.行番 \"{行.行番} {元.行番}\"\n}\n";
    assert_eq!(told(&plan, rules), ["3 1"]);
}

/// Two figures may be printings of one though their values differ.
#[test]
fn what_can_be_one_figure_is_not_decided_by_its_value() {
    let rows = [["1", "R4", "甲", "12.3", "1"], ["2", "R4", "甲", "12.34", "1"], ["3", "R4", "甲", "12.4", "1"]];
    let rules = "規則 合う fits {\n  対象 行 ∈ 欄, 元 ∈ 欄\n  前提 元.文書 = 行.文書, 元.行番 < 行.行番, 元.額 ≈ 行.額\n  検査 偽\n  指摘 行.行番 \"{行.行番} {元.行番}\"\n}\n";
    assert_eq!(told(&document("甲", &rows), rules), ["2 1"]);
}

/// The document that rows are looked for in is that of the row that is named, not of another variable.
#[test]
fn rows_are_looked_for_in_the_document_that_is_named() {
    let plan = document("甲", &[["1", "R4", "甲", "1", "1"], ["1", "R4", "甲", "1", "1"]])
        + &document("乙", &[["1", "R4", "甲", "1", "1"], ["2", "R4", "甲", "1", "1"]]);
    let rules = "規則 他 other {\n  対象 文 ∈ 文書, 行 ∈ 欄, 元 ∈ 欄\n  前提 文.記号 = \"乙\", 元.文書 = 行.文書, 元.番号 = 行.番号, 元.行番 < 行.行番\n  検査 偽\n  指摘 行.行番 \"{行.文書.記号} {行.行番} {元.文書.記号} {元.行番}\"\n}\n";
    assert_eq!(told(&plan, rules), ["甲 2 甲 1"]);
}

/// Nothing is computed with a figure that another printing contradicts: what would come of it is as likely wrong.
#[test]
fn nothing_is_computed_with_a_figure_in_dispute() {
    let rows = [["1", "R4", "甲", "5", "6"], ["1", "R4", "甲", "7", "8"], ["2", "R4", "乙", "3", "4"]];
    let agree = "規則 同じ same {\n  対象 行 ∈ 欄, 元 ∈ 欄\n  前提 元.文書 = 行.文書, 元.番号 = 行.番号, 元.行番 < 行.行番\n  検査 同値(元.額, 行.額)\n  指摘 行.行番 \"相違\"\n}\n";
    for condition in ["行.額 + 1 = 行.限度", "補う(行.額, 0) + 1 = 行.限度"] {
        let rule = format!(
            "規則 次 next {{\n  対象 行 ∈ 欄\n  前提 {condition}\n  検査 偽\n  指摘 行.行番 \"{{行.行番}}\"\n}}\n"
        );
        assert_eq!(told(&document("甲", &rows), &rule), ["1", "2", "3"], "{condition}");
        assert_eq!(told(&document("甲", &rows), &(agree.to_owned() + &rule)), ["相違", "3"], "{condition}");
    }
}

/// Rows may be looked up by what a query of their own gives.
#[test]
fn rows_are_found_by_what_is_counted_for_each() {
    let rows = [["2", "R4", "甲", "1", "1"], ["1", "R4", "甲", "1", "1"], ["3", "R4", "乙", "1", "1"]];
    let rules = "規則 数 counts {\n  対象 行 ∈ 欄, 元 ∈ 欄\n  前提 件数{ 他 ∈ 欄, 他.名 = 元.名 } = 行.番号\n  検査 偽\n  指摘 行.行番 \"{行.行番} {元.行番}\"\n}\n";
    assert_eq!(told(&document("甲", &rows), rules), ["1 1", "1 2", "2 3"]);
}
