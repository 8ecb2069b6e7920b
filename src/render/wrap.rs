//! Breaks text into lines of a given width on the terminal, where Japanese may be broken.
use crate::text::normal::narrow;
use crate::text::visible::shown;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Characters that may not begin a line.
pub(super) const NOT_FIRST: &str =
    "、。，．・：；？！」』）］｝〕】〉》〟”’ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％%,.:;?!)]}";
/// Characters that may not end a line.
pub(super) const NOT_LAST: &str = "「『（［｛〔【〈《〝“‘([{";

/// Lines of `text`, none wider than `width` unless a single character is.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(&shown(line), width)).collect()
}

fn wrap_line(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for unit in units(text) {
        let size = unit.trim_end().width();
        if used > 0 && used + size > width {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
        }
        if size <= width {
            line.push_str(unit);
            used += unit.width();
            continue;
        }
        for c in unit.chars() {
            let size = c.width().unwrap_or(0);
            if used > 0 && used + size > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += size;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The pieces of `text` between which a line may be broken.
fn units(text: &str) -> Vec<&str> {
    let mut units = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|b| may_break(b, c)) {
            units.extend(text.get(start..at));
            start = at;
        }
        before = Some(c);
    }
    units.extend(text.get(start..));
    units
}

fn may_break(before: char, after: char) -> bool {
    // A figure stays whole, and with the beginning of its unit.
    let digit = |c: char| narrow(c).is_ascii_digit();
    let inside = matches!(narrow(before), ',' | '.') && digit(after);
    if after == ' ' || digit(before) || inside || NOT_FIRST.contains(after) || NOT_LAST.contains(before) {
        return false;
    }
    let wide = |c: char| c.width() == Some(2);
    before == ' ' || wide(before) || wide(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn japanese_is_broken_between_characters_and_english_between_words() {
        assert_eq!(wrap("達成率は、58%です。", 10), ["達成率は、", "58%です。"]);
        assert_eq!(wrap("two words here", 9), ["two words", "here"]);
        assert_eq!(wrap("「事業」の「目標」", 13), ["「事業」の", "「目標」"]);
        assert_eq!(wrap("実績は３，５００件", 13), ["実績は", "３，５００件"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_but_blanks_is_lost(text in "[a-z 計画の、。「」0-9]{0,80}", width in 4usize..40) {
            let lines = wrap(&text, width);
            prop_assert!(lines.iter().all(|l| l.width() <= width));
            let bare = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
