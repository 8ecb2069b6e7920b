//! Any text as a plan: statements, comments, facts, and all rules over them.
use super::project::Project;
use super::text;
use totsugo::syntax::plan;
use totsugo::text::SourceId;

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    let mut end = 0;
    for token in plan::tokens(&text, 0..text.len()) {
        assert!(token.range.start >= end && text.get(token.range.clone()).is_some(), "{token:?}");
        end = token.range.end;
    }
    let parsed = plan::parse(SourceId::default(), &text, 0..text.len());
    assert!(parsed.faults.iter().all(|f| text.get(f.span.range()).is_some()), "{:?}", parsed.faults);
    Project::with(|project| project.read(&[("a.plan", text.as_bytes())]).check());
}
