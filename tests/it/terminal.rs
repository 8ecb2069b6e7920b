//! Colours, width and progress, as the terminal and the environment want them.
use crate::run::{folder, home, totsugo};
use unicode_width::UnicodeWidthStr as _;

#[test]
fn the_environment_says_whether_there_are_colours() {
    let colored = |arguments: &[&str], env: &[(&str, &str)]| {
        let ran = totsugo(&home(), &[&["check", "specs"], arguments].concat(), env);
        ran.out.contains('\u{1b}')
    };
    assert!(!colored(&[], &[]), "a pipe is no terminal");
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1")]) && colored(&[], &[("FORCE_COLOR", "1")]));
    assert!(!colored(&[], &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[("FORCE_COLOR", "1")]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!colored(&["--format", "json"], &[("FORCE_COLOR", "1")]), "JSON has none");
}

#[test]
fn what_is_drawn_keeps_to_the_width() {
    for width in [40, 60, 80, 120] {
        let ran = totsugo(&home(), &["check", "specs", "-q"], &[("COLUMNS", &width.to_string())]);
        let widest = ran.out.lines().max_by_key(|line| line.width()).expect("lines");
        assert!(widest.width() <= width, "{width}: {widest}");
    }
    // What is no width is none.
    let usual = totsugo(&home(), &["check", "specs"], &[]).out;
    for nonsense in ["0", "", "-1", "wide"] {
        assert!(totsugo(&home(), &["check", "specs"], &[("COLUMNS", nonsense)]).out == usual, "{nonsense}");
    }
}

/// What the program writes on a terminal of so many columns.
#[cfg(target_os = "linux")]
pub fn on_terminal(place: &std::path::Path, arguments: &str, columns: usize, env: &[(&str, &str)]) -> String {
    let program = env!("CARGO_BIN_EXE_totsugo");
    let line = format!("stty rows 24 cols {columns}; '{program}' {arguments}");
    let mut command = std::process::Command::new("script");
    command.args(["--quiet", "--return", "--command", &line, "/dev/null"]).current_dir(place);
    for name in ["CI", "COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TOTSUGO_LANG"] {
        command.env_remove(name);
    }
    let command = command.env("TERM", "xterm").env("SHELL", "/bin/sh").envs(env.iter().copied());
    let done = command.stdin(std::process::Stdio::null()).output().expect("script(1) of util-linux");
    String::from_utf8(done.stdout).expect("UTF-8").replace('\r', "")
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_has_its_own_width_and_colours() {
    for (columns, width) in [(60, 60), (110, 110), (200, 120)] {
        let drawn = on_terminal(&home(), "check specs -q --color never", columns, &[]);
        let piped = totsugo(&home(), &["check", "specs", "-q"], &[("COLUMNS", &width.to_string())]).out;
        assert!(drawn == piped, "{columns}: {drawn}");
    }
    assert!(on_terminal(&home(), "check specs", 80, &[]).contains("\u{1b}[3"));
    assert!(!on_terminal(&home(), "check specs", 80, &[("TERM", "dumb")]).contains('\u{1b}'));
    assert!(!on_terminal(&home(), "check specs", 80, &[("NO_COLOR", "1")]).contains('\u{1b}'));
}

#[cfg(target_os = "linux")]
#[test]
fn long_work_shows_how_far_it_is_to_who_watches_and_to_nobody_else() {
    let plan = std::fs::read_to_string(home().join("specs/資料2-1.plan")).expect("a plan");
    let files: Vec<(String, String)> = (0..2_000)
        .map(|n| (format!("{n}.plan"), plan.replacen("文書 資料2-1", &format!("文書 資料9-{n}"), 1)))
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let place = folder(&files);
    let check = "check --select achievement-rate --color never";
    let watched = on_terminal(place.path(), check, 80, &[]);
    assert!(watched.contains("中身を取り出しています") && watched.contains("/2000"), "{watched:?}");
    let end = watched.rsplit("\u{1b}[2K").next().expect("an end");
    assert!(end.starts_with("指摘はありません（2000文書"), "nothing is left of the bar: {end:?}");
    let english = on_terminal(place.path(), &format!("{check} --lang en"), 80, &[]);
    assert!(english.contains("taking up what they say"), "{english:?}");
    for silent in [
        on_terminal(place.path(), check, 80, &[("CI", "true")]),
        on_terminal(place.path(), check, 80, &[("TERM", "dumb")]),
        totsugo(place.path(), &check.split(' ').collect::<Vec<_>>(), &[]).out,
    ] {
        assert_eq!(silent, "指摘はありません（2000文書を突合しました）。\n");
    }
    assert_eq!(on_terminal(place.path(), &format!("{check} -q"), 80, &[]), "");
}
