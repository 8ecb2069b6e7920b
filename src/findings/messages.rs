//! The sentences of the program: numbers of sentences in, both languages out.
use elsa::sync::FrozenMap;
use memchr::memmem;

use super::{Lang, Wording};
use crate::text::visible::shown;
use crate::text::{Limit, MOST_WORDS, Message, Severity};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

const JA: &str = include_str!("../../messages/ja.ftl");
const EN: &str = include_str!("../../messages/en.ftl");

/// A sentence that stands in a message file, ready to be said; none if it does not stand there.
type Sentence = Option<FluentBundle<FluentResource>>;

/// The message files. A sentence is read when it is first asked for: a run says a few of them. Asking never fails: a
/// sentence that is not there shows its number and its arguments.
#[derive(Default)]
pub struct Messages {
    ja: FrozenMap<String, Box<Sentence>>,
    en: FrozenMap<String, Box<Sentence>>,
}

impl Messages {
    /// The message files that are built in.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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
        let (known, language, text) = match lang {
            Lang::Ja => (&self.ja, "ja", JA),
            Lang::En => (&self.en, "en", EN),
        };
        let sentence = known.get(id).unwrap_or_else(|| known.insert(id.to_owned(), Box::new(read(language, text, id))));
        let bundle = sentence.as_ref()?;
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

/// The sentence `id` of a message file. It is read by itself, so it names no other; a test holds that none does.
fn read(language: &str, text: &str, id: &str) -> Sentence {
    let language: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    // An entry that cannot be read is left out; a test holds that there is none.
    let resource = FluentResource::try_new(entry(text, id)?.to_owned()).unwrap_or_else(|(readable, _)| readable);
    bundle.add_resource_overriding(resource);
    Some(bundle)
}

/// The lines of a message file that are the sentence `id`: the one that begins with it, and those behind it that are
/// indented, blank, or close a brace.
fn entry<'t>(text: &'t str, id: &str) -> Option<&'t str> {
    let start = memmem::find(text.as_bytes(), format!("\n{id} = ").as_bytes())? + 1;
    let rest = text.get(start..)?;
    let ends = |at: usize| !rest.get(at + 1..).is_some_and(|next| next.starts_with([' ', '}', '\n', '\r']));
    let end = rest.match_indices('\n').map(|(at, _)| at).find(|at| ends(*at));
    rest.get(..end.map_or(rest.len(), |at| at + 1))
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
    fn a_sentence_read_by_itself_says_what_it_says_in_its_file() {
        for text in [JA, EN] {
            let whole = FluentResource::try_new(text.to_owned()).unwrap();
            let cut: String = ids(text).into_iter().map(|id| entry(text, id).unwrap()).collect();
            let cut = FluentResource::try_new(cut).unwrap();
            assert!(whole.entries().eq(cut.entries()), "the entries are the file");
            // A name of another sentence or of a function would be shown instead of what it stands for.
            let named = text.split('{').skip(1).find(|inside| !inside.trim_start().starts_with(['$', '"']));
            assert_eq!(named, None, "a sentence that names another");
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
