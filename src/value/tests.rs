//! What printed figures denote: the examples of the documents, and the laws that hold for all of them.
use proptest::prelude::*;

use super::*;

mod edges;

fn exact(mantissa: i128, places: u32) -> Exact {
    Exact::decimal(mantissa, places).expect("small")
}

fn quantity(text: &str) -> Quantity<'_> {
    match Figure::read(text) {
        Ok(Figure::Quantity(quantity)) => quantity,
        other => panic!("{text} is a quantity, not {other:?}"),
    }
}

#[test]
fn figures_of_the_documents_are_read_as_printed() {
    for (text, value, place, unit) in [
        ("61.0%", "61", "0.1", "%"),
        ("４２％", "42", "1", "％"),
        ("8 0. 0 %", "80", "0.1", "%"),
        ("4 0 百万枚", "40000000", "1000000", "枚"),
        ("40万枚", "400000", "10000", "枚"),
        ("4 0 百 万 枚", "40000000", "1000000", "枚"),
        ("232.36万件", "2323600", "100", "件"),
        ("7万6千人", "76000", "1000", "人"),
        ("1億2,000万円", "120000000", "10000", "円"),
        ("27,000千円", "27000000", "1000", "円"),
        ("１，８００件", "1800", "1", "件"),
        ("670経営体", "670", "1", "経営体"),
        ("10,000ダウンロード", "10000", "1", "ダウンロード"),
        ("のべ236名", "236", "1", "名"),
        ("△5千円", "-5000", "1000", "円"),
        ("37.50%", "37.5", "0.01", "%"),
        ("75600", "75600", "1", ""),
    ] {
        let read = quantity(text);
        assert_eq!(
            (read.value.to_string().as_str(), read.place.to_string().as_str(), read.unit),
            (value, place, unit),
            "{text}"
        );
    }
    assert_eq!(quantity("４以上").qualifier, Qualifier::AtLeast);
    assert_eq!(quantity("71.5%以上").qualifier, Qualifier::AtLeast);
    assert_eq!(quantity("ほぼ100%").qualifier, Qualifier::About);
    assert_eq!(quantity("5人未満").qualifier, Qualifier::LessThan);
    assert!(quantity("７（※）").noted);
    assert!(quantity("315件（※）").noted);
}

#[test]
fn what_is_no_figure_is_missing_unreadable_or_a_text() {
    for dash in ["", "-", "－", "ー", "―", "　"] {
        assert_eq!(Figure::read(dash), Ok(Figure::Missing), "{dash:?}");
    }
    assert_eq!(Figure::read("判読不能"), Ok(Figure::Unreadable));
    for text in ["運用", "作成中", "検討・令和４年度創設予定", "構築済（※）"] {
        assert_eq!(Figure::read(text), Ok(Figure::Qualitative), "{text}");
    }
}

#[test]
fn a_mistyped_figure_says_what_is_wrong() {
    for (text, meant) in [
        ("12,34,5件", "12,345件"),
        ("約△12,34,5.60件以上", "約△12,345.60件以上"),
        ("7万12,34人", "7万1,234人"),
        ("12,34.12345678901%", "1,234.12345678901%"),
    ] {
        assert_eq!(Figure::read(text), Err(FigureFault::Grouping(meant.into())), "nothing but the commas changes");
    }
    assert_eq!(Figure::read("１２．３．４%"), Err(FigureFault::DecimalPoint));
    assert_eq!(Figure::read(&"1".repeat(40)), Err(FigureFault::TooLong(40)));
    assert_eq!(Figure::read("999999999999999999兆億兆円"), Err(FigureFault::TooLarge));
}

#[test]
fn hostile_lengths_are_read_in_one_pass() {
    for piece in [" ", "1", "①", ",", "１ ", "7万", "(※)"] {
        let text = format!("8{}", piece.repeat(200_000));
        let _ = Figure::read(&text);
        let _ = parts(&text);
    }
}

#[test]
fn parts_are_split_at_circled_numbers() {
    let text = "①500時間 ②50企業";
    let found: Vec<(u8, &str)> = parts(text).into_iter().map(|(n, r)| (n, &text[r])).collect();
    assert_eq!(found, [(1, "500時間"), (2, "50企業")]);
    assert_eq!(parts("277件"), [(0, 0..6)]);
    let text = "① 500時間 ②　50企業 ";
    let found: Vec<(u8, &str)> = parts(text).into_iter().map(|(n, r)| (n, &text[r])).collect();
    assert_eq!(found, [(1, "500時間"), (2, "50企業")], "a finding points at the figure, not at the blank before it");
}

#[test]
fn rounding_follows_the_standard() {
    let shown = |mantissa, rounding| Interval::of(exact(mantissa, 1), exact(1, 1), rounding).to_string();
    assert_eq!(shown(333, Rounding::Nearest), "[33.25, 33.35]");
    assert_eq!(shown(333, Rounding::Down), "[33.3, 33.4)");
    assert_eq!(shown(-333, Rounding::Down), "(-33.4, -33.3]");
    assert_eq!(shown(0, Rounding::Down), "(-0.1, 0.1)");
    assert_eq!(shown(333, Rounding::Up), "(33.2, 33.3]");
    assert_eq!(shown(-333, Rounding::Up), "[-33.3, -33.2)");
    assert_eq!(exact(875, 1).round(0, Rounding::Nearest), Some(exact(88, 0)), "7 ÷ 8 is printed 88 %");
    assert_eq!(exact(-5, 1).round(0, Rounding::Nearest), Some(exact(-1, 0)));
}

#[test]
fn touching_ends_meet_only_where_both_are_closed() {
    let (one, two) = (
        Interval::of(exact(1, 0), exact(1, 0), Rounding::Nearest),
        Interval::of(exact(2, 0), exact(1, 0), Rounding::Nearest),
    );
    assert!(one.meets(&two), "1.5 is printed 1 or 2");
    let (one, two) = (
        Interval::of(exact(1, 0), exact(1, 0), Rounding::Down),
        Interval::of(exact(2, 0), exact(1, 0), Rounding::Down),
    );
    assert!(!one.meets(&two));
}

#[test]
fn years_of_all_eras_are_one() {
    for text in ["R4", "Ｒ４", "令和4年度", "令和４年", "2022年度", "FY2022", "2022"] {
        assert_eq!(FiscalYear::read(text), Ok(FiscalYear(2022)), "{text}");
    }
    for text in ["令和元年度", "平成31年度", "R1", "H31", "FY2019"] {
        assert_eq!(FiscalYear::read(text), Ok(FiscalYear(2019)), "{text}");
    }
    assert_eq!(FiscalYear(2018).to_string(), "H30");
    assert_eq!(FiscalYear(2019).wareki_long(), "令和元年度");
    assert_eq!(FiscalYear(2022).seireki(), "2022年度");
    assert_eq!(FiscalYear::read("R0"), Err(YearFault::NotInEra { meant: None }));
    assert_eq!(FiscalYear::read("R99"), Err(YearFault::OutOfRange));
    assert_eq!(FiscalYear::read("平成32年度"), Err(YearFault::NotInEra { meant: Some(FiscalYear(2020)) }));
    assert_eq!(FiscalYear::read("運用"), Err(YearFault::NotAYear));
}

#[test]
fn eras_begin_and_end_on_their_days() {
    let date = |year, month, day| Ok(Date { year, month, day });
    assert_eq!(Date::read("平成31年4月30日"), date(2019, 4, 30));
    assert_eq!(Date::read("平成31年5月1日"), Err(DateFault::NotInEra));
    assert_eq!(Date::read("令和元年5月1日"), date(2019, 5, 1));
    assert_eq!(Date::read("令和元年4月30日"), Err(DateFault::NotInEra));
    assert_eq!(Date::read("昭和64年1月7日"), date(1989, 1, 7));
    assert_eq!(Date::read("昭和64年1月8日"), Err(DateFault::NotInEra));
    assert_eq!(Date::read("平成元年1月8日"), date(1989, 1, 8));
    for same in ["R3.4.1", "Ｒ３．４．１", "令和3年4月1日", "2021-04-01", "2021/4/1", "2021年4月1日"] {
        assert_eq!(Date::read(same), date(2021, 4, 1), "{same}");
    }
    assert_eq!(Date::read("令和3年9月"), date(2021, 9, 0));
    assert_eq!(Date::read("令和3年2月29日"), Err(DateFault::NoSuchDay));
    assert_eq!(Date::read("令和6年3月").map(Date::fiscal_year), Ok(FiscalYear(2023)), "March lies in the year before");
    assert_eq!(Date::read("R4.1").map(Date::fiscal_year), Ok(FiscalYear(2021)));
}

fn number() -> impl Strategy<Value = Exact> {
    (-1_000_000_000_i128..1_000_000_000, 0_u32..4).prop_map(|(m, p)| exact(m, p))
}

fn interval() -> impl Strategy<Value = Interval> {
    let rounding =
        prop_oneof![Just(Rounding::Nearest), Just(Rounding::Down), Just(Rounding::Up), Just(Rounding::Exact)];
    (-1_000_000_i128..1_000_000, 0_u32..3, rounding).prop_map(|(m, p, r)| Interval::of(exact(m, p), exact(1, p), r))
}

/// An interval with a number that lies in it, often one of its ends; often small, so that it has 0 in it or at an end.
fn member() -> impl Strategy<Value = (Interval, Exact)> {
    let small = (-3..=3_i128, 0..=3_i128, any::<bool>(), any::<bool>())
        .prop_filter("not empty", |(_, wide, low, high)| *wide > 0 || (*low && *high))
        .prop_map(|(at, wide, low, high)| Interval {
            low: End { at: Some(exact(at, 0)), closed: low },
            high: End { at: Some(exact(at + wide, 0)), closed: high },
        });
    (prop_oneof![small, interval()], 0..=4_i128).prop_filter_map("a number in it", |(of, quarters)| {
        let part = of.width()?.checked_mul(Exact::decimal(25 * quarters, 2)?)?;
        let at = of.low.at?.checked_add(part)?;
        of.contains(at).then_some((of, at))
    })
}

proptest! {
    #[test]
    fn a_printed_number_reads_back(n in number()) {
        let text = n.abs().to_string();
        prop_assert_eq!(quantity(&text).value, n.abs());
        let grouped = n.abs().grouped();
        prop_assert_eq!(quantity(&grouped).value, n.abs());
        let wide: String = grouped.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap_or(c)).collect();
        prop_assert_eq!(quantity(&wide).value, n.abs());
    }

    /// Bare digits are read at a glance; it must be the figure that a careful look gives, or 12 and １２ were two.
    #[test]
    fn bare_digits_are_the_figure_that_they_are_in_any_width(text in "[0-9]{1,20}") {
        let wide: String = text.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap_or(c)).collect();
        prop_assert_eq!(Figure::read(&text), Figure::read(&wide));
    }

    #[test]
    fn a_year_reads_back(year in 1868_i16..=2100) {
        let year = FiscalYear(year);
        for text in [year.to_string(), year.wareki_long(), year.seireki()] {
            prop_assert_eq!(FiscalYear::read(&text), Ok(year), "{}", text);
        }
    }

    #[test]
    fn points_add_like_numbers(a in number(), b in number()) {
        let sum = Interval::point(a).checked_add(Interval::point(b));
        prop_assert_eq!(sum, a.checked_add(b).map(Interval::point));
    }

    #[test]
    fn meeting_is_symmetric_and_the_common_part_lies_in_both(a in interval(), b in interval()) {
        prop_assert_eq!(a.meets(&b), b.meets(&a));
        prop_assert_eq!(a.intersect(b), b.intersect(a));
        if let Some(common) = a.intersect(b) {
            prop_assert_eq!(common.intersect(a), Some(common));
            prop_assert_eq!(common.intersect(b), Some(common));
        }
    }

    #[test]
    fn results_contain_what_their_members_give((x, a) in member(), (y, b) in member()) {
        let both = |f: Option<Interval>, v: Option<Exact>| f.zip(v).is_none_or(|(f, v)| f.contains(v));
        prop_assert!(both(x.checked_add(y), a.checked_add(b)), "{} + {}: {} + {}", x, y, a, b);
        prop_assert!(both(x.checked_sub(y), a.checked_sub(b)), "{} - {}: {} - {}", x, y, a, b);
        prop_assert!(both(x.checked_mul(y), a.checked_mul(b)), "{} × {}: {} × {}", x, y, a, b);
        prop_assert!(both(x.checked_div(y), a.checked_div(b)), "{} ÷ {}: {} ÷ {}", x, y, a, b);
    }

    #[test]
    fn the_printed_value_lies_in_what_it_denotes(n in number()) {
        for rounding in [Rounding::Nearest, Rounding::Down, Rounding::Up, Rounding::Exact] {
            prop_assert!(Interval::of(n, exact(1, 2), rounding).contains(n));
        }
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC{0,40}") {
        let _ = (Figure::read(&text), FiscalYear::read(&text), Date::read(&text));
        for (_, range) in parts(&text) {
            prop_assert!(text.get(range).is_some());
        }
    }

    #[test]
    fn no_near_figure_makes_a_reader_panic(text in "[0-9０-９,，.．万億兆千百%％件①②△約以上RHS年度月日 　-]{0,30}") {
        let _ = (Figure::read(&text), FiscalYear::read(&text), Date::read(&text));
        for (_, range) in parts(&text) {
            prop_assert!(text.get(range).is_some());
        }
    }
}

#[test]
fn the_day_of_a_run_is_counted_from_1970() {
    let shown = |days| Date::of_days(days).map(|date| date.to_string());
    for (days, day) in [
        (0, "1970-01-01"),
        (58, "1970-02-28"),
        (59, "1970-03-01"),
        (11_016, "2000-02-29"),
        (11_017, "2000-03-01"),
        (20_544, "2026-04-01"),
        (47_540, "2100-02-28"),
        (47_541, "2100-03-01"),
        (-1, "1969-12-31"),
    ] {
        assert_eq!(shown(days).as_deref(), Some(day), "{days}");
    }
    assert_eq!(shown(i64::MAX), None);
    assert_eq!(shown(i64::MIN), None);
    // Every day follows the one before, and is a day of the calendar.
    let mut before = Date::of_days(-1).expect("a day");
    for days in 0..50_000 {
        let day = Date::of_days(days).expect("a day");
        assert!(day > before && Date::read(&day.to_string()).is_ok_and(|read| read == day) || day.year > 2100, "{day}");
        before = day;
    }
}
