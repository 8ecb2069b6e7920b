use super::*;
use crate::findings::{Counts, Label, Wording};
use crate::text::{Source, Span};
use proptest::prelude::*;

fn at(sources: &Sources, source: u32, text: &str) -> Span {
    let id = SourceId(source);
    let start = sources.get(id).unwrap().text.find(text).unwrap();
    Span::new(id, start..start + text.len())
}

fn label(span: Span, ja: &str, en: &str) -> Label {
    Label { span, message: Wording { ja: ja.into(), en: en.into() } }
}

/// A rate that does not follow from its row, and a figure that another document states otherwise.
fn example() -> (Sources, Vec<Finding>) {
    let mut sources = Sources::default();
    sources.add(Source::new(
        "specs/資料2-1.plan",
        "文書 資料2-1 {\n  集計 \"分野別の達成状況\" R4 {\n    | 項番 | 分野名 | ＫＰＩ設定 | 達成 | 達成率 |\n    | Ⅰ－２ | 行政のデジタル化 | １２事業 | 7事業 | ５９％ |\n    | 合計 | | 43事業 | 25事業 | 58% |\n  }\n}\n",
    ));
    sources.add(Source::new("specs/資料2-4.plan", "事業 10 \"ＢＰＲの推進\" {\n  目標 R4: 1,800件\n}\n"));
    let rate = Finding {
        rule: "achievement-rate".into(),
        name: Wording { ja: "達成率の計算".into(), en: "achievement-rate".into() },
        severity: Severity::Error,
        message: Wording {
            ja: "達成率が「５９％」となっていますが、達成 7事業 ÷ ＫＰＩ設定 １２事業 は 58% です。".into(),
            en: "The rate is given as “５９％”, but achieved 7事業 ÷ set １２事業 is 58%.".into(),
        },
        help: Some(Wording {
            ja: "達成率か、達成・ＫＰＩ設定の事業数のどちらが正しいかを原資料で確かめてください。".into(),
            en: "Look up in the source whether the rate or the numbers of programs are right.".into(),
        }),
        span: at(&sources, 0, "５９％"),
        related: vec![
            label(at(&sources, 0, "１２事業"), "ＫＰＩを設定した事業", "programs with a KPI"),
            label(at(&sources, 0, "7事業"), "達成した事業", "programs that achieved it"),
        ],
        fix: None,
        is_fault: false,
        folded: Vec::new(),
    };
    let across = Finding {
        rule: "same-total".into(),
        name: Wording { ja: "合計の一致".into(), en: "same-total".into() },
        severity: Severity::Warning,
        message: Wording { ja: "事業数が合いません。".into(), en: "The numbers differ.".into() },
        help: None,
        span: at(&sources, 0, "43事業"),
        related: vec![label(at(&sources, 1, "1,800件"), "こちらでは 1,800件", "1,800 here")],
        fix: None,
        is_fault: false,
        folded: Vec::new(),
    };
    (sources, vec![rate, across])
}

fn render(lang: Lang, width: usize) -> String {
    let (sources, findings) = example();
    let messages = Messages::new();
    let text = pretty(&findings, &sources, &messages, &Options { lang, color: false, width, counts: true });
    text + &summary(
        Summary { counts: Counts::of(&findings), documents: 2, suppressed: 0, ..Summary::default() },
        &messages,
        lang,
    )
}

#[test]
fn japanese_at_80_columns() {
    insta::assert_snapshot!(render(Lang::Ja, 80));
}

#[test]
fn japanese_at_48_columns() {
    insta::assert_snapshot!(render(Lang::Ja, 48));
}

#[test]
fn english_at_80_columns() {
    insta::assert_snapshot!(render(Lang::En, 80));
}

#[test]
fn english_at_48_columns() {
    insta::assert_snapshot!(render(Lang::En, 48));
}

fn one(text: &str, start: usize, end: usize, related: Vec<Label>) -> (Sources, Vec<Finding>) {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("a.plan", text));
    let finding = Finding {
        rule: "x".into(),
        name: Wording::both("x"),
        severity: Severity::Error,
        message: Wording::both("m"),
        help: None,
        span: Span::new(id, start..end),
        related,
        fix: None,
        is_fault: false,
        folded: Vec::new(),
    };
    (sources, vec![finding])
}

#[test]
fn a_long_line_is_cut_around_what_it_points_at() {
    let line = format!("概要 \"{}ここが違う{}また違う{}\"", "あ".repeat(2000), "い".repeat(300), "う".repeat(2000));
    let start = line.find("ここが違う").unwrap();
    let other = line.find("また違う").unwrap();
    let related = vec![label(Span::new(SourceId(0), other..other + 12), "こちらも", "too")];
    let (sources, findings) = one(&line, start, start + 15, related);
    let options = Options { lang: Lang::Ja, color: false, width: 80, counts: true };
    insta::assert_snapshot!(pretty(&findings, &sources, &Messages::new(), &options));
}

#[test]
fn a_block_is_shown_by_its_first_line_and_tabs_and_controls_do_no_harm() {
    let text = "\t事業\u{1b}[31m 1 \"名\" {\n  目標\n}\n";
    let (sources, findings) = one(text, 1, text.len(), Vec::new());
    let options = Options { lang: Lang::Ja, color: false, width: 80, counts: true };
    insta::assert_snapshot!(pretty(&findings, &sources, &Messages::new(), &options));
}

#[test]
fn colours_come_only_when_asked_for() {
    let (sources, findings) = example();
    let text = |color| {
        pretty(&findings, &sources, &Messages::new(), &Options { lang: Lang::Ja, color, width: 80, counts: true })
    };
    assert!(!text(false).contains('\u{1b}'));
    assert!(text(true).contains('\u{1b}'));
    for word in ["Error", "Warning", "Advice", "help"] {
        assert!(!text(false).contains(word), "{word}");
    }
}

#[test]
fn nothing_found_is_said() {
    let messages = Messages::new();
    let line = |counts, documents, suppressed, lang| {
        summary(Summary { counts, documents, suppressed, ..Summary::default() }, &messages, lang)
    };
    assert_eq!(line(Counts::default(), 5, 0, Lang::Ja), "指摘はありません（5文書を突合しました）。");
    let counts = Counts { errors: 3, warnings: 5, infos: 0 };
    assert_eq!(line(counts, 5, 0, Lang::Ja), "誤り 3件、警告 5件（5文書を突合しました）。");
    let one = Counts { errors: 1, ..Counts::default() };
    assert_eq!(line(one, 1, 0, Lang::En), "1 error (1 document checked).");
    let accepted = line(one, 1, 2, Lang::Ja);
    assert_eq!(accepted, "誤り 1件（1文書を突合しました）。ほかに、許容した指摘が2件あります。");
    assert_eq!(line(one, 1, 2, Lang::En), "1 error (1 document checked). Not shown: 2 findings suppressed.");
    let both = Summary { counts: one, documents: 1, suppressed: 1, baseline: 3, before: 0 };
    let said = summary(both, &messages, Lang::Ja);
    assert_eq!(said, "誤り 1件（1文書を突合しました）。ほかに、許容した指摘が1件、既知の指摘が3件あります。");
    let said = summary(both, &messages, Lang::En);
    assert_eq!(said, "1 error (1 document checked). Not shown: 1 finding suppressed, 3 findings in the baseline.");
}

proptest! {
    #[test]
    fn any_place_in_any_text_can_be_shown(
        text in "(\\PC|[\\t\\n\\r あア字ｱ\u{301}]){0,120}",
        places in prop::collection::vec((0usize..400, 0usize..60), 1..6),
        width in 0usize..120,
    ) {
        let related = places.iter().map(|(s, n)| label(Span::new(SourceId(0), *s..s + n), "何か長い説明の文", "x")).collect();
        let (start, length) = places[0];
        let (sources, findings) = one(&text, start, start + length, related);
        let options = Options { lang: Lang::Ja, color: false, width, counts: true };
        let shown = pretty(&findings, &sources, &Messages::new(), &options);
        prop_assert!(text.is_empty() || shown.contains("[a.plan:"));
    }
}
