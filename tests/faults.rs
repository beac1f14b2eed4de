//! What the reader is told of rule sets with faults: `tests/faults/` against `tests/faults/expected.txt`.
//!
//! `TIDLIG_BLESS=1 cargo test --release --test faults` writes the expected text anew; read it before you commit it.

use std::fs;
use std::path::PathBuf;

use tidlig::model::fault::Style;
use tidlig::model::{Catalog, Faults};

const EXPECTED: &str = "tests/faults/expected.txt";

fn faults() -> Faults {
    Catalog::load(&[PathBuf::from("tests/faults")]).expect_err("the folder is full of faults")
}

#[test]
fn every_fault_is_told_with_place_and_suggestion() {
    let told = faults().render(Style::Plain);
    if std::env::var_os("TIDLIG_BLESS").is_some() {
        fs::write(EXPECTED, &told).expect("the expected text can be written");
    }
    let expected = fs::read_to_string(EXPECTED).expect("the expected text is there");
    assert!(told == expected, "the faults differ from {EXPECTED}:\n{told}");
}

#[test]
fn the_order_of_faults_does_not_depend_on_chance() {
    assert_eq!(faults().render(Style::Narrated), faults().render(Style::Narrated));
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let faults = Catalog::load(&[PathBuf::from("tests/no-such-folder")]).expect_err("there is no such folder");
    assert!(faults.to_string().contains("the folder `tests/no-such-folder` cannot be read"));
}
