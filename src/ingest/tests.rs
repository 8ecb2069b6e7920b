//! Workbooks of every format, well and badly made.
use std::io::{Cursor, Read as _, Write as _};

mod hostile;

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::sheet::{Refusal, Sheet};
use super::workbook::read;
use crate::text::CellKind;

fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    read(bytes, &mut |_| {}).expect("a workbook")
}

fn code(bytes: &[u8]) -> &'static str {
    read(bytes, &mut |_| {}).expect_err("a refusal").code
}

/// The text and kind of a cell.
fn cell(sheet: &Sheet, row: u32, column: u32) -> (String, CellKind) {
    let source = sheet.clone().into_source("a.xlsx");
    source.cell(row, column).map_or_else(Default::default, |c| (source.text_of(&c).into_owned(), c.kind))
}

/// A workbook with some of its parts changed.
fn patched(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("UTF-8");
        out.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
        out.write_all(change(&name, text).as_bytes()).expect("written");
    }
    out.finish().expect("a zip").into_inner()
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        out.start_file(*name, SimpleFileOptions::default()).expect("a part");
        out.write_all(text.as_bytes()).expect("written");
    }
    out.finish().expect("a zip").into_inner()
}

fn book() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("一覧 '4' 表").expect("a name");
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write_number_with_format(0, 0, 0.482, &format("0.0%")).expect("a cell");
    sheet.write_number_with_format(0, 1, 76_000.0, &format("#,##0\"件\"")).expect("a cell");
    sheet.write_number_with_format(0, 2, 45_383.0, &format("[$-411]ggge\"年\"m\"月\"d\"日\"")).expect("a cell");
    sheet.write_number(0, 3, 0.1 + 0.2).expect("a cell");
    sheet.write_string(1, 0, "上\n下").expect("a cell");
    sheet.write_boolean(1, 1, true).expect("a cell");
    sheet.write_formula(1, 2, rust_xlsxwriter::Formula::new("=1+1").set_result("2")).expect("a cell");
    sheet.write_formula(1, 3, rust_xlsxwriter::Formula::new("=A9").set_result("#REF!")).expect("a cell");
    sheet.merge_range(2, 0, 4, 1, "結合", &Format::new()).expect("merged");
    sheet.set_row_hidden(5).expect("a row").write_string(5, 0, "隠れた行").expect("a cell");
    sheet.set_column_hidden(6).expect("a column");
    let rich = [(&Format::default(), "太"), (&Format::new().set_bold(), "字")];
    sheet.write_rich_string(6, 0, &rich).expect("a cell");
    for row in 10..20_000 {
        sheet.write_blank(row, 0, &Format::new().set_bold()).expect("a cell");
    }
    book.add_worksheet().set_name("控え").expect("a name").set_hidden(true).write_string(0, 0, "x").expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

/// What Excel shows is what is checked, whatever it keeps.
#[test]
fn a_workbook_is_read_as_excel_shows_it() {
    let all = sheets(&book());
    let [first, second] = all.as_slice() else { panic!("two sheets") };
    assert_eq!(first.grid.sheet, "一覧 '4' 表");
    for (at, text, kind) in [
        ((0, 0), "48.2%", CellKind::Plain),
        ((0, 1), "76,000件", CellKind::Plain),
        ((0, 2), "令和6年4月1日", CellKind::Date),
        ((0, 3), "0.3", CellKind::Plain),
        ((1, 0), "上\n下", CellKind::Plain),
        ((1, 1), "TRUE", CellKind::Plain),
        ((1, 2), "2", CellKind::Plain),
        ((1, 3), "#REF!", CellKind::Plain),
        ((2, 0), "結合", CellKind::Plain),
        ((6, 0), "太字", CellKind::Plain),
    ] {
        assert_eq!(cell(first, at.0, at.1), (text.to_owned(), kind), "{at:?}");
    }
    assert_eq!(
        first.grid.merges.iter().map(|m| (m.top, m.left, m.bottom, m.right)).collect::<Vec<_>>(),
        [(2, 0, 4, 1)]
    );
    assert_eq!((first.hidden_rows.as_slice(), first.hidden_columns.as_slice()), (&[(5, 5)][..], &[(6, 6)][..]));
    assert_eq!(first.grid.rows(), 7, "rows that are only formatted are not kept");
    assert!(second.hidden && !first.hidden);
}

/// Other programs write other XML: formulas without values, the old epoch, cells without names, prefixes.
#[test]
fn workbooks_of_other_programs_are_read_too() {
    let sheet = |change: fn(String) -> String| {
        let bytes = patched(&book(), |name, text| if name == "xl/worksheets/sheet1.xml" { change(text) } else { text });
        sheets(&bytes).remove(0)
    };
    let formula = sheet(|t| t.replace("<f>1+1</f><v>2</v>", "<f>1+1</f>"));
    assert_eq!(cell(&formula, 1, 2), ("=1+1".to_owned(), CellKind::Formula));
    let escaped = sheet(|t| t.replace("<f>1+1</f><v>2</v>", "<f>A1&amp;\"x\"</f>").replace("<c r=\"C2\"", "<c"));
    assert_eq!(cell(&escaped, 1, 2), ("=A1&\"x\"".to_owned(), CellKind::Formula));
    // openpyxl leaves an empty value: a figure that was never worked out must not look like a blank cell.
    let empty = sheet(|t| t.replace("<f>1+1</f><v>2</v>", "<f>A1&amp;&lt;</f><v></v>"));
    assert_eq!(cell(&empty, 1, 2), ("=A1&<".to_owned(), CellKind::Formula));
    let blank = sheet(|t| t.replace("<c r=\"C2\"><f>1+1</f><v>2</v>", "<c r=\"C2\" t=\"str\"><f>1+1</f><v></v>"));
    assert_eq!(cell(&blank, 1, 2).0, "", "a formula whose result is no text");
    let nameless = sheet(|t| {
        let mut t = t;
        for name in ["A1", "B1", "C1", "D1"] {
            t = t.replace(&format!("<c r=\"{name}\" "), "<c ").replace(&format!("<c r=\"{name}\""), "<c");
        }
        t
    });
    assert_eq!(cell(&nameless, 0, 1).0, "76,000件");
    let bytes = patched(&book(), |name, text| {
        if name == "xl/workbook.xml" { text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ") } else { text }
    });
    assert_eq!(cell(&sheets(&bytes)[0], 0, 2).0, "令和10年4月2日", "1,462 days later");
}

/// One cell with an error of a newer Excel must not make the whole plan unreadable, nor move what follows.
#[test]
fn errors_of_newer_programs_are_texts_too() {
    let bytes = patched(&book(), |_, text| {
        text.replace("<c r=\"C2\"><f>1+1</f><v>2</v>", "<c r=\"C2\" t=\"e\"><f>1+1</f><v>#SPILL!</v>")
    });
    let first = sheets(&bytes).remove(0);
    assert_eq!((cell(&first, 1, 2).0, cell(&first, 1, 3).0), ("#SPILL!".to_owned(), "#REF!".to_owned()));
    assert_eq!(cell(&first, 6, 0).0, "太字");
}

const ODS: &str = r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">
<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
<table:table table:name="一覧"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
<table:table-row><table:table-cell office:value-type="percentage" office:value="0.482"><text:p>48.2%</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="2"><text:p>甲<text:s text:c="2"/>&amp;&#x4E59;</text:p><text:p>二</text:p>
<office:annotation><text:p>注</text:p></office:annotation></table:table-cell></table:table-row>
<table:table-row table:visibility="filter"><table:table-cell office:value-type="date"><text:p>令和6年4月1日</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>結合</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
<table:table-row><table:table-cell table:formula="of:=[.A1]"/></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table><table:table table:name="控え" table:style-name="ta2"/></office:document-content>"#;

/// LibreOffice writes what it shows; blank rows to the end of the sheet cost nothing.
#[test]
fn an_opendocument_sheet_is_read_as_it_is_shown() {
    let all = sheets(&zipped(&[("content.xml", ODS)]));
    let first = &all[0];
    assert_eq!(cell(first, 0, 0).0, "48.2%");
    assert_eq!((cell(first, 0, 1).0, cell(first, 0, 2).0), ("甲  &乙\n二".to_owned(), "甲  &乙\n二".to_owned()));
    assert_eq!(cell(first, 1, 0), ("令和6年4月1日".to_owned(), CellKind::Date));
    assert_eq!(cell(first, 3, 0), ("=[.A1]".to_owned(), CellKind::Formula));
    assert_eq!((first.hidden_rows.as_slice(), first.hidden_columns.as_slice()), (&[(1, 1)][..], &[(2, 2)][..]));
    assert_eq!(first.grid.merges.len(), 1);
    assert!(all[1].hidden);
    let other = ODS
        .replace("<text:p>48.2%</text:p>", "")
        .replace("<office:annotation>", "<d:frame><text:p>図</text:p></d:frame><office:annotation>")
        .replace("table:style-name=\"ta2\"/>", "><table:table-source/></table:table>");
    let again = sheets(&zipped(&[("content.xml", &other)]));
    assert_eq!((cell(&again[0], 0, 0).0, cell(&again[0], 0, 1).0), ("0.482".to_owned(), "甲  &乙\n二".to_owned()));
    assert!(again[1].hidden, "a copy of another file is no sheet of this one");
    assert_eq!(
        code(&zipped(&[("content.xml", ODS), ("META-INF/manifest.xml", "<m:encryption-data/>")])),
        "sheet-encrypted"
    );
}

/// A small file must not become a large one: entities, repeats, spans, what a zip says of itself.
#[test]
fn nothing_grows_without_end() {
    let laughs = ODS.replace(
        "<office:document-content",
        "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><office:document-content",
    );
    assert_eq!(code(&zipped(&[("content.xml", &laughs.replace("二", "&b;"))])), "sheet-damaged");
    let repeated = ODS.replace("table:number-columns-repeated=\"2\"", "table:number-columns-repeated=\"4294967295\"");
    assert_eq!(
        code(&zipped(&[(
            "content.xml",
            &repeated.replace("<table:table-row>", "<table:table-row table:number-rows-repeated=\"4294967295\">")
        )])),
        "sheet-too-large"
    );
    let lie = patched(&book(), |_, text| text.replace("uniqueCount=\"", "uniqueCount=\"99999999999"));
    assert_eq!(code(&lie), "sheet-damaged");
    let spanned = ODS.replace("-spanned=\"2\"", "-spanned=\"4294967295\"");
    assert_eq!(sheets(&zipped(&[("content.xml", &spanned)]))[0].grid.merges[0].right, 16_383);
    let mut sheet = Sheet::new("a");
    assert_eq!(sheet.push(1, 0, "x", CellKind::Plain), Ok(()));
    assert_eq!(sheet.push(0, 0, "x", CellKind::Plain).map_err(|r| r.code), Err("sheet-damaged"));
}

/// A password, a cut or a wrong file is told, never taken for an empty sheet.
#[test]
fn what_is_no_workbook_is_refused() {
    for bytes in [&b""[..], b"PK", b"PK\x03\x04", b"a,b\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"] {
        assert_eq!(code(bytes), "sheet-damaged");
    }
    assert_eq!(code(&zipped(&[("xl/nothing.xml", "<x/>")])), "sheet-damaged");
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
    file.create_stream("/EncryptedPackage").expect("a stream").write_all(b"x").expect("written");
    assert_eq!(code(&file.into_inner().into_inner()), "sheet-encrypted");
}

/// The library tells no formats of old workbooks: without them 48.2% would be 0.482, and a date a serial number.
#[test]
fn an_old_workbook_is_read_as_excel_shows_it() {
    let all = sheets(include_bytes!("../../tests/files/shown.xls"));
    let first = &all[0];
    for (row, column, text, kind) in [
        (0, 0, "48.2%", CellKind::Plain),
        (0, 1, "76,000件", CellKind::Plain),
        (0, 2, "令和6年4月1日", CellKind::Date),
        (0, 3, "0.3", CellKind::Plain),
        (0, 4, "2024/4/1", CellKind::Date),
        (0, 5, "1,234.5", CellKind::Plain),
        (1, 0, "上\n下", CellKind::Plain),
        (1, 1, "TRUE", CellKind::Plain),
        (6, 0, "29%", CellKind::Plain),
        (6, 2, "△5", CellKind::Plain),
        (7, 0, "太字", CellKind::Plain),
    ] {
        assert_eq!(cell(first, row, column), (text.to_owned(), kind), "{row},{column}");
    }
    assert_eq!((first.hidden_rows.as_slice(), first.hidden_columns.as_slice()), (&[(5, 5)][..], &[(6, 6)][..]));
    let merges: Vec<_> = first.grid.merges.iter().map(|m| (m.top, m.left, m.bottom, m.right)).collect();
    assert_eq!(merges, [(2, 0, 4, 1)]);
    assert!(all[1].hidden && !first.hidden);
}

/// A record far outside of every sheet would ask for more memory than there is.
#[test]
fn an_old_workbook_reaches_no_further_than_its_format() {
    let bytes = include_bytes!("../../tests/files/list.xls");
    let refused = |row: u16, column: u16| -> Result<usize, Refusal> {
        let mut bytes = bytes.to_vec();
        // The first number: record 0x0203, 14 bytes long, in row 3 and column 0.
        let at = bytes.windows(8).position(|w| w == [0x03, 0x02, 14, 0, 3, 0, 3, 0]).expect("a number");
        bytes[at + 4..at + 6].copy_from_slice(&row.to_le_bytes());
        bytes[at + 6..at + 8].copy_from_slice(&column.to_le_bytes());
        read(&bytes, &mut |_| {}).map(|sheets| sheets.len())
    };
    assert_eq!(refused(3, 3), Ok(2));
    assert_eq!(refused(65_535, 65_535).map_err(|r| r.code), Err("sheet-damaged"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// A file that was spoilt on its way is refused or read; it never ends the program.
    #[test]
    fn spoilt_files_never_panic(
        format in 0..3_usize,
        length in 0.0..1.2_f64,
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let mut bytes = match format {
            0 => include_bytes!("../../examples/workbooks/徳島DX.xlsx").to_vec(),
            1 => include_bytes!("../../tests/files/list.xls").to_vec(),
            _ => zipped(&[("content.xml", ODS)]),
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a small length")]
        bytes.truncate((bytes.len() as f64 * length) as usize);
        for (at, byte) in flips {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        let _ = read(&bytes, &mut |_| {});
    }
}
