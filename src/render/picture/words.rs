//! Texts of a picture: what they take in width, where they break, and how they are written in XML.
use std::borrow::Cow;

use unicode_width::UnicodeWidthChar as _;

use crate::render::wrap::{NOT_FIRST, NOT_LAST};
use crate::text::visible::visible;

/// A `<title>` is not longer than this; nobody reads on.
const LONGEST: usize = 1_000;

/// A text on one line, with everything visible that would reorder or hide what stands beside it, and cut where it is longer
/// than anybody reads.
pub fn plain(text: &str) -> String {
    let mut out: String = text.chars().take(LONGEST).map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// A text as it stands in XML, between tags or in quotes.
pub fn escaped(text: &str) -> Cow<'_, str> {
    let escaped = quick_xml::escape::escape(text);
    // Two such marks can begin an order where a log is kept; as a number the second is the same text.
    if escaped.contains("##") { Cow::Owned(escaped.replace("##", "#&#35;")) } else { escaped }
}

/// What a text takes, in hundredths of its size. Where a character may be narrow or wide, it is taken for wide, as Japanese
/// fonts have it.
pub fn width(text: &str) -> usize {
    text.chars().map(one).sum()
}

fn one(c: char) -> usize {
    match c.width_cjk().unwrap_or(0) {
        0 => 0,
        1 if c.is_ascii_uppercase() || matches!(c, '%' | '@' | '&') => 76,
        1 => 60,
        wide => wide * 50,
    }
}

/// The lines of a text, none wider than `room` (in hundredths of the size); not more than `most`, the last of which then
/// ends with `…`.
pub fn lines(text: &str, room: usize, most: usize) -> Vec<String> {
    let mut out = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    let mut chars = text.chars().peekable();
    while let Some(&c) = chars.peek() {
        let last = out.len() + 1 == most;
        // On the last line there must be room for the sign that it goes on.
        let limit = if last { room.saturating_sub(100) } else { room };
        let fits = used + one(c) <= limit || (last && width_up_to(chars.clone(), room) + used <= room);
        if fits || (line.is_empty() && used == 0) {
            line.push(c);
            used += one(c);
            chars.next();
        } else if last {
            line.push('…');
            break;
        } else {
            // A sign that begins no line takes the one before it along; one that ends no line goes along itself.
            let more = line.chars().nth(1).is_some();
            let next: String = match line.chars().last() {
                Some(last) if more && (NOT_FIRST.contains(c) || NOT_LAST.contains(last)) => line.pop(),
                _ => None,
            }
            .into_iter()
            .collect();
            out.push(std::mem::replace(&mut line, next));
            used = width(&line);
        }
    }
    if !line.is_empty() || out.is_empty() {
        out.push(line);
    }
    out
}

/// The width of what comes, as far as it matters for `room`.
fn width_up_to(chars: impl Iterator<Item = char>, room: usize) -> usize {
    let mut used = 0;
    for c in chars {
        used += one(c);
        if used > room {
            break;
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_they_may_be_and_only_the_last_is_cut() {
        assert_eq!(lines("行政手続の", 300, 3), ["行政手", "続の"]);
        assert_eq!(lines("行政手続のオンライン", 300, 2), ["行政手", "続の…"]);
        assert_eq!(lines("行政手続", 400, 1), ["行政手続"]);
        assert_eq!(lines("", 300, 2), [""]);
        assert_eq!(lines("「行」（政）", 300, 3), ["「行」", "（政）"]);
        assert_eq!(lines("市町村（累計）数", 600, 3), ["市町村（累", "計）数"]);
        let long = "あ".repeat(10_000);
        assert_eq!(lines(&long, 1_000, 3).len(), 3);
        assert!(lines(&long, 1_000, 3).iter().all(|l| width(l) <= 1_000));
    }

    #[test]
    fn nothing_hides_or_reorders() {
        assert_eq!(plain("a\u{202e}b\n\u{0}\u{61c}\u{ffff}"), "a\u{fffd}b␊␀\u{fffd}\u{fffd}");
        assert_eq!(plain(&"x".repeat(10_000)).chars().count(), LONGEST + 1);
        assert_eq!(escaped("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&apos;");
    }
}
