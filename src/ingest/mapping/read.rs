//! From the YAML of a mapping to what is looked for on the sheets. Every mistake is reported where it stands.
use globset::{GlobBuilder, GlobSetBuilder};

use super::place::{Bare, from, pattern, place, rows};
use super::{Field, Hidden, Level, Mapping, Table, Target};
use crate::plan::{ColumnRole, DOCUMENTS, RelationId, RelationKind, Vocabulary};
use crate::syntax::yaml::{Node, Reader, Said, Value, parse, seen};
use crate::text::near::nearest;
use crate::text::{Fault, Source, SourceId};
use crate::value::FiscalYear;

/// The keys of a mapping, in the order of the manual.
const KEYS: [&str; 6] = ["files", "encoding", "delimiter", "hidden", "document", "tables"];
/// The keys of a table.
const TABLE: [&str; 6] = ["sheet", "header", "rows", "until", "skip", "columns"];
/// Encodings by the names that are used for them.
const ENCODINGS: &str = "utf-8、shift_jis、cp932、utf-16、utf-16le、utf-16be、euc-jp";

/// Reads a mapping with the words of a vocabulary; `None` if nothing can be read with it.
#[must_use]
pub fn read(id: SourceId, source: &Source, vocabulary: &Vocabulary, faults: &mut Vec<Fault>) -> Option<Mapping> {
    let mut reader = MappingReader { yaml: Reader::default(), vocabulary };
    let tree = parse(id, source, &mut reader.yaml.faults);
    let mapping = tree.and_then(|tree| reader.mapping(&tree));
    let broken = !reader.yaml.faults.is_empty();
    reader.yaml.faults.sort_by_key(|f| (f.span.start, f.span.end));
    faults.append(&mut reader.yaml.faults);
    mapping.filter(|_| !broken)
}

struct MappingReader<'v> {
    yaml: Reader,
    vocabulary: &'v Vocabulary,
}

impl MappingReader<'_> {
    fn mapping(&mut self, tree: &Node) -> Option<Mapping> {
        let mut out = Mapping {
            span: tree.span,
            files: globset::GlobSet::empty(),
            encoding: None,
            delimiter: None,
            hidden: Hidden::default(),
            document: None,
            tables: Vec::new(),
        };
        let mut seen_keys = Vec::new();
        for (key, value) in self.yaml.entries("mapping", tree.span, tree) {
            let Some(key) = self.yaml.key(key, &KEYS) else { continue };
            match key.text.as_str() {
                "files" => self.files(&key, value, &mut out),
                "encoding" => self.encoding(&key, value, &mut out),
                "delimiter" => self.delimiter(&key, value, &mut out),
                "hidden" => self.hidden(&key, value, &mut out),
                "document" => out.document = self.document(&key, value),
                _ => {
                    for item in self.yaml.items(&key.text, key.span, value) {
                        let table = self.table(&key, item);
                        out.tables.extend(table);
                    }
                }
            }
            seen_keys.push(key.text);
        }
        for name in ["files", "tables"] {
            if !seen_keys.iter().any(|k| k == name) {
                self.yaml.faults.push(Fault::error("yaml-missing-key", tree.span).with("name", name));
            }
        }
        Some(out)
    }

    fn files(&mut self, key: &Said, node: &Node, out: &mut Mapping) {
        let mut set = GlobSetBuilder::new();
        for said in self.yaml.texts(key, node, true) {
            match GlobBuilder::new(said.text.trim_start_matches("./")).literal_separator(true).build() {
                Ok(glob) => drop(set.add(glob)),
                Err(error) => self.yaml.faults.push(
                    Fault::error("mapping-pattern", said.span).with("text", &said.text).with("reason", error.kind()),
                ),
            }
        }
        if let Ok(files) = set.build() {
            out.files = files;
        }
    }

    fn encoding(&mut self, key: &Said, node: &Node, out: &mut Mapping) {
        let Some(said) = self.yaml.text(&key.text, key.span, node, true) else { return };
        let label = match said.text.to_lowercase().as_str() {
            "auto" => return,
            // What Windows calls CP932 is what the web calls Shift_JIS.
            "cp932" | "ms932" => "shift_jis".to_owned(),
            other => other.to_owned(),
        };
        out.encoding = encoding_rs::Encoding::for_label(label.as_bytes());
        if out.encoding.is_none() {
            self.yaml.bad_value(key, &said, ENCODINGS);
        }
    }

    fn delimiter(&mut self, key: &Said, node: &Node, out: &mut Mapping) {
        let Some(said) = self.yaml.text(&key.text, key.span, node, true) else { return };
        match said.text.as_bytes() {
            [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'"' => out.delimiter = Some(*byte),
            _ => self.yaml.bad_value(key, &said, "\",\"、\"\\t\"、\";\""),
        }
    }

    fn hidden(&mut self, key: &Said, node: &Node, out: &mut Mapping) {
        let Some(said) = self.yaml.text(&key.text, key.span, node, false) else { return };
        out.hidden = match said.text.as_str() {
            "warn" => Hidden::Warn,
            "skip" => Hidden::Skip,
            "read" => Hidden::Read,
            _ => return self.yaml.bad_value(key, &said, "warn、skip、read"),
        };
    }

    fn document(&mut self, key: &Said, node: &Node) -> Option<Level> {
        let name = Said { text: self.vocabulary.relations.first()?.name.clone(), span: key.span };
        Some(self.level(&name, DOCUMENTS, None, node, Bare::Value))
    }

    fn table(&mut self, list: &Said, node: &Node) -> Option<Table> {
        let span = seen(node.span, list.span);
        let mut out =
            Table { span, sheet: None, header: None, rows: None, until: None, skip: Vec::new(), levels: Vec::new() };
        let mut described = false;
        for (key, value) in self.yaml.entries(&list.text, span, node) {
            let Some(key) = self.yaml.key(key, &TABLE) else { continue };
            match key.text.as_str() {
                "sheet" => self.sheet(&key, value, &mut out),
                "header" => out.header = rows(&mut self.yaml, &key, value),
                "rows" => out.rows = rows(&mut self.yaml, &key, value),
                "until" => out.until = pattern(&mut self.yaml, &key, value),
                "skip" => self.skip(&key, value, &mut out),
                _ => {
                    described = true;
                    self.levels(&key, value, &mut out);
                }
            }
        }
        if !described {
            self.yaml.faults.push(Fault::error("yaml-missing-key", span).with("name", "columns"));
        }
        Some(out)
    }

    fn sheet(&mut self, key: &Said, node: &Node, out: &mut Table) {
        let Some(said) = self.yaml.text(&key.text, key.span, node, true) else { return };
        match GlobBuilder::new(&said.text).build() {
            Ok(glob) => out.sheet = Some((said, glob.compile_matcher())),
            Err(error) => {
                let fault = Fault::error("mapping-pattern", said.span).with("text", &said.text);
                self.yaml.faults.push(fault.with("reason", error.kind()));
            }
        }
    }

    /// A pattern for any column, or `{column: …, match: …}`.
    fn skip(&mut self, key: &Said, node: &Node, out: &mut Table) {
        for item in self.yaml.items(&key.text, key.span, node) {
            if !matches!(item.value, Value::Map(_)) {
                out.skip.extend(pattern(&mut self.yaml, key, item).map(|regex| (None, regex)));
                continue;
            }
            let (mut column, mut regex) = (None, None);
            for (inner, value) in self.yaml.entries(&key.text, key.span, item) {
                match self.yaml.key(inner, &["column", "match"]) {
                    Some(k) if k.text == "column" => column = place(&mut self.yaml, &k, value, Bare::Header),
                    Some(k) => regex = pattern(&mut self.yaml, &k, value),
                    None => {}
                }
            }
            out.skip.extend(regex.map(|regex| (column, regex)));
        }
    }

    /// The levels from the outermost to the innermost, in the order in which they are written.
    fn levels(&mut self, key: &Said, node: &Node, out: &mut Table) {
        // As a list of single entries, so that one thing can stand in another of its kind (分野 in 分野).
        let mut entries: Vec<&(Node, Node)> = Vec::new();
        if let Value::List(items) = &node.value {
            for item in items {
                entries.extend(self.yaml.entries(&key.text, key.span, item));
            }
        } else {
            entries.extend(self.yaml.entries(&key.text, key.span, node));
        }
        for (inner, value) in entries {
            let Some(name) = self.yaml.text(&key.text, inner.span, inner, true) else { continue };
            let found = self.vocabulary.keyword(&name.text).map(|(relation, kind)| (relation, kind.map(str::to_owned)));
            let Some((relation, kind)) = found else {
                let usable = |k: RelationKind| matches!(k, RelationKind::Entity | RelationKind::Rows(_));
                let names = self.vocabulary.relations.iter().filter(|r| usable(r.kind)).map(|r| r.name.as_str());
                let near = nearest(&name.text, names);
                self.yaml.faults.push(
                    Fault::error("mapping-unknown-relation", name.span).with("name", &name.text).with("near", near),
                );
                continue;
            };
            if !self.fits(relation, &out.levels) {
                let allowed = self.vocabulary.relations.get(relation.0 as usize).map_or(&[][..], |r| &r.places);
                let allowed: Vec<&str> = allowed
                    .iter()
                    .filter_map(|p| self.vocabulary.relations.get(p.0 as usize))
                    .map(|r| r.name.as_str())
                    .collect();
                let outer = out.levels.last().map_or("文書", |l| l.name.text.as_str());
                let fault = Fault::error("mapping-level", name.span).with("name", &name.text);
                self.yaml.faults.push(fault.with("where", outer).with("allowed", allowed.join("、")));
                continue;
            }
            let level = self.level(&name, relation, kind, value, Bare::Header);
            out.levels.push(level);
        }
    }

    /// Whether rows of a relation may stand below one of the levels.
    fn fits(&self, relation: RelationId, outer: &[Level]) -> bool {
        let places = self.vocabulary.relations.get(relation.0 as usize).map_or(&[][..], |r| &r.places);
        if relation == DOCUMENTS {
            return outer.is_empty();
        }
        // Every table belongs to a document, named or not.
        places.contains(&DOCUMENTS) && outer.iter().all(|l| l.relation == DOCUMENTS)
            || outer.iter().any(|l| places.contains(&l.relation))
    }

    fn level(&mut self, name: &Said, relation: RelationId, kind: Option<String>, node: &Node, bare: Bare) -> Level {
        let kind = kind.and_then(|kind| Some((self.vocabulary.column(relation, "種別")?, kind)));
        let mut level = Level { relation, name: name.clone(), kind, fields: Vec::new() };
        for (key, value) in self.yaml.entries(&name.text, name.span, node) {
            let Some(field) = self.yaml.text(&name.text, key.span, key, true) else { continue };
            let Some(target) = self.target(relation, &field) else { continue };
            let by_year = matches!(&value.value, Value::Map(entries) if !entries.is_empty()
                && entries.iter().all(|(k, _)| matches!(&k.value,
                    Value::Text(t) | Value::Plain(t) if FiscalYear::read(t).is_ok())));
            match (&target, &value.value) {
                (Target::Series(_), Value::Map(entries)) if by_year => {
                    for (year, value) in entries {
                        let Some(year) = self.yaml.text(&field.text, year.span, year, true) else { continue };
                        if let Some(mut from) = from(&mut self.yaml, &field, value, bare) {
                            from.year = Some(super::Place::Value(year));
                            level.fields.push(Field { name: field.clone(), target: target.clone(), from });
                        }
                    }
                }
                _ => {
                    if let Some(from) = from(&mut self.yaml, &field, value, bare) {
                        level.fields.push(Field { name: field, target, from });
                    }
                }
            }
        }
        level
    }

    fn target(&mut self, relation: RelationId, field: &Said) -> Option<Target> {
        let written = |role| !matches!(role, ColumnRole::Derived(_) | ColumnRole::Given);
        let declared = self.vocabulary.relations.get(relation.0 as usize)?;
        if matches!(field.text.as_str(), "読取" | "confidence") {
            return Some(Target::Unsure);
        }
        if let Some(column) = self.vocabulary.column(relation, &field.text)
            && let Some(found) = declared.columns.get(column.0 as usize).filter(|c| written(c.role))
        {
            return Some(Target::Column(column, found.role, found.ty.clone()));
        }
        if let Some(series) = self.vocabulary.series_of(relation, &field.text) {
            return Some(Target::Series(series));
        }
        let columns = declared.columns.iter().filter(|c| written(c.role)).map(|c| c.name.as_str());
        let series = self.vocabulary.relations.iter().filter(|r| r.kind == RelationKind::Series(relation));
        let near = nearest(&field.text, columns.chain(series.map(|r| r.name.as_str())));
        let fault = Fault::error("mapping-unknown-attribute", field.span).with("name", &field.text);
        self.yaml.faults.push(fault.with("relation", &declared.name).with("near", near));
        None
    }
}
