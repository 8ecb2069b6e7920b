//! No name does harm: what cannot be seen in a name is shown and not sent, whatever is asked and in whatever form.
use crate::run::{Ran, totsugo};

/// A name that turns around, hides, rings, colours, forges lines and gives orders to the log of a CI system.
const NASTY: &str = "悪\u{1b}[31m\u{202e}\u{200b}\u{7}\u{9b}2J\u{feff}\u{e0041}\u{2066}##[error]x##vso[task.x]";

/// Whether a character reaches the terminal as something else than a sign of its own width.
fn is_sent(c: char) -> bool {
    c != '\n' && c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What is wrong with a text that goes to a terminal or a log.
fn wrong(text: &str) -> Option<String> {
    let sent = text.chars().find(|c| is_sent(*c)).map(|c| format!("sends U+{:04X}", u32::from(c)));
    let order = text.lines().find(|line| line.trim_start().starts_with("::") || line.contains("##["));
    let order = order.or_else(|| text.lines().find(|line| line.contains("##vso[")));
    sent.or_else(|| order.map(|line| format!("gives an order: {line}")))
}

/// A workspace of a stranger: every name in it is nasty.
fn stranger() -> tempfile::TempDir {
    let plan = |code: &str| {
        format!(
            "文書 {code} {{\n  年度 R4\n}}\n分野 Ⅰ-1 \"{NASTY}\" {{\n  項目 (1) \"{NASTY}\" {{\n    事業 1 \"{NASTY}\" {{\n      \
             指標 1 \"{NASTY}\" {{\n        目標 R4: 10人, R7: 5人\n        実績 R4: \"{NASTY}\"\n        状況 \"{NASTY}\"\n      \
             }}\n    }}\n    事業 2 \"再 {NASTY}\" 再掲 9\n  }}\n}}\n指票 \"{NASTY}\"\n集計 \"{NASTY}\" R4 {{\n  \
             | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | Ⅰ-1 | 4事業 | 4事業 | 3事業 | 70% |\n}}\n"
        )
    };
    let rule = format!(
        "規則 悪い規則 nasty {{\n  重大度 誤り\n  対象 行 ∈ 事業\n  検査 行.番号 > 9\n  指摘 行.番号 \"{NASTY}{{行.名称}}\n::error::forged\" en \
         \"{NASTY}\"\n  参考 行.名称 \"{NASTY}\" en \"{NASTY}\"\n  助言 \"{NASTY}\" en \"{NASTY}\"\n  解説 \"\"\"\n    {NASTY}\n    ::error::forged\n  \"\"\" en \"\"\"\n    {NASTY}\n  \"\"\"\n}}\n"
    );
    let sheet = format!("番号,名称,{NASTY}\n1,{NASTY},3\n2,{NASTY},4\n");
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name.replace("/", "／"));
        std::fs::write(&path, text).unwrap_or_else(|e| panic!("{name:?}: {e}"));
    };
    put(&format!("{NASTY}\n::error::a.plan"), &plan("甲"));
    put(&format!(":{NASTY}b.plan"), &plan("乙"));
    put(&format!("{NASTY}.plan.txt"), "");
    put(&format!("{NASTY}.rules"), &rule);
    put(&format!("{NASTY}.csv"), &sheet);
    put(&format!("{NASTY}c.plan.json"), &format!("{{\"{NASTY}\": ["));
    put("bad.plan.yaml", &format!("\"{NASTY}\": {{a: 1, a: 2}}\n\"{NASTY}\": 3\n"));
    folder
}

/// Everything that a person or a log reads.
const FOR_PEOPLE: &[&[&str]] = &[
    &["check"],
    &["check", "--lang", "en", "--explain-skips", "-v"],
    &["check", "--color", "always", "--min-severity", "情報"],
    &["check", "--format", "concise"],
    &["check", "--format", "json"],
    &["check", "--format", "jsonl"],
    &["check", "--format", "sarif"],
    &["check", "--format", "gitlab"],
    &["check", "--format", "junit"],
    &["check", "--format", "rdjson"],
    &["check", "--format", "markdown"],
    &["check", "--format", "csv"],
    &["check", "--why", "nasty"],
    &["check", "--fix"],
    &["doctor"],
    &["doctor", NASTY],
    &["test"],
    &["test", "--coverage"],
    &["rules", "."],
    &["explain", "nasty"],
    &["explain", "nasty", "--source"],
    &["query", "行.番号, 行.名称 | 行 ∈ 事業"],
    &["query", "行.番号, 行.名称 | 行 ∈ 事業", "--format", "json"],
    &["graph", "--format", "json"],
    &["graph", "--format", "svg"],
    &["graph", "--format", "dot"],
    &["graph", "--format", "mermaid"],
    &["export", "--format", "json"],
    &["export", "--format", "yaml"],
    &["diff", ".", "."],
    &["fmt", "--check"],
    &["compile", "--to", "sql", "--out", "out"],
    &["report", "-o", "r.html"],
    &["baseline", "update"],
    // What is wrong with the arguments themselves.
    &[NASTY],
    &["check", NASTY],
    &["check", "a\n::error::b"],
    &["check", "--select", NASTY],
    &["check", "--format", NASTY],
    &["check", "--output", NASTY],
    &["check", "--why", NASTY],
    &["check", "--changed-since", NASTY],
    &["check", "--baseline", NASTY],
    &["check", "--mapping", NASTY],
    &["check", "--annotate", NASTY],
    &["diff", NASTY, "b"],
    &["query", NASTY],
    &["explain", NASTY],
    &["new", "rule", NASTY],
    &["new", "plan", NASTY],
    &["new", "mapping", NASTY],
    &["map", NASTY],
    &["import", NASTY],
    &["fmt", NASTY],
    &["test", NASTY, "--select", NASTY],
    &["graph", "--format", "svg", "--focus", NASTY],
    &["man", NASTY],
    &["completions", NASTY],
    &["serve", NASTY, "--port", NASTY],
    &["report", "-o", "no/such/\u{1b}[31m"],
    &["init", "\u{1b}[31m\n::error::x"],
];

#[test]
fn no_command_sends_what_a_stranger_wrote_to_the_terminal() {
    let mut harm = Vec::new();
    for arguments in FOR_PEOPLE {
        let place = stranger();
        let Ran { out, err, .. } = totsugo(place.path(), arguments, &[]);
        // A table for Excel begins with a byte order mark; colours that were asked for are ours.
        let out = out.strip_prefix('\u{feff}').unwrap_or(&out).replace("\r\n", "\n");
        let bare = if arguments.contains(&"always") { without_colours(&out) } else { out };
        for (stream, text) in [("out", &bare), ("err", &err)] {
            if let Some(wrong) = wrong(text) {
                harm.push(format!("{arguments:?} {stream}: {wrong:?}"));
            }
        }
    }
    assert!(harm.is_empty(), "{}", harm.join("\n"));
}

fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or("").to_owned();
    let colour =
        |part: &str| part.find('m').filter(|at| part.bytes().take(*at).all(|b| b.is_ascii_digit() || b == b';'));
    parts.fold(first, |out, part| match colour(part) {
        Some(at) => out + part.get(at + 1..).unwrap_or(""),
        None => out + "\u{1b}[" + part,
    })
}

/// The format of GitHub gives orders, but only its own.
#[test]
fn a_note_for_github_is_one_order_however_its_names_are() {
    let place = stranger();
    let ran = totsugo(place.path(), &["check", "--format", "github"], &[]);
    let ours = |line: &str| ["::error ", "::warning ", "::notice "].iter().any(|o| line.starts_with(o));
    for line in ran.out.lines() {
        assert!(!line.chars().any(is_sent), "{line:?}");
        assert!(ours(line) || wrong(line).is_none(), "{line:?}");
    }
    assert!(ran.out.lines().filter(|l| ours(l)).count() > 5, "{}", ran.out);
}

/// What is for programs is what it is, but for a terminal that it goes to after all.
#[cfg(target_os = "linux")]
#[test]
fn data_on_a_terminal_is_shown_and_in_a_pipe_is_what_it_is() {
    let place = stranger();
    let commands = [
        &["query", "行.名称 | 行 ∈ 事業", "--format", "csv"][..],
        &["export", "--format", "csv"],
        &["export", "--format", "plan"],
        &["fmt", "--diff"],
    ];
    for arguments in commands {
        let piped = totsugo(place.path(), arguments, &[]);
        assert!(piped.out.contains('\u{202e}'), "{arguments:?}: {}", piped.out);
        let typed = arguments.iter().map(|a| format!("'{a}'")).collect::<Vec<_>>().join(" ");
        let seen = crate::terminal::on_terminal(place.path(), &typed, 80, &[("NO_COLOR", "1")]);
        let sent = seen.chars().find(|c| is_sent(*c) && *c != '\t');
        assert!(sent.is_none(), "{arguments:?} sends {sent:?}: {seen:?}");
        assert!(seen.contains('悪'), "{arguments:?}: {seen}");
    }
}
