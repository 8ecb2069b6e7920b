//! The formats of findings: on the real documents each follows its published schema, is the same on every run, and says
//! what the others say.
use std::path::Path;

use crate::run::{Ran, folder, home, totsugo};
use crate::xsd::Xsd;

/// The names that `--format` knows.
const FORMATS: [&str; 11] =
    ["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown", "csv"];

fn check(folder: &Path, arguments: &[&str]) -> Ran {
    totsugo(folder, &[&["check"], arguments].concat(), &[])
}

fn schema(name: &str) -> jsonschema::Validator {
    let text = std::fs::read_to_string(home().join(name)).expect("it is there");
    // The pattern of languages in the schema of SARIF has a bracket too many, which not every reader of patterns takes.
    let text = text.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema")
}

fn follows(validator: &jsonschema::Validator, text: &str, what: &str) -> serde_json::Value {
    let value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{what}: {e}"));
    if let Err(error) = validator.validate(&value) {
        panic!("{what}: {error} at {}", error.instance_path());
    }
    value
}

/// A folder with all that can go wrong, in names too.
fn hostile() -> tempfile::TempDir {
    let long = "長".repeat(10_000);
    let plan = format!(
        "文書 甲 {{\n  年度 R5\n}}\n指標 \"<script>alert(1)</script> | @all #1\" {{\n  目標 R4: 10件, R5: 9件\n  実績 R4: 20件\n}}\n\
         指標 \"{long}\" {{\n  目標 R4: 10件, R5: 9件\n  実績 R4: 20件\n}}\n指標 \"\u{202e}=1+1\u{7}\" {{\n  目標 R4: 10件, R5: 9件\n  実績 R4: 20件\n}}\n\
         なぞ \"x\"\n"
    );
    folder(&[
        ("a, b:c'&<x> #1%20.plan", plan.as_bytes()),
        ("bad.plan", b"\xff\xfe\x00"),
        ("bad.rules", "規則 こわれた {".as_bytes()),
    ])
}

#[test]
fn every_format_follows_its_published_schema_on_real_documents() {
    let validators = [
        ("sarif", schema("tests/schemas/sarif-2.1.0.schema.json")),
        ("gitlab", schema("tests/schemas/gitlab-code-quality.schema.json")),
        ("rdjson", schema("tests/schemas/rdjson.schema.json")),
        ("json", schema("docs/findings.schema.json")),
    ];
    let junit = Xsd::read("tests/schemas/junit-10.xsd");
    let hostile = hostile();
    let empty = folder(&[("a.plan", "文書 甲 {\n  年度 R5\n}\n".as_bytes())]);
    let broken = folder(&[("totsugo.yaml", b"paths: 1\nnonsense: 2\n"), ("a.plan", b"")]);
    let line = {
        let text = std::fs::read_to_string(home().join("docs/findings.schema.json")).expect("it is there");
        let mut whole: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let defs = whole["$defs"].take();
        jsonschema::validator_for(&serde_json::json!({"$ref": "#/$defs/line", "$defs": defs})).expect("a schema")
    };
    for (place, arguments, found) in [
        (home(), &["specs"][..], 36),
        (home(), &["specs", "--min-severity", "info", "--lang", "en"], 36),
        (home(), &["examples/workbooks"], 10),
        (hostile.path().to_path_buf(), &[], 4),
        (empty.path().to_path_buf(), &[], 0),
        (broken.path().to_path_buf(), &[], 1),
    ] {
        let ran = |format: &str| check(&place, &[arguments, &["--format", format]].concat()).out;
        let what = |format: &str| format!("{format} {arguments:?}");
        for (format, validator) in &validators {
            let value = follows(validator, &ran(format), &what(format));
            let list = ["findings", "diagnostics"].iter().find_map(|name| value[*name].as_array());
            let list = list.or(value.as_array()).or(value["runs"][0]["results"].as_array());
            let count = list.map_or(0, Vec::len);
            assert!(count >= found && (found > 0 || count == 0), "{}: {count}", what(format));
        }
        let lines = ran("jsonl");
        assert!(lines.lines().count() > found);
        lines.lines().for_each(|l| drop(follows(&line, l, &what("jsonl"))));
        junit.check(&ran("junit"));
    }
}

/// Two runs give the same bytes, and a file has what the standard output has.
#[test]
fn all_formats_at_once_are_what_each_is_alone() {
    let place = tempfile::tempdir().expect("a folder");
    let file = |name: &str| place.path().join(name).display().to_string();
    let outputs: Vec<String> = FORMATS.iter().map(|f| format!("{f}={}", file(f))).collect();
    let mut arguments = vec!["specs", "--color", "never"];
    outputs.iter().for_each(|o| arguments.extend(["--output", o]));
    let all = check(&home(), &arguments);
    assert_eq!(all.status, 1, "{}", all.err);
    assert_eq!(all.err.matches("に指摘を書きました").count(), FORMATS.len());
    for format in FORMATS {
        let alone = check(&home(), &["specs", "--color", "never", "--format", format]);
        assert_eq!((alone.status, alone.err.as_str()), (1, ""), "{format}");
        let written = std::fs::read(file(format)).expect("it was written");
        assert!(written == alone.bytes, "{format} is the same in a file");
        assert!(!alone.bytes.contains(&0x1b), "{format} has no colours");
    }
    assert_eq!(all.bytes, std::fs::read(file("pretty")).expect("it was written"));
    assert_eq!(std::fs::read_dir(place.path()).expect("a folder").count(), FORMATS.len(), "nothing half done is left");
}

#[test]
fn the_formats_on_real_documents() {
    let some = ["specs", "--select", "interim-target-beyond-final", "--select", "relist-text-differs"];
    let sheets = ["examples/workbooks", "--select", "actual-beyond-final-target"];
    for format in FORMATS {
        let ran = check(&home(), &[&some[..], &["--format", format]].concat());
        insta::assert_snapshot!(format!("specs_{format}"), ran.out);
        let ran = check(&home(), &[&sheets[..], &["--format", format, "--lang", "en"]].concat());
        insta::assert_snapshot!(format!("sheets_{format}"), ran.out);
    }
}

/// A place in a CSV file has the line of the file, however many lines its cells have; the cell is named too.
#[test]
fn a_csv_file_has_lines_and_cells() {
    let mapping = "files: [\"*.csv\"]\ntables:\n  - columns:\n      事業: { 番号: 番号, 名称: 事業名 }\n      \
                   指標: { 名称: 指標名, 目標: 目標値 }\n";
    let csv = "番号,事業名,指標名,目標値,\n,,,R5,R6\n1,\"電子\n申請\",利用率,1件,2件\n2,研修,受講者数,#REF!,6人\n";
    let place = folder(&[("一覧.csv", csv.as_bytes()), ("a.mapping.yaml", mapping.as_bytes())]);
    let concise = check(place.path(), &["--format", "concise"]).out;
    assert!(concise.contains("一覧.csv:5:11: "), "{concise}");
    let sarif = check(place.path(), &["--format", "sarif"]).out;
    let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    let at = |r: &&serde_json::Value| r["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "D4";
    let place = &results.iter().find(at).expect("a finding in D4")["locations"][0]["physicalLocation"];
    let region = serde_json::json!({"startLine": 5, "startColumn": 11, "endLine": 5, "endColumn": 16});
    assert_eq!(place["region"], region);
}

/// Lines that move change no fingerprint; a figure that changes does.
#[test]
fn fingerprints_survive_moved_lines() {
    let plan = std::fs::read_to_string(home().join("specs/資料2-1.plan")).expect("it is there");
    let moved = format!("# 一行\n\n# 二行\n\n{}", plan.replace("\n分野 ", "\n\n\n分野 "));
    let changed = plan.replace("531件", "532件");
    assert!(changed != plan);
    let prints = |text: &str| -> Vec<(String, u64)> {
        let place = folder(&[("資料2-1.plan", text.as_bytes())]);
        let sarif: serde_json::Value =
            serde_json::from_str(&check(place.path(), &["--format", "sarif"]).out).expect("JSON");
        let results = sarif["runs"][0]["results"].as_array().expect("a list");
        let one = |r: &serde_json::Value| {
            let print = r["partialFingerprints"]["primaryLocationLineHash"].as_str().expect("a text").to_owned();
            (print, r["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().expect("a line"))
        };
        results.iter().map(one).collect()
    };
    let (before, after, other) = (prints(&plan), prints(&moved), prints(&changed));
    assert!(before.len() > 10);
    assert!(before.iter().zip(&after).all(|(a, b)| a.0 == b.0 && a.1 + 4 <= b.1), "{before:?} {after:?}");
    assert_eq!(before.len(), after.len());
    let known: std::collections::BTreeSet<&String> = before.iter().map(|p| &p.0).collect();
    assert_eq!(known.len(), before.len(), "no two have the same");
    assert!(other.iter().any(|p| !known.contains(&p.0)));
}

#[test]
fn outputs_that_cannot_be_written_are_told_and_the_run_fails() {
    let plan = "文書 甲 {\n  年度 R5\n}\n";
    let place = folder(&[("a.plan", plan.as_bytes()), ("totsugo.yaml", b"exclude: []\n")]);
    for (outputs, said) in [
        (&["json=nowhere/a.json"][..], "に書けません"),
        (&["json=a.plan"], "読み込んだファイル"),
        (&["json=./a.plan"], "読み込んだファイル"),
        (&["json=."], "ふつうのファイルではない"),
        (&["json"], "形=ファイル"),
        (&["json="], "形=ファイル"),
        (&["excel=a.xlsx"], "使える形: pretty、concise、json"),
        (&["json=a.json", "sarif=a.json"], "二度"),
    ] {
        let outputs: Vec<&str> = outputs.iter().flat_map(|o| ["--output", *o]).collect();
        let ran = check(place.path(), &outputs);
        assert!(ran.status == 2 && ran.err.contains(said), "{outputs:?}: {} {}", ran.status, ran.err);
        let english = check(place.path(), &[&outputs[..], &["--lang", "en"]].concat());
        assert!(english.status == 2 && english.err.is_ascii(), "{outputs:?}: {}", english.err);
    }
    assert_eq!(std::fs::read_to_string(place.path().join("a.plan")).expect("it is there"), plan);
    // What can be written is, beside what cannot.
    let ran = check(place.path(), &["--output", "json=no/a.json", "--output", "csv=a.csv"]);
    assert!(ran.status == 2 && place.path().join("a.csv").exists(), "{}", ran.err);
}

#[test]
fn bad_settings_and_nothing_to_read_are_told_in_the_format_too() {
    let broken = folder(&[("totsugo.yaml", b"nonsense: 2\n"), ("a.plan", b"")]);
    let ran = check(broken.path(), &["--format", "sarif", "--output", "json=a.json"]);
    let sarif: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(ran.status, 2);
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert_eq!(
        sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "totsugo.yaml"
    );
    let json = std::fs::read_to_string(broken.path().join("a.json")).expect("it was written");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["summary"]["errors"], json["findings"].as_array().map(Vec::len).expect("a list"));
    let nothing = check(folder(&[]).path(), &["--format", "json"]);
    assert_eq!(nothing.status, 2);
    serde_json::from_str::<serde_json::Value>(&nothing.out).expect("JSON, and nothing else");
}

#[test]
fn outputs_go_with_fixes_and_not_with_what_shows_no_findings() {
    let plan = std::fs::read(home().join("specs/資料2-4.plan")).expect("it is there");
    let place = folder(&[("a.plan", &plan)]);
    let ran = check(place.path(), &["--fix", "--unsafe-fixes", "--format", "concise", "--output", "rdjson=a.rdjson"]);
    assert!(ran.err.contains("a.rdjson") && place.path().join("a.rdjson").exists(), "{}", ran.err);
    assert!(ran.out.lines().all(|l| l.starts_with("a.plan:") || l.ends_with("突合しました）。")), "{}", ran.out);
    let wrong = check(place.path(), &["--fix", "--output", "copies"]);
    assert!(wrong.status == 2 && wrong.err.contains("-o"), "{}", wrong.err);
    for more in [&["--diff"][..], &["--why", "達成率検算"], &["--watch"]] {
        let ran = check(place.path(), &[&["--output", "json=a.json"], more].concat());
        assert!(ran.status == 2 && !place.path().join("a.json").exists(), "{more:?} {}", ran.err);
    }
}

/// Who counts lines counts findings.
#[test]
fn quiet_leaves_the_findings_alone() {
    for format in ["concise", "github"] {
        let told = |more: &[&str]| totsugo(&home(), &[&["check", "specs", "--format", format], more].concat(), &[]);
        let (all, quiet) = (told(&[]), told(&["-q"]));
        assert_eq!((quiet.status, quiet.out.lines().count()), (1, 36), "{}", quiet.out);
        assert!(all.out.starts_with(&quiet.out) && all.out.len() > quiet.out.len(), "{}", all.out);
    }
}
