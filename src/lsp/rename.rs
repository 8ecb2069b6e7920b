//! Another name for a thing, everywhere it is said: in its head, in references, where it is listed again, in the settings.
use std::collections::{BTreeMap, BTreeSet};

use gen_lsp_types::{
    DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, PrepareRenameParams, PrepareRenamePlaceholder,
    PrepareRenameResult, RenameParams, TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use super::desk::{Desk, Here};
use super::labels::{bare, parts};
use super::place;
use super::subject::{Found, Subject, find, meant, named, namings};
use super::uses::{original, thing, uses};
use super::view::View;
use crate::config::Names;
use crate::findings::{Fix, fix};
use crate::plan::{Cell, ColumnId, ColumnType, DOCUMENTS, ReferenceKey, RowRef, whole_number};
use crate::rules::{Meaning, code};
use crate::syntax::plan::{TokenKind, tokens};
use crate::syntax::rules;
use crate::text::normal::normal;
use crate::text::{SourceId, Span};

/// What gets another name.
enum Target {
    /// A row: the column of its head that changes.
    Row(RowRef, ColumnId, ColumnType),
    /// A name in a rule, by its subject and where it is made.
    Local(Subject, Span),
    /// A rule: whether it is its code that changes.
    Rule(usize, bool),
}

/// Why a name cannot be given: the sentence that says so, and what it names.
type Refusal = (&'static str, String);

/// The name at a place, if it can be changed.
pub(super) fn prepare(desk: &mut Desk, params: &PrepareRenameParams) -> Result<Option<PrepareRenameResult>, String> {
    desk.ready();
    let Some(here) = desk.here(&params.text_document_position_params) else { return Ok(None) };
    let Some((found, target)) = at(desk, &here) else { return Ok(None) };
    changeable(&here.view, &target).map_err(|refusal| said(desk, &refusal))?;
    let Some(source) = here.source() else { return Ok(None) };
    let span = bare(&here.view, found.span);
    let text = here.view.read.sources.text(span).replace("\\\"", "\"").replace("\\\\", "\\");
    Ok(Some(PrepareRenamePlaceholder::new(place::range(source, span), text).into()))
}

/// The edits that give it another name in all files.
pub(super) fn rename(desk: &mut Desk, params: &RenameParams) -> Result<Option<WorkspaceEdit>, String> {
    let Some(here) = desk.here_in_all(&params.text_document_position_params) else { return Ok(None) };
    let Some((_, target)) = at(desk, &here) else { return Ok(None) };
    let name = params.new_name.trim();
    let edits = changeable(&here.view, &target).and_then(|()| {
        if name.is_empty() {
            return Err(("lsp-rename-empty", String::new()));
        }
        if name.chars().any(char::is_control) {
            return Err(("lsp-rename-lines", String::new()));
        }
        let renamer = Renamer { desk, view: &here.view, name };
        match &target {
            Target::Row(row, column, ty) => renamer.row(*row, *column, ty),
            Target::Local(subject, place) => renamer.local(subject, *place),
            Target::Rule(number, slug) => renamer.rule(*number, *slug),
        }
    });
    let edits = edits.map_err(|refusal| said(desk, &refusal))?;
    Ok(Some(workspace_edit(desk, &here.view, edits)))
}

fn said(desk: &Desk, (id, name): &Refusal) -> String {
    desk.say(id, &[("name", name)])
}

/// What stands at a place, and what of it would get another name.
fn at(desk: &Desk, here: &Here) -> Option<(Found, Target)> {
    let found = find(here, desk.settings(), &desk.messages)?;
    let view = &here.view;
    let target = match &found.subject {
        Subject::Thing(row) => {
            let cell = view.head_columns(row.relation).find(|(id, _)| view.place(*row, *id) == found.span);
            // The label of a reference is no cell of the row that it names: it says its code.
            let code = || view.head_columns(row.relation).find(|(_, column)| column.ty == ColumnType::Code);
            let (id, column) = cell.or_else(code)?;
            let row = if column.ty == ColumnType::Number { *row } else { original(view, *row) };
            Target::Row(row, id, column.ty.clone())
        }
        Subject::Reference(number) => {
            let key = view.facts().references.get(*number as usize)?.key;
            let row = thing(view, &found.subject)?;
            let mut columns = view.head_columns(row.relation);
            let (id, column) = columns.find(|(id, _)| match (view.facts().cell(row, *id), key) {
                (Cell::Number(a), ReferenceKey::Number(b)) => a == b,
                (Cell::Text(_, a), ReferenceKey::Name(b)) => a == b,
                _ => false,
            })?;
            Target::Row(row, id, column.ty.clone())
        }
        Subject::Name(Meaning::Local(place)) => Target::Local(setting(view, *place)?, *place),
        Subject::Parameter(rule, number) => {
            let place = view.read.pack().rules.get(*rule)?.body.parameters.get(*number)?.name.span;
            Target::Local(found.subject.clone(), place)
        }
        Subject::Rule(number) => {
            let rule = view.read.pack().rules.get(*number)?;
            let text = view.read.sources.text(bare(view, found.span));
            let slug = rule.slug.as_ref().filter(|slug| normal(&slug.node) == normal(text));
            let on_name = rule.name.span == found.span;
            Target::Rule(*number, slug.is_some() && !on_name)
        }
        _ => return None,
    };
    Some((found, target))
}

/// A local name as what it is: 設定 of a rule are named in the settings too.
fn setting(view: &View, place: Span) -> Option<Subject> {
    for (rule, written) in view.read.pack().rules.iter().enumerate() {
        if let Some(number) = written.body.parameters.iter().position(|p| p.name.span == place) {
            return Some(Subject::Parameter(rule, number));
        }
    }
    Some(Subject::Name(Meaning::Local(place)))
}

/// Refuses what stands in a sheet or in the program, and what has no name yet.
fn changeable(view: &View, target: &Target) -> Result<(), Refusal> {
    let span = match target {
        Target::Row(row, column, _) => view.place(*row, *column),
        Target::Local(_, place) => *place,
        Target::Rule(number, _) => view.read.pack().rules.get(*number).map_or(Span::default(), |r| r.name.span),
    };
    writable(view, span)?;
    if span.range().is_empty() { Err(("lsp-rename-no-head", String::new())) } else { Ok(()) }
}

fn writable(view: &View, span: Span) -> Result<(), Refusal> {
    match view.read.sources.get(span.source) {
        Some(source) if source.grid.is_some() => Err(("lsp-rename-sheet", source.path.clone())),
        Some(source) if view.uri(source).0.starts_with(place::BUILT_IN) => {
            Err(("lsp-rename-built-in", source.path.clone()))
        }
        _ => Ok(()),
    }
}

type Edits = BTreeMap<Span, String>;

struct Renamer<'a> {
    desk: &'a Desk,
    view: &'a View,
    name: &'a str,
}

impl Renamer<'_> {
    fn row(&self, row: RowRef, column: ColumnId, ty: &ColumnType) -> Result<Edits, Refusal> {
        let taken = || ("lsp-rename-taken", self.name.to_owned());
        let old = self.view.facts().cell(row, column);
        let here = self.said_alike(row, column, ty);
        let others = || {
            let one = self.view.document(row);
            let near = move |other: &RowRef| row.relation == DOCUMENTS || self.view.document(*other) == one;
            self.view.rows(row.relation).into_iter().filter(near).filter(|other| !here.contains(other))
        };
        let number = whole_number(self.name);
        match ty {
            ColumnType::Number => {
                let number = number.ok_or_else(|| ("lsp-rename-number", self.name.to_owned()))?;
                if others().any(|r| self.view.facts().cell(r, column) == Cell::Number(number)) {
                    return Err(taken());
                }
            }
            ColumnType::Code if !is_word(self.name) => return Err(("lsp-rename-word", self.name.to_owned())),
            ColumnType::Code | ColumnType::Text => {
                let named_so = |r: RowRef| {
                    matches!(self.view.facts().cell(r, column),
                        Cell::Text(_, text) if self.view.facts().text(text) == normal(self.name))
                };
                // Names may be the same in several 分野; codes, and names that references use, may not.
                let referred = (0u32..).zip(&self.view.facts().references).any(|(n, r)| {
                    matches!(r.key, ReferenceKey::Name(_)) && self.view.target(Cell::Reference(n)) == Some(row)
                });
                if (*ty == ColumnType::Code || referred) && others().any(named_so) {
                    return Err(taken());
                }
            }
            _ => return Err(("lsp-rename-not", String::new())),
        }
        let mut places: BTreeSet<Span> = here.iter().map(|r| bare(self.view, self.view.place(*r, column))).collect();
        for (n, reference) in (0u32..).zip(&self.view.facts().references) {
            let same = match (old, reference.key) {
                (Cell::Number(a), ReferenceKey::Number(b)) => a == b,
                (Cell::Text(_, a), ReferenceKey::Name(b)) => a == b,
                _ => false,
            };
            if same && self.view.target(Cell::Reference(n)).is_some_and(|target| here.contains(&target)) {
                places.insert(parts(self.view, reference).key);
            }
            if *ty == ColumnType::Code && reference.document.is_some() {
                let pieces = parts(self.view, reference);
                let within = self.view.within_of_label(n).is_some_and(|w| here.contains(&w));
                let document = pieces.document.filter(|_| self.view.is_labelled(reference, row));
                places.extend(document.into_iter().chain(pieces.within.filter(|_| within)));
            }
        }
        if let (DOCUMENTS, Cell::Text(_, code)) = (row.relation, old) {
            let said = self.desk.settings().config.suppressions.iter().filter_map(|s| s.document.as_ref());
            let mine = said.filter(|said| normal(&said.text) == self.view.facts().text(code));
            places.extend(mine.map(|said| bare(self.view, said.span)));
        }
        let text = |span: Span| match (ty, number) {
            (ColumnType::Number, Some(number)) => renumbered(self.view.read.sources.text(span), number),
            _ => self.name.to_owned(),
        };
        self.written(places.into_iter().map(|span| (span, text(span))).collect())
    }

    /// The rows whose head says what changes: the row, those that list it again under the same name, and the other parts of
    /// a 分野 under one code.
    fn said_alike(&self, row: RowRef, column: ColumnId, ty: &ColumnType) -> Vec<RowRef> {
        let value = |row: RowRef| match self.view.facts().cell(row, column) {
            Cell::Text(_, normal) => Some(normal),
            _ => None,
        };
        let mut out = vec![row];
        let same = |other: &RowRef| *other != row && value(*other).is_some() && value(*other) == value(row);
        match ty {
            ColumnType::Text => out.extend(self.view.relistings(row).into_iter().map(|r| r.0).filter(same)),
            ColumnType::Code if row.relation != DOCUMENTS => {
                let one = |other: &RowRef| self.view.document(*other) == self.view.document(row);
                out.extend(self.view.rows(row.relation).into_iter().filter(one).filter(same));
            }
            _ => {}
        }
        out
    }

    /// A name in a rule. What was made must be understood as before: the new name may hide nothing.
    fn local(&self, subject: &Subject, place: Span) -> Result<Edits, Refusal> {
        let wrong = || ("lsp-rename-name", self.name.to_owned());
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '・' | '_');
        if !self.name.chars().all(inside) || self.name.starts_with(|c: char| c.is_numeric()) {
            return Err(wrong());
        }
        let all = uses(self.view, self.desk.settings(), &self.desk.messages, subject);
        let spans: Vec<Span> = all.into_iter().map(|u| u.span).collect();
        let own: Vec<fix::Edit> = spans
            .iter()
            .filter(|span| span.source == place.source)
            .map(|span| fix::Edit { span: *span, text: self.name.to_owned() })
            .collect();
        let source = self.view.read.sources.get(place.source).ok_or_else(wrong)?;
        let after = fix::apply(&source.text, &own).ok_or_else(wrong)?;
        let vocabulary = &self.view.read.pack().vocabulary;
        let shape = |text: &str| {
            let mut count: BTreeMap<Span, usize> = BTreeMap::new();
            for meant in crate::rules::meanings(vocabulary, place.source, text) {
                if let Meaning::Local(made) = meant.meaning {
                    *count.entry(made).or_default() += 1;
                }
            }
            (rules::parse(place.source, text).faults.len(), count.into_values().collect::<Vec<_>>())
        };
        if self.name != self.view.read.sources.text(place) && self.taken(place) {
            return Err(("lsp-rename-taken", self.name.to_owned()));
        }
        if shape(&source.text) != shape(&after) {
            return Err(wrong());
        }
        self.written(spans.into_iter().map(|span| (bare(self.view, span), self.name.to_owned())).collect())
    }

    /// Whether the rule of a local name has the new name already.
    fn taken(&self, place: Span) -> bool {
        let rules = &self.view.read.pack().rules;
        let around =
            rules.iter().map(|r| r.span).find(|r| r.source == place.source && r.range().contains(&place.range().start));
        let sources = &self.view.read.sources;
        meant(self.view, place.source).iter().any(|m| {
            m.declares
                && matches!(m.meaning, Meaning::Local(_))
                && around.is_none_or(|rule| rule.range().contains(&m.span.range().start))
                && sources.text(m.span) == self.name
        })
    }

    /// A rule, by its name or by its code; baselines are left alone, which know findings by the code.
    fn rule(&self, number: usize, slug: bool) -> Result<Edits, Refusal> {
        let rule = self.view.read.pack().rules.get(number).ok_or(("lsp-rename-not", String::new()))?;
        let (config, messages) = (&self.desk.settings().config, &self.desk.messages);
        let names = Names { config, pack: self.view.read.pack(), messages };
        let fits = |file: rules::RuleFile| match file.rules.as_slice() {
            [read] if slug => read.slug.as_ref().is_some_and(|s| s.node == self.name),
            [read] => read.name.node == self.name && read.slug.is_some(),
            _ => false,
        };
        let head =
            if slug { format!("規則 甲 {} {{\n}}", self.name) } else { format!("規則 {} a {{\n}}", self.name) };
        if !fits(rules::parse(SourceId::default(), &head).file) {
            return Err((if slug { "lsp-rename-slug" } else { "lsp-rename-rule" }, self.name.to_owned()));
        }
        if named(self.name, &names).is_some_and(|subject| subject != Subject::Rule(number)) {
            return Err(("lsp-rename-taken", self.name.to_owned()));
        }
        let (old, made) = match &rule.slug {
            Some(known) if slug => (code(rule), known.span),
            _ => (rule.name.node.as_str(), rule.name.span),
        };
        let mut edits = Edits::from([(made, self.name.to_owned())]);
        for said in namings(self.view, self.desk.settings(), messages) {
            if normal(&said.text) == normal(old) {
                edits.insert(bare(self.view, said.span), self.name.to_owned());
            }
        }
        self.written(edits)
    }

    /// The texts as they have to be written where they stand.
    fn written(&self, edits: Edits) -> Result<Edits, Refusal> {
        let mut out = Edits::new();
        for (span, text) in edits {
            writable(self.view, span)?;
            let Some(source) = self.view.read.sources.get(span.source) else { continue };
            let in_comment = self
                .view
                .read
                .workspace
                .comments
                .iter()
                .any(|c| c.span.source == span.source && c.span.start <= span.start && span.end <= c.span.end);
            if in_comment || source.path.ends_with(".rules") {
                out.insert(span, text);
                continue;
            }
            let wanted = Fix { span, text, safe: true };
            let edit = fix::edit(source, &wanted).map_err(|_| ("lsp-rename-quotes", self.name.to_owned()))?;
            out.insert(edit.span, edit.text);
        }
        Ok(out)
    }
}

/// Whether a text can stand in a plan as a bare word.
fn is_word(text: &str) -> bool {
    let line = format!("文書 {text}\n");
    let words = tokens(&line, 0..line.len());
    matches!(words.as_slice(), [keyword, word]
        if keyword.kind == TokenKind::Keyword && word.kind == TokenKind::Word && line.get(word.range.clone()) == Some(text))
}

/// Another number in the style of the one that is printed: `No8`, `(8)`, `⑧`, `８`.
fn renumbered(old: &str, number: i64) -> String {
    let circled = |c: char| ('①'..='⑳').contains(&c);
    if old.chars().any(circled)
        && let Some(c) =
            u32::try_from(number).ok().filter(|n| (1..=20).contains(n)).and_then(|n| char::from_u32(0x245F + n))
    {
        return old.chars().map(|o| if circled(o) { c } else { o }).collect();
    }
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let Some(start) = old.find(digit) else { return number.to_string() };
    let tail = old.get(start..).unwrap_or("");
    let rest = tail.trim_start_matches(digit);
    let wide = tail.starts_with(|c: char| !c.is_ascii());
    let widen = |c: char| char::from_u32(u32::from(c) - 0x30 + 0xFF10).unwrap_or(c);
    let number: String = number.to_string().chars().map(|c| if wide { widen(c) } else { c }).collect();
    format!("{}{number}{rest}", old.get(..start).unwrap_or(""))
}

/// The edits as the editor wants them: for the versions of the texts that it has open, where it can tell them apart.
fn workspace_edit(desk: &Desk, view: &View, edits: Edits) -> WorkspaceEdit {
    let mut files: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
    for (span, text) in edits {
        let Some(location) = view.location(span) else { continue };
        files.entry(location.uri.0).or_default().push(TextEdit::new(location.range, text));
    }
    if !desk.versioned {
        let changes = files.into_iter().map(|(uri, edits)| (Uri(uri), edits)).collect();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let changes = files.into_iter().map(|(uri, edits)| {
        let uri = Uri(uri);
        let version = desk.version(&uri);
        let text_document = OptionalVersionedTextDocumentIdentifier::new(version, TextDocumentIdentifier::new(uri));
        let edits = edits.into_iter().map(Edit::from).collect();
        DocumentChange::from(TextDocumentEdit::new(text_document, edits))
    });
    WorkspaceEdit { document_changes: Some(changes.collect()), ..WorkspaceEdit::default() }
}
