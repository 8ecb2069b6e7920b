//! Any text as it is shown, printed to a terminal, logged and written as JSON: nothing hidden gets through, and what was
//! made safe is safe.
use totsugo::text::visible::{harmless, in_json, is_hidden, shown, without_orders};

use super::text;

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    let line = shown(&text);
    assert!(!line.chars().any(is_hidden) && line.chars().count() == text.chars().count(), "{line:?}");
    let plain = harmless(&text, false);
    assert!(!plain.chars().any(|c| !matches!(c, '\n' | '\t') && is_hidden(c)), "{plain:?}");
    assert_eq!(harmless(&plain, false), plain);
    let coloured = harmless(&text, true);
    // Of the orders to a terminal there are only colours, and without these it is the plain text.
    let mut pieces = coloured.split('\u{1b}');
    let mut left = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let codes = piece.strip_prefix('[').and_then(|p| p.split_once('m')).expect("a colour");
        assert!(codes.0.bytes().all(|b| b.is_ascii_digit() || b == b';'), "{piece:?}");
        left.push_str(codes.1);
    }
    assert!(!left.chars().any(|c| !matches!(c, '\n' | '\t') && is_hidden(c)), "{left:?}");
    let logged = without_orders(&text);
    assert!(!logged.lines().any(|l| l.trim_start().starts_with("::")), "{logged:?}");
    assert!(!logged.contains("##[") && !logged.contains("##vso["), "{logged:?}");
    assert_eq!(without_orders(&logged), logged);
    let json = serde_json::to_string(&text).expect("a text");
    let safe = in_json(json);
    assert!(!safe.contains("##") && !safe.chars().any(is_hidden), "{safe:?}");
    assert_eq!(serde_json::from_str::<String>(&safe).expect("JSON"), text);
}
