//! A workbook for tables that came from none (CSV): their texts, annotated like any workbook.
use super::balloon::shortened;
use super::book::free_name;
use super::{Note, Refusal, Words, annotate, place};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::collections::{HashMap, HashSet};

/// The longest text of a cell.
const LONGEST: usize = 32_000;
/// No column is made wider than this many pixels.
const WIDEST: u32 = 400;

/// Writes tables as a new workbook with the findings in it. All values are texts, so none is a formula. The name of a
/// sheet that Excel does not allow is written as one that it does.
///
/// # Errors
///
/// When a table is larger than a sheet, or a finding is not on a cell of one.
pub fn fresh(sheets: &[(String, Vec<Vec<String>>)], notes: &[Note], words: &Words) -> Result<Vec<u8>, Refusal> {
    let mut names: HashMap<&str, String> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut book = Workbook::new();
    // A fixed day, so that the same tables give the same bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|_| Refusal::TooLarge)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    for (name, rows) in sheets {
        let own = free_name(name, |n| taken.contains(&n.to_lowercase()));
        taken.insert(own.to_lowercase());
        fill(book.add_worksheet(), &own, rows).map_err(|_| Refusal::TooLarge)?;
        names.entry(name).or_insert(own);
    }
    let bytes = book.save_to_buffer().map_err(|_| Refusal::TooLarge)?;
    let notes: Vec<Note> = notes
        .iter()
        .map(|note| {
            let sheet = names.get(note.sheet.as_str()).ok_or_else(|| Refusal::NoSheet(note.sheet.clone()))?;
            Ok(Note { sheet: sheet.clone(), ..note.clone() })
        })
        .collect::<Result<_, Refusal>>()?;
    annotate(&bytes, &notes, words)
}

/// Writes a table into a sheet.
fn fill(sheet: &mut rust_xlsxwriter::Worksheet, name: &str, rows: &[Vec<String>]) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, text) in (0_u32..).zip(cells) {
            let column = u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)?;
            if row >= place::ROWS || u32::from(column) >= place::COLUMNS {
                return Err(XlsxError::RowColumnLimitError);
            }
            if !text.is_empty() {
                sheet.write_string(row, column, shortened(text, LONGEST))?;
            }
        }
    }
    sheet.set_autofit_max_width(WIDEST).autofit();
    Ok(())
}
