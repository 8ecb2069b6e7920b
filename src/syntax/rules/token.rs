//! The tokens of a rule file, for those who care how it is written: the formatter and editors. And the table of keywords.
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use pest::iterators::Pair;

use super::grammar::Rule as R;

/// A token and its bytes. Between tokens stand blanks, line breaks, `;` and comments only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes.
    pub range: Range<usize>,
    /// Whether a declaration, clause or line of a block begins with it.
    pub head: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A keyword.
    Keyword(Keyword),
    /// An operator between two operands.
    Operator,
    /// A minus before its operand.
    Prefix,
    /// The name of a rule, variable, relation, column or function.
    Name,
    /// A figure or year.
    Figure,
    /// A text in quotes.
    Text,
    /// A text in triple quotes.
    Prose,
    /// A word of the vocabulary or of a scheme.
    Word,
    /// A mark between tokens: `,` `:` `|` `.` `=` `:=` `←` and round or square brackets.
    Mark,
    /// An opening brace.
    Open(Brace),
    /// A closing brace.
    Close(Brace),
    /// The plan of a test.
    Plan,
}

/// What a pair of braces holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brace {
    /// The clauses of a declaration, or the plan of a test.
    Block,
    /// What is collected: `合計{ … | … }`.
    Comprehension,
    /// A set of values.
    Set,
}

/// A keyword in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyword {
    /// The rule of the grammar.
    pub rule: &'static str,
    /// Japanese.
    pub ja: &'static str,
    /// English; empty where English needs no such word.
    pub en: &'static str,
}

/// The keywords, in the order of `grammar/keywords.pest`, which is the one place where they are written down.
pub static KEYWORDS: LazyLock<Vec<Keyword>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let (rule, form) = line.strip_prefix("kw_").and_then(|_| line.split_once('='))?;
        let mut words = form.split('"').skip(1).step_by(2);
        Some(Keyword { rule: rule.trim(), ja: words.next()?, en: words.next().unwrap_or("") })
    };
    include_str!("../../../grammar/keywords.pest").lines().filter_map(line).collect()
});

static BY_RULE: LazyLock<BTreeMap<&'static str, Keyword>> =
    LazyLock::new(|| KEYWORDS.iter().map(|k| (k.rule, *k)).collect());

/// The tokens of what the grammar has read at `base`.
pub(super) fn leaves(base: usize, pair: Pair<'_, R>, out: &mut Vec<Token>) {
    let first = out.len();
    let rule = pair.as_rule();
    leaf(base, pair, rule, out);
    if let Some(token) = out.get_mut(first) {
        token.head = true;
    }
}

fn leaf(base: usize, pair: Pair<'_, R>, parent: R, out: &mut Vec<Token>) {
    let rule = pair.as_rule();
    let span = pair.as_span();
    let range = base + span.start()..base + span.end();
    let brace = match parent {
        R::over | R::rows | R::every => Brace::Comprehension,
        R::set => Brace::Set,
        _ => Brace::Block,
    };
    let kind = match rule {
        R::text => Some(TokenKind::Text),
        R::prose => Some(TokenKind::Prose),
        R::figure => Some(TokenKind::Figure),
        R::name | R::column | R::rule_name | R::slug | R::alias => Some(TokenKind::Name),
        R::word | R::factor | R::label_word => Some(TokenKind::Word),
        R::negate => Some(TokenKind::Prefix),
        R::open_brace => Some(TokenKind::Open(brace)),
        R::close_brace => Some(TokenKind::Close(brace)),
        R::open_paren
        | R::close_paren
        | R::open_bracket
        | R::close_bracket
        | R::comma
        | R::colon
        | R::bar
        | R::dot
        | R::assign
        | R::arrow
        | R::is_equal => Some(TokenKind::Mark),
        R::op_add
        | R::op_subtract
        | R::op_multiply
        | R::op_divide
        | R::op_equal
        | R::op_not_equal
        | R::op_less
        | R::op_less_eq
        | R::op_greater
        | R::op_greater_eq
        | R::op_consistent => Some(TokenKind::Operator),
        // What only looks ahead is no token.
        R::boundary | R::line_end | R::band_end | R::end => return,
        _ => BY_RULE.get(format!("{rule:?}").as_str()).map(|k| TokenKind::Keyword(*k)),
    };
    match kind {
        Some(kind) => out.push(Token { kind, range, head: false }),
        None => pair.into_inner().for_each(|inner| leaf(base, inner, rule, out)),
    }
}
