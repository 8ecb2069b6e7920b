//! Any text as a rule file: trees, types, and what the rules say of a small plan; and as a query.
use super::{faults_stand, text};
use totsugo::rules::{Pack, Strategy, query, read_plans, run_rules};
use totsugo::syntax::rules::tokens;
use totsugo::text::{Source, Sources, Span, Stop};

const PLAN: &str = include_str!("../seeds/plan/small");

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    for token in tokens(&text) {
        assert!(text.get(token.range.clone()).is_some(), "{token:?}");
    }
    let mut sources = Sources::default();
    let own = sources.add(Source::new("a.rules", text.as_ref()));
    let pack = Pack::load(&mut sources, &[own]);
    faults_stand(&pack.faults, &sources);
    let plan = sources.add(Source::new("a.plan", PLAN));
    let workspace = read_plans(&pack, &sources, &[(Span::new(plan, 0..PLAN.len()), "a".to_owned())]);
    // What a rule file may mean for the built-in rules (a word that hides one) is looked at now and then, which takes long.
    let all = bytes.len().is_multiple_of(16);
    let built_in = |n: usize| pack.rules.get(n).is_some_and(|rule| rule.span.source != own);
    let _ = run_rules(&pack, &sources, &workspace, Strategy::Planned, |n| all || !built_in(n));
    if let Err(faults) = query(&pack, &sources, &workspace, own, &Stop::default()) {
        faults_stand(&faults, &sources);
    }
}
