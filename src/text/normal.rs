//! Width-insensitive forms of text: what a reader takes two writings to mean.
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

/// The form in which names are compared: NFKC, case folded, blanks removed, dashes unified.
#[must_use]
pub fn normal(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    }
    text.nfkc().filter(|c| !c.is_whitespace()).map(narrow).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_writings_of_one_name_are_equal() {
        assert_eq!(normal("Ⅰ－２ ＷＥＢ会議"), normal("I-2　Web会議"));
        assert_eq!(normal("合 計"), "合計");
    }
}
