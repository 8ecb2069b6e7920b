//! Plans and rules made at random, and what the two ways of evaluating them say. Fuzzing makes them from here too.
use proptest::prelude::*;
use totsugo::rules::{Outcome, Pack, Strategy as Way, read_plans, run_rules};
use totsugo::text::{Source, Sources, Span};

/// A plan of small numbers, so that equal numbers, names and years meet often.
pub fn plan() -> impl Strategy<Value = String> {
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

/// Conditions over a target `t`, an indicator `i` and a program `p` of a rule.
fn condition() -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(vec![
        "t.指標 = i",
        "t.指標.群 = i.群",
        "t.年度 = R4",
        "t.年度 + 1 = R5",
        "t.年度 - R4 = i.番号",
        "t.値 > 3",
        "t.値 は なし",
        "t.値 は 文字",
        "t.値 ≈ 4件",
        "t.部分 = 1",
        "前(t).値 < t.値",
        "増減(t) > 1",
        "伸び率(t) < 50%",
        "数(t.値) = i.番号",
        "i.再掲",
        "i.再掲先.番号 = p.番号",
        "i.番号 = p.番号",
        "i.番号 = p.番号 + 1",
        "i.事業 = p",
        "i.事業 は なし",
        "i.名称 = \"指標1\"",
        "i.名称 含む \"累計\"",
        "i.名称 一致 \"[0-2]\"",
        "抜き出し(i.名称, \"([0-9])\") = \"1\"",
        "類似度(i.名称, \"指標2\") > 70%",
        "i.順 < p.順",
        "i.文書 = p.文書",
        "i.文書 ∈ たどり(p.文書.前版)",
        "p.番号 ∈ {1, 2, 3}",
        "p.名称 = \"事業1\"",
        "p.概要 = \"概要1\"",
        "要素数(p.担当) = 0",
        "集合{ x.番号 | x ∈ p.指標 } ⊆ {1, 2}",
        "i.番号 ∈ 集合{ x.番号 | x ∈ p.指標 } ∪ {3}",
        "ある{ x ∈ 目標, x.指標 = i, x.値 = t.値, x.順 < t.順 }",
        "すべて{ x ∈ i.目標, x.値 は 数値 : x.値 ≥ 2 }",
        "件数{ x ∈ 指標, x.番号 = i.番号 } = 1",
        "合計{ x.値 | x ∈ i.目標 } > 6",
        "最大{ x.値 | x ∈ 目標, x.指標.群 = i.群 } = t.値",
        "中央値{ x.値 | x ∈ i.目標 } > 2",
        "種類数{ x.名称 | x ∈ 指標, x.番号 = p.番号 } > 1",
        "種類数{ x.値 | x ∈ i.目標 } > 1",
        "同値{ x.値 | x ∈ 目標, x.指標.群 = i.群, x.年度 = t.年度 }",
        "同値(t.値, t.値)",
        "ある{ d ∈ 二番, d.指標 = i }",
        "件数{ d ∈ i.二番 } < 2",
        "もし i.再掲 ならば p.番号 > 1 それ以外 t.値 ≠ 3",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} かつ {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} または {b})")),
            inner.prop_map(|a| format!("否 ({a})")),
        ]
    })
}

/// A rule over three ranges in any order, with any premises.
pub fn rule() -> impl Strategy<Value = String> {
    let ranges = Just(vec!["t ∈ 目標", "i ∈ 指標", "p ∈ 事業"]).prop_shuffle();
    (ranges, proptest::collection::vec(condition(), 1..4), condition()).prop_map(|(ranges, premises, check)| {
        format!(
            "定義 二番 = second {{\n  対象 値 ∈ 目標\n  前提 値.年度 = R5, 値.値 は ある\n  列 指標 = of := 値.指標\n}}\n\
             規則 任意 any {{\n  対象 {}\n  前提 {}\n  検査 {check}\n  指摘 t.値 \"{{i}} {{p}}\"\n}}\n",
            ranges.join(", "),
            premises.join(", ")
        )
    })
}

/// A document with many rows, some of them torn, of which a rule looks up nearly all for each of them.
pub fn long_table() -> impl Strategy<Value = String> {
    let number = prop_oneof![6 => (0..9_u32).prop_map(|n| n.to_string()), 1 => Just("判読不能".into()), 1 => Just(String::new())];
    let year = prop_oneof![6 => (3..8_u32).prop_map(|n| format!("R{n}")), 1 => Just("判読不能".into()), 1 => Just(String::new())];
    let name = prop_oneof![
        6 => (0..3_u32).prop_map(|n| format!("名{n}")),
        1 => Just("名１".into()),
        1 => Just("判読不能".into()),
        1 => Just(String::new())
    ];
    let amount = prop_oneof![
        6 => (0..5_u32).prop_map(|n| n.to_string()),
        2 => (0..5_u32).prop_map(|n| format!("{n}.0件")),
        1 => proptest::sample::select(vec!["判読不能", "", "－", "運用", "3以上", "40%"]).prop_map(str::to_owned)
    ];
    let row = (number, year, name, amount)
        .prop_map(|(number, year, name, amount)| format!("  | {number} | {year} | {name} | {amount} |\n"));
    let rows = proptest::collection::vec(row, 15..25).prop_map(|rows| rows.concat());
    let year = |n: usize, told: bool| if told { format!("年度 R{}", 4 + n) } else { String::new() };
    proptest::collection::vec((rows, any::<bool>()), 2).prop_map(move |documents| {
        let numbered = documents.iter().enumerate();
        numbered
            .map(|(n, (rows, told))| {
                let year = year(n, *told);
                format!("文書 甲{n} {{\n  {year}\n}}\n試し \"表\" {{\n  | 番号 | 年 | 名 | 額 |\n{rows}}}\n")
            })
            .collect()
    })
}

/// A rule over pairs of such rows.
pub fn pairs() -> impl Strategy<Value = String> {
    let condition = proptest::sample::select(vec![
        "b.順 < a.順",
        "a.順 ≤ b.順",
        "b.番号 < a.番号",
        "b.番号 > a.番号",
        "a.年 ≥ b.年",
        "a.年 < b.年",
        "b.年 > R5",
        "否 (b.名 = \"名1\")",
        "b.番号 は ある",
        "b.番号 ∈ {1, 2, 3} または b.年 は なし",
        "b.名 = a.名",
        "a.名 = \"名1\"",
        "b.名 ≠ \"名1\"",
        "a.名 含む \"1\"",
        "a.番号 は なし または b.名 は ある",
        "b.番号 = a.番号 + 1",
        "a.番号 - 3 = b.番号",
        "b.番号 - 3 < a.番号",
        "a.額 = b.額",
        "a.額 ≤ b.額",
        "a.額 > 2",
        "補う(a.額, 0) = 補う(b.額, 0)",
        "補う(a.額, 補う(b.額, 1)) ≠ 補う(b.額, 補う(a.額, 1))",
        "b.文書.年度 ≤ a.文書.年度",
        "a.文書.年度 は ある",
        "もし a.額 は ある ならば a.額 ≥ b.額 それ以外 b.名 含む \"2\"",
        "ある{ c ∈ 行, c.順 = a.順, c.文書.年度 < b.文書.年度 }",
        "否 ある{ c ∈ 行, c.順 = a.順, c.額 = b.額 }",
        "ある{ c ∈ 行, c.文書 = a.文書, c.順 < b.順, c.番号 = 4 }",
        "否 ある{ c ∈ 行, c.文書 = a.文書, c.番号 < b.番号, c.名 = \"名2\" }",
        "件数{ c ∈ 行, c.文書 = a.文書, c.年 > b.年, c.番号 は ある } > 2",
        "すべて{ c ∈ 行, c.文書 = a.文書, c.年 ≤ b.年 : c.番号 ≤ a.番号 }",
        "要素数(集合{ c.名 | c ∈ 行, c.文書 = a.文書, c.番号 ≥ b.番号, c.名 含む \"1\" }) = 1",
    ])
    .prop_map(str::to_owned);
    (proptest::collection::vec(condition.clone(), 1..4), condition).prop_map(|(premises, check)| {
        format!(
            "表 試し {{\n  位置 文書\n  見出し 題 : 文字列\n  行 行 {{\n    列 番号 : 番号\n    列 年 : 年度\n    列 名 : 文字列\n    列 額 : 量\n  }}\n}}\n\
             規則 任意 any {{\n  対象 a ∈ 行, b ∈ 行\n  前提 a.文書 = b.文書, {}\n  検査 {check}\n  指摘 b.名 \"{{a.順}} {{b.順}}\"\n}}\n",
            premises.join(", ")
        )
    })
}

/// A table of an author's own, with a column of every kind.
pub const TABLE: &str = "表 試し {
  位置 文書
  見出し 題 : 文字列
  行 行 {
    列 番号 : 番号
    列 元 : 番号
    列 年 : 年度
    列 日 : 日付
    列 名 : 文字列
    列 額 : 量
    列 有 : 真偽
  }
}
";

/// A table that a plan has with any of its columns.
pub const ROLL: &str = "表 名簿 = roll {
  位置 文書
  行 欄 = entry {
    列 行番 = line : 番号
    列 番号 = number : 番号
    列 年 = year : 年度
    列 名 = label : 文字列
    列 額 = amount : 量
    列 限度 = bound : 量
    列 印 = mark : 文字列
    列 数 = count : 番号
  }
}
";

/// What both ways say of a plan: by all built-in rules, or by the rules of a file.
pub fn by_rules(text: &str, rules: Option<&str>) -> (Outcome, Outcome) {
    let mut sources = Sources::default();
    let own: Vec<_> = rules.map(|r| sources.add(Source::new("任意.rules", r))).into_iter().collect();
    let pack = Pack::load(&mut sources, &own);
    // Premises made at random may exclude each other: such a rule is refused, and says nothing either way.
    let wrong = |f: &&totsugo::text::Fault| f.severity == totsugo::text::Severity::Error && f.code != "contradiction";
    let errors: Vec<_> = pack.faults.iter().filter(wrong).collect();
    assert!(errors.is_empty(), "{errors:?}\n{rules:?}");
    let is_own = |n: usize| pack.rules.get(n).is_some_and(|rule| own.contains(&rule.name.span.source));
    let wanted = |n: usize| rules.is_none() || is_own(n);
    let id = sources.add(Source::new("甲.plan", text));
    let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..text.len()), "甲".to_owned())]);
    let run = |way| run_rules(&pack, &sources, &workspace, way, wanted);
    (run(Way::Planned), run(Way::NestedLoop))
}
