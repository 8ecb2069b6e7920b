//! Reads the built-in rules when the program is built, with the parser that it has itself, and keeps their trees: reading
//! them was most of what a small check cost.
#![allow(dead_code, unused_imports, missing_docs)]
use std::error::Error;
use std::path::Path;

#[path = "src/rules/built_in.rs"]
mod built_in;
#[path = "src/text/mod.rs"]
mod text;
#[path = "src/syntax"]
mod syntax {
    #[path = "rules/mod.rs"]
    pub mod rules;
    mod spanned;
    pub use spanned::Spanned;
}

fn main() -> Result<(), Box<dyn Error>> {
    // The rooms and the texts are part of this program, so cargo knows when they have changed.
    println!("cargo::rerun-if-changed=build.rs");
    let out = std::env::var("OUT_DIR")?;
    let mut list = String::from("&[\n");
    for (number, (_, text)) in built_in::BUILT_IN.iter().enumerate() {
        let parsed = syntax::rules::parse(text::SourceId(0), text);
        // What is wrong with a text is told when the program reads it, in the words that it has for that.
        let kept = parsed.faults.is_empty().then(|| syntax::rules::keep(&parsed.file)).flatten();
        let name = format!("{number}.kept");
        std::fs::write(Path::new(&out).join(&name), kept.unwrap_or_default())?;
        list.push_str(&format!("    include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\")),\n"));
    }
    std::fs::write(Path::new(&out).join("kept.rs"), list + "]\n")?;
    Ok(())
}
