//! Findings as SARIF 2.1.0, for code scanning and for programs that show results of many tools.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::super::manual;
use super::super::report::Report;
use super::known::{Known, known};
use super::place::{Places, Region, Unit, uri};
use super::{gravest, left_out, line, lines, one_of};
use crate::findings::fix::edit;
use crate::findings::{Finding, Lang};
use crate::syntax::rules::Rule;
use crate::text::visible::in_json;
use crate::text::{Severity, Span};

/// Results of a run that GitHub takes.
const MOST_RESULTS: usize = 25_000;
/// Places of a result that GitHub shows.
const MOST_PLACES: usize = 100;
/// Tags of a rule that GitHub shows.
const MOST_TAGS: usize = 10;
/// Columns of the help of a rule where it is shown as it is.
const HELP_WIDTH: usize = 100;
/// The folder that paths begin in: the one in which the program ran.
const BASE: &str = "%SRCROOT%";

/// The findings as one log with one run. `complete` is false where the run itself failed.
pub(super) fn sarif(report: &Report<'_>, complete: bool) -> String {
    let places = Places::new(report);
    let known = known(report);
    let (mut rules, mut numbers) = (Vec::new(), FxHashMap::default());
    let kept = gravest(report, MOST_RESULTS);
    let mut results = Vec::with_capacity(kept.len());
    for (finding, known) in kept.iter().filter_map(|n| Some((report.findings.get(*n)?, known.get(*n)?))) {
        let number = *numbers.entry(finding.rule.as_str()).or_insert_with(|| {
            rules.push(descriptor(finding, report));
            rules.len() - 1
        });
        results.push(result(finding, known, number, report, &places));
    }
    let notice = |text: String| json!({ "level": "warning", "message": { "text": text } });
    let mut invocation = json!({ "executionSuccessful": complete });
    if let Some(text) = left_out(report, kept.len()) {
        put(&mut invocation, "toolExecutionNotifications", Some(json!([notice(text)])));
    }
    let base = report.messages.text(report.lang, "formats-base", &[]);
    let log = json!({
        "version": "2.1.0",
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "runs": [{
            "tool": { "driver": {
                "name": "totsugo",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "language": match report.lang { Lang::Ja => "ja", Lang::En => "en" },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { BASE: { "description": { "text": base } } },
            "invocations": [invocation],
            "results": results,
        }],
    });
    // Maps with keys that are not text could fail; there are none here.
    in_json(serde_json::to_string_pretty(&log).unwrap_or_default()) + "\n"
}

/// Adds a property if there is something to say.
fn put(object: &mut Value, name: &str, value: Option<Value>) {
    if let (Some(map), Some(value)) = (object.as_object_mut(), value) {
        map.insert(name.to_owned(), value);
    }
}

/// A message. SARIF reads `[…](…)` in one as a link; names of others make none.
fn message(text: &str) -> Value {
    json!({ "text": lines(text).replace("](", "] (") })
}

/// The rule or fault of a finding, as `totsugo explain` tells of it.
fn descriptor(finding: &Finding, report: &Report<'_>) -> Value {
    let Report { pack, sources, messages, lang, .. } = *report;
    let rule = pack.find(&finding.rule).and_then(|n| pack.rules.get(n)).filter(|_| !finding.is_fault);
    let name = line(finding.name.get(lang));
    let (full, text, markdown, usual) = match rule {
        Some(rule) => {
            let page = manual::page(rule, sources, messages, lang, HELP_WIDTH);
            (manual::explanation(rule).get(lang).to_owned(), page, help(rule, report), rule.gravest())
        }
        None => {
            let text = messages.explanation(&finding.rule).map_or_else(String::new, |w| w.get(lang).to_owned());
            let text = if text.is_empty() { name.clone() } else { text };
            (text.clone(), text.clone(), manual::plain(&text), finding.severity)
        }
    };
    let tags: Vec<&str> = rule.iter().flat_map(|r| &r.tags).map(|t| t.node.as_str()).take(MOST_TAGS).collect();
    let full = full.split_whitespace().collect::<Vec<_>>().join(" ");
    json!({
        "id": finding.rule,
        "name": name,
        "shortDescription": { "text": name },
        "fullDescription": { "text": full },
        "help": { "text": text, "markdown": markdown },
        "defaultConfiguration": { "level": level(usual) },
        "properties": {
            "tags": tags,
            "problem.severity": one_of(usual, ["error", "warning", "recommendation"]),
        },
    })
}

/// The page of a rule in Markdown, with its plans.
fn help(rule: &Rule, report: &Report<'_>) -> String {
    let Report { sources, messages, lang, .. } = *report;
    let mut out = manual::markdown(rule, sources, messages, lang);
    for (title, plan) in manual::plans(rule, sources, messages, lang) {
        // A fence is longer than any that stands in the plan.
        let longest = plan.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat((longest + 1).max(3));
        out.push_str(&format!("\n{title}:\n\n{fence}\n{plan}{fence}\n"));
    }
    out
}

fn level(severity: Severity) -> &'static str {
    one_of(severity, ["error", "warning", "note"])
}

fn result(finding: &Finding, known: &Known, rule: usize, report: &Report<'_>, places: &Places<'_>) -> Value {
    let lang = report.lang;
    let mut text = finding.message.get(lang).to_owned();
    if let Some(help) = finding.help.as_ref().map(|h| h.get(lang)).filter(|h| !h.is_empty()) {
        text.push_str(&format!("\n→ {help}"));
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": message(&text),
    });
    put(&mut result, "locations", place(finding.span, &known.subject, places).map(|place| json!([place])));
    // Code scanning of GitHub looks at the first of these names only, and makes up what is not there from the lines.
    let prints = json!({ "primaryLocationLineHash": known.fingerprint, "totsugoFinding/v1": known.fingerprint });
    put(&mut result, "partialFingerprints", Some(prints));
    let related = finding.related.iter().take(MOST_PLACES).enumerate().filter_map(|(id, label)| {
        let mut place = place(label.span, &[], places)?;
        put(&mut place, "id", Some(json!(id)));
        put(&mut place, "message", Some(message(label.message.get(lang))));
        Some(place)
    });
    let related: Vec<Value> = related.collect();
    put(&mut result, "relatedLocations", (!related.is_empty()).then(|| json!(related)));
    put(&mut result, "fixes", fix(finding, report, places).map(|fix| json!([fix])));
    result
}

/// A place: the file, the stretch of it if it is a text, and what people call it.
fn place(span: Span, subject: &[String], places: &Places<'_>) -> Option<Value> {
    let path = Some(places.path(span)).filter(|path| !path.is_empty())?;
    let mut physical = json!({ "artifactLocation": artifact(path) });
    put(&mut physical, "region", places.region(span, Unit::Characters).map(region));
    let mut place = json!({ "physicalLocation": physical });
    let mut logical = Vec::new();
    if let Some((_, cell)) = places.cell(span) {
        logical.push(json!({ "name": cell, "fullyQualifiedName": places.cell_name(span), "kind": "cell" }));
    }
    if let Some(last) = subject.last() {
        logical.push(json!({ "name": last, "fullyQualifiedName": subject.join("/"), "kind": "fact" }));
    }
    put(&mut place, "logicalLocations", (!logical.is_empty()).then(|| json!(logical)));
    Some(place)
}

fn artifact(path: &str) -> Value {
    let uri = uri(path);
    if uri.starts_with("file:") { json!({ "uri": uri }) } else { json!({ "uri": uri, "uriBaseId": BASE }) }
}

fn region(Region { start, end }: Region) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// What would mend a finding in a text file, as it is written there. A workbook is no text: `--fix -o` makes a copy.
fn fix(finding: &Finding, report: &Report<'_>, places: &Places<'_>) -> Option<Value> {
    let fix = finding.fix.as_ref()?;
    let edit = edit(places.source(fix.span)?, fix).ok()?;
    let region = region(places.region(edit.span, Unit::Characters)?);
    let id = if fix.safe { "word-fix" } else { "word-fix-unsafe" };
    let from = report.sources.text(fix.span).trim();
    let words = report.messages.text(report.lang, id, &[("from", &from), ("to", &fix.text)]);
    Some(json!({
        "description": message(&words),
        "artifactChanges": [{
            "artifactLocation": artifact(places.path(fix.span)),
            "replacements": [{ "deletedRegion": region, "insertedContent": { "text": edit.text } }],
        }],
    }))
}
