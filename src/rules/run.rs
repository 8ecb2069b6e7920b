//! Runs typed rules over facts: violations with their places and sentences, and what was not judged.
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::eval::{Context, Flow, Frame};
use super::functions::Function;
use super::ir::{Kind, Node, SentencePiece, TypedRule, TypedSentence};
use super::value::{Number, Unit, Value, Why};
use crate::plan::{ColumnId, RowRef};
use crate::syntax::rules::Aggregate;
use crate::text::{Severity, Span, Wording};
use crate::value::{Exact, Qualifier};

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
}

/// What a run of rules gave.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The violations, in the order of rules and facts.
    pub violations: Vec<Violation>,
    /// Where each rule was not judged, and why; an empty place is somewhere in a table of which a cell is torn.
    pub skipped: BTreeMap<(usize, Why), Vec<Span>>,
}

/// Runs all rules: those that hold printings of one figure against each other (同値) first, since nothing is
/// computed with a figure that they find in dispute. The outcome is in the order of the rules all the same.
#[must_use]
pub fn run(context: &Context<'_>, rules: &[TypedRule]) -> Outcome {
    let mut outcome = Outcome::default();
    let (first, second): (Vec<&TypedRule>, Vec<&TypedRule>) = rules.iter().partition(|r| settles(&r.check));
    let mut disputed = Vec::new();
    for rule in first {
        pass(context, rule, &mut outcome, Some(&mut disputed));
    }
    context.settle(disputed);
    for rule in second {
        pass(context, rule, &mut outcome, None);
    }
    outcome.violations.sort_by_key(|v| v.rule);
    outcome
}

/// Whether a check holds printings of one figure against each other.
pub(super) fn settles(check: &Node) -> bool {
    matches!(&*check.kind, Kind::Call(Function::Agree, _) | Kind::Aggregate(Aggregate::Agree, ..))
        || check.children().into_iter().any(settles)
}

/// Runs one rule; the cells that its 同値 found in dispute go to `disputed`.
fn pass(
    context: &Context<'_>,
    rule: &TypedRule,
    outcome: &mut Outcome,
    mut disputed: Option<&mut Vec<(RowRef, ColumnId)>>,
) {
    let mut seen: FxHashSet<(Span, String)> = FxHashSet::default();
    let mut frame: Frame = vec![Value::Unknown(Why::Missing); rule.slots];
    let mut skipped: Vec<(Why, Span)> = Vec::new();
    let torn = context.search(&rule.query, &mut frame, &mut |frame| {
        match context.truth(&rule.check, frame) {
            Ok(true) => {}
            Ok(false) => {
                if let Some(cells) = disputed.as_deref_mut() {
                    context.dispute(&rule.check, frame, cells);
                }
                let violation = violation(context, rule, frame);
                if seen.insert((violation.span, violation.message.ja.clone())) {
                    outcome.violations.push(violation);
                }
            }
            Err(why) => skipped.push((why, place(context, rule, frame))),
        }
        Flow::Continue
    });
    skipped.extend(torn.err().map(|why| (why, Span::default())));
    for (why, place) in skipped {
        outcome.skipped.entry((rule.rule, why)).or_default().push(place);
    }
}

/// Where a finding stands: at the place that the rule names, else at a row that it ranges over.
fn place(context: &Context<'_>, rule: &TypedRule, frame: &mut Frame) -> Span {
    context
        .place(&rule.place, frame)
        .or_else(|| frame.iter().find_map(|value| context.head_of(*value)))
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
    let severity = if unsure { rule.severity.min(Severity::Warning) } else { rule.severity };
    Violation { rule: rule.rule, severity, message, help, span, related }
}

/// More labels than this tell a reader nothing new.
const MOST_LABELS: usize = 64;

fn wording(context: &Context<'_>, sentence: &TypedSentence, frame: &mut Frame) -> Wording {
    let mut say = |pieces: &[SentencePiece]| {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                SentencePiece::Text(text) => out.push_str(text),
                SentencePiece::Hole(node, format) => out.push_str(&shown(context, node, format.as_deref(), frame)),
            }
        }
        out
    };
    Wording { ja: say(&sentence.ja), en: say(&sentence.en) }
}

/// A value in a sentence: a printed cell exactly as printed, a computed one in the given format.
pub(super) fn shown(context: &Context<'_>, node: &Node, format: Option<&str>, frame: &mut Frame) -> String {
    let value = context.value(node, frame);
    let printed = matches!(&*node.kind, Kind::Cell(..) | Kind::AtYear(..)) && format.is_none();
    match value {
        Value::Number(number) => {
            if printed
                && let Some(span) = context.place(node, frame)
                && !matches!(node.ty, super::types::Type::Integer)
            {
                return context.sources.text(span).trim().to_owned();
            }
            number_text(context, number, format)
        }
        Value::Text(symbol, _) | Value::Qualitative(symbol, _) => context.symbol(symbol),
        Value::Year(year) => match format {
            Some("和暦") => year.wareki_long(),
            Some("西暦") => year.seireki(),
            _ => year.to_string(),
        },
        Value::Date(date) => date.to_string(),
        Value::Bool(true) => "はい".into(),
        Value::Bool(false) => "いいえ".into(),
        Value::Row(row) => context.describe(row),
        Value::List(id) => {
            let items = context.facts.lists.get(id as usize);
            items.map_or_else(String::new, |l| l.iter().map(|i| context.symbol(i.0)).collect::<Vec<_>>().join("、"))
        }
        Value::Unknown(Why::Dangling) => {
            context.place(node, frame).map_or_else(String::new, |s| context.sources.text(s).to_owned())
        }
        Value::Unknown(Why::Unreadable) => "判読不能".into(),
        Value::Unknown(_) => "－".into(),
    }
}

fn number_text(context: &Context<'_>, number: Number, format: Option<&str>) -> String {
    let unit = match number.unit {
        Unit::Of(symbol) => context.symbol(symbol),
        Unit::Open | Unit::Ratio => String::new(),
    };
    let percent = |places: usize| {
        let shown = number.value.checked_mul(Exact::from_int(100));
        shown.map_or_else(|| number.value.to_string(), |v| format!("{}%", v.format_decimal(places)))
    };
    let text = match format {
        Some("%") => percent(2),
        Some(format) if format.starts_with('%') => percent(format.trim_start_matches('%').parse().unwrap_or(2).min(9)),
        _ if unit == "%" => percent(2),
        _ => format!("{}{unit}", number.value.grouped()),
    };
    let after = match number.qualifier {
        Qualifier::AtLeast => "以上",
        Qualifier::AtMost => "以下",
        Qualifier::MoreThan => "超",
        Qualifier::LessThan => "未満",
        Qualifier::About => "程度",
        Qualifier::None => "",
    };
    format!("{text}{after}")
}
