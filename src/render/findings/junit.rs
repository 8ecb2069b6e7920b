//! Findings as a report on tests (JUnit, in the form that Jenkins publishes), for dashboards that show nothing else.
//!
//! A file is a suite, a finding a test that fails; a file without findings is a test that passes. A test is named by rule
//! and fact, not by line, so that a dashboard knows it again in the next run. Information does not fail.
use quick_xml::Writer;
use quick_xml::events::BytesText;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::io;

use super::super::report::Report;
use super::known::known;
use super::place::Places;
use super::{line, lines, printed};
use crate::findings::Finding;
use crate::plan::DOCUMENTS;
use crate::text::Severity;

/// One test.
struct Case {
    name: String,
    /// What it says: whether it is a fault of form, or fails, or only tells.
    outcome: Option<(&'static str, String, String)>,
    code: String,
}

/// The findings as suites, by path.
pub(super) fn junit(report: &Report<'_>) -> String {
    let mut suites = checked(report);
    cases(report, &mut suites);
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing into memory does not fail.
    let _ = write(&mut out, &suites);
    let text = String::from_utf8(out.into_inner()).unwrap_or_default();
    // Two such marks can begin an order where a log is kept; as a number the second is the same text.
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", text.replace("##", "#&#35;"))
}

/// A suite for each file that holds a document.
fn checked(report: &Report<'_>) -> BTreeMap<String, Vec<Case>> {
    let heads = report.facts.and_then(|facts| facts.table(DOCUMENTS)).map_or(&[][..], |table| &table.heads);
    let paths = heads.iter().filter_map(|head| report.sources.get(head.source));
    paths.map(|source| (source.path.clone(), Vec::new())).collect()
}

fn cases(report: &Report<'_>, suites: &mut BTreeMap<String, Vec<Case>>) {
    let lang = report.lang;
    let places = Places::new(report);
    let mut seen: FxHashMap<(String, String), usize> = FxHashMap::default();
    for (finding, known) in report.findings.iter().zip(known(report)) {
        let path = places.path(finding.span);
        let path = if path.is_empty() { "totsugo" } else { path }.to_owned();
        let way = known.subject.join(" / ");
        let way = if way.is_empty() { String::new() } else { format!(": {way}") };
        let mut name = format!("{}{way}", finding.name.get(lang));
        let count = seen.entry((path.clone(), name.clone())).or_default();
        *count += 1;
        if *count > 1 {
            name.push_str(&format!(" ({count})"));
        }
        let kind = match finding.severity {
            Severity::Info => "system-out",
            Severity::Error if finding.is_fault => "error",
            _ => "failure",
        };
        let outcome = Some((kind, finding.message.get(lang).to_owned(), details(finding, report, &places)));
        suites.entry(path).or_default().push(Case { name, outcome, code: finding.rule.clone() });
    }
    let name = report.messages.text(lang, "formats-fine", &[]);
    if suites.is_empty() {
        // Dashboards take a report without tests for one that went missing.
        suites.insert("totsugo".to_owned(), Vec::new());
    }
    for cases in suites.values_mut().filter(|cases| cases.is_empty()) {
        cases.push(Case { name: name.clone(), outcome: None, code: String::new() });
    }
}

/// What a person needs to find the places.
fn details(finding: &Finding, report: &Report<'_>, places: &Places<'_>) -> String {
    let lang = report.lang;
    let printed = |span| printed(span, report.sources);
    let severity = report.messages.severity(lang, finding.severity);
    let mut out = format!("{severity} {}: {}\n", line(&places.word(finding.span)), printed(finding.span));
    out.push_str(&lines(finding.message.get(lang)));
    for label in &finding.related {
        let message = line(label.message.get(lang));
        out.push_str(&format!("\n- {}: {} {message}", line(&places.word(label.span)), printed(label.span)));
    }
    if let Some(help) = finding.help.as_ref().map(|h| h.get(lang)).filter(|h| !h.is_empty()) {
        out.push_str(&format!("\n→ {}", lines(help)));
    }
    out
}

fn write(out: &mut Writer<Vec<u8>>, suites: &BTreeMap<String, Vec<Case>>) -> io::Result<()> {
    let count =
        |cases: &[Case], kind: &str| cases.iter().filter(|c| c.outcome.as_ref().is_some_and(|o| o.0 == kind)).count();
    let all = |kind: &str| suites.values().map(|cases| count(cases, kind)).sum::<usize>();
    let tests = suites.values().map(Vec::len).sum::<usize>();
    let counts = |tests: usize, failures: usize, errors: usize| {
        [("tests", tests.to_string()), ("failures", failures.to_string()), ("errors", errors.to_string())]
    };
    let totals = counts(tests, all("failure"), all("error"));
    let element = out.create_element("testsuites").with_attribute(("name", "totsugo"));
    let element = element.with_attributes(totals.iter().map(|(name, value)| (*name, value.as_str())));
    element.write_inner_content(|out| {
        for (path, cases) in suites {
            let path = line(path);
            let own = counts(cases.len(), count(cases, "failure"), count(cases, "error"));
            let element = out.create_element("testsuite").with_attribute(("name", path.as_str()));
            let element = element.with_attributes(own.iter().map(|(name, value)| (*name, value.as_str())));
            element.write_inner_content(|out| cases.iter().try_for_each(|case| test(out, &path, case)))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn test(out: &mut Writer<Vec<u8>>, path: &str, case: &Case) -> io::Result<()> {
    let name = line(&case.name);
    let element = out.create_element("testcase").with_attributes([("name", name.as_str()), ("classname", path)]);
    let Some((kind, message, details)) = &case.outcome else {
        element.write_empty()?;
        return Ok(());
    };
    element.write_inner_content(|out| {
        let mut element = out.create_element(*kind);
        let message = line(message);
        if *kind != "system-out" {
            element = element.with_attributes([("type", case.code.as_str()), ("message", message.as_str())]);
        }
        element.write_text_content(BytesText::new(details))?;
        Ok(())
    })?;
    Ok(())
}
