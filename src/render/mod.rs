//! Floor 8. Renderers: one file an output format.
pub mod annotate;
pub mod diff;
mod excerpt;
pub mod export;
pub mod html;
pub mod json;
pub mod manual;
pub mod pretty;
pub mod report;
mod snippet;
pub mod table;
pub mod why;
pub(crate) mod wrap;

pub use json::json;
pub use pretty::{Options, pretty};
pub use report::Report;
