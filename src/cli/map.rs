//! `totsugo map`: a draft of the mapping for a sheet.
use std::path::Path;

use super::{FAILED, FINE, Outcome, Session};
use crate::findings::Finding;
use crate::ingest::{ENDINGS, Refusal, Sheets, mapping, propose, sheets};
use crate::plan::{RelationId, RelationKind};
use crate::project::{Files, ending, shown, stem};
use crate::render::pretty::pretty;
use crate::rules::{Pack, read_all};
use crate::text::{Source, Sources};

impl Session<'_> {
    /// Looks at a sheet and prints what its columns seem to hold, as a mapping to be mended.
    pub(super) fn map(&self) -> Outcome {
        match self.draft(Path::new(self.one("file").unwrap_or(""))) {
            Ok((draft, told)) => (draft, told, FINE),
            Err(text) => (String::new(), text, FAILED),
        }
    }

    /// The draft of a mapping for a sheet, and what is read with it; `Err` holds in words why there is none.
    pub(super) fn draft(&self, path: &Path) -> Result<(String, String), String> {
        let mut sources = Sources::default();
        let mut files = Files::default();
        let opened = match (ENDINGS.contains(&ending(path).as_str()), files.bytes(&mut sources, path)) {
            (true, Some(bytes)) => match sheets(&shown(path), &ending(path), bytes, None, &mut |_| {}) {
                Ok(opened) => opened,
                Err(Refusal { code, reason }) => {
                    files.refuse(&mut sources, path, code, &[("reason", reason)]);
                    Vec::new()
                }
            },
            (false, Some(_)) => return Err(format!("{}\n", self.say("map-no-sheet", &[("path", &shown(path))]))),
            (_, None) => Vec::new(),
        };
        if files.failed {
            let faults: Vec<Finding> = files.faults.iter().map(|f| Finding::from_fault(f, &self.messages)).collect();
            return Err(pretty(&faults, &sources, &self.messages, &self.options()));
        }
        let visible: Vec<Source> = opened.into_iter().filter(|(_, trouble)| !trouble.hidden).map(|(s, _)| s).collect();
        let Some(draft) = propose(&shown(path), &stem(path), &visible) else {
            return Err(format!("{}\n", self.say("map-nothing", &[("path", &shown(path))])));
        };
        let told = self.told(&draft, visible, &stem(path));
        Ok((draft, told))
    }

    /// What is read with a draft: how many things of each kind.
    fn told(&self, draft: &str, visible: Vec<Source>, stem: &str) -> String {
        let mut sources = Sources::default();
        let pack = Pack::load(&mut sources, &[]);
        let id = sources.add(Source::new("mapping.yaml", draft));
        let mut faults = Vec::new();
        let read = sources.get(id).and_then(|s| mapping::read(id, s, &pack.vocabulary, &mut faults));
        let mut all = Sheets { mappings: read.into_iter().collect(), ..Sheets::default() };
        let quiet = |source| (source, crate::ingest::Trouble::default());
        all.open(&mut sources, visible.into_iter().map(quiet).collect(), 0, stem, &mut faults);
        let workspace = read_all(&pack, &mut sources, &[], &all, &mut |_, _| {}, &self.stop);
        let relations = (0..).map(RelationId).zip(&workspace.facts.vocabulary.relations);
        let counts: Vec<String> = relations
            .filter(|(_, r)| !matches!(r.kind, RelationKind::Defined))
            .filter_map(|(id, r)| Some((r, workspace.facts.table(id)?.heads.len())))
            .filter(|(_, count)| *count > 0)
            .map(|(r, count)| format!("{} {count}", r.name))
            .collect();
        let mut out = format!("{}\n", self.say("map-read", &[("counts", &counts.join("、"))]));
        let wrong = faults.iter().chain(&workspace.faults).filter(|f| f.severity > crate::text::Severity::Info).count();
        if wrong > 0 {
            out.push_str(&format!("{}\n", self.say("map-faults", &[("count", &wrong)])));
        }
        out
    }
}
