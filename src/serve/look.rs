//! One check of the project with the files that were dropped.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Project;
use super::shelf::{Shelf, spelt};
use crate::findings::{Counts, Finding, Lang, Summary};
use crate::plan::{RelationId, RelationKind};
use crate::project::{Asked, Checked, Disk, Kind, Read, Scope, Settings, Stopped, kind, shown};
use crate::text::{Sources, Stop};

/// What a check found.
pub(super) struct Look {
    pub(super) read: Read,
    pub(super) findings: Vec<Finding>,
    pub(super) summary: Summary,
    /// The files that were dropped, and those that were read by a guess.
    pub(super) guests: Vec<Guest>,
    /// Why there was no check, where no finding says it.
    pub(super) trouble: Option<String>,
}

/// A file that needs a word of its own.
pub(super) struct Guest {
    /// Its path as it is shown.
    pub(super) path: String,
    /// Its name on the shelf, if it was dropped.
    pub(super) name: Option<String>,
    /// Whether it stands for a file of the project.
    pub(super) instead: bool,
    pub(super) reading: Reading,
    /// How many things of each kind were read from it.
    pub(super) held: Vec<(String, usize)>,
    /// The numbers of the findings that point into it.
    pub(super) findings: Vec<usize>,
}

/// How a file was read.
pub(super) enum Reading {
    /// As it is: a plan, rules, facts in JSON, what export writes.
    Plain,
    /// With a mapping of this path.
    Mapped(String),
    /// With this mapping, which nobody has looked at.
    Guessed(String),
    /// It was not.
    Not,
}

/// Reads and checks; `None` if nobody waits for it any more.
pub(super) fn look(project: &Project, shelf: &Shelf, stop: &Stop) -> Option<Look> {
    let Project { messages, lang, .. } = project;
    let mut settings = Settings::read(&Disk::default());
    settings.look(project.paths.is_empty());
    let named = settings.places(&project.paths);
    let mapping = project.mapping.as_deref();
    let bare = Disk::default();
    let scope = Scope { settings: &settings, messages, disk: &bare, paths: &named, mapping, guess: true, stop };
    let mut disk = bare.clone();
    let mut paths = named.clone();
    let mut dropped = Vec::new();
    if !shelf.is_empty() {
        let seen = scope.find(&mut Sources::default()).seen;
        for (name, bytes) in shelf.iter() {
            let (path, instead) = place(name, &seen, &named);
            disk.lay(&path, Arc::clone(bytes));
            paths.push(path.clone());
            dropped.push((name.clone(), path, instead));
        }
    }
    let read = Scope { disk: &disk, paths: &paths, ..scope }.read(&mut |_, _| {});
    if stop.is_set() {
        return None;
    }
    let asked = Asked { stop: stop.clone(), ..Asked::default() };
    let checked = asked.resolve(&read, &settings, messages).and_then(|chosen| read.check(&chosen, &settings, messages));
    let (mut findings, summary, trouble) = match checked {
        Ok(Checked { findings, summary, .. }) => (findings, summary, None),
        Err(Stopped::Settings(faults)) => {
            let findings: Vec<Finding> = faults.iter().map(|f| Finding::from_fault(f, messages)).collect();
            (findings, Summary::default(), Some(project.say("serve-settings", &[])))
        }
        Err(Stopped::UnknownRule(name, _)) => {
            (Vec::new(), Summary::default(), Some(project.say("unknown-rule", &[("name", &name)])))
        }
        Err(Stopped::Hidden { fail_on, min_severity }) => {
            let [least, shown] = [fail_on, min_severity].map(|severity| messages.severity(*lang, severity));
            let said = project.say("fail-on-hidden", &[("least", &least), ("shown", &shown)]);
            (Vec::new(), Summary::default(), Some(said))
        }
        Err(Stopped::Limit(limit)) => (Vec::new(), Summary::default(), Some(messages.limit(*lang, limit))),
        Err(Stopped::Today(text)) => {
            (Vec::new(), Summary::default(), Some(project.say("bad-today", &[("text", &text)])))
        }
    };
    // Who found too much has stopped the work itself, and that is to be seen.
    if stop.is_set() && stop.met().is_none() {
        return None;
    }
    // A folder without plans is where this page begins; it says so itself.
    findings.retain(|finding| finding.rule != "no-plans");
    let summary = Summary { counts: Counts::of(&findings), ..summary };
    let guests = guests(&read, &findings, dropped, *lang);
    Some(Look { read, findings, summary, guests, trouble })
}

/// Where a dropped file lies: in the place of the one file of the project that is called so, else in the first folder.
fn place(name: &str, seen: &[(PathBuf, Kind)], named: &[PathBuf]) -> (PathBuf, bool) {
    let first = named.first().map_or(Path::new("."), PathBuf::as_path);
    let folder = if first.is_dir() { first } else { first.parent().unwrap_or(Path::new(".")) };
    let own = folder.join(name);
    let called = |path: &Path| path.file_name().is_some_and(|n| spelt(&n.to_string_lossy()) == name);
    let mut same = seen.iter().map(|(path, _)| path).filter(|path| called(path));
    match (same.next(), same.next()) {
        (Some(only), None) => (only.clone(), true),
        (Some(first), Some(_)) => (seen.iter().map(|s| &s.0).find(|p| **p == own).unwrap_or(first).clone(), true),
        (None, _) => (own, false),
    }
}

fn guests(read: &Read, findings: &[Finding], dropped: Vec<(String, PathBuf, bool)>, lang: Lang) -> Vec<Guest> {
    let guest = |path: &Path, name: Option<String>, instead: bool| {
        let path_shown = shown(path);
        Guest {
            name,
            instead,
            reading: reading(read, path),
            held: held(read, &path_shown, lang),
            findings: pointing(read, findings, &path_shown),
            path: path_shown,
        }
    };
    let mut out: Vec<Guest> = Vec::new();
    for (name, path, instead) in dropped {
        out.push(guest(&path, Some(name), instead));
    }
    for opened in &read.sheets.opened {
        let mapping = read.sheets.mappings.get(opened.mapping).map(|m| m.span.source);
        let guessed = mapping.is_some_and(|m| read.guessed.contains(&m));
        let Some(source) = read.sources.get(opened.id).filter(|_| guessed) else { continue };
        if !out.iter().any(|g| g.path == source.path) {
            out.push(guest(Path::new(&source.path), None, false));
        }
    }
    out
}

fn reading(read: &Read, path: &Path) -> Reading {
    let path_shown = shown(path);
    let is_of = |id| read.sources.get(id).is_some_and(|s| s.path == path_shown);
    if kind(path) != Ok(Kind::Sheet) {
        return if read.files.paths.iter().any(|(id, _)| is_of(*id)) { Reading::Plain } else { Reading::Not };
    }
    if read.sheets.outlines.iter().any(|id| is_of(*id)) {
        return Reading::Plain;
    }
    let opened = read.sheets.opened.iter().find(|o| is_of(o.id));
    let mapping = opened.and_then(|o| read.sheets.mappings.get(o.mapping)).map(|m| m.span.source);
    match mapping.and_then(|id| Some((id, read.sources.get(id)?))) {
        Some((id, source)) if read.guessed.contains(&id) => Reading::Guessed(source.text.to_string()),
        Some((_, source)) => Reading::Mapped(source.path.clone()),
        None => Reading::Not,
    }
}

/// How many things of each kind stand in a file.
fn held(read: &Read, path: &str, lang: Lang) -> Vec<(String, usize)> {
    let facts = &read.workspace.facts;
    let relations = (0..).map(RelationId).zip(&facts.vocabulary.relations);
    let counts = relations.filter(|(_, r)| !matches!(r.kind, RelationKind::Defined)).filter_map(|(id, relation)| {
        let heads = &facts.table(id)?.heads;
        let here = heads.iter().filter(|h| read.sources.get(h.source).is_some_and(|s| s.path == path)).count();
        let name = if lang == Lang::En { &relation.alias } else { &relation.name };
        (here > 0).then(|| (name.clone(), here))
    });
    counts.collect()
}

/// The findings that point into a file, with their main place or with another.
fn pointing(read: &Read, findings: &[Finding], path: &str) -> Vec<usize> {
    let here = |id| read.sources.get(id).is_some_and(|s| s.path == path);
    let points = |f: &Finding| here(f.span.source) || f.related.iter().any(|r| here(r.span.source));
    findings.iter().enumerate().filter(|(_, f)| points(f)).map(|(n, _)| n).collect()
}
