//! `tidlig synth`, and the way from a cohort to an evaluation.

use crate::files::folder::Folder;
use crate::{CONFIGURATION, DONE, USAGE, ended, tidlig};
use std::fs;
use tidlig::clinical::{Code, CodeSystem};
use tidlig::model::registers::Registers;
use tidlig::synth::Parameters;

#[test]
fn a_cohort_is_made_scored_and_evaluated() {
    let folder = Folder::new();
    let days = "2024-07-01,2025-01-01";
    let made = ["synth", "--patients", "6000", "--practices", "3", "--index-days", days, "--out", "nation", "--check"];
    ended(&tidlig(folder.path(), &made), DONE, &["6000 patients"]);
    let score = [
        "score",
        "--journal",
        "nation/journal",
        "--models",
        "tidlig-frail,tidlig-rising,tidlig-quiet",
        "--as-of",
        "2024-07-01",
        "--as-of",
        "2025-01-01",
        "--output",
        "scored",
    ];
    ended(&tidlig(folder.path(), &score), DONE, &[]);
    let evaluate = [
        "evaluate",
        "--scores",
        "scored",
        "--outcomes",
        "nation/truth/outcomes.parquet",
        "--patients",
        "nation/truth/patients.parquet",
        "--outcome",
        "decline,quiet,rising,need",
        "--resamples",
        "20",
        "-o",
        "evaluation",
    ];
    ended(&tidlig(folder.path(), &evaluate), DONE, &[]);
    let figures = fs::read_to_string(folder.join("evaluation/evaluation.csv")).unwrap();
    let auroc = |outcome: &str, model: &str| -> f64 {
        let line = figures.lines().find(|line| line.starts_with(&format!("{outcome},{model},AUROC,"))).unwrap();
        line.split(',').nth(3).unwrap().parse().unwrap()
    };
    // What was planted is found by the rules that look for it.
    assert!(auroc("decline", "tidlig-frail") > 0.6, "{}", auroc("decline", "tidlig-frail"));
    assert!(auroc("rising", "tidlig-rising") > 0.55, "{}", auroc("rising", "tidlig-rising"));
    assert!(auroc("quiet", "tidlig-quiet") > 0.6, "{}", auroc("quiet", "tidlig-quiet"));
}

#[test]
fn the_truth_lies_beside_the_journal_and_never_in_it() {
    let folder = Folder::new();
    ended(&tidlig(folder.path(), &["synth", "--patients", "300", "--out", "few"]), DONE, &["300 patients"]);
    let names = |part: &str| -> Vec<String> {
        let entries = fs::read_dir(folder.join(part)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names("few"), ["cohort.json", "journal", "truth"]);
    assert_eq!(names("few/truth"), ["outcomes.parquet", "patients.parquet"]);
    assert_eq!(names("few/journal").len(), 9);
}

#[test]
fn what_cannot_be_made_is_told() {
    let folder = Folder::new();
    let synth = |more: &[&str]| tidlig(folder.path(), &[&["synth", "--patients", "100"], more].concat());
    ended(
        &synth(&["--out", "x", "--set", "codings=0.5"]),
        CONFIGURATION,
        &["there is no dial", "did you mean `coding`?"],
    );
    fs::write(folder.join("own.toml"), "[quiet]\ncontacts = 7\n").unwrap();
    let own = synth(&["--out", "x", "--parameters", "own.toml"]);
    ended(&own, CONFIGURATION, &["own.toml:2", "expected 0 to 1", "source", "2 faults"]);
    ended(&synth(&[]), USAGE, &["--out"]);
    fs::create_dir(folder.join("mine")).unwrap();
    fs::write(folder.join("mine/letter.txt"), "dear").unwrap();
    ended(&synth(&["--out", "mine"]), USAGE, &["holds something else"]);
}

/// A synthetic journal holds no code that a Norwegian one cannot hold.
#[test]
fn the_codes_that_are_built_in_are_norwegian() {
    let parameters = Parameters::usual().unwrap_or_else(|faults| panic!("{faults}"));
    let registers = Registers::shipped();
    let words = &parameters.words;
    let diagnoses = words.diagnoses.iter().filter_map(|word| Code::read(word.system, &word.code));
    let medicines = words.medicines.iter().filter_map(|atc| Code::read(CodeSystem::Atc, atc));
    let strange: Vec<_> = diagnoses.chain(medicines).filter(|code| registers.why_not(code).is_some()).collect();
    assert!(strange.is_empty(), "{strange:?}");
}
