//! The tests that stand beside a rule: small plans that must pass or fail it.
use super::check_plans;
use super::pack::{Pack, code};
use crate::text::{Fault, Sources};

/// Runs the tests of all rules whose code or name `wanted` accepts. Gives how many ran, and a fault for
/// each that failed.
pub fn run_tests(pack: &Pack, sources: &Sources, wanted: impl Fn(&str) -> bool) -> (usize, Vec<Fault>) {
    let (mut count, mut failed) = (0, Vec::new());
    for (number, rule) in pack.rules.iter().enumerate() {
        // A rule that could not be loaded has been reported; its tests would only say so again.
        if !wanted(code(rule)) || !pack.typed.iter().any(|t| t.rule == number) {
            continue;
        }
        for test in &rule.tests {
            count += 1;
            let checked = check_plans(pack, sources, &[(test.plan, "試験".to_owned())], |n| n == number);
            let mut places: Vec<_> = checked.outcome.violations.iter().map(|v| v.span).collect();
            places.sort_unstable();
            let found: Vec<String> = places.iter().map(|&s| sources.text(s).trim_matches('"').to_owned()).collect();
            let wanted: Vec<&str> = test.expected.iter().map(|e| e.node.as_str()).collect();
            let broken = checked.faults.first().map(|f| format!("{} {}", f.code, sources.text(f.span)));
            let right = match (test.passes, wanted.is_empty()) {
                (true, _) => found.is_empty(),
                (false, true) => !found.is_empty(),
                (false, false) => found == wanted,
            };
            if right && broken.is_none() {
                continue;
            }
            let expected = match (test.passes, wanted.is_empty()) {
                (true, _) => "0".to_owned(),
                (false, true) => "≥ 1".to_owned(),
                (false, false) => wanted.join("、"),
            };
            let shown = broken.unwrap_or_else(|| if found.is_empty() { "0".to_owned() } else { found.join("、") });
            let fault = Fault::error("rule-test-failed", test.span)
                .with("name", code(rule))
                .with("expected", expected)
                .with("found", shown);
            failed.push(fault);
        }
    }
    (count, failed)
}
