//! All integration tests in one binary, so that they link once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod annotate;
mod bad_input;
mod cli;
mod config;
mod docs;
mod engine;
mod faults;
mod graph;
mod house;
mod language;
mod pretty;
mod query;
mod roundtrip;
mod run;
mod sheets;
mod steps;
mod testing;
mod textmate;
mod why;
