//! Tells pages of new editions, as Server-Sent Events.
use std::sync::Arc;
use std::time::Duration;

use http_body_util::channel::{Channel, Sender};
use hyper::body::Bytes;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use super::worker::{Editions, Hall};

/// A sign of life, so that a connection that has died is found out.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The stream of a page: the edition that there is, then every new one.
pub(super) fn stream(hall: &Arc<Hall>, place: OwnedSemaphorePermit) -> Channel<Bytes> {
    let (sender, body) = Channel::new(1);
    tokio::spawn(tell(hall.editions(), Arc::clone(hall), sender, place));
    body
}

async fn tell(mut editions: Editions, hall: Arc<Hall>, mut to: Sender<Bytes>, _place: OwnedSemaphorePermit) {
    // Who has lost the server asks again after two seconds.
    let mut text = "retry: 2000\n\n".to_owned();
    loop {
        let edition = editions.borrow_and_update().clone();
        if let Some(edition) = edition {
            text.push_str(&format!("event: edition\ndata: {}\n\n", hall.id(edition.number)));
        }
        if to.send_data(Bytes::from(text)).await.is_err() {
            return;
        }
        text = loop {
            match timeout(HEARTBEAT, editions.changed()).await {
                Ok(Ok(())) => break String::new(),
                Ok(Err(_)) => return,
                Err(_) if to.send_data(Bytes::from_static(b": \n\n")).await.is_err() => return,
                Err(_) => {}
            }
        };
    }
}
