//! What a finding is known by: the way to its place, by numbers and names that stay.
use totsugo::findings::{Finding, Identities, Label};
use totsugo::plan::RowRef;
use totsugo::rules::{Pack, read_plans};
use totsugo::text::{Severity, Source, Sources, Span, Wording};

const OWN: &str = "表 区画 = plot {\n  位置 文書\n  見出し 名称 = name : 文字列\n  系列 用途 = use : 符号\n}\n";

const PLAN: &str = r#"文書 甲 {
  年度 R4
}
分野 Ⅰ-1 "分野" {
  事業 7 "道" {
    指標 3 "率" {
      目標 R4: 5件, R5: 250件 (変更前: 121件), R6: ①500時間 ②50企業
      状況 R5: 達成
    }
  }
}
予算 "内訳" R4 {
  | 費目 | 金額 | 備考 |
  | 旅費 | 5円 | 往復 |
}
区画 "北" {
  用途 R5: A
}
"#;

fn finding(span: Span, related: &[Span]) -> Finding {
    Finding {
        rule: "x".into(),
        name: Wording::both("x"),
        severity: Severity::Error,
        message: Wording::default(),
        help: None,
        span,
        related: related.iter().map(|span| Label { span: *span, message: Wording::default() }).collect(),
        fix: None,
        is_fault: false,
        folded: Vec::new(),
    }
}

/// The way to a cell, by its relation, the row of that relation and the column.
fn place(relation: &str, row: u32, column: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let own = sources.add(Source::new("own.rules", OWN));
    let pack = Pack::load(&mut sources, &[own]);
    let id = sources.add(Source::new("a.plan", PLAN));
    let workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..PLAN.len()), "甲".to_owned())]);
    let facts = &workspace.facts;
    let relation = facts.vocabulary.relation(relation).expect("a relation");
    let column = facts.vocabulary.column(relation, column).expect("a column");
    let finding = finding(facts.place(RowRef { relation, row }, column, &sources), &[]);
    Identities::new(std::slice::from_ref(&finding), &sources, facts).of(&finding).place
}

/// A way with the printed figure in it would be another one when the figure is mended, and what is known of it would come up
/// as new; parts of one figure with one way would be taken for each other.
#[test]
fn a_figure_by_year_is_told_by_year_and_part_and_not_by_what_is_printed() {
    let way = |more: &[&'static str]| [&["分野 Ⅰ-1", "事業 道", "指標 率"], more].concat();
    assert_eq!(place("目標", 0, "値"), way(&["目標 R4"]));
    assert_eq!(place("目標", 1, "変更前"), way(&["目標 R5", "変更前"]));
    assert_eq!(place("目標", 3, "値"), way(&["目標 R6 2"]));
    assert_eq!(place("状況", 0, "値"), way(&["状況 R5"]));
    assert_eq!(place("用途", 0, "値"), ["区画 北", "用途 R5"]);
}

#[test]
fn a_row_of_a_table_is_told_by_its_first_name() {
    assert_eq!(place("予算行", 0, "金額"), ["予算 内訳 R4", "予算行 旅費", "金額"]);
}

/// A check of one document must not call a finding gone that only the other document could tell.
#[test]
fn a_finding_names_the_other_documents_that_it_points_at() {
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let spans: Vec<Span> = ["甲", "乙", "丙"]
        .map(|code| {
            let text = format!("文書 {code}\n指標 1 \"率\"\n");
            let end = text.len();
            Span::new(sources.add(Source::new(format!("{code}.plan"), text)), 0..end)
        })
        .to_vec();
    let files: Vec<_> = spans.iter().map(|span| (*span, "x".to_owned())).collect();
    let workspace = read_plans(&pack, &sources, &files);
    let at = |n: usize| Span::new(spans[n].source, spans[n].range().end - 4..spans[n].range().end - 1);
    let finding = finding(at(0), &[at(0), at(1)]);
    let identities = Identities::new(std::slice::from_ref(&finding), &sources, &workspace.facts);
    assert_eq!(identities.others(&finding).into_iter().collect::<Vec<_>>(), ["乙"]);
}
