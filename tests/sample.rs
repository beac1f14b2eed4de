//! The sample practice that is checked in is the one its generator makes, and its README counts what is in it.

#[path = "../examples/sample_practice/practice/mod.rs"]
mod practice;

use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

#[test]
fn regenerating_gives_the_same_bytes() {
    let sample = practice::sample();
    for file in &sample.files {
        let checked_in = std::fs::read(folder().join(file.name)).unwrap();
        assert!(
            checked_in == file.bytes,
            "{} differs: cargo run --release --example sample_practice -- sample-data",
            file.name
        );
    }
    let made: Vec<&str> = sample.files.iter().map(|file| file.name).collect();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.ends_with(".csv") || made.contains(&name.as_str()), "{name} is not made by the generator");
    }
}

#[test]
fn the_readme_counts_every_file_and_blemish() {
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let sample = practice::sample();
    for file in &sample.files {
        let row = format!("| `{}` | {} |", file.name, file.rows);
        assert!(readme.contains(&row), "sample-data/README.md lacks a line that begins {row}");
    }
    for blemish in &sample.blemishes {
        let row = format!("| `{}` | {} | {} |", blemish.file, blemish.count, blemish.what);
        assert!(readme.contains(&row), "sample-data/README.md lacks the line {row}");
    }
}
