//! Any rule over any plan, both made from the bytes: the planned evaluation says what nested loops say.
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

#[path = "../../tests/it/engine/made.rs"]
mod made;

/// What a strategy makes of sixteen bytes.
fn make<S: Strategy>(strategy: &S, seed: &[u8]) -> Option<S::Value> {
    let rng = TestRng::from_seed(RngAlgorithm::XorShift, seed);
    let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng);
    strategy.new_tree(&mut runner).ok().map(|tree| tree.current())
}

// The kind, the rule and the plan each have their own bytes, so that rules which reach something new meet many plans.
pub fn run(bytes: &[u8]) {
    let Some(([first], rest)) = bytes.split_first_chunk::<1>() else { return };
    let (Some(of_rule), Some(of_plan)) = (rest.get(..16), rest.get(16..32)) else { return };
    let rows = first % 2 == 1;
    let (rule, plan) = match rows {
        true => (make(&made::pairs(), of_rule), make(&made::long_table(), of_plan)),
        false => (make(&made::rule(), of_rule), make(&made::plan(), of_plan)),
    };
    let (Some(rule), Some(plan)) = (rule, plan) else { return };
    let (planned, plain) = made::by_rules(&plan, Some(&rule));
    let told = |outcome: totsugo::rules::Outcome| {
        let mut all: Vec<_> = outcome.violations.into_iter().map(|v| (v.span, v.message.ja)).collect();
        // Over tables the order is the same too.
        if !rows {
            all.sort();
        }
        all
    };
    assert_eq!(told(planned), told(plain), "{rule}\n{plan}");
}
