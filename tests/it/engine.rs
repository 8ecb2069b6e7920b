//! The planned evaluation and the plain nested loops give the same findings, whatever the plan holds.
use proptest::prelude::*;
use totsugo::rules::{Outcome, Pack, Strategy as Way, check_plans, read_plans, run_rules};
use totsugo::text::{Source, Sources, Span};

/// A plan of small numbers, so that equal numbers, names and years meet often.
fn plan() -> impl Strategy<Value = String> {
    let figure = prop_oneof![
        4 => (0..9_u32).prop_map(|n| format!("{n}件")),
        1 => (0..30_u32).prop_map(|n| format!("{}.{}%", n, n % 10)),
        1 => Just("－".to_owned()),
        1 => Just("判読不能".to_owned()),
        1 => Just("運用".to_owned()),
        1 => Just("①3件 ②4件".to_owned()),
        1 => Just("4件以上".to_owned()),
    ];
    let indicator = (0..4_u32, 0..4_u32, figure.clone(), figure.clone(), figure, 0..6_u32).prop_map(|(number, name, a, b, c, kind)| {
        let head = match kind {
            0 => format!("再掲 指標 No{number} \"指標{name}\""),
            1 => format!("再掲 指標 \"指標{name}\""),
            2 => format!("指標 \"指標{name}（累計）\""),
            _ => format!("指標 {number} \"指標{name}\""),
        };
        let status = ["達成", "一部達成", "－"][(kind % 3) as usize];
        format!("      {head} {{\n        目標 R4: {a}, R5: {b}\n        実績 R4: {c}\n        状況 R4: {status}\n      }}\n")
    });
    let program = (0..5_u32, 0..3_u32, any::<bool>(), proptest::collection::vec(indicator, 0..3)).prop_map(
        |(number, name, relisted, inner)| {
            let head = if relisted { format!("再掲 事業 No{number}") } else { format!("事業 {number}") };
            format!("    {head} \"事業{name}\" {{\n      概要 \"概要{name}\"\n{}    }}\n", inner.concat())
        },
    );
    let row = (0..3_u32, 0..5_u32, 0..5_u32, 0..5_u32, 0..101_u32)
        .prop_map(|(code, a, b, c, rate)| format!("  | Ⅰ-{code} | {a}事業 | {b}事業 | {c}事業 | {rate}% |\n"));
    let document = (proptest::collection::vec(program, 0..5), proptest::collection::vec(row, 0..4), 0..9_u32).prop_map(|(programs, rows, total)| {
        format!(
            "分野 Ⅰ-1 \"分野\" {{\n  項目 (1) \"項目\" {{\n{}  }}\n}}\n集計 \"集計\" R4 {{\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n{}  | 合計 | {total}事業 | {total}事業 | {total}事業 | 100% |\n}}\n",
            programs.concat(),
            rows.concat()
        )
    });
    proptest::collection::vec(document, 1..3).prop_map(|documents| {
        let numbered = documents.iter().enumerate();
        numbered
            .map(|(i, d)| format!("文書 甲{i} {{\n  年度 R{}\n  前版 甲{}\n}}\n{d}", 4 + i, i.saturating_sub(1)))
            .collect()
    })
}

fn both(text: &str) -> (Outcome, Outcome) {
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let id = sources.add(Source::new("甲.plan", text));
    let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..text.len()), "甲".to_owned())]);
    let run = |way| run_rules(&pack, &sources, &workspace, way, |_| true);
    (run(Way::Planned), run(Way::NestedLoop))
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
        prop_assert_eq!(planned.violations.len(), plain.violations.len());
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
