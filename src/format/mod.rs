//! Floor 4. The formatter: plan files and rule files in one layout, with the keywords of either language. It changes how
//! a file looks and nothing of what it says; a file that it would change in meaning, or cannot read, it refuses.
mod line;
mod plan;
mod rules;
mod same;
mod words;

use crate::plan::Vocabulary;
use crate::syntax::{plan as plans, rules as rule_files};
use crate::text::{Fault, Severity, SourceId};

/// The kinds of files that have a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `.plan`.
    Plan,
    /// `.rules`.
    Rules,
}

/// The language of keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// Why a file was not formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It cannot be read in full.
    Faults(Vec<Fault>),
    /// Its layout could not be had without a change of what it says.
    Meaning,
}

/// A file in its canonical layout. Keywords stay as they are, or become those of `surface`; what a word means is told by
/// `vocabulary`.
///
/// # Errors
/// What is wrong with the file (the faults point into `source`), or that the layout would change its meaning.
pub fn format(
    form: Form,
    source: SourceId,
    text: &str,
    vocabulary: &Vocabulary,
    surface: Option<Surface>,
) -> Result<String, Refused> {
    let faults = match form {
        Form::Plan => plans::parse(source, text, 0..text.len()).faults,
        Form::Rules => rule_files::parse(source, text).faults,
    };
    let errors: Vec<Fault> = faults.into_iter().filter(|f| f.severity == Severity::Error).collect();
    if !errors.is_empty() {
        return Err(Refused::Faults(errors));
    }
    let words = words::Words { vocabulary, surface };
    let mut out = match form {
        Form::Plan => plan::file(text, &words),
        Form::Rules => rules::file(text, &words),
    }
    .ok_or(Refused::Meaning)?;
    if text.contains("\r\n") {
        out = out.replace('\n', "\r\n");
    }
    let same = match form {
        Form::Plan => same::plans(text, &out, &words),
        Form::Rules => same::rules(text, &out, &words),
    };
    if same { Ok(out) } else { Err(Refused::Meaning) }
}

#[cfg(test)]
mod tests;
