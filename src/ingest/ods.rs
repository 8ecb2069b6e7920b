//! Workbooks of OpenDocument (.ods).
use super::sheet::{Refusal, Sheet};
use super::workbook::Archive;

/// Reads the sheets of a workbook.
pub(super) fn read(_archive: &mut Archive<'_>, _progress: &mut dyn FnMut(u64)) -> Result<Vec<Sheet>, Refusal> {
    Err(Refusal::new("sheet-damaged", ""))
}
