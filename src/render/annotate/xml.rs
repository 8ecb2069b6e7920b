//! Reading XML as tags with their places in the text, and editing it by cutting in at places, so that everything
//! that is not edited stays as it was written, byte for byte.
use super::Refusal;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// What kind of tag it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `<a>`
    Open,
    /// `</a>`
    Close,
    /// `<a/>`
    Empty,
}

/// One tag.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'a> {
    /// Opening, closing or both.
    pub kind: Kind,
    /// The name without its prefix.
    pub local: &'a str,
    /// The prefix with its colon, or nothing.
    pub prefix: &'a str,
    /// How many elements are open around the element.
    pub depth: usize,
    /// Where the tag starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The tag as written.
    pub raw: &'a str,
}

impl Tag<'_> {
    /// True for a tag that starts an element, empty or not.
    pub(super) fn starts(&self) -> bool {
        self.kind != Kind::Close
    }

    /// True for a tag that ends an element, empty or not.
    pub(super) fn finishes(&self) -> bool {
        self.kind != Kind::Open
    }

    /// The value of the attribute of that name, entities resolved.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        get(self.raw, name)
    }

    /// A whole number in the attribute of that name.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    /// A truth value in the attribute of that name.
    pub(super) fn truth(&self, name: &str) -> bool {
        self.get(name).is_some_and(|v| matches!(v.trim(), "1" | "true" | "on"))
    }
}

/// Visits every tag of a well-formed document.
pub(super) fn walk<'a>(text: &'a str, mut each: impl FnMut(Tag<'a>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    // quick-xml would take off a byte order mark and count from behind it.
    let base = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader::from_str(text.get(base..).unwrap_or(""));
    let (mut depth, mut roots) = (0_usize, 0_usize);
    loop {
        let start = base.saturating_add(usize::try_from(reader.buffer_position()).map_err(|_| Refusal::Damaged)?);
        let kind = match reader.read_event().map_err(|_| Refusal::Damaged)? {
            Event::Start(_) => Kind::Open,
            Event::End(_) => Kind::Close,
            Event::Empty(_) => Kind::Empty,
            Event::Eof => break,
            _ => continue,
        };
        let end = base.saturating_add(usize::try_from(reader.buffer_position()).map_err(|_| Refusal::Damaged)?);
        let raw = text.get(start..end).filter(|t| t.starts_with('<') && t.ends_with('>')).ok_or(Refusal::Damaged)?;
        if kind == Kind::Close {
            depth = depth.checked_sub(1).ok_or(Refusal::Damaged)?;
        } else if depth == 0 {
            roots = roots.saturating_add(1);
        }
        let (prefix, local) = name(raw);
        each(Tag { kind, local, prefix, depth, start, end, raw })?;
        if kind == Kind::Open {
            depth = depth.saturating_add(1);
        }
    }
    if depth == 0 && roots == 1 { Ok(()) } else { Err(Refusal::Damaged) }
}

/// The prefix (with its colon) and the local name of a tag.
fn name(raw: &str) -> (&str, &str) {
    let from = raw.trim_start_matches('<').trim_start_matches('/');
    let end = from.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(from.len());
    let (whole, _) = from.split_at(end);
    match whole.find(':') {
        Some(colon) => whole.split_at(colon.saturating_add(1)),
        None => ("", whole),
    }
}

/// Every attribute of a tag: its name and where its value stands between the quotes.
pub(super) fn attributes(raw: &str) -> Vec<(&str, std::ops::Range<usize>)> {
    let mut out = Vec::new();
    let Some(mut at) = raw.find(char::is_whitespace) else { return out };
    while let Some(rest) = raw.get(at..) {
        let Some(equals) = rest.find('=') else { break };
        let (before, after) = rest.split_at(equals);
        let name = before.trim();
        let Some(quote) = after.find(['"', '\'']) else { break };
        let mark = if after.get(quote..).is_some_and(|t| t.starts_with('"')) { '"' } else { '\'' };
        let from = at.saturating_add(equals).saturating_add(quote).saturating_add(1);
        let Some(length) = raw.get(from..).and_then(|t| t.find(mark)) else { break };
        let to = from.saturating_add(length);
        out.push((name, from..to));
        at = to.saturating_add(1);
    }
    out
}

/// The value of an attribute of a tag, entities resolved; one that cannot be resolved is as written.
pub(super) fn get(raw: &str, name: &str) -> Option<String> {
    let (_, range) = attributes(raw).into_iter().find(|(n, _)| *n == name)?;
    let value = raw.get(range)?;
    Some(quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value)).into_owned())
}

/// The value of the first attribute with that local name that has a prefix (`r:id`).
pub(super) fn get_prefixed(raw: &str, local: &str) -> Option<String> {
    let whole =
        attributes(raw).into_iter().map(|(n, _)| n).find(|n| n.split_once(':').is_some_and(|p| p.1 == local))?;
    get(raw, whole)
}

/// The tag with the attribute set; the value is escaped here.
pub(super) fn set(raw: &str, name: &str, value: &str) -> String {
    let value = escape(value);
    if let Some((_, range)) = attributes(raw).into_iter().find(|(n, _)| *n == name) {
        let (head, tail) = (raw.get(..range.start).unwrap_or(""), raw.get(range.end..).unwrap_or(""));
        // A value in single quotes may hold what is escaped in both ways, so the quotes can stay.
        return format!("{head}{value}{tail}");
    }
    let cut = if raw.ends_with("/>") { 2 } else { 1 };
    let at = raw.len().saturating_sub(cut);
    let (head, tail) = (raw.get(..at).unwrap_or(raw), raw.get(at..).unwrap_or(""));
    format!("{} {name}=\"{value}\"{tail}", head.trim_end())
}

/// Where the first tag of an element ends, which starts the text.
pub(super) fn first_tag(element: &str) -> usize {
    let mut quote = None;
    for (at, c) in element.char_indices() {
        match quote {
            Some(mark) if mark == c => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '>' => return at.saturating_add(1),
            None => {}
        }
    }
    element.len()
}

/// An empty tag as an opening one.
pub(super) fn opened(raw: &str) -> String {
    raw.strip_suffix("/>").map_or_else(|| raw.to_owned(), |head| format!("{}>", head.trim_end()))
}

/// The namespace that a root tag binds to a prefix (with its colon) or to none.
pub(super) fn namespace(raw: &str, prefix: &str) -> Option<String> {
    match prefix.strip_suffix(':') {
        Some(p) => get(raw, &format!("xmlns:{p}")),
        None => get(raw, "xmlns"),
    }
}

/// The text with everything escaped that XML gives a meaning; what XML 1.0 cannot hold becomes U+FFFD.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' => out.push(c),
            // A line is ended by one sign: the other is dropped where they are a pair.
            '\r' => {}
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

/// The text of a cell or of a comment: escaped, with what Excel would read as `_xHHHH_` kept from being so read.
pub(super) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (head, tail) = rest.split_at(at);
        let bytes = tail.as_bytes();
        let hex = bytes.get(2..6).is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit));
        out.push_str(head);
        out.push_str(if hex && bytes.get(6) == Some(&b'_') { "_x005F_" } else { "_" });
        rest = tail.get(1..).unwrap_or("");
    }
    out.push_str(rest);
    escape(&out)
}

/// Cuts to make in a text.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(usize, usize, String)>);

impl Edits {
    /// Puts a text in place of what stands from `start` to `end`.
    pub(super) fn replace(&mut self, start: usize, end: usize, with: String) {
        self.0.push((start, end, with));
    }

    /// Puts a text in at a place; several at one place stand in the order given.
    pub(super) fn insert(&mut self, at: usize, with: String) {
        self.0.push((at, at, with));
    }

    /// True when nothing is to be done.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with all cuts made; cuts that overlap are refused.
    pub(super) fn apply(mut self, text: &str) -> Result<String, Refusal> {
        self.0.sort_by_key(|(start, end, _)| (*start, *end));
        let more: usize = self.0.iter().map(|e| e.2.len()).sum();
        let mut out = String::with_capacity(text.len().saturating_add(more));
        let mut at = 0;
        for (start, end, with) in &self.0 {
            out.push_str(text.get(at..*start).ok_or(Refusal::Damaged)?);
            out.push_str(with);
            at = *end;
        }
        out.push_str(text.get(at..).ok_or(Refusal::Damaged)?);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_their_places_behind_a_mark_and_within_text() {
        let text = "\u{feff}<?xml version=\"1.0\"?>\n<x:a xmlns:x='u'>t&amp;<b c=\"a>b\" d='1'/>字<!-- <z> --></x:a>\n";
        let mut seen = Vec::new();
        walk(text, |tag| {
            assert_eq!(&text[tag.start..tag.end], tag.raw);
            seen.push((tag.kind, tag.prefix.to_owned() + tag.local, tag.depth));
            if tag.local == "b" {
                assert_eq!(tag.get("c").as_deref(), Some("a>b"));
                assert_eq!(tag.number("d"), Some(1));
            }
            Ok(())
        })
        .expect("well-formed");
        assert_eq!(seen.len(), 3);
        assert_eq!(seen[1], (Kind::Empty, "b".to_owned(), 1));
        assert_eq!(seen[2], (Kind::Close, "x:a".to_owned(), 0));
        for bad in ["", "<a>", "</a>", "<a></b>", "<a/><b/>", "<a"] {
            assert_eq!(walk(bad, |_| Ok(())), Err(Refusal::Damaged), "{bad}");
        }
    }

    #[test]
    fn attributes_are_set_and_added() {
        assert_eq!(set("<c r='A1' s='3' />", "s", "7"), "<c r='A1' s='7' />");
        assert_eq!(set("<c r=\"A1\" />", "s", "7"), "<c r=\"A1\" s=\"7\"/>");
        assert_eq!(set("<c>", "s", "<"), "<c s=\"&lt;\">");
        assert_eq!(opened("<c r=\"A1\" />"), "<c r=\"A1\">");
    }

    #[test]
    fn text_that_excel_or_xml_would_take_for_more_is_text() {
        assert_eq!(words("_x000D_ <&>\u{1}\r\n_x_"), "_x005F_x000D_ &lt;&amp;&gt;\u{fffd}\n_x_");
    }
}
