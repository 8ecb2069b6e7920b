//! `totsugo doctor`: what is read, and why the rest is not.
use crate::run::{Ran, folder, home, totsugo};

const PLAN: &str = "指標 1 \"受講者数\" {\n  目標 R4: 5人\n}\n";

fn odd() -> tempfile::TempDir {
    let rule = std::fs::read_to_string(home().join("templates/ja/rule.txt")).expect("a template");
    let rule = rule.replace("{name}", "甲").replace("{slug}", " ko");
    let book = std::fs::read(home().join("examples/workbooks/資料2-4.xlsx")).expect("a workbook");
    let mapping = std::fs::read(home().join("examples/workbooks/資料2-4.mapping.yaml")).expect("a mapping");
    folder(&[
        ("totsugo.yaml", "paths: [.]\nignore: [plateau, count-order]\nsets:\n  組: [plateau]\n".as_bytes()),
        ("下/計画.plan", PLAN.as_bytes()),
        ("下/甲.rules", rule.as_bytes()),
        ("下/悪い.rules", "規則 乙 otsu {\n  対象 行 ∈ 無い表\n}\n".as_bytes()),
        ("下/資料2-4.xlsx", &book),
        ("下/資料2-4.mapping.yaml", &mapping),
        ("下/~$資料2-4.xlsx", b"x"),
        ("表.csv", "番号,名称\n1,a\n".as_bytes()),
        ("sjis.plan", b"\x82\xa0"),
        ("binary.plan", b"a\x00b"),
        ("空.plan", b""),
        ("計画.plan.txt", PLAN.as_bytes()),
        ("図.png", b"x"),
        (".隠し.plan", PLAN.as_bytes()),
        (".git/a.plan", PLAN.as_bytes()),
        ("target/a.plan", PLAN.as_bytes()),
    ])
}

fn doctor(place: &tempfile::TempDir, arguments: &[&str], env: &[(&str, &str)]) -> Ran {
    let mut ran = totsugo(place.path(), &[&["doctor"], arguments].concat(), env);
    let here = place.path().canonicalize().expect("it is there").display().to_string();
    // The folder has another name each time, and maybe another length.
    ran.out = ran.out.replace(&here, "FOLDER");
    ran
}

#[test]
fn the_report() {
    let place = odd();
    for (name, arguments, env) in [
        ("report_ja_80", &[][..], &[("TOTSUGO_TODAY", "2026-04-01")][..]),
        ("report_en_80", &["--lang", "en"], &[]),
        ("report_ja_40", &[], &[("COLUMNS", "40")]),
    ] {
        let ran = doctor(&place, arguments, env);
        assert_eq!((ran.status, ran.err.as_str()), (1, ""));
        // The folder, which is told of up to the first empty line, depends on the machine.
        let (head, rest) = ran.out.split_once("\n\n").expect("a head");
        let out = format!("{}\n\n{rest}", head.lines().next().expect("a line"));
        insta::assert_snapshot!(name, out);
    }
}

#[test]
fn a_check_reads_what_the_doctor_says() {
    let place = odd();
    let told = doctor(&place, &[], &[]).out;
    let section = |head: &str| -> Vec<String> {
        let lines = told.lines().skip_while(|l| *l != head).skip(1).take_while(|l| !l.is_empty());
        lines.filter_map(|l| l.trim().split_once(": ").map(|l| l.0.to_owned())).collect()
    };
    let read = section("読むファイル");
    for name in ["下/計画.plan", "下/甲.rules", "下/資料2-4.xlsx", "下/資料2-4.mapping.yaml"] {
        assert!(read.iter().any(|r| r == name), "{name}: {read:?}");
    }
    let unread = section("読まないもの");
    for name in
        ["sjis.plan", "binary.plan", "空.plan", "表.csv", ".git", ".隠し.plan", "target", "図.png", "下/~$資料2-4.xlsx"]
    {
        assert!(unread.iter().any(|r| r == name) && !read.iter().any(|r| r == name), "{name}: {unread:?}");
    }
    assert!(!told.contains("a.plan"), "what lies in a folder that is passed over is not looked at");
}

#[test]
fn a_single_file() {
    let place = odd();
    for (name, status, says) in [
        ("下/計画.plan", 0, "でも検査されます"),
        ("下/資料2-4.xlsx", 0, "下/資料2-4.mapping.yaml で読む"),
        (".隠し.plan", 1, "隠しファイルか"),
        ("target/a.plan", 1, "target という名前"),
        (".git/a.plan", 1, "隠しファイルか"),
        ("図.png", 1, "名指しされたので"),
        ("計画.plan.txt", 1, "読む種類のファイルではない"),
        ("表.csv", 1, "totsugo new mapping 表.csv"),
        ("空.plan", 1, "ファイルが空です"),
        ("none.plan", 2, "none.plan"),
    ] {
        // A rule file of the folder that is broken is not of this file.
        let ran = doctor(&place, &[name], &[("COLUMNS", "200")]);
        assert_eq!(ran.status, status, "{name}: {}{}", ran.out, ran.err);
        assert!(format!("{}{}", ran.out, ran.err).contains(says), "{name}: {}{}", ran.out, ran.err);
    }
    let place =
        folder(&[("totsugo.yaml", b"paths: [p]\n"), ("p/a.plan", PLAN.as_bytes()), ("b.plan", PLAN.as_bytes())]);
    let ran = doctor(&place, &["b.plan"], &[("COLUMNS", "200")]);
    assert!(ran.status == 1 && ran.out.contains("検査する場所（p）の外"), "{}", ran.out);
}

#[test]
fn what_is_wrong_around() {
    let plan = ("a.plan", PLAN.as_bytes());
    for (files, env, says) in [
        (&[plan, ("totsugo.yaml", b"colour: red\n")][..], &[][..], "totsugo.yaml:1:1"),
        (&[plan, ("totsugo.yaml", b"ignore: [achievement-rat]\n")], &[], "achievement-rate"),
        (&[plan, ("totsugo.yaml", b"paths: [none]\n")], &[], "none"),
        (&[plan, ("totsugo.yaml", b"lang: [\n")], &[], "YAML"),
        (&[plan, ("totsugo.yml", b"lang: en\n")], &[], "totsugo.yml"),
        (&[plan], &[("TOTSUGO_TODAY", "今日")], "TOTSUGO_TODAY"),
        (&[plan], &[("TOTSUGO_LANG", "fr")], "TOTSUGO_LANG"),
        (&[("a.rules", b"# x")], &[], "計画ファイル（.plan）がありません"),
        (&[("a.txt", b"x")], &[], "計画ファイル（.plan）がありません"),
    ] {
        let ran = doctor(&folder(files), &[], &[env, &[("COLUMNS", "200")]].concat());
        assert_eq!(ran.status, 1, "{says}: {}", ran.out);
        assert!(ran.out.contains(says), "{says}: {}", ran.out);
    }
    let place = folder(&[("totsugo.yaml", b"ignore: [plateau]\n"), ("下/a.plan", PLAN.as_bytes())]);
    let ran = totsugo(&place.path().join("下"), &["doctor"], &[]);
    assert!(ran.status == 1 && ran.out.contains("設定として読まれません"), "{}", ran.out);
    let ran = doctor(&folder(&[plan]), &[], &[]);
    assert_eq!(ran.status, 0, "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn links_and_names_that_are_no_unicode() {
    use std::os::unix::ffi::OsStrExt as _;
    let place = folder(&[("a.plan", PLAN.as_bytes()), ("外/b.plan", PLAN.as_bytes())]);
    std::os::unix::fs::symlink(place.path().join("外"), place.path().join("つなぎ")).expect("a link");
    let ran = doctor(&place, &[], &[]);
    assert!(ran.status == 0 && ran.out.contains("つなぎ: ほかのフォルダへのリンク"), "{}", ran.out);
    let name = std::ffi::OsStr::from_bytes(b"\x8cv\x89\xe6.plan");
    if std::fs::write(place.path().join(name), PLAN).is_ok() {
        let ran = doctor(&place, &[], &[]);
        assert!(ran.status == 1 && ran.out.contains("名前の文字コードが違うため"), "{}", ran.out);
    }
}
