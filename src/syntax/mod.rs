//! Floor 2. The surface: grammar to trees with byte-exact spans. Parsing never fails: it gives a tree and faults.
pub mod plan;
pub mod rules;
pub mod yaml;

mod spanned;
pub use spanned::Spanned;
