//! Regular expressions of rules.
use std::borrow::Cow;
use std::sync::{Arc, LazyLock, OnceLock};

use elsa::sync::FrozenMap;
use regex::{Regex, RegexBuilder};

/// How much memory a compiled regular expression may take, in bytes. The matcher takes time linear in the text
/// whatever the expression, so this is the only bound that is needed.
const SIZE: usize = 1 << 20;

/// A regular expression. One that may be wrong is compiled when its rule is loaded, a built-in one when it is first used;
/// copies of it share what was compiled.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: Arc<str>,
    compiled: Arc<OnceLock<Option<Regex>>>,
}

impl Pattern {
    /// Compiles an expression.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(text: &str) -> Result<Self, regex::Error> {
        let compiled = compile(text)?;
        Ok(Self { text: text.into(), compiled: Arc::new(OnceLock::from(Some(compiled))) })
    }

    /// An expression that nothing is wrong with. Built-in rules ask the same of many places; it is compiled once for all of
    /// them, since a class of letters costs half a million instructions.
    pub fn sound(text: &str) -> Self {
        static KNOWN: LazyLock<FrozenMap<String, Box<Pattern>>> = LazyLock::new(FrozenMap::new);
        let made = || Box::new(Self { text: text.into(), compiled: Arc::default() });
        KNOWN.get(text).unwrap_or_else(|| KNOWN.insert(text.to_owned(), made())).clone()
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a part of a text matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|r| r.is_match(text))
    }

    /// The first group of the first match, or the match if it has no group.
    pub fn extract<'t>(&self, text: &'t str) -> Option<&'t str> {
        let found = self.regex()?.captures(text)?;
        found.get(1).or_else(|| found.get(0)).map(|m| m.as_str())
    }

    /// A text without its matches.
    pub fn without<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.regex().map_or(Cow::Borrowed(text), |r| r.replace_all(text, ""))
    }

    /// What is compiled; `None`, so that nothing matches, if the expression was not sound after all.
    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.text).ok()).as_ref()
    }
}

fn compile(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(SIZE).build()
}
