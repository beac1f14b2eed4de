//! The sample practice that is checked in is the one that the command in its README makes, and the README counts what is in it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tidlig::extract::{Profile, read, trusted};
use tidlig::journal::tables::Source;

/// How a line with the command begins.
const COMMAND: &str = "cargo run --release -- synth ";

/// The sample, made anew.
struct Made {
    folder: PathBuf,
    /// Rows of each file.
    files: Vec<(String, u64)>,
    /// File, how often, and what it is.
    blemishes: Vec<(String, u64, String)>,
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sample-made-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let folder = folder.join("practice");
        let command = command_in("sample-data/README.md");
        let (arguments, output) = command.rsplit_once(" -o ").expect("the command names its output folder");
        assert_eq!(output, "sample-data");
        let mut program = Command::new(env!("CARGO_BIN_EXE_tidlig"));
        program.current_dir(root()).arg("synth").args(arguments.split_whitespace());
        program.arg("-o").arg(&folder).arg("--truth").arg(folder.with_extension("truth"));
        let done = program.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let told = String::from_utf8(done.stdout).unwrap();
        let (files, blemishes) = told.split_once("\n\n").unwrap();
        let words = |line: &str| -> Vec<String> { line.split_whitespace().map(str::to_owned).collect() };
        Made {
            folder,
            files: files.lines().map(words).map(|words| (words[0].clone(), words[1].parse().unwrap())).collect(),
            blemishes: blemishes
                .lines()
                .map(words)
                .map(|words| (words[0].clone(), words[1].parse().unwrap(), words[2..].join(" ")))
                .collect(),
        }
    })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The command that makes the sample, as a page tells it.
fn command_in(page: &str) -> String {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let commands: BTreeSet<&str> = text.lines().filter_map(|line| line.trim().strip_prefix(COMMAND)).collect();
    assert_eq!(commands.len(), 1, "{page} has {commands:?}");
    commands.into_iter().collect()
}

fn readme() -> String {
    std::fs::read_to_string(root().join("sample-data/README.md")).unwrap()
}

#[test]
fn every_page_tells_the_same_command() {
    for page in ["CONTRIBUTING.md", "justfile"] {
        assert_eq!(command_in(page), command_in("sample-data/README.md"), "{page}");
    }
}

#[test]
fn regenerating_gives_the_same_bytes() {
    let made = made();
    let names: Vec<String> = made.files.iter().map(|(name, _)| name.clone()).chain(["practice.toml".into()]).collect();
    assert_eq!(names.len(), 13);
    for name in &names {
        let bytes = |folder: &Path| std::fs::read(folder.join(name)).unwrap();
        let same = bytes(&root().join("sample-data")) == bytes(&made.folder);
        assert!(same, "{name} differs: {COMMAND}{}", command_in("sample-data/README.md"));
    }
    for entry in std::fs::read_dir(root().join("sample-data")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.ends_with(".csv") || names.contains(&name), "{name} is not made by the command");
    }
}

#[test]
fn the_readme_counts_every_file_and_blemish() {
    let readme = readme();
    for (file, rows) in &made().files {
        let row = format!("| `{file}` | {rows} |");
        assert!(readme.contains(&row), "sample-data/README.md lacks a line that begins {row}");
    }
    assert!(made().blemishes.len() > 40);
    for (file, count, what) in &made().blemishes {
        let row = format!("| `{file}` | {count} | {what} |");
        assert!(readme.contains(&row), "sample-data/README.md lacks the line {row}");
    }
    let told = readme.lines().filter(|line| line.starts_with("| `") && line.split('|').count() == 6).count();
    assert_eq!(told, made().blemishes.len(), "sample-data/README.md tells of blemishes that are not there");
}

#[test]
fn the_readme_says_what_the_extract_keeps() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sample-{}", std::process::id()));
    std::fs::create_dir_all(&out).unwrap();
    let profile = Profile::load(&root().join("sample-data/practice.toml")).unwrap();
    let index_day = profile.practice.as_of.unwrap();
    let report = read(&profile, index_day, &out, &|_| {}).unwrap();
    std::fs::remove_dir_all(&out).unwrap();

    assert_eq!(trusted(&report, &profile.trust, None, index_day), Ok(()));
    assert!(Source::ALL.into_iter().all(|source| report.sources.has(source)), "a source is missing or stale");
    let readme = readme();
    for (table, counts) in &report.tables {
        let row = format!("| {} | {} | {} | {} |", table.name(), counts.read, counts.kept, counts.faulty());
        assert!(readme.contains(&row), "sample-data/README.md lacks the line {row}");
    }
}

#[test]
fn everyone_the_readme_names_is_in_the_register() {
    let register = std::fs::read(root().join("sample-data/pasienter.csv")).unwrap();
    let register: String = register.into_iter().map(char::from).collect();
    let cast = std::fs::read_to_string(root().join("sample-data/cast.txt")).unwrap();
    let names: Vec<&str> = cast
        .lines()
        .filter_map(|line| Some(line.split_once(" | ")?.0))
        .filter(|n| n.contains(", ") && !n.starts_with('#'))
        .collect();
    assert!(names.len() > 30);
    for name in &names {
        assert!(register.contains(&format!(";{name};")), "{name} is not in the register");
    }
    for name in readme().split(['|', ';', '(', ')']).map(str::trim).filter(|part| is_name(part)) {
        assert!(names.contains(&name), "the README tells of {name}, who is not in the cast");
    }
}

/// `Surname, First` with capitals and nothing else.
fn is_name(text: &str) -> bool {
    text.split_once(", ").is_some_and(|(surname, first)| {
        let letters = |word: &str| word.chars().all(char::is_alphabetic);
        let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        capital(surname) && letters(surname) && first.split(' ').all(|word| capital(word) && letters(word))
    })
}

#[test]
fn the_truth_is_about_the_patients_of_the_list() {
    let made = made();
    let run = |arguments: &[&std::ffi::OsStr]| {
        let done = Command::new(env!("CARGO_BIN_EXE_tidlig")).args(arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let profile = made.folder.join("practice.toml");
    run(&["run".as_ref(), profile.as_os_str()]);
    let latest = Profile::load(&profile).unwrap().practice.output.join("latest");
    let out = made.folder.with_extension("evaluated");
    let (scores, truth) = (latest.join("scores.parquet"), made.folder.with_extension("truth").join("outcomes.csv"));
    let mut arguments = vec!["evaluate".as_ref(), "--scores".as_ref(), scores.as_os_str(), "--outcomes".as_ref()];
    arguments.extend([truth.as_os_str(), "--outcome".as_ref(), "decline".as_ref(), "--scope".as_ref()]);
    arguments.extend(["ranking".as_ref(), "--resamples".as_ref(), "20".as_ref(), "-o".as_ref(), out.as_os_str()]);
    run(&arguments);
    let table = std::fs::read_to_string(out.join("evaluation.csv")).unwrap();
    let estimated =
        table.lines().filter(|line| line.to_lowercase().contains("auroc") && !line.contains("not estimable"));
    assert!(estimated.count() > 5, "{table}");
}
