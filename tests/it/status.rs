//! What makes a check fail, what it shows, and what it tells besides.
use crate::run::{Ran, findings, folder, totsugo};

/// An error (達成率検算), a warning (大小関係 is an error too; 実績未記入 a warning) and an information.
const PLAN: &str = "文書 資料2-1 {\n  年度 R6\n}\n集計 \"例\" R4 {\n  | 項番 | KPI設定 | 達成  | 達成率 |\n  | Ⅰ-1 | 4事業   | 3事業 | 70%    |\n}\n";

fn place(settings: &str) -> tempfile::TempDir {
    folder(&[("a.plan", PLAN.as_bytes()), ("totsugo.yaml", settings.as_bytes())])
}

fn check(place: &tempfile::TempDir, more: &[&str]) -> Ran {
    totsugo(place.path(), &[&["check", "."], more].concat(), &[])
}

/// 達成率検算 made as grave as a word says.
fn graded(severity: &str, more: &str) -> tempfile::TempDir {
    place(&format!("severities: {{achievement-rate: {severity}}}\nselect: [achievement-rate]\n{more}"))
}

#[test]
fn a_run_fails_from_the_severity_that_is_asked_for() {
    for (severity, asked, status) in [
        ("誤り", "誤り", 1),
        ("警告", "誤り", 0),
        ("警告", "error", 0),
        ("警告", "警告", 1),
        ("警告", "warning", 1),
        ("情報", "警告", 0),
        ("情報", "情報", 1),
        ("誤り", "なし", 0),
        ("誤り", "never", 0),
    ] {
        let place = graded(severity, "");
        let ran = check(&place, &["--fail-on", asked, "--format", "json"]);
        assert_eq!((ran.status, findings(&ran).len()), (status, 1), "{severity} {asked}: {}", ran.err);
        // The settings say the same; the command line wins over them.
        let place = graded(severity, &format!("fail-on: {asked}\n"));
        assert_eq!(check(&place, &[]).status, status, "{severity} {asked}");
        assert_eq!(check(&place, &["--fail-on", "never"]).status, 0);
        assert_eq!(check(&place, &["--fail-on", "never", "--fix"]).status, 0);
    }
}

#[test]
fn a_run_that_could_not_be_done_fails_whatever_is_asked_for() {
    let place = place("");
    let ran = totsugo(place.path(), &["check", "a.plan", "nowhere.plan", "--fail-on", "never"], &[]);
    assert_eq!(ran.status, 2, "{}", ran.out);
}

#[test]
fn what_makes_a_run_fail_is_shown() {
    // Nobody has said what to show: what is to fail is shown, even information.
    let place = place("severities: {achievement-rate: 情報}\n");
    assert_eq!(check(&place, &["--format", "json"]).status, 0);
    let ran = check(&place, &["--fail-on", "情報", "--format", "json"]);
    assert_eq!(ran.status, 1);
    assert!(findings(&ran).iter().any(|f| f.0 == "achievement-rate"), "{}", ran.out);
}

#[test]
fn what_is_not_shown_does_not_count() {
    // Who wants to see less than the team fails on sees, and fails on, less.
    let place = graded("警告", "fail-on: 警告\n");
    assert_eq!(check(&place, &[]).status, 1);
    let ran = check(&place, &["--min-severity", "誤り", "--format", "json"]);
    assert_eq!((ran.status, findings(&ran).len()), (0, 0));
}

#[test]
fn to_fail_on_what_is_not_shown_is_refused() {
    let place = graded("情報", "");
    let ran = check(&place, &["--fail-on", "情報", "--min-severity", "警告"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("--fail-on 情報 は --min-severity 警告 より軽い"), "{}", ran.err);
    let place = self::place("min-severity: 誤り\nfail-on: 警告\n");
    let ran = check(&place, &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.out.contains("config-fail-on-hidden") && ran.out.contains("totsugo.yaml:2:1"), "{}", ran.out);
    let ran = check(&self::place("fail-on: いつも\n"), &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.out.contains("「fail-on」に「いつも」は指定できません"), "{}", ran.out);
}

#[test]
fn quiet_leaves_the_findings_alone() {
    let place = place("");
    let (loud, quiet) = (check(&place, &[]), check(&place, &["--quiet"]));
    assert_eq!((quiet.status, quiet.err.as_str()), (1, ""));
    let last = loud.out.lines().last().expect("a line");
    assert!(last.starts_with("誤り 1件"), "{last}");
    assert_eq!(format!("{}{last}\n", quiet.out), loud.out);
    assert_eq!(check(&place, &["-q", "--format", "json"]).out, check(&place, &["--format", "json"]).out);
    // Nothing to find, nothing to say.
    assert_eq!(check(&place, &["-q", "--ignore", "achievement-rate"]).out, "");
    // What goes wrong is told all the same.
    let ran = totsugo(place.path(), &["check", "-q", "empty"], &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.out.contains("file-not-found"), "{} {}", ran.out, ran.err);
    let ran = check(&place, &["-q", "-v"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("一緒に使えません"), "{}", ran.err);
}

#[test]
fn verbose_tells_on_the_error_stream_what_was_done() {
    let place = place("");
    for lang in ["ja", "en"] {
        let plain = check(&place, &["--lang", lang]);
        let ran = check(&place, &["-v", "--lang", lang]);
        assert_eq!((ran.out.as_str(), ran.status), (plain.out.as_str(), plain.status), "the output is the same");
        let told = if lang == "ja" {
            ["a.plan: 計画", "検査にかかった時間", "達成率検算"]
        } else {
            ["a.plan: ", "checking: ", "achievement-rate"]
        };
        for word in told {
            assert!(ran.err.contains(word), "{word}: {}", ran.err);
        }
        assert_eq!(plain.err, "");
    }
}
