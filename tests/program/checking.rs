//! `tidlig check`: every fault at once, and nothing written.

use crate::files::folder::Folder;
use crate::practice::sample;
use crate::{CONFIGURATION, DONE, EXTRACT, OUTPUT, ended, tidlig};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

fn check(folder: &Folder) -> Output {
    tidlig(folder.path(), &["check", "sample-data/practice.toml"])
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Every file and folder below.
fn everything(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path.clone());
            }
            found.insert(path);
        }
    }
    found
}

#[test]
fn a_good_practice_is_told_in_counts_and_nothing_is_written() {
    let folder = sample();
    let temporary = Folder::new();
    let before = everything(folder.path());
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tidlig"));
    command.current_dir(folder.path()).env("TMPDIR", temporary.path()).args(["check", "sample-data/practice.toml"]);
    let output = command.output().unwrap();
    ended(&output, DONE, &[]);
    let dates = unreadable_days(&folder);
    let unreadable = format!("{} Datoen kan ikke leses (diagnoser.csv:{}", dates.len(), dates[0]);
    for part in ["patients: leste rader", "diagnoses: leste rader", &unreadable, "innenfor grensene"] {
        assert!(said(&output).contains(part), "«{part}» is not said:\n{}", said(&output));
    }
    assert!(everything(folder.path()) == before, "something was written");
    assert!(everything(temporary.path()).is_empty(), "a temporary file is left");
}

/// Lines of diagnoser.csv whose day is on no calendar.
fn unreadable_days(folder: &Folder) -> Vec<usize> {
    let text: String =
        fs::read(folder.join("sample-data/diagnoser.csv")).unwrap().into_iter().map(char::from).collect();
    let on_no_calendar = |line: &str| {
        let day = line.split(';').nth(1).unwrap_or_default();
        let parts: Vec<u32> = day.split('.').filter_map(|part| part.parse().ok()).collect();
        let [day, month, year] = parts[..] else { return false };
        year != 1900 && tidlig::clinical::Day::from_ymd(year as i32, month, day).is_none()
    };
    let lines: Vec<usize> =
        text.lines().enumerate().skip(1).filter(|(_, line)| on_no_calendar(line)).map(|(at, _)| at + 1).collect();
    assert!(!lines.is_empty(), "the sample has no such day");
    lines
}

#[test]
fn faults_of_rule_sets_files_and_output_are_told_together() {
    let folder = sample();
    let practice = folder.join("sample-data/practice.toml");
    let text = fs::read_to_string(&practice).unwrap();
    assert!(text.contains("[models]\n"));
    fs::write(&practice, text.replace("[models]\n", "[models]\nfolders = [\"own\"]\n")).unwrap();
    fs::create_dir_all(folder.join("sample-data/own/my-set")).unwrap();
    fs::write(folder.join("sample-data/own/my-set/model.toml"), "id = \"my-set\"\npurpsoe = 1\n").unwrap();
    fs::write(folder.join("sample-data/pasienter.csv"), "").unwrap();
    fs::remove_file(folder.join("sample-data/legemidler.csv")).unwrap();
    fs::write(folder.join("practice-out"), "a file, not a folder").unwrap();
    let says = ["purpsoe", "practice-out", "pasienter.csv", "legemidler.csv"];
    ended(&check(&folder), CONFIGURATION, &says);
    fs::remove_dir_all(folder.join("sample-data/own/my-set")).unwrap();
    ended(&check(&folder), OUTPUT, &says[1..]);
    fs::remove_file(folder.join("practice-out")).unwrap();
    ended(&check(&folder), EXTRACT, &says[2..]);
}

#[test]
fn a_profile_with_faults_is_told() {
    let folder = sample();
    let practice = folder.join("sample-data/practice.toml");
    let text = fs::read_to_string(&practice).unwrap();
    fs::write(&practice, text.replace("capacity", "capasity")).unwrap();
    ended(&check(&folder), CONFIGURATION, &["capasity", "did you mean `capacity`"]);
}

#[test]
fn an_old_extract_is_not_trusted() {
    let folder = sample();
    let output = tidlig(folder.path(), &["check", "sample-data/practice.toml", "--as-of", "2026-06-01"]);
    ended(&output, EXTRACT, &["Nyeste rad i diagnoses"]);
    assert!(said(&output).contains("utenfor grensene"));
}

#[test]
fn too_many_refused_rows_are_told_with_their_lines_and_no_file_that_is_not_kept() {
    let folder = sample();
    let practice = folder.join("sample-data/practice.toml");
    let text = fs::read_to_string(&practice).unwrap();
    assert!(text.contains("refused_share     = 0.05"));
    fs::write(&practice, text.replace("refused_share     = 0.05", "refused_share     = 0.001")).unwrap();
    let output = check(&folder);
    ended(&output, EXTRACT, &["rader i diagnoses er avvist", "Rett uttrekket eller profilen"]);
    assert!(!crate::told(&output).contains("refusals.csv"), "{}", crate::told(&output));
    assert!(said(&output).contains("En kjøring skriver hver avvist rad"), "{}", said(&output));
}

/// Asks for a code that Norway does not have.
const OWN: &str = r#"
id      = "my-set"
version = "1.0.0"
status  = "published"
source  = ["made for a test"]
departs = []
title   = { nb = "a", nn = "a", en = "a" }
purpose = { nb = "a", nn = "a", en = "a" }

[inputs]
fall = { icd10 = ["W19"], within = "ever" }

[criteria]
fall = { points = 1, text = { nb = "a", nn = "a", en = "a" } }
"#;

#[test]
fn codes_of_own_rule_sets_that_cannot_occur_are_warnings() {
    let folder = sample();
    let practice = folder.join("sample-data/practice.toml");
    let text = fs::read_to_string(&practice).unwrap();
    fs::create_dir_all(folder.join("sample-data/own/my-set")).unwrap();
    fs::write(folder.join("sample-data/own/my-set/model.toml"), OWN).unwrap();
    let says = ["⚠ ICD-10 `W19` is in the WHO list, not in the Norwegian of 2026", "1 warning in 1 file"];
    // On the command line, and named in the practice's file.
    let arguments = ["check", "sample-data/practice.toml", "--models-dir", "sample-data/own"];
    let output = tidlig(folder.path(), &arguments);
    ended(&output, DONE, &says);
    assert!(said(&output).contains("25 regelsett"), "{}", said(&output));
    fs::write(&practice, text.replace("[models]\n", "[models]\nfolders = [\"own\"]\n")).unwrap();
    ended(&check(&folder), DONE, &says);
    // Named twice, it is there once.
    ended(&tidlig(folder.path(), &arguments), DONE, &says);
}

#[test]
fn a_folder_on_the_command_line_is_used_although_no_list_names_it() {
    let folder = sample();
    let practice = folder.join("sample-data/practice.toml");
    let text = fs::read_to_string(&practice).unwrap();
    assert!(text.contains("use = \"all\""));
    fs::write(&practice, text.replace("use = \"all\"", "use = [\"hfrs\"]")).unwrap();
    fs::create_dir_all(folder.join("own/my-set")).unwrap();
    fs::write(folder.join("own/my-set/model.toml"), OWN).unwrap();
    let run = ["run", "sample-data/practice.toml", "--quiet"];
    let manifest = |folder: &Folder| fs::read_to_string(folder.join("practice-out/latest/manifest.json")).unwrap();
    ended(&tidlig(folder.path(), &run), DONE, &[]);
    assert!(!manifest(&folder).contains("\"my-set\""));
    ended(&tidlig(folder.path(), &[&run[..], &["--models-dir", "own"]].concat()), DONE, &[]);
    assert!(manifest(&folder).contains("\"my-set\""), "{}", manifest(&folder));
}
