//! What a rule file can say, one test a construct: the rule, the plan, and where it must find something.
use crate::run::{Ran, findings, folder, totsugo};

/// The findings of `rules` on `plan`, as text and message, faults of form left in.
fn found(rules: &str, plan: &str) -> Vec<(String, String)> {
    let ran = check(rules, plan, &[]);
    findings(&ran).into_iter().map(|(_, text, message)| (text, message)).collect()
}

fn check(rules: &str, plan: &str, more: &[&str]) -> Ran {
    let place = folder(&[("a.plan", plan.as_bytes()), ("a.rules", rules.as_bytes())]);
    let arguments =
        ["check", "--no-localize", "--format", "json", "--ignore", "missing-tests", "--ignore", "missing-explanation"];
    let select = ["--select", "t"];
    totsugo(place.path(), &[&arguments[..], &select[..], more].concat(), &[])
}

/// A rule `t` of these clauses.
fn rule(clauses: &str) -> String {
    format!("規則 試し t {{\n  重大度 警告\n{clauses}\n}}\n")
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

const SERIES: &str = "指標 \"利用率\" { 目標 R4: 10件, R5: 20件, R6: -, R7: 50件 }\n指標 \"別\" { 目標 R4: 7件 }\n";

#[test]
fn a_series_can_be_followed_step_by_step_over_missing_years() {
    let rules = rule(
        "  対象 値 ∈ 目標\n  前提 前(値).値 < 値.値\n  検査 増減(値) ≤ 10件\n  指摘 値.値 \"{前(値).値}→{値.値}: {増減(値)} {伸び率(値):%} {値.年度 - 前(値).年度}年\"",
    );
    assert_eq!(found(&rules, SERIES), pairs(&[("50件", "20件→50件: 30件 150% 2年")]));
}

#[test]
fn a_line_between_the_neighbours_is_drawn_by_years() {
    let rules = rule("  対象 値 ∈ 目標\n  検査 値.値 = 補間(値)\n  指摘 値.値 \"{補間(値):桁区切り}\"");
    // R4 to R7 is three years: 10 + (50-10)/3.
    assert_eq!(found(&rules, SERIES), pairs(&[("20件", "23.3333件")]));
}

#[test]
fn sets_say_what_one_list_has_and_the_other_lacks() {
    let plan = "事業 1 \"甲\" { 担当 \"総務課\", \"財政課\" }\n事業 2 \"乙\" { 担当 \"総務課\" }\n事業 3 \"丙\" { 担当 \"財政課\", \"総務課\" }\n";
    let rules = rule(
        "  対象 行 ∈ 事業\n  全 := 集合{ 名 | 他 ∈ 事業, 名 ∈ 他.担当 }\n  検査 全 ⊆ 行.担当\n  指摘 行.名称 \"{並べ(全 ∖ 行.担当)}がない({要素数(全 ∩ 行.担当)}/{要素数(全 ∪ {\\\"総務課\\\"})})\"",
    );
    assert_eq!(found(&rules, plan), pairs(&[("\"乙\"", "財政課がない(1/2)")]));
    let same = rule("  対象 行 ∈ 事業\n  検査 行.担当 = {\"総務課\", \"財政課\"}\n  指摘 行.名称 \"{行.担当}\"");
    assert_eq!(found(&same, plan), pairs(&[("\"乙\"", "総務課")]), "the order plays no part in a set");
}

#[test]
fn a_text_is_matched_by_a_regular_expression_as_it_is_printed() {
    let plan = "事業 1 \"ＤＸの推進\"\n事業 2 \"DXの推進(令和6年度)\"\n";
    let wide = rule(
        "  対象 行 ∈ 事業\n  検査 否 (行.名称 一致 \"[Ａ-Ｚ]+\")\n  指摘 行.名称 \"{抜き出し(行.名称, \\\"[Ａ-Ｚ]+\\\")}\"",
    );
    assert_eq!(found(&wide, plan), pairs(&[("\"ＤＸの推進\"", "ＤＸ")]));
    let group = rule(
        "  対象 行 ∈ 事業\n  年 := 量(抜き出し(行.名称, \"令和([0-9]+)年度\"))\n  検査 年 < 6\n  指摘 行.名称 \"令和{年}年度\"",
    );
    assert_eq!(found(&group, plan), pairs(&[("\"DXの推進(令和6年度)\"", "令和6年度")]));
}

#[test]
fn the_severity_may_hang_on_a_condition() {
    let rules = "規則 試し t {\n  重大度 もし 行.番号 > 1 ならば 誤り それ以外 警告\n  対象 行 ∈ 事業\n  検査 行.番号 > 5\n  指摘 行.番号 \"x\"\n}\n";
    let ran = check(rules, "事業 1 \"甲\"\n事業 2 \"乙\"\n", &[]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let severities: Vec<_> = json["findings"].as_array().expect("a list").iter().map(|f| &f["severity"]).collect();
    assert_eq!(severities, ["warning", "error"]);
}

#[test]
fn a_fix_prints_the_new_figure_as_the_old_one_was_printed() {
    let plan = "集計 \"a\" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | 1 | 12事業 | 12事業 | 7事業 | ５９．０％ |\n}\n";
    let rules = rule(
        "  対象 行 ∈ 集計行\n  検査 行.達成率 ≈ 行.達成 ÷ 行.KPI設定\n  指摘 行.達成率 \"x\"\n  修正 安全 行.達成率 ← 行.達成 ÷ 行.KPI設定",
    );
    let ran = check(&rules, plan, &[]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["findings"][0]["fix"]["text"], "５８．３％");
    assert_eq!(json["findings"][0]["fix"]["safe"], true);
}

#[test]
fn a_relation_that_rules_make_is_used_like_any_other() {
    let rules = format!(
        "定義 最終目標 = final-target {{\n  対象 値 ∈ 目標\n  前提 否 ある{{ 後 ∈ 目標, 後.指標 = 値.指標, 後.年度 > 値.年度, 後.値 は ある }}\n  列 指標 = indicator := 値.指標\n  列 年度 = year := 値.年度\n  列 値 = value := 値.値\n}}\n{}",
        rule(
            "  対象 終 ∈ 最終目標, 値 ∈ 目標\n  前提 終.指標 = 値.指標, 値.年度 < 終.年度\n  検査 値.値 < 終.値 かつ 件数{ 他 ∈ 値.指標.最終目標 } = 1\n  指摘 終.値 \"{終.年度} {値.値}\""
        )
    );
    let plan = "指標 \"a\" { 目標 R4: 60件, R5: 20件, R7: 50件 }\n指標 \"b\" { 目標 R4: 1件, R5: 2件 }\n";
    assert_eq!(found(&rules, plan), pairs(&[("50件", "R7 60件")]));
}

#[test]
fn references_are_followed_to_their_end_and_cycles_end_too() {
    let plan = "文書 甲 { 年度 R4; 前版 丙 }\n文書 乙 { 年度 R5; 前版 甲 }\n文書 丙 { 年度 R6; 前版 乙 }\n";
    let rules = rule("  対象 文 ∈ 文書\n  検査 件数{ 前 ∈ たどり(文.前版) } < 3\n  指摘 文.記号 \"{たどり(文.前版)}\"");
    assert_eq!(found(&rules, plan).len(), 3);
}

#[test]
fn a_period_a_day_and_a_median_can_be_asked_for() {
    let plan = "文書 甲 { 年度 R4; 期間 R3.4.1..R8.3.31; 発行日 令和6年3月29日 }\n指標 \"a\" { 目標 R4: 1件, R5: 2件, R6: 9件 }\n";
    let rules = rule(
        "  対象 文 ∈ 文書\n  検査 終期(文.期間) - 始期(文.期間) + 1 = 4\n  指摘 文.記号 \"{始期(文.期間)} {終期(文.期間)} {年度(文.発行日)} {中央値{ 値.値 | 値 ∈ 文.目標 }}\"",
    );
    assert_eq!(found(&rules, plan), pairs(&[("甲", "R3 R7 R5 2件")]));
}

#[test]
fn what_is_wrong_with_a_rule_is_said_once_at_its_place() {
    for (clauses, code, text) in [
        ("  対象 行 ∈ 事業\n  検査 行.名称 一致 \"(\"\n  指摘 行.名称 \"x\"", "bad-pattern", "\"(\""),
        ("  対象 行 ∈ 事業\n  検査 行.名称 一致 行.概要\n  指摘 行.名称 \"x\"", "pattern-not-quoted", "行.概要"),
        (
            "  対象 行 ∈ 事業\n  検査 行.名称 一致 \"((a{999}){999}){9}\"\n  指摘 行.名称 \"x\"",
            "pattern-too-big",
            "\"((a{999}){999}){9}\"",
        ),
        ("  対象 行 ∈ 事業\n  検査 {1, \"a\"} ⊆ 行.担当\n  指摘 行.名称 \"x\"", "type-mismatch", "\"a\""),
        (
            "  対象 行 ∈ 事業\n  検査 行.番号 = 0.0000000000000000001\n  指摘 行.名称 \"x\"",
            "figure-too-long",
            "0.0000000000000000001",
        ),
        ("  対象 行 ∈ 事業\n  検査 前(行).番号 = 1\n  指摘 行.名称 \"x\"", "bad-function-arguments", "前(行)"),
        (
            "  対象 行 ∈ 事業\n  検査 行.番号 = 1\n  指摘 行.名称 \"x\"\n  修正 行.番号 ← \"a\"",
            "type-mismatch",
            "\"a\"",
        ),
    ] {
        let place = folder(&[("a.plan", "事業 1 \"a\"\n".as_bytes()), ("a.rules", rule(clauses).as_bytes())]);
        let ran = totsugo(place.path(), &["check", "--format", "json"], &[]);
        let all = findings(&ran);
        let grave: Vec<_> =
            all.iter().filter(|f| !f.0.starts_with("missing-")).map(|f| (f.0.as_str(), f.1.as_str())).collect();
        assert_eq!(grave, [(code, text)], "{clauses}");
        assert_eq!(ran.status, 2);
    }
}

#[test]
fn an_author_adds_attributes_series_and_units_to_what_is_built_in() {
    let rules = format!(
        "拡張 指標 {{\n  属性 環境負荷 = footprint : 量 kg\n  系列 見込み = forecast : 量\n}}\n単位 t = 1000 kg, トン\n{}",
        rule(
            "  対象 指 ∈ 指標, 値 ∈ 指.見込み\n  検査 指.環境負荷 ≤ 2t または 値.値 < 10件\n  指摘 指.環境負荷 \"{指.環境負荷} {値.年度}\""
        )
    );
    let plan =
        "指標 \"a\" { 環境負荷 1,999kg; 見込み R6: 12件 }\n指標 \"b\" { 環境負荷 2.5トン; 見込み R6: 12件, R7: 3件 }\n";
    assert_eq!(found(&rules, plan), pairs(&[("2.5トン", "2.5トン R6")]));
    for (wrong, code) in [
        ("拡張 指票 {\n  属性 a : 量\n}\n", "unknown-name"),
        ("拡張 指標 {\n  属性 方向 : 量\n}\n", "duplicate-declaration"),
        ("単位 a = 0 b\n", "bad-unit"),
        ("単位 a = 2 a\n", "bad-unit"),
    ] {
        let place = folder(&[("a.plan", "事業 1 \"a\"\n".as_bytes()), ("a.rules", wrong.as_bytes())]);
        let all = findings(&totsugo(place.path(), &["check", "--format", "json"], &[]));
        assert_eq!(all.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), [code], "{wrong}");
    }
}

#[test]
fn the_budget_sheets_of_the_example_are_checked_by_their_own_rules() {
    let here = crate::run::home().join("examples/budget");
    let ran = totsugo(&here, &["test", "."], &[]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    let ran = totsugo(&here, &["check", ".", "--format", "json"], &[]);
    let found: Vec<(String, String)> = findings(&ran).into_iter().map(|(rule, text, _)| (rule, text)).collect();
    let expected = [("budget-sheets-differ", "1,180百万円"), ("budget-sheet-sum", "1,205百万円")];
    assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())), "{}", ran.out);
}

/// What is said of the rule files that have this rule on two columns of a summary row, beside others.
fn conflicts(rules: &str) -> Vec<String> {
    let place = folder(&[("a.plan", "文書 甲 { 年度 R5 }\n".as_bytes()), ("a.rules", rules.as_bytes())]);
    let ran = totsugo(place.path(), &["check", "--format", "json"], &[]);
    let found = findings(&ran).into_iter().filter(|(rule, ..)| rule == "impossible-rules");
    found.map(|(_, text, message)| format!("{text}: {message}")).collect()
}

fn on_row(name: &str, premise: &str, check: &str) -> String {
    let premise = if premise.is_empty() { String::new() } else { format!("前提 {premise} ") };
    format!("規則 {name} {{ 重大度 誤り 対象 行 ∈ 集計行 {premise}検査 {check} 指摘 行.達成 \"x\" }}\n")
}

/// An author who turns a sign would see every row reported and look for the mistake in the plan.
#[test]
fn rules_that_no_row_can_meet_are_told_when_they_are_loaded() {
    // Against a built-in one: 達成 ≤ KPI設定.
    let told = conflicts(&on_row("逆 t1", "", "行.達成 > 行.KPI設定"));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("逆: この規則と achieved-count-order を同時に"), "{told:?}");
    // Three that are fine two by two; the sum is twice the part that the others make it less than.
    let (one, two) =
        (on_row("甲 t1", "", "行.事業数 ≤ 行.KPI設定 × 2"), on_row("乙 t2", "", "行.事業数 ≥ 行.達成 × 3"));
    let three = on_row("丙 t3", "", "行.達成 × 2 > 行.KPI設定 + 行.KPI設定 ÷ 2 かつ 行.事業数 ≥ 1");
    assert_eq!(conflicts(&format!("{one}{two}")), Vec::<String>::new());
    let told = conflicts(&format!("{one}{two}{three}"));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("丙: "), "{told:?}");
    // By itself, and one that its premise keeps from the rows of the other.
    assert_eq!(conflicts(&on_row("独り t1", "", "行.達成 > 5 かつ 行.達成 < 3")).len(), 1);
    let apart =
        on_row("大 t1", "行.達成 ≥ 10", "行.事業数 = 100") + &on_row("小 t2", "行.達成 < 10", "行.事業数 = 200");
    assert_eq!(conflicts(&apart), Vec::<String>::new());
    assert_eq!(conflicts(&apart.replace("< 10", "< 20")).len(), 1, "both look at a row with 15");
}

/// Premises on words say of which rows a rule speaks: rules that never meet do not exclude each other, those that do are told
/// however their premises are written.
#[test]
fn rules_whose_premises_on_words_meet_are_told_when_no_row_can_meet_them() {
    let one = |name: &str, premise: &str| on_row(name, premise, "行.事業数 = 1");
    let two = |name: &str, premise: &str| on_row(name, premise, "行.事業数 = 2");
    let told = |first: &str, second: &str| conflicts(&format!("{}{}", one("甲 t1", first), two("乙 t2", second)));
    let clash = ["乙: この規則と t1 を同時に"];
    let assert_told = |first: &str, second: &str| {
        let told = told(first, second);
        assert!(told.len() == 1 && told[0].starts_with(clash[0]), "{first} and {second}: {told:?}");
    };
    // The same, the same written otherwise, one that implies the other, and one without any.
    assert_told("行.項番 = \"合計\"", "行.項番 = \"合計\"");
    assert_told("行.項番 = \"合計\"", "\"合計\" = 行.項番");
    assert_told("行.項番 ∈ {\"合計\", \"計\"}", "行.項番 = \"計\"");
    assert_told("行.項番 ≠ \"Ⅰ\"", "行.項番 = \"合計\"");
    assert_told("否 (行.項番 ∈ {\"Ⅰ\", \"Ⅱ\"})", "行.項番 ∈ {\"Ⅱ\", \"Ⅲ\"}");
    assert_told("行.項番 = \"合計\"", "");
    assert_told("行.項番 = \"合計\" かつ 行.達成 < 2", "行.達成 < 3");
    assert_told("行.集計.年度 = R5", "行.集計.年度 = R5");
    // A premise that is not understood, in both; or in one of which all rows are rows of the other.
    let whole = "行.文書.掲載 = \"全件\"";
    let some = "ある{ 別 ∈ 行.集計.集計行, 別.項番 = \"合計\" }";
    assert_told(whole, whole);
    assert_told(some, some);
    assert_told(&format!("{some}, 行.達成 < 2"), "行.達成 < 3");
    // Rules that speak of other rows, or may do so.
    for (first, second) in [
        ("行.項番 = \"合計\"", "行.項番 = \"計\""),
        ("行.項番 ≠ \"合計\"", "行.項番 = \"合計\""),
        ("行.項番 ∈ {\"合計\", \"計\"}", "否 (行.項番 ∈ {\"計\", \"合計\"})"),
        ("行.集計.年度 = R5", "行.集計.年度 = R6"),
        (some, "ある{ 別 ∈ 行.集計.集計行, 別.項番 = \"計\" }"),
        (some, "ある{ 別 ∈ 行.文書.図表行, 別.区分 = \"合計\" }"),
        (some, "行.達成 < 3"),
    ] {
        assert_eq!(told(first, second), Vec::<String>::new(), "{first} and {second}");
    }
    // One that is asked only where nothing is printed of what the other looks at.
    let without = one("甲 t1", "行.KPI設定 は なし");
    let with = on_row("乙 t2", "", "行.事業数 > 行.KPI設定 かつ 行.KPI設定 > 3");
    assert_eq!(conflicts(&format!("{without}{with}")), Vec::<String>::new());
    // Words that have to stand there, and cannot.
    let word = |name: &str, word: &str| on_row(name, "行.達成 > 0", &format!("行.項番 = \"{word}\""));
    assert_eq!(conflicts(&format!("{}{}", word("甲 t1", "Ⅰ"), word("乙 t2", "Ⅱ"))).len(), 1);
    // The smallest set: the two that exclude each other, not the third beside them.
    let third = on_row("丙 t3", "行.項番 = \"合計\"", "行.達成 ≥ 1");
    let told = conflicts(&format!("{third}{}{}", one("甲 t1", ""), two("乙 t2", "行.項番 = \"合計\"")));
    assert!(told.len() == 1 && told[0].contains(" t1 を") && !told[0].contains("t3"), "{told:?}");
}
