//! `totsugo check --fix` and `--diff`: the fixes of findings go into the files, or are shown.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::annotate::target;
use super::export::inputs;
use super::{FAILED, FINE, FOUND, Outcome, Session, status};
use crate::project::{
    Checked, Chosen, Fixed, Mended, Read, Replacement, Wanted, ending, fix, in_workbook, make_folder, replace, shown,
    write,
};
use crate::render::diff::diff;
use crate::render::{self, Format};
use crate::text::Sources;
use crate::text::visible::shown as shown_text;

impl Session<'_> {
    /// Fixes what was found, or shows how.
    pub(super) fn fix(&self, read: Read, chosen: &Chosen, checked: Checked) -> Outcome {
        let paths = self.paths();
        let only_shown = self.matches.get_flag("diff");
        let workbooks = only_shown || self.one("output").is_some();
        let wanted = Wanted { doubtful: self.matches.get_flag("unsafe-fixes"), workbooks };
        let fixed = match fix(self.scope(&paths), chosen, read, checked, wanted) {
            Ok(fixed) => fixed,
            Err(stopped) => return self.no_check(stopped, &Sources::default()),
        };
        let failed = fixed.read.failed();
        if only_shown {
            let status = match (failed, fixed.files.is_empty()) {
                (true, _) => FAILED,
                (false, true) => FINE,
                (false, false) => FOUND,
            };
            return (self.differences(&fixed), self.not_fixed(&fixed, wanted), status);
        }
        let told = match self.write_fixed(&fixed, &paths) {
            Ok(told) => told + &self.not_fixed(&fixed, wanted),
            // What would be found with the fixes is not what is there.
            Err(wrong) => return (String::new(), wrong, FAILED),
        };
        let told = if self.is_set("quiet") { String::new() } else { told };
        let Fixed { read, checked: Checked { findings, summary: counts, .. }, .. } = &fixed;
        let status = status(read, chosen, findings);
        let report = self.report(read, findings, *counts);
        let out = render::findings(self.format(), &report, &self.options(), !read.failed());
        let outcome = match self.format() {
            Format::Pretty => (out + &told, String::new(), status),
            _ => (out, told, status),
        };
        self.with_outputs(outcome, &report, &inputs(read, &paths))
    }

    /// What would change: cells one by one, texts as a diff. The cells come first, since what follows a diff could be
    /// taken for a part of it.
    fn differences(&self, fixed: &Fixed) -> String {
        let mut out = String::new();
        for mend in fixed.files.iter().filter(|f| f.sheet).flat_map(|f| &f.fixes) {
            let arguments: [(&'static str, &dyn ToString); 3] =
                [("place", &mend.place), ("from", &one_line(&mend.from)), ("to", &one_line(&mend.to))];
            out.push_str(&format!("{}\n", self.say("fix-cell", &arguments)));
        }
        for file in fixed.files.iter().filter(|f| !f.sheet) {
            let (before, after) = (String::from_utf8_lossy(&file.before), String::from_utf8_lossy(&file.after));
            out.push_str(&diff(&shown(&file.path), &before, &after, self.options().color));
        }
        out
    }

    /// Writes the files; says what was fixed, by file. `Err` holds what went wrong, in words.
    fn write_fixed(&self, fixed: &Fixed, paths: &[PathBuf]) -> Result<String, String> {
        let mut told = String::new();
        let (copies, texts): (Vec<&Mended>, Vec<&Mended>) = fixed.files.iter().partition(|f| f.workbook);
        let places = self.copies(&copies)?;
        let inputs = inputs(&fixed.read, paths);
        for (file, to) in copies.iter().zip(&places) {
            write(to, &file.after, &inputs).map_err(|refusal| self.refused(&to.display().to_string(), &refusal))?;
            let (path, from, count) = (to.display(), shown(&file.path), file.fixes.len());
            let arguments: [(&'static str, &dyn ToString); 3] = [("path", &path), ("from", &from), ("count", &count)];
            told.push_str(&format!("{}\n", self.say("fix-copied", &arguments)));
        }
        let replacements: Vec<Replacement<'_>> =
            texts.iter().map(|f| Replacement { path: &f.path, before: &f.before, after: &f.after }).collect();
        replace(&replacements, &self.roots()).map_err(|(path, refusal, done)| {
            let wrong = self.refused(&shown(&path), &refusal);
            let written: Vec<String> = texts.iter().take(done).map(|f| shown(&f.path)).collect();
            if written.is_empty() {
                return format!("{wrong}{}\n", self.say("fix-none-written", &[]));
            }
            format!("{wrong}{}\n", self.say("fix-some-written", &[("paths", &written.join("、"))]))
        })?;
        for file in &texts {
            let arguments: [(&'static str, &dyn ToString); 2] =
                [("path", &shown(&file.path)), ("count", &file.fixes.len())];
            told.push_str(&format!("{}\n", self.say("fix-done", &arguments)));
        }
        if fixed.files.is_empty() {
            told.push_str(&format!("{}\n", self.say("fix-nothing", &[])));
        }
        Ok(told)
    }

    /// Where the copies of workbooks go.
    fn copies(&self, files: &[&Mended]) -> Result<Vec<PathBuf>, String> {
        let (Some(out), false) = (self.one("output"), files.is_empty()) else { return Ok(Vec::new()) };
        if files.len() == 1 && matches!(ending(Path::new(out)).as_str(), "xlsx" | "xlsm") {
            return Ok(vec![PathBuf::from(out)]);
        }
        make_folder(Path::new(out)).map_err(|refusal| self.refused(out, &refusal))?;
        let places: Vec<PathBuf> = files.iter().map(|f| target(Path::new(out), &f.path)).collect();
        let mut seen = BTreeSet::new();
        match places.iter().find(|p| !seen.insert(p.as_path())) {
            Some(twice) => Err(format!("{}\n", self.say("fix-same-name", &[("path", &twice.display())]))),
            None => Ok(places),
        }
    }

    /// What was left, and how to get at it.
    fn not_fixed(&self, fixed: &Fixed, wanted: Wanted) -> String {
        let mut out = String::new();
        for (mend, why) in &fixed.left {
            let arguments: [(&'static str, &dyn ToString); 5] = [
                ("place", &mend.place),
                ("rule", &mend.rule.get(self.lang)),
                ("from", &one_line(&mend.from)),
                ("to", &one_line(&mend.to)),
                ("reason", &self.say(why, &[])),
            ];
            out.push_str(&format!("{}\n", self.say("fix-left", &arguments)));
        }
        if !fixed.stable {
            out.push_str(&format!("{}\n", self.say("fix-unstable", &[])));
        }
        let findings = &fixed.checked.findings;
        let with_fix = || findings.iter().filter_map(|f| f.fix.as_ref());
        let doubtful = if wanted.doubtful { 0 } else { with_fix().filter(|f| !f.safe).count() };
        let in_sheets = with_fix()
            .filter(|f| (f.safe || wanted.doubtful) && fixed.read.sources.get(f.span.source).is_some_and(in_workbook));
        let in_sheets = if wanted.workbooks { 0 } else { in_sheets.count() };
        for (id, count) in [("fix-doubtful-left", doubtful), ("fix-workbook-left", in_sheets)] {
            if count > 0 {
                out.push_str(&format!("{}\n", self.say(id, &[("count", &count)])));
            }
        }
        out
    }
}

/// A text as it fits into a line.
fn one_line(text: &str) -> String {
    shown_text(&text.replace("\r\n", "\n").replace('\n', "⏎"))
}
