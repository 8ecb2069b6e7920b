//! Completion in `totsugo.yaml` and `*.mapping.yaml`: the keys and values of their schemas, and what is named there.
//! The way to a place is found by indentation, since the tree of a half-written file is none.
use std::path::Path;

use gen_lsp_types::CompletionItemKind as Kind;
use serde_json::Value;

use super::choice::Choice;
use super::schema::{self, Form, Step};
use super::{Offer, Scene, known, names};
use crate::ingest::ENDINGS;
use crate::plan::{ColumnRole, RelationId, RelationKind};
use crate::project::ending;
use crate::text::Source;

/// Rows of a sheet that may hold its headings.
const HEADINGS: u32 = 10;
/// More sheets than these, or larger ones, are not looked into.
const MOST_SHEETS: usize = 8;
const LARGEST: u64 = 1 << 20;

/// A place of a YAML file.
struct Place {
    path: Vec<Step>,
    /// Keys that stand beside it.
    given: Vec<String>,
    /// Whether a value is written behind a colon or in a list.
    value: bool,
    /// Whether a key may be written.
    key: bool,
    start: usize,
}

pub(super) fn offer(scene: &Scene<'_>, form: Form, file: &Path, text: &str, at: usize) -> Offer {
    let Some(place) = place(text, at) else { return Offer::nothing(at) };
    let rest = text.get(at..).unwrap_or("");
    let stop = rest.find([':', ',', ']', '}', '\n', '\r', '#']).unwrap_or(rest.len());
    let tail = rest.get(..stop).unwrap_or("");
    let end = if place.start == at && tail.starts_with(' ') { at } else { at + tail.trim_end().len() };
    let colon = rest.get(tail.len()..).is_some_and(|t| t.starts_with(':'));
    let mut choices = Vec::new();
    let nodes = schema::at(form, &place.path);
    if place.value {
        choices.extend(values(scene, form, file, &place, &nodes));
    }
    if place.key {
        let keys =
            keys(scene, form, &place, &nodes).into_iter().filter(|k| !place.given.iter().any(|g| g == k.label()));
        choices.extend(keys.map(|k| {
            let text = if colon { scalar(k.label()) } else { format!("{}: ", scalar(k.label())) };
            k.insert(text)
        }));
    }
    Offer { range: place.start..end, choices }
}

/// An entry on a line: a dash or a key, with its column.
#[derive(Debug, Clone)]
enum Entry {
    Dash,
    Key(String),
}

/// The dashes and the key that a line begins with, and where what follows them begins.
fn entries(line: &str) -> (Vec<(usize, Entry)>, usize) {
    let mut out = Vec::new();
    let mut at = line.len() - line.trim_start_matches(' ').len();
    while line.get(at..).is_some_and(|r| r == "-" || r.starts_with("- ")) {
        out.push((at, Entry::Dash));
        let rest = line.get(at + 1..).unwrap_or("");
        at += 1 + rest.len() - rest.trim_start_matches(' ').len();
    }
    let rest = line.get(at..).unwrap_or("");
    if rest.starts_with(['[', '{', '#']) {
        return (out, at);
    }
    let colon = if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        rest.get(1..)
            .and_then(|r| r.find(quote))
            .map(|n| n + 2)
            .filter(|n| rest.get(*n..).is_some_and(|r| r.starts_with(':')))
    } else {
        rest.char_indices()
            .find(|(i, c)| *c == ':' && rest.get(i + 1..).is_some_and(|r| r.is_empty() || r.starts_with([' ', '\r'])))
            .map(|(i, _)| i)
    };
    if let Some(colon) = colon {
        let key = rest.get(..colon).unwrap_or("").trim().trim_matches(['"', '\'']).to_owned();
        out.push((at, Entry::Key(key)));
        at += colon + 1;
    }
    (out, at)
}

fn place(text: &str, at: usize) -> Option<Place> {
    let line_start = text.get(..at)?.rfind('\n').map_or(0, |n| n + 1);
    let before = text.get(line_start..at)?;
    if before.trim_start().starts_with('#') || before.contains(" #") {
        return None;
    }
    let (own, content) = entries(before);
    let mut path = Vec::new();
    let step = |entry: &Entry| match entry {
        Entry::Dash => Step::Item,
        Entry::Key(key) => Step::Key(key.clone()),
    };
    // From the place outwards.
    path.extend(own.iter().rev().map(|(_, e)| step(e)));
    let (mut limit, mut dash) = match own.first() {
        Some((column, entry)) => (*column, matches!(entry, Entry::Dash)),
        None => (content, false),
    };
    // Of the key that is being written, those beside it: of the line itself if a dash stands before.
    let beside = own.iter().rev().find(|(_, e)| matches!(e, Entry::Dash)).map_or(limit, |_| content);
    let writes_key = !matches!(own.last(), Some((_, Entry::Key(_))));
    let mut given = Vec::new();
    let mut siblings = writes_key && own.is_empty();
    for line in text.get(..line_start)?.lines().rev() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        for (column, entry) in entries(line).0.into_iter().rev() {
            if siblings
                && column == beside
                && let Entry::Key(key) = &entry
            {
                given.push(key.clone());
            }
            if column < limit || (dash && column == limit && matches!(entry, Entry::Key(_))) {
                siblings = false;
                path.push(step(&entry));
                (limit, dash) = (column, matches!(entry, Entry::Dash));
            }
        }
        if limit == 0 && !dash {
            // Keys at the outermost column go on being beside it.
            if !(siblings && beside == 0) {
                break;
            }
        }
    }
    path.reverse();
    for line in text.get(at..)?.lines().skip(1).filter(|l| !l.trim().is_empty() && !l.trim_start().starts_with('#')) {
        let all = entries(line).0;
        let Some((column, first)) = all.first() else { continue };
        if *column < beside || (*column == beside && matches!(first, Entry::Dash)) {
            break;
        }
        if let (true, Entry::Key(key)) = (*column == beside && writes_key, first) {
            given.push(key.clone());
        }
    }
    let written = before.get(content..).unwrap_or("");
    let lead = written.len() - written.trim_start().len();
    let in_item = matches!(own.last(), Some((_, Entry::Dash)));
    let mut found =
        Place { path, given, value: !writes_key || in_item, key: writes_key, start: line_start + content + lead };
    // A colon right before the cursor: the value begins behind a blank.
    if !writes_key && before.ends_with(':') {
        return None;
    }
    flow(&mut found, written.trim_start());
    Some(found)
}

/// Steps into the brackets of `[a, b]` and `{ key: value }`.
fn flow(place: &mut Place, written: &str) {
    if !written.starts_with(['[', '{']) {
        return;
    }
    let base = place.start;
    let mut open: Vec<(char, Option<String>, Vec<String>)> = Vec::new();
    let (mut start, mut quote) = (0usize, None);
    for (i, c) in written.char_indices() {
        match (quote, c) {
            (Some(q), _) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => {
                open.push((c, None, Vec::new()));
                start = i + 1;
            }
            (None, ']' | '}') => drop(open.pop()),
            (None, ',') => {
                if let Some((_, key, given)) = open.last_mut() {
                    given.extend(key.take());
                }
                start = i + 1;
            }
            (None, ':') if open.last().is_some_and(|o| o.0 == '{' && o.1.is_none()) => {
                let key = written.get(start..i).unwrap_or("").trim().trim_matches(['"', '\'']).to_owned();
                if let Some(last) = open.last_mut() {
                    last.1 = Some(key);
                }
                start = i + 1;
            }
            _ => {}
        }
    }
    for (bracket, key, _) in &open {
        match (bracket, key) {
            ('[', _) => place.path.push(Step::Item),
            (_, Some(key)) => place.path.push(Step::Key(key.clone())),
            _ => {}
        }
    }
    let tail = written.get(start..).unwrap_or("");
    place.start = base + start + (tail.len() - tail.trim_start().len());
    match open.pop() {
        Some(('{', None, given)) => (place.key, place.value, place.given) = (true, false, given),
        Some(_) => (place.key, place.value) = (false, true),
        None => (place.key, place.value) = (false, false),
    }
}

/// Levels of a mapping: how many keys deep a place is below `columns` of a table, and the keys.
fn level(path: &[Step]) -> Option<Vec<&str>> {
    let columns = match path {
        [Step::Key(tables), Step::Item, Step::Key(columns), rest @ ..]
            if tables == "tables" && columns == "columns" =>
        {
            rest
        }
        _ => return None,
    };
    let keys = columns.iter().filter_map(|s| match s {
        Step::Key(key) => Some(key.as_str()),
        Step::Item => None,
    });
    Some(keys.collect())
}

fn keys(scene: &Scene<'_>, form: Form, place: &Place, nodes: &[&'static Value]) -> Vec<Choice> {
    let vocabulary = scene.vocabulary();
    let mut out = Vec::new();
    let first = place.path.first();
    let is = |name: &str| matches!(first, Some(Step::Key(key)) if key == name);
    match form {
        Form::Settings if is("severities") && place.path.len() == 1 => return names::rules(scene, &[], true),
        Form::Settings if is("parameters") && place.path.len() == 1 => {
            let with = scene.pack.rules.iter().filter(|r| !r.body.parameters.is_empty());
            out.extend(
                with.map(|r| {
                    Choice::new(Kind::Reference, crate::rules::code(r)).other(&r.name.node).detail(&r.name.node)
                }),
            );
        }
        Form::Settings if is("parameters") && place.path.len() == 2 => {
            let Some(Step::Key(rule)) = place.path.get(1) else { return out };
            let rule = scene.pack.find(rule).and_then(|n| scene.pack.rules.get(n));
            out.extend(
                rule.into_iter().flat_map(|r| &r.body.parameters).map(|p| Choice::new(Kind::Property, &p.name.node)),
            );
        }
        Form::Mapping if is("document") && place.path.len() == 1 => {
            out.extend(fields(scene, crate::plan::DOCUMENTS));
        }
        Form::Mapping => match level(&place.path).as_deref() {
            Some([]) => {
                let rows = vocabulary
                    .relations
                    .iter()
                    .filter(|r| matches!(r.kind, RelationKind::Entity | RelationKind::Rows(_)));
                out.extend(rows.map(|r| Choice::new(Kind::Class, &r.name).other(&r.alias).detail(&r.alias)));
                let keywords = vocabulary.keywords.iter();
                out.extend(keywords.map(|k| Choice::new(Kind::Class, &k.0).other(&k.1)));
            }
            Some([name]) => {
                if let Some((relation, _)) = vocabulary.keyword(name) {
                    out.extend(fields(scene, relation));
                }
            }
            _ => {}
        },
        Form::Settings => {}
    }
    for node in nodes {
        for key in node.get("properties").and_then(Value::as_object).into_iter().flat_map(|p| p.keys()) {
            let mut path = place.path.clone();
            path.push(Step::Key(key.clone()));
            let text = schema::description(&schema::at(form, &path));
            let required = node.get("required").and_then(Value::as_array);
            let required = required.is_some_and(|r| r.iter().any(|k| k.as_str() == Some(key)));
            let choice = Choice::new(Kind::Property, key).documentation(text);
            out.push(if required { choice.detail(scene.say("lsp-choice-required")) } else { choice });
        }
    }
    out
}

/// What a mapping may say of a thing: its columns and its values by year.
fn fields(scene: &Scene<'_>, relation: RelationId) -> Vec<Choice> {
    let vocabulary = scene.vocabulary();
    let declared = vocabulary.relations.get(relation.0 as usize);
    let columns = declared.into_iter().flat_map(|r| &r.columns);
    let columns = columns.filter(|c| !matches!(c.role, ColumnRole::Derived(_) | ColumnRole::Given));
    let mut out: Vec<Choice> =
        columns.map(|c| Choice::new(Kind::Field, &c.name).other(&c.alias).detail(&c.alias)).collect();
    let series = vocabulary.relations.iter().filter(|r| r.kind == RelationKind::Series(relation));
    out.extend(series.map(|r| {
        let detail = format!("{} · {}", r.alias, scene.say("lsp-choice-series"));
        Choice::new(Kind::Field, &r.name).other(&r.alias).detail(detail)
    }));
    out
}

fn values(scene: &Scene<'_>, form: Form, file: &Path, place: &Place, nodes: &[&'static Value]) -> Vec<Choice> {
    let mut out = Vec::new();
    let last = place.path.iter().rev().find_map(|s| if let Step::Key(key) = s { Some(key.as_str()) } else { None });
    let member = |text: &str| Choice::new(Kind::EnumMember, text).insert(scalar(text));
    for node in nodes {
        for list in ["enum", "examples"] {
            let texts = node.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            out.extend(texts.map(member));
        }
        if node.get("type").and_then(Value::as_str) == Some("boolean") {
            out.extend(["true", "false"].map(member));
        }
    }
    if form == Form::Settings && schema::is(nodes, "name") {
        let all = names::rules(scene, &[], true);
        out.extend(all.into_iter().map(|c| {
            let text = scalar(c.label());
            c.insert(text)
        }));
    }
    if form == Form::Settings && last == Some("document") {
        let all = known::documents(&scene.facts);
        out.extend(
            all.into_iter()
                .map(|(code, title)| Choice::new(Kind::File, &code).other(&title).detail(&title).insert(scalar(&code))),
        );
    }
    if form == Form::Mapping {
        let field = level(&place.path).is_some_and(|l| l.len() >= 2);
        let heading = schema::is(nodes, "heading") || matches!(last, Some("column"));
        if last == Some("sheet") {
            let all = sheets(scene, file);
            let names = all.iter().filter_map(|(_, s)| s.grid.as_ref()).map(|g| g.sheet.as_str());
            out.extend(names.filter(|n| !n.is_empty()).map(member));
        } else if last == Some("files") {
            let mut files: Vec<String> = sheets(scene, file).into_iter().map(|s| s.0).collect();
            files.dedup();
            out.extend(files.iter().map(|f| Choice::new(Kind::File, f).insert(scalar(f))));
        } else if heading
            || (field
                && !matches!(last, Some("letter" | "value" | "cell" | "match" | "remove" | "split" | "join" | "carry")))
        {
            out.extend(headings(&sheets(scene, file)).iter().map(|h| Choice::new(Kind::Field, h).insert(scalar(h))));
        }
    }
    out
}

/// The sheets that lie where a mapping does. As long as it cannot be read they are in no view, so small ones are read here.
fn sheets(scene: &Scene<'_>, file: &Path) -> Vec<(String, Source)> {
    let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
    let inside = |path: &Path| Some(path.strip_prefix(&folder).ok()?.to_string_lossy().replace('\\', "/"));
    let known = scene.view.files().filter_map(|(path, id)| {
        let source = scene.view.read.sources.get(id).filter(|s| s.grid.is_some())?;
        Some((inside(path)?, source.clone()))
    });
    let mut out: Vec<(String, Source)> = known.take(MOST_SHEETS).collect();
    if !out.is_empty() {
        return out;
    }
    let mut paths: Vec<_> = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.retain(|p| ENDINGS.contains(&ending(p).as_str()) && p.metadata().is_ok_and(|m| m.len() <= LARGEST));
    paths.sort();
    for path in paths.into_iter().take(MOST_SHEETS) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let name = inside(&path).unwrap_or_default();
        let read = crate::ingest::sheets(&name, &ending(&path), bytes, None, &mut |_| {}).unwrap_or_default();
        out.extend(read.into_iter().map(|(source, _)| (name.clone(), source)));
    }
    out
}

/// The texts of the first rows of sheets.
fn headings(sheets: &[(String, Source)]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (_, source) in sheets {
        let Some(grid) = &source.grid else { continue };
        for cell in (0..grid.rows().min(HEADINGS)).flat_map(|row| source.row(row)) {
            let text: String = source.text_of(&cell).split_whitespace().collect::<Vec<_>>().join(" ");
            let short = !text.is_empty() && text.chars().count() <= 40;
            if short && text.parse::<f64>().is_err() && !out.contains(&text) {
                out.push(text);
            }
        }
    }
    out
}

/// A text as YAML holds it.
fn scalar(text: &str) -> String {
    let plain = !text.is_empty()
        && text.trim() == text
        && !text.starts_with([
            '-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`',
        ])
        && !text.contains([',', '[', ']', '{', '}', '#', '\n'])
        && !text.contains(": ")
        && !text.ends_with(':')
        && text.parse::<f64>().is_err();
    if plain {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
    }
}
