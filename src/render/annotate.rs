//! A copy of a workbook in which every finding is a comment on its cell, with a first sheet that lists them all.
//!
//! A workbook is a zip of parts, and this program knows few of them. So no part is read into a model and written
//! again, which would lose what the model does not have: parts are copied as they are compressed, and in the few that
//! must change the new is cut in between bytes that stay.
use crate::text::Severity;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

mod balloon;
mod book;
mod comments;
mod fresh;
mod list;
mod outline;
mod package;
mod place;
mod props;
mod rels;
mod scan;
mod sheet;
mod styles;
mod values;
mod vml;
mod xml;

use balloon::Balloon;
use book::Book;
pub use fresh::fresh;
use package::Package;
use scan::Scan;
use styles::Styles;
pub use values::{Kept, Refill, refill};

/// One finding on a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The name of the sheet.
    pub sheet: String,
    /// The row, from 0.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// How grave it is.
    pub severity: Severity,
    /// The name of the rule.
    pub title: String,
    /// What is wrong.
    pub text: String,
    /// What to do; may be empty.
    pub help: String,
    /// Other places, in words.
    pub places: Vec<String>,
}

/// The words of the list sheet and of the comments, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The name of the list sheet.
    pub sheet: String,
    /// The line above the list.
    pub title: String,
    /// The heads: severity, place, rule, finding, help.
    pub heads: [String; 5],
    /// The severities: error, warning, information.
    pub severities: [String; 3],
    /// The author of the comments.
    pub author: String,
}

/// Why no annotated workbook is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is not a workbook in the format of .xlsx and .xlsm.
    NotXlsx,
    /// It contradicts the format, so that an edit could spoil it.
    Damaged,
    /// A part that must be edited is not in UTF-8.
    Encoding,
    /// A finding names a sheet that is not there or has no cells.
    NoSheet(String),
    /// A finding names a cell beyond the edge of a sheet.
    NoCell(String),
    /// More than a workbook holds.
    TooLarge,
}

impl Refusal {
    /// Its code, by which a sentence is found in the messages.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotXlsx => "annotate-not-xlsx",
            Self::Damaged => "annotate-damaged",
            Self::Encoding => "annotate-encoding",
            Self::NoSheet(_) => "annotate-no-sheet",
            Self::NoCell(_) => "annotate-no-cell",
            Self::TooLarge => "annotate-too-large",
        }
    }
}

/// Writes the findings into a copy of a workbook.
///
/// # Errors
///
/// When the bytes are no workbook of this format or contradict it, or when a finding is not on a cell of it.
pub fn annotate(workbook: &[u8], notes: &[Note], words: &Words) -> Result<Vec<u8>, Refusal> {
    if u32::try_from(notes.len()).map_or(true, |n| n > place::ROWS.saturating_sub(2)) {
        return Err(Refusal::TooLarge);
    }
    let mut package = Package::open(workbook)?;
    let book = Book::read(&mut package)?;
    let mut by_sheet = grouped(notes, &book)?;
    let (part, mut styles) = open_styles(&mut package, &book)?;
    let mut blocks = BTreeSet::new();
    for name in package.ending(".vml") {
        blocks.extend(package.find_raw(&name)?.map(|text| vml::blocks(&text)).unwrap_or_default());
    }
    for (at, tab) in book.tabs.iter().enumerate() {
        if let Some(cells) = by_sheet.remove(&at) {
            annotate_sheet(&mut package, &book, &tab.part, &cells, words, &mut styles, &mut blocks)?;
        } else if let Some(text) = package.find(&tab.part)?
            && let Some(text) = sheet::unselect(&text)?
        {
            package.write(&tab.part, text);
        }
    }
    add_list(&mut package, &book, notes, words, &mut styles)?;
    let text = styles.finish()?;
    package.write(&part, text);
    package.finish()
}

type Cells<'a> = BTreeMap<(u32, u32), Vec<&'a Note>>;

/// The findings by sheet and cell.
fn grouped<'a>(notes: &'a [Note], book: &Book) -> Result<BTreeMap<usize, Cells<'a>>, Refusal> {
    let mut out: BTreeMap<usize, Cells<'a>> = BTreeMap::new();
    let tabs: HashMap<&str, usize> =
        book.tabs.iter().enumerate().filter(|(_, t)| t.cells).map(|(at, t)| (t.name.as_str(), at)).collect();
    for note in notes {
        let tab = tabs.get(note.sheet.as_str()).copied().ok_or_else(|| Refusal::NoSheet(note.sheet.clone()))?;
        if note.row >= place::ROWS || note.column >= place::COLUMNS {
            return Err(Refusal::NoCell(format!("{}!{}", note.sheet, place::cell(note.row, note.column))));
        }
        out.entry(tab).or_default().entry((note.row, note.column)).or_default().push(note);
    }
    Ok(out)
}

/// The part of the style sheet, which is made if there is none, and the style sheet.
fn open_styles(package: &mut Package<'_>, book: &Book) -> Result<(String, Styles), Refusal> {
    if let Some(part) = &book.styles {
        return Ok((part.clone(), Styles::open(package.read(part)?)?));
    }
    let part = package.free(&book.beside("styles"), ".xml");
    rels::declare(package, &part, "vnd.openxmlformats-officedocument.spreadsheetml.styles")?;
    rels::add(package, &book.part, &format!("{}/styles", book.relations), &part)?;
    Ok((part, Styles::open(Styles::plain(&book.main))?))
}

/// Writes the findings of one sheet: comments with their boxes, and the fills of cells.
fn annotate_sheet(
    package: &mut Package<'_>,
    book: &Book,
    part: &str,
    cells: &Cells<'_>,
    words: &Words,
    styles: &mut Styles,
    blocks: &mut BTreeSet<u32>,
) -> Result<(), Refusal> {
    let text = package.read(part)?;
    let scan = Scan::of(&text)?;
    // What is found in a cell that is merged away is shown on the cell that is seen there.
    let mut seen: Cells<'_> = BTreeMap::new();
    for (cell, notes) in cells {
        seen.entry(scan.seen(*cell)).or_default().extend(notes);
    }
    let balloons: Vec<Balloon> = seen.iter().map(|(cell, notes)| Balloon::of(*cell, notes, words)).collect();
    let mut marks = sheet::Marks::new();
    for balloon in &balloons {
        marks.entry(balloon.cell.0).or_default().insert(balloon.cell.1, balloon.severity);
    }
    let drawing = comment(package, book, part, &scan, &balloons, words, blocks)?;
    let drawing = drawing.as_deref().map(|id| (book.relations.as_str(), id));
    let text = sheet::mark(&text, &scan, marks, styles, drawing)?;
    package.write(part, text);
    Ok(())
}

/// Writes the comments and their boxes; gives the relation to the drawing if the sheet needs a new one.
fn comment(
    package: &mut Package<'_>,
    book: &Book,
    part: &str,
    scan: &Scan,
    balloons: &[Balloon],
    words: &Words,
    blocks: &mut BTreeSet<u32>,
) -> Result<Option<String>, Refusal> {
    let related = rels::read(package, part)?;
    let mut threads = HashSet::new();
    for relation in related.iter().filter(|r| r.is("threadedComment")) {
        threads.extend(scan::threads(&package.read(&relation.target)?)?);
    }
    let old_comments = related.iter().find(|r| r.is("comments")).map(|r| r.target.clone());
    let old_drawing = match sheet::drawing(scan) {
        Some(id) => Some(related.iter().find(|r| r.id == id).ok_or(Refusal::Damaged)?.target.clone()),
        None => None,
    };
    let list = match &old_comments {
        Some(part) => package.read(part)?,
        None => comments::blank(&book.main),
    };
    let added = comments::add(&list, &words.author, balloons, &threads)?;
    let boxes = match &old_drawing {
        Some(part) => package.find_raw(part)?.ok_or(Refusal::Damaged)?,
        None => vml::blank(),
    };
    let pick = |at: &Vec<usize>| at.iter().filter_map(|n| balloons.get(*n)).collect::<Vec<&Balloon>>();
    let (new, grown) = (pick(&added.fresh), pick(&added.grown));
    if new.is_empty() && grown.is_empty() {
        return Ok(None);
    }
    let more: HashMap<(u32, u32), u32> =
        grown.iter().map(|b| (b.cell, u32::try_from(b.lines()).unwrap_or(0))).collect();
    let mut boxes = vml::grow(&boxes, &more);
    if !new.is_empty() {
        // A drawing that cannot be read cannot take a box, and a comment without one is a fault to Excel.
        boxes = vml::add(&boxes, &new, scan, blocks).ok_or(Refusal::Damaged)?;
    }
    match &old_comments {
        Some(part) => package.write(part, added.text),
        None => {
            let new = package.free(&book.beside("comments"), ".xml");
            rels::declare(package, &new, "vnd.openxmlformats-officedocument.spreadsheetml.comments")?;
            rels::add(package, part, &format!("{}/comments", book.relations), &new)?;
            package.write(&new, added.text);
        }
    }
    if let Some(part) = &old_drawing {
        package.write_raw(part, &boxes);
        return Ok(None);
    }
    if new.is_empty() {
        return Ok(None);
    }
    let drawing = package.free(&book.beside("drawings/vmlDrawing"), ".vml");
    rels::declare_vml(package)?;
    package.write_raw(&drawing, &boxes);
    rels::add(package, part, &format!("{}/vmlDrawing", book.relations), &drawing).map(Some)
}

/// Adds the list sheet and makes it the first.
fn add_list(
    package: &mut Package<'_>,
    book: &Book,
    notes: &[Note],
    words: &Words,
    styles: &mut Styles,
) -> Result<(), Refusal> {
    let name = book.free_name(&words.sheet);
    let part = package.free(&book.beside("worksheets/sheet"), ".xml");
    package.write(&part, list::sheet(notes, words, &styles.list(), &book.main));
    rels::declare(package, &part, "vnd.openxmlformats-officedocument.spreadsheetml.worksheet")?;
    let id = rels::add(package, &book.part, &format!("{}/worksheet", book.relations), &part)?;
    package.write(&book.part, book.with_first(&name, &id, &list::filter(notes))?);
    let root = rels::read(package, "")?;
    for properties in root.iter().filter(|r| r.is("extended-properties") || r.is("extendedProperties")) {
        if let Some(text) = package.find(&properties.target).ok().flatten() {
            package.write(&properties.target, props::with_first(&text, &name));
        }
    }
    Ok(())
}
