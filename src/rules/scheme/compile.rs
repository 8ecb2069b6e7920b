//! From the tree of a scheme to linear conditions. What cannot be decided exactly is refused with its place.
use super::{Band, Condition, Linear, Scheme, Variable};
use crate::syntax::rules::{ArithmeticOp, CompareOp, Expr, ExprKind, SchemeDecl, State};
use crate::text::near::nearest;
use crate::text::{Fault, Message, Span};
use crate::value::{Exact, Figure};

/// The names that a condition may use, Japanese and English.
const NAMES: [(&str, &str); 4] = [("実績", "actual"), ("目標", "target"), ("基準値", "baseline"), ("達成率", "rate")];

/// A side of a comparison.
enum Term {
    Sum(Linear),
    /// `factor · 達成率 + constant`.
    Rate(Exact, Exact),
}

/// Compiles a scheme; `None` if something in it is wrong, which is then among the faults.
pub fn compile(declared: &SchemeDecl, faults: &mut Vec<Fault>) -> Option<Scheme> {
    if declared.torn {
        return None;
    }
    let before = faults.len();
    let mut bands: Vec<Band> = Vec::new();
    for (at, (word, condition)) in declared.bands.iter().enumerate() {
        if let Some(first) = bands.iter().find(|b| b.word == word.node) {
            let fault = Fault::error("duplicate-declaration", word.span).with("name", &word.node);
            faults.push(fault.related(first.span, Message::new("first-here")));
        }
        if condition.is_none() && at + 1 < declared.bands.len() {
            faults.push(Fault::error("scheme-otherwise-last", word.span).with("name", &word.node));
        }
        let compiled = match condition {
            None => None,
            Some(expr) => match compiled(expr, false) {
                Ok(condition) => Some(condition),
                Err(fault) => {
                    faults.push(*fault);
                    continue;
                }
            },
        };
        bands.push(Band { word: word.node.clone(), span: word.span, condition: compiled });
    }
    if declared.bands.is_empty() {
        faults.push(Fault::error("missing-clause", declared.name.span).with("name", "区分 : 条件"));
    }
    let alias = declared.alias.as_ref().unwrap_or(&declared.name).node.clone();
    let name = declared.name.node.clone();
    (faults.len() == before).then_some(Scheme { name, alias, span: declared.name.span, bands })
}

type Compiled<T> = Result<T, Box<Fault>>;

fn refuse<T>(span: Span) -> Compiled<T> {
    Err(Box::new(Fault::error("scheme-term", span)))
}

fn compiled(expr: &Expr, negated: bool) -> Compiled<Condition> {
    let both =
        |a: &Expr, b: &Expr| -> Compiled<Vec<Condition>> { Ok(vec![compiled(a, negated)?, compiled(b, negated)?]) };
    Ok(match (&*expr.kind, negated) {
        (ExprKind::And(a, b), false) | (ExprKind::Or(a, b), true) => Condition::All(both(a, b)?),
        (ExprKind::Or(a, b), false) | (ExprKind::And(a, b), true) => Condition::Any(both(a, b)?),
        (ExprKind::Not(a), _) => compiled(a, !negated)?,
        (ExprKind::Bool(truth), _) if *truth == negated => Condition::Any(Vec::new()),
        (ExprKind::Bool(_), _) => Condition::All(Vec::new()),
        (ExprKind::Is(a, state @ (State::Missing | State::Present)), _) => {
            Condition::Missing(variable(a)?, (*state == State::Missing) != negated)
        }
        (ExprKind::Call(name, arguments), _) if name.node == "達する" => match arguments.as_slice() {
            [a, b] if variable(a)? == Variable::Actual && variable(b)? == Variable::Target => {
                Condition::Reaches(!negated)
            }
            _ => return refuse(expr.span),
        },
        (ExprKind::Compare(op, a, b), _) => compare(*op, term(a)?, term(b)?, negated, expr.span)?,
        _ => return refuse(expr.span),
    })
}

fn variable(expr: &Expr) -> Compiled<Variable> {
    let ExprKind::Name(name) = &*expr.kind else { return refuse(expr.span) };
    match name.as_str() {
        "実績" | "actual" => Ok(Variable::Actual),
        "目標" | "target" => Ok(Variable::Target),
        "基準値" | "baseline" => Ok(Variable::Baseline),
        "達成率" | "rate" => refuse(expr.span),
        _ => {
            let near = nearest(name, NAMES.iter().flat_map(|n| [n.0, n.1]));
            Err(Box::new(Fault::error("unknown-name", expr.span).with("name", name).with("near", near)))
        }
    }
}

fn constant(value: Exact) -> Linear {
    Linear { of: [Exact::ZERO; 3], constant: value }
}

impl Linear {
    fn is_constant(&self) -> bool {
        self.of == [Exact::ZERO; 3]
    }

    fn times(self, by: Exact) -> Option<Self> {
        let [a, t, b] = self.of;
        let of = [a.checked_mul(by)?, t.checked_mul(by)?, b.checked_mul(by)?];
        Some(Self { of, constant: self.constant.checked_mul(by)? })
    }

    fn plus(self, other: Self) -> Option<Self> {
        let ([a, t, b], [x, y, z]) = (self.of, other.of);
        let of = [a.checked_add(x)?, t.checked_add(y)?, b.checked_add(z)?];
        Some(Self { of, constant: self.constant.checked_add(other.constant)? })
    }
}

fn term(expr: &Expr) -> Compiled<Term> {
    let minus = Exact::from_int(-1);
    let made = match &*expr.kind {
        ExprKind::Figure(text) => match Figure::read(text) {
            Ok(Figure::Quantity(q)) if q.unit.is_empty() => Some(Term::Sum(constant(q.value))),
            Ok(Figure::Quantity(q)) if matches!(q.unit, "%" | "％") => {
                q.value.checked_div(Exact::from_int(100)).map(|v| Term::Sum(constant(v)))
            }
            _ => None,
        },
        ExprKind::Name(name) if matches!(name.as_str(), "達成率" | "rate") => {
            Some(Term::Rate(Exact::ONE, Exact::ZERO))
        }
        ExprKind::Name(_) => {
            let mut sum = constant(Exact::ZERO);
            let at = variable(expr)? as usize;
            if let Some(place) = sum.of.get_mut(at) {
                *place = Exact::ONE;
            }
            Some(Term::Sum(sum))
        }
        ExprKind::Negate(a) => scaled(term(a)?, minus),
        ExprKind::Arithmetic(op, a, b) => {
            let (a, b) = (term(a)?, term(b)?);
            match (op, &a, &b) {
                (ArithmeticOp::Add, ..) => added(a, b),
                (ArithmeticOp::Subtract, ..) => scaled(b, minus).and_then(|b| added(a, b)),
                (ArithmeticOp::Multiply, _, Term::Sum(n)) if n.is_constant() => scaled(a, n.constant),
                (ArithmeticOp::Multiply, Term::Sum(n), _) if n.is_constant() => scaled(b, n.constant),
                (ArithmeticOp::Divide, _, Term::Sum(n)) if n.is_constant() => {
                    Exact::ONE.checked_div(n.constant).and_then(|part| scaled(a, part))
                }
                _ => None,
            }
        }
        _ => None,
    };
    made.map_or_else(|| refuse(expr.span), Ok)
}

fn scaled(term: Term, by: Exact) -> Option<Term> {
    Some(match term {
        Term::Sum(sum) => Term::Sum(sum.times(by)?),
        Term::Rate(factor, constant) => Term::Rate(factor.checked_mul(by)?, constant.checked_mul(by)?),
    })
}

fn added(a: Term, b: Term) -> Option<Term> {
    Some(match (a, b) {
        (Term::Sum(a), Term::Sum(b)) => Term::Sum(a.plus(b)?),
        (Term::Rate(f, c), Term::Sum(n)) | (Term::Sum(n), Term::Rate(f, c)) if n.is_constant() => {
            Term::Rate(f, c.checked_add(n.constant)?)
        }
        (Term::Rate(f, c), Term::Rate(g, d)) => Term::Rate(f.checked_add(g)?, c.checked_add(d)?),
        _ => return None,
    })
}

/// `a op b`, or its opposite.
fn compare(op: CompareOp, a: Term, b: Term, negated: bool, span: Span) -> Compiled<Condition> {
    let Some(difference) = scaled(b, Exact::from_int(-1)).and_then(|b| added(a, b)) else { return refuse(span) };
    let side = |up: bool, strict: bool| match &difference {
        Term::Sum(sum) => {
            let sum = if up { Some(*sum) } else { sum.times(Exact::from_int(-1)) };
            sum.map(|sum| Condition::Above { sum, strict })
        }
        // factor · rate + constant above zero: the rate above or below −constant ÷ factor.
        Term::Rate(factor, constant) => {
            let than = constant.negated().checked_div(*factor)?;
            Some(Condition::Rate { than, up: up == (*factor > Exact::ZERO), strict })
        }
    };
    let made = match (op, negated) {
        (CompareOp::Greater, false) | (CompareOp::LessEqual, true) => side(true, true),
        (CompareOp::GreaterEqual, false) | (CompareOp::Less, true) => side(true, false),
        (CompareOp::Less, false) | (CompareOp::GreaterEqual, true) => side(false, true),
        (CompareOp::LessEqual, false) | (CompareOp::Greater, true) => side(false, false),
        (CompareOp::Equal, false) | (CompareOp::NotEqual, true) => {
            side(true, false).zip(side(false, false)).map(|(a, b)| Condition::All(vec![a, b]))
        }
        (CompareOp::NotEqual, false) | (CompareOp::Equal, true) => {
            side(true, true).zip(side(false, true)).map(|(a, b)| Condition::Any(vec![a, b]))
        }
        (CompareOp::Consistent, _) => None,
    };
    made.map_or_else(|| refuse(span), Ok)
}
