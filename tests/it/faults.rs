//! One figure broken in a copy of `specs/` yields the finding one would expect, and only what follows from it: by name, with the
//! information too. Every kind of fault, counted, is in `injected/`.
use std::collections::BTreeMap;

use crate::run::{Ran, findings, home, totsugo};

/// File, what is printed, what is put there (once), and every finding that is new: rule and text under the span.
type Change = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

const CHANGES: &[Change] = &[
    // 達成率 of a row
    ("資料2-1", "| 3事業   | 2事業  | 67%", "| 3事業   | 2事業  | 66%", &[("achievement-rate", "66%")]),
    // 合計: the chart contradicts it, and so nothing is computed with it until one of them is mended
    ("資料2-1", "| 71事業 | 50事業  | 33事業", "| 71事業 | 50事業  | 34事業", &[("chart-vs-table", "33事業")]),
    ("資料2-1", "| 49事業 | 13事業  |", "| 48事業 | 13事業  |", &[("chart-vs-table", "49事業")]),
    // a part of a chart
    (
        "資料2-1",
        "| 一部達成 | 17事業 | 34%",
        "| 一部達成 | 16事業 | 34%",
        &[("chart-parts", "50事業"), ("chart-share", "34%")],
    ),
    // an actual, a status
    ("資料2-1", "実績 R4: 8課\n", "実績 R4: 7課\n", &[("status-vs-values", "達成")]),
    (
        "資料2-1",
        "実績 R4: 3種類\n      状況 R4: 達成",
        "実績 R4: 3種類\n      状況 R4: 一部達成",
        &[("status-vs-values", "一部達成")],
    ),
    // a scheme that there is not
    ("資料2-1", "  掲載 主な\n}", "  掲載 主な\n  達成基準 福島懸\n}", &[("scheme-missing", "福島懸")]),
    // the number of a 再掲: one that exists, one that does not
    (
        "資料2-4",
        "再掲 事業 No11 ",
        "再掲 事業 No12 ",
        &[
            ("relist-department-differs", "\"企画調整部 デジタル変革課\""),
            ("relist-target-name", "\"申請・届出オンライン化事業\""),
            ("relist-text-differs", "\"県と市町村が共用する申請・届出の仕組みを動かす。\""),
        ],
    ),
    ("資料2-4", "再掲 事業 No11 ", "再掲 事業 No99 ", &[("relist-target-missing", "No99")]),
    // a re-listed target and baseline
    (
        "資料2-4",
        "再掲 指標 No19 \"先端技術を活用する市町村数(累計)\" {\n        累計 はい\n        基準 31\n        目標 R4: 41",
        "再掲 指標 No19 \"先端技術を活用する市町村数(累計)\" {\n        累計 はい\n        基準 31\n        目標 R4: 40",
        &[("relist-values-differ", "41")],
    ),
    (
        "資料2-4",
        "再掲 指標 No19 \"先端技術を活用する市町村数(累計)\" {\n        累計 はい\n        基準 31",
        "再掲 指標 No19 \"先端技術を活用する市町村数(累計)\" {\n        累計 はい\n        基準 30",
        &[("relist-baseline-differs", "30")],
    ),
    // numbers of programs and KPIs: one is now there twice, and one is missing
    ("資料2-4", "事業 30 \"議会", "事業 31 \"議会", &[("program-number-gap", "31"), ("program-number-repeated", "31")]),
    ("資料2-4", "指標 16 \"県職員", "指標 17 \"県職員", &[("kpi-number-gap", "17"), ("kpi-number-repeated", "17")]),
    // a re-listed target that is no longer printed, and one that the original does not have
    (
        "資料2-4",
        "再掲 指標 No19 \"先端技術を活用する市町村数(累計)\" {\n        累計 はい\n        基準 31\n        目標 R4: 41, ",
        "再掲 指標 No19 \"先端技術を活用する市町村数(累計)\" {\n        累計 はい\n        基準 31\n        目標 R3: 41, ",
        &[("relist-target-value-extra", "41"), ("relist-target-value-missing", "\"先端技術を活用する市町村数(累計)\"")],
    ),
    // a digit too many, and targets that run backwards
    (
        "資料2-4",
        "目標 R4: 11400, R5",
        "目標 R4: 114000, R5",
        &[
            ("interim-target-beyond-final", "114000"),
            ("series-jump", "13000"),
            ("target-direction", "13000"),
            ("unit-scale-conflict", "114000"),
        ],
    ),
    ("資料2-4", "目標 R4: 1400, R5: 2000", "目標 R4: 2400, R5: 2000", &[("target-direction", "2000")]),
    // the original of three re-listings
    (
        "資料2-4",
        "R7: 80.0%\n      }\n    }\n    事業 9 ",
        "R7: 81.0%\n      }\n    }\n    事業 9 ",
        &[("cross-target-differs", "81.0%"), ("relist-values-differ", "81.0%")],
    ),
    // a final target in an earlier document
    ("資料3-1", "目標 R7: 810経営体", "目標 R7: 700経営体", &[("interim-target-beyond-final", "718経営体")]),
    // budget: an item, a scale
    ("tokushima-dx", "１１，５５０千円", "１１，５００千円", &[("budget-total", "９５，０２７千円")]),
    ("tokushima-dx", "２１０，４８７千円", "２１０，４８７百万円", &[("budget-total", "２１０，４８７百万円")]),
    // the tree: a KPI number, the headline, a CSF name, a cumulative figure
    (
        "tokushima-dx",
        "KPI 2 \"テレワーク",
        "KPI 3 \"テレワーク",
        &[("kpi-repeated-in-csf", "3"), ("kpi-restart-per-csf", "3")],
    ),
    ("tokushima-dx", "\n  目標 R4: 100%", "\n  目標 R4: 90%", &[("kgi-headline-vs-table", "90%")]),
    (
        "tokushima-dx",
        "CSF 2 \"行政運営のデジタル化の促進\"",
        "CSF 2 \"行政運営のデジタル化の推進\"",
        &[("csf-name-match", "\"行政運営のデジタル化の促進\"")],
    ),
    (
        "tokushima-dx",
        "R4: ３，０００件, R5: ４，０００件",
        "R4: ３，０００件, R5: ２，９００件",
        &[("cumulative-decrease", "２，９００件"), ("series-extrapolation", "２，９００件")],
    ),
    // a document that is not there
    ("資料2-1", "前版 資料3-1", "前版 資料3-2", &[("previous-document-missing", "資料3-2")]),
];

fn report(folder: &std::path::Path) -> Ran {
    totsugo(folder, &["check", "specs", "--no-localize", "--min-severity", "情報", "--format", "json"], &[])
}

#[test]
fn a_broken_figure_is_found_and_nothing_else() {
    let before = findings(&report(&home()));
    let mut wrong = Vec::new();
    for (file, from, to, expected) in CHANGES {
        let copy = tempfile::tempdir().expect("a temporary folder");
        let specs = copy.path().join("specs");
        std::fs::create_dir(&specs).expect("a folder");
        for entry in std::fs::read_dir(home().join("specs")).expect("specs").flatten() {
            std::fs::copy(entry.path(), specs.join(entry.file_name())).expect("a copy");
        }
        let path = specs.join(format!("{file}.plan"));
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        if !text.contains(from) {
            wrong.push(format!("{file} does not print {from:?}"));
            continue;
        }
        std::fs::write(&path, text.replacen(from, to, 1)).expect("a file");
        let mut count: BTreeMap<(String, String, String), i32> = BTreeMap::new();
        for finding in findings(&report(copy.path())) {
            *count.entry(finding).or_default() += 1;
        }
        for finding in &before {
            *count.entry(finding.clone()).or_default() -= 1;
        }
        let mut new: Vec<(String, String)> = Vec::new();
        for ((rule, text, _), times) in count {
            (0..times).for_each(|_| new.push((rule.clone(), text.clone())));
        }
        new.sort();
        let mut expected: Vec<(String, String)> =
            expected.iter().map(|(r, t)| ((*r).to_owned(), (*t).to_owned())).collect();
        expected.sort();
        if new != expected {
            wrong.push(format!("{file}: {from:?} -> {to:?}\n  expected {expected:?}\n  new      {new:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
