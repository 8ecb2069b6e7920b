//! A thing that may be written, and how the protocol tells it.
use std::collections::BTreeSet;

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionList, InsertTextFormat, Range, TextEdit,
};

use super::super::place;
use super::Offer;
use crate::text::Source;
use crate::text::normal::normal;

/// More than this nobody reads; typing on brings the others.
const MOST: usize = 200;

/// A thing that may be written.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    label: String,
    kind: CompletionItemKind,
    /// What else finds it when typed: the word of the other language, a name.
    other: String,
    detail: String,
    documentation: String,
    insert: Option<String>,
    snippet: Option<String>,
}

impl Choice {
    pub(super) fn new(kind: CompletionItemKind, label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            kind,
            other: String::new(),
            detail: String::new(),
            documentation: String::new(),
            insert: None,
            snippet: None,
        }
    }

    pub(super) fn other(self, other: impl Into<String>) -> Self {
        Self { other: other.into(), ..self }
    }

    pub(super) fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    pub(super) fn documentation(self, text: impl Into<String>) -> Self {
        Self { documentation: text.into(), ..self }
    }

    /// What is written if it is not the label.
    pub(super) fn insert(self, text: impl Into<String>) -> Self {
        Self { insert: Some(text.into()), ..self }
    }

    /// What is written where the editor fills in snippets.
    pub(super) fn snippet(self, text: impl Into<String>) -> Self {
        Self { snippet: Some(text.into()), ..self }
    }

    pub(super) fn label(&self) -> &str {
        &self.label
    }

    /// What an editor compares with what was typed: the form that begins as it does comes first, since some editors look
    /// at the beginning only.
    fn filter(&self, typed: &str) -> String {
        let forms = [self.label.as_str(), self.other.as_str(), self.insert.as_deref().unwrap_or("")];
        let forms: Vec<&str> = forms.into_iter().filter(|f| !f.is_empty()).collect();
        if typed.is_empty() || forms.first().is_some_and(|f| f.starts_with(typed)) {
            return forms.join(" ");
        }
        if let Some(form) = forms.iter().find(|f| f.starts_with(typed)) {
            return format!("{form} {}", self.label);
        }
        if self.meets(&normal(typed)) { format!("{typed} {}", self.label) } else { forms.join(" ") }
    }

    /// Whether it holds what was typed, in any width.
    fn meets(&self, typed: &str) -> bool {
        typed.is_empty() || [&self.label, &self.other].iter().any(|form| normal(form).contains(typed))
    }
}

/// The choices as the protocol tells them, in their order.
pub(super) fn list(source: &Source, at: usize, offer: Offer, snippets: bool) -> CompletionList {
    let Offer { range, mut choices } = offer;
    let mut seen = BTreeSet::new();
    choices.retain(|c| seen.insert((c.label.clone(), c.insert.clone())));
    let typed = source.text.get(range.start..at).unwrap_or("");
    let mut is_incomplete = typed.is_empty();
    if choices.len() > MOST {
        is_incomplete = true;
        let wanted = normal(typed);
        choices.retain(|c| c.meets(&wanted));
        choices.truncate(MOST);
    }
    let edit = Range::new(place::position(source, range.start), place::position(source, range.end));
    let some = |text: String| Some(text).filter(|t| !t.is_empty());
    let items = choices.into_iter().enumerate().map(|(n, choice)| {
        let filter_text = Some(choice.filter(typed));
        let snippet = choice.snippet.filter(|_| snippets);
        let insert_text_format = snippet.is_some().then_some(InsertTextFormat::Snippet);
        let text = snippet.or(choice.insert).unwrap_or_else(|| choice.label.clone());
        CompletionItem {
            filter_text,
            insert_text_format,
            text_edit: Some(CompletionItemTextEdit::from(TextEdit::new(edit, text))),
            label: choice.label,
            kind: Some(choice.kind),
            detail: some(choice.detail),
            documentation: some(choice.documentation).map(Into::into),
            sort_text: Some(format!("{n:04}")),
            ..CompletionItem::default()
        }
    });
    CompletionList { is_incomplete, items: items.collect(), ..CompletionList::default() }
}

/// A text as a snippet shows it.
pub(super) fn plain(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
