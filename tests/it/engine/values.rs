//! What expressions give, and what a run counts. Each line was found by a change in the code that no other test noticed
//! (tests/mutants): a slip there, and the two ways of evaluating rules agree on the same wrong answer.
use std::collections::{BTreeMap, BTreeSet};

use totsugo::rules::{Answer, Datum, Outcome, Pack, Shared, Strategy, Why, code, query, read_plans, run_on};
use totsugo::text::{Limit, Severity, Source, Sources, Span, Stop};

/// Hands a plan and rules to `work`.
fn with<T>(plan: &str, rules: &str, work: impl FnOnce(&Pack, &mut Sources, &totsugo::rules::Workspace) -> T) -> T {
    let mut sources = Sources::default();
    let own = sources.add(Source::new("任意.rules", rules));
    let pack = Pack::load(&mut sources, &[own]);
    let errors: Vec<_> = pack.faults.iter().filter(|f| f.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let id = sources.add(Source::new("甲.plan", plan));
    let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..plan.len()), "甲".to_owned())]);
    work(&pack, &mut sources, &workspace)
}

/// What a query gives, row by row; where it is no value, the reason.
fn told(answer: Answer) -> Vec<String> {
    let say = |value| match value {
        Datum::Text(text) | Datum::Figure(text) => text,
        Datum::Bool(truth) => truth.to_string(),
        Datum::Nothing(why) => why.code().to_owned(),
    };
    answer.rows.into_iter().flatten().map(|item| say(item.value)).collect()
}

/// What the rules `names` say of a plan.
pub(super) fn run(plan: &str, rules: &str, names: &[&str], way: Strategy, stop: &Stop) -> Said {
    with(plan, rules, |pack, sources, workspace| {
        let wanted = |n: usize| names.contains(&code(&pack.rules[n]));
        let Outcome { violations, skipped, steps, shared, .. } =
            run_on(&Shared::new(workspace, sources, pack, way), wanted, stop);
        let name = |n: usize| code(&pack.rules[n]).to_owned();
        Said {
            violated: violations.iter().map(|v| name(v.rule)).collect(),
            skipped: skipped.keys().map(|(n, why)| (name(*n), *why)).collect(),
            steps: steps.into_iter().map(|(n, steps)| (name(n), steps)).collect(),
            shared,
        }
    })
}

#[derive(Debug)]
pub(super) struct Said {
    pub violated: Vec<String>,
    pub skipped: BTreeSet<(String, Why)>,
    pub steps: BTreeMap<String, u64>,
    pub shared: u64,
}

const PLAN: &str = "文書 甲 {
  年度 R4
  発行日 R4.4.1
  見直し R5.4.1
  前版 判読不能
}
事業 1 \"乙\" {
  担当 \"総務課\", \"税務課\"
  指標 1 \"率\" {
    基準 R2: 48.2%
    目標 R4: 3件, R5: 1,200人, R6: 判読不能
    実績 R4: 運用, R5: 3件, R6: 5件
  }
  指標 2 \"紙\" {
    目標 R4: 40百万枚
    実績 R4: 運用
  }
}
再掲 事業 No9 \"丙\"
";

/// A copy of each indicator.
const COPIES: &str = "定義 写し = copy {
  対象 i ∈ 指標
  列 名 = label := i.名称
}
";

#[test]
fn expressions_give_what_a_reader_expects() {
    let expected: &[(&str, &[&str])] = &[
        // A torn cell is known as one, whether it holds a figure or points somewhere.
        ("i.目標[R6] は 判読不能 | i ∈ 指標", &["true", "false"]),
        ("d.前版 は 判読不能 | d ∈ 文書", &["true"]),
        // What is false (or true) whatever stands in a torn cell is decided.
        ("i.目標[R6] > 1 かつ 1 = 2 | i ∈ 指標, i.番号 = 1", &["false"]),
        ("i.目標[R6] > 1 または 1 = 1 | i ∈ 指標, i.番号 = 1", &["true"]),
        ("i.目標[R6] > 1 かつ 1 = 1 | i ∈ 指標, i.番号 = 1", &["unreadable"]),
        // What no year has is missing; the next figure is a figure's, not one in between.
        ("i.目標[R9] | i ∈ 指標, i.番号 = 1", &["missing"]),
        ("補う(i.目標[R9], 5) | i ∈ 指標, i.番号 = 1", &["5"]),
        ("次(t).値 | t ∈ 目標, t.指標.番号 = 1, t.年度 = R4", &["1,200人"]),
        // Who re-lists what is not there is told what may have been meant.
        ("候補(p.再掲先) | p ∈ 事業", &["missing", "事業 No1「乙」"]),
        // Days have an order.
        ("d.発行日 < d.見直し | d ∈ 文書", &["true"]),
        // Words in the place of a figure are no missing figure: the one who has to mend it is told so.
        ("i.実績[R4] > 1 | i ∈ 指標, i.番号 = 1", &["qualitative"]),
        ("1 < i.実績[R4] | i ∈ 指標, i.番号 = 1", &["qualitative"]),
        // Nor are they the sum of themselves, or what is taken where nothing is printed.
        ("合計{t.値 | t ∈ 実績, t.指標.番号 = 2}", &["qualitative"]),
        ("補う(i.実績[R4], 0) | i ∈ 指標, i.番号 = 1", &["qualitative"]),
        // They take no part in an extreme, but they are a kind of value.
        ("最大{t.値 | t ∈ 実績}", &["5件"]),
        ("最小{t.値 | t ∈ 実績}", &["3件"]),
        ("種類数{t.値 | t ∈ 実績}", &["3"]),
        // A mean of bare numbers is no percentage, a likeness is one.
        ("平均{t.番号 | t ∈ 指標}", &["1.5"]),
        ("類似度(\"総務部\", \"総務課\")", &["66.7%"]),
        // A figure without its unit, its scale alone, and with the word behind it.
        ("数(i.目標[R5]) | i ∈ 指標, i.番号 = 1", &["1,200"]),
        ("位取り(i.目標[R4]) | i ∈ 指標", &["1", "1,000,000"]),
        ("量(\"5件以上\")", &["5件以上"]),
        // What was rounded is that number: neither what it was made of nor what that might have been.
        ("四捨五入(7.6, 0)", &["8"]),
        ("四捨五入(i.基準[R2], 2) ≈ 48% | i ∈ 指標, i.番号 = 1", &["true"]),
        ("四捨五入(i.基準[R2], 2) ≈ 48.2% | i ∈ 指標, i.番号 = 1", &["false"]),
        // A list that is not printed has no elements; that of a row which is not there has no number of them.
        ("要素数(p.担当) | p ∈ 事業", &["2", "0"]),
        ("要素数(p.再掲先.担当) | p ∈ 事業", &["0", "dangling"]),
        ("要素数(もし 1 = 1 ならば {\"a\", \"b\"} それ以外 {\"c\"})", &["2"]),
        // Rows that rules make are all there, numbered from 1, and stand where the rows they are made of stand.
        ("x.名 | x ∈ 写し", &["率", "紙"]),
        ("x.順 | x ∈ 写し", &["1", "2"]),
        ("x.指標.番号 | x ∈ 写し", &["1", "2"]),
        ("x.事業.名称, x.文書.記号 | x ∈ 写し, x.順 = 1", &["乙", "甲"]),
    ];
    with(PLAN, COPIES, |pack, sources, workspace| {
        for (expression, given) in expected {
            let id = sources.add(Source::new("式", *expression));
            let answer = query(pack, sources, workspace, id, &Stop::default());
            assert_eq!(told(answer.unwrap_or_else(|f| panic!("{expression}: {f:?}"))), *given, "{expression}");
        }
    });
}

/// Rows come in another order where an index is sorted by what they are held against; why nothing is judged must not.
#[test]
fn a_reason_does_not_hang_on_the_order_of_rows() {
    for targets in
        ["R4: 運用, R5: 判読不能, R6: －", "R4: －, R5: 運用, R6: 判読不能", "R4: 判読不能, R5: －, R6: 運用"]
    {
        let plan = format!("指標 1 \"率\" {{\n  目標 {targets}\n}}\n");
        with(&plan, COPIES, |pack, sources, workspace| {
            for expression in ["すべて{t ∈ 目標 : t.値 ≤ 5}", "合計{t.値 | t ∈ 目標}", "種類数{t.値 + 1 | t ∈ 目標}"]
            {
                let id = sources.add(Source::new("式", expression));
                let answer = query(pack, sources, workspace, id, &Stop::default()).expect("an answer");
                assert_eq!(told(answer), ["qualitative"], "{expression} of {targets}");
            }
        });
    }
}

/// Two printings of one figure, held together by rules, and rules that compute with them or only hold them side by side.
const PRINTINGS: &str = "表 控え {
  位置 文書
  見出し 題 : 文字列
  行 控え行 {
    列 番号 : 番号
    列 甲 : 量 厳密 件
    列 乙 : 量 厳密 件
  }
}
規則 一 row-agrees {
  対象 a ∈ 控え行
  検査 同値(a.甲, a.乙)
  指摘 a.甲 \"{a.甲}\"
}
規則 二 rows-agree {
  対象 a ∈ 控え行
  検査 同値{ b.甲 | b ∈ 控え行, b.番号 = a.番号 }
  指摘 a.甲 \"{a.甲}\"
}
規則 三 row-sum {
  対象 a ∈ 控え行
  検査 a.甲 + a.甲 = 6件
  指摘 a.甲 \"{a.甲}\"
}
規則 四 row-product {
  対象 a ∈ 控え行
  検査 a.甲 × 2 = 6件
  指摘 a.甲 \"{a.甲}\"
}
規則 五 row-plain {
  対象 a ∈ 控え行
  検査 a.甲 = 3件
  指摘 a.甲 \"{a.甲}\"
}
規則 八 row-filled {
  対象 a ∈ 控え行
  検査 補う(a.甲, 0件) = 3件
  指摘 a.甲 \"{a.甲}\"
}
規則 六 year-agrees {
  対象 i ∈ 指標
  検査 同値(i.目標[R4], i.実績[R4])
  指摘 i \"{i.目標[R4]}\"
}
規則 七 year-sum {
  対象 i ∈ 指標
  検査 i.目標[R4] + i.目標[R4] = 6件
  指摘 i \"{i.目標[R4]}\"
}
";

/// Rows of `控え` as `番号 甲 乙`.
fn printings(rows: &[(usize, u32, u32)]) -> String {
    let row = |(n, a, b): &(usize, u32, u32)| format!("  | {n} | {a}件 | {b}件 |\n");
    let rows: String = rows.iter().map(row).collect();
    format!("控え \"例\" {{\n  | 番号 | 甲 | 乙 |\n{rows}}}\n")
}

/// One slip makes one finding: with a figure that is printed in two ways nothing is computed, but it is still held against
/// others as it is printed.
#[test]
fn a_figure_in_dispute_is_not_computed_with_but_compared() {
    let said = |plan: &str, names: &[&str]| {
        let [planned, plain] = [Strategy::Planned, Strategy::NestedLoop]
            .map(|way| run(plan, PRINTINGS, names, way, &Stop::default()))
            .map(|said| (said.violated, said.skipped));
        assert_eq!(planned, plain, "{names:?}");
        planned
    };
    let names = |all: &[&str]| all.iter().map(|&n| n.to_owned()).collect::<Vec<_>>();
    let conflict = |all: &[&str]| all.iter().map(|&n| (n.to_owned(), Why::Conflict)).collect::<BTreeSet<_>>();
    let across = printings(&[(1, 4, 5)]);
    let below = printings(&[(1, 4, 4), (1, 5, 5)]);
    let years = "指標 1 \"率\" {\n  目標 R4: 4件\n  実績 R4: 5件\n}\n";
    for (plan, rules, violated, skipped) in [
        (&*across, &["row-agrees", "row-sum", "row-product"][..], &["row-agrees"][..], &["row-sum", "row-product"][..]),
        (&across, &["row-agrees", "row-plain"], &["row-agrees", "row-plain"], &[]),
        (&across, &["row-agrees", "row-filled"], &["row-agrees"], &["row-filled"]),
        (&across, &["row-sum", "row-product"], &["row-sum", "row-product"], &[]),
        (&below, &["rows-agree", "row-sum"], &["rows-agree", "rows-agree"], &["row-sum"]),
        (years, &["year-agrees", "year-sum"], &["year-agrees"], &["year-sum"]),
    ] {
        assert_eq!(said(plan, rules), (names(violated), conflict(skipped)), "{rules:?}");
    }
}

/// However many threads walk them, all rules know what is in dispute, and the run knows how much they find and look at.
#[test]
fn what_a_run_knows_all_its_threads_know() {
    let rows: Vec<(usize, u32, u32)> = (1..=3_000).map(|n| (n, 3 + u32::from(n == 7), 3)).collect();
    let plan = printings(&rows);
    let said = run(&plan, PRINTINGS, &["row-agrees", "row-sum", "row-product"], Strategy::Planned, &Stop::default());
    assert_eq!(said.violated, ["row-agrees"]);
    let wrong = printings(&rows.iter().map(|(n, ..)| (*n, 4, 4)).collect::<Vec<_>>());
    for (limit, met) in [
        (Limit::Findings(5_999), Some(Limit::Findings(5_999))),
        (Limit::Findings(6_000), None),
        (Limit::Steps(0), Some(Limit::Steps(0))),
        (Limit::Steps(1), None),
    ] {
        let stop = Stop::default();
        stop.allow(limit);
        let _ = run(&wrong, PRINTINGS, &["row-sum", "row-product"], Strategy::Planned, &stop);
        assert_eq!(stop.met(), met, "{limit:?}");
    }
}

/// A row is counted once however often the run is told: one that stays below the limit of its steps is not ended for them.
#[test]
fn rows_are_counted_once() {
    let rows: Vec<(usize, u32, u32)> = (1..=50).map(|n| (n, 3, 3)).collect();
    with(&printings(&rows), PRINTINGS, |pack, sources, workspace| {
        // To be shown it is computed three or four times: 50³ rows each, which is less than a million.
        let expression = "件数{a ∈ 控え行, b ∈ 控え行, c ∈ 控え行, a.番号 + b.番号 > c.番号 + 1000}";
        let id = sources.add(Source::new("式", expression));
        let met = |most| {
            let stop = Stop::default();
            stop.allow(Limit::Steps(most));
            query(pack, sources, workspace, id, &stop).unwrap().met
        };
        assert_eq!((met(1), met(0)), (None, Some(Limit::Steps(0))));
    });
}

/// What a definition looks at is the run's, not that of the rule which asked first: `--verbose` must not name another rule as
/// the slow one each time.
#[test]
fn rows_of_a_definition_are_counted_apart() {
    let plan: String =
        (1..=40).map(|n| format!("指標 {n} \"率{n}\"\n")).collect::<String>() + &printings(&[(1, 3, 3), (2, 3, 3)]);
    let rules = PRINTINGS.to_owned()
        + COPIES
        + "規則 九 copies-counted {\n  対象 a ∈ 控え行\n  検査 件数{ x ∈ 写し } = 40\n  指摘 a.甲 \"{a.甲}\"\n}\n";
    let said = run(&plan, &rules, &["copies-counted"], Strategy::Planned, &Stop::default());
    assert!(said.violated.is_empty() && said.skipped.is_empty(), "{said:?}");
    assert_eq!((said.steps["copies-counted"], said.shared), (2 + 2 * 40, 40));
}
