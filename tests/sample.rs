//! The sample practice that is checked in is the one its generator makes, and its README counts what is in it.

#[path = "../examples/sample_practice/practice/mod.rs"]
mod practice;

use std::path::{Path, PathBuf};
use tidlig::extract::{Profile, read, trusted};
use tidlig::journal::tables::Source;

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

#[test]
fn the_readme_says_what_the_extract_keeps() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sample-{}", std::process::id()));
    std::fs::create_dir_all(&out).unwrap();
    let profile = Profile::load(&folder().join("practice.toml")).unwrap();
    let index_day = profile.practice.as_of.unwrap();
    let report = read(&profile, index_day, &out, &|_| {}).unwrap();
    std::fs::remove_dir_all(&out).unwrap();

    assert_eq!(trusted(&report, &profile.trust, None, index_day), Ok(()));
    assert!(Source::ALL.into_iter().all(|source| report.sources.has(source)), "a source is missing or stale");
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap();
    for (table, counts) in &report.tables {
        let row = format!("| {} | {} | {} | {} |", table.name(), counts.read, counts.kept, counts.faulty());
        assert!(readme.contains(&row), "sample-data/README.md lacks the line {row}");
    }
}
