//! Formatting of a whole file. A file with faults is left as it is: its diagnostics say why.
use gen_lsp_types::{DocumentFormattingParams, Position, Range, TextEdit};

use super::desk::Desk;
use super::place;
use crate::format::{Form, format};
use crate::project::ending;

/// The edits that lay a file out: only the lines between the first and the last that change.
pub(super) fn formatting(desk: &mut Desk, params: &DocumentFormattingParams) -> Option<Vec<TextEdit>> {
    let uri = &params.text_document.uri;
    let form = match ending(&desk.path(uri)?).as_str() {
        "plan" => Form::Plan,
        "rules" => Form::Rules,
        _ => return None,
    };
    let (view, id) = desk.file(uri)?;
    let source = view.read.sources.get(id)?;
    let vocabulary = &view.read.pack().vocabulary;
    let after = format(form, id, &source.text, vocabulary, None).ok()?;
    if after == *source.text {
        return Some(Vec::new());
    }
    let lines = |text: &str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (lines(&source.text), lines(&after));
    let first = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let room = old.len().min(new.len()) - first;
    let last = old.iter().rev().zip(new.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let start = Position::new(place::whole(first), 0);
    let end = old.iter().take(old.len() - last).map(String::len).sum();
    let text = new.get(first..new.len() - last)?.concat();
    Some(vec![TextEdit::new(Range::new(start, place::position(source, end)), text)])
}
