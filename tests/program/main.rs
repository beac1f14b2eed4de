//! The program as it is run: same bytes whatever the threads and the row order, good answers to bad input, and every
//! command of the README.

#[path = "../files/mod.rs"]
mod files;

mod checking;
mod evaluate;
mod flat_tables;
mod models;
mod night;
mod practice;
mod readme;
mod round_trip;
mod scoring;
mod synth;
mod synth_files;
mod workbook;

use std::path::Path;
use std::process::{Command, Output};

/// Exit codes as `tidlig --help` and the README promise them.
const DONE: i32 = 0;
const CONFIGURATION: i32 = 1;
const USAGE: i32 = 2;
const EXTRACT: i32 = 3;
const OUTPUT: i32 = 4;
const BUSY: i32 = 5;

/// Runs the program in a folder.
fn tidlig(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidlig"));
    command.current_dir(folder).args(arguments).env_remove("RUST_LOG");
    command.output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The program ended with this code and said all of this, and it did not panic.
fn ended(output: &Output, code: i32, says: &[&str]) {
    let told = told(output);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    for part in says {
        assert!(told.contains(part), "«{part}» is not said:\n{told}");
    }
}
