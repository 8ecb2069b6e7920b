//! The concrete tree of a plan file.
use crate::syntax::Spanned;
use crate::text::Span;

/// One statement: `再掲 事業 No10 "…" { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// From the first word to the last byte of the head (without the block).
    pub head: Span,
    /// The words before the first item: an optional marker and the keyword.
    pub marker: Option<Spanned<String>>,
    /// The keyword as written.
    pub keyword: Spanned<String>,
    /// What follows the keyword, by commas.
    pub items: Vec<Item>,
    /// The block, if one was opened.
    pub block: Option<Vec<Statement>>,
    /// The rows of a table written in the block.
    pub rows: Vec<Row>,
}

/// One item of a statement: `R5: 250万件 (変更前: 121万件)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The label before the colon.
    pub label: Option<Spanned<String>>,
    /// The atoms of the value.
    pub atoms: Vec<Spanned<Atom>>,
    /// From the first to the last atom: the value exactly as it was written.
    pub span: Span,
    /// Notes in brackets with a colon: `(変更前: 121万件)`, the name and the value.
    pub notes: Vec<(Spanned<String>, Spanned<String>)>,
}

/// One atom of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Atom {
    /// `"…"`, without the quotes, escapes resolved.
    Text(String),
    /// A bare word.
    Word(String),
    /// `=` between two references.
    Equals,
}

/// One row of a table: the cells between the bars, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The whole row.
    pub span: Span,
    /// The cells as written.
    pub cells: Vec<Spanned<String>>,
}
