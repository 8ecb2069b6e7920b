//! What stands at the top of the repository for CI: the action, the hooks of pre-commit and the examples. Whether they
//! follow the published schemas is looked at in `.ci/run`; here they are read as what they are, and run.
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::run::{folder, home, totsugo};

fn yaml(path: &str) -> Value {
    let text = std::fs::read_to_string(home().join(path)).expect("a file");
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn texts(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|v| texts(v, out)),
        Value::Object(all) => all.values().for_each(|v| texts(v, out)),
        _ => {}
    }
}

/// The script of a step of the action, by its name.
fn script(name: &str) -> String {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_array().expect("steps");
    let step = steps.iter().find(|s| s["name"] == name).unwrap_or_else(|| panic!("no step {name}"));
    step["run"].as_str().expect("a script").to_owned()
}

struct Done {
    status: i32,
    out: String,
    outputs: BTreeMap<String, String>,
    summary: String,
}

/// Runs a step as a runner of GitHub does: `bash --noprofile --norc -eo pipefail`, with files for what it gives back.
fn step(name: &str, place: &Path, env: &[(&str, &str)]) -> Done {
    let runner = folder(&[("output", b""), ("summary", b""), ("script.sh", script(name).as_bytes())]);
    let at = |name: &str| runner.path().join(name);
    let mut command = Command::new("bash");
    for name in ["TOTSUGO_LANG", "COLUMNS", "FORCE_COLOR", "CLICOLOR_FORCE", "GIT_DIR", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let command = command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(at("script.sh")).current_dir(place);
    let command = command.env("GITHUB_OUTPUT", at("output")).env("GITHUB_STEP_SUMMARY", at("summary"));
    for name in ["PATHS", "ARGS", "ANNOTATIONS", "SUMMARY", "SARIF", "SINCE"] {
        command.env(name, "");
    }
    let done = command.env("RUNNER_TEMP", runner.path()).envs(env.iter().copied()).output().expect("bash");
    let read = |name: &str| std::fs::read_to_string(at(name)).expect("a file");
    let outputs = read("output").lines().filter_map(|l| l.split_once('=')).map(|(a, b)| (a.into(), b.into())).collect();
    let out = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    Done { status: done.status.code().expect("it ends"), out, outputs, summary: read("summary") }
}

/// A program that writes down its arguments and does what is said.
#[cfg(unix)]
fn fake(place: &Path, name: &str, does: &str) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    let path = place.join(name);
    let log = place.join("called").display().to_string();
    std::fs::write(&path, format!("#!/bin/bash\nprintf '%s\\n' {name} \"$@\" >> '{log}'\n{does}\n")).expect("a file");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("it may run");
    path.display().to_string()
}

#[test]
fn no_word_of_a_stranger_is_put_into_a_script() {
    // What stands in `${{ }}` inside of a script would be run by the shell; it goes by way of the environment.
    let action = yaml("action.yml");
    for step in action["runs"]["steps"].as_array().expect("steps") {
        if let Some(run) = step["run"].as_str() {
            assert!(!run.contains("${{"), "{run}");
            assert_eq!(step["shell"], "bash");
        }
    }
    // Every input is used, every output is given by the step that it names.
    let text = std::fs::read_to_string(home().join("action.yml")).expect("a file");
    for input in action["inputs"].as_object().expect("inputs").keys() {
        assert!(text.contains(&format!("inputs.{input}")), "{input}");
    }
    let check = script("Check the plans");
    for output in action["outputs"].as_object().expect("outputs").keys() {
        assert!(check.contains(&format!("{output}=")), "{output}");
    }
}

#[cfg(unix)]
#[test]
fn the_action_hands_on_what_it_is_given() {
    if !has_jq() {
        return;
    }
    let place = folder(&[]);
    let program = fake(
        place.path(),
        "fake",
        r#"for a in "$@"; do case "$a" in
          json=*) echo '{"summary": {"errors": 3, "warnings": 4, "infos": 0}}' > "${a#json=}" ;;
          markdown=*) echo '# 突合' > "${a#markdown=}" ;;
          sarif=*) echo '{}' > "${a#sarif=}" ;;
        esac; done; exit 1"#,
    );
    let env = [
        ("PROGRAM", program.as_str()),
        ("PATHS", "令和 6年度\n-b.plan\n"),
        ("ARGS", "--lang\nen\n$(touch x)\n"),
        ("ANNOTATIONS", "true"),
        ("SUMMARY", "true"),
        ("SARIF", "out.sarif"),
        ("SINCE", "origin/main"),
    ];
    let done = step("Check the plans", place.path(), &env);
    assert_eq!(done.status, 1, "{}", done.out);
    let called = std::fs::read_to_string(place.path().join("called")).expect("it was called");
    let called: Vec<&str> = called.lines().skip(1).collect();
    let rest: Vec<&str> =
        called.iter().copied().filter(|a| !a.starts_with("json=") && !a.starts_with("markdown=")).collect();
    let expected = [
        "check",
        "--output",
        "--output",
        "--format",
        "github",
        "--output",
        "sarif=out.sarif",
        "--changed-since=origin/main",
        "--lang",
        "en",
        "$(touch x)",
        "--",
        "令和 6年度",
        "-b.plan",
    ];
    assert_eq!(rest, expected);
    let sarif = place.path().canonicalize().expect("a folder").join("out.sarif").display().to_string();
    let outputs = [("errors", "3"), ("infos", "0"), ("sarif-file", &sarif), ("status", "1"), ("warnings", "4")];
    assert_eq!(done.outputs, outputs.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
    assert_eq!(done.summary, "# 突合\n");
    assert!(!place.path().join("x").exists());

    // Nothing asked for, nothing found; and a run that fails before it writes anything.
    let program = fake(place.path(), "fine", "exit 0");
    let done = step("Check the plans", place.path(), &[("PROGRAM", &program)]);
    assert_eq!((done.status, done.outputs.len(), done.summary.as_str()), (0, 1, ""), "{}", done.out);
    let program = fake(place.path(), "fails", "exit 2");
    let done = step("Check the plans", place.path(), &[("PROGRAM", &program), ("SARIF", "b.sarif")]);
    assert_eq!(
        (done.status, done.outputs),
        (2, BTreeMap::from([("status".to_owned(), "2".to_owned())])),
        "{}",
        done.out
    );
}

#[cfg(unix)]
#[test]
fn the_action_builds_what_it_was_checked_out_as() {
    let place = folder(&[]);
    fake(place.path(), "cargo", "exit 0");
    fake(place.path(), "rustup", "exit 0");
    let path = format!("{}:{}", place.path().display(), std::env::var("PATH").expect("a path"));
    let home = home().display().to_string();
    let env = [("PATH", path.as_str()), ("ACTION", &home), ("ROOT", "/tmp/a root")];
    assert_eq!(step("Build totsugo", place.path(), &env).status, 0);
    let called = std::fs::read_to_string(place.path().join("called")).expect("it was called");
    assert!(called.contains("install\n--locked\n--path\n") && called.contains("--root\n/tmp/a root\n"), "{called}");

    // The key of the cache follows the files that make the program, and no others.
    let key = |place: &Path| {
        let done = step("Say what will be built", place, &[("ACTION", &place.display().to_string())]);
        assert_eq!(done.status, 0, "{}", done.out);
        done.outputs["key"].clone()
    };
    let place = folder(&[]);
    for name in [
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        "src/a.rs",
        "grammar/a",
        "messages/a",
        "rules/a",
        "templates/a",
        "docs/a",
    ] {
        std::fs::create_dir_all(place.path().join(name).parent().expect("a folder")).expect("a folder");
        std::fs::write(place.path().join(name), name).expect("a file");
    }
    let first = key(place.path());
    assert!(first.len() == 32 && first == key(place.path()), "{first}");
    std::fs::write(place.path().join("README.md"), "a").expect("a file");
    assert_eq!(key(place.path()), first);
    std::fs::write(place.path().join("src/a.rs"), "b").expect("a file");
    assert_ne!(key(place.path()), first);
    // All that is compiled into the program is among them.
    let script = script("Say what will be built");
    let mut files = vec![home_file("src")];
    while let Some(file) = files.pop() {
        if file.is_dir() {
            files.extend(std::fs::read_dir(file).expect("a folder").flatten().map(|e| e.path()));
            continue;
        }
        // What only tests read is no part of the program.
        let of_tests = file.file_name().is_some_and(|name| name == "tests.rs");
        let text = std::fs::read_to_string(&file).ok().filter(|_| !of_tests).unwrap_or_default();
        for made in text.split("include_str!(\"../").skip(1) {
            let top = made.trim_start_matches("../").split('/').next().expect("a name");
            assert!(script.contains(&format!(" {top} ")) || home_file("src").join(top).exists(), "{top}");
        }
    }
}

fn home_file(name: &str) -> std::path::PathBuf {
    home().join(name)
}

#[test]
fn the_hooks_of_pre_commit_look_at_what_a_check_reads() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hook = |id: &str| hooks.as_array().expect("hooks").iter().find(|h| h["id"] == id).expect("a hook").clone();
    let (check, fmt) = (hook("totsugo-check"), hook("totsugo-fmt"));
    assert_eq!((&check["entry"], &check["pass_filenames"]), (&"totsugo check".into(), &false.into()));
    assert_eq!((&fmt["entry"], &check["language"]), (&"totsugo fmt".into(), &"rust".into()));
    let pattern = |hook: &Value| regex::Regex::new(hook["files"].as_str().expect("a pattern")).expect("a pattern");
    let (check, fmt) = (pattern(&check), pattern(&fmt));
    for name in [
        "a.plan",
        "計画/a.rules",
        "a.xlsx",
        "a.xlsm",
        "a.xls",
        "a.ods",
        "a.csv",
        "a.tsv",
        "a.mapping.yaml",
        "a.mapping.yml",
        "a.plan.json",
        "a.plan.yaml",
        "a.plan.yml",
    ] {
        assert!(totsugo::project::kind(Path::new(name)).is_ok(), "{name}");
        assert!(check.is_match(name), "{name}");
    }
    assert!(check.is_match("totsugo.yaml") && check.is_match("totsugo-baseline.json"));
    for name in ["a.md", "a.yaml", "a.json", "a.plan.txt", "rules", "explain"] {
        assert!(totsugo::project::kind(Path::new(name)).is_err() && !check.is_match(name), "{name}");
    }
    assert!(fmt.is_match("a.plan") && fmt.is_match("計画/b.rules") && !fmt.is_match("a.plan.json"));
}

#[test]
fn the_examples_use_what_there_is() {
    let inputs = yaml("action.yml")["inputs"].clone();
    let github = yaml("examples/ci/github.yml");
    let steps = github["jobs"]["check"]["steps"].as_array().expect("steps");
    let used = steps.iter().find(|s| s["uses"] == "./.totsugo").expect("the action is used");
    for name in used["with"].as_object().expect("inputs").keys() {
        assert!(inputs.get(name).is_some(), "{name}");
    }
    let depth = steps.iter().find(|s| s["with"]["fetch-depth"].is_number()).expect("a checkout");
    assert_eq!(depth["with"]["fetch-depth"], 0);
    let gitlab = yaml("examples/ci/gitlab-ci.yml");
    assert_eq!(gitlab["totsugo"]["variables"]["GIT_DEPTH"], "0");
    // No example names an address that nobody has.
    for file in ["examples/ci/github.yml", "examples/ci/gitlab-ci.yml", "action.yml"] {
        let mut all = Vec::new();
        texts(&yaml(file), &mut all);
        assert!(!all.iter().any(|text| text.contains("://")), "{file}");
    }
}

/// Whether jq is there, which GitHub's machines bring and not everybody else; a test that needs it says when it is left out.
#[cfg(unix)]
fn has_jq() -> bool {
    let found = Command::new("jq").arg("--version").output().is_ok_and(|done| done.status.success());
    if !found {
        eprintln!("left out: jq is not installed");
    }
    found
}

/// The scripts of the GitLab example and of the action, with the program itself, over documents with findings.
#[cfg(unix)]
#[test]
fn the_action_and_the_gitlab_example_run_over_real_documents() {
    if !has_jq() {
        return;
    }
    let program = env!("CARGO_BIN_EXE_totsugo");
    let place = folder(&[]);
    for entry in std::fs::read_dir(home().join("specs")).expect("specs").flatten() {
        std::fs::copy(entry.path(), place.path().join(entry.file_name())).expect("copied");
    }
    let env =
        [("PROGRAM", program), ("ANNOTATIONS", "true"), ("SUMMARY", "true"), ("SARIF", "totsugo.sarif"), ("PATHS", "")];
    let done = step("Check the plans", place.path(), &env);
    assert_eq!(done.status, 1, "{}", done.out);
    assert_eq!((done.outputs["errors"].as_str(), done.outputs["warnings"].as_str()), ("3", "33"));
    assert_eq!(done.out.lines().filter(|l| l.starts_with("::error ")).count(), 3, "{}", done.out);
    assert!(done.summary.contains("途中目標が最終超過"), "{}", done.summary);
    let sarif = std::fs::read_to_string(place.path().join("totsugo.sarif")).expect("it was written");
    let sarif: Value = serde_json::from_str(&sarif).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");

    let gitlab = yaml("examples/ci/gitlab-ci.yml");
    let line = gitlab["totsugo"]["script"][0].as_str().expect("a script");
    std::fs::create_dir_all(place.path().join(".totsugo/bin")).expect("a folder");
    std::os::unix::fs::symlink(program, place.path().join(".totsugo/bin/totsugo")).expect("a link");
    let done = Command::new("sh").args(["-c", line]).current_dir(place.path()).output().expect("sh");
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    for report in gitlab["totsugo"]["artifacts"]["reports"].as_object().expect("reports").values() {
        assert!(place.path().join(report.as_str().expect("a name")).exists(), "{report}");
    }
}

#[test]
fn nothing_after_the_dashes_means_no_place() {
    let place = folder(&[("a.plan", "文書 a {\n}\n".as_bytes())]);
    let ran = totsugo(place.path(), &["check", "--"], &[]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
}
