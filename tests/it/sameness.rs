//! The same files give the same bytes wherever, whenever and in whatever order they are checked; and what programs hold on
//! to stays from release to release.
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use totsugo::rules::{Pack, code};
use totsugo::text::Sources;

use super::run::{Ran, home, totsugo};

/// What a run prints and how it ends.
fn told(ran: &Ran) -> (&[u8], &str, i32) {
    (&ran.bytes, &ran.err, ran.status)
}

const FORMATS: [&str; 5] = ["pretty", "concise", "json", "sarif", "github"];

/// A finding that was accepted on one machine must not look new on another.
#[test]
fn the_surroundings_change_nothing() {
    let surroundings: [&[(&str, &str)]; 7] = [
        &[],
        &[("LANG", "C"), ("LC_ALL", "C")],
        &[("LANG", "ja_JP.SJIS"), ("LC_ALL", "ja_JP.SJIS")],
        // Where the capital of i is not I.
        &[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
        &[("TZ", "Pacific/Kiritimati")],
        &[("TERM", "dumb"), ("CI", "true"), ("GITHUB_ACTIONS", "true")],
        &[("HOME", "/nowhere"), ("TMPDIR", "/nowhere"), ("RUST_LOG", "trace"), ("RAYON_NUM_THREADS", "7")],
    ];
    for format in FORMATS {
        let arguments = ["check", "specs", "examples/workbooks", "--format", format];
        let usual = totsugo(&home(), &arguments, &[]);
        assert!(usual.status == 1 && !usual.out.is_empty(), "{format}: {}", usual.err);
        for around in surroundings {
            assert!(told(&totsugo(&home(), &arguments, around)) == told(&usual), "{format} in {around:?}");
        }
        #[cfg(target_os = "linux")]
        {
            let one = super::run::totsugo_on_one(&home(), &arguments);
            assert!(told(&one) == told(&usual), "{format} on one processor");
        }
    }
}

/// A shell gives files in the order of its locale, a hook in that of a commit.
#[test]
fn the_order_of_arguments_changes_nothing() {
    let mut files: Vec<String> = std::fs::read_dir(home().join("specs"))
        .expect("a folder")
        .map(|f| format!("specs/{}", f.expect("a file").file_name().to_string_lossy()))
        .collect();
    files.sort();
    let rules = ["relist-text-differs", "cross-target-differs", "next-target-below-actual", "relist-target-missing"];
    let check = |files: &[&String], rules: &[&str]| {
        let mut arguments = vec!["check", "--format", "json"];
        arguments.extend(files.iter().map(|f| f.as_str()));
        rules.iter().for_each(|rule| arguments.extend(["--select", rule]));
        totsugo(&home(), &arguments, &[])
    };
    let ascending: Vec<&String> = files.iter().collect();
    let usual = check(&ascending, &rules);
    assert!(usual.status == 1, "{}", usual.err);
    let descending: Vec<&String> = files.iter().rev().collect();
    assert!(told(&check(&descending, &rules)) == told(&usual), "files in another order");
    let twice: Vec<&String> = files.iter().chain(&files).collect();
    assert!(told(&check(&twice, &rules)) == told(&usual), "files named twice");
    let turned: Vec<&str> = rules.iter().rev().copied().collect();
    assert!(told(&check(&ascending, &turned)) == told(&usual), "rules in another order");
}

/// Every place in a JSON value, with the types that stand there: `findings[].location.line: number`.
fn shape(value: &Value, at: &str, out: &mut BTreeSet<String>) {
    let ty = match value {
        Value::Null => return,
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(items) => {
            items.iter().for_each(|item| shape(item, &format!("{at}[]"), out));
            "list"
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| shape(field, &format!("{at}.{name}"), out));
            "object"
        }
    };
    out.insert(format!("{at}: {ty}"));
}

/// What programs hold on to, as it is now.
fn promised() -> Value {
    let json = |arguments: &[&str]| -> Value {
        let ran = totsugo(&home(), arguments, &[]);
        serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{arguments:?}: {e}: {}", ran.err))
    };
    let status = |arguments: &[&str]| totsugo(&home(), arguments, &[]).status;
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let rules: BTreeSet<&str> = pack.rules.iter().map(code).collect();
    let messages = std::fs::read_to_string(home().join("messages/en.ftl")).expect("messages");
    let faults = messages.lines().filter_map(|line| line.strip_prefix("explain-")?.split_once(" =").map(|m| m.0));
    let faults: BTreeSet<&str> = faults.collect();
    let found = json(&["check", "specs", "--format", "json"]);
    let prints: BTreeMap<String, String> = found["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|f| {
            let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
            (format!("{} {}", text(&f["rule"]), text(&f["place"])), text(&f["fingerprint"]))
        })
        .collect();
    let shapes: BTreeMap<&str, BTreeSet<String>> = [
        ("check", found),
        ("diff", json(&["diff", "specs/資料2-1.plan", "specs/資料2-4.plan", "--format", "json"])),
        ("query", json(&["query", "指.名称, 指.事業 | 指 ∈ 指標", "--format", "json", "specs"])),
        ("sarif", json(&["check", "specs", "--format", "sarif"])),
    ]
    .into_iter()
    .map(|(name, value)| {
        let mut out = BTreeSet::new();
        shape(&value, "", &mut out);
        (name, out)
    })
    .collect();
    json!({
        "exit": {
            "nothing found": status(&["check", "specs", "--select", "achievement-rate"]),
            "found": status(&["check", "specs"]),
            "not checked": status(&["check", "nowhere"]),
            "wrong use": status(&["check", "--nonsense"]),
        },
        "rules": rules,
        "faults": faults,
        "fingerprints": prints,
        "json": shapes,
    })
}

/// What a release has promised and what is now broken of it.
fn broken(then: &Value, now: &Value) -> Vec<String> {
    let mut out = Vec::new();
    for name in ["rules", "faults"] {
        let all = now[name].as_array().expect("a list");
        let gone = then[name].as_array().expect("a list").iter().filter(|code| !all.contains(code));
        out.extend(gone.map(|code| format!("{name}: {code} is gone")));
    }
    for (how, status) in then["exit"].as_object().expect("statuses") {
        if now["exit"][how] != *status {
            out.push(format!("exit: {how} was {status} and is {}", now["exit"][how]));
        }
    }
    for (format, shape) in then["json"].as_object().expect("formats") {
        let now = now["json"][format].as_array().cloned().unwrap_or_default();
        let gone = shape.as_array().expect("a list").iter().filter(|place| !now.contains(place));
        out.extend(gone.map(|place| format!("{format}: {place} is gone")));
    }
    // A finding that is no longer made breaks nothing; one that is made must be known again.
    for (finding, print) in then["fingerprints"].as_object().expect("fingerprints") {
        let now = &now["fingerprints"][finding];
        if !now.is_null() && now != print {
            out.push(format!("fingerprint: {finding} was {print} and is {now}"));
        }
    }
    out
}

/// Each release has a file of what it promised; `TOTSUGO_PROMISE=write` makes the one of this version, before it is published.
#[test]
fn what_a_release_promised_still_holds() {
    let folder = home().join("tests/files/promise");
    let now = promised();
    if std::env::var_os("TOTSUGO_PROMISE").is_some() {
        let text = serde_json::to_string_pretty(&now).expect("JSON") + "\n";
        std::fs::write(folder.join(concat!(env!("CARGO_PKG_VERSION"), ".json")), text).expect("it is written");
    }
    let mut releases = 0;
    for file in std::fs::read_dir(folder).expect("a folder") {
        let path = file.expect("a file").path();
        let then: Value = serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("JSON");
        assert_eq!(broken(&then, &now), Vec::<String>::new(), "{}", path.display());
        releases += 1;
    }
    assert!(releases > 0);
    // That the comparison sees what it is for.
    let mut other = now.clone();
    other["exit"]["found"] = json!(3);
    other["rules"].as_array_mut().expect("a list").push(json!("gone"));
    other["json"]["check"].as_array_mut().expect("a list").push(json!(".gone: string"));
    let first = other["fingerprints"].as_object().expect("some").keys().next().expect("one").clone();
    other["fingerprints"][first] = json!("other");
    assert_eq!(broken(&other, &now).len(), 4);
}
