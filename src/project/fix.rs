//! Applies the fixes of findings to the files of a project, in memory: what is given back was read and checked again.
//!
//! A round takes all fixes that do not touch each other, makes the files that they give, and checks these. Only fixes
//! whose findings are gone then, and that brought no error, count; where one is in doubt the others are tried without it.
//! Rounds follow until there is nothing more to mend. Nothing is written here.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::check::{Checked, Chosen, Stopped};
use super::disk::Disk;
use super::files::ending;
use super::read::{Read, Scope};
use crate::findings::fix::{Edit, Misfit, apply, edit};
use crate::findings::{Finding, Wording};
use crate::ingest::{Unfit, splice};
use crate::render::annotate::{Kept, Refill, refill};
use crate::text::{CellKind, Cells, Severity, Source, SourceId};

/// More rounds than this are a circle.
const MOST_ROUNDS: usize = 10;
/// More checks than this in a round are not worth the last doubtful fix.
const MOST_CHECKS: usize = 40;

/// Which fixes are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Those that a person has to look at, too.
    pub doubtful: bool,
    /// Those in workbooks, which become copies.
    pub workbooks: bool,
}

/// A fix as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The place, as it is printed.
    pub place: String,
    /// The rule.
    pub rule: Wording,
    /// What stood there.
    pub from: String,
    /// What stands there now.
    pub to: String,
}

/// A file with its fixes.
#[derive(Debug)]
pub struct Mended {
    /// The file.
    pub path: PathBuf,
    /// What was read.
    pub before: Vec<u8>,
    /// What it holds with all fixes.
    pub after: Vec<u8>,
    /// The fixes, in the order they were made.
    pub fixes: Vec<Mend>,
    /// Whether it is a sheet, whose changes are told by cells.
    pub sheet: bool,
    /// Whether it is a workbook, of which a copy is written.
    pub workbook: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Fixed {
    /// The files as they are read with all fixes.
    pub read: Read,
    /// What is found in them.
    pub checked: Checked,
    /// The files that change, by their paths.
    pub files: Vec<Mended>,
    /// Fixes that were wanted and not made, and the sentence that says why.
    pub left: Vec<(Mend, &'static str)>,
    /// False if there was more to mend after the last round.
    pub stable: bool,
}

/// Whether a source is a workbook.
#[must_use]
pub fn in_workbook(source: &Source) -> bool {
    source.grid.as_ref().is_some_and(|g| matches!(g.cells, Cells::Listed(_)))
}

/// Where something stands, so that it can be found again in a file that has been edited.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Cell(String, u32, u32),
    At(usize),
}

type Key = (String, String, Place);

/// A fix that is to be tried.
#[derive(Debug, Clone)]
struct Attempt {
    key: Key,
    edit: Edit,
    path: String,
    mend: Mend,
    /// What a cell of a workbook is to show.
    cell: Option<Refill>,
}

/// What a trial gave.
struct Trial {
    read: Read,
    checked: Checked,
    disk: Disk,
    files: BTreeMap<String, Vec<u8>>,
}

/// Why a trial is no good: the attempts to blame (by their number), each with a reason; none if it is not known.
type Blame = Vec<(usize, &'static str)>;

/// A run of rounds.
struct Mender<'a> {
    scope: Scope<'a>,
    chosen: &'a Chosen,
    /// All rules, if only some were chosen: a fix must not break what the others hold.
    wide: Option<Chosen>,
    wanted: Wanted,
    left: Vec<(Mend, &'static str)>,
    /// What was tried in vain: the finding and the text.
    refused: BTreeSet<(Key, String)>,
    checks: usize,
    /// What the files held before all rounds.
    originals: BTreeMap<String, Vec<u8>>,
}

/// Applies the fixes of what was found until nothing is left to mend.
///
/// # Errors
/// Why there was no check.
pub fn fix(scope: Scope<'_>, chosen: &Chosen, read: Read, checked: Checked, wanted: Wanted) -> Result<Fixed, Stopped> {
    let mut mender = Mender {
        scope,
        chosen,
        wide: chosen.widened(),
        wanted,
        left: Vec::new(),
        refused: BTreeSet::new(),
        checks: 0,
        originals: BTreeMap::new(),
    };
    let mut files: BTreeMap<String, Mended> = BTreeMap::new();
    let mut now = Trial { read, checked, disk: scope.disk.clone(), files: BTreeMap::new() };
    let mut stable = false;
    for _ in 0..MOST_ROUNDS {
        let attempts = mender.attempts(&now);
        if attempts.is_empty() {
            stable = true;
            break;
        }
        mender.checks = 0;
        let mut done = Vec::new();
        let mut best = None;
        mender.settle(&now, &mut done, attempts, &mut best)?;
        let Some(trial) = best else { continue };
        for attempt in &done {
            let Some(source) = now.read.sources.get(attempt.edit.span.source) else { continue };
            let entry = files.entry(attempt.path.clone()).or_insert_with(|| Mended {
                path: path_of(&now.read, attempt),
                before: mender.originals.get(&attempt.path).cloned().unwrap_or_default(),
                after: Vec::new(),
                fixes: Vec::new(),
                sheet: source.grid.is_some(),
                workbook: in_workbook(source),
            });
            entry.fixes.push(attempt.mend.clone());
        }
        for (path, bytes) in &trial.files {
            if let Some(file) = files.get_mut(path) {
                file.after.clone_from(bytes);
            }
        }
        let moved = Moved::of(&now, &done);
        let refused = std::mem::take(&mut mender.refused);
        mender.refused = refused.into_iter().map(|(key, text)| (moved.before(key), text)).collect();
        now = trial;
    }
    stable = stable || mender.attempts(&now).is_empty();
    // What was fixed and fixed back is no change.
    let files = files.into_values().filter(|f| f.before != f.after).collect();
    // What another round mended after all is not left.
    let still = |mend: &Mend| {
        let mut findings = now.checked.findings.iter().filter(|f| f.name == mend.rule);
        findings.any(|f| {
            f.fix.as_ref().is_some_and(|fix| fix.text == mend.to && now.read.sources.text(fix.span) == mend.from)
        })
    };
    let mut left = std::mem::take(&mut mender.left);
    left.retain(|(mend, _)| still(mend));
    Ok(Fixed { read: now.read, checked: now.checked, files, left, stable })
}

/// The file of an attempt.
fn path_of(read: &Read, attempt: &Attempt) -> PathBuf {
    let known = read.files.paths.iter().find(|(id, _)| *id == attempt.edit.span.source);
    known.map_or_else(|| PathBuf::from(&attempt.path), |(_, path)| path.clone())
}

fn place(source: &Source, offset: usize) -> Place {
    match source.grid.as_ref().and_then(|g| Some((g, source.cell_at(offset)?))) {
        Some((grid, cell)) => Place::Cell(grid.sheet.clone(), cell.row, cell.column),
        None => Place::At(offset),
    }
}

fn key(read: &Read, finding: &Finding) -> Option<Key> {
    let source = read.sources.get(finding.span.source)?;
    Some((finding.rule.clone(), source.path.clone(), place(source, finding.span.range().start)))
}

/// What is said of a value that cannot be written.
fn misfit(why: Misfit) -> &'static str {
    match why {
        Misfit::Quotes => "fix-quotes",
        Misfit::NoPlace => "fix-no-place",
    }
}

impl Mender<'_> {
    fn refuse(&mut self, attempt: &Attempt, why: &'static str) {
        if self.refused.insert((attempt.key.clone(), attempt.mend.to.clone())) {
            self.left.push((attempt.mend.clone(), why));
        }
    }

    /// The fixes that are wanted and do not touch each other: the first in the order of findings wins, the others wait
    /// for the next round.
    fn attempts(&mut self, now: &Trial) -> Vec<Attempt> {
        let mut out: Vec<Attempt> = Vec::new();
        let mut taken = Taken::default();
        for finding in &now.checked.findings {
            let Some(fix) = finding.fix.as_ref().filter(|f| f.safe || self.wanted.doubtful) else { continue };
            let (Some(key), Some(source)) = (key(&now.read, finding), now.read.sources.get(fix.span.source)) else {
                continue;
            };
            if in_workbook(source) && !self.wanted.workbooks || self.refused.contains(&(key.clone(), fix.text.clone()))
            {
                continue;
            }
            let mend = Mend {
                place: source.place(fix.span.range().start),
                rule: finding.name.clone(),
                from: now.read.sources.text(fix.span).to_owned(),
                to: fix.text.clone(),
            };
            let path = source.path.clone();
            let plain = Edit { span: fix.span, text: fix.text.clone() };
            let (edit, cell, why) = match edit(source, fix).map_err(misfit).and_then(|edit| {
                let cell = if in_workbook(source) { Some(in_cell(source, &edit)?) } else { None };
                Ok((edit, cell))
            }) {
                Ok((edit, cell)) => (edit, cell, None),
                Err(why) => (plain, None, Some(why)),
            };
            let attempt = Attempt { key, edit, path, mend, cell };
            match why {
                Some(why) => self.refuse(&attempt, why),
                None if taken.take(&attempt) => out.push(attempt),
                None => {}
            }
        }
        out
    }

    /// Finds the attempts that can be made together, and what comes of them.
    fn settle(
        &mut self,
        now: &Trial,
        done: &mut Vec<Attempt>,
        mut attempts: Vec<Attempt>,
        best: &mut Option<Trial>,
    ) -> Result<(), Stopped> {
        while !attempts.is_empty() {
            if self.checks >= MOST_CHECKS {
                attempts.iter().for_each(|a| self.refuse(a, "fix-not-tried"));
                return Ok(());
            }
            let all: Vec<Attempt> = done.iter().chain(&attempts).cloned().collect();
            let blame = match self.try_out(now, &all)? {
                Ok(trial) => {
                    *done = all;
                    *best = Some(trial);
                    return Ok(());
                }
                Err(blame) => blame,
            };
            let before = done.len();
            let mut blamed: BTreeMap<usize, &'static str> =
                blame.into_iter().filter_map(|(n, why)| Some((n.checked_sub(before)?, why))).collect();
            if blamed.is_empty() && attempts.len() == 1 {
                blamed.insert(0, "fix-new-error");
            }
            if blamed.is_empty() {
                let rest = attempts.split_off(attempts.len() / 2);
                self.settle(now, done, attempts, best)?;
                attempts = rest;
                continue;
            }
            for (number, why) in &blamed {
                if let Some(attempt) = attempts.get(*number).cloned() {
                    self.refuse(&attempt, why);
                }
            }
            attempts =
                attempts.into_iter().enumerate().filter(|(n, _)| !blamed.contains_key(n)).map(|(_, a)| a).collect();
        }
        Ok(())
    }

    /// Makes the files with all attempts, reads them and checks them.
    fn try_out(&mut self, now: &Trial, attempts: &[Attempt]) -> Result<Result<Trial, Blame>, Stopped> {
        let mut disk = now.disk.clone();
        let mut files = now.files.clone();
        let mut blame = Blame::new();
        let mut by_file: BTreeMap<&str, Vec<(usize, &Attempt)>> = BTreeMap::new();
        for (n, attempt) in attempts.iter().enumerate() {
            by_file.entry(&attempt.path).or_default().push((n, attempt));
        }
        for (path, group) in by_file {
            let Some((_, first)) = group.first() else { continue };
            let place = path_of(&now.read, first);
            if !self.originals.contains_key(path) {
                match self.scope.disk.read(&place).ok().flatten() {
                    Some(bytes) => drop(self.originals.insert(path.to_owned(), bytes)),
                    None => {
                        blame.extend(group.iter().map(|(n, _)| (*n, "fix-unreadable")));
                        continue;
                    }
                }
            }
            let bytes = now.files.get(path).or_else(|| self.originals.get(path)).map_or(&[][..], Vec::as_slice);
            match written(now, bytes, &group) {
                Ok(bytes) => {
                    disk.lay(&place, Arc::from(bytes.as_slice()));
                    files.insert(path.to_owned(), bytes);
                }
                Err(wrong) => blame.extend(wrong),
            }
        }
        if !blame.is_empty() {
            return Ok(Err(blame));
        }
        self.checks += 1;
        let scope = Scope { disk: &disk, ..self.scope };
        let read = scope.read_again(&now.read.rules, &mut |_, _| {});
        let checked = read.check(self.chosen, scope.settings, scope.messages)?;
        let trial = Trial { read, checked, disk, files };
        let blame = self.blame(now, &trial, attempts)?;
        Ok(match blame {
            None => Ok(trial),
            Some(blame) => Err(blame),
        })
    }

    /// What is wrong with a trial; `None` if nothing is.
    fn blame(&self, now: &Trial, trial: &Trial, attempts: &[Attempt]) -> Result<Option<Blame>, Stopped> {
        let moved = Moved::of(now, attempts);
        let old = counted(now.checked.findings.iter().filter_map(|f| Some(moved.before(key(&now.read, f)?))));
        let new = counted(trial.checked.findings.iter().filter_map(|f| Some(moved.after(key(&trial.read, f)?))));
        let tried = counted(attempts.iter().map(|a| moved.before(a.key.clone())));
        let mut blame = Blame::new();
        for (n, attempt) in attempts.iter().enumerate() {
            let key = moved.before(attempt.key.clone());
            let count = |of: &BTreeMap<Key, usize>| of.get(&key).copied().unwrap_or(0);
            if count(&new) + count(&tried) > count(&old) {
                blame.push((n, "fix-no-use"));
            }
            // A sheet shows what its number format makes of a number.
            if !shows(&trial.read, attempt) {
                blame.push((n, "fix-format"));
            }
        }
        if !blame.is_empty() {
            return Ok(Some(blame));
        }
        if let Some(blame) = self.new_errors(now, trial, attempts, &moved)? {
            return Ok(Some(blame));
        }
        // A finding that is gone since its rule can no longer judge is not mended.
        let rules: BTreeSet<&str> = attempts.iter().map(|a| a.key.0.as_str()).collect();
        let skipped = |trial: &Trial| -> usize {
            let pack = trial.read.pack();
            let of = |n: usize| pack.rules.get(n).is_some_and(|r| rules.contains(crate::rules::code(r)));
            trial.checked.outcome.skipped.iter().filter(|((n, _), _)| of(*n)).map(|(_, places)| places.len()).sum()
        };
        let worse = skipped(trial) > skipped(now) || trial.read.failed() && !now.read.failed();
        Ok(worse.then(Blame::new))
    }

    /// The attempts at which new errors stand.
    fn new_errors(
        &self,
        now: &Trial,
        trial: &Trial,
        attempts: &[Attempt],
        moved: &Moved,
    ) -> Result<Option<Blame>, Stopped> {
        let wide = |read: &Read| match &self.wide {
            Some(wide) => read.check(wide, self.scope.settings, self.scope.messages).map(|c| Some(c.findings)),
            None => Ok(None),
        };
        let (before, after) = (wide(&now.read)?, wide(&trial.read)?);
        let before = before.as_ref().unwrap_or(&now.checked.findings);
        let after = after.as_ref().unwrap_or(&trial.checked.findings);
        // Faults of form count however grave: a text that can no longer be read is never better.
        let paths: BTreeSet<&str> = attempts.iter().map(|a| a.path.as_str()).collect();
        let edited =
            |f: &Finding, read: &Read| read.sources.get(f.span.source).is_some_and(|s| paths.contains(s.path.as_str()));
        let grave = |f: &&Finding, read: &Read| f.severity == Severity::Error || f.is_fault && edited(f, read);
        let old = counted(
            before.iter().filter(|f| grave(f, &now.read)).filter_map(|f| Some(moved.before(key(&now.read, f)?))),
        );
        let mut seen: BTreeMap<Key, usize> = BTreeMap::new();
        let (mut worse, mut blame) = (false, Blame::new());
        for finding in after.iter().filter(|f| grave(f, &trial.read)) {
            let Some(raw) = key(&trial.read, finding) else { continue };
            let key = moved.after(raw);
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            if *count <= old.get(&key).copied().unwrap_or(0) {
                continue;
            }
            worse = true;
            let spans = std::iter::once(finding.span).chain(finding.related.iter().map(|l| l.span));
            for span in spans {
                let Some(source) = trial.read.sources.get(span.source) else { continue };
                let here = moved.after((String::new(), source.path.clone(), place(source, span.range().start)));
                let at = attempts.iter().enumerate().filter(|(_, a)| {
                    let own = now.read.sources.get(a.edit.span.source);
                    own.is_some_and(|s| {
                        moved.before((String::new(), a.path.clone(), place(s, a.edit.span.range().start))) == here
                    })
                });
                blame.extend(at.map(|(n, _)| (n, "fix-new-error")));
            }
        }
        blame.sort_by_key(|(n, _)| *n);
        blame.dedup_by_key(|(n, _)| *n);
        Ok(worse.then_some(blame))
    }
}

fn counted(keys: impl Iterator<Item = Key>) -> BTreeMap<Key, usize> {
    let mut out = BTreeMap::new();
    keys.for_each(|key| *out.entry(key).or_default() += 1);
    out
}

/// Where the places of a text go when it is edited: to the beginning of an edit what stands in it.
struct Moved(BTreeMap<String, Vec<(usize, usize, usize)>>);

impl Moved {
    fn of(now: &Trial, attempts: &[Attempt]) -> Self {
        let mut out: BTreeMap<String, Vec<(usize, usize, usize)>> = BTreeMap::new();
        for attempt in attempts {
            if now.read.sources.get(attempt.edit.span.source).is_some_and(|s| s.grid.is_none()) {
                let range = attempt.edit.span.range();
                out.entry(attempt.path.clone()).or_default().push((range.start, range.end, attempt.edit.text.len()));
            }
        }
        out.values_mut().for_each(|edits| edits.sort_unstable());
        Self(out)
    }

    /// A place before, as a place afterwards.
    fn before(&self, (rule, path, place): Key) -> Key {
        let Place::At(offset) = place else { return (rule, path, place) };
        let (mut added, mut removed, mut at) = (0, 0, offset);
        for (start, end, new) in self.0.get(&path).into_iter().flatten() {
            if *start > offset {
                break;
            }
            if offset < *end {
                at = *start;
                break;
            }
            added += new;
            removed += end - start;
        }
        (rule, path, Place::At((at + added).saturating_sub(removed)))
    }

    /// A place afterwards; within an edit, its beginning.
    fn after(&self, (rule, path, place): Key) -> Key {
        let Place::At(offset) = place else { return (rule, path, place) };
        let (mut added, mut removed) = (0_usize, 0_usize);
        for (start, end, new) in self.0.get(&path).into_iter().flatten() {
            let begin = (start + added).saturating_sub(removed);
            if (begin..begin + new).contains(&offset) {
                return (rule, path, Place::At(begin));
            }
            added += new;
            removed += end - start;
        }
        (rule, path, Place::At(offset))
    }
}

/// What has been taken by attempts of this round: bytes of sources, and whole cells of workbooks.
#[derive(Default)]
struct Taken {
    bytes: BTreeMap<(SourceId, u32), u32>,
    cells: BTreeSet<(SourceId, u32, u32)>,
}

impl Taken {
    /// Takes what an attempt touches; false if it is taken already.
    fn take(&mut self, attempt: &Attempt) -> bool {
        let span = attempt.edit.span;
        let end = span.end.max(span.start.saturating_add(1));
        let last = self.bytes.range((span.source, 0)..(span.source, end)).next_back();
        if last.is_some_and(|(_, other)| *other > span.start) {
            return false;
        }
        if attempt.cell.as_ref().is_some_and(|c| !self.cells.insert((span.source, c.row, c.column))) {
            return false;
        }
        self.bytes.insert((span.source, span.start), end);
        true
    }
}

/// What a cell of a workbook is to show with an edit; why not if it cannot be edited.
fn in_cell(source: &Source, edit: &Edit) -> Result<Refill, &'static str> {
    if !matches!(ending(Path::new(&source.path)).as_str(), "xlsx" | "xlsm") {
        return Err("fix-not-xlsx");
    }
    let grid = source.grid.as_ref().ok_or("fix-no-place")?;
    let range = edit.span.range();
    let cell = source.cell_at(range.start).ok_or("fix-no-place")?;
    match cell.kind {
        CellKind::Formula => return Err("fix-formula"),
        CellKind::Date => return Err("fix-format"),
        CellKind::Plain | CellKind::Doubled => {}
    }
    let text = |from: usize, to: usize| source.text.get(from..to).ok_or("fix-no-place");
    let (start, end) = (cell.start as usize, cell.end as usize);
    let new = format!("{}{}{}", text(start, range.start)?, edit.text, text(range.end, end)?);
    let shown = text(start, end)?.to_owned();
    Ok(Refill { sheet: grid.sheet.clone(), row: cell.row, column: cell.column, shown, text: new })
}

/// Whether a cell of a workbook shows what it was to show.
fn shows(read: &Read, attempt: &Attempt) -> bool {
    let Some(cell) = &attempt.cell else { return true };
    let is = |s: &Source| s.path == attempt.path && s.grid.as_ref().is_some_and(|g| g.sheet == cell.sheet);
    let source = read.sources.iter().map(|(_, s)| s).find(|s| is(s));
    let now = source.and_then(|s| Some(s.text_of(&s.cell(cell.row, cell.column)?).into_owned()));
    now.is_some_and(|now| now.trim() == cell.text.trim())
}

/// The bytes of a file with attempts made; the attempts that cannot be made.
fn written(now: &Trial, bytes: &[u8], group: &[(usize, &Attempt)]) -> Result<Vec<u8>, Blame> {
    let all = |why: &'static str| group.iter().map(|(n, _)| (*n, why)).collect::<Blame>();
    let Some((_, first)) = group.first() else { return Ok(Vec::new()) };
    let source = now.read.sources.get(first.edit.span.source).ok_or_else(|| all("fix-no-place"))?;
    match source.grid.as_ref().map(|g| &g.cells) {
        None => {
            if bytes != source.text.as_bytes() {
                return Err(all("fix-changed"));
            }
            let edits: Vec<Edit> = group.iter().map(|(_, a)| a.edit.clone()).collect();
            apply(&source.text, &edits).map(String::into_bytes).ok_or_else(|| all("fix-no-place"))
        }
        Some(Cells::Delimited { .. }) => {
            let opened = now.read.sheets.opened.iter().find(|o| o.id == first.edit.span.source);
            let encoding = opened.and_then(|o| now.read.sheets.mappings.get(o.mapping)?.encoding);
            let mut order = group.to_vec();
            order.sort_by_key(|(_, a)| a.edit.span.start);
            let pieces: Vec<_> = order.iter().map(|(_, a)| (a.edit.span.range(), a.edit.text.as_str())).collect();
            splice(bytes, encoding, &source.text, &pieces).map_err(|unfit| match unfit {
                Unfit::Changed => all("fix-changed"),
                Unfit::Character(n) => order.get(n).map(|(n, _)| vec![(*n, "fix-encoding")]).unwrap_or_default(),
            })
        }
        Some(Cells::Listed(_)) => {
            let cells: Vec<Refill> = group.iter().filter_map(|(_, a)| a.cell.clone()).collect();
            let (bytes, kept) = refill(bytes, &cells).map_err(|_| all("fix-damaged"))?;
            let why = |kept| match kept {
                Kept::Formula => "fix-formula",
                Kept::Format => "fix-format",
                Kept::Missing => "fix-no-place",
            };
            if kept.is_empty() {
                return Ok(bytes);
            }
            Err(kept.into_iter().filter_map(|(at, k)| Some((group.get(at)?.0, why(k)))).collect())
        }
    }
}
