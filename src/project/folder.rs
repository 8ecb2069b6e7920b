//! Writes a folder of files: whole or not at all, and never into one that holds something.
use std::io;
use std::path::{Path, PathBuf};

use super::write::{Refusal, settled};

/// Writes files (by their paths in the folder) to a folder that is not there yet or empty: to one beside it first, which
/// then takes its place.
///
/// # Errors
/// Why the folder was not written; nothing of it is then there.
pub fn write_folder(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Refusal> {
    settled(&path.join("file"))?;
    match std::fs::read_dir(path).map(|mut entries| entries.next().is_none()) {
        Ok(false) => return Err(Refusal::IsThere),
        Ok(true) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(_) if path.exists() => return Err(Refusal::IsThere),
        Err(error) => return Err(Refusal::Failed(error)),
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = Beside(path.with_file_name(format!(".{name}.{}.tmp", std::process::id())));
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
    parent.map_or(Ok(()), std::fs::create_dir_all).map_err(Refusal::Failed)?;
    std::fs::create_dir(&beside.0).map_err(Refusal::Failed)?;
    for (name, bytes) in files {
        let file = beside.0.join(name);
        file.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(Refusal::Failed)?;
        std::fs::write(&file, bytes).map_err(Refusal::Failed)?;
    }
    // An empty folder is in the way on some systems only; it is nobody's loss.
    let _ = std::fs::remove_dir(path);
    std::fs::rename(&beside.0, path).map_err(Refusal::Failed)
}

/// Makes a folder that files are to be written into, unless it is there.
///
/// # Errors
/// It cannot be made, or lies behind a link that leads out of the current folder.
pub fn make_folder(path: &Path) -> Result<(), Refusal> {
    settled(&path.join("file"))?;
    std::fs::create_dir_all(path).map_err(Refusal::Failed)
}

/// A folder that has not taken its place yet. If it never does, it goes.
struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        // It is not there any more where it has taken its place.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_written_whole_and_never_over_another() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("deep").join("out");
        let files = [("a/b.txt".to_owned(), b"one".to_vec()), ("c.txt".to_owned(), b"two".to_vec())];
        assert!(write_folder(&out, &files).is_ok());
        assert_eq!(std::fs::read(out.join("a").join("b.txt")).expect("a file"), b"one");
        assert!(matches!(write_folder(&out, &files), Err(Refusal::IsThere)));
        let bad = [("a".to_owned(), b"one".to_vec()), ("a/b".to_owned(), b"two".to_vec())];
        assert!(matches!(write_folder(&home.path().join("bad"), &bad), Err(Refusal::Failed(_))));
        assert_eq!(std::fs::read_dir(home.path()).expect("a folder").count(), 1, "nothing half done is left");
        let file = home.path().join("file");
        std::fs::write(&file, "mine").expect("a file");
        assert!(matches!(write_folder(&file, &files), Err(Refusal::IsThere)));
    }
}
