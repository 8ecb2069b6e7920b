//! 突合: see the library.
use std::process::ExitCode;

fn main() -> ExitCode {
    totsugo::cli::main()
}
