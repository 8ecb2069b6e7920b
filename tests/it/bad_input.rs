//! Bad input: a diagnostic at its place, and nothing else is lost.
use crate::run::{findings, folder, totsugo};

/// A true finding that stands beside every fault.
const TRUE: &str =
    "集計 \"真\" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | Ⅰ-1 | 4事業 | 4事業 | 3事業 | 70% |\n}\n";

/// What is written, the code of the fault, the text under its span.
const FAULTS: &[(&str, &str, &str)] = &[
    ("指票 2 \"乙\"\n", "unknown-keyword", "指票"),
    ("指標 1 \"甲\" {\n  色 \"赤\"\n}\n", "unknown-attribute", "色"),
    ("指標 1 \"甲\" {\n  目標 R4: 5件\n  目標 R4: 6件\n}\n", "duplicate-declaration", "6件"),
    ("指標 1 \"甲\" {\n  目標 R0: 5件\n}\n", "year-not-in-era", "R0"),
    ("指標 1 \"甲\" {\n  目標 R99: 5件\n}\n", "year-out-of-range", "R99"),
    ("指標 1 \"甲\" {\n  目標 平成32年度: 5件\n}\n", "year-not-in-era", "平成32年度"),
    ("指標 1 \"甲\" {\n  目標 R4: 12,34,5件\n}\n", "figure-grouping", "12,34,5件"),
    ("指標 1 \"甲\" {\n  目標 R4: １２．３．４%\n}\n", "figure-decimal-point", "１２．３．４%"),
    (
        "指標 1 \"甲\" {\n  目標 R4: 1234567890123456789012345678901234567890件\n}\n",
        "figure-too-long",
        "1234567890123456789012345678901234567890件",
    ),
    (
        "集計 \"少\" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | Ⅱ-1 | 4事業 | 4事業 |\n}\n",
        "row-cells",
        "| Ⅱ-1 | 4事業 | 4事業 |",
    ),
    (
        "集計 \"多\" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | Ⅱ-1 | 4事業 | 4事業 | 3事業 | 75% | 9 |\n}\n",
        "row-cells",
        "| Ⅱ-1 | 4事業 | 4事業 | 3事業 | 75% | 9 |",
    ),
    ("文書 甲 {\n  年度 R4\n  前版 甲\n}\n", "reference-cycle", "甲"),
];

#[test]
fn each_fault_stands_at_its_place_and_nothing_else_is_lost() {
    let mut wrong = Vec::new();
    // An unclosed block takes in what follows it, so the true finding goes before.
    let unclosed = (format!("{TRUE}事業 1 \"終\" {{\n"), "unclosed-block", "{");
    let cases = FAULTS.iter().map(|(bad, code, text)| (format!("{bad}{TRUE}"), *code, *text)).chain([unclosed]);
    for (plan, code, text) in cases {
        let place = folder(&[("a.plan", plan.as_bytes())]);
        let ran = totsugo(place.path(), &["check", "a.plan", "--format", "json"], &[]);
        let mut found: Vec<(String, String)> = findings(&ran).into_iter().map(|(r, t, _)| (r, t)).collect();
        found.sort();
        let mut expected = vec![(code.to_owned(), text.to_owned()), ("achievement-rate".to_owned(), "70%".to_owned())];
        expected.sort();
        if found != expected || ran.status != 1 {
            wrong.push(format!("{code} ({}): expected {expected:?}\n  found {found:?}", ran.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_that_is_no_text_hides_no_other_file() {
    for (bad, code, status) in [
        (&b"\x82\xa0\x82\xa2"[..], "not-utf8", 2),
        (&b"a\x00b\x01"[..], "binary-file", 2),
        (&b""[..], "empty-file", 1),
        (&b"# a\r\n# b\r# c\n"[..], "old-line-end", 2),
    ] {
        let place = folder(&[("bad.plan", bad), ("good.plan", TRUE.as_bytes())]);
        let ran = totsugo(place.path(), &["check", "--format", "json"], &[]);
        let found: Vec<String> = findings(&ran).into_iter().map(|f| f.0).collect();
        assert_eq!(found, [code, "achievement-rate"], "{}", ran.out);
        assert_eq!(ran.status, status, "{code}");
    }
}

#[test]
fn a_rule_that_compares_people_with_yen_is_refused_where_it_does_and_the_others_still_run() {
    let rule = "規則 甲 ko {\n  重大度 誤り\n  対象 行 ∈ 指標\n  検査 1人 = 1円\n  指摘 行.番号 \"x\"\n}\n";
    let place = folder(&[("b.rules", rule.as_bytes()), ("a.plan", TRUE.as_bytes())]);
    let ran = totsugo(place.path(), &["check", "--format", "json"], &[]);
    let found: Vec<(String, String)> = findings(&ran).into_iter().map(|(r, t, _)| (r, t)).collect();
    assert!(found.contains(&("unit-mismatch-in-rule".to_owned(), "1人 = 1円".to_owned())), "{found:?}");
    assert!(found.contains(&("achievement-rate".to_owned(), "70%".to_owned())), "{found:?}");
    assert_eq!(ran.status, 2);
}

#[test]
fn ten_bad_statements_are_ten_diagnostics() {
    let bad: String = (1..=10).map(|n| format!("誤{n} 見出し \"{n}\"\n")).collect();
    let place = folder(&[("a.plan", format!("{bad}{TRUE}").as_bytes())]);
    let found = findings(&totsugo(place.path(), &["check", "a.plan", "--format", "json"], &[]));
    assert_eq!(found.iter().filter(|f| f.0 == "unknown-keyword").count(), 10, "{found:?}");
    assert_eq!(found.len(), 11, "{found:?}");
}

#[test]
fn a_torn_row_is_used_in_no_check_and_makes_no_total_wrong() {
    for torn in ["| Ⅰ-2 | 4事業 | 4事業 | 3事業 |", "| Ⅰ-2 | 4事業 | 5事業 | 3事業 | 75% | 9 |"] {
        let plan = format!(
            "集計 \"a\" R4 {{\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | Ⅰ-1 | 4事業 | 4事業 | 3事業 | 75% |\n  {torn}\n  | 合計 | 8事業 | 8事業 | 6事業 | 75% |\n}}\n"
        );
        let place = folder(&[("a.plan", plan.as_bytes())]);
        let found = findings(&totsugo(place.path(), &["check", "--format", "json"], &[]));
        let codes: Vec<&str> = found.iter().map(|f| f.0.as_str()).collect();
        assert_eq!(codes, ["row-cells"], "{found:?}");
    }
}

#[test]
fn a_misspelt_word_of_a_rule_is_one_diagnostic_that_names_the_right_one() {
    let rule = "規則 甲 ko {\n  重大度 誤り\n  対象 行 ∈ 指標\n  前題 行.番号 > 1\n  検査する 行.番号 = 1\n  指摘 行.番号 \"x\"\n}\n\
                規則 乙 otsu {\n  対照 行 ∈ 指標\n  検査 行.番号 = 1\n  指摘 行.番号 \"x\"\n}\n";
    let place = folder(&[("a.rules", rule.as_bytes()), ("a.plan", "事業 1 \"a\"\n".as_bytes())]);
    let found = findings(&totsugo(place.path(), &["check", "--format", "json"], &[]));
    let found: Vec<(&str, &str)> = found.iter().map(|f| (f.0.as_str(), f.1.as_str())).collect();
    let wrong = |word| ("unknown-clause", word);
    assert_eq!(found, [wrong("前題"), wrong("検査する"), wrong("対照")]);
}

/// A ZIP made by Windows in Japanese gives such names elsewhere: a plan that is passed over is believed to be checked.
#[cfg(target_os = "linux")]
#[test]
fn a_plan_whose_name_is_no_unicode_is_not_passed_over() {
    use std::os::unix::ffi::OsStrExt as _;
    let place = folder(&[("a.plan", "事業 1 \"a\"\n".as_bytes())]);
    for (name, told) in [(b"\x8e\x91\x97\xbf.plan".as_slice(), true), (b"\x8e\x91.txt", false)] {
        let path = place.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(&path, "指標 1 \"x\" {\n 目標 R4: 10件\n}\n").expect("write");
        let ran = totsugo(place.path(), &["check", ".", "--format", "concise"], &[]);
        let said = ran.out.contains("file-name");
        assert_eq!((ran.status, said), if told { (2, true) } else { (0, false) }, "{name:?}: {}", ran.out);
        if told {
            // Named by itself it has lost its name on the way.
            let ran = totsugo(place.path(), &["check", &String::from_utf8_lossy(name), "--format", "concise"], &[]);
            assert!(ran.status == 2 && ran.out.contains("file-name"), "{}", ran.out);
        }
        std::fs::remove_file(&path).expect("there");
    }
}
