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

/// The fields of a text without any quote that begins at a record and ends with one: the bytes of each field, and whether it
/// is the last of its record. Fields are short: a search for the end of each would begin more often than it would search. So
/// the marks among some bytes are found first, all in one step.
#[must_use]
pub fn unquoted(bytes: &[u8], delimiter: u8) -> Unquoted<'_> {
    Unquoted { bytes, delimiter, start: 0, marks: marks(bytes, delimiter), stretch: 0, over: false }
}

/// See [`unquoted`].
#[derive(Debug)]
pub struct Unquoted<'t> {
    bytes: &'t [u8],
    delimiter: u8,
    /// Where the next field starts.
    start: usize,
    /// Where the stretch at hand starts, and a bit for each mark in it that was not looked at.
    stretch: usize,
    marks: u32,
    over: bool,
}

/// Bytes of a stretch.
const STRETCH: usize = 32;

impl Iterator for Unquoted<'_> {
    type Item = (Range<usize>, bool);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            while self.marks == 0 {
                let rest = self.bytes.get(self.stretch + STRETCH..).filter(|rest| !rest.is_empty());
                let Some(rest) = rest else { return self.last() };
                self.stretch += STRETCH;
                self.marks = marks(rest, self.delimiter);
            }
            let (start, end) = (self.start, self.stretch + self.marks.trailing_zeros() as usize);
            self.marks &= self.marks - 1;
            let mark = self.bytes.get(end).copied().unwrap_or(self.delimiter);
            if mark == self.delimiter {
                self.start = end + 1;
                return Some((start..end, false));
            }
            // The line break of a `\r\n` was taken with the byte before it.
            if end < start {
                continue;
            }
            let pair = mark == b'\r' && self.bytes.get(end + 1) == Some(&b'\n');
            self.start = end + if pair { 2 } else { 1 };
            return Some((start..end, true));
        }
    }
}

impl Unquoted<'_> {
    /// The field that ends with the text, not with a mark.
    #[cold]
    fn last(&mut self) -> Option<(Range<usize>, bool)> {
        let ended = self.start == self.bytes.len() && self.bytes.last().is_none_or(|b| *b != self.delimiter);
        (!ended && !std::mem::replace(&mut self.over, true)).then_some((self.start..self.bytes.len(), true))
    }
}

/// A bit for each delimiter and line break in the stretch that bytes begin with.
#[inline]
fn marks(bytes: &[u8], delimiter: u8) -> u32 {
    let Some(stretch) = bytes.first_chunk::<STRETCH>() else {
        let mark = |byte: &u8| *byte == delimiter || *byte == b'\n' || *byte == b'\r';
        return bytes.iter().rev().fold(0, |marks, byte| marks << 1 | u32::from(mark(byte)));
    };
    let stretch = u8x32::new(*stretch);
    let are = |byte: u8| stretch.simd_eq(u8x32::splat(byte));
    (are(delimiter) | are(b'\n') | are(b'\r')).to_bitmask()
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
            let mut quick: Vec<Vec<String>> = vec![Vec::new()];
            for (range, last) in unquoted(text.as_bytes(), b',') {
                quick.last_mut().unwrap().push(text[range].to_owned());
                if last {
                    quick.push(Vec::new());
                }
            }
            quick.pop();
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
