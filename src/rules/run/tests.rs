//! What becomes of a finding: its severity, its labels, what would mend it, and that it is heard of at all.
#![allow(clippy::unwrap_used)]
use super::*;
use crate::rules::{Pack, Strategy, read_plans, run_rules};
use crate::text::{Source, Sources};

const TABLE: &str = "表 試し {\n  位置 文書\n  見出し 題 : 文字列\n  行 行 {\n    列 番号 : 番号\n    列 名 : 文字列\n    \
                     列 額 : 量\n  }\n}\n";

/// Pairs of rows, which stand where the first of them does.
const PAIRS: &str = "定義 対 = pair {\n  対象 a ∈ 行, b ∈ 行\n  前提 a.番号 = 1, b.番号 = 2\n  列 名 = label := b.名\n  \
                     列 後 = later := b.順\n}\n";

/// What a rule finds in a plan.
fn found(rule: &str, plan: &str) -> (Sources, Outcome) {
    let mut sources = Sources::default();
    let own = sources.add(Source::new("own.rules", format!("{TABLE}{PAIRS}規則 任意 any {{\n{rule}\n}}\n")));
    let pack = Pack::load(&mut sources, &[own]);
    assert!(!pack.has_errors(), "{:?}", pack.faults);
    let id = sources.add(Source::new("甲.plan", plan));
    let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..plan.len()), "甲".to_owned())]);
    assert!(workspace.faults.is_empty(), "{:?}", workspace.faults);
    let outcome = run_rules(&pack, &sources, &workspace, Strategy::Planned, |n| pack.find("any") == Some(n));
    (sources, outcome)
}

/// What the fix of the only finding replaces, and by what.
fn fix(rule: &str, plan: &str) -> Option<(String, String)> {
    let (sources, outcome) = found(rule, plan);
    assert_eq!(outcome.violations.len(), 1, "{plan}");
    let fix = outcome.violations.into_iter().next().unwrap().fix?;
    Some((sources.text(fix.span).to_owned(), fix.text))
}

#[test]
fn a_name_is_mended_within_its_quotes_whatever_they_are() {
    let rule = "  対象 指 ∈ 指標\n  検査 指.名称 = \"利用率\"\n  指摘 指.名称 \"甲\"\n  修正 指.名称 ← \"利用率\"";
    let replaced = |printed: &str| fix(rule, &format!("指標 1 {printed} {{ 目標 R6: 8課 }}\n"));
    let by = |text: &str| Some((text.to_owned(), "利用率".to_owned()));
    for printed in ["\"誤り\"", "＂誤り＂", "“誤り”", "「誤り」"] {
        assert_eq!(replaced(printed), by("誤り"), "{printed}");
    }
    assert_eq!(replaced("\"「誤り」\""), by("「誤り」"), "quotes within quotes belong to the name");
    // In a table no quotes are needed: those that stand in a cell are printed in the document.
    let rule = "  対象 行 ∈ 行\n  検査 行.名 = \"利用率\"\n  指摘 行.名 \"甲\"\n  修正 行.名 ← \"利用率\"";
    let replaced = |printed: &str| fix(rule, &format!("試し \"表\" {{\n  | 番号 | 名 |\n  | 1 | {printed} |\n}}\n"));
    assert_eq!(replaced("誤り"), by("誤り"));
    assert_eq!(replaced("「誤り」"), by("「誤り」"));
}

#[test]
fn what_is_not_printed_is_not_mended() {
    let rule = "  対象 行 ∈ 行\n  検査 行.番号 = 1\n  指摘 行 \"甲\"\n  修正 行.額 ← 5件";
    let mended = |amount: &str| fix(rule, &format!("試し \"表\" {{\n  | 番号 | 額 |\n  | 2 | {amount} |\n}}\n"));
    assert_eq!(mended("7件"), Some(("7件".to_owned(), "5件".to_owned())));
    // The place of a missing figure is the head of its row: the row would get another number.
    assert_eq!((mended(""), mended("判読不能")), (None, None));
}

#[test]
fn a_figure_keeps_its_form_or_is_left_to_people() {
    let mended = |printed, value: i128| reprint(printed, Exact::from_int(value), false);
    for (printed, value, wanted) in [
        ("7件", 5, Some("5件")),
        ("約1,234件", 5_000, Some("約5,000件")),
        ("7.0課", 5, Some("5.0課")),
        ("１，２３４件", 5_000, Some("５，０００件")),
        ("7 件", 5, Some("5 件")),
        // Another number before a scale word, or beside other digits, would be another figure.
        ("7千円", 5, None),
        ("7 億円", 5, None),
        ("1 234件", 5, None),
        ("多数", 5, None),
    ] {
        assert_eq!(mended(printed, value).as_deref(), wanted, "{printed}");
    }
}

/// A label whose row was read unsurely is what the finding rests on: it must not fail a check.
#[test]
fn an_unsure_reading_in_a_label_makes_an_error_a_warning() {
    let rule = "  重大度 誤り\n  対象 指 ∈ 指標\n  前提 指.番号 = 1\n  検査 指.番号 = 2\n  指摘 指.名称 \"甲\"\n  \
                参考 各 他 ∈ 指標, 他.番号 ≥ 2 : 他.名称 \"乙\"";
    let severity = |second: &str, third: &str| {
        let plan = format!(
            "指標 1 \"a\" {{ 目標 R6: 8課 }}\n指標 2 \"b\" {{ {second}目標 R6: 8課 }}\n指標 3 \"c\" {{ {third}目標 R6: 8課 }}\n"
        );
        let (_, outcome) = found(rule, &plan);
        assert_eq!(outcome.violations.iter().map(|v| v.related.len()).collect::<Vec<_>>(), [2]);
        outcome.violations.first().unwrap().severity
    };
    assert_eq!(severity("", ""), Severity::Error);
    assert_eq!(severity("読取 低; ", ""), Severity::Warning);
    assert_eq!(severity("", "読取 低; "), Severity::Warning);
}

/// Who opens a finding must land on what it speaks of, not on the first row that the rule happened to begin with.
#[test]
fn a_finding_stands_at_the_row_or_cell_that_the_rule_names() {
    let pair = "対象 a ∈ 行, b ∈ 行\n  前提 a.番号 = 1, b.番号 = 2\n  検査 a.名 = b.名";
    let at = |clauses: &str, place: &str| {
        let plan = "試し \"表\" {\n  | 番号 | 名 |\n  | 1 | 甲 |\n  | 2 | 乙 |\n  | 3 | |\n}\n";
        let (sources, outcome) = found(&format!("  {clauses}\n  指摘 {place} \"甲\""), plan);
        let place = outcome.violations.first().unwrap().span;
        (sources.text(place).trim_matches(['|', ' ']).to_owned(), place.start)
    };
    let (row, cell) = (at(pair, "b"), at(pair, "b.名"));
    assert!(row.0.starts_with('2') && cell.0 == "乙", "{row:?} {cell:?}");
    // A cell that rules make stands where its value was taken from.
    let made = "対象 x ∈ 対\n  検査 x.名 = \"丙\"";
    assert_eq!([at(made, "x.名"), at(made, "x.後")], [cell, row]);
    for place in [at(pair, "a"), at(made, "x")] {
        assert!(place.0.starts_with('1'), "{place:?}");
    }
}

#[test]
fn a_finding_has_as_many_labels_as_a_reader_can_use() {
    let rule = "  対象 先 ∈ 行\n  前提 先.番号 = 1\n  検査 先.番号 = 2\n  指摘 先 \"甲\"\n  \
                参考 各 他 ∈ 行, 他.番号 ≥ 2 : 他.番号 \"乙\"";
    let labels = |count: usize| {
        let rows: String = (1..=count).map(|n| format!("  | {n} |\n")).collect();
        let (_, outcome) = found(rule, &format!("試し \"表\" {{\n  | 番号 |\n{rows}}}\n"));
        outcome.violations.iter().map(|v| v.related.len()).collect::<Vec<_>>()
    };
    assert_eq!((labels(1), labels(4), labels(80)), (vec![0], vec![3], vec![64]));
}

/// The limit of a run is on what it takes in memory: every sentence of a finding counts, in both languages.
#[test]
fn all_sentences_of_a_finding_count_against_the_limit() {
    let wording = |ja: &str, en: &str| Wording { ja: ja.into(), en: en.into() };
    let mut violation = Violation {
        rule: 0,
        severity: Severity::Error,
        message: wording(&"a".repeat(1_000), &"b".repeat(200)),
        help: None,
        span: Span::default(),
        related: Vec::new(),
        fix: None,
    };
    assert_eq!(violation.words(), 1_200);
    violation.help = Some(wording(&"c".repeat(30), "dddd"));
    assert_eq!(violation.words(), 1_234);
    violation.related = vec![(Span::default(), wording("e", "f")), (Span::default(), wording("", "g"))];
    assert_eq!(violation.words(), 1_237);
}

/// Rows enough for several shares, of which the first is whole: who reads only its part must still be told, once.
#[test]
fn a_torn_cell_far_down_a_long_table_is_told_once() {
    let rule = "  対象 行 ∈ 行\n  前提 行.番号 > 17000\n  検査 行.番号 = 0\n  指摘 行 \"{行.番号}\"";
    let told = |torn: &[usize]| {
        let row = |n: usize| if torn.contains(&n) { "  | 判読不能 |\n".to_owned() } else { format!("  | {n} |\n") };
        let rows: String = (1..=17_002).map(row).collect();
        let (_, outcome) = found(rule, &format!("試し \"表\" {{\n  | 番号 |\n{rows}}}\n"));
        let messages: Vec<_> = outcome.violations.iter().map(|v| v.message.ja.clone()).collect();
        assert_eq!(messages, ["17,001", "17,002"]);
        outcome.skipped.into_values().collect::<Vec<_>>()
    };
    assert_eq!(told(&[9_000, 16_500]), [vec![Span::default()]]);
    assert_eq!(told(&[5, 9_000]), [vec![Span::default()]]);
}
