//! What is tried with inputs made at random, each by a function of the bytes of an input that fails where something does
//! not hold. libFuzzer calls them by way of `fuzz_targets/`, and `tests/it/fuzzed.rs`, which takes this file in, for a
//! fixed count in every run of the tests.
mod csv;
mod editor;
mod evaluator;
mod fixes;
mod format;
mod lsp;
mod plan;
mod project;
mod rules;
pub mod small;
mod wire;
mod xlsx;
mod yaml;

use std::sync::OnceLock;

use totsugo::text::{Fault, Sources};

/// A target: its name, which is that of its seeds too, and what is done with an input.
pub type Target = (&'static str, fn(&[u8]));

/// Those that read whole files.
pub const WHOLE: [Target; 10] = [
    ("plan", plan::run),
    ("rules", rules::run),
    ("format", format::run),
    ("yaml", yaml::run),
    ("csv", csv::run),
    ("xlsx", xlsx::run),
    ("evaluator", evaluator::run),
    ("lsp", lsp::run),
    ("wire", wire::run),
    ("fixes", fixes::run),
];

/// The target that the surroundings name (`TOTSUGO_FUZZ`); it is looked for once.
pub fn chosen(targets: &[Target]) -> fn(&[u8]) {
    static CHOSEN: OnceLock<fn(&[u8])> = OnceLock::new();
    *CHOSEN.get_or_init(|| {
        let name = std::env::var("TOTSUGO_FUZZ").unwrap_or_default();
        let names = || targets.iter().map(|t| t.0).collect::<Vec<_>>().join(", ");
        targets.iter().find(|t| t.0 == name).unwrap_or_else(|| panic!("TOTSUGO_FUZZ is none of {}", names())).1
    })
}

/// The bytes as a text, as far as they are one.
pub fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// What stands before and behind the first line that is `---` alone.
fn halves(text: &str) -> (&str, &str) {
    text.split_once("\n---\n").unwrap_or((text, ""))
}

/// Every fault names a place that is there.
fn faults_stand<'f>(faults: impl IntoIterator<Item = &'f Fault>, sources: &Sources) {
    for fault in faults {
        let spans = std::iter::once(fault.span).chain(fault.related.iter().map(|(span, _)| *span));
        for span in spans {
            // Of what could not be read at all there is no text.
            if let Some(source) = sources.get(span.source) {
                assert!(source.text.as_str().get(span.range()).is_some(), "{fault:?} points out of its text");
            }
        }
    }
}
