//! The `tallypress` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    tallypress::cli::run()
}
