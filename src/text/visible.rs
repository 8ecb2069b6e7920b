//! What cannot be seen in a text is shown and not sent: control characters, marks that turn the reading direction, letters
//! without width. Every output for people goes through here, and so does all that programs of ours print in logs.
use std::borrow::Cow;

/// Stands for a character that must not be sent.
const INSTEAD: char = '\u{fffd}';

/// Whether a reader could not see a character, or it would change how what stands beside it is shown. Selectors of the
/// form of a letter are none of these: they belong to the kanji before them, and names have them.
#[must_use]
#[inline]
pub fn is_hidden(c: char) -> bool {
    // What nearly all letters are, looked at first: ASCII, kana, kanji.
    if matches!(c, ' '..='~' | '\u{3001}'..='\u{3163}' | '\u{3400}'..='\u{9fff}') {
        return false;
    }
    c.is_control()
        || matches!(c,
            // The marks that Unicode lets a program ignore, and those that reorder (Default_Ignorable_Code_Point).
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | FILLER | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}'
            // No characters at all; XML has no way to write them.
            | '\u{fffe}' | '\u{ffff}')
}

/// The only hidden letter among those that begin with the byte of kana.
const FILLER: char = '\u{3164}';

/// Whether a hidden character other than [`FILLER`] may begin with this byte, as hardly any in a text does.
#[inline]
fn may_hide(byte: u8) -> bool {
    matches!(byte, ..b' ' | 0x7f | 0xc2 | 0xcd | 0xd8 | 0xe1 | 0xe2 | 0xef..)
}

/// One character as it may be shown: control characters as their pictures, what else is hidden as a replacement character.
#[must_use]
pub fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or(INSTEAD),
        '\u{7f}' => '\u{2421}',
        _ if is_hidden(c) => INSTEAD,
        _ => c,
    }
}

/// A text on one line as it may be shown.
#[must_use]
pub fn shown(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// A whole output as a terminal may get it: its lines stay lines, and colours stay if it has any of ours.
#[must_use]
pub fn harmless(text: &str, colored: bool) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let colour = if colored { rest.get(..colour(rest)).unwrap_or("") } else { "" };
        let taken = if colour.is_empty() { c.len_utf8() } else { colour.len() };
        match c {
            _ if !colour.is_empty() => out.push_str(colour),
            '\n' | '\t' => out.push(c),
            '\r' if rest.starts_with("\r\n") => {}
            _ => out.push(visible(c)),
        }
        rest = rest.get(taken..).unwrap_or("");
    }
    Cow::Owned(out)
}

/// The length of the colour (`ESC [ … m`) that a text begins with; 0 without one.
fn colour(text: &str) -> usize {
    let Some(codes) = text.strip_prefix("\u{1b}[") else { return 0 };
    match codes.find(|c: char| !c.is_ascii_digit() && c != ';') {
        Some(end) if codes.get(end..).is_some_and(|rest| rest.starts_with('m')) => end + 3,
        _ => 0,
    }
}

/// A text for people in which no line is an order to the system that keeps the log: GitHub takes lines that begin with `::`
/// and what stands behind `##[` for orders, Azure what stands behind `##vso[`.
#[must_use]
pub fn without_orders(text: &str) -> Cow<'_, str> {
    let begins = |line: &str| line.trim_start().starts_with("::");
    if !text.contains("##") && !text.lines().any(begins) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive('\n') {
        let line = if begins(line) { Cow::Owned(line.replacen(':', "\u{fffd}", 1)) } else { Cow::Borrowed(line) };
        let mut rest = &*line;
        while let Some(at) = rest.find("##") {
            let (before, marks) = rest.split_at(at);
            let after = marks.trim_start_matches('#');
            let is_order = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).starts_with('[');
            let hashes = marks.len() - after.len();
            out.push_str(before);
            out.push_str(marks.get(..hashes - usize::from(is_order)).unwrap_or(""));
            if is_order {
                out.push(INSTEAD);
            }
            rest = after;
        }
        out.push_str(rest);
    }
    Cow::Owned(out)
}

/// A JSON text with the same value in which everything that is hidden, and what begins an order, is written as a number. It
/// stands inside quotes only; what JSON forbids there as it is (line ends and the like) is written so already.
#[must_use]
pub fn in_json(json: String) -> String {
    numbered(json, |c, out| {
        let mut units = [0; 2];
        out.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
    })
}

/// As [`in_json`], for a text in quotes in YAML, which has other numbers for characters beyond the first plane.
#[must_use]
pub fn in_yaml(quoted: String) -> String {
    numbered(quoted, |c, out| out.push_str(&format!("\\U{:08x}", u32::from(c))))
}

fn numbered(text: String, number: impl Fn(char, &mut String)) -> String {
    let is_sent = |c: char| !matches!(c, '\n' | '\r' | '\t') && is_hidden(c);
    let begins = |(at, byte): (usize, u8)| {
        may_hide(byte) && text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_sent)
    };
    if !text.contains("##") && !text.contains(FILLER) && !text.bytes().enumerate().any(begins) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    for c in text.chars() {
        if is_sent(c) || c == '#' && before == '#' {
            number(c, &mut out);
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_hidden_is_shown_and_kanji_keep_their_forms() {
        assert_eq!(
            shown("a\u{1b}[31m\u{202e}b\u{200b}\u{feff}\u{e0041}\t\n"),
            "a␛[31m\u{fffd}b\u{fffd}\u{fffd}\u{fffd} ␊"
        );
        for name in ["葛\u{e0100}飾区", "辻\u{fe00}", "計画（第１期）①Ⅰ", "é", "▲5%"] {
            assert_eq!(shown(name), name);
        }
    }

    #[test]
    fn an_output_keeps_its_lines_and_its_own_colours() {
        assert_eq!(harmless("a\u{1b}[1;31mb\u{1b}[0m\u{1b}[2J\r\nc\rd", true), "a\u{1b}[1;31mb\u{1b}[0m␛[2J\nc␍d");
        assert_eq!(harmless("a\u{1b}[31mb\n", false), "a␛[31mb\n");
    }

    #[test]
    fn no_line_is_an_order() {
        for (text, safe) in [
            ("a\n ::error::x\n", "a\n \u{fffd}:error::x\n"),
            ("a ##[error]x ###[x] ##vso[y", "a #\u{fffd}[error]x ##\u{fffd}[x] #\u{fffd}vso[y"),
            ("## 見出し\n### b [c]\na::b", "## 見出し\n### b [c]\na::b"),
        ] {
            assert_eq!(without_orders(text), safe);
        }
    }

    /// What is passed over would be sent to a terminal.
    #[test]
    fn every_hidden_character_is_seen_by_its_first_byte() {
        for c in ('\0'..=char::MAX).filter(|c| is_hidden(*c) && *c != FILLER) {
            assert!(c.to_string().bytes().next().is_some_and(may_hide), "{c:?}");
        }
        assert_eq!(in_json(format!("\"{FILLER}\"")), "\"\\u3164\"");
    }

    proptest! {
        #[test]
        fn json_keeps_its_value(text in "[a\u{202e}\u{200b}\u{e0041}\u{7f}\u{9b}\"\\\\\n名#]{0,20}") {
            let json = serde_json::to_string_pretty(&[&text]).unwrap();
            let safe = in_json(json);
            prop_assert!(!safe.chars().any(|c| c != '\n' && is_hidden(c)) && !safe.contains("##"));
            prop_assert_eq!(serde_json::from_str::<Vec<String>>(&safe).unwrap(), vec![text]);
        }
    }
}
