//! A comparison for people at a terminal.
use unicode_width::UnicodeWidthStr as _;

use super::Shown;
use super::sentences::Told;
use crate::editions::Fate;
use crate::render::pretty::NARROWEST;
use crate::render::wrap::wrap;

const BOLD: &str = "1";
const DIM: &str = "2";
const GRAVE: &str = "33";

/// The changes below their documents, and a line that counts them.
#[must_use]
pub fn terminal(shown: &Shown<'_>, color: bool, width: usize) -> String {
    let page = Page { shown, color, width: width.max(NARROWEST) };
    let mut out = String::new();
    for document in &shown.comparison.documents {
        let (title, places) = shown.document(document);
        page.paragraph(&mut out, "", &title, Some(BOLD));
        page.paragraph(&mut out, "", &places, Some(DIM));
        if shown.brief {
            let counts = shown.counts(&document.tally());
            page.paragraph(&mut out, "  ", &counts.join(&shown.say("editions-comma", &[])), None);
            continue;
        }
        out.push('\n');
        if document.head.fate != Fate::Kept || !document.head.changes.is_empty() {
            page.entry(&mut out, &shown.entry(&document.head));
        }
        for entry in &document.entries {
            page.entry(&mut out, &shown.entry(entry));
        }
    }
    if shown.brief && !shown.comparison.is_empty() {
        out.push('\n');
    }
    page.paragraph(&mut out, "", &shown.summary(), Some(BOLD));
    out
}

struct Page<'a> {
    shown: &'a Shown<'a>,
    color: bool,
    width: usize,
}

impl Page<'_> {
    fn entry(&self, out: &mut String, told: &Told) {
        let paint = match told.fate {
            Fate::Added => "32",
            Fate::Dropped => "31",
            Fate::Kept => "36",
            Fate::Unsure => GRAVE,
        };
        let lead = " ".repeat(told.word.width() + 3);
        let mut title = String::new();
        self.paragraph(&mut title, &lead, &told.title, None);
        out.push_str(&format!("  {} {}", self.painted(&told.word, paint), title.trim_start()));
        for line in &told.lines {
            // In black and white too it is seen that somebody should look.
            let text = if line.grave {
                format!("{} {}", self.shown.say("editions-look", &[]), line.text)
            } else {
                line.text.clone()
            };
            self.paragraph(out, &lead, &text, line.grave.then_some(GRAVE));
        }
        for place in &told.places {
            self.paragraph(out, &lead, place, Some(DIM));
        }
        out.push('\n');
    }

    fn paragraph(&self, out: &mut String, indent: &str, text: &str, paint: Option<&str>) {
        for line in wrap(text, self.width.saturating_sub(indent.width())) {
            let line = match paint {
                Some(paint) => self.painted(line.trim_end(), paint),
                None => line.trim_end().to_owned(),
            };
            out.push_str(format!("{indent}{line}").trim_end());
            out.push('\n');
        }
    }

    fn painted(&self, text: &str, paint: &str) -> String {
        if self.color && !text.is_empty() { format!("\u{1b}[{paint}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}
