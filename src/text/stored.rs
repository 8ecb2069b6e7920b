//! The text of a source: held in memory, or read again from its file when a part of it is shown. A table of two hundred
//! megabytes is looked through once; of its text only the rows that are shown are kept.
use std::fmt;
use std::io;
use std::ops::{Deref, Range};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use elsa::sync::FrozenMap;

/// Bytes that can be read again and again.
pub trait Bytes: fmt::Debug + Send + Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether they are still what they were at first. Who has read some asks afterwards: to ask each time would cost as much as
    /// to read a little.
    fn are_same(&self) -> bool {
        true
    }

    /// Puts some of them into `room`, which holds nothing else afterwards; who reads much does so into the same room.
    ///
    /// # Errors
    /// What the system says.
    fn read(&self, range: Range<usize>, room: &mut Vec<u8>) -> io::Result<()>;
}

/// A text.
#[derive(Debug, Clone)]
pub struct Text(Kept);

#[derive(Debug, Clone)]
enum Kept {
    Held(String),
    Stored(Arc<Stored>),
}

#[derive(Debug)]
struct Stored {
    bytes: Arc<dyn Bytes>,
    parts: FrozenMap<(usize, usize), Box<str>>,
    whole: OnceLock<String>,
    /// Whether some of it could not be read again.
    lost: AtomicBool,
}

impl Stored {
    /// Some of the text; empty where it can no longer be read.
    fn read(&self, range: Range<usize>) -> String {
        let mut bytes = Vec::new();
        if range.end > self.bytes.len() {
            return String::new();
        }
        if self.bytes.read(range, &mut bytes).is_err() {
            self.lose();
            return String::new();
        }
        String::from_utf8(bytes).unwrap_or_default()
    }

    fn lose(&self) {
        self.lost.store(true, Ordering::Relaxed);
    }
}

impl Text {
    /// A text in a file, which was found to be UTF-8 from its first to its last byte.
    #[must_use]
    pub fn stored(bytes: Arc<dyn Bytes>) -> Self {
        Self(Kept::Stored(Arc::new(Stored {
            bytes,
            parts: FrozenMap::new(),
            whole: OnceLock::new(),
            lost: AtomicBool::new(false),
        })))
    }

    /// The whole text. One that is not held is read as a whole, and held from then on.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Kept::Held(text) => text,
            Kept::Stored(stored) => stored.whole.get_or_init(|| stored.read(0..stored.bytes.len())),
        }
    }

    /// Whether the whole of it is in memory.
    #[must_use]
    pub fn is_held(&self) -> bool {
        match &self.0 {
            Kept::Held(_) => true,
            Kept::Stored(stored) => stored.whole.get().is_some(),
        }
    }

    /// Says that what was read of it is not all.
    pub fn lose(&self) {
        if let Kept::Stored(stored) = &self.0 {
            stored.lose();
        }
    }

    /// Whether it has changed, or some of it could not be read again when it was asked for: what was found in it, or is shown of
    /// it, may then be something else, or not all.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        match &self.0 {
            Kept::Held(_) => false,
            Kept::Stored(stored) => stored.lost.load(Ordering::Relaxed) || !stored.bytes.are_same(),
        }
    }

    /// Its length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::Held(text) => text.len(),
            Kept::Stored(stored) => stored.bytes.len(),
        }
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A part of it that is short and will be asked for again; empty where there is no such part.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> &str {
        let stored = match &self.0 {
            Kept::Held(text) => return text.get(range).unwrap_or(""),
            Kept::Stored(stored) => stored,
        };
        if let Some(whole) = stored.whole.get() {
            return whole.get(range).unwrap_or("");
        }
        let key = (range.start, range.end);
        stored.parts.get(&key).unwrap_or_else(|| stored.parts.insert(key, stored.read(range).into_boxed_str()))
    }

    /// A long part of it, to be looked through once; one that has to be read again is read into `room`. That it is a text is
    /// found out each time: that costs a hundredth of what is done with it.
    ///
    /// # Errors
    /// What the system says where the file cannot be read again; also that what was read is no UTF-8, so that the file is no
    /// longer what it was.
    pub fn stretch(&self, range: Range<usize>, mut room: Vec<u8>) -> io::Result<Stretch<'_>> {
        let stored = match &self.0 {
            Kept::Held(text) => return Ok(Stretch::Held(text.get(range).unwrap_or(""))),
            Kept::Stored(stored) => stored,
        };
        let read = stored.bytes.read(range, &mut room).and_then(|()| {
            simdutf8::basic::from_utf8(&room).map(|_| ()).map_err(|_| io::ErrorKind::InvalidData.into())
        });
        read.inspect_err(|_| stored.lose())?;
        Ok(Stretch::Read(room))
    }
}

impl Bytes for Text {
    fn len(&self) -> usize {
        Self::len(self)
    }

    fn read(&self, range: Range<usize>, room: &mut Vec<u8>) -> io::Result<()> {
        match &self.0 {
            Kept::Held(text) => {
                room.clear();
                room.extend_from_slice(text.as_bytes().get(range).ok_or(io::ErrorKind::UnexpectedEof)?);
                Ok(())
            }
            Kept::Stored(stored) => stored.bytes.read(range, room).inspect_err(|_| stored.lose()),
        }
    }
}

/// A long part of a text.
#[derive(Debug, Clone)]
pub enum Stretch<'t> {
    /// It is held.
    Held(&'t str),
    /// It was read again.
    Read(Vec<u8>),
}

impl Stretch<'_> {
    /// The bytes of the text.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Held(text) => text.as_bytes(),
            Self::Read(bytes) => bytes,
        }
    }

    /// The room that it was read into, for the next one.
    #[must_use]
    pub fn into_room(self) -> Vec<u8> {
        match self {
            Self::Held(_) => Vec::new(),
            Self::Read(bytes) => bytes,
        }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Kept::Held(text))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Kept::Held(text.to_owned()))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct File(&'static [u8]);

    impl Bytes for File {
        fn len(&self) -> usize {
            self.0.len()
        }

        fn read(&self, range: Range<usize>, room: &mut Vec<u8>) -> io::Result<()> {
            *room = self.0.get(range).ok_or(io::ErrorKind::UnexpectedEof)?.to_vec();
            Ok(())
        }
    }

    /// Who shows a place must not need to know whether its text is held.
    #[test]
    fn a_text_that_is_not_held_reads_as_one_that_is() {
        let text = "一覧,40万枚\n";
        let (held, stored) = (Text::from(text), Text::stored(Arc::new(File(text.as_bytes()))));
        for range in [0..6, 7..14, 3..100, 1..2] {
            assert_eq!(held.part(range.clone()), stored.part(range.clone()), "{range:?}");
        }
        assert_eq!((held.len(), &*held), (stored.len(), &*stored));
        let stretch = stored.stretch(0..7, vec![0; 20]).unwrap();
        assert_eq!(stretch.bytes(), "一覧,".as_bytes());
        assert!(!stored.is_lost());
        assert!(stored.stretch(1..7, stretch.into_room()).is_err() && stored.is_lost());
    }
}
