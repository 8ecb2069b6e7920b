//! Takes a file that was dropped on the page, and takes it away again.
use std::path::Path;

use hyper::StatusCode;
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;

use super::body::{Unread, read};
use super::route::{Answer, Desk};
use super::shelf::{LARGEST, MOST, clean};
use crate::project::kind;

impl Desk {
    /// Puts a file on the shelf and asks for a check.
    pub(super) async fn take(&self, query: Option<&str>, body: Incoming) -> Answer {
        let Some(name) = name(query) else {
            return self.sentence(StatusCode::BAD_REQUEST, "serve-no-name", &[]);
        };
        if kind(Path::new(&name)).is_err() {
            return self.sentence(StatusCode::UNSUPPORTED_MEDIA_TYPE, "serve-wrong-kind", &[("name", &name)]);
        }
        let Ok(_place) = self.drops.acquire().await else {
            return self.sentence(StatusCode::SERVICE_UNAVAILABLE, "serve-too-many", &[]);
        };
        let bytes = match read(body, LARGEST).await {
            Ok(bytes) => bytes,
            Err(Unread::Large) => {
                let most = LARGEST >> 20;
                let args: [(&'static str, &dyn ToString); 2] = [("name", &name), ("most", &most)];
                return self.sentence(StatusCode::PAYLOAD_TOO_LARGE, "serve-too-large", &args);
            }
            Err(Unread::Slow) => return self.sentence(StatusCode::REQUEST_TIMEOUT, "serve-slow", &[]),
            Err(Unread::Broken) => return self.sentence(StatusCode::BAD_REQUEST, "serve-broken-off", &[]),
        };
        if !self.hall.put(name, bytes.into()) {
            return self.sentence(StatusCode::CONFLICT, "serve-full", &[("most", &MOST)]);
        }
        self.sentence(StatusCode::ACCEPTED, "serve-taken", &[])
    }

    /// Takes a file from the shelf and asks for a check.
    pub(super) fn remove(&self, query: Option<&str>) -> Answer {
        match name(query) {
            Some(name) if self.hall.remove(&name) => self.sentence(StatusCode::ACCEPTED, "serve-taken", &[]),
            _ => self.sentence(StatusCode::NOT_FOUND, "serve-not-found", &[]),
        }
    }
}

/// The name that a query gives, cleaned.
fn name(query: Option<&str>) -> Option<String> {
    let value = query?.split('&').find_map(|pair| pair.strip_prefix("name="))?;
    clean(&percent_decode_str(value).decode_utf8().ok()?)
}
