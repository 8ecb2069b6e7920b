//! Finds the files of a run, and reads plan files, rule files and mappings. Everything that can be wrong with a file becomes a finding.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::disk::{Disk, whole};

use crate::ingest::{DATA_ENDINGS, ENDINGS, mapping};
use crate::text::{Fault, Message, Phase, Severity, Source, SourceId, Sources, Span, Stop};

/// What was found under the paths that were named.
#[derive(Debug, Default)]
pub struct Files {
    disk: Disk,
    /// What is still to be read: path, kind, and whether it was named itself.
    found: Vec<(PathBuf, Kind, bool)>,
    /// All files that were found, and what each is taken for.
    pub seen: Vec<(PathBuf, Kind)>,
    /// What lies in the folders that were named and is not read.
    pub left_out: Vec<(PathBuf, LeftOut)>,
    /// The path of each text that was read.
    pub paths: Vec<(SourceId, PathBuf)>,
    /// Plans: the whole text, and the code of a document that names none.
    pub plans: Vec<(Span, String)>,
    /// Rule files.
    pub rules: Vec<SourceId>,
    /// Mappings, with the folders they lie in.
    pub mappings: Vec<(SourceId, PathBuf)>,
    /// How many of the mappings were named or lie in a folder that was; the others lie beside a spreadsheet.
    pub asked_for: usize,
    /// JSON and YAML files with facts.
    pub data: Vec<SourceId>,
    /// Spreadsheets, and whether each was named itself.
    pub sheets: Vec<(PathBuf, bool)>,
    /// What could not be read.
    pub faults: Vec<Fault>,
    /// Whether the run itself has failed.
    pub failed: bool,
}

impl Files {
    /// Finds all files below `paths` and all rule files below `packs`, each once, in the order of their names. A file in
    /// `packs` is a rule file whatever its name.
    #[must_use]
    pub fn find(paths: &[PathBuf], packs: &[PathBuf], disk: &Disk, sources: &mut Sources) -> Self {
        let mut files = Self { disk: disk.clone(), ..Self::default() };
        let mut found: Vec<PathBuf> = Vec::new();
        for path in paths {
            if let Some(tree) = disk.tree_of(path) {
                found.extend(tree.files(path));
            } else if path.is_dir() {
                let before = found.len();
                let passed = Passed::default();
                for entry in walk(path, &passed) {
                    match entry {
                        Ok(entry) if is_folder(&entry) => {
                            if entry.path_is_symlink() && entry.depth() > 0 {
                                files.left_out.push((entry.into_path(), LeftOut::Link));
                            }
                        }
                        Ok(entry) => match kind(entry.path()) {
                            Ok(_) => found.push(entry.into_path()),
                            Err(why) => {
                                // It would be read, had it a name: nobody would miss it otherwise.
                                if why == LeftOut::Name {
                                    files.refuse(sources, entry.path(), "file-name", &[("path", shown(entry.path()))]);
                                }
                                files.left_out.push((entry.into_path(), why));
                            }
                        },
                        Err(error) => files.refuse(sources, path, "unreadable-file", &[("reason", error.to_string())]),
                    }
                }
                files.left_out.append(&mut passed.lock().unwrap_or_else(PoisonError::into_inner));
                found.extend(disk.unsaved(path).filter(|p| kind(p).is_ok()).cloned());
                if found.len() == before {
                    files.refuse(sources, path, "no-plans", &[("path", shown(path))]);
                }
            } else {
                found.push(path.clone());
            }
        }
        let mut rules: BTreeSet<PathBuf> = BTreeSet::new();
        for pack in packs.iter().filter(|p| p.exists()) {
            let below = if pack.is_dir() { rule_files(std::slice::from_ref(pack)) } else { vec![pack.clone()] };
            rules.extend(below.iter().map(|p| whole(p)));
            found.extend(below);
        }
        let mut seen = BTreeSet::new();
        found.retain(|p| seen.insert(whole(p)));
        found.sort();
        let of_kind = |path: PathBuf| {
            let is = if rules.contains(&whole(&path)) { Kind::Rules } else { kind(&path).unwrap_or(Kind::Plan) };
            let named = paths.contains(&path);
            (path, is, named)
        };
        files.found = found.into_iter().map(of_kind).collect();
        files.seen = files.found.iter().map(|(path, is, _)| (path.clone(), *is)).collect();
        files.left_out.sort();
        files.left_out.dedup();
        files
    }

    /// The plan files and rule files that were found and are not read yet.
    pub fn plans_and_rules(&self) -> impl Iterator<Item = &PathBuf> {
        self.found.iter().filter(|f| matches!(f.1, Kind::Plan | Kind::Rules)).map(|f| &f.0)
    }

    /// Reads the rule files that were found.
    pub fn read_rules(&mut self, sources: &mut Sources) {
        for (path, _, _) in self.found.clone().iter().filter(|f| f.1 == Kind::Rules) {
            self.file(sources, path, Kind::Rules);
        }
    }

    /// Reads the plans and mappings that were found, until `stop` is set; the spreadsheets wait for their mappings.
    pub fn read_plans(&mut self, sources: &mut Sources, stop: &Stop) {
        self.found.retain(|f| f.1 != Kind::Rules);
        stop.begin(Phase::Files, self.found.len());
        for (path, is, named) in std::mem::take(&mut self.found).into_iter().take_while(|_| !stop.is_set()) {
            match is {
                Kind::Sheet => self.sheets.push((path, named)),
                _ => {
                    self.file(sources, &path, is);
                    stop.step();
                }
            }
        }
        self.asked_for = self.mappings.len();
        self.mappings_beside(sources);
    }
}

/// The rule files among `paths` and below them.
pub fn rule_files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let below =
        |path: &PathBuf| walk(path, &Passed::default()).flatten().map(ignore::DirEntry::into_path).collect::<Vec<_>>();
    let all = paths.iter().flat_map(|path| if path.is_dir() { below(path) } else { vec![path.clone()] });
    all.filter(|path| kind(path) == Ok(Kind::Rules) && !path.is_dir()).collect()
}

/// Whether a place is a file or a folder with rule files.
pub(super) fn holds_rules(path: &Path) -> bool {
    !path.is_dir() || !rule_files(&[path.to_path_buf()]).is_empty()
}

/// What a walk passes over, with all that lies in it.
type Passed = Arc<Mutex<Vec<(PathBuf, LeftOut)>>>;

/// All that lies below a folder, by name. Hidden files and `target` are left out; what git ignores is not,
/// so that no plan is silently passed over. Links are not followed.
fn walk(folder: &Path, passed: &Passed) -> ignore::Walk {
    let passed = Arc::clone(passed);
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.hidden(false).git_ignore(false).git_global(false).git_exclude(false).ignore(false).parents(false);
    walk.filter_entry(move |entry| {
        let why = match entry.file_name() {
            _ if entry.depth() == 0 => return true,
            name if name == "target" => LeftOut::Target,
            _ if is_hidden(entry) => LeftOut::Hidden,
            _ => return true,
        };
        passed.lock().unwrap_or_else(PoisonError::into_inner).push((entry.path().to_path_buf(), why));
        false
    });
    walk.sort_by_file_path(Path::cmp).build()
}

fn is_hidden(entry: &ignore::DirEntry) -> bool {
    #[cfg(windows)]
    {
        use std::os::windows::fs::MetadataExt as _;
        const HIDDEN: u32 = 2;
        if entry.metadata().is_ok_and(|about| about.file_attributes() & HIDDEN != 0) {
            return true;
        }
    }
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Whether an entry is a folder or a link to one.
fn is_folder(entry: &ignore::DirEntry) -> bool {
    match entry.file_type() {
        Some(is) if is.is_symlink() => entry.path().is_dir(),
        is => is.is_some_and(|is| is.is_dir()),
    }
}

/// What a file is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A plan.
    Plan,
    /// Rules.
    Rules,
    /// A mapping, which says how spreadsheets are read.
    Mapping,
    /// A spreadsheet.
    Sheet,
    /// Facts in JSON or YAML.
    Data,
}

/// Why something in a folder is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// It is hidden.
    Hidden,
    /// It is the folder `target`, where programs are built.
    Target,
    /// Excel has put it there while a workbook is open.
    Lock,
    /// It does not end like anything that is read.
    Ending,
    /// Its name is no Unicode.
    Name,
    /// It is a link to a folder.
    Link,
    /// It is a copy of a workbook with findings in it.
    Annotated,
}

/// What a file in a folder is, or why it is not read.
///
/// # Errors
/// Why it is not read.
pub fn kind(path: &Path) -> Result<Kind, LeftOut> {
    let name = path.file_name().unwrap_or_default();
    let Some(name) = name.to_str() else {
        // How it ends can be read all the same.
        return Err(kind(Path::new(&*name.to_string_lossy())).map_or(LeftOut::Ending, |_| LeftOut::Name));
    };
    if name.starts_with("~$") {
        return Err(LeftOut::Lock);
    }
    if mapping::ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        return Ok(Kind::Mapping);
    }
    if DATA_ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        return Ok(Kind::Data);
    }
    match ending(path).as_str() {
        "plan" => Ok(Kind::Plan),
        "rules" => Ok(Kind::Rules),
        other if ENDINGS.contains(&other) => Ok(Kind::Sheet),
        _ => Err(LeftOut::Ending),
    }
}

/// The ending of a path in small letters, without the dot.
pub fn ending(path: &Path) -> String {
    path.extension().and_then(|e| e.to_str()).unwrap_or("").to_lowercase()
}

/// The name of a file without its ending.
pub fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned())
}

/// A path as it is shown: `/` between folders, no leading `./`, control characters made visible.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let text = text.strip_prefix("./").unwrap_or(&text);
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

impl Files {
    /// Says that a file or folder cannot be read.
    pub fn refuse(
        &mut self,
        sources: &mut Sources,
        path: &Path,
        code: &'static str,
        arguments: &[(&'static str, String)],
    ) {
        let id = sources.add(Source::new(shown(path), ""));
        let fault = Fault {
            message: Message { id: code, args: arguments.to_vec() },
            ..Fault::error(code, Span::new(id, 0..0))
        };
        self.faults.push(fault);
        self.failed = true;
    }

    /// The bytes of a file; `None`, and a fault, if there are none to be had.
    pub fn bytes(&mut self, sources: &mut Sources, path: &Path) -> Option<Vec<u8>> {
        match self.disk.read(path) {
            Ok(Some(bytes)) => Some(bytes),
            Ok(None) => {
                let limit = (self.disk.largest() >> 20).to_string();
                self.refuse(sources, path, "file-too-large", &[("limit", limit)]);
                None
            }
            Err(error) => {
                // What happens every day has words of its own; the rest is told as the system tells it.
                let code = match error.kind() {
                    // An argument that is no Unicode has lost its name on the way here.
                    std::io::ErrorKind::NotFound if shown(path).contains('\u{fffd}') => "file-name",
                    std::io::ErrorKind::NotFound => "file-not-found",
                    std::io::ErrorKind::PermissionDenied => "permission-denied",
                    _ => "unreadable-file",
                };
                self.refuse(sources, path, code, &[("path", shown(path)), ("reason", error.to_string())]);
                None
            }
        }
    }

    /// The mappings that lie beside the spreadsheets: who names a single sheet need not name its mapping.
    fn mappings_beside(&mut self, sources: &mut Sources) {
        for path in self.beside() {
            let known = |id: &SourceId| sources.get(*id).is_some_and(|s| whole(Path::new(&s.path)) == whole(&path));
            if !self.mappings.iter().any(|(id, _)| known(id)) {
                self.file(sources, &path, Kind::Mapping);
            }
        }
    }

    fn beside(&self) -> Vec<PathBuf> {
        let folder =
            |p: &Path| p.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
        let sheets = self.seen.iter().filter(|(_, is)| *is == Kind::Sheet);
        let folders: BTreeSet<PathBuf> = sheets.map(|(path, _)| folder(path)).collect();
        let mut beside: Vec<PathBuf> = folders.iter().flat_map(|folder| self.disk.beside(folder)).collect();
        beside.retain(|path| kind(path) == Ok(Kind::Mapping));
        beside.sort();
        beside
    }

    /// All files that a reading looks into.
    #[must_use]
    pub fn all(&self) -> BTreeSet<PathBuf> {
        self.seen.iter().map(|(path, _)| path.clone()).chain(self.beside()).collect()
    }

    fn file(&mut self, sources: &mut Sources, path: &Path, is: Kind) {
        let Some(text) = self.text(sources, path) else { return };
        let (length, blank) = (text.len(), text.trim().is_empty());
        let id = sources.add(Source::new(shown(path), text));
        self.paths.push((id, path.to_path_buf()));
        let whole = Span::new(id, 0..length);
        if blank {
            self.faults.push(Fault { severity: Severity::Warning, ..Fault::error("empty-file", Span::new(id, 0..0)) });
            return;
        }
        match is {
            Kind::Rules => self.rules.push(id),
            Kind::Data => self.data.push(id),
            Kind::Mapping => self.mappings.push((id, path.parent().unwrap_or(Path::new("")).to_path_buf())),
            Kind::Plan | Kind::Sheet => self.plans.push((whole, stem(path))),
        }
    }

    /// The text of a file; `None`, and a fault, if there is none to be had.
    pub fn text(&mut self, sources: &mut Sources, path: &Path) -> Option<String> {
        let bytes = self.bytes(sources, path)?;
        if let Some(at) = bytes.iter().take(8_192).position(|b| *b == 0) {
            self.refuse(sources, path, "binary-file", &[("offset", at.to_string())]);
            return None;
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                // A comment would go on to the end of the file.
                let Some(at) = old_line_end(&text) else { return Some(text) };
                let line = text.get(..at).map_or(1, |before| before.matches(['\n', '\r']).count() + 1);
                self.refuse(sources, path, "old-line-end", &[("line", line.to_string())]);
                None
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                self.refuse(sources, path, "not-utf8", &[("offset", (at + 1).to_string())]);
                None
            }
        }
    }
}

/// Where a line ends with a carriage return alone, as on the first Macintosh computers.
fn old_line_end(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'\r', text.as_bytes()).find(|at| text.as_bytes().get(at + 1) != Some(&b'\n'))
}
