//! The first minutes: `init`, `new`, completions and manual pages.
use crate::run::{Ran, findings, folder, home, totsugo};

const LANGS: [&str; 2] = ["ja", "en"];

/// A folder that `init` has filled.
fn begun(lang: &str) -> tempfile::TempDir {
    let place = folder(&[]);
    let ran = totsugo(place.path(), &["init", "--lang", lang], &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    place
}

fn read(place: &tempfile::TempDir, name: &str) -> String {
    std::fs::read_to_string(place.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn plan_of(lang: &str) -> &'static str {
    if lang == "ja" { "例の計画.plan" } else { "example-plan.plan" }
}

#[test]
fn a_new_folder_has_one_finding_which_its_readme_explains_and_mends() {
    for lang in LANGS {
        let place = begun(lang);
        let found = findings(&totsugo(place.path(), &["check", "--format", "json", "--min-severity", "info"], &[]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("achievement-rate", "76%"));
        let readme = read(&place, "README.md");
        let printed = totsugo(place.path(), &["check"], &[]);
        assert_eq!(printed.status, 1);
        let shown = readme.split("```text\n").nth(1).and_then(|t| t.split("```").next()).expect("an example of output");
        for line in shown.lines() {
            assert!(printed.out.lines().any(|l| l.trim() == line.trim()), "{line}\n{}", printed.out);
        }
        assert!(readme.contains("76%") && readme.contains("67%"), "{readme}");
        let plan = plan_of(lang);
        std::fs::write(place.path().join(plan), read(&place, plan).replace("76%", "67%")).expect("a file");
        let ran = totsugo(place.path(), &["check", "--min-severity", "info"], &[]);
        assert_eq!(ran.status, 0, "{}", ran.out);
        let says = if lang == "ja" { "指摘はありません" } else { "No findings" };
        assert!(ran.out.contains(says) && readme.contains(says), "{}", ran.out);
    }
}

#[test]
fn its_rule_is_tested_whole_and_its_settings_and_files_are_well() {
    for lang in LANGS {
        let place = begun(lang);
        let ran = totsugo(place.path(), &["test", "--filter", "target-doubled", "--min-coverage", "100"], &[]);
        assert_eq!(ran.status, 0, "{}", ran.out);
        assert!(ran.out.contains("100.0%"), "{}", ran.out);
        assert_eq!(totsugo(place.path(), &["test"], &[]).status, 0);
        let ran = totsugo(place.path(), &["doctor"], &[]);
        assert_eq!(ran.status, 0, "{}", ran.out);
        assert_eq!(new(&place, &["plan", "甲", "--lang", lang]).status, 0);
        let ran = totsugo(place.path(), &["fmt", "--check", "."], &[]);
        assert_eq!(ran.status, 0, "what is made is laid out: {}{}", ran.out, ran.err);
        // The rule finds what it says it finds.
        let plan = plan_of(lang);
        let (from, to) =
            if lang == "ja" { ("R5: 8施設", "R5: 5施設") } else { ("FY2023: 8 sites", "FY2023: 5 sites") };
        std::fs::write(place.path().join(plan), read(&place, plan).replace(from, to)).expect("a file");
        let found = findings(&totsugo(place.path(), &["check", "--format", "json"], &[]));
        assert!(found.iter().any(|f| f.0 == "target-doubled"), "{found:?}");
        // What stands in comments of the settings can be used as it stands.
        let settings = read(&place, "totsugo.yaml");
        let settings: Vec<&str> = settings.lines().map(|l| l.strip_prefix("# ").unwrap_or(l)).collect();
        let used = settings.iter().position(|l| l.starts_with("suppressions:")).expect("an example of a suppression");
        let settings = format!("lang: {lang}\nignore: [plateau]\n{}\n", settings[used..].join("\n"));
        std::fs::write(place.path().join("totsugo.yaml"), settings).expect("a file");
        let ran = totsugo(place.path(), &["check", "--select", "achievement-rate"], &[("TOTSUGO_TODAY", "2030-01-01")]);
        assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    }
}

#[test]
fn a_file_that_is_there_is_left_and_said_so() {
    for lang in LANGS {
        let place = folder(&[("totsugo.yaml", b"lang: ja\n"), ("README.md", b"mine")]);
        let ran = totsugo(place.path(), &["init", "--lang", lang], &[]);
        assert_eq!(ran.status, 0);
        assert_eq!((read(&place, "totsugo.yaml"), read(&place, "README.md")), ("lang: ja\n".into(), "mine".into()));
        let kept = if lang == "ja" { "前からあるので" } else { "there already" };
        assert_eq!(ran.out.lines().filter(|l| l.contains(kept)).count(), 2, "{}", ran.out);
        std::fs::write(place.path().join(plan_of(lang)), "").expect("a file");
        let ran = totsugo(place.path(), &["init", "--lang", lang], &[]);
        assert_eq!((ran.status, ran.out.lines().filter(|l| l.contains(kept)).count()), (0, 5), "{}", ran.out);
        assert_eq!(read(&place, plan_of(lang)), "");
    }
}

#[test]
fn it_begins_in_a_folder_that_is_named_whatever_the_settings_here_are() {
    let place = folder(&[("totsugo.yaml", b"lang: [\n"), ("file", b"")]);
    let ran = totsugo(place.path(), &["init", "新しい フォルダ/下"], &[]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("cd '新しい フォルダ/下'"), "{}", ran.out);
    assert_eq!(totsugo(&place.path().join("新しい フォルダ/下"), &["check"], &[]).status, 1);
    let ran = totsugo(place.path(), &["init", "file"], &[]);
    assert!(ran.status == 2 && ran.err.contains("file/totsugo.yaml"), "{}{}", ran.out, ran.err);
    assert!(totsugo(place.path(), &["init", "a", "b"], &[]).status == 2);
}

#[test]
fn the_first_steps_of_the_readme_can_be_taken() {
    let readme = std::fs::read_to_string(home().join("README.md")).expect("it is there");
    let steps = readme.split("First steps\n```console\n").nth(1).and_then(|t| t.split("```").next()).expect("steps");
    let place = folder(&[]);
    let (mut at, mut statuses) = (place.path().to_path_buf(), Vec::new());
    for line in steps.lines() {
        let command = line.split('#').next().unwrap_or("").trim();
        let Some(command) = command.strip_prefix("$ totsugo ") else { continue };
        let (arguments, enter) = command.split_once(" && cd ").map_or((command, None), |(a, to)| (a, Some(to)));
        statuses.push(totsugo(&at, &arguments.split_whitespace().collect::<Vec<_>>(), &[]).status);
        at.extend(enter);
    }
    assert_eq!(statuses, [0, 1, 0, 0, 0]);
    let section = readme.split("First steps\n").nth(1).and_then(|t| t.split("\n## ").next()).expect("a section");
    assert!(section.lines().count() <= 12, "{section}");
}

#[test]
fn templates_invent_no_address_and_name_only_commands_that_exist() {
    let commands = commands();
    for lang in LANGS {
        for entry in std::fs::read_dir(home().join("templates").join(lang)).expect("templates").flatten() {
            let text = std::fs::read_to_string(entry.path()).expect("UTF-8");
            assert!(!text.contains("://") && !text.contains("www."), "{:?}", entry.path());
            for after in text.split("totsugo ").skip(1) {
                let word: String = after.chars().take_while(char::is_ascii_lowercase).collect();
                let ends = after[word.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
                let is_prose = word.is_empty() || ["is", "where"].contains(&word.as_str());
                assert!(is_prose || !ends || commands.contains(&word), "{:?}: {word}", entry.path());
            }
        }
        let place = begun(lang);
        let workflow = read(&place, ".github/workflows/totsugo.yml");
        let mut faults = Vec::new();
        let source = totsugo::text::Source::new("totsugo.yml", workflow.as_str());
        assert!(totsugo::syntax::yaml::parse(totsugo::text::SourceId(0), &source, &mut faults).is_some(), "{faults:?}");
        for line in ["run: totsugo check\n", "run: totsugo test\n", "cargo install"] {
            assert!(workflow.contains(line), "{line}");
        }
    }
}

fn new(place: &tempfile::TempDir, arguments: &[&str]) -> Ran {
    totsugo(place.path(), &[&["new"], arguments].concat(), &[("TOTSUGO_TODAY", "2026-02-01")])
}

#[test]
fn a_new_rule_works_as_it_is() {
    for lang in LANGS {
        let place = folder(&[]);
        let ran = new(&place, &["rule", "予算の上限", "budget-cap", "--lang", lang]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
        let rule = read(&place, "予算の上限.rules");
        assert!(rule.contains("予算の上限 budget-cap {"), "{rule}");
        let ran = totsugo(place.path(), &["test", ".", "--filter", "budget-cap", "--min-coverage", "100"], &[]);
        assert!(ran.status == 0 && ran.out.contains("合格 2件"), "{}", ran.out);
        assert_eq!(new(&place, &["rule", "x", "-o", "y.rules", "--lang", lang]).status, 0);
        assert!(read(&place, "y.rules").contains(" x {"));
        let ran = totsugo(place.path(), &["check", "--lang", lang], &[]);
        assert_eq!(ran.out, "", "rules without faults, and nothing else to check");
    }
}

#[test]
fn names_that_cannot_be_are_refused_and_nothing_is_written() {
    let place = folder(&[
        ("own.rules", "規則 甲 ko {\n".as_bytes()),
        ("totsugo.yaml", "sets:\n  組: [row-cells]\n".as_bytes()),
    ]);
    let before = std::fs::read_dir(place.path()).expect("a folder").count();
    for (arguments, says) in [
        (&["rule", "a b"][..], "名前にできません"),
        (&["rule", "../外"], "名前にできません"),
        (&["rule", "/tmp/x"], "名前にできません"),
        (&["rule", ""], "名前にできません"),
        (&["rule", "甲\n乙"], "名前にできません"),
        (&["plan", "a/b"], "名前にできません"),
        (&["plan", ".."], "名前にできません"),
        (&["rule", "乙", "1a"], "符号にできません"),
        (&["rule", "達成率検算"], "もう規則か"),
        (&["rule", "achievement-rate"], "もう規則か"),
        (&["rule", "乙", "achievement-rate"], "もう規則か"),
        (&["rule", "乙", "row-cells"], "もう規則か"),
        (&["rule", "表記"], "もう規則か"),
        (&["rule", "組"], "もう規則か"),
        (&["rule", "ko"], "もう規則か"),
        (&["plan", "a", "b"], "規則だけ"),
        (&["rule", "乙", "-o", "乙.txt"], ".rules"),
        (&["plan", "乙", "-o", "乙.rules"], ".plan"),
        (&["rule", "乙", "-o", "none/乙.rules"], "none/乙.rules"),
        (&["mapping", "none.xlsx"], "none.xlsx"),
        (&["mapping", "own.rules"], "own.rules"),
        (&["thing", "乙"], "plan"),
        (&["rule"], "NAME"),
    ] {
        let ran = new(&place, arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(says), "{arguments:?}: {}", ran.err);
    }
    assert_eq!(std::fs::read_dir(place.path()).expect("a folder").count(), before);
}

#[test]
fn nothing_is_written_over() {
    let place = folder(&[("甲.rules", b"1"), ("乙.plan", b"2")]);
    for arguments in [&["rule", "甲"][..], &["plan", "乙"], &["rule", "丙", "-o", "甲.rules"]] {
        let ran = new(&place, arguments);
        assert!(ran.status == 2 && ran.err.contains("上書きしません"), "{arguments:?}: {}", ran.err);
    }
    assert_eq!((read(&place, "甲.rules"), read(&place, "乙.plan")), ("1".into(), "2".into()));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("elsewhere", place.path().join("丁.rules")).expect("a link");
        assert_eq!(new(&place, &["rule", "丁"]).status, 2, "a link that leads nowhere is not followed");
        assert!(!place.path().join("elsewhere").exists());
    }
}

#[test]
fn files_go_where_the_settings_look_for_them() {
    let settings = "paths: [計画]\nrules: [規則]\n";
    let place = folder(&[
        ("totsugo.yaml", settings.as_bytes()),
        ("計画/a.plan", "指標 \"あ\"\n".as_bytes()),
        ("規則/a.rules", b"# "),
    ]);
    assert_eq!(new(&place, &["rule", "甲"]).status, 0);
    assert_eq!(new(&place, &["plan", "乙"]).status, 0);
    assert!(place.path().join("規則/甲.rules").exists() && place.path().join("計画/乙.plan").exists());
    let ran = totsugo(place.path(), &["test", "--filter", "甲"], &[]);
    assert!(ran.out.contains("規則 1本"), "{}", ran.out);
}

#[test]
fn a_new_plan_is_of_this_year_and_clean() {
    for (lang, says) in [("ja", "目標 R7: 20件, R8: 30件"), ("en", "target FY2025: 20 cases, FY2026: 30 cases")] {
        let place = folder(&[]);
        let ran = new(&place, &["plan", "令和7年度計画", "--lang", lang]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let plan = read(&place, "令和7年度計画.plan");
        assert!(plan.contains(says), "{plan}");
        let ran = totsugo(place.path(), &["check", "--min-severity", "info"], &[]);
        assert_eq!(ran.status, 0, "{}", ran.out);
        // The table that stands in comments is one.
        let table = |line: &str| ["# 集計", "# summary", "#   |", "# }"].iter().any(|start| line.starts_with(start));
        let lines = plan.lines().map(|line| if table(line) { &line[2..] } else { line });
        let whole = lines.collect::<Vec<_>>().join("\n");
        assert!(whole.contains("\n}"), "{whole}");
        let place = folder(&[("a.plan", whole.as_bytes())]);
        let ran = totsugo(place.path(), &["check"], &[]);
        assert_eq!(ran.status, 0, "{}", ran.out);
    }
    let place = folder(&[]);
    let ran = totsugo(place.path(), &["new", "plan", "甲"], &[("TOTSUGO_TODAY", "きょう")]);
    assert!(ran.status == 2 && ran.err.contains("TOTSUGO_TODAY"), "{}", ran.err);
}

#[test]
fn a_new_mapping_is_the_draft_of_map() {
    let book = std::fs::read(home().join("examples/workbooks/資料2-1.xlsx")).expect("a workbook");
    let place = folder(&[("下/一覧.xlsx", &book)]);
    let drafted = totsugo(place.path(), &["map", "下/一覧.xlsx"], &[]);
    let ran = new(&place, &["mapping", "下/一覧.xlsx"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(read(&place, "下/一覧.mapping.yaml"), drafted.out);
    assert!(ran.out.contains(drafted.err.trim()), "{}", ran.out);
    let ran = totsugo(place.path(), &["doctor"], &[]);
    assert!(ran.out.contains("下/一覧.xlsx: 表（下/一覧.mapping.yaml で読む"), "{}", ran.out);
    assert_eq!(new(&place, &["mapping", "下/一覧.xlsx"]).status, 2);
    assert_eq!(new(&place, &["mapping", "下/一覧.xlsx", "-o", "下/別.mapping.yaml"]).status, 0);
    let ran = new(&place, &["mapping", "下/一覧.xlsx", "-o", "別.mapping.yaml"]);
    assert!(ran.status == 2 && ran.err.contains("同じフォルダ"), "{}", ran.err);
}

/// The commands that the help names.
fn commands() -> Vec<String> {
    let help = totsugo(&home(), &["--help", "--lang", "en"], &[]).out;
    let listed = help.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    let names: Vec<String> = listed.filter_map(|l| l.split_whitespace().next().map(str::to_owned)).collect();
    assert!(names.len() > 12, "{help}");
    names
}

#[test]
fn completions_name_every_command_and_are_read_by_their_shells() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        for lang in LANGS {
            let ran = totsugo(&home(), &["completions", shell, "--lang", lang], &[]);
            assert_eq!((ran.status, ran.err.as_str()), (0, ""));
            for command in commands() {
                assert!(ran.out.contains(&command), "{shell}: {command}");
            }
            assert!(!ran.out.contains("RULE[:"), "{shell}: a colon ends the name of a value for zsh");
            // A shell that is not installed is asked nothing.
            if ["bash", "zsh", "fish"].contains(&shell) {
                let place = folder(&[("script", ran.out.as_bytes())]);
                let read = std::process::Command::new(shell).arg("-n").arg(place.path().join("script")).output();
                match read {
                    Ok(read) => assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr)),
                    Err(error) => assert!(shell != "bash", "{error}"),
                }
            }
        }
    }
    let ran = totsugo(&home(), &["completions", "tcsh"], &[]);
    assert!(ran.status == 2 && ran.err.contains("elvish"), "{}", ran.err);
}

#[test]
fn every_command_has_a_manual_page_in_the_users_language() {
    for (lang, heading, foreign) in [("ja", ".SH 名前", ".SH N"), ("en", ".SH Name", ".SH 名前")] {
        let place = folder(&[]);
        let ran = totsugo(place.path(), &["man", "-o", "下/man", "--lang", lang], &[]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let mut expected: Vec<String> = commands().iter().map(|c| format!("totsugo-{c}.1")).collect();
        expected.push("totsugo.1".to_owned());
        for name in &expected {
            let page = read(&place, &format!("下/man/{name}"));
            assert!(page.contains(heading) && !page.contains(foreign), "{name}: {page}");
            let english =
                page.lines().any(|l| l.starts_with(".SH ") && l.bytes().skip(4).all(|b| b.is_ascii_uppercase()));
            assert!(!english, "{name} has a heading of the library's: {page}");
        }
        assert_eq!(std::fs::read_dir(place.path().join("下/man")).expect("a folder").count(), expected.len());
        let ran = totsugo(place.path(), &["man", "check", "--lang", lang], &[]);
        assert_eq!(ran.out, read(&place, "下/man/totsugo-check.1"));
        assert_eq!(totsugo(place.path(), &["man", "--lang", lang], &[]).out, read(&place, "下/man/totsugo.1"));
    }
    let place = folder(&[("file", b"")]);
    assert_eq!(totsugo(place.path(), &["man", "-o", "file"], &[]).status, 2);
    assert_eq!(totsugo(place.path(), &["man", "chek"], &[]).status, 2);
}
