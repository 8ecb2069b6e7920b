//! The thread that checks, and the one that watches the files. Who wants a check rings; a check that is under way for an
//! earlier ring is given up.
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use hyper::body::Bytes;
use tokio::sync::watch;

use super::Project;
use super::look::look;
use super::page::{self, Made};
use super::shelf::Shelf;
use crate::project::{Disk, Scope, Settings, Stamps};
use crate::text::Stop;

/// Room for the checking thread: what is nested deeply is read by going down, as on the main thread.
const STACK: usize = 16 << 20;

/// A page as it was at one moment.
pub(super) struct Edition {
    pub(super) number: u64,
    pub(super) page: Bytes,
    /// What it may do.
    pub(super) policy: String,
}

/// Where the newest edition is to be had, and news of it.
pub(super) type Editions = watch::Receiver<Option<Arc<Edition>>>;

/// Where those who ask and the threads that work meet.
pub(super) struct Hall {
    /// Tells this run of the program from the one before it, for pages that are still open.
    run: String,
    shelf: Mutex<Shelf>,
    bell: Mutex<Bell>,
    rings: Condvar,
    editions: watch::Sender<Option<Arc<Edition>>>,
}

/// How often it was rung, and how to stop the check that is under way.
struct Bell {
    rung: u64,
    stop: Stop,
}

impl Hall {
    fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos());
        Self {
            run: format!("{now:x}"),
            shelf: Mutex::default(),
            // The first check is wanted already.
            bell: Mutex::new(Bell { rung: 1, stop: Stop::default() }),
            rings: Condvar::new(),
            editions: watch::Sender::new(None),
        }
    }

    /// The name of an edition.
    pub(super) fn id(&self, number: u64) -> String {
        format!("{}-{number}", self.run)
    }

    pub(super) fn editions(&self) -> Editions {
        self.editions.subscribe()
    }

    /// Takes a dropped file and asks for a check; `false` if there is no room.
    pub(super) fn put(&self, name: String, bytes: Arc<[u8]>) -> bool {
        let taken = lock(&self.shelf).put(name, bytes);
        if taken {
            self.ring();
        }
        taken
    }

    /// Takes a dropped file away and asks for a check; whether it was there.
    pub(super) fn remove(&self, name: &str) -> bool {
        let gone = lock(&self.shelf).remove(name);
        if gone {
            self.ring();
        }
        gone
    }

    /// Asks for a check.
    fn ring(&self) {
        let mut bell = lock(&self.bell);
        bell.rung += 1;
        bell.stop.set();
        self.rings.notify_one();
    }

    /// Waits for a ring after that of a number.
    fn next(&self, done: u64) -> (u64, Stop) {
        let bell = lock(&self.bell);
        let mut bell = self.rings.wait_while(bell, |bell| bell.rung <= done).unwrap_or_else(PoisonError::into_inner);
        bell.stop = Stop::default();
        (bell.rung, bell.stop.clone())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts both threads; they end with the program.
pub(super) fn start(project: &Arc<Project>) -> io::Result<Arc<Hall>> {
    let hall = Arc::new(Hall::new());
    // Looked at before the first check, so that a change during it is seen after it.
    let first = stamps(project);
    let (its, own) = (Arc::clone(&hall), Arc::clone(project));
    thread::Builder::new().name("check".into()).stack_size(STACK).spawn(move || work(&own, &its))?;
    let (its, own) = (Arc::clone(&hall), Arc::clone(project));
    thread::Builder::new().name("watch".into()).spawn(move || keep_watch(&own, &its, first))?;
    Ok(hall)
}

fn work(project: &Project, hall: &Hall) {
    let mut done = 0;
    loop {
        let (number, stop) = hall.next(done);
        done = number;
        let shelf = lock(&hall.shelf).clone();
        let id = hall.id(number);
        let made = catch_unwind(AssertUnwindSafe(|| {
            let look = look(project, &shelf, &stop)?;
            Some(page::page(project, &look, &id))
        }));
        // One file that breaks a check does not end the server.
        let made = made.unwrap_or_else(|_| Some(page::broken(project, &id)));
        let Some(Made { html, policy }) = made else { continue };
        if !stop.is_set() {
            hall.editions.send_replace(Some(Arc::new(Edition { number, page: Bytes::from(html), policy })));
        }
    }
}

fn keep_watch(project: &Project, hall: &Hall, mut seen: Stamps) {
    loop {
        seen.wait(|| stamps(project));
        // Looked at before the check that is asked for, so that a change during it is seen after it.
        seen = stamps(project);
        hall.ring();
    }
}

/// The files of the project as they are now; the settings, which say where they lie, are read each time.
fn stamps(project: &Project) -> Stamps {
    let disk = Disk::default();
    let settings = Settings::read(&disk);
    let paths = settings.places(&project.paths);
    let Project { messages, mapping, .. } = project;
    let stop = Stop::default();
    let mapping = mapping.as_deref();
    Scope { settings: &settings, messages, disk: &disk, paths: &paths, mapping, guess: false, stop: &stop }.stamps()
}
