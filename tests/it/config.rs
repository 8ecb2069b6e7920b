//! `totsugo.yaml`: what a team would lose if it were not read as it stands.
use proptest::prelude::*;
use serde_json::Value;
use totsugo::config::read;
use totsugo::text::{Severity, Source, SourceId, Sources};

use crate::run::{Ran, findings, folder, home, totsugo};

/// A rate that is wrong, and a count that is.
const PLAN: &str = "文書 甲 {\n}\n集計 \"a\" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | I-1 | 4 | 4 | 3 | 70% |\n}\n集計 \"b\" R5 {\n  | 項番 | 事業数 | KPI設定 |\n  | I-1 | 4 | 5 |\n}\n";
const RULE: &str = "規則 小さい事業 small {\n  対象 行 ∈ 集計行\n  検査 行.事業数 > 9事業\n  指摘 行.事業数 \"小さい\" en \"small\"\n  解説 \"x\"\n}\n";

/// A run over [`PLAN`] with the settings.
fn run(yaml: &str, more: &[&str]) -> Ran {
    let place = folder(&[("p/a.plan", PLAN.as_bytes()), ("totsugo.yaml", yaml.as_bytes())]);
    totsugo(place.path(), &[&["check", "p"], more].concat(), &[("TOTSUGO_TODAY", "2026-04-01")])
}

/// The findings as `rule text`.
fn found(yaml: &str, more: &[&str]) -> Vec<String> {
    let ran = run(yaml, &[&["--format", "json"], more].concat());
    findings(&ran).into_iter().map(|(rule, text, _)| format!("{rule} {text}")).collect()
}

/// The last line of a run.
fn last(yaml: &str) -> String {
    run(yaml, &[]).out.lines().last().unwrap_or_default().to_owned()
}

/// The faults of a text as `code place`.
fn faults(yaml: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("totsugo.yaml", yaml));
    read(id, &sources).1.iter().map(|f| format!("{} {}", f.code, sources.text(f.span))).collect()
}

const BOTH: [&str; 2] = ["achievement-rate 70%", "count-order 5"];

#[test]
fn without_settings_every_rule_is_run() {
    for yaml in ["", "# nothing\n", "paths:\nsets: {}\n", "---\n"] {
        assert_eq!(found(yaml, &[]), BOTH, "{yaml:?}");
    }
}

#[test]
fn every_mistake_of_a_file_is_shown_at_once_where_it_stands() {
    let yaml = "# 県の設定\nlangg: ja\nlang: fr\npaths: p\nrules: [nowhere]\nmin-severity: 重大\nselect: [達成率検査, 体裁]\nignore:\n  - 42\nsets:\n  体裁: [achievement-rat]\n  空: []\n  ＫＰＩ: [count-order]\n  kpi: [count-order]\n  達成率検算: [count-order]\nseverities:\n  achievement-rate: 誤\n  count-order: 情報\n  count-order: 警告\nparameters:\n  achievement-rate:\n    許容差: 0.10\nsuppressions:\n  - rule: achievement-rate\n    until: 2026-02-30\n  - place: 70%\n";
    let ran = run(yaml, &[]);
    assert_eq!((ran.status, ran.err.lines().count()), (2, 1), "{}", ran.err);
    insta::assert_snapshot!("broken", ran.out);
    // The same places, in the same order, for programs.
    let ran = run(yaml, &["--format", "json", "--lang", "en"]);
    assert_eq!(ran.status, 2);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let all = report["findings"].as_array().expect("a list");
    assert!(all.iter().all(|f| f["location"]["path"] == "totsugo.yaml"), "{}", ran.out);
    let lines: Vec<u64> = all.iter().filter_map(|f| f["location"]["line"].as_u64()).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 9, 11, 12, 14, 15, 17, 19, 22, 25, 26]);
    assert!(findings(&ran).iter().all(|f| f.1 != "70%" || f.0 == "yaml-missing-key"), "no plan was checked");
}

#[test]
fn what_is_no_yaml_is_shown_in_the_users_words_where_it_breaks() {
    for (yaml, at) in [
        ("a: [\n", "["),
        ("lang: \"ja\n", "a"),
        ("a: b: c\n", ":"),
        ("lang: *x\n", "x"),
        ("a: @x\n", "@"),
        ("a:\n  - b\n c: d\n", "c"),
        ("lang: ja\n---\nlang: en\n", "-"),
        ("a: !!int x\n", "x"),
    ] {
        let said = faults(yaml);
        assert!(matches!(&said[..], [one] if one.starts_with("yaml-syntax ") && one.contains(at)), "{yaml}: {said:?}");
        for lang in ["ja", "en"] {
            let ran = run(yaml, &["--lang", lang]);
            assert!(ran.status == 2 && ran.out.contains("[totsugo.yaml:"), "{yaml}: {}{}", ran.out, ran.err);
        }
    }
}

#[test]
fn aliases_that_grow_without_end_are_refused() {
    let mut yaml = String::from("a0: &a0 [x, x]\n");
    for n in 1..12 {
        let before = format!("*a{}, ", n - 1).repeat(9);
        yaml.push_str(&format!("a{n}: &a{n} [{before}]\n"));
    }
    let said = faults(&yaml);
    assert!(matches!(&said[..], [one] if one.starts_with("yaml-too-large")), "{said:?}");
    let deep = "[".repeat(5_000);
    assert_eq!(faults(&deep).len(), 1);
    // A few aliases are fine, and a fault behind one points to it.
    assert_eq!(faults("select: &s [a]\nignore: *s\n"), Vec::<String>::new());
    assert_eq!(faults("sets: {a: &s [[1]]}\nselect: *s\n"), ["yaml-type [1", "yaml-type *s"]);
}

#[test]
fn a_key_written_twice_never_silently_wins() {
    assert_eq!(faults("lang: ja\nlang: en\n"), ["yaml-duplicate-key lang"]);
    assert_eq!(
        faults("sets:\n  a: [x]\n  a: [y]\nselect: []\nselect: []\n"),
        ["yaml-duplicate-key a", "yaml-duplicate-key select"]
    );
    // Numbers that are equal are one key, however they are written.
    assert_eq!(faults("sets:\n  1: [x]\n  1: [y]\n"), ["yaml-duplicate-key 1"]);
    assert_eq!(faults("sets:\n  10: [x]\n  0xA: [y]\n").len(), 1);
    assert_eq!(faults("suppressions:\n  - {rule: a, rule: b, reason: c}\n"), ["yaml-duplicate-key rule"]);
}

#[test]
fn a_broken_file_stops_every_command_and_a_wrong_name_only_the_check() {
    let place = folder(&[("totsugo.yaml", "lang: fr\n".as_bytes()), ("a.plan", PLAN.as_bytes())]);
    for arguments in [&["check"][..], &["test"], &["rules"], &["explain", "row-cells"], &["graph"]] {
        let ran = totsugo(place.path(), arguments, &[]);
        assert_eq!(ran.status, 2, "{arguments:?}");
        assert!(format!("{}{}", ran.out, ran.err).contains("yaml-bad-value"), "{arguments:?}: {}", ran.err);
    }
    let place = folder(&[("totsugo.yaml", b"\xff\xfe")]);
    let ran = totsugo(place.path(), &["check"], &[]);
    assert!(ran.status == 2 && ran.out.contains("not-utf8") && ran.out.contains("totsugo.yaml"), "{}", ran.out);
}

#[test]
fn a_set_stands_wherever_a_rule_does() {
    let sets = "sets:\n  率: [達成率検算]\n  すべて: [率, count-order, すべて]\n";
    assert_eq!(found(&format!("{sets}select: [率]\n"), &[]), BOTH[..1]);
    assert_eq!(found(&format!("{sets}ignore: [率]\n"), &[]), BOTH[1..]);
    assert_eq!(found(sets, &["--select", "率"]), BOTH[..1], "on the command line");
    assert_eq!(found(sets, &["--select", "すべて"]), BOTH, "a set of sets, even of itself");
    assert!(found(sets, &["--ignore", "すべて"]).is_empty());
    assert_eq!(found(&format!("{sets}severities:\n  率: info\n"), &[]), BOTH[1..]);
    assert!(last(&format!("{sets}suppressions:\n  - {{rule: すべて, reason: 確認済み}}\n")).contains("2件"));
    let near = run(sets, &["--select", "すべ"]);
    assert!(near.status == 2 && near.err.contains("「すべて」"), "{}", near.err);
}

#[test]
fn an_empty_selection_never_means_every_rule() {
    for (yaml, code) in [
        ("sets: {空: []}\nselect: [空]\n", "config-empty-set 空"),
        ("sets: {空: }\nselect: [空]\n", "config-empty-set 空"),
        ("sets: {空: [空]}\nselect: [空]\n", "config-empty-set 空"),
        ("sets: {達成率検算: [count-order]}\n", "config-set-name 達成率検算"),
    ] {
        assert_eq!(found(yaml, &[]), [code], "{yaml}");
    }
}

#[test]
fn the_command_line_wins() {
    assert_eq!(found("select: [count-order]\n", &["--select", "achievement-rate"]), BOTH[..1]);
    assert_eq!(found("min-severity: 誤り\nseverities: {count-order: 警告}\n", &[]), BOTH[..1]);
    let more = ["--min-severity", "warning"];
    assert_eq!(found("min-severity: 誤り\nseverities: {count-order: 警告}\n", &more), BOTH);
    assert!(run("lang: en\n", &[]).out.contains("error"));
    assert!(run("lang: en\n", &["--lang", "ja"]).out.contains("誤り"));
}

#[test]
fn the_team_decides_how_grave_a_finding_is() {
    let severity = |yaml: &str| {
        let ran = run(yaml, &["--format", "json", "--min-severity", "info"]);
        let report: Value = serde_json::from_str(&ran.out).expect("JSON");
        let all = report["findings"].as_array().expect("a list");
        all.iter().map(|f| f["severity"].as_str().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(severity(""), ["error", "error"]);
    assert_eq!(severity("severities: {達成率検算: 情報}\n"), ["info", "error"]);
    assert_eq!(severity("severities: {count-order: warning, achievement-rate: 警告}\n"), ["warning", "warning"]);
    // What is said of a rule goes before what is said of its set, in whatever order.
    let sets = "sets: {甲: [achievement-rate, count-order]}\n";
    assert_eq!(severity(&format!("{sets}severities: {{count-order: 誤り, 甲: 警告}}\n")), ["warning", "error"]);
    assert_eq!(
        found("severities: {achievement-rate: 誤り, 達成率検算: 警告}\n", &[]),
        ["yaml-duplicate-key 達成率検算"],
        "one rule by its code and by its name"
    );
}

#[test]
fn an_unsure_reading_stays_a_warning_whatever_the_settings_say() {
    let plan = PLAN.replace("文書 甲 {\n", "文書 甲 {\n  読取 低\n");
    let yaml = "severities: {achievement-rate: 誤り, count-order: 情報}\n";
    let place = folder(&[("a.plan", plan.as_bytes()), ("totsugo.yaml", yaml.as_bytes())]);
    let ran = totsugo(place.path(), &["check", "--min-severity", "info"], &[]);
    assert!(ran.out.contains("警告 1件、情報 1件"), "{}", ran.out);
}

#[test]
fn rule_packs_are_used_by_every_command_and_their_plans_are_not() {
    let place = folder(&[
        ("plans/a.plan", PLAN.as_bytes()),
        ("pack/own.rules", RULE.as_bytes()),
        ("pack/example.plan", b"broken {"),
        ("totsugo.yaml", "paths: [plans]\nrules: [pack]\nselect: [small]\n".as_bytes()),
    ]);
    let check = |more: &[&str]| totsugo(place.path(), &[&["check"], more].concat(), &[]);
    for more in [&[][..], &["plans"], &["plans", "pack/own.rules"]] {
        let ran = check(&[more, &["--format", "json"]].concat());
        let small = findings(&ran).iter().filter(|f| f.0 == "small").count();
        assert_eq!((small, ran.status), (2, 1), "{more:?}: {}", ran.out);
    }
    for arguments in [&["rules"][..], &["explain", "小さい事業"]] {
        assert!(totsugo(place.path(), arguments, &[]).out.contains("small"), "{arguments:?}");
    }
    assert!(totsugo(place.path(), &["test"], &[]).err.is_empty());
}

#[test]
fn a_place_that_is_not_there_is_shown_in_the_settings_unless_it_is_not_used() {
    let place = folder(&[("p/a.plan", PLAN.as_bytes()), ("totsugo.yaml", "paths: [q, p]\n".as_bytes())]);
    let ran = totsugo(place.path(), &["check"], &[]);
    assert!(ran.status == 2 && ran.out.contains("config-missing-path"), "{}", ran.out);
    assert_eq!(totsugo(place.path(), &["check", "p"], &[]).status, 1);
    assert_eq!(found("rules: [p]\n", &[]), ["config-no-rules p"]);
    assert_eq!(found("rules: [q]\n", &[]), ["config-missing-path q"]);
}

#[test]
fn a_rule_that_cannot_be_read_is_shown_beside_the_setting_that_names_it() {
    let place = folder(&[
        ("a.plan", PLAN.as_bytes()),
        ("own.rules", RULE.replace("指摘 行", "指摘 ((").as_bytes()),
        ("totsugo.yaml", "select: [small]\n".as_bytes()),
    ]);
    let ran = totsugo(place.path(), &["check"], &[]);
    assert!(ran.status == 2 && ran.out.contains("own.rules:4:"), "{}", ran.out);
}

#[test]
fn a_parameter_that_the_rule_does_not_declare_is_reported_where_it_is_named() {
    let yaml = "parameters:\n  achievement-rate:\n    許容差: 0.10\n    語: \"あ\"\n";
    let mut sources = Sources::default();
    let id = sources.add(Source::new("totsugo.yaml", yaml));
    let (config, faults) = read(id, &sources);
    assert_eq!(faults, vec![]);
    let kept = &config.parameters["achievement-rate"];
    assert_eq!((kept["許容差"].value.text.as_str(), kept["語"].value.text.as_str()), ("0.10", "あ"), "as written");
    assert_eq!(sources.text(kept["許容差"].name), "許容差");
    assert_eq!(sources.text(kept["許容差"].rule), "achievement-rate");
    assert_eq!(found(yaml, &[]), ["config-unknown-parameter 許容差", "config-unknown-parameter 語"]);
    assert_eq!(found("parameters: {achievement-rat: {a: 1}}\n", &[]), ["config-unknown-rule achievement-rat"]);
}

#[test]
fn a_parameter_moves_the_threshold_of_a_rule_and_has_to_be_of_its_kind() {
    let plan = "指標 \"a\" { 目標 R4: 10件, R5: 20件, R6: 30件, R7: 130件 }\n";
    let run = |yaml: &str| {
        let place = folder(&[("a.plan", plan.as_bytes()), ("totsugo.yaml", yaml.as_bytes())]);
        totsugo(place.path(), &["check", "--select", "series-jump"], &[])
    };
    assert_eq!(run("lang: ja\n").status, 1);
    assert_eq!(run("parameters: {series-jump: {倍率: 10}}\n").status, 0);
    assert_eq!(run("parameters: {急増: {倍率: 10}}\n").status, 0, "by its name, too");
    let wrong = run("parameters: {series-jump: {倍率: 多め}}\n");
    assert!(
        wrong.status == 2 && wrong.out.contains("parameter-type") && wrong.out.contains("totsugo.yaml:1:"),
        "{}",
        wrong.out
    );
}

/// One suppression of the wrong rate.
fn accepted(more: &str) -> String {
    format!("suppressions:\n  - rule: achievement-rate\n    {more}\n")
}

#[test]
fn what_the_team_accepted_is_left_out_and_counted() {
    for more in [
        "reason: 確認済み",
        "reason: 確認済み\n    document: 甲",
        "reason: 確認済み\n    document: 甲\n    place: ７０％",
        "reason: 確認済み\n    until: 2026-04-01",
        "reason: 確認済み\n    until: 令和8年4月",
    ] {
        assert_eq!(found(&accepted(more), &[]), BOTH[1..], "{more}");
        assert_eq!(last(&accepted(more)), "誤り 1件（1文書を突合しました）。ほかに、許容した指摘が1件あります。");
    }
    let ran = run(&accepted("reason: x"), &["--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(report["summary"]["suppressed"], 1);
    let all = format!("{}  - {{rule: count-order, reason: x}}\n", accepted("reason: x"));
    assert_eq!(run(&all, &[]).status, 0, "nothing is left");
    // What would not have been shown anyway is not counted.
    assert!(!last(&format!("severities: {{achievement-rate: 情報}}\n{}", accepted("reason: x"))).contains("許容"));
}

#[test]
fn a_place_is_what_is_printed_or_the_number_or_name_of_what_it_stands_in() {
    let plan = "指標 1 \"窓口\" {\n  目標 R5: 10人, R7: 8人\n}\n事業 9 \"研修\" {\n  指標 No2 \"受講者\" {\n    目標 R5: 10人, R7: 8人\n  }\n}\n";
    let left = |place: &str| {
        let rule = "interim-target-beyond-final";
        let yaml = format!("select: [{rule}]\nsuppressions:\n  - {{rule: {rule}, reason: x, place: {place}}}\n");
        let place = folder(&[("a.plan", plan.as_bytes()), ("totsugo.yaml", yaml.as_bytes())]);
        let ran = totsugo(place.path(), &["check", "--format", "json", "--ignore", "suppression-unused"], &[]);
        let report: Value = serde_json::from_str(&ran.out).expect("JSON");
        let all = report["findings"].as_array().expect("a list");
        all.iter().filter_map(|f| f["location"]["line"].as_u64()).collect::<Vec<_>>()
    };
    assert_eq!(left("１０ 人"), [0; 0], "what is printed, twice");
    for place in ["No1", "1", "１", "窓口", "「窓口」"] {
        assert_eq!(left(place), [6], "{place}");
    }
    for place in ["2", "No.2", "受講者"] {
        assert_eq!(left(place), [2], "{place}");
    }
    for place in ["9", "研修", "8人", "0"] {
        assert_eq!(left(place), [2, 6], "not the place of the finding: {place}");
    }
}

#[test]
fn a_suppression_without_a_reason_silences_nothing_and_is_reported() {
    for (more, at) in [("document: 甲", "achievement-rate"), ("reason:", "achievement-rate"), ("reason: ' '", "' '")] {
        let said = found(&accepted(more), &[]);
        assert_eq!(said, [BOTH[0], BOTH[1], &format!("suppression-reason {at}")], "{more}");
    }
}

#[test]
fn a_suppression_past_its_date_silences_nothing_and_is_reported() {
    for until in ["2026-03-31", "R8.3.31", "令和8年3月"] {
        let said = found(&accepted(&format!("reason: x\n    until: {until}")), &[]);
        assert_eq!(said, [BOTH[0], BOTH[1], &format!("suppression-expired {until}")]);
    }
    let place = folder(&[("a.plan", PLAN.as_bytes())]);
    let ran = totsugo(place.path(), &["check"], &[("TOTSUGO_TODAY", "soon")]);
    assert!(ran.status == 2 && ran.err.contains("soon"), "{}", ran.err);
}

#[test]
fn a_suppression_of_an_unknown_rule_is_a_warning_with_the_nearest_name() {
    let yaml = "suppressions:\n  - {rule: achievement-rat, reason: x}\n";
    assert_eq!(found(yaml, &[]), [BOTH[0], BOTH[1], "suppression-rule achievement-rat"]);
    let ran = run(yaml, &[]);
    assert!(ran.status == 1 && ran.out.contains("「achievement-rate」"), "{}", ran.out);
}

#[test]
fn a_suppression_that_silences_nothing_is_reported_only_if_it_could_have() {
    let unused = "suppression-unused achievement-rate";
    let place = accepted("reason: x\n    place: 71%");
    assert_eq!(found(&place, &[]), [BOTH[0], BOTH[1], unused]);
    assert_eq!(found(&place, &["--select", "count-order"]), BOTH[1..], "the rule was not run");
    assert_eq!(found(&place, &["--ignore", "達成率検算"]), BOTH[1..], "the rule was not run");
    assert_eq!(found(&accepted("reason: x\n    document: 乙"), &[]), BOTH, "the document was not given");
    let twice = format!("{}  - {{rule: achievement-rate, reason: y}}\n", accepted("reason: x"));
    assert_eq!(found(&twice, &[]), BOTH[1..], "two that mean the same finding are both used");
    assert_eq!(found(&format!("ignore: [suppression-unused]\n{place}"), &[]), BOTH);
}

#[test]
fn a_suppression_holds_in_its_document_only() {
    let yaml = accepted("reason: x\n    document: 乙");
    let other = PLAN.replace("文書 甲", "文書 乙");
    let one_file = format!("{PLAN}{other}");
    let apart = folder(&[("a.plan", PLAN.as_bytes()), ("b.plan", other.as_bytes()), ("totsugo.yaml", yaml.as_bytes())]);
    let together = folder(&[("a.plan", one_file.as_bytes()), ("totsugo.yaml", yaml.as_bytes())]);
    for place in [apart, together] {
        let ran = totsugo(place.path(), &["check", "--select", "achievement-rate", "--format", "json"], &[]);
        let all: Vec<String> = findings(&ran).into_iter().map(|f| f.0).collect();
        assert_eq!(all, ["achievement-rate"], "{}", ran.out);
    }
}

#[test]
fn faults_of_form_can_be_accepted_too() {
    let place = folder(&[
        ("a.plan", format!("{PLAN}事行 1 \"x\"\n").as_bytes()),
        ("totsugo.yaml", "suppressions:\n  - {rule: unknown-keyword, reason: 書きかけ}\n".as_bytes()),
    ]);
    let ran = totsugo(place.path(), &["check", "--format", "json"], &[]);
    assert!(findings(&ran).iter().all(|f| f.0 != "unknown-keyword"), "{}", ran.out);
}

fn manual() -> String {
    let text = std::fs::read_to_string(home().join("docs/configuration.md")).expect("the manual is there");
    text.split("```yaml\n").nth(1).and_then(|t| t.split("```").next()).expect("an example").to_owned()
}

#[test]
fn the_example_of_the_manual_does_what_it_says() {
    let example = manual();
    assert_eq!(faults(&example), Vec::<String>::new());
    let place = folder(&[("totsugo.yaml", example.as_bytes())]);
    for file in std::fs::read_dir(home().join("specs")).expect("specs").flatten() {
        let to = place.path().join("specs").join(file.file_name());
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(file.path(), to).expect("a copy");
    }
    let ran = totsugo(place.path(), &["check"], &[]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(!ran.out.contains("config-") && ran.out.ends_with("許容した指摘が2件あります。\n"), "{}", ran.out);
}

fn schema() -> jsonschema::Validator {
    let text = std::fs::read_to_string(home().join("docs/totsugo.schema.json")).expect("the schema");
    jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema")
}

#[test]
fn the_schema_and_the_program_agree() {
    let schema = schema();
    let json = |yaml: &str| serde_saphyr::from_str::<Value>(yaml).expect("YAML");
    let example = manual();
    for good in [
        example.as_str(),
        "",
        "paths:\nrules: [2024]\n",
        "min-severity: info\nselect: []\n",
        "parameters: {achievement-rate: {許容差: 0.1, 語: あ, はい: true}}\n",
        "sets: {甲: [a, b]}\nseverities: {甲: 警告}\n",
        "suppressions:\n  - {rule: a, reason: b, document: 資料2-1, place: 12, until: R8.3.31}\n",
        "baseline: known.json\n",
        "fail-on: なし\n",
        "min-severity: 情報\nfail-on: warning\n",
    ] {
        let wrong: Vec<String> = schema.iter_errors(&json(good)).map(|e| e.to_string()).collect();
        assert_eq!((wrong, faults(good)), (vec![], vec![]), "{good}");
    }
    for bad in [
        "langg: ja\n",
        "lang: fr\n",
        "paths: p\n",
        "baseline: [a]\n",
        "min-severity: 重大\n",
        "fail-on: 重大\n",
        "select: [1]\n",
        "sets: {空: []}\n",
        "sets: [a]\n",
        "severities: {a: 誤}\n",
        "parameters: {a: {b: [1]}}\n",
        "suppressions: [a]\n",
        "suppressions: [{reason: b}]\n",
        "suppressions: [{rule: a, reason: b, until: いつか}]\n",
        "suppressions: [{rule: a, reason: b, untill: 2026-03-31}]\n",
        "- a\n",
    ] {
        assert!(!schema.is_valid(&json(bad)), "{bad}");
        assert_eq!(faults(bad).len(), 1, "{bad}");
    }
    assert!(!schema.is_valid(&json("suppressions: [{rule: a}]\n")), "a reason is required");
}

#[test]
fn editors_explain_every_key_in_japanese() {
    let text = std::fs::read_to_string(home().join("docs/totsugo.schema.json")).expect("the schema");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    let keys = schema["properties"].as_object().expect("keys");
    assert_eq!(keys.len(), 13);
    for key in keys.values().chain(schema["$defs"]["suppression"]["properties"].as_object().expect("keys").values()) {
        let said = key["description"].as_str().unwrap_or("");
        assert!(said.chars().any(|c| ('\u{3040}'..='\u{30ff}').contains(&c)), "{key}");
    }
}

/// Texts made of what YAML is made of.
fn yamlish() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n".to_owned()),
        Just("  ".to_owned()),
        Just("\n  - ".to_owned()),
        "[-:,?&*!|>'\"%@`{}\\[\\]#~<\\t\\r ]",
        "(lang|paths|sets|select|severities|parameters|suppressions|rule|reason|until|document|place)(: )?",
        "(誤り|達成率検算|&a |\\*a|<<: |!!int |0x1|1e9|\\.nan|null|2026-02-30|---|\\.\\.\\.|\u{feff}|\u{0}|\u{85})",
        ".{0,4}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_is_too_wild_to_be_judged(yaml in yamlish()) {
        let mut sources = Sources::default();
        sources.add(Source::new("totsugo.yaml", yaml.as_str()));
        let (_, faults) = read(SourceId(0), &sources);
        for fault in faults {
            prop_assert!(yaml.get(fault.span.range()).is_some(), "{:?} is a place of the text", fault);
            prop_assert_eq!(fault.severity, Severity::Error);
        }
    }
}
