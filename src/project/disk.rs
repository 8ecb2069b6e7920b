//! Where the bytes of files come from: the disk, and before it the texts that an editor has open, bytes that are only
//! tried, or the files as they were at a revision.
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::tree::Tree;
use crate::text::Bytes;

/// A file larger than this is no plan; it is refused rather than read.
pub(super) const LARGEST: u64 = 1 << 30;
/// A file larger than this is not held if it need not be.
const HELD: u64 = 1 << 20;

/// The files of the system under the texts that are open in an editor and maybe not saved.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    open: BTreeMap<PathBuf, Arc<str>>,
    laid: BTreeMap<PathBuf, Arc<[u8]>>,
    tree: Option<Arc<Tree>>,
    /// The largest file that is read, where that is less than usual.
    most: Option<u64>,
}

impl Disk {
    /// One name for a file, however it is reached.
    #[must_use]
    pub fn name(path: &Path) -> PathBuf {
        whole(path)
    }

    /// A text that is open: it stands for what lies on the disk.
    pub fn open(&mut self, path: &Path, text: Arc<str>) {
        self.open.insert(whole(path), text);
    }

    /// Reads no file of more bytes.
    pub fn allow(&mut self, bytes: u64) {
        self.most = Some(bytes.min(LARGEST));
    }

    /// The largest file that is read.
    #[must_use]
    pub fn largest(&self) -> u64 {
        self.most.unwrap_or(LARGEST)
    }

    /// The text is no longer open: what lies on the disk counts again.
    pub fn close(&mut self, path: &Path) {
        self.open.remove(&whole(path));
    }

    /// The open text of a path.
    #[must_use]
    pub fn text(&self, path: &Path) -> Option<&Arc<str>> {
        if self.open.is_empty() { None } else { self.open.get(&whole(path)) }
    }

    /// Bytes that stand for those of a file, whether it is there or not, to see what would be found if it held them.
    pub fn lay(&mut self, path: &Path, bytes: Arc<[u8]>) {
        self.laid.insert(whole(path), bytes);
    }

    /// The files of a tree instead of those that lie where it does; all others are those of the disk.
    pub(super) fn of_tree(tree: Arc<Tree>) -> Self {
        Self { tree: Some(tree), ..Self::default() }
    }

    /// The tree in which a path is looked for, if there is one.
    pub(super) fn tree_of(&self, path: &Path) -> Option<&Tree> {
        self.tree.as_deref().filter(|tree| tree.holds(&whole(path)))
    }

    /// The files of a folder, without those in folders below it.
    pub(super) fn beside(&self, folder: &Path) -> Vec<PathBuf> {
        match self.tree_of(folder) {
            Some(tree) => tree.files(folder).filter(|path| path.parent() == Some(folder)).collect(),
            None => {
                let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
                entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect()
            }
        }
    }

    /// Open files that lie below a folder and not on the disk.
    pub(super) fn unsaved<'a>(&'a self, folder: &Path) -> impl Iterator<Item = &'a PathBuf> {
        let folder = whole(folder);
        self.open.keys().filter(move |path| path.starts_with(&folder) && !path.exists())
    }

    /// The bytes of a large file on the disk, to be read where they lie; `None` for any other.
    pub(super) fn stored(&self, path: &Path) -> Option<Arc<dyn Bytes>> {
        let laid = !self.laid.is_empty() && self.laid.contains_key(&whole(path));
        if laid || self.tree_of(path).is_some() || self.text(path).is_some() {
            return None;
        }
        let file = File::open(path).ok()?;
        let found = file.metadata().ok().filter(|m| m.is_file() && m.len() > HELD && m.len() <= self.largest())?;
        let length = usize::try_from(found.len()).ok()?;
        Some(Arc::new(OnDisk { file, length, modified: found.modified().ok() }))
    }

    /// The bytes of a file; `Ok(None)` if it is too large to be read.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        if !self.laid.is_empty()
            && let Some(bytes) = self.laid.get(&whole(path))
        {
            return Ok(Some(bytes.to_vec()));
        }
        if let Some(tree) = self.tree_of(path) {
            let bytes = tree.bytes(&whole(path));
            return bytes.map(|bytes| Some(bytes.to_vec())).ok_or_else(|| io::ErrorKind::NotFound.into());
        }
        if let Some(text) = self.text(path) {
            return Ok(Some(text.as_bytes().to_vec()));
        }
        let found = std::fs::metadata(path)?;
        if found.len() > self.largest() {
            return Ok(None);
        }
        if found.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !found.is_file() {
            // A device or a pipe has no end, or waits for somebody.
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or(0));
        File::open(path)?.take(self.largest() + 1).read_to_end(&mut bytes)?;
        Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= self.largest()))
    }
}

/// A file that stays open: who puts another in its place does not change it, and who changes it is noticed.
#[derive(Debug)]
struct OnDisk {
    file: File,
    length: usize,
    modified: Option<SystemTime>,
}

impl Bytes for OnDisk {
    fn len(&self) -> usize {
        self.length
    }

    fn are_same(&self) -> bool {
        let now = self.file.metadata();
        now.is_ok_and(|now| now.len() == self.length as u64 && now.modified().ok() == self.modified)
    }

    fn read(&self, range: Range<usize>, room: &mut Vec<u8>) -> io::Result<()> {
        let length = range.end.checked_sub(range.start).filter(|_| range.end <= self.length);
        room.resize(length.ok_or(io::ErrorKind::UnexpectedEof)?, 0);
        let mut done = 0;
        while let Some(rest) = room.get_mut(done..).filter(|rest| !rest.is_empty()) {
            match read_at(&self.file, rest, (range.start + done) as u64) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(read) => done += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Reads from a place of a file, whoever else reads from it at the same time.
#[cfg(not(windows))]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, at)
}

/// Reads from a place of a file, whoever else reads from it at the same time.
#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, at)
}

/// One name for a file, however it is reached; of a file that is not there, as much of its folders as is.
pub(super) fn whole(path: &Path) -> PathBuf {
    for above in path.ancestors() {
        let place = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        let (Ok(place), Ok(rest)) = (place.canonicalize(), path.strip_prefix(above)) else { continue };
        return if rest.as_os_str().is_empty() { place } else { place.join(rest) };
    }
    path.to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn large(path: &Path, letter: u8) {
        std::fs::write(path, vec![letter; usize::try_from(HELD).unwrap() + 1]).unwrap();
    }

    /// A row of one edition of a file with a figure of the next would be a finding about nothing that was ever printed.
    #[test]
    fn a_large_file_that_changes_is_known_to_have_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        large(&path, b'a');
        let bytes = Disk::default().stored(&path).expect("large enough");
        let mut room = vec![b'b'; 9];
        bytes.read(3..6, &mut room).unwrap();
        assert_eq!(room, b"aaa");
        assert!(bytes.read(0..bytes.len() + 1, &mut room).is_err());
        // Another file in its place is another file.
        let other = folder.path().join("b.csv");
        large(&other, b'b');
        std::fs::rename(&other, &path).unwrap();
        bytes.read(0..1, &mut room).unwrap();
        assert!(room == b"a" && bytes.are_same());
        let bytes = Disk::default().stored(&path).expect("large enough");
        std::fs::OpenOptions::new().append(true).open(&path).unwrap().set_len(HELD).unwrap();
        assert!(!bytes.are_same());
    }

    #[test]
    fn what_is_small_or_open_is_held() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "a").unwrap();
        assert!(Disk::default().stored(&path).is_none());
        large(&path, b'a');
        let mut disk = Disk::default();
        disk.open(&path, "b".into());
        assert!(disk.stored(&path).is_none());
    }
}
