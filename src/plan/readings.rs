//! What texts were read as: a text is parsed once for each way of reading it, however often it is printed.
use hashbrown::HashMap;

use super::{Cell, ColumnType, Packed, Symbol};
use crate::value::Rounding;

/// Cells by the way of reading and the text.
#[derive(Debug, Default)]
pub struct Readings {
    kinds: Vec<(ColumnType, Rounding)>,
    /// By kind and symbol.
    cells: Vec<Vec<Option<Packed>>>,
}

impl Readings {
    /// The number of a way of reading.
    pub fn kind(&mut self, ty: &ColumnType, rounding: Rounding) -> usize {
        if let Some(known) = self.kinds.iter().position(|k| k.1 == rounding && k.0 == *ty) {
            return known;
        }
        self.kinds.push((ty.clone(), rounding));
        self.cells.push(Vec::new());
        self.kinds.len() - 1
    }

    /// What a text was read as.
    pub fn get(&self, kind: usize, text: Symbol) -> Option<Packed> {
        self.cells.get(kind)?.get(text.0 as usize).copied().flatten()
    }

    /// Keeps what a text was read as.
    pub fn put(&mut self, kind: usize, text: Symbol, cell: Cell) {
        let Some(cells) = self.cells.get_mut(kind) else { return };
        let at = text.0 as usize;
        if cells.len() <= at {
            cells.resize(at + 1, None);
        }
        if let Some(place) = cells.get_mut(at) {
            *place = Some(Packed::pack(cell));
        }
    }
}

/// How the texts of some columns are read, and what the short ones among them were read as: most cells of a large sheet hold
/// a number, a unit or a word that has come before, and are then found without being looked at again.
#[derive(Debug, Clone)]
pub struct ReadAs {
    ty: ColumnType,
    is_number: bool,
    /// What the short texts mean while figures are rounded in this way.
    rounding: Rounding,
    /// Plain figures without a decimal place, and with one, by their digits: they are the most, and found without a search.
    figures: [Vec<Packed>; 2],
    short: HashMap<u128, Packed>,
}

/// More short texts than this are not kept: a column of ever new texts gains nothing by it.
const MOST_SHORT: usize = 1 << 16;

impl ReadAs {
    /// For columns of a type.
    #[must_use]
    pub fn new(ty: &ColumnType) -> Self {
        Self {
            ty: ty.clone(),
            is_number: *ty == ColumnType::Number,
            rounding: Rounding::Nearest,
            figures: [Vec::new(), Vec::new()],
            short: HashMap::new(),
        }
    }

    /// The type of the columns.
    #[must_use]
    pub fn ty(&self) -> &ColumnType {
        &self.ty
    }

    /// What a short text, given as a word (see [`crate::text::Page::word`]), was read as before. A plain number is what it
    /// is without having been read.
    #[inline]
    pub(super) fn before(&mut self, word: u128, rounding: Rounding) -> Option<Packed> {
        if self.rounding != rounding {
            self.rounding = rounding;
            self.figures.iter_mut().for_each(Vec::clear);
            self.short.clear();
        }
        match figure(word) {
            Some((0, number)) if self.is_number => Packed::of_number(i64::from(number)),
            Some((places, digits)) => {
                let known = self.figures.get(places)?.get(digits as usize).copied()?;
                (!known.is_missing()).then_some(known)
            }
            None => self.short.get(&word).copied(),
        }
    }

    /// Keeps what a short text was read as.
    pub(super) fn keep(&mut self, word: u128, cell: Packed) {
        if let Some((places, digits)) = figure(word) {
            let Some(known) = self.figures.get_mut(places) else { return };
            let digits = digits as usize;
            if known.len() <= digits {
                known.resize((digits + 1).next_power_of_two(), Packed::MISSING);
            }
            if let Some(place) = known.get_mut(digits) {
                *place = cell;
            }
        } else if self.short.len() < MOST_SHORT {
            self.short.insert(word, cell);
        }
    }
}

/// The decimal places and the digits of a plain figure, given as a word: below 65,536, with one decimal place at most and no
/// zero before it that it does not need. Two texts never are the same figure.
#[inline]
fn figure(word: u128) -> Option<(usize, u32)> {
    let length = u32::try_from(word >> 120).ok().filter(|n| (1..=7).contains(n))?;
    let text = word as u64;
    let byte = |at: u32| (text >> (8 * at)) as u8;
    let (places, whole) = if length > 2 && byte(length - 2) == b'.' { (1, length - 2) } else { (0, length) };
    if byte(0) == b'0' && whole > 1 {
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
    use crate::text::{CellKind, GridCell, Page};
    use proptest::prelude::*;

    fn word(text: &str) -> Option<u128> {
        let end = u32::try_from(text.len()).unwrap();
        Page { text, base: 0 }.word(&GridCell { row: 0, column: 0, start: 0, end, kind: CellKind::Plain })
    }

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
            prop_assert_eq!(word(&text).and_then(figure), expected);
            if let (Some((0, number)), Some(whole)) = (expected, whole_number(&text)) {
                prop_assert_eq!(i64::from(number), whole);
            }
        }
    }

    /// What is rounded in another way denotes something else.
    #[test]
    fn what_was_read_is_forgotten_where_figures_are_rounded_in_another_way() {
        let mut reading = ReadAs::new(&ColumnType::Text);
        for text in ["61.5", "615", "達成"] {
            let word = word(text).unwrap();
            assert_eq!(reading.before(word, Rounding::Nearest), None, "{text}");
            reading.keep(word, Packed::UNREADABLE);
            assert_eq!(reading.before(word, Rounding::Nearest), Some(Packed::UNREADABLE), "{text}");
        }
        assert_eq!(reading.before(word("615").unwrap(), Rounding::Down), None);
        assert_eq!(reading.before(word("達成").unwrap(), Rounding::Down), None);
    }
}
