//! Inlay hints: beside a figure that a rule can compute, what it computes.
use gen_lsp_types::{InlayHint, InlayHintParams};

use super::desk::Desk;
use super::place;
use crate::rules::computed;

/// The hints within a range of a file.
pub(super) fn hints(desk: &mut Desk, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    let (view, id) = desk.file(&params.text_document.uri)?;
    let source = view.read.sources.get(id).filter(|s| s.grid.is_none())?;
    let (start, end) = (place::offset(source, params.range.start), place::offset(source, params.range.end));
    let mut found = computed(view.read.pack(), &view.read.sources, &view.read.workspace);
    found.retain(|fix| fix.span.source == id && fix.span.range().start >= start && fix.span.range().end <= end);
    found.sort_by(|a, b| (a.span, &a.text).cmp(&(b.span, &b.text)));
    found.dedup_by(|a, b| (a.span, &a.text) == (b.span, &b.text));
    let hint = |fix: &crate::rules::Fix| {
        let printed = view.read.sources.text(fix.span);
        let (id, mark) = if printed == fix.text { ("lsp-hint-same", "=") } else { ("lsp-hint-other", "≠") };
        let at = place::position(source, fix.span.range().end);
        let label = format!("{mark} {}", fix.text);
        let tooltip = desk.say(id, &[("printed", &printed), ("computed", &fix.text)]);
        InlayHint::new(at, label.into(), None, None, Some(tooltip.into()), Some(true), None, None)
    };
    Some(found.iter().map(hint).collect())
}
