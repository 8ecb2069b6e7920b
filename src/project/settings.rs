//! `totsugo.yaml` of the current folder as a source, and the day of the run.
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::config::{Config, FILE, Said, read};
use crate::text::{Fault, Severity, Source, SourceId, Sources, Span};
use crate::value::Date;

use super::baseline::Listed;
use super::disk::Disk;
use super::files;

/// The settings of a run and their text.
#[derive(Default)]
pub struct Settings {
    /// What the file says.
    pub config: Config,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    text: Option<String>,
    baseline: Option<Listed>,
}

impl Settings {
    /// Reads the settings of the current folder; without a file there is nothing to set.
    #[must_use]
    pub fn read(disk: &Disk) -> Self {
        let bytes = disk.read(Path::new(FILE)).map(Option::unwrap_or_default);
        let (text, refused) = match bytes.map(String::from_utf8) {
            Ok(Ok(text)) => (text, None),
            Ok(Err(error)) => {
                let at = error.utf8_error().valid_up_to() + 1;
                (String::new(), Some(Fault::error("not-utf8", Span::default()).with("offset", at)))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Self::default(),
            Err(error) => (String::new(), Some(Fault::error("unreadable-file", Span::default()).with("reason", error))),
        };
        let mut settings = Self { text: Some(text), ..Self::default() };
        let (config, faults) = read(SourceId(0), &settings.sources());
        settings.config = config;
        settings.faults = faults.into_iter().chain(refused).collect();
        if let Some(path) = settings.config.baseline.as_ref().map(|said| PathBuf::from(&said.text)) {
            settings.use_baseline(&path, disk);
        }
        settings
    }

    /// The findings that are known, where a file was named that holds them.
    #[must_use]
    pub fn baseline(&self) -> Option<&Listed> {
        self.baseline.as_ref()
    }

    /// Reads the findings that are known from this file instead of the one of the settings.
    pub fn use_baseline(&mut self, path: &Path, disk: &Disk) {
        let id = SourceId(u32::from(self.text.is_some()));
        self.baseline = Some(Listed::read(path, id, disk));
    }

    /// No finding is known.
    pub fn leave_baseline(&mut self) {
        self.baseline = None;
    }

    /// The sources that every run begins with: the settings and the baseline, where there are any.
    pub fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        if let Some(text) = &self.text {
            sources.add(Source::new(FILE, text.as_str()));
        }
        if let Some(listed) = &self.baseline {
            sources.add(listed.source.clone());
        }
        sources
    }

    /// The places of `paths`.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.config.paths.iter().map(|path| PathBuf::from(&path.text)).collect()
    }

    /// Where to look: what was named, else the places of the settings, else the current folder.
    #[must_use]
    pub fn places(&self, named: &[PathBuf]) -> Vec<PathBuf> {
        match (named, self.paths()) {
            ([], paths) if paths.is_empty() => vec![PathBuf::from(".")],
            ([], paths) => paths,
            (named, _) => named.to_vec(),
        }
    }

    /// The places of `rules`.
    pub fn packs(&self) -> Vec<PathBuf> {
        self.config.rules.iter().map(|path| PathBuf::from(&path.text)).collect()
    }

    /// Finds fault with places that are not there, and with folders of rules that hold none. Those of `paths` are
    /// looked at only if they are used.
    pub fn look(&mut self, paths_used: bool) {
        let missing = |path: &&Said| !Path::new(&path.text).exists();
        let fault = |code, path: &Said| Fault::error(code, path.span).with("path", &path.text);
        let rules = &self.config.rules;
        let used = self.config.paths.iter().filter(|_| paths_used);
        let mut faults: Vec<Fault> =
            used.chain(rules).filter(missing).map(|path| fault("config-missing-path", path)).collect();
        let empty = rules.iter().filter(|path| !missing(path) && !files::holds_rules(Path::new(&path.text)));
        faults.extend(empty.map(|path| fault("config-no-rules", path)));
        self.faults.append(&mut faults);
        self.faults.sort_by_key(|f| (f.span.start, f.span.end));
    }

    /// Whether the run cannot go on.
    pub fn broken(&self) -> bool {
        self.faults.iter().any(|f| f.severity == Severity::Error)
    }
}

/// Nine hours: the day of a suppression ends at midnight in Japan.
const JAPAN: u64 = 9 * 3_600;

/// The day of the run: `TOTSUGO_TODAY` if that is set, else today in Japan. `Err` holds what is no day.
pub fn today() -> Result<Date, String> {
    if let Some(text) = std::env::var("TOTSUGO_TODAY").ok().filter(|t| !t.trim().is_empty()) {
        return Date::read(&text).ok().filter(|date| date.day > 0).ok_or(text);
    }
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() + JAPAN);
    let days = i64::try_from(seconds / 86_400).unwrap_or(0);
    Date::of_days(days).ok_or_else(|| seconds.to_string())
}
