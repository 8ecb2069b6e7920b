//! Every cell of the summary tables of the real documents, mistyped in every way in which a hand slips once. Where arithmetic
//! leaves one figure that can be wrong, which is reckoned here apart from the rules, that figure is named first, with the value
//! that was printed before.
use std::collections::BTreeMap;

use totsugo::rules::{Repair, Shared, Strategy, Wanted, localize};
use totsugo::text::Span;

use super::book::{Book, Printed};
use super::named::{fresh, same};
use super::ways::Edit;
use super::{Program, documented, specs};

const BEGIN: &str = "<!-- cells: made by TOTSUGO_FAULTS=write cargo test --test it injected -->\n";

/// Figures that are tried for a cell: from nothing to more than any count or rate there is.
const FIGURES: std::ops::Range<i64> = 0..2_000;

/// What has to hold between cells, by their numbers.
#[derive(Debug)]
enum Must {
    /// The first is the sum of the others.
    Sum(usize, Vec<usize>),
    /// The first is at most the second.
    AtMost(usize, usize),
    /// The first is a percentage: the second of the third, rounded.
    Rate(usize, usize, usize),
    /// Both are one figure.
    Same(usize, usize),
    /// It is nothing, since no rate is printed beside it.
    Nothing(usize),
}

impl Must {
    fn reads(&self, cell: usize) -> bool {
        match self {
            Self::Sum(whole, parts) => *whole == cell || parts.contains(&cell),
            Self::AtMost(a, b) | Self::Same(a, b) => *a == cell || *b == cell,
            Self::Rate(a, b, c) => [a, b, c].contains(&&cell),
            Self::Nothing(a) => *a == cell,
        }
    }

    fn holds(&self, of: &[i64]) -> bool {
        match self {
            Self::Sum(whole, parts) => of[*whole] == parts.iter().map(|part| of[*part]).sum::<i64>(),
            Self::AtMost(a, b) => of[*a] <= of[*b],
            // An exact half may be rounded either way: then arithmetic leaves two rates.
            Self::Rate(rate, part, whole) => {
                of[*whole] > 0 && (200 * of[*part] - 2 * of[*rate] * of[*whole]).abs() <= of[*whole]
            }
            Self::Same(a, b) => of[*a] == of[*b],
            Self::Nothing(a) => of[*a] == 0,
        }
    }
}

/// The figures of a summary table and of the chart that is drawn from it, and what has to hold between them.
struct Sheet<'b> {
    cells: Vec<&'b Printed>,
    musts: Vec<Must>,
}

/// The count or percentage that is printed.
fn number(text: &str) -> i64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("{text} is a count or a whole percentage"))
}

impl<'b> Sheet<'b> {
    /// The sheet of a table, with the chart of the same year that stands at the same place among charts.
    fn of(book: &'b Book, table: &Printed, chart: Option<&Printed>) -> Self {
        let of = |relation: &str, owner: &Printed| -> Vec<&'b Printed> {
            book.figures.iter().filter(|f| f.relation == relation && f.owner == owner.owner).collect()
        };
        let mut cells = of("集計行", table);
        let drawn = cells.len();
        cells.extend(chart.into_iter().flat_map(|chart| of("図表行", chart)));
        let name = |f: &Printed| book.row(f.row).map_or("", |row| row.name.as_str());
        let find = |row: &Printed, column: &str| cells.iter().position(|f| f.row == row.row && f.column == column);
        let rated = cells.iter().take(drawn).any(|f| f.column == "達成率");
        let mut musts = Vec::new();
        for (at, cell) in cells.iter().enumerate().take(drawn) {
            if name(cell) == "合計" && cell.column != "達成率" {
                let parts = (0..drawn).filter(|n| *n != at && cells[*n].column == cell.column).collect();
                musts.push(Must::Sum(at, parts));
                let shown = (drawn..cells.len()).find(|n| cells[*n].column == "件数" && name(cells[*n]) == cell.column);
                musts.extend(shown.map(|shown| Must::Same(shown, at)));
            }
            match cell.column.as_str() {
                "事業数" => musts.extend(find(cell, "KPI設定").map(|kpi| Must::AtMost(kpi, at))),
                "KPI設定" => {
                    let (reached, rate) = (find(cell, "達成"), find(cell, "達成率"));
                    musts.extend(reached.map(|reached| Must::AtMost(reached, at)));
                    musts.extend(reached.zip(rate).map(|(reached, rate)| Must::Rate(rate, reached, at)));
                    if rated && reached.is_some() && rate.is_none() {
                        musts.push(Must::Nothing(at));
                    }
                }
                _ => {}
            }
        }
        let in_chart = |row: &str, column: &str| {
            (drawn..cells.len()).find(|n| name(cells[*n]) == row && cells[*n].column == column)
        };
        if let Some(whole) = in_chart("KPI設定", "件数") {
            let parts: Vec<usize> = ["達成", "一部達成"].iter().filter_map(|row| in_chart(row, "件数")).collect();
            for row in ["KPI設定", "達成", "一部達成"] {
                let share = in_chart(row, "割合").zip(in_chart(row, "件数"));
                musts.extend(share.map(|(share, count)| Must::Rate(share, count, whole)));
            }
            if !parts.is_empty() {
                musts.push(Must::Sum(whole, parts));
            }
        }
        Self { cells, musts }
    }

    /// The one cell that is wrong, and what has to stand there, if arithmetic leaves no other.
    fn identified(&self, values: &[i64]) -> Option<(usize, i64)> {
        let failed: Vec<&Must> = self.musts.iter().filter(|must| !must.holds(values)).collect();
        if failed.is_empty() {
            return None;
        }
        let mut values = values.to_vec();
        let mut found = None;
        for cell in (0..values.len()).filter(|cell| failed.iter().all(|must| must.reads(*cell))) {
            let touched: Vec<&Must> = self.musts.iter().filter(|must| must.reads(cell)).collect();
            let printed = values[cell];
            for figure in FIGURES.filter(|figure| *figure != printed) {
                values[cell] = figure;
                if touched.iter().all(|must| must.holds(&values)) && found.replace((cell, figure)).is_some() {
                    return None;
                }
            }
            values[cell] = printed;
        }
        found
    }
}

/// What a hand makes of a figure: each digit another, two exchanged, one left out or too many, and what stands beside it.
fn slips(text: &str, beside: &[&str]) -> Vec<String> {
    let end = text.find(|c: char| !c.is_ascii_digit()).expect("a unit");
    let (digits, unit) = (&text.as_bytes()[..end], &text[end..]);
    let mut out: Vec<Vec<u8>> = Vec::new();
    for at in 0..digits.len() {
        out.extend((b'0'..=b'9').map(|digit| [&digits[..at], &[digit], &digits[at + 1..]].concat()));
        out.push([&digits[..at], &digits[at + 1..]].concat());
        out.push([&digits[..=at], &digits[at..]].concat());
        if at > 0 {
            out.push([&digits[..at - 1], &[digits[at], digits[at - 1]], &digits[at + 1..]].concat());
        }
    }
    let made = out.into_iter().filter(|d| !d.is_empty() && (d.len() == 1 || d[0] != b'0'));
    let made = made.map(|digits| format!("{}{unit}", String::from_utf8(digits).expect("digits")));
    let mut all: Vec<String> = made.chain(beside.iter().map(|text| (*text).to_owned())).collect();
    all.retain(|new| number(new) != number(text));
    all.sort();
    all.dedup();
    all
}

/// Who mistypes one cell of a table is told which, and what stood there: of every cell, in every way there is.
#[test]
fn every_mistyped_cell_of_the_real_tables_that_arithmetic_identifies_is_named() {
    let texts = specs();
    let mut program = Program::new(&texts);
    let book = program.book();
    let known = program.check(0, &texts[0].1);
    // No other rule reads a cell of these tables.
    let about = |program: &Program, n: usize| {
        let text = program.sources.text(program.pack.rules[n].span);
        ["集計行", "図表行", "summary-row", "chart-row"].iter().any(|relation| text.contains(relation))
    };
    let of_tables: Vec<bool> = (0..program.pack.rules.len()).map(|n| about(&program, n)).collect();
    // A table and a chart belong together if they are of one year and stand at the same place among those of that year.
    let blocks = |relation: &str| -> BTreeMap<(u32, Option<i32>), Vec<&Printed>> {
        let mut out: BTreeMap<_, Vec<&Printed>> = BTreeMap::new();
        for figure in book.figures.iter().filter(|f| f.relation == relation) {
            let all = out.entry((figure.document, figure.year)).or_default();
            if all.iter().all(|f| f.owner != figure.owner) {
                all.push(figure);
            }
        }
        out
    };
    let charts = blocks("図表行");
    let (mut all, mut cells, mut tried, mut identified, mut silent, mut wrong) = (0, 0, 0, 0, Vec::new(), Vec::new());
    for (key, tables) in blocks("集計行") {
        for (at, table) in tables.iter().enumerate() {
            let chart = charts.get(&key).and_then(|charts| charts.get(at)).copied();
            let sheet = Sheet::of(&book, table, chart);
            let values: Vec<i64> = sheet.cells.iter().map(|cell| number(&cell.text)).collect();
            assert!(sheet.musts.iter().all(|must| must.holds(&values)), "the tables of specs/ are right as they are");
            for (n, cell) in sheet.cells.iter().enumerate().filter(|(_, cell)| cell.relation == "集計行") {
                let column: Vec<&&Printed> =
                    sheet.cells.iter().filter(|f| f.column == cell.column && f.relation == cell.relation).collect();
                let here = column.iter().position(|f| f.row == cell.row).expect("it is in its column");
                let beside = [here.checked_sub(1), here.checked_add(1)].into_iter().flatten();
                let beside: Vec<&str> = beside.filter_map(|at| column.get(at)).map(|f| f.text.as_str()).collect();
                let mut once = false;
                all += 1;
                for new in slips(&cell.text, &beside) {
                    tried += 1;
                    let mut values = values.clone();
                    values[n] = number(&new);
                    let Some(only) = sheet.identified(&values) else { continue };
                    let told = || {
                        format!(
                            "{} {}: {} → {new}",
                            book.row(cell.row).map_or("", |r| r.name.as_str()),
                            cell.column,
                            cell.text
                        )
                    };
                    assert_eq!(only, (n, number(&cell.text)), "what was there before is right: {}", told());
                    identified += 1;
                    once = true;
                    let edit = Edit::replace(&texts[cell.file].1, cell.file, &[(cell.range.clone(), new.clone())]);
                    let text = edit.text(&texts[cell.file].1);
                    let wanted = |n: usize| of_tables[n];
                    let first = program.run_only(cell.file, &text, wanted, |program, workspace, outcome| {
                        let new = fresh(program, &outcome.violations, &edit, &known);
                        let found = new.iter().enumerate().map(|(n, v)| (n, v.rule, v.span, v.message.ja.as_str()));
                        let shared = Shared::new(workspace, &program.sources, &program.pack, Strategy::Planned);
                        let suspicions = localize(&shared, wanted, found);
                        let source = program.plans[cell.file].0.source;
                        let place = Span::new(source, cell.range.start..cell.range.start + 1);
                        let here = |span: Span| span.source == source && span.start == place.start;
                        let named = |repair: &Repair| {
                            matches!(repair.changes.as_slice(), [change] if here(change.span)
                            && matches!(&change.wanted, Wanted::Figure(text) if same(text, &cell.text)))
                        };
                        let alone = |repairs: &[Repair]| match repairs {
                            [first, rest @ ..] => named(first) && rest.iter().all(|other| other.weight > first.weight),
                            [] => false,
                        };
                        (new.is_empty(), suspicions.iter().any(|s| alone(&s.repairs)), format!("{suspicions:?}"))
                    });
                    match first {
                        (true, ..) => silent.push(told()),
                        (false, false, said) => wrong.push(format!("{}: {said}", told())),
                        _ => {}
                    }
                }
                cells += usize::from(once);
            }
        }
    }
    let table = format!(
        "| 欄 / cells | 打ち間違い / slips | 一つに決まる / identified | 筆頭で元の値 / named first with its value | 一つに決まることのある欄 / cells identified by some |\n| --- | --- | --- | --- | --- |\n| {all} | {tried} | {identified} | {} | {cells} |\n",
        identified - wrong.len() - silent.len(),
    );
    println!("{table}");
    assert!(silent.is_empty(), "arithmetic tells of it, and no rule does: {silent:#?}");
    assert!(wrong.is_empty(), "{} of {identified} are not named first:\n{}", wrong.len(), wrong.join("\n"));
    documented(BEGIN, &table);
}
