//! `tidlig synth --as extract`: files of practices, which a night can be run on.

use crate::files::folder::Folder;
use crate::{CONFIGURATION, DONE, OUTPUT, ended, tidlig};
use std::fs;

const EXTRACT: [&str; 7] = ["synth", "--as", "extract", "--index-days", "2026-03-02", "--patients", "900"];

fn synth(folder: &Folder, more: &[&str]) -> std::process::Output {
    tidlig(folder.path(), &[&EXTRACT, more].concat())
}

#[test]
fn every_practice_of_several_can_be_run_at_once() {
    let folder = Folder::new();
    ended(&synth(&folder, &["--practices", "2", "-o", "both", "--set", "missing=functions,acute"]), DONE, &[]);
    for practice in ["practice-0001", "practice-0002"] {
        let profile = format!("both/{practice}/practice.toml");
        ended(&tidlig(folder.path(), &["run", &profile]), DONE, &["published"]);
        assert!(folder.join(&format!("both/practice-out/{practice}/latest/oppfolging.html")).is_file());
        assert!(!folder.join(&format!("both/{practice}/akutt.csv")).exists());
        assert!(!folder.join(&format!("both/{practice}/funksjon.csv")).exists());
    }
    assert!(!folder.join("both/practice-0003").exists());
}

#[test]
fn threads_change_no_byte_of_the_files() {
    let folder = Folder::new();
    for threads in ["1", "3"] {
        let (files, truth) = (format!("files-{threads}"), format!("truth-{threads}"));
        ended(&synth(&folder, &["-o", &files, "--truth", &truth, "--threads", threads]), DONE, &[]);
    }
    let mut compared = 0;
    for kind in ["files", "truth"] {
        for entry in fs::read_dir(folder.join(&format!("{kind}-1"))).unwrap() {
            let path = entry.unwrap().path();
            let other = folder.join(&format!("{kind}-3")).join(path.file_name().unwrap());
            assert!(fs::read(&path).unwrap() == fs::read(other).unwrap(), "{}", path.display());
            compared += 1;
        }
    }
    assert_eq!(compared, 13 + 2);
}

#[test]
fn faults_of_cast_and_blemishes_are_told_together() {
    let folder = Folder::new();
    fs::write(folder.join("cast.txt"), "Ås, Liv | K | 1950-01-01 | LEGE9 |\n").unwrap();
    fs::write(folder.join("shares.toml"), "[\"pasienter.csv\"]\nno-sexx = 3\n").unwrap();
    let said = ["LEGE9", "did you mean `no-sex`?", "2 faults in 2 files"];
    let output = synth(&folder, &["-o", "out", "--cast", "cast.txt", "--blemishes", "shares.toml"]);
    ended(&output, CONFIGURATION, &said);
    assert!(!folder.join("out").exists());
    ended(&synth(&folder, &["-o", "out", "--cast", "no-such.txt"]), CONFIGURATION, &["cannot be read"]);
}

#[test]
fn a_practices_own_files_are_not_written_over() {
    let folder = Folder::new();
    fs::create_dir(folder.join("real")).unwrap();
    fs::write(folder.join("real/practice.toml"), "[practice]\n").unwrap();
    ended(&synth(&folder, &["-o", "real"]), OUTPUT, &["another practice"]);
    assert_eq!(fs::read_dir(folder.join("real")).unwrap().count(), 1);
}
