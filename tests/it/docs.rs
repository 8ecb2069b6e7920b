//! The examples in the manuals are read by the program: an example that lies is a test that fails.
use std::path::Path;

use totsugo::rules::{Pack, check_plans, read_plans, run_tests};
use totsugo::text::{Source, Sources, Span, Stop};

fn blocks(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(path).expect("the manual is there");
    let pieces = text.split("```").skip(1).step_by(2);
    // A block with a language after the fence is no plan and no rule.
    pieces.filter(|p| p.starts_with('\n')).map(|p| p.trim_matches('\n').to_owned()).collect()
}

#[test]
fn examples_of_plans_are_plans() {
    let examples = blocks("docs/language.md");
    assert!(examples.len() >= 3);
    for example in examples {
        let mut sources = Sources::default();
        let pack = Pack::load(&mut sources, &[]);
        let id = sources.add(Source::new("docs/language.md", example.clone()));
        let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..example.len()), "例".to_owned())]);
        assert_eq!(workspace.faults, vec![], "{example}");
        assert!(workspace.facts.tables.iter().any(|t| !t.heads.is_empty()), "{example}");
    }
}

#[test]
fn examples_of_rules_are_rules_and_their_tests_pass() {
    for file in ["docs/writing-rules.md", "README.md"] {
        let examples: Vec<String> =
            blocks(file).into_iter().filter(|b| b.contains("規則 ") || b.contains("表 ")).collect();
        assert!(!examples.is_empty(), "{file} has an example");
        for example in examples {
            // Under a name of its own, beside the built-in rule of the same code.
            let example = example.replace("達成率検算 achievement-rate", "達成率の例 example");
            let mut sources = Sources::default();
            let id = sources.add(Source::new(file, example.clone()));
            let pack = Pack::load(&mut sources, &[id]);
            assert_eq!(pack.faults, vec![], "{example}");
            let (ran, failed) = run_tests(&pack, &sources, |code| code == "example", &Stop::default());
            assert_eq!(failed, vec![], "{example}");
            assert!(ran > 0 || example.contains("表 "), "{example}");
        }
    }
}

#[test]
fn an_authors_table_is_used_like_a_built_in_one() {
    let mut sources = Sources::default();
    let rules = "表 出張 = trip {\n  位置 文書\n  見出し 名称 = name : 文字列\n  属性 人数 = people : 量 厳密 人\n}\n\
                 規則 出張の人数 trip-size {\n  対象 出張 ∈ 出張\n  検査 出張.人数 ≤ 5人\n  指摘 出張.人数 \"{出張.人数}は多すぎます\" en \"{出張.人数} are too many\"\n\
                 解説 \"多すぎる出張\"\n  試験 合格 { 出張 \"甲\" { 人数 5名 } }\n  試験 不合格 \"6人\" { 出張 \"甲\" { 人数 6人 } }\n}\n";
    let id = sources.add(Source::new("own.rules", rules));
    let pack = Pack::load(&mut sources, &[id]);
    assert_eq!(pack.faults, vec![]);
    let (ran, failed) = run_tests(&pack, &sources, |code| code == "trip-size", &Stop::default());
    assert_eq!((ran, failed), (2, vec![]));
    let plan = "出張 \"乙\" {\n  人数 9人\n}\n";
    let id = sources.add(Source::new("own.plan", plan));
    let checked = check_plans(&pack, &sources, &[(Span::new(id, 0..plan.len()), "own".to_owned())], |_| true);
    let said: Vec<&str> = checked.outcome.violations.iter().map(|v| v.message.ja.as_str()).collect();
    assert_eq!(said, ["9人は多すぎます"]);
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_totsugo"))
        .args(["check", "specs", "--color", "never"])
        .env_remove("COLUMNS")
        .env_remove("TOTSUGO_LANG")
        .current_dir(root)
        .output()
        .expect("it runs");
    let printed = String::from_utf8(run.stdout).expect("UTF-8");
    let readme = std::fs::read_to_string(root.join("README.md")).expect("it is there");
    let shown = readme.split("```text\n").nth(1).and_then(|t| t.split("```").next()).expect("an example of output");
    assert!(printed.contains(shown.trim_end()), "the README shows:\n{shown}");
    assert!(readme.contains(printed.trim_end().lines().last().expect("a last line")), "the last line is quoted");
}

#[test]
fn the_first_plan_that_a_reader_copies_is_clean() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("it is there");
    let plan = readme.split("```").find(|b| b.contains("文書 資料2-4 {")).expect("a plan to copy");
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let id = sources.add(Source::new("README.md", plan));
    let checked = check_plans(&pack, &sources, &[(Span::new(id, 0..plan.len()), "例".to_owned())], |_| true);
    assert_eq!(checked.faults, vec![]);
    let grave = checked.outcome.violations.iter().filter(|v| v.severity >= totsugo::text::Severity::Warning);
    assert_eq!(grave.map(|v| v.message.ja.clone()).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn the_manual_of_rules_is_what_the_rules_say() {
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_totsugo"))
        .args(["explain", "--all"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("it runs");
    let kept =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")).expect("it is there");
    assert!(String::from_utf8(made.stdout).expect("UTF-8") == kept, "run: cargo run -- explain --all > docs/rules.md");
}

#[test]
fn the_catalogue_names_every_rule_and_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let catalogue = std::fs::read_to_string(root.join("docs/catalogue.md")).expect("it is there");
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let messages = totsugo::findings::Messages::new();
    let named: std::collections::BTreeSet<&str> = catalogue.split('`').skip(1).step_by(2).collect();
    for name in &named {
        assert!(pack.find(name).is_some() || messages.explanation(name).is_some(), "{name} is no rule");
    }
    for rule in &pack.rules {
        let code = totsugo::rules::code(rule);
        assert!(named.contains(code), "{code} is not in the catalogue");
    }
    assert_eq!(
        catalogue.lines().filter(|l| l.starts_with("| ") && l[2..].starts_with(|c: char| c.is_ascii_digit())).count(),
        92
    );
}

#[test]
fn the_reference_knows_every_word_of_the_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("it is there");
    let reference = read("docs/writing-rules.md");
    let functions = read("src/rules/functions.rs");
    let table =
        functions.split("pub const ALL").nth(1).and_then(|t| t.split("];").next()).expect("the table of functions");
    let mut words: Vec<&str> = table.lines().filter_map(|l| l.trim().strip_prefix("(\"")?.split('"').next()).collect();
    assert!(words.len() > 25, "{words:?}");
    let grammar = read("grammar/keywords.pest");
    for line in grammar.lines().filter(|l| l.starts_with("kw_")) {
        words.extend(line.split("(\"").nth(1).and_then(|t| t.split('"').next()));
    }
    let missing: Vec<&str> = words.into_iter().filter(|w| !reference.contains(w)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// A command line as a shell would split it: words, and quoted words.
fn words(line: &str) -> Vec<String> {
    let mut parts = line.split('\'').enumerate();
    let mut out: Vec<String> = Vec::new();
    for (at, part) in parts.by_ref() {
        match at % 2 {
            0 => out.extend(part.split_whitespace().map(str::to_owned)),
            _ => out.push(part.to_owned()),
        }
    }
    out
}

#[test]
fn the_tutorial_prints_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tutorial = std::fs::read_to_string(root.join("docs/tutorial.md")).expect("it is there");
    let place = crate::run::folder(&[]);
    let mut ran = 0;
    for (before, block) in tutorial.split("```").collect::<Vec<_>>().windows(2).step_by(2).map(|w| (w[0], w[1])) {
        let (_, body) = block.split_once('\n').expect("a block has lines");
        if let Some(name) = before.trim_end().strip_suffix("`:").and_then(|t| t.rsplit('`').next()) {
            std::fs::write(place.path().join(name), body).expect("a file");
        } else if let Some((line, shown)) = body.strip_prefix("$ totsugo ").and_then(|t| t.split_once('\n')) {
            let arguments = words(line);
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let done = crate::run::totsugo(place.path(), &arguments, &[]);
            assert_eq!(format!("{}{}", done.out, done.err).trim_end(), shown.trim_end(), "$ totsugo {line}");
            ran += 1;
        }
    }
    assert_eq!(ran, 5);
}

#[test]
fn the_example_of_an_accepted_finding_has_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = std::fs::read_to_string(root.join("docs/suppression.md")).expect("it is there");
    let plan = manual.split("```\n").nth(1).expect("a plan");
    let place = crate::run::folder(&[("a.plan", plan.as_bytes())]);
    let ran = crate::run::totsugo(place.path(), &["check"], &[]);
    let last = "指摘はありません（1文書を突合しました）。ほかに、許容した指摘が3件あります。\n";
    assert_eq!(ran.out, last);
    let printed = |arguments: &[&str]| {
        let place = crate::run::folder(&[]);
        std::fs::create_dir(place.path().join("specs")).expect("a folder");
        for file in std::fs::read_dir(root.join("specs")).expect("specs").flatten() {
            std::fs::copy(file.path(), place.path().join("specs").join(file.file_name())).expect("a copy");
        }
        let first = crate::run::totsugo(place.path(), &["baseline", "update", "specs"], &[]).out;
        first + &crate::run::totsugo(place.path(), arguments, &[]).out
    };
    let shown = manual.split("```console\n").nth(1).and_then(|t| t.split("```").next()).expect("a session");
    let lines: Vec<&str> = shown.lines().filter(|l| !l.starts_with("$ ")).collect();
    let ran = printed(&["check", "specs", "--baseline", "totsugo-baseline.json"]);
    assert_eq!(ran.lines().collect::<Vec<_>>(), lines);
}
