//! Any text in the forms in which names are compared: short cuts give what the long way gives.
use totsugo::text::normal::{even_width, normal};

use super::text;

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    let form = normal(&text);
    assert!(!form.chars().any(char::is_whitespace), "{form:?}");
    // A name is the same with blanks in it; what is ASCII takes a short cut.
    let behind = normal(&format!("{text}　。"));
    assert_eq!(behind, format!("{form}。"));
    let even = even_width(&text);
    assert_eq!(even_width(&even), even);
    if text.is_ascii() {
        assert_eq!(even, text);
    }
}
