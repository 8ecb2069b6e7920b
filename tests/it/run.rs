//! Runs the program as a user would, in a folder of its own.
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a run printed and how it ended.
pub struct Ran {
    pub out: String,
    pub err: String,
    pub status: i32,
    pub bytes: Vec<u8>,
}

/// The program in a folder, with nothing of the caller's surroundings that could change its words.
pub fn totsugo(folder: &Path, arguments: &[&str], env: &[(&str, &str)]) -> Ran {
    ran(Command::new(env!("CARGO_BIN_EXE_totsugo")), folder, arguments, env)
}

/// As [`totsugo`], on one processor.
#[cfg(target_os = "linux")]
pub fn totsugo_on_one(folder: &Path, arguments: &[&str]) -> Ran {
    let mut taskset = Command::new("taskset");
    taskset.args(["-c", "0", env!("CARGO_BIN_EXE_totsugo")]);
    ran(taskset, folder, arguments, &[])
}

fn ran(mut program: Command, folder: &Path, arguments: &[&str], env: &[(&str, &str)]) -> Ran {
    let done = program
        .current_dir(folder)
        .args(arguments)
        .env_remove("TOTSUGO_LANG")
        .env_remove("COLUMNS")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("FORCE_COLOR")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("TOTSUGO_TODAY")
        .envs(env.iter().copied())
        .output()
        .expect("the program starts");
    Ran {
        out: String::from_utf8(done.stdout.clone()).expect("UTF-8"),
        err: String::from_utf8(done.stderr).expect("UTF-8"),
        status: done.status.code().expect("it ends by itself"),
        bytes: done.stdout,
    }
}

/// A folder of files that is gone after the test.
pub fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

/// The top of the repository.
pub fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The findings of a JSON report as `(rule, text, message)`.
pub fn findings(ran: &Ran) -> Vec<(String, String, String)> {
    let json: serde_json::Value =
        serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {} {}", ran.out, ran.err));
    let field = |f: &serde_json::Value, name: &str| f[name].as_str().expect("a text").to_owned();
    let all = json["findings"].as_array().expect("a list");
    all.iter().map(|f| (field(f, "rule"), field(f, "text"), field(f, "message"))).collect()
}
