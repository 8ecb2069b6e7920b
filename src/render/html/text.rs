//! Texts that others wrote, as they may stand in a page: isolated from the direction of what is around them, with every
//! character that cannot be seen made visible, and no longer than a reader can take in.
use crate::text::visible::is_hidden;
use maud::{Markup, html};

/// Characters of a name that are shown at once.
const NAME: usize = 160;
/// Characters of a sentence that are shown at once.
const SENTENCE: usize = 480;
/// Characters that are shown when the whole is asked for.
const WHOLE: usize = 20_000;

/// A name, cut where it is too long; the excerpts show the whole.
pub(super) fn name(text: &str) -> Markup {
    html! { bdi { (pieces(&cut(text, NAME))) } }
}

/// A name in an attribute, where there is no markup.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in cut(text, NAME).chars() {
        match mark(c) {
            Some(mark) => out.push_str(&format!("⟨{mark}⟩")),
            None => out.push(c),
        }
    }
    out
}

/// A sentence in a block of its own: a long one is cut, and the whole can be unfolded.
pub(super) fn sentence(text: &str, whole: &str) -> Markup {
    let lines = |text: &str| html! { @for line in text.lines() { p { bdi { (pieces(line)) } } } };
    html! {
        (lines(&cut(text, SENTENCE)))
        @if text.chars().nth(SENTENCE).is_some() {
            details.whole { summary { (whole) } (lines(&cut(text, WHOLE))) }
        }
    }
}

/// A text with its invisible characters shown.
pub(super) fn pieces(text: &str) -> Markup {
    let mut rest = text;
    let mut parts: Vec<(&str, Option<String>)> = Vec::new();
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| mark(*c).is_some()) {
        let (before, after) = rest.split_at(at);
        parts.push((before, mark(c)));
        rest = after.get(c.len_utf8()..).unwrap_or("");
    }
    html! {
        @for (before, mark) in &parts { (before) @if let Some(mark) = mark { span.mark { (mark) } } }
        (rest)
    }
}

/// At most `most` characters of a text.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.to_owned(),
    }
}

/// What stands for a character that a reader could not see, or that would turn around what stands beside it.
fn mark(c: char) -> Option<String> {
    match c {
        '\n' => Some("↵".to_owned()),
        '\t' => None,
        _ if is_hidden(c) => Some(format!("U+{:04X}", u32::from(c))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown_and_nothing_is_markup() {
        let shown = name("<b>\u{202e}R7\n\u{7}\"&").into_string();
        assert_eq!(
            shown,
            "<bdi>&lt;b&gt;<span class=\"mark\">U+202E</span>R7<span class=\"mark\">↵</span><span class=\"mark\">U+0007</span>&quot;&amp;</bdi>"
        );
        assert_eq!(plain("a\u{2066}b"), "a⟨U+2066⟩b");
    }

    #[test]
    fn a_long_text_is_cut_and_can_be_unfolded() {
        let long = "名".repeat(10_000);
        assert_eq!(name(&long).into_string().matches('名').count(), NAME);
        let shown = sentence(&long, "全文").into_string();
        assert_eq!(shown.matches('名').count(), SENTENCE + 10_000);
        assert!(!sentence("短い", "全文").into_string().contains("details"));
    }
}
