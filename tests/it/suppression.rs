//! Findings accepted in the comments of plans: the accepted ones are gone, all others stay.
use std::sync::OnceLock;

use proptest::prelude::*;
use totsugo::config::{Config, Names, Surroundings, comments, suppress};
use totsugo::findings::{Finding, Messages};
use totsugo::rules::{Pack, Strategy as Run, code, read_plans, run_rules};
use totsugo::text::{Source, Sources, Span};
use totsugo::value::Date;

use crate::run::{Ran, findings, folder, home, totsugo};

const TODAY: [(&str, &str); 1] = [("TOTSUGO_TODAY", "2026-04-01")];

fn run(plan: &str, more: &[&str]) -> Ran {
    let place = folder(&[("a.plan", plan.as_bytes())]);
    totsugo(place.path(), &[&["check", "a.plan"], more].concat(), &TODAY)
}

/// The findings of a plan as `rule text`.
fn found(plan: &str) -> Vec<String> {
    findings(&run(plan, &["--format", "json"])).into_iter().map(|(rule, text, _)| format!("{rule} {text}")).collect()
}

/// Two wrong rates.
fn table(before: &str, first: &str, end: &str) -> String {
    format!(
        "文書 甲 {{\n}}\n{before}\n集計 \"a\" R4 {{\n  | 項番 | KPI設定 | 達成 | 達成率 |\n  {first}\n  | I-1 | 4 | 3 | 70% | {end}\n  | I-2 | 4 | 3 | 71% |\n}}\n"
    )
}

const BOTH: [&str; 2] = ["achievement-rate 70%", "achievement-rate 71%"];

#[test]
fn a_comment_above_or_behind_accepts_what_stands_there() {
    assert_eq!(found(&table("# 普通の注", "", "")), BOTH);
    for comment in [
        "# 許容 達成率検算: 確認済み",
        "＃　許容　achievement-rate：確認済み",
        "#allow achievement-rate: seen",
        "# ALLOW 達成率検算 until 2026-04-01: seen",
        "# 許容 達成率検算 令和8年4月まで: 確認済み",
        "# 許容 達成率検算 2026-04-01 まで: 確認済み: 担当課",
        "# 許容 件数の順序、達成率検算: 確認済み",
    ] {
        let left = |plan: &str| found(plan).into_iter().filter(|f| f.starts_with("achievement")).collect::<Vec<_>>();
        assert_eq!(left(&table(comment, "", "")), [""; 0], "{comment} above the table");
        assert_eq!(left(&table("", comment, "")), BOTH[1..], "{comment} above a row");
        assert_eq!(left(&table("", "", comment)), BOTH[1..], "{comment} behind a row");
    }
    // Other comments and empty lines may stand between; a block that ends may not.
    assert_eq!(found(&table("# 許容 達成率検算: x\n\n# 担当課に確認", "", "")), [""; 0]);
    assert_eq!(found(&table("指標 \"x\" {\n  # 許容 達成率検算: x\n}", "", ""))[1..], BOTH);
    // What is quoted is no comment.
    assert_eq!(found(&table("指標 \"# 許容 達成率検算: x\"", "", "")), BOTH);
}

#[test]
fn accepted_findings_are_counted_and_do_not_fail_the_run() {
    let ran = run(&table("# 許容 達成率検算: 確認済み", "", ""), &[]);
    let last = "指摘はありません（1文書を突合しました）。ほかに、許容した指摘が2件あります。\n";
    assert_eq!((ran.out.as_str(), ran.status), (last, 0));
}

#[test]
fn a_comment_takes_sets_and_faults_of_form() {
    let yaml = "sets: {数 の組: [achievement-rate]}\n";
    for name in ["数 の組", "数の組"] {
        let plan = table(&format!("# 許容 {name}: 確認済み"), "", "");
        let place = folder(&[("a.plan", plan.as_bytes()), ("totsugo.yaml", yaml.as_bytes())]);
        let ran = totsugo(place.path(), &["check", "--format", "json"], &TODAY);
        let left: Vec<_> = findings(&ran).into_iter().map(|f| f.0).filter(|f| f == "achievement-rate").collect();
        assert_eq!(left, [""; 0], "{name}");
    }
    let plan =
        "# 許容 unknown-keyword: 書きかけ\n事行 1 \"x\"\n事行 2 \"y\" # 許容 unknown-keyword: 書きかけ\n事行 3\n";
    assert_eq!(found(plan), ["unknown-keyword 事行"]);
    assert_eq!(found("事業 : : 1 # 許容 unexpected: 書きかけ\n"), [""; 0]);
}

#[test]
fn comments_that_do_not_hold_silence_nothing_and_are_reported() {
    let one = |comment: &str| {
        let said = found(&table(comment, "", ""));
        assert_eq!(said[1..], BOTH, "{comment}");
        said[0].clone()
    };
    assert_eq!(one("# 許容 達成率検算:"), "suppression-reason 達成率検算");
    assert_eq!(one("# 許容 達成率検査: x"), "suppression-rule 達成率検査");
    assert_eq!(one("# 許容 ほげ: x"), "suppression-rule ほげ");
    assert_eq!(one("# allow achievement rate: x"), "suppression-rule achievement rate");
    assert_eq!(one("# 許容 達成率検算 2026-03-31まで: x"), "suppression-expired 2026-03-31");
    assert_eq!(one("# 許容 達成率検算 2026-02-30まで: x"), "bad-date 2026-02-30");
    assert_eq!(one("# 許容 count-order: x"), "suppression-unused count-order");
    assert_eq!(one("# 許容 達成率検算: x\n指標 \"y\""), "suppression-unused 達成率検算");
    for (comment, at) in [
        ("# 許容達成率検算: x", "許容達成率検算"),
        ("# 許容達成率", "許容達成率"),
        ("# 許容 達成率検算", "許容 達成率検算"),
        ("# 許容　達成率検算　確認済み", "許容　達成率検算　確認済み"),
        ("# allow achievement-rate", "allow achievement-rate"),
        ("# 許容: 確認済み", "許容"),
        ("# 許容", "許容"),
    ] {
        assert_eq!(one(comment), format!("suppression-form {at}"));
    }
    // The rule was not run.
    let plan = table("# 許容 count-order: x", "", "");
    assert!(!run(&plan, &["--select", "achievement-rate"]).out.contains("suppression-unused"));
}

#[test]
fn prose_that_begins_with_the_word_is_left_alone() {
    for prose in [
        "# 許容範囲は5%とする",
        "# 許容できる差: 0.1ポイントまで",
        "# 許容 されるのは四捨五入の差だけ",
        "# Allow for rounding: the parts are rounded",
        "# allowed by the owner: see minutes",
        "# allow 5% here",
        "#許容差",
        "# 達成率検算を許容: 担当課",
    ] {
        assert_eq!(found(&table(prose, "", "")), BOTH, "{prose}");
    }
}

#[test]
fn comments_in_rule_files_are_no_suppressions() {
    let rules = "# 許容 達成率検算: x\n規則 小さい small {\n  対象 行 ∈ 集計行\n  # 許容 達成率検算: x\n  検査 行.達成 > 1\n  指摘 行.達成 \"小さい\" en \"small\"\n  解説 \"x\"\n  試験 合格 {\n    # 許容 達成率検算: x\n    集計 \"a\" R4 { | 項番 | 達成 |\n | 1 | 2 | }\n  }\n  試験 不合格 {\n    集計 \"a\" R4 { | 項番 | 達成 |\n | 1 | 1 | }\n  }\n}\n";
    let place = folder(&[("a.plan", table("", "", "").as_bytes()), ("own.rules", rules.as_bytes())]);
    let ran = totsugo(place.path(), &["check", "--format", "json"], &TODAY);
    assert_eq!(findings(&ran).into_iter().map(|f| f.1).collect::<Vec<_>>(), ["70%", "71%"], "{}", ran.err);
}

#[test]
fn the_words_about_comments() {
    let plan = "文書 甲 {\n}\n# 許容達成率検算: 確認済み\n# 許容 達成率検査: 確認済み\n# 許容 達成率検算:\n# 許容 達成率検算 令和8年3月まで: 確認済み\n# 許容 count-order、目標の表記 2026-13-01まで: x\n# 許容 count-order: 直した\n指標 \"x\"\n";
    insta::assert_snapshot!("comments_ja", run(plan, &[]).out);
    insta::assert_snapshot!("comments_en", run(plan, &["--lang", "en"]).out);
}

/// A copy of the real documents, one of them changed.
fn specs(change: impl Fn(&str) -> String) -> tempfile::TempDir {
    let place = folder(&[]);
    for file in std::fs::read_dir(home().join("specs")).expect("specs").flatten() {
        let text = std::fs::read_to_string(file.path()).expect("a text");
        let name = file.file_name().into_string().expect("a name");
        let text = if name == "資料2-1.plan" { change(&text) } else { text };
        std::fs::write(place.path().join(name), text).expect("a file");
    }
    place
}

#[test]
fn findings_of_real_documents_are_accepted_one_by_one() {
    let all = |place: &tempfile::TempDir| {
        let ran = totsugo(place.path(), &["check", "--format", "json"], &TODAY);
        findings(&ran).into_iter().map(|(rule, text, message)| format!("{rule} {text} {message}")).collect::<Vec<_>>()
    };
    let before = all(&specs(str::to_owned));
    let target = "      目標 R4: 10,000人, R5: 10,000人\n";
    let above = format!("      # 許容 途中目標が最終超過: 最終目標は次の改訂で引き上げる\n{target}");
    let after = all(&specs(|text| text.replace(target, &above)));
    let gone: Vec<_> = before.iter().filter(|f| !after.contains(f)).collect();
    assert!(after.len() + 2 == before.len() && gone.iter().all(|f| f.contains("10,000人")), "{gone:?}");
    // The row of R4, not the like one of R5.
    let behind = |text: &str| {
        let at = text.lines().nth(64).expect("a row");
        text.replacen(at, &format!("{at} # 許容 kpi-count-vs-listed: 翌年度に一つへ"), 1)
    };
    let after = all(&specs(behind));
    let gone: Vec<_> = before.iter().filter(|f| !after.contains(f)).collect();
    assert!(after.len() + 1 == before.len() && gone.len() == 1 && gone[0].contains("R4の指標"), "{gone:?}");
}

/// A table: whether a comment stands above it, and its rows: above, behind, and the rate.
type Tables = Vec<(bool, Vec<(bool, bool, u8)>)>;

fn tables() -> impl Strategy<Value = Tables> {
    let row = (any::<bool>(), prop::bool::weighted(0.3), 10u8..60);
    prop::collection::vec((prop::bool::weighted(0.2), prop::collection::vec(row, 1..5)), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Exactly the findings in the statements and rows that a comment stands by are gone.
    #[test]
    fn a_comment_never_silences_what_stands_elsewhere(tables in tables(), rule in "(achievement-rate|count-order)") {
        static PACK: OnceLock<(Pack, Sources)> = OnceLock::new();
        let (pack, sources) = PACK.get_or_init(|| {
            let mut sources = Sources::default();
            (Pack::load(&mut sources, &[]), sources)
        });
        let (mut text, mut expected) = (String::new(), Vec::new());
        for (number, (above, rows)) in tables.iter().enumerate() {
            if *above {
                text.push_str(&format!("# 許容 {rule}: x\n"));
            }
            text.push_str(&format!("集計 \"t{number}\" R4 {{\n  | 項番 | KPI設定 | 達成 | 達成率 |\n"));
            for (above_row, behind, rate) in rows {
                if *above_row {
                    text.push_str(&format!("  # 許容 {rule}: x\n"));
                }
                let shown = rule != "achievement-rate" || !(*above || *above_row || *behind);
                if shown {
                    expected.push(text.lines().count() + 1);
                }
                text.push_str(&format!("  | 1 | 4 | 3 | {rate}% |"));
                text.push_str(&if *behind { format!(" # 許容 {rule}: x\n") } else { "\n".to_owned() });
            }
            text.push_str("}\n");
        }
        let mut sources = sources.clone();
        let length = text.len();
        let id = sources.add(Source::new("a.plan", text));
        let workspace = read_plans(pack, &sources, &[(Span::new(id, 0..length), "a".to_owned())]);
        let wanted = |n: usize| code(&pack.rules[n]) == "achievement-rate";
        let outcome = run_rules(pack, &sources, &workspace, Run::Planned, wanted);
        let mut all: Vec<Finding> =
            outcome.violations.into_iter().filter_map(|v| Finding::from_violation(v, pack)).collect();
        let (config, messages) = (Config::default(), Messages::new());
        let names = Names { config: &config, pack, messages: &messages };
        let (accepted, faults) = comments(&workspace.comments, &sources, &names);
        prop_assert!(faults.is_empty());
        let today = Date { year: 2026, month: 4, day: 1 };
        let ran = |_: &str| false;
        let around =
            Surroundings { names, comments: &accepted, sources: &sources, facts: &workspace.facts, today, ran: &ran };
        suppress(&mut all, &around);
        let line = |f: &Finding| sources.get(id).expect("a source").position(f.span.range().start).line;
        let mut left: Vec<usize> = all.iter().map(line).collect();
        left.sort();
        prop_assert_eq!(left, expected);
    }
}
