//! The program's own sentences, in every language, from `messages/*.ftl`.
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::text::{Message, Wording};

/// A language that totsugo speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 日本語
    #[default]
    Ja,
    /// English
    En,
}

impl Wording {
    /// The sentence in one language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

const JA: &str = include_str!("../../messages/ja.ftl");
const EN: &str = include_str!("../../messages/en.ftl");

/// Looks sentences up by their id.
pub struct Messages {
    ja: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Default for Messages {
    fn default() -> Self {
        Self { ja: bundle("ja", JA), en: bundle("en", EN) }
    }
}

fn bundle(language: &str, text: &str) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![id]);
    bundle.set_use_isolating(false);
    // A bad entry is dropped by the parser and then shows as its id; a test reads every entry.
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

impl Messages {
    /// Whether both languages have the sentence.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.ja.has_message(id) && self.en.has_message(id)
    }

    /// The sentence in both languages. An unknown id shows itself and its arguments.
    #[must_use]
    pub fn wording(&self, id: &str, arguments: &[(&str, String)]) -> Wording {
        Wording { ja: say(&self.ja, id, arguments), en: say(&self.en, id, arguments) }
    }

    /// A message of a fault in both languages.
    #[must_use]
    pub fn message(&self, message: &Message) -> Wording {
        self.wording(message.id, &message.args)
    }
}

/// Beside each argument `x`, `has-x` tells sentences whether it is there at all.
fn say(bundle: &FluentBundle<FluentResource>, id: &str, arguments: &[(&str, String)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in arguments {
        args.set(format!("has-{name}"), if value.is_empty() { "no" } else { "yes" });
        args.set((*name).to_owned(), value.as_str());
    }
    match bundle.get_message(id).and_then(|m| m.value()) {
        Some(pattern) => bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned(),
        None => {
            let shown: Vec<String> = arguments.iter().map(|(n, v)| format!("{n}={v}")).collect();
            format!("{id} {}", shown.join(" ")).trim_end().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<String> {
        let entries = text.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()));
        entries.filter_map(|l| l.split_once(" =")).map(|(id, _)| id.trim().to_owned()).collect()
    }

    #[test]
    fn both_languages_have_the_same_sentences_and_each_can_be_read() {
        assert_eq!(ids(JA), ids(EN));
        let messages = Messages::default();
        for id in ids(JA) {
            assert!(messages.has(&id), "{id} can be read in both languages");
        }
    }

    #[test]
    fn every_code_in_the_program_has_its_sentence_and_explanation() {
        let messages = Messages::default();
        let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
        let mut codes = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("src is readable").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).expect("UTF-8");
                for (marker, explained) in [("Fault::error(\"", true), ("Message::new(\"", false)] {
                    for piece in text.split(marker).skip(1) {
                        let code = piece.split('"').next().unwrap_or("");
                        codes += 1;
                        assert!(messages.has(code), "{code} of {} has a sentence", path.display());
                        assert!(!explained || messages.has(&format!("explain-{code}")), "{code} is explained");
                    }
                }
            }
        }
        assert!(codes > 30);
    }
}
