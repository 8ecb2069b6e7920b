//! Where something is used: references, rows that say it again, comments and settings that name a rule, statements and
//! rules that use a word.
use std::collections::BTreeSet;

use crate::config::Names;
use crate::findings::Messages;
use crate::plan::{Cell, ReferenceKey, RowRef};
use crate::project::{Settings, ending};
use crate::rules::{Meaning, code};
use crate::text::{SourceId, Span};

use super::labels::parts;
use super::subject::{Subject, listed, meant, named, namings};
use super::view::View;
use super::words::words;

/// A place where something is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    pub(super) span: Span,
    /// Whether it is made here.
    pub(super) declares: bool,
}

/// The row that a subject is about: the original of one that is listed again, the target of a reference.
pub(super) fn thing(view: &View, subject: &Subject) -> Option<RowRef> {
    match subject {
        Subject::Thing(row) => Some(original(view, *row)),
        Subject::Reference(number) => view.target(Cell::Reference(*number)).map(|row| original(view, row)),
        _ => None,
    }
}

/// The row that a row lists again; itself if it does not.
pub(super) fn original(view: &View, row: RowRef) -> RowRef {
    let own = |r: &crate::plan::Reference| {
        r.from == row && view.role(row.relation, r.column) == Some(crate::plan::ColumnRole::Mark)
    };
    let references = (0u32..).zip(&view.facts().references);
    let targets = references.filter(|(_, r)| own(r)).filter_map(|(number, _)| view.target(Cell::Reference(number)));
    targets.last().unwrap_or(row)
}

/// All uses of a subject in a view, in the order of their places.
pub(super) fn uses(view: &View, settings: &Settings, messages: &Messages, subject: &Subject) -> Vec<Use> {
    let mut found = BTreeSet::new();
    let mut add = |span: Span, declares: bool| {
        if !span.range().is_empty() {
            found.insert((span, !declares));
        }
    };
    match subject {
        Subject::Thing(_) | Subject::Reference(_) => {
            if let Some(row) = thing(view, subject) {
                of_row(view, row, &mut add);
            }
        }
        Subject::Rule(_) | Subject::Fault(_) | Subject::Set(_) => of_rule(view, settings, messages, subject, &mut add),
        Subject::Name(Meaning::Local(place)) => {
            for meant in meant(view, place.source).into_iter().filter(|m| m.meaning == Meaning::Local(*place)) {
                add(meant.span, meant.declares);
            }
        }
        Subject::Name(meaning) => of_word(view, *meaning, &mut add),
        Subject::Parameter(rule, number) => {
            let declared = view.read.pack().rules.get(*rule).and_then(|r| Some((r, r.body.parameters.get(*number)?)));
            if let Some((rule, parameter)) = declared {
                let place = parameter.name.span;
                for meant in meant(view, place.source).into_iter().filter(|m| m.meaning == Meaning::Local(place)) {
                    add(meant.span, meant.declares);
                }
                for (name, all) in &settings.config.parameters {
                    let mine = *name == rule.name.node || name == code(rule);
                    if let Some(set) = all.get(&parameter.name.node).filter(|_| mine) {
                        add(set.name, false);
                    }
                }
            }
        }
        Subject::Value(..) | Subject::Scheme(_) | Subject::Clause(_) => {}
    }
    let mut out: Vec<Use> = found.into_iter().map(|(span, uses)| Use { span, declares: !uses }).collect();
    // One place is one use: a name that is made there is not used there as well.
    out.dedup_by_key(|u| u.span);
    out
}

fn of_row(view: &View, row: RowRef, add: &mut impl FnMut(Span, bool)) {
    let class = view.class(row);
    for other in &class {
        if let Some(span) = view.name_span(*other) {
            add(span, *other == row);
        }
    }
    // Parts of one document under one code are one thing; what other documents say of it is told by its own references.
    let here: Vec<RowRef> = class.iter().copied().filter(|r| *r == row || view.code(*r).is_some()).collect();
    for (number, reference) in (0u32..).zip(&view.facts().references) {
        let target = view.target(Cell::Reference(number));
        if target.is_some_and(|target| here.contains(&target)) {
            let nothing = reference.key == ReferenceKey::Nothing;
            add(if nothing { reference.span } else { parts(view, reference).key }, false);
        }
        if view.is_labelled(reference, row) {
            parts(view, reference).document.into_iter().for_each(|span| add(span, false));
        }
        if view.within_of_label(number).is_some_and(|w| here.contains(&w)) {
            parts(view, reference).within.into_iter().for_each(|span| add(span, false));
        }
    }
}

fn of_rule(view: &View, settings: &Settings, messages: &Messages, subject: &Subject, add: &mut impl FnMut(Span, bool)) {
    if let Subject::Rule(number) = subject
        && let Some(rule) = view.read.pack().rules.get(*number)
    {
        add(rule.name.span, true);
    }
    let names = Names { config: &settings.config, pack: view.read.pack(), messages };
    for said in namings(view, settings, messages) {
        if named(&said.text, &names).as_ref() == Some(subject) {
            let declares = settings.config.sets.values().any(|set| set.name.span == said.span);
            add(said.span, declares);
        }
    }
    for (rule, span) in listed(settings) {
        if named(rule, &names).as_ref() == Some(subject) {
            add(span, false);
        }
    }
}

fn of_word(view: &View, meaning: Meaning, add: &mut impl FnMut(Span, bool)) {
    for (id, source) in view.read.sources.iter() {
        match ending(source.path.as_ref()).as_str() {
            "plan" => {
                let words = words(&view.facts().vocabulary, id, source);
                words.into_iter().filter(|w| w.meaning == meaning).for_each(|w| add(w.span, false));
            }
            "rules" => {
                meant(view, id).into_iter().filter(|m| m.meaning == meaning).for_each(|m| add(m.span, m.declares));
            }
            _ => {}
        }
    }
}

/// Where something is made: the name of a row, a rule, the declaration of a word.
pub(super) fn declarations(view: &View, settings: &Settings, subject: &Subject) -> Vec<Span> {
    let rules = || {
        let sources = view.read.sources.iter().filter(|(_, s)| ending(s.path.as_ref()) == "rules");
        sources.map(|(id, _)| id).collect::<Vec<SourceId>>()
    };
    let pack = view.read.pack();
    match subject {
        Subject::Thing(row) => view.name_span(original(view, *row)).into_iter().collect(),
        Subject::Reference(number) => {
            let target = view.target(Cell::Reference(*number));
            target.and_then(|row| view.name_span(row)).into_iter().collect()
        }
        Subject::Rule(number) => pack.rules.get(*number).map(|r| r.name.span).into_iter().collect(),
        Subject::Parameter(rule, number) => {
            let parameter = pack.rules.get(*rule).and_then(|r| r.body.parameters.get(*number));
            parameter.map(|p| p.name.span).into_iter().collect()
        }
        Subject::Scheme(number) => pack.schemes.get(*number).map(|s| s.span).into_iter().collect(),
        Subject::Set(name) => {
            let name = crate::text::normal::normal(name);
            settings.config.sets.get(&name).map(|set| set.name.span).into_iter().collect()
        }
        Subject::Name(Meaning::Local(place)) => vec![*place],
        Subject::Name(Meaning::Function(_) | Meaning::Given) => Vec::new(),
        Subject::Name(meaning) => {
            let all = rules().into_iter().flat_map(|id| meant(view, id));
            all.filter(|m| m.declares && m.meaning == *meaning).map(|m| m.span).collect()
        }
        Subject::Value(..) | Subject::Fault(_) | Subject::Clause(_) => Vec::new(),
    }
}
