//! Floor 11. The report as a page on this machine's own address: it is renewed when a file changes, and files that are
//! dropped on it are checked with the others, in memory. One thread answers browsers, one checks, one watches the files.
mod body;
mod door;
mod drop;
mod events;
mod guard;
mod listen;
mod look;
mod page;
mod panel;
mod route;
mod shelf;
mod worker;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::findings::{Lang, Messages};

pub use door::{Door, PORT};
pub use shelf::{LARGEST, MOST};

/// What is served.
pub struct Project {
    /// Files and folders as they were named; those of the settings if none was.
    pub paths: Vec<PathBuf>,
    /// A mapping for the spreadsheets that are named.
    pub mapping: Option<PathBuf>,
    /// The language of the page.
    pub lang: Lang,
    /// The words of the program.
    pub messages: Messages,
}

impl Project {
    fn say(&self, id: &str, arguments: &[(&'static str, &dyn ToString)]) -> String {
        self.messages.text(self.lang, id, arguments)
    }
}

impl Door {
    /// Serves until the user ends it (Ctrl-C).
    ///
    /// # Errors
    /// What the system says when it cannot be served.
    pub fn serve(self, project: Project) -> io::Result<()> {
        let project = Arc::new(project);
        let hall = worker::start(&project)?;
        listen::listen(self, project, hall)
    }
}
