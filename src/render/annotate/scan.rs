//! What has to be known of a sheet before it is edited: its outline, merged cells, and the sizes of columns and rows.
use super::Refusal;
use super::outline::Outline;
use super::place::{Area, COLUMNS, area, parse};
use super::xml::walk;
use std::collections::BTreeMap;

/// Pixels of a row that says nothing of its height, and of a column of its width.
const HEIGHT: u32 = 20;
const WIDTH: u32 = 64;

/// A sheet as scanned.
#[derive(Debug)]
pub(super) struct Scan {
    /// The root and what is below it.
    pub outline: Outline,
    /// The merged areas.
    pub merges: Vec<Area>,
    /// Of each column: pixels, and the format of cells that are not there.
    columns: Vec<(u32, u32)>,
    /// Pixels of the rows that differ from the others.
    heights: BTreeMap<u32, u32>,
    width: u32,
    height: u32,
}

impl Scan {
    /// Scans a sheet.
    pub(super) fn of(text: &str) -> Result<Self, Refusal> {
        let mut scan = Self {
            outline: Outline::default(),
            merges: Vec::new(),
            columns: Vec::new(),
            heights: BTreeMap::new(),
            width: WIDTH,
            height: HEIGHT,
        };
        let mut next = 0_u32;
        walk(text, |tag| {
            scan.outline.visit(&tag);
            if !tag.starts() {
                return Ok(());
            }
            match (tag.depth, tag.local) {
                (1, "sheetFormatPr") => {
                    scan.width = tag.get("defaultColWidth").map_or(WIDTH, |w| pixels(&w, 7));
                    scan.height = match tag.get("defaultRowHeight") {
                        _ if tag.truth("zeroHeight") => 0,
                        Some(points) => pixels(&points, 4) / 3,
                        None => HEIGHT,
                    };
                }
                (2, "col") => scan.column(
                    tag.number("min").unwrap_or(0),
                    tag.number("max").unwrap_or(0),
                    match tag.get("width") {
                        _ if tag.truth("hidden") => 0,
                        Some(width) => pixels(&width, 7),
                        None => scan.width,
                    },
                    tag.number("style").unwrap_or(0),
                ),
                (2, "row") => {
                    let row = tag.number("r").and_then(|r| r.checked_sub(1)).unwrap_or(next);
                    next = row.saturating_add(1);
                    if tag.truth("hidden") {
                        scan.heights.insert(row, 0);
                    } else if let Some(points) = tag.get("ht") {
                        scan.heights.insert(row, pixels(&points, 4) / 3);
                    }
                }
                (2, "mergeCell") => scan.merges.extend(tag.get("ref").and_then(|name| area(&name))),
                _ => {}
            }
            Ok(())
        })?;
        scan.outline = scan.outline.checked()?;
        Ok(scan)
    }

    /// Notes what a `col` says of the columns from `min` to `max`, which count from 1.
    fn column(&mut self, min: u32, max: u32, pixels: u32, style: u32) {
        if self.columns.is_empty() {
            self.columns = (0..COLUMNS).map(|_| (self.width, 0)).collect();
        }
        let from = usize::try_from(min.saturating_sub(1)).unwrap_or(usize::MAX);
        let to = usize::try_from(max).unwrap_or(usize::MAX).min(self.columns.len());
        if let Some(columns) = self.columns.get_mut(from..to.max(from)) {
            columns.fill((pixels, style));
        }
    }

    /// Pixels of a column.
    pub(super) fn wide(&self, column: u32) -> u32 {
        usize::try_from(column).ok().and_then(|at| self.columns.get(at)).map_or(self.width, |c| c.0)
    }

    /// Pixels of a row.
    pub(super) fn high(&self, row: u32) -> u32 {
        self.heights.get(&row).copied().unwrap_or(self.height)
    }

    /// The format of the cells of a column that are not there.
    pub(super) fn style(&self, column: u32) -> u32 {
        usize::try_from(column).ok().and_then(|at| self.columns.get(at)).map_or(0, |c| c.1)
    }

    /// The cell that is seen where this one is: of a merged area, the upper left one.
    pub(super) fn seen(&self, cell: (u32, u32)) -> (u32, u32) {
        self.merges.iter().find(|m| m.holds(cell)).map_or(cell, |m| m.first)
    }
}

/// A size with a decimal point, times a factor, as pixels.
fn pixels(size: &str, factor: u32) -> u32 {
    let (whole, part) = size.trim().split_once('.').unwrap_or((size.trim(), ""));
    let tenth = part.chars().next().and_then(|c| c.to_digit(10)).unwrap_or(0);
    let tenths = whole.parse::<u32>().unwrap_or(0).min(4_000).saturating_mul(10).saturating_add(tenth);
    tenths.saturating_mul(factor) / 10
}

/// The areas and cells that a threaded comment stands on.
pub(super) fn threads(text: &str) -> Result<std::collections::HashSet<(u32, u32)>, Refusal> {
    let mut out = std::collections::HashSet::new();
    walk(text, |tag| {
        if tag.starts() && tag.local == "threadedComment" {
            out.extend(tag.get("ref").and_then(|name| parse(&name)));
        }
        Ok(())
    })?;
    Ok(out)
}
