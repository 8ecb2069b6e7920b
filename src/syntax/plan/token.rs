//! The tokens of a plan file, for those who care how it is written: the formatter and editors.
use std::ops::Range;

/// A token and its bytes. Between tokens stand blanks, line breaks, `;` and comments only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes.
    pub range: Range<usize>,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// 再掲 before a keyword.
    Marker,
    /// The word that begins a statement.
    Keyword,
    /// `R4` or `資料2-1:Ⅱ-2` before a colon.
    Label,
    /// The colon behind a label.
    Colon,
    /// Between items.
    Comma,
    /// Between two references.
    Equals,
    /// A bare word.
    Word,
    /// A text in quotes.
    Text,
    /// `(変更前: 121万件)`: the places of name and value.
    Note(Range<usize>, Range<usize>),
    /// The brace that opens a block.
    Open,
    /// The brace that closes a block.
    Close,
    /// A row of a table: the places of its cells, with their quotes.
    Row(Vec<Range<usize>>),
    /// `|---|---|`: drawing between rows, and the number of its cells.
    Drawing(usize),
}
