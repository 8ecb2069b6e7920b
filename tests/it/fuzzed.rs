//! Every target of fuzzing, for a fixed count of inputs that are the same each time: its seeds, and what is made of them by
//! the slips and mischief of `mutate.rs`. What libFuzzer finds in hours is found there (fuzz/README.md); a check or a
//! reader that breaks on ordinary damage is found here, before it lands.
mod mutate;
#[path = "../../fuzz/src/lib.rs"]
#[allow(dead_code, clippy::duplicate_mod, reason = "what libFuzzer calls, and the plans made at random of engine.rs")]
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::random::Random;
use crate::run::home;
use mutate::Mutator;
use targets::{WHOLE, small::SMALL};

/// How much more is tried than usual (`TOTSUGO_FUZZ_TIMES`), and from which input on (`TOTSUGO_FUZZ_FROM`).
fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().expect(name))
}

/// Tries a target with so many inputs.
fn holds(name: &str, count: u64) {
    let (_, run) = *WHOLE.iter().chain(&SMALL).find(|target| target.0 == name).expect(name);
    let mutator = Mutator::new(&home().join("fuzz"), name);
    let (from, times) = (asked("TOTSUGO_FUZZ_FROM", 0), asked("TOTSUGO_FUZZ_TIMES", 1));
    for number in from..from + count * times {
        let input = mutator.input(number);
        let done = catch_unwind(AssertUnwindSafe(|| run(&input)));
        let text = String::from_utf8_lossy(&input);
        assert!(done.is_ok(), "{name}, input {number} ({} bytes) broke it: {input:?}\n{text}", input.len());
    }
}

/// One test a target, so that they run beside each other.
macro_rules! targets {
    ($($name:ident $count:literal)*) => {
        $(#[test]
        fn $name() {
            holds(stringify!($name), $count);
        })*

        const RUN: &[&str] = &[$(stringify!($name)),*];
    };
}

targets! {
    plan 2_000
    rules 300
    format 1_500
    yaml 3_000
    csv 800
    xlsx 3_000
    evaluator 1_000
    lsp 600
    wire 1_000
    fixes 500
    figure 100_000
    year 100_000
    date 100_000
    record 40_000
    visible 40_000
    normal 50_000
    display 40_000
    exact 100_000
    interval 10_000
    slip 5_000
}

/// A target that nobody runs or that starts from nothing finds nothing.
#[test]
fn every_target_is_run_told_and_seeded() {
    let fuzz = home().join("fuzz");
    let manual = std::fs::read_to_string(fuzz.join("README.md")).expect("a manual");
    for (name, _) in WHOLE.iter().chain(&SMALL) {
        assert!(RUN.contains(name), "{name} is not run");
        assert!(manual.contains(&format!("| `{name}` | ")), "{name} is not in the manual");
        let seeds = std::fs::read_dir(fuzz.join("seeds").join(name)).expect("seeds").flatten();
        let sizes: Vec<u64> = seeds.map(|s| s.metadata().expect("a file").len()).collect();
        assert!(!sizes.is_empty() && sizes.iter().sum::<u64>() < 50_000, "{name}: {sizes:?}");
    }
}

/// The same inputs each time, and most of them only once: else a count would say little.
#[test]
fn inputs_are_many_and_the_same_each_time() {
    for (name, _) in WHOLE.iter().chain(&SMALL) {
        let (one, other) = (Mutator::new(&home().join("fuzz"), name), Mutator::new(&home().join("fuzz"), name));
        let inputs: std::collections::BTreeSet<Vec<u8>> = (0..1000).map(|n| one.input(n)).collect();
        assert!(inputs.len() > 700, "{name}: {}", inputs.len());
        assert!((0..1000).step_by(97).all(|n| one.input(n) == other.input(n)), "{name}");
    }
}
