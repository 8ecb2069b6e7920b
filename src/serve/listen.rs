//! Takes connections: so many at once and no more, each for one request, each for so long.
use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::Project;
use super::door::Door;
use super::guard::Guard;
use super::route::Desk;
use super::worker::Hall;

/// Connections at once; others wait until one ends.
const MOST: usize = 64;
/// So long a client may take to say what it wants.
const HEAD: Duration = Duration::from_secs(5);
/// So much it may say.
const LONGEST_HEAD: usize = 16 << 10;
const MOST_HEADERS: usize = 64;
/// So long a request may take as a whole.
const REQUEST: Duration = Duration::from_secs(90);
/// So long a page is told of new editions before it has to ask again.
const STREAM: Duration = Duration::from_secs(3_600);
/// After a connection that could not be taken (too many open files).
const REST: Duration = Duration::from_millis(100);

/// Answers until the user ends it.
pub(super) fn listen(door: Door, project: Arc<Project>, hall: Arc<Hall>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(async {
        let listener = TcpListener::from_std(door.listener)?;
        let desk = Desk::new(project, hall, Guard::new(door.address, door.name));
        tokio::spawn(accept(listener, Arc::new(desk)));
        tokio::signal::ctrl_c().await
    });
    // A browser that holds a connection open does not keep the program.
    runtime.shutdown_background();
    ended
}

async fn accept(listener: TcpListener, desk: Arc<Desk>) {
    let places = Arc::new(Semaphore::new(MOST));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            sleep(REST).await;
            continue;
        };
        let desk = Arc::clone(&desk);
        tokio::spawn(async move {
            answer(stream, desk).await;
            drop(place);
        });
    }
}

async fn answer(stream: TcpStream, desk: Arc<Desk>) {
    let streams = Arc::new(AtomicBool::new(false));
    let marks = Arc::clone(&streams);
    let service = service_fn(move |request| {
        let (desk, marks) = (Arc::clone(&desk), Arc::clone(&marks));
        async move { Ok::<_, Infallible>(desk.answer(request, &marks).await) }
    });
    let mut http = http1::Builder::new();
    http.keep_alive(false)
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_headers(MOST_HEADERS)
        .max_buf_size(LONGEST_HEAD);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    // What goes wrong on a connection ends it, and concerns nobody else.
    if timeout(REQUEST, connection.as_mut()).await.is_err() && streams.load(Ordering::Relaxed) {
        let _ = timeout(STREAM, connection).await;
    }
}
