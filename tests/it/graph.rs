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

/// A field with a program and its indicator; listings of a program that is there, that is not, and of none; a summary
/// with a row of the field and one of totals.
const PLAN: &str = r#"文書 甲 {
  年度 R4
}
分野 Ⅰ-1 "分野" {
  事業 1 "道の\"A\"" {
    指標 1 "率" {
      目標 R4: 5件
    }
  }
}
再掲 事業 No1 "道"
再掲 事業 No7 "乙"
再掲 事業 "無番号"
集計 "表" R4 {
  | 項番 | 分野名 | 事業数 |
  | Ⅰ-1 | 分野 | 1事業 |
  | 合計 | 計 | 1事業 |
}
"#;

/// Who draws the graph sees everything that stands in something or names something, once, and nothing else: no figures by
/// year, no row of totals, no line for a listing that names nothing.
#[test]
fn the_graph_says_what_stands_in_what_and_what_names_what() {
    let dot = r##"digraph totsugo {
  rankdir=LR;
  node [shape=box, fontname="sans-serif"];
  n0_0 [label="文書 甲"];
  n1_0 [label="分野 Ⅰ-1「分野」"];
  n4_0 [label="事業 No1「道の\"A\"」"];
  n4_1 [label="事業「道」"];
  n4_2 [label="事業「乙」"];
  n4_3 [label="事業「無番号」"];
  n5_0 [label="指標 No1「率」"];
  n9_0 [label="集計「表」 R4"];
  n10_0 [label="集計行 Ⅰ-1"];
  nowhere [label="不存在", color=red, style=dashed];
  n0_0 -> n1_0 [color=gray];
  n1_0 -> n4_0 [color=gray];
  n0_0 -> n4_1 [color=gray];
  n0_0 -> n4_2 [color=gray];
  n0_0 -> n4_3 [color=gray];
  n4_0 -> n5_0 [color=gray];
  n0_0 -> n9_0 [color=gray];
  n9_0 -> n10_0 [color=gray];
  n4_1 -> n4_0 [label="再掲"];
  n4_2 -> nowhere [label="再掲", color=red, style=dashed];
  n10_0 -> n1_0 [label="分野"];
}
"##;
    assert_eq!(drawn(PLAN, Format::Dot), dot);
    let mermaid = r##"flowchart LR
  n0_0["文書 甲"]
  n1_0["分野 Ⅰ-1「分野」"]
  n4_0["事業 No1「道の#quot;A#quot;」"]
  n4_1["事業「道」"]
  n4_2["事業「乙」"]
  n4_3["事業「無番号」"]
  n5_0["指標 No1「率」"]
  n9_0["集計「表」 R4"]
  n10_0["集計行 Ⅰ-1"]
  nowhere["不存在"]:::broken
  classDef broken stroke:#c00,stroke-dasharray:4
  n0_0 --> n1_0
  n1_0 --> n4_0
  n0_0 --> n4_1
  n0_0 --> n4_2
  n0_0 --> n4_3
  n4_0 --> n5_0
  n0_0 --> n9_0
  n9_0 --> n10_0
  n4_1 -->|再掲| n4_0
  n4_2 -.->|再掲| nowhere
  n10_0 -->|分野| n1_0
"##;
    assert_eq!(drawn(PLAN, Format::Mermaid), mermaid);
}

#[test]
fn the_graph_for_programs_names_places_and_kinds() {
    let json: serde_json::Value = serde_json::from_str(&drawn(PLAN, Format::Json)).expect("JSON");
    let list = |name: &str| json[name].as_array().expect("a list").clone();
    assert_eq!((list("nodes").len(), list("edges").len()), (9, 11));
    let field = serde_json::json!(
        {"id": "n1_0", "relation": "field", "label": "分野 Ⅰ-1「分野」", "path": "甲.plan", "line": 4}
    );
    assert_eq!(list("nodes")[1], field);
    let edges = list("edges");
    assert_eq!(edges[0], serde_json::json!({"from": "n0_0", "to": "n1_0", "kind": "contains", "column": ""}));
    assert_eq!(edges[8], serde_json::json!({"from": "n4_1", "to": "n4_0", "kind": "reference", "column": "再掲"}));
    assert_eq!(edges[9], serde_json::json!({"from": "n4_2", "to": null, "kind": "reference", "column": "再掲"}));
}
