//! Writes files: whole or not at all, and never over one that was read.
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Why a file was not written.
#[derive(Debug)]
pub enum Refusal {
    /// It is one of the files that were read.
    IsInput,
    /// There is such a file already.
    IsThere,
    /// What the system says.
    Failed(std::io::Error),
}

/// Writes `bytes` to `path`: to a file beside it first, which then takes its place.
pub fn write(path: &Path, bytes: &[u8], inputs: &[PathBuf]) -> Result<(), Refusal> {
    if let Ok(whole) = path.canonicalize()
        && inputs.iter().filter_map(|i| i.canonicalize().ok()).any(|i| i == whole)
    {
        return Err(Refusal::IsInput);
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
        // What is half written is of no use to anybody.
        let _ = std::fs::remove_file(&beside);
        Refusal::Failed(error)
    })
}

/// Writes a file that must not be there yet; what is there, even a link that leads nowhere, stays as it is.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    let mut file = match std::fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Err(Refusal::IsThere),
        Err(error) => return Err(Refusal::Failed(error)),
    };
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| {
        let _ = std::fs::remove_file(path);
        Refusal::Failed(error)
    })
}
