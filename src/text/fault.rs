//! Faults of form: what the program itself has to say about an input, in any language.
use serde::{Deserialize, Serialize};

use super::Span;

/// More mistakes of form than these are not told of one file: it is no plan, or somebody will mend the first ones first.
pub const MOST_FAULTS: usize = 10_000;

/// How grave a finding is. The order is the rank: 情報 < 警告 < 誤り.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 情報: off unless asked for.
    Info,
    /// 警告.
    Warning,
    /// 誤り.
    Error,
}

/// A sentence in each language that totsugo speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// A sentence by its number in the message files (`messages/*.ftl`) and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Key in the message files.
    pub id: &'static str,
    /// Named arguments.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// The sentence `id` without arguments.
    #[must_use]
    pub fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// One fault of form at its place. Faults are collected, never thrown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Stable code, kebab-case (`unknown-keyword`), explained by `totsugo explain`.
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: Message,
    /// What to do.
    pub help: Option<Message>,
    /// Other places that matter.
    pub related: Vec<(Span, Message)>,
}

impl Fault {
    /// An error `code` at `span`; its sentence has the code as its number.
    #[must_use]
    pub fn error(code: &'static str, span: Span) -> Self {
        Self { code, severity: Severity::Error, span, message: Message::new(code), help: None, related: Vec::new() }
    }

    /// Adds an argument to the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.message = self.message.with(name, value);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// Points at another place.
    #[must_use]
    pub fn related(mut self, span: Span, message: Message) -> Self {
        self.related.push((span, message));
        self
    }
}
