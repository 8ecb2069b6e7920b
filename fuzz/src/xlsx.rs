//! Workbooks. A zip is read as it is; of any other text the parts of a workbook are made, each behind a line
//! `== NAME`, since nobody would guess the sums of a zip. Guessed mappings, all rules, all fixes.
use std::io::{Cursor, Write as _};

use super::project::Project;
use super::text;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn book(text: &str) -> Option<Vec<u8>> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for part in text.split("== ").skip(1) {
        let (name, content) = part.split_once('\n')?;
        // Two parts of one name are not written.
        out.start_file(name, plain).ok()?;
        out.write_all(content.as_bytes()).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

pub fn run(bytes: &[u8]) {
    let made = if bytes.starts_with(b"PK") { Some(bytes.to_vec()) } else { book(&text(bytes)) };
    let Some(bytes) = made else { return };
    Project::with(|project| {
        let (_, fixed) = project.read(&[("a.xlsx", &bytes)]).fix();
        if let [file] = fixed.files.as_slice() {
            project.read(&[("a.xlsx", &file.after)]).check();
        }
    });
}
