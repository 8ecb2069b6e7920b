//! Workbooks of older Excel (.xls): the cells by a library; the display formats, which it does not tell, from the
//! records of the file ([MS-XLS], 2.4).
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, SheetType, SheetVisible, Xls, XlsError};
use rustc_hash::FxHashMap;

use super::format::{Format, built_in};
use super::sheet::{LARGEST_UNPACKED, Refusal, Sheet};
use crate::text::{CellKind, Merge};

/// Cells between two reports of progress.
const STEP: u64 = 4_096;

/// The largest area of all sheets together, in cells; the library takes room for each, blank or not.
const MOST_AREA: u64 = 20_000_000;
/// Rows and columns of the largest sheet that the format has.
const MOST: (u32, u32) = (65_536, 256);

/// The version in the first record of a workbook of Excel 95.
const EXCEL_95: u16 = 0x0500;

/// Records by their numbers.
mod id {
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000a;
    pub const COLUMNS: u16 = 0x007d;
    pub const SHEET: u16 = 0x0085;
    pub const NUMBERS: u16 = 0x00bd;
    pub const STYLE: u16 = 0x00e0;
    pub const NUMBER: u16 = 0x0203;
    pub const ROW: u16 = 0x0208;
    pub const SHORT: u16 = 0x027e;
    pub const FORMAT: u16 = 0x041e;
    pub const BEGIN: u16 = 0x0809;
}

fn damaged(error: impl ToString) -> Refusal {
    Refusal::new("sheet-damaged", error)
}

/// Reads the sheets of a workbook.
pub(super) fn read(bytes: &[u8], progress: &mut dyn FnMut(u64)) -> Result<Vec<Sheet>, Refusal> {
    let records = records(bytes)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|e| match e {
        XlsError::Password => Refusal::new("sheet-encrypted", ""),
        other => damaged(other),
    })?;
    let formats: Vec<Format> = records.styles.iter().map(|code| Format::new(code)).collect();
    let general = Format::new("General");
    let mut out = Vec::new();
    let mut count = 0_u64;
    for (number, about) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        if about.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet::beside(about.name.as_str(), &out);
        sheet.hidden = about.visible != SheetVisible::Visible;
        let styles = records.sheets.get(number);
        if let Some(told) = styles {
            sheet.hidden_rows.clone_from(&told.hidden_rows);
            sheet.hidden_columns.clone_from(&told.hidden_columns);
        }
        for region in book.merge_cells_by_sheet_name(&about.name).unwrap_or_default() {
            let ((top, left), (bottom, right)) = (region.start, region.end);
            sheet.merge(Merge { top, left, bottom, right });
        }
        let range = book.worksheet_range(&about.name).map_err(damaged)?;
        let (first_row, first_column) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            count += 1;
            if count.is_multiple_of(STEP) {
                progress(count);
            }
            let at = |n: usize, first: u32| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(first);
            let (row, column) = (at(row, first_row), at(column, first_column));
            let style = styles.and_then(|s| s.cells.get(&(row, column)));
            let format = style.and_then(|s| formats.get(usize::from(*s))).unwrap_or(&general);
            let (text, kind) = match value {
                Data::Empty => continue,
                #[expect(clippy::cast_precision_loss, reason = "numbers of a workbook are floats")]
                Data::Int(n) => format.show(*n as f64, records.is_1904),
                Data::Float(n) => format.show(*n, records.is_1904),
                Data::DateTime(day) => format.show(day.as_f64(), records.is_1904),
                Data::Bool(truth) => (truth.to_string().to_uppercase(), CellKind::Plain),
                other => (other.to_string(), CellKind::Plain),
            };
            sheet.push(row, column, &text, kind)?;
        }
        out.push(sheet);
    }
    progress(count);
    Ok(out)
}

/// What the records tell beside the values.
#[derive(Default)]
struct Records {
    /// The format code of each style.
    styles: Vec<String>,
    is_1904: bool,
    sheets: Vec<SheetRecords>,
}

#[derive(Default)]
struct SheetRecords {
    cells: FxHashMap<(u32, u32), u16>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

/// The records from byte `at` on, until their block ends, each with how deep in blocks it stands.
fn blocks(stream: &[u8], mut at: usize, mut take: impl FnMut(u16, &[u8], u32)) {
    let mut depth = 0_u32;
    while let (Some(id), Some(length)) = (word(stream, at), word(stream, at + 2)) {
        let data = stream.get(at + 4..at + 4 + usize::from(length)).unwrap_or(&[]);
        match id {
            id::BEGIN => depth += 1,
            id::END if depth <= 1 => return,
            id::END => depth -= 1,
            _ => take(id, data, depth),
        }
        at += 4 + usize::from(length);
    }
}

/// The records of a block; those of a chart on a sheet stand in a block of their own and are left out.
fn each(stream: &[u8], at: usize, mut take: impl FnMut(u16, &[u8])) {
    blocks(stream, at, |id, data, depth| {
        if depth <= 1 {
            take(id, data);
        }
    });
}

fn records(bytes: &[u8]) -> Result<Records, Refusal> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    if file.exists("/EncryptedPackage") {
        return Err(Refusal::new("sheet-encrypted", ""));
    }
    let mut stream = Vec::new();
    for name in ["/Workbook", "/Book"] {
        if stream.is_empty() && file.is_stream(name) {
            let opened = file.open_stream(name).map_err(damaged)?;
            opened.take(LARGEST_UNPACKED).read_to_end(&mut stream).map_err(damaged)?;
        }
    }
    let mut out = Records::default();
    let mut codes: FxHashMap<u16, String> = FxHashMap::default();
    let mut styles: Vec<u16> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let string = if word(&stream, 4) == Some(EXCEL_95) { narrow_string } else { string };
    each(&stream, 0, |id, data| match id {
        id::FORMAT => codes.extend(word(data, 0).zip(data.get(2..).and_then(string).filter(|c| c.len() <= 1_024))),
        id::STYLE => styles.extend(word(data, 2)),
        0x0022 => out.is_1904 = word(data, 0) == Some(1),
        id::SHEET => {
            let start =
                word(data, 0).zip(word(data, 2)).map(|(low, high)| (usize::from(high) << 16) + usize::from(low));
            starts.extend(start);
        }
        _ => {}
    });
    let mut area = 0_u64;
    for start in &starts {
        area = area.saturating_add(reach(&stream, *start)?);
    }
    if area > MOST_AREA {
        return Err(Refusal::new("sheet-too-large", ""));
    }
    let code = |id: &u16| codes.get(id).map_or_else(|| built_in(u32::from(*id)).to_owned(), Clone::clone);
    out.styles = styles.iter().map(code).collect();
    out.sheets = starts.into_iter().map(|at| sheet(&stream, at)).collect();
    Ok(out)
}

/// The area that the cells of a sheet reach over; a cell where no sheet has one is a lie.
fn reach(stream: &[u8], at: usize) -> Result<u64, Refusal> {
    let (mut rows, mut columns, mut wrong) = (0_u32, 0_u32, false);
    blocks(stream, at, |id, data, _| {
        let number = |at: usize| word(data, at).map_or(0, u32::from);
        let (row, column) = match id {
            id::NUMBERS => (number(0), number(data.len().saturating_sub(2))),
            id::FORMULA | id::NUMBER | id::SHORT | 0x0204 | 0x0205 | 0x00d6 | 0x00fd => (number(0), number(2)),
            // The size as the file tells it: rows in four bytes, columns in two.
            0x0200 if data.len() >= 12 => {
                wrong |= number(6) > 1 || (number(6) == 1 && number(4) > 0) || number(2) > 0 || number(10) > MOST.1;
                return;
            }
            0x0200 => (number(2).saturating_sub(1), number(6).saturating_sub(1)),
            _ => return,
        };
        wrong |= row >= MOST.0 || column >= MOST.1;
        rows = rows.max(row + 1);
        columns = columns.max(column + 1);
    });
    if wrong {
        return Err(Refusal::new("sheet-damaged", ""));
    }
    Ok(u64::from(rows) * u64::from(columns))
}

fn sheet(stream: &[u8], at: usize) -> SheetRecords {
    let mut out = SheetRecords::default();
    each(stream, at, |id, data| {
        let (Some(first), Some(second)) = (word(data, 0), word(data, 2)) else { return };
        let (row, column) = (u32::from(first), u32::from(second));
        match id {
            id::NUMBER | id::SHORT | id::FORMULA => out.cells.extend(word(data, 4).map(|style| ((row, column), style))),
            id::NUMBERS => {
                let styles = data.get(4..data.len().saturating_sub(2)).unwrap_or(&[]).chunks_exact(6);
                out.cells.extend((column..).zip(styles).filter_map(|(c, s)| Some(((row, c), word(s, 0)?))));
            }
            id::ROW if word(data, 12).is_some_and(|flags| flags & 0x20 != 0) => out.hidden_rows.push((row, row)),
            id::COLUMNS if word(data, 8).is_some_and(|flags| flags & 1 != 0) => out.hidden_columns.push((row, column)),
            _ => {}
        }
    });
    out.hidden_rows.sort_unstable();
    out
}

/// A text of a record: its length, a flag for its width, its characters.
fn string(data: &[u8]) -> Option<String> {
    let length = usize::from(word(data, 0)?);
    let wide = *data.get(2)? & 1 != 0;
    if wide {
        let units: Vec<u16> = (0..length).map_while(|n| word(data, 3 + 2 * n)).collect();
        Some(String::from_utf16_lossy(&units))
    } else {
        Some(data.get(3..3 + length)?.iter().map(|b| char::from(*b)).collect())
    }
}

/// A text of a record of Excel 95: its length in one byte, its characters in the code page of the machine, of which only
/// those of ASCII are sure.
fn narrow_string(data: &[u8]) -> Option<String> {
    let text = data.get(1..=usize::from(*data.first()?))?;
    text.is_ascii().then(|| text.iter().map(|b| char::from(*b)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Read as the longer texts of later versions, a format would be letters without sense and 48.2% be 0.
    #[test]
    fn formats_of_excel_95_are_read_by_their_own_length() {
        assert_eq!(narrow_string(b"\x040.0%\xff"), Some("0.0%".to_owned()));
        for bad in [&b""[..], b"\x05ab", b"\x020\x8f"] {
            assert_eq!(narrow_string(bad), None);
        }
    }
}
