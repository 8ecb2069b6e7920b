//! The zip of a workbook: parts that are read, edited and added; all others are copied as they are compressed.
use super::Refusal;
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// No part of a workbook that people use is near this; a bomb is beyond it.
const LARGEST: u64 = 1 << 30;

/// A workbook as parts.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Where a part stands in the archive, by its name in lower case: names of parts know no case.
    index: HashMap<String, usize>,
    /// The parts that have been edited, by their place in the archive.
    edited: BTreeMap<usize, Vec<u8>>,
    /// The parts that have been added, in order, and where they are by their names in lower case.
    added: Vec<(String, Vec<u8>)>,
    added_at: HashMap<String, usize>,
}

/// The name by which a part is looked up.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

impl<'a> Package<'a> {
    /// Opens a zip.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        if !bytes.starts_with(b"PK") {
            return Err(Refusal::NotXlsx);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        let mut index = HashMap::new();
        for at in 0..archive.len() {
            let name = archive.name_for_index(at).and_then(Result::ok).ok_or(Refusal::Damaged)?;
            index.entry(key(&name)).or_insert(at);
        }
        Ok(Self { archive, index, edited: BTreeMap::new(), added: Vec::new(), added_at: HashMap::new() })
    }

    /// True when there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        let name = key(name);
        self.index.contains_key(&name) || self.added_at.contains_key(&name)
    }

    /// The names of all parts that end so, as looked up, in order.
    pub(super) fn ending(&self, end: &str) -> Vec<String> {
        let mut names: Vec<String> =
            self.index.keys().chain(self.added_at.keys()).filter(|n| n.ends_with(end)).cloned().collect();
        names.sort_unstable();
        names
    }

    /// The bytes of a part as it is now; `None` when there is none.
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let name = key(name);
        if let Some((_, bytes)) = self.added_at.get(&name).and_then(|at| self.added.get(*at)) {
            return Ok(Some(bytes.clone()));
        }
        let Some(&at) = self.index.get(&name) else { return Ok(None) };
        if let Some(bytes) = self.edited.get(&at) {
            return Ok(Some(bytes.clone()));
        }
        let file = self.archive.by_index(at).map_err(|_| Refusal::Damaged)?;
        let mut bytes = Vec::new();
        let read = file.take(LARGEST).read_to_end(&mut bytes).map_err(|_| Refusal::Damaged)?;
        if u64::try_from(read).map_or(true, |n| n >= LARGEST) {
            return Err(Refusal::TooLarge);
        }
        Ok(Some(bytes))
    }

    /// The text of a part; `None` when there is none.
    pub(super) fn find(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let bytes = self.bytes(name)?;
        bytes.map(|bytes| String::from_utf8(bytes).map_err(|_| Refusal::Encoding)).transpose()
    }

    /// The text of a part that must be there.
    pub(super) fn read(&mut self, name: &str) -> Result<String, Refusal> {
        self.find(name)?.ok_or(Refusal::Damaged)
    }

    /// The text of a part whose encoding is not known, a character a byte: old drawings are in the code page of the
    /// machine that wrote them. What is cut in must be ASCII.
    pub(super) fn find_raw(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        Ok(self.bytes(name)?.map(|bytes| bytes.into_iter().map(char::from).collect()))
    }

    /// Puts a text in the place of a part, or adds the part.
    pub(super) fn write(&mut self, name: &str, text: String) {
        self.put(name, text.into_bytes());
    }

    /// Writes a text of a character a byte.
    pub(super) fn write_raw(&mut self, name: &str, text: &str) {
        self.put(name, text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect());
    }

    fn put(&mut self, name: &str, bytes: Vec<u8>) {
        let lower = key(name);
        if let Some(&at) = self.index.get(&lower) {
            self.edited.insert(at, bytes);
        } else if let Some(part) = self.added_at.get(&lower).and_then(|at| self.added.get_mut(*at)) {
            part.1 = bytes;
        } else {
            self.added_at.insert(lower, self.added.len());
            self.added.push((name.trim_start_matches('/').to_owned(), bytes));
        }
    }

    /// A name for a new part: the stem, the first free number from 1, the ending.
    pub(super) fn free(&self, stem: &str, end: &str) -> String {
        (1_u32..).map(|n| format!("{stem}{n}{end}")).find(|n| !self.has(n)).unwrap_or_default()
    }

    /// The bytes of the new zip.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Refusal> {
        // A fixed time, so that the same workbook gives the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let damaged = |_| Refusal::Damaged;
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..self.archive.len() {
            if let Some(bytes) = self.edited.get(&at) {
                let name = self.archive.name_for_index(at).and_then(Result::ok).ok_or(Refusal::Damaged)?.into_owned();
                out.start_file(name, options).map_err(damaged)?;
                out.write_all(bytes).map_err(|_| Refusal::Damaged)?;
            } else {
                let file = self.archive.by_index_raw(at).map_err(damaged)?;
                out.raw_copy_file(file).map_err(damaged)?;
            }
        }
        for (name, bytes) in &self.added {
            out.start_file(name.as_str(), options).map_err(damaged)?;
            out.write_all(bytes).map_err(|_| Refusal::Damaged)?;
        }
        Ok(out.finish().map_err(damaged)?.into_inner())
    }
}
