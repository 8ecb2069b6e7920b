//! `totsugo doctor`: what a check works on, and why something is not in it.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{FAILED, FINE, FOUND, Outcome, Session};
use crate::config::FILE;
use crate::findings::{Finding, Lang};
use crate::project::{Asked, Kind, LeftOut, Read, Stopped, ending, kind, shown, today};
use crate::render::pretty::NARROWEST;
use crate::render::wrap::wrap;
use crate::rules::Pack;
use crate::syntax::yaml::{Value, parse};
use crate::text::near::likeness;
use crate::text::normal::normal;
use crate::text::{Fault, Severity, SourceId, Sources};

/// What the surroundings say, by the names of their variables.
const VARIABLES: [&str; 4] = ["TOTSUGO_LANG", "TOTSUGO_TODAY", "NO_COLOR", "COLUMNS"];
/// So many things that are not read are listed for one reason; the others are counted.
const MOST: usize = 12;

impl Session<'_> {
    /// Tells what was found, how it is read, and what will not be checked as its author may think.
    pub(super) fn doctor(&self) -> Outcome {
        let paths = self.paths();
        let named = !self.many("paths", &[]).is_empty();
        if let Some(gone) = paths.iter().find(|path| named && !path.exists()) {
            let text = self.say("file-not-found", &[("path", &shown(gone))]);
            return (String::new(), format!("{text}\n  {}\n", self.say("file-not-found-help", &[])), FAILED);
        }
        let read = self.read();
        let width = self.options().width.max(NARROWEST);
        let mut report = Report { session: self, read: &read, width, out: String::new(), wrong: Vec::new() };
        report.program();
        report.settings();
        report.surroundings();
        report.rules();
        report.files();
        if named {
            for path in paths.iter().filter(|path| !path.is_dir()) {
                report.named(path);
            }
        }
        let status = if report.wrong.is_empty() { FINE } else { FOUND };
        (report.verdict(), String::new(), status)
    }
}

/// A report that is being written.
struct Report<'a> {
    session: &'a Session<'a>,
    read: &'a Read,
    width: usize,
    out: String,
    /// What will not be checked as its author may think, and what to do about it.
    wrong: Vec<(String, Option<String>)>,
}

impl Report<'_> {
    fn say(&self, id: &str, arguments: &[(&'static str, &dyn ToString)]) -> String {
        self.session.say(id, arguments)
    }

    fn line(&mut self, indent: usize, text: &str) {
        for (number, line) in wrap(text, self.width - indent - 2).into_iter().enumerate() {
            let indent = if number == 0 { indent } else { indent + 2 };
            self.out.push_str(&format!("{}{line}\n", " ".repeat(indent)));
        }
    }

    fn head(&mut self, id: &str) {
        let text = self.say(id, &[]);
        self.out.push('\n');
        self.line(0, &text);
    }

    fn tell(&mut self, id: &str, arguments: &[(&'static str, &dyn ToString)]) {
        let text = self.say(id, arguments);
        self.line(2, &text);
    }

    /// Takes a fault up among what is wrong, with the place where it is.
    fn fault(&mut self, fault: &Fault, sources: &Sources) {
        let finding = Finding::from_fault(fault, &self.session.messages);
        let lang = self.session.lang;
        let place = match sources.get(fault.span.source) {
            Some(source) if source.text.is_empty() => source.path.clone(),
            Some(_) => sources.describe(fault.span).unwrap_or_default(),
            None => FILE.to_owned(),
        };
        let text = format!("{place}: {}", finding.message.get(lang));
        self.wrong.push((text, finding.help.map(|help| help.get(lang).to_owned())));
    }

    fn program(&mut self) {
        let lang = match self.session.lang {
            Lang::Ja => "ja",
            Lang::En => "en",
        };
        let folder = std::env::current_dir().map_or_else(|_| ".".to_owned(), |folder| shown(&folder));
        let text = self.say("doctor-program", &[("version", &env!("CARGO_PKG_VERSION")), ("lang", &lang)]);
        self.line(0, &text);
        let text = self.say("doctor-folder", &[("path", &folder)]);
        self.line(0, &text);
    }

    fn settings(&mut self) {
        self.head("doctor-settings");
        let (settings, sources) = (&self.session.settings, self.session.settings.sources());
        match sources.get(SourceId(0)) {
            None => self.no_settings(),
            Some(source) => {
                self.tell("doctor-settings-file", &[("path", &FILE)]);
                let tree = parse(SourceId(0), source, &mut Vec::new());
                for (key, value) in entries(tree.as_ref().map(|node| &node.value)) {
                    let count = |n: usize| self.say("doctor-entries", &[("count", &n)]);
                    let value = match value {
                        Value::List(items) => {
                            let texts: Option<Vec<&str>> = items.iter().map(|item| plain(&item.value)).collect();
                            texts.map_or_else(|| count(items.len()), |texts| texts.join(", "))
                        }
                        Value::Map(entries) => count(entries.len()),
                        other => plain(other).unwrap_or("").to_owned(),
                    };
                    self.line(4, &format!("{key}: {value}"));
                }
            }
        }
        let mut faults: Vec<Fault> = settings.faults.clone();
        if let Err(Stopped::Settings(wrong)) = Asked::default().resolve(self.read, settings, &self.session.messages) {
            let known = |fault: &Fault| settings.faults.iter().any(|f| f == fault);
            let of_rules = |fault: &Fault| self.read.pack().faults.iter().any(|f| f == fault);
            faults.extend(wrong.into_iter().filter(|fault| !known(fault) && !of_rules(fault)));
        }
        for fault in &faults {
            self.fault(fault, &sources);
        }
    }

    /// There are no settings here: maybe they lie elsewhere or have another name.
    fn no_settings(&mut self) {
        self.tell("doctor-no-settings", &[("path", &FILE)]);
        let misnamed = ["totsugo.yml", ".totsugo.yaml", "totsugo.yaml.txt"].into_iter().map(PathBuf::from);
        let here = std::env::current_dir().unwrap_or_default();
        let above = here.ancestors().skip(1).map(|folder| folder.join(FILE));
        if let Some(path) = misnamed.chain(above).find(|path| path.is_file()) {
            let text = self.say("doctor-settings-elsewhere", &[("path", &shown(&path))]);
            self.wrong.push((text, Some(self.say("doctor-settings-elsewhere-help", &[]))));
        }
    }

    fn surroundings(&mut self) {
        self.head("doctor-surroundings");
        for name in VARIABLES {
            let value = std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
            let value = value.filter(|value| !value.is_empty()).unwrap_or_else(|| self.say("doctor-unset", &[]));
            self.line(2, &format!("{name}: {value}"));
        }
        if let Err(text) = today() {
            let text = self.say("bad-today", &[("text", &text)]);
            self.wrong.push((text, None));
        }
        let lang = std::env::var("TOTSUGO_LANG").unwrap_or_default();
        if !["", "ja", "en"].contains(&lang.as_str()) {
            let text = self.say("cli-error-value", &[("arg", &"TOTSUGO_LANG"), ("value", &lang)]);
            self.wrong.push((text, Some(self.say("cli-error-choices", &[("allowed", &"ja, en")]))));
        }
    }

    fn rules(&mut self) {
        self.head("doctor-rules");
        let read = self.read;
        let pack: &Pack = read.pack();
        let own: BTreeSet<SourceId> = read.files.rules.iter().copied().collect();
        let built_in = pack.rules.iter().filter(|rule| !own.contains(&rule.span.source)).count();
        self.tell("doctor-built-in", &[("count", &built_in)]);
        for id in &own {
            let Some(source) = read.sources.get(*id) else { continue };
            let count = pack.rules.iter().filter(|rule| rule.span.source == *id).count();
            let errors = |f: &&Fault| f.span.source == *id && f.severity == Severity::Error;
            let errors = pack.faults.iter().filter(errors).count();
            self.tell("doctor-rules-file", &[("path", &source.path), ("count", &count)]);
            if errors > 0 {
                let text = self.say("doctor-rules-wrong", &[("path", &source.path), ("count", &errors)]);
                let help = self.say("doctor-rules-wrong-help", &[("path", &source.path)]);
                self.wrong.push((text, Some(help)));
            }
        }
        if own.is_empty() {
            self.tell("doctor-no-rules", &[]);
        }
    }

    fn files(&mut self) {
        self.head("doctor-files");
        let read = self.read;
        let read_as = self.read_as();
        let mut files: BTreeMap<PathBuf, Kind> = read.files.all().into_iter().map(|p| (p, Kind::Mapping)).collect();
        files.extend(read.files.seen.iter().cloned());
        let mut unread: Vec<(String, String)> = Vec::new();
        for (path, is) in files {
            let name = shown(&path);
            match read_as.get(&name) {
                Some(how) => self.tell("doctor-file", &[("path", &name), ("what", how)]),
                None => {
                    let why = self.why_not(&name, is);
                    unread.extend(why.map(|why| (name, why)));
                }
            }
        }
        if read_as.is_empty() {
            self.tell("doctor-no-files", &[]);
        }
        for fault in &read.files.faults {
            self.fault(fault, &read.sources);
        }
        if read.is_empty() && self.wrong.is_empty() {
            let shown = self.session.nothing();
            let mut lines = shown.lines().map(|line| line.trim().to_owned());
            self.wrong.extend(lines.next().map(|text| (text, lines.next())));
        }
        self.left_out(unread);
    }

    /// How each file is read, by its name.
    fn read_as(&self) -> BTreeMap<String, String> {
        let Read { sources, files, sheets, .. } = self.read;
        let name = |id: SourceId| sources.get(id).map_or_else(String::new, |source| source.path.clone());
        let mut out: BTreeMap<String, String> = BTreeMap::new();
        for (span, _) in &files.plans {
            let path = name(span.source);
            let id = if kind(Path::new(&path)).is_ok() { "doctor-plan" } else { "doctor-plan-named" };
            out.insert(path, self.say(id, &[]));
        }
        out.extend(files.rules.iter().map(|id| (name(*id), self.say("doctor-rules-read", &[]))));
        for mapping in &sheets.mappings {
            // A mapping beside a sheet has been found under the same name.
            out.insert(name(mapping.span.source), self.say("doctor-mapping", &[]));
        }
        out.extend(sheets.data.iter().map(|id| (name(*id), self.say("doctor-data", &[]))));
        out.extend(sheets.outlines.iter().map(|id| (name(*id), self.say("doctor-outline", &[]))));
        let mut opened: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
        for sheet in &sheets.opened {
            let grid = sources.get(sheet.id).and_then(|source| source.grid.as_ref());
            let entry = opened.entry(name(sheet.id)).or_insert((sheet.mapping, Vec::new()));
            entry.1.extend(grid.map(|grid| grid.sheet.clone()).filter(|sheet| !sheet.is_empty()));
        }
        for (path, (number, names)) in opened {
            let mapping = sheets.mappings.get(number).map_or_else(String::new, |m| name(m.span.source));
            let names = names.join(&self.say("summary-join", &[]));
            let how = self.say("doctor-sheet", &[("mapping", &mapping), ("sheets", &names)]);
            out.insert(path, how);
        }
        out
    }

    /// Why a file that looks like one to be read is not; `None` if that stands among what is left out.
    fn why_not(&self, name: &str, is: Kind) -> Option<String> {
        let Read { sources, files, .. } = self.read;
        if files.left_out.iter().any(|(path, _)| shown(path) == name) {
            return None;
        }
        let here = |fault: &&Fault| sources.get(fault.span.source).is_some_and(|source| source.path == name);
        let Some(fault) = files.faults.iter().find(here) else {
            let id = if is == Kind::Sheet { "doctor-broken-mapping" } else { "doctor-unread" };
            return Some(self.say(id, &[]));
        };
        let finding = Finding::from_fault(fault, &self.session.messages);
        Some(finding.name.get(self.session.lang).to_owned())
    }

    fn left_out(&mut self, unread: Vec<(String, String)>) {
        let read = self.read;
        let left_out = &read.files.left_out;
        if unread.is_empty() && left_out.is_empty() {
            return;
        }
        self.head("doctor-left-out");
        for (path, what) in unread {
            self.tell("doctor-file", &[("path", &path), ("what", &what)]);
        }
        let mut told: BTreeMap<LeftOut, usize> = BTreeMap::new();
        // The settings of the run have been told of already.
        for (path, why) in left_out.iter().filter(|(path, _)| shown(path) != FILE) {
            let name = shown(path);
            let meant = if *why == LeftOut::Ending { meant(path) } else { None };
            if let Some(meant) = meant {
                let text = self.say("doctor-misspelt", &[("path", &name)]);
                self.wrong.push((text, Some(self.say("doctor-misspelt-help", &[("ending", &meant)]))));
            } else if *why == LeftOut::Name {
                let text = self.say("doctor-bad-name", &[("path", &name)]);
                self.wrong.push((text, Some(self.say("doctor-bad-name-help", &[]))));
            }
            let count = told.entry(*why).or_default();
            *count += 1;
            if *count <= MOST {
                self.tell("doctor-file", &[("path", &name), ("what", &self.say(reason(*why), &[]))]);
            }
        }
        for (why, count) in told.into_iter().filter(|(_, count)| *count > MOST) {
            let more = count - MOST;
            self.tell("doctor-more", &[("what", &self.say(reason(why), &[])), ("count", &more)]);
        }
    }

    /// Whether a check that names no place finds a file that was named here.
    fn named(&mut self, path: &Path) {
        let session = self.session;
        let usual = match session.settings.paths() {
            paths if paths.is_empty() => vec![PathBuf::from(".")],
            paths => paths,
        };
        let found = session.scope(&usual).find(&mut session.settings.sources());
        let Ok(whole) = path.canonicalize() else { return };
        let is = |other: &Path| other.canonicalize().is_ok_and(|other| whole.starts_with(other));
        let name = shown(path);
        if found.all().iter().any(|other| is(other)) {
            self.head("doctor-named");
            return self.tell("doctor-named-seen", &[("path", &name)]);
        }
        let why = match found.left_out.iter().find(|(other, _)| is(other)) {
            Some((_, why)) => self.say(reason(*why), &[]),
            None => {
                let usual: Vec<String> = usual.iter().map(|path| shown(path)).collect();
                self.say("doctor-outside", &[("paths", &usual.join(", "))])
            }
        };
        let text = self.say("doctor-named-unseen", &[("path", &name), ("what", &why)]);
        self.wrong.push((text, Some(self.say("doctor-named-unseen-help", &[("path", &name)]))));
    }

    fn verdict(mut self) -> String {
        if self.wrong.is_empty() {
            self.head("doctor-well");
            return self.out;
        }
        self.head("doctor-wrong");
        let help = self.say("word-help", &[]);
        for (text, what) in std::mem::take(&mut self.wrong) {
            self.line(2, &text);
            if let Some(what) = what.filter(|what| !what.is_empty()) {
                self.line(4, &format!("{help}: {what}"));
            }
        }
        self.out
    }
}

/// The number of the words for a reason.
fn reason(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Hidden => "left-out-hidden",
        LeftOut::Target => "left-out-target",
        LeftOut::Lock => "left-out-lock",
        LeftOut::Ending => "left-out-ending",
        LeftOut::Name => "left-out-name",
        LeftOut::Link => "left-out-link",
        LeftOut::Annotated => "left-out-annotated",
    }
}

fn entries(value: Option<&Value>) -> Vec<(&str, &Value)> {
    let Some(Value::Map(entries)) = value else { return Vec::new() };
    entries.iter().filter_map(|(key, value)| Some((plain(&key.value)?, &value.value))).collect()
}

fn plain(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) | Value::Plain(text) => Some(text),
        _ => None,
    }
}

/// The ending that a file should probably have: `.plan` for `a.plan.txt`, `a.pln` and `a.ＰＬＡＮ`.
fn meant(path: &Path) -> Option<&'static str> {
    const KNOWN: [&str; 14] = [
        ".mapping.yaml",
        ".mapping.yml",
        ".plan.json",
        ".plan.yaml",
        ".plan.yml",
        ".plan",
        ".rules",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".ods",
        ".csv",
        ".tsv",
        ".rule",
    ];
    let name = normal(path.file_name()?.to_str()?);
    let bare = name.strip_suffix(".txt").unwrap_or(&name);
    let exactly = KNOWN.into_iter().find(|known| bare.ends_with(known));
    let near = || {
        let written = format!(".{}", ending(path));
        KNOWN.into_iter().find(|known| written.len() > 3 && likeness(&written, known) >= 0.8)
    };
    exactly.or_else(near).map(|known| if known == ".rule" { ".rules" } else { known })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_ending_is_known_for_what_it_should_be() {
        for (name, ending) in [
            ("a.plan.txt", Some(".plan")),
            ("a.pln", Some(".plan")),
            ("a.plans", Some(".plan")),
            ("計画.ｐｌａｎ", Some(".plan")),
            ("a.rule", Some(".rules")),
            ("a.Mapping.YAML", Some(".mapping.yaml")),
            ("a.xlsb", Some(".xlsx")),
            ("a.css", None),
            ("a.ts", None),
            ("a.png", None),
            ("a.docx", None),
            ("a.yaml", None),
            ("a.txt", None),
            ("README", None),
            ("plan", None),
        ] {
            assert_eq!(meant(Path::new(name)), ending, "{name}");
        }
    }
}
