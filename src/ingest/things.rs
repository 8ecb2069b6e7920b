//! What `totsugo export` writes, read back: tables with a row for each thing, and JSON or YAML with things in things.
use super::entry::is_error;
use crate::plan::{Builder, ColumnRole, DOCUMENTS, Printed, RelationId, RelationKind, RowRef};
use crate::syntax::yaml::{Node, Value, parse_large};
use crate::text::formula::bare;
use crate::text::near::nearest;
use crate::text::normal::normal;
use crate::text::{Cells, Fault, Message, Source, SourceId, Span};
use crate::value::FiscalYear;

/// The headings of the first two columns of such a table.
const FIRST: [&str; 2] = ["段", "種類"];
/// The key of what stands in a thing.
const INSIDE: &str = "内容";
/// Deeper nesting than this is a mistake, or an attack.
const DEEPEST: usize = 64;

/// Endings of files that hold things in things.
pub const DATA_ENDINGS: [&str; 3] = [".plan.json", ".plan.yaml", ".plan.yml"];

/// Whether a sheet is a table with a row for each thing.
#[must_use]
pub fn is_outline(source: &Source) -> bool {
    let row = source.row(0);
    FIRST.iter().zip(0..).all(|(name, column)| {
        row.iter().any(|c| c.column == column && source.text_of(c).trim_start_matches('\u{feff}') == *name)
    })
}

/// Enters what is read into the facts.
struct Entry<'b> {
    builder: &'b mut Builder,
    faults: &'b mut Vec<Fault>,
}

impl Entry<'_> {
    /// Begins a thing of a kind in another; `None` if there is no such kind.
    fn begin(&mut self, kind: Printed<'_>, parent: Option<RowRef>, head: Span) -> Option<RowRef> {
        let vocabulary = self.builder.vocabulary();
        let found = vocabulary.keyword(kind.text).map(|(relation, kind)| (relation, kind.map(str::to_owned)));
        let Some((relation, fixed)) = found else {
            let names =
                vocabulary.relations.iter().filter(|r| matches!(r.kind, RelationKind::Entity | RelationKind::Rows(_)));
            let near = nearest(kind.text, names.map(|r| r.name.as_str()));
            self.faults.push(Fault::error("unknown-keyword", kind.span).with("name", kind.text).with("near", near));
            return None;
        };
        let places = vocabulary.relations.get(relation.0 as usize).map_or(&[][..], |r| &r.places);
        let fits = match parent {
            None => relation == DOCUMENTS,
            Some(parent) => places.contains(&parent.relation),
        };
        if !fits {
            let name = |id: &RelationId| vocabulary.relations.get(id.0 as usize).map_or("", |r| r.name.as_str());
            let allowed = places.iter().map(name).collect::<Vec<_>>().join("、");
            let around = parent.map_or(String::new(), |p| name(&p.relation).to_owned());
            let fault = Fault::error("misplaced", kind.span).with("name", kind.text);
            self.faults.push(fault.with("where", around).with("allowed", allowed));
            return None;
        }
        let row = self.builder.begin(relation, head, parent);
        if let (Some(fixed), Some(column)) = (fixed, self.builder.vocabulary().column(relation, "種別")) {
            self.builder.put(row, column, Printed { text: &fixed, span: kind.span }, self.faults);
        }
        Some(row)
    }

    /// Enters an attribute, or a value of a series for a year.
    fn field(&mut self, row: RowRef, name: Printed<'_>, year: Option<Printed<'_>>, values: &[Printed<'_>]) {
        let Some(first) = values.first() else { return };
        if matches!(name.text, "読取" | "confidence") {
            self.builder.put_unsure(row);
            return;
        }
        let vocabulary = self.builder.vocabulary();
        if let (Some(column), None) = (vocabulary.column(row.relation, name.text), year) {
            let declared =
                vocabulary.relations.get(row.relation.0 as usize).and_then(|r| r.columns.get(column.0 as usize));
            let Some((role, mark)) = declared.map(|c| (c.role, normal(&c.name))) else { return };
            match role {
                ColumnRole::List => self.builder.put_list(row, column, values),
                ColumnRole::Mark if first.text.trim().is_empty() || normal(first.text) == mark => {
                    self.builder.put_mark(row, column, first.span);
                }
                _ if is_error(first.text.trim()) => {
                    self.faults.push(Fault::error("cell-error", first.span).with("text", first.text.trim()));
                    self.builder.put_unreadable(row, column, first.span);
                }
                _ => self.builder.put(row, column, *first, self.faults),
            }
            if row.relation == DOCUMENTS && column.0 == 0 {
                self.declare(*first);
            }
            return;
        }
        // The year may stand behind the name: 目標 R4.
        let (series, year) = match (vocabulary.series_of(row.relation, name.text), year) {
            (Some(series), year) => (Some(series), year),
            (None, None) => match name.text.rsplit_once(' ') {
                Some((before, last)) if FiscalYear::read(last).is_ok() || last == "判読不能" => {
                    (vocabulary.series_of(row.relation, before), Some(Printed { text: last, span: name.span }))
                }
                _ => (None, None),
            },
            (None, year) => (None, year),
        };
        match series {
            Some(series) => {
                for value in values {
                    self.builder.put_year(row, series, year, *value, &[], self.faults);
                }
            }
            None => {
                let relation = vocabulary.relations.get(row.relation.0 as usize);
                let columns = relation.map_or(&[][..], |r| &r.columns).iter().map(|c| c.name.as_str());
                let series = vocabulary.relations.iter().filter(|r| r.kind == RelationKind::Series(row.relation));
                let near = nearest(name.text, columns.chain(series.map(|s| s.name.as_str())));
                let fault = Fault::error("unknown-attribute", name.span).with("name", name.text).with("near", near);
                self.faults.push(fault.with("relation", relation.map_or("", |r| r.name.as_str())));
            }
        }
    }

    fn declare(&mut self, code: Printed<'_>) {
        if let Some(first) = self.builder.document_of(code.text) {
            let fault = Fault::error("duplicate-declaration", code.span).with("name", code.text);
            self.faults.push(fault.related(first, Message::new("first-here")));
        }
        self.builder.declare_document(code);
    }

    fn end(&mut self, row: RowRef) {
        let kind = self.builder.vocabulary().relations.get(row.relation.0 as usize).map(|r| r.kind);
        if matches!(kind, Some(RelationKind::Rows(_))) {
            self.builder.derive(row);
        }
    }
}

/// Enters the things of a table with a row for each.
pub fn read_outline(builder: &mut Builder, id: SourceId, source: &Source, faults: &mut Vec<Fault>) {
    let Some(grid) = &source.grid else { return };
    let mut entry = Entry { builder, faults };
    let heads: Vec<(u32, String, Span)> = source
        .row(0)
        .iter()
        .map(|c| {
            let text = source.text_of(c).trim_start_matches('\u{feff}').to_owned();
            (c.column, text, Span::new(id, c.start as usize..c.end as usize))
        })
        .collect();
    let delimited = matches!(grid.cells, Cells::Delimited { .. });
    let mut open: Vec<Option<RowRef>> = Vec::new();
    for number in 1..grid.rows() {
        let cells = source.row(number);
        let text = |column: u32| {
            let cell = cells.iter().find(|c| c.column == column)?;
            let text = source.text_of(cell).into_owned();
            let said = if delimited { bare(&text) } else { &text };
            // The apostrophe that keeps a spreadsheet from working it out is not what is printed.
            let start = cell.start as usize + text.len() - said.len();
            Some((said.to_owned(), Span::new(id, start..cell.end as usize)))
        };
        let (Some((depth, depth_span)), Some((kind, kind_span))) = (text(0), text(1)) else {
            if let Some(cell) = cells.first() {
                let span = Span::new(id, cell.start as usize..cell.end as usize);
                entry.faults.push(Fault::error("outline-row", span));
            }
            continue;
        };
        let level = depth.parse::<usize>().ok().filter(|d| *d >= 1 && *d <= open.len() + 1 && *d <= DEEPEST);
        let Some(level) = level else {
            entry.faults.push(Fault::error("outline-row", depth_span));
            continue;
        };
        open.truncate(level - 1);
        let parent = open.last().copied().flatten();
        let lost = level > 1 && parent.is_none();
        let begun = if lost { None } else { entry.begin(Printed { text: &kind, span: kind_span }, parent, kind_span) };
        open.push(begun);
        let Some(row) = begun else { continue };
        for (column, name, name_span) in heads.iter().filter(|h| h.0 > 1) {
            let Some((value, span)) = text(*column) else { continue };
            let lines: Vec<&str> = value.split('\n').collect();
            let name = Printed { text: name, span: *name_span };
            let list = is_list(entry.builder, row, name.text);
            let values: Vec<Printed<'_>> = if list {
                lines.iter().map(|text| Printed { text, span }).collect()
            } else {
                vec![Printed { text: &value, span }]
            };
            entry.field(row, name, None, &values);
        }
        entry.end(row);
    }
}

fn is_list(builder: &Builder, row: RowRef, name: &str) -> bool {
    let vocabulary = builder.vocabulary();
    let column = vocabulary.column(row.relation, name);
    let relation = vocabulary.relations.get(row.relation.0 as usize);
    column.and_then(|c| relation?.columns.get(c.0 as usize)).is_some_and(|c| c.role == ColumnRole::List)
}

/// Enters the things of a JSON or YAML file.
pub fn read_data(builder: &mut Builder, id: SourceId, source: &Source, faults: &mut Vec<Fault>) {
    let Some(tree) = parse_large(id, source, faults) else { return };
    let mut entry = Entry { builder, faults };
    entry.list(&tree, None, 0);
}

impl Entry<'_> {
    fn list(&mut self, node: &Node, parent: Option<RowRef>, depth: usize) {
        match &node.value {
            Value::List(items) if depth < DEEPEST => items.iter().for_each(|item| self.thing(item, parent, depth)),
            Value::Nothing => {}
            _ => self.wrong(node, "list"),
        }
    }

    fn wrong(&mut self, node: &Node, expected: &'static str) {
        self.faults.push(Fault::error("yaml-type", node.span).with("key", INSIDE).with("expected", expected));
    }

    /// `{事業: {…}, 内容: […]}`.
    fn thing(&mut self, node: &Node, parent: Option<RowRef>, depth: usize) {
        let Value::Map(entries) = &node.value else { return self.wrong(node, "map") };
        let mut begun = None;
        for (key, value) in entries {
            let Value::Text(kind) = &key.value else { return self.wrong(key, "text") };
            if kind == INSIDE {
                continue;
            }
            let Some(row) = self.begin(Printed { text: kind, span: key.span }, parent, key.span) else { return };
            begun = Some(row);
            match &value.value {
                Value::Map(fields) => fields.iter().for_each(|(name, value)| self.named(row, name, value)),
                Value::Nothing => {}
                _ => self.wrong(value, "map"),
            }
            self.end(row);
        }
        let inside = entries.iter().find(|(key, _)| matches!(&key.value, Value::Text(k) if k == INSIDE));
        match (begun, inside) {
            (Some(row), Some((_, inside))) => self.list(inside, Some(row), depth + 1),
            (None, _) => self.wrong(node, "map"),
            (Some(_), None) => {}
        }
    }

    fn named(&mut self, row: RowRef, name: &Node, value: &Node) {
        let Value::Text(text) = &name.value else { return self.wrong(name, "text") };
        let label = Printed { text, span: name.span };
        match &value.value {
            Value::Map(years) => {
                for (year, value) in years {
                    let (Value::Text(text) | Value::Plain(text)) = &year.value else { return self.wrong(year, "text") };
                    let year = Printed { text, span: year.span };
                    let year = (!text.is_empty()).then_some(year);
                    match &value.value {
                        Value::List(items) => items.iter().for_each(|item| self.year(row, label, year, item)),
                        _ => self.year(row, label, year, value),
                    }
                }
            }
            Value::List(items) => {
                let texts: Vec<Printed<'_>> = items.iter().filter_map(printed).collect();
                if texts.len() < items.len() {
                    self.wrong(value, "text");
                }
                self.field(row, label, None, &texts);
            }
            _ => {
                if let Some(value) = printed(value) {
                    self.field(row, label, None, &[value]);
                }
            }
        }
    }

    /// A value of a series: a text, or `{値: …, 変更前: …}`.
    fn year(&mut self, row: RowRef, name: Printed<'_>, year: Option<Printed<'_>>, node: &Node) {
        let Value::Map(parts) = &node.value else {
            if let Some(value) = printed(node) {
                self.series(row, name, year, value, &[]);
            }
            return;
        };
        let mut value = None;
        let mut notes = Vec::new();
        for (key, part) in parts {
            match (&key.value, printed(part)) {
                (Value::Text(key), Some(part)) if key == "値" => value = Some(part),
                (Value::Text(key), Some(part)) => notes.push((key.as_str(), part)),
                _ => self.wrong(part, "text"),
            }
        }
        match value {
            Some(value) => self.series(row, name, year, value, &notes),
            None => self.faults.push(Fault::error("yaml-missing-key", node.span).with("name", "値")),
        }
    }

    fn series(
        &mut self,
        row: RowRef,
        name: Printed<'_>,
        year: Option<Printed<'_>>,
        value: Printed<'_>,
        notes: &[(&str, Printed<'_>)],
    ) {
        match self.builder.vocabulary().series_of(row.relation, name.text) {
            Some(series) => self.builder.put_year(row, series, year, value, notes, self.faults),
            // What is no series is named as what is no attribute either.
            None => self.field(row, Printed { text: &format!("{} R1", name.text), ..name }, None, &[value]),
        }
    }
}

fn printed(node: &Node) -> Option<Printed<'_>> {
    match &node.value {
        Value::Text(text) | Value::Plain(text) => {
            let Span { start, end, source } = node.span;
            // The place of a text in quotes is the text.
            let inner = Span { start: start.saturating_add(1), end: end.saturating_sub(1), source };
            let quoted = node.span.range().len() == text.len() + 2;
            Some(Printed { text, span: if quoted { inner } else { node.span } })
        }
        _ => None,
    }
}
