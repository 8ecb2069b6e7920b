#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::text::SourceId;
use proptest::prelude::*;

fn read(text: &str) -> Parsed {
    parse(SourceId(0), text, 0..text.len())
}

/// A tree in one line: `再掲/事業(No10 "名"){指標(…)}|a|b|`.
fn show(statements: &[Statement]) -> String {
    let item = |i: &Item| {
        let atoms: Vec<String> = i
            .atoms
            .iter()
            .map(|a| match &a.node {
                Atom::Text(t) => format!("\"{t}\""),
                Atom::Word(w) => w.clone(),
                Atom::Equals => "=".to_owned(),
            })
            .collect();
        let label = i.label.as_ref().map_or_else(String::new, |l| format!("{}:", l.node));
        let notes: String = i.notes.iter().map(|(n, v)| format!("({}:{})", n.node, v.node)).collect();
        format!("{label}{}{notes}", atoms.join(" "))
    };
    let one = |s: &Statement| {
        let marker = s.marker.as_ref().map_or_else(String::new, |m| format!("{}/", m.node));
        let items: Vec<String> = s.items.iter().map(item).collect();
        let block = s.block.as_ref().map_or_else(String::new, |b| format!("{{{}}}", show(b)));
        let rows: String = s
            .rows
            .iter()
            .map(|r| format!("|{}|", r.cells.iter().map(|c| c.node.as_str()).collect::<Vec<_>>().join("|")))
            .collect();
        format!("{marker}{}({}){block}{rows}", s.keyword.node, items.join(","))
    };
    statements.iter().map(one).collect::<Vec<_>>().join(";")
}

fn codes(parsed: &Parsed) -> Vec<&'static str> {
    parsed.faults.iter().map(|f| f.code).collect()
}

#[test]
fn both_widths_of_every_mark_mean_the_same() {
    let narrow = read("指標 3 \"利用率\" { 目標 R4: 61.0%, R5: 67.4% (変更前: 66%) ; 担当 \"a\" }");
    let wide = read("指標　3　“利用率”　｛　目標　R4：61.0%，R5：67.4%（変更前：66%）；担当「a」｝");
    assert_eq!(show(&narrow.statements), "指標(3 \"利用率\"){目標(R4:61.0%,R5:67.4%(変更前:66%));担当(\"a\")}");
    assert_eq!(show(&wide.statements), show(&narrow.statements));
    assert_eq!((narrow.faults, wide.faults), (vec![], vec![]));
}

#[test]
fn a_pasted_table_keeps_its_empty_cells_and_takes_no_comment() {
    let parsed = read("集計 \"例\" R4 {\n  | 項番 | 事業数 |   # 頁2\n  ｜合計｜　｜\n  | - | 7事業\n}\n");
    assert_eq!(show(&parsed.statements), "集計(\"例\" R4){}|項番|事業数||合計|||-|7事業|");
    assert_eq!(codes(&parsed), ["unclosed-row"], "the last row lacks its bar, and is read all the same");
}

#[test]
fn a_number_keeps_its_commas_and_a_bracket_belongs_to_its_word() {
    let parsed = read("目標 R4: 1,800件, R5: ２，９００件\n実績 R4: 7（※）\n指標 \"登録数（累計）\"\n");
    assert_eq!(show(&parsed.statements), "目標(R4:1,800件,R5:２，９００件);実績(R4:7（※）);指標(\"登録数（累計）\")");
}

#[test]
fn a_reference_names_its_document_and_its_field() {
    let parsed = read("同一 資料2-1:\"BPR実施課\" = 資料2-4:Ⅰ-1:No1\n再掲 事業 No10 \"a\"\nrelisted program No1\n");
    assert_eq!(
        show(&parsed.statements),
        "同一(資料2-1:\"BPR実施課\" =,資料2-4:Ⅰ-1:No1);再掲/事業(No10 \"a\");relisted/program(No1)"
    );
}

#[test]
fn a_quoted_text_may_hold_anything_but_the_end_of_its_line() {
    let parsed = read("題名 \"a \\\"b\\\" \\\\ {c} # d\"\n概要 \"閉じない\n事業 1 \"次\"\n");
    assert_eq!(show(&parsed.statements[..1]), "題名(\"a \"b\" \\ {c} # d\")");
    assert_eq!(codes(&parsed), ["unclosed-text"]);
    assert!(show(&parsed.statements).ends_with("事業(1 \"次\")"), "{}", show(&parsed.statements));
}

#[test]
fn ten_faults_are_ten_reports_and_what_stands_between_is_read() {
    let text: String = (0..10).map(|n| format!("事業 {n} : : {n}\n指標 \"名{n}\" {{ 目標 R4: {n}件 }}\n")).collect();
    let parsed = read(&text);
    assert_eq!(parsed.faults.len(), 10, "{:?}", codes(&parsed));
    let read: Vec<_> = parsed.statements.iter().filter(|s| s.keyword.node == "指標").collect();
    assert_eq!(read.len(), 10);
    assert!(read.iter().all(|s| s.block.as_ref().is_some_and(|b| b.len() == 1)));
}

#[test]
fn a_block_that_is_not_closed_and_a_brace_too_many_are_told_where_they_stand() {
    let open = read("事業 1 \"a\" {\n  指標 \"b\"\n");
    assert_eq!(codes(&open), ["unclosed-block"]);
    assert_eq!(show(&open.statements), "事業(1 \"a\"){指標(\"b\")}");
    let stray = read("指標 \"b\"\n}\n指標 \"c\"\n");
    assert_eq!((codes(&stray), show(&stray.statements)), (vec!["stray-brace"], "指標(\"b\");指標(\"c\")".to_owned()));
}

#[test]
fn nesting_without_end_is_refused_once_and_does_not_exhaust_the_stack() {
    let parsed = read(&"a {".repeat(20_000));
    assert!(codes(&parsed).contains(&"too-deep"));
    assert!(parsed.faults.len() < 200, "{}", parsed.faults.len());
}

fn spans(statements: &[Statement], out: &mut Vec<(Span, String)>) {
    for s in statements {
        out.push((s.keyword.span, s.keyword.node.clone()));
        for atom in s.items.iter().flat_map(|i| &i.atoms) {
            if let Atom::Word(word) = &atom.node {
                out.push((atom.span, word.clone()));
            }
        }
        for cell in s.rows.iter().flat_map(|r| &r.cells) {
            out.push((cell.span, cell.node.clone()));
        }
        spans(s.block.as_deref().unwrap_or_default(), out);
    }
}

use crate::text::Span;

proptest! {
    /// Whatever a file holds, it is read to its end, and every place lies in it.
    #[test]
    fn any_text_is_read(text in "[再掲事業指標目標集計R0-9{}|\"“「」:：,，=（）()#;。 　\\n※①％%a-c]{0,120}") {
        let parsed = read(&text);
        for fault in &parsed.faults {
            prop_assert!(text.get(fault.span.range()).is_some(), "{fault:?}");
        }
        for comment in &parsed.comments {
            let written = text.get(comment.span.range()).unwrap_or("");
            prop_assert!(written.starts_with(['#', '＃']) && !written.contains('\n'), "{comment:?}");
            prop_assert!(text.get(comment.scope.range()).is_some(), "{comment:?}");
        }
        let mut all = Vec::new();
        spans(&parsed.statements, &mut all);
        for (span, printed) in all {
            prop_assert_eq!(text.get(span.range()), Some(printed.as_str()), "a place is exactly what is printed there");
        }
    }
}

/// The comments of a text, each with what it stands by.
fn comments(text: &str) -> Vec<(&str, &str)> {
    let at = |span: Span| text.get(span.range()).unwrap_or("?");
    read(text).comments.into_iter().map(|c| (at(c.span), at(c.scope))).collect()
}

#[test]
fn a_comment_stands_by_the_statement_below_or_by_its_line() {
    let text = "# top\n事業 1 \"a # b\" { # head\n  # series\n  目標 R4: 1人 (変更前: 2人), ＃ first\n       # inside\n       R5: 3人 # 二、\n  # last\n}\n指標 \"c\"\r\n";
    assert_eq!(
        comments(text),
        [
            ("# top", &text["# top\n".len()..text.find("\n指標").unwrap_or(0)]),
            ("# head", "事業 1 \"a # b\" { # head"),
            ("# series", "目標 R4: 1人 (変更前: 2人), ＃ first\n       # inside\n       R5: 3人"),
            ("＃ first", "  目標 R4: 1人 (変更前: 2人), ＃ first"),
            ("# inside", ""),
            ("# 二、", "       R5: 3人 # 二、"),
            ("# last", ""),
        ]
    );
    assert_eq!(read(text).faults, vec![]);
    let table = "集計 \"a\" {\n  # head\n  | 項番 |\n  # row\n  |---|\n  | 1 | # end\n}\n";
    assert_eq!(comments(table), [("# head", "| 項番 |"), ("# row", "| 1 |"), ("# end", "  | 1 | # end")]);
}

#[test]
fn a_comment_stands_by_what_could_not_be_read_too_and_an_open_block_reaches_no_further_than_its_brace() {
    assert_eq!(comments("# a\n事業 : : 1 # b\n"), [("# a", "事業 : : 1 "), ("# b", "事業 : : 1 # b")]);
    assert_eq!(comments("# a\n事業 1 {\n指標 \"b\"\n"), [("# a", "事業 1 {")]);
    assert_eq!(comments("# a\n"), [("# a", "")]);
}

#[test]
fn a_comment_that_ends_with_a_comma_does_not_swallow_the_next_line() {
    let parsed = read("指標 : : \"a\" # 甲、\n指標 \"b\"\n");
    assert_eq!((parsed.faults.len(), show(&parsed.statements).as_str()), (1, "指標(\"b\")"));
}

/// A cell in quotes may hold any mark, and its place is what stands in the quotes.
#[test]
fn a_cell_in_quotes_is_what_stands_in_them() {
    let text = "集計 \"a\" {\n| \"A|B\" | \"\" | \"C\"D |\n}\n";
    let parsed = read(text);
    let cells = &parsed.statements[0].rows[0].cells;
    let told: Vec<(&str, &str)> =
        cells.iter().map(|c| (c.node.as_str(), text.get(c.span.range()).unwrap_or("?"))).collect();
    assert_eq!(told, [("A|B", "A|B"), ("", ""), ("\"C\"D", "\"C\"D")]);
    assert!(parsed.faults.is_empty());
}
