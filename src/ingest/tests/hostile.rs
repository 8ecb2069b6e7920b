//! Files that lie about their size, and files that were cut.
use super::super::workbook::bounded;
use super::*;

/// What a zip says of the size of its parts may be a lie; what it unpacks to counts.
#[test]
fn a_zip_is_measured_and_not_believed() {
    let mut bytes = zipped(&[("content.xml", &" ".repeat(1 << 20))]);
    let size = (1_u32 << 20).to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 3).filter(|at| bytes[*at..at + 4] == size).collect();
    assert!(!places.is_empty(), "sizes in the headers");
    let refused = |bytes: &[u8]| {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        bounded(&mut archive, 1_000).map_err(|r| r.code)
    };
    assert_eq!(refused(&bytes), Err("sheet-swells"));
    for at in places {
        bytes[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
    }
    assert_eq!(refused(&bytes), Err("sheet-damaged"), "a header that says one byte");
}

/// Half a download is told as damaged, wherever it was cut, and never read as a shorter list.
#[test]
fn a_file_that_was_cut_is_refused() {
    for bytes in [book(), include_bytes!("../../../tests/files/shown.xls").to_vec(), zipped(&[("content.xml", ODS)])] {
        for twentieths in 0..20 {
            let cut = &bytes[..bytes.len() * twentieths / 20];
            let refused = read(cut, &mut |_| {}).map(|s| s.len()).map_err(|r| r.code);
            assert_eq!(refused, Err("sheet-damaged"), "{twentieths}/20 of {}", bytes.len());
        }
    }
}

/// Columns hidden as other programs write it are hidden; a column beyond the last one is none.
#[test]
fn hidden_columns_end_where_the_sheet_ends() {
    let columns = |cols: &str| {
        let bytes = patched(&book(), |_, text| text.replace("<cols>", &format!("<cols>{cols}")));
        sheets(&bytes).remove(0).hidden_columns
    };
    assert_eq!(columns("<col min=\"3\" max=\"4\" hidden=\"1\"></col>"), [(2, 3), (6, 6)]);
    assert_eq!(columns("<col min=\"3\" max=\"4294967295\" hidden=\"true\"/>"), [(2, 16_383), (6, 6)]);
    assert_eq!(columns("<col min=\"20000\" max=\"20001\" hidden=\"1\"/>"), [(6, 6)]);
}
