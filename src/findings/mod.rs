//! Floor 5. Findings: what is wrong, where, and what to do; ordered, filtered and counted in one place.
use crate::text::{Severity, Span};

pub use crate::text::Wording;

/// A place with what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What to see there.
    pub message: Wording,
}

/// One finding of a rule, or one fault of form, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable code (slug) of the rule or fault.
    pub rule: String,
    /// Name of the rule (Japanese name and English slug; for faults both are the code).
    pub name: Wording,
    /// How grave.
    pub severity: Severity,
    /// What is wrong, with the arithmetic.
    pub message: Wording,
    /// What to do.
    pub help: Option<Wording>,
    /// The printed figure or name that is at fault.
    pub span: Span,
    /// Other places that matter, in reading order.
    pub related: Vec<Label>,
}
