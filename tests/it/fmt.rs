//! `totsugo fmt`: files are laid out, and say what they said.
use crate::run::{folder, home, totsugo};

const UNTIDY: &str = "事業 1  「行政」｛担当 “総務課”｝\n集計 \"a\" R4 {\n|項番|達成|\n|Ⅰ-1|7事業|\n}\n";
const TIDY: &str = "事業 1 \"行政\" { 担当 \"総務課\" }\n集計 \"a\" R4 {\n  | 項番 | 達成  |\n  | Ⅰ-1 | 7事業 |\n}\n";

#[test]
fn files_are_laid_out_in_place_and_those_in_order_are_not_touched() {
    let folder = folder(&[("a.plan", UNTIDY.as_bytes()), ("b.plan", TIDY.as_bytes())]);
    let when = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().modified().unwrap();
    let before = when("b.plan");
    let ran = totsugo(folder.path(), &["fmt"], &[]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "a.plan\n"), "{}", ran.err);
    assert_eq!(ran.err, "整えたファイル: 1件（もともと整っていたもの: 1件）\n");
    assert_eq!(std::fs::read_to_string(folder.path().join("a.plan")).unwrap(), TIDY);
    assert_eq!(when("b.plan"), before);
}

#[test]
fn a_look_changes_nothing_and_tells_by_its_exit_code() {
    let folder = folder(&[("a.plan", UNTIDY.as_bytes()), ("b.plan", TIDY.as_bytes())]);
    let check = totsugo(folder.path(), &["fmt", "--check", "."], &[]);
    assert_eq!((check.status, check.out.as_str()), (1, "a.plan\n"));
    let diff = totsugo(folder.path(), &["fmt", "--diff", "--lang", "en"], &[]);
    assert_eq!(diff.status, 1);
    insta::assert_snapshot!(diff.out + &diff.err);
    assert_eq!(std::fs::read_to_string(folder.path().join("a.plan")).unwrap(), UNTIDY);
    assert_eq!(totsugo(folder.path(), &["fmt", "--check", "b.plan"], &[]).status, 0);
}

/// The findings of the real documents in English keywords are those of the documents as they are.
#[test]
fn the_real_documents_say_the_same_in_english() {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(home().join("specs")).unwrap().flatten() {
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let told = || {
        let json = totsugo(folder.path(), &["check", "--format", "json", "--min-severity", "info"], &[]).out;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let all = json["findings"].as_array().unwrap().clone();
        all.iter().map(|f| format!("{} {} {}", f["location"]["path"], f["rule"], f["message"])).collect::<Vec<_>>()
    };
    let before = told();
    assert_eq!(totsugo(folder.path(), &["fmt", "--keywords", "en"], &[]).status, 0);
    let text = std::fs::read_to_string(folder.path().join("資料2-4.plan")).unwrap();
    assert!(text.contains("\ndocument 資料2-4 {\n  title \"") && !text.contains("指標 1 \""), "{text}");
    assert_eq!(told(), before);
}

#[test]
fn a_file_with_faults_is_left_and_the_others_are_not() {
    let folder =
        folder(&[("a.plan", UNTIDY.as_bytes()), ("b.plan", "事業 1 \"a\" {\n".as_bytes()), ("c.plan", b"\xff")]);
    let ran = totsugo(folder.path(), &["fmt"], &[]);
    assert_eq!((ran.status, ran.out.as_str()), (2, "a.plan\n"));
    insta::assert_snapshot!(ran.err);
    assert_eq!(std::fs::read_to_string(folder.path().join("b.plan")).unwrap(), "事業 1 \"a\" {\n");
}

#[test]
fn the_standard_input_goes_to_the_output() {
    use std::io::Write as _;
    let run = |arguments: &[&str], text: &[u8]| {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_totsugo"))
            .args(arguments)
            .current_dir(home().join("examples"))
            .env_remove("TOTSUGO_LANG")
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text).unwrap();
        let done = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
    };
    assert_eq!(run(&["fmt", "-"], UNTIDY.as_bytes()), (0, TIDY.to_owned(), String::new()));
    assert_eq!(run(&["fmt", "-", "--check"], TIDY.as_bytes()).0, 0);
    assert_eq!(run(&["fmt", "-", "--check"], UNTIDY.as_bytes()).0, 1);
    let rule = run(&["fmt", "-", "--stdin-path", "a.rules"], "単位 人=名".as_bytes());
    assert_eq!(rule, (0, "単位 人 = 名\n".to_owned(), String::new()));
    assert_eq!(run(&["fmt", "-"], b"\xff\xfe").0, 2);
    assert_eq!(run(&["fmt", "-", "a.plan"], b"").0, 2);
    let (status, out, err) = run(&["fmt", "-"], "事業 1 \"a".as_bytes());
    assert!(status == 2 && out.is_empty() && err.contains("閉じていない"), "{err}");
}
