//! What can be folded: blocks, and comments of more than one line.
use gen_lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use super::desk::Desk;
use super::place::whole;
use super::tokens::{Kind, pieces};
use crate::text::Source;

/// The folds of a file.
pub(super) fn folding(desk: &mut Desk, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let (view, id) = desk.file(&params.text_document.uri)?;
    let source = view.read.sources.get(id).filter(|s| s.grid.is_none())?;
    Some(folds(source, &desk.path(&params.text_document.uri)?))
}

fn folds(source: &Source, path: &std::path::Path) -> Vec<FoldingRange> {
    let mut out = Vec::new();
    let mut fold = |first: usize, last: usize, kind: Option<FoldingRangeKind>| {
        if last > first {
            out.push(FoldingRange { start_line: whole(first), end_line: whole(last), kind, ..FoldingRange::default() });
        }
    };
    let mut open: Vec<usize> = Vec::new();
    let mut comments: Option<(usize, usize)> = None;
    for piece in pieces(source, path) {
        let line = source.line_of(piece.range.start);
        if piece.kind == Kind::Comment {
            let begins =
                source.text.get(source.line_range(line).start..piece.range.start).is_some_and(|t| t.trim().is_empty());
            match comments {
                Some((_, last)) if begins && last + 1 == line => comments = comments.map(|(first, _)| (first, line)),
                _ => {
                    if let Some((first, last)) = comments.take() {
                        fold(first, last, Some(FoldingRangeKind::Comment));
                    }
                    comments = begins.then_some((line, line));
                }
            }
            continue;
        }
        match piece.kind {
            Kind::Open => open.push(line),
            // The line of the closing brace stays to be seen.
            Kind::Close => {
                if let Some(first) = open.pop() {
                    fold(first, line.saturating_sub(1), None);
                }
            }
            _ => {}
        }
    }
    if let Some((first, last)) = comments {
        fold(first, last, Some(FoldingRangeKind::Comment));
    }
    out.sort_by_key(|f| (f.start_line, f.end_line));
    out
}
