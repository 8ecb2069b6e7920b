//! `totsugo test`: what a failed test shows, demanded sentences, and the choice of rules.
use crate::run::{Ran, folder, totsugo};

const RULE: &str = "規則 達成率の例 example {
  重大度 誤り
  対象 行 ∈ 集計行
  前提 行.KPI設定 > 0
  期待 := 行.達成 ÷ 行.KPI設定
  検査 行.達成率 ≈ 期待
  指摘 行.達成率 \"{期待:%}のはずです\" en \"it is {期待:%}\"
  解説 \"率\"
  試験 合格 { 集計 \"例\" R4 { | 項番 | KPI設定 | 達成 | 達成率 |
    | 1 | 8事業 | 7事業 | 88% | } }
  試験 不合格 HEAD { 集計 \"例\" R4 { | 項番 | KPI設定 | 達成 | 達成率 |
    | 1 | 12事業 | 7事業 | 59% | } }
}
";

fn test(head: &str, more: &[&str]) -> Ran {
    let place = folder(&[("own.rules", RULE.replace("HEAD", head).as_bytes())]);
    totsugo(place.path(), &[&["test", "own.rules", "--filter", "達成率の例"], more].concat(), &[("COLUMNS", "160")])
}

#[test]
fn a_test_may_demand_the_sentence_of_its_finding() {
    for head in [
        "\"59%\" 指摘 \"58.33%のはずです\"",
        "\"59%\" finding \"58.33%のはずです\"",
        "\"59%\" 指摘 \"it is 58.33%\"",
        "\"59%\"",
        "",
    ] {
        let ran = test(head, &[]);
        assert_eq!(ran.status, 0, "{head}: {}", ran.out);
        assert_eq!(ran.out.lines().last(), Some("試験 2件: 合格 2件、不合格 0件（規則 1本）。"));
    }
}

#[test]
fn a_failed_test_shows_what_was_expected_and_what_was_found() {
    let ran = test("\"59%\" 指摘 \"58%のはずです\"", &[]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("期待した指摘がありません: 58%のはずです"), "{}", ran.out);
    assert!(ran.out.contains("出た指摘: 58.33%のはずです"), "{}", ran.out);
    assert!(ran.out.contains("達成率の例 (example): 試験 2件のうち 1件が不合格"), "{}", ran.out);
    let ran = test("\"59%\" finding \"it is 58%\", \"60%\"", &["--lang", "en"]);
    for says in ["not found: it is 58%", "not found: 60%", "found: it is 58.33%", "example: 1 of 2 tests failed"] {
        assert!(ran.out.contains(says), "{says}: {}", ran.out);
    }
    let ran = test("\"59%\" 指摘", &[]);
    assert!(ran.status == 2 && ran.out.contains("rule-syntax"), "{}", ran.out);
}

#[test]
fn rules_are_chosen_by_a_part_of_their_code_or_name() {
    let place = folder(&[]);
    let by = |text: &str| totsugo(place.path(), &["test", "--filter", text, "--lang", "en"], &[]);
    assert!(by("achievement-rate").out.contains("(2 rules)"), "{}", by("achievement-rate").out);
    assert!(by("達成率検算").out.contains("(1 rules)"), "{}", by("達成率検算").out);
    assert!(by("zzz").status == 2 && by("zzz").err.contains("zzz"));
}

fn covered(more: &str, arguments: &[&str]) -> Ran {
    let rule = "規則 甲 ko {
  重大度 誤り
  対象 行 ∈ 集計行
  前提 行.KPI設定 > 0
  検査 もし 行.達成 > 10事業 ならば 行.達成率 > 0 または 行.達成率 は ある それ以外 行.達成率 > 50%
  指摘 行.達成率 \"低い\"
  参考 行.達成 \"達成\", 各 別 ∈ 行.集計.集計行, 別.達成率 = 100% : 別.達成率 \"全部\"
  解説 \"率\"
  試験 合格 { 集計 \"例\" R4 { | 項番 | KPI設定 | 達成 | 達成率 |
    | 1 | 8事業 | 7事業 | 88% | } }
  試験 不合格 \"5%\" { 集計 \"例\" R4 { | 項番 | KPI設定 | 達成 | 達成率 |
    | 1 | 8事業 | 7事業 | 5% | } }
MORE}
";
    let place = folder(&[("own.rules", rule.replace("MORE", more).as_bytes())]);
    totsugo(place.path(), &[&["test", "own.rules", "--select", "ko"], arguments].concat(), &[])
}

#[test]
fn coverage_names_what_no_test_reaches() {
    let ran = covered("", &["--coverage"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    let places: Vec<&str> = ran.out.lines().filter_map(|l| l.split_once("own.rules:").map(|p| p.1)).collect();
    // The premise that always holds, the branch never taken and the second label; what lies within the branch is
    // counted, but not told again.
    assert_eq!(places, ["4:6]", "5:25]", "7:48]"], "{}", ran.out);
    for says in
        ["満たさない例", "この枝を通る試験", "この参考が示される", "(uncovered)", "網羅 41.6%: 12通りのうち 5通り"]
    {
        assert!(ran.out.contains(says), "{says}: {}", ran.out);
    }
    let more = "  試験 合格 { 集計 \"例\" R4 { | 項番 | KPI設定 | 達成 | 達成率 |
    | 1 | 0事業 | 0事業 | - |\n    | 2 | 90事業 | 70事業 | 1% | } }
  試験 不合格 \"5%\" { 集計 \"例\" R4 { | 項番 | KPI設定 | 達成 | 達成率 |
    | 1 | 8事業 | 7事業 | 5% |\n    | 2 | 90事業 | 90事業 | 100% | } }
";
    let ran = covered(more, &["--coverage", "--lang", "en"]);
    assert!(ran.out.contains("No test makes this condition false"), "{}", ran.out);
    assert!(ran.out.contains("No test reaches this condition"), "{}", ran.out);
    assert!(ran.out.contains("Coverage 75.0%: 9 of 12 outcomes"), "{}", ran.out);
}

#[test]
fn coverage_may_be_demanded() {
    assert_eq!(covered("", &["--min-coverage", "41"]).status, 0);
    assert_eq!(covered("", &["--min-coverage", "42"]).status, 1);
    let ran = covered("", &["--min-coverage", "viel", "--lang", "en"]);
    assert!(ran.status == 2 && ran.err.contains("viel"), "{}", ran.err);
    assert!(!covered("", &[]).out.contains("網羅"));
}
