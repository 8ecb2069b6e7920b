//! Floor 8. Renderers: one file an output format.
pub mod annotate;
pub mod diff;
pub mod editions;
mod excerpt;
pub mod export;
pub mod findings;
pub mod html;
pub mod manual;
pub mod picture;
pub mod pretty;
pub mod report;
mod snippet;
pub mod table;
pub mod why;
pub(crate) mod wrap;

pub use findings::{FORMATS, Format, findings, json};
pub use json::json;
pub use pretty::{Options, pretty};
pub use report::Report;
