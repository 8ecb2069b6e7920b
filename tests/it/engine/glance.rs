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
    let conditions = [
        "元.行番 < 行.行番",
        "元.番号 < 行.番号",
        "元.行番 ≠ 行.行番",
        "元.番号 ≠ 行.番号",
        "元.年 < 行.年",
        "元.年 ≠ 行.年",
        "元.額 < 行.額",
        "元.限度 < 行.限度",
    ];
    let rules = format!(
        "規則 対 pair {{\n  対象 行 ∈ 欄, 元 ∈ 欄\n  前提 {}\n  検査 偽\n  指摘 行.行番 \"{{行.行番}} {{元.行番}}\"\n}}\n",
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
    let plan =
        "文書 甲 {}\n名簿 {\n| 行番 | 番号 | 数 | 額 |\n| 1 | 1 | 5 | 5 |\n| 2 | 1 | 7 | 7 |\n| 3 | 2 | 4 | 4 |\n}\n";
    let agree = "規則 同じ same {\n  対象 行 ∈ 欄, 元 ∈ 欄\n  前提 元.文書 = 行.文書, 元.番号 = 行.番号, 元.行番 < 行.行番\n  検査 同値(元.数, 行.数) かつ 同値(元.額, 行.額)\n  指摘 行.行番 \"相違\"\n}\n";
    let computed = ["行.数 + 1 > 行.番号", "行.数 - 1 ≥ 行.番号", "行.額 + 1 > 2", "行.額 + 1 > 補う(行.数, 0)"];
    for condition in computed {
        let rule = format!(
            "規則 次 next {{\n  対象 行 ∈ 欄\n  前提 {condition}\n  検査 偽\n  指摘 行.行番 \"{{行.行番}}\"\n}}\n"
        );
        assert_eq!(told(plan, &rule), ["1", "2", "3"], "{condition}");
        assert_eq!(told(plan, &(agree.to_owned() + &rule)), ["相違", "3"], "{condition}");
    }
    // What is put for a missing figure is a figure too.
    let rule = "規則 補い filled {\n  対象 行 ∈ 欄\n  前提 補う(行.数, 0) = 行.額\n  検査 偽\n  指摘 行.行番 \"{行.行番}\"\n}\n";
    assert_eq!(told(plan, rule), ["1", "2", "3"]);
    told(plan, &(agree.to_owned() + rule));
}

/// A word is no figure, though it stands where one is put for what is missing.
#[test]
fn a_word_that_is_put_for_a_missing_figure_decides_nothing() {
    let rows = [["1", "R4", "甲", "-", "運用"], ["2", "R4", "甲", "3", "運用"], ["3", "R4", "甲", "-", "4"]];
    for (condition, found) in [
        ("補う(行.額, 行.限度) ≠ 9", vec!["2", "3"]),
        ("補う(行.額, 行.限度) = 補う(行.額, 行.限度)", vec!["2", "3"]),
        ("否 (補う(行.額, 行.限度) = 9)", vec!["2", "3"]),
    ] {
        let rule = format!(
            "規則 補い filled {{\n  対象 行 ∈ 欄\n  前提 {condition}\n  検査 偽\n  指摘 行.行番 \"{{行.行番}}\"\n}}\n"
        );
        assert_eq!(told(&document("甲", &rows), &rule), found, "{condition}");
    }
}

/// What was found out of one name is not said of another, however many there are.
#[test]
fn of_very_many_names_each_is_looked_at() {
    let names: Vec<String> =
        (0..3_000).map(|n| format!("その{n}{}", if n % 7 == 3 { "（累計）" } else { "" })).collect();
    let rows: String =
        (1..).zip(names.iter().chain(&names)).map(|(line, name)| format!("| {line} | {name} |\n")).collect();
    let rules =
        "規則 累計 sums {\n  対象 行 ∈ 欄\n  前提 行.名 含む \"累計\"\n  検査 偽\n  指摘 行.行番 \"{行.名}\"\n}\n";
    let found = told(&format!("文書 甲 {{}}\n名簿 {{\n| 行番 | 名 |\n{rows}}}\n"), rules);
    let wanted: Vec<&String> = names.iter().chain(&names).filter(|name| name.ends_with("（累計）")).collect();
    assert_eq!(found.iter().collect::<Vec<_>>(), wanted);
}

/// Rows may be looked up by what a query of their own gives.
#[test]
fn rows_are_found_by_what_is_counted_for_each() {
    let rows = [["2", "R4", "甲", "1", "1"], ["1", "R4", "甲", "1", "1"], ["3", "R4", "乙", "1", "1"]];
    let rules = "規則 数 counts {\n  対象 行 ∈ 欄, 元 ∈ 欄\n  前提 件数{ 他 ∈ 欄, 他.名 = 元.名 } = 行.番号\n  検査 偽\n  指摘 行.行番 \"{行.行番} {元.行番}\"\n}\n";
    assert_eq!(told(&document("甲", &rows), rules), ["1 1", "1 2", "2 3"]);
}
