//! Writes files: whole or not at all, never over one that was read but to mend it, and then only if it is still the same.
use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

/// Why a file was not written.
#[derive(Debug)]
pub enum Refusal {
    /// It is one of the files that were read.
    IsInput,
    /// It may only be read.
    ReadOnly,
    /// It is not what it was when it was read: somebody else has written it since.
    Changed,
    /// It is a link to a file elsewhere, which nobody named, or lies behind a link to a folder elsewhere.
    Elsewhere(PathBuf),
    /// It is a device, a pipe or a folder.
    NoFile,
    /// There is such a file already.
    IsThere,
    /// What the system says.
    Failed(io::Error),
}

/// Writes `bytes` to `path`: to a file beside it first, which then takes its place.
pub fn write(path: &Path, bytes: &[u8], inputs: &[PathBuf]) -> Result<(), Refusal> {
    if let Ok(whole) = path.canonicalize()
        && inputs.iter().filter_map(|i| i.canonicalize().ok()).any(|i| i == whole)
    {
        return Err(Refusal::IsInput);
    }
    let place = settled(path)?;
    Beside::new(&place, bytes, None).and_then(|beside| beside.take_place(&place)).map_err(Refusal::Failed)
}

/// Where a file goes that was named. A link stays a link: the file that it leads to is written, if it lies below the
/// current folder or in the folder that was named. What seems to lie below the current folder does so: no link on the way
/// leads out of it.
pub(super) fn settled(path: &Path) -> Result<PathBuf, Refusal> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).map_err(Refusal::Failed)?;
    // A folder that is not there yet is made in one that is.
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.ancestors().find(|p| p.exists() || p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let folder = folder.canonicalize().map_err(Refusal::Failed)?;
    if is_below(path, &here) && !folder.starts_with(&here) {
        return Err(Refusal::Elsewhere(folder));
    }
    let Ok(found) = path.symlink_metadata() else { return Ok(path.to_path_buf()) };
    if found.is_symlink() {
        let place = path.canonicalize().ok().filter(|place| place.starts_with(&here) || place.starts_with(&folder));
        let Some(place) = place else {
            return Err(Refusal::Elsewhere(std::fs::read_link(path).unwrap_or_default()));
        };
        return if place.is_file() { Ok(place) } else { Err(Refusal::NoFile) };
    }
    if found.is_file() { Ok(path.to_path_buf()) } else { Err(Refusal::NoFile) }
}

/// Whether a path is one below the current folder, as it is written.
#[must_use]
pub fn is_here(path: &Path) -> bool {
    std::env::current_dir().and_then(|here| here.canonicalize()).is_ok_and(|here| is_below(path, &here))
}

fn is_below(path: &Path, here: &Path) -> bool {
    let mut whole = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::ParentDir => drop(whole.pop()),
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    whole.starts_with(here)
}

/// A file that is written and has not taken its place yet. If it never does, it goes: what is half done is of no use.
struct Beside {
    path: PathBuf,
    done: bool,
}

impl Beside {
    fn new(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<Self> {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let mut file: File = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        let beside = Self { path: beside, done: false };
        file.write_all(bytes)?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.sync_all()?;
        Ok(beside)
    }

    fn take_place(mut self, path: &Path) -> io::Result<()> {
        std::fs::rename(&self.path, path)?;
        self.done = true;
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.done {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// A file that was read and is to be written over.
#[derive(Debug, Clone, Copy)]
pub struct Replacement<'a> {
    /// The file, or a link to it.
    pub path: &'a Path,
    /// What was read.
    pub before: &'a [u8],
    /// What it is to hold.
    pub after: &'a [u8],
}

/// Writes over files that were read. All are written beside their places before the first takes its place, so that what
/// can be wrong with one is known before another has changed; each keeps its permissions. A link stays a link: the file
/// that it leads to is written, if that lies below one of `roots`.
///
/// # Errors
/// The file that could not be written, why, and how many before it were.
pub fn replace(files: &[Replacement<'_>], roots: &[PathBuf]) -> Result<(), (PathBuf, Refusal, usize)> {
    let roots: Vec<PathBuf> = roots.iter().filter_map(|r| r.canonicalize().ok()).collect();
    let mut ready = Vec::new();
    for file in files {
        let wrong = |refusal| (file.path.to_path_buf(), refusal, 0);
        let place = file.path.canonicalize().map_err(|e| wrong(Refusal::Failed(e)))?;
        if !roots.iter().any(|root| place.starts_with(root)) {
            return Err(wrong(Refusal::Elsewhere(place)));
        }
        let permissions = std::fs::metadata(&place).map_err(|e| wrong(Refusal::Failed(e)))?.permissions();
        if permissions.readonly() {
            return Err(wrong(Refusal::ReadOnly));
        }
        unchanged(&place, file.before).map_err(wrong)?;
        let beside = Beside::new(&place, file.after, Some(permissions)).map_err(|e| {
            wrong(match e.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Refusal::ReadOnly,
                // Another run is writing this file now.
                io::ErrorKind::AlreadyExists => Refusal::Changed,
                _ => Refusal::Failed(e),
            })
        })?;
        ready.push((file, place, beside));
    }
    for (done, (file, place, beside)) in ready.into_iter().enumerate() {
        let wrong = |refusal| (file.path.to_path_buf(), refusal, done);
        unchanged(&place, file.before).map_err(wrong)?;
        beside.take_place(&place).map_err(|e| wrong(Refusal::Failed(e)))?;
    }
    Ok(())
}

fn unchanged(path: &Path, before: &[u8]) -> Result<(), Refusal> {
    match std::fs::read(path) {
        Ok(now) if now == before => Ok(()),
        Ok(_) => Err(Refusal::Changed),
        Err(error) => Err(Refusal::Failed(error)),
    }
}

/// Writes a file that must not be there yet; what is there, even a link that leads nowhere, stays as it is.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    if path.symlink_metadata().is_ok() {
        return Err(Refusal::IsThere);
    }
    let place = settled(path)?;
    // A second name for the file that is written beside is given only if there is none yet, so it is there whole or not at
    // all. Some disks know no second names.
    let beside = Beside::new(&place, bytes, None).map_err(Refusal::Failed)?;
    match std::fs::hard_link(&beside.path, &place) {
        Ok(()) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(Refusal::IsThere),
        Err(_) => {}
    }
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(Refusal::IsThere),
        Err(error) => return Err(Refusal::Failed(error)),
    };
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| {
        let _ = std::fs::remove_file(path);
        Refusal::Failed(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one<'a>(path: &'a Path, before: &'a [u8]) -> Replacement<'a> {
        Replacement { path, before, after: b"new" }
    }

    /// Two people mend one file: what the first wrote is not lost, and nothing is left lying about.
    #[test]
    fn a_file_that_changed_is_not_written_and_no_other_with_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&a, "old").expect("a file");
        std::fs::write(&b, "changed").expect("a file");
        let roots = [folder.path().to_path_buf()];
        let (path, refusal, done) = replace(&[one(&a, b"old"), one(&b, b"old")], &roots).expect_err("it changed");
        assert!(path == b && matches!(refusal, Refusal::Changed) && done == 0, "{refusal:?}");
        assert_eq!(std::fs::read(&a).expect("a file"), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 2);
        assert!(replace(&[one(&a, b"old")], &roots).is_ok());
        assert_eq!(std::fs::read(&a).expect("a file"), b"new");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (inner, outer) = (folder.path().join("inner"), folder.path().join("outer"));
        std::fs::create_dir(&inner).expect("a folder");
        std::fs::write(&outer, "old").expect("a file");
        std::fs::set_permissions(&outer, Permissions::from_mode(0o640)).expect("its mode");
        let link = inner.join("link");
        symlink(&outer, &link).expect("a link");
        let (_, refusal, _) = replace(&[one(&link, b"old")], std::slice::from_ref(&inner)).expect_err("it leads away");
        assert!(matches!(refusal, Refusal::Elsewhere(_)), "{refusal:?}");
        assert!(replace(&[one(&link, b"old")], &[inner, link.clone()]).is_ok());
        assert!(link.is_symlink() && std::fs::read(&outer).expect("a file") == b"new");
        assert_eq!(std::fs::metadata(&outer).expect("a file").permissions().mode() & 0o777, 0o640);
        std::fs::set_permissions(&outer, Permissions::from_mode(0o440)).expect("its mode");
        let (_, refusal, _) =
            replace(&[one(&outer, b"new")], std::slice::from_ref(&outer)).expect_err("it may not be written");
        assert!(matches!(refusal, Refusal::ReadOnly), "{refusal:?}");
    }
}
