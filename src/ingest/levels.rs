//! What a row says: it goes on with what stands above, or begins something new.
use super::layout::{Rung, Slot, Spot};
use super::mapping::Target;
use super::rows::{Open, Said, Walk, warning};
use super::value::{RowCells, Taken};
use crate::plan::{ColumnId, DOCUMENTS, Printed, RelationId, RowRef};
use crate::text::normal::normal;
use crate::text::{Fault, GridCell, Message, Page, SourceId, Span};
use crate::value::{Figure, parts};

impl<'t> Walk<'_, '_, 't> {
    /// Whether a row of a plain table says the same of all outer levels as the row before.
    #[inline]
    pub(super) fn goes_on(&self, page: Page<'_>, cells: &[GridCell]) -> bool {
        // Nothing is merged in a plain table, and most rows begin with a cell in every column.
        let at = |column: u32| {
            let straight = cells.get(column as usize).filter(|c| c.column == column);
            let found = || cells.binary_search_by_key(&column, |c| c.column).ok().and_then(|n| cells.get(n));
            straight.or_else(found).map(|cell| (*cell, false))
        };
        let outer = self.layout.rungs.len().saturating_sub(1);
        self.plain.is_some() && (0..outer).all(|depth| self.is_settled(depth, page, at))
    }

    /// Enters a row. Its cells are given by column, where merged ones go on, and `written` as the sheet has them.
    pub(super) fn row<'r>(&mut self, cells: &RowCells<'r>, written: &[GridCell], torn: bool)
    where
        't: 'r,
    {
        let layout = self.layout;
        let last = self.layout.rungs.len().saturating_sub(1);
        let named = self.layout.rungs.iter().map(|rung| {
            let mut heads = rung.slots.iter().filter(|s| s.is_head()).flat_map(Slot::columns);
            heads.any(|c| matches!(cells.cells.get(c as usize), Some(Some((_, false)))))
        });
        let named: Vec<bool> = if self.shared.is_empty() { Vec::new() } else { named.collect() };
        let mut reopened = false;
        for (depth, rung) in layout.rungs.iter().enumerate() {
            if depth == last && self.plain.is_some() {
                self.plain_cells(cells.page, written, torn);
                break;
            }
            let at = |column: u32| cells.cells.get(column as usize).copied().flatten();
            if !reopened && depth < last && self.is_settled(depth, cells.page, at) {
                continue;
            }
            self.enter_plain();
            if let Some(plain) = &mut self.plain {
                plain.parent = None;
            }
            let faults = self.reader.faults.len();
            let inner = layout.rungs.iter().zip(&named).skip(depth + 1).filter(|(_, named)| **named);
            let inner: Vec<&Rung<'t>> = inner.map(|(rung, _)| rung).collect();
            let outer = !named.get(depth).copied().unwrap_or(false) && named.iter().take(depth).any(|n| *n);
            let values: Vec<Vec<Taken<'r>>> = rung
                .slots
                .iter()
                .enumerate()
                .map(|(n, slot)| {
                    let elsewhere = !slot.is_head()
                        && slot.columns().any(|c| self.shared.contains(&c))
                        && (outer || inner.iter().any(|r| r.slots.iter().any(|s| s.columns().eq(slot.columns()))));
                    if elsewhere { Vec::new() } else { self.values(cells, (depth, n), slot, reopened) }
                })
                .collect();
            self.rung(depth, depth == last, rung, &values, &mut reopened, torn);
            let quiet =
                !torn && faults == self.reader.faults.len() && self.open.get(depth).is_some_and(Option::is_some);
            if let Some(settled) = self.settled.get_mut(depth).filter(|_| depth < last) {
                *settled = quiet.then(|| rung.columns().map(|column| (column, said(cells, column))).collect());
            }
        }
    }

    /// Whether a level says the same as in the row before, where it said nothing that had to be reported: then all of it
    /// is entered already.
    #[inline]
    fn is_settled(&self, depth: usize, page: Page<'_>, at: impl Fn(u32) -> Option<(GridCell, bool)>) -> bool {
        let same = |column: u32, was: &Said| match (at(column), was) {
            (None, None) => true,
            (Some((cell, continued)), Some((text, before, kind))) => {
                page.written(&cell) == text && continued == *before && cell.kind == *kind
            }
            _ => false,
        };
        let settled = self.settled.get(depth).and_then(Option::as_ref);
        settled.is_some_and(|all| all.iter().all(|(column, was)| same(*column, was)))
    }

    /// The values of a slot; where the mapping carries it down, those above it if there are none.
    fn values<'r>(
        &mut self,
        cells: &RowCells<'r>,
        at: (usize, usize),
        slot: &'r Slot<'r>,
        reopened: bool,
    ) -> Vec<Taken<'r>> {
        let mut values: Vec<Taken<'r>> = cells.values(slot);
        if let Some(unit) = slot.unit.as_ref().and_then(|u| cells.spot(u)) {
            for value in &mut values {
                with_unit(value, &unit.text);
            }
        }
        if !slot.field.from.carry {
            return values;
        }
        if values.is_empty() && !reopened {
            return self.carried.get(&at).cloned().unwrap_or_default();
        }
        self.carried.insert(at, values.iter().cloned().map(Taken::into_kept).collect());
        values
    }

    fn rung(
        &mut self,
        depth: usize,
        innermost: bool,
        rung: &'t Rung<'t>,
        values: &[Vec<Taken<'_>>],
        reopened: &mut bool,
        torn: bool,
    ) {
        let told = |v: &&Taken<'_>| !v.fixed;
        let heads = || rung.slots.iter().zip(values).filter(|(s, _)| s.is_head());
        let in_columns = heads().any(|(s, _)| s.columns().next().is_some());
        let blank = !heads().flat_map(|(_, v)| v).any(|v| told(&v));
        let continued = !blank && heads().flat_map(|(_, v)| v).filter(told).all(|v| v.continued);
        let is_value = |s: &Slot<'_>| s.field.target != Target::Unsure;
        let any = rung
            .slots
            .iter()
            .zip(values)
            .filter(|(s, _)| is_value(s))
            .flat_map(|(_, v)| v)
            .any(|v| !v.fixed && !v.continued);
        let key = heads()
            .map(|(_, v)| v.first().map_or_else(String::new, |v| normal(&v.text)))
            .collect::<Vec<_>>()
            .join("\u{1f}");
        // A document that the mapping does not name has the name of its file.
        let nameless = rung.level.relation == DOCUMENTS && heads().next().is_none();
        let key = if nameless { normal(self.stem) } else { key };
        let same = self.open.get(depth).and_then(Option::as_ref).is_some_and(|o| o.key == key);
        let is_open = self.open.get(depth).is_some_and(Option::is_some);
        if innermost && (rung.is_row || !in_columns) && rung.level.relation != DOCUMENTS {
            if any {
                self.begin(depth, rung, values, key, torn);
            }
            return;
        }
        if innermost && rung.level.relation != DOCUMENTS {
            match (blank, continued && is_open && !*reopened) {
                (false, false) => self.begin(depth, rung, values, key, torn),
                (false, true) => self.go_on(depth, rung, values, true, torn),
                // The figures of a second line belong to what stands in the first.
                (true, _) if any && is_open && !*reopened && self.is_more(depth, rung, values) => {
                    self.go_on(depth, rung, values, true, torn);
                }
                (true, _) if any => self.orphan(depth, rung, values),
                (true, _) => {}
            }
            return;
        }
        if *reopened && blank && in_columns {
            if let Some(open) = self.open.get_mut(depth) {
                *open = None;
            }
            return;
        }
        if is_open && !*reopened && (same || (blank && in_columns)) {
            self.go_on(depth, rung, values, false, torn);
            return;
        }
        if blank && in_columns {
            return;
        }
        self.begin(depth, rung, values, key, torn);
        *reopened = true;
    }

    /// Whether a row without a name says more of what stands above: other parts of a value (② …), values of a year
    /// that the row names, and otherwise nothing new.
    fn is_more(&self, depth: usize, rung: &Rung<'t>, values: &[Vec<Taken<'_>>]) -> bool {
        let entered = self.open.get(depth).and_then(Option::as_ref).map(|o| &o.entered);
        let told = (0..).zip(rung.slots.iter().zip(values)).flat_map(|(n, (s, v))| v.iter().map(move |v| (n, s, v)));
        let mut figures = 0;
        let all = told.filter(|(_, _, v)| !v.fixed && !v.continued).all(|(n, slot, value)| match slot.field.target {
            Target::Series(_) => {
                figures += 1;
                matches!(slot.year, Some(Spot::Column(_))) || parts(&value.text).first().is_some_and(|p| p.0 > 0)
            }
            _ => {
                let before = entered.and_then(|e: &Vec<_>| e.get(n)?.as_ref());
                before.is_some_and(|(text, _)| normal(text) == normal(&value.text))
            }
        });
        all && figures > 0
    }

    /// Figures in a row that does not say what they are of.
    fn orphan(&mut self, depth: usize, rung: &Rung<'t>, values: &[Vec<Taken<'_>>]) {
        let own = |v: &&Taken<'_>| !v.fixed && !v.continued;
        let Some(value) = values.iter().flatten().find(own) else { return };
        // A dash in every column says that there is nothing.
        if values.iter().flatten().filter(own).all(|v| matches!(Figure::read(&v.text), Ok(Figure::Missing))) {
            return;
        }
        let fault = Fault::error("sheet-orphan", value.span).with("text", &value.text);
        self.reader.faults.push(fault.with("relation", &rung.level.name.text));
        if let Some(open) = self.open.get_mut(depth) {
            *open = None;
        }
    }

    pub(super) fn parent(&mut self, depth: usize, relation: RelationId) -> Option<RowRef> {
        if relation == DOCUMENTS {
            return None;
        }
        let vocabulary = self.reader.builder.vocabulary();
        let places = vocabulary.relations.get(relation.0 as usize).map_or_else(Vec::new, |r| r.places.clone());
        let above = || self.open.iter().take(depth).rev().flatten().map(|o| o.row);
        let found = above().find(|r| places.contains(&r.relation)).or_else(|| above().next());
        found.or_else(|| Some(self.named_document()))
    }

    /// The document of a table that names none has the name of its file.
    fn named_document(&mut self) -> RowRef {
        if let Some(document) = self.document {
            return document;
        }
        let key = (None, DOCUMENTS, normal(self.stem));
        let row = match self.reader.begun.get(&key) {
            Some((row, _)) => *row,
            None => {
                let nowhere = Span::new(self.id, 0..0);
                let row = self.reader.builder.begin(DOCUMENTS, nowhere, None);
                let code = Printed { text: self.stem, span: nowhere };
                self.reader.builder.put(row, ColumnId(0), code, self.reader.faults);
                self.reader.begun.insert(key, (row, self.id));
                row
            }
        };
        self.reader.builder.turn_to(row);
        self.document = Some(row);
        row
    }

    fn begin(&mut self, depth: usize, rung: &'t Rung<'t>, values: &[Vec<Taken<'_>>], key: String, torn: bool) {
        let relation = rung.level.relation;
        let parent = self.parent(depth, relation);
        let entered = rung.slots.iter().map(|_| None).collect();
        self.open.iter_mut().skip(depth).for_each(|o| *o = None);
        let known = (parent, relation, key.clone());
        let upper = depth + 1 < self.layout.rungs.len();
        // On another sheet, and for a document anywhere, the same thing goes on; here a second one is a second one.
        let before = self.reader.begun.get(&known).filter(|(_, sheet)| relation == DOCUMENTS || *sheet != self.id);
        if let Some((row, _)) = before.copied().filter(|_| upper || relation == DOCUMENTS) {
            if relation == DOCUMENTS {
                self.reader.builder.turn_to(row);
            }
            if let Some(open) = self.open.get_mut(depth) {
                *open = Some(Open { row, key, entered });
            }
            self.go_on(depth, rung, values, false, torn);
            return;
        }
        let head = head_of(rung, values, self.id);
        let row = self.reader.builder.begin(relation, head, parent);
        if upper || relation == DOCUMENTS {
            self.reader.begun.insert(known, (row, self.id));
        }
        if let Some((column, kind)) = &rung.level.kind
            && !kind.is_empty()
        {
            let kind = Printed { text: kind, span: rung.level.name.span };
            self.reader.builder.put(row, *column, kind, self.reader.faults);
        }
        if let Some(open) = self.open.get_mut(depth) {
            *open = Some(Open { row, key, entered });
        }
        for (n, (slot, values)) in rung.slots.iter().zip(values).enumerate() {
            self.enter(depth, n, row, slot, values, torn);
        }
        if relation == DOCUMENTS {
            if self.reader.builder.is_blank(row, ColumnId(0)) {
                let code = Printed { text: self.stem, span: Span::new(self.id, 0..0) };
                self.reader.builder.put(row, ColumnId(0), code, self.reader.faults);
            }
            self.declare(rung, values);
        }
        if rung.is_row {
            self.reader.builder.derive(row);
        }
    }

    /// A document that a plan file has declared already is declared twice.
    fn declare(&mut self, rung: &Rung<'t>, values: &[Vec<Taken<'_>>]) {
        let code = rung.slots.iter().zip(values).find(|(s, _)| s.is_head()).and_then(|(_, v)| v.first());
        let Some(code) = code else { return };
        if let Some(first) = self.reader.builder.document_of(&code.text) {
            self.reader.faults.push(
                Fault::error("duplicate-declaration", code.span)
                    .with("name", &code.text)
                    .related(first, Message::new("first-here")),
            );
        }
        self.reader.builder.declare_document(Printed { text: &code.text, span: code.span });
    }

    /// More of a thing that was begun before: what is new is entered, what differs is told. Of a torn row nothing is new but
    /// that a year cannot be read; what a torn row began is taken from the first that is sound.
    fn go_on(&mut self, depth: usize, rung: &'t Rung<'t>, values: &[Vec<Taken<'_>>], series: bool, torn: bool) {
        let Some(row) = self.open.get(depth).and_then(Option::as_ref).map(|o| o.row) else { return };
        for (n, (slot, values)) in rung.slots.iter().zip(values).enumerate() {
            let Some(value) = values.first().filter(|v| !v.continued && !v.fixed) else {
                continue;
            };
            let is_series = matches!(slot.field.target, Target::Series(_));
            let is_sound = |column| !self.reader.builder.is_unreadable(row, column);
            let named = slot.is_head() && rung.level.relation == DOCUMENTS && is_sound(ColumnId(0));
            if named || (torn && !(series && is_series)) {
                continue;
            }
            let before = self.open.get(depth).and_then(Option::as_ref).and_then(|o| o.entered.get(n)?.clone());
            match (before, &slot.field.target) {
                (Some(_), Target::Series(_)) if series => self.enter(depth, n, row, slot, values, torn),
                (Some((text, first)), _)
                    if normal(&text) != normal(&value.text) && first.source == value.span.source =>
                {
                    let fault = Fault::error("sheet-differs", value.span)
                        .with("text", &value.text)
                        .with("before", &text)
                        .with("name", &slot.field.name.text);
                    self.reader.faults.push(warning(fault.related(first, Message::new("sheet-before-here"))));
                }
                (Some(_), _) => {}
                (None, Target::Column(column, ..))
                    if !self.reader.builder.is_blank(row, *column) && is_sound(*column) => {}
                (None, _) => self.enter(depth, n, row, slot, values, torn),
            }
        }
    }
}

fn said(cells: &RowCells<'_>, column: u32) -> Said {
    let (cell, continued) = cells.cells.get(column as usize).copied().flatten()?;
    Some((cells.page.written(&cell).to_owned(), continued, cell.kind))
}

/// A figure with a unit that stands elsewhere, unless it has it already or is none. With a unit that cannot be read it cannot be
/// read either; a dash is none.
fn with_unit(value: &mut Taken<'_>, unit: &str) {
    if matches!(Figure::read(&value.text), Ok(Figure::Quantity(q)) if q.unit.is_empty()) {
        match Figure::read(unit) {
            Ok(Figure::Missing) => return,
            Ok(Figure::Unreadable) => {
                value.text = std::borrow::Cow::Owned(unit.trim().to_owned());
                return;
            }
            _ => {}
        }
        value.text = std::borrow::Cow::Owned(format!("{}{}", value.text.trim(), unit.trim()));
    }
}

/// Where a thing stands: from the first to the last cell that names it.
fn head_of(rung: &Rung<'_>, values: &[Vec<Taken<'_>>], id: SourceId) -> Span {
    let heads = rung.slots.iter().zip(values).filter(|(s, _)| s.is_head()).flat_map(|(_, v)| v);
    let mut spans: Vec<Span> = heads.map(|v| v.span).filter(|s| s.source == id).collect();
    if spans.is_empty() {
        spans = values.iter().flatten().map(|v| v.span).filter(|s| s.source == id).take(1).collect();
    }
    if spans.is_empty() {
        spans = values.iter().flatten().map(|v| v.span).take(1).collect();
    }
    spans.sort_unstable();
    match (spans.first(), spans.last()) {
        (Some(first), Some(last)) if first.source == last.source => first.to(*last),
        (Some(first), _) => *first,
        _ => Span::new(id, 0..0),
    }
}
