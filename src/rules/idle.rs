//! Rules that have nothing to look at.
use super::ir::TypedRule;
use super::pack::Pack;
use crate::plan::{Facts, RelationKind, Vocabulary};
use crate::syntax::rules::{ExprKind, Rule};

/// The typed rules of those that are wanted, without the idle ones.
pub(super) fn busy<'p>(
    pack: &'p Pack,
    facts: &Facts,
    wanted: impl Fn(usize) -> bool,
) -> impl Iterator<Item = &'p TypedRule> {
    let numbers =
        pack.rules.iter().enumerate().filter(move |(n, rule)| wanted(*n) && !idle(rule, &pack.vocabulary, facts));
    numbers.flat_map(|(n, _)| pack.typed(n))
}

/// Whether a rule ranges only over relations without rows, and rows below theirs: it can find nothing, and need not even be
/// typed.
pub(super) fn idle(rule: &Rule, vocabulary: &Vocabulary, facts: &Facts) -> bool {
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
