//! The sentences of the program: numbers of sentences in, both languages out.
use std::sync::LazyLock;

use super::{Lang, Wording};
use crate::text::visible::shown;
use crate::text::{Limit, MOST_WORDS, Message, Severity};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

const JA: &str = include_str!("../../messages/ja.ftl");
const EN: &str = include_str!("../../messages/en.ftl");

/// The message files, each read when it is first asked. Asking never fails: a sentence that is not there shows
/// its number and its arguments.
pub struct Messages {
    ja: LazyLock<FluentBundle<FluentResource>>,
    en: LazyLock<FluentBundle<FluentResource>>,
}

impl Default for Messages {
    fn default() -> Self {
        Self::new()
    }
}

impl Messages {
    /// The message files that are built in.
    #[must_use]
    pub fn new() -> Self {
        Self { ja: LazyLock::new(|| bundle("ja", JA)), en: LazyLock::new(|| bundle("en", EN)) }
    }

    /// The sentence of `message` in both languages.
    #[must_use]
    pub fn wording(&self, message: &Message) -> Wording {
        Wording {
            ja: self.sentence(Lang::Ja, message.id, &message.args),
            en: self.sentence(Lang::En, message.id, &message.args),
        }
    }

    /// The sentence `id` in both languages, if there is one.
    #[must_use]
    pub fn lookup(&self, id: &str, args: &[(&'static str, String)]) -> Option<Wording> {
        let ja = self.find(Lang::Ja, id, args)?;
        let en = self.find(Lang::En, id, args)?;
        Some(Wording { ja, en })
    }

    /// The sentence `id` in `lang`.
    #[must_use]
    pub fn text(&self, lang: Lang, id: &str, args: &[(&'static str, &dyn ToString)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.to_string())).collect();
        self.sentence(lang, id, &args)
    }

    /// As [`Self::text`], for a line on a terminal or in a log: what it tells of others (names, paths) stays on its line.
    pub fn line(&self, lang: Lang, id: &str, args: &[(&'static str, &dyn ToString)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, shown(&value.to_string()))).collect();
        self.sentence(lang, id, &args)
    }

    /// That a run has met a limit, and what to do.
    #[must_use]
    pub fn limit(&self, lang: Lang, limit: Limit) -> String {
        let (id, help, most) = match limit {
            Limit::Findings(most) => ("too-many-findings", "too-many-findings-help", most as u64),
            Limit::Steps(most) => ("too-many-steps", "too-many-steps-help", most),
        };
        let text = self.text(lang, id, &[("limit", &most), ("words", &(MOST_WORDS >> 20))]);
        format!("{text}\n  {}", self.text(lang, help, &[]))
    }

    /// The explanation of the fault `code`, if there is such a fault.
    #[must_use]
    pub fn explanation(&self, code: &str) -> Option<Wording> {
        self.lookup(&format!("explain-{code}"), &[])
    }

    /// The short title of the fault `code`; the code itself if it has none.
    #[must_use]
    pub fn title(&self, code: &str) -> Wording {
        self.lookup(&format!("title-{code}"), &[]).unwrap_or_else(|| Wording::both(code))
    }

    /// The word for a severity.
    #[must_use]
    pub fn severity(&self, lang: Lang, severity: Severity) -> String {
        let id = match severity {
            Severity::Error => "severity-error",
            Severity::Warning => "severity-warning",
            Severity::Info => "severity-info",
        };
        self.text(lang, id, &[])
    }

    /// The codes of all faults that are explained, in the order of the message file.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        EN.lines().filter_map(|line| line.strip_prefix("explain-")?.split_once(" = ").map(|(code, _)| code))
    }

    fn sentence(&self, lang: Lang, id: &str, args: &[(&'static str, String)]) -> String {
        self.find(lang, id, args).unwrap_or_else(|| {
            args.iter().fold(id.to_owned(), |shown, (name, value)| format!("{shown} {name}={value}"))
        })
    }

    fn find(&self, lang: Lang, id: &str, args: &[(&'static str, String)]) -> Option<String> {
        let bundle = match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        };
        let pattern = bundle.get_message(id)?.value()?;
        let mut given = FluentArgs::new();
        for (name, value) in args {
            let word = |yes: bool| if yes { "yes" } else { "no" };
            given.set(format!("has-{name}"), word(!value.is_empty()));
            given.set(format!("is-one-{name}"), word(value == "1"));
            given.set(*name, value.as_str());
        }
        // Left-out arguments are reported here; the sentence then shows their names.
        let mut missing = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&given), &mut missing).into_owned())
    }
}

fn bundle(language: &str, text: &str) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    // Entries that cannot be read are left out; a test holds that there are none.
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, _)| readable);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Finding;
    use crate::text::{Fault, Span};
    use std::collections::BTreeSet;
    use std::path::Path;

    fn ids(text: &str) -> Vec<&str> {
        text.lines()
            .filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|l| l.split_once(" = ").map(|(id, _)| id))
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_sentences_once_each() {
        assert_eq!(ids(JA), ids(EN), "the same ids in the same order");
        assert_eq!(ids(JA).len(), ids(JA).iter().collect::<BTreeSet<_>>().len());
        for text in [JA, EN] {
            assert!(FluentResource::try_new(text.to_owned()).is_ok());
        }
    }

    #[test]
    fn every_fault_is_worded_explained_and_says_what_to_do() {
        let messages = Messages::new();
        for code in messages.codes() {
            assert!(messages.lookup(code, &[]).is_some(), "{code}");
            assert!(messages.lookup(&format!("{code}-help"), &[]).is_some(), "{code}-help");
            assert!(messages.lookup(&format!("title-{code}"), &[]).is_some(), "title-{code}");
        }
        assert!(messages.codes().count() > 40);
    }

    fn literals(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                literals(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap_or("");
                for call in ["Fault::error(", "Message::new("] {
                    for after in text.split(call).skip(1) {
                        if let Some(id) = after.trim_start().strip_prefix('"') {
                            let id = id.split('"').next().unwrap_or("");
                            found.push((path.display().to_string(), id.to_owned()));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn every_sentence_the_program_asks_for_is_there() {
        let mut found = Vec::new();
        literals(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        let messages = Messages::new();
        for (path, id) in found {
            assert!(messages.lookup(&id, &[]).is_some(), "{path}: {id} has no sentence");
        }
    }

    #[test]
    fn a_fault_becomes_a_finding_in_both_languages() {
        let messages = Messages::new();
        let fault = Fault::error("unknown-keyword", Span::default()).with("name", "事行").with("near", "事業");
        let finding = Finding::from_fault(&fault, &messages);
        assert_eq!(finding.message.ja, "「事行」という見出し語はありません。");
        let help = finding.help.unwrap();
        assert_eq!(help.ja, "「事業」の書き間違いではありませんか。");
        assert_eq!(help.en, "Did you mean “事業”?");
        let fault = Fault::error("unknown-keyword", Span::default()).with("name", "x").with("near", "");
        let help = Finding::from_fault(&fault, &messages).help.unwrap();
        assert!(help.ja.starts_with("行の先頭の語を"), "{}", help.ja);
    }

    #[test]
    fn a_limit_is_told_with_its_size_and_what_to_do() {
        let messages = Messages::new();
        let told = messages.limit(Lang::En, Limit::Findings(7));
        assert!(told.contains("limit of 7 (or more than 256 MiB") && told.contains("limits.findings"), "{told}");
        let told = messages.limit(Lang::En, Limit::Steps(9));
        assert!(told.contains("limit of 9 million") && told.contains("limits.steps"), "{told}");
    }

    #[test]
    fn a_missing_sentence_shows_its_number_and_arguments() {
        let shown = Messages::new().wording(&Message::new("no-such-sentence").with("name", "x"));
        assert_eq!(shown.en, "no-such-sentence name=x");
    }
}
