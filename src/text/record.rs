//! The fields of a delimited text (CSV, TSV; RFC 4180 as Excel reads it), each at its place in the file.
//! A library would give the fields without the quotes and without their places; the places are what we are here for.
use std::ops::Range;

use wide::u8x32;

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its bytes, without the quotes around it.
    pub range: Range<usize>,
    /// Whether a quote in it is written twice.
    pub doubled: bool,
    /// Whether the quotes around it are never closed.
    pub open: bool,
}

/// Reads the record that starts at byte `at`: gives each field to `each`, and returns where the next record starts.
/// At the end of the text that is its length.
pub fn record(bytes: &[u8], at: usize, delimiter: u8, mut each: impl FnMut(Field)) -> usize {
    let is_end = |b: u8| b == delimiter || b == b'\n' || b == b'\r';
    let find = |from: usize, stop: &dyn Fn(u8) -> bool| {
        bytes.get(from..).and_then(|rest| rest.iter().position(|b| stop(*b))).map_or(bytes.len(), |n| from + n)
    };
    let mut at = at.min(bytes.len());
    loop {
        let mut field = Field { range: at..at, doubled: false, open: false };
        if bytes.get(at) == Some(&b'"') {
            let mut quote = find(at + 1, &|b| b == b'"');
            while bytes.get(quote) == Some(&b'"') && bytes.get(quote + 1) == Some(&b'"') {
                field.doubled = true;
                quote = find(quote + 2, &|b| b == b'"');
            }
            field.open = quote >= bytes.len();
            field.range = at + 1..quote;
            at = find((quote + 1).min(bytes.len()), &is_end);
            // What follows the closing quote belongs to the field: nothing that is written is lost.
            if at > quote + 1 {
                field = Field { range: field.range.start - 1..at, doubled: false, open: false };
            }
        } else {
            at = find(at, &is_end);
            field.range.end = at;
        }
        each(field);
        match bytes.get(at) {
            Some(b) if *b == delimiter => at += 1,
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => return at + 2,
            Some(_) => return at + 1,
            None => return bytes.len(),
        }
    }
}

/// The records of a text without any quote, which begins at one and ends with one. Fields are short: a search for the end of
/// each would begin more often than it would search. So the marks among some bytes are found first, all in one step.
#[derive(Debug, Default)]
pub struct Unquoted {
    /// Where each field ends.
    ends: Vec<u32>,
    /// Where each record starts, and how many fields end before its end.
    records: Vec<(u32, usize)>,
}

/// A record of an [`Unquoted`] text.
#[derive(Debug, Clone, Copy)]
pub struct Record<'u> {
    start: u32,
    ends: &'u [u32],
}

/// Bytes of a stretch.
const STRETCH: usize = 32;

/// More marks than this in a stretch are looked at twice.
const USUAL: usize = 8;

impl Unquoted {
    /// Takes a text apart; no longer one than 4 GiB. What a mark is decides nothing on the way, since nobody could foresee it,
    /// the processor neither.
    #[must_use]
    pub fn new(bytes: &[u8], delimiter: u8) -> Self {
        let (mut ends, mut records) = (Vec::with_capacity(bytes.len() / 16), Vec::new());
        let (mut start, mut pair) = (0, 0);
        // The end of the text is one more mark, where no line break has ended the record.
        let open = bytes.last().is_some_and(|last| !matches!(last, b'\n' | b'\r'));
        for at in (0..=bytes.len()).step_by(STRETCH) {
            let stretch = Stretch::new(bytes.get(at..).unwrap_or(&[]), delimiter);
            // The line break of a `\r\n` is taken with the byte before it.
            let mut breaks = stretch.returns | (stretch.feeds & !(stretch.returns << 1 | pair));
            pair = stretch.returns >> (STRETCH - 1);
            if open && bytes.len() < at + STRETCH {
                breaks |= 1 << (bytes.len() - at);
            }
            let marks = stretch.delimiters | breaks;
            while breaks != 0 {
                let end = breaks.trailing_zeros();
                let before = marks & ((1 << end) - 1);
                records.push((start, ends.len() + before.count_ones() as usize + 1));
                let end = at + end as usize;
                let pair = bytes.get(end..).is_some_and(|rest| rest.starts_with(b"\r\n"));
                start = (end + if pair { 2 } else { 1 }) as u32;
                breaks &= breaks - 1;
            }
            let mut rest = marks;
            let mut next = || {
                let end = at as u32 + rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
                end
            };
            let all = ends.len() + marks.count_ones() as usize;
            ends.extend_from_slice(&[(); USUAL].map(|()| next()));
            while ends.len() < all {
                ends.push(next());
            }
            ends.truncate(all);
        }
        Self { ends, records }
    }

    /// The records.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let begins = std::iter::once(0).chain(self.records.iter().map(|(_, end)| *end));
        begins
            .zip(&self.records)
            .map(|(begin, (start, end))| Record { start: *start, ends: self.ends.get(begin..*end).unwrap_or(&[]) })
    }
}

impl<'u> Record<'u> {
    /// The bytes of a field (from 0).
    #[inline]
    #[must_use]
    pub fn field(self, number: usize) -> Option<Range<usize>> {
        let end = *self.ends.get(number)? as usize;
        let before = number.checked_sub(1).and_then(|before| self.ends.get(before));
        Some(before.map_or(self.start as usize, |before| *before as usize + 1)..end)
    }

    /// The bytes of its fields from one on.
    pub fn fields(self, from: usize) -> impl Iterator<Item = Range<usize>> + 'u {
        (from..self.ends.len()).filter_map(move |number| self.field(number))
    }
}

/// A bit for each mark in the stretch that some bytes begin with, by what it is.
struct Stretch {
    delimiters: u32,
    feeds: u32,
    returns: u32,
}

impl Stretch {
    #[inline]
    fn new(bytes: &[u8], delimiter: u8) -> Self {
        let Some(stretch) = bytes.first_chunk::<STRETCH>() else {
            let are = |mark: u8| bytes.iter().rev().fold(0, |marks, byte| marks << 1 | u32::from(*byte == mark));
            return Self { delimiters: are(delimiter), feeds: are(b'\n'), returns: are(b'\r') };
        };
        let stretch = u8x32::new(*stretch);
        let are = |mark: u8| stretch.simd_eq(u8x32::splat(mark)).to_bitmask();
        Self { delimiters: are(delimiter), feeds: are(b'\n'), returns: are(b'\r') }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ours(text: &str) -> Vec<Vec<String>> {
        let (mut at, mut out) = (0, Vec::new());
        while at < text.len() {
            let mut row = Vec::new();
            at = record(text.as_bytes(), at, b',', |f| {
                let kept = &text[f.range.clone()];
                row.push(if f.doubled { kept.replace("\"\"", "\"") } else { kept.to_owned() });
            });
            out.push(row);
        }
        out
    }

    /// The records of a CSV file, as a known reader has them.
    pub(crate) fn theirs(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv_core::Reader::new();
        let (mut rest, mut out, mut row, mut field) = (text.as_bytes(), Vec::new(), Vec::new(), Vec::new());
        loop {
            let mut room = [0; 1024];
            let (result, read, written) = reader.read_field(rest, &mut room);
            rest = &rest[read..];
            field.extend_from_slice(&room[..written]);
            match result {
                csv_core::ReadFieldResult::Field { record_end } => {
                    row.push(String::from_utf8(std::mem::take(&mut field)).unwrap());
                    if record_end {
                        out.push(std::mem::take(&mut row));
                    }
                }
                csv_core::ReadFieldResult::End => return out,
                _ => {}
            }
        }
    }

    proptest! {
        /// A file that other programs read is read as they read it; else a figure would move to another column.
        #[test]
        fn fields_are_those_of_a_known_reader(rows in prop::collection::vec(prop::collection::vec("[a件\",\n]{0,5}", 1..5), 1..6)) {
            let quoted = |f: &String| format!("\"{}\"", f.replace('"', "\"\""));
            let text: String = rows.iter().map(|r| r.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n").collect();
            prop_assert_eq!(&ours(&text), &rows);
            prop_assert_eq!(theirs(&text), rows);
        }

        /// The quick way must not see other fields than the usual one.
        #[test]
        fn a_text_without_quotes_is_read_alike(text in "[a件,\n\r\t ]{0,60}|[a件,\n\r\u{b} ]{500,600}") {
            let unquoted = Unquoted::new(text.as_bytes(), b',');
            let texts = |record: Record<'_>| record.fields(0).map(|range| text[range].to_owned()).collect();
            let quick: Vec<Vec<String>> = unquoted.records().map(texts).collect();
            prop_assert_eq!(quick, ours(&text));
        }

        /// Whatever stands in the file: every byte is looked at once, and the places are characters.
        #[test]
        fn any_text_is_read_to_its_end(text in "[a件\",\n\r ]{0,30}") {
            let mut at = 0;
            while at < text.len() {
                let next = record(text.as_bytes(), at, b',', |f| assert!(text.get(f.range).is_some()));
                prop_assert!(next > at);
                at = next;
            }
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_known() {
        let mut open = Vec::new();
        record(b"a,\"b\nc", 0, b',', |f| open.push(f.open));
        assert_eq!(open, [false, true]);
        assert_eq!(ours("\"a\"b,c\n"), [["\"a\"b", "c"]]);
    }
}
