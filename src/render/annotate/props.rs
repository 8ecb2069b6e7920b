//! What the properties of a document say of its sheets (`docProps/app.xml`): their number and their names.
use super::xml::{Edits, Kind, escape, set, walk};

/// The properties with a first sheet more. Programs do not rely on them, so what is not understood stays as it is.
pub(super) fn with_first(text: &str, name: &str) -> String {
    edited(text, name).unwrap_or_else(|| text.to_owned())
}

fn edited(text: &str, name: &str) -> Option<String> {
    let (mut edits, mut top) = (Edits::default(), "");
    let (mut number_from, mut counted, mut titled) = (None, false, false);
    walk(text, |tag| {
        if tag.depth == 1 {
            top = tag.local;
        }
        match (top, tag.local, tag.kind) {
            ("HeadingPairs", "i4", Kind::Open) => number_from = Some(tag.end),
            ("HeadingPairs", "i4", Kind::Close) if !counted => {
                let old = number_from.and_then(|from| text.get(from..tag.start));
                if let (Some(from), Some(old)) = (number_from, old.and_then(|t| t.trim().parse::<u32>().ok())) {
                    edits.replace(from, tag.start, old.saturating_add(1).to_string());
                    counted = true;
                }
            }
            ("TitlesOfParts", "vector", Kind::Open) if !titled => {
                if let Some(size) = tag.number("size") {
                    let raw = set(tag.raw, "size", &size.saturating_add(1).to_string());
                    let p = tag.prefix;
                    edits.replace(tag.start, tag.end, format!("{raw}<{p}lpstr>{}</{p}lpstr>", escape(name)));
                    titled = true;
                }
            }
            _ => {}
        }
        Ok(())
    })
    .ok()?;
    if counted && titled { edits.apply(text).ok() } else { None }
}
