//! Pieces of a text file replaced in the encoding it is written in. The rest of the file is not decoded and encoded again:
//! two byte sequences of Shift_JIS may be one character, and nobody asked for them to be changed.
use std::ops::Range;

use encoding_rs::{CoderResult, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::text::{decode, guess};

/// Why a file cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// The bytes are not those that the text was read from.
    Changed,
    /// The encoding has no character for the new text of this piece.
    Character(usize),
}

/// The bytes with pieces of their text replaced; the pieces come in order and do not overlap. `text` is what was read
/// from the bytes.
///
/// # Errors
/// If the bytes hold another text, or if their encoding cannot hold a piece.
pub fn splice(
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
    text: &str,
    pieces: &[(Range<usize>, &str)],
) -> Result<Vec<u8>, Unfit> {
    let asked = encoding.unwrap_or_else(|| guess(bytes));
    let (read, taken, _) = decode(bytes.to_vec(), asked);
    if read != text {
        return Err(Unfit::Changed);
    }
    drop(read);
    let marks = pieces.iter().flat_map(|(range, _)| [range.start, range.end]).collect::<Vec<_>>();
    let places = places(bytes, taken, &marks).ok_or(Unfit::Character(0))?;
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for (number, ((_, new), place)) in pieces.iter().zip(places.chunks(2)).enumerate() {
        let (Some(start), Some(end)) = (place.first(), place.get(1)) else { return Err(Unfit::Changed) };
        out.extend_from_slice(bytes.get(at..*start).ok_or(Unfit::Changed)?);
        out.extend(encode(new, taken).ok_or(Unfit::Character(number))?);
        at = *end;
    }
    out.extend_from_slice(bytes.get(at..).ok_or(Unfit::Changed)?);
    Ok(out)
}

/// The bytes of a text; `None` if the encoding has none that read as this text again.
fn encode(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let bytes: Vec<u8> = if encoding == UTF_8 {
        return Some(text.as_bytes().to_vec());
    } else if encoding == UTF_16LE {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else if encoding == UTF_16BE {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    } else if encoding == ISO_2022_JP && !text.is_ascii() {
        // What a byte means depends on all before it.
        return None;
    } else {
        encoding.encode(text).0.into_owned()
    };
    let (again, had_errors) = encoding.decode_without_bom_handling(&bytes);
    (!had_errors && again == text).then_some(bytes)
}

/// The places in the bytes of places in the text, which come in order.
fn places(bytes: &[u8], encoding: &'static Encoding, marks: &[usize]) -> Option<Vec<usize>> {
    let mark = match Encoding::for_bom(bytes) {
        Some((found, length)) if found == encoding => length,
        _ => 0,
    };
    if encoding == UTF_8 && std::str::from_utf8(bytes).is_ok() {
        return Some(marks.iter().map(|m| m + mark).collect());
    }
    if encoding == ISO_2022_JP {
        return None;
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = Vec::with_capacity(marks.len());
    let mut room = [0; 64];
    let mut wanted = marks.iter().copied().peekable();
    let mut length = 0;
    for (at, byte) in bytes.iter().enumerate().skip(mark) {
        while wanted.next_if(|w| *w == length).is_some() {
            out.push(at);
        }
        if wanted.peek().is_none() {
            return Some(out);
        }
        let (result, _, written, _) = decoder.decode_to_utf8(std::slice::from_ref(byte), &mut room, false);
        if result == CoderResult::OutputFull {
            return None;
        }
        length += written;
    }
    while wanted.next_if(|w| *w == length).is_some() {
        out.push(bytes.len());
    }
    wanted.peek().is_none().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_JP, SHIFT_JIS};

    const TEXT: &str = "番号,名称\r\n1,申請の件数\r\n2,b";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    /// The bytes around a piece must not change in any encoding that Excel and databases write.
    #[test]
    fn a_piece_is_replaced_in_every_usual_encoding() {
        let start = TEXT.find("申請").expect("it is there");
        let piece = start..start + "申請".len();
        let after = TEXT.replace("申請", "届出①");
        type Write<'a> = &'a dyn Fn(&str) -> Vec<u8>;
        let all: [(&[u8], Write<'_>); 7] = [
            (b"", &|t| t.as_bytes().to_vec()),
            (b"\xef\xbb\xbf", &|t| t.as_bytes().to_vec()),
            (b"", &|t| SHIFT_JIS.encode(t).0.into_owned()),
            (b"", &|t| EUC_JP.encode(t).0.into_owned()),
            (b"\xff\xfe", &|t| utf16(t, true)),
            (b"\xfe\xff", &|t| utf16(t, false)),
            (b"", &|t| utf16(t, true)),
        ];
        for (n, (mark, write)) in all.iter().enumerate() {
            let bytes = [mark.to_vec(), write(TEXT)].concat();
            let done = splice(&bytes, None, TEXT, &[(piece.clone(), "届出①")]);
            assert_eq!(done, Ok([mark.to_vec(), write(&after)].concat()), "{n}");
        }
    }

    /// NEC's and IBM's bytes for one character stay what they are, although encoding would make one of them.
    #[test]
    fn bytes_that_are_not_touched_are_kept() {
        // 0xFA54 and 0x81CA are both ￢ (U+FFE2).
        let bytes = b"\xfa\x54,a\n".to_vec();
        let text = SHIFT_JIS.decode(&bytes).0.into_owned();
        let at = text.find('a').expect("it is there");
        assert_eq!(splice(&bytes, Some(SHIFT_JIS), &text, &[(at..at + 1, "b")]), Ok(b"\xfa\x54,b\n".to_vec()));
    }

    #[test]
    fn a_character_that_the_encoding_lacks_is_refused() {
        let bytes = SHIFT_JIS.encode("a,甲\n").0.into_owned();
        assert_eq!(splice(&bytes, None, "a,甲\n", &[(0..1, "b"), (2..5, "𠮷")]), Err(Unfit::Character(1)));
        assert_eq!(splice(b"other", None, "a", &[]), Err(Unfit::Changed));
    }
}
