//! The corpus as CSV, as workbooks and as plan files.
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use super::generate::{Document, FIELDS, Row};

const DETAIL: [&str; 22] = [
    "plan",
    "edition",
    "doc",
    "row",
    "program_no",
    "field",
    "item",
    "department",
    "name",
    "relist_program",
    "kpi_no",
    "kpi_name",
    "unit",
    "direction",
    "baseline",
    "t_r4",
    "t_r5",
    "t_r6",
    "t_r7",
    "actual_r4",
    "status",
    "relist_kpi",
];
const SUMMARY: [&str; 10] =
    ["plan", "edition", "doc", "row", "field", "field_name", "programs", "kpi_set", "achieved", "rate"];
/// Documents of a plan file.
const PER_FILE: usize = 30;

/// Tenths as they are printed: 875 is 87.5, 870 is 87.
fn tenths(n: i64) -> String {
    if n % 10 == 0 { (n / 10).to_string() } else { format!("{}.{}", n / 10, n % 10) }
}

/// The cells of a row of the list behind those of its document, in the order of [`DETAIL`].
fn detail(at: usize, row: &Row) -> [String; 19] {
    let kpi = row.kpi.as_ref();
    let of = |value: &dyn Fn(&super::generate::Kpi) -> String| kpi.map_or_else(String::new, value);
    let target = |n: usize| kpi.and_then(|k| k.targets[n]).map_or_else(String::new, tenths);
    [
        (at + 1).to_string(),
        row.number.to_string(),
        FIELDS[row.field].0.to_owned(),
        row.item.to_owned(),
        row.owner.to_owned(),
        row.name.clone(),
        row.relisted.map_or_else(String::new, |n| n.to_string()),
        row.kpi_number.clone(),
        of(&|k| k.name.clone()),
        of(&|k| k.unit.to_owned()),
        of(&|k| if k.down { "以下" } else { "以上" }.to_owned()),
        of(&|k| tenths(k.baseline)),
        target(0),
        target(1),
        target(2),
        target(3),
        of(&|k| tenths(k.actual)),
        row.status.to_owned(),
        row.relisted_kpi.clone(),
    ]
}

/// The tables of a document as rows of cells.
fn tables(document: &Document) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let head = || vec![document.plan.clone(), document.edition.to_string(), document.code.clone()];
    let with = |cells: &[String]| [head().as_slice(), cells].concat();
    let details = document.rows.iter().enumerate().map(|(at, row)| with(&detail(at, row))).collect();
    let line = |(at, line): (usize, &super::generate::Line)| {
        let [programs, set, achieved] = line.counts.map(|n| n.to_string());
        with(&[
            (at + 1).to_string(),
            line.code.to_owned(),
            line.name.to_owned(),
            programs,
            set,
            achieved,
            line.rate.clone(),
        ])
    };
    (details, document.summary.iter().enumerate().map(line).collect())
}

/// The list and the summary as CSV: UTF-8, no quoted cell, an empty cell where nothing is printed.
pub fn csv(details: &mut dyn Write, summaries: &mut dyn Write, documents: &mut dyn Iterator<Item = Document>) {
    let row = |out: &mut dyn Write, cells: String| writeln!(out, "{cells}").expect("the disk has room");
    row(details, DETAIL.join(","));
    row(summaries, SUMMARY.join(","));
    for document in documents {
        let (detail, summary) = tables(&document);
        detail.iter().for_each(|cells| row(details, cells.join(",")));
        summary.iter().for_each(|cells| row(summaries, cells.join(",")));
    }
    details.flush().and_then(|()| summaries.flush()).expect("the disk has room");
}

/// `detail.xlsx` and `summary.xlsx`.
pub fn workbooks(folder: &Path, documents: &mut dyn Iterator<Item = Document>) {
    let (mut details, mut summaries) = (rust_xlsxwriter::Workbook::new(), rust_xlsxwriter::Workbook::new());
    // The day of making would make other bytes of the same corpus every time.
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2025, 4, 1).expect("a day");
    let properties = rust_xlsxwriter::DocProperties::new().set_creation_datetime(&day);
    details.set_properties(&properties);
    summaries.set_properties(&properties);
    let (detail_sheet, summary_sheet) = (details.add_worksheet(), summaries.add_worksheet());
    let percent = rust_xlsxwriter::Format::new().set_num_format("0%");
    let put = |sheet: &mut rust_xlsxwriter::Worksheet, row: u32, cells: &[&str]| {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            let rate = cell.strip_suffix('%').and_then(|n| n.parse::<f64>().ok());
            match (rate, cell.parse::<f64>()) {
                (Some(rate), _) => sheet.write_number_with_format(row, column, rate / 100.0, &percent),
                (_, Ok(number)) => sheet.write_number(row, column, number),
                _ => sheet.write_string(row, column, *cell),
            }
            .expect("a cell can be written");
        }
    };
    put(detail_sheet, 0, &DETAIL);
    put(summary_sheet, 0, &SUMMARY);
    let (mut a, mut b) = (1, 1);
    for document in documents {
        let (detail, summary) = tables(&document);
        for row in detail {
            put(detail_sheet, a, &row.iter().map(String::as_str).collect::<Vec<_>>());
            a += 1;
        }
        for row in summary {
            put(summary_sheet, b, &row.iter().map(String::as_str).collect::<Vec<_>>());
            b += 1;
        }
    }
    details.save(folder.join("detail.xlsx")).expect("a workbook can be written");
    summaries.save(folder.join("summary.xlsx")).expect("a workbook can be written");
}

/// `D000001.plan` and so on: the same rows as tables of plan files.
pub fn plans(folder: &Path, documents: &mut dyn Iterator<Item = Document>) {
    const COLUMNS: &str = "| 行番 | 番号 | 分野名 | 再掲番号 | KPI番号 | KPI名 | 向き | 目標R4 | 目標R5 | 目標R6 \
                           | 目標R7 | 実績R4 | 状況語 | 再掲KPI |";
    const READ: [usize; 14] = [0, 1, 2, 6, 7, 8, 10, 12, 13, 14, 15, 16, 17, 18];
    let (mut text, mut count) = (String::new(), 0);
    let write = |count: usize, text: &str| {
        let path = folder.join(format!("D{:06}.plan", count.div_ceil(PER_FILE)));
        std::fs::write(path, text).expect("a plan can be written");
    };
    for document in documents {
        let Document { plan, edition, code, rows, summary, .. } = &document;
        let _ =
            writeln!(text, "文書 {code} {{\n  計画 \"{plan}\"\n  版 {edition}\n}}\n\n明細表 \"明細\" {{\n  {COLUMNS}");
        for (at, row) in rows.iter().enumerate() {
            let cells = detail(at, row);
            let cells: Vec<&str> = READ.iter().map(|n| cells[*n].as_str()).collect();
            let _ = writeln!(text, "  | {} |", cells.join(" | "));
        }
        text.push_str("}\n\n総括表 \"総括\" {\n  | 行番 | 分野名 | 事業数 | 設定数 | 達成数 | 率 |\n");
        for (at, line) in summary.iter().enumerate() {
            let [programs, set, achieved] = line.counts;
            let _ =
                writeln!(text, "  | {} | {} | {programs} | {set} | {achieved} | {} |", at + 1, line.code, line.rate);
        }
        text.push_str("}\n\n");
        count += 1;
        if count % PER_FILE == 0 {
            write(count, &text);
            text.clear();
        }
    }
    if !text.is_empty() {
        write(count, &text);
    }
}
