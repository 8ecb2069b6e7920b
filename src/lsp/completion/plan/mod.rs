//! Completion in plan files, and in the plans of tests.
mod comment;
mod row;
mod scan;
mod start;
mod value;

use std::ops::Range;

use super::known;
use super::{Offer, Scene};
use crate::plan::{Facts, RelationId};
pub(in crate::lsp) use scan::{Piece, keyword_of, pieces, relation_of, spot};
use scan::{Spot, State, around, is_word};

/// A place in a plan and what is known of it.
struct Place<'a> {
    scene: &'a Scene<'a>,
    text: &'a str,
    at: usize,
    spot: Spot,
    /// The relation in whose block it stands.
    relation: RelationId,
    /// Its document, if the facts know it.
    document: Option<u32>,
}

impl Place<'_> {
    fn facts(&self) -> &Facts {
        self.scene.view.facts()
    }
}

/// What may be written at `at` in the plan that begins at `start`.
pub(super) fn offer(scene: &Scene<'_>, text: &str, start: usize, at: usize) -> Offer {
    let spot = spot(text, start, at);
    if let State::Comment(mark) = spot.state {
        return comment::offer(scene, text, mark, at);
    }
    let relation = around(text, &spot, scene.vocabulary());
    let (Some(relation), false) = (relation, spot.state == State::Text) else { return Offer::nothing(at) };
    let document = known::document_at(scene.view.facts(), scene.source, at);
    let place = Place { scene, text, at, spot, relation, document };
    if place.spot.state == State::Row {
        return row::offer(&place);
    }
    let mut before = pieces(text, place.spot.start..at);
    // The last word is still being written if the cursor stands at its end.
    let typed = match before.last() {
        Some((Piece::Word, range)) if range.end == at => before.pop().map_or(at, |p| p.1.start),
        Some((Piece::Open, range)) => {
            let from = range.start;
            before.pop();
            return value::note(&place, from, &before);
        }
        _ => at,
    };
    let range = typed..if typed == at { at } else { word_end(text, at) };
    let choices = match keyword_of(text, &before) {
        None if before.is_empty() => start::choices(&place),
        None => Vec::new(),
        Some((n, marked)) => value::choices(&place, &before, n, marked),
    };
    Offer { range, choices }
}

/// Where the word at `at` ends.
fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    rest.find(|c| !is_word(c)).map_or(text.len(), |n| at + n)
}

/// The bytes of a word, as a text.
fn word<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.clone()).unwrap_or("")
}
