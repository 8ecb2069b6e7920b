//! What looking for causes costs, counted: who has a wrong figure in every document must not wait for ever.
use super::*;
use crate::rules::{Pack, Strategy, read_plans, run_rules};
use crate::text::{Severity, Source, Sources};

/// A document with a table of five fields in which one count is wrong, and so three checks disagree.
fn document(n: usize) -> String {
    let rows: String =
        (1..=5).map(|row| format!("  | Ⅰ-{row} | {}事業 | {}事業 | {row}事業 | 50% |\n", row * 4, row * 2)).collect();
    let rows = rows.replacen("| 12事業 | 6事業 | 3事業", "| 12事業 | 7事業 | 3事業", 1);
    format!(
        "文書 資料{n} {{ 年度 R5 }}\n集計 \"表\" R5 {{\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n{rows}  | 合計 | 60事業 | 30事業 | 15事業 | 50% |\n}}\n"
    )
}

/// A document with one total over so many rows that any of them could be wrong.
fn heap(rows: usize) -> String {
    let rows: String = (1..=rows).map(|n| format!("  | Ⅱ-{n} | 2事業 |\n")).collect();
    format!("文書 大 {{ 年度 R5 }}\n集計 \"大きな表\" R5 {{\n  | 項番 | 事業数 |\n{rows}  | 合計 | 3事業 |\n}}\n")
}

/// The causes that are found in some documents, and what that costs.
fn found(texts: &[String]) -> (Vec<Suspicion>, u64) {
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let plans: Vec<(Span, String)> = (0..)
        .zip(texts)
        .map(|(n, text): (usize, &String)| {
            let id = sources.add(Source::new(format!("{n}.plan"), text.as_str()));
            (Span::new(id, 0..text.len()), n.to_string())
        })
        .collect();
    let workspace = read_plans(&pack, &sources, &plans);
    let outcome = run_rules(&pack, &sources, &workspace, Strategy::Planned, |_| true);
    let grave = outcome.violations.iter().filter(|v| v.severity >= Severity::Warning).enumerate();
    let known = Known::new(grave.map(|(n, v)| (n, v.rule, v.span, v.message.ja.as_str())));
    let shared = Shared::new(&workspace, &sources, &pack, Strategy::Planned);
    let mut context = Context::new(&shared);
    context.what_if = Some(WhatIf::default());
    let rules: Vec<_> =
        (0..pack.rules.len()).flat_map(|n| pack.typed(n)).filter(|r| gather::is_arithmetic(r)).collect();
    causes(&context, &rules, &known)
}

fn documents(count: usize) -> Vec<String> {
    (1..=count).map(document).collect()
}

/// The figure that is named, and what it should be.
fn named(suspicion: &Suspicion) -> Option<&str> {
    match suspicion.repairs.as_slice() {
        [Repair { changes, .. }] => match changes.as_slice() {
            [Change { wanted: Wanted::Figure(text), .. }] => Some(text),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn the_cost_is_linear_in_the_number_of_causes() {
    let costs = [10, 20, 40].map(|count| {
        let (causes, cost) = found(&documents(count));
        assert_eq!(causes.iter().filter_map(named).collect::<Vec<_>>(), vec!["6事業"; count]);
        cost
    });
    let [ten, twenty, forty] = costs;
    assert!(twenty - ten > 1_000, "it is counted: {costs:?}");
    // Twice as many more cost twice as much more.
    let (first, second) = (twenty - ten, forty - twenty);
    assert!(second <= first * 2 + first / 10, "{costs:?}");
}

/// The tables of one document are walked together, so they must not be held against each other.
#[test]
fn the_cost_is_linear_in_the_causes_of_one_document() {
    let costs = [10, 20, 40].map(|count| {
        let all: String = documents(count).iter().map(|text| text.split_once('\n').map_or("", |t| t.1)).collect();
        let all = all
            .split("集計 \"表\"")
            .enumerate()
            .map(|(n, t)| if n == 0 { t.to_owned() } else { format!("集計 \"表{n}\"{t}") });
        let (causes, cost) = found(&[format!("文書 甲 {{ 年度 R5 }}\n{}", all.collect::<String>())]);
        assert_eq!(causes.iter().filter_map(named).count(), count);
        cost
    });
    let [ten, twenty, forty] = costs;
    let (first, second) = (twenty - ten, forty - twenty);
    assert!(second <= first * 2 + first / 10, "{costs:?}");
}

/// One hopeless cause must neither cost more than its share nor take the answer from the others.
#[test]
fn a_cause_that_is_cut_off_leaves_the_others_their_answer() {
    let (alone, cost) = found(&documents(3));
    assert_eq!(alone.iter().filter_map(named).count(), 3);
    let costs = [2_000, 4_000].map(|rows| {
        let mut texts = documents(3);
        texts.insert(0, heap(rows));
        let (causes, cost) = found(&texts);
        assert_eq!(causes.iter().filter_map(named).count(), 3, "{causes:?}");
        let cut: Vec<&Suspicion> = causes.iter().filter(|cause| cause.cut).collect();
        assert!(matches!(cut.as_slice(), [one] if one.repairs.is_empty()), "{causes:?}");
        cost
    });
    // Its own bound, and a walk over its rows.
    let [small, large] = costs;
    assert!(small > cost && large < cost + 2 * 1_000_000 + 4_000 * 100, "{cost} {costs:?}");
    assert!(large <= small * 2 + small / 2, "{costs:?}");
}
