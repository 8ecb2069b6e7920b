//! Reads what a browser sends, up to a length and within a time.
use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::body::{Body, Bytes};
use tokio::time::{Instant, timeout, timeout_at};

/// So long a client may be silent while it sends.
const SILENCE: Duration = Duration::from_secs(10);
/// So long a file may take.
const WHOLE: Duration = Duration::from_secs(60);
/// Memory that is taken at once because a header promises so much; the rest comes as it comes.
const PROMISED: usize = 1 << 20;

/// Why a body is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is too long.
    Large,
    /// It does not come.
    Slow,
    /// It has broken off.
    Broken,
}

/// The whole body. One that says that it is too long is not read at all; of one that only is, no more than the limit.
pub(super) async fn read<B: Body<Data = Bytes> + Unpin>(mut body: B, most: usize) -> Result<Vec<u8>, Unread> {
    let promised = body.size_hint().lower();
    if promised > most as u64 {
        return Err(Unread::Large);
    }
    let mut out = Vec::with_capacity(usize::try_from(promised).unwrap_or(0).min(PROMISED));
    let end = Instant::now() + WHOLE;
    loop {
        let next = timeout_at(end, timeout(SILENCE, body.frame())).await;
        let Ok(Ok(next)) = next else { return Err(Unread::Slow) };
        match next {
            None => return Ok(out),
            Some(Err(_)) => return Err(Unread::Broken),
            Some(Ok(frame)) => {
                let Ok(data) = frame.into_data() else { continue };
                if out.len() + data.len() > most {
                    return Err(Unread::Large);
                }
                out.extend_from_slice(&data);
            }
        }
    }
}
