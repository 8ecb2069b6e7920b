//! Findings in a copy of a workbook: what changes, and that nothing else does.
use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format, FormatBorder,
    Note as Own, Workbook,
};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use totsugo::render::annotate::{Note, Refusal, Words, annotate, fresh};
use totsugo::text::Severity;
use zip::write::SimpleFileOptions;

type Parts = BTreeMap<String, Vec<u8>>;

fn parts(bytes: &[u8]) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).expect("an entry");
            let mut out = Vec::new();
            file.read_to_end(&mut out).expect("its bytes");
            (file.name().expect("a name").into_owned(), out)
        })
        .collect()
}

fn zipped(parts: &Parts) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        out.start_file(name.as_str(), SimpleFileOptions::default()).expect("a file");
        out.write_all(bytes).expect("bytes");
    }
    out.finish().expect("a zip").into_inner()
}

fn text(parts: &Parts, name: &str) -> String {
    String::from_utf8(parts.get(name).unwrap_or_else(|| panic!("no part {name}: {:?}", parts.keys())).clone())
        .expect("UTF-8")
}

fn words() -> Words {
    Words {
        sheet: "突合の結果".into(),
        title: "突合の結果：2 件".into(),
        heads: ["重さ", "場所", "規則", "指摘", "直し方"].map(Into::into),
        severities: ["誤り", "警告", "情報"].map(Into::into),
        author: "totsugo".into(),
    }
}

fn note(sheet: &str, row: u32, column: u32, severity: Severity, text: &str) -> Note {
    Note {
        sheet: sheet.into(),
        row,
        column,
        severity,
        title: "合計".into(),
        text: text.into(),
        help: "=直す".into(),
        places: vec!["概要.docx 3 頁".into()],
    }
}

/// A workbook with about everything in it.
fn rich() -> Vec<u8> {
    static ONE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    ONE.get_or_init(made).clone()
}

fn made() -> Vec<u8> {
    let mut book = Workbook::new();
    let framed = Format::new().set_num_format("#,##0.00").set_border(FormatBorder::Thin).set_bold();
    let first = book.add_worksheet();
    first.set_name("事業 'A' 一覧").expect("a name");
    first.set_column_width(0, 30).expect("a width");
    first.write_string(0, 0, "名").expect("a cell");
    first.write_number_with_format(1, 1, 1234.5, &framed).expect("a cell");
    first.write_formula(2, 1, "=B2*2").expect("a cell");
    first.merge_range(4, 0, 5, 2, "結合", &framed).expect("a merge");
    first.insert_note(1, 0, &Own::new("前からの注").set_author("課長")).expect("a note");
    first.insert_note(2, 0, &Own::new("別の注")).expect("a note");
    first.set_freeze_panes(1, 0).expect("panes");
    first.set_print_area(0, 0, 9, 3).expect("an area");
    let rule = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::GreaterThan(5))
        .set_format(Format::new().set_bold());
    first.add_conditional_format(0, 0, 9, 3, &rule).expect("a condition");
    let choice = DataValidation::new().allow_list_strings(&["○", "×"]).expect("a list");
    first.add_data_validation(0, 3, 9, 3, &choice).expect("a validation");
    first.write_url(8, 0, "https://example.com/").expect("a link");
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("='二'!$A$1:$A$1");
    first.insert_chart(12, 1, &chart).expect("a chart");
    let second = book.add_worksheet();
    second.set_name("二").expect("a name");
    second.write_number(0, 0, 1).expect("a cell");
    second.set_print_area(0, 0, 1, 1).expect("an area");
    second.set_active(true);
    book.define_name("合計", "='二'!$A$1").expect("a name");
    book.save_to_buffer().expect("a workbook")
}

fn rich_notes() -> Vec<Note> {
    let one = "事業 'A' 一覧";
    vec![
        note(one, 1, 1, Severity::Warning, "1,234.5 ≠ 1,234.6"),
        note(one, 1, 1, Severity::Error, "<二つ目> & \u{1}"),
        note(one, 1, 0, Severity::Info, "注のある欄"),
        note(one, 5, 1, Severity::Error, "結合の中"),
        note(one, 30, 7, Severity::Error, "空の欄"),
        note(one, 0, 9, Severity::Warning, "行の右"),
        note("二", 1_048_575, 16_383, Severity::Info, "隅"),
    ]
}

/// Reads a tag with an attribute of that value out of a part.
fn tag<'a>(text: &'a str, start: &str) -> &'a str {
    let at = text.find(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    &text[at..=at + text[at..].find('>').expect("an end")]
}

fn attribute(tag: &str, name: &str) -> String {
    let from = tag.find(&format!(" {name}=\"")).unwrap_or_else(|| panic!("no {name} in {tag}")) + name.len() + 3;
    tag[from..from + tag[from..].find('"').expect("a quote")].to_owned()
}

const ORDER: [&str; 38] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// Every sheet has its elements in the order of the schema; rows and cells ascend; every XML part is well-formed.
fn sound(bytes: &[u8]) {
    for (name, part) in parts(bytes) {
        if !(name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml")) {
            continue;
        }
        let whole = String::from_utf8(part).expect("UTF-8");
        let mut reader = quick_xml::Reader::from_str(&whole);
        let (mut depth, mut last, mut row, mut column) = (0, 0, 0, 0);
        loop {
            let event = reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}"));
            let (element, opens) = match &event {
                quick_xml::events::Event::Start(e) => (e.clone(), true),
                quick_xml::events::Event::Empty(e) => (e.clone(), false),
                quick_xml::events::Event::End(_) => {
                    depth -= 1;
                    continue;
                }
                quick_xml::events::Event::Eof => break,
                _ => continue,
            };
            let tag = element.local_name().as_ref().to_owned();
            if name.contains("worksheets/sheet") && !name.contains("_rels") {
                let get = |key: &str| {
                    element.attributes().flatten().find(|a| a.key.as_ref() == key).map(|a| a.value.to_string())
                };
                if depth == 1 {
                    let rank = ORDER.iter().position(|o| *o == tag).unwrap_or_else(|| panic!("{tag}"));
                    assert!(rank >= last, "{name}: {tag} stands too late");
                    last = rank;
                }
                if depth == 2 && tag == "row" {
                    let at: u32 = get("r").expect("r").parse().expect("a number");
                    assert!(at > row, "{name}: row {at}");
                    (row, column) = (at, 0);
                }
                if depth == 3 && tag == "c" {
                    let at = get("r")
                        .expect("r")
                        .bytes()
                        .filter(u8::is_ascii_alphabetic)
                        .fold(0, |n, b| n * 26 + u32::from(b - b'A') + 1);
                    assert!(at > column, "{name}: row {row} column {at}");
                    column = at;
                }
            }
            if opens {
                depth += 1;
            }
        }
        assert_eq!(depth, 0, "{name}");
    }
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).expect("calamine reads it")
}

#[test]
fn nothing_is_lost_and_the_same_gives_the_same() {
    let (old, words) = (rich(), words());
    let new = annotate(&old, &rich_notes(), &words).expect("annotated");
    assert_eq!(new, annotate(&old, &rich_notes(), &words).expect("annotated"));
    sound(&new);
    let (before, after) = (parts(&old), parts(&new));
    let changed: Vec<&str> =
        before.iter().filter(|(name, bytes)| after.get(*name) != Some(bytes)).map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        changed,
        [
            "[Content_Types].xml",
            "docProps/app.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/comments1.xml",
            "xl/drawings/vmlDrawing1.vml",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
        ]
    );
    let (mut a, mut b) = (open(&old), open(&new));
    let mut names = a.sheet_names();
    names.insert(0, "突合の結果".to_owned());
    assert_eq!(b.sheet_names(), names);
    for name in a.sheet_names() {
        let (x, y) = (a.worksheet_range(&name).expect("values"), b.worksheet_range(&name).expect("values"));
        assert_eq!(x.used_cells().collect::<Vec<_>>(), y.used_cells().collect::<Vec<_>>(), "{name}");
        assert_eq!(
            a.worksheet_formula(&name).expect("formulas").used_cells().collect::<Vec<_>>(),
            b.worksheet_formula(&name).expect("formulas").used_cells().collect::<Vec<_>>()
        );
        assert_eq!(
            a.merge_cells_by_sheet_name(&name).expect("merges"),
            b.merge_cells_by_sheet_name(&name).expect("merges")
        );
    }
    assert_eq!(a.defined_names().len() + 1, b.defined_names().len());
}

#[test]
fn a_marked_cell_keeps_its_format() {
    let new = parts(&annotate(&rich(), &rich_notes(), &words()).expect("annotated"));
    let (sheet, styles) = (text(&new, "xl/worksheets/sheet1.xml"), text(&new, "xl/styles.xml"));
    let xfs: Vec<&str> = styles.split("<cellXfs").nth(1).expect("formats").split("<xf ").skip(1).collect();
    let fills: Vec<&str> = styles.split("<fill>").skip(1).collect();
    let format =
        |cell: &str| xfs[attribute(tag(&sheet, &format!("<c r=\"{cell}\"")), "s").parse::<usize>().expect("s")];
    let fill = |cell: &str| fills[attribute(&format!(" {}", format(cell)), "fillId").parse::<usize>().expect("fill")];
    let old = parts(&rich());
    let (was, were) = (text(&old, "xl/worksheets/sheet1.xml"), text(&old, "xl/styles.xml"));
    let own = attribute(tag(&was, "<c r=\"B2\""), "s").parse::<usize>().expect("s");
    let own = were.split("<cellXfs").nth(1).expect("formats").split("<xf ").nth(own + 1).expect("a format").to_owned();
    for name in ["numFmtId", "fontId", "borderId"] {
        assert_eq!(attribute(&format!(" {}", format("B2")), name), attribute(&format!(" {own}"), name));
    }
    assert!(fill("B2").contains("FFFFC7CE"), "the strongest wins");
    assert!(fill("A2").contains("FFDDEBF7"));
    assert!(fill("A5").contains("FFFFC7CE"), "the seen cell of a merge");
    assert!(fill("J1").contains("FFFFEB9C"));
    assert!(fill("H31").contains("FFFFC7CE"));
    assert_eq!(format("A5").matches("applyFill").count(), 1);
}

#[test]
fn comments_are_added_and_none_is_dropped() {
    let new = parts(&annotate(&rich(), &rich_notes(), &words()).expect("annotated"));
    let list = text(&new, "xl/comments1.xml");
    for kept in
        ["前からの注", "別の注", "課長", "注のある欄", "&lt;二つ目&gt; &amp; \u{fffd}", "・概要.docx 3 頁", "→ =直す"]
    {
        assert!(list.contains(kept), "{kept} in {list}");
    }
    assert_eq!(list.matches("<comment ").count(), 6);
    assert!(list.find("前からの注") < list.find("注のある欄") && list.matches("ref=\"A2\"").count() == 1);
    let boxes = text(&new, "xl/drawings/vmlDrawing1.vml");
    assert_eq!(boxes.matches("<v:shape ").count(), 6);
    assert_eq!(boxes.matches("<v:shapetype").count(), 1);
    let corner = text(&new, "xl/drawings/vmlDrawing2.vml");
    let anchor = corner.split("<x:Anchor>").nth(1).expect("an anchor").split('<').next().expect("an end");
    let corners: Vec<u32> = anchor.split(", ").map(|n| n.parse().expect("a number")).collect();
    assert!(
        corners[0] < corners[4] && corners[4] <= 16_383 && corners[2] < corners[6] && corners[6] <= 1_048_575,
        "{anchor}"
    );
    let ids: Vec<&str> = [&boxes, &corner]
        .iter()
        .flat_map(|t| t.split("id=\"_x0000_s").skip(1))
        .map(|t| &t[..t.find('"').expect("a quote")])
        .collect();
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    assert!(text(&new, "xl/worksheets/sheet2.xml").contains("<legacyDrawing r:id=\"rId2\"/>"));
}

#[test]
fn the_list_is_first_and_leads_to_the_cells() {
    let bytes = annotate(&rich(), &rich_notes(), &words()).expect("annotated");
    let new = parts(&bytes);
    let book = text(&new, "xl/workbook.xml");
    assert!(book.contains("<sheets><sheet name=\"突合の結果\""), "{book}");
    assert!(
        book.contains("localSheetId=\"1\">'事業 ''A'' 一覧'!$A$1:$D$10<")
            && book.contains("localSheetId=\"2\">二!$A$1:$B$2<"),
        "{book}"
    );
    assert!(!book.contains("activeTab=\"1\""), "{book}");
    assert!(text(&new, "xl/worksheets/sheet2.xml").contains("tabSelected=\"0\""));
    let list = text(&new, "xl/worksheets/sheet3.xml");
    for link in [
        "<hyperlink ref=\"B3\" location=\"&apos;事業 &apos;&apos;A&apos;&apos; 一覧&apos;!B2\"/>",
        "location=\"&apos;二&apos;!XFD1048576\"",
    ] {
        assert!(list.contains(link), "{link} in {list}");
    }
    let range = open(&bytes).worksheet_range("突合の結果").expect("the list");
    let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    assert_eq!(cell(1, 4), Data::String("直し方".into()));
    assert_eq!(cell(2, 1), Data::String("事業 'A' 一覧!B2".into()));
    assert_eq!(cell(2, 4), Data::String("=直す".into()));
    assert_eq!(cell(3, 0), Data::String("誤り".into()));
    let app = text(&new, "docProps/app.xml");
    assert!(app.contains("<vt:i4>3</vt:i4>") && app.contains("<vt:lpstr>突合の結果</vt:lpstr>"), "{app}");
    let size = app.split("<TitlesOfParts>").nth(1).expect("titles");
    assert_eq!(
        attribute(tag(size, "<vt:vector"), "size").parse::<usize>().expect("a size"),
        size.matches("<vt:lpstr>").count()
    );
}

#[test]
fn an_annotated_workbook_can_be_annotated() {
    let once = annotate(&rich(), &rich_notes(), &words()).expect("annotated");
    let twice = annotate(&once, &rich_notes(), &words()).expect("annotated twice");
    sound(&twice);
    assert_eq!(open(&twice).sheet_names()[..2], ["突合の結果 (2)", "突合の結果"]);
    let (one, two) = (parts(&once), parts(&twice));
    let count = |parts: &Parts, what: &str| text(parts, "xl/comments1.xml").matches(what).count();
    assert_eq!(count(&one, "<comment "), count(&two, "<comment "));
    assert_eq!(count(&one, "結合の中") * 2, count(&two, "結合の中"));
    assert_eq!(count(&two, "<author>totsugo</author>"), 1);
    assert!(
        text(&two, "xl/workbook.xml").contains("localSheetId=\"1\" hidden=\"1\">&apos;突合の結果&apos;!$A$2:$E$9<")
    );
}

/// The rich workbook with one part rewritten.
fn rewritten(name: &str, edit: impl Fn(&str) -> String) -> Vec<u8> {
    let mut all = parts(&rich());
    let new = edit(&text(&all, name));
    all.insert(name.into(), new.into_bytes());
    zipped(&all)
}

#[test]
fn cells_without_names_stand_where_they_are_implied() {
    let sheet = |_: &str| {
        "<?xml version=\"1.0\"?><x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData><x:row/><x:row spans=\"1:2\"><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row r=\"9\"/></x:sheetData><x:pageMargins left=\"1\" right=\"1\" top=\"1\" bottom=\"1\" header=\"1\" footer=\"1\"/></x:worksheet>".to_owned()
    };
    let notes = [(0, 1), (1, 1), (1, 4), (4, 0), (8, 0), (9, 0)].map(|(r, c)| note("二", r, c, Severity::Error, "x"));
    let new = parts(&annotate(&rewritten("xl/worksheets/sheet2.xml", sheet), &notes, &words()).expect("annotated"));
    let sheet = text(&new, "xl/worksheets/sheet2.xml");
    let s = attribute(tag(&sheet, "<x:c r=\"B1\""), "s");
    let expected = format!(
        "<x:sheetData><x:row><x:c r=\"B1\" s=\"{s}\"/></x:row><x:row spans=\"1:5\"><x:c><x:v>1</x:v></x:c><x:c s=\"{s}\"><x:v>2</x:v></x:c><x:c r=\"E2\" s=\"{s}\"/></x:row><x:row r=\"5\"><x:c r=\"A5\" s=\"{s}\"/></x:row><x:row r=\"9\"><x:c r=\"A9\" s=\"{s}\"/></x:row><x:row r=\"10\"><x:c r=\"A10\" s=\"{s}\"/></x:row></x:sheetData>"
    );
    assert!(sheet.contains(&expected), "{sheet}\n{expected}");
    assert!(sheet.ends_with("<x:legacyDrawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"rId2\"/></x:worksheet>"), "{sheet}");
}

#[test]
fn threads_are_left_alone() {
    let bytes = rewritten("xl/comments1.xml", |t| t.replace("課長", "tc={0123}"));
    let notes = [note("事業 'A' 一覧", 1, 0, Severity::Error, "糸のある欄")];
    let new = parts(&annotate(&bytes, &notes, &words()).expect("annotated"));
    let old = parts(&bytes);
    assert_eq!(new["xl/comments1.xml"], old["xl/comments1.xml"]);
    assert_eq!(new["xl/drawings/vmlDrawing1.vml"], old["xl/drawings/vmlDrawing1.vml"]);
    assert!(attribute(tag(&text(&new, "xl/worksheets/sheet1.xml"), "<c r=\"A2\""), "s") != "0");
}

#[test]
fn a_strict_workbook_stays_strict() {
    let mut all = parts(&rich());
    for bytes in all.values_mut() {
        let whole = String::from_utf8(bytes.clone()).expect("UTF-8");
        let strict = whole
            .replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            .replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            );
        *bytes = strict.into_bytes();
    }
    let new = annotate(&zipped(&all), &rich_notes(), &words()).expect("annotated");
    sound(&new);
    for (name, bytes) in parts(&new) {
        let whole = String::from_utf8(bytes).expect("UTF-8");
        assert!(
            !whole.contains("spreadsheetml/2006/main") && !whole.contains("officeDocument/2006/relationships"),
            "{name}"
        );
    }
}

#[test]
fn refusals_have_their_codes() {
    let code = |bytes: &[u8], notes: &[Note]| annotate(bytes, notes, &words()).expect_err("refused").code();
    let here = |sheet: &str, row, column| [note(sheet, row, column, Severity::Error, "x")];
    assert_eq!(code(b"a,b\n1,2\n", &[]), "annotate-not-xlsx");
    assert_eq!(code(&zipped(&Parts::from([("mimetype".into(), b"x".to_vec())])), &[]), "annotate-not-xlsx");
    assert_eq!(code(&rich()[..900], &[]), "annotate-damaged");
    assert_eq!(code(&rich(), &here("無い", 0, 0)), "annotate-no-sheet");
    assert_eq!(code(&rich(), &here("二", 1_048_576, 0)), "annotate-no-cell");
    let bad = rewritten("xl/worksheets/sheet2.xml", |t| t.replace("</sheetData>", ""));
    assert_eq!(code(&bad, &here("二", 0, 0)), "annotate-damaged");
    let mut all = parts(&rich());
    all.insert("xl/styles.xml".into(), b"\xff\xfe<".to_vec());
    assert_eq!(annotate(&zipped(&all), &[], &words()), Err(Refusal::Encoding));
}

#[test]
fn a_workbook_without_styles_gets_them() {
    let mut all = parts(&rich());
    all.remove("xl/styles.xml");
    let rels = text(&all, "xl/_rels/workbook.xml.rels");
    let styles = tag(&rels, "<Relationship Id=\"rId4\"").to_owned();
    assert!(styles.contains("styles"), "{rels}");
    all.insert("xl/_rels/workbook.xml.rels".into(), rels.replace(&styles, "").into_bytes());
    let new = annotate(&zipped(&all), &rich_notes(), &words()).expect("annotated");
    sound(&new);
    assert!(parts(&new).contains_key("xl/styles1.xml"));
}

#[test]
fn tables_become_a_workbook() {
    let rows = vec![vec!["名".to_owned(), "=1+1".to_owned()], vec![], vec!["001".to_owned()]];
    let sheets = [("a/b.csv".to_owned(), rows)];
    let notes = [note("a/b.csv", 0, 1, Severity::Error, "式"), note("a/b.csv", 7, 7, Severity::Info, "空")];
    let bytes = fresh(&sheets, &notes, &words()).expect("written");
    assert_eq!(bytes, fresh(&sheets, &notes, &words()).expect("written"));
    sound(&bytes);
    let mut book = open(&bytes);
    assert_eq!(book.sheet_names(), ["突合の結果", "a_b.csv"]);
    let range = book.worksheet_range("a_b.csv").expect("the table");
    assert_eq!(range.get_value((0, 1)), Some(&Data::String("=1+1".into())));
    assert_eq!(range.get_value((2, 0)), Some(&Data::String("001".into())));
    assert!(fresh(&sheets, &[note("c", 0, 0, Severity::Error, "x")], &words()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn spoilt_workbooks_never_panic(cut in 0_usize..30_000, at in 0_usize..30_000, byte: u8) {
        let mut bytes = rich();
        let len = bytes.len();
        bytes[at % len] = byte;
        let _ = annotate(&bytes, &rich_notes(), &words());
        bytes.truncate(cut % len);
        let _ = annotate(&bytes, &rich_notes(), &words());
    }

    #[test]
    fn spoilt_parts_never_panic(part in 0_usize..40, at in 0_usize..10_000, with in "[<>/\"'= a-z0-9:&;]{0,6}") {
        let mut all = parts(&rich());
        let name = all.keys().nth(part % all.len()).expect("a part").clone();
        let bytes = all.get_mut(&name).expect("a part");
        let at = at % bytes.len();
        let end = (at + with.len()).min(bytes.len());
        bytes.splice(at..end, with.bytes());
        let _ = annotate(&zipped(&all), &rich_notes(), &words());
    }
}

#[test]
fn a_part_with_threads_names_the_cells_to_leave() {
    let mut all = parts(&rich());
    let rels = text(&all, "xl/worksheets/_rels/sheet1.xml.rels");
    let kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment";
    let more = format!(
        "<Relationship Id=\"rIdT\" Type=\"{kind}\" Target=\"../threadedComments/threadedComment1.xml\"/></Relationships>"
    );
    all.insert("xl/worksheets/_rels/sheet1.xml.rels".into(), rels.replace("</Relationships>", &more).into_bytes());
    let threads = "<ThreadedComments xmlns=\"u\"><threadedComment ref=\"A3\" id=\"{1}\"><text>糸</text></threadedComment></ThreadedComments>";
    all.insert("xl/threadedComments/threadedComment1.xml".into(), threads.into());
    let one = "事業 'A' 一覧";
    let notes = [note(one, 2, 0, Severity::Error, "糸のある欄"), note(one, 3, 0, Severity::Error, "ただの欄")];
    let new = parts(&annotate(&zipped(&all), &notes, &words()).expect("annotated"));
    let list = text(&new, "xl/comments1.xml");
    assert!(!list.contains("糸のある欄") && list.contains("ただの欄"), "{list}");
    assert_eq!(text(&new, "xl/threadedComments/threadedComment1.xml"), threads);
}

#[test]
fn a_drawing_of_controls_takes_the_boxes() {
    let mut all = parts(&rich());
    let rels = text(&all, "xl/worksheets/_rels/sheet1.xml.rels");
    let comments = rels.split('<').find(|t| t.contains("comments1.xml")).expect("a relation");
    all.insert("xl/worksheets/_rels/sheet1.xml.rels".into(), rels.replace(&format!("<{comments}"), "").into_bytes());
    // A drawing in the code page of an old machine.
    let mut old = all["xl/drawings/vmlDrawing1.vml"].clone();
    let end = old.len() - "</xml>".len();
    old.splice(end..end, *b"<!--\x93\xcb\x8d\x87-->");
    all.insert("xl/drawings/vmlDrawing1.vml".into(), old.clone());
    let new = parts(&annotate(&zipped(&all), &rich_notes()[..1], &words()).expect("annotated"));
    let boxes = &new["xl/drawings/vmlDrawing1.vml"];
    assert!(boxes.windows(11).any(|w| w == b"<!--\x93\xcb\x8d\x87-->") && boxes.len() > old.len());
    assert_eq!(text(&new, "xl/worksheets/sheet1.xml").matches("<legacyDrawing ").count(), 1);
    assert!(text(&new, "xl/worksheets/_rels/sheet1.xml.rels").contains("Target=\"../comments2.xml\""));
}

#[test]
fn a_workbook_without_views_gets_one_and_lists_of_names_are_kept() {
    let bytes = rewritten("xl/workbook.xml", |t| {
        let from = t.find("<bookViews>").expect("views");
        let to = t.find("</bookViews>").expect("views") + "</bookViews>".len();
        format!("{}{}", &t[..from], &t[to..])
    });
    let new = parts(&annotate(&bytes, &[], &words()).expect("annotated"));
    let book = text(&new, "xl/workbook.xml");
    assert!(book.contains("<bookViews><workbookView/></bookViews><sheets>"), "{book}");
    assert!(text(&new, "xl/worksheets/sheet3.xml").contains("<autoFilter ref=\"A2:E2\"/>"));
    let long = Words { sheet: "事業 'a' 一覧".into(), ..words() };
    let named = parts(&annotate(&bytes, &[], &long).expect("annotated"));
    assert!(text(&named, "xl/workbook.xml").contains("name=\"事業 &apos;a&apos; 一覧 (2)\""));
}
