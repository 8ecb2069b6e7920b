//! Whether every combination of direction, target, actual and baseline meets exactly one status, decided exactly.
//!
//! The directions, what is missing, and whether target and actual are zero make finitely many cases. Within one all
//! conditions are linear inequalities in three numbers: 達成率 ≥ c is 実績 − c·目標 ≥ 0 where the target is not zero.
//! Such a system is solved by the elimination of Fourier and Motzkin over exact fractions, which also gives numbers
//! that solve it: the counter-example of the diagnostic.
use super::{Case, Condition, Direction, Linear, Scheme, Variable};
use crate::text::{Fault, Message};
use crate::value::Exact;

/// More systems than this are not solved for one question; no scheme of a city comes near it.
const MOST_SYSTEMS: usize = 20_000;

/// `sum > 0` or `sum ≥ 0`.
#[derive(Debug, Clone, Copy)]
struct Inequality {
    sum: Linear,
    strict: bool,
}

/// A condition within a case.
#[derive(Debug, Clone)]
enum Formula {
    All(Vec<Formula>),
    Any(Vec<Formula>),
    One(Inequality),
}

/// An end of what a variable may be, and whether the end itself is left out.
type Bound = (Exact, bool);

/// What is known of a combination.
#[derive(Debug, Clone, Copy)]
struct World {
    direction: Direction,
    actual: Known,
    target: Known,
    baseline: Known,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Missing,
    Zero,
    Positive,
    /// At or above zero.
    Any,
}

/// Reports gaps, overlaps and statuses that are never awarded.
pub fn decide(scheme: &Scheme, faults: &mut Vec<Fault>) {
    let worlds = worlds(scheme);
    let mut budget = MOST_SYSTEMS;
    let mut witness = |formula: &dyn Fn(&World) -> Option<Formula>| -> Option<Case> {
        worlds.iter().find_map(|world| solve(world, formula(world)?, &mut budget))
    };
    let mut found: Vec<Fault> = Vec::new();
    let otherwise = scheme.bands.iter().find(|b| b.condition.is_none());
    let none = |world: &World| Some(none_of(scheme, world));
    let gap = witness(&none);
    match (gap, otherwise) {
        (Some(case), None) => {
            found.push(told(Fault::error("scheme-gap", scheme.span).with("name", &scheme.name), &case))
        }
        (None, Some(band)) => found.push(Fault::error("scheme-unreachable", band.span).with("name", &band.word)),
        _ => {}
    }
    for (at, band) in scheme.bands.iter().enumerate() {
        let Some(condition) = &band.condition else { continue };
        if witness(&|world| Some(within(condition, world, true))).is_none() {
            found.push(Fault::error("scheme-unreachable", band.span).with("name", &band.word));
            continue;
        }
        for earlier in scheme.bands.iter().take(at) {
            let Some(first) = &earlier.condition else { continue };
            let both =
                |world: &World| Some(Formula::All(vec![within(first, world, true), within(condition, world, true)]));
            if let Some(case) = witness(&both) {
                let fault =
                    Fault::error("scheme-overlap", band.span).with("first", &earlier.word).with("name", &band.word);
                found.push(told(fault, &case).related(earlier.span, Message::new("scheme-other-band")));
            }
        }
    }
    if budget == 0 {
        found = vec![Fault::error("scheme-too-complex", scheme.span).with("name", &scheme.name)];
    }
    faults.append(&mut found);
}

/// None of the conditions holds.
fn none_of(scheme: &Scheme, world: &World) -> Formula {
    let conditions = scheme.bands.iter().filter_map(|b| b.condition.as_ref());
    Formula::All(conditions.map(|c| within(c, world, false)).collect())
}

/// The figures of a counter-example, for the sentence.
fn told(fault: Fault, case: &Case) -> Fault {
    let text = |value: Option<Exact>| value.map_or_else(String::new, |v| v.to_string());
    let rate = case.rate().and_then(|r| r.checked_mul(Exact::from_int(100)));
    fault
        .with("target", case.target)
        .with("actual", text(case.actual))
        .with("baseline", text(case.baseline))
        .with("rate", rate.map_or_else(String::new, |r| format!("{}%", r.format_decimal(2))))
        .with("down", if case.direction == Direction::Down { "1" } else { "" })
}

/// All cases; the baseline is left out of account where no condition speaks of it.
fn worlds(scheme: &Scheme) -> Vec<World> {
    let conditions = || scheme.bands.iter().filter_map(|b| b.condition.as_ref());
    let baselines: &[Known] = if conditions().any(|c| mentions(c, Variable::Baseline)) {
        &[Known::Any, Known::Missing]
    } else {
        &[Known::Missing]
    };
    let mut worlds = Vec::new();
    for direction in [Direction::Up, Direction::Down] {
        for target in [Known::Positive, Known::Zero] {
            for actual in [Known::Positive, Known::Zero, Known::Missing] {
                for &baseline in baselines {
                    worlds.push(World { direction, actual, target, baseline });
                }
            }
        }
    }
    worlds
}

fn mentions(condition: &Condition, variable: Variable) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|p| mentions(p, variable)),
        Condition::Above { sum, .. } => sum.of.get(variable as usize).is_some_and(|f| *f != Exact::ZERO),
        Condition::Missing(of, _) => *of == variable,
        Condition::Rate { .. } | Condition::Reaches(_) => variable != Variable::Baseline,
    }
}

impl World {
    fn known(&self, variable: Variable) -> Known {
        match variable {
            Variable::Actual => self.actual,
            Variable::Target => self.target,
            Variable::Baseline => self.baseline,
        }
    }

    /// What the case itself says of the numbers.
    fn bounds(&self) -> Vec<Inequality> {
        let mut out = Vec::new();
        for variable in [Variable::Actual, Variable::Target, Variable::Baseline] {
            let up = line(&[(variable, 1)]);
            match self.known(variable) {
                Known::Positive => out.push(Inequality { sum: up, strict: true }),
                Known::Any => out.push(Inequality { sum: up, strict: false }),
                Known::Zero | Known::Missing => {
                    out.push(Inequality { sum: up, strict: false });
                    out.push(Inequality { sum: line(&[(variable, -1)]), strict: false });
                }
            }
        }
        out
    }
}

/// A sum of variables with whole factors.
fn line(parts: &[(Variable, i128)]) -> Linear {
    let mut of = [Exact::ZERO; 3];
    for (variable, factor) in parts {
        if let Some(place) = of.get_mut(*variable as usize) {
            *place = Exact::from_int(*factor);
        }
    }
    Linear { of, constant: Exact::ZERO }
}

/// A condition (or, with `holds` unset, that it does not hold) in a case.
fn within(condition: &Condition, world: &World, holds: bool) -> Formula {
    let constant = |truth: bool| if truth == holds { Formula::All(Vec::new()) } else { Formula::Any(Vec::new()) };
    let one = |sum: Linear, strict: bool| {
        if holds {
            return Formula::One(Inequality { sum, strict });
        }
        let [a, t, b] = sum.of.map(Exact::negated);
        Formula::One(Inequality { sum: Linear { of: [a, t, b], constant: sum.constant.negated() }, strict: !strict })
    };
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            let parts = parts.iter().map(|p| within(p, world, holds)).collect();
            if matches!(condition, Condition::All(_)) == holds { Formula::All(parts) } else { Formula::Any(parts) }
        }
        Condition::Missing(variable, missing) => constant((world.known(*variable) == Known::Missing) == *missing),
        Condition::Above { sum, strict } => {
            let used = [Variable::Actual, Variable::Target, Variable::Baseline].into_iter().zip(sum.of);
            let mut used = used.filter(|(_, factor)| *factor != Exact::ZERO);
            if used.any(|(v, _)| world.known(v) == Known::Missing) { constant(false) } else { one(*sum, *strict) }
        }
        Condition::Reaches(wanted) => {
            if world.actual == Known::Missing {
                return constant(false);
            }
            let ahead = match world.direction {
                Direction::Up => line(&[(Variable::Actual, 1), (Variable::Target, -1)]),
                Direction::Down => line(&[(Variable::Target, 1), (Variable::Actual, -1)]),
            };
            let [a, t, b] = ahead.of.map(Exact::negated);
            if *wanted { one(ahead, false) } else { one(Linear { of: [a, t, b], ..ahead }, true) }
        }
        Condition::Rate { than, up, strict } => {
            let (part, whole) = match world.direction {
                Direction::Up => (Variable::Actual, Variable::Target),
                Direction::Down => (Variable::Target, Variable::Actual),
            };
            if world.actual == Known::Missing || world.known(whole) == Known::Zero {
                return constant(false);
            }
            // part ÷ whole above `than`, the whole being positive: part − than·whole above zero.
            let sign = Exact::from_int(if *up { 1 } else { -1 });
            let mut sum = line(&[]);
            let factors = [(part, Some(sign)), (whole, than.checked_mul(sign).map(Exact::negated))];
            for (variable, factor) in factors {
                let (Some(place), Some(factor)) = (sum.of.get_mut(variable as usize), factor) else {
                    return constant(false);
                };
                *place = factor;
            }
            one(sum, *strict)
        }
    }
}

/// Numbers for which the formula holds in this case.
fn solve(world: &World, formula: Formula, budget: &mut usize) -> Option<Case> {
    let [actual, target, baseline] = branch(vec![formula], world.bounds(), budget)?;
    let there = |known: Known, value: Exact| (known != Known::Missing).then_some(value);
    Some(Case {
        direction: world.direction,
        target,
        actual: there(world.actual, actual),
        baseline: there(world.baseline, baseline),
    })
}

/// Chooses among alternatives until only inequalities are left.
fn branch(mut open: Vec<Formula>, mut system: Vec<Inequality>, budget: &mut usize) -> Option<[Exact; 3]> {
    if *budget == 0 {
        return None;
    }
    while let Some(formula) = open.pop() {
        match formula {
            Formula::One(inequality) => system.push(inequality),
            Formula::All(parts) => open.extend(parts),
            Formula::Any(parts) => {
                return parts.into_iter().find_map(|part| {
                    let mut open = open.clone();
                    open.push(part);
                    branch(open, system.clone(), budget)
                });
            }
        }
    }
    *budget = budget.checked_sub(1)?;
    eliminate(&system, &[Variable::Actual, Variable::Baseline, Variable::Target])
}

/// Numbers that solve a system, the variables eliminated in this order; `None` if there are none (or an overflow).
fn eliminate(system: &[Inequality], order: &[Variable]) -> Option<[Exact; 3]> {
    let Some((&variable, rest)) = order.split_first() else {
        let holds =
            |i: &Inequality| if i.strict { i.sum.constant > Exact::ZERO } else { i.sum.constant >= Exact::ZERO };
        return system.iter().all(holds).then_some([Exact::ZERO; 3]);
    };
    let at = variable as usize;
    let factor = |i: &Inequality| i.sum.of.get(at).copied().unwrap_or(Exact::ZERO);
    let (with, mut next): (Vec<Inequality>, Vec<Inequality>) =
        system.iter().copied().partition(|i| factor(i) != Exact::ZERO);
    let (above, below): (Vec<Inequality>, Vec<Inequality>) =
        with.iter().copied().partition(|i| factor(i) > Exact::ZERO);
    for low in &above {
        for high in &below {
            // low·|factor of high| + high·factor of low: the variable cancels.
            let (x, y) = (factor(low), factor(high).negated());
            let mut sum = Linear { of: [Exact::ZERO; 3], constant: Exact::ZERO };
            for (place, (a, b)) in sum.of.iter_mut().zip(low.sum.of.into_iter().zip(high.sum.of)) {
                *place = a.checked_mul(y)?.checked_add(b.checked_mul(x)?)?;
            }
            sum.constant = low.sum.constant.checked_mul(y)?.checked_add(high.sum.constant.checked_mul(x)?)?;
            next.push(Inequality { sum, strict: low.strict || high.strict });
        }
    }
    let mut values = eliminate(&next, rest)?;
    // What the others leave for this one.
    let bound = |i: &Inequality| {
        let mut others = i.sum.of.iter().zip(values).enumerate().filter(|(n, _)| *n != at);
        let known = others.try_fold(i.sum.constant, |total, (_, (f, v))| total.checked_add(f.checked_mul(v)?))?;
        known.negated().checked_div(factor(i))
    };
    let (mut low, mut high): (Option<Bound>, Option<Bound>) = (None, None);
    for i in &above {
        let end = (bound(i)?, i.strict);
        low = Some(low.map_or(end, |l| if end.0 > l.0 || (end.0 == l.0 && end.1) { end } else { l }));
    }
    for i in &below {
        let end = (bound(i)?, i.strict);
        high = Some(high.map_or(end, |h| if end.0 < h.0 || (end.0 == h.0 && end.1) { end } else { h }));
    }
    let value = choose(low, high)?;
    if let Some(place) = values.get_mut(at) {
        *place = value;
    }
    Some(values)
}

/// A number between two ends that reads well: a round one where there is one.
fn choose(low: Option<Bound>, high: Option<Bound>) -> Option<Exact> {
    let fits = |v: &Exact| {
        low.is_none_or(|(l, strict)| if strict { *v > l } else { *v >= l })
            && high.is_none_or(|(h, strict)| if strict { *v < h } else { *v <= h })
    };
    let round = [100, 50, 80, 120, 90, 10, 1, 200, 0].map(Exact::from_int);
    if let Some(found) = round.into_iter().find(|v| fits(v)) {
        return Some(found);
    }
    let middle = low.zip(high).and_then(|((l, _), (h, _))| l.checked_add(h)?.checked_div(Exact::from_int(2)));
    let beyond =
        low.and_then(|l| l.0.checked_add(Exact::ONE)).or_else(|| high.and_then(|h| h.0.checked_sub(Exact::ONE)));
    [low.map(|l| l.0), high.map(|h| h.0), middle, beyond].into_iter().flatten().find(|v| fits(v))
}
