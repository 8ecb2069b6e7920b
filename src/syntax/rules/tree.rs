//! The syntax tree of a rule file.
use serde::{Deserialize, Serialize};

use super::kept::Later;
use crate::syntax::Spanned;
use crate::text::{Severity, Span};

/// All that a rule file declares.
#[derive(Serialize, Deserialize, Debug, Clone, Default)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct RuleFile {
    /// The rules, in order.
    pub rules: Vec<Rule>,
    /// Units.
    pub units: Vec<UnitDecl>,
    /// Relations of the vocabulary.
    pub relations: Vec<RelationDecl>,
    /// Relations that rules make of others.
    pub definitions: Vec<Definition>,
    /// Ways to award a status.
    pub schemes: Vec<SchemeDecl>,
}

impl RuleFile {
    /// Adds what another file declares.
    pub fn append(&mut self, other: Self) {
        self.rules.extend(other.rules);
        self.units.extend(other.units);
        self.relations.extend(other.relations);
        self.definitions.extend(other.definitions);
        self.schemes.extend(other.schemes);
    }
}

/// `定義 名 = alias { 対象 … 前提 … 列 名 := 式 … }`: a relation made of others, one row for each binding.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct Definition {
    /// Whole declaration.
    pub span: Span,
    /// Japanese name.
    pub name: Spanned<String>,
    /// English alias.
    pub alias: Option<Spanned<String>>,
    /// 対象.
    pub ranges: Vec<Range>,
    /// 前提.
    pub premises: Vec<Expr>,
    /// `名 := 式`.
    pub locals: Vec<(Spanned<String>, Expr)>,
    /// 列: name, English alias, expression.
    pub columns: Vec<(Spanned<String>, Option<Spanned<String>>, Expr)>,
    /// Whether a clause could not be read (and was reported).
    pub torn: bool,
}

/// `達成基準 五段階 = five-grades { ◎ : 達成率 ≥ 100% … }`: when which status is awarded.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct SchemeDecl {
    /// From the keyword to the closing brace.
    pub span: Span,
    /// Japanese name.
    pub name: Spanned<String>,
    /// English alias.
    pub alias: Option<Spanned<String>>,
    /// The printed word of each status and its condition; none for それ以外.
    pub bands: Vec<(Spanned<String>, Option<Expr>)>,
    /// Whether a band could not be read (and was reported).
    pub torn: bool,
}

/// 設定: a value that the configuration may set.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: Spanned<String>,
    /// Its value where the configuration sets none.
    pub default: Expr,
    /// What it is for.
    pub meaning: Sentence,
}

/// 重大度.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub enum Grade {
    /// Always this.
    Fixed(Severity),
    /// `もし 条件 ならば … それ以外 …`.
    If(Expr, Severity, Severity),
}

impl Grade {
    /// The gravest that a finding of the rule can be.
    #[must_use]
    pub fn gravest(&self) -> Severity {
        match self {
            Self::Fixed(severity) => *severity,
            Self::If(_, a, b) => (*a).max(*b),
        }
    }
}

/// 修正: what would mend a finding.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct Fix {
    /// 安全: whether it is right whenever the rule is.
    pub safe: bool,
    /// The place to be changed.
    pub place: Expr,
    /// Its new value.
    pub value: Expr,
}

/// A sentence in both languages, each a template with `{expression:format}` holes.
#[derive(Serialize, Deserialize, Debug, Clone, Default)]
pub struct Sentence {
    /// Japanese.
    pub ja: Option<Template>,
    /// English.
    pub en: Option<Template>,
}

/// Text with holes.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct Template {
    /// Where the quoted text stands.
    pub span: Span,
    /// Its pieces.
    pub pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub enum Piece {
    /// Literal text.
    Text(String),
    /// `{expression:format}`.
    Hole(Expr, Option<Spanned<String>>),
}

/// One rule. What is asked of every rule of a run stands at its head; the rest is brought back of those that are wanted.
#[derive(Serialize, Deserialize, Debug, Clone)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rule {
    /// From the keyword to the closing brace.
    pub span: Span,
    /// Japanese name.
    pub name: Spanned<String>,
    /// Stable code (English slug); the name if none is given.
    pub slug: Option<Spanned<String>>,
    /// 重大度.
    pub severity: Option<Spanned<Grade>>,
    /// 分類.
    pub tags: Vec<Spanned<String>>,
    /// 対象.
    pub ranges: Vec<Range>,
    /// What it asks for and says.
    pub body: Later<Body>,
    /// What is said of it.
    pub about: Later<About>,
    /// Whether a clause could not be read (and was reported): what the rule says is then not the whole of it.
    pub torn: bool,
}

/// What a rule asks for, and what it says where that is not so.
#[derive(Serialize, Deserialize, Debug, Clone, Default)]
pub struct Body {
    /// 設定.
    pub parameters: Vec<Parameter>,
    /// 前提, all of which must hold.
    pub premises: Vec<Expr>,
    /// `名 := 式`.
    pub definitions: Vec<(Spanned<String>, Expr)>,
    /// 検査.
    pub check: Option<Expr>,
    /// 指摘: the place at fault and what is wrong.
    pub finding: Option<(Expr, Sentence)>,
    /// 参考: other places.
    pub related: Vec<Related>,
    /// 助言: what to do.
    pub help: Option<Sentence>,
    /// 修正.
    pub fix: Option<Fix>,
}

/// What is said of a rule, and no run needs.
#[derive(Serialize, Deserialize, Debug, Clone, Default)]
pub struct About {
    /// 解説, Japanese and English.
    pub explanation: (Option<Spanned<String>>, Option<Spanned<String>>),
    /// 試験.
    pub tests: Vec<RuleTest>,
}

impl Rule {
    /// The gravest that a finding of the rule can be; a rule that does not say makes errors.
    #[must_use]
    pub fn gravest(&self) -> Severity {
        self.severity.as_ref().map_or(Severity::Error, |s| s.node.gravest())
    }
}

/// One label of 参考, maybe one for each row of a range.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct Related {
    /// `各 x ∈ 範囲, 条件 :`; empty for a single label.
    pub ranges: Vec<Range>,
    /// Conditions of the ranges.
    pub conditions: Vec<Expr>,
    /// The place.
    pub place: Expr,
    /// What is to be seen.
    pub sentence: Sentence,
}

/// `変数 ∈ 範囲`.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct Range {
    /// The variable.
    pub name: Spanned<String>,
    /// What it ranges over.
    pub source: Expr,
}

/// One test of a rule.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct RuleTest {
    /// From the keyword to the closing brace.
    pub span: Span,
    /// 合格 (true) or 不合格.
    pub passes: bool,
    /// The printed texts at which findings must stand, in order; empty: at least one.
    pub expected: Vec<Spanned<String>>,
    /// For each of `expected` the sentence that the finding must have (`指摘 "…"`), if one is demanded.
    pub messages: Vec<Option<Spanned<String>>>,
    /// The plan between the braces, as a place in the rule file.
    pub plan: Span,
}

/// An expression with its place.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct Expr {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: Box<ExprKind>,
}

/// Expressions.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub enum ExprKind {
    /// A figure as written: `100%`, `5人`, `0`.
    Figure(String),
    /// A text.
    Text(String),
    /// A fiscal year as written: `R5`.
    Year(String),
    /// 真, 偽.
    Bool(bool),
    /// A variable, definition, relation or column name.
    Name(String),
    /// `x.名`.
    Member(Expr, Spanned<String>),
    /// `x[y]`.
    Index(Expr, Expr),
    /// `{a, b, c}`.
    Set(Vec<Expr>),
    /// Prefix minus.
    Negate(Expr),
    /// 否.
    Not(Expr),
    /// `+ - × ÷`.
    Arithmetic(ArithmeticOp, Expr, Expr),
    /// `= ≠ < ≤ > ≥ ≈`; a chain is a conjunction.
    Compare(CompareOp, Expr, Expr),
    /// かつ.
    And(Expr, Expr),
    /// または.
    Or(Expr, Expr),
    /// もし … ならば … それ以外 ….
    If(Expr, Expr, Expr),
    /// `x は なし` and the like.
    Is(Expr, State),
    /// 含む.
    Contains(Expr, Expr),
    /// `x ∈ 集合`.
    In(Expr, Expr),
    /// `x 一致 "正規表現"`.
    Matches(Expr, Expr),
    /// `a ∪ b`, `a ∩ b`, `a ∖ b`.
    SetOp(SetOp, Expr, Expr),
    /// `a ⊆ b`.
    Within(Expr, Expr),
    /// `関数(…)`.
    Call(Spanned<String>, Vec<Expr>),
    /// `合計{ e | x ∈ r, cond }`, `同値{ e | x ∈ r, cond }`, `件数{…}`, `ある{…}`, `すべて{… : e}`.
    Comprehension(Comprehension),
}

/// A comprehension or quantifier.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct Comprehension {
    /// Which.
    pub kind: Aggregate,
    /// What is collected, or the body of すべて.
    pub body: Option<Expr>,
    /// The ranges.
    pub ranges: Vec<Range>,
    /// The conditions.
    pub conditions: Vec<Expr>,
}

/// Arithmetic operators.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArithmeticOp {
    /// +
    Add,
    /// -
    Subtract,
    /// ×
    Multiply,
    /// ÷
    Divide,
}

/// What makes a set of two.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetOp {
    /// ∪: what is in either.
    Union,
    /// ∩: what is in both.
    Intersect,
    /// ∖: what is in the first only.
    Except,
}

/// Comparisons.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// =
    Equal,
    /// ≠
    NotEqual,
    /// <
    Less,
    /// ≤
    LessEqual,
    /// >
    Greater,
    /// ≥
    GreaterEqual,
    /// ≈: the intervals meet.
    Consistent,
}

impl CompareOp {
    /// The comparison of `b` with `a` that says the same as this one of `a` with `b`.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessEqual => Self::GreaterEqual,
            Self::Greater => Self::Less,
            Self::GreaterEqual => Self::LessEqual,
            Self::Equal | Self::NotEqual | Self::Consistent => self,
        }
    }
}

/// What `は` asks.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// なし: nothing printed, or a dash.
    Missing,
    /// ある: something printed.
    Present,
    /// 不存在: a reference that points nowhere.
    Dangling,
    /// 判読不能.
    Unreadable,
    /// 数値.
    Number,
    /// 文字: qualitative.
    Qualitative,
}

/// Aggregates and quantifiers.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// 合計
    Sum,
    /// 最大
    Max,
    /// 最小
    Min,
    /// 平均
    Average,
    /// 件数
    Count,
    /// 種類数
    Distinct,
    /// 中央値
    Median,
    /// 集合: the distinct values.
    Collect,
    /// 同値: all figures can be one and the same.
    Agree,
    /// ある
    Exists,
    /// すべて
    All,
}

/// `単位 人 = 名`: synonyms; `単位 TB = 1000 GB, テラバイト`: a multiple of another unit, and synonyms.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct UnitDecl {
    /// The unit.
    pub name: Spanned<String>,
    /// How many of which other unit it is, as written.
    pub multiple: Option<(Spanned<String>, Spanned<String>)>,
    /// Other ways to print it.
    pub synonyms: Vec<Spanned<String>>,
}

/// `表 事業 = program { … }`: a relation of the vocabulary.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct RelationDecl {
    /// Whole declaration.
    pub span: Span,
    /// Japanese name and English alias.
    pub name: Spanned<String>,
    /// English alias.
    pub alias: Option<Spanned<String>>,
    /// Whether it adds to a relation that is declared elsewhere (拡張).
    pub extends: bool,
    /// Where its statements may stand (位置); empty: in a document.
    pub places: Vec<Spanned<String>>,
    /// What it has.
    pub members: Vec<MemberDecl>,
    /// Other keywords for the same relation with a fixed kind: `別名 KPI = kpi "KPI"`.
    pub keywords: Vec<(Spanned<String>, Option<Spanned<String>>, String)>,
}

/// A column, series, or table of rows.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct MemberDecl {
    /// How it is written: 見出し, 属性, 並び, 系列, 標識, 列, 導出.
    pub role: Spanned<String>,
    /// Japanese name.
    pub name: Spanned<String>,
    /// English alias.
    pub alias: Option<Spanned<String>>,
    /// The type's words: `量`, `厳密`, `参照 分野`, …
    pub words: Vec<Spanned<String>>,
}
