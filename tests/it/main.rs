//! All integration tests in one binary, so that they link once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod annotate;
mod bad_input;
mod baseline;
mod beginning;
mod cli;
mod config;
mod docs;
mod doctor;
mod editor;
mod engine;
mod faults;
mod fix;
mod fmt;
mod graph;
mod house;
mod language;
mod lsp;
mod lsp_completion;
mod lsp_features;
mod lsp_navigation;
mod picture;
mod pretty;
mod query;
mod roundtrip;
mod run;
mod sheets;
mod steps;
mod suppression;
mod testing;
mod textmate;
mod watching;
mod why;
