//! Rows of one document are looked through where they are few, and found by an index where they are many: either way they are
//! the rows that the plain nested loops find.
use proptest::prelude::*;

use super::made::{ROLL, by_rules};

/// Pairs of rows of a document with one number and one name, in which a letter may be printed in several ways.
const RULES: &str = r#"規則 番号の対 numbers {
  対象 行 ∈ 欄, 元 ∈ 欄
  前提 元.文書 = 行.文書, 元.番号 = 行.番号, 元.行番 < 行.行番
  検査 元.額 は なし
  指摘 行.行番 "{行.文書.記号} {行.行番} {元.行番}"
}
規則 名の対 labels {
  対象 行 ∈ 欄, 元 ∈ 欄
  前提 元.文書 = 行.文書, 元.名 = 行.名, 行.額 ≥ 元.額
  検査 元.行番 = 行.行番
  指摘 行.行番 "{行.文書.記号} {行.行番} {元.行番}"
}
規則 両方の対 both {
  対象 行 ∈ 欄
  検査 否 ある{ 元 ∈ 欄, 元.文書 = 行.文書, 元.名 = 行.名, 元.番号 = 行.番号, 元.行番 ≠ 行.行番 }
  指摘 行.行番 "{行.文書.記号} {行.行番}"
}
規則 件数 count {
  対象 行 ∈ 欄
  検査 件数{ 元 ∈ 欄, 元.文書 = 行.文書, 元.番号 = 行.番号, 元.名 は ある } = 1
  指摘 行.行番 "{行.文書.記号} {行.行番}"
}
"#;

/// Rows of a document: a number, a name and an amount each.
type Rows = Vec<(&'static str, &'static str, &'static str)>;

fn rows(most: usize) -> impl Strategy<Value = Rows> {
    let of = prop::sample::select::<&'static str>;
    let number = prop_oneof![12 => of(vec!["1", "2", "３"]), 1 => of(vec!["", "判読不能"])];
    let name = prop_oneof![12 => of(vec!["AI", "ＡＩ", "ａi", "道", "1"]), 1 => of(vec!["", "判読不能"])];
    let amount = prop_oneof![6 => of(vec!["1件", "2件"]), 1 => of(vec!["", "判読不能", "検討"])];
    prop::collection::vec((number, name, amount), 0..most)
}

fn plan(documents: &[Rows]) -> String {
    let mut out = String::new();
    for (n, rows) in documents.iter().enumerate() {
        out.push_str(&format!("文書 甲{n} {{}}\n名簿 {{\n| 行番 | 番号 | 名 | 額 |\n"));
        for (line, (number, name, amount)) in (1..).zip(rows) {
            out.push_str(&format!("| {line} | {number} | {name} | {amount} |\n"));
        }
        out.push_str("}\n");
    }
    out
}

fn agree(documents: &[Rows]) -> Result<(), TestCaseError> {
    let text = plan(documents);
    let (planned, plain) = by_rules(&text, Some(&(ROLL.to_owned() + RULES)));
    prop_assert!(
        documents.iter().all(|rows| rows.len() < 20) || !planned.violations.is_empty(),
        "rules that say nothing"
    );
    prop_assert_eq!(&planned.violations, &plain.violations, "{}", text);
    prop_assert_eq!(&planned.skipped, &plain.skipped, "{}", text);
    Ok(())
}

proptest! {
    /// A row that is passed over is a finding less; one of another document, or of another name, is a finding too many.
    #[test]
    fn rows_of_a_document_are_found_however_their_names_are_printed(documents in prop::collection::vec(rows(40), 1..4)) {
        agree(&documents)?;
    }
}

/// The longest document that is looked through, the shortest that is not, and one beside it.
#[test]
fn a_document_of_many_rows_is_asked_the_same_as_one_of_few() {
    let row = |n: usize| {
        (["1", "2", "3", "判読不能"][n % 4], ["AI", "ＡＩ", "道", "", "判読不能"][n % 5], ["1件", ""][n % 2])
    };
    for rows in [255, 256, 257] {
        let long: Rows = (0..rows).map(row).collect();
        agree(&[vec![row(0), row(5), row(10)], long, vec![row(0)]]).expect("both ways agree");
    }
}

/// One torn cell of a key, whichever it is and wherever it stands, leaves open whether there is such a row.
#[test]
fn a_key_that_is_torn_in_any_part_leaves_open_whether_there_is_a_row() {
    let rules = ROLL.to_owned()
        + "表 要約 = digest {\n  位置 文書\n  行 項 = item {\n    列 番号 = number : 番号\n    列 名 = label : 文字列\n  }\n}\n"
        + "規則 有無 found {\n  対象 行 ∈ 項\n  検査 ある{ 元 ∈ 欄, 元.文書 = 行.文書, 元.名 = 行.名, 元.番号 = 行.番号 }\n  指摘 行.番号 \"なし\"\n}\n";
    let asked = "要約 {\n| 番号 | 名 |\n| 1 | AI |\n}\n";
    let told = |rows: &[(&'static str, &'static str, &'static str)]| {
        let text = plan(&[rows.to_vec()]).replace("名簿 {", &format!("{asked}名簿 {{"));
        let (planned, plain) = by_rules(&text, Some(&rules));
        assert_eq!((&planned.violations, &planned.skipped), (&plain.violations, &plain.skipped), "{text}");
        planned.violations.iter().any(|v| v.message.ja == "なし")
    };
    assert!(told(&[("2", "AI", "1件"), ("1", "道", "1件")]));
    assert!(!told(&[("判読不能", "AI", "1件"), ("2", "道", "1件")]));
    assert!(!told(&[("1", "判読不能", "1件"), ("2", "道", "1件")]));
    assert!(!told(&[("判読不能", "AI", "1件"), ("判読不能", "道", "1件")]));
    assert!(told(&[("判読不能", "道", "1件"), ("判読不能", "道", "1件")]));
}

/// Which rows are judged must not hang on their order, nor on how many others are torn.
#[test]
fn rows_with_torn_keys_are_judged_within_their_document_however_many_they_are() {
    let rows: Rows = (0..200).map(|_| ("判読不能", "AI", "1件")).collect();
    let rules = ROLL.to_owned()
        + "規則 元 origin {\n  対象 行 ∈ 欄\n  検査 ある{ 元 ∈ 欄, 元.文書 = 行.文書, 元.行番 = 行.番号, 元.名 = \"本体\" }\n  指摘 行.行番 \"{行.行番}\"\n}\n";
    let (planned, plain) = by_rules(&plan(&[rows]), Some(&rules));
    assert_eq!(planned.violations.len(), 200);
    assert_eq!(planned.violations, plain.violations);
}
