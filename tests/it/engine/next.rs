//! Rows that follow each other: the row after the one that answered last is looked at first.
use proptest::prelude::*;

use super::made::{ROLL, by_rules};

const RULES: &str = r#"規則 飛び any {
  対象 行 ∈ 欄
  検査 ある{ 前 ∈ 欄, 前.文書 = 行.文書, 前.番号 = 行.番号 - 1, 前.印 は ある }
  指摘 行.行番 "{行.行番}"
}
"#;

/// A cell of a number: mostly one more than in the row above, now and then another one, nothing, or torn.
fn cells() -> impl proptest::strategy::Strategy<Value = Vec<(u8, bool)>> {
    prop::collection::vec(
        (prop_oneof![8 => Just(0_u8), 1 => 1..4_u8, 1 => Just(4), 1 => Just(5)], prop::bool::weighted(0.8)),
        1..30,
    )
}

fn plan(cells: &[(u8, bool)]) -> String {
    let mut out = "文書 甲 {}\n名簿 {\n| 行番 | 番号 | 印 |\n".to_owned();
    for (line, (kind, marked)) in (1..).zip(cells) {
        let text = match kind {
            0 => line.to_string(),
            1..4 => (line + i32::from(*kind) - 2).to_string(),
            4 => String::new(),
            _ => "判読不能".to_owned(),
        };
        out.push_str(&format!("| {line} | {text} | {} |\n", if *marked { "○" } else { "" }));
    }
    out + "}\n"
}

proptest! {
    /// A number that is missing before a row, and is not told, is what these rules are for; one that is there, and is told, sends
    /// people to look for nothing.
    #[test]
    fn a_gap_is_told_where_one_is(cells in cells()) {
        let text = plan(&cells);
        let (planned, plain) = by_rules(&text, Some(&(ROLL.to_owned() + RULES)));
        prop_assert_eq!(&planned.violations, &plain.violations, "{}", text);
        prop_assert_eq!(&planned.skipped, &plain.skipped, "{}", text);
        // Reckoned apart: with nothing torn a row has a gap if its number is printed and no marked row has the one before.
        if cells.iter().all(|(kind, _)| *kind < 4) {
            let numbers: Vec<i32> = (1..).zip(&cells).map(|(n, (kind, _))| if *kind == 0 { n } else { n + i32::from(*kind) - 2 }).collect();
            let before = |n: i32| numbers.iter().zip(&cells).any(|(number, (_, marked))| *marked && *number == n - 1);
            let gaps: Vec<String> = (1..).zip(&numbers).filter(|(_, n)| !before(**n)).map(|(line, _): (usize, _)| line.to_string()).collect();
            let told: Vec<String> = planned.violations.iter().map(|v| v.message.ja.clone()).collect();
            prop_assert_eq!(told, gaps, "{}", text);
        }
    }
}
