#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::syntax::rules::parse;
use crate::text::{Fault, SourceId};
use proptest::prelude::*;

/// The scheme of these bands, if it is whole, and what is wrong with it.
fn scheme(bands: &str) -> (Option<Scheme>, Vec<Fault>) {
    let parsed = parse(SourceId(0), &format!("達成基準 試し = trial {{\n{bands}\n}}\n"));
    let mut faults = parsed.faults;
    let made = parsed.file.schemes.first().and_then(|declared| compile(declared, &mut faults));
    if let Some(scheme) = &made {
        decide(scheme, &mut faults);
    }
    (made, faults)
}

fn codes(bands: &str) -> Vec<&'static str> {
    scheme(bands).1.iter().map(|f| f.code).collect()
}

fn case(direction: Direction, target: i128, actual: Option<i128>, baseline: Option<i128>) -> Case {
    let exact = Exact::from_int;
    Case { direction, target: exact(target), actual: actual.map(exact), baseline: baseline.map(exact) }
}

#[test]
fn a_gap_is_shown_with_figures_that_fall_into_it() {
    let (_, faults) = scheme("◎ : 実績 が 目標 に達する\n○ : 80% < 達成率 < 100%\n△ : 達成率 < 80%\n－ : 実績 は なし");
    let args: Vec<(&str, &str)> = faults[0].message.args.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].code, "scheme-gap");
    assert!(
        args.contains(&("target", "100")) && args.contains(&("actual", "80")) && args.contains(&("rate", "80%")),
        "{args:?}"
    );
}

#[test]
fn a_target_of_nought_has_no_rate_and_needs_a_status_of_its_own() {
    let marks = "◎ : 達成率 ≥ 100%\n○ : 達成率 < 100%\n－ : 実績 は なし";
    assert_eq!(codes(marks), ["scheme-gap"]);
    assert_eq!(codes("◎ : 実績 が 目標 に達する\n○ : 達成率 < 100%\n－ : 実績 は なし"), Vec::<&str>::new());
}

#[test]
fn an_overlap_names_both_statuses_and_a_case() {
    let (_, faults) = scheme("A : 達成率 ≥ 80%\nB : 達成率 ≤ 80%\n－ : 実績 は なし\nC : それ以外");
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!((faults[0].code, faults[0].related.len()), ("scheme-overlap", 1));
}

#[test]
fn what_can_never_be_awarded_and_what_cannot_be_decided_is_refused_once() {
    assert_eq!(codes("A : 実績 < 0\nB : それ以外"), ["scheme-unreachable"]);
    assert_eq!(codes("A : 実績 は なし\nB : 実績 は ある\nC : それ以外"), ["scheme-unreachable"]);
    assert_eq!(codes("A : 実績 × 目標 > 3\nB : それ以外"), ["scheme-term"]);
    assert_eq!(codes("A : 達成率 > 実績\nB : それ以外"), ["scheme-term"]);
    assert_eq!(codes("A : 実積 > 3\nB : それ以外"), ["unknown-name"]);
    assert_eq!(codes("A : それ以外\nB : 実績 は なし"), ["scheme-otherwise-last"]);
    assert_eq!(codes("A : 実績 は なし\nA : それ以外"), ["duplicate-declaration"]);
    assert_eq!(codes(""), ["missing-clause"]);
    assert_eq!(codes("A 実績 は なし\nB : それ以外").len(), 1);
}

#[test]
fn both_languages_and_both_directions_judge_alike() {
    let (made, faults) = scheme("－ : actual is missing\n達成 : actual reaches target\n未達 : else");
    assert_eq!(faults, vec![]);
    let made = made.unwrap();
    let word = |case: Case| made.bands[made.judge(&case).unwrap()].word.clone();
    assert_eq!(word(case(Direction::Up, 10, Some(10), None)), "達成");
    assert_eq!(word(case(Direction::Up, 10, Some(9), None)), "未達");
    assert_eq!(word(case(Direction::Down, 10, Some(9), None)), "達成");
    assert_eq!(word(case(Direction::Down, 10, Some(11), None)), "未達");
    assert_eq!(word(case(Direction::Down, 10, None, None)), "－");
}

/// Conditions that meet each other often.
fn condition() -> impl Strategy<Value = String> {
    let side = prop_oneof![
        Just("実績".to_owned()),
        Just("目標".to_owned()),
        Just("基準値".to_owned()),
        (0..4_u32).prop_map(|n| n.to_string()),
        Just("目標 × 50%".to_owned()),
        Just("基準値 × 2 - 1".to_owned()),
    ];
    let op = prop_oneof![Just("<"), Just("≤"), Just(">"), Just("≥"), Just("="), Just("≠")];
    let leaf = prop_oneof![
        4 => (side.clone(), op.clone(), side).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        2 => (op, 0..5_u32).prop_map(|(op, n)| format!("達成率 {op} {}%", n * 50)),
        1 => Just("実績 が 目標 に達する".to_owned()),
        1 => Just("実績 は なし".to_owned()),
        1 => Just("基準値 は ある".to_owned()),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} かつ {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} または {b})")),
            inner.prop_map(|a| format!("否 ({a})")),
        ]
    })
}

proptest! {
    /// What is decided when a scheme is loaded agrees with trying many cases; a counter-example is one.
    #[test]
    fn the_decision_agrees_with_trying(bands in proptest::collection::vec(condition(), 1..4)) {
        let text: String = bands.iter().enumerate().map(|(n, c)| format!("区分{n} : {c}\n")).collect();
        let parsed = parse(SourceId(0), &format!("達成基準 試し {{\n{text}}}\n"));
        prop_assert_eq!(parsed.faults.len(), 0, "{}", text);
        let mut faults = Vec::new();
        let made = compile(&parsed.file.schemes[0], &mut faults).unwrap();
        decide(&made, &mut faults);
        let found = |code: &str| faults.iter().any(|f| f.code == code);
        let missing = |n: i128| if n < 0 { None } else { Some(n) };
        for direction in [Direction::Up, Direction::Down] {
            for (target, actual, baseline) in (0..125).map(|n: i128| (n % 5, n / 5 % 5 - 1, n / 25 - 1)) {
                let case = case(direction, target, missing(actual), missing(baseline));
                let met = made.bands.iter().filter(|b| case.holds(b.condition.as_ref().unwrap())).count();
                prop_assert!(met > 0 || found("scheme-gap"), "{case:?} meets nothing of\n{text}");
                prop_assert!(met < 2 || found("scheme-overlap"), "{case:?} meets {met} of\n{text}");
            }
        }
    }
}
