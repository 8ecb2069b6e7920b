//! Sheets too large to be held: what is found in them is what is found in small ones.
use std::fmt::Write as _;

use super::run::{folder, totsugo};

const MAPPING: &str = "files: [\"*.csv\"]\ntables:\n  - columns:\n      文書: { 記号: 文書 }\n      一覧: { 名称: { value: 一覧 } }\n      項: { 番号: 番号, 名称: 名称, 目標: 目標, 実績: 実績 }\n";

const RULES: &str = "表 一覧 = list {\n  位置 文書\n  見出し 名称 = name : 文字列\n  行 項 = entry {\n    列 番号 = number : 番号\n    列 名称 = name : 文字列\n    列 目標 = target : 量\n    列 実績 = actual : 量\n  }\n}\n\n規則 目標超過 over {\n  重大度 誤り\n  対象 行 ∈ 項\n  検査 行.実績 ≤ 行.目標\n  指摘 行.実績 \"{行.番号}「{行.名称}」の実績{行.実績}は目標{行.目標}を超えています。\"\n  参考 行.目標 \"目標\"\n}\n\n規則 番号重複 twice {\n  重大度 誤り\n  対象 行 ∈ 項\n  検査 件数{ 別 ∈ 項, 別.文書 = 行.文書, 別.番号 = 行.番号 } = 1\n  指摘 行.番号 \"{行.番号}が二つあります。\"\n}\n";

/// A list of so many rows; every thousandth is wrong. `last` is one more line.
fn sheet(rows: usize, last: &str) -> String {
    let mut out = String::from("文書,番号,名称,備考,目標,実績\r\n");
    for n in 0..rows {
        let (document, number) = (n / 100, n % 100 + 1);
        let number = if n % 3_000 == 2_999 { number - 1 } else { number };
        let actual = if n % 1_000 == 500 { "1001件" } else { "９９件" };
        // Writing to a String cannot fail.
        let _ = write!(out, "D{document:05},{number},窓口の手続 その{n},読まれない備考の欄です。,1000件,{actual}\r\n");
    }
    out + last
}

fn found(text: &str) -> String {
    let place =
        folder(&[("a.csv", text.as_bytes()), ("a.mapping.yaml", MAPPING.as_bytes()), ("a.rules", RULES.as_bytes())]);
    let told =
        totsugo(place.path(), &["check", ".", "--select", "over", "--select", "twice", "--format", "jsonl"], &[]);
    let ours = |line: &&str| line.contains("\"rule\":\"over\"") || line.contains("\"rule\":\"twice\"");
    let kept = told.out.lines().filter(ours);
    kept.map(|line| format!("{line}\n")).collect()
}

/// The country in one file is checked as a city is: the same findings, at the same cells, with the same words.
#[test]
fn a_sheet_that_is_not_held_gives_the_findings_of_one_that_is() {
    const ROWS: usize = 90_000;
    let large = sheet(ROWS, "");
    assert!(large.len() > 1 << 23, "large enough not to be held: {}", large.len());
    // One quote, and the file is held as a whole.
    let held = sheet(ROWS, "D00899,\"101\",窓口,,1000件,1件\r\n");
    let (one, other) = (found(&large), found(&held));
    assert_eq!(one.lines().count(), ROWS / 1_000 + 2 * ROWS / 3_000, "{one:.400}");
    assert!(one.contains("a.csv F502") && one.contains("1001件"), "{one:.400}");
    assert!(one == other, "{one:.400}\n{other:.400}");
}

/// A row with too many cells, a figure that is none and a missing one are told at their cells in a large file too.
#[test]
fn what_is_wrong_far_down_in_a_large_sheet_is_told_there() {
    let rows = 90_000;
    let text = sheet(rows, "D00899,101,窓口,,1000件,1件,8,9\r\nD00899,102,窓口,,12,34,1件\r\n#REF!,103,,,一覧,1件");
    let place =
        folder(&[("a.csv", text.as_bytes()), ("a.mapping.yaml", MAPPING.as_bytes()), ("a.rules", RULES.as_bytes())]);
    let told = totsugo(place.path(), &["check", ".", "--select", "twice", "--format", "concise"], &[]);
    for cell in ["a.csv:90002:", "a.csv:90003:", "a.csv:90004:"] {
        assert!(told.out.contains(cell), "{cell}: {}", told.out);
    }
}
