//! `totsugo check --why`: how a finding came about.
use crate::run::{Ran, findings, folder, home, totsugo};

const PLAN: &str = "集計 \"行政のDX\" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | Ⅰ-1 | 7事業 | 7事業 | 7事業 | 100% |\n\
                    \x20 | Ⅰ-2 | 12事業 | 12事業 | 7事業 | 59% |\n  | 合計 | 20事業 | 19事業 | 14事業 | 74% |\n}\n";

fn why(asked: &str, more: &[&str]) -> Ran {
    let place = folder(&[("p/a.plan", PLAN.as_bytes())]);
    totsugo(place.path(), &[&["check", "p", "--why", asked], more].concat(), &[])
}

#[test]
fn each_step_has_its_value_and_its_place() {
    let ran = why("achievement-rate", &[]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let steps = ran.out.split_once("\n\n").expect("the finding, then its steps").1;
    let expected = "  対象
    行 = 集計行 Ⅰ-2  p/a.plan:4:3
  前提
    行.KPI設定 > 0 → 12事業 > 0 → はい
      行.KPI設定 = 12事業  p/a.plan:4:18
  名前
    期待 := 行.達成 ÷ 行.KPI設定 = 7事業 ÷ 12事業 = 58.33…%
      行.達成 = 7事業  p/a.plan:4:25
      行.KPI設定 = 12事業  p/a.plan:4:18
  検査
    行.達成率 ≈ 期待 → 59% ≈ 58.33…% → いいえ
      行.達成率 = 59% は 58.5%以上59.5%以下  p/a.plan:4:31
      期待 = 58.33…%

";
    assert_eq!(steps, expected);
    let ran = why("達成率検算:59%", &["--lang", "en"]);
    for says in [
        "  when\n    行.KPI設定 > 0 → 12事業 > 0 → yes\n",
        "行.達成率 = 59% is at least 58.5% and at most 59.5%  p/a.plan:4:31",
        "7事業 ÷ 12事業 is 58.33%",
    ] {
        assert!(ran.out.contains(says), "{says}: {}", ran.out);
    }
}

#[test]
fn rows_and_column_variables_are_shown() {
    let ran = why("column-total", &[]);
    for says in [
        "    列 = 事業数\n",
        "      集計行 Ⅰ-2 = 12事業  p/a.plan:4:11\n",
        "→ 20事業 ≈ 19事業 → いいえ\n",
        "成り立つ行は2行",
    ] {
        assert!(ran.out.contains(says), "{says}: {}", ran.out);
    }
}

#[test]
fn a_finding_is_named_by_rule_line_place_or_text() {
    for asked in [
        "達成率検算",
        "achievement-rate:4",
        "achievement-rate:５９％",
        "achievement-rate:p/a.plan:4",
        "achievement-rate:a.plan:4:31",
    ] {
        let ran = why(asked, &[]);
        assert_eq!(ran.status, 1, "{asked}: {}{}", ran.out, ran.err);
        assert_eq!(ran.out.matches("達成率検算 (achievement-rate)").count(), 1, "{asked}");
    }
    let ran = why("achievement-rate:5", &[]);
    assert!(ran.status == 0 && ran.out.contains("p/a.plan:4:31 59%"), "{}", ran.out);
    let ran = why("count-order", &["--lang", "en"]);
    assert!(ran.status == 0 && ran.out.contains("no finding of this rule"), "{}", ran.out);
    let ran = why("achievement-rat", &[]);
    assert!(ran.status == 2 && ran.err.contains("achievement-rate"), "{}", ran.err);
    let ran = why("row-cells", &[]);
    assert!(ran.status == 2 && ran.err.contains("totsugo explain row-cells"), "{}", ran.err);
}

#[test]
fn every_finding_on_the_real_documents_is_explained() {
    let all = totsugo(&home(), &["check", "specs", "--format", "json"], &[]);
    let mut rules: Vec<String> = findings(&all).into_iter().map(|f| f.0).collect();
    rules.dedup();
    rules.sort();
    rules.dedup();
    assert!(rules.len() > 10);
    for rule in rules {
        let found = findings(&all).iter().filter(|f| f.0 == rule).count();
        let ran = totsugo(&home(), &["check", "specs", "--why", &rule], &[]);
        assert_eq!(ran.status, 1, "{rule}: {}", ran.err);
        let checks: Vec<&str> = ran.out.split("\n  検査\n").skip(1).filter_map(|c| c.lines().next()).collect();
        assert_eq!(checks.len(), found, "{rule}");
        assert!(checks.iter().all(|c| c.ends_with(" → いいえ") || c.contains(" → いいえ  ")), "{rule}: {checks:?}");
        // What a rule demands before it checks holds wherever it finds something.
        for premises in ran.out.split("\n  前提\n").skip(1) {
            let own = premises.lines().take_while(|l| l.starts_with("    "));
            let own: Vec<&str> = own.filter(|l| !l.starts_with("     ")).collect();
            assert!(own.iter().all(|l| l.contains(" → はい")), "{rule}: {own:?}");
        }
    }
}
