//! What becomes of the conditions of a query: a wrong choice here loses findings, or makes a rule look at every pair of rows.
#![allow(clippy::unwrap_used)]
use crate::rules::ir::{Access, Node, Step};
use crate::rules::pack::Pack;
use crate::text::{Source, Sources};

const TABLE: &str = "表 試し {\n  位置 文書\n  見出し 題 : 文字列\n  行 行 {\n    列 番号 : 番号\n    列 元 : 番号\n    \
                     列 年 : 年度\n    列 日 : 日付\n    列 名 : 文字列\n    列 額 : 量\n    列 有 : 真偽\n  }\n}\n";

/// The last step of each of these queries (対象, 前提) in words: how its rows are found, what is left out of its closer index
/// and how that is sorted, and what is asked of each row.
fn last_steps(queries: &[(&str, String)]) -> Vec<String> {
    let rule = |(n, (ranges, premises)): (usize, &(&str, String))| {
        format!("規則 任意{n} any-{n} {{\n  対象 {ranges}\n  前提 {premises}\n  検査 a.順 = 0\n  指摘 a \"甲\"\n}}\n")
    };
    let text = TABLE.to_owned() + &queries.iter().enumerate().map(rule).collect::<String>();
    let mut sources = Sources::default();
    let own = sources.add(Source::new("own.rules", text));
    let pack = Pack::load(&mut sources, &[own]);
    assert!(!pack.has_errors(), "{:?}", pack.faults);
    let typed = |n: usize| pack.typed(pack.find(&format!("any-{n}")).unwrap()).first().unwrap();
    (0..queries.len()).map(|n| shown(typed(n).query.plan.steps.last().unwrap(), &sources)).collect()
}

fn shown(step: &Step, sources: &Sources) -> String {
    let text = |node: &Node| sources.text(node.span).to_owned();
    let all = |nodes: &[Node]| nodes.iter().map(text).collect::<Vec<_>>().join("; ");
    let mut out = match &step.access {
        Access::Scan(_) => "scan".to_owned(),
        Access::List(list) => format!("list {}", text(list)),
        Access::Index(used) => {
            let keys: Vec<_> =
                used.keys.iter().map(|(own, other)| format!("{} by {}", text(own), text(other))).collect();
            format!("find {}", keys.join(", "))
        }
    };
    if let Access::Index(used) = &step.access
        && let Some(sharp) = &used.sharp
    {
        if !sharp.own.is_empty() {
            out += &format!(" where {}", all(&sharp.own));
        }
        if let Some(order) = &sharp.order {
            let end = if order.descending { "greatest" } else { "least" };
            out += &format!(", {end} {} first for {}", text(&order.by), text(&order.condition));
        }
    }
    if !step.filters.is_empty() {
        out += &format!(" if {}", all(&step.filters));
    }
    out
}

#[test]
fn rows_are_found_by_what_an_equation_says_of_them_alone() {
    let pair = "a ∈ 行, b ∈ 行";
    let cases = [
        (pair, "b.番号 = a.番号", "find b.番号 by a.番号"),
        (pair, "a.番号 = b.番号", "find b.番号 by a.番号"),
        (pair, "a.番号 + 1 = b.番号, b.名 = a.名", "find b.番号 by a.番号 + 1, b.名 by a.名"),
        (pair, "b.年 = R5", "find b.年 by R5"),
        (pair, "b.額 = a.額", "scan if b.額 = a.額"),
        (pair, "b.番号 ≠ a.番号", "scan if b.番号 ≠ a.番号"),
        (pair, "b.番号 = b.元", "scan if b.番号 = b.元"),
        (pair, "b.番号 + a.番号 = a.元", "scan if b.番号 + a.番号 = a.元"),
        (pair, "a.元 = b.番号 + a.番号", "scan if a.元 = b.番号 + a.番号"),
        // An index is shared between rules; a query in it would be asked for every row, whatever has been asked for.
        (pair, "最大{ b.年 | c ∈ 行 } = a.年", "scan if 最大{ b.年 | c ∈ 行 } = a.年"),
        (pair, "a.番号 は ある", "scan"),
        // A value of a set is no row of a table: it can only be held against others.
        ("a ∈ 指標, b ∈ a.担当", "b = a.名称", "list a.担当 if b = a.名称"),
    ];
    let queries: Vec<_> = cases.iter().map(|(ranges, premise, _)| (*ranges, (*premise).to_owned())).collect();
    assert_eq!(last_steps(&queries), cases.map(|case| case.2));
}

/// The closer index for rows of one document with a further condition: what is left out of it, and how it is sorted.
fn closer(ranges: &str, conditions: &[(&str, &str)]) {
    let queries: Vec<_> = conditions.iter().map(|(c, _)| (ranges, format!("b.文書 = a.文書, {c}"))).collect();
    let wanted: Vec<_> = conditions
        .iter()
        .map(|(condition, closer)| {
            let own = if closer.starts_with("own") { format!(" where {condition}") } else { String::new() };
            let order = match closer.trim_start_matches("own").trim_start() {
                "" => String::new(),
                order => format!(", {order} first for {condition}"),
            };
            format!("find b.文書 by a.文書{own}{order} if {condition}")
        })
        .collect();
    assert_eq!(last_steps(&queries), wanted);
}

#[test]
fn what_a_row_tells_by_itself_is_asked_of_it_once() {
    closer(
        "a ∈ 行, b ∈ 行",
        &[
            ("b.名 ≠ \"甲\"", "own"),
            ("b.名 含む \"甲\"", "own"),
            ("b.名 一致 \"甲+\"", "own"),
            ("b.番号 は ある", "own"),
            ("b.番号 ∈ {1, 2}", "own"),
            ("b.額 > 2件", "own"),
            ("否 b.有", "own"),
            ("否 (b.番号 は ある かつ b.年 は ある)", "own"),
            ("b.番号 は なし または b.年 は ある", "own"),
            ("b.試し.題 ≠ \"甲\"", "own"),
            ("b.順 ≠ b.番号", "own"),
            ("b.群 ≠ b.番号", "own"),
            ("b.番号 ≠ b.元", "own"),
            // What is computed hangs on figures that may be in dispute, a query on other rows, and these on the other row.
            ("補う(b.額, 0) = 1", ""),
            ("b.番号 + 1 ≠ 2", ""),
            ("ある{ c ∈ 行, c.番号 = b.番号 }", ""),
            ("b.番号 ≠ a.番号", ""),
            ("否 (b.番号 は ある かつ a.年 は ある)", ""),
        ],
    );
    closer("a ∈ 事業, b ∈ 事業", &[("否 b.再掲", "own"), ("b.再掲先.名称 ≠ \"甲\"", "own")]);
    closer("a ∈ 事業, b ∈ 指標", &[("b.文書.系列 ≠ b.順", "own")]);
}

#[test]
fn rows_are_sorted_so_that_those_which_meet_a_condition_stand_first() {
    closer(
        "a ∈ 行, b ∈ 行",
        &[
            ("b.番号 < a.番号", "least b.番号"),
            ("b.年 ≤ a.年", "least b.年"),
            ("b.日 > a.日", "greatest b.日"),
            ("b.順 ≥ a.順", "greatest b.順"),
            ("a.番号 < b.番号", "greatest b.番号"),
            ("a.年 ≥ b.年", "least b.年"),
            ("b.番号 > 3", "own greatest b.番号"),
            ("b.番号 < a.番号 + a.元", "least b.番号"),
            // Nothing that rows could be sorted by once for all: figures have units, and these are computed or no order.
            ("b.額 < a.額", ""),
            ("b.番号 < a.額", ""),
            ("b.番号 + 1 < a.番号", ""),
            ("b.番号 < b.順", "own"),
            ("b.番号 + a.番号 < a.元", ""),
        ],
    );
}
