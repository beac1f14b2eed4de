//! `tidlig run` on the sample practice, and on what can go wrong with an extract.

use crate::files::folder::Folder;
use crate::practice::sample;
use crate::{BUSY, CONFIGURATION, DONE, EXTRACT, OUTPUT, ended, tidlig};
use std::fs;
use std::path::Path;
use std::process::Output;

fn run(folder: &Folder) -> Output {
    tidlig(folder.path(), &["run", "sample-data/practice.toml"])
}

/// Changes a file of the practice.
fn change(folder: &Folder, name: &str, how: impl Fn(Vec<u8>) -> Vec<u8>) {
    let path = folder.join("sample-data").join(name);
    fs::write(&path, how(fs::read(&path).unwrap())).unwrap();
}

fn replace(text: Vec<u8>, old: &str, new: &str) -> Vec<u8> {
    let at = text.windows(old.len()).position(|window| window == old.as_bytes()).expect("the text is there");
    [&text[..at], new.as_bytes(), &text[at + old.len()..]].concat()
}

/// All files of the newest good run by name, except what tells the time.
fn published(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder.join("practice-out/latest")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_file() && name != "record.json" {
            files.push((name, fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn a_bad_extract_leaves_the_last_list() {
    let folder = sample();
    ended(&run(&folder), DONE, &["published"]);
    let good = published(&folder);
    let first_line = |text: Vec<u8>| text.split_inclusive(|byte| *byte == b'\n').next().unwrap().to_vec();
    type Damage<'a> = (&'a str, &'a str, &'a dyn Fn(Vec<u8>) -> Vec<u8>);
    let damages: [Damage; 6] = [
        ("empty", "pasienter.csv", &|_| Vec::new()),
        ("no patients", "pasienter.csv", &first_line),
        ("missing column", "diagnoser.csv", &|text| replace(text, "PasientID", "Pasient")),
        ("cut in the middle", "diagnoser.csv", &|text| text[..20_003].to_vec()),
        ("half the patients", "pasienter.csv", &|text| {
            let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
            lines[..lines.len() / 2].concat()
        }),
        ("another encoding", "pasienter.csv", &|text| [&[0xff_u8, 0xfe][..], &text].concat()),
    ];
    for (name, file, damage) in damages {
        println!("{name}");
        let path = folder.join("sample-data").join(file);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, damage(whole.clone())).unwrap();
        ended(&run(&folder), EXTRACT, &["den siste listen står"]);
        assert!(published(&folder) == good, "{name}: the last list has changed");
        fs::write(&path, whole).unwrap();
    }
    fs::remove_file(folder.join("sample-data/legemidler.csv")).unwrap();
    ended(&run(&folder), EXTRACT, &["legemidler.csv"]);
    assert!(published(&folder) == good);
}

#[test]
fn older_runs_lose_their_journals_and_nothing_else() {
    let folder = sample();
    change(&folder, "practice.toml", |text| replace(text, "[models]", "[runs]\nkeep = 1\n\n[models]"));
    for _ in 0..3 {
        ended(&run(&folder), DONE, &[]);
    }
    let runs: Vec<_> = fs::read_dir(folder.join("practice-out/runs")).unwrap().map(|e| e.unwrap().path()).collect();
    assert!(runs.len() == 3 && runs.iter().all(|run| whole(run) && run.join("oppfolging.csv").is_file()));
    let with_journal: Vec<_> = runs.iter().filter(|run| run.join("journal").exists()).collect();
    assert_eq!(with_journal.len(), 1, "{with_journal:?}");
    assert!(folder.join("practice-out/latest/journal/patients.parquet").is_file());
    change(&folder, "practice.toml", |text| replace(text, "keep = 1", "keep = 0"));
    ended(&run(&folder), CONFIGURATION, &["`keep` must be from 1 to 10000"]);
}

#[test]
fn a_zip_of_several_files_is_published_like_the_files() {
    let folder = sample();
    ended(&run(&folder), DONE, &[]);
    let plain = fs::read(folder.join("practice-out/latest/journal/medicines.parquet")).unwrap();
    let path = folder.join("sample-data/legemidler.csv");
    let whole = fs::read(&path).unwrap();
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    let (header, rows) = lines.split_first().unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    for (name, rows) in [("1.csv", &rows[..rows.len() / 2]), ("2.csv", &rows[rows.len() / 2..])] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, &[*header, &rows.concat()].concat()).unwrap();
    }
    zip.finish().unwrap();
    ended(&run(&folder), DONE, &[]);
    assert!(fs::read(folder.join("practice-out/latest/journal/medicines.parquet")).unwrap() == plain);
    let manifest = fs::read_to_string(folder.join("practice-out/latest/manifest.json")).unwrap();
    assert_eq!(manifest.matches("\"legemidler.csv\"").count(), 1, "{manifest}");
}

#[test]
fn threads_change_no_byte_of_a_night() {
    let night = |threads: &str| {
        let folder = sample();
        let output = tidlig(folder.path(), &["run", "sample-data/practice.toml", "--threads", threads]);
        ended(&output, DONE, &[]);
        ["scores.parquet", "contributions.parquet", "summary.json", "refusals.csv", "journal/diagnoses.parquet"]
            .map(|name| fs::read(folder.join("practice-out/latest").join(name)).unwrap())
    };
    let first = night("1");
    assert!(night("2") == first && night("8") == first);
}

#[test]
fn a_profile_with_faults_is_told() {
    let folder = sample();
    change(&folder, "practice.toml", |text| replace(text, "capacity =", "capasity ="));
    ended(&run(&folder), CONFIGURATION, &["capasity", "did you mean `capacity`"]);
    assert!(!folder.join("practice-out/latest").exists());
    fs::remove_file(folder.join("sample-data/practice.toml")).unwrap();
    ended(&run(&folder), CONFIGURATION, &["practice.toml"]);
}

#[test]
fn an_output_folder_that_cannot_be_written_is_told() {
    let folder = sample();
    fs::write(folder.join("practice-out"), "a file, not a folder").unwrap();
    ended(&run(&folder), OUTPUT, &["practice-out"]);
}

#[cfg(unix)]
#[test]
fn a_read_only_output_folder_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = sample();
    let out = folder.join("practice-out");
    fs::create_dir(&out).unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    // The machine's owner may write everywhere; then there is nothing to see.
    if fs::write(out.join("probe"), "").is_err() {
        ended(&run(&folder), OUTPUT, &["practice-out"]);
    }
    fs::set_permissions(&out, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_what_was_written() {
    use std::os::unix::fs::PermissionsExt;
    let folder = sample();
    ended(&run(&folder), DONE, &[]);
    let mut folders = vec![folder.join("practice-out")];
    while let Some(path) = folders.pop() {
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", path.display());
        if path.is_dir() && !path.is_symlink() {
            folders.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
}

#[test]
fn two_runs_at_once_do_not_meet() {
    let folder = sample();
    ended(&run(&folder), DONE, &[]);
    let good = published(&folder);
    let lock = fs::File::options().write(true).open(folder.join("practice-out/.lock")).unwrap();
    lock.try_lock().unwrap();
    ended(&run(&folder), BUSY, &["another run"]);
    assert!(published(&folder) == good);
    drop(lock);
    ended(&run(&folder), DONE, &[]);
}

#[test]
fn a_run_that_is_killed_leaves_a_whole_list() {
    let folder = sample();
    ended(&run(&folder), DONE, &[]);
    for wait in [5, 20, 40, 60, 80, 110, 140] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_tidlig"))
            .current_dir(folder.path())
            .args(["run", "sample-data/practice.toml", "--quiet"])
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        // It may have ended by itself already.
        let _ = child.kill();
        child.wait().unwrap();
        for name in ["manifest.json", "list.json", "scores.parquet", "oppfolging.csv", "oppfolging.html"] {
            let path = folder.join("practice-out/latest").join(name);
            assert!(fs::metadata(&path).is_ok_and(|found| found.len() > 0), "{} after {wait} ms", path.display());
        }
    }
    ended(&run(&folder), DONE, &[]);
    let runs: Vec<_> = fs::read_dir(folder.join("practice-out/runs")).unwrap().map(|e| e.unwrap().path()).collect();
    assert!(runs.iter().all(|run| whole(run)), "half a run is left: {runs:?}");
}

fn whole(run: &Path) -> bool {
    run.join("manifest.json").is_file()
}
