//! What a place is about: the one question that hover, definition, references and rename begin with.
use crate::config::{Names, Said, comments};
use crate::findings::Messages;
use crate::plan::{Cell, ColumnId, ColumnRole, ReferenceKey, RelationKind, RowRef};
use crate::project::{Settings, ending};
use crate::rules::{Meaning, Meant, code, meanings};
use crate::syntax::rules::{Keyword, TokenKind, tokens};
use crate::text::normal::normal;
use crate::text::{SourceId, Span};

use super::desk::Here;
use super::labels::parts;
use super::view::{Fact, View};
use super::words::words;

/// What stands at a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Subject {
    /// A row of the facts, named or numbered here.
    Thing(RowRef),
    /// A reference, by its number.
    Reference(u32),
    /// A value.
    Value(RowRef, ColumnId, Cell),
    /// A name of the vocabulary or of a rule.
    Name(Meaning),
    /// A rule.
    Rule(usize),
    /// A fault of form.
    Fault(String),
    /// A set of rules or a 分類, by its name.
    Set(String),
    /// A parameter of a rule: both by number.
    Parameter(usize, usize),
    /// A status scheme.
    Scheme(usize),
    /// A keyword of a rule file.
    Clause(Keyword),
}

/// What stands at a place, and how far it reaches there.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) subject: Subject,
    pub(super) span: Span,
    /// The type of a name in a rule.
    pub(super) ty: Option<String>,
}

impl Found {
    fn new(subject: Subject, span: Span) -> Self {
        Self { subject, span, ty: None }
    }
}

/// Whether a byte lies in a span or right behind it, as a cursor does.
pub(super) fn holds(span: Span, source: SourceId, offset: usize) -> bool {
    let range = span.range();
    span.source == source && !range.is_empty() && range.start <= offset && offset <= range.end
}

/// What stands at a place.
pub(super) fn find(here: &Here, settings: &Settings, messages: &Messages) -> Option<Found> {
    let source = here.source()?;
    let finder = Finder { view: &here.view, settings, messages, id: here.id, offset: here.offset };
    match ending(source.path.as_ref()).as_str() {
        _ if source.grid.is_some() => None,
        "plan" => finder.comment().or_else(|| finder.plan()),
        "rules" => finder.rules(),
        "yaml" | "yml" => finder.settings().or_else(|| finder.mapping()),
        "json" => finder.baseline(),
        _ => None,
    }
}

/// The names of a rule file that are understood.
pub(super) fn meant(view: &View, id: SourceId) -> Vec<Meant> {
    let text = view.read.sources.get(id).map_or("", |s| s.text.as_str());
    meanings(&view.read.pack().vocabulary, id, text)
}

/// Where the settings, comments and baseline name rules and sets.
pub(super) fn namings(view: &View, settings: &Settings, messages: &Messages) -> Vec<Said> {
    let config = &settings.config;
    let names = Names { config, pack: view.read.pack(), messages };
    let mut out: Vec<Said> = config.select.iter().chain(&config.ignore).cloned().collect();
    for set in config.sets.values() {
        out.push(set.name.clone());
        out.extend(set.members.iter().cloned());
    }
    out.extend(config.severities.iter().map(|(said, _)| said.clone()));
    for (rule, parameters) in &config.parameters {
        out.extend(parameters.values().next().map(|p| Said { text: rule.clone(), span: p.rule }));
    }
    out.extend(config.suppressions.iter().map(|s| s.rule.clone()));
    let (in_plans, _) = comments(&view.read.workspace.comments, &view.read.sources, &names);
    out.extend(in_plans.into_iter().map(|s| s.rule));
    out
}

/// Where the baseline names rules.
pub(super) fn listed(settings: &Settings) -> impl Iterator<Item = (&str, Span)> {
    let entries = settings.baseline().into_iter().flat_map(|listed| &listed.baseline.entries);
    entries.map(|entry| (entry.identity.rule.as_str(), entry.span))
}

/// What a name stands for where rules are named.
pub(super) fn named(name: &str, names: &Names<'_>) -> Option<Subject> {
    let codes = names.codes(name)?;
    let like = |text: &str| normal(text) == normal(name);
    let rule = names.pack.rules.iter().position(|rule| like(code(rule)) || like(&rule.name.node));
    match rule {
        Some(number) => Some(Subject::Rule(number)),
        None if codes.len() == 1 && codes.contains(name) => Some(Subject::Fault(name.to_owned())),
        None => Some(Subject::Set(name.to_owned())),
    }
}

struct Finder<'a> {
    view: &'a View,
    settings: &'a Settings,
    messages: &'a Messages,
    id: SourceId,
    offset: usize,
}

impl Finder<'_> {
    fn holds(&self, span: Span) -> bool {
        holds(span, self.id, self.offset)
    }

    fn names(&self) -> Names<'_> {
        Names { config: &self.settings.config, pack: self.view.read.pack(), messages: self.messages }
    }

    fn comment(&self) -> Option<Found> {
        let comment = self.view.read.workspace.comments.iter().find(|c| self.holds(c.span))?;
        let names = self.names();
        let (said, _) = comments(&[*comment], &self.view.read.sources, &names);
        let rule = said.into_iter().map(|s| s.rule).find(|rule| self.holds(rule.span))?;
        Some(Found::new(named(&rule.text, &names)?, rule.span))
    }

    fn plan(&self) -> Option<Found> {
        let source = self.view.read.sources.get(self.id)?;
        let fact = self.view.fact_at(self.id, self.offset);
        let reference = fact.and_then(|fact| self.view.reference_at(fact));
        let word = words(&self.view.facts().vocabulary, self.id, source).into_iter().find(|w| self.holds(w.span));
        match (word, reference) {
            // 再掲 alone is a mark and a reference to nothing; where it has a target, that is told.
            (Some(word), _) => Some(Found::new(Subject::Name(word.meaning), word.span)),
            (None, Some(number)) => self.reference(number),
            (None, None) => fact.and_then(|fact| self.fact(fact)),
        }
    }

    /// A reference, or the document or 分野 that stands before its colons.
    fn reference(&self, number: u32) -> Option<Found> {
        let reference = self.view.facts().references.get(number as usize)?;
        let parts = parts(self.view, reference);
        let at = |span: &Option<Span>| span.filter(|span| self.holds(*span));
        if let (Some(span), Some(row)) = (at(&parts.document), self.view.document_of_label(reference)) {
            return Some(Found::new(Subject::Thing(row), span));
        }
        if let (Some(span), Some(row)) = (at(&parts.within), self.view.within_of_label(number)) {
            return Some(Found::new(Subject::Thing(row), span));
        }
        let span = if reference.key == ReferenceKey::Nothing { reference.span } else { parts.key };
        Some(Found::new(Subject::Reference(number), span))
    }

    fn fact(&self, fact: Fact) -> Option<Found> {
        let vocabulary = &self.view.facts().vocabulary;
        let relation = vocabulary.relations.get(fact.row.relation.0 as usize)?;
        let column = relation.columns.get(fact.column.0 as usize)?;
        let subject = match (relation.kind, column.role, fact.cell) {
            (RelationKind::Entity, ColumnRole::Head, _) => Subject::Thing(fact.row),
            (_, _, Cell::Text(_, name)) if column.name == "達成基準" => {
                let schemes = &self.view.read.pack().schemes;
                let number = schemes.iter().position(|s| normal(&s.name) == self.view.facts().text(name));
                number.map_or(Subject::Value(fact.row, fact.column, fact.cell), Subject::Scheme)
            }
            // The year of a value and its note tell of the value.
            (RelationKind::Series(_), ColumnRole::Given, _) if fact.column.0 < 2 => {
                let value = ColumnId(2);
                Subject::Value(fact.row, value, self.view.facts().cell(fact.row, value))
            }
            _ => Subject::Value(fact.row, fact.column, fact.cell),
        };
        Some(Found::new(subject, fact.span))
    }

    fn rules(&self) -> Option<Found> {
        let pack = self.view.read.pack();
        for (number, rule) in pack.rules.iter().enumerate() {
            let names = [Some(rule.name.span), rule.slug.as_ref().map(|s| s.span)];
            if let Some(span) = names.into_iter().flatten().find(|span| self.holds(*span)) {
                return Some(Found::new(Subject::Rule(number), span));
            }
        }
        // A file that is no part of the project has a text all the same.
        let meant = meant(self.view, self.id).into_iter().filter(|m| self.holds(m.span));
        if let Some(meant) = meant.min_by_key(|m| m.span.range().len()) {
            return Some(Found { subject: Subject::Name(meant.meaning), span: meant.span, ty: meant.ty });
        }
        let source = self.view.read.sources.get(self.id)?;
        let token = tokens(&source.text)
            .into_iter()
            .find(|t| t.range.start <= self.offset && self.offset < t.range.end.max(t.range.start + 1))?;
        let span = Span::new(self.id, token.range.clone());
        let text = source.text.get(token.range.clone())?;
        match token.kind {
            TokenKind::Keyword(keyword) => Some(Found::new(Subject::Clause(keyword), span)),
            TokenKind::Name => {
                crate::rules::Function::find(text).map(|f| Found::new(Subject::Name(Meaning::Function(f)), span))
            }
            TokenKind::Text => {
                let name = text.trim_matches('"');
                let scheme = pack.schemes.iter().position(|s| s.name == name)?;
                Some(Found::new(Subject::Scheme(scheme), span))
            }
            _ => None,
        }
        .or_else(|| {
            let scheme = pack
                .schemes
                .iter()
                .position(|s| s.span.source == self.id && s.span.range().contains(&self.offset) && s.name == text)?;
            Some(Found::new(Subject::Scheme(scheme), span))
        })
    }

    fn settings(&self) -> Option<Found> {
        let source = self.view.read.sources.get(self.id)?;
        if source.path != crate::config::FILE {
            return None;
        }
        let names = self.names();
        for (rule, parameters) in &self.settings.config.parameters {
            let Some((name, parameter)) = parameters.iter().find(|(_, p)| self.holds(p.name)) else { continue };
            let Some(Subject::Rule(rule)) = named(rule, &names) else { continue };
            let declared = &self.view.read.pack().rules.get(rule)?.body.parameters;
            let number = declared.iter().position(|p| p.name.node == *name)?;
            return Some(Found::new(Subject::Parameter(rule, number), parameter.name));
        }
        let said = namings(self.view, self.settings, self.messages).into_iter().find(|said| self.holds(said.span))?;
        Some(Found::new(named(&said.text, &names)?, said.span))
    }

    fn mapping(&self) -> Option<Found> {
        let mappings = self.view.read.sheets.mappings.iter().filter(|m| m.span.source == self.id);
        let levels = mappings.flat_map(|m| m.document.iter().chain(m.tables.iter().flat_map(|t| &t.levels)));
        for level in levels {
            if self.holds(level.name.span) {
                return Some(Found::new(Subject::Name(Meaning::Relation(level.relation)), level.name.span));
            }
            let Some(field) = level.fields.iter().find(|f| self.holds(f.name.span)) else { continue };
            let meaning = match &field.target {
                crate::ingest::mapping::Target::Column(column, _, _) => Meaning::Column(level.relation, *column),
                crate::ingest::mapping::Target::Series(series) => Meaning::Relation(*series),
                crate::ingest::mapping::Target::Unsure => return None,
            };
            return Some(Found::new(Subject::Name(meaning), field.name.span));
        }
        None
    }

    fn baseline(&self) -> Option<Found> {
        // By its text: a file that is named in the settings may have been found in a folder too.
        let source = self.view.read.sources.get(self.id)?;
        self.settings.baseline().filter(|listed| *listed.source.text == *source.text)?;
        let mut entries = listed(self.settings).map(|(rule, span)| (rule, Span { source: self.id, ..span }));
        let (rule, span) = entries.find(|(_, span)| self.holds(*span))?;
        Some(Found::new(named(rule, &self.names())?, span))
    }
}
