//! The instances of rules that read the figures in question: those that fail, and those that hold and must go on to.
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::columns::{self, Columns, reads_figures};
use super::super::eval::{CellRef, Context, Flow, Frame};
use super::super::functions::Function;
use super::super::ir::{Access, Kind, Node, TypedRule};
use super::super::run::{settles, violation};
use super::super::types::Type;
use super::super::value::{Value, Why};
use crate::plan::{DOCUMENTS, RelationId};
use crate::syntax::rules::{Aggregate, CompareOp};
use crate::text::{Severity, Span};

/// The findings that a cause is looked for.
pub(super) struct Known<'f> {
    numbers: FxHashMap<(usize, Span, &'f str), usize>,
    rules: FxHashSet<usize>,
}

impl<'f> Known<'f> {
    pub(super) fn new(found: impl IntoIterator<Item = (usize, usize, Span, &'f str)>) -> Self {
        let mut known = Self { numbers: FxHashMap::default(), rules: FxHashSet::default() };
        for (number, rule, span, message) in found {
            known.rules.insert(rule);
            known.numbers.entry((rule, span, message)).or_insert(number);
        }
        known
    }

    pub(super) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

/// A rule and the rows that it is asked of.
pub(super) struct Instance<'r> {
    pub rule: &'r TypedRule,
    pub frame: Frame,
    /// The printed figures that it reads, in the order of the facts.
    pub reads: Vec<CellRef>,
    /// The finding that it gave.
    pub finding: Option<usize>,
    /// Whether it fails.
    pub fails: bool,
    /// Whether it has to hold where every figure is right.
    pub binds: bool,
}

/// More instances are not kept in mind; a plan of a country has not so many around its findings.
const MOST_INSTANCES: usize = 200_000;

/// Whether a rule compares figures.
pub(super) fn is_arithmetic(rule: &TypedRule) -> bool {
    reads_figures(&rule.check) || rule.query.conditions.iter().any(reads_figures)
}

/// Whether a rule is a constraint on figures, and neither advice nor information: it sees nothing of them but their numbers and units. A warning that one figure is above another (a target that was already
/// reached) may well stand in a plan in which every figure is right; that two are not equal, as they have to be, may not.
pub(super) fn is_binding(rule: &TypedRule) -> bool {
    let binds = match rule.severity {
        Severity::Error => true,
        Severity::Warning => equates(&rule.check),
        Severity::Info => false,
    };
    binds && reads_figures(&rule.check) && !looks_at_print(&rule.check)
}

/// Whether a check asks for figures that are equal, or can be one.
pub(super) fn equates(node: &Node) -> bool {
    match &*node.kind {
        Kind::Compare(CompareOp::Equal | CompareOp::Consistent, a, b) if matches!(a.ty, Type::Number(_)) => {
            reads_figures(a) || reads_figures(b)
        }
        Kind::Call(Function::Agree, _) | Kind::Aggregate(Aggregate::Agree, ..) => true,
        _ => node.children().into_iter().any(equates),
    }
}

/// Whether a check depends on how a figure is printed, which another number does not say; a word that stands beside it (%, 以上)
/// would stay there.
fn looks_at_print(node: &Node) -> bool {
    if matches!(&*node.kind, Kind::Contains(..)) {
        return false;
    }
    let printed = [Function::Printed, Function::Unit, Function::Scale];
    matches!(&*node.kind, Kind::Call(function, _) if printed.contains(function))
        || node.children().into_iter().any(looks_at_print)
}

/// A rule that is asked again.
struct Looked<'r> {
    rule: &'r TypedRule,
    /// Whether it has to hold where every figure is right.
    binds: bool,
    /// The columns that it may read; `None` if that cannot be said.
    columns: Option<Columns>,
}

/// Gathers instances around findings.
pub(super) struct Gathering<'c, 'a, 'f, 'r> {
    context: &'c Context<'a>,
    known: &'c Known<'f>,
    /// The rules that bind or gave a finding.
    rules: Vec<Looked<'r>>,
    /// An evaluation of what is printed in which nothing is computed with figures in dispute, as in a run.
    settled: Context<'a>,
}

impl<'c, 'a, 'f, 'r> Gathering<'c, 'a, 'f, 'r> {
    pub(super) fn new(context: &'c Context<'a>, rules: &[&'r TypedRule], known: &'c Known<'f>) -> Self {
        let rules = rules.iter().map(|rule| Looked { rule, binds: is_binding(rule), columns: columns::of(rule) });
        let rules = rules.filter(|looked| looked.binds || known.rules.contains(&looked.rule.rule)).collect();
        Self { context, known, rules, settled: Context::new(context.shared) }
    }

    /// The figures that the findings read. Those in dispute are remembered.
    pub(super) fn cells(&mut self) -> FxHashSet<CellRef> {
        let mut failing = Vec::new();
        for looked in self.rules.iter().filter(|looked| self.known.rules.contains(&looked.rule.rule)) {
            self.search(looked, None, None, &mut failing);
        }
        let mut disputed = Vec::new();
        for instance in failing.iter().filter(|i| settles(&i.rule.check)) {
            self.context.dispute(&instance.rule.check, &mut instance.frame.clone(), &mut disputed);
        }
        self.settled.settle(disputed);
        failing.into_iter().flat_map(|instance| instance.reads).collect()
    }

    /// The instances that read some figures: those that hold, those that are known to fail, and those that a figure in dispute
    /// hides.
    pub(super) fn around(&self, cells: &FxHashSet<CellRef>) -> Vec<Instance<'r>> {
        let mut out = Vec::new();
        if cells.is_empty() {
            return out;
        }
        let near = Near::new(self.context, cells);
        let read: Columns = cells.iter().map(|(row, column)| (row.relation, *column)).collect();
        for looked in &self.rules {
            if looked.columns.as_ref().is_some_and(|columns| columns.is_disjoint(&read)) {
                continue;
            }
            for window in near.windows(self.context, looked.rule) {
                self.search(looked, window, Some(cells), &mut out);
            }
        }
        out
    }

    /// Adds the instances of a rule that read some cells; without `cells` those that fail.
    fn search(
        &self,
        looked: &Looked<'r>,
        window: Option<Range<u32>>,
        cells: Option<&FxHashSet<CellRef>>,
        out: &mut Vec<Instance<'r>>,
    ) {
        let Self { context, known, settled, .. } = self;
        let Some(what_if) = &context.what_if else { return };
        let Looked { rule, binds, .. } = *looked;
        let mut frame: Frame = vec![Value::Unknown(Why::Missing); rule.slots];
        // Where a torn cell leaves rows open, those that are sure are looked at.
        let _ = context.search_within(&rule.query, window, &mut frame, &mut |frame| {
            if context.stop.is_set() || out.len() >= MOST_INSTANCES {
                return Flow::Stop;
            }
            // Of advice, and while it is findings that are looked for, what holds is not wanted: mostly all.
            if (cells.is_none() || !binds) && context.truth(&rule.check, frame) != Ok(false) {
                return Flow::Continue;
            }
            let (truth, reads) = what_if.listen(|| {
                for condition in &rule.query.conditions {
                    // All of them hold, or the row would not have been found; what they read is wanted.
                    let _ = context.truth(condition, frame);
                }
                context.truth(&rule.check, frame)
            });
            let Ok(holds) = truth else { return Flow::Continue };
            let reads: Vec<CellRef> = reads.into_iter().filter(|cell| context.is_figure(*cell)).collect();
            if reads.is_empty() || cells.is_some_and(|cells| !reads.iter().any(|cell| cells.contains(cell))) {
                return Flow::Continue;
            }
            let finding = (!holds).then(|| violation(context, rule, frame)).and_then(|violation| {
                known.numbers.get(&(rule.rule, violation.span, violation.message.ja.as_str())).copied()
            });
            // What fails without a finding was accepted, or a figure in dispute hides it.
            if holds || finding.is_some() || settled.truth(&rule.check, frame).is_err() {
                out.push(Instance { rule, frame: frame.clone(), reads, finding, fails: !holds, binds });
            }
            Flow::Continue
        });
    }
}

/// The documents around some cells, and other editions of them: what reads the cells begins there.
pub(super) struct Near {
    documents: FxHashSet<u32>,
}

impl Near {
    pub(super) fn new(context: &Context<'_>, cells: &FxHashSet<CellRef>) -> Self {
        let series = |document: u32| context.graph.series(document);
        let wanted: FxHashSet<u32> = cells.iter().map(|(row, _)| series(context.facts.document_number(*row))).collect();
        let all = 0..context.count(DOCUMENTS);
        Self { documents: all.filter(|document| wanted.contains(&series(*document))).collect() }
    }

    /// The rows of the first range of a rule that stand in these documents, as ranges of row numbers; `None` for all.
    pub(super) fn windows(&self, context: &Context<'_>, rule: &TypedRule) -> Vec<Option<Range<u32>>> {
        let relation = match rule.query.plan.steps.first().map(|s| &s.access) {
            Some(Access::Scan(relation)) => *relation,
            _ => return vec![None],
        };
        match self.ranges(context, relation) {
            Some(ranges) => ranges.into_iter().map(Some).collect(),
            None => vec![None],
        }
    }

    fn ranges(&self, context: &Context<'_>, relation: RelationId) -> Option<Vec<Range<u32>>> {
        let mut ranges: Vec<Range<u32>> = Vec::new();
        // A relation that rules make has no documents.
        let documents = &context.facts.table(relation)?.documents;
        let rows = context.count(relation);
        if documents.len() != rows as usize {
            return None;
        }
        let stands = |row: u32| {
            let document = if relation == DOCUMENTS { Some(&row) } else { documents.get(row as usize) };
            document.is_some_and(|d| self.documents.contains(d))
        };
        for row in (0..rows).filter(|row| stands(*row)) {
            match ranges.last_mut() {
                Some(last) if last.end == row => last.end = row + 1,
                _ => ranges.push(row..row + 1),
            }
        }
        Some(ranges)
    }
}
