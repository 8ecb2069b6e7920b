//! Makes inputs of the seeds of a target: what hands, disks and mail do to a text, several times over.
use std::path::Path;

use super::Random;

/// An input is no longer than this: what is quadratic in it has to end.
const LONGEST: usize = 8192;

/// Characters that mean something where they stand, or nothing anywhere.
const MARKS: [&str; 26] = [
    "\n", "\r\n", " ", "　", "\t", ",", "\"", "'", ":", "|", "{", "}", "(", "）", "=", "-", ".", "%", "△", "①",
    "\u{0}", "\u{202e}", "\u{feff}", "𠮷", "が", "e\u{301}",
];

/// Makes inputs by their numbers.
pub struct Mutator {
    seeds: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
}

impl Mutator {
    /// Of the seeds of a target and the words that all targets share.
    pub fn new(fuzz: &Path, target: &str) -> Self {
        let folder = fuzz.join("seeds").join(target);
        let mut paths: Vec<_> = folder.read_dir().expect("seeds").map(|entry| entry.expect("a seed").path()).collect();
        paths.sort();
        let seeds = paths.iter().map(|path| std::fs::read(path).expect("a seed")).collect();
        let dictionary = std::fs::read_to_string(fuzz.join("words.dict")).expect("words");
        let words = dictionary.lines().filter(|line| line.starts_with('"')).map(word).collect();
        Self { seeds, words }
    }

    /// The input of a number: first the seeds as they are, then what is made of them.
    pub fn input(&self, number: u64) -> Vec<u8> {
        let at = usize::try_from(number).expect("few");
        if let Some(seed) = self.seeds.get(at) {
            return seed.clone();
        }
        let mut random = Random::new(number);
        let mut input = self.seeds[random.below(self.seeds.len())].clone();
        // Mostly a slip or two, so that what is read stays deep; now and then a ruin.
        let ruin = random.below(5);
        let slips = 1 + random.below(2 << ruin);
        for _ in 0..slips {
            self.slip(&mut input, &mut random);
        }
        input.truncate(LONGEST);
        input
    }

    /// One slip.
    fn slip(&self, input: &mut Vec<u8>, random: &mut Random) {
        let end = input.len();
        let at = random.below(end + 1);
        match random.below(14) {
            // A byte or a bit is another, is lost, or is one too many.
            0 => put(input, at, at + 1, &[random.below(256) as u8]),
            1 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            2 => put(input, at, at + 1, &[]),
            3 => put(input, at, at, &[random.below(256) as u8]),
            // A digit, where there is one.
            4 | 5 => {
                if let Some(at) = (at..end).find(|n| input[*n].is_ascii_digit()) {
                    let digits = [b"".as_slice(), b"0", b"9", b"00", b"999999999999", b"-1", b".5"];
                    let other = [b'0' + random.below(10) as u8];
                    let digits = if random.below(2) == 0 { &other } else { digits[random.below(digits.len())] };
                    put(input, at, at + 1, digits);
                }
            }
            6 => put(input, at, at, random.pick(&MARKS).as_bytes()),
            7 => put(input, at, at + random.below(4), random.pick(&MARKS).as_bytes()),
            8 => put(input, at, at, &self.words[random.below(self.words.len())]),
            // A piece is lost, is there twice, or stands elsewhere.
            9 => put(input, at, at + random.below(40), &[]),
            10 => {
                let piece = input[at..(at + random.below(60)).min(end)].to_vec();
                put(input, at, at, &piece);
            }
            // A line is lost, is there twice, or changes places with another.
            11 | 12 => {
                let (one, other) = (line(input, at), line(input, random.below(end + 1)));
                let (kept, what) = (input[other.clone()].to_vec(), random.below(3));
                match what {
                    0 => put(input, one.start, one.end, &[]),
                    1 => put(input, one.start, one.start, &kept),
                    _ => put(input, one.start, one.end, &kept),
                }
            }
            // The rest is that of another seed.
            _ => {
                let other = &self.seeds[random.below(self.seeds.len())];
                input.truncate(at);
                input.extend_from_slice(&other[random.below(other.len() + 1)..]);
            }
        }
    }
}

/// Puts bytes in the place of others, as far as these are there.
fn put(input: &mut Vec<u8>, start: usize, end: usize, bytes: &[u8]) {
    let (start, end) = (start.min(input.len()), end.min(input.len()));
    input.splice(start..end, bytes.iter().copied());
}

/// The line that holds a byte, with its end.
fn line(input: &[u8], at: usize) -> std::ops::Range<usize> {
    let start = input[..at].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
    let end = input[at..].iter().position(|b| *b == b'\n').map_or(input.len(), |n| at + n + 1);
    start..end
}

/// A word of a dictionary of libFuzzer: in quotes, what is not ASCII as `\xE8`.
fn word(line: &str) -> Vec<u8> {
    let mut rest = line.trim_matches('"').as_bytes();
    let mut out = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        match (first, after) {
            (b'\\', [b'x', high, low, after @ ..]) => {
                let digit = |b: &u8| char::from(*b).to_digit(16).expect("a digit");
                out.push((digit(high) * 16 + digit(low)) as u8);
                rest = after;
            }
            (b'\\', [escaped, after @ ..]) => {
                out.push(*escaped);
                rest = after;
            }
            _ => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}
