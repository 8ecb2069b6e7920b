//! `totsugo serve`: the report as a page in the browser.
use std::io::{self, ErrorKind, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{FAILED, FINE, Outcome, Session};
use crate::findings::Messages;
use crate::serve::{Door, PORT, Project};

/// The port that totsugo moves to in an example.
const OTHER: u16 = PORT + 1;

impl Session<'_> {
    /// Serves the page until the user ends it.
    pub(super) fn serve(&self) -> Outcome {
        let asked = self.one("port");
        let Ok(port) = asked.map_or(Ok(PORT), str::parse::<u16>) else {
            let value = asked.unwrap_or("");
            return self.unserved("cli-error-value", &[("arg", &"--port"), ("value", &value)], Some("serve-port-help"));
        };
        let host = self.one("host");
        let door = match Door::open(host, port) {
            Ok(door) => door,
            Err(error) => return self.shut(&error, host.unwrap_or("127.0.0.1"), port),
        };
        let url = door.url();
        let mut told = self.say("serve-at", &[("url", &url)]) + "\n";
        if door.is_private() {
            told.push_str(&format!("{}\n", self.say("serve-private", &[])));
        } else {
            let warning = self.say("serve-public", &[("address", &door.address)]);
            let _ = io::stderr().write_all(format!("{warning}\n").as_bytes());
        }
        let mut out = io::stdout();
        let _ = out.write_all(told.as_bytes()).and_then(|()| out.flush());
        if self.matches.get_flag("open") && browse(&url).is_err() {
            let sentence = self.say("serve-no-browser", &[("url", &url)]);
            let _ = io::stderr().write_all(format!("{sentence}\n").as_bytes());
        }
        let project = Project {
            paths: self.many("paths", &[]).into_iter().map(PathBuf::from).collect(),
            mapping: self.one("mapping").map(PathBuf::from),
            lang: self.lang,
            messages: Messages::new(),
        };
        match door.serve(project) {
            Ok(()) => (format!("\n{}\n", self.say("serve-ended", &[])), String::new(), FINE),
            Err(error) => self.unserved("serve-failed", &[("reason", &error)], None),
        }
    }

    /// Why the port cannot be opened, in words.
    fn shut(&self, error: &io::Error, host: &str, port: u16) -> Outcome {
        let args: [(&'static str, &dyn ToString); 4] =
            [("host", &host), ("port", &port), ("other", &OTHER), ("reason", error)];
        match error.kind() {
            ErrorKind::AddrInUse => self.unserved("serve-port-taken", &args, Some("serve-port-taken-help")),
            ErrorKind::PermissionDenied => self.unserved("serve-port-denied", &args, Some("serve-port-taken-help")),
            ErrorKind::AddrNotAvailable => self.unserved("serve-host-unknown", &args, Some("serve-host-help")),
            _ => self.unserved("serve-failed", &args, Some("serve-host-help")),
        }
    }

    fn unserved(&self, id: &str, args: &[(&'static str, &dyn ToString)], help: Option<&str>) -> Outcome {
        let mut text = format!("{}: {}\n", self.say("cli-word-error", &[]), self.say(id, args));
        if let Some(help) = help {
            text.push_str(&format!("  {}\n", self.say(help, args)));
        }
        (String::new(), text, FAILED)
    }
}

/// Asks the system to show an address in the user's browser.
fn browse(url: &str) -> io::Result<()> {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "windows") {
        // `start` takes its first quoted argument for the title of a window.
        ("cmd", &["/c", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let quiet = Stdio::null;
    Command::new(program).args(before).arg(url).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn().map(drop)
}
