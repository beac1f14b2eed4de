//! The files of a cohort: the same bytes on any number of threads, and the same rows as the patients asked for one by one.

use super::{cohort, with};
use crate::journal::manifest::Manifest;
use crate::journal::patient::PatientJournal;
use crate::journal::tables::Source;
use crate::journal::whole;
use crate::synth::cohort::Synth;
use crate::synth::records::PatientRecords;
use crate::synth::words::Words;
use crate::synth::write;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("tidlig-synth-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for part in ["", "journal", "truth"] {
        for entry in fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = format!("{part}/{}", path.file_name().unwrap().to_string_lossy());
                all.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    all
}

fn write_on(threads: usize, synth: &Synth, patients: u64, folder: &Path) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| write::journal(synth, patients, folder, |_| ())).unwrap();
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let synth = with(&[], &["2024-07-01", "2025-01-01"]);
    let patients = 3 * write::BLOCK + 17;
    let (one, five) = (Folder::new("one"), Folder::new("five"));
    write_on(1, &synth, patients, &one.0);
    write_on(5, &synth, patients, &five.0);
    let (one, five) = (files(&one.0), files(&five.0));
    assert_eq!(one.len(), 12);
    assert!(one == five);
}

#[test]
fn the_first_of_many_are_the_few() {
    let synth = cohort(&[]);
    let (few, many) = (Folder::new("few"), Folder::new("many"));
    write_on(2, &synth, 1_000, &few.0);
    write_on(2, &synth, 9_000, &many.0);
    let ids: BTreeSet<String> = (1..=1_000).map(|id| id.to_string()).collect();
    let journals = |folder: &Folder| whole::journals(&folder.0.join(write::JOURNAL), &ids).unwrap();
    let (few, many) = (journals(&few), journals(&many));
    assert_eq!(few.len(), 1_000);
    for (id, journal) in &few {
        assert_eq!(format!("{journal:?}"), format!("{:?}", many[id]), "{id}");
    }
}

#[test]
fn files_hold_the_rows_of_the_patients_asked_for_one_by_one() {
    let synth = cohort(&["delay=5"]);
    let folder = Folder::new("rows");
    write_on(2, &synth, 5_000, &folder.0);
    let journal = folder.0.join(write::JOURNAL);
    let asked = [0_u64, 1, 77, 4_095, 4_096, 4_999];
    let ids: BTreeSet<String> = asked.iter().map(|number| (number + 1).to_string()).collect();
    let found = whole::journals(&journal, &ids).unwrap();
    for number in asked {
        let mut records = synth.patient(number);
        records.leave_out_closed(synth.words());
        let read = &found[&(number + 1).to_string()];
        assert_eq!(read.person.birth, Some(records.person.birth_date));
        assert_eq!(read.services.len(), records.services.len());
        same_diagnoses(synth.words(), &records, read);
        same_treatment(synth.words(), &records, read);
        same_values(synth.words(), &records, read);
    }
    assert_eq!(whole::members(&journal).unwrap().len(), 5_000);
}

fn same_diagnoses(words: &Words, records: &PatientRecords, read: &PatientJournal) {
    let made = records.diagnoses.iter().map(|row| {
        let word = &words.diagnoses[usize::from(row.code)];
        let late = (row.recorded_on != row.date).then_some(row.recorded_on);
        (row.date, late, word.system, word.code.clone(), row.source.name().to_owned())
    });
    let read =
        read.diagnoses.iter().map(|row| (row.date, row.recorded_on, row.system, row.code.clone(), row.source.clone()));
    assert_eq!(read.collect::<Vec<_>>(), made.collect::<Vec<_>>());
}

fn same_treatment(words: &Words, records: &PatientRecords, read: &PatientJournal) {
    let made = records.medicines.iter().map(|row| {
        let atc = words.medicines[usize::from(row.atc)].clone();
        (row.date, atc, Some(row.until), row.stopped_on, Some(row.regular))
    });
    let rows = read.medicines.iter().map(|row| (row.date, row.atc.clone(), row.until, row.stopped_on, row.regular));
    assert_eq!(rows.collect::<Vec<_>>(), made.collect::<Vec<_>>());
    let made = records.contacts.iter().map(|row| (row.date, row.kind, row.role.name().unwrap_or_default().to_owned()));
    let rows = read.contacts.iter().map(|row| (row.date, row.kind, row.role.clone()));
    assert_eq!(rows.collect::<Vec<_>>(), made.collect::<Vec<_>>());
}

fn same_values(words: &Words, records: &PatientRecords, read: &PatientJournal) {
    let made = records
        .measurements
        .iter()
        .map(|row| (row.date, words.tests[usize::from(row.test)].code.clone(), words.value(row), row.comparator));
    let rows = read.measurements.iter().map(|row| (row.date, row.code.clone(), row.value, row.comparator));
    assert_eq!(rows.collect::<Vec<_>>(), made.collect::<Vec<_>>());
    let made = records.functions.iter().map(|row| {
        let scale = &words.scales[usize::from(row.scale)];
        (row.date, scale.instrument.clone(), scale.item.clone(), f64::from(row.score))
    });
    let rows = read.functions.iter().map(|row| (row.date, row.instrument.clone(), row.item.clone(), row.score));
    assert_eq!(rows.collect::<Vec<_>>(), made.collect::<Vec<_>>());
}

#[test]
fn a_source_that_is_missing_is_not_in_the_journal() {
    let synth = cohort(&["missing=medicines,recalls"]);
    let folder = Folder::new("missing");
    write_on(2, &synth, 500, &folder.0);
    let journal = folder.0.join(write::JOURNAL);
    let sources = Manifest::read(&journal).unwrap().unwrap().sources();
    assert!(!sources.has(Source::Medicines) && !sources.has(Source::Recalls) && sources.has(Source::Contacts));
    assert!(!journal.join("medicines.parquet").exists() && journal.join("contacts.parquet").exists());
}
