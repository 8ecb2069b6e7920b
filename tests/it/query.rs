//! `totsugo query`: values, tables, CSV, JSON, and faults in the expression.
use proptest::prelude::*;
use totsugo::rules::{Pack, query, read_plans};
use totsugo::text::{Source, Sources, Span};

use crate::run::{Ran, folder, home, totsugo};

const PLAN: &str = "事業 2 \"乙, 丙\" {\n  担当 \"総務課\"\n  指標 1 \"率\" {\n    目標 R4: ５８%, R5: 1,200人\n  }\n}\n\
                    事業 1 \"甲\" {\n}\n再掲 事業 No9 \"丁\"\n";

fn ask(expression: &str, more: &[&str]) -> Ran {
    let place = folder(&[("a.plan", PLAN.as_bytes())]);
    totsugo(place.path(), &[&["query", expression, "a.plan"], more].concat(), &[])
}

#[test]
fn a_table_of_rows_as_printed() {
    let ran = ask("行.番号, 行.名称, 行.担当 | 行 ∈ 事業, 行.番号 は ある", &[]);
    let expected =
        "行.番号  行.名称  行.担当\n-------  -------  -------\n      2  乙, 丙   総務課\n      1  甲       －\n";
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, expected, ""));
}

#[test]
fn one_value_without_ranges() {
    assert_eq!(ask("件数{行 ∈ 事業} + 1", &["--format", "csv"]).out, "件数{行 ∈ 事業} + 1\r\n4\r\n");
    assert_eq!(ask("7人 ÷ 12人", &["--format", "csv"]).out, "7人 ÷ 12人\r\n58.33%\r\n");
    assert!(ask("ある{x ∈ 事業, x.番号 = 1}", &["--lang", "en"]).out.ends_with("\nyes\n"));
}

#[test]
fn csv_and_json_keep_what_is_printed() {
    let ran = ask("i.目標[R4], i.目標[R5], i.事業 | i ∈ 指標", &["--format", "csv", "--bom"]);
    assert_eq!(ran.out, "\u{feff}i.目標[R4],i.目標[R5],i.事業\r\n５８%,\"1,200人\",\"事業 No2「乙, 丙」\"\r\n");
    let ran = ask("行.名称, 行.担当, 行.再掲 | 行 ∈ 事業, 行.番号 は ある", &["--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let at = serde_json::json!({"path": "a.plan", "line": 1, "column": 6});
    assert_eq!(rows[0]["行.名称"], serde_json::json!({"value": "乙, 丙", "place": at}), "{}", ran.out);
    assert_eq!(rows[1]["行.担当"]["reason"], "missing");
    assert_eq!(rows[1]["行.再掲"]["value"], false);
}

#[test]
fn faults_are_drawn_in_the_expression() {
    for (expression, lang, says) in [
        ("行.番 | 行 ∈ 事業", "ja", "─[式:1:3]"),
        ("行.番号 | 行 ∈ 事", "en", "─[query:1:"),
        ("行.番号 +", "ja", "rule-syntax"),
        ("行.番号, 行.目標 | 行 ∈ 指標", "ja", "type-mismatch"),
        ("1人 + 1円", "en", "unit-mismatch-in-rule"),
    ] {
        let ran = ask(expression, &["--lang", lang]);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{expression}");
        assert!(ran.err.contains(says), "{expression}: {}", ran.err);
    }
    let place = folder(&[]);
    assert_eq!(totsugo(place.path(), &["query", "1", "missing.plan"], &[]).status, 2);
}

#[test]
fn an_unreadable_condition_is_told() {
    let place = folder(&[("a.plan", "指標 1 \"率\" {\n  目標 R4: 判読不能\n}\n".as_bytes())]);
    let ran = totsugo(place.path(), &["query", "i.番号 | i ∈ 指標, i.目標[R4] > 1", "a.plan"], &[]);
    assert_eq!(ran.status, 0);
    assert!(ran.err.contains("判読不能"), "{}", ran.err);
    let ran = totsugo(place.path(), &["query", "i.目標[R4] | i ∈ 指標", "a.plan", "--lang", "en"], &[]);
    assert!(ran.out.ends_with("unreadable\n"), "{}", ran.out);
}

#[test]
fn the_same_rows_in_the_same_order() {
    let run =
        || totsugo(&home(), &["query", "a, b.名称 | a ∈ 事業, b ∈ a.指標", "specs", "--format", "json"], &[]).bytes;
    assert!(run().len() > 1000);
    assert_eq!(run(), run());
}

#[test]
fn a_single_answer_that_is_none_has_its_reason() {
    let ran = ask("1 ÷ 0", &[]);
    assert!(ran.status == 0 && ran.out.ends_with("－\n") && ran.err.contains("0で割る"), "{}{}", ran.out, ran.err);
}

#[test]
fn the_examples_of_the_manual_are_queries() {
    let manual = std::fs::read_to_string(home().join("docs/cli.md")).expect("the manual");
    let examples: Vec<&str> = manual.lines().filter_map(|l| l.strip_prefix("$ totsugo query '")).collect();
    assert!(examples.len() >= 3);
    for example in examples {
        let (expression, rest) = example.split_once("' ").expect("a quoted expression");
        let arguments: Vec<&str> = ["query", expression].into_iter().chain(rest.split(' ')).collect();
        let ran = totsugo(&home(), &arguments, &[]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{example}");
        assert!(!ran.out.contains("  －\n"), "{example}: {}", ran.out);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_expression_is_an_answer_or_a_fault_at_its_place(
        words in proptest::collection::vec(
            prop::sample::select(vec![
                "行", "行.番号", "行.目標", "|", ",", "∈", "事業", "1", "人", "÷", "0", "(", ")", "{", "件数", "否", "は", "ある", "≈",
                "\"", "R5", "[", "]", "もし", "ならば", "それ以外", "かつ", "x", " ", "\n", "#", "－", "：",
            ]),
            0..14,
        ),
    ) {
        let text = words.concat();
        let mut sources = Sources::default();
        let pack = Pack::load(&mut sources, &[]);
        let plan = sources.add(Source::new("a.plan", PLAN));
        let workspace = read_plans(&pack, &sources, &[(Span::new(plan, 0..PLAN.len()), "a".to_owned())]);
        let id = sources.add(Source::new("式", text.clone()));
        match query(&pack, &sources, &workspace, id, &totsugo::text::Stop::default()) {
            Ok(answer) => prop_assert!(answer.rows.iter().all(|r| r.len() == answer.heads.len())),
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(fault.span.source == id && text.get(fault.span.range()).is_some(), "{fault:?}");
                }
            }
        }
    }
}
