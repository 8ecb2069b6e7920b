//! Finds and reads plan and rule files. Everything that can be wrong with a file becomes a finding.
use std::path::{Path, PathBuf};

use crate::text::{Fault, Message, Severity, Source, SourceId, Sources, Span};

/// What was found under the paths that were named.
#[derive(Debug, Default)]
pub struct Files {
    /// Plans: the whole text, and the code of a document that names none.
    pub plans: Vec<(Span, String)>,
    /// Rule files.
    pub rules: Vec<SourceId>,
    /// What could not be read.
    pub faults: Vec<Fault>,
    /// Whether the run itself has failed.
    pub failed: bool,
}

/// A file larger than this is no plan; it is refused rather than read.
const LARGEST: u64 = 1 << 30;

/// Reads all plan and rule files below `paths` and all rule files below `packs`, in the order of their names; each
/// file once. A file in `packs` is a rule file whatever its name.
pub fn read(paths: &[PathBuf], packs: &[PathBuf], sources: &mut Sources) -> Files {
    let mut files = Files::default();
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            for entry in walk(path) {
                match entry {
                    Ok(entry) if kind(entry.path()).is_some() && !entry.path().is_dir() => {
                        found.push(entry.into_path())
                    }
                    Ok(_) => {}
                    Err(error) => files.refuse(sources, path, "unreadable-file", &[("reason", error.to_string())]),
                }
            }
            if found.len() == before {
                files.refuse(sources, path, "no-plans", &[("path", shown(path))]);
            }
        } else {
            found.push(path.clone());
        }
    }
    let whole = |p: &Path| p.canonicalize().unwrap_or_else(|_| p.to_path_buf());
    let mut rules: std::collections::BTreeSet<PathBuf> = std::collections::BTreeSet::new();
    for pack in packs.iter().filter(|p| p.exists()) {
        let below = if pack.is_dir() { rule_files(std::slice::from_ref(pack)) } else { vec![pack.clone()] };
        rules.extend(below.iter().map(|p| whole(p)));
        found.extend(below);
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|p| seen.insert(whole(p)));
    found.sort();
    for path in found {
        let is_plan = kind(&path).unwrap_or(true) && !rules.contains(&whole(&path));
        files.file(sources, &path, is_plan);
    }
    files
}

/// The rule files among `paths` and below them.
pub fn rule_files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let below = |path: &PathBuf| walk(path).flatten().map(ignore::DirEntry::into_path).collect::<Vec<_>>();
    let all = paths.iter().flat_map(|path| if path.is_dir() { below(path) } else { vec![path.clone()] });
    all.filter(|path| kind(path) == Some(false) && !path.is_dir()).collect()
}

/// Whether a place is a file or a folder with rule files.
pub fn holds_rules(path: &Path) -> bool {
    !path.is_dir() || !rule_files(&[path.to_path_buf()]).is_empty()
}

/// All that lies below a folder, by name. Hidden files and `target` are left out; what git ignores is not,
/// so that no plan is silently passed over. Links are not followed.
fn walk(folder: &Path) -> ignore::Walk {
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.git_ignore(false).git_global(false).git_exclude(false).ignore(false).parents(false);
    walk.filter_entry(|entry| entry.depth() == 0 || entry.file_name() != "target");
    walk.sort_by_file_path(Path::cmp).build()
}

/// Whether a path is a plan (`true`) or a rule file.
fn kind(path: &Path) -> Option<bool> {
    match path.extension().and_then(|e| e.to_str()) {
        Some("plan") => Some(true),
        Some("rules") => Some(false),
        _ => None,
    }
}

/// A path as it is shown: `/` between folders, no leading `./`, control characters made visible.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let text = text.strip_prefix("./").unwrap_or(&text);
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

impl Files {
    fn refuse(&mut self, sources: &mut Sources, path: &Path, code: &'static str, arguments: &[(&'static str, String)]) {
        let id = sources.add(Source::new(shown(path), ""));
        let fault = Fault {
            message: Message { id: code, args: arguments.to_vec() },
            ..Fault::error(code, Span::new(id, 0..0))
        };
        self.faults.push(fault);
        self.failed = true;
    }

    fn file(&mut self, sources: &mut Sources, path: &Path, is_plan: bool) {
        let bytes = match std::fs::metadata(path) {
            Ok(about) if about.len() > LARGEST => return self.refuse(sources, path, "file-too-large", &[]),
            Ok(_) => std::fs::read(path),
            Err(error) => Err(error),
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => {
                // What happens every day has words of its own; the rest is told as the system tells it.
                let code = match error.kind() {
                    std::io::ErrorKind::NotFound => "file-not-found",
                    std::io::ErrorKind::PermissionDenied => "permission-denied",
                    _ => "unreadable-file",
                };
                return self.refuse(sources, path, code, &[("path", shown(path)), ("reason", error.to_string())]);
            }
        };
        if let Some(at) = bytes.iter().take(8_192).position(|b| *b == 0) {
            return self.refuse(sources, path, "binary-file", &[("offset", at.to_string())]);
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                return self.refuse(sources, path, "not-utf8", &[("offset", (at + 1).to_string())]);
            }
        };
        let (length, blank) = (text.len(), text.trim().is_empty());
        let id = sources.add(Source::new(shown(path), text));
        let whole = Span::new(id, 0..length);
        if blank {
            self.faults.push(Fault { severity: Severity::Warning, ..Fault::error("empty-file", Span::new(id, 0..0)) });
        } else if is_plan {
            let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
            self.plans.push((whole, stem));
        } else {
            self.rules.push(id);
        }
    }
}
