//! Any text as CSV: the quick reader, the usual one, a known one, and one that looks at each byte by itself agree.
use csv_core::{ReadFieldResult, ReaderBuilder};
use totsugo::text::record::{record, unquoted};

use super::text;

/// The fields of all records, as their places; and whether every quote stands where a quote may.
fn plainly(bytes: &[u8], delimiter: u8) -> (Vec<Vec<(usize, usize)>>, bool) {
    let (mut records, mut fields, mut start, mut regular) = (Vec::new(), Vec::new(), 0, true);
    let (mut inside, mut at) = (false, 0);
    while let Some(byte) = bytes.get(at) {
        let next = bytes.get(at + 1);
        match byte {
            b'"' if inside && next == Some(&b'"') => at += 1,
            b'"' if inside => {
                inside = false;
                regular &= next.is_none_or(|b| [delimiter, b'\n', b'\r'].contains(b));
            }
            b'"' if at == start => inside = true,
            b'"' => regular = false,
            _ if inside => {}
            b if *b == delimiter => {
                fields.push((start, at));
                start = at + 1;
            }
            b'\n' | b'\r' => {
                fields.push((start, at));
                records.push(std::mem::take(&mut fields));
                at += usize::from(*byte == b'\r' && next == Some(&b'\n'));
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    if start < bytes.len() || !fields.is_empty() {
        fields.push((start, bytes.len()));
        records.push(fields);
    }
    (records, regular && !inside)
}

/// What a known reader makes of it: the fields, a record after the other. It passes over empty lines.
fn known(delimiter: u8, text: &str) -> Vec<Vec<Vec<u8>>> {
    // A clone of one would find no field.
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let (mut rest, mut out, mut row, mut field) = (text.as_bytes(), Vec::new(), Vec::new(), Vec::new());
    let mut room = [0; 256];
    loop {
        let (result, read, written) = reader.read_field(rest, &mut room);
        rest = &rest[read..];
        field.extend_from_slice(&room[..written]);
        match result {
            ReadFieldResult::Field { record_end } => {
                row.push(std::mem::take(&mut field));
                if record_end {
                    out.push(std::mem::take(&mut row));
                }
            }
            ReadFieldResult::End => return out,
            _ => {}
        }
    }
}

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    let delimiter = [b',', b'\t'][bytes.len() % 2];
    let (wanted, regular) = plainly(text.as_bytes(), delimiter);
    let (mut at, mut records, mut texts) = (0, Vec::new(), Vec::new());
    while at < text.len() {
        let (mut places, mut fields) = (Vec::new(), Vec::new());
        let next = record(text.as_bytes(), at, delimiter, |field| {
            let kept = text.get(field.range.clone()).expect("a part of the text");
            let quoted = field.range.start > 0 && text.as_bytes()[field.range.start - 1] == b'"';
            let quoted = quoted && places.last().is_none_or(|(_, end)| *end + 1 != field.range.start);
            places
                .push((field.range.start - usize::from(quoted), field.range.end + usize::from(quoted && !field.open)));
            fields.push(if field.doubled { kept.replace("\"\"", "\"") } else { kept.to_owned() }.into_bytes());
        });
        assert!(next > at);
        let empty_line = places.len() == 1 && places[0].0 == places[0].1;
        records.push(places);
        if !empty_line {
            texts.push(fields);
        }
        at = next;
    }
    assert_eq!(records, wanted);
    // The known reader takes a mark of the order of bytes off, which for us was done before.
    if regular && !text.starts_with('\u{feff}') {
        assert_eq!(texts, known(delimiter, &text));
    }
    if !text.contains('"') {
        let (mut quick, mut row) = (Vec::new(), Vec::new());
        for (range, last) in unquoted(text.as_bytes(), delimiter) {
            row.push((range.start, range.end));
            if last {
                quick.push(std::mem::take(&mut row));
            }
        }
        assert_eq!(quick, wanted);
    }
}
