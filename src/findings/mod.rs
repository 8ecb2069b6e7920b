//! Floor 6. Findings: what is wrong, where, and what to do. Thresholds, selection, order and counts are
//! applied here and nowhere else.
mod messages;
mod sift;

use crate::rules::{Pack, Violation, code};
use crate::text::{Fault, Severity, Span};

pub use crate::text::Wording;
pub use messages::{Lang, Messages};
pub use sift::{Counts, Sieve, count, sift};

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
    /// Name of the rule in Japanese, the code in English; for faults both are the code.
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

impl Finding {
    /// A fault of form in words.
    #[must_use]
    pub fn from_fault(fault: &Fault, messages: &Messages) -> Self {
        let help_id = format!("{}-help", fault.code);
        let help = match &fault.help {
            Some(help) => Some(messages.message(help)),
            None => messages.has(&help_id).then(|| messages.wording(&help_id, &fault.message.args)),
        };
        Self {
            rule: fault.code.to_owned(),
            name: Wording { ja: fault.code.to_owned(), en: fault.code.to_owned() },
            severity: fault.severity,
            message: messages.message(&fault.message),
            help,
            span: fault.span,
            related: fault
                .related
                .iter()
                .map(|(span, m)| Label { span: *span, message: messages.message(m) })
                .collect(),
        }
    }

    /// A violation of a rule of `pack`.
    #[must_use]
    pub fn from_violation(violation: Violation, pack: &Pack) -> Option<Self> {
        let rule = pack.rules.get(violation.rule)?;
        let name = Wording { ja: rule.name.node.clone(), en: code(rule).to_owned() };
        Some(Self {
            rule: code(rule).to_owned(),
            name,
            severity: violation.severity,
            message: violation.message,
            help: violation.help,
            span: violation.span,
            related: violation.related.into_iter().map(|(span, message)| Label { span, message }).collect(),
        })
    }
}
