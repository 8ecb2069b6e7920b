//! The baseline: what is known is silent, what is new is not, and what is gone is said.
use serde_json::{Value, json};

use crate::run::{Ran, findings, folder, home, totsugo};

const FILE: &str = "totsugo-baseline.json";

/// A copy of the real documents.
fn specs() -> tempfile::TempDir {
    let place = folder(&[]);
    for file in std::fs::read_dir(home().join("specs")).expect("specs").flatten() {
        std::fs::copy(file.path(), place.path().join(file.file_name())).expect("a copy");
    }
    place
}

fn run(place: &tempfile::TempDir, arguments: &[&str]) -> Ran {
    totsugo(place.path(), arguments, &[("TOTSUGO_TODAY", "2026-04-01")])
}

fn check(place: &tempfile::TempDir) -> Ran {
    run(place, &["check", "--baseline", FILE])
}

fn update(place: &tempfile::TempDir, more: &[&str]) -> Ran {
    run(place, &[&["baseline", "update"], more].concat())
}

/// What is shown, as `rule text`.
fn shown(place: &tempfile::TempDir, more: &[&str]) -> Vec<String> {
    let ran = run(place, &[&["check", "--baseline", FILE, "--format", "json"], more].concat());
    findings(&ran).into_iter().map(|(rule, text, _)| format!("{rule} {}", text.trim_matches('"'))).collect()
}

fn read(place: &tempfile::TempDir, name: &str) -> String {
    std::fs::read_to_string(place.path().join(name)).expect("a text")
}

fn change(place: &tempfile::TempDir, name: &str, from: &str, to: &str) {
    let text = read(place, name);
    assert!(text.contains(from), "{from}");
    std::fs::write(place.path().join(name), text.replace(from, to)).expect("a file");
}

fn list(place: &tempfile::TempDir) -> Value {
    serde_json::from_str(&read(place, FILE)).expect("JSON")
}

fn schema() -> jsonschema::Validator {
    let text = std::fs::read_to_string(home().join("docs/baseline.schema.json")).expect("the schema");
    jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema")
}

#[test]
fn what_is_known_is_silent_and_what_is_new_is_shown() {
    let place = specs();
    let made = update(&place, &[]);
    assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
    schema().validate(&list(&place)).expect("as the schema says");
    let ran = check(&place);
    let last = "指摘はありません（5文書を突合しました）。ほかに、既知の指摘が36件あります。\n";
    assert_eq!((ran.out.as_str(), ran.status), (last, 0));
    let ran = run(&place, &["check", "--baseline", FILE, "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(report["summary"]["baseline"], 36);
    // Lines move, widths change: nothing is new.
    for name in ["資料2-1.plan", "資料2-4.plan", "資料3-1.plan"] {
        change(&place, name, "文書 ", "# 動かす\n\n\n文書 ");
    }
    change(&place, "資料2-1.plan", "目標 R4: 10,000人, R5: 10,000人", "目標 R4： １０,０００人,\n  R5:  10,000人");
    assert_eq!(check(&place).status, 0, "{}", check(&place).out);
    std::fs::rename(place.path().join("資料2-4.plan"), place.path().join("別名.plan")).expect("another name");
    assert_eq!(check(&place).status, 0, "{}", check(&place).out);
    // One new fault, and only that.
    change(&place, "資料3-1.plan", "目標 R7: 8,000人", "目標 R7: 8,000人\n    }\n    事行 1 {");
    assert_eq!(shown(&place, &[]), ["unknown-keyword 事行"]);
}

#[test]
fn a_figure_that_changes_is_a_new_finding_and_the_old_one_is_gone() {
    let place = specs();
    update(&place, &[]);
    change(&place, "資料2-1.plan", "R4: 10,000人, R5: 10,000人", "R4: 10,000人, R5: 10,001人");
    assert_eq!(
        shown(&place, &[]),
        ["baseline-stale interim-target-beyond-final", "interim-target-beyond-final 10,001人"]
    );
    // What it is held against counts as well.
    change(&place, "資料2-1.plan", "R5: 10,001人", "R5: 10,000人");
    assert_eq!(shown(&place, &[]), [""; 0]);
    change(&place, "資料3-1.plan", "目標 R7: 8,000人", "目標 R7: 8,001人");
    assert_eq!(shown(&place, &[]).len(), 4, "{:?}", shown(&place, &[]));
}

#[test]
fn what_is_gone_is_told_and_taken_off_the_list() {
    let place = specs();
    update(&place, &[]);
    change(&place, "資料2-1.plan", "目標 R4: 10,000人, R5: 10,000人", "目標 R4: 8,000人, R5: 8,000人");
    let ran = check(&place);
    assert_eq!(ran.status, 1);
    insta::assert_snapshot!("stale_ja", ran.out);
    insta::assert_snapshot!("stale_en", run(&place, &["check", "--baseline", FILE, "--lang", "en"]).out);
    // Not if the rule was not run, nor if a document was left out that the finding needs.
    assert_eq!(shown(&place, &["--ignore", "interim-target-beyond-final"]), [""; 0]);
    let two = shown(&place, &["資料2-4.plan", "資料2-1.plan"]);
    assert!(two.iter().all(|f| !f.contains("baseline-stale")), "{two:?}");
    assert_eq!(
        update(&place, &["資料2-4.plan", "資料2-1.plan"]).out,
        "totsugo-baseline.json は変わりません（36件）。\n"
    );
    let ran = update(&place, &[]);
    assert_eq!(ran.out, "totsugo-baseline.json を書き直しました（34件。除いたもの2件、加えたもの0件）。\n");
    assert_eq!((ran.status, check(&place).status), (0, 0));
}

#[test]
fn the_list_grows_only_when_forced() {
    let place = specs();
    update(&place, &[]);
    change(&place, "資料2-1.plan", "目標 R4: 10,000人, R5: 10,000人", "目標 R4: 8,000人, R5: 12,000人");
    let ran = update(&place, &[]);
    insta::assert_snapshot!("grow", format!("{}{}{}", ran.out, ran.err, update(&place, &["--lang", "en"]).err));
    assert_eq!((ran.status, list(&place)["findings"].as_array().expect("a list").len()), (1, 34));
    assert_eq!(shown(&place, &[]), ["interim-target-beyond-final 12,000人"]);
    let ran = update(&place, &["--force"]);
    assert_eq!((ran.status, check(&place).status), (0, 0), "{}", ran.err);
    assert!(read(&place, FILE).contains("12,000人"));
}

#[test]
fn findings_that_are_alike_are_counted() {
    let row = "  | I-1 | 4 | 3 | 70% |\n";
    let plan = |rows: usize| {
        format!("文書 甲 {{\n}}\n集計 \"a\" R4 {{\n  | 項番 | KPI設定 | 達成 | 達成率 |\n{}}}\n", row.repeat(rows))
    };
    let place = folder(&[("a.plan", plan(2).as_bytes())]);
    update(&place, &[]);
    let counts = |place: &tempfile::TempDir| {
        let all = list(place)["findings"].as_array().expect("a list").clone();
        all.into_iter().filter(|f| f["rule"] == "achievement-rate").map(|f| f["count"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(counts(&place), [json!(2)]);
    std::fs::write(place.path().join("a.plan"), plan(3)).expect("a file");
    let rates = |place: &tempfile::TempDir| {
        shown(place, &[]).into_iter().filter(|f| f.contains("achievement-rate")).collect::<Vec<_>>()
    };
    assert_eq!(rates(&place), ["achievement-rate 70%"], "the third is new");
    std::fs::write(place.path().join("a.plan"), plan(1)).expect("a file");
    assert_eq!(rates(&place), ["baseline-stale achievement-rate"]);
    assert!(check(&place).out.contains("のうち1件は"), "{}", check(&place).out);
    update(&place, &[]);
    assert_eq!((counts(&place), rates(&place)), (vec![Value::Null], vec![]));
}

#[test]
fn the_list_knows_the_facts_in_whatever_form_they_are_written() {
    let place = specs();
    update(&place, &[]);
    let written = run(&place, &["export", "--format", "json", "-o", "all.plan.json"]);
    assert_eq!(written.status, 0, "{}", written.err);
    let ran = run(&place, &["check", "all.plan.json", "--baseline", FILE]);
    assert_eq!(ran.status, 0, "{}", ran.out);
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    let place = specs();
    update(&place, &["."]);
    let first = read(&place, FILE);
    let mut names: Vec<String> = std::fs::read_dir(place.path())
        .expect("a folder")
        .flatten()
        .filter_map(|f| f.file_name().into_string().ok())
        .filter(|n| n.ends_with(".plan"))
        .collect();
    names.sort();
    names.reverse();
    let arguments: Vec<&str> = names.iter().map(String::as_str).chain(["--baseline", "other.json"]).collect();
    update(&place, &[&arguments[..], &["--lang", "en"]].concat());
    assert_eq!(read(&place, "other.json"), first);
    assert!(first.ends_with("}\n") && first.contains("及びません"), "a sentence in Japanese for people");
}

#[test]
fn the_settings_name_the_list_and_the_command_wins() {
    let place = specs();
    std::fs::write(place.path().join("totsugo.yaml"), "baseline: known.json\n").expect("a file");
    let ran = run(&place, &["check"]);
    assert!(
        ran.status == 2 && ran.out.contains("baseline-unreadable") && ran.out.contains("known.json"),
        "{}",
        ran.out
    );
    assert_eq!(update(&place, &[]).out, "known.json に36件の指摘を書きました。\n");
    assert_eq!(run(&place, &["check"]).status, 0);
    assert_eq!(run(&place, &["check", "--no-baseline"]).status, 1);
    assert!(run(&place, &["check", "--baseline", "no.json"]).out.contains("no.json"));
    assert_eq!(run(&place, &["check", "--baseline", "known.json", "--no-baseline"]).status, 2);
    assert_eq!(run(&place, &["test"]).status, 0);
}

#[test]
fn what_is_accepted_is_in_the_list_no_more() {
    let place = specs();
    update(&place, &[]);
    let target = "      目標 R4: 10,000人, R5: 10,000人";
    let comment = format!("      # 許容 interim-target-beyond-final: 改訂で引き上げる\n{target}");
    change(&place, "資料2-1.plan", target, &comment);
    let twice = "baseline-stale interim-target-beyond-final";
    assert_eq!(shown(&place, &[]), [twice, twice]);
}

/// A place as it is drawn; of an empty file there is only its name.
fn place_of(text: &str, line: usize) -> String {
    if text.is_empty() { FILE.to_owned() } else { format!("[{FILE}:{line}:") }
}

#[test]
fn what_is_no_list_stops_the_check_where_it_is_wrong() {
    let place = specs();
    update(&place, &[]);
    let whole = read(&place, FILE);
    let entry = &whole[whole.find("    {").expect("an entry")..whole.find("    },").expect("an end") + 5];
    let twice = whole.replacen(entry, &format!("{entry},\n{entry}"), 1);
    let key = whole.replacen("\"version\": 1,", "\"version\": 1,\n  \"version\": 1,", 1);
    for (text, code, line) in [
        (String::new(), "baseline-json", 1),
        ("[]".to_owned(), "yaml-type", 1),
        ("{}".to_owned(), "yaml-missing-key", 1),
        ("{\"version\": 1, \"findings\": [\n  {]}".to_owned(), "baseline-json", 2),
        ("version: 1\nfindings: []\n".to_owned(), "baseline-json", 1),
        ("[".repeat(100_000), "baseline-json", 1),
        (whole.replace("\"version\": 1", "\"version\": 2"), "baseline-version", 2),
        (twice, "baseline-duplicate", 17),
        (key, "yaml-duplicate-key", 3),
        (whole.replacen("next-target-below-actual", "next-target-below-actua", 1), "baseline-rule", 5),
        (whole.replacen("\"print\"", "\"prints\"", 1), "yaml-unknown-key", 13),
        (whole.replacen("      \"rule\"", "      \"count\": 0,\n      \"rule\"", 1), "yaml-bad-value", 5),
        (whole.replacen("\"place\": [", "\"place\": [1,", 1), "yaml-type", 7),
        ("{\"version\": 1, \"findings\": [{}]}".to_owned(), "yaml-missing-key", 1),
    ] {
        std::fs::write(place.path().join(FILE), &text).expect("a file");
        for arguments in
            [&["check", "--baseline", FILE][..], &["baseline", "update"], &["baseline", "update", "--force"]]
        {
            let ran = run(&place, arguments);
            assert_eq!(ran.status, 2, "{code}: {}", ran.out);
            let at = format!("({code})");
            assert!(ran.out.contains(&at) && ran.out.contains(&place_of(&text, line)), "{code}:\n{}", ran.out);
        }
        assert_eq!(read(&place, FILE), text, "it is not written over");
    }
}

#[test]
fn what_cannot_be_read_as_a_list_is_said() {
    let place = specs();
    std::fs::create_dir(place.path().join("folder")).expect("a folder");
    std::fs::write(place.path().join("bytes.json"), b"{\xff}").expect("a file");
    let large = std::fs::File::create(place.path().join("large.json")).expect("a file");
    large.set_len(1 << 30).expect("a gigabyte of nothing");
    for (name, words) in [
        ("folder", "フォルダです"),
        ("bytes.json", "UTF-8ではありません（先頭から2バイト目）"),
        ("large.json", "64MiBを超える"),
        ("missing.json", "ありません"),
        ("資料2-1.plan", "JSONとして読めません"),
    ] {
        let ran = run(&place, &["check", "--baseline", name]);
        assert!(ran.status == 2 && ran.out.contains(words), "{name}: {}", ran.out);
        if name != "missing.json" {
            assert_eq!(update(&place, &["--baseline", name]).status, 2, "{name}");
        }
    }
    let ran = update(&place, &["--baseline", "no/such/folder.json"]);
    assert!(ran.status == 2 && ran.err.contains("no/such/folder.json"), "{}", ran.err);
    // With a file that cannot be read, its findings would look as if they were gone.
    std::fs::write(place.path().join("b.plan"), b"\xff").expect("a file");
    let ran = update(&place, &[]);
    assert!(ran.status == 2 && !place.path().join(FILE).exists(), "{}", ran.err);
}
