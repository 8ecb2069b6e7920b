//! Floor 7. Findings: what is wrong, where, and what to do; ordered, filtered and counted in one place.
pub mod fix;
mod identity;
mod localized;
mod messages;
mod sift;
mod standing;

pub use identity::{Home, Identities, Identity, Key};
pub use localized::{IMPLIED_FIGURE, WRONG_FIGURE, fold};
pub use messages::Messages;
pub use sift::{Counts, FailOn, Filter, Summary, severity_of_word, sift, sort, wanted};
pub use standing::{Documents, Standing};

pub use crate::rules::Fix;
use crate::rules::{Pack, Violation, code};
pub use crate::text::Wording;
use crate::text::{Fault, Message, Severity, Span};

/// A language that totsugo speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

impl Wording {
    /// The same text in both languages.
    #[must_use]
    pub fn both(text: &str) -> Self {
        Self { ja: text.to_owned(), en: text.to_owned() }
    }

    /// The sentence in `lang`; where that is empty, in the other language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::Ja => (&self.ja, &self.en),
            Lang::En => (&self.en, &self.ja),
        };
        if first.is_empty() { second } else { first }
    }
}

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
    /// Name of the rule (Japanese name and English slug; for faults the titles).
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
    /// What would mend it.
    pub fix: Option<Fix>,
    /// Whether this is a fault of form, not the finding of a rule.
    pub is_fault: bool,
    /// The findings that this one explains, and that are told by it.
    pub folded: Vec<Finding>,
}

impl Finding {
    /// A violation of a rule of `pack`; `None` if the pack has no such rule.
    #[must_use]
    pub fn from_violation(violation: Violation, pack: &Pack) -> Option<Self> {
        let rule = pack.rules.get(violation.rule)?;
        Some(Self {
            rule: code(rule).to_owned(),
            name: Wording { ja: rule.name.node.clone(), en: code(rule).to_owned() },
            severity: violation.severity,
            message: violation.message,
            help: violation.help,
            span: violation.span,
            fix: violation.fix,
            is_fault: false,
            folded: Vec::new(),
            related: violation.related.into_iter().map(|(span, message)| Label { span, message }).collect(),
        })
    }

    /// A fault of form in words. Where the fault says not what to do, the sentence `CODE-help`
    /// does, with the arguments of the fault.
    #[must_use]
    pub fn from_fault(fault: &Fault, messages: &Messages) -> Self {
        let said = short(&fault.message);
        let help = match &fault.help {
            Some(help) => Some(messages.wording(&short(help))),
            None => messages.lookup(&format!("{}-help", fault.code), &said.args),
        };
        let related = fault
            .related
            .iter()
            .map(|(span, message): &(Span, Message)| Label { span: *span, message: messages.wording(&short(message)) })
            .collect();
        Self {
            rule: fault.code.to_owned(),
            name: messages.title(fault.code),
            severity: fault.severity,
            message: messages.wording(&said),
            help,
            span: fault.span,
            related,
            fix: None,
            is_fault: true,
            folded: Vec::new(),
        }
    }
}

/// Characters of a text of the file that are told again in a sentence: who sees the place sees the rest.
const LONGEST: usize = 1_000;

/// A sentence that quotes no more of the file than a reader takes in.
fn short(message: &Message) -> Message {
    let cut = |text: &String| match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.clone(),
    };
    Message { id: message.id, args: message.args.iter().map(|(name, text)| (*name, cut(text))).collect() }
}
