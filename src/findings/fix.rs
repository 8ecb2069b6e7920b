//! From fixes to edits of a text: what has to be written so that a value stands there, in the quotes of its format.
//!
//! A [`Fix`] says which printed text is replaced by which value. In a file that value may need quotes, escapes or a mark
//! written twice; what is known of the format is told by the path of the source and by its grid.
use std::ops::Range;

use super::Fix;
use crate::text::record::record;
use crate::text::{Cells, Source, Span};

/// A piece of a source to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards, as it is written in the file.
    pub text: String,
}

/// Why a value cannot be written where it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The text cannot stand in the quotes that are there, or between them and the next mark.
    Quotes,
    /// The source has no such place.
    NoPlace,
}

/// The edit that a fix makes in its source.
///
/// # Errors
/// If the value cannot be written there.
pub fn edit(source: &Source, fix: &Fix) -> Result<Edit, Misfit> {
    let range = fix.span.range();
    source.text.get(range.clone()).ok_or(Misfit::NoPlace)?;
    let (range, text) = match source.grid.as_ref().map(|g| &g.cells) {
        Some(Cells::Delimited { rows, delimiter }) => field(&source.text, rows, *delimiter, range, &fix.text)?,
        // The cells of a workbook hold texts as they are.
        Some(Cells::Listed(_)) => (range, fix.text.clone()),
        None => match source.path.rsplit('.').next().unwrap_or("").to_lowercase().as_str() {
            "json" => data(&source.text, range, &fix.text, true)?,
            "yaml" | "yml" => data(&source.text, range, &fix.text, false)?,
            _ => plan(&source.text, range, &fix.text)?,
        },
    };
    Ok(Edit { span: Span::new(fix.span.source, range), text })
}

/// The text with all edits made, in any order; `None` if two of them overlap or one is not in the text.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut order: Vec<&Edit> = edits.iter().collect();
    order.sort_by_key(|e| (e.span.start, e.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in order {
        let range = edit.span.range();
        out.push_str(text.get(at..range.start)?);
        out.push_str(&edit.text);
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

type Written = Result<(Range<usize>, String), Misfit>;

/// The characters right before and after a place.
fn around(text: &str, range: &Range<usize>) -> (Option<char>, Option<char>) {
    let before = text.get(..range.start).and_then(|t| t.chars().next_back());
    (before, text.get(range.end..).and_then(|t| t.chars().next()))
}

/// A text between `"` and `"` of a plan, of JSON and of YAML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Marks that end a bare word of a plan file or mean something there.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || "，、：＝｛｝；｜＃（）“”＂「」,:={};|#()\"\\".contains(c)
}

fn plan(text: &str, range: Range<usize>, value: &str) -> Written {
    if value.contains(['\r', '\t']) {
        return Err(Misfit::Quotes);
    }
    match around(text, &range) {
        (Some('"'), Some('"')) => Ok((range, escaped(value))),
        (Some('＂'), Some('＂')) if !value.contains(['＂', '"', '\\', '\n']) => Ok((range, value.to_owned())),
        (Some('“'), Some('”')) if !value.contains(['”', '\n']) => Ok((range, value.to_owned())),
        (Some('「'), Some('」')) if !value.contains(['」', '\n']) => Ok((range, value.to_owned())),
        (Some('＂'), Some('＂')) | (Some('“'), Some('”')) | (Some('「'), Some('」')) => Err(Misfit::Quotes),
        _ => {
            // A mark that stands there bare already (1,234件) does so in the new text too.
            let old = text.get(range.clone()).unwrap_or("");
            let bare = !value.is_empty() && value.chars().all(|c| !is_mark(c) || old.contains(c));
            Ok((range, if bare { value.to_owned() } else { format!("\"{}\"", escaped(value)) }))
        }
    }
}

/// A value of JSON or YAML.
fn data(text: &str, range: Range<usize>, value: &str, json: bool) -> Written {
    let old = text.get(range.clone()).unwrap_or("");
    match around(text, &range) {
        (Some('"'), Some('"')) => return Ok((range, escaped(value))),
        (Some('\''), Some('\'')) if !json => {
            let fits = !value.contains(['\n', '\r', '\t']);
            return if fits { Ok((range, value.replace('\'', "''"))) } else { Err(Misfit::Quotes) };
        }
        _ => {}
    }
    // A block of lines (| or >) has an indent to keep; that is left to people.
    if old.contains('\n') || old.starts_with(['|', '>', '&', '*', '!', '"', '\'']) {
        return Err(Misfit::Quotes);
    }
    let number = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let plain = if json {
        number(value) && number(old)
    } else {
        let begins = value.starts_with(|c: char| c.is_whitespace() || "-?:,[]{}#&*!|>'\"%@`".contains(c));
        let marks = [": ", " #", "\n", "\r", "\t", ",", "[", "]", "{", "}"].iter().any(|m| value.contains(m));
        !value.is_empty() && !begins && !marks && !value.ends_with([' ', ':']) && number(value) == number(old)
    };
    Ok((range, if plain { value.to_owned() } else { format!("\"{}\"", escaped(value)) }))
}

/// A field of a delimited text: in its quotes a quote is written twice, and a field without quotes gets them if it must.
fn field(text: &str, rows: &[u32], delimiter: u8, range: Range<usize>, value: &str) -> Written {
    let row = rows.partition_point(|r| *r as usize <= range.start).checked_sub(1).ok_or(Misfit::NoPlace)?;
    let start = rows.get(row).copied().ok_or(Misfit::NoPlace)?;
    let mut found = None;
    record(text.as_bytes(), start as usize, delimiter, |field| {
        if field.range.start <= range.start && range.end <= field.range.end {
            found = Some(field);
        }
    });
    let field = found.ok_or(Misfit::NoPlace)?;
    let doubled = value.replace('"', "\"\"");
    let before = field.range.start.checked_sub(1).and_then(|n| text.as_bytes().get(n));
    let starts_with_quote = text.as_bytes().get(field.range.start) == Some(&b'"');
    if before == Some(&b'"') && text.as_bytes().get(field.range.end) == Some(&b'"') {
        return Ok((range, doubled));
    }
    if starts_with_quote || field.open {
        return Err(Misfit::Quotes);
    }
    let marks = |c: char| matches!(c, '"' | '\n' | '\r') || u8::try_from(u32::from(c)) == Ok(delimiter);
    if !value.contains(marks) {
        return Ok((range, value.to_owned()));
    }
    let piece = |r: Range<usize>| text.get(r).unwrap_or("").replace('"', "\"\"");
    let (head, tail) = (piece(field.range.start..range.start), piece(range.end..field.range.end));
    Ok((field.range, format!("\"{head}{doubled}{tail}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Grid, SourceId};
    use proptest::prelude::*;

    fn fixed(path: &str, text: &str, old: &str, new: &str) -> Result<String, Misfit> {
        let start = text.find(old).expect("it is there");
        let source = if path.ends_with(".csv") {
            let mut rows = Vec::new();
            let mut at = 0;
            while at < text.len() {
                rows.push(u32::try_from(at).expect("small"));
                at = record(text.as_bytes(), at, b',', |_| {});
            }
            Source::sheet(path, text, Grid::new("", Cells::Delimited { rows: rows.into(), delimiter: b',' }))
        } else {
            Source::new(path, text)
        };
        let fix = Fix { span: Span::new(SourceId(0), start..start + old.len()), text: new.into(), safe: true };
        edit(&source, &fix).map(|e| apply(text, &[e]).expect("one edit"))
    }

    /// A value that means something else in its file would change more than the value.
    #[test]
    fn values_are_written_as_their_format_wants_them() {
        for (path, text, old, new, after) in [
            ("a.plan", "概要 \"甲\"\r\n", "甲", "乙\"丙\"\\", "概要 \"乙\\\"丙\\\"\\\\\"\r\n"),
            ("a.plan", "概要 「甲」", "甲", "乙", "概要 「乙」"),
            ("a.plan", "概要 “甲”", "甲", "乙「丙」", "概要 “乙「丙」”"),
            ("a.plan", "概要 ＂甲＂", "甲", "乙", "概要 ＂乙＂"),
            ("a.plan", "担当 甲", "甲", "乙、丙", "担当 \"乙、丙\""),
            ("a.plan", "目標 R4: 1,200件", "1,200件", "1,300件", "目標 R4: 1,300件"),
            ("a.plan.json", "[{\"名称\": \"甲\"}]", "甲", "乙\"", "[{\"名称\": \"乙\\\"\"}]"),
            ("a.plan.json", "[{\"値\": 5}]", "5", "6", "[{\"値\": 6}]"),
            ("a.plan.json", "[{\"値\": 5}]", "5", "六", "[{\"値\": \"六\"}]"),
            ("a.plan.yaml", "名称: 甲 # 注\n", "甲", "乙", "名称: 乙 # 注\n"),
            ("a.plan.yaml", "名称: 甲\n", "甲", "乙: 丙", "名称: \"乙: 丙\"\n"),
            ("a.plan.yaml", "名称: '甲'\n", "甲", "乙'", "名称: '乙'''\n"),
            ("a.plan.yaml", "名称: 甲\n", "甲", "*乙", "名称: \"*乙\"\n"),
            ("a.plan.json", "[\"甲\"]", "甲", "乙\u{7}丙", "[\"乙 丙\"]"),
            ("a.csv", "番号, 甲 \r\n1,x", "甲", "乙", "番号, 乙 \r\n1,x"),
            ("a.csv", "番号, 甲 \r\n1,x", "甲", "乙,\"丙", "番号,\" 乙,\"\"丙 \"\r\n1,x"),
            ("a.csv", "番号,\"甲\"\"1\"\r\n", "甲", "乙\"", "番号,\"乙\"\"\"\"1\"\r\n"),
        ] {
            assert_eq!(fixed(path, text, old, new).as_deref(), Ok(after), "{path} {text}");
        }
        for (path, text, old, new) in [
            ("a.plan", "概要 「甲」", "甲", "乙」"),
            ("a.plan", "概要 “甲”", "甲", "乙”"),
            ("a.plan", "概要 ＂甲＂", "甲", "乙＂"),
            ("a.plan.yaml", "名称: |\n  甲\n  乙\n", "甲\n  乙", "丙"),
            ("a.plan.yaml", "名称: '甲'\n", "甲", "乙\n丙"),
            ("a.csv", "\"甲\"1,x", "甲", "乙"),
            ("a.csv", "x,\"甲", "甲", "乙"),
        ] {
            assert_eq!(fixed(path, text, old, new), Err(Misfit::Quotes), "{path} {text}");
        }
    }

    proptest! {
        /// Whatever a fix writes into a CSV file, all other fields and rows stay what they are.
        #[test]
        fn a_new_field_moves_no_other(rows in prop::collection::vec(prop::collection::vec("[a件\",\n]{0,4}", 1..4), 1..4), value in "[a件\",\r\n ]{0,6}") {
            let quoted = |f: &String| if f.contains(['"', ',', '\n']) { format!("\"{}\"", f.replace('"', "\"\"")) } else { f.clone() };
            let mut rows = rows;
            rows[0][0] = "X".to_owned();
            let text = |rows: &[Vec<String>]| rows.iter().map(|r| r.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n").collect::<String>();
            let after = fixed("a.csv", &text(&rows), "X", &value).expect("a plain field takes anything");
            let fields = |text: &str| {
                let (mut at, mut out) = (0, Vec::new());
                while at < text.len() {
                    let mut row = Vec::new();
                    at = record(text.as_bytes(), at, b',', |f| row.push(text[f.range.clone()].replace("\"\"", "\"")));
                    out.push(row);
                }
                out
            };
            rows[0][0] = value;
            prop_assert_eq!(fields(&after), rows);
        }
    }
}
