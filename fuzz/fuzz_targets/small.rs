//! All targets of small things: a program without the rest, which libFuzzer would look through after every input.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| totsugo_fuzz::chosen(&totsugo_fuzz::small::SMALL)(bytes));
