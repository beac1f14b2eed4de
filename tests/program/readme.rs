//! Every command of the README works, in the order of the page.

use crate::practice::sample;
use crate::{DONE, ended, tidlig};
use std::fs;
use std::path::Path;

#[test]
fn every_command_of_the_readme_works() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let folder = sample();
    let mut run = 0;
    for command in commands(&readme) {
        let Some(arguments) = command.strip_prefix("cargo run --release -- ") else {
            // The tests themselves are the one command that is not of the program.
            assert_eq!(command, "cargo test --release");
            continue;
        };
        println!("{command}");
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        ended(&tidlig(folder.path(), &arguments), DONE, &[]);
        run += 1;
    }
    assert!(run >= 3, "the README shows {run} commands");
}

/// The lines of all shell blocks.
fn commands(page: &str) -> Vec<&str> {
    let blocks = page.split("```").skip(1).step_by(2);
    let shell = blocks.filter_map(|block| block.strip_prefix("sh\n"));
    shell.flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}
