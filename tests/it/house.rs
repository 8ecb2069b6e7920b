//! The house stands: what ARCHITECTURE.md says of the floors is true of the imports.
use std::path::Path;

/// Every room and its floor.
const FLOORS: [(&str, usize); 17] = [
    ("text", 0),
    ("value", 1),
    ("syntax", 2),
    ("plan", 3),
    ("format", 4),
    ("ingest", 4),
    ("graph", 5),
    ("editions", 6),
    ("rules", 6),
    ("findings", 7),
    ("render", 8),
    ("config", 9),
    ("project", 10),
    ("lsp", 11),
    ("serve", 11),
    ("cli", 12),
    ("main", 13),
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

fn files(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("src can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn no_room_imports_from_a_higher_floor_or_a_room_beside_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for path in all {
        let inside = path.strip_prefix(&src).expect("below src");
        let room = inside
            .iter()
            .next()
            .and_then(|r| Path::new(r).file_stem())
            .and_then(|r| r.to_str())
            .unwrap_or("")
            .to_owned();
        if room == "lib" {
            continue;
        }
        let own =
            floor(&room).unwrap_or_else(|| panic!("{room} has no floor: name it in this test and in ARCHITECTURE.md"));
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        for (number, line) in text.lines().enumerate() {
            for piece in line.split("crate::").skip(1) {
                let used: String = piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let Some(other) = floor(&used) else { continue };
                looked_at += 1;
                if used != room && other >= own {
                    wrong.push(format!("{}:{}: {room} ({own}) uses {used} ({other})", inside.display(), number + 1));
                }
            }
        }
    }
    assert!(looked_at > 50, "the test looks at imports at all: {looked_at}");
    assert!(wrong.is_empty(), "imports that go up:\n{}", wrong.join("\n"));
}

#[test]
fn files_are_touched_only_by_the_front_end() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    for path in all {
        let inside = path.strip_prefix(&src).expect("below src");
        if inside.starts_with("project")
            || inside.starts_with("lsp")
            || inside.starts_with("serve")
            || inside.starts_with("cli")
            || inside.ends_with("main.rs")
        {
            continue;
        }
        let whole = std::fs::read_to_string(&path).expect("UTF-8");
        let text = if inside.ends_with("tests.rs") { "" } else { whole.split("#[cfg(test)]").next().unwrap_or("") };
        for banned in ["std::fs", "std::net", "std::process", "std::env"] {
            assert!(!text.contains(banned), "{} uses {banned}; only project and the front ends may", inside.display());
        }
    }
}

#[test]
fn libraries_stay_in_their_room() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let homes = [
        ("miette::", "render"),
        ("petgraph::", "graph"),
        ("pest::", "syntax"),
        ("postcard::", "syntax"),
        ("hyper::", "serve"),
        ("tokio::", "serve"),
        ("hyper_util::", "serve"),
        ("http_body_util::", "serve"),
        ("clap::", "cli"),
        ("clap_complete::", "cli"),
        ("clap_mangen::", "cli"),
        ("ignore::", "project"),
        ("serde_saphyr::", "syntax"),
        ("calamine::", "ingest"),
        ("fluent_bundle::", "findings"),
        ("maud::", "render|serve"),
        ("parquet::", "rules"),
    ];
    let mut all = Vec::new();
    files(&src, &mut all);
    for path in all {
        let inside = path.strip_prefix(&src).expect("below src").to_path_buf();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        for (library, home) in homes {
            assert!(
                home.split('|').any(|home| inside.starts_with(home)) || !text.contains(library),
                "{} uses {library}, which lives in {home}",
                inside.display()
            );
        }
    }
}

/// Nothing but the live page knows of a network, and no program is started but git and a browser.
#[test]
fn the_core_has_no_network_and_starts_no_program() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    for path in all {
        let inside = path.strip_prefix(&src).expect("below src").to_path_buf();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        for banned in ["std::net", "TcpStream", "TcpListener", "UdpSocket", "UnixStream", "ToSocketAddrs"] {
            assert!(inside.starts_with("serve") || !text.contains(banned), "{} uses {banned}", inside.display());
        }
        let starts = ["process::Command", "process::{Command"].iter().any(|word| text.contains(word));
        let may = ["project/git.rs", "cli/serve.rs"].iter().any(|place| inside.ends_with(place));
        assert!(may || !starts, "{} starts programs", inside.display());
    }
}
