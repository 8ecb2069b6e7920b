//! Lines, their width on the screen, and what stands between tokens.
use unicode_width::UnicodeWidthStr;

/// Lines are broken, where they can be, at this many columns.
pub(super) const LIMIT: usize = 100;

/// Columns of the screen: what is two columns wide in a Japanese font (①, Ⅰ, ― too) counts two.
pub(super) fn width(text: &str) -> usize {
    UnicodeWidthStr::width_cjk(text)
}

/// Blanks before a line of a block.
pub(super) fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

/// What stands between two tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Between {
    /// A comment, and whether a line begins with it.
    Comment(String, bool),
    /// The end of a line.
    Break,
    /// An empty line.
    Blank,
}

/// Reads what stands between two tokens; `None` if it is more than blanks, `;` and comments. `fresh` says that the gap
/// begins with a line.
pub(super) fn between(gap: &str, fresh: bool) -> Option<Vec<Between>> {
    let mut out = Vec::new();
    let (mut begun, mut lines) = (fresh, usize::from(fresh));
    let mut rest = gap;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '\n' => {
                out.push(if lines == 1 { Between::Blank } else { Between::Break });
                lines += 1;
                begun = true;
            }
            '#' | '＃' => {
                length = rest.find('\n').unwrap_or(rest.len());
                out.push(Between::Comment(rest.get(..length)?.trim_end().to_owned(), begun));
                lines = 0;
            }
            ';' | '；' | '\u{feff}' => {}
            c if c.is_whitespace() => {}
            _ => return None,
        }
        rest = rest.get(length..)?;
    }
    // More than one empty line is one.
    out.dedup_by(|a, b| *a == Between::Blank && *b == Between::Blank);
    Some(out)
}
