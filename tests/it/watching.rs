//! `totsugo check --watch`, run as a user runs it: files change under it, and it says what that changed.
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::run::{folder, home, totsugo};

const GOOD: &str = "集計 \"a\" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | I-1 | 4 | 4 | 3 | 75% |\n}\n";

/// A program that watches; it ends with the test.
struct Watcher {
    child: Child,
    log: std::path::PathBuf,
    read: usize,
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watcher {
    fn start(place: &Path, log: &Path, arguments: &[&str]) -> Self {
        let out = std::fs::File::create(log).expect("a file");
        let child = Command::new(env!("CARGO_BIN_EXE_totsugo"))
            .current_dir(place)
            .args(arguments)
            .env_remove("TOTSUGO_LANG")
            .env_remove("COLUMNS")
            .stdout(Stdio::from(out.try_clone().expect("a file")))
            .stderr(Stdio::from(out))
            .spawn()
            .expect("the program starts");
        Self { child, log: log.to_owned(), read: 0 }
    }

    /// What it says next, up to the line with which it waits.
    fn next(&mut self) -> String {
        let begun = Instant::now();
        loop {
            let all = std::fs::read_to_string(&self.log).expect("UTF-8");
            let rest = all.get(self.read..).unwrap_or("");
            if let Some(end) = rest.find("変更を待っています") {
                let line = rest[end..].find("\n\n").map(|n| end + n + 2);
                if let Some(end) = line {
                    self.read += end;
                    return rest[..end].to_owned();
                }
            }
            assert!(self.child.try_wait().expect("a process").is_none(), "it has ended: {all}");
            assert!(begun.elapsed() < Duration::from_secs(60), "it says nothing: {all}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

#[test]
fn it_says_what_a_change_has_changed_and_goes_on_whatever_happens_to_the_files() {
    let place = folder(&[("a.plan", GOOD.replace("75%", "70%").as_bytes()), ("b.plan", GOOD.as_bytes())]);
    let log = tempfile::NamedTempFile::new().expect("a file");
    let write = |name: &str, text: &str| std::fs::write(place.path().join(name), text).expect("a file");
    let mut watcher = Watcher::start(place.path(), log.path(), &["check", "--watch"]);
    let first = watcher.next();
    assert!(first.contains("達成率検算") && first.contains("a.plan:3:23") && !first.contains("直りました"), "{first}");
    assert!(!first.contains('\u{1b}'), "a file is not cleared like a screen");
    // Another finding; the old one, moved by a line, is not told again.
    write("a.plan", &format!("# 注\n{}", GOOD.replace("75%", "70%")));
    let moved = watcher.next();
    assert!(moved.contains("前の検査と同じです") && moved.contains("誤り 1件"), "{moved}");
    write("b.plan", &GOOD.replace("75%", "80%"));
    let more = watcher.next();
    assert!(more.contains("b.plan:3:23") && !more.contains("a.plan"), "{more}");
    assert!(more.contains("新しい指摘 1件、なくなったもの 0件") && more.contains("誤り 2件"), "{more}");
    write("a.plan", GOOD);
    let mended = watcher.next();
    assert!(mended.contains("直りました: 達成率検算 a.plan:4:23 70%") && mended.contains("誤り 1件"), "{mended}");
    // Half a file, bytes that are no text, and no file at all.
    write("b.plan", "集計 \"a");
    assert!(watcher.next().contains("(unclosed-text)"));
    std::fs::write(place.path().join("b.plan"), b"\x82\xa0").expect("a file");
    assert!(watcher.next().contains("(not-utf8)"));
    std::fs::remove_file(place.path().join("b.plan")).expect("it was there");
    let gone = watcher.next();
    assert!(gone.contains("ファイルごとなくなりました") && !gone.contains("直りました"), "{gone}");
    // Rules, settings, sheets and mappings are waited for too.
    write("own.rules", "規則 乙 otsu {\n");
    assert!(watcher.next().contains("own.rules"));
    std::fs::remove_file(place.path().join("own.rules")).expect("it was there");
    assert!(watcher.next().contains("指摘はありません"));
    write("totsugo.yaml", "lang: [");
    assert!(watcher.next().contains("totsugo.yaml:1:7"));
    write("totsugo.yaml", "# 何もない\n");
    assert!(watcher.next().contains("前の検査と同じです"));
    let workbooks = home().join("examples/workbooks");
    std::fs::copy(workbooks.join("資料2-4.xlsx"), place.path().join("資料2-4.xlsx")).expect("a workbook");
    assert!(watcher.next().contains("(sheet-unmapped)"));
    std::fs::copy(workbooks.join("資料2-4.mapping.yaml"), place.path().join("資料2-4.mapping.yaml"))
        .expect("a mapping");
    let mapped = watcher.next();
    assert!(mapped.contains("直りました: 対応付けのない表"), "{mapped}");
}

#[test]
fn a_named_file_may_come_and_go() {
    let place = folder(&[("a.plan", GOOD.as_bytes())]);
    let log = tempfile::NamedTempFile::new().expect("a file");
    let mut watcher = Watcher::start(place.path(), log.path(), &["check", "a.plan", "--watch"]);
    assert!(watcher.next().contains("指摘はありません"));
    std::fs::remove_file(place.path().join("a.plan")).expect("it was there");
    assert!(watcher.next().contains("(file-not-found)"));
    std::fs::write(place.path().join("a.plan"), GOOD).expect("a file");
    let back = watcher.next();
    assert!(back.contains("直りました") && back.contains("指摘はありません"), "{back}");
}

#[test]
fn it_goes_with_no_other_output() {
    let place = folder(&[("a.plan", GOOD.as_bytes())]);
    for more in [&["--format", "json"][..], &["--why", "達成率検算"], &["--annotate", "out"], &["--explain-skips"]]
    {
        let ran = totsugo(place.path(), &[&["check", "--watch"], more].concat(), &[]);
        assert!(ran.status == 2 && ran.err.contains("--watch"), "{more:?}: {}", ran.err);
    }
}
