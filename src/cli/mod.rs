//! Floor 8. The command line: arguments, files, exit status. Nothing is decided here that a rule could decide.
mod arguments;
mod config;
mod files;
mod query;
mod testing;
mod watch;
mod why;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;

use crate::findings::{Counts, Filter, Finding, Lang, Messages, Wording, severity_of_word, sift};
use crate::graph::{Format, export};
use crate::plan::RelationId;
use crate::render::json::json;
use crate::render::pretty::{Options, pretty, summary};
use crate::rules::{BUILT_IN, Pack, Strategy, Why, code, read_plans, run_rules};
use crate::syntax::rules::Rule;
use crate::text::near::nearest;
use crate::text::{Severity, SourceId, Sources, Span};

/// Nothing at or above the threshold was found.
const FINE: u8 = 0;
/// There are findings.
const FOUND: u8 = 1;
/// The run itself failed: an unreadable file, a bad rule file, a wrong argument.
const FAILED: u8 = 2;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|a| a.to_string_lossy().into_owned()).collect();
    let messages = Messages::new();
    let lang = arguments::wanted_lang(&arguments, std::env::var("TOTSUGO_LANG").ok());
    let matches = match arguments::read(&arguments, &messages, lang) {
        Ok(matches) => matches,
        Err((text, false)) => return finish(&text, "", FINE),
        Err((text, true)) => return finish("", &text, FAILED),
    };
    let config = match config::Config::read(Path::new(".")) {
        Ok(config) => config,
        Err(reason) => {
            let text = messages.text(lang, "bad-config", &[("reason", &reason)]);
            let help = messages.text(lang, "bad-config-help", &[]);
            return finish("", &format!("{text}\n  {help}\n"), FAILED);
        }
    };
    let asked = std::env::var_os("TOTSUGO_LANG").is_some() || arguments.iter().any(|a| a.starts_with("--lang"));
    let lang = match config.lang.as_deref() {
        Some("en") if !asked => Lang::En,
        _ => lang,
    };
    let Some((name, matches)) = matches.subcommand() else { return ExitCode::from(FAILED) };
    let session = Session { matches, messages, lang, config };
    let (out, err, status) = match name {
        "check" => session.check(),
        "test" => session.test(),
        "explain" => session.explain(),
        "rules" => session.rules(),
        "query" => session.query(),
        _ => session.graph(),
    };
    finish(&out, &err, status)
}

/// Prints and ends. A reader that has gone away (`| head`) is no failure of the check.
fn finish(out: &str, err: &str, status: u8) -> ExitCode {
    let _ = std::io::stdout().write_all(out.as_bytes());
    let _ = std::io::stderr().write_all(err.as_bytes());
    ExitCode::from(status)
}

/// One run.
struct Session<'a> {
    matches: &'a ArgMatches,
    messages: Messages,
    lang: Lang,
    config: config::Config,
}

type Outcome = (String, String, u8);

impl Session<'_> {
    fn say(&self, id: &str, arguments: &[(&'static str, &dyn ToString)]) -> String {
        self.messages.text(self.lang, id, arguments)
    }

    fn one(&self, name: &str) -> Option<&str> {
        self.matches.try_get_one::<String>(name).ok().flatten().map(String::as_str)
    }

    fn many(&self, name: &str, configured: &[String]) -> Vec<String> {
        let given: Vec<String> =
            self.matches.try_get_many::<String>(name).ok().flatten().into_iter().flatten().cloned().collect();
        if given.is_empty() { configured.to_vec() } else { given }
    }

    fn paths(&self) -> Vec<PathBuf> {
        let given: Vec<PathBuf> = self.many("paths", &[]).into_iter().map(PathBuf::from).collect();
        match (given.is_empty(), self.config.paths.is_empty()) {
            (false, _) => given,
            (true, false) => self.config.paths.clone(),
            (true, true) => vec![PathBuf::from(".")],
        }
    }

    fn options(&self) -> Options {
        let color = match self.one("color") {
            Some("always") => true,
            Some("never") => false,
            _ => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        };
        let width = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or(80);
        Options { lang: self.lang, color, width }
    }

    /// The codes of rules named by code or Japanese name, and of faults of form; `Err` for an unknown one.
    fn codes(&self, names: Vec<String>, pack: &Pack) -> Result<Vec<String>, String> {
        names
            .into_iter()
            .map(|name| {
                if let Some(rule) = pack.find(&name).and_then(|n| pack.rules.get(n)) {
                    return Ok(code(rule).to_owned());
                }
                if self.messages.explanation(&name).is_some() {
                    return Ok(name);
                }
                let known = pack.rules.iter().flat_map(|r| [code(r), r.name.node.as_str()]);
                let near = nearest(&name, known);
                let text = self.say("unknown-rule", &[("name", &name)]);
                Err(format!("{text}\n  {}\n", self.say("unknown-rule-help", &[("near", &near)])))
            })
            .collect()
    }

    fn check(&self) -> Outcome {
        let mut sources = Sources::default();
        let files = files::read(&self.paths(), &mut sources);
        let own = own_rules(&files.rules, &sources);
        let pack = Pack::load(&mut sources, &own);
        let chosen = self
            .codes(self.many("select", &self.config.select), &pack)
            .and_then(|s| Ok((s, self.codes(self.many("ignore", &self.config.ignore), &pack)?)));
        let (select, ignore) = match chosen {
            Ok(chosen) => chosen,
            Err(text) => return (String::new(), text, FAILED),
        };
        let asked = self.one("min-severity").or(self.config.min_severity.as_deref());
        let min_severity = asked.and_then(severity_of_word).unwrap_or(Severity::Warning);
        if files.plans.is_empty() && files.faults.is_empty() {
            // Rule files alone check nothing; a wrong path must not look like a clean plan.
            let shown: Vec<String> = self.paths().iter().map(|p| p.display().to_string()).collect();
            let text = self.say("no-plans", &[("path", &shown.join("、"))]);
            let faults: Vec<Finding> = pack.faults.iter().map(|f| Finding::from_fault(f, &self.messages)).collect();
            let drawn = pretty(&faults, &sources, &self.messages, &self.options());
            return (drawn, format!("{text}\n  {}\n", self.say("no-plans-help", &[])), FAILED);
        }
        let workspace = read_plans(&pack, &sources, &files.plans);
        let wanted = |n: usize| {
            pack.rules.get(n).is_some_and(|r| {
                (select.is_empty() || select.iter().any(|s| s == code(r))) && !ignore.iter().any(|s| s == code(r))
            })
        };
        if let Some(asked) = self.one("why") {
            let faults = files.faults.iter().chain(&pack.faults).filter(|f| f.severity == Severity::Error);
            let faults: Vec<Finding> = faults.map(|f| Finding::from_fault(f, &self.messages)).collect();
            let failed = files.failed || pack.has_errors();
            return self.why(asked, (&pack, &sources, &workspace), wanted, (&faults, failed));
        }
        let outcome = run_rules(&pack, &sources, &workspace, Strategy::Planned, wanted);
        let faults = files.faults.iter().chain(&pack.faults).chain(&workspace.faults);
        let mut findings: Vec<Finding> = faults.map(|f| Finding::from_fault(f, &self.messages)).collect();
        findings.extend(outcome.violations.into_iter().filter_map(|v| Finding::from_violation(v, &pack)));
        let findings = sift(findings, &Filter { min_severity, select, ignore }, &sources);
        let documents = workspace.facts.table(RelationId(0)).map_or(0, |t| t.heads.len());
        let status = match (files.failed || pack.has_errors(), findings.is_empty()) {
            (true, _) => FAILED,
            (false, true) => FINE,
            (false, false) => FOUND,
        };
        let mut out = if self.one("format") == Some("json") {
            json(&findings, &sources, documents, self.lang)
        } else {
            let drawn = pretty(&findings, &sources, &self.messages, &self.options());
            format!("{drawn}{}\n", summary(Counts::of(&findings), documents, &self.messages, self.lang))
        };
        let mut err = String::new();
        if self.matches.get_flag("explain-skips") {
            let to = if self.one("format") == Some("json") { &mut err } else { &mut out };
            self.skips(&pack, &outcome.skipped, &sources, to);
        }
        (out, err, status)
    }

    fn skips(
        &self,
        pack: &Pack,
        skipped: &std::collections::BTreeMap<(usize, Why), Vec<Span>>,
        sources: &Sources,
        out: &mut String,
    ) {
        if skipped.is_empty() {
            out.push_str(&format!("{}\n", self.say("skips-none", &[])));
            return;
        }
        out.push_str(&format!("\n{}\n", self.say("skips-title", &[])));
        for ((rule, why), places) in skipped {
            let Some(rule) = pack.rules.get(*rule) else { continue };
            let name = rule_name(rule).get(self.lang).to_owned();
            let line = self.say(
                "skips-line",
                &[("rule", &name), ("reason", &self.say(why.reason(), &[])), ("count", &places.len())],
            );
            out.push_str(&format!("  {line}\n"));
            let mut shown: Vec<String> = places.iter().filter_map(|p| sources.describe(*p)).collect();
            shown.dedup();
            for place in shown {
                out.push_str(&format!("    {place}\n"));
            }
        }
    }

    /// The built-in rules, and those under the paths that were named.
    fn pack(&self, sources: &mut Sources) -> (Pack, Vec<Finding>, bool) {
        // Who waits for rule files to change means those of the settings or the current folder.
        let watch = self.matches.try_get_one("watch").ok().flatten().copied().unwrap_or(false);
        let files = match self.many("paths", &[]).is_empty() && !watch {
            true => files::Files::default(),
            false => files::read(&self.paths(), sources),
        };
        let own = own_rules(&files.rules, sources);
        let pack = Pack::load(sources, &own);
        let findings = files
            .faults
            .iter()
            .filter(|f| f.code != "no-plans")
            .chain(&pack.faults)
            .map(|f| Finding::from_fault(f, &self.messages))
            .collect();
        let failed =
            pack.has_errors() || files.faults.iter().any(|f| f.code != "no-plans" && f.severity == Severity::Error);
        (pack, findings, failed)
    }

    fn explain(&self) -> Outcome {
        let mut sources = Sources::default();
        let own = files::read(&[PathBuf::from(".")], &mut sources).rules;
        let own = own_rules(&own, &sources);
        let pack = Pack::load(&mut sources, &own);
        let name = self.one("rule").unwrap_or("").to_owned();
        let codes = match self.codes(vec![name.clone()], &pack) {
            Ok(codes) => codes,
            Err(text) => return (String::new(), text, FAILED),
        };
        let Some(rule) = pack.find(&name).and_then(|n| pack.rules.get(n)) else {
            let code = codes.first().map_or("", String::as_str);
            return (
                format!("{code}\n\n{}\n", self.messages.explanation(code).unwrap_or_default().get(self.lang)),
                String::new(),
                FINE,
            );
        };
        let severity = self.severity(rule.severity.as_ref().map_or(Severity::Error, |s| s.node));
        let mut out = format!("{} ({}) — {severity}\n\n", rule.name.node, code(rule));
        let (ja, en) = &rule.explanation;
        let text = if self.lang == Lang::En { en.as_ref().or(ja.as_ref()) } else { ja.as_ref().or(en.as_ref()) };
        out.push_str(text.map_or("", |t| t.node.trim()));
        out.push_str("\n\n");
        out.push_str(sources.text(rule.span));
        out.push('\n');
        (out, String::new(), FINE)
    }

    fn severity(&self, severity: Severity) -> String {
        self.messages.severity(self.lang, severity)
    }

    fn rules(&self) -> Outcome {
        let mut sources = Sources::default();
        let (pack, findings, failed) = self.pack(&mut sources);
        let mut out = pretty(&findings, &sources, &self.messages, &self.options());
        let widest = pack.rules.iter().map(|r| code(r).len()).max().unwrap_or(0);
        for rule in &pack.rules {
            let severity = self.severity(rule.severity.as_ref().map_or(Severity::Error, |s| s.node));
            let severity = if self.lang == Lang::En { format!("{severity:<7}") } else { severity };
            let tests = self.say("rules-tests", &[("count", &rule.tests.len())]);
            out.push_str(&format!("{severity}  {:<widest$}  {}  ({tests})\n", code(rule), rule.name.node));
        }
        (out, String::new(), if failed { FAILED } else { FINE })
    }

    fn graph(&self) -> Outcome {
        let mut sources = Sources::default();
        let files = files::read(&self.paths(), &mut sources);
        let own = own_rules(&files.rules, &sources);
        let pack = Pack::load(&mut sources, &own);
        let workspace = read_plans(&pack, &sources, &files.plans);
        let format = match self.one("format") {
            Some("mermaid") => Format::Mermaid,
            Some("json") => Format::Json,
            _ => Format::Dot,
        };
        let findings: Vec<Finding> =
            files.faults.iter().chain(&pack.faults).map(|f| Finding::from_fault(f, &self.messages)).collect();
        let err = pretty(&findings, &sources, &self.messages, &self.options());
        let out = export(&workspace.facts, &workspace.graph, &sources, format);
        (out, err, if files.failed || pack.has_errors() { FAILED } else { FINE })
    }
}

fn rule_name(rule: &Rule) -> Wording {
    Wording { ja: rule.name.node.clone(), en: code(rule).to_owned() }
}

/// The rule files that are not the built-in ones: who checks a folder that holds them has them already.
fn own_rules(files: &[SourceId], sources: &Sources) -> Vec<SourceId> {
    let built_in = |id: &SourceId| sources.get(*id).is_some_and(|s| BUILT_IN.iter().any(|b| b.1 == s.text));
    files.iter().copied().filter(|id| !built_in(id)).collect()
}
