//! What is known of the terminal: whether it shows colours, how wide it is, whether somebody looks at it; and what it may get.
use std::io::IsTerminal as _;

use crate::text::visible::{harmless, without_orders};

/// Where nothing is known.
const USUAL: usize = 80;
/// Sentences that run over more columns than this are hard to read; who wants them says so in `COLUMNS`.
const WIDEST: usize = 120;

/// A variable of the environment that says something.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
}

/// Whether to write in colours.
pub(super) fn colored(asked: Option<&str>) -> bool {
    decide(asked, std::io::stdout().is_terminal(), variable)
}

fn decide(asked: Option<&str>, terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_on = |name: &str| variable(name).is_some_and(|value| !matches!(value.as_str(), "0" | "false"));
    match asked {
        Some("always") => true,
        Some("never") => false,
        _ if variable("NO_COLOR").is_some() => false,
        _ if is_on("CLICOLOR_FORCE") || is_on("FORCE_COLOR") => true,
        _ if variable("CLICOLOR").as_deref() == Some("0") || is_dumb(&variable) => false,
        _ => terminal,
    }
}

fn is_dumb(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("TERM").as_deref() == Some("dumb")
}

/// The columns to write in.
pub(super) fn width() -> usize {
    let asked = variable("COLUMNS").and_then(|columns| columns.trim().parse().ok()).filter(|columns| *columns > 0);
    asked.unwrap_or_else(|| {
        let terminal = console::Term::stdout();
        let known = terminal.is_term().then(|| terminal.size_checked()).flatten();
        known.map(|(_, columns)| usize::from(columns)).filter(|columns| *columns > 0).map_or(USUAL, |c| c.min(WIDEST))
    })
}

/// What people read, and the logs of CI systems: nothing in it moves the cursor or is taken for an order.
pub(super) fn for_people(text: &str, colored: bool) -> String {
    without_orders(&harmless(text, colored)).into_owned()
}

/// What programs read: as it is, unless it goes to a terminal after all.
pub(super) fn for_whom_it_goes_to(text: &str, colored: bool) -> String {
    if std::io::stdout().is_terminal() { harmless(text, colored).into_owned() } else { text.to_owned() }
}

/// Whether somebody watches the error stream, so that it may be drawn on.
pub(super) fn is_watched() -> bool {
    std::io::stderr().is_terminal() && variable("CI").is_none() && !is_dumb(variable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colored(asked: Option<&str>, terminal: bool, set: &[(&str, &str)]) -> bool {
        decide(asked, terminal, |name| set.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn what_was_asked_for_wins_then_no_color_then_force_then_the_terminal() {
        let (none, force) = (("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1"));
        assert!(colored(None, true, &[]));
        assert!(!colored(None, false, &[]));
        assert!(!colored(None, true, &[none]) && !colored(Some("auto"), true, &[none, force]));
        assert!(colored(Some("always"), false, &[none]));
        assert!(!colored(Some("never"), true, &[force]));
        assert!(colored(None, false, &[force]) && colored(None, false, &[("FORCE_COLOR", "true")]));
        assert!(!colored(None, false, &[("FORCE_COLOR", "0")]) && !colored(None, false, &[("CLICOLOR_FORCE", "0")]));
        assert!(!colored(None, true, &[("TERM", "dumb")]) && !colored(None, true, &[("CLICOLOR", "0")]));
        assert!(colored(None, true, &[("TERM", "dumb"), force]));
    }
}
