//! Trees as bytes, so that a text which is known when the program is built need not be read when it starts. The places
//! in what is kept are of one text; which source that is, is said when the tree is brought back.
use std::cell::Cell;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::tree::RuleFile;
use crate::text::{SourceId, Span};

thread_local! {
    /// The source that the places belong to which are just brought back.
    static SOURCE: Cell<SourceId> = const { Cell::new(SourceId(0)) };
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end.wrapping_sub(self.start)).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, length) = <(u32, u32)>::deserialize(deserializer)?;
        Ok(Self { source: SOURCE.get(), start, end: start.wrapping_add(length) })
    }
}

/// The tree as bytes; `None` if it cannot be kept.
#[must_use]
pub fn keep(file: &RuleFile) -> Option<Vec<u8>> {
    postcard::to_allocvec(file).ok()
}

/// The tree that was kept, its places in `source`; `None` if the bytes hold none.
#[must_use]
pub fn kept(source: SourceId, bytes: &[u8]) -> Option<RuleFile> {
    SOURCE.set(source);
    postcard::from_bytes(bytes).ok()
}
