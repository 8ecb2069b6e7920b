//! Who refers to a document, program or indicator, and to what it refers: the call hierarchy of plans.
use std::collections::BTreeMap;

use gen_lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, Range, SymbolKind, TextDocumentIdentifier,
    TextDocumentPositionParams,
};

use super::desk::{Desk, Here};
use super::place;
use super::subject::find;
use super::uses::thing;
use super::view::View;
use crate::plan::{Cell, DOCUMENTS, Reference, RelationKind, RowRef};
use crate::rules::describe;

/// The document, program or indicator at a place, or the one that is referred to there.
pub(super) fn prepare(desk: &mut Desk, params: &CallHierarchyPrepareParams) -> Option<Vec<CallHierarchyItem>> {
    desk.ready();
    let here = desk.here(&params.text_document_position_params)?;
    let found = find(&here, desk.settings(), &desk.messages)?;
    Some(vec![item(&here.view, thing(&here.view, &found.subject)?)?])
}

/// Who refers to it.
pub(super) fn incoming(
    desk: &mut Desk,
    params: &CallHierarchyIncomingCallsParams,
) -> Option<Vec<CallHierarchyIncomingCall>> {
    let (here, row) = row_of(desk, &params.item)?;
    let view = &here.view;
    let mut callers: BTreeMap<RowRef, Vec<Range>> = BTreeMap::new();
    for (number, reference) in (0u32..).zip(&view.facts().references) {
        let direct = view.target(Cell::Reference(number)) == Some(row);
        if direct || view.is_labelled(reference, row) {
            callers.entry(holder(view, reference.from)).or_default().extend(range(view, reference));
        }
    }
    let calls = callers.into_iter().filter(|(from, _)| *from != row);
    Some(calls.filter_map(|(from, ranges)| Some(CallHierarchyIncomingCall::new(item(view, from)?, ranges))).collect())
}

/// To what it, or something in it, refers.
pub(super) fn outgoing(
    desk: &mut Desk,
    params: &CallHierarchyOutgoingCallsParams,
) -> Option<Vec<CallHierarchyOutgoingCall>> {
    let (here, row) = row_of(desk, &params.item)?;
    let view = &here.view;
    let mut called: BTreeMap<RowRef, Vec<Range>> = BTreeMap::new();
    for (number, reference) in (0u32..).zip(&view.facts().references) {
        let mine = if row.relation == DOCUMENTS {
            view.document(reference.from) == row
        } else {
            holder(view, reference.from) == row
        };
        // Within a document only what leads out of it.
        let out = |to: &RowRef| row.relation != DOCUMENTS || view.document(*to) != row;
        if let Some(to) = view.target(Cell::Reference(number)).filter(|_| mine).filter(out) {
            called.entry(to).or_default().extend(range(view, reference));
        }
    }
    let calls = called.into_iter();
    Some(calls.filter_map(|(to, ranges)| Some(CallHierarchyOutgoingCall::new(item(view, to)?, ranges))).collect())
}

fn range(view: &View, reference: &Reference) -> Option<Range> {
    Some(view.location(reference.span)?.range)
}

/// The row with a name of its own that a row is, or stands in.
fn holder(view: &View, row: RowRef) -> RowRef {
    let vocabulary = &view.facts().vocabulary;
    let mut at = row;
    while let Some(relation) = vocabulary.relations.get(at.relation.0 as usize) {
        match (relation.kind, view.facts().parent(at)) {
            (RelationKind::Series(_) | RelationKind::Rows(_), Some(above)) => at = above,
            _ => break,
        }
    }
    at
}

/// An item is found again by its place, whatever has been read anew since.
fn row_of(desk: &mut Desk, item: &CallHierarchyItem) -> Option<(Here, RowRef)> {
    let text_document = TextDocumentIdentifier::new(item.uri.clone());
    let at = TextDocumentPositionParams { text_document, position: item.selection_range.start };
    let here = desk.here_in_all(&at)?;
    let found = find(&here, desk.settings(), &desk.messages)?;
    let row = match found.subject {
        super::subject::Subject::Thing(row) => row,
        other => thing(&here.view, &other)?,
    };
    Some((here, row))
}

fn item(view: &View, row: RowRef) -> Option<CallHierarchyItem> {
    let head = view.head(row)?;
    let source = view.read.sources.get(head.source)?;
    let name = view.name_span(row)?;
    let document = view.document(row);
    let kind = match row.relation {
        DOCUMENTS => SymbolKind::File,
        _ => SymbolKind::Object,
    };
    Some(CallHierarchyItem {
        name: describe(view.facts(), row),
        kind,
        tags: None,
        detail: (row.relation != DOCUMENTS).then(|| describe(view.facts(), document)),
        uri: view.uri(source),
        range: place::range(source, head.to(name)),
        selection_range: place::range(source, name),
        data: None,
    })
}
