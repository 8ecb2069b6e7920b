//! `totsugo query`: values, tables, CSV, JSON, and faults in the expression.
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
