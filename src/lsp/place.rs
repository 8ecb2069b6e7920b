//! Places as the protocol counts them: URIs, lines from 0, columns in UTF-16 units.
use std::path::{Path, PathBuf};

use gen_lsp_types::{Position, Range, Uri};

use crate::text::{Source, Span};

/// The scheme of texts that are part of the program: `totsugo:/rules/arithmetic.rules`.
pub(super) const BUILT_IN: &str = "totsugo:/";

/// The path of a `file:` URI; `None` for another.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    // An authority (file://localhost/…) stands before the first slash.
    let rest = rest.get(rest.find('/')?..)?;
    let mut bytes = Vec::with_capacity(rest.len());
    let mut all = rest.bytes();
    while let Some(byte) = all.next() {
        if byte == b'%' {
            let digit = |b: Option<u8>| char::from(b?).to_digit(16);
            let (high, low) = (digit(all.next())?, digit(all.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    // On Windows: /C:/plans.
    let windows = text.get(2..3) == Some(":") && text.get(1..2).is_some_and(|c| c.as_bytes()[0].is_ascii_alphabetic());
    Some(PathBuf::from(if windows { text.trim_start_matches('/') } else { &text }))
}

/// The URI of a path.
pub(super) fn uri_of(path: &Path) -> Uri {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut out = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'/'
            | b'-'
            | b'_'
            | b'.'
            | b'~'
            | b'!'
            | b'$'
            | b'&'
            | b'('
            | b')' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    Uri(out)
}

/// Line and column of a byte.
pub(super) fn position(source: &Source, offset: usize) -> Position {
    if source.grid.is_some() {
        return Position::default();
    }
    let line = source.line_of(offset);
    let start = source.line_range(line).start;
    let before = source.text.get(start..offset.max(start)).unwrap_or("");
    Position::new(whole(line), whole(before.chars().map(char::len_utf16).sum()))
}

/// The byte at line and column; beyond the end of a line its end, beyond the last line the end of the text.
pub(super) fn offset(source: &Source, position: Position) -> usize {
    let line = position.line as usize;
    if line >= source.line_count() {
        return source.text.len();
    }
    let range = source.line_range(line);
    let mut units = position.character as usize;
    for (at, c) in source.text.get(range.clone()).unwrap_or("").char_indices() {
        if units < c.len_utf16() {
            return range.start + at;
        }
        units -= c.len_utf16();
    }
    range.end
}

/// A span as a range.
pub(super) fn range(source: &Source, span: Span) -> Range {
    Range::new(position(source, span.range().start), position(source, span.range().end))
}

/// A number as the protocol holds it.
pub(super) fn whole(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_utf16_units_under_japanese_and_beyond() {
        let source = Source::new("a.plan", "指標 \"𠮷野\" 8\r\n目標");
        let at = source.text.find('8').unwrap();
        assert_eq!(position(&source, at), Position::new(0, 9));
        assert_eq!(offset(&source, Position::new(0, 9)), at);
        // Within a pair of surrogates: its character.
        assert_eq!(offset(&source, Position::new(0, 5)), source.text.find('𠮷').unwrap());
        assert_eq!(offset(&source, Position::new(0, 99)), at + 1);
        assert_eq!(offset(&source, Position::new(7, 0)), source.text.len());
        assert_eq!(position(&source, source.text.len()), Position::new(1, 2));
    }

    #[test]
    fn paths_and_uris_are_one_another() {
        let path = Path::new("/計画 書/資料2-1#.plan");
        let uri = uri_of(path);
        assert!(uri.0.is_ascii() && !uri.0.contains(['#', ' ']), "{}", uri.0);
        assert_eq!(path_of(&uri).as_deref(), Some(path));
        assert_eq!(path_of(&Uri("file:///c%3A/plans/a.plan".into())), Some(PathBuf::from("c:/plans/a.plan")));
        for wrong in ["untitled:Untitled-1", "file:///%zz", "file:///%ff", "file://", ""] {
            assert_eq!(path_of(&Uri(wrong.into())), None, "{wrong}");
        }
    }
}
