//! From statements to facts, after the vocabulary. A statement that fits nothing is reported, and what
//! stands in its block is still read.
use rustc_hash::{FxHashMap, FxHashSet};

use super::build::{Builder, DOCUMENTS};
use super::cell::{CellReader, is_unreadable, whole_number, year_fault};
use super::{Cell, ColumnId, ColumnRole, ColumnType, ReferenceKey, RelationId, RelationKind, RowRef};
use crate::syntax::Spanned;
use crate::syntax::plan::{Atom, Item, Row, Statement};
use crate::text::near::nearest;
use crate::text::{Fault, Message, SourceId, Span};
use crate::value::{FiscalYear, YearFault, parts};

/// What a file is read with.
struct File<'f> {
    text: &'f str,
    faults: &'f mut Vec<Fault>,
}

impl Builder {
    /// Adds the statements of a file. `stem` is the code of the document where the file names none.
    pub fn add_document_file(
        &mut self,
        source: SourceId,
        stem: &str,
        text: &str,
        statements: &[Statement],
        faults: &mut Vec<Fault>,
    ) {
        let file = &mut File { text, faults };
        let mut current: Option<RowRef> = None;
        for statement in statements {
            if self.keywords.get(&statement.keyword.node).is_some_and(|k| k.0 == DOCUMENTS) {
                current = Some(self.document(statement, file));
                continue;
            }
            let document = *current.get_or_insert_with(|| {
                let row = self.row(DOCUMENTS, Span { end: statement.head.start, ..statement.head }, None);
                self.turn_to(row);
                let (printed, folded) = self.facts.symbols.both(stem);
                self.set(row, ColumnId(0), Cell::Text(printed, folded), Span::new(source, 0..0));
                row
            });
            self.child(statement, document, file);
        }
    }

    fn document(&mut self, statement: &Statement, file: &mut File<'_>) -> RowRef {
        let row = self.row(DOCUMENTS, statement.head, None);
        self.turn_to(row);
        self.head(statement, row, file);
        if let Cell::Text(_, code) = self.facts.cell(row, ColumnId(0)) {
            let span = self.written(row, ColumnId(0));
            if let Some(&first) = self.codes.get(&code) {
                let name = self.facts.text(code).to_owned();
                file.faults.push(
                    Fault::error("duplicate-declaration", span)
                        .with("name", name)
                        .related(first, Message::new("first-here")),
                );
            }
            self.codes.entry(code).or_insert(span);
        }
        self.body(statement, row, file);
        row
    }

    /// An entity in the block of `parent`.
    fn child(&mut self, statement: &Statement, parent: RowRef, file: &mut File<'_>) {
        let keyword = &statement.keyword;
        let Some((relation, kind)) = self.keywords.get(&keyword.node).cloned() else {
            let near = nearest(&keyword.node, self.keywords.keys().map(String::as_str));
            file.faults
                .push(Fault::error("unknown-keyword", keyword.span).with("name", &keyword.node).with("near", near));
            for inner in statement.block.iter().flatten() {
                // Only what can stand by itself is looked for; the attributes of an unknown thing are not.
                if self.keywords.contains_key(&inner.keyword.node) {
                    self.child(inner, parent, file);
                }
            }
            return;
        };
        let places =
            self.facts.vocabulary.relations.get(relation.0 as usize).map_or_else(Vec::new, |r| r.places.clone());
        if !places.contains(&parent.relation) {
            let allowed = places.iter().map(|p| self.name(*p)).collect::<Vec<_>>().join("、");
            let place = self.name(parent.relation);
            file.faults.push(
                Fault::error("misplaced", keyword.span)
                    .with("name", &keyword.node)
                    .with("where", place)
                    .with("allowed", allowed),
            );
        }
        if relation == DOCUMENTS {
            return;
        }
        let row = self.row(relation, statement.head, Some(parent));
        if let (Some(kind), Some(column)) = (kind, self.facts.vocabulary.column(relation, "種別")) {
            let (printed, folded) = self.facts.symbols.both(&kind);
            self.set(row, column, Cell::Text(printed, folded), keyword.span);
        }
        self.head(statement, row, file);
        self.body(statement, row, file);
    }

    /// What stands beside the keyword.
    fn head(&mut self, statement: &Statement, row: RowRef, file: &mut File<'_>) {
        let columns = self.columns(row.relation);
        let mark = columns.iter().find(|c| c.1 == ColumnRole::Mark).cloned();
        let mut open: Vec<(ColumnId, ColumnType)> =
            columns.into_iter().filter(|c| c.1 == ColumnRole::Head).map(|c| (c.0, c.2)).collect();
        let mut marked = None;
        if let Some(marker) = &statement.marker {
            match &mark {
                Some((column, _, ColumnType::Reference(target)))
                    if self.facts.vocabulary.column(row.relation, &marker.node) == Some(*column) =>
                {
                    marked = Some((*column, *target, marker.span));
                    self.refer(row, *column, *target, None, ReferenceKey::Nothing, marker.span);
                }
                _ => file.faults.push(Fault::error("unexpected-value", marker.span).with("text", &marker.node)),
            }
        }
        let texts = statement.items.iter().flat_map(|i| &i.atoms).filter(|a| matches!(a.node, Atom::Text(_))).count();
        // A code may stand in quotes where every column is given one: 脚注 "※" "…".
        let mut codes = texts.saturating_sub(open.iter().filter(|c| c.1 == ColumnType::Text).count());
        for item in &statement.items {
            if let Some((column, ColumnType::Reference(target))) = open.first().cloned() {
                open.remove(0);
                self.reference_item(row, column, target, item, file);
                continue;
            }
            for atom in &item.atoms {
                match &atom.node {
                    Atom::Equals => file.faults.push(Fault::error("unexpected-value", atom.span).with("text", "=")),
                    Atom::Text(text) => {
                        let code = open.iter().position(|c| c.1 == ColumnType::Code).filter(|_| codes > 0);
                        codes = codes.saturating_sub(usize::from(code.is_some()));
                        let at = code.or_else(|| open.iter().position(|c| c.1 == ColumnType::Text));
                        match at {
                            Some(at) => {
                                let (column, ty) = open.remove(at);
                                let cell = self.read(text, atom.span, &ty, file);
                                self.set(row, column, cell, atom.span);
                            }
                            None => file.faults.push(Fault::error("unexpected-value", atom.span).with("text", text)),
                        }
                    }
                    Atom::Word(word) => {
                        if let Some((column, target, _)) = marked.take_if(|_| whole_number(word).is_some()) {
                            let key = self.key(&atom.node, target);
                            self.refer(row, column, target, item.label.as_ref(), key, atom.span);
                        } else {
                            self.head_word(row, &mut open, word, atom.span, file);
                        }
                    }
                }
            }
        }
    }

    fn head_word(
        &mut self,
        row: RowRef,
        open: &mut Vec<(ColumnId, ColumnType)>,
        word: &str,
        span: Span,
        file: &mut File<'_>,
    ) {
        let year = FiscalYear::read(word);
        let looks_like_year = !matches!(year, Err(YearFault::NotAYear));
        let fits = |ty: &ColumnType| match ty {
            ColumnType::Year => looks_like_year,
            ColumnType::Number => whole_number(word).is_some() || is_unreadable(word),
            ColumnType::Code => !looks_like_year || !open.iter().any(|c| c.1 == ColumnType::Year),
            _ => false,
        };
        let at = open
            .iter()
            .position(|c| fits(&c.1))
            .or_else(|| open.iter().position(|c| matches!(c.1, ColumnType::Number | ColumnType::Year)));
        match at {
            Some(at) => {
                let (column, ty) = open.remove(at);
                let cell = self.read(word, span, &ty, file);
                self.set(row, column, cell, span);
            }
            None => file.faults.push(Fault::error("unexpected-value", span).with("text", word)),
        }
    }

    fn read(&mut self, text: &str, span: Span, ty: &ColumnType, file: &mut File<'_>) -> Cell {
        let rounding = self.rounding;
        CellReader { facts: &mut self.facts, readings: &mut self.readings, rounding, faults: file.faults }
            .read(text, span, ty)
    }

    fn key(&mut self, atom: &Atom, target: RelationId) -> ReferenceKey {
        match atom {
            Atom::Word(word) => self.key_of_word(word, target),
            Atom::Text(text) => self.key_of_name(text),
            Atom::Equals => ReferenceKey::Nothing,
        }
    }

    fn reference_item(&mut self, row: RowRef, column: ColumnId, target: RelationId, item: &Item, file: &mut File<'_>) {
        let atoms: Vec<_> = item.atoms.iter().filter(|a| a.node != Atom::Equals).collect();
        match atoms.as_slice() {
            [atom] if matches!(&atom.node, Atom::Word(w) if is_unreadable(w)) => {
                self.set(row, column, Cell::Unreadable, atom.span)
            }
            [atom] => {
                let key = self.key(&atom.node, target);
                self.refer(row, column, target, item.label.as_ref(), key, atom.span);
            }
            _ => {
                let text = file.text.get(item.span.range()).unwrap_or("").to_owned();
                file.faults.push(Fault::error("bad-reference", item.span).with("text", text));
            }
        }
    }

    /// The block: its attributes first (they say how figures are rounded), then series, entities and rows.
    fn body(&mut self, statement: &Statement, row: RowRef, file: &mut File<'_>) {
        let mut first: FxHashMap<ColumnId, Span> = FxHashMap::default();
        let mut later = Vec::new();
        for inner in statement.block.iter().flatten() {
            let word = inner.keyword.node.as_str();
            if matches!(word, "読取" | "confidence") && inner.block.is_none() {
                self.confidence(inner, row, file);
                continue;
            }
            let column = self.facts.vocabulary.column(row.relation, word);
            let known = column.and_then(|c| self.columns(row.relation).into_iter().find(|k| k.0 == c));
            match known {
                Some((column, role @ (ColumnRole::Attribute | ColumnRole::List | ColumnRole::Mark), ty))
                    if inner.marker.is_none() && inner.block.is_none() =>
                {
                    if let Some(&before) = first.get(&column) {
                        let fault = Fault::error("duplicate-declaration", inner.keyword.span).with("name", word);
                        file.faults.push(fault.related(before, Message::new("first-here")));
                        continue;
                    }
                    first.insert(column, inner.keyword.span);
                    self.attribute(inner, row, column, role, &ty, file);
                }
                _ => later.push(inner),
            }
        }
        let mut seen: FxHashSet<(RelationId, Option<FiscalYear>, u8)> = FxHashSet::default();
        for inner in later {
            let word = inner.keyword.node.as_str();
            if let (Some(series), None) = (self.facts.vocabulary.series_of(row.relation, word), &inner.block) {
                self.series(inner, row, series, &mut seen, file);
            } else if self.keywords.contains_key(word) || inner.block.is_some() {
                self.child(inner, row, file);
            } else {
                let near = self.nearest_attribute(row.relation, word);
                let relation = self.name(row.relation);
                file.faults.push(
                    Fault::error("unknown-attribute", inner.keyword.span)
                        .with("name", word)
                        .with("relation", relation)
                        .with("near", near),
                );
            }
        }
        if !statement.rows.is_empty() {
            self.rows(statement, row, file);
        }
    }

    fn nearest_attribute(&self, relation: RelationId, word: &str) -> String {
        let columns = self.facts.vocabulary.relations.get(relation.0 as usize).map_or(&[][..], |r| &r.columns);
        let series = self.facts.vocabulary.relations.iter().filter(|r| r.kind == RelationKind::Series(relation));
        let names = columns
            .iter()
            .flat_map(|c| [c.name.as_str(), c.alias.as_str()])
            .chain(series.flat_map(|r| [r.name.as_str(), r.alias.as_str()]));
        nearest(word, names.chain(self.keywords.keys().map(String::as_str)))
    }

    fn confidence(&mut self, statement: &Statement, row: RowRef, file: &mut File<'_>) {
        let words: Vec<_> = statement.items.iter().flat_map(|i| &i.atoms).collect();
        match words.as_slice() {
            [Spanned { node: Atom::Word(word), .. }] if matches!(word.as_str(), "低" | "low") => {
                if let Some(flag) =
                    self.facts.tables.get_mut(row.relation.0 as usize).and_then(|t| t.unsure.get_mut(row.row as usize))
                {
                    *flag = true;
                }
            }
            _ => {
                let text = file.text.get(statement.head.range()).unwrap_or("").to_owned();
                file.faults
                    .push(Fault::error("bad-choice", statement.head).with("text", text).with("allowed", "低 low"));
            }
        }
    }

    fn attribute(
        &mut self,
        statement: &Statement,
        row: RowRef,
        column: ColumnId,
        role: ColumnRole,
        ty: &ColumnType,
        file: &mut File<'_>,
    ) {
        if let (ColumnRole::Mark | ColumnRole::Attribute, ColumnType::Reference(target)) = (role, ty) {
            match statement.items.first() {
                Some(item) => self.reference_item(row, column, *target, item, file),
                None => self.refer(row, column, *target, None, ReferenceKey::Nothing, statement.keyword.span),
            }
            return;
        }
        if role == ColumnRole::List {
            let mut list = Vec::new();
            for item in &statement.items {
                for atom in &item.atoms {
                    let (Atom::Text(text) | Atom::Word(text)) = &atom.node else { continue };
                    let (printed, folded) = self.facts.symbols.both(text);
                    list.push((printed, folded, atom.span));
                }
            }
            let id = u32::try_from(self.facts.lists.len()).unwrap_or(u32::MAX);
            self.facts.lists.push(list);
            let span = statement
                .items
                .last()
                .map_or(statement.head, |l| statement.items.first().map_or(l.span, |f| f.span.to(l.span)));
            self.set(row, column, Cell::List(id), span);
            return;
        }
        let [item] = statement.items.as_slice() else {
            let at = statement.items.get(1).map_or(statement.head, |i| i.span);
            let text = file.text.get(at.range()).unwrap_or("").to_owned();
            file.faults.push(Fault::error("unexpected-value", at).with("text", text));
            return;
        };
        let cell = self.value(item, item.span.range(), ty, file);
        self.set(row, column, cell, item.span);
        if row.relation == DOCUMENTS {
            self.turn_to(row);
        }
    }

    /// The value of an item, or of a part of it: a quoted text without its quotes, else what is printed.
    fn value(&mut self, item: &Item, range: std::ops::Range<usize>, ty: &ColumnType, file: &mut File<'_>) -> Cell {
        let span = Span { source: item.span.source, ..Span::new(item.span.source, range.clone()) };
        if let [Spanned { node: Atom::Text(text), .. }] = item.atoms.as_slice() {
            return self.read(text, span, ty, file);
        }
        let text = file.text.get(range).unwrap_or("").to_owned();
        self.read(&text, span, ty, file)
    }

    fn series(
        &mut self,
        statement: &Statement,
        owner: RowRef,
        series: RelationId,
        seen: &mut FxHashSet<(RelationId, Option<FiscalYear>, u8)>,
        file: &mut File<'_>,
    ) {
        let ty = self.columns(series).get(2).map_or(ColumnType::Text, |c| c.2.clone());
        for item in &statement.items {
            let mut year_cell = Cell::Missing;
            let mut year = None;
            if let Some(label) = &item.label {
                match FiscalYear::read(&label.node) {
                    Ok(read) => (year, year_cell) = (Some(read), Cell::Year(read)),
                    Err(fault) => {
                        file.faults.push(year_fault(&label.node, &fault, label.span));
                        year_cell = Cell::Unreadable;
                    }
                }
            }
            let text = file.text.get(item.span.range()).unwrap_or("");
            for (part, range) in parts(text) {
                if year_cell != Cell::Unreadable && !seen.insert((series, year, part)) {
                    let name =
                        format!("{} {}", statement.keyword.node, item.label.as_ref().map_or("", |l| l.node.as_str()));
                    file.faults.push(Fault::error("duplicate-declaration", item.span).with("name", name.trim()));
                    continue;
                }
                let range = item.span.range().start + range.start..item.span.range().start + range.end;
                let span = Span::new(item.span.source, range.clone());
                let head = item.label.as_ref().map_or(span, |l| l.span.to(span));
                let row = self.row(series, head, Some(owner));
                self.set(row, ColumnId(0), year_cell, item.label.as_ref().map_or(span, |l| l.span));
                self.set(row, ColumnId(1), Cell::Number(i64::from(part)), span);
                let cell = self.value(item, range, &ty, file);
                self.set(row, ColumnId(2), cell, span);
                for (name, value) in &item.notes {
                    match self.facts.vocabulary.column(series, &name.node) {
                        Some(column) if column.0 > 2 => {
                            let cell = self.read(&value.node, value.span, &ty, file);
                            self.set(row, column, cell, value.span);
                        }
                        _ => {
                            let near = self.nearest_attribute(series, &name.node);
                            let relation = self.name(series);
                            let fault = Fault::error("unknown-attribute", name.span)
                                .with("name", &name.node)
                                .with("relation", relation);
                            file.faults.push(fault.with("near", near));
                        }
                    }
                }
            }
        }
    }

    /// The rows of a table: a header of column names, then the data.
    fn rows(&mut self, statement: &Statement, owner: RowRef, file: &mut File<'_>) {
        let mut rows = statement.rows.iter();
        let (Some(relation), Some(header)) = (self.facts.vocabulary.rows_of(owner.relation), rows.next()) else {
            if let Some(row) = statement.rows.first() {
                let name = self.name(owner.relation);
                file.faults.push(Fault::error("unexpected-table", row.span).with("name", name));
            }
            return;
        };
        let all = self.columns(relation);
        let mut columns: Vec<Option<ColumnId>> = Vec::new();
        let mut unknown = Vec::new();
        for cell in &header.cells {
            let found = self.facts.vocabulary.heading(relation, &cell.node);
            if found.is_none() {
                let names = self.facts.vocabulary.relations.get(relation.0 as usize).map_or(&[][..], |r| &r.columns);
                let near =
                    nearest(&cell.node, names.iter().filter(|c| c.role == ColumnRole::Cell).map(|c| c.name.as_str()));
                unknown.push(Fault::error("unknown-column", cell.span).with("name", &cell.node).with("near", near));
            }
            columns.push(found);
        }
        if columns.iter().all(Option::is_none) {
            file.faults.push(Fault::error("missing-header", header.span));
            return;
        }
        file.faults.append(&mut unknown);
        for line in rows {
            self.table_row(line, owner, relation, &columns, &all, file);
        }
    }

    fn table_row(
        &mut self,
        line: &Row,
        owner: RowRef,
        relation: RelationId,
        columns: &[Option<ColumnId>],
        all: &[(ColumnId, ColumnRole, ColumnType)],
        file: &mut File<'_>,
    ) {
        // No cell of a torn row is known to stand in its column: sums over the table cannot be judged either.
        let torn = line.cells.len() != columns.len();
        if torn {
            file.faults.push(
                Fault::error("row-cells", line.span).with("expected", columns.len()).with("found", line.cells.len()),
            );
        }
        let row = self.row(relation, line.span, Some(owner));
        for (cell, column) in line.cells.iter().zip(columns) {
            let Some((column, _, ty)) = column.and_then(|c| all.iter().find(|k| k.0 == c)) else { continue };
            let value = if torn { Cell::Unreadable } else { self.read(&cell.node, cell.span, ty, file) };
            self.set(row, *column, value, cell.span);
        }
        // What a short row leaves out is not known to be blank.
        for (column, _, _) in
            columns.iter().skip(line.cells.len()).flatten().filter_map(|c| all.iter().find(|k| k.0 == *c))
        {
            self.set(row, *column, Cell::Unreadable, line.span);
        }
        self.derive(row);
    }
}
