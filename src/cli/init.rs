//! `totsugo init`: a folder to begin with, in which the first check finds one thing.
use std::path::{Path, PathBuf};

use super::{FAILED, FINE, Outcome, Session};
use crate::findings::Lang;
use crate::project::{Refusal, create, make_folder, shown};

/// The files of a new folder: where each goes, and what it says.
type Templates = [(&'static str, &'static str); 5];

const JA: Templates = [
    ("totsugo.yaml", include_str!("../../templates/ja/totsugo.yaml")),
    ("例の計画.plan", include_str!("../../templates/ja/plan.txt")),
    ("目標の倍増.rules", super::new::RULE[0]),
    (".github/workflows/totsugo.yml", include_str!("../../templates/ja/workflow.yml")),
    ("README.md", include_str!("../../templates/ja/README.md")),
];
const EN: Templates = [
    ("totsugo.yaml", include_str!("../../templates/en/totsugo.yaml")),
    ("example-plan.plan", include_str!("../../templates/en/plan.txt")),
    ("target-doubled.rules", super::new::RULE[1]),
    (".github/workflows/totsugo.yml", include_str!("../../templates/en/workflow.yml")),
    ("README.md", include_str!("../../templates/en/README.md")),
];

impl Session<'_> {
    /// Makes the files that are not there yet; one that is there stays as it is.
    pub(super) fn init(&self) -> Outcome {
        let folder = Path::new(self.one("folder").unwrap_or("."));
        let (templates, name, slug) = match self.lang {
            Lang::Ja => (&JA, "目標の倍増", " target-doubled"),
            Lang::En => (&EN, "target-doubled", ""),
        };
        let (mut out, mut kept) = (String::new(), 0);
        for (place, text) in templates {
            let text = match place.ends_with(".rules") {
                true => super::new::filled(text, &[("{name}", name), ("{slug}", slug)]),
                false => (*text).to_owned(),
            };
            let path = folder.join(place);
            let made = match path.parent().map_or(Ok(()), make_folder) {
                Ok(()) => create(&path, text.as_bytes()),
                Err(refusal) => Err(refusal),
            };
            let line = match made {
                Ok(()) => "init-made",
                Err(Refusal::IsThere) => {
                    kept += 1;
                    "init-kept"
                }
                Err(refusal) => return (out, self.refused(&shown(&path), &refusal), FAILED),
            };
            out.push_str(&format!("{}\n", self.say(line, &[("path", &shown(&path))])));
        }
        if kept == templates.len() {
            out.push_str(&format!("\n{}\n", self.say("init-nothing", &[])));
            return (out, String::new(), FINE);
        }
        out.push_str(&format!("\n{}\n", self.say("init-next", &[])));
        let mut steps = vec!["totsugo check", "totsugo test"];
        let enter = format!("cd {}", quoted(folder));
        if folder.components().any(|c| c.as_os_str() != ".") {
            steps.insert(0, &enter);
        }
        for step in steps {
            out.push_str(&format!("  {step}\n"));
        }
        out.push_str(&format!("{}\n", self.say("init-read", &[])));
        (out, String::new(), FINE)
    }
}

/// A path as it can be typed at a shell.
fn quoted(path: &Path) -> String {
    let text = shown(&PathBuf::from(path));
    let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    if text.chars().all(plain) && !text.starts_with('-') { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
