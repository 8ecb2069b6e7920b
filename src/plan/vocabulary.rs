//! The vocabulary: which relations there are, how they are written and what their columns hold.
//! The built-in one is `rules/vocabulary.rules`; Rust knows its shape, not its words.
use crate::text::Span;

/// Number of a relation in the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelationId(pub u16);

/// Number of a column in its relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ColumnId(pub u16);

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnType {
    /// 文字列
    Text,
    /// 符号: a code such as Ⅰ-2, compared normalised.
    Code,
    /// 番号: a whole number such as 8, No8, ⑧, (8).
    Number,
    /// 年度
    Year,
    /// 日付
    Date,
    /// 年度の範囲 or 日付の範囲, as text for now
    Period,
    /// 真偽: はい / いいえ
    Bool,
    /// 選択: one of these words.
    Choice(Vec<String>),
    /// 量: a printed figure; whether it is exact by nature (目標, 予算), and its unit if fixed (as `量 事業`).
    Figure {
        /// 厳密: a decision or a count, never rounded.
        exact: bool,
        /// The unit that all its figures have.
        unit: Option<String>,
    },
    /// 参照: a reference to a row of a relation.
    Reference(RelationId),
}

/// How a column is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnRole {
    /// 見出し: beside the keyword.
    Head,
    /// 属性: a statement in the block.
    Attribute,
    /// 並び: a statement with several values; the column holds the list.
    List,
    /// 標識: what a marker such as 再掲 gives; the flag and the reference.
    Mark,
    /// 列: a column of a table.
    Cell,
    /// 導出: a reference derived from the code in another column of the row (集計行.分野 from 項番).
    Derived(ColumnId),
    /// Given by the house: 年度, 部分, 値 of a series; 順.
    Given,
}

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Japanese name.
    pub name: String,
    /// English alias.
    pub alias: String,
    /// What it holds.
    pub ty: ColumnType,
    /// How it is written.
    pub role: ColumnRole,
}

/// Whence the rows of a relation come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// Statements with the relation's keyword.
    Entity,
    /// Items by fiscal year of a 系列 statement in the block of the owner.
    Series(RelationId),
    /// Rows of the table in the block of the owner.
    Rows(RelationId),
}

/// One relation.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Japanese name.
    pub name: String,
    /// English alias.
    pub alias: String,
    /// Whence its rows come.
    pub kind: RelationKind,
    /// Relations in whose blocks it may stand; empty: at the top of a document.
    pub places: Vec<RelationId>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Whether rows of one name in one series of documents are the same thing (同定).
    pub identity: Option<ColumnId>,
    /// Where it was declared.
    pub span: Span,
}

/// All relations, units and keywords.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Relations by number.
    pub relations: Vec<Relation>,
    /// Synonyms of units, normalised: synonym, canonical.
    pub units: Vec<(String, String)>,
    /// Other keywords: keyword, its English alias, relation, and the value of its column 種別.
    pub keywords: Vec<(String, String, RelationId, String)>,
}

impl Vocabulary {
    /// The relation of a Japanese or English name (normalised).
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<RelationId> {
        let found = self.relations.iter().position(|r| r.name == name || r.alias == name)?;
        u16::try_from(found).ok().map(RelationId)
    }
}
