//! Text files as sheets (CSV, TSV): what their bytes mean, and where each row starts.
use std::ops::{ControlFlow, Range};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::open::Trouble;
use super::sheet::{LARGEST_TEXT, Refusal};
use crate::text::record::record;
use crate::text::{Bytes, Cells, Grid, Source, in_turn, threads};

/// Bytes from which an encoding is guessed.
const SAMPLE: usize = 1 << 16;

/// A text file as a sheet, and what was wrong with its bytes.
#[derive(Debug)]
pub struct TextSheet {
    /// The sheet.
    pub source: Source,
    /// The first byte of its text that stands for bytes which mean nothing in its encoding.
    pub broken: Option<usize>,
    /// The first letter of a field whose quotes are never closed: what is in its cell.
    pub open: Option<Range<usize>>,
    /// The encoding that was taken.
    pub encoding: &'static str,
}

impl TextSheet {
    /// What is to be said about it before a cell of it is read.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        Trouble { hidden: false, broken: self.broken.map(|at| (at, self.encoding)), open: self.open.clone() }
    }
}

/// Reads the bytes of a text file.
///
/// # Errors
/// A refusal if the text is too large, or if the bytes are no text.
pub fn read(
    path: &str,
    bytes: Vec<u8>,
    encoding: Option<&'static Encoding>,
    delimiter: u8,
) -> Result<TextSheet, Refusal> {
    let (text, taken, had_errors) = match encoding {
        Some(encoding) => decode(bytes, encoding),
        None => match plain(bytes) {
            Ok(text) => (text, UTF_8, false),
            Err(bytes) => {
                let encoding = guess(&bytes);
                decode(bytes, encoding)
            }
        },
    };
    if text.len() > LARGEST_TEXT {
        return Err(Refusal::new("sheet-too-large", ""));
    }
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(Refusal::new("sheet-damaged", "NUL"));
    }
    let (rows, open) = rows(&text, delimiter);
    let broken = if had_errors { text.find('\u{fffd}') } else { None };
    let grid = Grid::new("", Cells::Delimited { rows: rows.into(), delimiter });
    Ok(TextSheet { source: Source::sheet(path, text, grid), broken, open, encoding: taken.name() })
}

/// The text of a file that is UTF-8 without a mark, as most are; it is looked at once.
fn plain(bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    if Encoding::for_bom(&bytes).is_some() || memchr::memchr(0, &bytes).is_some() {
        return Err(bytes);
    }
    // A copy costs a tenth of what looking at each letter in turn does.
    simdutf8::basic::from_utf8(&bytes).map(str::to_owned).map_err(|_| bytes)
}

/// Bytes that are looked through at once: no more than lie in a cache.
const STRETCH: usize = 1 << 18;

/// A longer line, in bytes, is not looked for in a file of which the lines are rows; nearly all are shorter than the first.
const LINES: [usize; 2] = [1 << 12, 1 << 16];

/// Where each row of a large file starts, if every line of it is a row: UTF-8 without a mark, without quotes, without
/// line ends of old and with no line that is very long. `None` if it is not such a file.
///
/// # Errors
/// What the system says.
pub fn plain_rows(bytes: &dyn Bytes) -> std::io::Result<Option<Vec<u32>>> {
    in_stretches(bytes, STRETCH)
}

fn in_stretches(bytes: &dyn Bytes, length: usize) -> std::io::Result<Option<Vec<u32>>> {
    let starts = (0..bytes.len()).step_by(length);
    let stretches: Vec<Range<usize>> = starts.map(|at| at..at.saturating_add(length).min(bytes.len())).collect();
    let mut rows = Ok(Some(Vec::new()));
    let look = |room: &mut Vec<u8>, stretch: &Range<usize>| plain_lines(bytes, stretch.clone(), room);
    in_turn(
        &stretches,
        threads() - 1,
        |_| Vec::new(),
        look,
        |found| {
            match (&mut rows, found) {
                (Ok(Some(rows)), Ok(Some(found))) => rows.extend_from_slice(&found),
                (_, other) => rows = other,
            }
            if matches!(rows, Ok(Some(_))) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    rows
}

/// Bytes that a large file begins with, and the rows in them: what is looked at of it before its rows are read.
const FIRST: (usize, usize) = (1 << 17, 256);

/// As [`plain_rows`], of the first rows of a large file alone; `None` also if they are few.
///
/// # Errors
/// What the system says.
pub fn first_plain_rows(bytes: &dyn Bytes) -> std::io::Result<Option<Vec<u32>>> {
    let (length, count) = FIRST;
    let found = plain_lines(bytes, 0..length.min(bytes.len()), &mut Vec::new())?;
    Ok(found.filter(|rows| rows.len() > count))
}

/// Where each line starts that does so in a stretch of a file, which is read into `room`.
fn plain_lines(bytes: &dyn Bytes, stretch: Range<usize>, room: &mut Vec<u8>) -> std::io::Result<Option<Vec<u32>>> {
    let Some((lines_of_it, at)) = plain_text(bytes, stretch, room)? else { return Ok(None) };
    let mut rows = Vec::new();
    let old = lines(room.get(lines_of_it).unwrap_or(&[]), at, &mut rows);
    Ok((!old).then_some(rows))
}

/// The whole lines that start in a stretch of a file: where they stand in `room`, into which they are read, and where in the file.
/// `None` if there is a quote among them, if they are no UTF-8, or if one of them is very long.
///
/// # Errors
/// What the system says.
pub fn plain_text(
    bytes: &dyn Bytes,
    stretch: Range<usize>,
    room: &mut Vec<u8>,
) -> std::io::Result<Option<(Range<usize>, usize)>> {
    let from = stretch.start.saturating_sub(1);
    let end_of_line = |read: &[u8], at: usize| memchr::memchr(b'\n', read.get(at..)?).map(|n| at + n + 1);
    let mut last = None;
    for longest in LINES {
        let to = stretch.end.saturating_add(longest).min(bytes.len());
        bytes.read(from..to, room)?;
        last = end_of_line(room, stretch.end - from - 1).or((to == bytes.len()).then_some(room.len()));
        if last.is_some() {
            break;
        }
    }
    // What comes before belongs to a line of the stretch before.
    let first = if stretch.start == 0 { Some(0) } else { end_of_line(room, 0) };
    let Some(first) = first.filter(|first| from + first < stretch.end) else { return Ok(Some((0..0, stretch.end))) };
    let Some(last) = last else { return Ok(None) };
    let lines_of_it = room.get(first..last).unwrap_or(&[]);
    let marked = stretch.start == 0 && Encoding::for_bom(lines_of_it).is_some();
    let odd = marked || memchr::memchr2(0, b'"', lines_of_it).is_some();
    let plain = !odd && simdutf8::basic::from_utf8(lines_of_it).is_ok();
    Ok(plain.then_some((first..last, from + first)))
}

/// Adds where each line starts, of bytes that stand `at` so far into a text; whether a line ends as lines of old do, with
/// a carriage return alone.
fn lines(bytes: &[u8], at: usize, starts: &mut Vec<u32>) -> bool {
    let (mut start, mut old) = (0, false);
    let mut push = |start: usize| starts.push(u32::try_from(at + start).unwrap_or(u32::MAX));
    for end in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        let alone = bytes.get(end) == Some(&b'\r');
        if alone && bytes.get(end + 1) == Some(&b'\n') {
            continue;
        }
        old |= alone;
        push(start);
        start = end + 1;
    }
    if start < bytes.len() {
        push(start);
    }
    old
}

/// Where each row starts, and the first letter of a field whose quotes are never closed.
fn rows(text: &str, delimiter: u8) -> (Vec<u32>, Option<Range<usize>>) {
    let (mut rows, mut open, mut at) = (Vec::new(), None, 0);
    // Without a quote every line is a row.
    if memchr::memchr(b'"', text.as_bytes()).is_none() {
        lines(text.as_bytes(), 0, &mut rows);
        return (rows, None);
    }
    while at < text.len() {
        rows.push(u32::try_from(at).unwrap_or(u32::MAX));
        at = record(text.as_bytes(), at, delimiter, |field| {
            if field.open && open.is_none() {
                let first = text.get(field.range.start..).and_then(|t| t.chars().next());
                open = Some(field.range.start..field.range.start + first.map_or(0, char::len_utf8));
            }
        });
    }
    (rows, open)
}

/// The encoding that bytes are most likely written in: by their mark, UTF-16 by its zeros, UTF-8 if they are that but for a few
/// (a file that was cut in the middle of a letter), else what Japanese files are written in.
pub(super) fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let of = |from: usize| bytes.get(from..bytes.len().min(from.saturating_add(SAMPLE))).unwrap_or(bytes);
    let sample = of(0);
    let zeros = |odd: usize| sample.iter().enumerate().filter(|(n, b)| n % 2 == odd && **b == 0).count();
    // Of ASCII (digits, commas, line breaks) every second byte is zero.
    let (even, odd) = (zeros(0), zeros(1));
    if (even + odd) * 20 > sample.len() {
        return if odd > even { UTF_16LE } else { UTF_16BE };
    }
    if is_utf8(bytes) {
        return UTF_8;
    }
    // What comes before the first letter that is not ASCII is the same in all of them.
    let told = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let line = bytes.get(..told).and_then(|before| memchr::memrchr(b'\n', before)).map_or(0, |end| end + 1);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(of(line), true);
    detector.guess(Some(b"jp"), Utf8Detection::Deny)
}

/// Whether bytes are UTF-8, or damaged UTF-8: in no other encoding are there letters of three bytes and more that are also such
/// letters in UTF-8, but by a rare chance; so many more of them than of bytes without a meaning are none.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().bytes().filter(|first| *first >= 0xe0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || letters >= 2 * broken
}

/// The text without a byte order mark, the encoding that was used, and whether there were bytes without a meaning.
pub(super) fn decode(bytes: Vec<u8>, encoding: &'static Encoding) -> (String, &'static Encoding, bool) {
    // The common case is not copied.
    let bytes = match (encoding == UTF_8, bytes.starts_with("\u{feff}".as_bytes())) {
        (true, false) => match String::from_utf8(bytes) {
            Ok(text) => return (text, UTF_8, false),
            Err(error) => error.into_bytes(),
        },
        _ => bytes,
    };
    let (text, taken, had_errors) = encoding.decode(&bytes);
    (text.into_owned(), taken, had_errors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::SHIFT_JIS;
    use proptest::prelude::*;

    #[derive(Debug)]
    struct Held(Vec<u8>);

    impl Bytes for Held {
        fn len(&self) -> usize {
            self.0.len()
        }

        fn read(&self, range: Range<usize>, room: &mut Vec<u8>) -> std::io::Result<()> {
            *room = self.0.get(range).ok_or(std::io::ErrorKind::UnexpectedEof)?.to_vec();
            Ok(())
        }
    }

    proptest! {
        /// A row of a large file that is not seen is a row that is not checked.
        #[test]
        fn the_rows_of_a_large_file_are_those_of_a_small_one(text in "[a件,\n]{0,40}|[a件,\n\r\"]{0,20}", length in 1_usize..20) {
            let found = in_stretches(&Held(text.clone().into_bytes()), length).unwrap();
            let plain = !text.contains('"') && !text.replace("\r\n", "").contains('\r');
            prop_assert_eq!(found, plain.then(|| rows(&text, b',').0));
        }
    }

    /// What is no text from one end to the other is not taken for one, wherever it is cut.
    #[test]
    fn a_large_file_with_a_byte_of_no_meaning_is_none_of_plain_rows() {
        for at in 0..12 {
            let mut bytes = "事業,1\n事業,2\n".as_bytes().to_vec();
            bytes[at] = 0xff;
            for length in 1..30 {
                assert_eq!(in_stretches(&Held(bytes.clone()), length).unwrap(), None, "{at} {length}");
            }
        }
        let long = [vec![b'a'; LINES[1] + 30], b"\nb".to_vec()].concat();
        assert_eq!(in_stretches(&Held(long), 10).unwrap(), None);
    }

    const TEXT: &str = "番号,事業名,目標\r\n1,\"申請,届出\",４０万枚\r\n";

    fn cells(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> (String, Option<usize>) {
        let sheet = read("a.csv", bytes, encoding, b',').expect("a text");
        let cell = |row, column| {
            let source = &sheet.source;
            source.cell(row, column).map_or_else(String::new, |c| source.text_of(&c).into_owned())
        };
        (format!("{}|{}|{}", cell(0, 0), cell(1, 1), cell(1, 2)), sheet.broken)
    }

    /// Files come from Excel, from databases and from other programs: each opens without being told how it is written.
    #[test]
    fn every_usual_encoding_is_found_out() {
        let utf16 = |big: bool| -> Vec<u8> {
            TEXT.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        let marked = |mark: &[u8], body: Vec<u8>| [mark.to_vec(), body].concat();
        let all = [
            TEXT.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", TEXT.as_bytes().to_vec()),
            SHIFT_JIS.encode(TEXT).0.into_owned(),
            encoding_rs::EUC_JP.encode(TEXT).0.into_owned(),
            marked(b"\xff\xfe", utf16(false)),
            marked(b"\xfe\xff", utf16(true)),
            utf16(false),
            utf16(true),
        ];
        for (n, bytes) in all.into_iter().enumerate() {
            assert_eq!(cells(bytes, None), ("番号|申請,届出|４０万枚".to_owned(), None), "{n}");
        }
    }

    /// A file that was cut in the middle of a letter, or has one byte too many, is not another text from its first to its last letter.
    #[test]
    fn damaged_utf8_is_utf8_and_the_damage_is_shown() {
        let text = "行番,名\n1,申請\n2,届出\n3,";
        for (damaged, at) in [
            ([text.as_bytes(), b"\xe3\x81"].concat(), text.len()),
            ([text.as_bytes(), b"\xb1\n"].concat(), text.len()),
            ([b"\xff".as_slice(), text.as_bytes()].concat(), 0),
        ] {
            let sheet = read("a.csv", damaged, None, b',').expect("a text");
            assert_eq!((sheet.encoding, sheet.broken), ("UTF-8", Some(at)));
        }
        for (number, text) in [format!("{text}\0\n"), format!("{}\0", "a,b\n".repeat(9_000))].into_iter().enumerate() {
            assert!(
                read("a.csv", text.into_bytes(), None, b',').is_err(),
                "{number}: a NUL is no text, wherever it stands"
            );
        }
    }

    /// What tells an encoding may come late.
    #[test]
    fn an_encoding_is_found_out_by_its_own_letters() {
        for encoding in [SHIFT_JIS, encoding_rs::EUC_JP] {
            let text = format!("{}番,申請と届出のページ\n", "1,a\n".repeat(SAMPLE));
            let (bytes, _, _) = encoding.encode(&text);
            let sheet = read("a.csv", bytes.into_owned(), None, b',').expect("a text");
            assert!(*sheet.source.text == text, "{}", encoding.name());
        }
    }

    proptest! {
        /// Files of Japanese letters in the encodings of old are none of damaged UTF-8.
        #[test]
        fn other_encodings_are_not_taken_for_utf8(text in "[ぁ-ん一-龠ァ-ヶｦ-ﾟ０-９]{3,60}") {
            for encoding in [SHIFT_JIS, encoding_rs::EUC_JP] {
                let (bytes, _, lost) = encoding.encode(&text);
                prop_assert!(lost || std::str::from_utf8(&bytes).is_ok() || !is_utf8(&bytes), "{}", encoding.name());
            }
        }
    }

    /// A wrong encoding must not pass as text: names would silently differ from those of other documents.
    #[test]
    fn bytes_without_meaning_are_known() {
        let (_, broken) = cells(SHIFT_JIS.encode(TEXT).0.into_owned(), Some(UTF_8));
        assert_eq!(broken, Some(0));
    }

    /// The place is shown to people and goes to editors: a whole letter, not the first of the bytes it has in UTF-8.
    #[test]
    fn quotes_that_are_never_closed_are_shown_where_they_begin() {
        for (text, letter) in
            [("番号,名称\n1,\"甲\n", Some("甲")), ("\"a\",\"b", Some("b")), ("a,\"", Some("")), ("a,\"甲\"\n", None)]
        {
            let open = read("a.csv", text.into(), None, b',').expect("a text").open;
            assert_eq!(open.map(|at| text.get(at).expect("whole letters")), letter, "{text:?}");
        }
    }
}
