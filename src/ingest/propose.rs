//! `totsugo map`: a draft of the mapping for a sheet nobody has described yet, from its headings.
use std::fmt::Write as _;

use super::guess::{Guess, Proposal, SERIES, known, look};
use super::header::Header;
use crate::text::normal::normal;
use crate::text::{Grid, Source, column_name};
use crate::value::FiscalYear;

/// Values that are shown of a column.
const SHOWN: usize = 3;

/// The draft of a mapping for the sheets of a file, in YAML; `None` if no sheet has a heading that is known.
#[must_use]
pub fn propose(path: &str, stem: &str, sheets: &[Source]) -> Option<String> {
    let known = known();
    let proposals: Vec<Proposal> = sheets.iter().filter_map(|sheet| look(sheet, &known)).collect();
    let first = proposals.first()?;
    let source = sheets.iter().find(|s| s.grid.as_ref().is_some_and(|g| g.sheet == first.sheet))?;
    let mut out = String::new();
    let name = path.rsplit('/').next().unwrap_or(path);
    let _ = writeln!(
        out,
        "# {name} の読み方の下書き。間違いを直し、同じフォルダに {stem}.mapping.yaml として保存してください。"
    );
    let _ = writeln!(out, "# A draft for {name}: mend it and save it beside the file as {stem}.mapping.yaml.");
    for proposal in &proposals {
        if let Some(sheet) = sheets.iter().find(|s| s.grid.as_ref().is_some_and(|g| g.sheet == proposal.sheet)) {
            understood(&mut out, proposal, sheet);
        }
    }
    let _ = writeln!(out, "files: [{}]", text(name));
    let _ = writeln!(out, "document:");
    let _ = writeln!(out, "  記号: {}", text(stem));
    title(&mut out, first, source);
    let _ = writeln!(out, "tables:");
    for proposal in &proposals {
        if let Some(sheet) = sheets.iter().find(|s| s.grid.as_ref().is_some_and(|g| g.sheet == proposal.sheet)) {
            table(&mut out, proposal, sheet);
        }
    }
    Some(out)
}

/// What was understood, as a table in comments.
fn understood(out: &mut String, proposal: &Proposal, source: &Source) {
    let Some(grid) = &source.grid else { return };
    let _ = writeln!(out, "#");
    if !proposal.sheet.is_empty() {
        let _ = writeln!(out, "# シート {}", proposal.sheet);
    }
    let (top, bottom) = (proposal.header.rows.start + 1, proposal.header.rows.end);
    let _ = writeln!(out, "# 見出し: {top}〜{bottom}行目");
    let width = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let widest = proposal.guesses.iter().map(|g| width(&g.path)).max().unwrap_or(0).min(40);
    for guess in &proposal.guesses {
        let holds = guess.holds.as_ref().map_or_else(|| "（読まない）".to_owned(), |(r, a)| format!("{r}.{a}"));
        let examples: Vec<String> =
            samples(source, grid, &proposal.header, guess.column).into_iter().take(SHOWN).collect();
        let pad = |text: &str, to: usize| " ".repeat(to.saturating_sub(width(text)));
        let line = format!(
            "#   {:<3} {}{}  → {}{}  {}",
            column_name(guess.column),
            guess.path,
            pad(&guess.path, widest),
            holds,
            pad(&holds, 14),
            examples.join("、")
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// Values of a column below the header, each once, short.
fn samples(source: &Source, grid: &Grid, header: &Header, column: u32) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for row in header.rows.end..grid.rows().min(header.rows.end + 400) {
        if let Some(cell) = source.cell(row, column) {
            let whole = source.text_of(&cell).split_whitespace().collect::<Vec<_>>().join(" ");
            let short: String = whole.chars().map(|c| if c.is_control() { ' ' } else { c }).take(12).collect();
            let short = if short.chars().count() < whole.chars().count() { format!("{short}…") } else { short };
            let heading = header.columns.iter().flat_map(|h| &h.parts).any(|p| normal(&p.0) == normal(&whole));
            if !heading && !out.contains(&short) {
                out.push(short);
            }
        }
    }
    out
}

/// 題名 and 年度 as they stand above the table.
fn title(out: &mut String, proposal: &Proposal, source: &Source) {
    let above = (0..proposal.header.rows.start).flat_map(|row| source.row(row)).next();
    if let Some(cell) = above {
        let _ = writeln!(out, "  題名: {{ cell: {} }}", crate::text::cell_name(cell.row, cell.column));
        if let Some(year) = year_in(&source.text_of(&cell)) {
            let _ = writeln!(out, "  年度: {year}");
        }
    }
}

/// The first fiscal year that a title names: 令和6年度, R6.
fn year_in(text: &str) -> Option<FiscalYear> {
    let starts = text.char_indices().filter(|(_, c)| matches!(c, '令' | '平' | 'R' | 'Ｒ' | 'H' | 'Ｈ' | '2' | '２'));
    starts.map(|(at, _)| text.get(at..).unwrap_or("")).find_map(|rest| {
        let ends = rest.char_indices().map(|(n, c)| n + c.len_utf8()).take(8);
        let found = ends.filter_map(|end| FiscalYear::read(rest.get(..end)?).ok());
        found.last()
    })
}

fn table(out: &mut String, proposal: &Proposal, source: &Source) {
    let Some(grid) = &source.grid else { return };
    let lead = if proposal.sheet.is_empty() { "  - " } else { "    " };
    if !proposal.sheet.is_empty() {
        let _ = writeln!(out, "  - sheet: {}", text(&proposal.sheet));
    }
    let _ = writeln!(out, "{lead}header: [{}, {}]", proposal.header.rows.start + 1, proposal.header.rows.end);
    let _ = writeln!(out, "    columns:");
    let mut relations: Vec<&str> = Vec::new();
    for (relation, _) in proposal.guesses.iter().filter_map(|g| g.holds.as_ref()) {
        if !relations.contains(&relation.as_str()) {
            relations.push(relation);
        }
    }
    let order = ["分野", "項目", "事業", "指標", "集計行", "予算行"];
    relations.sort_by_key(|r| order.iter().position(|o| o == r));
    for (owner, row) in [("集計", "集計行"), ("予算", "予算行")] {
        if relations.contains(&row) {
            let above = (0..proposal.header.rows.start).flat_map(|row| source.row(row)).next();
            let name = if proposal.sheet.is_empty() { owner } else { &proposal.sheet };
            let (name, year) = match above {
                Some(cell) => {
                    let year = year_in(&source.text_of(&cell));
                    (format!("cell: {}", crate::text::cell_name(cell.row, cell.column)), year)
                }
                None => (format!("value: {}", text(name)), None),
            };
            let year = year.map_or_else(String::new, |y| format!(", 年度: {{ value: {y} }}"));
            let _ = writeln!(out, "      {owner}: {{ 名称: {{ {name} }}{year} }}");
        }
    }
    for relation in relations {
        let _ = writeln!(out, "      {relation}:");
        let of_relation = |g: &&Guess| g.holds.as_ref().is_some_and(|h| h.0 == relation);
        let mut attributes: Vec<&str> = Vec::new();
        for (_, attribute) in proposal.guesses.iter().filter(of_relation).filter_map(|g| g.holds.as_ref()) {
            if !attributes.contains(&attribute.as_str()) {
                attributes.push(attribute);
            }
        }
        let unit = proposal.guesses.iter().find(|g| g.holds.as_ref().is_some_and(|h| h.1 == "単位"));
        for attribute in attributes {
            let columns: Vec<&Guess> = proposal
                .guesses
                .iter()
                .filter(of_relation)
                .filter(|g| g.holds.as_ref().is_some_and(|h| h.1 == attribute))
                .collect();
            match columns.as_slice() {
                [name] if attribute == "名称" && is_relisted(proposal, source, grid, name) => {
                    let place = place(proposal, name);
                    let _ = writeln!(out, "        名称: {{ column: {place}, remove: '※?再掲[:：].*' }}");
                    let _ = writeln!(
                        out,
                        "        再掲: {{ column: {place}, match: '※?再掲[:：](No[.]?\\d+)' }} # 「※再掲:No4」"
                    );
                }
                _ => drop(writeln!(out, "        {attribute}: {}", field(proposal, attribute, &columns, unit))),
            }
        }
    }
}

/// Where an attribute stands.
fn field(proposal: &Proposal, attribute: &str, columns: &[&Guess], unit: Option<&Guess>) -> String {
    let place = |guess: &Guess| place(proposal, guess);
    if SERIES.contains(&attribute) || attribute == "基準" {
        let years: Vec<(&&Guess, Option<String>)> = columns
            .iter()
            .map(|g| {
                let heading = proposal.header.columns.get(g.column as usize);
                let year = heading.and_then(|h| h.parts.iter().find_map(|p| FiscalYear::read(&p.0).ok()));
                (g, year.map(|y| y.to_string()))
            })
            .collect();
        let unit = unit.map_or_else(String::new, |u| format!(", unit: {}", place(u)));
        let one = |g: &Guess| if unit.is_empty() { place(g) } else { format!("{{ column: {}{unit} }}", place(g)) };
        if let [(only, None)] = years.as_slice() {
            return one(only);
        }
        let items: Vec<String> =
            years.iter().filter_map(|(g, y)| Some(format!("{}: {}", y.as_ref()?, one(g)))).collect();
        return format!("{{ {} }}", items.join(", "));
    }
    match columns {
        [only] => place(only),
        several => format!(
            "{{ columns: [{}], split: '\\n' }}",
            several.iter().map(|g| place(g)).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// A column by its heading, or by its letter where another has the same.
fn place(proposal: &Proposal, guess: &Guess) -> String {
    let same = proposal.guesses.iter().filter(|g| normal(&g.path) == normal(&guess.path)).count();
    if same > 1 || guess.path.is_empty() {
        format!("{{ letter: {} }}", column_name(guess.column))
    } else {
        text(&guess.path)
    }
}

/// Whether names say that a row is listed again.
fn is_relisted(proposal: &Proposal, source: &Source, grid: &Grid, name: &Guess) -> bool {
    let rows = proposal.header.rows.end..grid.rows().min(proposal.header.rows.end + 2_000);
    let mut cells = rows.filter_map(|row| source.cell(row, name.column));
    cells.any(|c| ["再掲:", "再掲："].iter().any(|word| source.text_of(&c).contains(word)))
}

/// A text as YAML takes it.
fn text(text: &str) -> String {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '(' | ')' | '（' | '）' | '.');
    let first = text.chars().next().is_some_and(char::is_alphabetic);
    if first && text.chars().all(safe) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
