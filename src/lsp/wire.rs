//! Messages on the wire: headers and JSON bodies. What is no message is answered or stepped over; only a stream whose
//! frames are lost ends.
use std::io::{self, BufRead, Read as _, Write};

use lsp_server::Message;

/// A body larger than this ends the session.
const LARGEST: u64 = 1 << 28;
/// A header line longer than this is none.
const LONGEST: u64 = 4096;

/// What was read.
pub(super) enum Frame {
    /// A message.
    Message(Message),
    /// A body that is no message.
    Garbage,
}

/// Reads a message; `None` at the end of the stream.
///
/// # Errors
/// What the system says, or that the frames are lost.
pub(super) fn read(from: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if from.by_ref().take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if !line.ends_with(b"\n") {
            return Err(lost("a header without an end"));
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<u64>().ok();
        }
    }
    let length = length.filter(|l| *l <= LARGEST).ok_or_else(|| lost("no usable Content-Length"))?;
    let mut body = Vec::new();
    // The memory grows with what comes, not with what is promised.
    if from.by_ref().take(length).read_to_end(&mut body)? as u64 != length {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&body).map_or(Frame::Garbage, Frame::Message)))
}

fn lost(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// Writes a message.
///
/// # Errors
/// What the system says.
pub(super) fn write(to: &mut impl Write, message: Message) -> io::Result<()> {
    message.write(to)?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_one_by_one_and_garbage_between_them_does_no_harm() {
        let body = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let frame = |body: &[u8]| [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat();
        let wire = [frame(body.as_bytes()), frame(b"{\"a\":\xff"), frame(body.as_bytes())].concat();
        let mut from = wire.as_slice();
        assert!(matches!(read(&mut from), Ok(Some(Frame::Message(Message::Notification(n)))) if n.method == "exit"));
        assert!(matches!(read(&mut from), Ok(Some(Frame::Garbage))));
        assert!(matches!(read(&mut from), Ok(Some(Frame::Message(_)))));
        assert!(matches!(read(&mut from), Ok(None)));
        assert!(read(&mut "Content-Length: 99999999999999\r\n\r\n".as_bytes()).is_err());
        assert!(read(&mut "Content-Length: x\r\n\r\n".as_bytes()).is_err());
        assert!(read(&mut "a".repeat(5000).as_bytes()).is_err());
        assert!(matches!(read(&mut "Content-Length: 5\r\n\r\n{".as_bytes()), Ok(None)));
    }
}
