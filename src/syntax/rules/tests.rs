#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::text::{Severity, SourceId};
use proptest::prelude::*;

const RATE: &str = r#"
規則 達成率の計算 achievement-rate {
  重大度 誤り                       # 誤り error | 警告 warning | 情報 info
  対象   行 ∈ 集計行, 別 ∈ 行.集計.集計行
  前提   行.KPI設定 > 0, 別.項番 = "合計"
  期待   := 行.達成 ÷ 行.KPI設定
  検査   行.達成率 ≈ 期待
  指摘   行.達成率 "{行.達成} ÷ {行.KPI設定} は {期待:%} です" en "{{x}} {期待:桁区切り}"
  参考   行.達成 "達成した事業", 各 r ∈ 行.集計.集計行, r.項番 ≠ "合計" : r.達成 "…" en "see"
  助言   "直す" en "mend"
  修正   行.達成率 ← 期待
  解説   """
    いつ出るか。
      なぜか。
    """ en """When."""
  試験 合格   { 集計 "例 }" R4 { | 項番 | # }
     | 1 | } }
  試験 不合格 "59%", "a" { 集計 "例" R4 { } }
}
"#;

fn read(text: &str) -> Parsed {
    parse(SourceId(0), text)
}

fn codes(parsed: &Parsed) -> Vec<&'static str> {
    parsed.faults.iter().map(|f| f.code).collect()
}

/// An expression written out with all its brackets.
fn show(e: &Expr) -> String {
    let all = |v: &[Expr]| v.iter().map(show).collect::<Vec<_>>().join(",");
    match &*e.kind {
        ExprKind::Figure(s) | ExprKind::Name(s) => s.clone(),
        ExprKind::Text(s) => format!("'{s}'"),
        ExprKind::Year(s) => format!("@{s}"),
        ExprKind::Bool(b) => b.to_string(),
        ExprKind::Member(x, n) => format!("{}.{}", show(x), n.node),
        ExprKind::Index(x, i) => format!("{}[{}]", show(x), show(i)),
        ExprKind::Set(v) => format!("{{{}}}", all(v)),
        ExprKind::Negate(x) => format!("-{}", show(x)),
        ExprKind::Not(x) => format!("!{}", show(x)),
        ExprKind::Arithmetic(o, a, b) => format!("({} {o:?} {})", show(a), show(b)),
        ExprKind::Compare(o, a, b) => format!("({} {o:?} {})", show(a), show(b)),
        ExprKind::And(a, b) => format!("({} & {})", show(a), show(b)),
        ExprKind::Or(a, b) => format!("({} | {})", show(a), show(b)),
        ExprKind::If(a, b, c) => format!("({} ? {} : {})", show(a), show(b), show(c)),
        ExprKind::Is(x, s) => format!("({} is {s:?})", show(x)),
        ExprKind::Contains(a, b) => format!("({} has {})", show(a), show(b)),
        ExprKind::Matches(a, b) => format!("({} =~ {})", show(a), show(b)),
        ExprKind::SetOp(o, a, b) => format!("({} {o:?} {})", show(a), show(b)),
        ExprKind::Within(a, b) => format!("({} <= {})", show(a), show(b)),
        ExprKind::In(a, b) => format!("({} in {})", show(a), show(b)),
        ExprKind::Call(n, v) => format!("{}({})", n.node, all(v)),
        ExprKind::Comprehension(c) => {
            let ranges: Vec<_> = c.ranges.iter().map(|r| format!("{}<{}", r.name.node, show(&r.source))).collect();
            format!(
                "{:?}[{};{};{}]",
                c.kind,
                c.body.as_ref().map(show).unwrap_or_default(),
                ranges.join(","),
                all(&c.conditions)
            )
        }
    }
}

fn check(text: &str) -> String {
    let parsed = read(&format!("規則 x {{\n検査 {text}\n}}"));
    assert!(parsed.faults.is_empty(), "{text}: {:?}", parsed.faults);
    show(parsed.file.rules[0].body.check.as_ref().unwrap())
}

#[test]
fn the_rule_of_the_design_is_read() {
    let parsed = read(RATE);
    assert!(parsed.faults.is_empty(), "{:#?}", parsed.faults);
    let rule = &parsed.file.rules[0];
    assert_eq!(
        (rule.name.node.as_str(), rule.slug.as_ref().unwrap().node.as_str()),
        ("達成率の計算", "achievement-rate")
    );
    assert_eq!(rule.gravest(), Severity::Error);
    assert_eq!(rule.ranges.len(), 2);
    assert_eq!(
        rule.body.premises.iter().map(show).collect::<Vec<_>>(),
        ["(行.KPI設定 Greater 0)", "(別.項番 Equal '合計')"]
    );
    assert_eq!(show(&rule.body.definitions[0].1), "(行.達成 Divide 行.KPI設定)");
    assert_eq!(show(rule.body.check.as_ref().unwrap()), "(行.達成率 Consistent 期待)");
    let (place, sentence) = rule.body.finding.as_ref().unwrap();
    assert_eq!(&RATE[place.span.range()], "行.達成率");
    let ja = sentence.ja.as_ref().unwrap();
    assert_eq!(ja.pieces.len(), 6);
    let Piece::Hole(hole, Some(format)) = &ja.pieces[4] else { panic!("{ja:?}") };
    assert_eq!((&RATE[hole.span.range()], format.node.as_str(), &RATE[format.span.range()]), ("期待", "%", "%"));
    let en = sentence.en.as_ref().unwrap();
    assert!(matches!(&en.pieces[0], Piece::Text(t) if t == "{x} "));
    assert_eq!(rule.body.related.len(), 2);
    assert_eq!((rule.body.related[1].ranges.len(), rule.body.related[1].conditions.len()), (1, 1));
    assert!(rule.body.help.as_ref().unwrap().en.is_some());
    assert_eq!(show(&rule.body.fix.as_ref().unwrap().value), "期待");
    assert_eq!(rule.about.explanation.0.as_ref().unwrap().node, "いつ出るか。\n  なぜか。");
    assert_eq!(rule.about.explanation.1.as_ref().unwrap().node, "When.");
    assert_eq!(rule.about.tests.len(), 2);
    assert!(rule.about.tests[0].passes && !rule.about.tests[1].passes);
    assert_eq!(RATE[rule.about.tests[1].plan.range()].trim(), "集計 \"例\" R4 { }");
    assert_eq!(rule.about.tests[1].expected[0].node, "59%");
    assert!(RATE[rule.span.range()].ends_with('}'));
}

#[test]
fn both_languages_and_widths_give_one_tree() {
    for (ja, en, tree) in [
        ("a または b かつ 否 c", "a or b and not c", "(a | (b & !c))"),
        ("80% ≤ x < 100%", "80% <= x < 100%", "((80% LessEqual x) & (x Less 100%))"),
        ("a ≦ b ≧ c", "a <= b >= c", "((a LessEqual b) & (b GreaterEqual c))"),
        ("a ≠ b", "a != b", "(a NotEqual b)"),
        ("a ≈ b", "a ~= b", "(a Consistent b)"),
        (
            "a ＝ b ＋ c × d － e ÷ f",
            "a = b + c * d - e / f",
            "(a Equal ((b Add (c Multiply d)) Subtract (e Divide f)))",
        ),
        ("－a × b", "-a * b", "(-a Multiply b)"),
        ("（a ＋ b） × c．d［R5］", "(a + b) * c.d[R5]", "((a Add b) Multiply c.d[@R5])"),
        ("x は なし", "x is missing", "(x is Missing)"),
        ("否 x は ある", "not x is present", "!(x is Present)"),
        ("x は 不存在", "x is dangling", "(x is Dangling)"),
        ("x は 判読不能", "x is unreadable", "(x is Unreadable)"),
        ("x は 数値", "x is number", "(x is Number)"),
        ("x は 文字", "x is qualitative", "(x is Qualitative)"),
        ("t 含む \"s\"", "t contains \"s\"", "(t has 's')"),
        ("x ∈ ｛a， b｝", "x in {a, b}", "(x in {a,b})"),
        ("もし a ならば 真 それ以外 偽", "if a then true else false", "(a ? true : false)"),
        (
            "合計{ x.件数 | x ∈ r, x.年度 > 1 }",
            "sum{ x.件数 | x in r, x.年度 > 1 }",
            "Sum[x.件数;x<r;(x.年度 Greater 1)]",
        ),
        ("最大{ x | x ∈ r }", "max{ x | x in r }", "Max[x;x<r;]"),
        ("最小{ x | x ∈ r }", "min{ x | x in r }", "Min[x;x<r;]"),
        ("平均{ x | x ∈ r }", "avg{ x | x in r }", "Average[x;x<r;]"),
        ("種類数{ x | x ∈ r }", "distinct{ x | x in r }", "Distinct[x;x<r;]"),
        (
            "件数{ x ∈ r, y ∈ x.s, y, z ∈ {1} }",
            "count{ x in r, y in x.s, y, z in {1} }",
            "Count[;x<r,y<x.s;y,(z in {1})]",
        ),
        ("ある{ x ∈ r }", "exists{ x in r }", "Exists[;x<r;]"),
        ("すべて{ x ∈ r, c : x = 1 }", "all{ x in r, c : x = 1 }", "All[(x Equal 1);x<r;c]"),
        ("四捨五入(x, 1)", "四捨五入(x,1)", "四捨五入(x,1)"),
    ] {
        assert_eq!(check(ja), tree);
        assert_eq!(check(en), tree);
    }
    assert_eq!(check("1,000千円 + 0.5 + ５人"), "((1,000千円 Add 0.5) Add ５人)");
    assert_eq!(check("x[令和5年度] = y[FY2022]"), "(x[@令和5年度] Equal y[@FY2022])");
    assert_eq!(check("件数 + 合計 > 目標.年度"), "((件数 Add 合計) Greater 目標.年度)");
    assert_eq!(check("a < -1 かつ ページビュー = 0"), "((a Less -1) & (ページビュー Equal 0))");
}

#[test]
fn clauses_in_english() {
    let text = "rule achievement-rate {\nseverity warning\nfor a in rows, b in a.x\nwhen a.b > 0\nc := a.b\ncheck a.r ~= c\nfinding a.r \"x\" en \"y\"\nsee each r in a, r.x : r \"s\"\nhelp en \"h\"\nfix a.r <- c\nexplain \"e\"\ntest pass { }\ntest fail { } }";
    let parsed = read(text);
    assert!(parsed.faults.is_empty(), "{:#?}", parsed.faults);
    let rule = &parsed.file.rules[0];
    assert_eq!(
        (rule.ranges.len(), rule.about.tests.len(), rule.body.related.len(), rule.body.definitions.len()),
        (2, 2, 1, 1)
    );
    assert!(rule.body.fix.is_some() && rule.body.help.is_some() && rule.about.explanation.0.is_some());
}

#[test]
fn the_vocabulary_is_read() {
    let parsed = read(include_str!("../../../rules/vocabulary.rules"));
    assert!(parsed.faults.is_empty(), "{:#?}", parsed.faults);
    assert_eq!(parsed.file.units.len(), 4);
    assert_eq!(parsed.file.units[1].synonyms.len(), 2);
    let names: Vec<_> = parsed.file.relations.iter().map(|r| r.name.node.as_str()).collect();
    assert_eq!(names[..4], ["文書", "分野", "項目", "KPIなし"]);
    let find = |n: &str| parsed.file.relations.iter().find(|r| r.name.node == n).unwrap();
    let rows = find("集計行");
    assert_eq!(rows.places[0].node, "集計");
    assert_eq!((rows.members[0].role.node.as_str(), rows.members[0].name.node.as_str()), ("行", "集計行"));
    assert_eq!(rows.members[6].words.iter().map(|w| w.node.as_str()).collect::<Vec<_>>(), ["量", "%"]);
    let indicator = find("指標");
    assert_eq!((indicator.places.len(), indicator.keywords.len()), (6, 2));
    assert_eq!(indicator.keywords[0].2, "KPI");
    assert!(indicator.members.iter().any(|m| m.role.node == "同定" && m.name.node == "名称"));
    let one_line = read("表 X = x { in A, B; head 名 = n : 文字列; rows 行 = r { column 量 = q : 量 厳密 事業 } }");
    assert!(one_line.faults.is_empty(), "{:?}", one_line.faults);
    assert_eq!(one_line.file.relations[1].members[1].words.len(), 3);
}

#[test]
fn ten_bad_clauses_are_ten_faults() {
    let bad = "規則 x {\n重大度 大変\n対象 行 集計行\n前提 (a > 0\n期待 := \n検査 = 3\n指摘 行 \"閉じない\n参考 \"a\" \"b\" \"c\"\n助言 直す\n修正 a b\n解説 \"\"\"x\"\"\" y\n試験 合格 { 集計 \"例\" }\n}\n規則 y { 検査 真 }";
    let parsed = read(bad);
    assert_eq!(parsed.faults.len(), 10, "{:#?}", parsed.faults);
    assert_eq!(codes(&parsed).iter().filter(|c| **c == "unclosed-text").count(), 1);
    assert_eq!((parsed.file.rules.len(), parsed.file.rules[0].about.tests.len()), (2, 1));
    let plus = read("規則 x {\n検査 a +\n指摘 a \"b\"\n}");
    assert_eq!(plus.faults[0].message.args[0].1, "指摘");
    assert!(plus.faults[0].message.args[1].1.contains('式'), "{:?}", plus.faults);
}

#[test]
fn blocks_and_duplicates() {
    assert_eq!(codes(&read("規則 a {\n検査 真\n規則 b { 検査 偽 }")), ["unclosed-block"]);
    assert_eq!(codes(&read("規則 a {\n検査 真\n検査 偽\n}")), ["duplicate-clause"]);
    assert_eq!(codes(&read("規則 a {\n試験 合格 { {\n}\n規則 b { }")), ["unclosed-block"]);
    assert_eq!(
        codes(&read("何か\n規則 b { }\n表 X = x {\n  色 a\n  見出し b : 量\n}")),
        ["rule-syntax", "rule-syntax"]
    );
    assert_eq!(codes(&read("規則 a {\n指摘 x \"{1 +} {y\"\n}")), ["rule-syntax", "rule-syntax"]);
}

#[test]
fn hostile_nesting_is_a_fault() {
    let wrap = |s: String| codes(&read(&format!("規則 a {{\n検査 {s}\n}}")));
    for (open, close) in [
        ("(", ")"),
        ("{", "}"),
        ("f(", ")"),
        ("件数{x ∈ ", "}"),
        ("a[", "]"),
        ("a < (", ") < b"),
        ("合計{a | x ∈ ", "}"),
    ] {
        assert_eq!(
            wrap(format!("{}1{}", open.repeat(40), close.repeat(40))).len(),
            usize::from(open.starts_with("a < ")),
            "{open}"
        );
        wrap(format!("{}1{}", open.repeat(100), close.repeat(100)));
        wrap(open.repeat(100));
        assert_eq!(wrap(format!("{}1{}", open.repeat(5000), close.repeat(5000))), ["too-deep"], "{open}");
        assert!(!wrap(open.repeat(5000)).is_empty());
    }
    for unit in ["- ", "否 ", "もし a ならば b それ以外 "] {
        assert_eq!(wrap(format!("{}1", unit.repeat(5000))), ["too-deep"], "{unit}");
    }
    for unit in ["1 + ", "a.b かつ ", "1 < ", "a = 否 "] {
        assert_eq!(wrap(format!("{}1", unit.repeat(5000))), ["too-deep"], "{unit}");
    }
    assert_eq!(wrap(format!("a{}", ".a".repeat(5000))), ["too-deep"]);
    // A quote in a label hides no bracket behind it.
    for label in ["◎", "\""] {
        let band = format!("達成基準 a {{\n{label} : {}1\n}}", "(".repeat(5000));
        assert_eq!(read(&band).faults.iter().map(|f| f.code).collect::<Vec<_>>(), ["too-deep"], "{label}");
    }
    let hole = format!("規則 a {{\n助言 \"{{\\\"a\\\" + {}\"\n}}", "(".repeat(5000));
    assert!(!read(&hole).faults.is_empty());
}

#[test]
fn three_thousand_lines_take_no_time() {
    let text = RATE.repeat(150);
    let start = std::time::Instant::now();
    assert_eq!(read(&text).file.rules.len(), 150);
    eprintln!("{} lines in {:?}", text.lines().count(), start.elapsed());
}

proptest! {
    #[test]
    fn no_text_panics(text in "(規則 x \\{|検査|試験 合格 \\{|\\PC|[\"\\\\{}()\\[\\]|:,#\n ]|:=|∈|もし|\"\"\"|表 a \\{|行 b){0,60}") {
        let _ = read(&text);
    }

    #[test]
    fn no_mutation_panics(cut in 0usize..1200, len in 0usize..40, put in "[\\PC\n\"{}\\\\]{0,4}", vocabulary in any::<bool>()) {
        let base: Vec<char> = if vocabulary { include_str!("../../../rules/vocabulary.rules") } else { RATE }.chars().collect();
        let start = cut.min(base.len());
        let end = (start + len).min(base.len());
        let text: String = base[..start].iter().copied().chain(put.chars()).chain(base[end..].iter().copied()).collect();
        let parsed = read(&text);
        for fault in &parsed.faults {
            prop_assert!(text.get(fault.span.range()).is_some());
        }
    }
}

#[test]
fn a_test_may_demand_the_sentence_of_each_finding() {
    let text = "規則 甲 ko {\n  試験 不合格 \"59%\" 指摘 \"58%です\", \"60%\", \"1\" finding \"x\" { 集計 }\n}\n";
    let parsed = parse(SourceId(0), text);
    assert_eq!(parsed.faults, vec![]);
    let test = &parsed.file.rules[0].about.tests[0];
    assert_eq!(test.expected.iter().map(|e| e.node.as_str()).collect::<Vec<_>>(), ["59%", "60%", "1"]);
    let messages: Vec<Option<&str>> = test.messages.iter().map(|m| m.as_ref().map(|m| m.node.as_str())).collect();
    assert_eq!(messages, [Some("58%です"), None, Some("x")]);
    assert_eq!(&text[test.plan.range()], " 集計 ");
}
