//! What the program `git` tells of a repository. It is asked for names and contents only: no hook, alias or filter of the
//! repository runs, nothing is fetched and nothing is written.
use std::ffi::OsStr;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

/// Why the files of a revision cannot be had.
#[derive(Debug)]
pub enum NoRevision {
    /// There is no program `git`, or it cannot be started: what the system says.
    NoGit(String),
    /// The folder lies in no repository with a work tree: what git says.
    NoRepository(String),
    /// The repository knows no such revision.
    Unknown {
        /// As it was asked for.
        revision: String,
        /// Whether only a part of the history was fetched.
        shallow: bool,
    },
    /// The revision and what is checked out have no common history.
    NoBase {
        /// As it was asked for.
        revision: String,
        /// Whether only a part of the history was fetched.
        shallow: bool,
    },
    /// Contents are missing: the repository was cloned without them.
    Missing,
    /// Something else: what git says.
    Failed(String),
}

/// The repository of the current folder.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Git;

/// A file of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    object: String,
    /// Whether it is a symbolic link.
    pub link: bool,
}

impl Git {
    fn command<I: AsRef<OsStr>>(arguments: &[I]) -> Command {
        let mut command = Command::new("git");
        // A repository from anywhere must not make its reader run or fetch something.
        command.args(["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]).args(arguments);
        command.env("GIT_ALLOW_PROTOCOL", "none").env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0");
        command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
        command
    }

    fn ask(arguments: &[&str]) -> Result<Output, NoRevision> {
        Self::command(arguments).stdin(Stdio::null()).output().map_err(|error| NoRevision::NoGit(error.to_string()))
    }

    /// The first line of an answer, if git was content.
    fn line(arguments: &[&str]) -> Result<Result<Vec<u8>, String>, NoRevision> {
        let Output { status, mut stdout, stderr } = Self::ask(arguments)?;
        if !status.success() {
            return Ok(Err(said(&stderr)));
        }
        if stdout.last() == Some(&b'\n') {
            stdout.pop();
        }
        Ok(Ok(stdout))
    }

    /// The folder that the names of a tree begin at.
    pub fn root(self) -> Result<PathBuf, NoRevision> {
        let line = Self::line(&["rev-parse", "--show-toplevel"])?.map_err(NoRevision::NoRepository)?;
        let path = path(line).ok_or_else(|| NoRevision::Failed("--show-toplevel".to_owned()))?;
        path.canonicalize().map_err(|error| NoRevision::Failed(error.to_string()))
    }

    /// The commit from which on changes are to be looked at: where the history of what is checked out and that of the
    /// revision part, so that what others have done since then is no change of ours.
    pub fn base(self, revision: &str) -> Result<String, NoRevision> {
        self.root()?;
        let known = || -> Result<bool, NoRevision> {
            Ok(Self::line(&["rev-parse", "--is-shallow-repository"])?.is_ok_and(|line| line == b"true"))
        };
        let unknown = || -> Result<String, NoRevision> {
            Err(NoRevision::Unknown { revision: revision.to_owned(), shallow: known()? })
        };
        // No revision begins so, and no option may come from here.
        if revision.is_empty() || revision.starts_with('-') {
            return unknown();
        }
        let asked = format!("{revision}^{{commit}}");
        let commit = match Self::line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &asked])? {
            Ok(line) => object(&line).ok_or_else(|| NoRevision::Failed(said(&line)))?,
            Err(_) => return unknown(),
        };
        let Output { status, stdout, stderr } = Self::ask(&["merge-base", &commit, "HEAD"])?;
        match (status.code(), object(stdout.trim_ascii_end())) {
            (Some(0), Some(base)) => Ok(base),
            (Some(1), _) => Err(NoRevision::NoBase { revision: revision.to_owned(), shallow: known()? }),
            _ => Err(NoRevision::Failed(said(&stderr))),
        }
    }

    /// The files and links of a commit, by their names below the root. Names that the system cannot have are left out.
    pub fn list(self, commit: &str) -> Result<Vec<(PathBuf, Entry)>, NoRevision> {
        let Output { status, stdout, stderr } = Self::ask(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
        if !status.success() {
            return Err(NoRevision::Failed(said(&stderr)));
        }
        let entry = |line: &[u8]| {
            let tab = line.iter().position(|b| *b == b'\t')?;
            let about = std::str::from_utf8(line.get(..tab)?).ok()?;
            let mut about = about.split(' ');
            let (mode, kind, object) = (about.next()?, about.next()?, about.next()?);
            let entry = Entry { object: self::object(object.as_bytes())?, link: mode == "120000" };
            (kind == "blob").then_some((path(line.get(tab + 1..)?.to_vec())?, entry))
        };
        Ok(stdout.split(|b| *b == 0).filter_map(entry).collect())
    }

    /// A way to the contents of files.
    pub fn contents(self) -> Result<Contents, NoRevision> {
        let mut command = Self::command(&["cat-file", "--batch"]);
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = spawned.map_err(|error| NoRevision::NoGit(error.to_string()))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(to), Some(from)) => Ok(Contents { child, to: Some(to), from: BufReader::new(from) }),
            _ => Err(NoRevision::Failed("cat-file".to_owned())),
        }
    }
}

/// One `git cat-file --batch`, which is asked for one object after the other.
pub(super) struct Contents {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Contents {
    /// The bytes of a file; `Ok(None)` if there are more than `most`.
    pub fn of(&mut self, entry: &Entry, most: u64) -> Result<Option<Vec<u8>>, NoRevision> {
        self.get(entry, most).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => NoRevision::Missing,
            _ => NoRevision::Failed(error.to_string()),
        })
    }

    fn get(&mut self, entry: &Entry, most: u64) -> io::Result<Option<Vec<u8>>> {
        let to = self.to.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        to.write_all(format!("{}\n", entry.object).as_bytes())?;
        to.flush()?;
        let mut line = String::new();
        self.from.read_line(&mut line)?;
        let mut words = line.split_whitespace().skip(1);
        let (kind, size) = (words.next(), words.next().and_then(|size| size.parse::<u64>().ok()));
        let size = match (kind, size) {
            (Some("blob"), Some(size)) => size,
            (Some("missing"), _) => return Err(io::ErrorKind::NotFound.into()),
            _ => return Err(io::Error::other(format!("cat-file: {}", line.trim_end()))),
        };
        // A line break follows what was asked for.
        let mut rest = self.from.by_ref().take(size + 1);
        if size > most {
            io::copy(&mut rest, &mut io::sink())?;
            return Ok(None);
        }
        let mut bytes = Vec::new();
        rest.read_to_end(&mut bytes)?;
        if bytes.pop() != Some(b'\n') || bytes.len() as u64 != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(bytes))
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        // Without a question it ends by itself, unless it still has an answer to tell.
        self.to = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The name of an object.
fn object(line: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(line).ok()?;
    ((40..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_hexdigit())).then(|| name.to_owned())
}

/// What git says, in one line without control characters.
fn said(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().map(|line| line.trim().trim_start_matches("fatal: ")).filter(|line| !line.is_empty());
    let line = lines.take(3).collect::<Vec<_>>().join(" / ");
    line.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere not every name can be had")]
fn path(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    Some(PathBuf::from(std::ffi::OsString::from_vec(bytes)))
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().map(PathBuf::from)
}
