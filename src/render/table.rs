//! Rows of values for people (aligned by the width on the screen) and for programs (CSV, JSON).
use crate::findings::{Lang, Messages};
use crate::rules::{Answer, Datum, Item, Why};
use crate::text::Sources;
use crate::text::formula::guarded;
use crate::text::visible::{in_json, shown};
use unicode_width::UnicodeWidthStr;

/// The byte order mark that some spreadsheets want before UTF-8.
pub const BOM: &str = "\u{feff}";

/// A value as it is written in a table: a missing one as －.
#[must_use]
pub fn written(item: &Item, messages: &Messages, lang: Lang) -> String {
    match &item.value {
        Datum::Text(text) | Datum::Figure(text) => text.clone(),
        Datum::Bool(truth) => messages.text(lang, if *truth { "word-yes" } else { "word-no" }, &[]),
        Datum::Nothing(Why::Unreadable) => messages.text(lang, "word-unreadable", &[]),
        Datum::Nothing(_) => "－".to_owned(),
    }
}

/// The rows under their heads, aligned; figures to the right.
#[must_use]
pub fn table(answer: &Answer, messages: &Messages, lang: Lang) -> String {
    let rows: Vec<Vec<String>> =
        answer.rows.iter().map(|row| row.iter().map(|i| shown(&written(i, messages, lang))).collect()).collect();
    let mut widths: Vec<usize> = answer.heads.iter().map(|h| h.width()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let right: Vec<bool> = (0..widths.len())
        .map(|at| {
            let mut column = answer.rows.iter().filter_map(|row| row.get(at)).peekable();
            column.peek().is_some() && column.all(|i| !matches!(i.value, Datum::Text(_) | Datum::Bool(_)))
        })
        .collect();
    let mut out = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        let start = out.len();
        for ((cell, width), right) in cells.zip(&widths).zip(&right) {
            if out.len() > start {
                out.push_str("  ");
            }
            let blank = " ".repeat(width.saturating_sub(cell.width()));
            let (before, after) = if *right { (blank.as_str(), "") } else { ("", blank.as_str()) };
            out.extend([before, cell, after]);
        }
        out.truncate(out.trim_end_matches(' ').len().max(start));
        out.push('\n');
    };
    line(&mut answer.heads.iter().map(String::as_str));
    let rules: Vec<String> = widths.iter().map(|w| "-".repeat(*w)).collect();
    line(&mut rules.iter().map(String::as_str));
    for row in &rows {
        line(&mut row.iter().map(String::as_str));
    }
    out
}

/// The rows as RFC 4180 says, the heads first. A text that a spreadsheet would work out gets an apostrophe before it.
#[must_use]
pub fn csv(answer: &Answer, messages: &Messages, lang: Lang) -> String {
    let mut out = String::new();
    record(&mut out, answer.heads.iter().map(|head| guarded(head)));
    for row in &answer.rows {
        record(&mut out, row.iter().map(|item| spoken(item, messages, lang)));
    }
    out
}

fn spoken(item: &Item, messages: &Messages, lang: Lang) -> String {
    let text = written(item, messages, lang);
    // What the program itself puts for what is missing is no formula.
    if matches!(item.value, Datum::Text(_) | Datum::Figure(_)) { guarded(&text).into_owned() } else { text }
}

/// Adds one record of CSV (RFC 4180): a cell stands in quotes where it must.
pub(super) fn record(out: &mut String, cells: impl Iterator<Item = impl AsRef<str>>) {
    for (at, cell) in cells.enumerate() {
        let cell = cell.as_ref();
        if at > 0 {
            out.push(',');
        }
        if cell.contains(['"', ',', '\r', '\n']) {
            out.extend(["\"", &cell.replace('"', "\"\""), "\""]);
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

/// The rows as a JSON array of objects: for each head the value and its place.
#[must_use]
pub fn json_rows(answer: &Answer, sources: &Sources) -> String {
    let mut heads: Vec<String> = Vec::new();
    for head in &answer.heads {
        // An object has each name once.
        let mut name = head.clone();
        let mut again = 1;
        while heads.contains(&name) {
            again += 1;
            name = format!("{head} ({again})");
        }
        heads.push(name);
    }
    let heads: Vec<String> = heads.into_iter().map(|h| serde_json::Value::from(h).to_string()).collect();
    let rows: Vec<String> = answer
        .rows
        .iter()
        .map(|row| {
            let members = heads.iter().zip(row).map(|(head, item)| format!("{head}: {}", object(item, sources)));
            format!("  {{{}}}", members.collect::<Vec<_>>().join(", "))
        })
        .collect();
    if rows.is_empty() { "[]\n".to_owned() } else { in_json(format!("[\n{}\n]\n", rows.join(",\n"))) }
}

fn object(item: &Item, sources: &Sources) -> String {
    let value = match &item.value {
        Datum::Text(text) | Datum::Figure(text) => serde_json::Value::from(text.as_str()).to_string(),
        Datum::Bool(truth) => truth.to_string(),
        Datum::Nothing(why) => format!("null, \"reason\": \"{}\"", why.code()),
    };
    let place = item.place.and_then(|span| sources.get(span.source).map(|s| (s, span))).map_or_else(
        || "null".to_owned(),
        |(source, span)| {
            let at = source.position(span.start as usize);
            let path = serde_json::Value::from(source.path.as_str());
            let cell = source.grid.as_ref().and_then(|g| Some((g, source.cell_at(span.range().start)?)));
            let cell = cell.map_or_else(String::new, |(grid, cell)| {
                let name = serde_json::Value::from(grid.name(cell.row, cell.column));
                format!(", \"cell\": {name}")
            });
            format!("{{\"path\": {path}, \"line\": {}, \"column\": {}{cell}}}", at.line, at.column)
        },
    );
    format!("{{\"value\": {value}, \"place\": {place}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> Answer {
        let item = |value| Item { value, place: None };
        Answer {
            heads: vec!["行.名称".into(), "n".into()],
            rows: vec![
                vec![item(Datum::Text("電子\"申請\"".into())), item(Datum::Figure("1,234人".into()))],
                vec![item(Datum::Text("a".into())), item(Datum::Nothing(Why::Missing))],
            ],
            torn: false,
            met: None,
        }
    }

    #[test]
    fn columns_are_aligned_by_width() {
        let drawn = table(&answer(), &Messages::new(), Lang::Ja);
        let expected = "行.名称           n\n----------  -------\n電子\"申請\"  1,234人\na                －\n";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn csv_is_quoted_where_it_must_be() {
        let expected = "行.名称,n\r\n\"電子\"\"申請\"\"\",\"1,234人\"\r\na,－\r\n";
        assert_eq!(csv(&answer(), &Messages::new(), Lang::Ja), expected);
    }

    #[test]
    fn json_has_value_reason_and_place() {
        let rows: serde_json::Value = serde_json::from_str(&json_rows(&answer(), &Sources::default())).unwrap();
        assert_eq!(rows[0]["行.名称"]["value"], "電子\"申請\"");
        assert_eq!(rows[1]["n"]["value"], serde_json::Value::Null);
        assert_eq!(rows[1]["n"]["reason"], "missing");
    }
}
