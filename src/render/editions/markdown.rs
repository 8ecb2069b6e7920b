//! A comparison for a comment on a change, or for a memorandum.
use super::Shown;
use crate::editions::Fate;
use crate::text::visible::shown as visible;

/// The counts first, then the changes below their documents.
#[must_use]
pub fn markdown(shown: &Shown<'_>) -> String {
    let names: [(&'static str, &dyn ToString); 2] = [("old", &shown.names[0]), ("new", &shown.names[1])];
    let mut out = format!("# {}\n\n", escaped(&shown.say("editions-title", &names)));
    if shown.torn {
        out.push_str(&format!("**{}**\n\n", escaped(&shown.say("editions-torn", &[]))));
    }
    if shown.comparison.is_empty() {
        out.push_str(&format!("{}\n", escaped(&shown.say("editions-none", &[]))));
        return out;
    }
    for count in shown.counts(&shown.comparison.tally()) {
        out.push_str(&format!("- {}\n", escaped(&count)));
    }
    for document in &shown.comparison.documents {
        let (title, places) = shown.document(document);
        out.push_str(&format!("\n## {}\n{}\n\n", escaped(&title), escaped(&places)));
        if shown.brief {
            for count in shown.counts(&document.tally()) {
                out.push_str(&format!("- {}\n", escaped(&count)));
            }
            continue;
        }
        let head = Some(&document.head).filter(|h| h.fate != Fate::Kept || !h.changes.is_empty());
        for entry in head.into_iter().chain(&document.entries) {
            let told = shown.entry(entry);
            out.push_str(&format!("- **{}** {}\n", escaped(&told.word), escaped(&told.title)));
            for line in &told.lines {
                let text = escaped(&line.text);
                let look = escaped(&shown.say("editions-look", &[]));
                out.push_str(&if line.grave { format!("  - **{look}** {text}\n") } else { format!("  - {text}\n") });
            }
            for place in &told.places {
                out.push_str(&format!("  - *{}*\n", escaped(place)));
            }
        }
    }
    out
}

/// A text that means nothing to Markdown or HTML, in one line.
fn escaped(text: &str) -> String {
    let one_line = text.split(['\n', '\r']).collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    for c in visible(&one_line).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A name is no mention of somebody.
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}
