//! Opens the files of spreadsheets: their sheets become sources, and what cannot be read becomes a fault.
use std::ops::Range;
use std::sync::Arc;

use super::ahead::{Given, complete};
use super::mapping::{Hidden, Mapping};
use super::rows::is_for;
use super::sheet::{Refusal, Sheet};
use super::{text, workbook};
use crate::text::near::nearest;
use crate::text::{Bytes, Cells, Fault, Grid, Message, Severity, Source, SourceId, Sources, Span, Starts, Text};

/// Endings of the files that are spreadsheets.
pub const ENDINGS: [&str; 6] = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv"];

/// One sheet that is read with a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The sheet.
    pub id: SourceId,
    /// The mapping, by its number.
    pub mapping: usize,
    /// The code of a document that names none: the name of the file.
    pub stem: String,
}

/// The sheets of a run and the mappings they are read with.
#[derive(Debug, Default)]
pub struct Sheets {
    /// The mappings.
    pub mappings: Vec<Mapping>,
    /// The sheets, in the order of their files.
    pub opened: Vec<Opened>,
    /// Sheets with a row for each thing, which need no mapping.
    pub outlines: Vec<SourceId>,
    /// JSON and YAML files with things in things.
    pub data: Vec<SourceId>,
}

impl Sheets {
    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.opened.is_empty() && self.outlines.is_empty() && self.data.is_empty()
    }
}

/// The delimiter of a text file by its ending; `None` for a workbook.
#[must_use]
pub fn delimiter(ending: &str) -> Option<u8> {
    match ending {
        "csv" => Some(b','),
        "tsv" => Some(b'\t'),
        _ => None,
    }
}

/// The sheets of a file.
///
/// # Errors
/// A refusal if the file is no spreadsheet, is locked, damaged or too large.
pub fn sheets(
    path: &str,
    ending: &str,
    bytes: Vec<u8>,
    mapping: Option<&Mapping>,
    progress: &mut dyn FnMut(u64),
) -> Result<Vec<(Source, Trouble)>, Refusal> {
    if let Some(usual) = delimiter(ending) {
        let delimiter = mapping.and_then(|m| m.delimiter).unwrap_or(usual);
        let sheet = text::read(path, bytes, mapping.and_then(|m| m.encoding), delimiter)?;
        let trouble = sheet.trouble();
        return Ok(vec![(sheet.source, trouble)]);
    }
    let sheets: Vec<Sheet> = workbook::read(&bytes, progress)?;
    let with_trouble = |sheet: Sheet| {
        let trouble = Trouble { hidden: sheet.hidden, ..Trouble::default() };
        (sheet.into_source(path), trouble)
    };
    Ok(sheets.into_iter().map(with_trouble).collect())
}

/// The sheet of a large text file that need not be held: UTF-8 without quotes, as programs write it. `None` for any
/// other, and for one that cannot be read: who then reads it as a whole says why.
#[must_use]
pub fn stored(
    path: &str,
    ending: &str,
    bytes: &Arc<dyn Bytes>,
    mapping: Option<&Mapping>,
) -> Option<Vec<(Source, Trouble)>> {
    let usual = delimiter(ending)?;
    if mapping.and_then(|m| m.encoding).is_some_and(|e| e != encoding_rs::UTF_8) {
        return None;
    }
    let delimiter = mapping.and_then(|m| m.delimiter).unwrap_or(usual);
    let first = text::first_plain_rows(bytes.as_ref()).ok()??;
    let grid = Grid::new("", Cells::Delimited { rows: Starts::first(first), delimiter });
    Some(vec![(Source::sheet(path, Text::stored(Arc::clone(bytes)), grid), Trouble::default())])
}

/// What is to be said about a sheet before a cell of it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trouble {
    /// The sheet is hidden.
    pub hidden: bool,
    /// Where the first bytes without a meaning stand, and in which encoding.
    pub broken: Option<(usize, &'static str)>,
    /// Where quotes begin that are never closed.
    pub open: Option<Range<usize>>,
}

impl Trouble {
    /// What is wrong with the bytes of a sheet.
    fn faults(self, id: SourceId) -> impl Iterator<Item = Fault> {
        let encoding = self.broken.map(|(at, encoding)| {
            let span = Span::new(id, at..at + '\u{fffd}'.len_utf8());
            Fault::error("sheet-encoding", span).with("encoding", encoding)
        });
        let quote = self.open.map(|at| Fault::error("sheet-quote", Span::new(id, at)));
        encoding.into_iter().chain(quote)
    }
}

/// Holds the text of a sheet of which the first rows are plain and a later one is not: then it can be read like any other, and
/// `true` is the answer. What is wrong with it goes to `faults`.
fn hold(sources: &mut Sources, id: SourceId, mapping: &Mapping, faults: &mut Vec<Fault>) -> bool {
    let Some(source) = sources.get(id) else { return false };
    let Some(Cells::Delimited { delimiter, .. }) = source.grid.as_ref().map(|grid| &grid.cells) else { return false };
    let mut bytes = Vec::new();
    let read = match source.text.read(0..source.text.len(), &mut bytes) {
        Ok(()) => text::read(&source.path, bytes, mapping.encoding, *delimiter),
        Err(_) => Err(Refusal::new("file-changed", "")),
    };
    match read {
        Ok(sheet) => {
            faults.extend(sheet.trouble().faults(id));
            sources.replace(id, sheet.source);
            true
        }
        Err(Refusal { code, reason }) => {
            source.text.lose();
            let fault = Fault::error(code, Span::new(id, 0..0));
            faults.push(fault.with("path", &source.path).with("reason", reason));
            false
        }
    }
}

impl Sheets {
    /// Holds a sheet of which not all rows are plain, and all others of which that comes out now, so that everything is read
    /// anew once and not once for each. Gives those that cannot be read at all; what is wrong goes to `faults`.
    pub fn hold(&self, sources: &mut Sources, odd: SourceId, faults: &mut Vec<Fault>) -> Vec<SourceId> {
        let mut lost = Vec::new();
        for opened in &self.opened {
            let Some(source) = sources.get(opened.id) else { continue };
            let is_open = source.grid.as_ref().is_some_and(|grid| !grid.is_whole());
            let is_odd = opened.id == odd || (is_open && matches!(complete(source), Ok(Given::Some)));
            let held = |mapping| hold(sources, opened.id, mapping, faults);
            if is_odd && !self.mappings.get(opened.mapping).is_some_and(held) {
                lost.push(opened.id);
            }
        }
        lost
    }

    /// Adds the sheets of a file that a mapping has tables for. What is wrong goes to `faults`; `path_span` is where to
    /// point when there is no sheet at all.
    pub fn open(
        &mut self,
        sources: &mut Sources,
        file: Vec<(Source, Trouble)>,
        number: usize,
        stem: &str,
        faults: &mut Vec<Fault>,
    ) {
        let Some(mapping) = self.mappings.get(number) else { return };
        let name = |source: &Source| source.grid.as_ref().map_or_else(String::new, |g| g.sheet.clone());
        let names: Vec<String> = file.iter().map(|(source, _)| name(source)).collect();
        let path = file.first().map_or_else(String::new, |(source, _)| source.path.clone());
        for table in &mapping.tables {
            if let Some((said, _)) = &table.sheet
                && !names.iter().any(|n| is_for(table, n))
            {
                let near = nearest(&said.text, names.iter().map(String::as_str));
                let all = names.iter().take(12).cloned().collect::<Vec<_>>().join("、");
                let fault = Fault::error("mapping-sheet-missing", said.span).with("name", &said.text);
                faults.push(fault.with("path", &path).with("near", near).with("sheets", all));
            }
        }
        for (source, trouble) in file {
            let sheet = name(&source);
            let mut tables = mapping.tables.iter().filter(|t| is_for(t, &sheet)).peekable();
            if tables.peek().is_none() {
                continue;
            }
            let asked_for = tables.any(|t| t.sheet.is_some()) || mapping.hidden == Hidden::Read;
            if trouble.hidden && !asked_for {
                if mapping.hidden == Hidden::Warn {
                    let fault = Fault::error("sheet-hidden", mapping.span).with("sheet", &sheet).with("path", &path);
                    faults.push(Fault { severity: Severity::Warning, ..fault });
                }
                continue;
            }
            let blank = source.grid.as_ref().is_none_or(|g| g.rows() == 0);
            if blank && names.len() > 1 {
                continue;
            }
            let id = sources.add(source);
            faults.extend(trouble.faults(id));
            if blank {
                let fault = Fault::error("empty-file", Span::new(id, 0..0));
                faults.push(Fault { severity: Severity::Warning, ..fault });
                continue;
            }
            self.opened.push(Opened { id, mapping: number, stem: stem.to_owned() });
        }
    }

    /// The number of the mapping for a file, by its path from the folder of each mapping (`None` where the file does not
    /// lie below it). Two mappings for one file are a fault; the first is taken.
    pub fn mapping_for(&self, paths: &[Option<String>], path: &str, faults: &mut Vec<Fault>) -> Option<usize> {
        let fits = |(m, p): (&Mapping, &Option<String>)| p.as_ref().is_some_and(|p| m.files.is_match(p));
        let mut found = self.mappings.iter().zip(paths).enumerate().filter(|(_, both)| fits(*both)).map(|(n, _)| n);
        let first = found.next()?;
        if let (Some(a), Some(b)) = (self.mappings.get(first), found.next().and_then(|n| self.mappings.get(n))) {
            let begin = |m: &Mapping| Span { end: m.span.start + 1, ..m.span };
            let fault = Fault::error("mapping-two", begin(b)).with("path", path);
            faults.push(fault.related(begin(a), Message::new("first-here")));
        }
        Some(first)
    }
}
