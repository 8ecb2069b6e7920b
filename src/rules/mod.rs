//! Floor 6. The rule engine: syntax trees to types, types to query plans, plans to violations.
//! It knows relations, references, figures and years; what is checked stands in `rules/`.
mod built_in;
mod check;
mod columns;
mod coverage;
mod describe;
mod eval;
mod functions;
mod idle;
mod ir;
mod joint;
mod localize;
mod meaning;
mod number;
mod ours;
mod pack;
mod pattern;
mod planner;
mod query;
mod run;
mod scheme;
mod shares;
pub mod sql;
mod testing;
mod trace;
mod types;
mod value;
mod words;

pub use built_in::BUILT_IN;
pub use check::{Member, MemberKind, Parameters, Scope};
pub use coverage::{Coverage, coverage};
pub use describe::{agree, describe, figure, row_name};
pub use eval::{Shared, Strategy};
pub use functions::{Argument, Function};
pub use localize::{Change, Implied, MOST_WRONG, Repair, Suspicion, Wanted, implied, localize};
pub use meaning::{Meaning, Meant, meanings};
pub use pack::{Pack, code};
pub use query::{Answer, Datum, Item, query};
pub use run::{Fix, Outcome, Violation};
pub use testing::run_tests;
pub use trace::{Denoted, Explained, Step, explain};
pub use value::Why;

use std::ops::ControlFlow;

use crate::graph::Graph;
use crate::ingest::{SheetReader, Sheets, read_data, read_outline};
use crate::plan::{Builder, Facts};
use crate::syntax::plan;
use crate::text::{Fault, MOST_FAULTS, Phase, SourceId, Sources, Span, Stop, in_turn, threads};

/// Facts with their references, and what was wrong with the files.
#[derive(Debug)]
pub struct Workspace {
    /// The facts.
    pub facts: Facts,
    /// The references.
    pub graph: Graph,
    /// Faults of form.
    pub faults: Vec<Fault>,
    /// The comments of the plan files.
    pub comments: Vec<plan::Comment>,
}

/// What a check gave.
#[derive(Debug)]
pub struct Checked {
    /// What the rules say.
    pub outcome: Outcome,
    /// Faults of form.
    pub faults: Vec<Fault>,
}

/// Reads plans (the place of each text, and the code of a document that names none) into facts.
#[must_use]
pub fn read_plans(pack: &Pack, sources: &Sources, plans: &[(Span, String)]) -> Workspace {
    let mut faults = Vec::new();
    let (builder, comments) = enter_plans(pack, sources, plans, &mut faults, &Stop::default());
    workspace(builder, faults, comments)
}

/// Reads plans and sheets into facts; only the first of them if `stop` is set before the end. The sources are told what
/// the mappings have found out about the sheets; `progress` hears now and then of the sheet that is read and of the row
/// that was reached.
#[must_use]
pub fn read_all(
    pack: &Pack,
    sources: &mut Sources,
    plans: &[(Span, String)],
    sheets: &Sheets,
    progress: &mut dyn FnMut(&str, u64),
    stop: &Stop,
) -> Workspace {
    let (mut faults, mut left_out) = (Vec::new(), Vec::new());
    loop {
        match read_once(pack, sources, (plans, sheets, &left_out), progress, stop) {
            Ok(mut workspace) => {
                workspace.faults.append(&mut faults);
                return workspace;
            }
            // Seldom is a large file plain and then not: what was read so far is not worth to be taken back piece by piece.
            Err(odd) => left_out.extend(sheets.hold(sources, odd, &mut faults)),
        }
    }
}

/// Reads all but some sheets. `Err` if one has to be held before anything is read.
fn read_once(
    pack: &Pack,
    sources: &mut Sources,
    (plans, sheets, left_out): (&[(Span, String)], &Sheets, &[SourceId]),
    progress: &mut dyn FnMut(&str, u64),
    stop: &Stop,
) -> Result<Workspace, SourceId> {
    let mut faults = Vec::new();
    stop.begin(Phase::Facts, plans.len() + sheets.opened.len());
    let (mut builder, comments) = enter_plans(pack, sources, plans, &mut faults, stop);
    let mut reader = SheetReader::new(&mut builder, &mut faults);
    let wanted = sheets.opened.iter().filter(|opened| !left_out.contains(&opened.id));
    for opened in wanted.take_while(|_| !stop.is_set()).inspect(|_| stop.step()) {
        let (Some(source), Some(mapping)) = (sources.get(opened.id), sheets.mappings.get(opened.mapping)) else {
            continue;
        };
        let shape = reader.read(opened.id, source, mapping, &opened.stem, progress);
        if let (Some(shape), Some(grid)) = (shape, sources.grid_mut(opened.id)) {
            grid.headings = shape.headings;
            grid.keys = shape.keys;
        }
        if let Some(id) = reader.odd() {
            return Err(id);
        }
    }
    for id in &sheets.outlines {
        if let Some(source) = sources.get(*id) {
            curbed(&mut faults, |faults| read_outline(&mut builder, *id, source, faults));
        }
    }
    for id in &sheets.data {
        if let Some(source) = sources.get(*id) {
            curbed(&mut faults, |faults| read_data(&mut builder, *id, source, faults));
        }
    }
    Ok(workspace(builder, faults, comments))
}

/// Plans with fewer bytes than this in all are read before another thread has started.
const WORTH_A_THREAD: usize = 1 << 14;

fn enter_plans(
    pack: &Pack,
    sources: &Sources,
    plans: &[(Span, String)],
    faults: &mut Vec<Fault>,
    stop: &Stop,
) -> (Builder, Vec<plan::Comment>) {
    let mut comments = Vec::new();
    let mut builder = Builder::new(pack.vocabulary.clone());
    let size: usize = plans.iter().map(|(span, _)| span.range().len()).sum();
    let others = if size > WORTH_A_THREAD { threads() - 1 } else { 0 };
    let read = |(): &mut (), (span, stem): &(Span, String)| {
        let source = sources.get(span.source)?;
        Some((*span, stem.clone(), source, plan::parse(span.source, &source.text, span.range())))
    };
    in_turn(
        plans,
        others,
        |_| (),
        read,
        |read| {
            if stop.is_set() {
                return ControlFlow::Break(());
            }
            stop.step();
            if let Some((span, stem, source, parsed)) = read {
                comments.extend(parsed.comments);
                curbed(faults, |faults| {
                    faults.extend(parsed.faults);
                    builder.add_document_file(span.source, &stem, &source.text, &parsed.statements, faults);
                });
            }
            ControlFlow::Continue(())
        },
    );
    (builder, comments)
}

/// Reads a file and keeps the first of its faults only, and says so.
fn curbed(faults: &mut Vec<Fault>, read: impl FnOnce(&mut Vec<Fault>)) {
    let before = faults.len();
    read(faults);
    let count = faults.len().saturating_sub(before);
    let Some(last) = faults.get(before + MOST_FAULTS).map(|fault| fault.span).filter(|_| count > MOST_FAULTS) else {
        return;
    };
    faults.truncate(before + MOST_FAULTS);
    faults.shrink_to_fit();
    faults.push(Fault::error("too-many-faults", last).with("limit", MOST_FAULTS));
}

fn workspace(builder: Builder, faults: Vec<Fault>, comments: Vec<plan::Comment>) -> Workspace {
    let facts = builder.finish();
    let graph = Graph::build(&facts);
    Workspace { facts, graph, faults, comments }
}

/// Runs the rules that `wanted` accepts (by number) over a workspace.
#[must_use]
pub fn run_rules(
    pack: &Pack,
    sources: &Sources,
    workspace: &Workspace,
    strategy: Strategy,
    wanted: impl Fn(usize) -> bool,
) -> Outcome {
    run_on(&Shared::new(workspace, sources, pack, strategy), wanted, &Stop::default())
}

/// As [`run_rules`], over facts of which something else is asked as well: what was worked out from them is shared. The outcome
/// is cut short when `stop` is set.
#[must_use]
pub fn run_on<'a>(shared: &'a Shared<'a>, wanted: impl Fn(usize) -> bool, stop: &Stop) -> Outcome {
    let mut context = eval::Context::new(shared);
    context.stop = stop.clone();
    let (idle, busy) = idle::apart(context.pack, context.facts, wanted);
    let rules: Vec<_> = busy.into_iter().flat_map(|n| context.pack.typed(n)).collect();
    let mut outcome = run::run(&mut context, &rules);
    outcome.steps.extend(idle.into_iter().map(|n| (n, 0)));
    outcome
}

/// The figures that rules with a 修正 compute, each for the place where it belongs: equal to what is printed there, or
/// not. In the order of the rules and facts.
#[must_use]
pub fn computed(pack: &Pack, sources: &Sources, workspace: &Workspace) -> Vec<Fix> {
    let shared = Shared::new(workspace, sources, pack, Strategy::Planned);
    let context = eval::Context::new(&shared);
    let mut out = Vec::new();
    for rule in (0..pack.rules.len()).flat_map(|n| pack.typed(n)) {
        run::computed(&context, rule, &mut out);
    }
    out
}

/// Reads plans and runs the rules that `wanted` accepts.
#[must_use]
pub fn check_plans(
    pack: &Pack,
    sources: &Sources,
    plans: &[(Span, String)],
    wanted: impl Fn(usize) -> bool,
) -> Checked {
    let workspace = read_plans(pack, sources, plans);
    let outcome = run_rules(pack, sources, &workspace, Strategy::Planned, wanted);
    Checked { outcome, faults: workspace.faults }
}
