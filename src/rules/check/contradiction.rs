//! Premises that can never hold together: a rule with them would be silent for ever, and nobody would notice.
use std::collections::BTreeMap;

use super::super::ir::{Kind, Node};
use super::super::value::Value;
use crate::syntax::rules::{CompareOp, State};
use crate::text::{Fault, Message, Span};
use crate::value::{End, Exact, Interval};

/// What is known of one expression so far.
struct Known {
    /// The numbers that it may be, and the unit that they were given in.
    within: Option<(Interval, String)>,
    /// The text that it has to be.
    text: Option<String>,
    /// Whether it is printed at all.
    printed: Option<bool>,
    /// Where that was said.
    span: Span,
}

/// Reports the first premise that cannot hold beside those before it.
pub fn contradiction(premises: &[Node], faults: &mut Vec<Fault>) {
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    let mut said: BTreeMap<String, Span> = BTreeMap::new();
    for premise in premises {
        let clash = opposite(premise, &mut said).or_else(|| narrowed(premise, &mut known));
        if let Some(first) = clash {
            let fault = Fault::error("contradiction", premise.span);
            faults.push(fault.related(first, Message::new("contradiction-first")));
            return;
        }
    }
}

/// `a` beside `否 a`.
fn opposite(premise: &Node, said: &mut BTreeMap<String, Span>) -> Option<Span> {
    let (inner, word, other) = match &*premise.kind {
        Kind::Not(inner) => (inner, "no ", "yes "),
        _ => (premise, "yes ", "no "),
    };
    let print = fingerprint(inner);
    said.insert(format!("{word}{print}"), premise.span);
    said.get(&format!("{other}{print}")).copied()
}

/// What a comparison with a constant, or a state, leaves of an expression; the place of what it clashes with.
fn narrowed(premise: &Node, known: &mut BTreeMap<String, Known>) -> Option<Span> {
    let fresh = || Known { within: None, text: None, printed: None, span: premise.span };
    match &*premise.kind {
        Kind::Is(of, state @ (State::Missing | State::Present | State::Number)) => {
            let entry = known.entry(fingerprint(of)).or_insert_with(fresh);
            let printed = *state != State::Missing;
            let clash = entry.printed.is_some_and(|p| p != printed).then_some(entry.span);
            entry.printed = Some(printed);
            clash
        }
        Kind::Compare(op, a, b) => {
            let (of, constant, op) = match (constant(a), constant(b)) {
                (None, Some(constant)) => (a, constant, *op),
                (Some(constant), None) => (b, constant, op.turned()),
                _ => return None,
            };
            let entry = known.entry(fingerprint(of)).or_insert_with(fresh);
            // A comparison with something missing is never met.
            if entry.printed == Some(false) {
                return Some(entry.span);
            }
            entry.printed = Some(true);
            match constant {
                Constant::Text(text) if op == CompareOp::Equal => {
                    let clash = entry.text.as_ref().is_some_and(|t| *t != text).then_some(entry.span);
                    entry.text = Some(text);
                    clash
                }
                Constant::Text(_) => None,
                Constant::Number(value, unit) => {
                    let asked = interval(op, value)?;
                    match &entry.within {
                        // Another unit may be a multiple of this one: not compared here.
                        Some((_, other)) if *other != unit => None,
                        Some((so_far, _)) => match so_far.intersect(asked) {
                            None => Some(entry.span),
                            Some(met) => {
                                entry.within = Some((met, unit));
                                None
                            }
                        },
                        None => {
                            entry.within = Some((asked, unit));
                            entry.span = premise.span;
                            None
                        }
                    }
                }
            }
        }
        _ => None,
    }
}

enum Constant {
    Text(String),
    Number(Exact, String),
}

fn constant(node: &Node) -> Option<Constant> {
    match &*node.kind {
        Kind::Text(text) => Some(Constant::Text(crate::text::normal::normal(text))),
        Kind::Figure(number, unit) => Some(Constant::Number(number.value, unit.clone())),
        Kind::Constant(Value::Year(year)) => Some(Constant::Number(Exact::from_int(year.0.into()), "年度".to_owned())),
        _ => None,
    }
}

fn interval(op: CompareOp, at: Exact) -> Option<Interval> {
    let end = |closed| End { at: Some(at), closed };
    let open = End { at: None, closed: false };
    Some(match op {
        CompareOp::Equal => Interval::point(at),
        CompareOp::Less => Interval { low: open, high: end(false) },
        CompareOp::LessEqual => Interval { low: open, high: end(true) },
        CompareOp::Greater => Interval { low: end(false), high: open },
        CompareOp::GreaterEqual => Interval { low: end(true), high: open },
        // ≈ allows what rounding allows, ≠ nearly everything.
        CompareOp::Consistent | CompareOp::NotEqual => return None,
    })
}

fn fingerprint(node: &Node) -> String {
    let mut out = String::new();
    node.fingerprint(usize::MAX, &mut out);
    out
}
