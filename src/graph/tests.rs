#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::plan::{Builder, Cell, ColumnId, Facts, RelationId, Vocabulary};
use crate::syntax::{plan, rules};
use crate::text::SourceId;

/// The facts and references of some plans, by the built-in vocabulary.
fn build(plans: &[&str]) -> (Facts, Graph) {
    build_with("", plans)
}

/// As [`build`], with more tables.
fn build_with(tables: &str, plans: &[&str]) -> (Facts, Graph) {
    let words = include_str!("../../rules/vocabulary.rules").to_owned() + tables;
    let words = rules::parse(SourceId(0), &words).file;
    let (vocabulary, faults) = Vocabulary::load(&words.relations, &words.units);
    assert_eq!(faults, vec![]);
    let (mut builder, mut wrong) = (Builder::new(vocabulary), Vec::new());
    for (n, text) in plans.iter().enumerate() {
        let source = SourceId(u32::try_from(n).unwrap() + 1);
        let parsed = plan::parse(source, text, 0..text.len());
        assert_eq!(parsed.faults, vec![]);
        builder.add_document_file(source, &format!("d{n}"), text, &parsed.statements, &mut wrong);
    }
    assert_eq!(wrong, vec![]);
    let facts = builder.finish();
    let graph = Graph::build(&facts);
    (facts, graph)
}

fn row(facts: &Facts, relation: &str, row: u32) -> RowRef {
    RowRef { relation: facts.vocabulary.relation(relation).unwrap(), row }
}

/// Where the reference in a column of a row points.
fn target(facts: &Facts, graph: &Graph, from: RowRef, column: &str) -> Resolved {
    let column: ColumnId = facts.vocabulary.column(from.relation, column).unwrap();
    match facts.cell(from, column) {
        Cell::Reference(id) => graph.target(id),
        other => panic!("{other:?} is no reference"),
    }
}

#[test]
fn a_re_listing_points_to_the_original_of_its_number_not_to_another_re_listing() {
    let (facts, graph) = build(&[
        "再掲 事業 No3 \"写し\"\n事業 3 \"元\"\n再掲 事業 No3 \"写し\"\n再掲 事業 No9 \"迷子\"\n再掲 事業 \"無番号\"\n",
    ]);
    let at = |n| target(&facts, &graph, row(&facts, "事業", n), "再掲");
    assert_eq!(at(0), Resolved::Row(row(&facts, "事業", 1)));
    assert_eq!(at(2), Resolved::Row(row(&facts, "事業", 1)));
    assert_eq!((at(3), at(4)), (Resolved::Dangling, Resolved::Nothing));
    // Without an original two re-listings of a number point at each other: the circle is told with both.
    let (facts, graph) = build(&["事業 1 \"甲\"\n事業 9 \"乙\" { 再掲 No9 }\n事業 9 \"丙\" { 再掲 No9 }\n"]);
    let at = |n| target(&facts, &graph, row(&facts, "事業", n), "再掲");
    let nines = [row(&facts, "事業", 1), row(&facts, "事業", 2)];
    assert_eq!((at(1), at(2)), (Resolved::Row(nines[1]), Resolved::Row(nines[0])));
}

#[test]
fn a_name_is_found_in_the_document_and_field_that_the_reference_names() {
    let (facts, graph) = build(&[
        "文書 甲\n分野 Ⅰ-1 \"a\" { 指標 \"率\" }\n分野 Ⅰ－２ \"b\" { 指標 \"率\" }\n",
        "文書 乙\n指標 \"割合\"\n同一 甲:I-2:\"率\" = 乙:\"割合\"\n同一 甲:\"無い\" = 丙:\"割合\"\n",
    ]);
    let same = |n, column| target(&facts, &graph, row(&facts, "同一", n), column);
    assert_eq!(same(0, "左"), Resolved::Row(row(&facts, "指標", 1)));
    assert_eq!(same(0, "右"), Resolved::Row(row(&facts, "指標", 2)));
    assert_eq!((same(1, "左"), same(1, "右")), (Resolved::Dangling, Resolved::Dangling));
}

#[test]
fn one_thing_in_several_editions_is_one_class_and_strangers_are_not() {
    let (facts, graph) = build(&[
        "文書 甲 { 年度 R5 }\n指標 \"ＡＩの活用\"\n指標 \"旧名\"\n",
        "文書 乙 { 年度 R6; 前版 甲 }\n指標 \"AIの 活用\"\n指標 \"新名\"\n同一 甲:\"旧名\" = 乙:\"新名\"\n",
        "文書 丙 { 年度 R6 }\n指標 \"AIの活用\"\n",
    ]);
    let group = |n| graph.group(row(&facts, "指標", n));
    assert_eq!(group(0), group(2), "the same name in the next edition, whatever its width");
    assert_eq!(group(1), group(3), "declared the same");
    assert_ne!(group(0), group(4), "another series of documents");
    assert_ne!(group(0), group(1));
    assert_eq!(graph.series(0), graph.series(1));
    assert_ne!(graph.series(0), graph.series(2));
    let (_, graph) = build(&["文書 甲 { 方針 乙 }\n", "文書 乙 { 年度 R6 }\n"]);
    assert_ne!(graph.series(0), graph.series(1), "a plan is no edition of the policy that it follows");
}

#[test]
fn rows_on_a_cycle_are_known_and_a_long_chain_is_followed() {
    let (facts, graph) = build(&[
        "文書 甲 { 前版 丙 }\n文書 乙 { 前版 甲 }\n文書 丙 { 前版 乙 }\n文書 丁 { 前版 丙 }\n文書 戊 { 前版 戊 }\n",
    ]);
    let on: Vec<bool> = (0..5).map(|n| graph.on_cycle(RowRef { relation: RelationId(0), row: n })).collect();
    assert_eq!(on, [true, true, true, false, true]);
    let chain: String =
        (0..5_000).map(|n| format!("文書 版{n} {{ 前版 版{} }}\n", if n == 0 { 0 } else { n - 1 })).collect();
    let (_, graph) = build(&[&chain]);
    assert_eq!(graph.series(0), graph.series(4_999));
    assert_eq!(facts.vocabulary.relation("文書"), Some(RelationId(0)));
}

#[test]
fn a_reference_that_leads_nowhere_is_offered_the_most_similar_originals() {
    let (facts, graph) = build(&[
        "事業 1 \"電子申請の推進\"\n事業 2 \"電子決裁の推進\"\n事業 3 \"公用車\"\n再掲 事業 No9 \"電子申請の推進\"\n",
    ]);
    let reference = facts.references.iter().position(|r| r.from == row(&facts, "事業", 3)).unwrap();
    let offered = graph.candidates(&facts, u32::try_from(reference).unwrap());
    assert_eq!(offered.first(), Some(&row(&facts, "事業", 0)));
    assert!(!offered.contains(&row(&facts, "事業", 2)));
}

#[test]
fn the_name_that_was_written_is_looked_for_and_else_the_nearest_number() {
    let (facts, graph) =
        build(&["文書 甲\n指標 1 \"利用率\"\n指標 2 \"参加者数\"\n同一 甲:\"参加者の数\" = 甲:\"利用率\"\n"]);
    let reference = facts.references.iter().position(|r| r.from == row(&facts, "同一", 0)).unwrap();
    assert_eq!(graph.candidates(&facts, u32::try_from(reference).unwrap()), [row(&facts, "指標", 1)]);
    let (facts, graph) =
        build(&["事業 1 \"甲\"\n事業 8 \"乙\"\n事業 12 \"丙\"\n事業 \"丁\"\n再掲 事業 No9 \"公用車の更新\"\n"]);
    let reference = facts.references.iter().rposition(|r| r.from == row(&facts, "事業", 4)).unwrap();
    let offered = graph.candidates(&facts, u32::try_from(reference).unwrap());
    assert_eq!(offered, [1, 2, 0].map(|n| row(&facts, "事業", n)));
}

/// Seventeen programs that each count their 件数 are seventeen indicators: last year's must not be held against all of them.
#[test]
fn a_name_that_many_bear_identifies_none_of_them() {
    let many = |count: usize| {
        let all: String = (1..=count).map(|n| format!("指標 {n} \"件数\"\n")).collect();
        let (facts, graph) =
            build(&[&format!("文書 甲\n{all}再掲 指標 No1 \"件数\"\n"), "文書 乙 { 前版 甲 }\n指標 1 \"件数\"\n"]);
        let group = |n: usize| graph.group(row(&facts, "指標", u32::try_from(n).unwrap()));
        (group(0) == group(1), group(0) == group(count), group(0) == group(count + 1))
    };
    assert_eq!(many(16), (true, true, true), "the same indicator printed again, by the mark, in the next edition");
    assert_eq!(many(17), (false, true, false), "only the mark still says that two are one");
}

#[test]
fn a_reference_that_leads_nowhere_is_offered_by_the_name_it_gives_or_the_nearest_numbers() {
    let (facts, graph) = build(&[
        "文書 甲\n指標 8 \"電子申請の利用率\"\n指標 20 \"公用車の台数\"\n指標 1 \"職員の満足度\"\n指標 3 \"会議の時間\"\n\
         再掲 指標 No9 \"zzz\"\n同一 甲:\"電子申請の利用件数率\" = 甲:\"公用車の台数\"\n",
    ]);
    let offered = |from: RowRef, column| {
        let column = facts.vocabulary.column(from.relation, column).unwrap();
        let Cell::Reference(reference) = facts.cell(from, column) else { panic!("no reference") };
        graph.candidates(&facts, reference)
    };
    let indicators = |numbers: &[u32]| numbers.iter().map(|n| row(&facts, "指標", *n)).collect::<Vec<_>>();
    assert_eq!(
        offered(row(&facts, "同一", 0), "左"),
        indicators(&[0]),
        "the name is that of the reference, not of its row"
    );
    assert_eq!(offered(row(&facts, "指標", 4), "再掲"), indicators(&[0, 3, 2]), "8, 3 and 1 are nearest to 9");
}

#[test]
fn the_policy_of_a_plan_is_no_edition_of_it() {
    let (_, graph) = build(&["文書 甲 { 方針 乙 }\n文書 乙\n文書 丙 { 前版 甲 }\n"]);
    assert_ne!(graph.series(0), graph.series(1));
    assert_eq!(graph.series(0), graph.series(2));
}

/// A row of a table is called by its first cell; its figures are no name.
#[test]
fn a_label_holds_what_a_row_is_called_and_no_more() {
    let (facts, _) = build(&[
        "文書 甲 { 題名 \"計画\"; 発行 \"市\" }\n集計 \"a\" R4 {\n  | 項番 | 分野名 | 達成 |\n  | I-1 | 防災 | 4 |\n}\n指標 2 \"率\" { 単位 \"課\" }\n",
    ]);
    assert_eq!(label(&facts, row(&facts, "集計行", 0)), "集計行 I-1");
    assert_eq!(label(&facts, row(&facts, "文書", 0)), "文書 甲");
    assert_eq!(label(&facts, row(&facts, "指標", 0)), "指標 No2「率」");
}

#[test]
fn a_row_that_names_a_number_which_another_bears_too_means_the_other() {
    let table = "表 見本 = sample {\n  位置 文書\n  見出し 番号 = number : 番号\n  属性 対 = pair : 参照 見本\n}\n";
    let (facts, graph) = build_with(table, &["見本 1 { 対 1 }\n見本 1 { 対 1 }\n見本 1\n見本 2 { 対 2 }\n"]);
    let at = |n| target(&facts, &graph, row(&facts, "見本", n), "対");
    assert_eq!(at(0), Resolved::Row(row(&facts, "見本", 1)));
    assert_eq!(at(1), Resolved::Row(row(&facts, "見本", 0)));
    assert_eq!(at(3), Resolved::Row(row(&facts, "見本", 3)), "no other bears it");
}
