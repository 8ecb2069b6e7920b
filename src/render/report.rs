//! What a renderer of findings works on, whatever it makes of them.
use crate::findings::{Finding, Lang, Messages, Summary};
use crate::plan::Facts;
use crate::rules::Pack;
use crate::text::Sources;

/// The findings of a run with all that is needed to show them.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The findings, in their order.
    pub findings: &'a [Finding],
    /// The texts that they point into.
    pub sources: &'a Sources,
    /// What the report ends with.
    pub summary: Summary,
    /// The rules that ran.
    pub pack: &'a Pack,
    /// The facts that were checked; `None` if the run ended before there were any.
    pub facts: Option<&'a Facts>,
    /// The words of the program.
    pub messages: &'a Messages,
    /// The language of the reader.
    pub lang: Lang,
}
