//! The command line: exit status, languages, choices, settings.
use crate::run::{Ran, findings, folder, home, totsugo};

const CLEAN: &str = "指標 1 \"受講者数\" {\n  目標 R4: 5人\n}\n";
const RATE: &str = "集計 \"a\" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | I-1 | 4 | 4 | 3 | 70% |\n}\n";

fn codes(ran: &Ran) -> Vec<String> {
    findings(ran).into_iter().map(|f| f.0).collect()
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

#[test]
fn exit_status() {
    let place = folder(&[
        ("clean.plan", CLEAN.as_bytes()),
        ("rate.plan", RATE.as_bytes()),
        ("sjis.plan", b"\x82\xa0\x82\xa2"),
        ("binary.plan", b"a\x00b\x01"),
        ("none/readme.txt", b"x"),
        ("bad.rules", "規則 甲 ko {\n  対象 行 ∈ 無い表\n}\n".as_bytes()),
    ]);
    for (arguments, status, says) in [
        (&["check", "clean.plan"][..], 0, "指摘はありません"),
        (&["check", "rate.plan"], 1, "achievement-rate"),
        (&["check", "rate.plan", "clean.plan"], 1, "achievement-rate"),
        (&["check", "sjis.plan"], 2, "not-utf8"),
        (&["check", "binary.plan"], 2, "binary-file"),
        (&["check", "missing.plan"], 2, "file-not-found"),
        (&["check", "none"], 2, "no-plans"),
        (&["check", "bad.rules", "rate.plan"], 2, "achievement-rate"),
        (&["check", "--fromat", "json"], 2, "--format"),
        (&["check", "--format", "xml"], 2, "pretty"),
        (&["chek"], 2, "check"),
        (&["check", "rate.plan", "--select", "achievement-rat"], 2, "「achievement-rate」ではありませんか"),
        (&["check", "rate.plan", "--ignore", "達成率検査"], 2, "「達成率検算」ではありませんか"),
        (&["explain", "achievement-rat"], 2, "achievement-rate"),
        (&["--help"], 0, "使い方"),
        (&["--version"], 0, "totsugo"),
    ] {
        let ran = totsugo(place.path(), arguments, &[]);
        assert_eq!(ran.status, status, "{arguments:?}\n{}{}", ran.out, ran.err);
        assert!(format!("{}{}", ran.out, ran.err).contains(says), "{arguments:?}\n{}{}", ran.out, ran.err);
    }
}

#[test]
fn english_has_no_japanese_words_of_the_program() {
    let place = folder(&[("a.plan", RATE.replace("集計", "summary").as_bytes()), ("clean.plan", CLEAN.as_bytes())]);
    for arguments in [
        &["check", "clean.plan", "--lang", "en"][..],
        &["check", "nowhere", "--lang", "en"],
        &["check", "--fromat", "--lang", "en"],
        &["--help", "--lang", "en"],
        &["check", "--help", "--lang", "en"],
        &["test", "--lang", "en"],
    ] {
        let ran = totsugo(place.path(), arguments, &[]);
        let text = format!("{}{}", ran.out, ran.err).replace("誤り", "").replace("警告", "").replace("情報", "");
        let japanese: Vec<&str> = text.lines().filter(|l| l.chars().any(is_japanese)).collect();
        assert!(japanese.is_empty(), "{arguments:?}: {japanese:?}");
    }
    // Around a quoted line only what the plan prints is Japanese.
    let ran = totsugo(place.path(), &["check", "a.plan", "--lang", "en"], &[]);
    let frame: Vec<&str> = ran.out.lines().filter(|l| !l.contains('│') && l.chars().any(is_japanese)).collect();
    assert!(frame.is_empty(), "{frame:?}");
}

#[test]
fn choices() {
    let plan = format!("{RATE}集計 \"b\" R5 {{\n  | 項番 | 事業数 | KPI設定 |\n  | I-1 | 4 | 5 |\n}}\n");
    let place = folder(&[("a.plan", plan.as_bytes())]);
    let check = |more: &[&str]| codes(&totsugo(place.path(), &[&["check", "--format", "json"], more].concat(), &[]));
    assert_eq!(check(&[]), ["achievement-rate", "count-order"]);
    assert_eq!(check(&["--select", "achievement-rate"]), ["achievement-rate"]);
    assert_eq!(check(&["--select", "達成率検算"]), ["achievement-rate"]);
    assert_eq!(check(&["--ignore", "achievement-rate"]), ["count-order"]);
    assert!(check(&["--ignore", "achievement-rate", "--ignore", "count-order"]).is_empty());
    let by = |severity: &str| {
        let ran = totsugo(&home(), &["check", "specs", "--format", "json", "--min-severity", severity], &[]);
        codes(&ran).len()
    };
    assert!(by("誤り") < by("警告"));
    assert!(by("warning") < by("info"));
    assert_eq!(by("error"), by("誤り"));
}

#[test]
fn explain_rules_and_tests() {
    let place = folder(&[]);
    let ran = totsugo(place.path(), &["explain", "achievement-rate"], &[]);
    assert!(ran.status == 0 && ran.out.starts_with("達成率検算 (achievement-rate)"), "{}", ran.out);
    assert!(ran.out.contains("指摘する例") && !ran.out.contains("検査 行"), "a clerk is not shown the source");
    let ran = totsugo(place.path(), &["explain", "achievement-rate", "--source"], &[]);
    assert!(ran.out.starts_with("規則 達成率検算"), "{}", ran.out);
    let ran = totsugo(place.path(), &["explain", "row-cells"], &[]);
    assert!(ran.status == 0 && ran.out.contains("(row-cells)") && !ran.out.contains("規則 "), "{}", ran.out);
    let ran = totsugo(place.path(), &["rules"], &[]);
    assert!(ran.status == 0 && ran.out.contains("達成率検算") && ran.out.lines().count() > 40, "{}", ran.out);
    let ran = totsugo(place.path(), &["test"], &[]);
    assert!(ran.status == 0 && ran.out.contains("不合格 0件"), "{}", ran.out);
}

#[test]
fn graph_in_three_formats() {
    let get = |format| totsugo(&home(), &["graph", "specs", "--format", format], &[]);
    let (dot, mermaid, json) = (get("dot"), get("mermaid"), get("json"));
    assert_eq!((dot.status, mermaid.status, json.status), (0, 0, 0));
    assert!(dot.out.starts_with("digraph"), "{}", dot.out.lines().next().unwrap_or(""));
    assert!(mermaid.out.starts_with("flowchart") || mermaid.out.starts_with("graph"));
    assert!(serde_json::from_str::<serde_json::Value>(&json.out).is_ok());
}

#[test]
fn settings() {
    let run = |yaml: &str, more: &[&str]| {
        let place = folder(&[("p/a.plan", RATE.as_bytes()), ("totsugo.yaml", yaml.as_bytes())]);
        totsugo(place.path(), &[&["check"], more].concat(), &[])
    };
    assert_eq!(run("ignore: [achievement-rate]\n", &[]).status, 0);
    assert_eq!(run("select: [count-order]\n", &[]).status, 0);
    assert_eq!(run("paths: [p]\n", &[]).status, 1);
    assert_eq!(run("", &[]).status, 1);
    let english = run("lang: en\n", &[]);
    assert!(english.out.contains("error achievement-rate"), "{}", english.out);
    assert!(run("lang: en\n", &["--lang", "ja"]).out.contains("達成率検算"), "the command line wins");
    for (yaml, says) in [
        ("colour: red\n", "colour"),
        ("lang: fr\n", "fr"),
        ("min-severity: grave\n", "grave"),
        ("ignore: [\n", "totsugo.yaml"),
        ("ignore: [achievement-rat]\n", "achievement-rate"),
    ] {
        let ran = run(yaml, &[]);
        assert!(ran.status == 2 && ran.out.contains(says), "{yaml}: {} {}{}", ran.status, ran.out, ran.err);
    }
}

#[test]
fn the_same_bytes_twice() {
    for format in ["pretty", "json"] {
        let run = || totsugo(&home(), &["check", "specs", "--min-severity", "info", "--format", format], &[]).bytes;
        assert_eq!(run(), run());
    }
}

#[test]
fn the_json_is_as_its_schema_says() {
    let schema = std::fs::read_to_string(home().join("docs/findings.schema.json")).expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for lang in ["ja", "en"] {
        let ran =
            totsugo(&home(), &["check", "specs", "--min-severity", "info", "--format", "json", "--lang", lang], &[]);
        let report: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
        let faults: Vec<String> = validator.iter_errors(&report).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
        assert!(report["findings"].as_array().is_some_and(|f| f.len() > 20));
    }
}
