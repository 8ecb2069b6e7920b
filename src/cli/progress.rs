//! A progress bar for long reads, on a terminal only and never in CI.
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::findings::Lang;

/// Reads shorter than this show nothing.
const PATIENCE: Duration = Duration::from_millis(700);

/// The bar of one reading.
pub(super) struct Bar {
    lang: Lang,
    started: Instant,
    wanted: bool,
    bar: Option<ProgressBar>,
}

impl Bar {
    /// A bar that appears once reading takes long.
    pub(super) fn new(lang: Lang) -> Self {
        let wanted = std::io::stderr().is_terminal() && std::env::var_os("CI").is_none_or(|v| v.is_empty());
        Self { lang, started: Instant::now(), wanted, bar: None }
    }

    /// Says what is read and how many cells or rows of it have been.
    pub(super) fn at(&mut self, path: &str, count: u64) {
        if !self.wanted || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::new_spinner();
            match ProgressStyle::with_template("{spinner} {msg} … {human_pos}") {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        bar.set_message(match self.lang {
            Lang::Ja => format!("{path} を読んでいます"),
            Lang::En => format!("reading {path}"),
        });
        bar.set_position(count);
    }

    /// Takes the bar away.
    pub(super) fn done(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
