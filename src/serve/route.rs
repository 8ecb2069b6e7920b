//! What is asked for and what is answered.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http_body_util::channel::Channel;
use http_body_util::{Either, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::Project;
use super::guard::{Guard, Refused, seal};
use super::page;
use super::worker::Hall;

/// Pages that are told of new editions, at once.
const MOST_STREAMS: usize = 32;
/// Files that are taken at once; each lies in memory while it comes.
const MOST_DROPS: usize = 2;
/// So long a page waits for the first check before it says that it is not done.
const FIRST: Duration = Duration::from_secs(2);

/// A body: a whole text, or events.
pub(super) type Answer = Response<Either<Full<Bytes>, Channel<Bytes>>>;

/// Where requests are answered.
pub(super) struct Desk {
    pub(super) project: Arc<Project>,
    pub(super) hall: Arc<Hall>,
    guard: Guard,
    streams: Arc<Semaphore>,
    pub(super) drops: Semaphore,
}

impl Desk {
    pub(super) fn new(project: Arc<Project>, hall: Arc<Hall>, guard: Guard) -> Self {
        let streams = Arc::new(Semaphore::new(MOST_STREAMS));
        Self { project, hall, guard, streams, drops: Semaphore::new(MOST_DROPS) }
    }

    /// Answers one request. `streams` is set if the answer goes on.
    pub(super) async fn answer(&self, request: Request<Incoming>, streams: &AtomicBool) -> Answer {
        let (head, body) = request.into_parts();
        match self.guard.check(&head) {
            Err(Refused::Host) => return self.sentence(StatusCode::MISDIRECTED_REQUEST, "serve-wrong-host", &[]),
            Err(Refused::Origin) => return self.sentence(StatusCode::FORBIDDEN, "serve-wrong-origin", &[]),
            Ok(()) => {}
        }
        match (&head.method, head.uri.path()) {
            (&Method::GET, "/") => self.page().await,
            (&Method::GET, "/events") => self.events(streams),
            (&Method::POST, "/drop") => self.take(head.uri.query(), body).await,
            (&Method::DELETE, "/drop") => self.remove(head.uri.query()),
            _ => self.sentence(StatusCode::NOT_FOUND, "serve-not-found", &[]),
        }
    }

    /// The newest edition of the page.
    async fn page(&self) -> Answer {
        let mut editions = self.hall.editions();
        let edition = match timeout(FIRST, editions.wait_for(Option::is_some)).await {
            Ok(Ok(edition)) => edition.clone(),
            _ => None,
        };
        let (page, policy) = match edition {
            Some(edition) => (edition.page.clone(), edition.policy.clone()),
            None => {
                let made = page::waiting(&self.project, &self.hall.id(0));
                (Bytes::from(made.html), made.policy)
            }
        };
        let mut answer = Response::new(Either::Left(Full::new(page)));
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        seal(answer.headers_mut(), Some(&policy));
        answer
    }

    fn events(&self, streams: &AtomicBool) -> Answer {
        let Ok(place) = Arc::clone(&self.streams).try_acquire_owned() else {
            return self.sentence(StatusCode::SERVICE_UNAVAILABLE, "serve-too-many", &[]);
        };
        streams.store(true, Ordering::Relaxed);
        let mut answer = Response::new(Either::Right(super::events::stream(&self.hall, place)));
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        seal(answer.headers_mut(), None);
        answer
    }

    /// A sentence in the user's language.
    pub(super) fn sentence(&self, status: StatusCode, id: &str, args: &[(&'static str, &dyn ToString)]) -> Answer {
        let text = self.project.say(id, args) + "\n";
        let mut answer = Response::new(Either::Left(Full::new(Bytes::from(text))));
        *answer.status_mut() = status;
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        seal(answer.headers_mut(), None);
        answer
    }
}
