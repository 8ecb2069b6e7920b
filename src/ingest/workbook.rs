//! Workbooks by their content, whatever their name says: .xlsx and .xlsm, .xls, .ods.
use std::io::{Cursor, Read as _};
use std::sync::LazyLock;

use regex::bytes::Regex;
use zip::ZipArchive;

use super::guard::guarded;
use super::sheet::{ALWAYS_UNPACKED, LARGEST_UNPACKED, MOST_SWELLING, Refusal, Sheet};
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
    bounded(&mut archive, unpacked(bytes.len()))?;
    let manifest = part(&mut archive, "META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Refusal::new("sheet-encrypted", ""));
    }
    if archive.index_for_name("content.xml").is_some() {
        return super::ods::read(&mut archive, progress);
    }
    xlsx::read(bytes, &mut archive, progress)
}

/// What a file of a size may unpack to: a small one that swells without end was made to do harm.
fn unpacked(size: usize) -> u64 {
    (size as u64).saturating_mul(MOST_SWELLING).clamp(ALWAYS_UNPACKED, LARGEST_UNPACKED)
}

/// Unpacks every part once without keeping it: what a header says about its size may be a lie. So may the number of
/// texts that a part says it holds, for which the library takes room at once.
pub(super) fn bounded(archive: &mut Archive<'_>, most: u64) -> Result<(), Refusal> {
    let mut total = 0_u64;
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).map_err(|e| Refusal::new("sheet-damaged", e))?;
        let (mut size, mut told) = (0_u64, 0_u64);
        let mut buffer = vec![0; CHUNK];
        let mut kept = 0;
        loop {
            let room = buffer.get_mut(kept..).unwrap_or(&mut []);
            let read = part.read(room).map_err(|e| Refusal::new("sheet-damaged", e))?;
            if read == 0 {
                break;
            }
            size = size.saturating_add(read as u64);
            if total.saturating_add(size) > most {
                return Err(Refusal::new(if most < LARGEST_UNPACKED { "sheet-swells" } else { "sheet-too-large" }, ""));
            }
            let end = kept + read;
            told = told.max(buffer.get(..end).map_or(0, told_count));
            // A number may stand across two readings.
            let from = end.saturating_sub(OVERLAP);
            buffer.copy_within(from..end, 0);
            kept = end - from;
        }
        if told > size {
            return Err(Refusal::new("sheet-damaged", "uniqueCount"));
        }
        total = total.saturating_add(size);
    }
    Ok(())
}

/// Bytes that are looked at together.
const CHUNK: usize = 1 << 16;
/// Bytes that are looked at again with the next ones.
const OVERLAP: usize = 64;

/// The largest number that stands behind `uniqueCount`.
fn told_count(bytes: &[u8]) -> u64 {
    static TOLD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"uniqueCount\s*=\s*["']\s*([0-9]+)"#).ok());
    let counts = TOLD.iter().flat_map(|told| told.captures_iter(bytes)).filter_map(|c| c.get(1));
    let number =
        |digits: &[u8]| digits.iter().fold(0_u64, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0')));
    counts.map(|digits| number(digits.as_bytes())).max().unwrap_or(0)
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
