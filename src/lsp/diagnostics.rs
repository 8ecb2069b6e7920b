//! Findings as diagnostics of their files.
use std::collections::BTreeMap;

use gen_lsp_types::{Code, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Uri};

use super::desk::Desk;
use super::place;
use super::view::View;
use crate::findings::Finding;
use crate::text::Severity;

/// More diagnostics of one file than this are only counted: no editor shows them.
const MOST: usize = 1_000;

/// The diagnostics of each file that has a finding, and an empty list for each other file of the view.
pub(super) fn diagnostics(view: &View, desk: &Desk) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut out: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for (_, id) in view.files() {
        if let Some(source) = view.read.sources.get(id) {
            out.entry(view.uri(source).0).or_default();
        }
    }
    let mut more: BTreeMap<String, usize> = BTreeMap::new();
    for finding in &view.findings {
        let Some(location) = view.location(finding.span) else { continue };
        let all = out.entry(location.uri.0.clone()).or_default();
        if all.len() < MOST {
            all.push(diagnostic(finding, view, desk));
        } else {
            *more.entry(location.uri.0).or_default() += 1;
        }
    }
    for (uri, count) in more {
        let message = desk.say("lsp-more-findings", &[("count", &count)]);
        let last = Diagnostic { message: message.into(), source: Some("totsugo".to_owned()), ..Diagnostic::default() };
        out.entry(uri).or_default().push(last);
    }
    out.retain(|uri, _| !uri.starts_with(place::BUILT_IN));
    out
}

/// A finding as a diagnostic.
pub(super) fn diagnostic(finding: &Finding, view: &View, desk: &Desk) -> Diagnostic {
    let lang = desk.lang;
    let source = view.read.sources.get(finding.span.source);
    // A sheet has no lines: the cell is told in words.
    let cell = source.filter(|s| s.grid.is_some()).map(|s| {
        let place = s.place(finding.span.range().start);
        format!("{}: ", place.strip_prefix(&s.path).unwrap_or(&place).trim())
    });
    let mut message = format!("{}{}", cell.unwrap_or_default(), finding.message.get(lang));
    if let Some(help) = &finding.help {
        message.push_str(&format!("\n{}", desk.say("lsp-help", &[("help", &help.get(lang))])));
    }
    let related: Vec<DiagnosticRelatedInformation> = finding
        .related
        .iter()
        .filter_map(|label| {
            let location = view.location(label.span)?;
            let printed = view.read.sources.text(label.span).lines().next().unwrap_or("").trim();
            let message = format!("{} {printed}", label.message.get(lang)).trim().to_owned();
            Some(DiagnosticRelatedInformation { location, message })
        })
        .filter(|r| !r.location.uri.0.starts_with(place::BUILT_IN))
        .collect();
    Diagnostic {
        range: view.location(finding.span).map(|l| l.range).unwrap_or_default(),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
            Severity::Info => DiagnosticSeverity::Information,
        }),
        code: Some(Code::from(finding.rule.clone())),
        source: Some("totsugo".to_owned()),
        message: message.into(),
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}

/// What was told of each file, so that it can be taken back.
#[derive(Default)]
pub(super) struct Told(BTreeMap<String, usize>);

impl Told {
    /// What is to be told of a view: files whose diagnostics are new, are none any more, or of which nothing was told
    /// and nothing is to be told are left out. Of a view of the whole, files that are gone are told to be in order.
    pub(super) fn news(&mut self, made: BTreeMap<String, Vec<Diagnostic>>, whole: bool) -> Vec<(Uri, Vec<Diagnostic>)> {
        let mut out = Vec::new();
        if whole {
            let gone: Vec<String> = self.0.keys().filter(|uri| !made.contains_key(*uri)).cloned().collect();
            for uri in gone {
                self.0.remove(&uri);
                out.push((Uri(uri), Vec::new()));
            }
        }
        for (uri, diagnostics) in made {
            let before = self.0.contains_key(&uri);
            if diagnostics.is_empty() {
                self.0.remove(&uri);
            } else {
                self.0.insert(uri.clone(), diagnostics.len());
            }
            if before || !diagnostics.is_empty() {
                out.push((Uri(uri), diagnostics));
            }
        }
        out
    }
}
