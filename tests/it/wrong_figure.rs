//! Which figure is wrong: what a reader sees of it in every form, and what it does not claim.
use super::run::{Ran, folder, home, totsugo};
use serde_json::Value;

/// A table of p, c and t, and the rules of the literature on it.
const RULES: &str = r#"
表 収支 = ledger {
  位置 文書
  見出し 名称 = name : 文字列
  行 収支行 = ledger-row {
    列 P = p : 量 厳密
    列 C = c : 量 厳密
    列 T = t : 量 厳密
  }
}
規則 差引 balance { 重大度 誤り 対象 行 ∈ 収支行 検査 行.P + 行.C = 行.T 指摘 行.T "{行.P} + {行.C} は {行.T} でない" }
規則 割合 ratio { 重大度 誤り 対象 行 ∈ 収支行 検査 行.C ≥ 60% × 行.T 指摘 行.C "{行.C} は {行.T} の六割に満たない" }
規則 非負 positive { 重大度 誤り 対象 行 ∈ 収支行 検査 行.P ≥ 0 かつ 行.C ≥ 0 かつ 行.T ≥ 0 指摘 行.P "負の数" }
"#;

fn on_ledger(row: &str, more: &[&str]) -> Ran {
    let plan = format!("収支 \"例\" {{\n  | P | C | T |\n  {row}\n}}\n");
    let place = folder(&[("a.plan", plan.as_bytes()), ("a.rules", RULES.as_bytes())]);
    let quiet = ["check", "--ignore", "missing-tests", "--ignore", "missing-explanation", "--format", "json"];
    totsugo(place.path(), &[&quiet[..], more].concat(), &[])
}

fn findings(ran: &Ran) -> Vec<Value> {
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    report["findings"].as_array().expect("a list").clone()
}

/// Fellegi and Holt's examples, as statistics offices hand them on: the least set of figures, not those that failed rules name.
#[test]
fn the_vectors_of_error_localization_are_solved() {
    let found = findings(&on_ledger("| 755 | 125 | 200 |", &[]));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0]["rule"].as_str(), found[0]["text"].as_str()), (Some("wrong-figure"), Some("755")));
    assert_eq!(found[0]["fix"]["text"], "75");
    assert_eq!(found[0]["fix"]["safe"], true, "no other figure would do");
    assert_eq!(found[0]["folded"][0]["rule"], "balance");
    // profit = turnover − cost, cost ≥ 0.6·turnover: the profit, however large it is.
    let found = findings(&on_ledger("| 10000000000 | 200 | 300 |", &[]));
    assert_eq!((found[0]["rule"].as_str(), found[0]["text"].as_str()), (Some("wrong-figure"), Some("10000000000")));
    assert_eq!(found[0]["fix"]["text"], "100");
}

#[test]
fn asked_not_to_the_program_shows_each_finding() {
    let found = findings(&on_ledger("| 755 | 125 | 200 |", &["--no-localize"]));
    assert_eq!((found[0]["rule"].as_str(), found[0]["text"].as_str()), (Some("balance"), Some("200")));
    assert!(found[0].get("folded").is_none());
    let ignored = on_ledger("| 755 | 125 | 200 |", &["--ignore", "wrong-figure"]);
    assert_eq!(findings(&ignored), found, "as for any other finding");
}

/// Two equations that both read two wrong figures: neither tells one of them without the other, both together do. Here a chart
/// whose parts, as they stand, neither add up nor give the share.
#[test]
fn two_figures_that_two_equations_leave_open_one_by_one_are_found_together() {
    let chart = |set: &str, reached: &str, rest: &str| {
        format!(
            "文書 甲 {{ 年度 R5 }}\n図表 \"全体\" R5 {{\n  | 区分 | 件数 | 割合 |\n  | KPI設定 | {set}事業 | 100% |\n  | 達成 | {reached}事業 | 58% |\n  | 一部達成 | {rest}事業 | - |\n}}\n"
        )
    };
    let on = |text: String| {
        let place = folder(&[("a.plan", text.as_bytes())]);
        findings(&totsugo(place.path(), &["check", ".", "--format", "json"], &[]))
    };
    assert_eq!(on(chart("12", "7", "5")), Vec::<Value>::new());
    // 27 + 5 is not 21, and 27 of 21 are not 58 %: 7 and 12, as 27 alone or 21 alone cannot be mended.
    let found = on(chart("21", "27", "5"));
    assert_eq!(found.len(), 1, "{found:#?}");
    let message = found[0]["message"].as_str().unwrap_or_default();
    assert!(message.contains("21事業 → 12事業") && message.contains("27事業 → 7事業"), "{message}");
    assert!(found[0]["fix"].is_null(), "two figures are for a person to look up");
    // With 500 beside them any pair from 676 and 1,176 on would do; nothing is claimed, and not that there are three.
    let found = on(chart("2,116", "1,690", "500"));
    assert!(found.iter().all(|f| f["rule"] != "wrong-figure"), "{found:#?}");
    assert!(found.iter().any(|f| f["help"].as_str().is_some_and(|h| h.contains("少なくとも2か所"))), "{found:#?}");
}

/// A count of one field and the rate of the total: one is told by its sum and its rate, the other by what the total says.
#[test]
fn a_detail_and_the_rate_of_the_total_are_told_together() {
    let place = specs("9事業  | 6事業   | 3事業  | 50%", "9事業  | 6事業   | 8事業  | 50%");
    let path = place.path().join("資料2-1.plan");
    let text = std::fs::read_to_string(&path).expect("UTF-8");
    let text = text.replacen("71事業 | 50事業  | 33事業 | 66%", "71事業 | 50事業  | 33事業 | 96%", 1);
    std::fs::write(&path, text).expect("a file");
    let found = findings(&totsugo(place.path(), &["check", ".", "--format", "json"], &[]));
    let told: Vec<(String, String)> = found
        .iter()
        .filter(|f| f["rule"] == "wrong-figure" || f["text"] == "96%")
        .map(|f| (f["rule"].to_string(), format!("{} {}", f["message"], f["help"])))
        .collect();
    assert!(told.iter().any(|(_, said)| said.contains("8事業") && said.contains("3事業")), "{told:#?}");
    assert!(told.iter().any(|(_, said)| said.contains("96%") && said.contains("66%")), "{told:#?}");
}

/// Any of the three could be wrong: a claim would be a guess.
#[test]
fn what_could_be_any_of_several_figures_is_left_to_the_reader() {
    let found = findings(&on_ledger("| 75 | 126 | 210 |", &[]));
    assert_eq!(found[0]["rule"], "balance", "{found:#?}");
    assert!(!found[0]["help"].as_str().unwrap_or_default().contains("誤りはここ"), "{found:#?}");
}

/// The real documents with one figure of a summary table changed.
fn specs(from: &str, to: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(home().join("specs")).expect("specs").flatten() {
        let text = std::fs::read_to_string(entry.path()).expect("UTF-8");
        let text = if entry.file_name() == "資料2-1.plan" { text.replacen(from, to, 1) } else { text };
        std::fs::write(copy.path().join(entry.file_name()), text).expect("a file");
    }
    copy
}

const ROW: &str = "9事業  | 6事業   | 3事業  | 50%";
const WRONG: &str = "9事業  | 1事業   | 3事業  | 50%";

/// The blocks of the pretty report that tell of a wrong figure.
fn told(ran: &Ran) -> String {
    let blocks = ran.out.split("\n\n").filter(|block| block.contains("wrong-figure"));
    blocks.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn four_findings_of_a_real_table_are_one_with_the_figure_that_was_printed() {
    let place = specs(ROW, WRONG);
    insta::assert_snapshot!("table", told(&totsugo(place.path(), &["check", "."], &[("COLUMNS", "80")])));
    insta::assert_snapshot!(
        "table-en",
        told(&totsugo(place.path(), &["check", ".", "--lang", "en"], &[("COLUMNS", "60")]))
    );
    let raw = totsugo(place.path(), &["check", ".", "--no-localize", "--format", "json"], &[]);
    let folded = totsugo(place.path(), &["check", ".", "--format", "json"], &[]);
    assert_eq!(findings(&raw).len(), findings(&folded).len() + 3);
    assert_eq!(raw.status, folded.status);
}

/// The draft disagrees with a chart; the sum and the rate that are not judged meanwhile tell which of the two is wrong.
#[test]
fn what_a_dispute_hides_decides_it() {
    let place = specs("71事業 | 50事業  | 33事業 | 66%", "71事業 | 50事業  | 32事業 | 66%");
    insta::assert_snapshot!("dispute", told(&totsugo(place.path(), &["check", "."], &[("COLUMNS", "80")])));
}

#[test]
fn every_form_has_the_figure_and_what_it_explains() {
    let place = specs(ROW, WRONG);
    for (format, parts) in [
        ("concise", vec!["wrong-figure", "1事業 は 6事業 の誤り"]),
        ("sarif", vec!["\"ruleId\": \"wrong-figure\"", "達成率検算: 3事業 ÷ 1事業 は 300%", "\"fixes\""]),
        ("github", vec!["title=", "1事業 は 6事業 の誤り"]),
        ("markdown", vec!["wrong-figure", "合計検算"]),
        ("junit", vec!["wrong-figure"]),
        ("gitlab", vec!["wrong-figure"]),
        ("rdjson", vec!["wrong-figure", "合計検算"]),
        ("csv", vec!["1事業 は 6事業 の誤り", "大小関係"]),
    ] {
        let ran = totsugo(place.path(), &["check", ".", "--format", format], &[]);
        for part in parts {
            assert!(ran.out.contains(part), "{format} has not {part}: {}", ran.out);
        }
    }
    let page = place.path().join("r.html");
    totsugo(place.path(), &["report", ".", "-o", "r.html"], &[]);
    let page = std::fs::read_to_string(page).expect("a page");
    assert!(page.contains("1事業 は 6事業 の誤りと思われます"), "the page tells it");
}

/// Findings are accepted one by one, and what was accepted is no evidence against anything.
#[test]
fn what_was_accepted_is_neither_folded_nor_held_against_a_figure() {
    let place = specs(ROW, WRONG);
    let ignored = totsugo(place.path(), &["check", ".", "--ignore", "achievement-rate", "--format", "json"], &[]);
    let found = findings(&ignored);
    let folded = found.iter().filter_map(|f| f["folded"].as_array()).flatten();
    assert!(folded.clone().count() > 0 && folded.clone().all(|f| f["rule"] != "achievement-rate"), "{found:#?}");
    totsugo(place.path(), &["baseline", "update", ".", "--baseline", "known.json"], &[]);
    let after = totsugo(place.path(), &["check", ".", "--baseline", "known.json", "--format", "json"], &[]);
    assert_eq!(findings(&after), Vec::<Value>::new(), "{}", after.out);
}

/// A total over many rows is mended by any of them; to say so must not take longer than to check.
#[test]
fn a_total_over_thousands_of_rows_is_cut_off_with_a_word() {
    let rows: String = (1..=3000).map(|n| format!("  | Ⅰ-{n} | {}事業 |\n", n % 91 + 10)).collect();
    let sum: i64 = (1..=3000).map(|n| n % 91 + 10).sum();
    let plan = format!("集計 \"大きな表\" R4 {{\n  | 項番 | 事業数 |\n{rows}  | 合計 | {}事業 |\n}}\n", sum + 3);
    let place = folder(&[("a.plan", plan.as_bytes())]);
    let found = findings(&totsugo(place.path(), &["check", ".", "--format", "json"], &[]));
    let help = found.iter().find(|f| f["rule"] == "column-total").map(|f| f["help"].to_string());
    assert!(help.is_some_and(|help| help.contains("絞り込んでいません")), "{found:#?}");
}

/// A draft with cells that are not filled in, or that a scan did not give: what follows is told to who asks, and only that.
#[test]
fn empty_cells_are_told_as_far_as_the_others_leave_one_figure() {
    let plan = "集計 \"表\" R4 {
  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |
  | Ⅰ-1 | - | 3事業 | 2事業 | 67% |
  | Ⅰ-2 | 9事業 | 8事業 | 判読不能 | - |
  | Ⅰ-3 | 7事業 | 5事業 | 5事業 | - |
  | 合計 | 20事業 | 16事業 | 14事業 | 88% |
}
";
    let place = folder(&[("a.plan", plan.as_bytes())]);
    let shown = totsugo(place.path(), &["check", ".", "--min-severity", "情報", "--format", "json"], &[]);
    let implied: Vec<(i64, String)> = findings(&shown)
        .iter()
        .filter(|f| f["rule"] == "implied-figure")
        .map(|f| (f["location"]["line"].as_i64().expect("a line"), f["fix"]["text"].to_string()))
        .collect();
    let expected = [(3, "\"4事業\""), (4, "\"7事業\""), (5, "\"100%\"")].map(|(line, text)| (line, text.to_owned()));
    assert_eq!(implied, expected, "the rate of Ⅰ-2 depends on a cell that is open itself");
    let usual = totsugo(place.path(), &["check", ".", "--format", "json"], &[]);
    assert!(findings(&usual).iter().all(|f| f["rule"] != "implied-figure"), "information is shown to who asks for it");
    // A table with two open cells in a sum leaves both open.
    let plan = plan.replace("7事業 | 5事業 | 5事業", "- | 5事業 | 5事業");
    let place = folder(&[("a.plan", plan.as_bytes())]);
    let shown = totsugo(place.path(), &["check", ".", "--min-severity", "情報", "--format", "json"], &[]);
    assert!(findings(&shown).iter().all(|f| f["rule"] != "implied-figure" || f["location"]["line"] != 3));
}

fn implied(files: &[(&str, &[u8])]) -> Vec<(String, String)> {
    let place = folder(files);
    let shown = totsugo(place.path(), &["check", ".", "--min-severity", "情報", "--format", "json"], &[]);
    let of = |f: &Value, name: &str| f["location"][name].to_string();
    let found = findings(&shown);
    let implied = found.iter().filter(|f| f["rule"] == "implied-figure");
    implied
        .map(|f| {
            (
                format!("{}:{}", of(f, "path"), of(f, "line")).replace('"', ""),
                f["fix"]["text"].to_string().replace('"', ""),
            )
        })
        .collect()
}

/// A rule that asks whether something stands in a cell says nothing of an empty one, and yet a figure that it would not let pass
/// is none that has to stand there.
#[test]
fn what_another_rule_would_object_to_is_not_claimed() {
    let rules = "表 名簿 = roll {\n  位置 文書\n  行 欄 = entry {\n    列 番号 = number : 番号\n    列 前 = before : 量\n    \
                 列 増 = more : 量\n    列 計 = total : 量\n  }\n}\n\
                 規則 検算 totals {\n  対象 行 ∈ 欄\n  検査 行.計 = 行.前 + 行.増\n  指摘 行.計 \"合いません\"\n}\n\
                 規則 上限 bounds {\n  対象 行 ∈ 欄\n  前提 行.計 は ある\n  検査 行.計 ≤ 8件\n  指摘 行.計 \"多すぎます\"\n}\n";
    let plan = "名簿 {\n  | 番号 | 前 | 増 | 計 |\n  | 1 | 5件 | 2件 | - |\n  | 2 | 5件 | 4件 | - |\n  | 3 | 1件 | 2件 | 3件 |\n}\n";
    let found = implied(&[("a.plan", plan.as_bytes()), ("a.rules", rules.as_bytes())]);
    assert_eq!(found, [("a.plan:3".to_owned(), "7件".to_owned())]);
}

/// A count that is torn is what the rounded rate and the number of programs leave: one whole number, or several and then none.
#[test]
fn a_rounded_rate_and_what_it_is_of_leave_one_count_or_none() {
    let table = |set: &str, reached: &str, rate: &str, more: &str| {
        format!(
            "集計 \"表\" R4 {{\n  | 項番 | KPI設定 | 達成 | 達成率 |\n  | Ⅰ-1 | {set} | {reached} | {rate} |\n{more}}}\n"
        )
    };
    let on = |plan: String| implied(&[("a.plan", plan.as_bytes())]);
    let model = "  | Ⅰ-2 | 3事業 | 2事業 | 67% |\n";
    let one = |text: &str| vec![("a.plan:3".to_owned(), text.to_owned())];
    assert_eq!(on(table("50事業", "判読不能", "66%", model)), one("33事業"));
    assert_eq!(on(table("8事業", "判読不能", "88%", model)), one("7事業"));
    assert_eq!(on(table("判読不能", "7事業", "88%", model)), one("8事業"));
    // 658 to 662 of a thousand are 66 %.
    assert_eq!(on(table("1,000事業", "判読不能", "66%", model)), []);
    // Another row that is torn as well leaves the sum open, and not the rate.
    let open = format!("{model}  | Ⅰ-3 | 5事業 | 判読不能 | - |\n  | 合計 | 61事業 | 37事業 | 61% |\n");
    assert_eq!(on(table("53事業", "判読不能", "62%", &open)), one("33事業"));
}

/// A target that a scan did not give is printed in the edition before, and in the list where it stands again.
#[test]
fn what_is_torn_in_a_series_follows_from_where_it_is_printed_again() {
    let first = "文書 甲 { 年度 R4 }\n事業 1 \"相談\" {\n  指標 1 \"相談した人の数\" {\n    目標 R4: 判読不能, R5: 20人, R6: 判読不能\n  }\n}\n\
        事業 2 \"相談の広報\" {\n  再掲 指標 1 \"相談した人の数\" {\n    目標 R4: 10人, R5: 20人\n  }\n}\n";
    let found = implied(&[("a.plan", first.as_bytes())]);
    assert_eq!(found, [("a.plan:4".to_owned(), "10人".to_owned())], "nothing tells of R6");
    let before = "文書 甲 { 年度 R4 }\n指標 \"相談した人の数\" {\n  目標 R5: 20人, R6: 30人\n}\n";
    let after = "文書 乙 { 年度 R5; 前版 甲 }\n指標 \"相談した人の数\" {\n  目標 R5: 20人, R6: 判読不能\n}\n";
    let found = implied(&[("a.plan", before.as_bytes()), ("b.plan", after.as_bytes())]);
    assert_eq!(found, [("b.plan:3".to_owned(), "30人".to_owned())]);
}
