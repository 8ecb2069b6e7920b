//! Completion: what may be written at a place. The text there is usually broken, so only what stands before the place
//! counts, piece by piece; the rest is known from the facts, the vocabulary and the settings.
mod choice;
mod known;
mod names;
mod plan;
mod rules;
mod schema;
mod settings;

use std::ops::Range;

use gen_lsp_types::{CompletionList, CompletionParams};

use super::desk::Desk;
use super::place;
use super::view::View;
use crate::config::Config;
use crate::findings::{Lang, Messages};
use crate::ingest::mapping::ENDINGS;
use crate::plan::{Facts, Vocabulary};
use crate::project::ending;
use crate::rules::Pack;
use crate::text::SourceId;
use choice::Choice;

pub(super) use plan::{Piece, keyword_of, pieces, relation_of, spot};
pub(super) use rules::declaration;

/// What makes an editor ask without being told to.
pub(super) const TRIGGERS: [&str; 14] = [" ", "　", ".", "．", ":", "：", ",", "、", "|", "∈", "(", "{", "[", "#"];

/// What may be written, and the bytes that it takes the place of.
struct Offer {
    range: Range<usize>,
    choices: Vec<Choice>,
}

impl Offer {
    fn nothing(at: usize) -> Self {
        Self { range: at..at, choices: Vec::new() }
    }
}

/// All that is known where something is to be written.
struct Scene<'a> {
    lang: Lang,
    /// Whether the file is written in English words.
    english: bool,
    messages: &'a Messages,
    pack: &'a Pack,
    view: &'a View,
    /// The facts of the view, and those of the whole project where the view is a part of it.
    facts: Vec<&'a Facts>,
    config: &'a Config,
    /// The file itself, if it is in the view.
    source: Option<SourceId>,
}

impl<'a> Scene<'a> {
    fn vocabulary(&self) -> &'a Vocabulary {
        &self.pack.vocabulary
    }

    fn say(&self, id: &str) -> String {
        self.messages.text(self.lang, id, &[])
    }

    /// The word that the file would use, and the one of the other language.
    fn both<'w>(&self, name: &'w str, alias: &'w str) -> (&'w str, &'w str) {
        if self.english && !alias.is_empty() { (alias, name) } else { (name, alias) }
    }
}

/// What may be written at a place.
pub(super) fn completion(desk: &mut Desk, params: &CompletionParams) -> Option<CompletionList> {
    let position = &params.text_document_position_params;
    let uri = &position.text_document.uri;
    let path = desk.path(uri)?;
    let ending = ending(&path);
    let view = match ending.as_str() {
        "plan" => desk.view(&path)?,
        // Of rules and settings only the words count: those of the last look at the project are new enough.
        _ => match desk.whole() {
            Some(view) => view,
            None => desk.view(&path)?,
        },
    };
    let whole = desk.whole().filter(|_| view.partial);
    let source = desk.text(uri)?;
    let text = source.text.as_str();
    let at = place::offset(source, position.position);
    let scene = Scene {
        lang: desk.lang,
        english: is_english(text, at).unwrap_or(desk.lang == Lang::En),
        messages: &desk.messages,
        pack: view.read.pack(),
        view: &view,
        facts: std::iter::once(view.facts()).chain(whole.as_ref().map(|w| w.facts())).collect(),
        config: &desk.settings().config,
        source: view.source(&path).map(|s| s.0),
    };
    let name = path.file_name()?.to_string_lossy();
    let offer = match ending.as_str() {
        "plan" => plan::offer(&scene, text, 0, at),
        "rules" => rules::offer(&scene, text, at),
        _ if name == crate::config::FILE => settings::offer(&scene, schema::Form::Settings, &path, text, at),
        _ if ENDINGS.iter().any(|e| name.ends_with(e)) => {
            settings::offer(&scene, schema::Form::Mapping, &path, text, at)
        }
        _ => return None,
    };
    Some(choice::list(source, at, offer, desk.snippets))
}

/// Whether the words that begin the lines are English; `None` if no line says.
fn is_english(text: &str, at: usize) -> Option<bool> {
    let (mut english, mut japanese, mut start) = (0u32, 0u32, 0usize);
    for line in text.split_inclusive('\n') {
        let here = start..start + line.len();
        start = here.end;
        let word: String = line.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        if (here.start <= at && at < here.end) || word.chars().nth(1).is_none() {
            continue;
        }
        if word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
            english += 1;
        } else if !word.is_ascii() {
            japanese += 1;
        }
    }
    (english + japanese > 0).then_some(english > japanese)
}
