//! How far long work is, on a terminal only and never in CI.
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::Session;
use super::terminal::is_watched;
use crate::text::visible::shown;
use crate::text::{Phase, Stop};

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(700);
/// How often to look how far it is.
const PAUSE: Duration = Duration::from_millis(80);

/// The bar of one piece of work. It is drawn from beside the work, which only counts.
pub(super) struct Bar {
    running: Option<Running>,
}

struct Running {
    /// Hears of the sheet that is read and the row that was reached; closed, it ends the drawing.
    tell: mpsc::Sender<String>,
    drawing: JoinHandle<()>,
}

/// What is said of each phase.
struct Words {
    files: String,
    facts: String,
    rules: String,
}

impl Session<'_> {
    /// Does work that may take long, and shows how far it is.
    pub(super) fn shown<T>(&self, work: impl FnOnce(&Bar) -> T) -> T {
        let alone = ["quiet", "verbose"].iter().any(|name| self.is_set(name));
        let words = ["progress-files", "progress-facts", "progress-rules"].map(|id| self.say(id, &[]));
        let [files, facts, rules] = words;
        let bar = Bar::begin(is_watched() && !alone, Words { files, facts, rules }, self.stop.clone());
        let done = work(&bar);
        bar.done();
        done
    }
}

impl Bar {
    fn begin(wanted: bool, words: Words, stop: Stop) -> Self {
        let running = wanted.then(|| {
            let (tell, told) = mpsc::channel();
            let drawing = std::thread::spawn(move || draw(&words, &stop, &told));
            Running { tell, drawing }
        });
        Self { running }
    }

    /// Says which sheet is read, and the cell or row that was reached.
    pub(super) fn at(&self, path: &str, count: u64) {
        if let Some(running) = &self.running {
            // Who draws no longer listens only when all is done.
            let _ = running.tell.send(shown(&format!("{path} {count}")));
        }
    }

    /// Takes the bar away.
    fn done(self) {
        if let Some(Running { tell, drawing }) = self.running {
            drop(tell);
            let _ = drawing.join();
        }
    }
}

fn draw(words: &Words, stop: &Stop, told: &mpsc::Receiver<String>) {
    let started = Instant::now();
    let mut bar: Option<ProgressBar> = None;
    let mut last = None;
    let mut sheet = String::new();
    loop {
        match told.recv_timeout(PAUSE) {
            Ok(at) => sheet = told.try_iter().last().unwrap_or(at),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if started.elapsed() < PATIENCE {
            continue;
        }
        let Some((phase, done, of)) = stop.reached() else { continue };
        if last.replace(phase) != Some(phase) {
            // Of the sheets of the phase before nothing is to be said.
            sheet = told.try_iter().last().unwrap_or_default();
        }
        let bar = bar.get_or_insert_with(|| {
            let bar = ProgressBar::new(0);
            match ProgressStyle::with_template("{spinner} {msg} {pos}/{len} {prefix}") {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        bar.set_length(of as u64);
        bar.set_position(done as u64);
        bar.set_prefix(sheet.clone());
        bar.set_message(match phase {
            Phase::Files => words.files.clone(),
            Phase::Facts => words.facts.clone(),
            Phase::Rules => words.rules.clone(),
        });
        bar.tick();
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}
