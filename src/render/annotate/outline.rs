//! The root of a part and the elements right below it, and where a new one belongs: Excel "repairs" a file whose
//! elements stand in another order than the schema's.
use super::Refusal;
use super::xml::{Edits, Kind, Tag, get, opened, set, walk};

/// The order of the elements of a worksheet (`CT_Worksheet`).
pub(super) const WORKSHEET: [&str; 39] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];
/// The order of the elements of a workbook (`CT_Workbook`).
pub(super) const WORKBOOK: [&str; 19] = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
];
/// The order of the elements of a style sheet (`CT_Stylesheet`).
pub(super) const STYLES: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

/// An element right below the root.
#[derive(Debug, Clone)]
pub(super) struct Child {
    /// Its name; of alternatives (`mc:AlternateContent`), the name of the first thing in them.
    pub name: String,
    /// Its opening tag as written.
    pub tag: String,
    /// Where its opening tag starts.
    pub start: usize,
    /// Where its opening tag ends.
    pub inside: usize,
    /// Where its closing tag starts; of an empty element, where it ends.
    pub close: usize,
    /// True for `<a/>`.
    pub empty: bool,
}

/// The root of a part and the elements below it.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The tag of the root as written.
    pub root: String,
    /// The local name of the root.
    pub name: String,
    /// Its prefix with the colon: the prefix of every element of the same namespace.
    pub prefix: String,
    /// The elements below it.
    pub children: Vec<Child>,
    /// Where the root closes.
    pub close: usize,
}

impl Outline {
    /// The outline of a whole part.
    pub(super) fn of(text: &str) -> Result<Self, Refusal> {
        let mut outline = Self::default();
        walk(text, |tag| {
            outline.visit(&tag);
            Ok(())
        })?;
        outline.checked()
    }

    /// Sees the next tag of the part.
    pub(super) fn visit(&mut self, tag: &Tag<'_>) {
        match (tag.depth, tag.kind) {
            (0, Kind::Open) => {
                self.root = tag.raw.to_owned();
                self.name = tag.local.to_owned();
                self.prefix = tag.prefix.to_owned();
            }
            (0, Kind::Close) => self.close = tag.start,
            (1, Kind::Open | Kind::Empty) => self.children.push(Child {
                name: tag.local.to_owned(),
                tag: tag.raw.to_owned(),
                start: tag.start,
                inside: tag.end,
                close: tag.end,
                empty: tag.kind == Kind::Empty,
            }),
            (1, Kind::Close) => {
                if let Some(child) = self.children.last_mut() {
                    child.close = tag.start;
                }
            }
            (3, Kind::Open | Kind::Empty) => {
                if let Some(child) = self.children.last_mut().filter(|c| c.name == "AlternateContent") {
                    child.name = tag.local.to_owned();
                }
            }
            _ => {}
        }
    }

    /// Itself, if its root was open.
    pub(super) fn checked(self) -> Result<Self, Refusal> {
        if self.close > 0 { Ok(self) } else { Err(Refusal::Damaged) }
    }

    /// The element of that name.
    pub(super) fn find(&self, name: &str) -> Option<&Child> {
        self.children.iter().find(|c| c.name == name)
    }

    /// Where a new element of that name belongs.
    pub(super) fn place(&self, order: &[&str], name: &str) -> usize {
        let rank = |name: &str| order.iter().position(|n| *n == name);
        let own = rank(name);
        // In front of the first that must come after it; what the schema does not know is passed over.
        self.children.iter().find(|c| rank(&c.name) > own).map_or(self.close, |c| c.start)
    }

    /// Adds elements at the end of a list below the root and counts them in; makes the list where there is none.
    pub(super) fn append(&self, edits: &mut Edits, order: &[&str], name: &str, old: u32, new: &[String]) {
        let (p, count) = (&self.prefix, old.saturating_add(u32::try_from(new.len()).unwrap_or(0)).to_string());
        let body = new.concat();
        match self.find(name) {
            Some(child) => {
                let tag = match get(&child.tag, "count") {
                    Some(_) => set(&child.tag, "count", &count),
                    None => child.tag.clone(),
                };
                if child.empty {
                    edits.replace(child.start, child.inside, format!("{}{body}</{p}{name}>", opened(&tag)));
                } else {
                    edits.replace(child.start, child.inside, tag);
                    edits.insert(child.close, body);
                }
            }
            None => edits.insert(self.place(order, name), format!("<{p}{name} count=\"{count}\">{body}</{p}{name}>")),
        }
    }
}

/// The attribute `r:id` with this value, under a root that may or may not have the namespace of relations.
pub(super) fn relation_attribute(root: &str, namespace: &str, id: &str) -> String {
    let prefix = super::xml::attributes(root).into_iter().find_map(|(name, _)| {
        let prefix = name.strip_prefix("xmlns:")?;
        (get(root, name).as_deref() == Some(namespace)).then(|| prefix.to_owned())
    });
    match prefix {
        Some(prefix) => format!("{prefix}:id=\"{id}\""),
        None => format!("xmlns:r=\"{namespace}\" r:id=\"{id}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_element_stands_in_front_of_what_must_follow_it() {
        let place = |text: &str| {
            let at = Outline::of(text).expect("a sheet").place(&WORKSHEET, "legacyDrawing");
            text[at..].to_owned()
        };
        let controls =
            "<a><drawing/><m:AlternateContent><m:Choice><controls/></m:Choice></m:AlternateContent><extLst/></a>";
        assert!(place(controls).starts_with("<m:Alt"));
        assert!(place("<a><sheetData/><drawing/><legacyDrawingHF/></a>").starts_with("<legacyDrawingHF"));
        assert!(place("<a><sheetData/><tableParts><tablePart/></tableParts></a>").starts_with("<tableParts"));
        assert!(place("<a><sheetData/><unknown/></a>").starts_with("</a>"));
    }
}
