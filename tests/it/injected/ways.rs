//! One edit of one file, and where places of the edited text were before.
use std::ops::Range;

/// A piece of an edited text: kept from the text before, or new.
#[derive(Debug, Clone)]
pub enum Piece {
    Kept(Range<usize>),
    New(String),
}

/// An edited file.
#[derive(Debug, Clone)]
pub struct Edit {
    pub file: usize,
    pub pieces: Vec<Piece>,
}

impl Edit {
    /// Other texts in some places (in order).
    pub fn replace(text: &str, file: usize, changes: &[(Range<usize>, String)]) -> Self {
        let (mut pieces, mut at) = (Vec::new(), 0);
        for (range, new) in changes {
            pieces.push(Piece::Kept(at..range.start));
            pieces.push(Piece::New(new.clone()));
            at = range.end;
        }
        pieces.push(Piece::Kept(at..text.len()));
        Self { file, pieces }
    }

    /// A part taken from its place and put in before another.
    pub fn carry(text: &str, file: usize, part: Range<usize>, to: usize) -> Self {
        let (a, b) = (part.start, part.end);
        let kept = |range: Range<usize>| Piece::Kept(range);
        let pieces = if to >= b {
            vec![kept(0..a), kept(b..to), kept(part), kept(to..text.len())]
        } else {
            vec![kept(0..to), kept(part), kept(to..a), kept(b..text.len())]
        };
        Self { file, pieces }
    }

    pub fn text(&self, before: &str) -> String {
        let piece = |p: &Piece| match p {
            Piece::Kept(range) => before[range.clone()].to_owned(),
            Piece::New(text) => text.clone(),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// Where an offset of the edited text was before; `None` if it is new.
    pub fn before(&self, offset: usize) -> Option<usize> {
        let mut start = 0;
        for piece in &self.pieces {
            let length = match piece {
                Piece::Kept(range) => range.len(),
                Piece::New(text) => text.len(),
            };
            if offset < start + length {
                return match piece {
                    Piece::Kept(range) => Some(range.start + offset - start),
                    Piece::New(_) => None,
                };
            }
            start += length;
        }
        None
    }
}
