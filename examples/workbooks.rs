//! Lays the documents of `specs/` out as the workbooks that a secretariat would have on its desk: the R6 list with its
//! three-row header on every printed page, the summary and indicator tables, the tables of Tokushima.
//!
//!     cargo run --example workbooks -- FOLDER      (default: examples/workbooks)
//!
//! The workbooks that are kept in `examples/workbooks/` were made by this; a test holds that they still are.
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use totsugo::plan::{Cell, Facts, RowRef};
use totsugo::rules::{Pack, read_plans};
use totsugo::text::{Source, Sources, Span};

#[allow(dead_code, reason = "as a module of the tests the example is not run by itself")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::args().nth(1).map_or_else(|| root.join("examples/workbooks"), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    for (name, bytes) in build(root)? {
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}

/// Files by their names.
pub type Files = Vec<(String, Vec<u8>)>;

/// The workbooks by their names.
pub fn build(root: &Path) -> Result<Files, Box<dyn std::error::Error>> {
    let all = [
        ("資料2-4", "資料2-4.xlsx", list as fn(&Document) -> Result<Workbook, XlsxError>),
        ("資料2-1", "資料2-1.xlsx", overview),
        ("tokushima-dx", "徳島DX.xlsx", tokushima),
    ];
    let mut out = Vec::new();
    for (stem, name, lay) in all {
        let document = Document::read(&root.join("specs").join(format!("{stem}.plan")))?;
        let mut book = lay(&document)?;
        // The same plans give the same bytes.
        let day = ExcelDateTime::from_ymd(2024, 4, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&day));
        out.push((name.to_owned(), book.save_to_buffer()?));
    }
    Ok(out)
}

/// The facts of one plan file.
struct Document {
    facts: Facts,
    sources: Sources,
}

impl Document {
    fn read(path: &Path) -> std::io::Result<Self> {
        let mut sources = Sources::default();
        let pack = Pack::load(&mut sources, &[]);
        let text = std::fs::read_to_string(path)?;
        let id = sources.add(Source::new(path.display().to_string(), text.as_str()));
        let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..text.len()), String::new())]);
        Ok(Self { facts: workspace.facts, sources })
    }

    /// The rows of a relation, below a row if one is given.
    fn rows(&self, relation: &str, below: Option<RowRef>) -> Vec<RowRef> {
        let Some(relation) = self.facts.vocabulary.relation(relation) else { return Vec::new() };
        let count = self.facts.table(relation).map_or(0, |t| t.heads.len());
        let all = (0..count).filter_map(|n| u32::try_from(n).ok()).map(|row| RowRef { relation, row });
        all.filter(|row| below.is_none() || self.facts.parent(*row) == below).collect()
    }

    /// What is printed in a column of a row.
    fn text(&self, row: RowRef, column: &str) -> String {
        let Some(column) = self.facts.vocabulary.column(row.relation, column) else { return String::new() };
        let span = self.facts.place(row, column, &self.sources);
        match self.facts.cell(row, column) {
            Cell::Missing => self.sources.text(span).to_owned(),
            Cell::Text(printed, _) | Cell::Qualitative(printed, _) => self.facts.text(printed).to_owned(),
            Cell::Bool(_) => "はい".to_owned(),
            Cell::Number(n) => n.to_string(),
            Cell::List(list) => {
                let items = self.facts.lists.get(list as usize).map_or(&[][..], Vec::as_slice);
                items.iter().map(|i| self.facts.text(i.0)).collect::<Vec<_>>().join("\n")
            }
            _ => self.sources.text(span).trim_matches('"').to_owned(),
        }
    }

    /// What a series prints for a year (`None`: without a year), its parts in one text.
    fn year(&self, owner: RowRef, series: &str, year: Option<&str>) -> String {
        let Some(relation) = self.facts.vocabulary.series_of(owner.relation, series) else { return String::new() };
        let name = self.facts.vocabulary.relations[relation.0 as usize].name.clone();
        let count = self.facts.table(relation).map_or(0, |t| t.heads.len());
        let rows = (0..count).filter_map(|n| u32::try_from(n).ok()).map(|row| RowRef { relation, row });
        let mut out = String::new();
        for row in rows.filter(|r| self.facts.parent(*r) == Some(owner)) {
            let label = self.text(row, "年度");
            if (year != Some(label.as_str()))
                && (year.is_some() || self.facts.cell(row, totsugo::plan::ColumnId(0)) != Cell::Missing)
            {
                continue;
            }
            let part = self.text(row, "部分").parse::<u32>().unwrap_or(0);
            if part > 0 {
                out.push(char::from_u32(0x245f + part).unwrap_or(' '));
            }
            out.push_str(&self.text(row, "値"));
            let before = self.text(row, "変更前");
            if !before.is_empty() {
                out.push_str(&format!("（変更前：{before}）"));
            }
        }
        assert!(!name.is_empty());
        out
    }

    /// The number, or the name, of the row that a marked row (再掲) names.
    fn mark(&self, row: RowRef) -> Option<String> {
        let column = self.facts.vocabulary.column(row.relation, "再掲")?;
        let span = self.facts.place(row, column, &self.sources);
        match self.facts.cell(row, column) {
            Cell::Reference(_) => Some(self.sources.text(span).to_owned()),
            _ => None,
        }
    }

    fn is_unsure(&self, row: RowRef) -> bool {
        self.facts.table(row.relation).and_then(|t| t.unsure.get(row.row as usize)).copied().unwrap_or(false)
    }
}

/// A sheet being written, with the formats that its cells have.
struct Page {
    sheet: Worksheet,
    body: Format,
    head: Format,
}

impl Page {
    fn new(name: &str) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        let body = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
        let head =
            Format::new().set_border(FormatBorder::Thin).set_bold().set_text_wrap().set_align(FormatAlign::Center);
        Ok(Self { sheet, body, head })
    }

    fn heads(&mut self, row: u32, heads: &[&str]) -> Result<(), XlsxError> {
        for (column, head) in (0..).zip(heads) {
            if !head.is_empty() {
                self.sheet.write_string_with_format(row, column, *head, &self.head)?;
            }
        }
        Ok(())
    }

    fn merged_head(&mut self, rows: (u32, u32), columns: (u16, u16), text: &str) -> Result<(), XlsxError> {
        self.sheet.merge_range(rows.0, columns.0, rows.1, columns.1, text, &self.head)?;
        Ok(())
    }

    /// A figure as a number with a display format, as people enter it; anything else as text.
    fn put(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        if text.is_empty() {
            self.sheet.write_blank(row, column, &self.body)?;
            return Ok(());
        }
        match number(text) {
            Some((value, format)) => {
                let format = self.body.clone().set_num_format(format);
                self.sheet.write_number_with_format(row, column, value, &format)?;
            }
            None => {
                self.sheet.write_string_with_format(row, column, text, &self.body)?;
            }
        }
        Ok(())
    }
}

/// The number behind a printed figure and the format that shows it so; `None` for what only a text can be.
fn number(text: &str) -> Option<(f64, String)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let places = digits.split_once('.').map_or(0, |(_, d)| d.len());
    let value: f64 = digits.replace(',', "").parse().ok()?;
    let scaled = unit.starts_with(['千', '万', '百', '億', '兆', '（', '(', '以']) || unit.contains(['"', ':', '-']);
    if scaled || (digits.len() > 1 && digits.starts_with('0') && places == 0) {
        return None;
    }
    let zeros = if places > 0 { format!("0.{}", "0".repeat(places)) } else { "0".to_owned() };
    let grouped = if digits.contains(',') { format!("#,##{zeros}") } else { zeros.clone() };
    match unit {
        "%" => Some((value / 100.0, format!("{zeros}%"))),
        "" => Some((value, grouped)),
        unit => Some((value, format!("{grouped}\"{unit}\""))),
    }
}

/// 資料2-4: one row a program or indicator, a three-row header that comes again on every page.
fn list(plan: &Document) -> Result<Workbook, XlsxError> {
    const TITLE: &str = "【資料2-4】(参考資料) 行政のDX等に係る令和6年度関連事業・KPI一覧";
    const YEARS: [&str; 4] = ["R4", "R5", "R6", "R7"];
    /// Rows of data on a printed page.
    const PAGE: u32 = 8;
    let mut page = Page::new("一覧")?;
    let heading = |page: &mut Page, at: u32| -> Result<(), XlsxError> {
        page.sheet.write_string(at, 0, TITLE)?;
        page.merged_head((at + 1, at + 1), (0, 6), "デジタル変革(DX)推進基本方針及びデジタル化推進計画")?;
        page.merged_head((at + 1, at + 1), (7, 9), "令和6年度関連事業 取組一覧")?;
        page.merged_head((at + 1, at + 1), (10, 16), "KPI (重要業績評価指標)")?;
        page.merged_head((at + 2, at + 3), (0, 0), "事業\n番号")?;
        for (column, text) in [(1, "分野"), (3, "項目"), (5, "担当")] {
            page.merged_head((at + 2, at + 2), (column, column + 1), text)?;
        }
        for (column, text) in [
            (7, "事業名又は取組名"),
            (8, "事業概要又は取組内容"),
            (9, "指標(KPI)又は目標"),
            (10, "KPI\n番号"),
            (11, "指標名"),
            (17, "転記"),
            (18, "方向"),
        ] {
            page.merged_head((at + 2, at + 3), (column, column), text)?;
        }
        page.merged_head((at + 2, at + 2), (12, 16), "目標値")?;
        page.heads(
            at + 3,
            &["", "No", "名称", "No", "名称", "部", "課", "", "", "", "", "", "基準値", "R4", "R5", "R6", "R7"],
        )
    };
    heading(&mut page, 0)?;
    let (mut at, mut on_page) = (4, 0);
    for field in plan.rows("分野", None) {
        for item in plan.rows("項目", Some(field)) {
            for program in plan.rows("事業", Some(item)) {
                let indicators = plan.rows("指標", Some(program));
                let rows = u32::try_from(indicators.len().max(1)).unwrap_or(1);
                if on_page + rows > PAGE {
                    at += 1;
                    heading(&mut page, at)?;
                    (at, on_page) = (at + 4, 0);
                }
                let mark = plan.mark(program);
                let name = plan.text(program, "名称");
                let name = mark.as_ref().map_or(name.clone(), |m| format!("{name}\n※再掲:{m}"));
                let number = if mark.is_some() { "再掲".to_owned() } else { plan.text(program, "番号") };
                let owners = plan.text(program, "担当");
                let part = |n: usize| {
                    let parts = owners.lines().map(|o| o.split(' ').nth(n).unwrap_or("").to_owned());
                    parts.collect::<Vec<_>>().join("\n")
                };
                let kind = match plan.text(program, "種別").as_str() {
                    "" => String::new(),
                    "指標" => format!("【指標(KPI)】\n{}", plan.year(program, "本文", Some("R6"))),
                    other => format!("【{other}】\n{}", plan.year(program, "本文", Some("R6"))),
                };
                let unsure = if plan.is_unsure(program) { "低" } else { "" };
                let cells = [
                    number,
                    plan.text(field, "番号"),
                    plan.text(field, "名称"),
                    plan.text(item, "番号"),
                    plan.text(item, "名称"),
                    part(0),
                    part(1),
                    name,
                    plan.text(program, "概要"),
                    kind.trim_end().to_owned(),
                ];
                for (column, text) in (0..).zip(&cells) {
                    if rows > 1 {
                        let body = page.body.clone();
                        page.sheet.merge_range(at, column, at + rows - 1, column, text, &body)?;
                    } else {
                        page.put(at, column, text)?;
                    }
                }
                page.put(at, 17, unsure)?;
                for (line, indicator) in (at..).zip(&indicators) {
                    let mark = plan.mark(*indicator);
                    let new = if plan.text(*indicator, "新規追加").is_empty() { "" } else { "(新規追加)" };
                    let target = mark.as_ref().filter(|m| m.starts_with("No"));
                    let target = target.map_or_else(String::new, |m| format!("\n※再掲:{m}"));
                    let name = format!("{}{new}{target}", plan.text(*indicator, "名称"));
                    let number = if mark.is_some() { "再掲".to_owned() } else { plan.text(*indicator, "番号") };
                    page.put(line, 10, &number)?;
                    page.put(line, 11, &name)?;
                    page.put(line, 18, &plan.text(*indicator, "方向"))?;
                    page.put(line, 12, &plan.year(*indicator, "基準", None))?;
                    for (column, year) in (13..).zip(YEARS) {
                        page.put(line, column, &plan.year(*indicator, "目標", Some(year)))?;
                    }
                    if unsure.is_empty() && plan.is_unsure(*indicator) {
                        page.put(line, 17, "指標 低")?;
                    }
                }
                at += rows;
                on_page += rows;
            }
        }
    }
    for (column, width) in (0..).zip([6, 6, 18, 6, 22, 12, 16, 34, 40, 16, 6, 30, 9, 9, 9, 9, 9, 6, 6]) {
        page.sheet.set_column_width(column, f64::from(width))?;
    }
    page.sheet.set_freeze_panes(4, 0)?;
    let mut book = Workbook::new();
    book.push_worksheet(page.sheet);
    Ok(book)
}

/// 資料2-1: the summary tables of two fiscal years, the charts, and the indicators item by item.
fn overview(plan: &Document) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let table = |name: &str,
                 title: &str,
                 owner: RowRef,
                 relation: &str,
                 heads: &[(&str, &str)]|
     -> Result<Worksheet, XlsxError> {
        let mut page = Page::new(name)?;
        page.sheet.write_string(0, 0, title)?;
        page.heads(2, &heads.iter().map(|h| h.0).collect::<Vec<_>>())?;
        for (line, row) in (3..).zip(plan.rows(relation, Some(owner))) {
            for (column, (_, attribute)) in (0..).zip(heads) {
                page.put(line, column, &plan.text(row, attribute))?;
            }
        }
        page.sheet.set_column_width(1, 36)?;
        Ok(page.sheet)
    };
    let summary = [
        ("項番", "項番"),
        ("分野", "分野名"),
        ("事業数", "事業数"),
        ("うちKPI設定（A）", "KPI設定"),
        ("達成（B）", "達成"),
        ("達成率\n（B/A）", "達成率"),
    ];
    let plain = [("項番", "項番"), ("分野", "分野名"), ("事業数", "事業数"), ("うちKPI設定（A）", "KPI設定")];
    let chart = [("区分", "区分"), ("件数", "件数"), ("割合", "割合")];
    for (n, owner) in plan.rows("図表", None).into_iter().enumerate() {
        let title = format!("{}（{}）", plan.text(owner, "名称"), plan.text(owner, "年度"));
        book.push_worksheet(table(&format!("図表{}", n + 1), &title, owner, "図表行", &chart)?);
    }
    for (n, owner) in plan.rows("集計", None).into_iter().enumerate() {
        let year = plan.text(owner, "年度");
        let title = format!("{}（{year}）", plan.text(owner, "名称"));
        let heads: &[(&str, &str)] = if year == "R4" { &summary } else { &plain };
        book.push_worksheet(table(&format!("集計{}", n + 1), &title, owner, "集計行", heads)?);
    }
    let mut page = Page::new("取組")?;
    page.sheet.write_string(0, 0, "分野ごとの取組状況")?;
    for (column, text) in [(0, "分野"), (2, "小分野")] {
        page.merged_head((1, 1), (column, column + 1), text)?;
    }
    for (column, text) in [(4, "新しい価値"), (5, "取組事項"), (6, "KPIなし"), (7, "指標"), (8, "累計"), (15, "脚注")]
    {
        page.merged_head((1, 2), (column, column), text)?;
    }
    page.merged_head((1, 1), (9, 10), "目標値")?;
    page.heads(1, &["", "", "", "", "", "", "", "", "", "", "", "実績値", "達成状況", "注記", "本文"])?;
    page.heads(2, &["番号", "名称", "番号", "名称", "", "", "", "", "", "R4", "R5", "R4", "R4", "R5", "R4"])?;
    let mut at = 3;
    let mut line = |page: &mut Page, fields: &[String; 4], field: RowRef| -> Result<(), XlsxError> {
        for item in plan.rows("項目", Some(field)) {
            let none = plan.rows("KPIなし", Some(item)).first().map_or_else(String::new, |n| plan.text(*n, "年度"));
            let indicators = plan.rows("指標", Some(item));
            for n in 0..indicators.len().max(1) {
                for (column, text) in (0..).zip(fields) {
                    page.put(at, column, text)?;
                }
                page.put(at, 4, &plan.text(field, "新しい価値"))?;
                page.sheet.write_string_with_format(at, 5, plan.text(item, "名称"), &page.body)?;
                page.put(at, 6, &none)?;
                if let Some(indicator) = indicators.get(n) {
                    page.put(at, 7, &plan.text(*indicator, "名称"))?;
                    page.put(at, 8, &plan.text(*indicator, "累計"))?;
                    for (column, (series, year)) in (9..).zip([
                        ("目標", "R4"),
                        ("目標", "R5"),
                        ("実績", "R4"),
                        ("状況", "R4"),
                        ("注記", "R5"),
                        ("本文", "R4"),
                    ]) {
                        page.put(at, column, &plan.year(*indicator, series, Some(year)))?;
                    }
                    if let Some(note) = plan.rows("脚注", Some(*indicator)).first() {
                        page.put(at, 15, &format!("{}{}", plan.text(*note, "記号"), plan.text(*note, "本文")))?;
                    }
                }
                at += 1;
            }
        }
        Ok(())
    };
    let document = plan.rows("文書", None).first().copied();
    for field in plan.rows("分野", document) {
        let own = [plan.text(field, "番号"), plan.text(field, "名称"), String::new(), String::new()];
        line(&mut page, &own, field)?;
        for inner in plan.rows("分野", Some(field)) {
            let both = [own[0].clone(), own[1].clone(), plan.text(inner, "番号"), plan.text(inner, "名称")];
            line(&mut page, &both, inner)?;
        }
    }
    page.sheet.set_column_width(1, 24)?.set_column_width(5, 30)?.set_column_width(7, 36)?;
    book.push_worksheet(page.sheet);
    let mut page = Page::new("同じ指標")?;
    page.heads(0, &["この文書の指標", "ほかの文書の指標"])?;
    for (line, row) in (1..).zip(plan.rows("同一", None)) {
        page.put(line, 0, &plan.text(row, "左"))?;
        page.put(line, 1, &plan.text(row, "右"))?;
    }
    page.sheet.set_column_width(0, 60)?.set_column_width(1, 60)?;
    book.push_worksheet(page.sheet);
    Ok(book)
}

/// 徳島: the KGI and its KPIs with two lines each (目標 and 実績), and the budgets of two years.
fn tokushima(plan: &Document) -> Result<Workbook, XlsxError> {
    const YEARS: [&str; 5] = ["R2", "R3", "R4", "R5", "R6"];
    let mut book = Workbook::new();
    let mut page = Page::new("指標及び工程")?;
    page.heads(
        0,
        &[
            "KGI", "CSF", "", "KPI", "", "累計", "担当", "目標", "", "", "", "", "実績", "", "", "", "", "本文", "",
            "脚注", "", "転記",
        ],
    )?;
    page.heads(
        1,
        &[
            "", "番号", "名称", "番号", "名称", "", "", "R2", "R3", "R4", "R5", "R6", "R2", "R3", "R4", "R5", "R6",
            "R4", "R6", "記号", "本文", "",
        ],
    )?;
    let mut at = 2;
    let mut line = |page: &mut Page, cells: [String; 5], indicator: RowRef| -> Result<(), XlsxError> {
        for (column, text) in (0..).zip(&cells) {
            page.put(at, column, text)?;
        }
        page.put(at, 5, &plan.text(indicator, "累計"))?;
        page.put(at, 6, &plan.text(indicator, "担当"))?;
        for (n, year) in (0..).zip(YEARS) {
            page.put(at, 7 + n, &plan.year(indicator, "目標", Some(year)))?;
            page.put(at, 12 + n, &plan.year(indicator, "実績", Some(year)))?;
        }
        page.put(at, 17, &plan.year(indicator, "本文", Some("R4")))?;
        page.put(at, 18, &plan.year(indicator, "本文", Some("R6")))?;
        if let Some(note) = plan.rows("脚注", Some(indicator)).first() {
            page.put(at, 19, &plan.text(*note, "記号"))?;
            page.put(at, 20, &plan.text(*note, "本文"))?;
        }
        page.put(at, 21, if plan.is_unsure(indicator) { "低" } else { "" })?;
        at += 1;
        Ok(())
    };
    let document = plan.rows("文書", None).first().copied();
    for goal in plan.rows("指標", document) {
        let name = plan.text(goal, "名称");
        line(&mut page, [name.clone(), String::new(), String::new(), String::new(), String::new()], goal)?;
        for factor in plan.rows("CSF", Some(goal)) {
            for (n, indicator) in plan.rows("指標", Some(factor)).into_iter().enumerate() {
                // The factor stands only in the first of its rows, as in a printed table.
                let (number, factor_name) = if n == 0 {
                    (plan.text(factor, "番号"), plan.text(factor, "名称"))
                } else {
                    (String::new(), String::new())
                };
                line(
                    &mut page,
                    [String::new(), number, factor_name, plan.text(indicator, "番号"), plan.text(indicator, "名称")],
                    indicator,
                )?;
            }
        }
    }
    page.sheet.set_column_width(0, 24)?.set_column_width(2, 24)?.set_column_width(4, 36)?;
    book.push_worksheet(page.sheet);
    for (n, owner) in plan.rows("予算", None).into_iter().enumerate() {
        let mut page = Page::new(&format!("予算{}", n + 1))?;
        page.sheet.write_string(0, 0, plan.text(owner, "名称"))?;
        page.heads(1, &["費目", "金額", "備考"])?;
        for (line, row) in (2..).zip(plan.rows("予算行", Some(owner))) {
            for (column, name) in (0..).zip(["費目", "金額", "備考"]) {
                page.put(line, column, &plan.text(row, name))?;
            }
        }
        page.sheet.set_column_width(0, 50)?.set_column_width(1, 18)?;
        book.push_worksheet(page.sheet);
    }
    let mut page = Page::new("概観")?;
    page.heads(0, &["番号", "重点戦略", "KGI", "目標", "印", "欄外"])?;
    page.heads(1, &["", "", "", "R4", "", ""])?;
    for (line, row) in (2..).zip(plan.rows("重点戦略", None)) {
        page.put(line, 0, &plan.text(row, "番号"))?;
        page.put(line, 1, &plan.text(row, "名称"))?;
    }
    for row in plan.rows("KGI見出し", None) {
        page.put(2, 2, &plan.text(row, "名称"))?;
        page.put(2, 3, &plan.year(row, "目標", Some("R4")))?;
    }
    for row in plan.rows("脚注", document) {
        page.put(2, 4, &plan.text(row, "記号"))?;
        page.put(2, 5, &plan.text(row, "本文"))?;
    }
    book.push_worksheet(page.sheet);
    Ok(book)
}
