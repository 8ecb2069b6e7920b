//! All targets that read whole files, as one program, so that it is linked once.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| totsugo_fuzz::chosen(&totsugo_fuzz::WHOLE)(bytes));
