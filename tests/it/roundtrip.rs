//! What is exported is read back as the same facts, whatever they are.
use std::sync::OnceLock;

use proptest::prelude::*;
use totsugo::ingest::{Sheets, is_outline, sheets};
use totsugo::plan::{Thing, outline};
use totsugo::render::export;
use totsugo::rules::{Pack, Workspace, read_all};
use totsugo::text::{Source, Sources, Span};

/// Names with everything that could end a text, a cell, a field or a line.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ぁ-ん一-龠a-zA-Z0-9]{1,8}",
        r#"[一-龠a-z|#{}=+@,;:"'\\\\ （）()「」\-\t&<>]{1,10}"#,
        Just("=1+1".to_owned()),
        Just("true".to_owned()),
        Just("No4".to_owned()),
        Just("R4".to_owned()),
    ]
    // Blanks around a name are no part of it.
    .prop_map(|name| Some(name.trim().to_owned()).filter(|n| !n.is_empty()).unwrap_or("名".to_owned()))
}

fn figure() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..10_000_u32).prop_map(|n| n.to_string()),
        (0..1_000_u32).prop_map(|n| format!("{}.{}%", n / 10, n % 10)),
        (1..100_u32).prop_map(|n| format!("{n},000万件")),
        (1..9_u32).prop_map(|n| format!("①{n}時間 ②{n}0企業")),
        (1..99_u32).prop_map(|n| format!("{n}件 (変更前: {n}0件)")),
        Just("-".to_owned()),
        Just("－".to_owned()),
        Just("判読不能".to_owned()),
        Just("運用".to_owned()),
        Just("約7万6千人".to_owned()),
        Just("４以上".to_owned()),
        Just("－5%".to_owned()),
    ]
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A plan with things in things, series, lists, marks, references and tables.
fn plan() -> impl Strategy<Value = String> {
    let indicator = (name(), any::<bool>(), any::<bool>(), prop::collection::vec((4..9_u32, figure()), 0..4), figure());
    let program = (name(), 0..4_u32, prop::collection::vec(name(), 0..3), prop::collection::vec(indicator, 0..3));
    let cell = |unit: &'static str| {
        prop_oneof![
            (0..1_000_u32).prop_map(move |n| format!("{n}{unit}")),
            Just("-".to_owned()),
            Just(String::new()),
            Just("判読不能".to_owned())
        ]
    };
    let row = (name(), cell("事業"), cell("%"));
    (name(), prop::collection::vec(program, 0..4), prop::collection::vec(row, 0..3), any::<bool>()).prop_map(
        |(title, programs, rows, unsure)| {
            let mut out = format!("文書 甲 {{\n  題名 {}\n  年度 R5\n  端数処理 切り捨て\n}}\n", quoted(&title));
            out.push_str(&format!("分野 Ⅰ-1 {} {{\n", quoted(&title)));
            if unsure {
                out.push_str("  読取 低\n");
            }
            for (number, (name, kind, owners, indicators)) in (1..).zip(programs) {
                match kind {
                    0 => out.push_str(&format!("  再掲 事業 No1 {} {{\n", quoted(&name))),
                    1 => out.push_str(&format!("  再掲 事業 {} {{\n", quoted(&name))),
                    _ => out.push_str(&format!("  事業 {number} {} {{\n", quoted(&name))),
                }
                let owners: Vec<String> = owners.iter().map(|o| quoted(o)).collect();
                if !owners.is_empty() {
                    out.push_str(&format!("    担当 {}\n", owners.join(", ")));
                }
                for (name, low, new, years, baseline) in indicators {
                    out.push_str(&format!("    指標 {} {{\n", quoted(&name)));
                    if low {
                        out.push_str("      方向 以下\n");
                    }
                    if new {
                        out.push_str("      新規追加 はい\n      読取 低\n");
                    }
                    out.push_str(&format!("      基準 {baseline}\n"));
                    // One value a year, in the order of the years, which is that of the columns of a table.
                    let years: std::collections::BTreeMap<u32, String> = years.into_iter().collect();
                    let items: Vec<String> = years.iter().map(|(year, value)| format!("R{year}: {value}")).collect();
                    if !items.is_empty() {
                        out.push_str(&format!("      目標 {}\n      実績 {}\n", items.join(", "), items.join(", ")));
                    }
                    out.push_str("    }\n");
                }
                out.push_str("  }\n");
            }
            out.push_str("}\n集計 \"表\" R4 {\n  | 項番 | 分野名 | 事業数 | 達成率 |\n");
            for (name, count, rate) in rows {
                out.push_str(&format!("  | Ⅰ-1 | {} | {count} | {rate} |\n", quoted(&name)));
            }
            out.push_str("}\n同一 甲:\"a\" = 甲:Ⅰ-1:No1\n");
            out
        },
    )
}

struct Read {
    sources: Sources,
    workspace: Workspace,
    faults: Vec<String>,
}

fn read(name: &str, bytes: Vec<u8>) -> Read {
    // The rules are read once for all cases.
    static RULES: OnceLock<(Sources, Pack)> = OnceLock::new();
    let (rules, pack) = RULES.get_or_init(|| {
        let mut sources = Sources::default();
        let pack = Pack::load(&mut sources, &[]);
        (sources, pack)
    });
    let mut sources = rules.clone();
    let mut all = Sheets::default();
    let mut plans = Vec::new();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    match name.rsplit('.').next() {
        Some("plan") => {
            let text = text(&bytes);
            let length = text.len();
            plans.push((Span::new(sources.add(Source::new(name, text)), 0..length), "a".to_owned()));
        }
        Some(ending @ ("csv" | "xlsx")) => {
            for (source, _) in sheets(name, ending, bytes, None, &mut |_| {}).expect("a sheet") {
                assert!(is_outline(&source));
                all.outlines.push(sources.add(source));
            }
        }
        _ => all.data.push(sources.add(Source::new(name, text(&bytes)))),
    }
    let workspace = read_all(pack, &mut sources, &plans, &all, &mut |_, _| {}, &totsugo::text::Stop::default());
    let faults = workspace.faults.iter().map(|f| format!("{} {}", f.code, sources.text(f.span))).collect();
    Read { sources, workspace, faults }
}

impl Read {
    fn things(&self) -> Vec<Thing<'_>> {
        outline(&self.workspace.facts, &self.sources)
    }

    /// The facts without their places.
    fn facts(&self) -> String {
        let facts = &self.workspace.facts;
        let figures: Vec<String> = facts.figures.iter().map(|f| format!("{} {}", f.value, f.interval)).collect();
        let mut figures = figures;
        figures.sort();
        format!("{}\n{}", export::json(&self.things()), figures.join("\n"))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 500, ..ProptestConfig::default() })]

    /// Who exports, mends in Excel and imports must not lose a fact or change one.
    #[test]
    fn an_export_that_is_imported_gives_the_same_facts(text in plan()) {
        let first = read("a.plan", text.clone().into_bytes());
        prop_assert_eq!(&first.faults, &Vec::<String>::new(), "{}", text);
        let things = first.things();
        let files = [
            ("b.plan", export::plan(&things).into_bytes()),
            ("b.plan.json", export::json(&things).into_bytes()),
            ("b.plan.yaml", export::yaml(&things).into_bytes()),
            ("b.csv", export::csv(&things).into_bytes()),
            ("b.xlsx", export::xlsx(&things).expect("a workbook")),
        ];
        for (name, bytes) in files {
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            let again = read(name, bytes);
            prop_assert_eq!(&again.faults, &Vec::<String>::new(), "{}\n{}", name, shown);
            prop_assert_eq!(again.facts(), first.facts(), "{}\n{}", name, shown);
        }
    }
}
