//! Interned texts: each once, in one string, found by a hash of the text.
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::text::normal::normal;

/// An interned text: as printed, and its normal form, are both symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(pub u32);

/// Texts by symbol. Names come from outside, so the hash is seeded: no file can be written that makes them collide.
#[derive(Debug, Clone, Default)]
pub struct Symbols {
    texts: String,
    /// Where each text ends; it begins where the one before it ends.
    ends: Vec<usize>,
    /// The normal form of each text, once somebody has asked for it; until then the text itself stands for it.
    folded: Vec<Symbol>,
    /// Whether somebody has.
    asked: Vec<bool>,
    /// The text, other than itself, of which each is the normal form: so far none, one, or several.
    printed: Vec<Printed>,
    table: HashTable<Symbol>,
    hasher: DefaultHashBuilder,
}

/// See [`Symbols::printed`].
#[derive(Debug, Clone, Copy)]
enum Printed {
    AsItIs,
    Also(Symbol),
    Variously,
}

impl Symbols {
    /// The text of a symbol; empty for one that this collection did not give.
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        text(&self.texts, &self.ends, symbol)
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The symbol of a text that was interned.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Symbol> {
        self.table.find(self.hasher.hash_one(text), |s| self.text(*s) == text).copied()
    }

    /// The symbol of a text.
    pub fn intern(&mut self, wanted: &str) -> Symbol {
        let (texts, ends, hasher) = (&self.texts, &self.ends, &self.hasher);
        let hash = hasher.hash_one(wanted);
        if let Some(symbol) = self.table.find(hash, |s| text(texts, ends, *s) == wanted) {
            return *symbol;
        }
        let symbol = Symbol(u32::try_from(ends.len()).unwrap_or(u32::MAX));
        self.texts.push_str(wanted);
        self.ends.push(self.texts.len());
        self.folded.push(symbol);
        self.asked.push(false);
        self.printed.push(Printed::AsItIs);
        let (texts, ends, hasher) = (&self.texts, &self.ends, &self.hasher);
        self.table.insert_unique(hash, symbol, |s| hasher.hash_one(text(texts, ends, *s)));
        symbol
    }

    /// The symbols of a text and of its normal form.
    pub fn both(&mut self, text: &str) -> (Symbol, Symbol) {
        let printed = self.intern(text);
        let at = printed.0 as usize;
        if self.asked.get(at) != Some(&true) {
            let folded = self.intern(&normal(text));
            if let (Some(place), Some(asked)) = (self.folded.get_mut(at), self.asked.get_mut(at)) {
                (*place, *asked) = (folded, true);
            }
            if folded != printed
                && let Some(known) = self.printed.get_mut(folded.0 as usize)
            {
                *known = if let Printed::AsItIs = known { Printed::Also(printed) } else { Printed::Variously };
            }
        }
        (printed, self.folded(printed))
    }

    /// The normal form of a text of which it was asked for before; else the text itself.
    #[must_use]
    #[inline]
    pub fn folded(&self, symbol: Symbol) -> Symbol {
        self.folded.get(symbol.0 as usize).copied().unwrap_or(symbol)
    }

    /// The texts of which a text is the normal form: none but these two, of which one may be no text that is printed; `None` if
    /// they are more.
    #[must_use]
    #[inline]
    pub fn printings(&self, folded: Symbol) -> Option<[Symbol; 2]> {
        match self.printed.get(folded.0 as usize)? {
            Printed::AsItIs => Some([folded; 2]),
            Printed::Also(other) => Some([folded, *other]),
            Printed::Variously => None,
        }
    }
}

fn text<'t>(texts: &'t str, ends: &[usize], symbol: Symbol) -> &'t str {
    let at = symbol.0 as usize;
    let start = at.checked_sub(1).map_or(0, |before| ends.get(before).copied().unwrap_or(0));
    ends.get(at).and_then(|end| texts.get(start..*end)).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_symbol_and_one_normal_form() {
        let mut symbols = Symbols::default();
        let (printed, folded) = symbols.both("ＷＥＢ会議");
        assert_eq!((symbols.text(printed), symbols.text(folded)), ("ＷＥＢ会議", "web会議"));
        assert_eq!(symbols.both("Web 会議").1, folded);
        assert_eq!(symbols.find("ＷＥＢ会議"), Some(printed));
        assert_eq!(symbols.find("会議"), None);
        assert_eq!(symbols.folded(printed), folded);
    }
}
