//! Floor 4. Spreadsheets: files to sheets as they are printed, and with a mapping to the same facts as plan files.
mod ahead;
mod entry;
mod format;
mod guard;
mod guess;
mod header;
mod layout;
mod levels;
pub mod mapping;
mod ods;
mod open;
mod plain;
mod propose;
mod rows;
mod sheet;
mod sorted;
mod splice;
#[cfg(test)]
mod tests;
mod text;
mod things;
mod value;
pub mod workbook;
mod xls;
mod xlsx;

pub use format::Format;
pub use open::{ENDINGS, Opened, Sheets, Trouble, delimiter, sheets, stored};
pub use propose::propose;
pub use rows::{Shape, SheetReader};
pub use sheet::{LARGEST_TEXT, LARGEST_UNPACKED, MOST_CELLS, Refusal, Sheet};
pub use splice::{Unfit, splice};
pub use things::{DATA_ENDINGS, is_outline, read_data, read_outline};
