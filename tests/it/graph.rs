//! References over a whole workspace.
use totsugo::graph::{Format, export};
use totsugo::rules::{Pack, Strategy, code, read_plans, run_rules};
use totsugo::text::{Source, Sources, Span};

fn drawn(text: &str, format: Format) -> String {
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let id = sources.add(Source::new("甲.plan", text));
    let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..text.len()), "甲".to_owned())]);
    export(&workspace.facts, &workspace.graph, &sources, format)
}

#[test]
fn a_broken_reference_is_red_and_a_total_row_is_not() {
    let whole = drawn(
        "事業 1 \"甲\"\n再掲 事業 No1 \"甲\"\n集計 \"表\" R4 {\n  | 項番 | 事業数 |\n  | 合計 | 1事業 |\n}\n",
        Format::Dot,
    );
    assert!(whole.contains("label=\"再掲\"") && !whole.contains("不存在"), "{whole}");
    let broken = drawn("事業 1 \"甲\"\n再掲 事業 No7 \"甲\"\n", Format::Dot);
    assert!(broken.contains("nowhere [label=\"不存在\", color=red"), "{broken}");
    assert!(drawn("再掲 事業 No7 \"甲\"\n", Format::Mermaid).contains("-.->|再掲| nowhere"));
}

#[test]
fn a_chain_of_references_as_long_as_a_file_is_followed() {
    let chain: String = (1..30_000).map(|n| format!("事業 {n} \"事業{n}\" {{ 再掲 No{} }}\n", n + 1)).collect();
    let text = format!("{chain}事業 30000 \"事業30000\" {{ 再掲 No1 }}\n");
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let id = sources.add(Source::new("甲.plan", text.clone()));
    let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..text.len()), "甲".to_owned())]);
    let cycle = pack.find("relist-cycle").expect("built in");
    let outcome = run_rules(&pack, &sources, &workspace, Strategy::Planned, |n| n == cycle);
    assert!(!outcome.violations.is_empty(), "{} sees the circle", code(&pack.rules[cycle]));
}
