//! Rules that have nothing to look at.
use super::ir::TypedRule;
use super::pack::Pack;
use crate::plan::{Facts, RelationKind, Vocabulary};
use crate::syntax::rules::{ExprKind, Rule};

/// Of the rules that are wanted, by number: the idle ones, and the others.
pub(super) fn apart(pack: &Pack, facts: &Facts, wanted: impl Fn(usize) -> bool) -> (Vec<usize>, Vec<usize>) {
    let all = pack.rules.iter().enumerate().filter(|(n, _)| wanted(*n));
    let (idle, busy): (Vec<_>, Vec<_>) = all.partition(|(_, rule)| idle(rule, &pack.vocabulary, facts));
    let numbers = |rules: Vec<(usize, _)>| rules.into_iter().map(|(n, _)| n).collect();
    (numbers(idle), numbers(busy))
}

/// The typed rules of those that are wanted, without the idle ones.
pub(super) fn busy<'p>(
    pack: &'p Pack,
    facts: &Facts,
    wanted: impl Fn(usize) -> bool,
) -> impl Iterator<Item = &'p TypedRule> {
    apart(pack, facts, wanted).1.into_iter().flat_map(|n| pack.typed(n))
}

/// Whether a rule ranges only over relations without rows, and rows below theirs: it can find nothing, and need not even be
/// typed.
fn idle(rule: &Rule, vocabulary: &Vocabulary, facts: &Facts) -> bool {
    let mut variables: Vec<&str> = Vec::new();
    let empty = |name: &str| {
        let relation = vocabulary.relation(name).or_else(|| vocabulary.keyword(name).map(|k| k.0));
        relation.is_some_and(|id| {
            let kind = vocabulary.relations.get(id.0 as usize).map(|r| r.kind);
            // The rows of a defined relation are worked out while rules run.
            kind.is_some_and(|k| k != RelationKind::Defined) && facts.table(id).is_none_or(|t| t.heads.is_empty())
        })
    };
    !rule.ranges.is_empty()
        && rule.ranges.iter().all(|range| {
            let nothing = match &*range.source.kind {
                ExprKind::Name(name) => !variables.contains(&name.as_str()) && empty(name),
                ExprKind::Member(base, _) => {
                    matches!(&*base.kind, ExprKind::Name(name) if variables.contains(&name.as_str()))
                }
                _ => false,
            };
            variables.push(&range.name.node);
            nothing
        })
}
