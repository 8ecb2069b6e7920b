//! 突合 (totsugo): holds the figures of plans and progress reports against each other.
//!
//! Data rises one floor at a time; see ARCHITECTURE.md for the house and its invariants.
pub mod cli;
pub mod config;
pub mod editions;
pub mod findings;
pub mod format;
pub mod graph;
pub mod ingest;
pub mod lsp;
pub mod plan;
pub mod project;
pub mod render;
pub mod rules;
pub mod serve;
pub mod syntax;
pub mod text;
pub mod value;
