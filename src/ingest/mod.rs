//! Floor 4. Spreadsheets: files to sheets as they are printed, and with a mapping to the same facts as plan files.
mod sheet;

pub use sheet::{LARGEST_TEXT, LARGEST_UNPACKED, MOST_CELLS, Refusal, Sheet};
