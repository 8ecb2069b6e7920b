//! Width-insensitive forms of text: what a reader takes two writings to mean.
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// One character in its narrow form: full-width ASCII, the ideographic space and the many dashes
/// become their ASCII twins; everything else stays.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        _ => c,
    }
}

/// A text without the blanks around it.
#[must_use]
#[inline]
pub fn trimmed(text: &str) -> &str {
    if is_trimmed(text.as_bytes()) { text } else { text.trim() }
}

/// Where a part of a text, given by its bytes, stands without the blanks around it.
#[must_use]
#[inline]
pub fn trimmed_in(text: &[u8], range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or(&[]);
    if is_trimmed(part) {
        return range;
    }
    let part = std::str::from_utf8(part).unwrap_or("");
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Whether it is seen at a glance that a text has no blanks around it: most begin and end with a letter of ASCII, or with one of
/// three bytes that is none of the blanks (U+1680, U+2000 to U+205F, U+3000).
#[inline]
fn is_trimmed(text: &[u8]) -> bool {
    match text {
        [b'!'..=b'~', .., b'!'..=b'~'] => true,
        [first, second, _, ..] => {
            let of = |first: u8, second: u8| match first {
                b'!'..=b'~' | 0xe4..=0xef => true,
                0xe3 => second > 0x80,
                0xe2 => second > 0x81,
                _ => false,
            };
            let ends = match text {
                [.., b'!'..=b'~'] => true,
                [.., third, second, _] => *third >= 0xe2 && of(*third, *second),
                _ => false,
            };
            of(*first, *second) && ends
        }
        [b'!'..=b'~'] => true,
        _ => false,
    }
}

/// The form in which names are compared: NFKC, case folded, blanks removed, dashes unified.
#[must_use]
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let Some(c) = alone(c) else { return composed(text) };
        if !c.is_whitespace() {
            out.push(c.to_ascii_lowercase());
        }
    }
    out
}

/// The same for any text.
fn composed(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).map(narrow).flat_map(char::to_lowercase).collect()
}

/// What NFKC makes of a letter whatever stands beside it, among those that nearly all texts are made of.
fn alone(c: char) -> Option<char> {
    match c {
        '\0'..='\x7f'
        | '、'..='〃'
        | '々'..='〇'
        | '〈'..='】'
        | '〔'..='〛'
        | 'ぁ'..='ゖ'
        | 'ァ'..='ヾ'
        | '一'..='\u{9fff}' => Some(c),
        '\u{3000}' | '！'..='～' => Some(narrow(c)),
        _ => None,
    }
}

/// The text with letters and digits in half width and kana in full width, marks and blanks as they are: what a name
/// that mixes widths means.
#[must_use]
pub fn even_width(text: &str) -> String {
    // A voicing mark in half width belongs to the kana before it, so kana are folded together.
    let is_kana = |c: char| ('\u{ff66}'..='\u{ff9f}').contains(&c);
    let mut out = String::with_capacity(text.len());
    let mut kana = String::new();
    for c in text.chars() {
        if is_kana(c) {
            kana.push(c);
            continue;
        }
        out.extend(kana.drain(..).nfkc());
        let half = narrow(c);
        out.push(if half.is_ascii_alphanumeric() { half } else { c });
    }
    out.extend(kana.drain(..).nfkc());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// A name that is normal in two ways is two names: marks that join the letter before them, wide letters, kana in half width.
        #[test]
        fn a_text_has_one_normal_form(text in "[ぁ-ヿ一-丏a-zA-Z０-９！-～　 、-〛\u{3099}\u{309a}\u{301}ｦ-ﾟﾞé①㍻가-각]{0,8}|\\PC{0,8}") {
            prop_assert_eq!(normal(&text), composed(&text));
        }
    }

    #[test]
    fn every_letter_by_itself_has_one_normal_form() {
        for c in '\0'..=char::MAX {
            for text in [format!("{c}"), format!("か{c}"), format!("{c}ａ")] {
                assert_eq!(normal(&text), composed(&text), "{c:?}");
            }
        }
    }

    #[test]
    fn two_writings_of_one_name_are_equal() {
        assert_eq!(normal("Ⅰ－２ ＷＥＢ会議"), normal("I-2　Web会議"));
        assert_eq!(normal("合 計"), "合計");
    }

    /// A blank that stays is another name; a letter that goes is one too.
    #[test]
    fn every_blank_is_taken_off_and_nothing_else() {
        for c in '\0'..=char::MAX {
            for text in [format!("{c}"), format!("{c}a"), format!("あ{c}"), format!("{c}字{c}")] {
                assert_eq!(trimmed(&text), text.trim(), "{c:?}");
                let line = format!("件{text}件");
                assert_eq!(line.get(trimmed_in(line.as_bytes(), 3..line.len() - 3)), Some(text.trim()), "{c:?}");
            }
        }
    }

    #[test]
    fn widths_are_evened_and_nothing_else() {
        assert_eq!(even_width("ＡＩ・RPA（第１期）　ﾃﾞｰﾀ①"), "AI・RPA（第1期）　データ①");
    }
}
