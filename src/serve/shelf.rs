//! The files that were dropped on the page. They lie in memory and nowhere else.
use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

/// A larger file is refused.
pub const LARGEST: usize = 64 << 20;
/// More files at once are refused.
pub const MOST: usize = 8;
/// All of them together hold no more than this.
const LARGEST_TOGETHER: usize = 2 * LARGEST;
/// A longer name is cut, in characters.
const LONGEST_NAME: usize = 120;

/// The files by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf(BTreeMap<String, Arc<[u8]>>);

impl Shelf {
    /// Takes a file; one of the same name goes. `false` if there is no room for it.
    pub(super) fn put(&mut self, name: String, bytes: Arc<[u8]>) -> bool {
        let others = self.0.iter().filter(|(other, _)| **other != name);
        let (count, sum) = others.fold((0, 0), |(count, sum), (_, b)| (count + 1, sum + b.len()));
        if count >= MOST || sum + bytes.len() > LARGEST_TOGETHER {
            return false;
        }
        self.0.insert(name, bytes);
        true
    }

    /// Takes a file away; whether it was there.
    pub(super) fn remove(&mut self, name: &str) -> bool {
        self.0.remove(name).is_some()
    }

    /// The files in the order of their names.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Arc<[u8]>)> {
        self.0.iter()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The name of a file without a path and without characters that are not seen; `None` if nothing is left of it.
pub(super) fn clean(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let seen: Vec<char> = last.nfc().filter(|c| !is_unseen(*c)).collect();
    let whole: String = seen.iter().collect();
    let whole = whole.trim();
    if whole.trim_matches('.').is_empty() || whole.starts_with('.') {
        return None;
    }
    if whole.chars().count() <= LONGEST_NAME {
        return Some(whole.to_owned());
    }
    // Its ending says what it is.
    let ending = whole.rsplit_once('.').map(|(_, e)| e).filter(|e| e.len() < 8).unwrap_or("");
    let kept: String = whole.chars().take(LONGEST_NAME - ending.len() - 1).collect();
    Some(format!("{kept}.{ending}"))
}

/// One spelling of a name: some systems write が as か and a mark.
pub(super) fn spelt(name: &str) -> String {
    name.nfc().collect()
}

/// Controls, and marks that turn the direction of what follows.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_no_path_and_nothing_unseen() {
        let cleaned = |name| clean(name).unwrap_or_default();
        assert_eq!(cleaned("../../etc/計画.plan"), "計画.plan");
        assert_eq!(cleaned("C:\\Users\\a\\計画.xlsx"), "計画.xlsx");
        assert_eq!(cleaned("a\u{202e}nalp.\u{0}\n.plan"), "analp..plan");
        assert_eq!(cleaned("か\u{3099}.plan"), "が.plan");
        assert_eq!(cleaned("<script>alert(1)<\\script>.plan"), "script>.plan");
        for bad in ["", "..", ".", "/", "a/..", "...", " ", ".hidden.plan", "\u{200b}"] {
            assert_eq!(clean(bad), None, "{bad}");
        }
        let long = cleaned(&format!("{}.xlsx", "長".repeat(10_000)));
        assert_eq!(long.chars().count(), LONGEST_NAME);
        assert!(long.ends_with(".xlsx"));
    }

    #[test]
    fn there_is_room_for_so_much_and_no_more() {
        let mut shelf = Shelf::default();
        let small: Arc<[u8]> = Arc::from(&b"1"[..]);
        for n in 0..MOST {
            assert!(shelf.put(format!("{n}.plan"), Arc::clone(&small)));
        }
        assert!(!shelf.put("more.plan".into(), Arc::clone(&small)));
        assert!(shelf.put("0.plan".into(), Arc::clone(&small)), "it takes the place of the former");
        assert!(shelf.remove("0.plan") && !shelf.remove("0.plan"));
        assert!(shelf.put("more.plan".into(), small));
        let mut shelf = Shelf::default();
        let large: Arc<[u8]> = vec![0; LARGEST].into();
        assert!(shelf.put("a.csv".into(), Arc::clone(&large)) && shelf.put("b.csv".into(), Arc::clone(&large)));
        assert!(!shelf.put("c.csv".into(), large));
    }
}
