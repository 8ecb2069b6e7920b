//! The part with the comments of a sheet.
use super::Refusal;
use super::balloon::Balloon;
use super::place::{cell, parse};
use super::xml::{Edits, Kind, Tag, escape, opened, walk, words};
use std::collections::{HashMap, HashSet};

/// The part with balloons added.
#[derive(Debug)]
pub(super) struct Added {
    /// The part.
    pub text: String,
    /// The balloons that are comments of their own and need a box.
    pub fresh: Vec<usize>,
    /// The balloons that went into a comment that was there.
    pub grown: Vec<usize>,
}

/// A part without comments.
pub(super) fn blank(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\"><authors></authors><commentList></commentList></comments>"
    )
}

/// A balloon as pieces of rich text.
fn runs(balloon: &Balloon, p: &str, first: &str) -> String {
    let mut out = String::new();
    for (at, (bold, text)) in balloon.runs.iter().enumerate() {
        let lead = if at == 0 { first } else { "" };
        let bold = if *bold { format!("<{p}b/>") } else { String::new() };
        out.push_str(&format!(
            "<{p}r><{p}rPr>{bold}<{p}sz val=\"9\"/><{p}color indexed=\"81\"/><{p}rFont val=\"MS P ゴシック\"/><{p}family val=\"3\"/><{p}charset val=\"128\"/></{p}rPr><{p}t xml:space=\"preserve\">{lead}{}</{p}t></{p}r>",
            words(text)
        ));
    }
    out
}

/// Reads a part and notes where its authors and comments stand.
#[derive(Default)]
struct Reader<'a> {
    authors: Vec<String>,
    author_from: usize,
    /// The comment that is being read, if a balloon goes into it.
    here: Option<usize>,
    /// The author of the comment that is being read.
    seen: HashMap<(u32, u32), usize>,
    /// The tag of the text that is being read, and whether ours has been put in.
    text: Option<(Tag<'a>, bool)>,
    /// The parts below the root.
    author_list: Option<Tag<'a>>,
    author_end: Option<Tag<'a>>,
    list: Option<Tag<'a>>,
    list_end: Option<Tag<'a>>,
    root: Option<Tag<'a>>,
}

/// Adds balloons to a part with comments. Cells with threads stay as they are: Excel shows the thread in place of the
/// comment, and a comment that differs from its thread is repaired away.
pub(super) fn add(
    part: &str,
    author: &str,
    balloons: &[Balloon],
    threads: &HashSet<(u32, u32)>,
) -> Result<Added, Refusal> {
    let places: HashMap<(u32, u32), usize> = balloons.iter().enumerate().map(|(at, b)| (b.cell, at)).collect();
    let mut reader = Reader::default();
    let mut edits = Edits::default();
    let mut threaded = threads.clone();
    walk(part, |tag| {
        match (tag.depth, tag.local) {
            (0, _) if tag.kind == Kind::Open => reader.root = Some(tag),
            (1, "authors") if tag.starts() => reader.author_list = Some(tag),
            (1, "authors") => reader.author_end = Some(tag),
            (1, "commentList") if tag.starts() => reader.list = Some(tag),
            (1, "commentList") => reader.list_end = Some(tag),
            (2, "author") => match tag.kind {
                Kind::Open => reader.author_from = tag.end,
                Kind::Empty => reader.authors.push(String::new()),
                Kind::Close => reader.authors.push(part.get(reader.author_from..tag.start).unwrap_or("").to_owned()),
            },
            (2, "comment") if tag.starts() => {
                let cell = tag.get("ref").and_then(|name| parse(&name));
                let by = tag.number("authorId").and_then(|at| reader.authors.get(usize::try_from(at).ok()?));
                if by.is_some_and(|name| name.starts_with("tc=")) {
                    threaded.extend(cell);
                }
                let found = cell.filter(|cell| !threaded.contains(cell)).and_then(|cell| places.get(&cell)).copied();
                reader.here = found.filter(|at| reader.seen.insert(cell.unwrap_or_default(), *at).is_none());
            }
            (3, "text") => {
                if let Some(balloon) = reader.here.and_then(|at| balloons.get(at)) {
                    write_text(&mut reader.text, &mut edits, tag, balloon);
                }
            }
            (4, name) => {
                if let Some(balloon) = reader.here.and_then(|at| balloons.get(at)) {
                    write_piece(&mut reader.text, &mut edits, tag, name, balloon);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    let p = reader.root.ok_or(Refusal::Damaged)?.prefix;
    let name = escape(author);
    let own = reader.authors.iter().position(|a| *a == name);
    let own_at = own.unwrap_or(reader.authors.len());
    if own.is_none() {
        let new = format!("<{p}author>{name}</{p}author>");
        put(&mut edits, reader.author_list, reader.author_end, &new)?;
    }
    let mut added = Added { text: String::new(), fresh: Vec::new(), grown: Vec::new() };
    let mut new = String::new();
    for (at, balloon) in balloons.iter().enumerate() {
        if reader.seen.contains_key(&balloon.cell) {
            added.grown.push(at);
        } else if !threaded.contains(&balloon.cell) {
            added.fresh.push(at);
            let place = cell(balloon.cell.0, balloon.cell.1);
            new.push_str(&format!(
                "<{p}comment ref=\"{place}\" authorId=\"{own_at}\" shapeId=\"0\"><{p}text>{}</{p}text></{p}comment>",
                runs(balloon, p, "")
            ));
        }
    }
    put(&mut edits, reader.list, reader.list_end, &new)?;
    added.text = edits.apply(part)?;
    Ok(added)
}

/// Puts elements at the end of a list, which may be written as an empty tag.
fn put(edits: &mut Edits, list: Option<Tag<'_>>, end: Option<Tag<'_>>, new: &str) -> Result<(), Refusal> {
    match (list, end) {
        (Some(list), None) if list.kind == Kind::Empty => {
            let whole = format!("{}{new}</{}{}>", opened(list.raw), list.prefix, list.local);
            edits.replace(list.start, list.end, whole);
        }
        (Some(_), Some(end)) => edits.insert(end.start, new.to_owned()),
        _ => return Err(Refusal::Damaged),
    }
    Ok(())
}

/// At the tags of the text of a comment: the balloon goes to its end, unless it has gone in already.
fn write_text<'a>(state: &mut Option<(Tag<'a>, bool)>, edits: &mut Edits, tag: Tag<'a>, balloon: &Balloon) {
    let p = tag.prefix;
    match tag.kind {
        Kind::Open => *state = Some((tag, false)),
        Kind::Empty => {
            let whole = format!("{}{}</{p}text>", opened(tag.raw), runs(balloon, p, ""));
            edits.replace(tag.start, tag.end, whole);
        }
        Kind::Close => {
            if let Some((_, false)) = state.take() {
                edits.insert(tag.start, runs(balloon, p, "\n\n"));
            }
        }
    }
}

/// At the pieces of the text of a comment: readings (`rPh`) must stay behind ours, and a bare `t` becomes a piece,
/// for a text is either one string or pieces.
fn write_piece<'a>(
    state: &mut Option<(Tag<'a>, bool)>,
    edits: &mut Edits,
    tag: Tag<'a>,
    name: &str,
    balloon: &Balloon,
) {
    let Some((_, done)) = state else { return };
    let p = tag.prefix;
    match name {
        "t" => {
            if tag.starts() {
                edits.insert(tag.start, format!("<{p}r>"));
            }
            if tag.finishes() {
                edits.insert(tag.end, format!("</{p}r>"));
            }
        }
        "rPh" | "phoneticPr" if tag.starts() && !*done => {
            edits.insert(tag.start, runs(balloon, p, "\n\n"));
            *done = true;
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Severity;

    #[test]
    fn the_text_that_was_there_stays_in_front_and_readings_behind() {
        let part = "<x:comments xmlns:x=\"u\"><x:authors/><x:commentList><x:comment ref=\"A1\" authorId=\"0\"><x:text><x:t>旧</x:t><x:phoneticPr fontId=\"1\"/></x:text></x:comment><x:comment ref=\"B1\" authorId=\"0\"><x:text/></x:comment></x:commentList></x:comments>";
        let balloon =
            |column| Balloon { cell: (0, column), severity: Severity::Error, runs: vec![(false, "新".to_owned())] };
        let added = add(part, "t", &[balloon(0), balloon(1), balloon(2)], &HashSet::new()).expect("added");
        assert_eq!((added.fresh, added.grown), (vec![2], vec![0, 1]));
        let text = added.text;
        assert!(text.contains("<x:authors><x:author>t</x:author></x:authors>"), "{text}");
        assert!(text.contains("<x:text><x:r><x:t>旧</x:t></x:r><x:r><x:rPr>"), "{text}");
        assert!(text.contains("\n\n新</x:t></x:r><x:phoneticPr fontId=\"1\"/></x:text>"), "{text}");
        assert!(text.contains("<x:comment ref=\"B1\" authorId=\"0\"><x:text><x:r>"), "{text}");
        assert!(text.contains("<x:comment ref=\"C1\" authorId=\"0\" shapeId=\"0\">"), "{text}");
    }
}
