//! What a rule says where rows are looked up: of cells that are torn, empty or of another kind, and of rows elsewhere. Each
//! answer is stated outright, and asked of the plain nested loops as well.
use totsugo::rules::Outcome;
use totsugo::text::Span;

use super::made::{TABLE, by_rules};

/// A copy of each indicator.
const COPIES: &str = "定義 写し = copy {
  対象 i ∈ 指標
  列 名 = label := i.名称
  列 元 = of := i
}
";

/// What is found, sentence by sentence, and why the rest is not judged; `torn` where a torn cell leaves open which rows there are.
type Said = (Vec<String>, Vec<String>);

fn said(outcome: Outcome) -> Said {
    let messages = outcome.violations.into_iter().map(|v| v.message.ja).collect();
    let reason = |why: totsugo::rules::Why, place: Span| {
        if place == Span::default() { "torn".to_owned() } else { why.code().to_owned() }
    };
    let mut reasons: Vec<String> = outcome
        .skipped
        .into_iter()
        .flat_map(|((_, why), places)| places.into_iter().map(move |p| reason(why, p)))
        .collect();
    reasons.sort();
    (messages, reasons)
}

/// What the clauses of a rule say of a plan, either way.
fn either_way(clauses: &str, plan: &str) -> (Said, Said) {
    let (planned, plain) = by_rules(plan, Some(&format!("{TABLE}{COPIES}規則 任意 any {{\n{clauses}\n}}\n")));
    (said(planned), said(plain))
}

/// A rule with these ranges and premises about which rows fail a check, each named by a sentence.
fn rule(ranges: &str, check: &str, sentence: &str) -> String {
    let place = ranges.chars().next().unwrap_or('a');
    format!("  対象 {ranges}\n  検査 {check}\n  指摘 {place} \"{sentence}\"")
}

/// A rule (ranges with premises, check, sentence) and its answer: the sentences, and why others are not judged.
type Case<'a> = (&'a str, &'a str, &'a str, &'a [&'a str], &'a [&'a str]);

fn hold(plan: &str, cases: &[Case<'_>]) {
    for (ranges, check, sentence, found, reasons) in cases {
        let (planned, plain) = either_way(&rule(ranges, check, sentence), plan);
        let wanted = (found.iter().map(|&s| s.to_owned()).collect(), reasons.iter().map(|&s| s.to_owned()).collect());
        assert_eq!(planned, wanted, "{ranges} | {check}");
        assert_eq!(plain, wanted, "{ranges} | {check}, by nested loops");
    }
}

/// A table with these rows, cells in the order of the columns.
fn table(columns: &str, rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("  | {row} |\n")).collect();
    format!("試し \"表\" {{\n  | {columns} |\n{rows}}}\n")
}

/// A torn cell hides nothing that is sure without it, and nothing is sure that hangs on it.
#[test]
fn a_condition_on_a_torn_or_empty_cell_is_decided_as_far_as_it_can_be() {
    let plan = table("番号 | 名 | 額", &["1 | 甲 | 3件", "2 | | ", "3 | 判読不能 | 判読不能"]);
    hold(
        &plan,
        &[
            ("a ∈ 行", "a.名 は なし", "{a.番号}", &["1"], &["unreadable"]),
            ("a ∈ 行", "a.名 は ある", "{a.番号}", &["2"], &["unreadable"]),
            ("a ∈ 行\n  前提 a.名 は ある", "a.番号 = 9", "{a.番号}", &["1"], &["torn"]),
            ("a ∈ 行\n  前提 a.名 は なし", "a.番号 = 9", "{a.番号}", &["2"], &["torn"]),
            ("a ∈ 行\n  前提 a.名 ≠ \"乙\"", "a.番号 = 9", "{a.番号}", &["1"], &["torn"]),
            ("a ∈ 行\n  前提 a.名 含む \"甲\"", "a.番号 = 9", "{a.番号}", &["1"], &["torn"]),
            ("a ∈ 行", "a.名 = \"乙\"", "{a.番号}", &["1"], &["missing", "unreadable"]),
            ("a ∈ 行", "a.名 ≠ \"甲\"", "{a.番号}", &["1"], &["missing", "unreadable"]),
            ("a ∈ 行", "a.名 含む \"乙\"", "{a.番号}", &["1"], &["missing", "unreadable"]),
            ("a ∈ 行", "否 (a.名 含む \"甲\")", "{a.番号}", &["1"], &["missing", "unreadable"]),
            ("a ∈ 行", "a.額 > 3", "{a.番号}", &["1"], &["missing", "unreadable"]),
            ("a ∈ 行", "補う(a.額, 3) = 4", "{a.番号}", &["1", "2"], &["unreadable"]),
            ("a ∈ 行", "a.額 > 3 かつ a.番号 = 9", "{a.番号}", &["1", "2", "3"], &[]),
            ("a ∈ 行", "a.番号 = 9 または a.額 > 3", "{a.番号}", &["1"], &["missing", "unreadable"]),
            ("a ∈ 行", "a.額 > 3 または a.番号 ≠ 1", "{a.番号}", &["1"], &[]),
            ("a ∈ 行", "もし a.番号 = 1 ならば a.額 > 3 それ以外 a.番号 = 2", "{a.番号}", &["1", "3"], &[]),
            (
                "a ∈ 行",
                "もし a.額 > 3 ならば a.番号 = 9 それ以外 a.番号 = 2",
                "{a.番号}",
                &["1"],
                &["missing", "unreadable"],
            ),
        ],
    );
}

#[test]
fn a_row_that_one_cell_rules_out_is_left_out_whatever_is_torn_beside_it() {
    let plan = table("番号 | 名 | 額", &["1 | 甲 | 3件", "2 | 判読不能 | ", "3 | | 判読不能", "4 | 甲 | 判読不能"]);
    let premises = |all: &str| format!("a ∈ 行\n  前提 {all}");
    let (both, word) = (premises("a.名 は ある, a.額 は ある"), premises("a.額 は ある, a.名 ≠ \"甲\""));
    let (none, either) = (premises("a.名 は ある, a.額 は なし"), premises("a.番号 < 4, a.額 は ある, a.名 は ある"));
    hold(
        &plan,
        &[
            (&both, "a.番号 = 9", "{a.番号}", &["1"], &["torn"]),
            (&either, "a.番号 = 2", "{a.番号}", &["1"], &[]),
            (&word, "a.番号 = 9", "{a.番号}", &[], &[]),
            (&none, "a.番号 = 9", "{a.番号}", &[], &["torn"]),
        ],
    );
}

/// Whether a document has a year is asked of the document, not of what stands as many rows down.
#[test]
fn what_a_document_says_holds_for_all_its_rows() {
    let plan = "文書 甲\n事業 1 \"道\"\n事業 2 \"橋\"\n文書 乙 { 年度 R5 }\n事業 3 \"港\"\n";
    hold(
        plan,
        &[
            ("p ∈ 事業\n  前提 p.文書.年度 は ある", "p.番号 = 9", "{p.名称}", &["港"], &[]),
            ("p ∈ 事業\n  前提 p.文書.年度 は なし", "p.番号 = 9", "{p.名称}", &["道", "橋"], &[]),
            ("p ∈ 事業\n  前提 p.文書.記号 ≠ \"甲\"", "p.番号 = 9", "{p.名称}", &["港"], &[]),
        ],
    );
}

/// What concerns the row at hand alone is asked once: a count for it must not come out as none, nor as all.
#[test]
fn a_condition_on_no_row_that_is_sought_decides_for_all() {
    let plan = table("番号 | 元", &["1 | 1", "2 | 判読不能", "3 | "]);
    hold(
        &plan,
        &[
            (
                "a ∈ 行",
                "件数{ c ∈ 行, a.元 = 1 } = 9",
                "{a.番号}: {件数{ c ∈ 行, a.元 = 1 }}",
                &["1: 3", "3: 0"],
                &["unreadable"],
            ),
            ("a ∈ 行", "ある{ c ∈ 行, a.元 = 2 }", "{a.番号}", &["1", "3"], &["unreadable"]),
        ],
    );
}

/// Rows are found by what they have in common; one that cannot be read may be meant by any, and by none that another cell
/// tells apart.
#[test]
fn a_torn_key_may_be_any_and_an_empty_one_is_none() {
    let plan = table(
        "番号 | 元 | 名",
        &["1 | 4 | 甲", "2 | 判読不能 | 甲", "3 | | 甲", "判読不能 | 4 | 丁", "判読不能 | 4 | 乙", "4 | 9 | 丙"],
    );
    hold(
        &plan,
        &[
            // Whose number is torn may be number 9; which other number it is makes no difference to row 9.
            ("a ∈ 行\n  前提 a.名 = \"丙\"", "ある{ c ∈ 行, c.番号 = a.元 }", "{a.名}", &[], &["unreadable"]),
            ("a ∈ 行\n  前提 a.名 = \"丙\"", "ある{ c ∈ 行, c.番号 = a.元, c.名 = \"甲\" }", "{a.名}", &["丙"], &[]),
            (
                "a ∈ 行\n  前提 a.名 = \"丙\"",
                "ある{ c ∈ 行, c.番号 = a.元, c.名 = \"乙\" }",
                "{a.名}",
                &[],
                &["unreadable"],
            ),
            // Row 2 refers to a row that cannot be read: it is there for certain only where all rows would do.
            (
                "a ∈ 行\n  前提 a.名 = \"甲\", a.番号 = 2",
                "ある{ c ∈ 行, c.番号 = a.元, c.名 = \"丙\" }",
                "{a.名}",
                &[],
                &["unreadable"],
            ),
            (
                "a ∈ 行\n  前提 a.名 = \"甲\", a.番号 = 2",
                "ある{ c ∈ 行, c.番号 = a.元, c.名 = \"無\" }",
                "{a.名}",
                &["甲"],
                &[],
            ),
            ("a ∈ 行\n  前提 a.名 = \"甲\", a.番号 = 3", "ある{ c ∈ 行, c.番号 = a.元 }", "{a.番号}", &["3"], &[]),
            (
                "a ∈ 行\n  前提 a.名 = \"甲\", a.番号 = 1",
                "ある{ c ∈ 行, c.番号 = a.元 + 1, c.名 = \"丙\" }",
                "{a.番号}",
                &["1"],
                &[],
            ),
            (
                "a ∈ 行\n  前提 a.名 = \"甲\", a.番号 = 1",
                "ある{ c ∈ 行, c.番号 = a.元, c.名 = \"丙\" }",
                "{a.番号}",
                &[],
                &[],
            ),
        ],
    );
}

/// Figures below an indicator are looked up in it alone, whatever year is torn.
#[test]
fn what_stands_below_is_sought_below_only() {
    let plan = "指標 1 \"率\" {\n  目標 R4: 3件, R5: 5件\n}\n指標 2 \"数\" {\n  目標 R4: 7件\n}\n".to_owned()
        + &table("番号 | 年", &["1 | R5", "2 | 判読不能", "3 | "]);
    let ranges = |number: u32, row: u32| format!("i ∈ 指標, a ∈ 行\n  前提 i.番号 = {number}, a.番号 = {row}");
    let found = |figure: &str| format!("ある{{ x ∈ i.目標, x.年度 = a.年, x.値 = {figure} }}");
    let ask = |number, row, figure: &str| {
        let (planned, plain) = either_way(&rule(&ranges(number, row), &found(figure), "{i.番号}"), &plan);
        assert_eq!(planned, plain, "{number} {row} {figure}");
        planned
    };
    let violated = |n: &str| (vec![n.to_owned()], vec![]);
    let open = (vec![], vec!["unreadable".to_owned()]);
    assert_eq!(ask(1, 1, "5件"), (vec![], vec![]));
    assert_eq!(ask(1, 1, "3件"), violated("1"));
    assert_eq!(ask(2, 1, "7件"), violated("2"));
    // The first or the second target may be meant, but none of another indicator.
    assert_eq!(ask(1, 2, "3件"), open);
    assert_eq!(ask(1, 2, "5件"), open);
    assert_eq!(ask(1, 2, "7件"), violated("1"));
    assert_eq!(ask(2, 3, "7件"), violated("2"));
}

/// What a reference leads nowhere from has nothing below it; what lies below a torn one is not known.
#[test]
fn below_a_reference_is_what_is_below_the_row_it_names() {
    let plan = "文書 甲 { 前版 判読不能 }\n文書 乙 { 前版 丙 }\n文書 丙\n指標 1 \"率\"\n指標 2 \"数\"\n";
    let count = "件数{ i ∈ d.前版.指標 }";
    hold(
        plan,
        &[(
            "d ∈ 文書",
            &format!("{count} = 9"),
            "{d.記号}: {件数{ i ∈ d.前版.指標 }}",
            &["乙: 2", "丙: 0"],
            &["unreadable"],
        )],
    );
}

/// Documents are rows too, and what names a document of another row is not the document of the row.
#[test]
fn rows_are_found_by_their_document_and_by_that_of_the_row_they_name() {
    let plan = "文書 甲 { 年度 R4 }\n事業 1 \"道\"\n再掲 事業 No2 \"橋\"\n事業 2 \"橋\"\n文書 乙 { 年度 R5; 前版 甲 }\n事業 1 \"港\"\n";
    hold(
        plan,
        &[
            (
                "d ∈ 文書",
                "件数{ p ∈ 事業, p.文書 = d } = 9",
                "{d.記号}: {件数{ p ∈ 事業, p.文書 = d }}",
                &["甲: 3", "乙: 1"],
                &[],
            ),
            (
                "d ∈ 文書",
                "件数{ p ∈ 事業, p.文書 = d.前版 } = 9",
                "{d.記号}: {件数{ p ∈ 事業, p.文書 = d.前版 }}",
                &["甲: 0", "乙: 3"],
                &[],
            ),
            (
                "p ∈ 事業\n  前提 p.名称 = \"港\"",
                "件数{ q ∈ 事業, q.文書.年度 = p.文書.年度 - 1 } = 3",
                "{p.名称}",
                &[],
                &[],
            ),
            (
                "p ∈ 事業\n  前提 p.名称 = \"道\"",
                "件数{ q ∈ 事業, q.再掲先.文書 = p.文書 } = 9",
                "{件数{ q ∈ 事業, q.再掲先.文書 = p.文書 }}",
                &["1"],
                &[],
            ),
            (
                "p ∈ 事業\n  前提 p.名称 = \"道\"",
                "件数{ q ∈ 事業, q.再掲先.名称 = \"橋\" } = 9",
                "{p.名称}",
                &["道"],
                &[],
            ),
            ("d ∈ 文書", "d.年度 = R4", "{d.記号}", &["乙"], &[]),
            ("p ∈ 事業", "p.文書.年度 は ある かつ p.文書.年度 < R5", "{p.名称}", &["港"], &[]),
            ("p ∈ 事業, d ∈ 文書\n  前提 p.文書 = d", "d.記号 = \"甲\"", "{p.名称}", &["港"], &[]),
        ],
    );
}

/// Rows that rules make are found like those that are printed.
#[test]
fn rows_that_rules_make_are_looked_up_too() {
    let plan = "文書 甲\n指標 1 \"率\"\n指標 2 \"紙\"\n文書 乙\n指標 3 \"率\"\n";
    hold(
        plan,
        &[
            (
                "i ∈ 指標",
                "件数{ x ∈ 写し, x.名 = i.名称 } = 9",
                "{i.番号}: {件数{ x ∈ 写し, x.名 = i.名称 }}",
                &["1: 2", "2: 1", "3: 2"],
                &[],
            ),
            (
                "i ∈ 指標",
                "件数{ x ∈ 写し, x.元 = i } = 9",
                "{i.番号}: {件数{ x ∈ 写し, x.元 = i }}",
                &["1: 1", "2: 1", "3: 1"],
                &[],
            ),
            (
                "i ∈ 指標",
                "件数{ x ∈ 写し, x.文書 = i.文書 } = 9",
                "{i.番号}: {件数{ x ∈ 写し, x.文書 = i.文書 }}",
                &["1: 2", "2: 2", "3: 1"],
                &[],
            ),
            ("x ∈ 写し", "x.名 = \"紙\"", "{x.名} {x.順}", &["率 1", "率 3"], &[]),
            ("x ∈ 写し", "x.名 含む \"紙\" または x.名 は なし", "{x.順}", &["1", "3"], &[]),
        ],
    );
}

/// Two lists are one if they have the same elements: their order is how somebody happened to write them.
#[test]
fn lists_are_compared_as_sets() {
    let plan = "事業 1 \"道\" { 担当 \"甲課\", \"乙課\" }\n事業 2 \"橋\" { 担当 \"乙課\", \"甲課\" }\n事業 3 \"港\" { 担当 \"甲課\" }\n";
    hold(plan, &[("p ∈ 事業, q ∈ 事業\n  前提 p.番号 = 1, q.番号 > 1", "p.担当 = q.担当", "{q.番号}", &["3"], &[])]);
}

/// Values of a kind are held against each other by what they are: texts in their normal form, numbers, years and days in order.
#[test]
fn cells_are_compared_by_what_they_say() {
    let plan = table(
        "番号 | 元 | 年 | 日 | 名 | 額 | 有",
        &[
            "1 | 2 | R4 | R4.4.1 | ＡＩ | 3件 | はい",
            "2 | 2 | R5 | R4.10.2 | ai | 3.0件 | いいえ",
            "3 | 1 | R4 | R5.1.1 | bi | 40% | はい",
        ],
    );
    let pair = |of: &str, than: &str| format!("a ∈ 行, b ∈ 行\n  前提 a.番号 = {of}, b.番号 = {than}");
    let (same, later, first) = (pair("1", "2"), pair("2", "3"), pair("1", "3"));
    hold(
        &plan,
        &[
            (&same, "a.名 = b.名", "名", &[], &[]),
            (&same, "a.名 ≠ b.名", "名", &["名"], &[]),
            (&later, "a.名 = b.名", "名", &["名"], &[]),
            (&same, "a.額 = b.額", "額", &[], &[]),
            (&same, "a.額 < b.額", "額", &["額"], &[]),
            (&later, "a.額 > b.額", "額", &[], &["units"]),
            (&same, "a.年 < b.年", "年", &[], &[]),
            (&later, "a.年 ≤ b.年", "年", &["年"], &[]),
            (&same, "a.日 < b.日", "日", &[], &[]),
            (&later, "a.日 ≥ b.日", "日", &["日"], &[]),
            (&first, "a.元 = b.元 + 1", "元", &[], &[]),
            (&first, "a.元 - 1 > b.元", "元", &["元"], &[]),
            (&first, "補う(b.額, 3) = 3", "額", &["額"], &[]),
            (&first, "補う(a.額, 5) = 3", "額", &[], &[]),
            (&first, "補う(a.額, 5) = 補う(b.額, 3)", "額", &[], &["units"]),
        ],
    );
}

/// Where no row has a key that can be read, none is known to have it, and none is known not to.
#[test]
fn where_all_keys_are_torn_nothing_is_sure() {
    let plan = table("番号 | 元", &["1 | 判読不能", "2 | 判読不能"]);
    hold(&plan, &[("a ∈ 行", "ある{ c ∈ 行, c.元 = a.番号 }", "{a.番号}", &[], &["unreadable", "unreadable"])]);
}

/// What a row is held against is what is known by then: not what was so of the row before it, nor of the row before that.
#[test]
fn a_row_is_held_against_rows_before_it_and_against_itself() {
    let plan = table("番号 | 元 | 名", &["1 | 1 | 甲", "2 | 1 | 甲", "4 | 判読不能 | 甲", "5 | | 甲", "3 | 3 | 甲"]);
    let pairs = |premise: &str| format!("a ∈ 行, b ∈ 行\n  前提 b.名 = a.名, {premise}");
    let sentence = "{a.番号}{b.番号}";
    let cases: [(&str, &[&str], &[&str]); 9] = [
        // Of itself.
        ("a.番号 < 3, b.番号 = b.元", &["torn"], &["11", "13", "21", "23"]),
        ("a.番号 < 3, b.元 < b.番号", &["torn"], &["12", "22"]),
        // Of the row before, in either order, and of its document.
        ("b.番号 < a.番号, a.番号 < 4", &[], &["21", "31", "32"]),
        ("a.番号 > b.番号, a.番号 < 4", &[], &["21", "31", "32"]),
        ("a.番号 = 1, b.番号 ≥ 4", &[], &["14", "15"]),
        ("a.番号 = 2, a.元 = b.元", &["torn"], &["21", "22"]),
        // More than are held at a glance.
        ("a.番号 = 3, b.番号 ≤ a.番号, b.番号 ≠ 7, b.番号 ≠ 8, b.番号 ≠ 9, b.元 > 2, 3 = b.元", &[], &["33"]),
        // And some that are not decided so at all.
        (
            "a.番号 < 3, b.名 は ある, b.額 は なし, b.元 は ある, b.番号 ≥ a.番号, b.番号 ≤ 3, b.番号 = b.元",
            &[],
            &["11", "13", "23"],
        ),
        ("a.番号 < 3, b.番号 = 補う(b.元, 5)", &["torn"], &["11", "15", "13", "21", "25", "23"]),
    ];
    for (premise, reasons, found) in cases {
        hold(&plan, &[(&pairs(premise), "a.番号 = 9", sentence, found, reasons)]);
    }
}
