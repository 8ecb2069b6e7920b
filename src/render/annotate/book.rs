//! The workbook part: which sheets there are, and a new one put first.
use super::Refusal;
use super::outline::{Outline, WORKBOOK, relation_attribute};
use super::package::Package;
use super::rels;
use super::xml::{Edits, Kind, escape, get_prefixed, namespace, opened, set, walk};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A sheet of the workbook.
#[derive(Debug)]
pub(super) struct Tab {
    /// Its name.
    pub name: String,
    /// Its part.
    pub part: String,
    /// False for sheets without cells: charts, dialogs.
    pub cells: bool,
}

/// The workbook.
#[derive(Debug)]
pub(super) struct Book {
    /// Its part.
    pub part: String,
    /// Its sheets in order.
    pub tabs: Vec<Tab>,
    /// The namespace of its elements.
    pub main: String,
    /// The namespace of relations, which their types begin with.
    pub relations: String,
    /// The part of its style sheet, if it has one.
    pub styles: Option<String>,
    text: String,
    outline: Outline,
    ids: BTreeSet<u32>,
}

/// The namespaces of a transitional and of a strict workbook, and those of their relations.
const DIALECTS: [(&str, &str); 2] = [
    (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    ("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
];

impl Book {
    /// Reads the workbook of a package.
    pub(super) fn read(package: &mut Package<'_>) -> Result<Self, Refusal> {
        let root = rels::read(package, "")?;
        let part = root.iter().find(|r| r.is("officeDocument")).ok_or(Refusal::NotXlsx)?.target.clone();
        if part.to_lowercase().ends_with(".bin") {
            return Err(Refusal::NotXlsx);
        }
        let text = package.find(&part)?.ok_or(Refusal::Damaged)?;
        let outline = Outline::of(&text)?;
        let main = namespace(&outline.root, &outline.prefix).unwrap_or_default();
        let (main, relations) =
            DIALECTS.iter().find(|(m, _)| *m == main && outline.name == "workbook").ok_or(Refusal::NotXlsx)?;
        let related = rels::read(package, &part)?;
        let by_id: HashMap<&str, &rels::Relation> = related.iter().map(|r| (r.id.as_str(), r)).collect();
        let (mut tabs, mut ids, mut list) = (Vec::new(), BTreeSet::new(), "");
        walk(&text, |tag| {
            if tag.depth == 1 {
                list = tag.local;
            }
            if tag.depth == 2 && tag.starts() && list == "sheets" && tag.local == "sheet" {
                let relation = get_prefixed(tag.raw, "id").and_then(|id| by_id.get(id.as_str()).copied());
                let (name, relation) = tag.get("name").zip(relation).ok_or(Refusal::Damaged)?;
                tabs.push(Tab { name, part: relation.target.clone(), cells: relation.is("worksheet") });
                ids.extend(tag.number("sheetId"));
            }
            Ok(())
        })?;
        let styles = related.iter().find(|r| r.is("styles")).map(|r| r.target.clone());
        let (main, relations) = ((*main).to_owned(), (*relations).to_owned());
        Ok(Self { part, tabs, main, relations, styles, text, outline, ids })
    }

    /// The part of a new thing in the folder of the workbook.
    pub(super) fn beside(&self, name: &str) -> String {
        self.part.rsplit_once('/').map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}/{name}"))
    }

    /// A name for a new sheet: without the signs that Excel forbids, 31 characters at most, and not there yet.
    pub(super) fn free_name(&self, wish: &str) -> String {
        let taken: HashSet<String> = self.tabs.iter().map(|t| t.name.to_lowercase()).collect();
        free_name(wish, |name| taken.contains(&name.to_lowercase()))
    }

    /// The workbook with a new first sheet, which is the one shown; `filter` is the area of its autofilter.
    pub(super) fn with_first(&self, name: &str, relation: &str, filter: &str) -> Result<String, Refusal> {
        let p = &self.outline.prefix;
        let mut edits = Edits::default();
        // Excel keeps the number of a sheet below 65,535; what is beyond is a hole that is filled.
        let next = self.ids.last().copied().unwrap_or(0).saturating_add(1);
        let id = if next < 65_535 { next } else { (1..).find(|n| !self.ids.contains(n)).unwrap_or(1) };
        let relation = relation_attribute(&self.outline.root, &self.relations, relation);
        let sheet = format!("<{p}sheet name=\"{}\" sheetId=\"{id}\" {relation}/>", escape(name));
        let sheets = self.outline.find("sheets").filter(|s| !s.empty).ok_or(Refusal::Damaged)?;
        edits.insert(sheets.inside, sheet);
        let area = escape(&format!("{}!{filter}", quoted(name)));
        let defined = format!(
            "<{p}definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"0\" hidden=\"1\">{area}</{p}definedName>"
        );
        match self.outline.find("definedNames") {
            Some(names) if names.empty => {
                edits.replace(names.start, names.inside, format!("{}{defined}</{p}definedNames>", opened(&names.tag)));
            }
            Some(names) => edits.insert(names.inside, defined),
            None => edits.insert(
                self.outline.place(&WORKBOOK, "definedNames"),
                format!("<{p}definedNames>{defined}</{p}definedNames>"),
            ),
        }
        if self.outline.find("bookViews").is_none() {
            let at = self.outline.place(&WORKBOOK, "bookViews");
            edits.insert(at, format!("<{p}bookViews><{p}workbookView/></{p}bookViews>"));
        }
        walk(&self.text, |tag| {
            if tag.depth != 2 || tag.kind == Kind::Close {
                return Ok(());
            }
            match tag.local {
                "definedName" => {
                    if let Some(at) = tag.number("localSheetId") {
                        let raw = set(tag.raw, "localSheetId", &at.saturating_add(1).to_string());
                        edits.replace(tag.start, tag.end, raw);
                    }
                }
                "workbookView" => {
                    let mut raw = tag.raw.to_owned();
                    for name in ["firstSheet", "activeTab"] {
                        if tag.get(name).is_some() {
                            raw = set(&raw, name, "0");
                        }
                    }
                    edits.replace(tag.start, tag.end, raw);
                }
                _ => {}
            }
            Ok(())
        })?;
        edits.apply(&self.text)
    }
}

/// A name for a sheet that is allowed and not taken.
pub(super) fn free_name(wish: &str, taken: impl Fn(&str) -> bool) -> String {
    let plain: String = wish
        .chars()
        .map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() { '_' } else { c })
        .collect();
    let plain = match plain.trim_matches(['\'', ' ']) {
        "" => "totsugo",
        name => name,
    };
    let cut = |room: usize| {
        let mut left = room;
        let fits = |c: &char| {
            let fits = c.len_utf16() <= left;
            left = if fits { left.saturating_sub(c.len_utf16()) } else { 0 };
            fits
        };
        plain.chars().take_while(fits).collect::<String>().trim_end_matches(['\'', ' ']).to_owned()
    };
    let first = cut(31);
    if !taken(&first) {
        return first;
    }
    (2_u32..)
        .map(|n| format!(" ({n})"))
        .map(|end| cut(31_usize.saturating_sub(end.len())) + &end)
        .find(|name| !taken(name))
        .unwrap_or_default()
}

/// The name of a sheet as formulas and links have it.
pub(super) fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}
