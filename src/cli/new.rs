//! `totsugo new`: a rule with its tests, a plan, or a mapping to begin with.
use std::path::{Path, PathBuf};

use super::{FAILED, FINE, Outcome, Session};
use crate::findings::Lang;
use crate::project::{create, ending, is_here, shown, stem, today};
use crate::rules::{Pack, read_plans};
use crate::text::{Source, Span};
use crate::value::FiscalYear;

/// A rule that works as it is, in both languages.
pub(super) const RULE: [&str; 2] =
    [include_str!("../../templates/ja/rule.txt"), include_str!("../../templates/en/rule.txt")];
const PLAN: [&str; 2] =
    [include_str!("../../templates/ja/new-plan.txt"), include_str!("../../templates/en/new-plan.txt")];

/// A template with its blanks filled in.
pub(super) fn filled(template: &str, blanks: &[(&str, &str)]) -> String {
    blanks.iter().fold(template.to_owned(), |text, (blank, value)| text.replace(blank, value))
}

impl Session<'_> {
    /// Makes a file to begin with.
    pub(super) fn new_file(&self) -> Outcome {
        let name = self.one("name").unwrap_or("");
        let made = match (self.one("kind"), self.one("slug")) {
            (Some("rule"), slug) => self.new_rule(name, slug),
            (_, Some(slug)) => Err(format!("{}\n", self.say("new-slug-of-rules", &[("slug", &slug)]))),
            (Some("plan"), _) => self.new_plan(name),
            _ => self.new_mapping(name),
        };
        match made {
            Ok(told) => (told, String::new(), FINE),
            Err(text) => (String::new(), text, FAILED),
        }
    }

    fn new_rule(&self, name: &str, slug: Option<&str>) -> Result<String, String> {
        let sentence = |id: &str, name: &str| format!("{}\n", self.say(id, &[("name", &name)]));
        if !is_name(name) {
            return Err(sentence("new-name", name));
        }
        if let Some(slug) = slug.filter(|slug| !is_slug(slug)) {
            return Err(sentence("new-slug", slug));
        }
        let to = self.target(name, "rules")?;
        let paths = self.paths();
        let (rules, _) = self.scope(&paths).rules();
        if let Some(taken) =
            [Some(name), slug].into_iter().flatten().find(|n| self.names(&rules.pack).codes(n).is_some())
        {
            return Err(sentence("new-taken", taken));
        }
        let slug = slug.map_or_else(String::new, |slug| format!(" {slug}"));
        let text = filled(self.template(RULE), &[("{name}", name), ("{slug}", &slug)]);
        let mut sources = rules.sources.clone();
        let id = sources.add(Source::new(shown(&to), text.as_str()));
        if Pack::load(&mut sources, &[id]).faults.iter().any(|f| f.span.source == id) {
            return Err(sentence("new-name", name));
        }
        self.made(&to, &text, "new-rule-next", name)
    }

    fn new_plan(&self, name: &str) -> Result<String, String> {
        let wrong = || format!("{}\n", self.say("new-name", &[("name", &name)]));
        if !is_name(name) {
            return Err(wrong());
        }
        let to = self.target(name, "plan")?;
        let year = match today() {
            Ok(today) => FiscalYear::of_date(today).0,
            Err(text) => return Err(format!("{}\n", self.say("bad-today", &[("text", &text)]))),
        };
        let year = |n: i16| match self.lang {
            Lang::Ja => FiscalYear(year + n).to_string(),
            Lang::En => format!("FY{}", year + n),
        };
        let blanks = [("{name}", name), ("{before}", &year(-1)), ("{year}", &year(0)), ("{after}", &year(1))];
        let text = filled(self.template(PLAN), &blanks);
        let mut sources = self.settings.sources();
        let pack = Pack::load(&mut sources, &[]);
        let id = sources.add(Source::new(shown(&to), text.as_str()));
        if !read_plans(&pack, &sources, &[(Span::new(id, 0..text.len()), stem(&to))]).faults.is_empty() {
            return Err(wrong());
        }
        self.made(&to, &text, "new-plan-next", name)
    }

    fn new_mapping(&self, sheet: &str) -> Result<String, String> {
        let path = Path::new(sheet);
        let to = match self.one("output") {
            Some(_) => self.target("", "mapping.yaml")?,
            None => path.with_file_name(format!("{}.mapping.yaml", stem(path))),
        };
        let folder = |p: &Path| p.with_file_name(".").canonicalize().ok();
        if folder(&to) != folder(path) {
            // A mapping names its sheets as they are seen from its own folder.
            return Err(format!("{}\n", self.say("new-mapping-beside", &[("path", &shown(&to))])));
        }
        let (draft, told) = self.draft(path)?;
        Ok(self.made(&to, &draft, "new-mapping-next", sheet)? + &told)
    }

    fn template(&self, both: [&'static str; 2]) -> &'static str {
        match self.lang {
            Lang::Ja => both[0],
            Lang::En => both[1],
        }
    }

    /// Where the file goes: as asked for, or into the folder where the settings look for such files first.
    fn target(&self, name: &str, wanted: &str) -> Result<PathBuf, String> {
        if let Some(output) = self.one("output") {
            let path = PathBuf::from(output);
            if !output.ends_with(&format!(".{wanted}")) || stem(&path).is_empty() || ending(&path).is_empty() {
                let ending = format!(".{wanted}");
                return Err(format!("{}\n", self.say("new-ending", &[("path", &output), ("ending", &ending)])));
            }
            return Ok(path);
        }
        let rules = if wanted == "rules" { self.settings.packs() } else { Vec::new() };
        let folders = rules.into_iter().chain(self.settings.paths());
        let folder = folders.into_iter().find(|path| path.is_dir()).unwrap_or_default();
        let path = folder.join(format!("{name}.{wanted}"));
        if !is_here(&path) {
            return Err(format!("{}\n", self.say("output-outside", &[("path", &shown(&path)), ("option", &"-o")])));
        }
        Ok(path)
    }

    /// Writes the file, unless one is there, and says what to do with it.
    fn made(&self, to: &Path, text: &str, next: &str, name: &str) -> Result<String, String> {
        let path = shown(to);
        create(to, text.as_bytes()).map_err(|refusal| self.refused(&path, &refusal))?;
        let next = self.say(next, &[("path", &path), ("name", &name)]);
        Ok(format!("{}\n{next}\n", self.say("init-made", &[("path", &path)])))
    }
}

/// Whether a text can be the name of a rule or document and of its file: no blanks, no marks, nothing that leads to
/// another folder.
fn is_name(text: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || "・_-".contains(c);
    text.chars().all(inside) && text.starts_with(char::is_alphanumeric) && text.ends_with(|c: char| c != '-')
}

/// Whether a text can be the code of a rule, as the grammar has it.
fn is_slug(text: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p.chars().all(|c| c.is_ascii_alphanumeric());
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.split('-').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes() {
        for name in ["目標の倍増", "令和8年度計画", "資料2-4", "a", "KPI_1", "Ⅰ-2"] {
            assert!(is_name(name), "{name}");
        }
        for name in
            ["", "a b", "a/b", "..", ".a", "../a", "a\\b", "-a", "a-", "a\nb", "a.b", "C:", "\u{3000}", "a{b", "\"a\""]
        {
            assert!(!is_name(name), "{name:?}");
        }
        assert!(is_slug("target-doubled") && is_slug("a1-2b"));
        assert!(["", "1a", "a--b", "a-", "-a", "目標", "a b", "a_b"].iter().all(|s| !is_slug(s)));
    }
}
