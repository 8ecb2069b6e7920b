//! To the place where something is made; and the texts that are part of the program.
use gen_lsp_types::{Definition, DefinitionParams, Location, TextDocumentContentParams, TextDocumentContentResult};

use super::desk::Desk;
use super::place::BUILT_IN;
use super::subject::find;
use super::uses::declarations;

/// Where what stands at a place is made.
pub(super) fn definition(desk: &mut Desk, params: &DefinitionParams) -> Option<Definition> {
    desk.ready();
    let here = desk.here(&params.text_document_position_params)?;
    let found = find(&here, desk.settings(), &desk.messages)?;
    let spans = declarations(&here.view, desk.settings(), &found.subject);
    let places: Vec<Location> = spans.into_iter().filter_map(|span| here.view.location(span)).collect();
    (!places.is_empty()).then_some(Definition::LocationList(places))
}

/// The text of a rule file that is part of the program.
pub(super) fn content(desk: &mut Desk, params: &TextDocumentContentParams) -> Option<TextDocumentContentResult> {
    desk.ready();
    let path = params.uri.0.strip_prefix(BUILT_IN)?;
    let text = crate::rules::BUILT_IN.iter().find(|(name, _)| *name == path)?.1;
    Some(TextDocumentContentResult::new(text.to_owned()))
}
