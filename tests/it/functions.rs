//! What functions and aggregates give at their edges: units, what is not printed, words among figures.
use crate::run::{folder, totsugo};

const PLAN: &str = r#"文書 甲 { 年度 R4; 発行日 令和6年3月29日 }
文書 乙 { 年度 R5; 発行日 令和5年1月4日 }
指標 1 "率" { 目標 R4: 30%, R5: 50%, R6: 作成中; 実績 R4: 12.5%, R5: 40百万円 }
指標 2 "数" { 目標 R4: 7件, R5: 8件, R7: 8件, R8: 作成中; 実績 R4: 3件, R5: 9件 }
指標 3 "無" { 目標 R4: - }
"#;

/// The answers to an expression, a line each.
fn ask(expression: &str) -> Vec<String> {
    let place = folder(&[("a.plan", PLAN.as_bytes())]);
    let ran = totsugo(place.path(), &["query", expression, "a.plan", "--format", "csv"], &[]);
    ran.out.lines().skip(1).map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn aggregates_pass_over_what_is_not_printed_and_keep_units() {
    for (expression, answer) in [
        ("中央値{ 値.値 | 値 ∈ 目標, 値.指標.番号 = 1 }", "40%"),
        ("中央値{ 値.値 | 値 ∈ 目標, 値.指標.番号 = 2 }", "8件"),
        ("平均{ 値.値 | 値 ∈ 実績, 値.指標.番号 = 2 }", "6件"),
        ("最大{ 値.値 | 値 ∈ 目標, 値.指標.番号 = 1 }", "50%"),
        ("最小{ 値.値 | 値 ∈ 目標, 値.指標.番号 = 2 }", "7件"),
        ("種類数{ 値.値 | 値 ∈ 実績, 値.指標.番号 = 2 }", "2"),
        // A word among figures is a kind of its own, but no extreme.
        ("種類数{ 値.値 | 値 ∈ 目標, 値.指標.番号 = 2 }", "3"),
        ("種類数{ i.目標[R5] | i ∈ 指標, i.番号 > 1 }", "1"),
        // Decimals and percentages are counted like whole numbers, and a number beside a percentage is one.
        ("種類数{ 値.値 | 値 ∈ 目標, 値.指標.番号 = 1 }", "3"),
        ("種類数{ 値.値 | 値 ∈ 実績, 値.指標.番号 = 1, 値.年度 = R4 }", "1"),
        ("種類数{ i.番号 + 0.5 | i ∈ 指標 }", "3"),
        ("最大{ d.発行日 | d ∈ 文書 }", "2024-03-29"),
    ] {
        assert_eq!(ask(expression), [answer], "{expression}");
    }
}

#[test]
fn functions_of_figures_keep_their_unit_or_have_none() {
    for (expression, answers) in [
        ("位取り(i.実績[R5]) | i ∈ 指標", &["\"1,000,000\"", "1", "－"][..]),
        ("数(i.実績[R5]) + 1 | i ∈ 指標", &["\"40,000,001\"", "10", "－"]),
        ("補う(i.実績[R4], i.実績[R5]) | i ∈ 指標, i.番号 < 3", &["12.5%", "3件"]),
        ("補う(i.目標[R7], i.実績[R5]) | i ∈ 指標, i.番号 < 3", &["\"40,000,000円\"", "8件"]),
        ("四捨五入(i.実績[R4], 2) | i ∈ 指標, i.番号 = 1", &["13%"]),
        ("類似度(\"利用率\", \"利用者率\")", &["75%"]),
        ("四捨五入(i.実績[R4], 2) ≈ 12.5% | i ∈ 指標, i.番号 = 1", &["いいえ"]),
        ("年度(d.発行日) | d ∈ 文書", &["R5", "R4"]),
    ] {
        assert_eq!(ask(expression), answers, "{expression}");
    }
}
