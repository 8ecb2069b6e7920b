//! `check --changed-since REV` over real repositories.
use std::path::Path;
use std::process::Command;

use crate::run::{Ran, findings, folder, home, totsugo};

const WRONG: &str = "  | Ⅰ-1 | 4事業   | 3事業 | 70%    |\n";
const ALSO: &str = "  | Ⅰ-2 | 8事業   | 4事業 | 40%    |\n";

fn plan(code: &str, rows: &str) -> String {
    format!("文書 {code} {{\n  年度 R6\n}}\n集計 \"例\" R4 {{\n  | 項番 | KPI設定 | 達成  | 達成率 |\n{rows}}}\n")
}

fn git(place: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let done = command
        .current_dir(place)
        .args(identity)
        .args(["-c", "commit.gpgSign=false", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git is there");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

/// A repository with one commit of these files.
fn repository(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let place = folder(files);
    git(place.path(), &["init", "--quiet", "."]);
    commit(&place);
    place
}

fn commit(place: &tempfile::TempDir) {
    git(place.path(), &["add", "--all"]);
    git(place.path(), &["commit", "--quiet", "--allow-empty", "--message", "a"]);
}

fn write(place: &tempfile::TempDir, name: &str, text: &str) {
    std::fs::write(place.path().join(name), text).expect("a file");
}

fn since(place: &tempfile::TempDir, revision: &str, more: &[&str]) -> Ran {
    let revision = format!("--changed-since={revision}");
    totsugo(place.path(), &[&["check", ".", &revision], more].concat(), &[])
}

/// What is shown as `rule text`, and how many findings there were before.
fn new(place: &tempfile::TempDir, revision: &str) -> (Vec<String>, u64) {
    let ran = since(place, revision, &["--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let found: Vec<String> = findings(&ran).into_iter().map(|(rule, text, _)| format!("{rule} {text}")).collect();
    assert_eq!(ran.status, i32::from(!found.is_empty()), "{}", ran.err);
    (found, summary["summary"]["before"].as_u64().expect("a number"))
}

#[test]
fn only_what_a_change_brought_is_shown_and_makes_the_run_fail() {
    let place = repository(&[("a.plan", plan("資料2-1", WRONG).as_bytes())]);
    assert_eq!(new(&place, "HEAD"), (vec![], 1));
    let ran = since(&place, "HEAD", &[]);
    assert_eq!(ran.out, "指摘はありません（1文書を突合しました）。ほかに、変更の前からあった指摘が1件あります。\n");
    let ran = since(&place, "HEAD", &["--lang", "en"]);
    assert!(ran.out.contains("1 finding from before the change"), "{}", ran.out);
    // Another fault, and lines that have moved.
    write(&place, "a.plan", &format!("# 注\n\n{}", plan("資料2-1", &format!("{ALSO}{WRONG}"))));
    assert_eq!(new(&place, "HEAD"), (vec!["achievement-rate 40%".to_owned()], 1));
    commit(&place);
    assert_eq!(new(&place, "HEAD"), (vec![], 2));
    assert_eq!(new(&place, "HEAD~1"), (vec!["achievement-rate 40%".to_owned()], 1));
    // The figure is another, so the finding is.
    write(&place, "a.plan", &plan("資料2-1", &format!("{ALSO}{}", WRONG.replace("70%", "71%"))));
    assert_eq!(new(&place, "HEAD"), (vec!["achievement-rate 71%".to_owned()], 1));
    // Mended: nothing is new.
    write(&place, "a.plan", &plan("資料2-1", &WRONG.replace("70%", "75%")));
    assert_eq!(new(&place, "HEAD"), (vec![], 0));
    // A new file that git has not been told of.
    write(&place, "b.plan", &plan("資料2-2", WRONG));
    assert_eq!(new(&place, "HEAD"), (vec!["achievement-rate 70%".to_owned()], 0));
}

#[test]
fn equal_findings_are_counted() {
    let row = "  | 計  | 4事業   | 3事業 | 70%    |\n";
    let place = repository(&[("a.plan", plan("資料2-1", row).as_bytes())]);
    write(&place, "a.plan", &plan("資料2-1", &row.repeat(3)));
    let (found, before) = new(&place, "HEAD");
    assert_eq!((found.iter().filter(|f| *f == "achievement-rate 70%").count(), before), (2, 1), "{found:?}");
}

#[test]
fn renamed_moved_and_deleted_files_bring_nothing() {
    let other = plan("資料2-2", ALSO);
    let place = repository(&[("a.plan", plan("資料2-1", WRONG).as_bytes()), ("旧/b.plan", other.as_bytes())]);
    std::fs::create_dir(place.path().join("新")).expect("a folder");
    std::fs::rename(place.path().join("a.plan"), place.path().join("新/い ろ は.plan")).expect("moved");
    assert_eq!(new(&place, "HEAD"), (vec![], 2));
    std::fs::remove_dir_all(place.path().join("旧")).expect("deleted");
    assert_eq!(new(&place, "HEAD"), (vec![], 1));
}

#[test]
fn a_finding_that_another_document_brings_is_new() {
    // The other document changes; the finding stands where nothing has changed.
    let place = folder(&[]);
    for name in ["資料2-1.plan", "資料3-1.plan"] {
        std::fs::copy(home().join("specs").join(name), place.path().join(name)).expect("copied");
    }
    git(place.path(), &["init", "--quiet", "."]);
    commit(&place);
    let text = std::fs::read_to_string(place.path().join("資料3-1.plan")).expect("a plan");
    write(&place, "資料3-1.plan", &text.replacen("目標 R7: 8,000人", "目標 R7: 7,000人", 1));
    let ran = since(&place, "HEAD", &["--format", "json"]);
    assert!(ran.out.contains("7,000人 を越えています"), "{}", ran.out);
    assert!(!ran.out.contains("8,000人"), "{}", ran.out);
}

#[test]
fn rules_and_settings_are_those_of_now() {
    let rule = "規則 甲の検査 own-check {\n  対象 行 ∈ 集計行\n  検査 行.達成 < 1事業\n  指摘 行.達成 \"多い\" en \"many\"\n  解説 \"例\"\n}\n";
    let place = repository(&[("a.plan", plan("資料2-1", WRONG).as_bytes())]);
    // What a new rule finds in an old document was there before, and so was what is said of the rule (no tests).
    write(&place, "own.rules", rule);
    assert_eq!(new(&place, "HEAD"), (vec![], 3));
    // So was what another severity shows.
    write(&place, "totsugo.yaml", "severities: {own-check: 情報}\n");
    assert_eq!(new(&place, "HEAD"), (vec![], 2));
    // But an acceptance that is taken away stood in the document.
    let accepted = WRONG.replace("|\n", "| # 許容 達成率検算: 公表済み\n");
    write(&place, "a.plan", &plan("資料2-1", &accepted));
    commit(&place);
    write(&place, "a.plan", &plan("資料2-1", WRONG));
    assert_eq!(new(&place, "HEAD").0, ["achievement-rate 70%"]);
}

#[test]
fn a_run_that_fails_says_why_even_if_it_failed_before() {
    let place = repository(&[("a.plan", plan("資料2-1", WRONG).as_bytes()), ("own.rules", "規則 {\n".as_bytes())]);
    let ran = since(&place, "HEAD", &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.out.contains("own.rules:1"), "{}", ran.out);
    assert!(!ran.out.contains("70%"), "{}", ran.out);
}

#[test]
fn workbooks_are_read_with_the_mapping_of_then() {
    let copy = |place: &tempfile::TempDir, name: &str| {
        std::fs::copy(home().join("examples/workbooks").join(name), place.path().join(name)).expect("copied");
    };
    let place = folder(&[]);
    for name in ["資料2-1.xlsx", "資料2-1.mapping.yaml", "資料2-4.xlsx", "資料2-4.mapping.yaml"] {
        copy(&place, name);
    }
    let all = findings(&totsugo(place.path(), &["check", ".", "--format", "json"], &[])).len();
    assert!(all > 3, "{all}");
    git(place.path(), &["init", "--quiet", "."]);
    commit(&place);
    let (found, before) = new(&place, "HEAD");
    assert_eq!((found, usize::try_from(before).expect("few")), (vec![], all));
    // Sheet and mapping move into a folder that was not there.
    std::fs::create_dir(place.path().join("表")).expect("a folder");
    for name in ["資料2-1.xlsx", "資料2-1.mapping.yaml"] {
        std::fs::rename(place.path().join(name), place.path().join("表").join(name)).expect("moved");
    }
    let (found, before) = new(&place, "HEAD");
    assert_eq!((found, usize::try_from(before).expect("few")), (vec![], all));
    // A heading of a list and its mapping change together: with the mapping of now the old list could not be read.
    let list = "番号,事業名,指標名,目標値,\n,,,R5,R6\n1,電子申請,利用率,61.0%,59.0%\n";
    let mapping = "files: [\"*.csv\"]\ntables:\n  - columns:\n      事業: { 番号: 番号, 名称: 事業名 }\n      \
                   指標: { 名称: 指標名, 目標: 目標値 }\n";
    let place = repository(&[("一覧.csv", list.as_bytes()), ("a.mapping.yaml", mapping.as_bytes())]);
    let (found, before) = new(&place, "HEAD");
    assert!(found.is_empty() && before > 0, "{found:?} {before}");
    write(&place, "一覧.csv", &list.replace("目標値", "年度別"));
    write(&place, "a.mapping.yaml", &mapping.replace("目標: 目標値", "目標: 年度別"));
    assert_eq!(new(&place, "HEAD"), (vec![], before));
}

#[test]
fn a_single_file_a_subfolder_and_a_link_are_found_in_the_tree() {
    let place = repository(&[
        ("計画/a.plan", plan("資料2-1", WRONG).as_bytes()),
        ("x/b.plan", plan("資料2-2", ALSO).as_bytes()),
    ]);
    let inside = place.path().join("計画");
    let run = |folder: &Path, what: &str| totsugo(folder, &["check", what, "--changed-since", "HEAD"], &[]);
    for (folder, what) in [(place.path(), "計画/a.plan"), (&*inside, "a.plan"), (&*inside, "."), (place.path(), "計画")]
    {
        let ran = run(folder, what);
        assert!(ran.out.contains("変更の前からあった指摘が1件"), "{what}: {}", ran.out);
    }
    assert!(run(&inside, "../x").out.contains("変更の前からあった指摘が1件"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../x/b.plan", inside.join("l.plan")).expect("a link");
        commit(&place);
        let ran = run(&inside, ".");
        assert!(ran.out.contains("変更の前からあった指摘が2件"), "{}", ran.out);
    }
    // What lies outside of the repository is no change.
    let outside = folder(&[("c.plan", plan("資料2-3", ALSO).as_bytes())]);
    let ran = run(place.path(), &outside.path().join("c.plan").display().to_string());
    assert!(ran.out.contains("変更の前からあった指摘が1件"), "{}", ran.out);
}

#[test]
fn the_change_begins_where_the_branches_part() {
    let place = repository(&[("a.plan", plan("資料2-1", &format!("{WRONG}{ALSO}")).as_bytes())]);
    git(place.path(), &["checkout", "--quiet", "-b", "mine"]);
    write(&place, "b.plan", &plan("資料2-2", WRONG));
    commit(&place);
    // Others mend on main what stands here still: that is no finding of ours.
    git(place.path(), &["checkout", "--quiet", "main"]);
    write(&place, "a.plan", &plan("資料2-1", &ALSO.replace("40%", "50%")));
    commit(&place);
    git(place.path(), &["checkout", "--quiet", "mine"]);
    assert_eq!(new(&place, "main"), (vec!["achievement-rate 70%".to_owned()], 2));
}

#[test]
fn formats_and_fixes_work_on_the_new_findings() {
    let place = repository(&[("a.plan", plan("資料2-1", WRONG).as_bytes())]);
    write(&place, "a.plan", &plan("資料2-1", &format!("{WRONG}{ALSO}")));
    let ran = since(&place, "HEAD", &["--fix", "--unsafe-fixes"]);
    let text = std::fs::read_to_string(place.path().join("a.plan")).expect("a plan");
    assert!(text.contains("70%") && text.contains("50%") && !text.contains("40%"), "{text}{}", ran.out);
    assert_eq!(ran.status, 0, "{}", ran.out);
    // A baseline is looked into first.
    let list = totsugo(place.path(), &["baseline", "update", "."], &[]);
    assert_eq!(list.status, 0, "{}", list.err);
    let ran = since(&place, "HEAD", &["--baseline", "totsugo-baseline.json"]);
    assert_eq!(ran.out, "指摘はありません（1文書を突合しました）。ほかに、既知の指摘が1件あります。\n");
    for other in [["--why", "achievement-rate"].as_slice(), &["--watch"]] {
        let ran = since(&place, "HEAD", other);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains("一緒に使えません"), "{}", ran.err);
    }
}

#[test]
fn what_cannot_be_had_is_told_with_what_to_do() {
    let place = repository(&[("a.plan", plan("資料2-1", WRONG).as_bytes())]);
    for revision in ["nowhere", "", "-x", "--all", "--output=x", "HEAD:a.plan", "a b", "HEAD^{tree}"] {
        let ran = since(&place, revision, &[]);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{revision}");
        assert!(ran.err.contains(&format!("「{revision}」という版は")), "{revision}: {}", ran.err);
    }
    assert!(!place.path().join("x").exists());
    let outside = folder(&[("a.plan", plan("資料2-1", WRONG).as_bytes())]);
    let ran = since(&outside, "HEAD", &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("gitのリポジトリの中ではない"), "{}", ran.err);
    let none = totsugo(place.path(), &["check", ".", "--changed-since", "HEAD"], &[("PATH", "/nowhere")]);
    assert_eq!(none.status, 2);
    assert!(none.err.contains("gitというプログラムを動かせません"), "{}", none.err);
    // Histories that have nothing in common.
    git(place.path(), &["checkout", "--quiet", "--orphan", "alone"]);
    // The same files in the same second would be the same commit.
    write(&place, "b.plan", &plan("資料2-2", ALSO));
    commit(&place);
    let ran = since(&place, "main", &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("共通の履歴が見つかりません"), "{}", ran.err);
    // A part of the history.
    git(place.path(), &["checkout", "--quiet", "main"]);
    write(&place, "a.plan", &plan("資料2-1", ALSO));
    commit(&place);
    let clone = folder(&[]);
    let from = format!("file://{}", place.path().display());
    git(clone.path(), &["clone", "--quiet", "--depth", "1", &from, "."]);
    let ran = since(&clone, "HEAD~1", &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("fetch-depth: 0") && ran.err.contains("GIT_DEPTH"), "{}", ran.err);
}

#[test]
fn a_repository_from_anywhere_runs_nothing() {
    let place = repository(&[
        ("a.plan", plan("資料2-1", WRONG).as_bytes()),
        (".gitattributes", b"*.plan filter=evil diff=evil\n"),
    ]);
    let evil = format!("touch '{}'; cat", place.path().join("ran").display());
    for (key, value) in [
        ("alias.rev-parse", format!("!{evil}")),
        ("alias.cat-file", format!("!{evil}")),
        ("core.fsmonitor", evil.clone()),
        ("core.pager", evil.clone()),
        ("filter.evil.smudge", evil.clone()),
        ("diff.evil.textconv", evil.clone()),
        ("core.sshCommand", evil.clone()),
    ] {
        git(place.path(), &["config", key, &value]);
    }
    assert_eq!(new(&place, "HEAD"), (vec![], 1));
    assert!(!place.path().join("ran").exists());
    // Contents that would have to be fetched are not fetched.
    let object = git(place.path(), &["-c", "core.fsmonitor=false", "rev-parse", "HEAD:a.plan"]);
    let (folder, file) = object.split_at(2);
    let stored = place.path().join(".git/objects").join(folder).join(file);
    std::fs::remove_file(&stored).expect("a loose object");
    git(place.path(), &["config", "extensions.partialClone", "origin"]);
    git(place.path(), &["config", "remote.origin.promisor", "true"]);
    git(place.path(), &["config", "remote.origin.url", &format!("ext::sh -c {}", evil.replace(' ', "% "))]);
    git(place.path(), &["config", "protocol.ext.allow", "always"]);
    let ran = since(&place, "HEAD", &[]);
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert!(ran.err.contains("--filter") || ran.err.contains("cat-file"), "{}", ran.err);
    assert!(!place.path().join("ran").exists());
}

#[test]
fn what_git_lfs_keeps_is_told() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    let place = repository(&[("a.plan", pointer.as_bytes())]);
    write(&place, "a.plan", &plan("資料2-1", WRONG));
    let ran = since(&place, "HEAD", &[]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("a.plan の変更の前の中身はGit LFSにある"), "{}", ran.err);
    assert_eq!(since(&place, "HEAD", &["-q"]).err, "");
}
