//! The grammars for editors are those that the pest grammars and the vocabulary give.
use std::path::Path;

use crate::run::{findings, folder, totsugo};

#[path = "../../examples/textmate.rs"]
mod made;

#[test]
fn the_grammars_for_editors_are_made_from_the_keywords() {
    for (path, text) in made::grammars() {
        let kept = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("it is there");
        assert!(text == kept, "{path} is not in step: cargo run --example textmate");
    }
}

#[test]
fn every_keyword_stands_in_a_grammar() {
    let all: String = made::grammars().into_iter().map(|(_, text)| text).collect();
    let mut seen = 0;
    for words in [made::keywords(), made::vocabulary()] {
        for (name, word) in words.iter().flat_map(|(name, words)| words.iter().map(move |w| (name, w))) {
            let escaped = serde_json::to_string(&regex::escape(word)).expect("JSON");
            assert!(all.contains(escaped.trim_matches('"')), "{name}: {word} is in no grammar");
            seen += 1;
        }
    }
    assert!(seen > 300, "words were looked at at all: {seen}");
}

/// The few words that the generator has to spell itself are words of the language.
#[test]
fn words_that_no_vocabulary_declares_are_read() {
    let words = made::vocabulary();
    for (keyword, low) in words["confidence"].iter().zip(words["low"].iter().rev()) {
        for word in &words["unreadable"] {
            let plan = format!("事業 1 \"a\" {{ 指標 \"b\" {{ 累計 はい; {keyword} {low}; 目標 R4: {word} }} }}\n");
            let place = folder(&[("a.plan", plan.as_bytes())]);
            let ran = totsugo(place.path(), &["check", "--select", "achievement-rate", "--format", "json"], &[]);
            assert_eq!(findings(&ran), vec![], "{plan}");
        }
    }
}
