//! Some documents as the tests look at them: their texts, the figures and rows in them, and what hangs together with what.
use std::collections::BTreeMap;
use std::ops::Range;

use totsugo::graph::Resolved;
use totsugo::plan::{Cell, RelationId, RowRef};
use totsugo::rules::{Pack, Workspace, read_plans};
use totsugo::text::{Sources, Span};
use totsugo::value::{Exact, Figure, Quantity};

/// The documents: path and text of each.
pub type Texts = Vec<(String, String)>;

/// A printed figure.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The file, and where in it.
    pub file: usize,
    pub range: Range<usize>,
    pub text: String,
    /// The relation and the column: 目標 値, 集計行 事業数.
    pub relation: String,
    pub column: String,
    pub row: RowRef,
    /// The row above: the indicator of a target, the table of a row.
    pub owner: RowRef,
    /// The year that it is of, as it is read.
    pub year: Option<i32>,
    pub part: i64,
    /// The figure that it is a printing of: the class of the indicator.
    pub group: u32,
    pub relisted: bool,
    /// Number of the document.
    pub document: u32,
}

/// A row: its statement as it stands.
#[derive(Debug, Clone)]
pub struct Row {
    pub row: RowRef,
    pub relation: String,
    pub file: usize,
    pub head: Range<usize>,
    pub name: String,
    pub number: Option<i64>,
    pub relisted: bool,
    pub parent: Option<RowRef>,
    pub document: u32,
    pub group: u32,
    /// The rows that it names.
    pub names: Vec<RowRef>,
}

/// What the tests know of some documents.
pub struct Book {
    pub texts: Texts,
    pub figures: Vec<Printed>,
    pub rows: Vec<Row>,
    /// The statuses of indicators: row, year, word.
    pub statuses: Vec<(RowRef, Option<i32>, String)>,
    pub whole: Vec<u32>,
    pub cumulative: Vec<RowRef>,
    pub down: Vec<RowRef>,
    /// The document before each document, if there is one.
    pub series: BTreeMap<u32, u32>,
}

/// A figure as it is printed.
pub fn quantity(text: &str) -> Option<Quantity<'_>> {
    match Figure::read(text) {
        Ok(Figure::Quantity(q)) => Some(q),
        _ => None,
    }
}

/// What is printed, in a unit: per cent as they are printed.
pub fn value(text: &str) -> Option<Exact> {
    quantity(text).map(|q| q.value)
}

pub fn unit(text: &str) -> &str {
    match quantity(text).map_or("", |q| q.unit) {
        "名" => "人",
        "％" => "%",
        other => other,
    }
}

impl Book {
    pub fn read(pack: &Pack, sources: &Sources, plans: &[(Span, String)], texts: &Texts) -> Self {
        let workspace = read_plans(pack, sources, plans);
        let Workspace { facts, graph, .. } = &workspace;
        let v = &facts.vocabulary;
        let file = |span: Span| plans.iter().position(|p| p.0.source == span.source).unwrap_or(usize::MAX);
        let mut book = Self {
            texts: texts.clone(),
            figures: Vec::new(),
            rows: Vec::new(),
            statuses: Vec::new(),
            whole: Vec::new(),
            cumulative: Vec::new(),
            down: Vec::new(),
            series: BTreeMap::new(),
        };
        let indicators = v.relation("指標").expect("known");
        let flag = |row: RowRef, name: &str| {
            v.column(row.relation, name).map_or(Cell::Missing, |column| facts.cell(row, column))
        };
        for (number, relation) in (0..).map(RelationId).zip(&v.relations) {
            let rows = facts.table(number).map_or(0, |t| t.heads.len());
            for at in 0..rows {
                let row = RowRef { relation: number, row: u32::try_from(at).expect("few") };
                let table = facts.table(number).expect("there");
                let text = |cell: Cell| match cell {
                    Cell::Text(printed, _) | Cell::Qualitative(printed, _) => facts.text(printed).to_owned(),
                    _ => String::new(),
                };
                let owner = facts.parent(row).unwrap_or(row);
                let marked =
                    |row: RowRef| ["再掲", "再掲先"].iter().any(|n| matches!(flag(row, n), Cell::Reference(_)));
                let year = match flag(row, "年度") {
                    Cell::Year(y) => Some(y),
                    _ => match flag(owner, "年度") {
                        Cell::Year(y) => Some(y),
                        _ => None,
                    },
                };
                let year = year.map(|y| i32::from(y.0));
                let document = facts.document_number(row);
                let head = table.heads[at];
                let number_of = match flag(row, "番号") {
                    Cell::Number(n) => Some(n),
                    _ => None,
                };
                let name = ["名称", "項番", "区分", "費目", "記号"]
                    .iter()
                    .map(|n| text(flag(row, n)))
                    .find(|t| !t.is_empty())
                    .unwrap_or_default();
                book.rows.push(Row {
                    row,
                    relation: relation.name.clone(),
                    file: file(head),
                    head: head.range(),
                    name,
                    number: number_of,
                    relisted: marked(row),
                    parent: facts.parent(row),
                    document,
                    group: graph.group(row),
                    names: Vec::new(),
                });
                if relation.name == "状況" {
                    let column = v.column(number, "値").expect("a value");
                    book.statuses.push((owner, year, text(facts.cell(row, column))));
                }
                if relation.name == "文書" && text(flag(row, "掲載")) == "全件" {
                    book.whole.push(row.row);
                }
                if number == indicators {
                    let said = matches!(flag(row, "累計"), Cell::Bool(true));
                    if said || text(flag(row, "名称")).contains("累計") {
                        book.cumulative.push(row);
                    }
                    if text(flag(row, "方向")) == "以下" {
                        book.down.push(row);
                    }
                }
                for (column_number, column) in (0..).map(totsugo::plan::ColumnId).zip(&relation.columns) {
                    if !matches!(facts.cell(row, column_number), Cell::Figure(_)) {
                        continue;
                    }
                    let place = facts.place(row, column_number, sources);
                    let part = match flag(row, "部分") {
                        Cell::Number(n) => n,
                        _ => 0,
                    };
                    book.figures.push(Printed {
                        file: file(place),
                        range: place.range(),
                        text: sources.text(place).to_owned(),
                        relation: relation.name.clone(),
                        column: column.name.clone(),
                        row,
                        owner,
                        year,
                        part,
                        group: graph.group(owner),
                        relisted: marked(owner),
                        document,
                    });
                }
            }
        }
        for (number, reference) in (0..).zip(&facts.references) {
            if let Resolved::Row(to) = graph.target(number)
                && let Some(row) = book.rows.iter_mut().find(|r| r.row == reference.from)
            {
                row.names.push(to);
            }
        }
        for row in &book.rows {
            book.series.insert(row.document, graph.series(row.document));
        }
        book
    }

    pub fn row(&self, row: RowRef) -> Option<&Row> {
        self.rows.iter().find(|r| r.row == row)
    }

    /// The figures in the same column of a table.
    pub fn column<'b>(&'b self, of: &'b Printed) -> impl Iterator<Item = &'b Printed> + 'b {
        self.figures.iter().filter(move |f| f.owner == of.owner && f.column == of.column && f.relation == of.relation)
    }

    /// Another cell of the same row of a table.
    pub fn beside(&self, of: &Printed, column: &str) -> Option<&Printed> {
        self.figures.iter().find(|f| f.row == of.row && f.column == column)
    }

    /// The line of an offset in a file, from 0.
    pub fn line(&self, file: usize, offset: usize) -> usize {
        self.texts[file].1.as_bytes()[..offset].iter().filter(|b| **b == b'\n').count()
    }

    /// The statement that begins at a line: its lines to the end of its block, as a range of bytes with the last newline.
    pub fn block(&self, file: usize, offset: usize) -> Range<usize> {
        let text = &self.texts[file].1;
        let start = text[..offset].rfind('\n').map_or(0, |n| n + 1);
        let (mut depth, mut end, mut quoted) = (0_i32, text.len(), false);
        for (at, c) in text[start..].char_indices() {
            match c {
                '"' => quoted = !quoted,
                '{' if !quoted => depth += 1,
                '}' if !quoted => depth -= 1,
                '\n' if depth <= 0 => {
                    end = start + at + 1;
                    break;
                }
                _ => {}
            }
        }
        start..end
    }
}
