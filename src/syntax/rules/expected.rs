//! What the grammar would have taken, in the words of the reader.
use pest::error::{Error, ErrorVariant, InputLocation};

use super::expr::Frame;
use super::grammar::Rule as R;
use super::scan::{is_name, rest, skip_blank};
use crate::text::near::nearest;
use crate::text::{Fault, Span};

/// Japanese and English words for the pieces of the grammar.
const EXPECTED: &[(&[R], &str, &str)] = &[
    (
        &[
            R::expr,
            R::place,
            R::paren,
            R::set,
            R::choice,
            R::over,
            R::rows,
            R::every,
            R::reference,
            R::reach,
            R::figure,
            R::items,
            R::negate,
        ],
        "式",
        "an expression",
    ),
    (
        &[
            R::op_add,
            R::op_subtract,
            R::op_multiply,
            R::op_divide,
            R::op_equal,
            R::op_not_equal,
            R::op_less,
            R::op_less_eq,
            R::op_greater,
            R::op_greater_eq,
            R::op_consistent,
            R::kw_and,
            R::kw_or,
            R::kw_contains,
            R::kw_matches,
            R::kw_within,
            R::kw_union,
            R::kw_intersect,
            R::kw_except,
            R::is_test,
        ],
        "演算子",
        "an operator",
    ),
    (&[R::name, R::column, R::rule_name, R::word], "名前", "a name"),
    (&[R::slug, R::alias], "英語の名前", "an English name"),
    (&[R::text, R::sentence, R::expected], "\"文\"", "a quoted text"),
    (&[R::prose], "\"\"\"解説\"\"\"", "a text in triple quotes"),
    (&[R::range, R::kw_element], "変数 ∈ 範囲", "variable ∈ range"),
    (&[R::label, R::each], "位置と\"文\"", "a place and its text"),
    (
        &[R::state, R::kw_missing, R::kw_present, R::kw_dangling, R::kw_unreadable, R::kw_number, R::kw_qualitative],
        "なし・ある・不存在・判読不能・数値・文字",
        "missing, present, dangling, unreadable, number or qualitative",
    ),
    (&[R::band, R::label_word, R::band_end], "区分 : 条件", "status : condition"),
    (&[R::level, R::kw_error, R::kw_warning, R::kw_info], "誤り・警告・情報", "error, warning or info"),
    (&[R::kw_pass, R::kw_fail], "合格・不合格", "pass or fail"),
    (&[R::kw_then], "ならば", "then"),
    (&[R::kw_else], "それ以外", "else"),
    (&[R::open_brace], "{", "{"),
    (&[R::close_brace], "}", "}"),
    (&[R::close_paren], ")", ")"),
    (&[R::close_bracket], "]", "]"),
    (&[R::comma], ",", ","),
    (&[R::colon], ":", ":"),
    (&[R::bar], "|", "|"),
    (&[R::is_equal], "=", "="),
    (&[R::assign], ":=", ":="),
    (&[R::arrow], "←", "<-"),
    (&[R::boundary, R::clause_word, R::definition, R::result], "次の句", "the next clause"),
    (&[R::role, R::places, R::identity, R::keyword, R::rows_head, R::column_line], "表の項目", "a member of the table"),
    (&[R::line_end], "行の終わり", "the end of the line"),
    (&[R::end, R::EOI], "式の終わり", "the end of the expression"),
    (
        &[
            R::rule_head,
            R::scheme_head,
            R::kw_scheme,
            R::kw_rule,
            R::define_head,
            R::kw_define,
            R::table_head,
            R::kw_table,
            R::kw_extend,
            R::unit_line,
            R::kw_unit,
        ],
        "規則・定義・達成基準・表・拡張・単位",
        "rule, define, scheme, table, extend or unit",
    ),
];

/// The words that begin a clause, in both languages.
const CLAUSES: [&str; 24] = [
    "重大度",
    "分類",
    "設定",
    "tags",
    "parameter",
    "対象",
    "前提",
    "検査",
    "指摘",
    "参考",
    "助言",
    "修正",
    "解説",
    "試験",
    "severity",
    "for",
    "when",
    "check",
    "finding",
    "see",
    "help",
    "fix",
    "explain",
    "test",
];

/// The clause that a word which begins none was perhaps meant to be; empty if it resembles none.
pub(super) fn meant(word: &str) -> String {
    if CLAUSES.contains(&word) { String::new() } else { nearest(word, CLAUSES.into_iter()) }
}

/// The word or mark at `pos`, and its place.
pub(super) fn token(text: &str, pos: usize) -> (String, std::ops::Range<usize>) {
    let start = skip_blank(text, pos);
    let tail = rest(text, start);
    let Some(first) = tail.chars().next() else {
        let end = text.trim_end().len().min(pos);
        return ("EOF".to_owned(), end..end);
    };
    let len = if is_name(first) { tail.find(|c| !is_name(c)).unwrap_or(tail.len()) } else { first.len_utf8() };
    (super::scan::head(tail, len).to_owned(), start..start + len)
}

/// `rule-syntax` at `pos`, where one of `rules` was expected.
pub(super) fn fault_at(frame: Frame<'_>, pos: usize, rules: &[R]) -> Fault {
    let (found, range) = token(frame.text, pos);
    let words: Vec<_> = EXPECTED.iter().filter(|(known, ..)| known.iter().any(|r| rules.contains(r))).collect();
    let join = |all: Vec<&str>, separator: &str, none: &str| {
        if all.is_empty() { none.to_owned() } else { all.join(separator) }
    };
    Fault::error("rule-syntax", Span::new(frame.source, range))
        .with("found", found)
        .with("expected_ja", join(words.iter().map(|w| w.1).collect(), "、", "正しい句"))
        .with("expected_en", join(words.iter().map(|w| w.2).collect(), "; ", "a well-formed clause"))
}

/// The fault that a failed call of the grammar amounts to.
pub(super) fn fault_of(frame: Frame<'_>, error: &Error<R>) -> Fault {
    let pos = match error.location {
        InputLocation::Pos(p) | InputLocation::Span((p, _)) => p,
    };
    match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => fault_at(frame, frame.base + pos, positives),
        ErrorVariant::CustomError { .. } => fault_at(frame, frame.base + pos, &[]),
    }
}
