//! Runs typed rules over facts: violations with their places and sentences, and what was not judged.
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::eval::{Context, Flow, Frame};
use super::ir::{Kind, Node, SentencePiece, TypedRule, TypedSentence};
use super::value::{Number, Unit, Value, Why};
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
    /// How often each rule was not judged, and why.
    pub skipped: BTreeMap<(usize, Why), usize>,
}

/// Runs all rules.
#[must_use]
pub fn run(context: &Context<'_>, rules: &[TypedRule]) -> Outcome {
    let mut outcome = Outcome::default();
    let mut seen: FxHashSet<(usize, Span, String)> = FxHashSet::default();
    for rule in rules {
        let mut frame: Frame = vec![Value::Unknown(Why::Missing); rule.slots];
        let mut skipped: Vec<Why> = Vec::new();
        let mut found = Vec::new();
        let torn = context.search(&rule.query, &mut frame, &mut |frame| {
            match context.truth(&rule.check, frame) {
                Ok(true) => {}
                Ok(false) => found.extend(violation(context, rule, frame)),
                Err(why) => skipped.push(why),
            }
            Flow::Continue
        });
        skipped.extend(torn.err());
        for why in skipped {
            *outcome.skipped.entry((rule.rule, why)).or_default() += 1;
        }
        for violation in found {
            if seen.insert((rule.rule, violation.span, violation.message.ja.clone())) {
                outcome.violations.push(violation);
            }
        }
    }
    outcome
}

fn violation(context: &Context<'_>, rule: &TypedRule, frame: &mut Frame) -> Option<Violation> {
    let span = context.place(&rule.place, frame)?;
    let mut unsure = context.unsure(&rule.place, frame);
    let message = wording(context, &rule.sentence, frame);
    let help = (!rule.help.ja.is_empty()).then(|| wording(context, &rule.help, frame));
    let mut related = Vec::new();
    for label in &rule.labels {
        // A torn cell among the rows of a label only takes that label away.
        let _ = context.search(&label.query, frame, &mut |frame| {
            if let Some(place) = context.place(&label.place, frame) {
                unsure |= context.unsure(&label.place, frame);
                related.push((place, wording(context, &label.sentence, frame)));
            }
            if related.len() < MOST_LABELS { Flow::Continue } else { Flow::Stop }
        });
    }
    // An unsure reading never makes an error; a warning stays one, or a true finding would go unseen.
    let severity = if unsure { rule.severity.min(Severity::Warning) } else { rule.severity };
    Some(Violation { rule: rule.rule, severity, message, help, span, related })
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
fn shown(context: &Context<'_>, node: &Node, format: Option<&str>, frame: &mut Frame) -> String {
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
