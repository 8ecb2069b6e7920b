//! Any text as a fiscal year: it is read back from every way in which it is printed.
use totsugo::value::{FiscalYear, YearFault};

use super::text;

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    let year = match FiscalYear::read(&text) {
        Ok(year) | Err(YearFault::NotInEra { meant: Some(year) }) => year,
        Err(_) => return,
    };
    assert!((1868..=2100).contains(&year.0), "{year:?}");
    for printed in [year.to_string(), year.wareki_long(), year.seireki()] {
        assert_eq!(FiscalYear::read(&printed), Ok(year), "{printed}");
    }
}
