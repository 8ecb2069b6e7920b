//! Texts of a CSV file that a spreadsheet would work out, and the apostrophe that keeps it from doing so.
use std::borrow::Cow;

/// What a formula begins with; of those in full width Excel makes the ordinary ones.
const MARKS: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// Whether a spreadsheet would work a text out. A dash by itself, and a sign before a plain number, is a printed figure.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    let plain = |c: char| matches!(c, '0'..='9' | '０'..='９' | '.' | ',' | '%' | '．' | '，' | '％');
    match text.strip_prefix(['-', '－', '+', '＋']) {
        Some("") => text.starts_with(['+', '＋']),
        Some(rest) => !rest.chars().all(plain),
        None => text.trim_start().starts_with(MARKS),
    }
}

/// A text as a spreadsheet shows it from a CSV file without working it out.
///
/// ```
/// use totsugo::text::formula::guarded;
///
/// assert_eq!(guarded("=A1+1"), "'=A1+1");
/// assert_eq!(guarded("-5%"), "-5%");
/// ```
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A text as [`guarded`] writes it, but so that [`bare`] gives it back whatever it is.
#[must_use]
pub fn kept(text: &str) -> Cow<'_, str> {
    if text.starts_with('\'') { Cow::Owned(format!("'{text}")) } else { guarded(text) }
}

/// What was there before an apostrophe was put before it.
#[must_use]
pub fn bare(text: &str) -> &str {
    let was = |rest: &&str| rest.starts_with('\'') || rest.trim_start().starts_with(MARKS) || rest.starts_with(MARKS);
    text.strip_prefix('\'').filter(was).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_a_text_and_a_number_stays_one() {
        for text in ["=1+1", "+cmd|' /C calc'!A0", "-3件", "@SUM(A1)", " =1", "＝1+1", "-2+3", "+", " -3"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["-3", "+1,234.5", "-12%", "－５％", "-", "－", "▲3", "59%", "", "達成率 = 1"] {
            assert_eq!(guarded(text), text);
        }
    }

    proptest! {
        /// Whatever a name begins with, it comes back from a CSV file as it was, and no spreadsheet works it out.
        #[test]
        fn what_is_kept_from_being_worked_out_comes_back(text in "['=+@－＋＝＠\\-\t\r 　0０.%aあ]{0,6}") {
            let written = kept(&text);
            prop_assert_eq!(bare(&written), text.as_str());
            prop_assert!(!is_formula(&written), "{}", written);
        }
    }
}
