//! The planned evaluation and the plain nested loops give the same findings, whatever the plan holds.
mod glance;
mod made;
mod next;
mod patience;
mod planned;
mod sorted;
mod together;
mod values;

use made::{by_rules, long_table, pairs, plan, rule};
use proptest::prelude::*;
use totsugo::rules::{Outcome, Pack, check_plans, run_tests};
use totsugo::text::{Source, Sources, Span, Stop};

/// What both ways say of a plan by all the built-in rules.
fn both(text: &str) -> (Outcome, Outcome) {
    by_rules(text, None)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn plan_and_nested_loops_agree(text in plan()) {
        let (planned, plain) = both(&text);
        let sorted = |outcome: Outcome| {
            let mut all = outcome.violations;
            all.sort_by(|a, b| (a.rule, a.span, &a.message.ja).cmp(&(b.rule, b.span, &b.message.ja)));
            all
        };
        prop_assert_eq!(sorted(planned), sorted(plain));
    }

    #[test]
    fn both_ways_agree_on_any_rule(text in plan(), rule in rule()) {
        let (planned, plain) = by_rules(&text, Some(&rule));
        let sorted = |outcome: Outcome| {
            let mut all: Vec<_> = outcome.violations.into_iter().map(|v| (v.span, v.message.ja)).collect();
            all.sort();
            all
        };
        prop_assert_eq!(sorted(planned), sorted(plain), "{}\n{}", rule, text);
    }

    /// Rows with one key that are too many are found by a closer index, which must leave out none that counts.
    #[test]
    fn both_ways_agree_where_all_rows_have_one_key(text in long_table(), rule in pairs()) {
        let (planned, plain) = by_rules(&text, Some(&rule));
        // Where the check of rows could not be judged, and why, is the same too; empty places are whole tables.
        let told = |outcome: Outcome| {
            let violations: Vec<_> = outcome.violations.into_iter().map(|v| (v.span, v.message.ja)).collect();
            let skipped = outcome.skipped.into_iter().flat_map(|((_, why), places)| places.into_iter().map(move |p| (why, p)));
            let skipped: Vec<_> = skipped.filter(|(_, place)| *place != Span::default()).collect();
            (violations, skipped)
        };
        prop_assert_eq!(told(planned), told(plain), "{}\n{}", rule, text);
    }

    #[test]
    fn a_mutilated_rule_file_is_refused_without_panic_and_the_built_in_rules_stay(
        file in 1..totsugo::rules::BUILT_IN.len(),
        at in any::<prop::sample::Index>(),
        junk in "[{}\"|:=,∈\n#（）0-9a-z対象検査達成基準]{0,6}",
        skip in 0..40_usize,
    ) {
        let (path, whole) = totsugo::rules::BUILT_IN[file];
        // A page of a rule file, cut and spoilt somewhere.
        let page: String = whole.chars().skip(at.index(whole.chars().count()) / 2).take(1500).collect();
        let mut cut = at.index(page.len().max(1)).min(page.len());
        while !page.is_char_boundary(cut) {
            cut -= 1;
        }
        let rest: String = page[cut..].chars().skip(skip).collect();
        let spoilt = format!("{}{junk}{rest}", &page[..cut]);
        let mut sources = Sources::default();
        let id = sources.add(Source::new(path, spoilt.clone()));
        let pack = Pack::load(&mut sources, &[id]);
        for fault in &pack.faults {
            let text = &sources.get(fault.span.source).expect("a file").text;
            prop_assert!(text.get(fault.span.range()).is_some(), "{fault:?}");
        }
        prop_assert!(pack.find("achievement-rate").is_some_and(|n| !pack.typed(n).is_empty()));
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
        let mut sources = Sources::default();
        let pack = Pack::load(&mut sources, &[]);
        let id = sources.add(Source::new("x.plan", text.clone()));
        let checked = check_plans(&pack, &sources, &[(Span::new(id, 0..text.len()), "x".to_owned())], |_| true);
        for fault in checked.faults {
            prop_assert!(text.get(fault.span.range()).is_some(), "{fault:?} points into the text");
        }
    }

    #[test]
    fn a_mutilated_plan_is_read_without_panic(text in plan(), at in any::<prop::sample::Index>(), junk in "[{}\"|:=,\n#（）℃①]{0,4}") {
        let mut cut = at.index(text.len());
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let broken = format!("{}{junk}{}", &text[..cut], &text[cut..]);
        let (planned, plain) = both(&broken);
        let told = |outcome: &Outcome| {
            let mut all: Vec<_> = outcome.violations.iter().map(|v| (v.rule, v.span, v.message.ja.clone())).collect();
            all.sort();
            all
        };
        prop_assert_eq!(told(&planned), told(&plain), "{}", broken);
    }
}

/// What is not there is equal to nothing, whatever could not be read elsewhere: one torn cell must not hide that a row has
/// no counterpart, and which side of the equation stands first must not matter.
#[test]
fn an_empty_cell_is_not_held_against_a_torn_one() {
    let plan = "表 \"例\" {\n  | 番号 | 元 |\n  | 判読不能 | 1 |\n  | 2 | |\n}\n".replace("表", "控え");
    for equation in ["c.番号 = a.元", "a.元 = c.番号"] {
        let rule = format!(
            "表 控え {{\n  位置 文書\n  見出し 題 : 文字列\n  行 控え行 {{\n    列 番号 : 番号\n    列 元 : 番号\n  }}\n}}\n\
             規則 任意 any {{\n  対象 a ∈ 控え行\n  検査 ある{{ c ∈ 控え行, {equation} }}\n  指摘 a \"{{a.順}}\"\n}}\n"
        );
        let (planned, plain) = by_rules(&plan, Some(&rule));
        for outcome in [planned, plain] {
            let told: Vec<_> = outcome.violations.iter().map(|v| v.message.ja.as_str()).collect();
            assert_eq!((told, outcome.skipped.len()), (vec!["2"], 1), "{equation}");
        }
    }
}

#[test]
fn a_figure_printed_twice_agrees_as_far_as_it_is_printed() {
    let differs = |first: &str, second: &str| {
        let edition = |code: &str, year: u32, before: &str, figure: &str| {
            format!("文書 {code} {{\n  年度 R{year}\n{before}}}\n指標 1 \"率\" {{\n  基準 R2: {figure}\n}}\n")
        };
        let text = edition("甲", 4, "", first) + &edition("乙", 5, "  前版 甲\n", second);
        let (planned, _) = both(&text);
        let mut sources = Sources::default();
        let rule = Pack::load(&mut sources, &[]).find("baseline-differs").expect("built in");
        planned.violations.iter().any(|v| v.rule == rule)
    };
    assert!(!differs("532百万円", "532.3百万円"), "a finer printing of the same figure");
    assert!(differs("532百万円", "533.3百万円"));
    assert!(differs("61.0%", "61.1%"), "at one precision they must be equal, though both may stand for 61.05");
    assert!(!differs("61.0%", "61%"));
}

/// They are small plans that must pass or fail a rule: most of what the engine does is done for one of them.
#[test]
fn the_tests_beside_the_built_in_rules_hold() {
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let (ran, failed) = run_tests(&pack, &sources, |_| true, &Stop::default());
    assert!(ran > 100 && failed.is_empty(), "{ran}: {failed:?}");
}
