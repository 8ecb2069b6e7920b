//! The parts of a check, each alone, over 10,000 rows of the corpus of the ten checks (`examples/ten/`): what a change of
//! one of them is worth. `cargo bench`; `cargo bench -- --test` runs every part once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use totsugo::findings::{Counts, Finding, Lang, Messages, Summary};
use totsugo::graph::Graph;
use totsugo::project::{Disk, Rules, Scope, Settings};
use totsugo::render::{Format, Options, Report, findings};
use totsugo::rules::{BUILT_IN, Pack, Strategy, Workspace, code, run_rules};
use totsugo::syntax::{plan, rules};
use totsugo::text::{SourceId, Sources, Stop};

#[path = "../examples/ten/main.rs"]
#[allow(dead_code)]
mod corpus;
use corpus::Form;

const ROWS: usize = 10_000;

/// A corpus on the disk, and what it takes to read it.
struct Project {
    paths: Vec<PathBuf>,
    settings: Settings,
    messages: Messages,
    disk: Disk,
    stop: Stop,
    _folder: tempfile::TempDir,
}

impl Project {
    fn new(form: Form) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        corpus::corpus(ROWS, folder.path(), form, 1);
        let paths = vec![folder.path().to_path_buf()];
        let (settings, messages, disk, stop) = Default::default();
        Self { paths, settings, messages, disk, stop, _folder: folder }
    }

    fn scope(&self) -> Scope<'_> {
        let Self { paths, settings, messages, disk, stop, .. } = self;
        Scope { settings, messages, disk, paths, mapping: None, guess: false, stop }
    }

    fn folder(&self) -> &Path {
        &self.paths[0]
    }
}

/// The built-in rules, and the whole of the texts before a check can begin.
fn start(c: &mut Criterion) {
    c.bench_function("start: the text of the built-in rules", |b| {
        b.iter(|| {
            BUILT_IN.iter().map(|(_, text)| rules::parse(SourceId(0), black_box(text)).faults.len()).sum::<usize>()
        });
    });
    c.bench_function("start: the built-in rules, ready to run", |b| {
        b.iter(|| Pack::load(&mut Sources::default(), &[]));
    });
    c.bench_function("start: the words of the program", |b| b.iter(Messages::new));
}

fn parse(c: &mut Criterion) {
    let project = Project::new(Form::Plan);
    let texts: Vec<String> = std::fs::read_dir(project.folder())
        .expect("a folder")
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "plan"))
        .map(|path| std::fs::read_to_string(path).expect("a plan"))
        .collect();
    c.bench_function("parse: plan files", |b| {
        b.iter(|| texts.iter().map(|t| plan::parse(SourceId(0), t, 0..t.len()).statements.len()).sum::<usize>());
    });
}

fn facts(c: &mut Criterion) {
    for (form, name) in [(Form::Csv, "facts: CSV"), (Form::Xlsx, "facts: xlsx"), (Form::Plan, "facts: plan files")] {
        let project = Project::new(form);
        let rules = project.scope().rules().0;
        c.bench_function(name, |b| b.iter(|| project.scope().read_again(&rules, &mut |_, _| {})));
    }
}

fn check(c: &mut Criterion) {
    let project = Project::new(Form::Csv);
    let read = project.scope().read(&mut |_, _| {});
    let (Rules { pack, .. }, sources, workspace) = (&*read.rules, &read.sources, &read.workspace);
    let ten = |rule: usize| pack.rules.get(rule).is_some_and(|r| code(r).starts_with('c') && code(r).len() <= 3);
    let run = |workspace: &Workspace| run_rules(pack, sources, workspace, Strategy::Planned, ten);
    c.bench_function("graph", |b| b.iter(|| Graph::build(black_box(&workspace.facts))));
    c.bench_function("evaluate: the ten checks", |b| b.iter(|| run(workspace)));
    let violations = run(workspace).violations;
    assert!(violations.len() > 90, "there is something to render: {}", violations.len());
    let found: Vec<Finding> = violations.into_iter().filter_map(|v| Finding::from_violation(v, pack)).collect();
    let report = Report {
        findings: &found,
        sources,
        summary: Summary { counts: Counts::of(&found), ..Summary::default() },
        pack,
        facts: Some(&workspace.facts),
        messages: &project.messages,
        lang: Lang::Ja,
    };
    let options = Options { lang: Lang::Ja, color: false, width: 80, counts: true };
    c.bench_function("render: JSON", |b| b.iter(|| findings(Format::Json, &report, &options, true)));
    c.bench_function("render: for people", |b| b.iter(|| findings(Format::Pretty, &report, &options, true)));
}

/// Ten seconds a part are enough to tell what has become a tenth slower.
fn short() -> Criterion {
    Criterion::default().sample_size(20)
}

criterion_group! { name = parts; config = short(); targets = start, parse, facts, check }
criterion_main!(parts);
