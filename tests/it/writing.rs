//! No write outside of what was named: no link in a stranger's folder leads a command out of it.
#![cfg(unix)]
use crate::run::{Ran, folder, totsugo};
use std::os::unix::fs::symlink;
use std::path::Path;

const PLAN: &str =
    "集計 \"a\" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | Ⅰ-1 | 4事業 | 4事業 | 3事業 | 70% |\n}\n";

/// Commands, and the file that each writes (`OUT` in the command, or the name that it has of itself).
const WRITERS: &[(&[&str], &str)] = &[
    (&["report", "a.plan"], "report.html"),
    (&["report", "a.plan", "-o", "OUT"], "x.html"),
    (&["check", "a.plan", "--output", "csv=OUT"], "x.csv"),
    (&["check", "一覧.xlsx", "--annotate", "OUT"], "x.xlsx"),
    (&["check", "一覧.xlsx", "--fix", "--unsafe-fixes", "-o", "OUT"], "x.xlsx"),
    (&["baseline", "update", "a.plan"], "totsugo-baseline.json"),
    (&["baseline", "update", "a.plan", "--baseline", "OUT", "--force"], "x.json"),
    (&["export", "a.plan", "-o", "OUT"], "x.json"),
    (&["import", "一覧.xlsx", "-o", "OUT"], "x.plan"),
    (&["graph", "a.plan", "-o", "OUT"], "x.dot"),
    (&["diff", "a.plan", "a.plan", "-o", "OUT"], "x.txt"),
    (&["new", "rule", "規則名"], "規則名.rules"),
    (&["new", "plan", "計画名", "-o", "OUT"], "x.plan"),
    (&["man", "-o", "."], "totsugo.1"),
];

fn workspace() -> tempfile::TempDir {
    let place = folder(&[("a.plan", PLAN.as_bytes())]);
    let made = totsugo(place.path(), &["export", "a.plan", "--format", "xlsx", "-o", "一覧.xlsx"], &[]);
    assert_eq!(made.status, 0, "{}", made.err);
    place
}

/// What lies in and below a folder, with its bytes.
fn all(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|e| (e.file_name().to_string_lossy().into_owned(), std::fs::read(e.path()).unwrap_or_default()))
        .collect();
    all.sort();
    all
}

fn run(place: &Path, arguments: &[&str], to: &str) -> Ran {
    let arguments: Vec<String> = arguments.iter().map(|a| a.replace("OUT", to)).collect();
    totsugo(place, &arguments.iter().map(String::as_str).collect::<Vec<_>>(), &[])
}

#[test]
fn a_link_to_a_file_elsewhere_is_not_written() {
    let mut harm = Vec::new();
    for (arguments, name) in WRITERS {
        let (place, outside) = (workspace(), folder(&[("precious", b"mine")]));
        for target in [outside.path().join("precious"), outside.path().join("not there yet")] {
            let link = place.path().join(name);
            let _ = std::fs::remove_file(&link);
            symlink(&target, &link).expect("a link");
            let ran = run(place.path(), arguments, name);
            let kept = all(outside.path()) == [("precious".to_owned(), b"mine".to_vec())] && link.is_symlink();
            if !kept || ran.status != 2 || !ran.err.contains(name) && !ran.out.contains(name) {
                harm.push(format!(
                    "{arguments:?} → {} ({kept}, {}): {}{}",
                    target.display(),
                    ran.status,
                    ran.out,
                    ran.err
                ));
            }
        }
    }
    assert!(harm.is_empty(), "{}", harm.join("\n"));
}

#[test]
fn nothing_is_written_through_a_link_to_a_folder_elsewhere() {
    let mut harm = Vec::new();
    let folders: &[(&[&str], &str)] = &[
        (&["compile", "a.plan", "--to", "sql", "--out", "OUT"], "sql"),
        (&["compile", "a.plan", "--to", "sql", "--out", "out"], ""),
        (&["man", "-o", "out"], ""),
        (&["man", "-o", "OUT"], "deep/man"),
        (&["init", "out"], ""),
        (&["init", "OUT"], "deep/new"),
        (&["check", "一覧.xlsx", "--annotate", "out"], ""),
        (&["check", "一覧.xlsx", "--fix", "--unsafe-fixes", "-o", "OUT"], "deep"),
    ];
    for (arguments, name) in WRITERS.iter().filter(|w| w.0.iter().any(|a| a.contains("OUT"))).chain(folders) {
        let (place, outside) = (workspace(), folder(&[]));
        symlink(outside.path(), place.path().join("out")).expect("a link");
        let ran = run(place.path(), arguments, &format!("out/{name}"));
        let kept = all(outside.path()).is_empty();
        if !kept || ran.status != 2 || !ran.err.contains("リンク") {
            harm.push(format!("{arguments:?} ({kept}, {}): {}{}", ran.status, ran.out, ran.err));
        }
    }
    assert!(harm.is_empty(), "{}", harm.join("\n"));
}

#[test]
fn a_link_that_stays_in_the_folder_is_followed_and_stays() {
    let place = workspace();
    std::fs::write(place.path().join("real.html"), "old").expect("a file");
    symlink("real.html", place.path().join("report.html")).expect("a link");
    let ran = totsugo(place.path(), &["report", "a.plan"], &[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(place.path().join("report.html").is_symlink());
    assert!(std::fs::read_to_string(place.path().join("real.html")).expect("a page").contains("<html"));
}

#[test]
fn files_are_laid_out_and_mended_where_they_were_named_only() {
    let torn = PLAN.replace("  |", "      |");
    for arguments in [&["fmt"][..], &["check", "--fix", "--unsafe-fixes"]] {
        let outside = folder(&[("p.plan", torn.as_bytes())]);
        let place = folder(&[]);
        symlink(outside.path().join("p.plan"), place.path().join("p.plan")).expect("a link");
        let ran = totsugo(place.path(), arguments, &[]);
        assert_eq!(std::fs::read_to_string(outside.path().join("p.plan")).expect("a plan"), torn, "{arguments:?}");
        assert!(ran.status == 2 && ran.err.contains("リンク"), "{arguments:?}: {}{}", ran.out, ran.err);
        // What a stranger's settings name is not what the user named.
        let settings = format!("paths: [{}]\n", outside.path().display());
        let place = folder(&[("totsugo.yaml", settings.as_bytes())]);
        let ran = totsugo(place.path(), arguments, &[]);
        assert_eq!(std::fs::read_to_string(outside.path().join("p.plan")).expect("a plan"), torn, "{arguments:?}");
        assert_eq!(ran.status, 2, "{arguments:?}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn settings_lead_no_writer_out_of_the_folder() {
    let outside = folder(&[("r/a.rules", b"# \n")]);
    let there = outside.path().display();
    let settings = format!("baseline: {there}/b.json\nrules: [{there}/r]\n");
    let place = folder(&[("totsugo.yaml", settings.as_bytes()), ("a.plan", PLAN.as_bytes())]);
    for arguments in [&["baseline", "update"][..], &["new", "rule", "規則名"]] {
        let ran = totsugo(place.path(), arguments, &[]);
        assert!(ran.status == 2 && ran.err.contains("フォルダの外"), "{arguments:?}: {}{}", ran.out, ran.err);
    }
    let names: Vec<String> = all(outside.path()).into_iter().map(|f| f.0).collect();
    assert!(names == ["r"] && all(&outside.path().join("r")).len() == 1);
    // Who names the place writes there.
    let path = format!("{there}/b.json");
    let ran = totsugo(place.path(), &["baseline", "update", "--baseline", &path], &[]);
    assert!(ran.status == 0 && outside.path().join("b.json").exists(), "{}{}", ran.out, ran.err);
}

/// To replace a device would take it away from the whole system.
#[test]
fn a_device_is_not_replaced() {
    let place = workspace();
    let pipe = place.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    let ran = totsugo(place.path(), &["report", "a.plan", "-o", "pipe"], &[]);
    assert!(ran.status == 2 && ran.err.contains("ふつうのファイルではない"), "{}", ran.err);
    // Nor is one read, which would never end.
    std::fs::remove_file(place.path().join("a.plan")).expect("a file");
    symlink("/dev/zero", place.path().join("zero.plan")).expect("a link");
    std::fs::rename(&pipe, place.path().join("pipe.plan")).expect("a name");
    let ran = totsugo(place.path(), &["check", "pipe.plan", "zero.plan"], &[]);
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert_eq!(ran.out.matches("unreadable-file").count(), 2, "{}", ran.out);
}
