//! How alike two texts are, and which of many is nearest to a misspelt one.

/// The likeness of two texts from 0 (nothing alike) to 1 (equal): one minus the share of characters that have to
/// be inserted, deleted, replaced or swapped (Damerau and Levenshtein) in the longer one.
#[must_use]
pub fn likeness(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b)
}

/// The most similar name, or nothing if none is similar.
#[must_use]
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> String {
    let length = name.chars().count();
    // Of texts that are more than twice as long as the other, at least half would have to be inserted.
    let near = |n: &&str| {
        let other = n.chars().count();
        *n != name && other.max(length) <= 2 * other.min(length)
    };
    let similar = names.filter(near).map(|n| (likeness(name, n), n)).filter(|(s, _)| *s >= 0.5);
    similar
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map_or_else(String::new, |(_, n)| n.to_owned())
}
