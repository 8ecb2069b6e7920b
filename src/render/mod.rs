//! Floor 7. Findings as text for people and machines: one file a format.
mod json;
mod pretty;
mod snippet;

pub use json::json;
pub use pretty::{Look, pretty, summary};
