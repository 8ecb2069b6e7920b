//! Rules that have nothing to look at.
use super::ir::{RangeSource, TypedRule};
use super::pack::Pack;
use crate::plan::{Facts, RelationId, RelationKind};
use crate::syntax::rules::{ExprKind, Rule};

/// Of the rules that are wanted, by number: the idle ones, and the others.
pub(super) fn apart(pack: &Pack, facts: &Facts, wanted: impl Fn(usize) -> bool) -> (Vec<usize>, Vec<usize>) {
    let all = pack.rules.iter().enumerate().filter(|(n, _)| wanted(*n));
    let (idle, busy): (Vec<_>, Vec<_>) = all.partition(|(_, rule)| idle(rule, pack, facts));
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
fn idle(rule: &Rule, pack: &Pack, facts: &Facts) -> bool {
    let mut variables: Vec<&str> = Vec::new();
    let vocabulary = &pack.vocabulary;
    let empty = |name: &str| {
        let relation = vocabulary.relation(name).or_else(|| vocabulary.keyword(name).map(|k| k.0));
        relation.is_some_and(|id| is_empty(id, pack, facts))
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

/// Whether a relation has no rows. Those of a relation that rules make are worked out while rules run, but where there is
/// nothing to make them of there will be none; it is made of earlier ones only, so this comes to an end.
fn is_empty(id: RelationId, pack: &Pack, facts: &Facts) -> bool {
    let kind = pack.vocabulary.relations.get(id.0 as usize).map(|r| r.kind);
    match kind {
        None => false,
        Some(RelationKind::Defined) => pack.definitions.iter().find(|d| d.relation == id).is_some_and(|made| {
            !made.query.ranges.is_empty()
                && made.query.ranges.iter().all(|range| match &range.source {
                    RangeSource::Relation(of) => is_empty(*of, pack, facts),
                    RangeSource::Below(..) => true,
                    RangeSource::List(_) => false,
                })
        }),
        Some(_) => facts.table(id).is_none_or(|t| t.heads.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::read_plans;
    use crate::text::{Source, Sources, Span};

    const OWN: &str = "定義 名のある = named {\n  対象 行 ∈ 指標\n  列 名 := 行.名称\n}\n\n\
        規則 名の長さ long-name {\n  対象 行 ∈ 名のある\n  検査 行.名 ≠ \"件数\"\n  指摘 行.名 \"{行.名}\"\n}\n";

    /// Whether the rule of a plan's own relation is left out.
    fn left_out(plan: &str) -> bool {
        let mut sources = Sources::default();
        let own = sources.add(Source::new("own.rules", OWN));
        let pack = Pack::load(&mut sources, &[own]);
        let source = sources.add(Source::new("a.plan", plan));
        let workspace = read_plans(&pack, &sources, &[(Span::new(source, 0..plan.len()), "a".to_owned())]);
        let number = pack.find("long-name").unwrap();
        apart(&pack, &workspace.facts, |n| n == number).0 == [number]
    }

    /// A rule that were left out although there is something to look at would find nothing for ever.
    #[test]
    fn a_rule_over_what_rules_make_is_left_out_only_where_there_is_nothing_to_make_it_of() {
        assert!(left_out("文書 P { 年度 R5 }\n"));
        assert!(!left_out("文書 P { 年度 R5 }\n事業 1 \"a\" {\n  指標 \"件数\"\n}\n"));
    }
}
