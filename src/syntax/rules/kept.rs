//! Trees as bytes, so that a text which is known when the program is built need not be read when it starts. The places
//! in what is kept are of one text; which source that is, is said when the tree is brought back.
use std::cell::Cell;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::ser::Error as _;
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

/// A part of a tree that stays in the bytes in which it was kept until somebody looks at it: most rules are not wanted in a
/// run.
#[derive(Clone)]
pub struct Later<T> {
    source: SourceId,
    bytes: &'static [u8],
    now: OnceLock<Box<T>>,
}

impl<T> From<T> for Later<T> {
    fn from(now: T) -> Self {
        Self { source: SourceId(0), bytes: &[], now: OnceLock::from(Box::new(now)) }
    }
}

impl<T: Deserialize<'static> + Default> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // What was kept can be brought back (a test holds that), so nothing stands for what cannot.
        self.now.get_or_init(|| Box::new(bring_back(self.source, self.bytes).unwrap_or_default()))
    }
}

impl<T: Deserialize<'static> + Default + fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Serialize + Deserialize<'static> + Default> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&postcard::to_allocvec(&**self).map_err(S::Error::custom)?)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Later<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { source: SOURCE.get(), bytes: <&[u8]>::deserialize(deserializer)?, now: OnceLock::new() })
    }
}

/// The tree as bytes; `None` if it cannot be kept.
#[must_use]
pub fn keep(file: &RuleFile) -> Option<Vec<u8>> {
    postcard::to_allocvec(file).ok()
}

/// The tree that was kept, its places in `source`; `None` if the bytes hold none.
#[must_use]
pub fn kept(source: SourceId, bytes: &'static [u8]) -> Option<RuleFile> {
    bring_back(source, bytes)
}

fn bring_back<T: Deserialize<'static>>(source: SourceId, bytes: &'static [u8]) -> Option<T> {
    SOURCE.set(source);
    postcard::from_bytes(bytes).ok()
}
