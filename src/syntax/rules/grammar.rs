//! The pest grammar of rule files: `grammar/keywords.pest` and `grammar/rules.pest`.

/// The generated parser.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/keywords.pest"]
#[grammar = "../grammar/rules.pest"]
pub(super) struct Grammar;
