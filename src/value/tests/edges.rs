//! Edges that a reader may cross without a law being broken: each was found by a change in the code that no other test
//! noticed (tests/mutants), and says what would go wrong for the reader of a plan.
use super::*;

#[test]
fn a_day_of_a_date_is_written_with_one_or_two_digits() {
    for text in ["2021-004-01", "2021-+4-01", "R3.4.+1", "21-04-01", "02021-04-01", "2021--01", "令和3年"] {
        assert_eq!(Date::read(text), Err(DateFault::NotADate), "{text}: a misprint is not taken for a day");
    }
}

#[test]
fn a_day_that_the_calendar_lacks_is_told() {
    for text in
        ["2021-13-01", "2021-00-01", "2021-13", "2021-04-00", "2021-04-31", "2021-06-31", "2021-09-31", "2021-11-31"]
    {
        assert_eq!(Date::read(text), Err(DateFault::NoSuchDay), "{text}");
    }
    for text in ["2021-01-31", "2021-04-30", "2000-02-29", "2024-02-29"] {
        assert!(Date::read(text).is_ok(), "{text}");
    }
    for text in ["1900-02-29", "2100-02-29", "2021-02-29", "2024-02-30"] {
        assert_eq!(Date::read(text), Err(DateFault::NoSuchDay), "{text}");
    }
}

#[test]
fn the_month_in_which_an_era_changes_belongs_to_both() {
    for text in ["平成元年1月", "昭和64年1月", "平成31年4月", "令和元年5月"] {
        assert!(Date::read(text).is_ok(), "{text}");
    }
    for text in ["平成元年1月7日", "令和元年4月", "平成31年5月", "昭和元年12月24日"] {
        assert_eq!(Date::read(text), Err(DateFault::NotInEra), "{text}");
    }
}

#[test]
fn a_date_is_shown_as_far_as_it_is_printed() {
    assert_eq!(Date::read("令和3年9月").map(|d| d.to_string()).as_deref(), Ok("2021-09"));
    assert_eq!(Date::read("令和3年9月1日").map(|d| d.to_string()).as_deref(), Ok("2021-09-01"));
}

#[test]
fn a_whole_number_is_one_of_a_machine_only_where_it_fits() {
    assert_eq!(exact(3, 0).to_i64(), Some(3));
    assert_eq!(exact(-70, 1).to_i64(), Some(-7));
    assert_eq!(exact(35, 1).to_i64(), None, "half a thing is not counted as none");
    assert_eq!(exact(1 << 64, 0).to_i64(), None);
    assert!(exact(30, 1).is_integer() && !exact(31, 1).is_integer());
}

#[test]
fn all_decimals_of_a_number_are_shown_if_they_end() {
    assert_eq!(exact(123_456_789, 9).to_string(), "0.123456789");
    assert_eq!(exact(-1, 5).to_string(), "-0.00001");
    let third = exact(1, 0).checked_div(exact(3, 0)).expect("a third");
    assert_eq!(third.to_string(), "0.3333");
}

#[test]
fn a_hyphen_before_a_figure_is_its_sign() {
    for text in ["-5件", "－５件", "▲5件", "△5件"] {
        assert_eq!(quantity(text).value, exact(-5, 0), "{text}");
    }
}

#[test]
fn blanks_part_the_digits_of_a_figure_before_its_point_too() {
    assert_eq!(quantity("5 .6件").value, exact(56, 1));
}

#[test]
fn a_remark_in_words_is_not_a_note_mark() {
    assert_eq!(Figure::read("5件※備考"), Ok(Figure::Qualitative));
    assert_eq!(Figure::read("※1"), Ok(Figure::Qualitative));
    let noted = quantity("5件※1");
    assert!(noted.noted && noted.unit == "件");
}

#[test]
fn a_sentence_that_begins_with_a_number_is_no_mistyped_figure() {
    for text in ["5,未定", "1.5,000件", "3...", "5..6件", "5 ,000件", "2. 予定.", "5          6件", "5件.6"] {
        assert_eq!(Figure::read(text), Ok(Figure::Qualitative), "{text}");
    }
}

#[test]
fn a_point_may_stand_apart_or_in_another_width() {
    for text in ["5.5%", "5 .5%", "5. 5%", "５.5%", "5．5%", "５ ．５%"] {
        assert_eq!((quantity(text).value, quantity(text).unit), (exact(55, 1), "%"), "{text}");
    }
}

#[test]
fn a_unit_is_a_word_and_a_scale_is_known_from_one() {
    assert!(!quantity("5件").scaled && quantity("5千件").scaled);
    for text in ["5件。未定", "5件、6人", "5→6件"] {
        assert_eq!(Figure::read(text), Ok(Figure::Qualitative), "{text}");
    }
    let (longest, longer) = (format!("5{}", "件".repeat(24)), format!("5{}", "件".repeat(25)));
    assert_eq!(quantity(&longest).unit.chars().count(), 24);
    assert_eq!(Figure::read(&longer), Ok(Figure::Qualitative), "a sentence is no unit");
}

#[test]
fn a_year_is_written_in_digits_and_its_era_in_any_case() {
    for text in ["r4", "R4", "R04", "R004", "fy2022"] {
        assert_eq!(FiscalYear::read(text), Ok(FiscalYear(2022)), "{text}");
    }
    for text in ["R+4", "R0004", "R", "20222年度", "+202", "令和", "reiwa4"] {
        assert_eq!(FiscalYear::read(text), Err(YearFault::NotAYear), "{text}: a misprint is not taken for a year");
    }
}

#[test]
fn only_twenty_numbers_are_circled() {
    assert_eq!(parts("⑳5件"), [(20, 3..7)]);
    assert_eq!(parts("⑴5件"), [(0, 0..7)], "a number in brackets is no part");
}

/// An interval as it is shown.
fn span(low: i128, high: i128, ends: &str) -> Interval {
    let closed = |mark| ends.contains(mark);
    Interval {
        low: End { at: Some(exact(low, 0)), closed: closed('[') },
        high: End { at: Some(exact(high, 0)), closed: closed(']') },
    }
}

#[test]
fn an_end_belongs_to_a_result_only_where_it_is_reached() {
    let shown = |found: Option<Interval>| found.map(|i| i.to_string()).unwrap_or_default();
    assert_eq!(shown(span(1, 2, "[").checked_add(span(3, 4, "[]"))), "[4, 6)");
    assert_eq!(shown(span(1, 2, "[").checked_sub(span(3, 4, "[]"))), "[-3, -1)");
    assert_eq!(shown(span(1, 2, "[").checked_mul(span(3, 4, "[]"))), "[3, 8)");
    assert_eq!(shown(span(1, 2, "[").checked_div(span(4, 5, "[]"))), "[0.2, 0.5)");
    assert_eq!(
        shown(span(-1, 1, "[").checked_mul(span(-1, 1, "[]"))),
        "[-1, 1]",
        "-1 × -1 reaches what 1 × 1 does not"
    );
    assert_eq!(shown(span(-1, 1, "]").checked_mul(span(-1, 1, "[]"))), "[-1, 1]");
    assert_eq!(shown(span(-2, 3, "[]").checked_mul(span(-5, 7, "[]"))), "[-15, 21]");
    assert_eq!(shown(span(1, 2, "[]").checked_div(span(-1, 1, "[]"))), "", "0 may not be divided by");
}

/// 0 of some, counted exactly, is 0 %, whatever the others were rounded from.
#[test]
fn nothing_times_or_by_anything_is_nothing() {
    let nothing = Interval::point(Exact::ZERO);
    assert_eq!(nothing.checked_mul(span(3, 4, "")), Some(nothing));
    assert_eq!(nothing.checked_div(span(3, 4, "")), Some(nothing));
    assert_eq!(span(0, 2, "[]").checked_mul(span(3, 4, "")).map(|i| i.to_string()).as_deref(), Some("[0, 8)"));
}

#[test]
fn what_two_printings_have_in_common_keeps_the_stricter_end() {
    for (a, b, common) in [
        (span(1, 2, "["), span(1, 2, "[]"), Some("[1, 2)")),
        (span(1, 2, "]"), span(1, 2, "[]"), Some("(1, 2]")),
        (span(1, 3, "[]"), span(2, 4, ""), Some("(2, 3]")),
        (span(1, 2, "[]"), span(2, 3, "[]"), Some("[2, 2]")),
        (span(1, 2, "["), span(2, 3, "[]"), None),
        (span(1, 2, "[]"), span(2, 3, "]"), None),
        (span(1, 2, "[]"), span(3, 4, "[]"), None),
    ] {
        assert_eq!(a.intersect(b).map(|i| i.to_string()).as_deref(), common, "{a} {b}");
        assert_eq!(b.intersect(a), a.intersect(b));
    }
    let most = Interval { low: span(2, 3, "[]").low, high: End { at: None, closed: false } };
    assert_eq!(most.intersect(span(1, 3, "[]")).map(|i| i.to_string()).as_deref(), Some("[2, 3]"));
    assert!(!most.contains(exact(1, 0)) && most.contains(exact(2, 0)) && most.contains(exact(9, 0)));
}

#[test]
fn about_is_a_tenth_either_way_and_at_least_one_place() {
    let about = |value: i128, place: i128| {
        let (value, place) = (exact(value, 0), exact(place, 0));
        Interval::of(value, place, Rounding::Exact).widen(Qualifier::About, value, place).to_string()
    };
    assert_eq!(about(100, 1), "[90, 110]");
    assert_eq!(about(5, 1), "[4, 6]");
    assert_eq!(about(-100, 1), "[-110, -90]");
}

#[test]
fn a_width_is_what_lies_between_the_ends() {
    assert_eq!(span(3, 5, "[").width(), Some(exact(2, 0)));
    assert_eq!(Interval { low: span(3, 5, "").low, high: End { at: None, closed: false } }.width(), None);
}

#[test]
fn an_interval_times_a_number_turns_with_its_sign() {
    let shown = |by: i128| span(1, 2, "[").scale(exact(by, 0)).map(|i| i.to_string()).unwrap_or_default();
    assert_eq!((shown(3).as_str(), shown(-3).as_str()), ("[3, 6)", "(-6, -3]"));
    assert_eq!(shown(0), "[0, 0]", "never empty");
}
