//! What every tree is made of.
use serde::{Deserialize, Serialize};

/// A piece of a tree with its place.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub node: T,
    /// Where it stands.
    pub span: crate::text::Span,
}
