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
