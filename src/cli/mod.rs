//! Floor 12. The command line: arguments, files, exit status. Nothing is decided here that a rule could decide.
mod annotate;
mod arguments;
mod baseline;
mod compile;
mod completions;
mod diff;
mod doctor;
mod export;
mod fix;
mod fmt;
mod graph;
mod init;
mod limits;
mod man;
mod map;
mod new;
mod outputs;
mod progress;
mod query;
mod report;
mod serve;
mod since;
mod terminal;
mod testing;
mod verbose;
mod watch;
mod why;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::ArgMatches;

use self::export::inputs;
use crate::config::Names;
use crate::findings::{Counts, FailOn, Finding, Lang, Messages, Summary, Wording, severity_of_word};
use crate::project::{Asked, Checked, Chosen, Disk, Read, Rules, Scope, Settings, Stopped, chosen_codes};
use crate::render::manual::{list, manual, page};
use crate::render::pretty::{Options, pretty};
use crate::render::{self, Format, Report};
use crate::rules::{Pack, Why, code};
use crate::syntax::rules::Rule;
use crate::text::{Fault, Severity, Sources, Span, Stop};

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
        Err((text, true)) => return finish("", &terminal::for_people(&text, false), FAILED),
    };
    let mut settings = Settings::read(&Disk::default());
    let asked = std::env::var_os("TOTSUGO_LANG").is_some() || arguments.iter().any(|a| a.starts_with("--lang"));
    let lang = settings.config.lang.filter(|_| !asked).unwrap_or(lang);
    let Some((name, matches)) = matches.subcommand() else { return ExitCode::from(FAILED) };
    // `baseline update` is one command of two words.
    let (name, matches) =
        matches.subcommand().filter(|_| name == "baseline").map_or((name, matches), |m| ("baseline", m.1));
    let given = matches.try_get_many::<String>("paths").ok().flatten().is_some();
    settings.look(!given && matches!(name, "check" | "report" | "graph" | "baseline" | "doctor"));
    let mut session = Session { matches, messages, lang, settings, disk: Disk::default(), stop: Stop::default() };
    session.keep_limits(name);
    if matches!(name, "check" | "report" | "baseline") {
        session.choose_baseline(name == "baseline");
    }
    let colored = session.options().color;
    let (out, err, status) = match name {
        "lsp" => session.lsp(asked),
        "serve" => session.serve(),
        "check" if matches.get_flag("watch") => session.check_again(),
        "check" => session.check(),
        "init" => session.init(),
        "doctor" => session.doctor(),
        "completions" => session.completions(),
        "man" => session.man(),
        _ if session.settings.broken() => {
            let (out, err, status) = session.stopped(&session.settings.faults, &session.settings.sources());
            (String::new(), out + &err, status)
        }
        "baseline" => session.update_baseline(),
        "report" => session.report_page(),
        "test" => session.test(),
        "explain" => session.explain(),
        "rules" => session.rules(),
        "query" => session.query(),
        "fmt" => session.fmt(),
        "diff" => session.diff(),
        "compile" => session.compile(),
        "export" => session.export(),
        "import" => session.import(),
        "map" => session.map(),
        "new" => session.new_file(),
        _ => session.graph(),
    };
    let out = match is_data(name, matches) {
        false => terminal::for_people(&out, colored),
        true => terminal::for_whom_it_goes_to(&out, colored),
    };
    finish(&out, &terminal::for_people(&err, colored), status)
}

/// Whether what a command prints is for programs, who want it as it is. JSON and the forms for CI have nothing in them that
/// could do harm; a patch or a CSV file must be what it is, and is made harmless on a terminal only.
fn is_data(name: &str, matches: &ArgMatches) -> bool {
    let format = matches.try_get_one::<String>("format").ok().flatten().map(String::as_str);
    let flagged = |flag: &str| matches.try_get_one::<bool>(flag).ok().flatten() == Some(&true);
    let mut paths = matches.try_get_many::<String>("paths").ok().flatten().into_iter().flatten();
    match name {
        "check" => flagged("diff") || !matches!(format, None | Some("pretty" | "concise")),
        "query" => matches!(format, Some("csv" | "json")),
        "diff" => matches!(format, Some("json" | "markdown" | "html")),
        // A file that is laid out on its way through, a patch.
        "fmt" => flagged("diff") || paths.any(|path| path == "-"),
        "export" | "import" | "map" | "graph" | "completions" | "man" => true,
        _ => false,
    }
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
    settings: Settings,
    disk: Disk,
    /// Never set: who runs a command waits for it.
    stop: Stop,
}

type Outcome = (String, String, u8);

impl Session<'_> {
    /// Serves an editor on the standard input and output. The language is the editor's, unless one was asked for.
    fn lsp(&self, asked: bool) -> Outcome {
        let ended = crate::lsp::serve(asked.then_some(self.lang));
        (String::new(), String::new(), if ended { FINE } else { FOUND })
    }

    /// A sentence of the program.
    fn say(&self, id: &str, arguments: &[(&'static str, &dyn ToString)]) -> String {
        self.messages.line(self.lang, id, arguments)
    }

    fn one(&self, name: &str) -> Option<&str> {
        self.matches.try_get_one::<String>(name).ok().flatten().map(String::as_str)
    }

    /// Whether a switch is set, of a command that has it.
    fn switched(&self, name: &str) -> bool {
        self.matches.try_get_one::<bool>(name).ok().flatten() == Some(&true)
    }

    fn many(&self, name: &str, configured: &[String]) -> Vec<String> {
        let given: Vec<String> =
            self.matches.try_get_many::<String>(name).ok().flatten().into_iter().flatten().cloned().collect();
        if given.is_empty() { configured.to_vec() } else { given }
    }

    fn paths(&self) -> Vec<PathBuf> {
        let given: Vec<PathBuf> = self.many("paths", &[]).into_iter().map(PathBuf::from).collect();
        self.settings.places(&given)
    }

    /// Where files may be written over: what was named on the command line, and the current folder.
    fn roots(&self) -> Vec<PathBuf> {
        // What the settings name may be a stranger's wish.
        self.many("paths", &[]).into_iter().chain([".".to_owned()]).map(PathBuf::from).collect()
    }

    fn options(&self) -> Options {
        Options {
            lang: self.lang,
            color: terminal::colored(self.one("color")),
            width: terminal::width(),
            counts: !self.is_set("quiet"),
        }
    }

    fn names<'a>(&'a self, pack: &'a Pack) -> Names<'a> {
        Names { config: &self.settings.config, pack, messages: &self.messages }
    }

    /// The codes of rules named by code or Japanese name, of sets, and of faults of form; `Err` for an unknown one.
    fn codes(&self, names: Vec<String>, pack: &Pack) -> Result<Vec<String>, String> {
        chosen_codes(&names, &self.names(pack)).map_err(|stopped| self.in_words(&stopped))
    }

    /// Reads all that was named.
    fn read(&self) -> Read {
        self.read_from(&self.paths())
    }

    /// As [`Self::read`], for a command that takes one file.
    fn read_paths(&self) -> Read {
        match self.one("file") {
            Some(file) => self.read_from(&[PathBuf::from(file)]),
            None => self.read(),
        }
    }

    fn read_from(&self, paths: &[PathBuf]) -> Read {
        self.shown(|bar| self.scope(paths).read(&mut |path, row| bar.at(path, row)))
    }

    fn scope<'s>(&'s self, paths: &'s [PathBuf]) -> Scope<'s> {
        let mapping = self.one("mapping").map(Path::new);
        let Self { settings, messages, disk, stop, .. } = self;
        Scope { settings, messages, disk, paths, mapping, guess: false, stop }
    }

    /// The faults that are no findings about plans, in words.
    fn form(&self, read: &Read) -> Vec<Finding> {
        let faults = read.files.faults.iter().chain(&read.pack().faults);
        faults.map(|f| Finding::from_fault(f, &self.messages)).collect()
    }

    /// The run ends with what is wrong with the settings.
    fn stopped(&self, faults: &[Fault], sources: &Sources) -> Outcome {
        let findings: Vec<Finding> = faults.iter().map(|f| Finding::from_fault(f, &self.messages)).collect();
        let report = Report {
            findings: &findings,
            sources,
            summary: Summary { counts: Counts::of(&findings), ..Summary::default() },
            pack: &Pack::default(),
            facts: None,
            messages: &self.messages,
            lang: self.lang,
        };
        let err = format!("{}\n", self.say("config-stopped", &[]));
        let out = match self.format() {
            // There was no check to be counted.
            Format::Pretty => pretty(&findings, sources, &self.messages, &self.options()),
            format => render::findings(format, &report, &self.options(), false),
        };
        self.with_outputs((out, err, FAILED), &report, &[])
    }

    /// That there is nothing to read where it was looked for.
    fn nothing(&self) -> String {
        self.nothing_at(&self.paths())
    }

    fn nothing_at(&self, paths: &[PathBuf]) -> String {
        let shown: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
        let text = self.say("no-plans", &[("path", &shown.join("、"))]);
        format!("{text}\n  {}\n", self.say("no-plans-help", &[]))
    }

    /// What a check is asked for on the command line.
    fn asked(&self) -> Asked {
        Asked {
            select: self.many("select", &[]),
            ignore: self.many("ignore", &[]),
            min_severity: self.one("min-severity").and_then(severity_of_word),
            fail_on: self.one("fail-on").and_then(FailOn::of_word),
            // What is mended is tried finding by finding.
            raw: ["no-localize", "fix", "diff"].into_iter().any(|name| self.switched(name)),
            stop: self.stop.clone(),
        }
    }

    fn check(&self) -> Outcome {
        if let Err(wrong) = self.outputs() {
            return (String::new(), wrong, FAILED);
        }
        let read = self.timed("verbose-reading", || self.read());
        self.tell_files(&read);
        let Read { sources, files, workspace, .. } = &read;
        let pack = read.pack();
        let chosen = match self.asked().resolve(&read, &self.settings, &self.messages) {
            Ok(chosen) => chosen,
            Err(stopped) => return self.no_check(stopped, sources),
        };
        if read.is_empty() && files.faults.is_empty() {
            // Rule files alone check nothing; a wrong path must not look like a clean plan.
            let faults: Vec<Finding> = pack.faults.iter().map(|f| Finding::from_fault(f, &self.messages)).collect();
            let report = self.report(&read, &faults, Summary { counts: Counts::of(&faults), ..Summary::default() });
            let drawn = match self.format() {
                Format::Pretty => pretty(&faults, sources, &self.messages, &self.options()),
                format => render::findings(format, &report, &self.options(), false),
            };
            return self.with_outputs((drawn, self.nothing(), FAILED), &report, &inputs(&read, &self.paths()));
        }
        if let Some(asked) = self.one("why") {
            let faults = files.faults.iter().chain(&pack.faults).filter(|f| f.severity == Severity::Error);
            let faults: Vec<Finding> = faults.map(|f| Finding::from_fault(f, &self.messages)).collect();
            let wanted = |n: usize| chosen.wants(pack, n);
            return self.why(asked, (pack, sources, workspace), wanted, (&faults, read.failed()));
        }
        let (chosen, told) = match self.since(chosen, &read) {
            Ok(chosen) => chosen,
            Err(outcome) => return outcome,
        };
        let check = || self.shown(|_| read.check(&chosen, &self.settings, &self.messages));
        let checked = match self.timed("verbose-checking", check) {
            Ok(checked) => checked,
            Err(stopped) => return self.no_check(stopped, sources),
        };
        self.tell_rules(&read, &chosen, &checked.outcome);
        if self.matches.get_flag("fix") || self.matches.get_flag("diff") {
            let (out, err, status) = self.fix(read, &chosen, checked);
            return (out, told + &err, status);
        }
        let Checked { findings, summary: counts, outcome } = checked;
        let status = status(&read, &chosen, &findings);
        let report = self.report(&read, &findings, counts);
        let mut out = render::findings(self.format(), &report, &self.options(), !read.failed());
        let mut err = told;
        if self.matches.get_flag("explain-skips") {
            let to = if self.format() == Format::Pretty { &mut out } else { &mut err };
            self.skips(pack, &outcome.skipped, sources, to);
        }
        let outcome = self.with_outputs((out, err, status), &report, &inputs(&read, &self.paths()));
        let outcome = self.with_annotated(outcome, &findings, &read);
        let outcome = self.with_lost(outcome, sources);
        // The run ends here: the system takes all of it back at once, which is quicker than piece by piece.
        std::mem::forget(read);
        outcome
    }

    /// What is drawn of a large file is read again; if it has changed since it was checked, that is told at the end.
    fn with_lost(&self, (out, mut err, status): Outcome, sources: &Sources) -> Outcome {
        match sources.lost().filter(|_| status != FAILED) {
            None => (out, err, status),
            Some(source) => {
                let text = self.say("file-changed", &[("path", &source.path)]);
                err.push_str(&format!("{text}\n  {}\n", self.say("file-changed-help", &[])));
                (out, err, FAILED)
            }
        }
    }

    /// What the renderers work on.
    fn report<'a>(&'a self, read: &'a Read, findings: &'a [Finding], summary: Summary) -> Report<'a> {
        let facts = Some(&read.workspace.facts);
        let (sources, pack) = (&read.sources, read.pack());
        Report { findings, sources, summary, pack, facts, messages: &self.messages, lang: self.lang }
    }

    /// Why there was no check.
    fn no_check(&self, stopped: Stopped, sources: &Sources) -> Outcome {
        match stopped {
            Stopped::Settings(faults) => self.stopped(&faults, sources),
            other => (String::new(), self.in_words(&other), FAILED),
        }
    }

    /// A wrong name or day, in words.
    fn in_words(&self, stopped: &Stopped) -> String {
        match stopped {
            Stopped::Settings(_) => format!("{}\n", self.say("config-stopped", &[])),
            Stopped::UnknownRule(name, near) => {
                let text = self.say("unknown-rule", &[("name", name)]);
                format!("{text}\n  {}\n", self.say("unknown-rule-help", &[("near", near)]))
            }
            Stopped::Hidden { fail_on, min_severity } => {
                let [least, shown] = [fail_on, min_severity].map(|s| self.messages.severity(self.lang, *s));
                format!("{}\n", self.say("fail-on-hidden", &[("least", &least), ("shown", &shown)]))
            }
            Stopped::Limit(limit) => self.messages.limit(self.lang, *limit) + "\n",
            Stopped::Today(text) => format!("{}\n", self.say("bad-today", &[("text", text)])),
        }
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
    fn pack(&self) -> (Arc<Rules>, Vec<Finding>, bool) {
        // Who waits for rule files to change means those of the settings or the current folder.
        let watch = self.matches.try_get_one("watch").ok().flatten().copied().unwrap_or(false);
        let none = self.many("paths", &[]).is_empty() && !watch;
        let paths = if none { Vec::new() } else { self.paths() };
        let (rules, files) = self.scope(&paths).rules();
        let findings = files
            .faults
            .iter()
            .filter(|f| f.code != "no-plans")
            .chain(&rules.pack.faults)
            .map(|f| Finding::from_fault(f, &self.messages))
            .collect();
        let failed = rules.pack.has_errors()
            || files.faults.iter().any(|f| f.code != "no-plans" && f.severity == Severity::Error);
        (rules, findings, failed)
    }

    fn explain(&self) -> Outcome {
        let (rules, _) = self.scope(&[PathBuf::from(".")]).rules();
        let Rules { sources, pack } = &*rules;
        if self.matches.get_flag("all") {
            return (manual(pack, sources, &self.messages), String::new(), FINE);
        }
        let name = self.one("rule").unwrap_or("").to_owned();
        let codes = match self.codes(vec![name.clone()], pack) {
            Ok(codes) => codes,
            Err(text) => return (String::new(), text, FAILED),
        };
        let mut pages = Vec::new();
        for code in codes {
            pages.push(match pack.find(&code).and_then(|n| pack.rules.get(n)) {
                Some(rule) if self.matches.get_flag("source") => format!("{}\n", sources.text(rule.span)),
                Some(rule) => page(rule, sources, &self.messages, self.lang, self.options().width),
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
        let (rules, findings, failed) = self.pack();
        let Rules { sources, pack } = &*rules;
        let mut out = pretty(&findings, sources, &self.messages, &self.options());
        out.push_str(&list(pack, &self.messages, self.lang));
        (out, String::new(), if failed { FAILED } else { FINE })
    }
}

/// How a run ends that has shown these findings.
fn status(read: &Read, chosen: &Chosen, findings: &[Finding]) -> u8 {
    match (read.failed(), chosen.fails(findings)) {
        (true, _) => FAILED,
        (false, true) => FOUND,
        (false, false) => FINE,
    }
}

fn rule_name(rule: &Rule) -> Wording {
    Wording { ja: rule.name.node.clone(), en: code(rule).to_owned() }
}
