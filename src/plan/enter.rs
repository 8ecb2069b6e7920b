//! How facts come in that are not written as statements: a row is begun, then told what its cells hold.
use super::build::Builder;
use super::cell::{CellReader, year_fault};
use super::readings::ReadAs;
use super::{Cell, ColumnId, ColumnRole, ColumnType, Packed, ReferenceKey, RelationId, RowRef, Term, Vocabulary};
use crate::syntax::Spanned;
use crate::text::{Fault, Span};
use crate::value::{FiscalYear, parts};

/// A text as it is printed, and where.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'t> {
    /// The text.
    pub text: &'t str,
    /// Its place; the text may be a part of what stands there.
    pub span: Span,
}

impl Printed<'_> {
    /// The place of a part of it: exact where the text is what stands in the source, else the whole.
    fn part(&self, range: std::ops::Range<usize>) -> Span {
        if self.span.range().len() != self.text.len() {
            return self.span;
        }
        let start = self.span.range().start;
        Span::new(self.span.source, start + range.start..start + range.end)
    }
}

impl Builder {
    /// The words that facts are entered in.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.facts.vocabulary
    }

    /// A new row with nothing in it; `head` is where to point when a cell is not there.
    pub fn begin(&mut self, relation: RelationId, head: Span, parent: Option<RowRef>) -> RowRef {
        let row = self.row(relation, head, parent);
        if parent.is_none() {
            self.turn_to(row);
        }
        row
    }

    /// The document of a code (compared in its normal form) that was entered before.
    #[must_use]
    pub fn document_of(&mut self, code: &str) -> Option<Span> {
        let (_, folded) = self.facts.symbols.both(code);
        self.codes.get(&folded).copied()
    }

    /// Says that the document of a code begins at a place.
    pub fn declare_document(&mut self, code: Printed<'_>) {
        let (_, folded) = self.facts.symbols.both(code.text);
        self.codes.entry(folded).or_insert(code.span);
    }

    /// Enters a value: a text, a number, a figure, a reference. A blank one is missing.
    pub fn put(&mut self, row: RowRef, column: ColumnId, value: Printed<'_>, faults: &mut Vec<Fault>) {
        let Some((role, ty)) = self.column(row.relation, column) else { return };
        if role == ColumnRole::List {
            return self.put_list(row, column, &[value]);
        }
        if let ColumnType::Reference(target) = ty {
            return self.put_reference(row, column, target, value);
        }
        let cell = self.cell(value, &ty, faults);
        self.set(row, column, cell, value.span);
        if row.relation == super::DOCUMENTS {
            self.turn_to(row);
        }
    }

    /// What a text is as a cell of which it is known how it is read, if it was read so before.
    #[inline]
    pub fn read_again(&self, reading: &mut ReadAs, term: Term) -> Option<Packed> {
        reading.before(term, self.rounding)
    }

    pub(super) fn put_packed(&mut self, row: RowRef, column: ColumnId, cell: Packed) {
        let table = self.facts.tables.get_mut(row.relation.0 as usize);
        if let Some(place) = table.and_then(|t| t.columns.get_mut(column.0 as usize)?.get_mut(row.row as usize)) {
            *place = cell;
        }
    }

    /// What a value is as a cell of which it is known how it is read.
    pub fn read_as(
        &mut self,
        reading: &mut ReadAs,
        term: Option<Term>,
        value: Printed<'_>,
        faults: &mut Vec<Fault>,
    ) -> Packed {
        let rounding = self.rounding;
        let mut reader = CellReader { facts: &mut self.facts, readings: &mut self.readings, rounding, faults };
        reader.read_as(reading, term, value.text, value.span)
    }

    /// How a column is written and what it holds.
    fn column(&self, relation: RelationId, column: ColumnId) -> Option<(ColumnRole, ColumnType)> {
        let declared = self.facts.vocabulary.relations.get(relation.0 as usize)?.columns.get(column.0 as usize)?;
        Some((declared.role, declared.ty.clone()))
    }

    /// Says that what stands in a cell cannot be read.
    pub fn put_unreadable(&mut self, row: RowRef, column: ColumnId, span: Span) {
        self.set(row, column, Cell::Unreadable, span);
    }

    /// Says that the reading of a row, and of what stands below it, is unsure.
    pub fn put_unsure(&mut self, row: RowRef) {
        let table = self.facts.tables.get_mut(row.relation.0 as usize);
        if let Some(flag) = table.and_then(|t| t.unsure.get_mut(row.row as usize)) {
            *flag = true;
        }
    }

    /// Whether nothing was entered in a cell yet.
    #[must_use]
    pub fn is_blank(&self, row: RowRef, column: ColumnId) -> bool {
        self.facts.cell(row, column) == Cell::Missing
    }

    /// Whether what stands in a cell could not be read.
    #[must_use]
    pub fn is_unreadable(&self, row: RowRef, column: ColumnId) -> bool {
        self.facts.cell(row, column) == Cell::Unreadable
    }

    /// Enters a list; blank items are left out.
    pub fn put_list(&mut self, row: RowRef, column: ColumnId, items: &[Printed<'_>]) {
        let mut list = Vec::new();
        for item in items.iter().filter(|i| !i.text.trim().is_empty()) {
            let (printed, folded) = self.facts.symbols.both(item.text.trim());
            list.push((printed, folded, item.span));
        }
        let (Some(first), Some(last)) = (list.first(), list.last()) else { return };
        let span = first.2.to(last.2);
        let id = u32::try_from(self.facts.lists.len()).unwrap_or(u32::MAX);
        self.facts.lists.push(list);
        self.set(row, column, Cell::List(id), span);
    }

    /// Marks a row (再掲) without saying what it points to.
    pub fn put_mark(&mut self, row: RowRef, column: ColumnId, span: Span) {
        if let Some((_, ColumnType::Reference(target))) = self.column(row.relation, column) {
            self.refer(row, column, target, None, ReferenceKey::Nothing, span);
        }
    }

    /// `資料2-1:No4` names document and row, `No4` a row of the same document.
    fn put_reference(&mut self, row: RowRef, column: ColumnId, target: RelationId, value: Printed<'_>) {
        let text = value.text.trim();
        if text.is_empty() {
            return;
        }
        // 資料2-1:Ⅱ-2:"name": what is quoted is a name, whatever it holds.
        let quoted = text.strip_suffix('"').and_then(|t| Some((t, t.find('"')?)));
        let (label, word) = match quoted {
            Some((whole, at)) => {
                (whole.get(..at).map(|l| l.trim_end_matches([':', '：', ' '])), whole.get(at..).unwrap_or(""))
            }
            None => text.rsplit_once([':', '：']).map_or((None, text), |(l, w)| (Some(l.trim()), w.trim())),
        };
        let label = label.filter(|l| !l.is_empty());
        let key = match word.strip_prefix('"') {
            Some(name) => self.key_of_name(name),
            None => self.key_of_word(word, target),
        };
        let label = label.map(|l| Spanned { node: l.to_owned(), span: value.span });
        self.refer(row, column, target, label.as_ref(), key, value.span);
    }

    fn cell(&mut self, value: Printed<'_>, ty: &ColumnType, faults: &mut Vec<Fault>) -> Cell {
        let rounding = self.rounding;
        CellReader { facts: &mut self.facts, readings: &mut self.readings, rounding, faults }
            .read(value.text, value.span, ty)
    }

    /// Enters the value of a series (目標, 実績) for a year, with its parts (① ②) and what it was before
    /// (`250万件 (変更前: 121万件)`), which may also come beside it as `notes`. A blank value enters nothing.
    pub fn put_year(
        &mut self,
        owner: RowRef,
        series: RelationId,
        year: Option<Printed<'_>>,
        value: Printed<'_>,
        notes: &[(&str, Printed<'_>)],
        faults: &mut Vec<Fault>,
    ) {
        if value.text.trim().is_empty() {
            return;
        }
        let ty = self.column(series, ColumnId(2)).map_or(ColumnType::Text, |c| c.1);
        let year_cell = year.map_or(Cell::Missing, |year| match FiscalYear::read(year.text) {
            Ok(read) => Cell::Year(read),
            Err(fault) => {
                faults.push(year_fault(year.text, &fault, year.span));
                Cell::Unreadable
            }
        });
        let (kept, note) = self.note(series, value);
        let named =
            |(name, note): &(&str, _)| Some((self.facts.vocabulary.column(series, name).filter(|c| c.0 > 2)?, *note));
        let notes: Vec<(ColumnId, Printed<'_>)> = notes.iter().filter_map(named).chain(note).collect();
        for (part, range) in parts(kept) {
            let text = kept.get(range.clone()).unwrap_or("");
            let printed = Printed { text, span: value.part(range) };
            let row = self.row(series, printed.span, Some(owner));
            self.set(row, ColumnId(0), year_cell, year.map_or(printed.span, |y| y.span));
            self.set(row, ColumnId(1), Cell::Number(i64::from(part)), printed.span);
            let cell = self.cell(printed, &ty, faults);
            self.set(row, ColumnId(2), cell, printed.span);
            for (column, note) in &notes {
                let cell = self.cell(*note, &ty, faults);
                self.set(row, *column, cell, note.span);
            }
        }
    }

    /// Says that the value of a series for a year cannot be read.
    pub fn put_year_unreadable(&mut self, owner: RowRef, series: RelationId, year: Option<Printed<'_>>, span: Span) {
        let row = self.row(series, span, Some(owner));
        if let Some((year, read)) = year.and_then(|y| FiscalYear::read(y.text).ok().map(|read| (y, read))) {
            self.set(row, ColumnId(0), Cell::Year(read), year.span);
        }
        self.set(row, ColumnId(1), Cell::Number(0), span);
        self.set(row, ColumnId(2), Cell::Unreadable, span);
    }

    /// A value without the note in brackets that ends it, and the note with its column.
    fn note<'t>(&self, series: RelationId, value: Printed<'t>) -> (&'t str, Option<(ColumnId, Printed<'t>)>) {
        let found = || {
            let whole = value.text.trim_end();
            let inner = whole.strip_suffix([')', '）'])?;
            let open = inner.rfind(['(', '（'])?;
            let (name, note) = inner.get(open..)?.split_once([':', '：'])?;
            let name = name.trim_start_matches(['(', '（']).trim();
            let column = self.facts.vocabulary.column(series, name).filter(|c| c.0 > 2)?;
            let end = inner.len() - (note.len() - note.trim_end().len());
            let start = inner.len() - note.trim_start().len();
            let printed = Printed { text: value.text.get(start..end)?, span: value.part(start..end) };
            Some((value.text.get(..open)?.trim_end(), (column, printed)))
        };
        found().map_or((value.text, None), |(kept, note)| (kept, Some(note)))
    }
}
