//! Rules as SQL find what a check finds: in DuckDB and in Spark, where Python has them (`duckdb`, `pyspark`).
//!
//! `TOTSUGO_SQL_PYTHON` names a Python that has them; with it, what is missing fails the tests instead of being skipped.
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::run::{folder, home, totsugo};
use super::ten::corpus;

const ENGINES: [(&str, &str); 2] = [("duckdb", "duckdb"), ("spark", "pyspark")];

/// A finding: rule, severity, path, place, line, column, message.
type Finding = (String, String, String, String, u64, u64, String);

/// The Python that has an engine; `None`, and a line that says what is missing, if there is none.
fn python(engine: &str, package: &str) -> Option<String> {
    let given = std::env::var("TOTSUGO_SQL_PYTHON").ok();
    let python = given.clone().unwrap_or_else(|| "python3".into());
    let there = Command::new(&python).args(["-c", &format!("import {package}")]).output();
    let there = there.is_ok_and(|o| o.status.success());
    let java = engine != "spark" || Command::new("java").arg("-version").output().is_ok_and(|o| o.status.success());
    if there && java {
        return Some(python);
    }
    let missing = if there { "java".to_owned() } else { format!("the Python package {package}") };
    assert!(given.is_none(), "{python} lacks {missing}, which TOTSUGO_SQL_PYTHON promises");
    // Not eprintln!, which a test that passes keeps to itself.
    let _ = writeln!(std::io::stderr(), "skipped: rules as SQL in {engine}; {missing} is not installed");
    None
}

/// What an engine finds in compiled folders.
fn found(engine: &str, python: &str, folders: &[PathBuf]) -> Vec<Vec<Finding>> {
    let script = home().join("tests/files/sql/run.py");
    let done = Command::new(python).arg(script).arg(engine).args(folders).output().expect("Python starts");
    let err = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{engine}: {err}");
    let out = String::from_utf8(done.stdout).expect("UTF-8");
    let all = out.lines().map(|line| {
        let mut rows: Vec<Finding> = serde_json::from_str(line).expect("findings");
        rows.sort();
        rows
    });
    all.collect()
}

/// What the program itself finds, of the rules in a set.
fn own(home: &Path, arguments: &[&str], rules: &BTreeSet<String>) -> Vec<Finding> {
    let mut all = vec!["check", ".", "--no-localize", "--format", "json"];
    all.extend(arguments);
    let ran = totsugo(home, &all, &[]);
    assert!(ran.status < 2, "{}{}", ran.out, ran.err);
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    let codes: BTreeSet<String> = known_rules();
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let all = json["findings"].as_array().expect("a list").iter();
    let mut all: Vec<Finding> = all
        .filter(|f| rules.contains(&text(&f["rule"])) || !codes.contains(&text(&f["rule"])))
        .map(|f| {
            let at = &f["location"];
            let (line, column) = (at["line"].as_u64().expect("a line"), at["column"].as_u64().expect("a column"));
            let place = match (at["sheet"].as_str(), at["cell"].as_str()) {
                (None, None) => format!("{line}:{column}"),
                (sheet, cell) => {
                    let sheet = sheet.map_or_else(String::new, |s| format!("{s}!"));
                    sheet + cell.unwrap_or_default().split(':').next().unwrap_or_default()
                }
            };
            (text(&f["rule"]), text(&f["severity"]), text(&at["path"]), place, line, column, text(&f["message"]))
        })
        .collect();
    all.sort();
    all
}

/// The built-in rules.
fn built_in() -> BTreeSet<String> {
    let mut sources = totsugo::text::Sources::default();
    let pack = totsugo::rules::Pack::load(&mut sources, &[]);
    pack.rules.iter().map(|r| totsugo::rules::code(r).to_owned()).collect()
}

/// All rules that the projects have; the other codes are those of faults of form.
fn known_rules() -> BTreeSet<String> {
    let own = (1..=10).map(|n| format!("c{n}")).chain((1..=7).map(|n| format!("x{n}")));
    built_in().into_iter().chain(own).collect()
}

/// The rules that a compiled folder has, and those that it names as left out.
fn manifest(folder: &Path) -> (BTreeSet<String>, BTreeSet<String>) {
    let text = std::fs::read_to_string(folder.join("manifest.json")).expect("a manifest");
    let json: Value = serde_json::from_str(&text).expect("JSON");
    let names = |key: &str| -> BTreeSet<String> {
        let all = json[key].as_array().expect("a list").iter();
        all.map(|r| r["rule"].as_str().expect("a rule").to_owned()).collect()
    };
    (names("rules"), names("not_expressed"))
}

/// Compiles what a folder holds, to a folder outside of it.
fn compile(home: &Path, out: &Path, dialect: &str, arguments: &[&str]) -> i32 {
    let out = out.to_str().expect("a path");
    let mut all = vec!["compile", ".", "--to", "sql", "--dialect", dialect, "--out", out];
    all.extend(arguments);
    let ran = totsugo(home, &all, &[]);
    assert!(ran.status < 2, "{}{}", ran.out, ran.err);
    ran.status
}

/// Demands of each engine that is there what the program finds in each of some projects. The last of them have many rules,
/// of which Spark makes plans that take minutes and outgrow a driver of 3 GB: it is asked for the first, the benchmark.
fn same(projects: &[(&Path, &[&str])]) {
    for (engine, package) in ENGINES {
        let Some(python) = python(engine, package) else { continue };
        let most = if engine == "spark" { 1 } else { projects.len() };
        let projects = projects.get(..most).expect("some");
        let outs = tempfile::tempdir().expect("a folder");
        let mut folders = Vec::new();
        for (number, (project, arguments)) in projects.iter().enumerate() {
            let out = outs.path().join(number.to_string());
            compile(project, &out, engine, arguments);
            folders.push(out);
        }
        let all = found(engine, &python, &folders);
        assert_eq!(all.len(), projects.len());
        for ((found, out), (project, arguments)) in all.into_iter().zip(&folders).zip(projects) {
            let (rules, left) = manifest(out);
            let named = arguments.contains(&"--select");
            assert!(!named || left.is_empty(), "{engine}: {left:?}");
            let own = own(project, arguments, &rules);
            let (more, less): (Vec<_>, Vec<_>) = (
                found.iter().filter(|f| !own.contains(f)).collect(),
                own.iter().filter(|f| !found.contains(f)).collect(),
            );
            assert!(more.is_empty() && less.is_empty(), "{engine}: too many: {more:#?}\ntoo few: {less:#?}");
            assert_eq!(found, own, "{engine}");
        }
    }
}

const TEN: [&str; 20] = [
    "--select", "c1", "--select", "c2", "--select", "c3", "--select", "c4", "--select", "c5", "--select", "c6",
    "--select", "c7", "--select", "c8", "--select", "c9", "--select", "c10",
];

/// A project of the ten checks in which cells are torn, missing, words, percentages and marked as unsure.
const TORN: &str = r#"文書 甲-R4 { 計画 "甲"; 版 1 }
明細表 "明細" {
  | 行番 | 番号 | 分野名 | 再掲番号 | KPI番号 | KPI名 | 向き | 目標R4 | 目標R5 | 目標R6 | 目標R7 | 実績R4 | 状況語 | 再掲KPI |
  | 1 | 1 | Ⅰ | | 1 | 件数（累計） | 以上 | 10件 | 9件 | 12件 | 判読不能 | 1,234.5件 | 達成 | |
  | 2 | 判読不能 | Ⅰ | | 2 | 普及率 | 以上 | 50% | 60.5% | 0.705 | 80% | 49.9% | 達成 | |
  | 3 | 3 | Ⅰ | 判読不能 | 再掲 | 普及率 | 以上 | 50% | 60.5% | 70.5% | 80% | 49.9% | 達成 | 2 |
  | 4 | 4 | Ⅱ | 1 | 再掲 | 件数（累計） | 以上 | 10件 | 9件 | 12件以上 | 作成中 | | － | 1 |
  | 5 | 6 | Ⅱ | 9 | 再掲 | it's a \ "件数" | 以下 | 約10件 | 9件 | 12人 | - | 11件 | 一部達成 | 判読不能 |
  | 6 | 7 | 判読不能 | 4 | 再掲 | 普及率 | 以下 | 10件 | 9件 | 12件 | 13件 | 9件 | 一部達成 | 7 |
  | 判読不能 | 8 | Ⅱ | | 3 | 満足度 | 以上 | 3点 | | 4点 | | 2点 | 判読不能 | |
  | 1,001 | 9 | Ⅱ | 3 | 4 | 判読不能 | 以上 | 判読不能 | | 4 | 5点 | 2点 | 達成 | |
}
総括表 "総括" {
  | 行番 | 分野名 | 事業数 | 設定数 | 達成数 | 率 |
  | 1 | Ⅰ | 3 | 3 | 2 | 66.67% |
  | 2 | Ⅱ | 5 | 0 | 0 | - |
  | 3 | Ⅲ | 0 | 判読不能 | 1 | 100% |
  | 4 | Ⅳ | 1 | 3 | 1 | 33% |
  | 5 | Ⅴ | 1 | 0 | 1 | 100% |
  | 6 | 合計 | 10 | 6 | 5 | 83.3% |
}

文書 甲-R5 { 計画 "甲"; 版 2; 読取 低 }
明細表 "明細" {
  | 行番 | 番号 | 分野名 | 再掲番号 | KPI番号 | KPI名 | 向き | 目標R4 | 目標R5 | 目標R6 | 目標R7 | 実績R4 | 状況語 | 再掲KPI |
  | 1 | 2 | Ⅰ | | 1 | 件数（累計） | 以上 | 10件 | 9件 | 13件 | 14件 | 10件 | 一部達成 | |
  | 2 | 3 | Ⅰ | | 2 | ｆ普及率 | 以上 | 0.5 | 60.50% | 70.5% | 81% | 50.0% | 一部達成 | |
  | 3 | 3 | Ⅰ | | 3 | 普及率 | 以上 | 0.5 | 60.50% | 70.5% | 81% | 50.0% | 達成 | |
}
総括表 "総括" {
  | 行番 | 分野名 | 事業数 | 設定数 | 達成数 | 率 |
  | 1 | Ⅰ | 3 | 3 | 2 | 67% |
  | 2 | 合計 | 3 | 3 | 2 | 66.666666666666666667% |
}
"#;

/// What the ten checks do not use: conditions on what lies outside, means, extremes, kinds, intervals, quotients.
const MORE: &str = r#"
規則 外だけの条件 x1 { 重大度 警告
  対象 行 ∈ 総括
  検査 ある{ 別 ∈ 総括, 別.行番 = 9999, 行.設定数 = 3 }
  指摘 行.行番 "{行.設定数} {行.文書}" en "{行.設定数} {行.文書}" }
規則 平均の例 x2 { 重大度 もし 行.分野名 = "合計" ならば 誤り それ以外 警告
  対象 行 ∈ 総括
  検査 平均{ 別.達成数 | 別 ∈ 総括, 別.文書 = 行.文書, 別.分野名 = 行.分野名 } ≤ 0.5
  指摘 行.行番 "{最大{ 別.事業数 | 別 ∈ 総括, 別.文書 = 行.文書 }}" en "{最大{ 別.事業数 | 別 ∈ 総括, 別.文書 = 行.文書 }}" }
規則 すべての例 x3 { 重大度 警告
  対象 行 ∈ 明細
  検査 すべて{ 別 ∈ 明細, 別.文書 = 行.文書, 別.分野名 = 行.分野名 : 別.目標R5 ≥ 行.目標R5 }
  指摘 行.目標R5 "{行.目標R5} {行.目標R7}" en "{行.目標R5} {行.目標R7}"
  参考 各 別 ∈ 明細, 別.文書 = 行.文書, 別.分野名 = 行.分野名 : 別.目標R5 "{別.目標R5}" en "{別.目標R5}" }
規則 種類の例 x4 { 重大度 警告
  対象 行 ∈ 総括
  検査 種類数{ 別.向き | 別 ∈ 明細, 別.文書 = 行.文書 } = 1
  指摘 行 "{種類数{ 別.向き | 別 ∈ 明細, 別.文書 = 行.文書 }}" en "{種類数{ 別.向き | 別 ∈ 明細, 別.文書 = 行.文書 }}" }
規則 幅の例 x5 { 重大度 警告
  対象 行 ∈ 明細
  検査 行.目標R4 + 行.目標R5 ≈ 行.目標R6 - 行.目標R4 × 2 かつ 行.目標R4 ≈ 行.実績R4
  指摘 行.目標R6 "{行.目標R4 + 行.目標R5} {行.実績R4:万}" en "{行.目標R4 + 行.目標R5:%1}" }
規則 商の例 x6 { 重大度 警告
  対象 行 ∈ 明細
  検査 行.目標R4 ÷ 行.目標R5 < 行.目標R6 ÷ 行.目標R7 または 行.状況語 ∈ {"達成", "－"}
  指摘 行.目標R4 "{行.目標R4} {切り捨て(行.目標R4 ÷ 行.目標R5, 2)}" en "{行.目標R4 ÷ 行.目標R5:%}" }
規則 読めない例 x7 { 重大度 警告
  対象 行 ∈ 明細
  検査 否 (行.目標R7 は 判読不能 または 行.目標R7 は 文字 または 行.状況語 一致 "^一部")
  指摘 行.目標R7 "{行.目標R7} {行.KPI名}" en "{行.目標R7} {行.KPI名}" }
"#;

#[test]
fn the_engines_find_what_the_program_finds() {
    let ten = tempfile::tempdir().expect("a folder");
    corpus::corpus(1000, ten.path(), corpus::Form::Csv, 1);
    let rules = std::fs::read(home().join("benches/ten/ten.rules")).expect("the rules");
    let torn = folder(&[
        ("ten.rules", &rules),
        ("more.rules", MORE.as_bytes()),
        ("甲.plan", TORN.as_bytes()),
        ("乙.plan", "文書 乙 { 年度 平成32年度 }\n".as_bytes()),
    ]);
    let more: Vec<String> = (1..=7).map(|n| format!("x{n}")).collect();
    let mut with_more = TEN.to_vec();
    more.iter().for_each(|rule| with_more.extend(["--select", rule]));
    let examples = examples();
    same(&[
        (ten.path(), &TEN),
        (torn.path(), &with_more),
        (&home().join("specs"), &["--min-severity", "info"]),
        (examples.path(), &["--min-severity", "info", "--lang", "en"]),
    ]);
}

/// The plans that stand beside the built-in rules as their tests, each a file: every rule passes and fails in some.
fn examples() -> tempfile::TempDir {
    let mut sources = totsugo::text::Sources::default();
    let pack = totsugo::rules::Pack::load(&mut sources, &[]);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for rule in &pack.rules {
        for (number, test) in rule.about.tests.iter().enumerate() {
            let name = format!("{}-{number}.plan", totsugo::rules::code(rule));
            files.push((name, sources.text(test.plan).as_bytes().to_vec()));
        }
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    folder(&files)
}

#[test]
fn what_cannot_be_expressed_is_named() {
    let out = tempfile::tempdir().expect("a folder");
    let project = folder(&[("a.plan", "事業 1 \"甲\"\n".as_bytes())]);
    let folder = out.path().join("out");
    let there = folder.to_str().expect("a path");
    let arguments = ["compile", ".", "--to", "sql", "--out", there, "--lang", "en"];
    let ran = totsugo(project.path(), &arguments, &[]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""), "{}", ran.out);
    let (rules, left) = manifest(&folder);
    let all: BTreeSet<String> = rules.union(&left).cloned().collect();
    assert_eq!(all, built_in(), "every rule is either there or named");
    assert!(rules.is_disjoint(&left) && rules.len() >= MOST, "{} rules, left out: {left:?}", rules.len());
    for rule in &left {
        assert!(ran.out.contains(&format!("  {rule}: ")), "{rule} is not named: {}", ran.out);
    }
    for rule in &rules {
        assert!(folder.join(format!("rules/{rule}.sql")).is_file(), "{rule}");
    }
    // A second time there is something in the way, and it stays as it is.
    let again = totsugo(project.path(), &arguments, &[]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("There is something in"), "{}", again.err);
    let fine = out.path().join("fine");
    assert_eq!(compile(project.path(), &fine, "spark", &["--select", "program-number-gap"]), 0);
}

/// Built-in rules that can be expressed where nothing stands in the way.
const MOST: usize = 80;

#[test]
fn the_same_project_gives_the_same_bytes() {
    let out = tempfile::tempdir().expect("a folder");
    let mut all: Vec<Vec<(PathBuf, Vec<u8>)>> = Vec::new();
    for name in ["a", "b"] {
        let folder = out.path().join(name);
        compile(&home().join("specs"), &folder, "duckdb", &[]);
        let mut files = Vec::new();
        for part in ["", "facts", "rules"] {
            for entry in
                std::fs::read_dir(folder.join(part)).expect("a folder").flatten().filter(|e| e.path().is_file())
            {
                let bytes = std::fs::read(entry.path()).expect("a file");
                files.push((Path::new(part).join(entry.file_name()), bytes));
            }
        }
        files.sort();
        all.push(files);
    }
    assert!(all[0] == all[1]);
}

#[test]
fn the_queries_of_some_rules() {
    let project = tempfile::tempdir().expect("a folder");
    corpus::corpus(300, project.path(), corpus::Form::Csv, 1);
    let out = tempfile::tempdir().expect("a folder");
    for dialect in ["duckdb", "spark"] {
        let folder = out.path().join(dialect);
        assert_eq!(compile(project.path(), &folder, dialect, &TEN), 0);
        for rule in ["c5", "c6"] {
            let text = std::fs::read_to_string(folder.join(format!("rules/{rule}.sql"))).expect("a query");
            insta::assert_snapshot!(format!("{rule}_{dialect}"), text);
        }
    }
}
