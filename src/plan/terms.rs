//! Texts by number, so that who enters rows need not look at a text that came before: threads that take a sheet apart
//! name each text by its term, and what a term was read as is found without a search.
use std::num::NonZero;

use hashbrown::HashMap;

/// The number of a text: a plain figure has the same everywhere, another text the one that [`Terms`] gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term(NonZero<u32>);

/// Where what is known of a term is kept.
pub(super) enum Known {
    /// Of a plain figure, by this number.
    Figure(usize),
    /// Of a text that these terms have numbered, by this number.
    Text(usize, usize),
}

/// Plain figures have the numbers below this: their digits, and as many again for those with a decimal place.
const FIGURES: u32 = 2 << 16;

/// Bits for one more than the number; who gave it is said above them.
const NUMBER: u32 = 18;

/// More texts than this are not numbered: where ever new ones come nothing is gained by it.
const MOST: u32 = 1 << 16;

/// Longer texts, in bytes, are not numbered.
const LONGEST: usize = 128;

impl Term {
    fn new(by: u16, number: u32) -> Option<Self> {
        NonZero::new(u32::from(by) << NUMBER | (number + 1)).map(Self)
    }

    fn of_figure(places: u32, digits: u32) -> Option<Self> {
        Self::new(0, places * (FIGURES / 2) + digits)
    }

    #[inline]
    fn bare(self) -> u32 {
        (self.0.get() & ((1 << NUMBER) - 1)).wrapping_sub(1)
    }

    #[inline]
    pub(super) fn known(self) -> Known {
        match self.bare().checked_sub(FIGURES) {
            None => Known::Figure(self.bare() as usize),
            Some(text) => Known::Text((self.0.get() >> NUMBER) as usize, text as usize),
        }
    }

    /// The whole number that a plain figure is.
    #[inline]
    pub(super) fn number(self) -> Option<u32> {
        Some(self.bare()).filter(|digits| *digits < FIGURES / 2)
    }
}

/// The texts that were numbered.
#[derive(Debug, Default)]
pub struct Terms {
    by: Option<u16>,
    short: HashMap<u128, Term>,
    long: HashMap<Box<[u8]>, Term>,
    /// How many there are.
    count: u32,
    /// How often a long text may still be looked for in vain, once no more are numbered.
    credit: u32,
}

/// See [`Terms::credit`]: so many times, and as many again for each that is found as it takes to look for some.
const CREDIT: u32 = 1 << 12;
const EARNED: u32 = 4;

impl Terms {
    /// No texts yet. Others that number texts for the same reader have another number; 16,384 can have one, and more
    /// number nothing but plain figures.
    #[must_use]
    pub fn new(by: usize) -> Self {
        let by = u16::try_from(by).ok().filter(|by| *by < 1 << (32 - NUMBER));
        Self { by, credit: CREDIT, ..Self::default() }
    }

    /// The term of a text; `None` if it has none.
    #[inline]
    pub fn of(&mut self, text: &[u8]) -> Option<Term> {
        match word(text) {
            Some(word) => match figure(word) {
                Some((places, digits)) => Term::of_figure(places, digits),
                None => self.short.get(&word).copied().or_else(|| self.new_short(word)),
            },
            None => self.of_long(text),
        }
    }

    /// Names are long. A file of ever new ones is not made quicker by those that came first: once they are no longer met, none is
    /// looked for.
    fn of_long(&mut self, text: &[u8]) -> Option<Term> {
        if self.credit == 0 {
            return None;
        }
        if let Some(known) = self.long.get(text) {
            self.credit = (self.credit + EARNED).min(CREDIT);
            return Some(*known);
        }
        let new = self.new_long(text);
        if new.is_none() {
            self.credit -= 1;
            if self.credit == 0 {
                self.long = HashMap::new();
            }
        }
        new
    }

    #[cold]
    fn new_short(&mut self, word: u128) -> Option<Term> {
        let term = self.next()?;
        self.short.insert(word, term);
        Some(term)
    }

    #[cold]
    fn new_long(&mut self, text: &[u8]) -> Option<Term> {
        if text.len() > LONGEST {
            return None;
        }
        let term = self.next()?;
        self.long.insert(text.into(), term);
        Some(term)
    }

    fn next(&mut self) -> Option<Term> {
        let number = Some(self.count).filter(|n| *n < MOST)?;
        let term = Term::new(self.by?, FIGURES + number)?;
        self.count += 1;
        Some(term)
    }
}

/// A text as one number, if it is no more than fifteen bytes: they and how many they are.
#[inline]
fn word(text: &[u8]) -> Option<u128> {
    let length = text.len();
    if length > 15 {
        return None;
    }
    // Two reaches that overlap, so that nothing is read beyond the text and nothing is copied.
    let word = if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        u128::from(u64::from_le_bytes(*first)) | u128::from(u64::from_le_bytes(*last)) << (8 * (length - 8))
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        u128::from(u32::from_le_bytes(*first)) | u128::from(u32::from_le_bytes(*last)) << (8 * (length - 4))
    } else {
        text.iter().rev().fold(0, |word, byte| word << 8 | u128::from(*byte))
    };
    Some(word | u128::try_from(length).ok()? << 120)
}

/// The decimal places and the digits of a plain figure, given as a word: below 65,536, with one decimal place at most and no
/// zero before it that it does not need. Two texts never are the same figure.
#[inline]
fn figure(word: u128) -> Option<(u32, u32)> {
    let length = u32::try_from(word >> 120).ok().filter(|n| (1..=7).contains(n))?;
    let text = word as u64;
    let byte = |at: u32| (text >> (8 * at)) as u8;
    let (places, whole) = if length > 2 && byte(length - 2) == b'.' { (1, length - 2) } else { (0, length) };
    if !byte(0).is_ascii_digit() || (byte(0) == b'0' && whole > 1) {
        return None;
    }
    let mut digits = number(text & (u64::MAX >> (64 - 8 * whole)), whole)?;
    if places == 1 {
        digits = digits * 10 + number(u64::from(byte(length - 1)), 1)?;
    }
    u32::try_from(digits).ok().filter(|n| *n < 1 << 16).map(|digits| (places, digits))
}

/// The whole number that one to eight digits are; the first of them is the lowest byte, and there is nothing above the last.
#[inline]
fn number(text: u64, length: u32) -> Option<u64> {
    // The digits to the end of eight bytes, nothing before them.
    let shift = 64 - 8 * length;
    let values = (text << shift).wrapping_sub(0x3030_3030_3030_3030 << shift);
    // A byte below '0' has borrowed, or has a high bit; one above '9' reaches its high bit with 0x76 more.
    if (values | values.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    // Pairs, fours, eights of digits: the earlier digit of each is the lower byte.
    let pairs = values.wrapping_mul(10).wrapping_add(values >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    Some(fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::cell::whole_number;
    use proptest::prelude::*;

    proptest! {
        /// A number read quickly must be the number read carefully, and no other text may be taken for it.
        #[test]
        fn figures_are_known_by_their_digits(text in "[0-9]{1,10}|[0-9/:.,-]{1,9}|[0-9]{0,3}[件　-９]{1,2}") {
            let plain = |whole: &str| whole.bytes().all(|b| b.is_ascii_digit()) && (whole == "0" || !whole.starts_with('0'));
            let places = match text.split_once('.') {
                Some((whole, part)) if part.len() == 1 && plain(part) => plain(whole).then_some(1),
                Some(_) => None,
                None => plain(&text).then_some(0),
            };
            let digits = text.replace('.', "").parse::<u32>().ok().filter(|n| *n < 1 << 16 && text.len() < 8);
            let expected = places.zip(digits).filter(|_| !text.starts_with('.'));
            prop_assert_eq!(word(text.as_bytes()).and_then(figure), expected);
            if let (Some((0, number)), Some(whole)) = (expected, whole_number(&text)) {
                prop_assert_eq!(i64::from(number), whole);
            }
        }

        /// Two texts with one term would be one name, or one figure, in all that is said of them.
        #[test]
        fn texts_have_one_term_if_they_are_one(texts in prop::collection::vec("[01.件あ]{0,6}|[ab\0]{0,17}", 2..20)) {
            let mut terms = Terms::new(1);
            let numbered: Vec<_> = texts.iter().map(|text| (text, terms.of(text.as_bytes()).unwrap())).collect();
            for (a, first) in &numbered {
                for (b, second) in &numbered {
                    prop_assert_eq!(a == b, first == second, "{:?} {:?}", a, b);
                }
            }
        }
    }

    /// A file of ever new names must not fill the memory twice.
    #[test]
    fn no_more_texts_are_numbered_than_is_of_use() {
        let mut terms = Terms::new(1);
        assert_eq!(terms.of("長".repeat(LONGEST).as_bytes()), None);
        for n in 0..MOST {
            assert!(terms.of(format!("事業{n}").as_bytes()).is_some());
        }
        assert_eq!(terms.of("新しい事業".as_bytes()), None);
        assert!(terms.of("事業0".as_bytes()).is_some() && terms.of(b"12").is_some());
    }

    /// Long names that come again keep their numbers; where only new ones come they are forgotten, and no number is given twice.
    #[test]
    fn names_that_do_not_come_again_are_forgotten() {
        let mut terms = Terms::new(1);
        let mut name = |n: u32| terms.of(format!("とても長い名の事業{n}").as_bytes());
        let first = name(0);
        for n in 1..MOST {
            assert!(name(n).is_some_and(|term| Some(term) != first));
        }
        for n in 0..CREDIT * (EARNED + 1) {
            let asked = if n % (EARNED + 1) == 0 { 0 } else { MOST + n };
            assert_eq!(name(asked), first.filter(|_| asked == 0), "{n}");
        }
        for n in 0..CREDIT {
            assert_eq!(name(MOST + n), None);
        }
        assert_eq!(name(0), None);
        assert_eq!(terms.of("事業".as_bytes()), None);
        assert_eq!(terms.long.capacity(), 0);
    }
}
