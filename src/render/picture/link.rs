//! The lines between boxes.
use super::arrange::{ARC, Place};

/// A line that goes straight at its ends keeps this much of it.
const STRAIGHT: (usize, usize) = (36, 220);

/// The way from one box to another: within a column round its right side, else from the side that faces the other.
/// Both are given by the part of the box at whose middle the line ends.
pub fn way(from: Place, to: Place) -> String {
    let (a, b) = (from.y + from.h / 2, to.y + to.h / 2);
    let (left, right) = (from.x + from.w, to.x + to.w);
    if left == right {
        // Longer ones go out further, so that they run round each other.
        let out = (14 + a.abs_diff(b) / 14).min(ARC - 6) * 4 / 3;
        let (a, b) = if a == b { (a.saturating_sub(5), b + 5) } else { (a, b) };
        return format!("M{left},{a}C{},{a} {},{b} {right},{b}", left + out, left + out);
    }
    let (start, end) = if from.x < to.x { (left, to.x) } else { (from.x, right) };
    let reach = (start.abs_diff(end) * 2 / 5).clamp(STRAIGHT.0, STRAIGHT.1).min(start.abs_diff(end));
    let (c, d) = if start < end { (start + reach, end - reach) } else { (start - reach, end + reach) };
    format!("M{start},{a}C{c},{a} {d},{b} {end},{b}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_between_what_they_join() {
        let at = |x, y| Place { x, y, w: 100, h: 20 };
        assert_eq!(way(at(0, 0), at(0, 100)), "M100,10C128,10 128,110 100,110");
        assert_eq!(way(at(0, 0), at(400, 0)), "M100,10C220,10 280,10 400,10");
        assert_eq!(way(at(400, 0), at(0, 50)), "M400,10C280,10 220,60 100,60");
        assert_eq!(way(at(0, 40), at(0, 40)), "M100,45C118,45 118,55 100,55");
    }
}
