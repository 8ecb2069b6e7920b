//! All places where something is used, in the project and in the file at hand.
use gen_lsp_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, Location, ReferenceParams};

use super::desk::Desk;
use super::place;
use super::subject::find;
use super::uses::uses;

/// Where what stands at a place is used in the project.
pub(super) fn references(desk: &mut Desk, params: &ReferenceParams) -> Option<Vec<Location>> {
    let here = desk.here_in_all(&params.text_document_position_params)?;
    let found = find(&here, desk.settings(), &desk.messages)?;
    let all = uses(&here.view, desk.settings(), &desk.messages, &found.subject);
    let wanted = all.into_iter().filter(|u| params.context.include_declaration || !u.declares);
    let places: Vec<Location> = wanted.filter_map(|u| here.view.location(u.span)).collect();
    (!places.is_empty()).then_some(places)
}

/// Where it is used in the same file.
pub(super) fn highlight(desk: &mut Desk, params: &DocumentHighlightParams) -> Option<Vec<DocumentHighlight>> {
    desk.ready();
    let here = desk.here(&params.text_document_position_params)?;
    let source = here.source()?;
    let found = find(&here, desk.settings(), &desk.messages)?;
    let all = uses(&here.view, desk.settings(), &desk.messages, &found.subject);
    let marks: Vec<DocumentHighlight> = all
        .into_iter()
        .filter(|u| u.span.source == here.id)
        .map(|u| {
            let kind = if u.declares { DocumentHighlightKind::Write } else { DocumentHighlightKind::Read };
            DocumentHighlight::new(place::range(source, u.span), Some(kind))
        })
        .collect();
    (!marks.is_empty()).then_some(marks)
}
