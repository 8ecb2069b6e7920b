//! The report: all that a check found and what the documents print, as one page that needs nothing else: no network, no
//! server, no script but its own. One file a section; `report.css` and `report.js` go in as they are.
mod charts;
mod findings;
mod lookup;
mod page;
mod place;
mod rates;
mod rules;
mod summary;
#[cfg(test)]
mod tests;
mod text;

use crate::render::Report;
use crate::rules::Workspace;

/// The report as one HTML file. The same findings and facts give the same bytes.
#[must_use]
pub fn page(report: &Report<'_>, workspace: &Workspace) -> String {
    page::whole(&lookup::Lookup::new(report, workspace)).into_string()
}
