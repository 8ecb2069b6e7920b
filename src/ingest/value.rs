//! The text of a field in one row: taken from its cells, put together and cut as the mapping says.
use std::borrow::Cow;

use super::layout::{Slot, Spot};
use super::mapping::{From, Target};
use crate::plan::{ColumnRole, ColumnType};
use crate::text::{CellKind, GridCell, Page, SourceId, Span};

/// A text and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Taken<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) span: Span,
    /// Whether it stands in a merged cell that began in a row above.
    pub(super) continued: bool,
    pub(super) kind: CellKind,
    /// Whether it is the same in every row.
    pub(super) fixed: bool,
}

impl Taken<'_> {
    /// The same, to be kept after the row is gone.
    pub(super) fn into_kept(self) -> Taken<'static> {
        Taken {
            text: Cow::Owned(self.text.into_owned()),
            span: self.span,
            continued: self.continued,
            kind: self.kind,
            fixed: self.fixed,
        }
    }
}

/// The cells of a row, by column.
pub(super) struct RowCells<'t> {
    pub(super) id: SourceId,
    /// The text around the row.
    pub(super) page: Page<'t>,
    pub(super) cells: Vec<Option<(GridCell, bool)>>,
}

impl<'t> RowCells<'t> {
    /// What stands at a spot; `None` where it is blank.
    pub(super) fn spot(&self, spot: &'t Spot) -> Option<Taken<'t>> {
        match spot {
            Spot::Fixed(text, span) => Some(Taken {
                text: Cow::Borrowed(text),
                span: *span,
                continued: false,
                kind: CellKind::Plain,
                fixed: true,
            }),
            Spot::Column(column) => {
                let (cell, continued) = self.cells.get(*column as usize).copied().flatten()?;
                let span = Span::new(self.id, cell.start as usize..cell.end as usize);
                Some(Taken { text: unbroken(self.page.text(&cell)), span, continued, kind: cell.kind, fixed: false })
            }
        }
    }

    /// The values of a field in this row: one, or several where the mapping divides a cell.
    pub(super) fn values(&self, slot: &'t Slot<'_>) -> Vec<Taken<'t>> {
        let from = &slot.field.from;
        if let ([spot], None) = (slot.spots.as_slice(), &from.split) {
            let taken = self.spot(spot).and_then(|taken| cut(taken, from, &slot.field.target));
            return taken.map(|taken| self.located(taken)).into_iter().collect();
        }
        // Several columns side by side, line by line: 部 and 課 of each of the departments in a cell.
        let columns: Vec<Vec<Taken<'t>>> = slot.spots.iter().map(|s| self.divided(s, from)).collect();
        let lines = columns.iter().map(Vec::len).max().unwrap_or(0);
        (0..lines)
            .filter_map(|line| {
                let mut parts =
                    columns.iter().filter_map(|c| c.get(line).or(if c.len() == 1 { c.first() } else { None }));
                let mut whole = parts.next()?.clone();
                for part in parts {
                    whole.text = Cow::Owned(format!("{}{}{}", whole.text, from.join, part.text));
                    whole.span =
                        if whole.span.source == part.span.source { whole.span.to(part.span) } else { whole.span };
                    whole.continued &= part.continued;
                    whole.fixed &= part.fixed;
                }
                cut(whole, from, &slot.field.target)
            })
            .collect()
    }

    /// A part of a cell with line breaks is found again in the cell, so that its place is the part and not the whole.
    fn located(&self, mut taken: Taken<'t>) -> Taken<'t> {
        let whole = self.page.part(taken.span.range());
        if !taken.fixed && taken.span.source == self.id && taken.text.len() < whole.len() {
            let mut found = whole.match_indices(taken.text.as_ref());
            if let (Some((at, _)), None) = (found.next(), found.next()) {
                let start = taken.span.range().start + at;
                taken.span = Span::new(self.id, start..start + taken.text.len());
            }
        }
        taken
    }

    fn divided(&self, spot: &'t Spot, from: &From) -> Vec<Taken<'t>> {
        let Some(split) = &from.split else { return self.spot(spot).into_iter().collect() };
        let Spot::Column(column) = spot else { return self.spot(spot).into_iter().collect() };
        let Some((cell, continued)) = self.cells.get(*column as usize).copied().flatten() else { return Vec::new() };
        let start = cell.start as usize;
        let whole = self.page.written(&cell);
        let mut out = Vec::new();
        let mut at = 0;
        let ends = split.find_iter(whole).map(|m| (m.start(), m.end())).chain([(whole.len(), whole.len())]);
        for (end, next) in ends {
            let piece = whole.get(at..end).unwrap_or("");
            let lead = piece.len() - piece.trim_start().len();
            let kept = piece.trim();
            if !kept.is_empty() {
                let span = Span::new(self.id, start + at + lead..start + at + lead + kept.len());
                let text = if cell.kind == CellKind::Doubled {
                    Cow::Owned(kept.replace("\"\"", "\""))
                } else {
                    unbroken(Cow::Borrowed(kept))
                };
                out.push(Taken { text, span, continued, kind: cell.kind, fixed: false });
            }
            at = next;
        }
        out
    }
}

/// Cuts a text as the mapping says; `None` where nothing is left.
fn cut<'t>(mut taken: Taken<'t>, from: &From, target: &Target) -> Option<Taken<'t>> {
    if let Some(find) = &from.find {
        let captures = find.captures(&taken.text)?;
        let found = captures.get(1).or_else(|| captures.get(0))?;
        if let Target::Column(_, _, ColumnType::Bool) = target {
            return Some(Taken { text: Cow::Borrowed("はい"), ..taken });
        }
        let (range, text) = (found.range(), found.as_str().to_owned());
        // Where the text is what stands in the file, so is its part.
        if taken.span.range().len() == taken.text.len() && !taken.fixed {
            let start = taken.span.range().start;
            taken.span = Span::new(taken.span.source, start + range.start..start + range.end);
        }
        taken.text = Cow::Owned(text);
    }
    if let Some(remove) = &from.remove
        && remove.is_match(&taken.text)
    {
        taken.text = Cow::Owned(remove.replace_all(&taken.text, "").trim().to_owned());
    }
    let blank_marks = matches!(target, Target::Column(_, ColumnRole::Mark, _)) && from.find.is_some();
    (!taken.text.trim().is_empty() || blank_marks).then_some(taken)
}

/// A text without the line breaks that only make it fit into its cell: nothing between Japanese characters, a blank
/// between words of letters. Lists (① ②) do not need them either.
pub(super) fn unbroken(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split(['\n', '\r']).map(str::trim).filter(|l| !l.is_empty()) {
        let letters = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if letters(out.chars().next_back()) && letters(line.chars().next()) {
            out.push(' ');
        }
        out.push_str(line);
    }
    Cow::Owned(out)
}
