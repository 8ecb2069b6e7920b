//! A corpus of plans with a known number of injected faults, for benchmarks.
//!
//! `cargo run --release --example corpus -- PROGRAMS [--out DIR] [--verify]` writes one `.plan` file for each
//! hundred programs, or checks such a corpus in memory, demands exactly the injected findings and
//! counts the rows that the rules looked at. The same
//! arguments give the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
use std::fmt::Write as _;

use totsugo::rules::{Pack, check_plans, code};
use totsugo::text::{Severity, Source, Sources, Span};

const PER_DOCUMENT: usize = 100;
/// The kinds of injected faults: the rule that must find each.
const KINDS: [&str; 6] = [
    "relist-target-missing",
    "relist-values-differ",
    "achievement-rate",
    "column-total",
    "status-vs-values",
    "program-number-gap",
];

/// A small generator of numbers (Knuth's MMIX constants), so that the corpus needs no library.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// The text of document `number`; `fault` names the kind of fault in it, if any.
pub fn document(number: usize, programs: usize, fault: Option<usize>) -> String {
    let mut random = Random(number as u64 + 1);
    let kind = fault.map(|f| KINDS[f]);
    let mut out = String::new();
    writeln!(out, "文書 P{number:05} {{\n  題名 \"第{number}計画 取組状況\"\n  年度 R5\n  掲載 全件\n}}").unwrap();
    let fields = 5;
    let each = programs / fields;
    let (mut rows, mut totals) = (Vec::new(), [0_usize; 3]);
    let mut n = 0;
    for field in 1..=fields {
        writeln!(out, "分野 Ⅰ-{field} \"分野{field}\" {{\n  項目 (1) \"項目{field}\" {{").unwrap();
        let mut achieved = 0;
        for i in 0..each {
            n += 1;
            let first = 100 + random.below(5000) * 10;
            let steps: Vec<u64> = (0..3).map(|_| 10 + random.below(30) * 10).collect();
            let (r5, r6) = (first + steps[0], first + steps[0] + steps[1]);
            let r7 = r6 + steps[2];
            let met = random.below(3) > 0;
            let actual = if met { first } else { first - 7 };
            achieved += usize::from(met);
            let mut status = if met { "達成" } else { "一部達成" };
            if kind == Some("status-vs-values") && n == 13 {
                status = if met { "一部達成" } else { "達成" };
            }
            let shown = if kind == Some("program-number-gap") && n > 40 { n + 1 } else { n };
            writeln!(out, "    事業 {shown} \"第{number}計画の取組{n}\" {{\n      担当 \"企画部 第{}課\"\n      指標 {n} \"第{number}計画の取組{n}の件数\" {{", i % 7).unwrap();
            writeln!(
                out,
                "        基準 R3: {}件\n        目標 R4: {first}件, R5: {r5}件, R6: {r6}件, R7: {r7}件",
                first - 50
            )
            .unwrap();
            writeln!(out, "        実績 R4: {actual}件\n        状況 R4: {status}\n      }}\n    }}").unwrap();
            if i == 3 {
                let target = if kind == Some("relist-target-missing") && field == 2 { 999 } else { shown };
                let last = if kind == Some("relist-values-differ") && field == 3 { r7 + 1 } else { r7 };
                writeln!(out, "    再掲 事業 No{target} \"第{number}計画の取組{n}\" {{\n      担当 \"企画部 第{}課\"\n      再掲 指標 No{n} \"第{number}計画の取組{n}の件数\" {{", i % 7).unwrap();
                writeln!(out, "        基準 R3: {}件\n        目標 R4: {first}件, R5: {r5}件, R6: {r6}件, R7: {last}件\n      }}\n    }}", first - 50).unwrap();
            }
        }
        writeln!(out, "  }}\n}}").unwrap();
        if kind == Some("status-vs-values") && field == 1 {
            // The summary follows what is printed, so that only the status itself is at fault.
            achieved = out.matches("状況 R4: 達成").count();
        }
        totals[0] += each;
        totals[1] += each;
        totals[2] += achieved;
        rows.push((format!("Ⅰ-{field}"), each, each, achieved));
    }
    rows.push(("合計".to_owned(), totals[0], totals[1], totals[2] + usize::from(kind == Some("column-total"))));
    out.push_str("集計 \"達成状況\" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n");
    for (i, (code, all, set, achieved)) in rows.iter().enumerate() {
        let rate = (200 * achieved + set) / (2 * set) + usize::from(kind == Some("achievement-rate") && i == 2);
        writeln!(out, "  | {code} | {all}事業 | {set}事業 | {achieved}事業 | {rate}% |").unwrap();
    }
    out.push_str("}\n");
    out
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let programs: usize = arguments.first().and_then(|a| a.parse().ok()).expect("PROGRAMS: a number");
    let documents = (programs / PER_DOCUMENT).max(1);
    // One fault in every tenth document, the kinds in turn.
    let fault = |n: usize| (n % 10 == 5).then_some(n / 10 % KINDS.len());
    let text = |n: usize| document(n, PER_DOCUMENT, fault(n));
    if let Some(at) = arguments.iter().position(|a| a == "--out") {
        let folder = std::path::Path::new(arguments.get(at + 1).expect("--out DIR"));
        std::fs::create_dir_all(folder).expect("the folder can be made");
        for n in 0..documents {
            std::fs::write(folder.join(format!("P{n:05}.plan")), text(n)).expect("a plan can be written");
        }
    }
    if arguments.iter().any(|a| a == "--verify") {
        let mut sources = Sources::default();
        let pack = Pack::load(&mut sources, &[]);
        let mut plans = Vec::new();
        let mut expected = Vec::new();
        for n in 0..documents {
            let path = format!("P{n:05}");
            expected.extend(fault(n).map(|f| (path.clone(), KINDS[f].to_owned())));
            let text = text(n);
            let length = text.len();
            let id = sources.add(Source::new(path.clone(), text));
            plans.push((Span::new(id, 0..length), path));
        }
        let checked = check_plans(&pack, &sources, &plans, |_| true);
        let mut found: Vec<(String, String)> = checked
            .outcome
            .violations
            .iter()
            .filter(|v| v.severity >= Severity::Warning)
            .map(|v| (sources.get(v.span.source).expect("known").path.clone(), code(&pack.rules[v.rule]).to_owned()))
            .collect();
        found.sort();
        expected.sort();
        assert_eq!(checked.faults, vec![], "the corpus is well formed");
        assert_eq!(found, expected, "exactly the injected faults are found");
        // What the run cost, whatever the machine: rows that the rules looked at.
        let steps: u64 = checked.outcome.steps.values().sum();
        println!("{steps} rows looked at, {} a program", steps / programs as u64);
        println!("{programs} programs, {} injected faults found, nothing else", expected.len());
    }
}
