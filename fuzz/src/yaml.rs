//! Any text as the settings, as a mapping, as a baseline and as facts in YAML and JSON.
use super::project::Project;
use super::{faults_stand, text};
use totsugo::config::{Names, read, resolve};
use totsugo::ingest::mapping;
use totsugo::text::{Source, SourceId, Sources};

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    let mut sources = Sources::default();
    let id = sources.add(Source::new("totsugo.yaml", text.as_ref()));
    let (config, faults) = read(id, &sources);
    faults_stand(&faults, &sources);
    Project::with(|project| {
        let pack = &project.rules().pack;
        let (_, faults) = resolve(&Names { config: &config, pack, messages: project.messages() });
        assert!(faults.iter().all(|f| text.get(f.span.range()).is_some()), "{faults:?}");
        let mut faults = Vec::new();
        let source = Source::new("a.mapping.yaml", text.as_ref());
        let _ = mapping::read(SourceId(0), &source, &pack.vocabulary, &mut faults);
        assert!(faults.iter().all(|f| text.get(f.span.range()).is_some()), "{faults:?}");
        for name in ["a.plan.yaml", "a.plan.json"] {
            project.read(&[(name, text.as_bytes())]).check();
        }
    });
}
