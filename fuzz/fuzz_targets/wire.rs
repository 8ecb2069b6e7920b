//! Any lines as the bodies of messages that an editor sends, behind the greeting.
#![no_main]
use libfuzzer_sys::fuzz_target;
use totsugo_fuzz::{converse, text};

fuzz_target!(|bytes: &[u8]| converse(text(bytes).lines().map(str::to_owned)));
