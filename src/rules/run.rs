//! Runs typed rules over facts: violations with their places and sentences, and what was not judged.
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::eval::{Context, Flow, Frame};
use super::functions::Function;
use super::ir::{Kind, Node, TypedFix, TypedRule};
use super::shares::{Task, share_out, shares};
use super::value::{Value, Why};
use super::words::{value_text, wording};
use crate::plan::{ColumnId, RowRef};
use crate::syntax::rules::Aggregate;
use crate::text::{Phase, Severity, Span, Wording, normal};
use crate::value::{Exact, Rounding, group};

/// One violation of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Number of the rule in its pack.
    pub rule: usize,
    /// How grave; at most a warning where the extraction is unsure.
    pub severity: Severity,
    /// What is wrong.
    pub message: Wording,
    /// What to do.
    pub help: Option<Wording>,
    /// The place at fault.
    pub span: Span,
    /// Other places.
    pub related: Vec<(Span, Wording)>,
    /// What would mend it.
    pub fix: Option<Fix>,
}

/// What would mend a violation: data, never applied without being asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The printed text to be replaced.
    pub span: Span,
    /// What to print there.
    pub text: String,
    /// Whether it is right whenever the rule is; if not, a person has to look first.
    pub safe: bool,
}

/// What a share of a rule gave.
#[derive(Debug, Default)]
pub(super) struct Passed {
    violations: Vec<Violation>,
    skipped: Vec<(Why, Span)>,
    /// Why a table could not be searched to its end.
    torn: Option<Why>,
    disputed: Vec<(RowRef, ColumnId)>,
    steps: u64,
}

impl Violation {
    /// The bytes of its sentences.
    pub(super) fn words(&self) -> usize {
        let of = |wording: &Wording| wording.ja.len() + wording.en.len();
        of(&self.message) + self.help.as_ref().map_or(0, of) + self.related.iter().map(|r| of(&r.1)).sum::<usize>()
    }
}

/// What a run of rules gave.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The violations, in the order of rules and facts.
    pub violations: Vec<Violation>,
    /// Where each rule was not judged, and why; an empty place is somewhere in a table of which a cell is torn.
    pub skipped: BTreeMap<(usize, Why), Vec<Span>>,
    /// How many rows each rule looked at.
    pub steps: BTreeMap<usize, u64>,
    /// How many rows were looked at for what rules share: indexes, and relations that rules make.
    pub shared: u64,
}

/// Runs all rules: those that hold printings of one figure against each other (同値) first, since nothing is
/// computed with a figure that they find in dispute. The outcome is in the order of the rules all the same, and the same
/// on any number of threads.
#[must_use]
pub fn run(context: &mut Context<'_>, rules: &[&TypedRule]) -> Outcome {
    let mut outcome = Outcome::default();
    let (first, second): (Vec<&TypedRule>, Vec<&TypedRule>) = rules.iter().copied().partition(|r| settles(&r.check));
    context.stop.begin(Phase::Rules, rules.len());
    context.stop.begin_run();
    let disputed = pass_all(context, &first, &mut outcome);
    context.settle(disputed);
    pass_all(context, &second, &mut outcome);
    outcome.shared = context.shared.rows();
    outcome.violations.sort_by_key(|v| v.rule);
    outcome
}

/// Runs rules and adds what they found to `outcome`; the cells that a 同値 found in dispute are returned.
fn pass_all(context: &Context<'_>, rules: &[&TypedRule], outcome: &mut Outcome) -> Vec<(RowRef, ColumnId)> {
    let tasks: Vec<Task<'_>> = rules.iter().flat_map(|rule| shares(context, rule)).collect();
    let mut disputed = Vec::new();
    let mut seen: FxHashSet<(Span, String)> = FxHashSet::default();
    for (task, mut passed) in tasks.iter().zip(share_out(context, &tasks)) {
        let number = task.rule.rule;
        if task.number == 0 {
            seen.clear();
        }
        let new = |v: &Violation| seen.insert((v.span, v.message.ja.clone()));
        outcome.violations.extend(passed.violations.into_iter().filter(new));
        *outcome.steps.entry(number).or_default() += passed.steps;
        disputed.append(&mut passed.disputed);
        for (why, place) in passed.skipped {
            outcome.skipped.entry((number, why)).or_default().push(place);
        }
        // That a table is torn is said once, however many threads have met it.
        if let Some(why) = passed.torn {
            let places = outcome.skipped.entry((number, why)).or_default();
            if task.number == 0 || !places.contains(&Span::default()) {
                places.push(Span::default());
            }
        }
    }
    disputed
}

/// Whether a check holds printings of one figure against each other.
pub(super) fn settles(check: &Node) -> bool {
    matches!(&*check.kind, Kind::Call(Function::Agree, _) | Kind::Aggregate(Aggregate::Agree, ..))
        || check.children().into_iter().any(settles)
}

/// Runs a share of a rule.
pub(super) fn pass(context: &Context<'_>, task: &Task<'_>) -> Passed {
    let rule = task.rule;
    let mut passed = Passed::default();
    let mut frame: Frame = vec![Value::Unknown(Why::Missing); rule.slots];
    let before = context.steps.get();
    context.begin(task.scans);
    if task.number == 0 {
        context.stop.step();
    }
    if context.stop.is_set() {
        return passed;
    }
    let settles = settles(&rule.check);
    let check = context.test(&rule.check);
    let torn = context.search_within(&rule.query, task.window.clone(), &mut frame, &mut |frame| {
        match context.truth_of(&check, frame) {
            Ok(true) => {}
            Ok(false) => {
                if settles {
                    context.dispute(&rule.check, frame, &mut passed.disputed);
                }
                let violation = violation(context, rule, frame);
                context.stop.found(violation.words());
                passed.violations.push(violation);
            }
            Err(why) => passed.skipped.push((why, place(context, rule, frame))),
        }
        if context.stop.is_set() { Flow::Stop } else { Flow::Continue }
    });
    passed.torn = torn.err();
    context.tell_steps();
    passed.steps = context.steps.get() - before;
    passed
}

/// Where a finding stands: at the place that the rule names, else at a row that it ranges over.
fn place(context: &Context<'_>, rule: &TypedRule, frame: &mut Frame) -> Span {
    context
        .place(&rule.place, frame)
        .or_else(|| frame.iter().find_map(|value| context.head_of(value)))
        .unwrap_or_default()
}

pub(super) fn violation(context: &Context<'_>, rule: &TypedRule, frame: &mut Frame) -> Violation {
    let span = place(context, rule, frame);
    let mut unsure = context.unsure(&rule.place, frame);
    let message = wording(context, &rule.sentence, frame);
    let help = (!rule.help.ja.is_empty()).then(|| wording(context, &rule.help, frame));
    let mut related = Vec::new();
    for label in &rule.labels {
        // A torn cell among the rows of a label only takes that label away.
        let _ = context.search(&label.query, frame, &mut |frame| {
            if let Some(place) = context.place(&label.place, frame) {
                unsure |= context.unsure(&label.place, frame);
                if let Some(seen) = &context.seen {
                    seen.borrow_mut().shown(label.place.span);
                }
                related.push((place, wording(context, &label.sentence, frame)));
            }
            if related.len() < MOST_LABELS { Flow::Continue } else { Flow::Stop }
        });
    }
    // An unsure reading never makes an error; a warning stays one, or a true finding would go unseen.
    let severity = match &rule.milder {
        None => rule.severity,
        // Undecided: the milder of the two, or a torn cell could make an error.
        Some((condition, other)) => match context.truth(condition, frame) {
            Ok(true) => rule.severity,
            Ok(false) => *other,
            Err(_) => rule.severity.min(*other),
        },
    };
    let severity = if unsure { severity.min(Severity::Warning) } else { severity };
    let fix = rule.fix.as_ref().and_then(|fix| mend(context, fix, frame));
    Violation { rule: rule.rule, severity, message, help, span, related, fix }
}

/// More labels than this tell a reader nothing new.
const MOST_LABELS: usize = 64;

/// The fix of a rule in numbers: as many decimal places and the same unit as what is printed there. Only what is printed
/// and read can be mended: a place that holds nothing would be the head of its row.
fn mend(context: &Context<'_>, fix: &TypedFix, frame: &mut Frame) -> Option<Fix> {
    value_of(context, fix, frame).filter(|fix| fix.text != context.sources.text(fix.span))
}

/// The value of a 修正 as it would be printed in its place, whatever is printed there.
fn value_of(context: &Context<'_>, fix: &TypedFix, frame: &mut Frame) -> Option<Fix> {
    let current = match context.value(&fix.place, frame) {
        Value::Unknown(_) => return None,
        Value::Text(symbol, _) | Value::Qualitative(symbol, _) => Some(context.symbol(symbol)),
        _ => None,
    };
    let span = unquoted(context, context.place(&fix.place, frame)?, current.as_deref())?;
    let printed = context.sources.text(span);
    let text = match context.value(&fix.value, frame) {
        Value::Unknown(_) => return None,
        value => match value.as_number(context.facts) {
            Some(number) => reprint(printed, number.value, context.is_percentage(printed))?,
            None => value_text(context, &value, None),
        },
    };
    Some(Fix { span, text, safe: fix.safe })
}

/// The place of a value within its quotes; `None` if what is printed there is more than the value, which a fix of the
/// value would take away.
fn unquoted(context: &Context<'_>, span: Span, value: Option<&str>) -> Option<Span> {
    const QUOTES: [(char, char); 4] = [('"', '"'), ('＂', '＂'), ('“', '”'), ('「', '」')];
    let printed = context.sources.text(span);
    // Escapes are left out of the comparison, and with them the quotes that they are for.
    let plain = |text: &str| normal::normal(&text.replace(['\\', '"'], ""));
    let whole = value.is_some_and(|v| normal::normal(v) == normal::normal(printed));
    let inner = QUOTES.iter().filter(|_| !whole).find_map(|(open, close)| {
        let rest = printed.strip_prefix(*open)?.strip_suffix(*close)?;
        let start = span.range().start + open.len_utf8();
        Some(Span::new(span.source, start..start + rest.len()))
    });
    let span = inner.unwrap_or(span);
    value.is_none_or(|v| plain(v) == plain(context.sources.text(span))).then_some(span)
}

/// What a rule with a 修正 computes for each figure that it looks at, whether or not that is what is printed there.
pub(super) fn computed(context: &Context<'_>, rule: &TypedRule, out: &mut Vec<Fix>) {
    let Some(fix) = &rule.fix else { return };
    let mut frame: Frame = vec![Value::Unknown(Why::Missing); rule.slots];
    // What is torn is not computed.
    let _ = context.search(&rule.query, &mut frame, &mut |frame| {
        if context.value(&fix.value, frame).is_number() {
            out.extend(value_of(context, fix, frame));
        }
        if context.stop.is_set() { Flow::Stop } else { Flow::Continue }
    });
}

/// A digit or mark of a number in full width, as the figure around it is printed.
fn widened(c: char) -> char {
    if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c) } else { c }
}

/// A printed figure with another number in it: `58.3%` with 7/12 is `58.3%`, `1,234件` with 5000 is `5,000件`.
pub(super) fn reprint(printed: &str, value: Exact, percentage: bool) -> Option<String> {
    let is_digit = |c: char| normal::narrow(c).is_ascii_digit();
    let start = printed.char_indices().find(|(_, c)| is_digit(*c))?.0;
    let tail = printed.get(start..)?;
    let length = tail.find(|c| !is_digit(c) && !matches!(normal::narrow(c), '.' | ',')).unwrap_or(tail.len());
    let digits: String = tail.get(..length)?.chars().map(normal::narrow).collect();
    let places = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let rest = tail.get(length..)?;
    // A scale word would need another number before it, and blanks may part the digits; such a figure is left to people.
    let next = rest.trim_start();
    if next.starts_with(['千', '万', '百', '億', '兆']) || next.starts_with(is_digit) {
        return None;
    }
    let value = if percentage { value.checked_mul(Exact::from_int(100))? } else { value };
    let value = value.round(i32::try_from(places).ok()?, Rounding::Nearest)?;
    let number = value.format_fixed(places);
    let number = if digits.contains(',') { group(&number) } else { number };
    let number = if tail.starts_with(|c: char| !c.is_ascii()) { number.chars().map(widened).collect() } else { number };
    Some(format!("{}{number}{rest}", printed.get(..start)?))
}

#[cfg(test)]
mod tests;
