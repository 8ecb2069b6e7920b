//! Floor 2. The surface: grammar to trees with byte-exact spans. Parsing never fails: it gives a tree and faults.
pub mod plan;
pub mod rules;
pub mod yaml;

/// A piece of a tree with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub node: T,
    /// Where it stands.
    pub span: crate::text::Span,
}
