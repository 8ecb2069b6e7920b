//! The functions of the rule language: names, arguments and results.
use super::types::{Type, UnitType};
use crate::value::Rounding;

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// 正規化: the form in which texts are compared.
    Normalize,
    /// 四捨五入, 切り捨て, 切り上げ to a number of decimal places.
    Round(Rounding),
    /// 候補: the nearest rows to a reference that points nowhere, as a text.
    Candidates,
    /// 原文: what is printed.
    Printed,
    /// 名称核: a name without 再掲 marks and trailing brackets.
    Core,
    /// 循環: whether a row lies on a cycle of references.
    Cyclic,
    /// 単位: the printed unit.
    Unit,
    /// 同値: whether two printings can be one figure; where they cannot, nothing is computed with them.
    Agree,
    /// 前, 次: the printed figure of the year before and after in the same series.
    Previous,
    /// See [`Function::Previous`].
    Next,
    /// 増減: a figure less the one before it in its series.
    Step,
    /// 伸び率: 増減 by the figure before.
    Growth,
    /// 補間: what a straight line between the figures before and after gives for the year of this one.
    Interpolate,
    /// たどり: the rows reached by following one reference again and again.
    Follow,
    /// 並べ: the values of a set as one text.
    Listed,
    /// 要素数: how many values a set has.
    Size,
    /// 抜き出し: what the first group of a regular expression meets in a text.
    Extract,
    /// 除く: a text without what a regular expression meets.
    Without,
    /// 年度: the fiscal year of a day.
    FiscalYearOf,
    /// 始期, 終期: the fiscal years in which a period begins and ends.
    Begin,
    /// See [`Function::Begin`].
    End,
    /// 量: the figure that a text is.
    FigureOf,
    /// 補う: a figure, or another where none is printed.
    OrElse,
    /// 判定: the status that a scheme awards: name of the scheme, 方向, 目標, 実績, 基準値.
    Judge,
    /// 判定順: its number in the scheme, from 1.
    JudgeOrder,
    /// 数: a figure without its unit.
    Magnitude,
    /// 幅そろえ: a text with letters and digits in half width and kana in full width.
    EvenWidth,
    /// 類似度: how alike two names are, from 0 to 1, whatever their width.
    Likeness,
    /// 構成比: a part of the whole that it makes up with the rest.
    Share,
    /// 位取り: the printed scale (40百万枚: 1,000,000).
    Scale,
}

/// What an argument has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A reference column.
    Reference,
    /// A row.
    Row,
    /// A cell of a row.
    Cell,
    /// A row of a series (目標, 実績, …).
    SeriesRow,
    /// A set.
    Set,
    /// A day.
    Date,
    /// A regular expression in quotes.
    Pattern,
}

impl Argument {
    /// What it is called in messages.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Text => "文字列 text",
            Self::Number => "量 figure",
            Self::Reference => "参照 reference",
            Self::Row => "行 row",
            Self::Cell => "欄 cell",
            Self::SeriesRow => "年度ごとの値の行 row of a series",
            Self::Set => "集合 set",
            Self::Date => "日付 date",
            Self::Pattern => "\"正規表現\" a regular expression in quotes",
        }
    }
}

impl Function {
    /// All functions: Japanese name, English alias, function.
    pub const ALL: [(&'static str, &'static str, Function); 32] = [
        ("正規化", "normalize", Function::Normalize),
        ("四捨五入", "round", Function::Round(Rounding::Nearest)),
        ("切り捨て", "round-down", Function::Round(Rounding::Down)),
        ("切り上げ", "round-up", Function::Round(Rounding::Up)),
        ("幅そろえ", "even-width", Function::EvenWidth),
        ("候補", "candidates", Function::Candidates),
        ("原文", "printed", Function::Printed),
        ("名称核", "core", Function::Core),
        ("循環", "cyclic", Function::Cyclic),
        ("同値", "agree", Function::Agree),
        ("前", "previous", Function::Previous),
        ("次", "next", Function::Next),
        ("増減", "step", Function::Step),
        ("伸び率", "growth", Function::Growth),
        ("補間", "interpolate", Function::Interpolate),
        ("たどり", "follow", Function::Follow),
        ("並べ", "listed", Function::Listed),
        ("要素数", "size", Function::Size),
        ("抜き出し", "extract", Function::Extract),
        ("除く", "without", Function::Without),
        ("年度", "fiscal-year", Function::FiscalYearOf),
        ("始期", "begin", Function::Begin),
        ("終期", "end", Function::End),
        ("量", "figure", Function::FigureOf),
        ("補う", "or-else", Function::OrElse),
        ("判定", "judge", Function::Judge),
        ("判定順", "judge-order", Function::JudgeOrder),
        ("数", "magnitude", Function::Magnitude),
        ("類似度", "likeness", Function::Likeness),
        ("構成比", "share", Function::Share),
        ("単位", "unit", Function::Unit),
        ("位取り", "scale", Function::Scale),
    ];

    /// The function of a name in either language.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(ja, en, _)| *ja == name || *en == name).map(|f| f.2)
    }

    /// What it takes.
    #[must_use]
    pub fn arguments(self) -> &'static [Argument] {
        match self {
            Self::Normalize | Self::EvenWidth | Self::Core => &[Argument::Text],
            Self::Previous | Self::Next | Self::Step | Self::Growth | Self::Interpolate => &[Argument::SeriesRow],
            Self::Judge | Self::JudgeOrder => {
                &[Argument::Text, Argument::Text, Argument::Number, Argument::Number, Argument::Number]
            }
            Self::Follow => &[Argument::Reference],
            Self::Listed | Self::Size => &[Argument::Set],
            Self::Extract | Self::Without => &[Argument::Text, Argument::Pattern],
            Self::FiscalYearOf => &[Argument::Date],
            Self::Begin | Self::End | Self::FigureOf => &[Argument::Text],
            Self::Magnitude => &[Argument::Number],
            Self::Round(_) => &[Argument::Number, Argument::Number],
            Self::Candidates => &[Argument::Reference],
            Self::Share | Self::OrElse => &[Argument::Number, Argument::Number],
            Self::Likeness => &[Argument::Text, Argument::Text],
            Self::Agree => &[Argument::Cell, Argument::Cell],
            Self::Printed | Self::Unit | Self::Scale => &[Argument::Cell],
            Self::Cyclic => &[Argument::Row],
        }
    }

    /// What it gives, after the type of its first argument.
    #[must_use]
    pub fn result(self, first: &Type) -> Type {
        match self {
            Self::Normalize | Self::Core | Self::Candidates | Self::Printed | Self::Unit => Type::Text,
            Self::Round(_) | Self::OrElse | Self::Previous | Self::Next => first.clone(),
            Self::JudgeOrder => Type::Integer,
            Self::Judge | Self::Listed | Self::Extract | Self::Without | Self::EvenWidth => Type::Text,
            Self::Size => Type::Integer,
            Self::Follow => Type::Set(Box::new(first.clone())),
            Self::FiscalYearOf | Self::Begin | Self::End => Type::Year,
            Self::Step | Self::Interpolate | Self::FigureOf => Type::Number(UnitType::Open),
            Self::Growth => Type::Number(UnitType::Ratio),
            Self::Scale | Self::Magnitude => Type::Number(UnitType::Open),
            Self::Share | Self::Likeness => Type::Number(UnitType::Ratio),
            Self::Cyclic | Self::Agree => Type::Bool,
        }
    }
}

/// A name without `※再掲…` and without a trailing bracket; the whole name if nothing else is in it.
#[must_use]
pub fn core_of(name: &str) -> String {
    let cut = name.find("※再掲").map_or(name, |at| name.get(..at).unwrap_or(name)).trim();
    let without = match cut.char_indices().rev().find(|(_, c)| matches!(c, '(' | '（')) {
        Some((at, _)) if at > 0 && cut.ends_with([')', '）']) => cut.get(..at).unwrap_or(cut),
        _ => cut,
    };
    without.trim().to_owned()
}
