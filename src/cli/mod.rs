//! Floor 10. The command line: arguments, files, exit status. Nothing is decided here that a rule could decide.
mod annotate;
mod arguments;
mod export;
mod files;
mod map;
mod output;
mod progress;
mod query;
mod settings;
mod testing;
mod watch;
mod why;
mod workspace;

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;

use crate::config::{Choices, Names, Surroundings, resolve, suppress};
use crate::findings::{Counts, Filter, Finding, Lang, Messages, Summary, Wording, severity_of_word, sift};
use crate::graph::{Format, export};
use crate::plan::RelationId;
use crate::render::json::json;
use crate::render::manual::{list, manual, page};
use crate::render::pretty::{Options, pretty, summary};
use crate::rules::{BUILT_IN, Pack, Strategy, Violation, Why, code, run_rules};
use crate::syntax::rules::Rule;
use crate::text::{Fault, Severity, SourceId, Sources, Span};

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
    let mut settings = settings::Settings::read();
    let asked = std::env::var_os("TOTSUGO_LANG").is_some() || arguments.iter().any(|a| a.starts_with("--lang"));
    let lang = settings.config.lang.filter(|_| !asked).unwrap_or(lang);
    let Some((name, matches)) = matches.subcommand() else { return ExitCode::from(FAILED) };
    let given = matches.try_get_many::<String>("paths").ok().flatten().is_some();
    settings.look(!given && matches!(name, "check" | "graph"));
    let session = Session { matches, messages, lang, settings };
    let (out, err, status) = match name {
        "check" => session.check(),
        _ if session.settings.broken() => {
            let (out, err, status) = session.stopped(&session.settings.faults, &session.settings.sources());
            (String::new(), out + &err, status)
        }
        "test" => session.test(),
        "explain" => session.explain(),
        "rules" => session.rules(),
        "query" => session.query(),
        "export" => session.export(),
        "import" => session.import(),
        "map" => session.map(),
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
    settings: settings::Settings,
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
        match (given.is_empty(), self.settings.config.paths.is_empty()) {
            (false, _) => given,
            (true, false) => self.settings.paths(),
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

    fn names<'a>(&'a self, pack: &'a Pack) -> Names<'a> {
        Names { config: &self.settings.config, pack, messages: &self.messages }
    }

    /// The codes of rules named by code or Japanese name, of sets, and of faults of form; `Err` for an unknown one.
    fn codes(&self, names: Vec<String>, pack: &Pack) -> Result<Vec<String>, String> {
        let mut codes = Vec::new();
        for name in names {
            let Some(found) = self.names(pack).codes(&name) else {
                let near = self.names(pack).nearest(&name);
                let text = self.say("unknown-rule", &[("name", &name)]);
                return Err(format!("{text}\n  {}\n", self.say("unknown-rule-help", &[("near", &near)])));
            };
            codes.extend(found);
        }
        Ok(codes)
    }

    /// The run ends with what is wrong with the settings.
    fn stopped(&self, faults: &[Fault], sources: &Sources) -> Outcome {
        let findings: Vec<Finding> = faults.iter().map(|f| Finding::from_fault(f, &self.messages)).collect();
        let out = match self.one("format") {
            Some("json") => json(&findings, sources, Summary::default(), self.lang),
            _ => pretty(&findings, sources, &self.messages, &self.options()),
        };
        (out, format!("{}\n", self.say("config-stopped", &[])), FAILED)
    }

    /// That there is nothing to read where it was looked for.
    fn nothing(&self) -> String {
        let shown: Vec<String> = self.paths().iter().map(|p| p.display().to_string()).collect();
        let text = self.say("no-plans", &[("path", &shown.join("、"))]);
        format!("{text}\n  {}\n", self.say("no-plans-help", &[]))
    }

    fn check(&self) -> Outcome {
        let read = self.read();
        let workspace::Read { sources, files, pack, workspace, .. } = &read;
        let (choices, mut wrong) = resolve(&self.names(pack));
        if self.settings.broken() || !wrong.is_empty() {
            wrong.extend(self.settings.faults.iter().cloned());
            wrong.sort_by_key(|f| (f.span.start, f.span.end));
            // A rule that could not be read is a rule that cannot be named.
            wrong.extend(pack.faults.iter().cloned());
            return self.stopped(&wrong, sources);
        }
        let chosen = self
            .codes(self.many("select", &choices.select), pack)
            .and_then(|s| Ok((s, self.codes(self.many("ignore", &choices.ignore), pack)?)));
        let (select, ignore) = match chosen {
            Ok(chosen) => chosen,
            Err(text) => return (String::new(), text, FAILED),
        };
        let today = match settings::today() {
            Ok(today) => today,
            Err(text) => return (String::new(), format!("{}\n", self.say("bad-today", &[("text", &text)])), FAILED),
        };
        let asked = self.one("min-severity").and_then(severity_of_word).or(self.settings.config.min_severity);
        // Who asks for certain rules wants to see what they say, information too.
        let usual = if select.is_empty() { Severity::Warning } else { Severity::Info };
        let min_severity = asked.unwrap_or(usual);
        if files.plans.is_empty() && read.sheets.is_empty() && files.faults.is_empty() {
            // Rule files alone check nothing; a wrong path must not look like a clean plan.
            let faults: Vec<Finding> = pack.faults.iter().map(|f| Finding::from_fault(f, &self.messages)).collect();
            let drawn = pretty(&faults, sources, &self.messages, &self.options());
            return (drawn, self.nothing(), FAILED);
        }
        let wanted = |n: usize| {
            pack.rules.get(n).is_some_and(|r| {
                (select.is_empty() || select.iter().any(|s| s == code(r))) && !ignore.iter().any(|s| s == code(r))
            })
        };
        if let Some(asked) = self.one("why") {
            let faults = files.faults.iter().chain(&pack.faults).filter(|f| f.severity == Severity::Error);
            let faults: Vec<Finding> = faults.map(|f| Finding::from_fault(f, &self.messages)).collect();
            let failed = read.failed();
            return self.why(asked, (pack, sources, workspace), wanted, (&faults, failed));
        }
        let outcome = run_rules(pack, sources, workspace, Strategy::Planned, wanted);
        let faults = read.faults();
        let mut findings = self.findings(faults, outcome.violations, &choices, pack);
        let looked_for = |code: &str| match pack.rules.iter().position(|r| self::code(r) == code) {
            Some(n) => wanted(n) && pack.typed.iter().any(|t| t.rule == n),
            None => !ignore.iter().any(|i| i == code),
        };
        let around =
            Surroundings { names: self.names(pack), sources, facts: &workspace.facts, today, ran: &looked_for };
        let (suppressed, warnings) = suppress(&mut findings, &around);
        findings.extend(self.findings(warnings.iter(), Vec::new(), &choices, pack));
        let filter = Filter { min_severity, select, ignore };
        let suppressed = sift(suppressed, &filter, sources).len();
        let findings = sift(findings, &filter, sources);
        let documents = workspace.facts.table(RelationId(0)).map_or(0, |t| t.heads.len());
        let counts = Summary { counts: Counts::of(&findings), documents, suppressed };
        let status = match (read.failed(), findings.is_empty()) {
            (true, _) => FAILED,
            (false, true) => FINE,
            (false, false) => FOUND,
        };
        let mut out = if self.one("format") == Some("json") {
            json(&findings, sources, counts, self.lang)
        } else {
            let drawn = pretty(&findings, sources, &self.messages, &self.options());
            format!("{drawn}{}\n", summary(counts, &self.messages, self.lang))
        };
        let mut err = String::new();
        if self.matches.get_flag("explain-skips") {
            let to = if self.one("format") == Some("json") { &mut err } else { &mut out };
            self.skips(pack, &outcome.skipped, sources, to);
        }
        self.with_annotated((out, err, status), &findings, &read)
    }

    /// Faults and violations in words, as grave as the settings want them.
    fn findings<'f>(
        &self,
        faults: impl Iterator<Item = &'f Fault>,
        violations: Vec<Violation>,
        choices: &Choices,
        pack: &Pack,
    ) -> Vec<Finding> {
        let of_faults = faults.map(|fault| {
            let severity = choices.severity(fault.code, fault.severity, fault.severity);
            Finding { severity, ..Finding::from_fault(fault, &self.messages) }
        });
        let of_rules = violations.into_iter().filter_map(|violation| {
            let rule = pack.rules.get(violation.rule)?;
            let usual = rule.gravest();
            let severity = choices.severity(code(rule), violation.severity, usual);
            Finding::from_violation(Violation { severity, ..violation }, pack)
        });
        of_faults.chain(of_rules).collect()
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
            true => files::read(&[], &self.settings.packs(), sources),
            false => files::read(&self.paths(), &self.settings.packs(), sources),
        };
        let own = own_rules(&files.rules, sources);
        let pack = Pack::load_with(sources, &own, &self.settings.config.values());
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
        let mut sources = self.settings.sources();
        let own = files::read(&[PathBuf::from(".")], &self.settings.packs(), &mut sources).rules;
        let own = own_rules(&own, &sources);
        let pack = Pack::load_with(&mut sources, &own, &self.settings.config.values());
        if self.matches.get_flag("all") {
            return (manual(&pack, &sources, &self.messages), String::new(), FINE);
        }
        let name = self.one("rule").unwrap_or("").to_owned();
        let codes = match self.codes(vec![name.clone()], &pack) {
            Ok(codes) => codes,
            Err(text) => return (String::new(), text, FAILED),
        };
        let mut pages = Vec::new();
        for code in codes {
            pages.push(match pack.find(&code).and_then(|n| pack.rules.get(n)) {
                Some(rule) if self.matches.get_flag("source") => format!("{}\n", sources.text(rule.span)),
                Some(rule) => page(rule, &sources, &self.messages, self.lang, self.options().width),
                None => {
                    let text = self.messages.explanation(&code).unwrap_or_default();
                    let title = self.messages.title(&code);
                    format!("{} ({code})\n\n{}\n", title.get(self.lang), text.get(self.lang))
                }
            });
        }
        (pages.join("\n"), String::new(), FINE)
    }

    fn rules(&self) -> Outcome {
        let mut sources = self.settings.sources();
        let (pack, findings, failed) = self.pack(&mut sources);
        let mut out = pretty(&findings, &sources, &self.messages, &self.options());
        out.push_str(&list(&pack, &self.messages, self.lang));
        (out, String::new(), if failed { FAILED } else { FINE })
    }

    fn graph(&self) -> Outcome {
        let read = self.read();
        let format = match self.one("format") {
            Some("mermaid") => Format::Mermaid,
            Some("json") => Format::Json,
            _ => Format::Dot,
        };
        let err = pretty(&self.form(&read), &read.sources, &self.messages, &self.options());
        let out = export(&read.workspace.facts, &read.workspace.graph, &read.sources, format);
        (out, err, if read.failed() { FAILED } else { FINE })
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
