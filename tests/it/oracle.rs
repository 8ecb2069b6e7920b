//! What the program finds is what a second implementation finds, which shares nothing with it: plain Python, written from
//! the manual and the semantics of calculation (`tests/oracle/`). Skipped, with a line that says so, where there is no
//! Python; `TOTSUGO_ORACLE_PYTHON` names one and promises that it is there.
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::random::Random;
use super::run::{home, totsugo};
use super::ten::corpus;

/// A finding: rule, file, line.
type Found = BTreeSet<(String, String, u64)>;

/// The Python to run; `None`, and a line that says what is missing, if there is none.
fn python() -> Option<String> {
    let given = std::env::var("TOTSUGO_ORACLE_PYTHON").ok();
    let python = given.clone().unwrap_or_else(|| "python3".into());
    if Command::new(&python).arg("--version").output().is_ok_and(|o| o.status.success()) {
        return Some(python);
    }
    assert!(given.is_none(), "{python} does not start, which TOTSUGO_ORACLE_PYTHON promises");
    // Not eprintln!, which a test that passes keeps to itself.
    let _ = writeln!(std::io::stderr(), "skipped: the second implementation; {python} is not installed");
    None
}

/// What the second implementation finds in each folder.
fn theirs(python: &str, which: &str, folders: &[PathBuf]) -> Vec<Found> {
    let script = home().join("tests/oracle/run.py");
    let done = Command::new(python).arg("-B").arg(script).arg(which).args(folders).output().expect("Python starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let out = String::from_utf8(done.stdout).expect("UTF-8");
    out.lines().map(|line| serde_json::from_str(line).expect("findings")).collect()
}

/// What the program finds in a folder, of the rules that are named.
fn ours(folder: &Path, rules: &[String]) -> Found {
    let mut arguments = vec!["check", ".", "--no-localize", "--format", "json"];
    rules.iter().for_each(|rule| arguments.extend(["--select", rule]));
    let ran = totsugo(folder, &arguments, &[]);
    assert!(ran.status < 2, "{}{}", ran.out, ran.err);
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    let text = |v: &Value| v.as_str().expect("a text").to_owned();
    let all = json["findings"].as_array().expect("a list").iter().map(|f| {
        let at = &f["location"];
        (text(&f["rule"]), text(&at["path"]), at["line"].as_u64().expect("a line"))
    });
    all.filter(|f| rules.contains(&f.0)).collect()
}

/// Demands that both find the same in every folder; how many findings of each rule there were.
fn agree(python: &str, which: &str, folders: &[PathBuf], rules: &[String]) -> Vec<(String, usize)> {
    let theirs = theirs(python, which, folders);
    assert_eq!(theirs.len(), folders.len());
    let mut counts: Vec<(String, usize)> = rules.iter().map(|rule| (rule.clone(), 0)).collect();
    for (folder, theirs) in folders.iter().zip(theirs) {
        let ours = ours(folder, rules);
        let differ = |a: &Found, b: &Found| {
            let lines = a.difference(b).take(12).map(|(rule, file, line)| {
                let text = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
                let row = text.lines().nth(usize::try_from(*line).expect("a line") - 1).unwrap_or_default().to_owned();
                format!("\n  {rule} {file}:{line} {row}")
            });
            lines.collect::<String>()
        };
        let (more, less) = (differ(&ours, &theirs), differ(&theirs, &ours));
        assert!(more.is_empty() && less.is_empty(), "{folder:?}: only ours:{more}\nonly theirs:{less}");
        for (rule, count) in &mut counts {
            *count += ours.iter().filter(|f| f.0 == *rule).count();
        }
    }
    counts
}

/// Rules and beside each its opposite (`c1`, `n1`), so that what holds, what fails and what is not judged are all seen. A
/// rule that holds printings against each other has none: its opposite would call those in dispute that agree.
fn with_opposites(rules: &str) -> String {
    let mut out = String::new();
    let mut rest = rules;
    while let Some(at) = rest.find("\n規則 ") {
        out.push_str(rest.get(..at).expect("before"));
        let body = rest.get(at + 1..).expect("after");
        let end = body.find("\n  解説 ").expect("an explanation");
        let bare = body.get(..end).expect("the rule").to_owned();
        let close = body.find("\n}").expect("the end of the rule") + 2;
        rest = body.get(close..).expect("what follows");
        out.push_str(&format!("\n{bare}\n}}\n"));
        let (head, check) = bare.split_once("\n  検査 ").expect("a check");
        let (check, tail) = check.split_once("\n  指摘 ").expect("a finding");
        let (name, more) = head.split_once(" {").expect("a head");
        let opposite = name.replacen(" c", "の逆 n", 1);
        assert_ne!(opposite, name, "{name}");
        if !check.contains("同値") {
            out.push_str(&format!("{opposite} {{{more}\n  検査 否 ({check})\n  指摘 {tail}\n}}\n"));
        }
    }
    out + rest
}

const TORN: &str = "判読不能";

/// A printed figure of any form that the manual knows.
fn figure(random: &mut Random) -> String {
    let n = random.below(200);
    match random.below(24) {
        0 => TORN.into(),
        1 => "－".into(),
        2 => "作成中".into(),
        3 => format!("約{n}"),
        4 => format!("{n}件以上"),
        5 => format!("{n}人"),
        6 => format!("{}.{}%", n % 100, n % 7),
        7 => format!("{n}百万枚"),
        8 => format!("△{n}"),
        9 => format!("{n}名程度"),
        10 => format!("{}万{}千人", n % 9 + 1, n % 10),
        11 => format!("{n}.0"),
        12 => format!("{n}（※）"),
        13 => n.to_string().chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).expect("a digit")).collect(),
        _ => n.to_string(),
    }
}

/// Puts other texts into cells of a CSV file: torn ones, empty ones, those of other rows, figures of all forms. The columns
/// that say which document a row is of are left alone.
fn disturb(path: &Path, random: &mut Random) {
    let text = std::fs::read_to_string(path).expect("UTF-8");
    let mut rows: Vec<Vec<String>> = text.lines().map(|l| l.split(',').map(str::to_owned).collect()).collect();
    for at in 1..rows.len() {
        if random.below(8) > 0 {
            continue;
        }
        let column = 3 + random.below(rows[0].len() - 3);
        let other = 1 + random.below(rows.len() - 1);
        let name = rows[0][column].clone();
        let figures = name.starts_with("t_") || matches!(name.as_str(), "actual_r4" | "rate");
        rows[at][column] = match random.below(8) {
            0 | 1 => TORN.to_owned(),
            2 => String::new(),
            3 if !figures => ["No3", "③", "（7）", "３", " 5 ", "二"][random.below(6)].to_owned(),
            3..=5 if figures => figure(random).replace(',', ""),
            _ => rows[other][column].clone(),
        };
    }
    let rows: Vec<String> = rows.into_iter().map(|cells| cells.join(",") + "\n").collect();
    std::fs::write(path, rows.concat()).expect("a file");
}

/// Corpora of the ten checks, the rules with their opposites; the first few as they are made, with the injected faults
/// alone.
fn ten_folders(place: &Path, seeds: std::ops::Range<u64>) -> Vec<PathBuf> {
    let first = seeds.start;
    let one = |seed: u64| {
        let folder = place.join(seed.to_string());
        corpus::corpus(if seed == first { 1000 } else { 300 }, &folder, corpus::Form::Csv, seed);
        let path = folder.join("ten.rules");
        let rules = std::fs::read_to_string(&path).expect("the rules");
        std::fs::write(&path, with_opposites(&rules)).expect("a file");
        if seed >= first + 4 {
            let mut random = Random::new(seed);
            disturb(&folder.join("detail.csv"), &mut random);
            disturb(&folder.join("summary.csv"), &mut random);
        }
        folder
    };
    seeds.map(one).collect()
}

#[test]
fn the_ten_checks_find_what_a_second_implementation_finds() {
    let Some(python) = python() else { return };
    let place = tempfile::tempdir().expect("a folder");
    let folders = ten_folders(place.path(), 100..120);
    let rules: Vec<String> = (1..=10).flat_map(|n| [format!("c{n}"), format!("n{n}")]).collect();
    let counts = agree(&python, "ten", &folders, &rules);
    println!("{counts:?}");
    for (rule, count) in counts {
        assert!(count >= 20, "{rule} was seen {count} times only");
    }
}

const RULES: &str = include_str!("../oracle/figures.rules");
const MAPPING: &str = include_str!("../oracle/figures.mapping.yaml");

/// Tenths of tenths: so many with so many decimal places, in a way in which people print them.
fn printed(random: &mut Random, value: i64, places: usize, unit: &str) -> String {
    let (sign, size) = (if value < 0 { "△" } else { "" }, value.unsigned_abs());
    let by = 10_u64.pow(u32::try_from(places).expect("few"));
    let (whole, rest) = (size / by, size % by);
    let grouped = if (1000..1_000_000).contains(&whole) && random.below(2) == 0 {
        format!("{},{:03}", whole / 1000, whole % 1000)
    } else {
        whole.to_string()
    };
    let decimals = if places == 0 { String::new() } else { format!(".{rest:0places$}") };
    let text = format!("{sign}{grouped}{decimals}{unit}");
    match random.below(40) {
        0 => TORN.into(),
        1 => "-".into(),
        2 => "作成中".into(),
        3 => format!("約{text}"),
        4 => format!("{text}以上"),
        5 => format!("{text}未満"),
        6 => format!("{text}超"),
        7 => format!("{text}以下"),
        8 => format!("{text}程度"),
        9 => format!("{text}(※)"),
        10..=13 => text.chars().map(wide).collect(),
        _ => text,
    }
}

fn wide(c: char) -> char {
    if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).expect("a wide one") } else { c }
}

/// `value` tenths of a place, to a place: the number of places, by chance a little beside it.
fn near(random: &mut Random, value: i64, by: i64) -> i64 {
    let place = by.max(1);
    value.div_euclid(place) + [0, 0, 0, 1, 0, -1, 1, 2][random.below(8)]
}

/// Rows of three figures of which the first is often the sum, the difference or a printing of another, and a rate.
fn figures(random: &mut Random) -> String {
    let mut out = String::from("doc,rounding,row,group,a,b,c,x,rate\n");
    for (document, rounding) in ["四捨五入", "切り捨て", "切り上げ"].into_iter().enumerate() {
        // A torn name of a group leaves every group of the document open.
        let torn = random.below(3) == 0;
        let mut one = 0;
        for row in 1..=40_i64 {
            let group = match random.below(if torn { 12 } else { 1200 }) {
                0 => TORN.to_owned(),
                1 => String::new(),
                _ => format!("{}{}", if (row / 3) % 2 == 0 { "同" } else { "組" }, row / 3),
            };
            let unit = random.pick(&["", "", "", "件", "人", "名", "%", "万円", "百万枚", "千人"]);
            let other = if random.below(12) == 0 { "人" } else { unit };
            let places = random.below(3);
            let power = |n: usize| 10_i64.pow(u32::try_from(n).expect("few"));
            // In the finest places.
            let size = [100, 1_000, 100_000, 5_000_000][random.below(4)];
            let b = i64::try_from(random.below(size)).expect("small") - if random.below(9) == 0 { 500 } else { 0 };
            let c = i64::try_from(random.below(size)).expect("small");
            let x = i64::try_from(random.below(300)).expect("small");
            let coarse = random.below(places + 1);
            let a = match random.below(6) {
                0 => b,
                1 => b - c,
                2 => b + x * power(places),
                3 => x * power(places),
                _ => b + c,
            };
            // Printings of one figure, mostly, in groups of that kind.
            if row % 3 == 0 {
                one = b;
            }
            let (a, places, unit) = if group.starts_with('同') && random.below(4) > 0 {
                (one, places.max(1), "%")
            } else {
                (a, places, unit)
            };
            let a = near(random, a, power(places - coarse));
            let rate = if c == 0 { 0 } else { 1000 * b / if random.below(2) == 0 { c } else { (b + c).max(1) } };
            let rate_places = random.below(2);
            let rate = near(random, rate, power(1 - rate_places));
            let exact = if random.below(2) == 0 { x } else { (b + c) / power(places) };
            let sign = if random.below(4) == 0 { "" } else { "%" };
            let cells = [
                printed(random, a, coarse, unit),
                printed(random, b, places, other),
                printed(random, c, places, unit),
                printed(random, exact, 0, unit),
                printed(random, rate, rate_places, sign),
            ];
            let cells: Vec<String> = cells.iter().map(|c| format!("\"{c}\"")).collect();
            out += &format!("D{document},{rounding},{row},{group},{}\n", cells.join(","));
        }
    }
    out
}

fn figure_folders(place: &Path, seeds: std::ops::Range<u64>) -> Vec<PathBuf> {
    let one = |seed: u64| {
        let folder = place.join(seed.to_string());
        std::fs::create_dir(&folder).expect("a folder");
        let put = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
        put("figures.rules", &with_opposites(RULES));
        put("figures.mapping.yaml", MAPPING);
        put("figures.csv", &figures(&mut Random::new(seed)));
        folder
    };
    seeds.map(one).collect()
}

#[test]
fn what_printed_figures_denote_is_what_a_second_implementation_says() {
    let Some(python) = python() else { return };
    let place = tempfile::tempdir().expect("a folder");
    let folders = figure_folders(place.path(), 0..40);
    let rules: Vec<String> = (1..=15).flat_map(|n| [format!("c{n}"), format!("n{n}")]).filter(|r| r != "n14").collect();
    let counts = agree(&python, "figures", &folders, &rules);
    println!("{counts:?}");
    for (rule, count) in counts {
        assert!(count >= 20, "{rule} was seen {count} times only");
    }
}

/// The tools of accountants and statisticians: how they are called here, and the Python package.
const TOOLS: [(&str, &str); 2] = [("arelle", "arelle"), ("vtl", "vtlengine")];

/// Demands that a tool, where it is there, says of each figure that it can be asked what the program says.
fn tool_agrees(tool: &str, folders: &[PathBuf]) {
    let Some(python) = python() else { return };
    let package = TOOLS.iter().find(|t| t.0 == tool).expect("a tool").1;
    if !Command::new(&python).args(["-c", &format!("import {package}")]).output().is_ok_and(|o| o.status.success()) {
        let promised = std::env::var("TOTSUGO_ORACLE_PYTHON").is_ok();
        assert!(!promised, "{python} lacks {package}, which TOTSUGO_ORACLE_PYTHON promises");
        let _ =
            writeln!(std::io::stderr(), "skipped: figures in {tool}; the Python package {package} is not installed");
        return;
    }
    let script = home().join("tests/oracle/tools.py");
    let done = Command::new(&python).arg("-B").arg(script).arg(tool).args(folders).output().expect("Python starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let out = String::from_utf8(done.stdout).expect("UTF-8");
    let mut asked = std::collections::BTreeMap::<(u32, bool), usize>::new();
    for (folder, line) in folders.iter().zip(out.lines()) {
        let said: Vec<(u32, u64, bool)> = serde_json::from_str(line).expect("answers");
        let rules: Vec<String> = [1, 4, 6, 14].iter().flat_map(|n| [format!("c{n}"), format!("n{n}")]).collect();
        let name = if tool == "vtl" { "ten.rules" } else { "figures.rules" };
        let text = std::fs::read_to_string(folder.join(name)).expect("the rules");
        let rules: Vec<String> = rules.into_iter().filter(|r| text.contains(&format!(" {r} {{"))).collect();
        let ours = ours(folder, &rules);
        for (number, line, holds) in said {
            let rule = format!("{}{number}", if holds { "n" } else { "c" });
            let there = ours.iter().any(|f| f.0 == rule && f.2 == line);
            assert!(there, "{tool} says that {number} is {holds} in {folder:?} line {line}");
            *asked.entry((number, holds)).or_default() += 1;
        }
    }
    println!("{tool}: {asked:?}");
    assert!(asked.len() >= 2 && asked.values().all(|n| *n >= 3), "{tool} was asked too little: {asked:?}");
}

#[test]
fn figures_denote_what_arelle_says() {
    let place = tempfile::tempdir().expect("a folder");
    tool_agrees("arelle", &figure_folders(place.path(), 100..130));
}

#[test]
fn sums_are_what_vtl_says() {
    let place = tempfile::tempdir().expect("a folder");
    tool_agrees("vtl", &ten_folders(place.path(), 200..206));
}
