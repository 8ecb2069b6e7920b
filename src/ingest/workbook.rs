//! Workbooks by their content, whatever their name says: .xlsx and .xlsm, .xls, .ods.
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::guard::guarded;
use super::sheet::{LARGEST_UNPACKED, Refusal, Sheet};
use super::xlsx;

/// How a file that is a compound file (.xls, or a workbook with a password) begins.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// How a zip file begins.
const ZIP: [u8; 2] = *b"PK";

/// The archive that a workbook is.
pub(super) type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Reads the sheets of a workbook; `progress` hears now and then how many cells have been read.
///
/// # Errors
/// A refusal if the file is locked, damaged, too large, or no workbook.
pub fn read(bytes: &[u8], progress: &mut dyn FnMut(u64)) -> Result<Vec<Sheet>, Refusal> {
    guarded(|| read_any(bytes, progress))
}

fn read_any(bytes: &[u8], progress: &mut dyn FnMut(u64)) -> Result<Vec<Sheet>, Refusal> {
    if bytes.starts_with(&COMPOUND) {
        return super::xls::read(bytes, progress);
    }
    if !bytes.starts_with(&ZIP) {
        return Err(Refusal::new("sheet-damaged", ""));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Refusal::new("sheet-damaged", e))?;
    bounded(&mut archive)?;
    if archive.index_for_name("content.xml").is_some() {
        return super::ods::read(&mut archive, progress);
    }
    xlsx::read(bytes, &mut archive, progress)
}

/// Unpacks every part once without keeping it: what a header says about its size may be a lie.
fn bounded(archive: &mut Archive<'_>) -> Result<(), Refusal> {
    let mut total = 0_u64;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(|e| Refusal::new("sheet-damaged", e))?;
        let left = LARGEST_UNPACKED.saturating_sub(total).saturating_add(1);
        let size = std::io::copy(&mut part.take(left), &mut std::io::sink());
        total = total.saturating_add(size.map_err(|e| Refusal::new("sheet-damaged", e))?);
        if total > LARGEST_UNPACKED {
            return Err(Refusal::new("sheet-too-large", ""));
        }
    }
    Ok(())
}

/// A part of an archive, unpacked; `None` if it has no such part.
pub(super) fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let Some(number) = archive.index_for_name(name) else { return Ok(None) };
    let part = archive.by_index(number).map_err(|e| Refusal::new("sheet-damaged", e))?;
    let mut text = String::new();
    let size = part.take(LARGEST_UNPACKED).read_to_string(&mut text);
    size.map_err(|e| Refusal::new("sheet-damaged", e))?;
    Ok(Some(text))
}
