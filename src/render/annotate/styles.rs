//! The style sheet: formats of cells that differ from a cell's own in nothing but the fill, and those of the list.
use super::Refusal;
use super::outline::{Outline, STYLES};
use super::xml::{Edits, escape, set, walk};
use crate::text::Severity;
use std::collections::HashMap;
use std::ops::Range;

/// Excel takes no more formats of cells than a little over this.
const MOST: usize = 64_000;
/// The colours of the fills: information, warning, error, and the heads of the list.
const COLOURS: [&str; 4] = ["FFDDEBF7", "FFFFEB9C", "FFFFC7CE", "FFD9D9D9"];

/// A style sheet for workbooks that have none.
const PLAIN: &str = concat!(
    "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>",
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>",
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>",
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>",
);

/// The formats of the list sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListStyles {
    /// The title.
    pub title: u32,
    /// The heads.
    pub head: u32,
    /// A text.
    pub body: u32,
    /// A place with a link.
    pub link: u32,
    /// A severity: information, warning, error.
    pub severities: [u32; 3],
}

/// A style sheet to which formats are added.
#[derive(Debug)]
pub(super) struct Styles {
    text: String,
    outline: Outline,
    xfs: Vec<Range<usize>>,
    fills: u32,
    fonts: u32,
    face: String,
    size: String,
    made: HashMap<(u32, Severity), u32>,
    new: Vec<String>,
}

impl Styles {
    /// A plain style sheet.
    pub(super) fn plain(namespace: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{namespace}\">{PLAIN}</styleSheet>"
        )
    }

    /// Reads a style sheet.
    pub(super) fn open(text: String) -> Result<Self, Refusal> {
        let (mut outline, mut xfs) = (Outline::default(), Vec::new());
        let (mut fills, mut fonts) = (0_u32, 0_u32);
        let (mut face, mut size) = (None, None);
        let (mut list, mut start) = ("", 0);
        walk(&text, |tag| {
            outline.visit(&tag);
            if tag.depth == 1 {
                list = tag.local;
            }
            match (tag.depth, list, tag.local) {
                (2, "cellXfs", "xf") => {
                    if tag.starts() {
                        start = tag.start;
                    }
                    if tag.finishes() {
                        xfs.push(start..tag.end);
                    }
                }
                (2, "fills", "fill") if tag.starts() => fills = fills.saturating_add(1),
                (2, "fonts", "font") if tag.starts() => fonts = fonts.saturating_add(1),
                (3, "fonts", "name") if fonts == 1 => face = tag.get("val").or(face.take()),
                (3, "fonts", "sz") if fonts == 1 => size = tag.get("val").or(size.take()),
                _ => {}
            }
            Ok(())
        })?;
        let outline = outline.checked()?;
        let (face, size) = (face.unwrap_or_else(|| "Calibri".to_owned()), size.unwrap_or_else(|| "11".to_owned()));
        let mut new = Vec::new();
        if xfs.is_empty() {
            // A cell without a format has format 0, so there must be one before ours.
            new.push(format!("<{}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>", outline.prefix));
        }
        // The first two fills are Excel's own, whatever a file says there.
        Ok(Self { text, outline, xfs, fills, fonts, face, size, made: HashMap::new(), new })
    }

    /// Where the fill of a severity stands, past all that were there.
    fn fill(&self, severity: Severity) -> u32 {
        self.fills.max(2).saturating_add(rank(severity))
    }

    /// Adds a format and gives its number.
    fn push(&mut self, xf: String) -> u32 {
        let at = u32::try_from(self.xfs.len().saturating_add(self.new.len())).unwrap_or(0);
        self.new.push(xf);
        at
    }

    /// The format that is this one with the fill of a severity.
    pub(super) fn mark(&mut self, old: u32, severity: Severity) -> u32 {
        if let Some(&made) = self.made.get(&(old, severity)) {
            return made;
        }
        if self.xfs.len().saturating_add(self.new.len()) >= MOST {
            // Better a cell without its colour than a workbook that Excel does not open.
            return old;
        }
        let own = usize::try_from(old).ok().and_then(|at| self.xfs.get(at)).or(self.xfs.first());
        let own = own.and_then(|range| self.text.get(range.clone())).or(self.new.first().map(String::as_str));
        let own = own.unwrap_or("");
        let end = super::xml::first_tag(own);
        let (tag, rest) = own.split_at(end);
        let tag = set(&set(tag, "fillId", &self.fill(severity).to_string()), "applyFill", "1");
        let made = self.push(format!("{tag}{rest}"));
        self.made.insert((old, severity), made);
        made
    }

    /// The formats of the list sheet.
    pub(super) fn list(&mut self) -> ListStyles {
        let (p, bold, link) = (self.outline.prefix.clone(), self.fonts, self.fonts.saturating_add(1));
        let head = self.fills.max(2).saturating_add(3);
        let mut xf = |font: u32, fill: u32, more: &str, align: &str| {
            self.push(format!(
                "<{p}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\"{more} applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"><{p}alignment {align}/></{p}xf>"
            ))
        };
        let (wrap, top) = ("vertical=\"top\" wrapText=\"1\"", "vertical=\"top\"");
        // quotePrefix: a text that begins with = stays one even when somebody edits it.
        let quoted = " quotePrefix=\"1\"";
        let title = xf(bold, 0, quoted, "vertical=\"center\"");
        let head = xf(bold, head, quoted, "vertical=\"center\"");
        let (body, link) = (xf(0, 0, quoted, wrap), xf(link, 0, quoted, wrap));
        let first = self.fills.max(2);
        let mut severities = [0; 3];
        for (at, fill) in severities.iter_mut().zip(first..) {
            *at = self.push(format!(
                "<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" applyFill=\"1\" applyAlignment=\"1\"><{p}alignment {top}/></{p}xf>"
            ));
        }
        ListStyles { title, head, body, link, severities }
    }

    /// The style sheet with everything added.
    pub(super) fn finish(self) -> Result<String, Refusal> {
        let (p, mut edits) = (&self.outline.prefix, Edits::default());
        let (face, size) = (escape(&self.face), escape(&self.size));
        let font = |first: &str, colour: &str| {
            format!("<{p}font><{p}{first}/><{p}sz val=\"{size}\"/>{colour}<{p}name val=\"{face}\"/></{p}font>")
        };
        let fonts = [font("b", ""), font("u", &format!("<{p}color rgb=\"FF0563C1\"/>"))];
        let mut fills: Vec<String> = ["none", "gray125"]
            .iter()
            .skip(usize::try_from(self.fills).unwrap_or(2))
            .map(|kind| format!("<{p}fill><{p}patternFill patternType=\"{kind}\"/></{p}fill>"))
            .collect();
        fills.extend(COLOURS.iter().map(|colour| {
            format!(
                "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
            )
        }));
        let old = u32::try_from(self.xfs.len()).unwrap_or(0);
        self.outline.append(&mut edits, &STYLES, "fonts", self.fonts, &fonts);
        self.outline.append(&mut edits, &STYLES, "fills", self.fills, &fills);
        self.outline.append(&mut edits, &STYLES, "cellXfs", old, &self.new);
        edits.apply(&self.text)
    }
}

/// Where the colour of a severity stands.
pub(super) fn rank(severity: Severity) -> u32 {
    match severity {
        Severity::Info => 0,
        Severity::Warning => 1,
        Severity::Error => 2,
    }
}
